//! Parts of documents: `điểm a khoản 2 Điều 4`, lists of them, and the document that they belong to.

use std::ops::Range;
use std::sync::Arc;

use super::reference::is_roman;
use super::words::{self, Text, Use, Words};
use crate::extract::{Evidence, Fact, FactKind, Provision, Rule, Tables};
use crate::segment::{AtomKind, Document, Gap};
use crate::span::Span;

/// Finds articles, clauses, points and other parts of documents, as Law 80/2025/QH15 on the promulgation of legal
/// documents names them. It needs the documents that were found before.
///
/// An article counts by itself, other parts where they lead to an article or to a document. Headings (`Điều 1.` at the
/// start of a line) are the parts themselves and no references.
///
/// ```
/// use thoisu::{Analyzer, Article, FactKind};
///
/// let article = Article::from_text("Hộ bà được miễn theo khoản 2 Điều 4 Luật Giá.");
/// let analyzer = Analyzer::new();
/// let facts = analyzer.facts(&analyzer.document(&article));
/// let FactKind::Provision(part) = &facts[0].kind else { panic!("no provision") };
/// assert_eq!((part.clause.as_deref(), part.article.as_deref()), (Some("2"), Some("4")));
/// let law = part.document.expect("a document");
/// assert_eq!(&article.text[law.range()], "Luật Giá");
/// ```
#[derive(Clone, Debug)]
pub struct ProvisionRule {
    words: Arc<Words>,
}

impl ProvisionRule {
    /// With the words of these tables. Built-in words are read once and shared; where rows were added, they are read anew.
    #[must_use]
    pub fn new(tables: &Tables) -> Self {
        Self { words: Words::new(tables) }
    }
}

impl Rule for ProvisionRule {
    fn name(&self) -> &'static str {
        "provision"
    }

    fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>) {
        let atoms = Text { atoms: document.atoms(), words: &self.words };
        let documents = Documents::new(facts);
        let mut at = 0;
        while at < atoms.len() {
            let items = if self.words.parts.longest(&atoms, at).is_some() { items(atoms, at) } else { Vec::new() };
            let Some(end) = items.last().map(|item| item.atoms.end) else {
                at += 1;
                continue;
            };
            let named = documents.after(document, atoms, end);
            let heading = items.len() == 1 && atoms.gap(at) >= Gap::Line && matches!(atoms.lower(end), "." | ":");
            for place in places(items) {
                let article = place.parts[ARTICLE].is_some() && !heading && (place.top > ARTICLE || place.told);
                if !article && named.is_none() {
                    continue;
                }
                let [point, clause, article, section, chapter, appendix] = place.parts;
                let span = document.span(place.atoms);
                let document = named.flatten();
                let provision = Provision { article, clause, point, section, chapter, appendix, document };
                facts.push(Fact::new(span, FactKind::Provision(provision)));
            }
            at = end;
        }
    }

    fn explain(&self, document: &Document<'_>, fact: &Fact) -> Vec<Evidence> {
        let atoms = document.atoms();
        let own = document.atoms_of(fact.span);
        let heads = own.filter_map(|i| Some((i, self.words.parts.longest(atoms, i)?.0)));
        heads.filter_map(|(start, end)| words::word(atoms.slice(start..end), "part-")).collect()
    }
}

/// The places of [`words::PARTS`], from the innermost.
const POINT: usize = 0;
const ARTICLE: usize = 2;
const APPENDIX: usize = 5;

/// A list goes no further than this.
const MOST: usize = 32;

/// How a part is joined to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    /// By nothing, a comma or `của`.
    Close,
    /// By `và`, `hoặc`, `đến`, a semicolon.
    And,
}

/// A number of a list, with its level.
struct Item {
    atoms: Range<usize>,
    level: usize,
    value: String,
    join: Join,
    /// The word of the level stands before it.
    headed: bool,
    /// That word begins with a capital.
    capital: bool,
}

/// The parts named one after the other from `at`.
fn items(atoms: Text<'_>, at: usize) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let (mut i, mut join) = (at, Join::Close);
    while items.len() < MOST {
        let head = atoms.words.parts.longest(&atoms, i).filter(|_| items.is_empty() || atoms.gap(i) <= Gap::Line);
        let headed = head.and_then(|(start, level)| Some((value(atoms, start, *level)?, *level)));
        let bare = || {
            let level = items.last()?.level;
            let found = value(atoms, i, level).filter(|(end, _)| goes_on(atoms, *end))?;
            (i > items.last()?.atoms.end).then_some((found, level))
        };
        let Some(((end, value), level)) = headed.clone().or_else(bare) else { break };
        let (headed, capital) = (headed.is_some(), atoms.capitalised(i));
        items.push(Item { atoms: i..end, level, value, join, headed, capital });
        (i, join) = match atoms.lower(end) {
            "," | "của" => (end + 1, Join::Close),
            "và" | "hoặc" | "đến" | ";" | "-" | "–" => (end + 1, Join::And),
            _ => (end, Join::Close),
        };
        // `, và các khoản 3, 4`
        if join == Join::Close && i > end && matches!(atoms.lower(i), "và" | "hoặc") {
            (i, join) = (i + 1, Join::And);
        }
        i += usize::from(atoms.lower(i) == "các");
    }
    items
}

/// The number of a part at `at`: the atom after it, and its value.
fn value(atoms: Text<'_>, at: usize, level: usize) -> Option<(usize, String)> {
    if atoms.gap(at) > Gap::Line {
        return None;
    }
    let text = atoms.text(at);
    let mut value = text.to_owned();
    let mut end = at + 1;
    let letter = |i: usize| {
        let text = atoms.text(i);
        atoms.kind(i) == Some(AtomKind::Letters) && (text.len() == 1 || text == "đ" || text == "Đ")
    };
    let glued = |i: usize| atoms.gap(i) == Gap::None;
    let known = match atoms.kind(at)? {
        AtomKind::Digits => {
            // `Điều 12a`
            if text.len() <= 3 && glued(end) && letter(end) && !atoms.capitalised(end) {
                value.push_str(atoms.text(end));
                end += 1;
            }
            text.len() <= 3
        }
        AtomKind::Letters if level == POINT => {
            if letter(at) && glued(end) && atoms.kind(end) == Some(AtomKind::Digits) && atoms.text(end).len() == 1 {
                value.push_str(atoms.text(end));
                end += 1;
            }
            letter(at) && !atoms.capitalised(at)
        }
        AtomKind::Letters => {
            level > ARTICLE && is_roman(text) || level == APPENDIX && letter(at) && atoms.capitalised(at)
        }
        AtomKind::Sign => false,
    };
    // `khoản 1,5 tỷ`, `1/500`
    let goes_on = matches!(atoms.lower(end), "." | "," | "/" | "%")
        && glued(end)
        && (atoms.lower(end) == "%" || glued(end + 1) && atoms.kind(end + 1) == Some(AtomKind::Digits));
    let word = atoms.kind(end) == Some(AtomKind::Letters) && glued(end);
    (known && !goes_on && !word).then_some((end, value))
}

/// Whether a bare number that ends before `end` may be one of a list: no noun follows that it counts.
fn goes_on(atoms: Text<'_>, end: usize) -> bool {
    atoms.kind(end) != Some(AtomKind::Letters)
        || atoms.gap(end) >= Gap::Line
        || atoms.capitalised(end)
        || atoms.words.parts.longest(&atoms, end).is_some()
        || atoms.is(end, Use::AFTER)
        || atoms.is(end, Use::LINK)
        || super::reference::noun(atoms, end).is_some()
        || matches!(atoms.lower(end), "hoặc" | "đến")
}

/// A place in a document.
struct Place {
    atoms: Range<usize>,
    parts: [Option<String>; 6],
    /// The innermost and the outermost level that it names itself.
    leaf: usize,
    top: usize,
    join: Join,
    /// It is told to be a part of a document by its own words: a capital, or a part within an article.
    told: bool,
}

/// The places that a list names, each with the parts around it.
fn places(items: Vec<Item>) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for Item { atoms, level, value, join, headed, capital } in items {
        match places.last_mut() {
            // `khoản 2` + `Điều 4`
            Some(last) if level > last.top && join == Join::Close && headed => {
                last.parts[level] = Some(value);
                last.top = level;
                last.atoms.end = atoms.end;
                last.told = true;
            }
            last => {
                let mut parts = <[Option<String>; 6]>::default();
                parts[level] = Some(value);
                let told = capital || !headed && last.is_some_and(|last| last.told);
                places.push(Place { atoms, parts, leaf: level, top: level, join, told });
            }
        }
    }
    // `khoản 1, 2 Điều 3`: what stands around the last is around those before it.
    for i in (1..places.len()).rev() {
        let (before, after) = places.split_at_mut(i);
        let (before, after) = (&mut before[i - 1], &after[0]);
        if after.leaf <= before.top {
            before.told |= after.told;
            for level in before.top + 1..before.parts.len() {
                before.parts[level].clone_from(&after.parts[level]);
            }
        }
    }
    // `Điều 4, khoản 2`: from the outermost.
    let mut merged: Vec<Place> = Vec::with_capacity(places.len());
    for mut place in places {
        let inner = place.parts[ARTICLE].is_none() && place.top < ARTICLE;
        match merged.last_mut() {
            Some(last)
                if inner && place.top < last.leaf && place.join == Join::Close && last.parts[ARTICLE].is_some() =>
            {
                for (own, level) in place.parts.into_iter().zip(0..) {
                    if level <= place.top {
                        last.parts[level] = own;
                    }
                }
                last.leaf = place.leaf;
                last.atoms.end = place.atoms.end;
            }
            Some(last) if inner && last.parts[place.top].is_some() => {
                place.parts[place.top + 1..].clone_from_slice(&last.parts[place.top + 1..]);
                place.told |= last.told;
                merged.push(place);
            }
            _ => merged.push(place),
        }
    }
    merged
}

/// The documents of an article and the words that stand for them, by where they begin.
struct Documents(Vec<(u32, Span)>);

impl Documents {
    fn new(facts: &[Fact]) -> Self {
        let place = |fact: &Fact| match &fact.kind {
            FactKind::Document(_) => Some((fact.span.start, fact.span)),
            FactKind::Mention(mention) => Some((fact.span.start, mention.of)),
            _ => None,
        };
        let mut documents: Vec<(u32, Span)> = facts.iter().filter_map(place).collect();
        documents.sort_unstable();
        Self(documents)
    }

    /// The document named at `at` or after words that lead to it; nothing inside where words name one that the article
    /// does not tell (`của Luật này`).
    fn after(&self, document: &Document<'_>, atoms: Text<'_>, at: usize) -> Option<Option<Span>> {
        let mut i = at;
        for _ in 0..4 {
            if i >= atoms.len() || atoms.gap(i) > Gap::Line {
                return None;
            }
            let start = document.span(i..i + 1).start;
            if let Ok(found) = self.0.binary_search_by_key(&start, |(start, _)| *start) {
                return Some(Some(self.0[found].1));
            }
            let (end, uses) = atoms.uses(i);
            i = if uses.is(Use::LINK) {
                end
            } else if i == at && atoms.lower(i) == "," {
                i + 1
            } else {
                let (end, _) = super::reference::noun(atoms, i)?;
                return atoms.is(end, Use::THIS).then_some(None);
            };
        }
        None
    }
}
