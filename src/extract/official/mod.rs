//! Officials: persons named together with a post, or as one in office.
//!
//! The grammar reads the text from left to right. An honorific (`đồng chí`, `ông`), a rank (`Bí thư`, `Giám đốc`) or a
//! name with a rank behind it opens a mention; the posts stand before the name, or behind it after a comma, after a dash
//! or in brackets. Ranks, bodies, surnames and the words that end a post are tables in `src/data`.

mod act;
mod link;
mod mention;
mod name;
mod office;
mod post;
mod words;

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use self::link::Persons;
use self::mention::{Found, Mention};
use self::name::Reader;
use self::words::{ACTS, HONORIFICS, LEVELS, SURNAMES, Words};
use super::abbreviations::Defined;
use super::tables::evidence;
use super::{Evidence, Fact, FactKind, Mention as MentionFact, Office, Official, Rule, Table, Tables};
use crate::extract::phrases::one_line;
use crate::segment::{Atoms, Document, Gap};
use crate::span::Span;

/// Finds officials: persons named with a post, and those called `đồng chí`.
///
/// The span covers the name alone. A mention that prints no post inherits the posts last printed for the name; one by
/// `ông`, `bà` or a title counts only when the article gives the person a post. Page furniture is left out. Time grows
/// linearly with the text.
///
/// Posts come in parts as well: rank, body, level and place. A later mention points at the first one of the same person;
/// a post alone (`Bí thư Huyện ủy nhấn mạnh`) that exactly one person of the article holds is a
/// [`Mention`](super::Mention) of that person. What somebody does (`chủ trì`, `ký`) is read behind the name, or from the
/// clause that leads to it (`Dự hội nghị có …`).
///
/// ```
/// use thoisu::{Analyzer, Article, FactKind};
///
/// let text = "Chủ tịch UBND huyện Mai Xuân Thọ và bà Tạ Thu Hiền, Phó Chủ tịch HĐND huyện, chủ trì hội nghị.";
/// let article = Article::from_text(text);
/// let analyzer = Analyzer::new();
/// let facts = analyzer.facts(&analyzer.document(&article));
/// let posts = facts.iter().filter_map(|fact| match &fact.kind {
///     FactKind::Official(official) => Some((&text[fact.span.range()], official.posts.join(", "))),
///     _ => None,
/// });
/// assert!(posts.eq([
///     ("Mai Xuân Thọ", "Chủ tịch UBND huyện".to_owned()),
///     ("Tạ Thu Hiền", "Phó Chủ tịch HĐND huyện".to_owned()),
/// ]));
/// ```
#[derive(Clone, Debug)]
pub struct OfficialRule {
    tables: Tables,
    words: Arc<Words>,
}

impl OfficialRule {
    /// With the words of these tables. Built-in words are read once and shared; where rows were added, they are read anew.
    #[must_use]
    pub fn new(tables: &Tables) -> Self {
        Self { tables: tables.clone(), words: Words::new(tables) }
    }
}

impl Rule for OfficialRule {
    fn name(&self) -> &'static str {
        "official"
    }

    fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>) {
        let atoms = document.atoms();
        let reader = Reader::new(atoms, &self.words);
        let in_article = |mention: &Mention| {
            let span = document.span(mention.name.clone());
            let part = document.article().furniture_at(span);
            // Whom a caption names with a post is named by the article; whom it names alone took the picture.
            let told = !mention.posts.is_empty() && part.is_some_and(|part| is_caption(document, part, span));
            part.is_none() || told
        };
        let Found { mut mentions, lone } = reader.mentions();
        mentions.retain(in_article);
        if mentions.is_empty() {
            return;
        }
        let mut again = named_again(&reader, &mentions);
        again.retain(in_article);
        mentions.extend(again);
        mentions.sort_by_key(|mention| mention.name.start);
        let defined = Defined::new(document);
        let mut persons = Persons::default();
        let mut officials = resolve(&reader, mentions, &defined, &mut persons);
        reader.set_acts(&mut officials);
        for Named { mention, first, mut official } in officials {
            official.same_as = first.map(|name| document.span(name));
            facts.push(Fact { span: document.span(mention.name), kind: FactKind::Official(official) });
        }
        for (posts, of, act) in reader.posts_alone(lone, &persons, &defined) {
            let span = document.span(posts);
            if !document.is_furniture(span) {
                facts.push(Fact { span, kind: FactKind::Mention(MentionFact { of: document.span(of), act }) });
            }
        }
    }

    fn explain(&self, document: &Document<'_>, fact: &Fact) -> Vec<Evidence> {
        let atoms = document.atoms();
        let reader = Reader::new(atoms, &self.words);
        let own = document.atoms_of(fact.span);
        let Found { mentions, lone } = reader.mentions();
        let (all, posts) = match mentions.into_iter().find(|mention| mention.name == own) {
            Some(mention) => (mention.all, mention.posts),
            None => {
                match lone.into_iter().find(|lone| lone.posts.first().is_some_and(|post| post.start == own.start)) {
                    Some(lone) => (lone.all, lone.posts),
                    None => (own.clone(), Vec::new()),
                }
            }
        };
        let mut found = Vec::new();
        let mut p = all.start;
        while p < all.end {
            let in_post = posts.iter().any(|post| post.contains(&p));
            let mut next = p + 1;
            let phrase = |end: usize| plain(atoms, p..end);
            let built_in = |(file, rows), end| evidence(file, crate::table::lines(rows), &phrase(end));
            if let Some((end, _)) = reader.rank(p).filter(|_| in_post) {
                found.extend(self.tables.evidence(Table::Posts, &phrase(end)));
                next = end;
            } else if let Some((end, _)) = reader.body(p).filter(|_| in_post) {
                found.extend(self.tables.evidence(Table::Bodies, &phrase(end)));
                found.extend(self.tables.evidence(Table::Abbreviations, &phrase(end)));
                found.extend(built_in(LEVELS, end));
                next = end;
            } else if p == own.start {
                found.extend(built_in(SURNAMES, next).filter(|_| reader.surname(p).is_some()));
            } else if let Some((end, _)) = reader.honorific(p).filter(|_| p < own.start) {
                found.extend(built_in(HONORIFICS, end));
                next = end;
            }
            p = next;
        }
        let act = (all.end..all.end + 4).find_map(|p| Some((p, self.words.acts.longest(atoms, p)?)));
        if let Some((p, (end, _))) = act {
            found.extend(evidence(ACTS.0, crate::table::lines(ACTS.1), &plain(atoms, p..end)));
        }
        found
    }
}

/// Whether the line around `span` in a part of the page's furniture begins as a caption does: `Ảnh: …`, `[Ảnh: …]`.
fn is_caption(document: &Document<'_>, part: Span, span: Span) -> bool {
    /// Bytes of a caption before the name, at most.
    const REACH: usize = 400;
    let text = document.original();
    let near = (part.range().start..span.range().start).rev().take(REACH);
    let start = near.take_while(|&at| text.as_bytes()[at] != b'\n').last().unwrap_or(span.range().start);
    let line = text.get(start..span.range().start).unwrap_or_default();
    let line = line.trim_start_matches([' ', '[', '(', '\u{A0}']);
    ["Ảnh:", "ẢNH:", "Ảnh -", "Trong ảnh:"].iter().any(|begin| line.starts_with(begin))
}

/// A mention of an official.
struct Named {
    mention: Mention,
    /// The first mention of the same person, where that is another one.
    first: Option<Range<usize>>,
    official: Official,
}

/// The posts of a person, as printed and in parts.
#[derive(Clone, Debug, Default)]
struct Held {
    posts: Vec<String>,
    offices: Vec<Office>,
}

impl Held {
    /// About as many bytes as a copy takes.
    fn size(&self) -> usize {
        let office = |office: &Office| {
            let parts = [Some(&office.rank), office.body.as_ref(), office.place.as_ref()];
            size_of::<Office>() + parts.into_iter().flatten().map(String::len).sum::<usize>()
        };
        self.posts.iter().map(String::len).sum::<usize>() + self.offices.iter().map(office).sum::<usize>()
    }
}

/// Bytes of posts that the mentions of an article have together: so many, and so many times its text. Those beyond have
/// none. Each name of a list has the posts of all, and each later mention those of the first, so that without a limit
/// they would grow with the square of the text. Articles have a tenth of it.
const ROOM: usize = 1 << 18;
const TIMES: usize = 16;

/// Where the officials of `mentions` are named without honorific and post.
fn named_again(reader: &Reader<'_>, mentions: &[Mention]) -> Vec<Mention> {
    let held = |mention: &&Mention| mention.comrade || !mention.posts.is_empty();
    let names: FxHashSet<String> = mentions
        .iter()
        .filter(held)
        .map(|mention| reader.key(mention.name.clone()))
        .filter(|name| name.contains(' ') && !reader.words.is_figure(name))
        .collect();
    let mut again = Vec::new();
    let mut found = mentions.iter().peekable();
    let mut at = 0;
    while at < reader.atoms.len() {
        if let Some(mention) = found.next_if(|mention| mention.name.start <= at) {
            at = at.max(mention.name.end);
            continue;
        }
        let end = reader.run(at).end;
        if end == at {
            at += 1;
            continue;
        }
        let limit = found.peek().map_or(end, |mention| end.min(mention.name.start));
        let alone = reader.atoms.gap(at) >= Gap::Line && reader.atoms.gap(end) >= Gap::Line;
        if !alone && limit == end && !reader.is_guarded(at) && end > at + 1 && names.contains(&reader.key(at..end)) {
            again.push(Mention { name: at..end, posts: Vec::new(), comrade: false, all: at..end });
        }
        at = limit.max(at + 1);
    }
    again
}

/// Gives mentions without posts those last printed for the name, and drops those of persons who hold none.
fn resolve(reader: &Reader<'_>, mentions: Vec<Mention>, defined: &Defined, persons: &mut Persons) -> Vec<Named> {
    let in_office: FxHashSet<String> = mentions
        .iter()
        .filter(|mention| mention.comrade || !mention.posts.is_empty())
        .map(|mention| reader.key(mention.name.clone()))
        .collect();
    let mut printed: FxHashMap<String, Rc<Held>> = FxHashMap::default();
    let mut officials = Vec::new();
    let mut room = ROOM + TIMES * reader.atoms.bytes(0..reader.atoms.len()).len();
    for mention in mentions {
        let key = reader.key(mention.name.clone());
        let short = !key.contains(' ');
        if mention.posts.is_empty() && reader.words.is_figure(&key) {
            continue;
        }
        let held = if mention.posts.is_empty() {
            let last = printed.get(&key);
            if short && last.is_none() || last.is_none() && !in_office.contains(&key) {
                continue;
            }
            last.cloned().unwrap_or_default()
        } else {
            let posts = mention.posts.iter().map(|post| plain(reader.atoms, post.clone()));
            let offices = mention.posts.iter().map(|post| reader.office(post.clone(), defined));
            let held = Rc::new(Held { posts: posts.collect(), offices: offices.collect() });
            // `ông Thọ`, `bà Thu Hiền`: by the given name alone.
            for (at, _) in key.rmatch_indices(' ').take(2) {
                printed.insert(key[at + 1..].to_owned(), Rc::clone(&held));
            }
            printed.insert(key.clone(), Rc::clone(&held));
            held
        };
        let left = room.checked_sub(held.size());
        room = left.unwrap_or(0);
        let Held { posts, offices } = left.map(|_| (*held).clone()).unwrap_or_default();
        let name = plain(reader.atoms, mention.name.clone());
        let first = persons.meet(&key, &mention.name, &offices);
        officials.push(Named { mention, first, official: Official { name, posts, offices, act: None, same_as: None } });
    }
    officials
}

/// The normalised text of `atoms` on one line, with single blanks.
fn plain(atoms: &Atoms, range: Range<usize>) -> String {
    one_line(atoms.slice(range))
}

#[cfg(test)]
mod tests;
