//! What a reader sees of a hit: the best sentence, with the matches marked.

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_segmentation::GraphemeCursor;

use crate::index::query::expand::Writings;
use crate::index::query::{Node, Query};
use crate::index::store::tokenizer::{self, Folded, Term};
use crate::segment::Document;
use crate::span::Span;

/// About as much as fits three lines of a terminal.
const MAX_SNIPPET: usize = 320;

/// Where one word of a text may stand in a query, or begin a phrase of it, so often is looked at.
const MOST_OF_A_WORD: usize = 16;

/// So many words with a star behind them are marked; each is held against every word of a text.
const MOST_STEMS: usize = 32;

/// A passage of an article with the places that match the query.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Snippet {
    /// The bytes of the original text that it shows: a sentence, or the best part of a long one.
    pub span: Span,
    /// The matches inside it, as bytes of the original text, in order, never overlapping. A phrase is one mark.
    pub marks: Vec<Span>,
    before: bool,
    after: bool,
}

impl Snippet {
    /// Whether the sentence begins before the passage and ends behind it.
    #[must_use]
    pub fn is_cut(&self) -> (bool, bool) {
        (self.before, self.after)
    }

    /// The passage cut into pieces of `original`, the article's text; `true` for those that match.
    ///
    /// ```
    /// use thoisu::Span;
    /// use thoisu::index::Snippet;
    ///
    /// let text = "Sáng 14/5, Huyện ủy họp.";
    /// let mut snippet = Snippet::default();
    /// snippet.span = Span::new(0, text.len() as u32);
    /// snippet.marks.push(Span::new(6, 10));
    /// let pieces: Vec<_> = snippet.pieces(text).collect();
    /// assert_eq!(pieces, [("Sáng ", false), ("14/5", true), (", Huyện ủy họp.", false)]);
    /// ```
    pub fn pieces<'t>(&self, original: &'t str) -> impl Iterator<Item = (&'t str, bool)> {
        let mut at = self.span.start;
        let mut spans = Vec::with_capacity(self.marks.len() * 2 + 1);
        for mark in &self.marks {
            spans.push((Span::new(at, mark.start), false));
            spans.push((*mark, true));
            at = mark.end;
        }
        spans.push((Span::new(at, self.span.end), false));
        spans
            .into_iter()
            .filter(|(span, _)| !span.is_empty())
            .filter_map(|(span, mark)| Some((original.get(span.range())?, mark)))
    }
}

/// What a query marks in a text.
#[derive(Debug)]
pub(crate) struct Marker {
    /// Words typed one after the other; a part of a run marks as well, a longer part better.
    runs: Vec<Vec<(String, String)>>,
    /// Words that count only together.
    phrases: Vec<Vec<(String, String)>>,
    /// What words begin with.
    stems: Vec<(String, String)>,
    exact: bool,
}

/// A match in a text, by its terms.
#[derive(Clone, Copy, Debug)]
struct Match {
    first: usize,
    last: usize,
    /// Tells matches of the same words apart from those of others.
    what: (usize, usize),
}

impl Marker {
    /// Marks as typed if `exact`, otherwise whatever the marks.
    pub(crate) fn new(query: &Query, writings: &Writings, exact: bool) -> Self {
        let mut marker = Self { runs: Vec::new(), phrases: Vec::new(), stems: Vec::new(), exact };
        marker.collect(&query.root);
        marker.expand(writings);
        marker.runs.retain(|run| !run.is_empty());
        marker.phrases.retain(|phrase| !phrase.is_empty());
        marker
    }

    fn collect(&mut self, node: &Node) {
        match node {
            Node::Word(text) => self.runs.push(tokenizer::words(text)),
            Node::Phrase(text) | Node::Code(text) => self.phrases.push(tokenizer::words(text)),
            Node::Or(nodes) => nodes.iter().for_each(|node| self.collect(node)),
            Node::And(nodes) => {
                let mut run = Vec::new();
                for node in nodes {
                    if let Node::Word(text) = node {
                        run.extend(tokenizer::words(text));
                    } else {
                        self.runs.push(std::mem::take(&mut run));
                        self.collect(node);
                    }
                }
                self.runs.push(run);
            }
            Node::Prefix(stem) => self.stems.extend(tokenizer::words(stem)),
            Node::In(_, node) => self.collect(node),
            Node::All | Node::Filter(_) | Node::Similar(_) | Node::Not(_) => {}
        }
    }

    /// What can be written otherwise is marked in every writing.
    fn expand(&mut self, writings: &Writings) {
        let of_run = |run: &Vec<(String, String)>| {
            let parts = writings.parts(run).into_iter();
            parts.flat_map(|part| writings.others(&run[part])).map(|other| tokenizer::words(other)).collect::<Vec<_>>()
        };
        let mut others: Vec<_> = self.runs.iter().flat_map(of_run).collect();
        others.extend(self.phrases.iter().flat_map(|phrase| writings.variants(phrase)));
        self.phrases.extend(others);
    }

    fn form<'t>(&self, (exact, folded): &'t (String, String)) -> &'t str {
        if self.exact { exact } else { folded }
    }

    fn written<'t>(&self, term: &Term<'t>) -> &'t str {
        if self.exact { term.exact } else { term.folded }
    }

    fn same(&self, term: &Term<'_>, (exact, folded): &(String, String)) -> bool {
        if self.exact { term.exact == exact } else { term.folded == folded }
    }

    fn matches(&self, terms: &[Term<'_>]) -> Vec<Match> {
        let mut found = Vec::new();
        // Where a word begins a phrase, and where it stands in the runs: a query may have a thousand words, and a text a
        // million.
        let mut begun: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (which, phrase) in self.phrases.iter().enumerate() {
            let begun = begun.entry(self.form(&phrase[0])).or_default();
            if begun.len() < MOST_OF_A_WORD {
                begun.push(which);
            }
        }
        let mut places: FxHashMap<&str, Vec<(usize, usize)>> = FxHashMap::default();
        for (which, run) in self.runs.iter().enumerate() {
            for (start, word) in run.iter().enumerate() {
                let places = places.entry(self.form(word)).or_default();
                if places.len() < MOST_OF_A_WORD {
                    places.push((which, start));
                }
            }
        }
        for first in 0..if begun.is_empty() { 0 } else { terms.len() } {
            for &which in begun.get(self.written(&terms[first])).into_iter().flatten() {
                let phrase = &self.phrases[which];
                let fits = phrase.len() <= terms.len() - first;
                if fits && phrase.iter().zip(&terms[first..]).all(|(word, term)| self.same(term, word)) {
                    found.push(Match { first, last: first + phrase.len() - 1, what: (usize::MAX, which) });
                }
            }
        }
        for (which, (exact, folded)) in self.stems.iter().enumerate().take(MOST_STEMS) {
            let begins = |term: &Term<'_>| {
                if self.exact { term.exact.starts_with(exact) } else { term.folded.starts_with(folded) }
            };
            let begins = terms.iter().enumerate().filter(|(_, term)| begins(term));
            let what = (usize::MAX - 1, which);
            found.extend(begins.map(|(at, _)| Match { first: at, last: at, what }));
        }
        let mut at = 0;
        while at < terms.len() {
            let mut best: Option<Match> = None;
            for &(which, start) in places.get(self.written(&terms[at])).into_iter().flatten() {
                let run = &self.runs[which][start..];
                let len = run.iter().zip(&terms[at..]).take_while(|(word, term)| self.same(term, word)).count();
                if best.is_none_or(|best| len > best.last - best.first + 1) {
                    best = Some(Match { first: at, last: at + len - 1, what: (which, start) });
                }
            }
            at = best.map_or(at, |best| best.last) + 1;
            found.extend(best);
        }
        self.drop_strays(&mut found);
        found.sort_by_key(|found| (found.first, found.last));
        found
    }

    /// A lone syllable of a run is noise where its neighbours are found with it elsewhere: `dân` beside `dân chủ`.
    fn drop_strays(&self, found: &mut Vec<Match>) {
        let mut together: FxHashSet<(usize, &str)> = FxHashSet::default();
        for found in found.iter().filter(|found| found.what.0 < self.runs.len() && found.last > found.first) {
            let (which, start) = found.what;
            let words = &self.runs[which][start..=start + found.last - found.first];
            together.extend(words.iter().map(|(exact, _)| (which, exact.as_str())));
        }
        found.retain(|found| {
            let (which, start) = found.what;
            let lone = which < self.runs.len() && found.last == found.first;
            !lone || !together.contains(&(which, self.runs[which][start].0.as_str()))
        });
    }

    /// All marks in a text, and the best passage of an article.
    pub(crate) fn mark(&self, document: &Document<'_>, also: &[Span]) -> (Vec<Span>, Snippet) {
        let article = document.article();
        let folded = Folded::new(document.atoms());
        let terms = tokenizer::terms(document, &folded);
        let matches = self.matches(&terms);
        let mut marks: Vec<Span> =
            matches.iter().map(|found| Span::new(terms[found.first].span.start, terms[found.last].span.end)).collect();
        marks.extend(also);
        let marks = merged(marks, &article.text);
        let sentence = sentence(document, &terms, &matches, &marks);
        let whole = with_signs(span_of(sentence), &article.text);
        let span = if whole.len() <= MAX_SNIPPET { whole } else { part(sentence, &marks, &article.text) };
        let inside = marks.iter().copied().filter(|mark| span.contains(*mark)).collect();
        let snippet = Snippet { span, marks: inside, before: whole.start < span.start, after: span.end < whole.end };
        (marks, snippet)
    }
}

/// In order, whole graphemes, without overlaps.
fn merged(mut marks: Vec<Span>, text: &str) -> Vec<Span> {
    for mark in &mut marks {
        *mark = graphemes(*mark, text);
    }
    marks.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(marks.len());
    for mark in marks {
        match merged.last_mut() {
            Some(last) if mark.start < last.end => last.end = last.end.max(mark.end),
            _ => merged.push(mark),
        }
    }
    merged
}

fn span_of(terms: &[Term<'_>]) -> Span {
    match (terms.first(), terms.last()) {
        (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
        _ => Span::default(),
    }
}

/// The sentence with the most to see, the first of several; the first of the body where nothing matches.
fn sentence<'a>(document: &Document<'_>, terms: &'a [Term<'a>], matches: &[Match], marks: &[Span]) -> &'a [Term<'a>] {
    let article = document.article();
    let mut best: (usize, &[Term<'_>]) = (0, &[]);
    let (mut start, mut matches) = (0, matches);
    for sentence in terms.chunk_by(|_, next| !next.begins) {
        let end = start + sentence.len();
        let span = span_of(sentence);
        let mut seen = FxHashSet::default();
        let from = marks.partition_point(|mark| mark.start < span.start);
        let mut score = 4 * marks[from..].iter().take(4).take_while(|mark| mark.end <= span.end).count();
        let inside = matches.partition_point(|found| found.first < end);
        for found in matches[..inside].iter().filter(|found| found.last < end) {
            if seen.insert(found.what) {
                score += 16 * (found.last - found.first + 1).pow(2);
            }
        }
        (start, matches) = (end, &matches[inside..]);
        let title = article.title.is_some_and(|title| title.overlaps(span));
        let hidden = document.is_furniture(span);
        // The headline is shown above the snippet, and furniture is nothing to show.
        if title {
            score /= 4;
        } else if hidden {
            score /= 16;
        }
        let score = 1 + score * 2 + usize::from(article.body.contains(span) && !title && !hidden);
        if score > best.0 {
            best = (score, sentence);
        }
    }
    best.1
}

/// The sentence's own signs, such as quotation marks before it and the full stop behind it.
fn with_signs(span: Span, text: &str) -> Span {
    let sign = |c: &char| !c.is_alphanumeric() && !c.is_whitespace();
    let before: usize = text[..span.start as usize].chars().rev().take_while(sign).map(char::len_utf8).sum();
    let after: usize = text[span.end as usize..].chars().take_while(sign).map(char::len_utf8).sum();
    // A row of dots or dashes is no sentence's own.
    let few = |bytes: usize| if bytes <= 8 { bytes as u32 } else { 0 };
    graphemes(Span::new(span.start - few(before), span.end + few(after)), text)
}

/// The part of a long sentence that holds the most marks, from blank to blank.
fn part(terms: &[Term<'_>], marks: &[Span], text: &str) -> Span {
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let starts = |term: &Term<'_>| blank(text[..term.span.start as usize].chars().next_back());
    let ends =
        |term: &Term<'_>| blank(text[term.span.end as usize..].trim_start_matches([',', ';', ':']).chars().next());
    // The last term that fits behind `start`, and ends before a blank where one does.
    let fit = |start: usize| {
        let room = terms[start].span.start + MAX_SNIPPET as u32;
        let end = terms.partition_point(|term| term.span.end <= room).max(start + 1);
        (start..end).rev().find(|i| ends(&terms[*i])).unwrap_or(end - 1)
    };
    let mut best = (0, Span::default());
    for start in (0..terms.len()).filter(|start| *start == 0 || starts(&terms[*start])) {
        let span = span_of(&terms[start..=fit(start)]);
        let from = marks.partition_point(|mark| mark.start < span.start);
        let inside = &marks[from..from + marks[from..].partition_point(|mark| mark.end <= span.end)];
        // Some words before the first mark, so that it can be understood.
        let lead = inside.first().is_some_and(|mark| mark.start - span.start >= MAX_SNIPPET as u32 / 4);
        let score = 1 + 2 * inside.len() + usize::from(lead || start == 0);
        if score > best.0 {
            best = (score, span);
        }
    }
    graphemes(shortened(best.1, text), text)
}

/// A single term can be longer than any snippet.
fn shortened(span: Span, text: &str) -> Span {
    if span.len() <= 4 * MAX_SNIPPET {
        return span;
    }
    let mut end = span.start as usize + 4 * MAX_SNIPPET;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(span.start, end as u32)
}

/// The smallest span of whole graphemes around `span`.
fn graphemes(span: Span, text: &str) -> Span {
    let boundary = |at: usize| {
        text.is_char_boundary(at) && GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(true)
    };
    let (mut start, mut end) = (span.start as usize, span.end as usize);
    while start > 0 && !boundary(start) {
        start -= 1;
    }
    while end < text.len() && !boundary(end) {
        end += 1;
    }
    Span::from_range(start..end)
}
