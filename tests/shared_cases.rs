//! Cases of other projects, which are not part of this one. `THOISU_SHARED` names the folder that holds `cases/*.tsv`;
//! without it nothing is tested.

use std::path::PathBuf;
use thoisu::normalize::legacy::{self, Encoding};
use thoisu::normalize::{Style, normalize, normalize_with, sort_key, strip_marks};

/// Rows where another answer is better: what they test, their input (all of them for `*`), and the reason.
const BETTER: [(&str, &str, &str); 5] = [
    ("normalize", "  a   b   c  ", "spaces stay: they tell of layout, and segmentation skips them"),
    ("normalize", "   hello   ", "as above"),
    ("normalize", "a\t\tb\n\nc", "as above, and two line breaks end a paragraph"),
    ("normalize_number", "*", "what `10tr` is worth is for extraction to say, with its unit"),
    (
        "sort_key",
        r#"["Anh", "Ba", "Áo", "Cắt", "Cá", "Cả", "anh", "ba", "áo", "cắt", "cá", "cả"]"#,
        "a dictionary has Anh next to anh, not all capitals first",
    ),
];

/// The answer to one row, or `None` when the row is about something else.
fn answer(input: &str, what: &str) -> Option<String> {
    let legacy = |encoding| Some(legacy::repair(input, Some(encoding)).text.into_owned());
    match what.split([' ', ',']).next().unwrap_or("") {
        "vni" => legacy(Encoding::Vni),
        "tcvn3" => legacy(Encoding::Tcvn3),
        "viscii" => legacy(Encoding::Viscii),
        "vps" => legacy(Encoding::Vps),
        "normalize_diacritics" if what.ends_with("new_style") => Some(normalize_with(input, Style::New).into_owned()),
        "normalize_diacritics" | "text_normalize" | "to_nfc" | "normalize" => Some(normalize(input).into_owned()),
        "strip_diacritics" => Some(strip_marks(input).into_owned()),
        "lowercase_vn" => Some(normalize(input).to_lowercase()),
        "sort_key" => {
            let mut list: Vec<String> = serde_json::from_str(input).expect("a list");
            list.sort_by_cached_key(|text| sort_key(text));
            Some(list.join("|"))
        }
        _ => None,
    }
}

/// The characters that the tables escape.
fn unescape(cell: &str) -> String {
    let mut out = String::new();
    let mut rest = cell;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let (c, len) = match rest.as_bytes().get(at + 1) {
            Some(b't') => ('\t', 2),
            Some(b'n') => ('\n', 2),
            Some(b'u') => {
                let code = u32::from_str_radix(&rest[at + 2..at + 6], 16).expect("four digits");
                (char::from_u32(code).expect("a character"), 6)
            }
            _ => ('\\', 1),
        };
        out.push(c);
        rest = &rest[at + len..];
    }
    out + rest
}

#[test]
fn tables_of_other_projects() {
    let Some(folder) = std::env::var_os("THOISU_SHARED").map(PathBuf::from) else {
        eprintln!("skipped: THOISU_SHARED does not name the folder of the shared cases");
        return;
    };
    let mut wrong = Vec::new();
    for name in ["viparse_legacy_encodings", "viet_text_tools", "underthesea_text_normalize", "vn_nlp_normalize"] {
        let file = folder.join("cases").join(name).with_extension("tsv");
        let table = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let (mut passed, mut better) = (0, 0);
        for row in table.lines().skip(2) {
            let cells: Vec<&str> = row.split('\t').collect();
            let [input, expected, what] = cells[..] else { panic!("{name}: {row:?} has not three cells") };
            let (input, mut expected) = (unescape(input), unescape(expected));
            if what == "sort_key" {
                // Written as a list of Python.
                let list: Vec<String> = serde_json::from_str(&expected.replace('\'', "\"")).expect("a list");
                expected = list.join("|");
            }
            let found = answer(&input, what);
            if found.as_deref() == Some(&expected) {
                passed += 1;
            } else if BETTER.iter().any(|(kind, text, _)| *kind == what && (*text == "*" || *text == input)) {
                better += 1;
            } else {
                wrong.push(format!("{name}, {what}: {input:?} is {found:?}, not {expected:?}"));
            }
        }
        println!("{name}: {passed} rows pass, {better} have a better answer");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
