//! Where and when a figure holds, by its sentence.

use std::ops::Range;
use std::sync::LazyLock;

use super::context;
use super::quantity::Quantity;
use crate::date::DateValue;
use crate::extract::phrases::Phrases;
use crate::extract::{DateRole, Fact, FactKind};
use crate::segment::{AtomKind, Atoms, Document, Gap};
use crate::span::Span;
use crate::table::rows;

/// The most atoms that a sentence is read over.
const SENTENCE: usize = 200;

/// How many atoms behind a figure its date or place may stand.
const BEHIND: usize = 8;

/// How far from the start of a paragraph the date stands that holds for all of it.
const OPENING: usize = 8;

#[derive(Clone, Copy, Debug)]
enum Place {
    /// A word before the name of a place: `huyện`.
    Level,
    /// A place without a name: `toàn tỉnh`.
    Whole,
    /// A name that is a place: `An Giang`.
    Name,
}

static PLACES: LazyLock<Phrases<Place>> = LazyLock::new(|| {
    let names =
        rows(include_str!("../../data/places.tsv")).filter(|row| row[1] != "country").map(|row| (row[0], Place::Name));
    let levels = rows(include_str!("../../data/levels.tsv"))
        .map(|row| (row[0], if row[1] == "level" { Place::Level } else { Place::Whole }));
    Phrases::new(names.chain(levels))
});

/// A date that figures may belong to.
struct Date {
    span: Span,
    value: DateValue,
    /// Whether the figures of a sentence or a paragraph belong to it, not only one beside it.
    wide: bool,
    period: bool,
    /// Whether it stands right behind a figure and belongs to that one.
    used: bool,
}

/// Reads the sentences of an article from its beginning to its end.
pub(super) struct Setting<'d> {
    document: &'d Document<'d>,
    dates: Vec<Date>,
    /// Names of people, which stand behind their posts.
    people: Vec<Span>,
    paragraph: usize,
    sentence: Range<usize>,
    /// The atom up to which sentences were looked for.
    cursor: usize,
    places: Vec<Range<usize>>,
}

impl<'d> Setting<'d> {
    pub(super) fn new(document: &'d Document<'d>, facts: &[Fact]) -> Self {
        let mut dates: Vec<Date> = facts
            .iter()
            .filter_map(|fact| match &fact.kind {
                FactKind::Date(date) => {
                    let (wide, period) = match date.role {
                        DateRole::Period => (true, true),
                        DateRole::Event => (true, false),
                        DateRole::Mention => (false, false),
                        _ => return None,
                    };
                    Some(Date { span: fact.span, value: date.value, wide, period, used: false })
                }
                _ => None,
            })
            .collect();
        dates.sort_by_key(|date| date.span.start);
        let mut people: Vec<Span> =
            facts.iter().filter(|fact| matches!(fact.kind, FactKind::Official(_))).map(|fact| fact.span).collect();
        people.sort_unstable();
        Self { document, dates, people, paragraph: 0, sentence: 0..0, cursor: 0, places: Vec::new() }
    }

    /// Goes on to the sentence of atom `at`, which lies behind those asked for before.
    pub(super) fn advance(&mut self, at: usize) -> Range<usize> {
        if at < self.sentence.end {
            return self.sentence.clone();
        }
        let atoms = self.document.atoms();
        let mut start = self.sentence.end;
        for i in self.cursor.max(start)..=at {
            if atoms.gap(i) == Gap::Paragraph {
                (self.paragraph, start) = (i, i);
            } else if ends_sentence(atoms, i) {
                start = i;
            }
        }
        let most = (at + SENTENCE).min(atoms.len());
        let end = (at + 1..most).find(|&i| atoms.gap(i) == Gap::Paragraph || ends_sentence(atoms, i)).unwrap_or(most);
        // A text without sentences is read in parts, so that its length does not matter.
        self.sentence = start.max(at.saturating_sub(SENTENCE))..end;
        self.cursor = end;
        self.find_places();
        self.sentence.clone()
    }

    /// The date that a figure belongs to: the one right behind it, or the last before it in the sentence, or the next in
    /// the clause, or the period that the paragraph opens with. `after` is the atom behind the words of the figure.
    pub(super) fn period(&mut self, quantity: &Quantity<'_>, span: Span, after: usize) -> Option<DateValue> {
        let atoms = self.document.atoms();
        let next = self.dates.partition_point(|date| date.span.start < span.end);
        let behind = self.dates.get(next).map(|date| self.document.atoms_of(date.span).start);
        let behind = behind.filter(|&at| at < self.sentence.end && at < after + BEHIND && at >= quantity.end);
        if let Some(at) = behind
            && at <= after + 1
            && words(atoms, after..at)
        {
            let date = &mut self.dates[next];
            date.used = !date.wide || at == after;
            return Some(date.value);
        }
        let start = self.document.span(self.sentence.start..self.sentence.start + 1).start;
        let mut before = self.dates[..next].iter().rev().take_while(|date| date.span.start >= start);
        if let Some(date) = before.find(|date| date.wide && !date.used) {
            return Some(date.value);
        }
        if let Some(at) = behind
            && self.dates[next].wide
            && words(atoms, after..at)
        {
            return Some(self.dates[next].value);
        }
        // The period that the paragraph opens with holds until another one is named.
        let opening = (self.paragraph + OPENING).min(quantity.start).max(self.paragraph + 1);
        let opening = self.document.span(self.paragraph..opening);
        let first = self.dates.partition_point(|date| date.span.end <= opening.start);
        let alone = self.dates[first..next.max(first)].iter().filter(|date| date.wide).nth(1).is_none();
        let now = (self.sentence.start..self.sentence.start + 3).any(|at| context::is_now(atoms, at));
        let date = self.dates.get(first).filter(|date| date.period && !date.used && date.span.start < opening.end);
        date.filter(|_| alone && !now).map(|date| date.value)
    }

    /// The place that a figure belongs to: the one that its sentence names before it, or the one in its clause behind it;
    /// nothing where it names several.
    pub(super) fn place(&self, quantity: &Quantity<'_>, after: usize) -> Option<String> {
        let atoms = self.document.atoms();
        let behind = self.places.iter().find(|place| place.start >= after).filter(|place| {
            let led = matches!(atoms.lower(place.start - 1), "ở" | "tại" | "của" | "thuộc" | "bàn");
            let whole = matches!(PLACES.longest(atoms, place.start), Some((_, Place::Whole)));
            let listed = matches!(atoms.lower(place.end), "," | "và" | ";")
                && self.places.iter().any(|other| other.start == place.end + 1);
            let near = place.start < after + BEHIND;
            near && (led || whole) && !listed && words(atoms, after..place.start)
        });
        // Right behind the figure it says more than the place that the sentence begins with.
        if let Some(place) = behind.filter(|place| place.start <= after + 4) {
            return Some(self.name(place));
        }
        let before = &self.places[..self.places.partition_point(|place| place.end <= quantity.start)];
        let place = match before {
            [others @ .., last] => {
                let same = |place: &Range<usize>| atoms.slice(place.clone()) == atoms.slice(last.clone());
                let listed = others.last().is_some_and(|other| last.start - other.end <= 1 && !same(other));
                // With several places, the one of the same clause.
                let clause = words(atoms, last.end..quantity.start)
                    && !(last.end..quantity.start).any(|i| atoms.lower(i) == "và");
                (!listed && (clause || others.iter().all(same))).then_some(last)
            }
            [] => behind,
        };
        place.map(|place| self.name(place))
    }

    /// As printed, the word of the level in lower case where a sentence begins with it.
    fn name(&self, place: &Range<usize>) -> String {
        let atoms = self.document.atoms();
        let printed = crate::extract::phrases::one_line(atoms.slice(place.clone()));
        match PLACES.longest(atoms, place.start) {
            Some((_, Place::Level | Place::Whole))
                if atoms.text(place.start).chars().skip(1).all(char::is_lowercase) =>
            {
                let mut letters = printed.chars();
                letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
            }
            _ => printed,
        }
    }

    fn find_places(&mut self) {
        self.places.clear();
        let atoms = self.document.atoms();
        let capital =
            |i: usize| atoms.kind(i) == Some(AtomKind::Letters) && atoms.is_capital(i) && atoms.gap(i) < Gap::Paragraph;
        let mut at = self.sentence.start;
        while at < self.sentence.end {
            let Some((end, kind)) = PLACES.longest(atoms, at) else {
                at += 1;
                continue;
            };
            let found = match kind {
                Place::Whole => Some(at..end),
                Place::Level => {
                    let number = atoms.kind(end) == Some(AtomKind::Digits) && atoms.gap(end) == Gap::Blank;
                    let run = (end..end + 4).take_while(|&i| capital(i)).count();
                    let short = atoms.text(end).chars().skip(1).all(char::is_lowercase);
                    match PLACES.longest(atoms, end) {
                        Some((name, Place::Name)) if capital(end) && !capital(name) => Some(at..name),
                        _ if number
                            && matches!(atoms.lower(at), "phường" | "quận")
                            && counts_nothing(atoms, end + 1) =>
                        {
                            Some(at..end + 1)
                        }
                        _ if (1..=3).contains(&run) && short => Some(at..end + run),
                        _ => None,
                    }
                }
                Place::Name => {
                    let alone = !capital(end) && (at == self.sentence.start || !capital(at - 1));
                    (alone && (at..end).all(|i| capital(i) || atoms.kind(i) == Some(AtomKind::Sign))).then_some(at..end)
                }
            };
            match found {
                Some(place) => {
                    at = place.end;
                    if !self.belongs_to_person(&place) {
                        // `xã Phú Lâm, huyện Can Lộc` is one place.
                        match self.places.last() {
                            Some(last) if is_chain(atoms, last, &place) => {}
                            _ => self.places.push(place),
                        }
                    }
                }
                None => at += 1,
            }
        }
    }

    /// Whether a place is part of a post: a name follows, or was read as its own.
    fn belongs_to_person(&self, place: &Range<usize>) -> bool {
        let span = self.document.span(place.clone());
        let next = self.people.partition_point(|person| person.end <= span.start);
        self.people
            .get(next)
            .is_some_and(|person| person.start < span.end || self.document.atoms_of(*person).start < place.end + 3)
    }
}

/// Whether all these atoms are words, with no sign or number between.
fn words(atoms: &Atoms, mut range: Range<usize>) -> bool {
    range.all(|i| atoms.kind(i) == Some(AtomKind::Letters))
}

/// Whether a place goes on with the one that it lies in.
fn is_chain(atoms: &Atoms, first: &Range<usize>, second: &Range<usize>) -> bool {
    let rank = |place: &Range<usize>| match atoms.lower(place.start) {
        "thôn" | "buôn" | "ấp" | "khóm" | "làng" => 0,
        "xã" | "phường" | "thị" if atoms.lower(place.start + 1) != "xã" => 1,
        "thị" | "huyện" | "quận" => 2,
        _ => 3,
    };
    let joined =
        second.start == first.end || second.start == first.end + 1 && matches!(atoms.text(first.end), "," | "(" | "-");
    joined && rank(first) < rank(second)
}

/// Whether the atom behind a number is no noun: `phường 5, quận 3 có`.
fn counts_nothing(atoms: &Atoms, at: usize) -> bool {
    atoms.kind(at) != Some(AtomKind::Letters)
        || atoms.gap(at) > Gap::Blank
        || matches!(atoms.lower(at), "có" | "còn" | "đã" | "đạt" | "được" | "hiện")
}

/// Whether a sentence begins at atom `at`, behind a full stop.
fn ends_sentence(atoms: &Atoms, at: usize) -> bool {
    let Some(stop) = at.checked_sub(1) else { return true };
    if atoms.kind(stop) != Some(AtomKind::Sign) || atoms.gap(at) == Gap::None {
        return false;
    }
    let stands = matches!(atoms.text(stop), "." | "!" | "?" | "…");
    // `TP. Hà Tĩnh`
    let short = stop > 0 && atoms.gap(stop) == Gap::None && {
        let word = atoms.text(stop - 1);
        word.len() <= 3 && atoms.is_capital(stop - 1)
    };
    stands && !short && !atoms.is_small(at)
}
