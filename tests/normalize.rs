//! Normal forms, case by case, and properties of any text.

mod invariants;

use serde::Deserialize;
use thoisu::normalize::{Normalized, Style, fold, normalize, normalize_with};
use unicode_normalization::UnicodeNormalization as _;

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    old: String,
    new: Option<String>,
    fold: Option<String>,
    #[serde(rename = "reason")]
    _reason: Option<String>,
}

#[test]
fn normal_forms() {
    let table: Table = toml::from_str(include_str!("cases/normalize.toml")).expect("a table of cases");
    for case in &table.case {
        let (name, new) = (&case.name, case.new.as_ref().unwrap_or(&case.old));
        let apart: String = case.text.nfd().collect();
        for text in [&case.text, &apart, &case.old, new] {
            assert_eq!(normalize(text), case.old, "{name}");
            assert_eq!(normalize_with(text, Style::New), *new, "{name}, new style");
            if let Some(expected) = &case.fold {
                assert_eq!(fold(text), *expected, "{name}, folded");
            }
        }
    }
}

/// Texts that each property is tried on.
const CASES: u64 = 20_000;

/// Pieces that interfere with one another.
const PIECES: [&str; 84] = [
    "a",
    "o",
    "u",
    "y",
    "i",
    "e",
    "ê",
    "ơ",
    "ă",
    "q",
    "g",
    "h",
    "t",
    "ng",
    "n",
    "d",
    "k",
    "à",
    "ó",
    "ỷ",
    "ự",
    "ệ",
    "Đ",
    "Ð",
    "oa",
    "uy",
    "qu",
    "gi",
    "oà",
    "Hoà",
    "THUỶ",
    "nghiệ",
    "uyê",
    "ươ",
    "lựơng",
    "quý",
    "café",
    "\u{300}",
    "\u{301}",
    "\u{302}",
    "\u{303}",
    "\u{306}",
    "\u{309}",
    "\u{31B}",
    "\u{323}",
    "\u{338}",
    "\u{AD}",
    "\u{200B}",
    "\u{200D}",
    "\u{FEFF}",
    "\u{A0}",
    "\u{2028}",
    " ",
    " ",
    " ",
    "\r\n",
    ".",
    "=",
    "1",
    "-",
    "“",
    "–",
    "а",
    "о",
    "С",
    "и",
    "α",
    "ｱ",
    "Ａ",
    "５",
    "한",
    "\u{1112}\u{1161}",
    "\u{11AB}",
    "\u{958}",
    "\u{1F468}",
    "ि",
    "\u{345}",
    "\u{5B0}",
    "\u{212B}",
    "é",
    "ö",
    "ß",
    "字",
    "\u{1D15F}",
];

/// A small generator; the same texts come every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }

    fn any_char(&mut self) -> char {
        let limit = [0x250, 0x2100, 0x1_1000, 0x11_0000][self.below(4)];
        char::from_u32(self.below(limit) as u32).unwrap_or(' ')
    }

    fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.below(13) {
            match self.below(8) {
                0 => text.push(self.any_char()),
                _ => text.push_str(PIECES[self.below(PIECES.len())]),
            }
        }
        text
    }
}

/// Calls `check` with many texts.
fn for_any_text(mut check: impl FnMut(&str, &mut Random)) {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for _ in 0..CASES {
        let text = random.text();
        check(&text, &mut random);
    }
}

#[test]
fn what_holds_for_normal_forms_holds_for_any_text() {
    for_any_text(|text, _| invariants::assert_normal_form(text));
}

#[test]
fn any_range_maps_to_whole_characters() {
    for_any_text(|text, random| {
        let normalized = Normalized::new(text);
        let (from, to) = (random.below(40), random.below(40));
        let range = normalized.original(from..to);
        let slice = text.get(range.clone());
        assert!(slice.is_some(), "{text:?} {range:?}");
        let inside = from < to && from < normalized.text().len();
        assert!(!inside || slice != Some(""), "{text:?} {range:?}");
    });
}

#[test]
fn other_text_gets_its_nfc() {
    // No letters that Vietnamese has with marks, none that are replaced or dropped, none that look like Latin letters.
    let special = |c: char| {
        let apart = c.nfd().any(|c| matches!(c, '\u{300}'..='\u{304}' | '\u{306}' | '\u{309}' | '\u{31B}' | '\u{323}'));
        apart
            || matches!(c, 'ð' | 'Ð' | 'Ɖ' | '\u{A0}' | '\u{AD}' | '\u{1680}' | '\u{2000}'..='\u{206F}' | '\u{3000}'
                | '\u{FEFF}' | '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '\u{370}'..='\u{52F}' | '\u{1F00}'..='\u{1FFF}')
    };
    let mut composed = 0;
    for_any_text(|text, _| {
        let text: String = text.chars().filter(|&c| !special(c)).collect();
        let nfc: String = text.nfc().collect();
        composed += usize::from(nfc != text);
        assert_eq!(normalize(&text), nfc, "{text:?}");
    });
    assert!(composed > 1_000, "{composed} texts were put together");
}

#[test]
fn folding_forgets_marks_and_case() {
    for_any_text(|text, _| {
        let folded = fold(text);
        assert_eq!(fold(&normalize(text)), folded, "{text:?}");
        assert_eq!(fold(&normalize_with(text, Style::New)), folded, "{text:?}");
    });
}
