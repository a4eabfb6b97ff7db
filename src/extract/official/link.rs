//! Who is meant: later mentions of a person, by name or by post alone.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Named;
use super::act::stronger;
use super::mention::{Lone, Mention};
use super::name::{Letters, Reader};
use super::words::{Rank, key};
use crate::extract::abbreviations::Defined;
use crate::extract::{Act, Office};

/// Of more persons who hold the same than this, none is told by it.
const MOST_OF_AN_OFFICE: usize = 16;

/// The most posts of one person that are kept.
const MOST_POSTS: usize = 16;

/// The persons of an article.
#[derive(Debug, Default)]
pub(super) struct Persons {
    list: Vec<Person>,
    /// By name, as it is compared.
    by_name: FxHashMap<String, usize>,
    /// By the end of the name; nobody where several have it.
    by_end: FxHashMap<String, Option<usize>>,
    /// By the rank of a post, with and without its body and its place.
    by_office: FxHashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Person {
    /// The name of the first mention.
    name: Range<usize>,
    offices: Vec<Office>,
}

impl Persons {
    /// The first mention of the person that `name` is, whose key is `key`; a new person where nobody is known by it.
    pub(super) fn meet(&mut self, key: &str, name: &Range<usize>, offices: &[Office]) -> Option<Range<usize>> {
        let short = self.by_end.get(key).copied();
        let known = self.by_name.get(key).copied().or(short.flatten());
        if let Some(known) = known {
            self.hold(known, offices);
            return Some(self.list[known].name.clone());
        }
        // Several end in it: no guess.
        if short.is_some() && !key.contains(' ') {
            return None;
        }
        let id = self.list.len();
        self.list.push(Person { name: name.clone(), offices: Vec::new() });
        self.hold(id, offices);
        self.by_name.insert(key.to_owned(), id);
        for (at, _) in key.rmatch_indices(' ').take(2) {
            self.by_end.entry(key[at + 1..].to_owned()).and_modify(|known| *known = None).or_insert(Some(id));
        }
        None
    }

    /// Notes that a person holds these.
    fn hold(&mut self, id: usize, offices: &[Office]) {
        let held = &mut self.list[id].offices;
        for office in offices {
            if held.len() >= MOST_POSTS || held.contains(office) {
                continue;
            }
            held.push(office.clone());
            // A later post alone may leave out either or both.
            let [rank, body, place] = keys(office);
            for (body, place) in [("", ""), (&body, ""), ("", &place), (&body, &place)] {
                let of_office = self.by_office.entry([&rank, body, place].join("|")).or_default();
                if of_office.len() <= MOST_OF_AN_OFFICE && !of_office.contains(&id) {
                    of_office.push(id);
                }
            }
        }
    }

    /// The first mention of the only person who holds all of `offices`, if that stands before atom `at`.
    fn holder(&self, offices: &[Office], at: usize) -> Option<Range<usize>> {
        let wanted = offices.first()?;
        let among = self.by_office.get(&keys(wanted).join("|")).filter(|among| among.len() <= MOST_OF_AN_OFFICE)?;
        let holds =
            |person: &&Person| offices.iter().all(|wanted| person.offices.iter().any(|office| is_same(wanted, office)));
        let mut holders = among.iter().map(|&id| &self.list[id]).filter(holds);
        let holder = holders.next()?;
        (holders.next().is_none() && holder.name.start < at).then(|| holder.name.clone())
    }
}

/// Rank, body and place of an office, as they are compared.
fn keys(office: &Office) -> [String; 3] {
    let part = |part: &Option<String>| part.as_deref().map(key).unwrap_or_default();
    [key(&office.rank), part(&office.body), part(&office.place)]
}

/// Whether a post alone is this office; it may leave out the place, and a rank that bodies share, the body.
fn is_same(wanted: &Office, office: &Office) -> bool {
    let agrees = |wanted: &Option<String>, held: &Option<String>| match (wanted, held) {
        (None, _) => true,
        (Some(wanted), Some(held)) => key(wanted) == key(held),
        (Some(_), None) => false,
    };
    key(&wanted.rank) == key(&office.rank)
        && wanted.former == office.former
        && agrees(&wanted.body, &office.body)
        && agrees(&wanted.place, &office.place)
        && (wanted.level.is_none() || wanted.level == office.level)
}

impl Reader<'_> {
    /// The posts alone that mean a person of the article: what they cover, the name that is meant, the act.
    pub(super) fn posts_alone(
        &self,
        lone: Vec<Lone>,
        persons: &Persons,
        defined: &Defined,
    ) -> Vec<(Range<usize>, Range<usize>, Option<Act>)> {
        let linked = lone.into_iter().filter_map(|lone| {
            let (first, last) = (lone.posts.first()?, lone.posts.last()?);
            let span = first.start..last.end;
            if self.is_general(&lone) {
                return None;
            }
            let act = self.act(&lone.all);
            let quoted = lone.all.start > 0
                && self.atoms.lower(lone.all.start - 1) == "theo"
                && self.atoms.text(lone.all.end) == ",";
            if act.is_none() && !lone.honoured && !quoted {
                return None;
            }
            let offices: Vec<Office> = lone.posts.iter().map(|post| self.office(post.clone(), defined)).collect();
            // `Chủ tịch` alone is anybody's; `Bộ trưởng` or `đồng chí Bí thư` is not.
            let bare = |office: &Office| office.body.is_none() && office.level.is_none();
            if offices.iter().any(bare) && !lone.honoured && self.is_lower(first.start) {
                return None;
            }
            let of = persons.holder(&offices, lone.all.start)?;
            Some((span, of, act))
        });
        linked.collect()
    }

    /// Whether the post stands for all who hold it, or for the office.
    fn is_general(&self, lone: &Lone) -> bool {
        let start = lone.all.start;
        let before = if start > 0 && self.joins(start) { self.atoms.lower(start - 1) } else { "" };
        let counted = matches!(
            before,
            "các"
                | "những"
                | "mỗi"
                | "từng"
                | "mọi"
                | "một"
                | "chức"
                | "danh"
                | "vụ"
                | "làm"
                | "bầu"
                | "nhiệm"
                | "trò"
        );
        let shared = lone.posts.iter().any(|post| {
            let deputy = |at: usize| self.atoms.lower(at) == "phó" || self.atoms.lower(at).starts_with('p');
            matches!(self.head(post.start), Some((_, Rank::Many)) if !deputy(post.start))
        });
        // `bí thư chi bộ`, in small letters and without honorific, is a post and nobody who holds it.
        let small = !lone.honoured && lone.posts.iter().all(|post| self.letters(post.start) == Letters::Other);
        counted || shared || small || self.is_charged(start)
    }

    /// The act of what covers `all`.
    fn act(&self, all: &Range<usize>) -> Option<Act> {
        if self.is_charged(all.start) {
            return None;
        }
        stronger(self.act_before(all.start, 0), self.act_behind(all.end))
    }

    /// Gives the officials their acts; those of a list share what stands before or behind it.
    pub(super) fn set_acts(&self, officials: &mut [Named]) {
        let mut first = 0;
        while first < officials.len() {
            let mut last = first;
            while last + 1 < officials.len()
                && officials[last].mention.all.end < officials[last + 1].mention.all.start
                && self.is_list(officials[last].mention.all.end..officials[last + 1].mention.all.start)
            {
                last += 1;
            }
            let floor = first.checked_sub(1).map_or(0, |before| officials[before].mention.all.end);
            let start = officials[first].mention.all.start;
            if !self.is_charged(start) {
                let before = self.act_before(start, floor);
                let behind = self.act_behind(officials[last].mention.all.end);
                for named in &mut officials[first..=last] {
                    let signed = self.is_signed(&named.mention).then_some(Act::Sign);
                    named.official.act = stronger(before, behind).or(signed);
                }
            }
            first = last + 1;
        }
    }

    /// Whether `(Đã ký)` stands between the post and the name below it.
    fn is_signed(&self, mention: &Mention) -> bool {
        let post = mention.posts.last().filter(|post| post.end + 6 > mention.name.start);
        post.is_some_and(|post| (post.end..mention.name.start).any(|i| self.atoms.lower(i) == "ký"))
    }
}
