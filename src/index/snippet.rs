//! What a reader sees of a hit: the best sentence, with the matches marked.

use unicode_segmentation::GraphemeCursor;

use super::query::{Node, Query};
use super::tokenizer::{self, Term};
use crate::article::Article;
use crate::span::Span;

/// About as much as fits three lines of a terminal.
const MAX_SNIPPET: usize = 320;

/// A passage of an article with the places that match the query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The bytes of the original text that it shows: a sentence, or the best part of a long one.
    pub span: Span,
    /// The matches inside it, as bytes of the original text, in order, never overlapping. A phrase is one mark.
    pub marks: Vec<Span>,
}

impl Snippet {
    /// The passage cut into pieces; `true` for those that match.
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
        spans.into_iter().filter(|(span, _)| !span.is_empty()).map(|(span, mark)| (&original[span.range()], mark))
    }
}

/// What a query marks in a text.
#[derive(Debug)]
pub(super) struct Marker {
    /// Words typed one after the other; a part of a run marks as well, a longer part better.
    runs: Vec<Vec<(String, String)>>,
    /// Words that count only together.
    phrases: Vec<Vec<(String, String)>>,
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
    pub(super) fn new(query: &Query, exact: bool) -> Self {
        let mut marker = Self { runs: Vec::new(), phrases: Vec::new(), exact };
        marker.collect(&query.root);
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
            Node::All | Node::Filter(_) | Node::Not(_) => {}
        }
    }

    fn same(&self, term: &Term, (exact, folded): &(String, String)) -> bool {
        if self.exact { term.exact == *exact } else { term.folded == *folded }
    }

    fn matches(&self, terms: &[Term]) -> Vec<Match> {
        let mut found = Vec::new();
        for (which, phrase) in self.phrases.iter().enumerate() {
            for first in 0..terms.len().saturating_sub(phrase.len() - 1) {
                if phrase.iter().zip(&terms[first..]).all(|(word, term)| self.same(term, word)) {
                    found.push(Match { first, last: first + phrase.len() - 1, what: (usize::MAX, which) });
                }
            }
        }
        let mut at = 0;
        while at < terms.len() {
            let mut best: Option<Match> = None;
            for (which, run) in self.runs.iter().enumerate() {
                for start in (0..run.len()).filter(|start| self.same(&terms[at], &run[*start])) {
                    let len =
                        run[start..].iter().zip(&terms[at..]).take_while(|(word, term)| self.same(term, word)).count();
                    if best.is_none_or(|best| len > best.last - best.first + 1) {
                        best = Some(Match { first: at, last: at + len - 1, what: (which, start) });
                    }
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
        for (which, run) in self.runs.iter().enumerate() {
            let mut together = vec![false; run.len()];
            for found in found.iter().filter(|found| found.what.0 == which && found.last > found.first) {
                let start = found.what.1;
                together[start..=start + found.last - found.first].fill(true);
            }
            found.retain(|found| {
                found.what.0 != which || found.last > found.first || {
                    let word = &run[found.what.1];
                    !run.iter().zip(&together).any(|(other, together)| *together && other == word)
                }
            });
        }
    }

    /// All marks in a text, and the best passage of an article.
    pub(super) fn mark(&self, article: &Article, also: &[Span]) -> (Vec<Span>, Snippet) {
        let terms = tokenizer::terms(article.analysed());
        let matches = self.matches(&terms);
        let mut marks: Vec<Span> =
            matches.iter().map(|found| Span::new(terms[found.first].span.start, terms[found.last].span.end)).collect();
        marks.extend(also);
        let marks = merged(marks, &article.text);
        let span = passage(article, &terms, &matches, &marks);
        let inside = marks.iter().copied().filter(|mark| span.contains(*mark)).collect();
        (marks, Snippet { span, marks: inside })
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

/// The sentence with the most to see, the first of several; the start of the body where nothing matches.
fn passage(article: &Article, terms: &[Term], matches: &[Match], marks: &[Span]) -> Span {
    let in_title = |span: Span| article.title.is_some_and(|title| title.contains(span));
    let hidden = |span: Span| article.furniture.iter().any(|part| part.overlaps(span));
    let mut best: Option<(usize, usize, usize)> = None;
    let mut start = 0;
    while start < terms.len() {
        let end = (start + 1..terms.len()).find(|i| terms[*i].begins).unwrap_or(terms.len());
        let span = Span::new(terms[start].span.start, terms[end - 1].span.end);
        let inside = matches.iter().filter(|found| start <= found.first && found.last < end);
        let mut seen = Vec::new();
        let mut score = 4 * marks.iter().filter(|mark| span.contains(**mark)).count().min(4);
        for found in inside {
            if !seen.contains(&found.what) {
                seen.push(found.what);
                score += 16 * (found.last - found.first + 1).pow(2);
            }
        }
        // The headline is shown above the snippet, and furniture is nothing to show.
        if in_title(span) {
            score /= 4;
        } else if hidden(span) {
            score /= 16;
        }
        let body = article.body.contains(span) && !in_title(span) && !hidden(span);
        let score = score * 2 + usize::from(body);
        if best.is_none_or(|(top, ..)| score > top) {
            best = Some((score, start, end));
        }
        start = end;
    }
    let Some((_, start, end)) = best else { return Span::new(0, 0) };
    let span = with_signs(Span::new(terms[start].span.start, terms[end - 1].span.end), &article.text);
    if span.len() <= MAX_SNIPPET { span } else { part(&terms[start..end], marks, &article.text) }
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

/// The terms of a long sentence that hold the most marks.
fn part(terms: &[Term], marks: &[Span], text: &str) -> Span {
    let mut best = (0, 0, 0);
    let mut end = 0;
    for start in 0..terms.len() {
        end = end.max(start + 1);
        while end < terms.len() && (terms[end].span.end - terms[start].span.start) as usize <= MAX_SNIPPET {
            end += 1;
        }
        let window = Span::new(terms[start].span.start, terms[end - 1].span.end);
        let from = marks.partition_point(|mark| mark.start < window.start);
        let count = marks[from..].iter().take_while(|mark| mark.end <= window.end).count();
        if count > best.0 {
            // Some words before the first mark, so that it can be understood.
            let lead = marks[from].start.saturating_sub(MAX_SNIPPET as u32 / 4);
            let first = terms.partition_point(|term| term.span.start < lead).min(start);
            best = (count, first.max(start.saturating_sub(12)), end);
        }
    }
    let (_, start, mut end) = best;
    end = end.max(start + 1);
    while end < terms.len() && (terms[end].span.end - terms[start].span.start) as usize <= MAX_SNIPPET {
        end += 1;
    }
    let span = Span::new(terms[start].span.start, terms[end - 1].span.end);
    graphemes(shortened(span, text), text)
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
