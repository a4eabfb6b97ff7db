//! Abbreviations: those of the table, and those that an article defines for itself.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use super::phrases::{Phrases, one_line};
use super::{Table, Tables};
use crate::normalize::strip_marks;
use crate::segment::{AtomKind, Atoms, Document, Gap};
use crate::span::Span;

/// An abbreviation that an article defines: `quy chế dân chủ (QCDC)`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Abbreviation {
    /// As it is used: `QCDC`.
    pub short: String,
    /// What it stands for, as printed on one line: `quy chế dân chủ`.
    pub long: String,
    /// Where `short` stands in the definition.
    pub span: Span,
}

/// Bytes of what an abbreviation stands for; the longest names of bodies have some 150. What is longer is no name, and
/// would be written out wherever the abbreviation stands.
const LONGEST: usize = 256;

/// The abbreviations that a document defines, by how they are written.
#[derive(Debug, Default)]
pub(crate) struct Defined(FxHashMap<String, String>);

impl Defined {
    pub(crate) fn new(document: &Document<'_>) -> Self {
        let mut defined = FxHashMap::default();
        for Abbreviation { short, long, .. } in abbreviations(document) {
            // The first counts.
            defined.entry(short).or_insert(long);
        }
        Self(defined)
    }
}

/// The abbreviations that a document defines, in the order of the text.
///
/// Read are `quy chế dân chủ (QCDC)`, `quy chế dân chủ (sau đây viết tắt là QCDC)` and `QCDC (quy chế dân chủ)`: the
/// letters of the one must be the initials of the other, words such as `và` left out or not. Time grows linearly with
/// the text.
///
/// ```
/// use thoisu::{Analyzer, Article, extract};
///
/// let article = Article::from_text("Huyện sơ kết việc thực hiện quy chế dân chủ (QCDC) ở cơ sở.");
/// let document = Analyzer::new().document(&article);
/// let defined = extract::abbreviations(&document);
/// assert_eq!((defined[0].short.as_str(), defined[0].long.as_str()), ("QCDC", "quy chế dân chủ"));
/// assert_eq!(&article.text[defined[0].span.range()], "QCDC");
/// ```
#[must_use]
pub fn abbreviations(document: &Document<'_>) -> Vec<Abbreviation> {
    let atoms = document.atoms();
    let mut found = Vec::new();
    for open in 1..atoms.len() {
        if atoms.sign(open) != b'(' || atoms.gap(open + 1) > Gap::Blank {
            continue;
        }
        let found_here = before_bracket(atoms, open).or_else(|| in_bracket(atoms, open));
        let found_here = found_here.filter(|(_, long)| atoms.bytes(long.clone()).len() <= LONGEST);
        found.extend(found_here.map(|(short, long)| Abbreviation {
            short: atoms.slice(short.clone()).to_owned(),
            long: one_line(atoms.slice(long)),
            span: document.span(short),
        }));
    }
    found
}

type Range = std::ops::Range<usize>;

/// `quy chế dân chủ (QCDC)`: the abbreviation and what it stands for.
fn before_bracket(atoms: &Atoms, open: usize) -> Option<(Range, Range)> {
    // `(sau đây gọi tắt là`, `(viết tắt:`
    let mut start = open + 1;
    if matches!(atoms.lower(start), "sau" | "gọi" | "viết" | "tắt") {
        start = (start..start + 8).find(|&i| matches!(atoms.lower(i), "là" | ":"))? + 1;
    }
    let short = start..short_end(atoms, start)?;
    if atoms.text(short.end) != ")" {
        return None;
    }
    let letters = letters(atoms, short.clone())?;
    let mut at = open;
    for wanted in letters.iter().rev() {
        let mut skipped = 0;
        loop {
            at = at.checked_sub(1)?;
            if atoms.gap(at + 1) > Gap::Line {
                return None;
            }
            if begins_with(atoms, at, *wanted) {
                break;
            }
            skipped += 1;
            // Between the words of a name, not behind its last one.
            if skipped > 2 || at + 1 == open || !is_joint(atoms.lower(at)) {
                return None;
            }
        }
    }
    Some((short, at..open))
}

/// `QCDC (quy chế dân chủ)`: the abbreviation and what it stands for.
fn in_bracket(atoms: &Atoms, open: usize) -> Option<(Range, Range)> {
    let first = (open.saturating_sub(3)..open).find(|&i| short_end(atoms, i) == Some(open))?;
    let mut at = open + 1;
    for (i, wanted) in letters(atoms, first..open)?.iter().enumerate() {
        let skips = (at..at + 3).take_while(|&i| !begins_with(atoms, i, *wanted));
        let skipped = skips.take_while(|&at| i > 0 && is_joint(atoms.lower(at))).count();
        at += skipped;
        if !begins_with(atoms, at, *wanted) || atoms.gap(at) > Gap::Line {
            return None;
        }
        at += 1;
    }
    (atoms.text(at) == ")").then_some((first..open, open + 1..at))
}

/// Where an abbreviation ends that begins at `at`: `QCDC`, `GD&ĐT`, `KT-XH`.
fn short_end(atoms: &Atoms, at: usize) -> Option<usize> {
    let capitals = |i: usize| atoms.kind(i) == Some(AtomKind::Letters) && atoms.text(i).chars().all(char::is_uppercase);
    if !capitals(at) {
        return None;
    }
    let mut end = at + 1;
    while matches!(atoms.text(end), "&" | "-" | ",")
        && atoms.gap(end) == Gap::None
        && atoms.gap(end + 1) == Gap::None
        && capitals(end + 1)
    {
        end += 2;
    }
    let length = atoms.slice(at..end).chars().count();
    (2..=16).contains(&length).then_some(end)
}

/// The letters that must be initials; `None` for a Roman numeral.
fn letters(atoms: &Atoms, short: Range) -> Option<Vec<char>> {
    let text = atoms.slice(short);
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).map(base).collect();
    (letters.len() > 1 && !text.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))).then_some(letters)
}

fn begins_with(atoms: &Atoms, at: usize, wanted: char) -> bool {
    atoms.kind(at) == Some(AtomKind::Letters) && atoms.text(at).chars().next().is_some_and(|c| base(c) == wanted)
}

/// A letter without its marks, in lower case; `Đ` is a letter of its own.
fn base(c: char) -> char {
    let lower = c.to_lowercase().next().unwrap_or(c);
    if lower == 'đ' { lower } else { strip_marks(lower.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(lower) }
}

/// Whether a word or sign inside a name gives no letter to its abbreviation.
fn is_joint(word: &str) -> bool {
    matches!(word, "và" | "của" | "các" | "với" | "trên" | "trong" | "cho" | "về" | "-" | "–" | ",")
}

/// The abbreviations of the table.
#[derive(Clone, Debug)]
pub(crate) struct Abbreviations(Arc<Phrases<Box<str>>>);

impl Abbreviations {
    pub(crate) fn new(tables: &Tables) -> Self {
        static BUILT_IN: LazyLock<Abbreviations> = LazyLock::new(|| Abbreviations::load(&Tables::new()));
        if tables.is_built_in() { BUILT_IN.clone() } else { Self::load(tables) }
    }

    fn load(tables: &Tables) -> Self {
        let rows = tables.rows(Table::Abbreviations).map(|row| (row[0], row[1].into()));
        Self(Arc::new(Phrases::new(rows)))
    }

    /// `text` with its abbreviations written out; what the article defines counts before the table.
    pub(crate) fn expand<'t>(&self, text: &'t str, defined: &Defined) -> Cow<'t, str> {
        // A word in small letters is no abbreviation.
        let capital = |word: &str| word.chars().filter(|c| c.is_uppercase()).count() > 1;
        if !text.split_whitespace().any(capital) {
            return Cow::Borrowed(text);
        }
        let atoms = Atoms::new(text);
        let mut out = String::new();
        let (mut at, mut copied) = (0, 0);
        while at < atoms.len() {
            let own = short_end(&atoms, at)
                .and_then(|end| defined.0.get(atoms.slice(at..end)).map(|long| (end, long.as_str())));
            let listed = || self.0.longest(&atoms, at).map(|(end, long)| (end, long.as_ref()));
            let found = own.or_else(|| listed().filter(|(end, _)| capital(atoms.slice(at..*end))));
            let Some((end, long)) = found else {
                at += 1;
                continue;
            };
            let bytes = atoms.bytes(at..end);
            out.push_str(&text[copied..bytes.start]);
            out.push_str(long);
            copied = bytes.end;
            at = end;
        }
        if copied == 0 {
            return Cow::Borrowed(text);
        }
        out.push_str(&text[copied..]);
        Cow::Owned(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, Article};

    fn defined(text: &str) -> Vec<(String, String)> {
        let article = Article::from_text(text);
        let document = Analyzer::new().document(&article);
        let found = abbreviations(&document);
        assert!(found.iter().all(|one| article.text[one.span.range()] == one.short));
        found.into_iter().map(|one| (one.short, one.long)).collect()
    }

    #[test]
    fn definitions_before_and_in_brackets_are_read() {
        for (text, short, long) in [
            ("thực hiện quy chế dân chủ (QCDC) ở cơ sở", "QCDC", "quy chế dân chủ"),
            ("phát triển kinh tế - xã hội (KT-XH)", "KT-XH", "kinh tế - xã hội"),
            ("ngành Giáo dục và Đào tạo (GD&ĐT) huyện", "GD&ĐT", "Giáo dục và Đào tạo"),
            ("của Ban Chỉ đạo (sau đây gọi tắt là BCĐ) tỉnh", "BCĐ", "Ban Chỉ đạo"),
            ("phòng, chống thiên tai (PCTT)", "PCTT", "phòng, chống thiên tai"),
            ("Chỉ số PCI và DVC (dịch vụ công) đều tăng", "DVC", "dịch vụ công"),
            ("Ủy ban\nnhân dân (UBND) xã", "UBND", "Ủy ban nhân dân"),
        ] {
            assert_eq!(defined(text), [(short.to_owned(), long.to_owned())], "{text}");
        }
    }

    #[test]
    fn other_brackets_define_nothing() {
        for text in [
            "Nghị quyết Trung ương 4 (XII)",
            "tổng sản phẩm trên địa bàn (GRDP)",
            "ông An (UBND xã)",
            "(TTXVN)",
            "huyện Sông Lũng (SL",
            "dân chủ\n\n(DC)",
        ] {
            assert_eq!(defined(text), [], "{text}");
        }
    }

    #[test]
    fn what_the_article_defines_counts_before_the_table() {
        let table = Abbreviations::new(&Tables::new());
        let none = Defined::default();
        assert_eq!(table.expand("Chủ tịch UBND huyện", &none), "Chủ tịch Ủy ban nhân dân huyện");
        assert_eq!(table.expand("xã đạt chuẩn NTM, KT-XH", &none), "xã đạt chuẩn nông thôn mới, kinh tế - xã hội");
        let own = Defined(FxHashMap::from_iter([("NTM".to_owned(), "nhóm tự quản môi trường".to_owned())]));
        assert_eq!(table.expand("25 NTM", &own), "25 nhóm tự quản môi trường");
        assert!(matches!(table.expand("hộ nghèo tw", &none), Cow::Borrowed("hộ nghèo tw")));
    }
}
