//! The whole phrase that is counted, what a share is a share of, what a rate is a rate by, what a change is compared with.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use super::unit::{Class, Text, Unit, base, counts};
use crate::extract::abbreviations::{Abbreviations, Defined};
use crate::extract::phrases::Phrases;
use crate::extract::phrases::one_line;
use crate::extract::{Indicator, Tables};
use crate::segment::{AtomKind, Document, Gap};
use crate::table::rows;

/// The most atoms that a counted phrase has behind its unit, and a base of comparison behind `so với`.
const LONGEST: usize = 10;

/// How many atoms behind a change its base may be named.
const REACH: usize = 16;

/// What a word behind a number is to the phrase that is counted.
#[derive(Clone, Copy, Debug, Default)]
struct Use {
    end: bool,
    /// Ends a phrase unless its head is a thing: `cuộc kiểm tra`.
    weak: bool,
    inner: bool,
    thing: bool,
    comparison: bool,
    plan: bool,
    sum: bool,
}

/// The words that bound phrases, and the abbreviations in them.
#[derive(Debug)]
pub(super) struct Bounds {
    uses: Phrases<Use>,
    abbreviations: Abbreviations,
}

/// The abbreviations that an article defines, looked for when the first one is to be written out.
pub(super) struct OnDemand<'d> {
    document: &'d Document<'d>,
    defined: OnceCell<Defined>,
}

impl<'d> OnDemand<'d> {
    pub(super) fn new(document: &'d Document<'d>) -> Self {
        Self { document, defined: OnceCell::new() }
    }

    fn get(&self) -> &Defined {
        self.defined.get_or_init(|| Defined::new(self.document))
    }
}

impl Bounds {
    pub(super) fn new(tables: &Tables) -> Arc<Self> {
        static BUILT_IN: LazyLock<Arc<Bounds>> = LazyLock::new(|| Arc::new(Bounds::load(&Tables::new())));
        if tables.is_built_in() { Arc::clone(&BUILT_IN) } else { Arc::new(Self::load(tables)) }
    }

    fn load(tables: &Tables) -> Self {
        let verbs = rows(include_str!("../../data/verbs.tsv")).map(|row| {
            let strong = row[1] == "strong";
            (row[0], Use { end: strong, weak: !strong, ..Use::default() })
        });
        let own = rows(include_str!("../../data/counted.tsv")).map(|row| {
            let is = |name: &str| row[1].split(' ').any(|word| word == name);
            let (end, inner) = (is("end") && !is("inner"), is("inner"));
            let (thing, comparison, plan, sum) = (is("thing"), is("comparison"), is("plan"), is("sum"));
            (row[0], Use { end, weak: false, inner, thing, comparison, plan, sum })
        });
        Self { uses: Phrases::new(verbs.chain(own)), abbreviations: Abbreviations::new(tables) }
    }

    fn at(&self, atoms: Text<'_>, at: usize) -> Option<(usize, Use)> {
        self.uses.longest(atoms.atoms, at).map(|(end, &word)| (end, word))
    }

    /// The words with their abbreviations written out.
    fn written_out(&self, atoms: Text<'_>, words: Range<usize>, defined: &OnDemand<'_>) -> String {
        let text = one_line(atoms.slice(words));
        if !text.contains(char::is_uppercase) {
            return text;
        }
        self.abbreviations.expand(&text, defined.get()).into_owned()
    }

    /// The atom after the noun phrase that goes on at `at` behind a head; nothing where no end is in sight.
    fn phrase(&self, atoms: Text<'_>, start: usize, at: usize) -> Option<usize> {
        let capitals =
            atoms.lower(start) != atoms.text(start) && atoms.text(start).chars().nth(1).is_some_and(char::is_uppercase);
        let thing = self.at(atoms, start).is_some_and(|(_, word)| word.thing);
        let mut end = at;
        while end < at + LONGEST {
            let near = atoms.gap(end) == Gap::Blank || atoms.gap(end) == Gap::Line;
            if !near || atoms.kind(end) != Some(AtomKind::Letters) {
                return Some(end);
            }
            // A name begins; an abbreviation goes on.
            let upper = atoms.text(end) != atoms.lower(end);
            let short = upper && atoms.text(end).chars().skip(1).any(char::is_uppercase);
            if upper && !capitals && (!short || atoms.gap(end) == Gap::Line) {
                return Some(end);
            }
            match self.at(atoms, end) {
                Some((after, word)) if word.inner || word.weak && thing => end = after,
                Some((_, word)) if word.end || word.weak => return Some(end),
                Some((after, _)) => end = after,
                None => end += 1,
            }
        }
        None
    }

    /// Completes an indicator by the words behind it. Gives the atom after the last of them.
    pub(super) fn complete(
        &self,
        atoms: Text<'_>,
        unit: &Unit<'_>,
        end: usize,
        defined: &OnDemand<'_>,
        indicator: &mut Indicator,
    ) -> usize {
        let mut at = self.rate(atoms, end, indicator);
        if unit.class == Class::Share {
            at = self.share(atoms, at, defined, indicator);
        } else if unit.is_count()
            && at == end
            && let Some(after) = self.phrase(atoms, unit.start, end)
        {
            let counted = self.written_out(atoms, unit.start..after, defined);
            if counted != indicator.unit {
                indicator.counted = Some(counted);
            }
            at = self.rate(atoms, after, indicator);
        }
        if indicator.change.is_some() || unit.class == Class::Share {
            self.compare(atoms, at, indicator);
        }
        at
    }

    /// What a share is a share of: `85% hộ dân`, `108,1% kế hoạch`.
    fn share(&self, atoms: Text<'_>, at: usize, defined: &OnDemand<'_>, indicator: &mut Indicator) -> usize {
        let near = atoms.gap(at) == Gap::Blank || atoms.gap(at) == Gap::Line;
        let own = self.at(atoms, at).filter(|(_, word)| word.plan || word.sum);
        let head = own.map(|(after, _)| after).or_else(|| counts(atoms, at).then_some(at));
        let Some(after) = head.filter(|_| near).and_then(|head| self.phrase(atoms, at, head)).filter(|&end| end > at)
        else {
            return at;
        };
        // `số phải thu`: what was meant is not read.
        if after == at + 1 && atoms.lower(at) == "số" {
            return after;
        }
        let of = self.written_out(atoms, at..after, defined);
        // `vượt 8,1% kế hoạch`
        if indicator.change.is_some() && own.is_some_and(|(_, word)| word.plan) {
            indicator.compared_with = Some(one_line(atoms.slice(at..after)));
        } else {
            indicator.share_of = Some(of);
        }
        after
    }

    /// What a number is a rate by: `/người/năm`, `một người một năm`, `mỗi hộ`, `trên giờ`.
    fn rate(&self, atoms: Text<'_>, mut at: usize, indicator: &mut Indicator) -> usize {
        for _ in 0..3 {
            let slash = atoms.text(at) == "/" && atoms.gap(at) <= Gap::Blank && atoms.gap(at + 1) <= Gap::Blank;
            let one = slash && matches!(atoms.text(at + 1), "1" | "01") && atoms.gap(at + 2) <= Gap::Blank;
            let next = at + 1 + usize::from(one);
            let known = base(atoms, next).filter(|found| match atoms.lower(at) {
                "/" => slash,
                "một" | "mỗi" => !matches!(found.class, Class::None | Class::Money | Class::Share),
                "trên" => matches!(atoms.lower(next), "giờ" | "giây"),
                _ => false,
            });
            // A word that nobody counts may still be one to rate by: `2 triệu đồng/suất`.
            let plain = slash && atoms.kind(next) == Some(AtomKind::Letters) && atoms.lower(next) == atoms.text(next);
            let (name, end) = match known {
                Some(found) => (found.name(&atoms), found.end),
                None if plain => (atoms.text(next).to_owned(), next + 1),
                None => break,
            };
            indicator.per.push(name);
            at = end;
        }
        at
    }

    /// What a change is compared with, behind it: `so với cùng kỳ năm trước`, `cùng kỳ`.
    fn compare(&self, atoms: Text<'_>, from: usize, indicator: &mut Indicator) {
        let reach = if indicator.change.is_some() { REACH } else { 2 };
        for at in from..from + reach {
            if atoms.gap(at) == Gap::Paragraph || atoms.kind(at) == Some(AtomKind::Digits) {
                return;
            }
            let direct = at == from && atoms.lower(at) == "cùng" && atoms.lower(at + 1) == "kỳ";
            if let Some(base) = self.base(atoms, at, direct) {
                let plan = self.at(atoms, base.0).is_some_and(|(_, word)| word.plan);
                let words = one_line(atoms.slice(base.0..base.1));
                if plan && indicator.change.is_none() {
                    indicator.share_of.get_or_insert(words);
                } else {
                    indicator.compared_with.get_or_insert(words);
                }
                return;
            }
            let comma = atoms.text(at) == "," && atoms.lower(at + 1) == "so";
            if atoms.kind(at) == Some(AtomKind::Sign) && !comma && !matches!(atoms.text(at), ")" | "(") {
                return;
            }
        }
    }

    /// The base of a comparison that begins with `so với` or `so` at `at`, or is `direct`ly named there.
    pub(super) fn base(&self, atoms: Text<'_>, at: usize, direct: bool) -> Option<(usize, usize)> {
        let start = match (atoms.lower(at), atoms.lower(at + 1)) {
            _ if direct => at,
            ("so", "với") => at + 2,
            ("so", "cùng") => at + 1,
            _ => return None,
        };
        let mut end = start;
        while end < start + LONGEST + 4 {
            let digits = atoms.kind(end) == Some(AtomKind::Digits);
            let date = matches!(atoms.text(end), "/" | "-" | "–") && atoms.kind(end + 1) == Some(AtomKind::Digits);
            if atoms.gap(end) == Gap::Paragraph || atoms.kind(end) == Some(AtomKind::Sign) && !date {
                return (end > start).then_some((start, end));
            }
            match self.at(atoms, end) {
                Some((after, word)) if word.comparison || word.inner || word.plan => end = after,
                Some((_, word)) if word.end || word.weak => return (end > start).then_some((start, end)),
                Some((after, _)) => end = after,
                // A number that is no date measures something else.
                None if digits && counts(atoms, end + 1) => return (end > start).then_some((start, end)),
                None => end += 1,
            }
        }
        None
    }
}
