//! The words that the grammar of officials knows.

use std::sync::{Arc, LazyLock};

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;

use crate::chars::Chars;
use crate::extract::abbreviations::Abbreviations;
use crate::extract::phrases::Phrases;
use crate::extract::{Act, Level, Table, Tables};
use crate::segment::{Atoms, hash};
use crate::table::rows;

/// A table that is built in: its file and its rows.
type File = (&'static str, &'static str);

pub(super) const ACTS: File = ("acts.tsv", include_str!("../../data/acts.tsv"));
pub(super) const HONORIFICS: File = ("honorifics.tsv", include_str!("../../data/honorifics.tsv"));
pub(super) const LEVELS: File = ("body_levels.tsv", include_str!("../../data/body_levels.tsv"));
pub(super) const SURNAMES: File = ("surnames.tsv", include_str!("../../data/surnames.tsv"));

/// How a rank is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rank {
    /// By one person at a time.
    One,
    /// By several at once: a post after two names is a post of both.
    Many,
    /// By one, and only before a body: `Trưởng`, `Phó`.
    Body,
}

/// What a word of a body calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// Complete as it is.
    Whole,
    /// Complete; the place that it belongs to may follow.
    Local,
    /// Names its field of work.
    Open,
    /// Has a name of its own.
    Named,
    /// A unit of the country, which has a name.
    Level,
    /// A field of work.
    Field,
    /// Says more about the rank or body before it.
    Qualifier,
}

/// What stands before a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Honorific {
    /// Of one in office: `đồng chí`.
    Comrade,
    /// Of anybody: `ông`, `bà`.
    Person,
    /// An academic, military or religious title.
    Title,
    /// Of several in office.
    Comrades,
    /// Of several.
    Persons,
    /// Looks like one: `bà con`.
    None,
}

impl Honorific {
    /// Whether several names follow.
    pub(super) fn is_plural(self) -> bool {
        matches!(self, Self::Comrades | Self::Persons)
    }
}

/// A word that follows a person or a post and belongs to neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// Always.
    Strong,
    /// Unless it begins the field of a body: `Tổ kiểm tra …`.
    Weak,
    /// Unless it stands in the field of a body: `Ban Chỉ đạo thực hiện …`.
    Field,
}

/// How surely a syllable begins a personal name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Surname {
    /// More often it is no surname.
    Rare,
    /// It also begins the names of places.
    Known,
    /// It seldom is anything else.
    Common,
}

/// What stands where an act may be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ActWord {
    Act(Act),
    /// May stand before an act.
    Skip,
    /// Looks like an act.
    None,
}

/// What a phrase of a post tells of its level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LevelWord {
    Level(Level),
    /// A province or a district, by the name of the city.
    City,
    /// The country, unless a unit of it follows.
    Country,
    /// Nothing.
    None,
}

/// A rank written out, and the body that its abbreviation holds.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) rank: Box<str>,
    pub(super) body: Option<Box<str>>,
}

/// What a word can be or begin, so that few words are looked up in the tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct First {
    pub(super) rank: bool,
    pub(super) body: bool,
    pub(super) honorific: bool,
    pub(super) stop: bool,
    pub(super) country: bool,
    pub(super) surname: Option<Surname>,
    /// A rank, a body or an honorific.
    pub(super) phrase: bool,
    /// What a mention can begin with: those, a surname, or a word before a rank.
    pub(super) opens: bool,
}

/// Words that stand before a rank: `nguyên Bí thư`, `các Phó Chủ tịch`.
const BEFORE_RANKS: [&str; 8] = ["các", "hai", "ba", "nguyên", "cựu", "quyền", "q", "tân"];

#[derive(Debug)]
pub(super) struct Words {
    pub(super) ranks: Phrases<Rank>,
    pub(super) bodies: Phrases<Body>,
    pub(super) honorifics: Phrases<Honorific>,
    pub(super) stops: Phrases<Stop>,
    pub(super) countries: Phrases<()>,
    pub(super) acts: Phrases<ActWord>,
    pub(super) levels: Phrases<LevelWord>,
    /// Ranks that are abbreviations or hold a body.
    pub(super) written: Phrases<Written>,
    pub(super) abbreviations: Abbreviations,
    /// Ranks that are held only before a body: `trưởng`, `phó trưởng`.
    pub(super) leaders: Phrases<()>,
    /// Bodies of one word that name their field or their place: `ban`, `phòng`, `thôn`.
    units: FxHashSet<String>,
    guards: FxHashSet<&'static str>,
    /// What the words that phrases begin with can be.
    first: Firsts,
    places: FxHashSet<String>,
    provinces: FxHashSet<String>,
    figures: FxHashSet<String>,
}

impl Words {
    pub(super) fn new(tables: &Tables) -> Arc<Self> {
        static BUILT_IN: LazyLock<Arc<Words>> = LazyLock::new(|| Arc::new(Words::load(&Tables::new())));
        if tables.is_built_in() { Arc::clone(&BUILT_IN) } else { Arc::new(Self::load(tables)) }
    }

    fn load(tables: &Tables) -> Self {
        let rank = |use_: &str| match use_ {
            "many" => Rank::Many,
            "body" => Rank::Body,
            _ => Rank::One,
        };
        let body = |kind: &str| match kind {
            "whole" => Body::Whole,
            "local" => Body::Local,
            "open" => Body::Open,
            "named" => Body::Named,
            "level" => Body::Level,
            "field" => Body::Field,
            _ => Body::Qualifier,
        };
        let honorific = |kind: &str| match kind {
            "comrade" => Honorific::Comrade,
            "comrades" => Honorific::Comrades,
            "person" => Honorific::Person,
            "persons" => Honorific::Persons,
            "title" => Honorific::Title,
            _ => Honorific::None,
        };
        let stop = |use_: &str| match use_ {
            "weak" => Stop::Weak,
            "field" => Stop::Field,
            _ => Stop::Strong,
        };
        let act = |act: &str| match act {
            "chair" => ActWord::Act(Act::Chair),
            "conclude" => ActWord::Act(Act::Conclude),
            "speak" => ActWord::Act(Act::Speak),
            "sign" => ActWord::Act(Act::Sign),
            "attend" => ActWord::Act(Act::Attend),
            "skip" => ActWord::Skip,
            _ => ActWord::None,
        };
        let level = |level: &str| match level {
            "central" => LevelWord::Level(Level::Central),
            "province" => LevelWord::Level(Level::Province),
            "district" => LevelWord::Level(Level::District),
            "commune" => LevelWord::Level(Level::Commune),
            "city" => LevelWord::City,
            "country" => LevelWord::Country,
            _ => LevelWord::None,
        };
        let posts = || tables.rows(Table::Posts);
        // Of a post that comes twice, the later row counts, whether or not it has this cell.
        let written = |row: Vec<&str>| {
            let (rank, body) = match row.get(2)?.split_once(" + ") {
                Some((rank, body)) => (rank, Some(body.into())),
                None => (row[2], None),
            };
            Some(Written { rank: rank.into(), body })
        };
        let bodies = || tables.rows(Table::Bodies);
        let honorifics = HONORIFICS.1;
        let verbs = include_str!("../../data/verbs.tsv");
        let places = || rows(include_str!("../../data/places.tsv"));
        let mut first: FxHashMap<String, First> = FxHashMap::default();
        let mut mark = |rows: &mut dyn Iterator<Item = Vec<&str>>, set: fn(&mut First, &str)| {
            for row in rows {
                let word = Atoms::new(row[0]).lower(0).to_owned();
                set(first.entry(word).or_default(), row[1]);
            }
        };
        mark(&mut posts(), |word, _| word.rank = true);
        mark(&mut bodies(), |word, _| word.body = true);
        mark(&mut rows(honorifics), |word, _| word.honorific = true);
        mark(&mut rows(verbs), |word, _| word.stop = true);
        mark(&mut places(), |word, kind| word.country |= kind == "country");
        mark(&mut rows(SURNAMES.1), |word, use_| {
            word.surname = Some(match use_ {
                "common" => Surname::Common,
                "known" => Surname::Known,
                _ => Surname::Rare,
            });
        });
        for word in BEFORE_RANKS {
            first.entry(word.to_owned()).or_default().opens = true;
        }
        for word in first.values_mut() {
            word.phrase = word.rank || word.body || word.honorific;
            word.opens |= word.phrase || word.surname.is_some();
        }
        Self {
            acts: Phrases::new(rows(ACTS.1).map(|row| (row[0], act(row[1])))),
            levels: Phrases::new(rows(LEVELS.1).map(|row| (row[0], level(row[1])))),
            written: Phrases::new(posts().filter_map(|row| Some((row[0], written(row.clone())?)))),
            leaders: Phrases::new(posts().filter(|row| row[1] == "body" && row.len() == 2).map(|row| (row[0], ()))),
            abbreviations: Abbreviations::new(tables),
            units: bodies()
                .filter(|row| matches!(row[1], "open" | "level") && !row[0].contains(' '))
                .map(|row| row[0].to_lowercase())
                .collect(),
            guards: crate::table::lines(include_str!("../../data/name_guards.tsv")).collect(),
            first: Firsts::new(first),
            ranks: Phrases::new(posts().map(|row| (row[0], rank(row[1])))),
            bodies: Phrases::new(bodies().map(|row| (row[0], body(row[1])))),
            honorifics: Phrases::new(rows(honorifics).map(|row| (row[0], honorific(row[1])))),
            stops: Phrases::new(rows(verbs).map(|row| (row[0], stop(row[1])))),
            countries: Phrases::new(places().filter(|row| row[1] == "country").map(|row| (row[0], ()))),
            places: places().map(|row| key(row[0])).collect(),
            provinces: places().filter(|row| row[1] == "province").map(|row| key(row[0])).collect(),
            figures: rows(include_str!("../../data/figures.tsv")).map(|row| key(row[0])).collect(),
        }
    }

    /// What atom `at` can be or begin.
    pub(super) fn first(&self, atoms: &Atoms, at: usize) -> First {
        self.first.get(atoms, at)
    }

    /// Whether the word, in lower case, is a body that names its field or its place: `ban`, `thôn`.
    pub(super) fn is_unit(&self, word: &str) -> bool {
        self.units.contains(word)
    }

    /// Whether what follows the word, in lower case, is the name of a place or an author.
    pub(super) fn is_guard(&self, word: &str) -> bool {
        self.guards.contains(word)
    }

    /// Whether the key is that of a province, or of a city under the centre.
    pub(super) fn is_province(&self, key: &str) -> bool {
        self.provinces.contains(key)
    }

    /// Whether the key is that of a place in the table.
    pub(super) fn is_place(&self, key: &str) -> bool {
        self.places.contains(key)
    }

    /// Whether the key is that of a historical figure.
    pub(super) fn is_figure(&self, key: &str) -> bool {
        self.figures.contains(key)
    }
}

/// What words can be or begin, looked up as [`Phrases`] are: by a bit for nearly all words of a text.
#[derive(Debug)]
struct Firsts {
    filter: Box<[u64; 1024]>,
    by_hash: FxHashMap<u32, (Box<str>, First)>,
}

impl Firsts {
    fn new(words: FxHashMap<String, First>) -> Self {
        let mut filter = Box::new([0; 1024]);
        let mut by_hash = FxHashMap::default();
        for (word, first) in words {
            let hash = hash(&word);
            filter[hash as usize >> 6 & 1023] |= 1 << (hash & 63);
            by_hash.insert(hash, (word.into(), first));
        }
        Self { filter, by_hash }
    }

    fn get(&self, atoms: &Atoms, at: usize) -> First {
        let hash = atoms.hash(at);
        if self.filter[hash as usize >> 6 & 1023] & 1 << (hash & 63) == 0 {
            return First::default();
        }
        match self.by_hash.get(&hash) {
            Some((word, first)) if word.as_ref() == atoms.lower(at) => *first,
            _ => First::default(),
        }
    }
}

/// A letter as names are compared by: in lower case without its tone, and the tone.
type Letter = (char, Option<char>);

static LETTERS: LazyLock<Chars<Letter>> = LazyLock::new(|| {
    Chars::new(|c| {
        let mut lower = c.to_lowercase();
        let lower = lower.next().filter(|_| lower.next().is_none()).unwrap_or(c);
        let tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
        let mark = lower.nfd().find(tone);
        let mut bare = lower.nfd().filter(|c| !tone(c)).nfc();
        match (bare.next(), bare.next()) {
            (Some('y'), None) => ('i', mark),
            (Some(bare), None) => (bare, mark),
            _ => (lower, None),
        }
    })
});

/// What names are compared by: neither letter case, blanks, the letter that carries the tone, nor `y` for `i` matter.
pub(super) fn key(name: &str) -> String {
    let letters = &*LETTERS;
    let mut out = String::with_capacity(name.len() + 4);
    for word in name.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        // A syllable has one at most.
        let mut tone = None;
        for c in word.chars() {
            let (bare, own) = letters.get(c);
            out.push(bare);
            tone = own.or(tone);
        }
        out.extend(tone);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_ignore_case_tone_placement_and_i_or_y() {
        assert_eq!(key("Nguyễn Thị THUỶ"), key("nguyễn  thị Thủy"));
        assert_eq!(key("Lý Hòa"), key("Lí Hoà"));
        assert_ne!(key("Nguyễn Thị Hoa"), key("Nguyễn Thị Hòa"));
    }
}
