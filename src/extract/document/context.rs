//! What stands around a reference: its date, issuer, term and title.

use std::ops::Range;

use super::reference::{is_roman, type_noun};
use super::words::{Text, Use};
use super::{issuer, reference};
use crate::extract::phrases::one_line;
use crate::segment::{AtomKind, Gap};

/// What was found after a reference.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// The atom at which a date stands.
    pub(super) date: Option<usize>,
    /// The atoms of the issuer.
    pub(super) issuer: Option<Range<usize>>,
    pub(super) term: Vec<String>,
    /// The atom after a term that directly follows.
    pub(super) term_end: Option<usize>,
    pub(super) title: Option<String>,
}

/// Reads what follows a reference that ends before `at`; `date_end` gives the end of a date that begins at an atom. A
/// joint document has several issuers.
pub(super) fn after(atoms: Text<'_>, at: usize, joint: bool, date_end: &dyn Fn(usize) -> Option<usize>) -> Context {
    let mut found = Context::default();
    let mut next = at;
    for _ in 0..6 {
        let comma = usize::from(matches!(atoms.lower(next), "," | "."));
        if atoms.gap(next) > Gap::Line || atoms.gap(next + comma) > Gap::Line || atoms.lower(next) == "." {
            break;
        }
        if found.date.is_none()
            && let Some((date, end)) = date(atoms, next + comma, date_end)
        {
            found.date = Some(date);
            next = end;
        } else if found.term.is_empty()
            && let Some((term, end)) = term(atoms, next + comma)
        {
            if next == at {
                found.term_end = Some(end);
            }
            found.term = term;
            next = end;
        } else if found.issuer.is_none()
            && matches!(atoms.lower(next), "của" | "do" | "được")
            && let Some(body) = issuer::read(atoms, next + 1, joint)
        {
            // `được Quốc hội khóa XV thông qua`
            let end = match term(atoms, body) {
                Some((_, after)) if matches!(atoms.lower(after), "thông" | "ban") => after,
                _ => body,
            };
            if atoms.lower(next) == "được" && !matches!(atoms.lower(end), "thông" | "ban") {
                break;
            }
            found.issuer = Some(next + 1..body);
            // `được Quốc hội thông qua ngày …`, `do Chính phủ ban hành ngày …`
            let acted = matches!((atoms.lower(end), atoms.lower(end + 1)), ("thông", "qua") | ("ban", "hành"));
            next = if acted { end + 2 } else { end };
        } else if found.title.is_none()
            && let Some((title, end)) = title(atoms, next + comma)
        {
            found.title = Some(one_line(atoms.slice(title)));
            next = end;
        } else {
            break;
        }
    }
    found
}

/// `ngày 12/5/2017`, `(4-11-2013)`, `năm 2013`, `27/02/2024`: the atom of the date, and the one after it.
fn date(atoms: Text<'_>, at: usize, date_end: &dyn Fn(usize) -> Option<usize>) -> Option<(usize, usize)> {
    if let Some(end) = date_end(at) {
        return Some((at, end));
    }
    if matches!(atoms.lower(at), "(" | "ký" | "ra" | "cùng") {
        let end = date_end(at + 1)?;
        return Some((at + 1, end + usize::from(atoms.lower(end) == ")")));
    }
    None
}

/// `(khóa XI, XII)`, `khóa XII`: the numerals and the atom after.
fn term(atoms: Text<'_>, at: usize) -> Option<(Vec<String>, usize)> {
    let open = usize::from(atoms.lower(at) == "(");
    if !matches!(atoms.lower(at + open), "khóa") {
        return None;
    }
    let mut terms = Vec::new();
    let mut end = at + open + 1;
    while is_roman(atoms.text(end)) && terms.len() < 8 {
        terms.push(atoms.text(end).to_owned());
        end += 1;
        let another = matches!(atoms.lower(end), "," | "và" | "-") && is_roman(atoms.text(end + 1));
        end += usize::from(another);
        if !another {
            break;
        }
    }
    end += usize::from(open == 1 && atoms.lower(end) == ")");
    (!terms.is_empty()).then_some((terms, end))
}

/// A title: after `về`, in quotes, or after a verb such as `quy định`. Returns its atoms and the atom after.
fn title(atoms: Text<'_>, at: usize) -> Option<(Range<usize>, usize)> {
    let about = atoms.lower(at) == "về" && atoms.gap(at) <= Gap::Line;
    let start = at + usize::from(about);
    if is_quote(atoms.lower(start)) {
        let open = start + 1;
        let open = open + usize::from(atoms.lower(open) == "về");
        let end = (open..open + 80).take_while(|&i| i < atoms.len()).find(|&i| is_quote(atoms.lower(i)))?;
        return (open < end).then_some((open..end, end + 1));
    }
    // `Quy định số 295-QĐ/ĐU` is the next document, and no title.
    let verb = atoms.is(start, Use::OPENS_TITLE) && reference::read(atoms, start).is_none();
    let told = about || verb && atoms.gap(start) == Gap::Blank;
    if !told {
        return None;
    }
    let mut end = start;
    while end < start + 60 && end < atoms.len() && !(end > start && ends_title(atoms, start, end)) {
        end += 1;
    }
    (end > start + 1).then_some((start..end, end))
}

fn is_quote(sign: &str) -> bool {
    matches!(sign, "“" | "”" | "\"" | "«" | "»" | "‘" | "’" | "''")
}

/// Whether a title that begins at `start` ends before atom `i`.
fn ends_title(atoms: Text<'_>, start: usize, i: usize) -> bool {
    if atoms.gap(i) == Gap::Paragraph || atoms.gap(i) == Gap::Line && atoms.text(i).starts_with(char::is_uppercase) {
        return true;
    }
    let next_is_capital = atoms.text(i + 1).starts_with(char::is_uppercase);
    match atoms.lower(i) {
        "." | ";" | ":" | "(" | ")" | "…" | "!" | "?" => true,
        sign if is_quote(sign) => true,
        "," => next_is_capital || atoms.is(i + 1, Use::CLAUSE) || atoms.gap(i + 1) > Gap::Line,
        "và" | "cùng" => next_is_capital && type_noun(atoms, i + 1).is_some(),
        "›" | "»" | "•" | "|" | "*" | "+" => true,
        "ngày" => atoms.kind(i + 1) == Some(AtomKind::Digits) && i > start + 2,
        // `những điều đảng viên không được làm`
        "được" if i > start && matches!(atoms.lower(i - 1), "không" | "chưa") => false,
        _ => atoms.is(i, Use::ENDS_TITLE),
    }
}
