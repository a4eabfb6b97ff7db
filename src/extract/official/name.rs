//! Personal names: which syllables can form one, and where one begins in a run of capitals.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::words::{Body, First, Honorific, Rank, Stop, Surname, Words, key};
use crate::segment::{AtomKind, Atoms, Case, Gap};

/// The longest run of capitalised syllables that is looked at.
const LONGEST_RUN: usize = 9;

/// The longest personal name, in syllables.
const LONGEST_NAME: usize = 5;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    /// `Trần`
    Title,
    /// `A`, `Y`
    Single,
    /// `TRẦN`, `UBND`
    Capitals,
    /// Anything else.
    Other,
}

/// What a run of capitalised syllables follows, which decides whether it may begin with the name of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// A rank or a complete body: no place is expected.
    Rank,
    /// A body that names its field of work.
    Open,
    /// A field of work, or a body that may name its place.
    Local,
    /// A unit of the country: its name is expected.
    Level,
    /// An enterprise or a school: its own name is expected.
    Named,
    /// A country.
    Country,
}

/// The text with what was learnt about it before the grammar runs.
pub(super) struct Reader<'a> {
    pub(super) atoms: &'a Atoms,
    pub(super) words: &'a Words,
    /// What each atom can be or begin, and how it is written.
    first: Vec<(First, Letters)>,
    /// Whether the lines are broken at a width, in the middle of sentences.
    wrapped: bool,
    /// Names that follow an honorific somewhere in the text.
    known: FxHashSet<String>,
    /// Names that follow `tỉnh`, `huyện`, `xã` … outside posts.
    places: FxHashSet<String>,
}

/// Syllables of a run: where each begins, and where the last one ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    starts: [usize; LONGEST_RUN],
    syllables: usize,
    pub(super) end: usize,
}

impl Run {
    pub(super) fn len(&self) -> usize {
        self.syllables
    }

    /// The atoms from syllable `from` to before syllable `to`.
    fn atoms(&self, from: usize, to: usize) -> Range<usize> {
        let start = |syllable: usize| self.starts[..self.syllables].get(syllable).copied();
        let end = start(to).unwrap_or(self.end);
        start(from).unwrap_or(end)..end
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(atoms: &'a Atoms, words: &'a Words) -> Self {
        let mut reader = Self {
            atoms,
            words,
            first: (0..atoms.len()).map(|at| (words.first(atoms, at), letters(atoms.case(at)))).collect(),
            wrapped: is_wrapped(atoms),
            known: FxHashSet::default(),
            places: FxHashSet::default(),
        };
        reader.learn();
        reader
    }

    /// Collects names and places whose kind the words before them tell.
    fn learn(&mut self) {
        let mut rank_ended = None;
        let mut at = 0;
        while at < self.atoms.len() {
            if !self.first(at).phrase {
                if matches!(self.atoms.sign(at), b'.' | b';' | b':') {
                    rank_ended = None;
                }
                at += 1;
                continue;
            }
            if let Some((next, _)) = self.rank(at) {
                rank_ended = Some(next);
                at = next;
                continue;
            }
            if let Some((next, honorific)) = self.honorific(at) {
                let run = self.run(next);
                if honorific != Honorific::None && (2..=LONGEST_NAME).contains(&run.len()) {
                    let name = self.key(next..run.end);
                    if !self.words.is_place(&name) {
                        self.known.insert(name);
                    }
                }
                at = next;
                continue;
            }
            if let Some((next, Body::Level)) = self.body(at) {
                let run = self.run(next);
                let in_post = rank_ended.is_some_and(|rank| at - rank < 8);
                if (1..=3).contains(&run.len()) && !in_post {
                    self.places.insert(self.key(next..run.end));
                }
                at = next;
                continue;
            }
            if matches!(self.atoms.text(at), "." | ";" | ":") {
                rank_ended = None;
            }
            at += 1;
        }
    }

    pub(super) fn key(&self, atoms: Range<usize>) -> String {
        key(self.atoms.slice(atoms))
    }

    fn first(&self, at: usize) -> First {
        self.first.get(at).map_or_else(First::default, |(first, _)| *first)
    }

    pub(super) fn honorific(&self, at: usize) -> Option<(usize, Honorific)> {
        self.first(at).honorific.then_some(())?;
        let (next, &kind) = self.words.honorifics.longest(self.atoms, at)?;
        // `huyện Anh Sơn`, `Trần Anh Tú`: part of a name.
        let inside = next == at + 1
            && kind == Honorific::Person
            && self.letters(at) == Letters::Title
            && at > 0
            && self.joins(at)
            && (self.first(at - 1).body || matches!(self.letters(at - 1), Letters::Title | Letters::Single));
        (!inside).then_some((next, kind))
    }

    pub(super) fn body(&self, at: usize) -> Option<(usize, Body)> {
        self.first(at).body.then_some(())?;
        self.words.bodies.longest(self.atoms, at).map(|(next, &kind)| (next, kind))
    }

    /// The word at `at` that follows a person or post and belongs to neither.
    pub(super) fn stop(&self, at: usize) -> Option<(usize, Stop)> {
        self.first(at).stop.then_some(())?;
        self.words.stops.longest(self.atoms, at).map(|(next, &stop)| (next, stop))
    }

    /// Where the country ends that is named at `at`.
    pub(super) fn country(&self, at: usize) -> Option<usize> {
        self.first(at).country.then_some(())?;
        self.words.countries.longest(self.atoms, at).map(|(next, ())| next)
    }

    /// The rank that begins at `at`.
    pub(super) fn rank(&self, at: usize) -> Option<(usize, Rank)> {
        self.first(at).rank.then_some(())?;
        let (next, &rank) = self.words.ranks.longest(self.atoms, at)?;
        if rank == Rank::Body {
            let (_, body) = self.body(next).filter(|_| self.joins(next))?;
            let led = !matches!(body, Body::Whole | Body::Field | Body::Qualifier);
            return led.then_some((next, Rank::One));
        }
        Some((next, rank))
    }

    pub(super) fn letters(&self, at: usize) -> Letters {
        self.first.get(at).map_or(Letters::Other, |(_, letters)| *letters)
    }

    pub(super) fn is_lower(&self, at: usize) -> bool {
        self.atoms.is_small(at)
    }

    /// Whether nothing that the grammar knows begins at `at`: no rank, body, honorific or name, nor a word before one.
    pub(super) fn is_plain(&self, at: usize) -> bool {
        self.first.get(at).is_none_or(|(first, letters)| !first.opens && *letters != Letters::Single)
    }

    /// Whether atom `at` goes on where the one before it ended, and not on a new line of its own.
    pub(super) fn joins(&self, at: usize) -> bool {
        match self.atoms.gap(at) {
            Gap::None | Gap::Blank => true,
            Gap::Line => self.wrapped || self.is_lower(at),
            Gap::Paragraph => false,
        }
    }

    /// The run of capitalised syllables that begins at `at`; empty when there is none.
    pub(super) fn run(&self, at: usize) -> Run {
        let mut run = Run { end: at, ..Run::default() };
        let capitals = match self.letters(at) {
            Letters::Other => return run,
            Letters::Capitals => true,
            Letters::Single => self.letters(at + 1) == Letters::Capitals && !self.is_phrase(at + 1, true, 1),
            Letters::Title => false,
        };
        let mut p = at;
        while run.len() < LONGEST_RUN {
            let fits = match self.letters(p) {
                Letters::Title => !capitals,
                Letters::Single => true,
                Letters::Capitals => capitals,
                Letters::Other => false,
            };
            if !fits || self.is_phrase(p, capitals, run.len()) || (p > at && !self.goes_on(p, run.len())) {
                break;
            }
            run.starts[run.syllables] = p;
            run.syllables += 1;
            p = self.syllable_end(p);
            run.end = p;
        }
        run
    }

    /// Whether the syllable at `at` belongs to the name before it although a line may end between them.
    fn goes_on(&self, at: usize, syllables: usize) -> bool {
        if self.joins(at) {
            return true;
        }
        if self.atoms.gap(at) != Gap::Line || syllables > 3 || self.honorific(at).is_some() {
            return false;
        }
        // One broken line in a text of whole lines: the sentence has to go on behind the name.
        let mut end = at;
        while end < at + 2 && self.letters(end) == Letters::Title {
            end = self.syllable_end(end);
        }
        let comma = self.atoms.text(end) == "," && self.rank(end + 1).is_some();
        end > at && self.atoms.gap(end) < Gap::Line && (comma || self.stop(end).is_some())
    }

    /// Where the syllable at `at` ends: `K'Sor`, `Ê-ban` are one.
    fn syllable_end(&self, at: usize) -> usize {
        let joiner = self.atoms.text(at + 1);
        // `K’ Brôi`: a blank behind the sign is a slip of the keyboard.
        let single = self.letters(at) == Letters::Single && matches!(joiner, "'" | "’" | "‘" | "ʼ");
        let next = self.atoms.gap(at + 2);
        let tight = self.atoms.gap(at + 1) == Gap::None && (next == Gap::None || single && next == Gap::Blank);
        if !tight || self.atoms.kind(at + 2) != Some(AtomKind::Letters) {
            return at + 1;
        }
        match joiner {
            "'" | "’" | "‘" | "ʼ" | "`" if self.atoms.text(at).chars().count() <= 3 => at + 3,
            "-" if self.is_lower(at + 2) => at + 3,
            _ => at + 1,
        }
    }

    /// Whether a rank, body or honorific begins at `at`, so that a name ends before it.
    fn is_phrase(&self, at: usize, capitals: bool, syllables: usize) -> bool {
        if capitals {
            // A syllable that is a word too may be a name's second or third (`LÊ ANH SƠN`).
            let long = |end: usize| end > at + 1 || syllables == 0 || syllables > 2;
            return self.rank(at).is_some()
                || self.atoms.lower(at) == "và"
                || self.stop(at).is_some_and(|(end, _)| syllables > 1 || end > at + 1)
                || self.body(at).is_some_and(|(end, _)| long(end) && (end > at + 1 || self.surname(at).is_none()))
                || self.honorific(at).is_some_and(|(end, _)| long(end));
        }
        if !self.first(at).phrase {
            return false;
        }
        let several =
            |end: usize| end > at + 1 && (self.is_lower(end - 1) || matches!(self.letters(end - 1), Letters::Capitals));
        self.rank(at).is_some_and(|(end, _)| several(end))
            || self.body(at).is_some_and(|(end, _)| several(end))
            || self.honorific(at).is_some_and(|(end, kind)| kind != Honorific::None && several(end))
    }

    /// How surely the syllable at `at` begins a name.
    pub(super) fn surname(&self, at: usize) -> Option<Surname> {
        let syllable = self.atoms.text(at);
        match self.letters(at) {
            Letters::Other => None,
            // `Y Phôn`, `A Sáo`, `K'Sor`, `H'Yim`
            Letters::Single => {
                let tight = self.syllable_end(at) > at + 1;
                let follows = matches!(self.letters(at + 1), Letters::Title | Letters::Capitals);
                match syllable {
                    "A" | "Y" if follows && self.joins(at + 1) => Some(Surname::Known),
                    "K" | "H" | "Y" if tight => Some(Surname::Known),
                    _ => None,
                }
            }
            _ => self.first(at).surname,
        }
    }

    /// The name at `at` where nothing but a surname tells that it is one.
    pub(super) fn name(&self, at: usize) -> Option<Range<usize>> {
        self.surname(at)?;
        let run = self.run(at);
        let is_name = (2..=LONGEST_NAME).contains(&run.len()) && !self.is_place(&self.key(at..run.end));
        is_name.then_some(at..run.end)
    }

    /// Whether the key is that of a place, in the table or in this text.
    pub(super) fn is_place(&self, key: &str) -> bool {
        !self.known.contains(key) && (self.words.is_place(key) || self.places.contains(key))
    }

    /// The name at `at` after an honorific, which needs no surname.
    pub(super) fn honoured(&self, at: usize) -> Option<Range<usize>> {
        let run = self.run(at);
        let capitals = self.letters(at) == Letters::Capitals;
        if capitals && self.surname(at).is_none() {
            return None;
        }
        match run.len() {
            0 => None,
            2.. if self.is_place(&self.key(at..run.end)) => None,
            n if n <= LONGEST_NAME => Some(at..run.end),
            _ => Some(run.atoms(0, 3)),
        }
    }

    /// Where the personal name begins in a run of capitalised syllables behind a post, if it holds one.
    ///
    /// The run can begin with the name of a place (`huyện Vũ Quang Nguyễn Văn An`) or be one (`huyện Vũ Quang`).
    pub(super) fn split(&self, run: &Run, before: Before, after_name: bool) -> Option<usize> {
        let best = (0..run.len())
            .filter_map(|from| Some((self.score(run, from, before)?, from)))
            // Of two that are equally good, the later: the shorter name.
            .max_by_key(|&(score, from)| (score, from))?;
        let least = if after_name { 7 } else { 4 };
        (best.0 >= least).then(|| run.starts[best.1])
    }

    /// How well the run divides into a place and, from syllable `from`, a name.
    fn score(&self, run: &Run, from: usize, before: Before) -> Option<i32> {
        let syllables = run.len() - from;
        if !(2..=LONGEST_NAME).contains(&syllables) {
            return None;
        }
        let name = self.key(run.atoms(from, run.len()));
        let place = (from > 0).then(|| self.key(run.atoms(0, from)));
        let named_place = place.as_ref().is_some_and(|place| self.is_place(place) || self.words.is_figure(place));
        if before == Before::Rank && from > 0 && !named_place {
            return None;
        }
        let known = self.known.contains(&name);
        if self.is_place(&name) || self.words.is_figure(&name) {
            return None;
        }
        let surname = match self.surname(run.starts[from]) {
            None if before == Before::Country && named_place == (from > 0) => return Some(7),
            // Behind a place that is known, what is left is a name without a surname.
            // `Leo Thị Lịch`: the middle name tells.
            None if self.is_middle(run.starts[from + 1]) && syllables > 2 => Surname::Rare,
            None if named_place && (3..=4).contains(&syllables) => Surname::Rare,
            None if known => Surname::Rare,
            None => return None,
            Some(surname) => surname,
        };
        let middle = |i: usize| self.is_middle(run.starts[i]);
        let middled = syllables > 2 && middle(from + 1);
        if syllables == 2 && from == 0 && !known {
            let sure = match before {
                Before::Level | Before::Local => surname == Surname::Common || self.is_minority(run.starts[0]),
                Before::Named => false,
                _ => surname > Surname::Rare,
            };
            if !sure {
                return None;
            }
        }
        if before == Before::Named && from == 0 && !middled && !known {
            return None;
        }
        let mut score = match surname {
            Surname::Common => 3,
            Surname::Known => 2,
            Surname::Rare => 0,
        };
        score += match syllables {
            3 => 3,
            4 if middled => 3,
            4 => 2,
            2 => 1,
            _ => 0,
        };
        score += match from {
            0 if self.begins_with_place(run) => -3,
            0 => 2,
            _ if named_place => 4,
            2 => 1,
            3 => 0,
            _ => -1,
        };
        if middled {
            score += 2;
        }
        if known {
            score += 6;
        }
        // A surname with its middle name inside the name: it begins there.
        for i in from + 1..run.len() {
            if i + 2 < run.len() && middle(i + 1) && self.surname(run.starts[i]).is_some() {
                score -= 3;
            }
            if i >= from + 2 && i + 1 < run.len() && self.surname(run.starts[i]) == Some(Surname::Common) {
                score -= 2;
            }
        }
        Some(score)
    }

    /// Whether the syllable at `at` is the middle name of most people.
    fn is_middle(&self, at: usize) -> bool {
        matches!(self.atoms.lower(at), "thị" | "văn")
    }

    /// Whether the run begins with a place and goes on long enough for a name.
    fn begins_with_place(&self, run: &Run) -> bool {
        (2..=3).any(|to| run.len() >= to + 2 && self.is_place(&self.key(run.atoms(0, to))))
    }

    fn is_minority(&self, at: usize) -> bool {
        self.letters(at) == Letters::Single
    }
}

/// What the grammar makes of how an atom is written.
fn letters(case: Case) -> Letters {
    match case {
        Case::Title => Letters::Title,
        Case::Single => Letters::Single,
        Case::Capitals => Letters::Capitals,
        Case::None | Case::Small | Case::Mixed => Letters::Other,
    }
}

/// Whether many lines begin in the middle of a sentence.
fn is_wrapped(atoms: &Atoms) -> bool {
    let lines = (1..atoms.len()).filter(|&i| atoms.gap(i) == Gap::Line);
    let (mut all, mut inside) = (0, 0);
    for at in lines {
        all += 1;
        let open = atoms.kind(at - 1) == Some(AtomKind::Letters) || atoms.text(at - 1) == ",";
        inside += usize::from(atoms.is_small(at) && open);
    }
    inside >= 2 && inside * 5 >= all
}
