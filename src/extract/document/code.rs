//! What a code tells: the kind, the bodies, the year, and how it is officially written.
//!
//! A code is a number and its tail: `/2020/NĐ-CP`, `-NQ/TU`. The first part in letters is the type, where the code has
//! one; the others are the bodies, and last the unit that drafted it.

use super::words::{Abbreviation, Body, Words, key};

/// The parts of a tail in letters.
pub(super) fn parts(tail: &str) -> impl Iterator<Item = &str> {
    tail.split(['/', '-']).filter(|part| part.contains(|c: char| !c.is_ascii_digit()))
}

/// What the type of the code may stand for; nothing for codes without a type, such as those of laws.
fn types<'a>(words: &'a Words, tail: &str) -> &'a [Abbreviation] {
    parts(tail).next().and_then(|part| words.abbreviations.get(&key(part))).map_or(&[], Vec::as_slice)
}

/// The type whose spelling agrees most with what is printed: `DA` is a dự án, not an `ĐA`. Of several, it is the one
/// that the abbreviation names without a noun: `QĐ` a quyết định.
fn best<'a>(types: &'a [Abbreviation], printed: &str) -> Option<&'a Abbreviation> {
    let exact = |known: &Abbreviation| *known.spelling == *printed;
    let cased = |known: &Abbreviation| known.spelling.to_lowercase() == printed.to_lowercase();
    types.iter().max_by_key(|known| (exact(known), cased(known), known.alone))
}

/// The kind that a code tells without a noun: `/2020/NĐ-CP` is a nghị định, `/2019/QH14` a luật. Where the code names
/// bodies alone, it is a letter (công văn), as Decree 30/2020/NĐ-CP has it; only the word `số` tells such codes.
pub(super) fn kind<'a>(words: &'a Words, tail: &str, said: bool) -> Option<&'a str> {
    let first = parts(tail).next()?;
    let types = types(words, tail);
    if !types.is_empty() {
        return best(types, first).filter(|known| known.alone && known.is_policy).map(|known| known.kind.as_ref());
    }
    let body = words.body(first)?;
    match body.code.as_ref() {
        "QH" => first.ends_with(|c: char| c.is_ascii_digit()).then_some("luật"),
        "UBTVQH" => None,
        _ => (said && parts(tail).count() > 1 && tail.starts_with('/')).then_some("công văn"),
    }
}

/// The kind that the type of a code names, where it cannot be `kind`.
pub(super) fn other_kind<'a>(words: &'a Words, tail: &str, kind: &str) -> Option<&'a str> {
    let types = types(words, tail);
    let printed = parts(tail).next()?;
    let agrees = types.iter().any(|known| *known.kind == *kind);
    best(types, printed).filter(|_| !agrees).map(|known| known.kind.as_ref())
}

/// The bodies that a code names. Of a code that no joint document has, it is the first: the next is the unit that
/// drafted it (`QĐ/TWĐTN-VP`).
pub(super) fn bodies<'a>(words: &'a Words, tail: &str, joint: bool) -> impl Iterator<Item = &'a Body> {
    let typed = !types(words, tail).is_empty();
    let joint = joint || joint_type(tail);
    let found: Vec<&Body> = parts(tail).skip(usize::from(typed)).map_while(|part| words.body(part)).collect();
    // `05-QC/BTCTU-BDVTU`: two bodies of one system and level issue it together.
    let together =
        found.len() > 1 && found[0].level.is_some() && tail.starts_with('-') && found[0].level == found[1].level;
    found.into_iter().take(if joint || together { usize::MAX } else { 1 })
}

/// Whether the type is one of joint documents: `TTLT`, `NQLT`, `QCPH`.
pub(super) fn joint_type(tail: &str) -> bool {
    parts(tail).next().is_some_and(|part| part.len() > 3 && (part.ends_with("LT") || part.ends_with("PH")))
}

/// The year in a code: 2020 in `/2020/NĐ-CP`.
pub(super) fn year(tail: &str) -> Option<i16> {
    tail.split(['/', '-']).find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
}

/// A tail as it is officially written: types and bodies that differ from the tables in letter case or in the stroke of
/// `Đ` alone are spelled as there (`/2020/ND-CP`, `/CT-TTG`). Separators stay as printed.
pub(super) fn official(words: &Words, tail: &str) -> String {
    let mut out = String::with_capacity(tail.len());
    let mut is_type = true;
    for part in tail.split_inclusive(['/', '-']) {
        let (letters, separator) = part.split_at(part.trim_end_matches(['/', '-']).len());
        let (base, term) = letters.split_at(letters.trim_end_matches(|c: char| c.is_ascii_digit()).len());
        let types = words.abbreviations.get(&key(base)).filter(|_| is_type && term.is_empty());
        let known = match types {
            Some(types) => best(types, base).map(|known| known.spelling.as_ref()),
            None => words.body(base).map(|body| body.code.as_ref()),
        };
        is_type &= base.is_empty();
        out.push_str(known.unwrap_or(base));
        out.push_str(term);
        out.push_str(separator);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Tables;

    #[test]
    fn a_code_without_a_type_is_a_law_or_a_letter() {
        let words = Words::new(&Tables::new());
        for (tail, said, expected) in [
            ("/2020/NĐ-CP", false, Some("nghị định")),
            ("-QĐ/TW", false, Some("quyết định")),
            ("-QĐi/TW", false, Some("quy định")),
            ("/2019/QH14", false, Some("luật")),
            ("/2019/UBTVQH14", true, None),
            ("/UBND-TNMT", true, Some("công văn")),
            ("/UBND-TNMT", false, None),
            ("-BS/UBKTTU", true, None),
            ("/XYZ-AB", true, None),
        ] {
            assert_eq!(kind(&words, tail, said), expected, "{tail}");
        }
    }

    #[test]
    fn a_kind_is_another_one_only_where_the_type_cannot_mean_it() {
        let words = Words::new(&Tables::new());
        assert_eq!(other_kind(&words, "-QĐ/TW", "quy định"), None);
        assert_eq!(other_kind(&words, "-TT/TW", "thông tri"), None);
        assert_eq!(other_kind(&words, "/2019/QH14", "nghị quyết"), None);
        assert_eq!(other_kind(&words, "-CT/TW", "nghị quyết"), Some("chỉ thị"));
    }

    #[test]
    fn codes_are_spelled_as_the_tables_have_them() {
        let words = Words::new(&Tables::new());
        for (printed, expected) in [
            ("/2020/ND-CP", "/2020/NĐ-CP"),
            ("/2006/CT-TTG", "/2006/CT-TTg"),
            ("/QĐ-TW", "/QĐ-TW"),
            ("/2016/TT-BLDTBXH", "/2016/TT-BLĐTBXH"),
            ("/2020/QH14", "/2020/QH14"),
            ("/DA-UBND", "/DA-UBND"),
            ("-CTR/TU", "-CTr/TU"),
            ("/QLCL-QLVBCC", "/QLCL-QLVBCC"),
        ] {
            assert_eq!(official(&words, printed), expected);
        }
    }

    #[test]
    fn the_unit_that_drafts_a_document_does_not_issue_it() {
        let words = Words::new(&Tables::new());
        let names =
            |tail, joint| -> Vec<String> { bodies(&words, tail, joint).map(|body| body.name.to_string()).collect() };
        assert_eq!(names("-QC/BTCTU-BDVTU", false), ["Ban Tổ chức Tỉnh ủy", "Ban Dân vận Tỉnh ủy"]);
        assert_eq!(names("/2016/TTLT-BQP-BCA", false), ["Bộ Quốc phòng", "Bộ Công an"]);
        assert_eq!(names("/UBND-SNV", false), ["Ủy ban nhân dân"]);
    }
}
