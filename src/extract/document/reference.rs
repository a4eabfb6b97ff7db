//! The grammar of references: type noun, number, code, and lists of them.

use std::ops::Range;

use super::words::{Text, Type, Use, key};
use super::{code, issuer};
use crate::extract::phrases::one_line;
use crate::segment::{AtomKind, Gap};

/// A reference as printed, before its date, issuer and title are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reference<'a> {
    pub(super) atoms: Range<usize>,
    pub(super) kind: &'a str,
    /// The atoms of the type noun, which the references of a list share.
    pub(super) noun: Range<usize>,
    /// Where the number begins.
    pub(super) number_at: usize,
    pub(super) number: Option<String>,
    /// What follows the number in the code.
    pub(super) tail: Option<String>,
    pub(super) term: Vec<String>,
    /// The atoms of an issuer that is part of the reference: `Nghị quyết Trung ương 4`.
    pub(super) issuer: Option<Range<usize>>,
    /// The number is that of a plenum and not the document's own.
    pub(super) is_session: bool,
    pub(super) title: Option<String>,
}

impl Reference<'_> {
    /// Number and code as officially written: `02-NQ/TU`.
    pub(super) fn code(&self) -> Option<String> {
        Some(format!("{}{}", self.number.as_deref()?, self.tail.as_deref()?))
    }
}

/// References that share what follows them: `Quyết định số 217, 218-QĐ/TW ngày …`.
pub(super) type List<'a> = Vec<Reference<'a>>;

/// The noun of a document of policy that begins at `at`: the atom after it, and the type.
pub(super) fn noun(atoms: Text<'_>, at: usize) -> Option<(usize, &Type)> {
    atoms.words.types.longest(atoms.atoms, at).filter(|(_, of)| of.is_policy)
}

/// The noun that begins at `at`, with the kind alone.
pub(super) fn type_noun(atoms: Text<'_>, at: usize) -> Option<(usize, &str)> {
    noun(atoms, at).map(|(end, of)| (end, of.kind.as_ref()))
}

/// The references that begin with atom `at`.
pub(super) fn read(atoms: Text<'_>, at: usize) -> Option<List<'_>> {
    let grammar = Grammar { atoms };
    match atoms.kind(at)? {
        AtomKind::Letters => match noun(atoms, at) {
            Some((end, of)) => grammar.named(at, end, of),
            None if atoms.lower(at) == "số" => grammar.bare(at, grammar.after_number_word(at)),
            None => None,
        },
        AtomKind::Digits => grammar.bare(at, at),
        AtomKind::Sign => None,
    }
}

/// Whether documents of the kind are cited by name: laws, codes, ordinances, the constitution.
pub(super) fn is_law(kind: &str) -> bool {
    matches!(kind, "luật" | "bộ luật" | "hiến pháp" | "pháp lệnh")
}

/// A number, and the code that goes with it.
struct Numbered {
    start: usize,
    end: usize,
    number: String,
    /// What follows the number, as officially written: `-NQ/TU`, `/2020/NĐ-CP`.
    tail: Option<String>,
}

struct Grammar<'a> {
    atoms: Text<'a>,
}

impl<'a> Grammar<'a> {
    fn lower(&self, i: usize) -> &str {
        self.atoms.lower(i)
    }

    fn capitalised(&self, i: usize) -> bool {
        self.atoms.text(i).starts_with(char::is_uppercase)
    }

    /// Skips `số`, `số:`, `Số :`.
    fn after_number_word(&self, at: usize) -> usize {
        let mut end = at;
        if self.lower(end) == "số" {
            end += 1;
            if matches!(self.lower(end), ":" | ".") && self.atoms.gap(end) < Gap::Line {
                end += 1;
            }
        }
        end
    }

    /// References after a type noun.
    fn named(&self, at: usize, noun_end: usize, of: &'a Type) -> Option<List<'a>> {
        let kind = of.kind.as_ref();
        let start = self.after_number_word(noun_end);
        let said = start > noun_end;
        if let Some(first) = self.numbered(start) {
            let list = self.list(at, at..noun_end, (kind, Some(of)), first);
            let tail = list.iter().find_map(|reference| reference.tail.as_deref());
            if tail.is_some() || said || self.number_stands_alone(at, of, list.last()?.atoms.end) {
                return Some(list);
            }
        }
        if let Some(list) = self.issued(at, noun_end, of) {
            return Some(list);
        }
        if is_law(kind) {
            return self.law(at, noun_end, kind);
        }
        if !self.capitalised(at) {
            return None;
        }
        self.plenum(at, noun_end, of)
            .or_else(|| self.session(at, noun_end, kind))
            .or_else(|| self.congress(at, noun_end, kind))
    }

    /// `Quyết định của Thủ tướng Chính phủ số 12/QĐ-TTg`: the issuer stands before the code.
    fn issued(&self, at: usize, noun_end: usize, of: &'a Type) -> Option<List<'a>> {
        if self.lower(noun_end) != "của" {
            return None;
        }
        let issuer = noun_end + 1..issuer::read(self.atoms, noun_end + 1, false)?;
        let start = self.after_number_word(issuer.end);
        let first = self.numbered(start).filter(|first| start > issuer.end && first.tail.is_some())?;
        let mut list = self.list(at, at..noun_end, (&of.kind, Some(of)), first);
        for reference in &mut list {
            reference.issuer = Some(issuer.clone());
        }
        Some(list)
    }

    /// `Nghị quyết 02`: without `số` a number may be a count (`báo cáo 16 năm`), so it needs a capital and no noun after it.
    fn number_stands_alone(&self, at: usize, of: &Type, end: usize) -> bool {
        let counted = self.atoms.kind(end) == Some(AtomKind::Letters)
            && self.atoms.gap(end) < Gap::Line
            && !self.capitalised(end)
            && !self.atoms.is(end, Use::AFTER);
        let measured = matches!(self.lower(end), "%" | "/" | "." | "," | "-")
            && self.atoms.gap(end) == Gap::None
            && self.atoms.gap(end + 1) == Gap::None
            && self.atoms.kind(end + 1).is_some_and(|kind| kind != AtomKind::Sign);
        // `Kế hoạch 299 của Cục …`: who issued it makes it one.
        let issued = self.lower(end) == "của" && self.capitalised(end + 1);
        self.capitalised(at) && (!of.needs_number_word || issued) && !counted && !measured
    }

    /// A number at `at`, which belongs to what stands before it, and its code.
    fn numbered(&self, at: usize) -> Option<Numbered> {
        if self.atoms.gap(at) >= Gap::Paragraph { None } else { self.number(at) }
    }

    fn number(&self, at: usize) -> Option<Numbered> {
        if self.atoms.kind(at) != Some(AtomKind::Digits) || self.atoms.text(at).len() > 5 {
            return None;
        }
        let mut number = self.atoms.text(at).to_owned();
        let mut end = at + 1;
        // `12a/2020/NQ-HĐND`
        if self.atoms.gap(end) == Gap::None
            && matches!(self.lower(end), "a" | "b" | "c")
            && matches!(self.lower(end + 1), "/" | "-")
        {
            number.push_str(self.atoms.text(end));
            end += 1;
        }
        let (end, tail) = self.tail(end);
        Some(Numbered { start: at, end, number, tail })
    }

    /// What follows a number: parts of letters or a year, each after a stroke or a dash, blanks dropped.
    fn tail(&self, at: usize) -> (usize, Option<String>) {
        let mut tail = String::new();
        let (mut end, mut letters) = (at, 0);
        loop {
            let sign = match self.lower(end) {
                "/" => '/',
                "-" | "–" | "—" => '-',
                // `1836 QĐ/TWĐTN`: the dash before the type is left out.
                _ if tail.is_empty()
                    && self.atoms.gap(end) <= Gap::Blank
                    && matches!(self.lower(end + 1), "/" | "-")
                    && self.is_abbreviation(end) =>
                {
                    tail.push('-');
                    end = self.part(end, &mut tail);
                    letters += 1;
                    continue;
                }
                _ => break,
            };
            let part = end + 1;
            let spaced = self.atoms.gap(end) != Gap::None || self.atoms.gap(part) != Gap::None;
            if self.atoms.gap(end).max(self.atoms.gap(part)) > Gap::Line {
                break;
            }
            let year = self.atoms.kind(part) == Some(AtomKind::Digits)
                && self.atoms.text(part).len() == 4
                && letters == 0
                && tail.is_empty()
                && !spaced;
            if year && matches!(self.lower(part + 1), "/" | "-") {
                tail.push(sign);
                tail.push_str(self.atoms.text(part));
                end = part + 1;
            } else if self.is_code_part(part, spaced, letters) {
                tail.push(sign);
                end = self.part(part, &mut tail);
                letters += 1;
            } else {
                break;
            }
        }
        if letters == 0 { (at, None) } else { (end, Some(code::official(self.atoms.words, &tail))) }
    }

    fn is_abbreviation(&self, i: usize) -> bool {
        self.capitalised(i) && self.atoms.words.abbreviations.contains_key(&key(self.lower(i)))
    }

    /// Letters with a capital, such as `NQ`, `TTg`, `QĐi`, `QH15`, `GD&ĐT`; lower case only for a known type.
    fn is_code_part(&self, i: usize, spaced: bool, letters: usize) -> bool {
        if self.atoms.kind(i) != Some(AtomKind::Letters) {
            return false;
        }
        let text = self.atoms.text(i);
        let capitals = text.chars().filter(|c| c.is_uppercase()).count();
        let plain = text.chars().count() <= 12 && capitals > 0 && (capitals > 1 || text.chars().count() <= 3);
        if spaced {
            return plain && text.chars().next().is_some_and(char::is_uppercase) && capitals > 1
                || letters == 0 && self.is_abbreviation(i);
        }
        plain
            || letters == 0
                && self.atoms.gap(i + 1) == Gap::None
                && self.atoms.words.abbreviations.contains_key(&key(self.lower(i)))
    }

    /// Adds a part and what is glued to it: the term of `QH15`, the rest of `GD&ĐT`.
    fn part(&self, at: usize, tail: &mut String) -> usize {
        let mut end = at;
        loop {
            tail.push_str(self.atoms.text(end));
            end += 1;
            let glued = self.atoms.gap(end) == Gap::None;
            let joins = match self.atoms.kind(end) {
                Some(AtomKind::Digits) => glued,
                Some(AtomKind::Sign) => {
                    self.lower(end) == "&" && glued && self.atoms.kind(end + 1) == Some(AtomKind::Letters)
                }
                Some(AtomKind::Letters) => glued && self.lower(end - 1) == "&",
                None => false,
            };
            if !joins {
                return end;
            }
        }
    }

    /// `số 18, 19-NQ/TW`, `13 và 14/2022/NQ-HĐND`: numbers without a code take it from the next one that has one.
    fn list(&self, at: usize, noun: Range<usize>, (kind, of): (&'a str, Option<&Type>), first: Numbered) -> List<'a> {
        let mut found = vec![(at, first)];
        loop {
            let end = found[found.len() - 1].1.end;
            if !matches!(self.lower(end), "," | "và" | ";") || self.atoms.gap(end) > Gap::Line {
                break;
            }
            let start = self.after_number_word(end + 1);
            let Some(next) = self.numbered(start) else { break };
            // A code that names another kind is a reference of its own.
            if next.tail.as_deref().is_some_and(|tail| code::other_kind(self.atoms.words, tail, kind).is_some()) {
                break;
            }
            let coded_before = found.iter().any(|(_, numbered)| numbered.tail.is_some());
            // A bare number goes on with the list only where no code was printed yet and nothing is counted by it.
            let bare = next.tail.is_none()
                && (coded_before || of.is_none_or(|of| !self.number_stands_alone(at, of, next.end)));
            if bare && !self.list_reaches_code(next.end) || found.len() >= 32 {
                break;
            }
            found.push((start, next));
        }
        let mut tails: Vec<Option<String>> = Vec::with_capacity(found.len());
        let mut tail = None;
        for (_, numbered) in found.iter().rev() {
            tail = numbered.tail.clone().or(tail);
            tails.push(tail.clone());
        }
        tails.reverse();
        let reference = |((start, numbered), tail): ((usize, Numbered), Option<String>)| Reference {
            atoms: start..numbered.end,
            kind,
            noun: noun.clone(),
            number_at: numbered.start,
            number: Some(numbered.number),
            tail,
            ..Reference::default()
        };
        found.into_iter().zip(tails).map(reference).collect()
    }

    /// Whether a list of bare numbers that goes on at `at` ends in a number with a code.
    fn list_reaches_code(&self, mut at: usize) -> bool {
        for _ in 0..8 {
            if !matches!(self.lower(at), "," | "và") {
                return false;
            }
            match self.numbered(self.after_number_word(at + 1)) {
                Some(Numbered { tail: Some(_), .. }) => return true,
                Some(numbered) => at = numbered.end,
                None => return false,
            }
        }
        false
    }

    /// A code without a type noun, `Số: 1855/QĐ-TTg`: the kind follows from the code.
    fn bare(&self, at: usize, number: usize) -> Option<List<'a>> {
        if at > 0
            && self.atoms.gap(at) == Gap::None
            && !matches!(self.lower(at - 1), "(" | "\"" | "“" | "," | ":" | ";")
        {
            return None;
        }
        // Most numbers have no code.
        let parts = |i: usize| matches!(self.lower(i), "/" | "-" | "–" | "—");
        if !parts(number + 1) && !parts(number + 2) {
            return None;
        }
        // Contracts, tenders and licences have numbers, too.
        let named = (1..=3).filter_map(|back| at.checked_sub(back)).map(|i| self.lower(i));
        if named
            .take_while(|word| !matches!(*word, "," | "." | ";"))
            .any(|word| matches!(word, "thầu" | "phép" | "đồng"))
        {
            return None;
        }
        let said = number > at;
        let numbered = if said { self.numbered(number)? } else { self.number(at)? };
        let kind = code::kind(self.atoms.words, numbered.tail.as_deref()?, said)?;
        Some(self.list(at, 0..0, (kind, None), numbered))
    }

    /// A law by its name: `Luật Đất đai năm 2013`, `Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15`.
    fn law(&self, at: usize, noun_end: usize, kind: &'a str) -> Option<List<'a>> {
        if !self.capitalised(at) || self.atoms.gap(noun_end) > Gap::Line {
            return None;
        }
        if kind == "hiến pháp" {
            let year = usize::from(self.lower(noun_end) == "năm");
            let dated = self.atoms.kind(noun_end + year) == Some(AtomKind::Digits)
                && self.atoms.text(noun_end + year).len() == 4;
            return dated
                .then(|| vec![Reference { atoms: at..noun_end, kind, noun: at..noun_end, ..Reference::default() }]);
        }
        let amends = ["sửa", "đổi"].iter().enumerate().all(|(i, word)| self.lower(noun_end + i) == *word);
        let end = if amends { self.amended_law(noun_end)? } else { self.law_title(noun_end)? };
        let mut law = Reference {
            atoms: at..end,
            kind,
            noun: at..noun_end,
            title: Some(one_line(self.atoms.slice(noun_end..end))),
            ..Reference::default()
        };
        let start = self.after_number_word(end);
        if let Some(Numbered { end, number, tail: Some(tail), .. }) = self.numbered(start) {
            law.atoms.end = end;
            law.number_at = start;
            law.number = Some(number);
            law.tail = Some(tail);
        }
        Some(vec![law])
    }

    /// A known title, or a capitalised word and what follows it up to a word that cannot belong to a title.
    fn law_title(&self, at: usize) -> Option<usize> {
        if !self.capitalised(at) {
            return None;
        }
        if let Some((end, ())) = self.atoms.words.law_titles.longest(&self.atoms, at) {
            return Some(end);
        }
        if self.atoms.gap(at) == Gap::Line {
            return None;
        }
        let mut end = at + 1;
        // `Phòng, chống …` is one notion.
        if self.lower(at) == "phòng" && self.lower(at + 1) == "," && self.lower(at + 2) == "chống" {
            end = at + 3;
        }
        while end < at + 12
            && self.atoms.kind(end) == Some(AtomKind::Letters)
            && self.atoms.gap(end) <= Gap::Line
            && !self.atoms.is(end, Use::ENDS_LAW)
            && type_noun(self.atoms, end).is_none()
        {
            end += 1;
        }
        // `Luật A và Luật B`
        if end > at + 1 && self.lower(end - 1) == "và" {
            end -= 1;
        }
        // One word is too little to tell a law from `Luật Anh`; a year or number after it settles it.
        let settled = matches!(self.lower(end), "năm" | "số");
        (end - at >= 2 && end - at < 12 || settled).then_some(end)
    }

    /// `sửa đổi, bổ sung một số điều của Luật Đầu tư`
    fn amended_law(&self, at: usize) -> Option<usize> {
        let mut end = at;
        while end < at + 16 && self.atoms.gap(end) <= Gap::Line {
            if let Some((noun_end, "luật" | "bộ luật" | "pháp lệnh")) = type_noun(self.atoms, end) {
                let mut end = self.law_title(noun_end)?;
                // `… của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương`
                while matches!(self.lower(end), "và" | ",")
                    && let Some((noun_end, "luật" | "bộ luật" | "pháp lệnh")) = type_noun(self.atoms, end + 1)
                    && let Some(further) = self.law_title(noun_end).filter(|&further| further < at + 40)
                {
                    end = further;
                }
                return Some(end);
            }
            end += 1;
        }
        None
    }

    /// `Nghị quyết Trung ương 4 (khóa XI, XII)`, `Nghị quyết TW4`, `Nghị quyết Hội nghị Trung ương 7 khóa X`.
    fn plenum(&self, at: usize, noun_end: usize, of: &'a Type) -> Option<List<'a>> {
        let kind = of.kind.as_ref();
        let mut body = noun_end;
        if self.lower(body) == "hội" && self.lower(body + 1) == "nghị" {
            body += 2;
        }
        let body_end = match self.lower(body) {
            "trung" if self.lower(body + 1) == "ương" => body + 2,
            "tw" | "tư" => body + 1,
            _ => return None,
        };
        let first = self.numbered(body_end).filter(|numbered| numbered.tail.is_none() && numbered.number.len() <= 2)?;
        let mut list = self.list(at, at..noun_end, (kind, Some(of)), first);
        let end = list.last()?.atoms.end;
        let counted = self.atoms.kind(end) == Some(AtomKind::Letters)
            && !self.capitalised(end)
            && !self.atoms.is(end, Use::AFTER);
        if counted {
            return None;
        }
        for reference in &mut list {
            reference.issuer = Some(body..body_end);
            reference.is_session = true;
        }
        Some(list)
    }

    /// `Nghị quyết Hội nghị lần thứ tám Ban Chấp hành Trung ương khóa XI`, `… Hội nghị Trung ương lần thứ 4`.
    fn session(&self, at: usize, noun_end: usize, kind: &'a str) -> Option<List<'a>> {
        if self.lower(noun_end) != "hội" || self.lower(noun_end + 1) != "nghị" {
            return None;
        }
        let mut end = noun_end + 2;
        let (mut body, mut number) = (None, None);
        for _ in 0..2 {
            if self.lower(end) == "lần" && self.lower(end + 1) == "thứ" {
                number = ordinal(self.lower(end + 2));
                end += 3;
            } else if let Some((after, Some(code))) = self.atoms.words.issuers.longest(&self.atoms, end)
                && code.as_ref() == "TW"
            {
                body = Some(end..after);
                end = after;
            }
        }
        let (issuer, number) = (Some(body?), Some(number?.to_owned()));
        let noun = at..noun_end;
        Some(vec![Reference { atoms: at..end, kind, noun, number, issuer, is_session: true, ..Reference::default() }])
    }

    /// `Nghị quyết Đại hội XIII`, `Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX`: the term tells which one.
    fn congress(&self, at: usize, noun_end: usize, kind: &'a str) -> Option<List<'a>> {
        if self.lower(noun_end) != "đại" || self.lower(noun_end + 1) != "hội" {
            return None;
        }
        let mut end = noun_end + 2;
        while end < noun_end + 14 && self.atoms.kind(end) == Some(AtomKind::Letters) && self.atoms.gap(end) <= Gap::Line
        {
            if is_roman(self.atoms.text(end)) {
                let term = vec![self.atoms.text(end).to_owned()];
                return Some(vec![Reference {
                    atoms: at..end + 1,
                    kind,
                    noun: at..noun_end,
                    term,
                    ..Reference::default()
                }]);
            }
            if type_noun(self.atoms, end).is_some() {
                return None;
            }
            end += 1;
        }
        None
    }
}

/// The number of a plenum, of which a term has had no more than fifteen: `lần thứ tư`, `lần thứ 4`.
fn ordinal(word: &str) -> Option<&str> {
    const WORDS: [&str; 10] = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"];
    const DIGITS: [&str; 10] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
    if word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty() {
        return Some(word);
    }
    WORDS.iter().position(|known| *known == word).map(|i| DIGITS[i])
}

/// Whether a word is a Roman numeral in capitals, as terms of congress are numbered.
pub(super) fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 7 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'))
}
