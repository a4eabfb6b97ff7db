//! What the words around a number make of it: a name, a rough figure, a change.

use std::ops::Range;
use std::sync::LazyLock;

use crate::extract::phrases::Phrases;
use crate::extract::{Change, Qualifier};
use crate::segment::{AtomKind, Atoms, Gap};
use crate::table::rows;

/// The most atoms that a phrase before a number has.
const LONGEST: usize = 6;

static QUALIFIERS: LazyLock<Phrases<Option<Qualifier>>> = LazyLock::new(|| {
    Phrases::new(rows(include_str!("../../data/qualifiers.tsv")).map(|row| {
        let qualifier = match row[1] {
            "about" => Some(Qualifier::About),
            "nearly" => Some(Qualifier::Nearly),
            "over" => Some(Qualifier::Over),
            "under" => Some(Qualifier::Under),
            "at_least" => Some(Qualifier::AtLeast),
            "at_most" => Some(Qualifier::AtMost),
            _ => None,
        };
        (row[0], qualifier)
    }))
});

/// Which numbers after a word name with it and count nothing.
#[derive(Clone, Copy, Debug)]
enum Names {
    Any,
    List,
    Year,
    UpTo(u32),
    Number,
    Free,
}

static ORDINALS: LazyLock<Phrases<Names>> = LazyLock::new(|| {
    Phrases::new(rows(include_str!("../../data/ordinals.tsv")).map(|row| {
        let names = match row[1] {
            "any" => Names::Any,
            "list" => Names::List,
            "year" => Names::Year,
            "number" => Names::Number,
            "free" => Names::Free,
            most => Names::UpTo(most.parse().unwrap_or_default()),
        };
        (row[0], names)
    }))
});

/// What a word before a number says of a change.
#[derive(Clone, Copy, Debug)]
enum Word {
    Change(Change),
    /// A change only where the number is a share: `giảm nghèo`.
    OfShare(Change),
    None,
}

static CHANGES: LazyLock<Phrases<Word>> = LazyLock::new(|| {
    Phrases::new(rows(include_str!("../../data/changes.tsv")).map(|row| {
        let word = match row[1] {
            "up" => Word::Change(Change::Up),
            "down" => Word::Change(Change::Down),
            "down share" => Word::OfShare(Change::Down),
            "up share" => Word::OfShare(Change::Up),
            _ => Word::None,
        };
        (row[0], word)
    }))
});

/// What a word right before a number may make of it.
#[derive(Clone, Copy, Debug, Default)]
struct Use {
    day: bool,
    year: bool,
    joined: bool,
    again: bool,
    now: bool,
}

static LEADS: LazyLock<Phrases<Use>> = LazyLock::new(|| {
    Phrases::new(rows(include_str!("../../data/leads.tsv")).map(|row| {
        let is = |name: &str| row[1].split(' ').any(|word| word == name);
        (row[0], Use { day: is("day"), year: is("year"), joined: is("joined"), again: is("again"), now: is("now") })
    }))
});

/// The uses of the word before atom `at`.
fn before(atoms: &Atoms, at: usize) -> Use {
    let word = at.checked_sub(1).and_then(|before| LEADS.longest(atoms, before));
    word.map_or_else(Use::default, |(_, &word)| word)
}

/// Whether four digits at `at` are a year: by the word before them, or in brackets or a range.
pub(super) fn is_year(atoms: &Atoms, at: usize) -> bool {
    atoms.gap(at) == Gap::Paragraph || before(atoms, at).year
}

/// Whether two numbers at `at` may be a day and a month, by the word before them.
pub(super) fn is_day(atoms: &Atoms, at: usize) -> bool {
    before(atoms, at).day
}

/// Whether the blank before the number at `at` may have been left out: `đạt100%`.
pub(super) fn joined(atoms: &Atoms, at: usize) -> bool {
    before(atoms, at).joined
}

/// Whether the word at `at` leads from a figure to the same one said in another way: `tương đương`.
pub(super) fn again(atoms: &Atoms, at: usize) -> bool {
    before(atoms, at + 1).again
}

/// Whether the word at `at` speaks of the present: `hiện`, `đến nay`.
pub(super) fn is_now(atoms: &Atoms, at: usize) -> bool {
    before(atoms, at + 1).now
}

/// What leads a number in.
pub(super) struct Lead {
    pub(super) qualifier: Qualifier,
    /// Whether `từ` stands before it.
    pub(super) from: bool,
    /// The first atom of the number with what leads it in.
    pub(super) start: usize,
    /// The words of the qualifier.
    pub(super) qualified: Option<Range<usize>>,
}

/// What leads in the number at `at`.
pub(super) fn lead(atoms: &Atoms, at: usize) -> Lead {
    let mut lead = Lead { qualifier: Qualifier::Exact, from: false, start: at, qualified: None };
    // `khoảng từ 5`, `từ khoảng 5`
    for _ in 0..2 {
        if let Some((start, &qualifier)) = QUALIFIERS.longest_before(atoms, lead.start, LONGEST)
            && lead.qualifier.is_exact()
        {
            let Some(qualifier) = qualifier else { break };
            lead.qualifier = qualifier;
            lead.qualified = Some(start..lead.start);
            lead.start = start;
        }
        if lead.start > 0 && atoms.lower(lead.start - 1) == "từ" && atoms.gap(lead.start) < Gap::Paragraph {
            lead.from = true;
            lead.start -= 1;
        }
    }
    lead
}

/// The qualifier after the unit, which ends before `end`: `trở lên`, `trở xuống`.
pub(super) fn qualifier_after(atoms: &Atoms, end: usize) -> Option<Qualifier> {
    // A few words of the counted phrase may stand between: `80% số hộ trở lên`.
    for at in end..end + 4 {
        // `71,5% đạt loại B trở lên`: the grade goes up from there, not the share.
        let graded = matches!(atoms.lower(at), "đạt" | "loại" | "hạng" | "bậc" | "mức");
        if graded || atoms.gap(at) > Gap::Line || atoms.kind(at) != Some(AtomKind::Letters) {
            return None;
        }
        if atoms.lower(at) == "trở" {
            return match atoms.lower(at + 1) {
                "lên" => Some(Qualifier::AtLeast),
                "xuống" => Some(Qualifier::AtMost),
                _ => None,
            };
        }
    }
    None
}

/// The qualifier that ends right before atom `end`, and its words: `ước` of `ước tăng 8%`.
pub(super) fn qualifier_before(atoms: &Atoms, end: usize) -> Option<(Qualifier, Range<usize>)> {
    let (start, &qualifier) = QUALIFIERS.longest_before(atoms, end, LONGEST)?;
    qualifier.map(|qualifier| (qualifier, start..end))
}

/// How a number names something together with the word before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// Whatever the number: `thứ 18/63`, `hạng 3`.
    Rank,
    /// And so do the numbers after it in a list: `khoản 2, 3`.
    List,
    /// Since it is a small number or a year: `thôn 3`, `năm 2020`.
    Small,
}

/// Whether the number at `at` names something together with the word before it. `whole` is its value where it is one
/// whole number.
pub(super) fn naming(atoms: &Atoms, at: usize, whole: Option<u32>, year: bool) -> Option<Naming> {
    let (start, &names) = ORDINALS.longest_before(atoms, at, LONGEST)?;
    let word = if start == 0 { "" } else { atoms.lower(start - 1) };
    let summed = matches!(word, "mỗi" | "từng" | "cả" | "toàn" | "một" | "hàng" | "hằng" | "tặng" | "giúp" | "trao");
    let up_to = |most: u32| (!summed && whole.is_some_and(|value| value <= most)).then_some(Naming::Small);
    match names {
        Names::Any => Some(Naming::Rank),
        Names::List => Some(Naming::List),
        Names::Free => None,
        Names::Number => up_to(999),
        Names::Year => (year && !summed).then_some(Naming::Small),
        Names::UpTo(most) => up_to(most),
    }
}

/// The change that the words before `start` announce, and which of them: `tăng`, `giảm bình quân`, `giảm tỷ lệ hộ nghèo`.
pub(super) fn change(atoms: &Atoms, start: usize, share: bool) -> Option<(Change, Range<usize>)> {
    let reach = if share { 6 } else { 4 };
    for at in (start.saturating_sub(reach)..start).rev() {
        if atoms.gap(at + 1) > Gap::Line || atoms.kind(at) != Some(AtomKind::Letters) {
            return None;
        }
        let Some((end, &word)) = CHANGES.longest(atoms, at) else { continue };
        // `xe tăng` begins a word earlier.
        let inside = at > 0 && CHANGES.longest(atoms, at - 1).is_some_and(|(before, _)| before >= end && before > at);
        if inside {
            continue;
        }
        let change = match word {
            Word::Change(change) => Some(change),
            Word::OfShare(change) => share.then_some(change),
            Word::None => None,
        };
        return change.map(|change| (change, at..end));
    }
    None
}
