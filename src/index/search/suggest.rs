//! What may have been meant by a query that finds nothing.
//!
//! Syllables are short, so that every way to write one with a mark or a letter changed can be looked up; no list of all
//! words is read. Of the many ways to change a query, those come first that change little and whose neighbours are words
//! of the index. What is suggested has been found.

use tantivy::collector::Count;
use tantivy::{Searcher, Term};

use crate::error::Error;
use crate::index::NewsIndex;
use crate::index::query::{Node, Query};
use crate::index::search::compile;
use crate::index::store::tokenizer;
use crate::normalize::{fold, normalize, strip_marks};

/// A mark that is missing, wrong or too many.
const MARK: f32 = 1.0;
/// A letter that is missing, wrong or too many, or two that changed places.
const LETTER: f32 = 3.0;
/// What two neighbours gain that are one word of the index.
const WORD: f32 = 1.5;
/// What two neighbours gain that are neighbours in some article.
const TOGETHER: f32 = 1.5;
/// Among equals, what is in ten times as many articles gains a little.
const FREQUENT: f32 = 0.1;
/// Beside marked forms: one without marks is found wherever it has some, too.
const UNSURE: f32 = 0.5;
/// The most syllables of a query that is corrected.
const MOST: usize = 12;
/// Forms of a syllable that are kept: with other marks, and with other letters.
const FORMS: usize = 6;
/// Ways to go on with.
const BEAM: usize = 24;
/// Ways that are tried.
const TRIED: usize = 12;
/// A query that so many articles answer needs no other; one that fewer answer needs one with ten times as many.
const FEW: usize = 3;

/// A form of a syllable, and what it costs.
#[derive(Clone, Debug)]
struct Form {
    text: String,
    cost: f32,
}

impl NewsIndex {
    /// Another query that was probably meant, where hardly an article holds all words of `query` as typed.
    ///
    /// Marks that are missing or wrong are small slips, a letter is a larger one; numbers and the codes of documents
    /// are never changed, nor is anything but words and phrases. All words of the suggestion are in some article.
    /// Takes a number of look-ups that grows with the syllables of the query, of which it takes at most twelve.
    ///
    /// ```
    /// use thoisu::index::{NewsIndex, Query};
    /// use thoisu::{Analyzer, Article};
    ///
    /// let index = NewsIndex::in_ram(Analyzer::new())?;
    /// let mut writer = index.writer()?;
    /// let mut article = Article::from_text("Tỉnh đẩy mạnh chuyển đổi số trong nông nghiệp.");
    /// article.id = Some("a1".to_owned());
    /// writer.add(&article)?;
    /// writer.commit()?;
    ///
    /// let meant = index.suggest(&Query::parse("chuyễn đổi sô")?)?;
    /// assert_eq!(meant.map(|query| query.to_string()).as_deref(), Some("chuyển đổi số"));
    /// # Ok::<(), thoisu::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`NewsIndex::search`].
    pub fn suggest(&self, query: &Query) -> Result<Option<Query>, Error> {
        self.at_one_commit().other_than(query)
    }

    fn other_than(&self, query: &Query) -> Result<Option<Query>, Error> {
        let mut typed = Vec::new();
        collect(&query.root, &mut typed);
        if typed.is_empty() || typed.len() > MOST {
            return Ok(None);
        }
        // What differs in marks was hardly what was typed, though it is found.
        let found = self.search(query, 0)?.exact;
        if found >= FEW {
            return Ok(None);
        }
        let searcher = self.searcher();
        let forms = Forms { index: self, searcher: &searcher, marked: query.is_marked() };
        for picked in forms.ways(&typed).map_err(|error| self.failed(error))? {
            let mut picked = picked.iter();
            let other = Query { root: replaced(&query.root, &mut picked) };
            if self.search(&other, 0)?.exact > 10 * found {
                return Ok(Some(other));
            }
        }
        Ok(None)
    }
}

/// The syllables of a query that may be changed, in order.
fn collect(node: &Node, words: &mut Vec<String>) {
    match node {
        Node::Word(text) | Node::Phrase(text) => words.extend(parts(text).filter_map(syllable)),
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| collect(node, words)),
        _ => {}
    }
}

/// The same query with other syllables, in the order of [`collect`].
fn replaced<'p>(node: &Node, picked: &mut impl Iterator<Item = &'p String>) -> Node {
    let mut text = |text: &str| {
        let parts = parts(text).map(|part| match syllable(part) {
            Some(typed) => {
                picked.next().filter(|form| **form != typed).map_or(part.to_owned(), |form| cased(form, part))
            }
            None => part.to_owned(),
        });
        parts.collect::<Vec<_>>().join(" ")
    };
    match node {
        Node::Word(word) => Node::Word(text(word)),
        Node::Phrase(phrase) => Node::Phrase(text(phrase)),
        Node::And(nodes) => Node::And(nodes.iter().map(|node| replaced(node, picked)).collect()),
        Node::Or(nodes) => Node::Or(nodes.iter().map(|node| replaced(node, picked)).collect()),
        other => other.clone(),
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

/// What stands between blanks, in lower case, if it is one syllable of letters: no number, no code, no abbreviation.
fn syllable(part: &str) -> Option<String> {
    let mut terms = tokenizer::words(part);
    let (term, _) = terms.pop().filter(|_| terms.is_empty())?;
    let abbreviation = part.chars().filter(|c| c.is_uppercase()).count() > 1;
    (!abbreviation && term.chars().all(char::is_alphabetic) && term.len() > 1).then_some(term)
}

/// With a capital where the typed one has it.
fn cased(form: &str, typed: &str) -> String {
    let mut chars = form.chars();
    match chars.next() {
        Some(first) if typed.starts_with(char::is_uppercase) => first.to_uppercase().chain(chars).collect(),
        _ => form.to_owned(),
    }
}

struct Forms<'a> {
    index: &'a NewsIndex,
    searcher: &'a Searcher,
    marked: bool,
}

impl Forms<'_> {
    /// Ways to write all syllables, the likeliest first; never as typed.
    fn ways(&self, typed: &[String]) -> tantivy::Result<Vec<Vec<String>>> {
        let mut unknown = Vec::new();
        for syllable in typed {
            unknown.push(self.articles(syllable)? == 0);
        }
        let none = !unknown.contains(&true);
        let mut ways: Vec<(f32, Vec<String>)> = vec![(0.0, Vec::new())];
        for (syllable, unknown) in typed.iter().zip(unknown) {
            let forms = self.of(syllable, unknown, unknown || none)?;
            let mut next = Vec::with_capacity(ways.len() * forms.len());
            for (cost, way) in &ways {
                for form in &forms {
                    let mut cost = cost + form.cost;
                    if let Some(last) = way.last() {
                        let word = format!("{last} {}", form.text);
                        let word = Term::from_field_text(self.index.fields.topics, &word);
                        if self.searcher.doc_freq(&word)? > 0 {
                            cost -= WORD;
                        }
                    }
                    let mut way = way.clone();
                    way.push(form.text.clone());
                    next.push((cost, way));
                }
            }
            next.sort_by(|(a, _), (b, _)| a.total_cmp(b));
            next.truncate(BEAM);
            ways = next;
        }
        ways.retain(|(_, way)| way.as_slice() != typed);
        ways.truncate(TRIED);
        for (cost, way) in &mut ways {
            for (pair, typed) in way.windows(2).zip(typed.windows(2)) {
                if pair != typed && self.stand_together(pair)? {
                    *cost -= TOGETHER;
                }
            }
        }
        ways.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        Ok(ways.into_iter().map(|(_, way)| way).collect())
    }

    /// Whether two syllables are neighbours in an article.
    fn stand_together(&self, pair: &[String]) -> tantivy::Result<bool> {
        let terms: Vec<_> = pair.iter().map(|syllable| self.term(syllable)).collect();
        let phrase = compile::sequence(self.index.fields.syllables, &terms);
        Ok(phrase.map_or(Ok(0), |phrase| self.searcher.search(phrase.as_ref(), &Count))? > 0)
    }

    /// The forms of a syllable that the index has; the typed one where it has none.
    fn of(&self, typed: &str, unknown: bool, letters: bool) -> tantivy::Result<Vec<Form>> {
        let mut forms = vec![Form { text: typed.to_owned(), cost: if unknown { LETTER + MARK } else { 0.0 } }];
        let bare = strip_marks(typed).into_owned();
        if self.marked {
            let same = self.known(with_marks(&bare).into_iter(), MARK)?;
            forms.extend(same.into_iter().filter(|form| form.text != typed).take(FORMS));
        }
        if letters && bare.len() > 2 {
            // Each without marks first: few of them are syllables.
            let mut others: Vec<(u64, String)> = Vec::new();
            for other in one_letter_off(&bare) {
                let term = Term::from_field_text(self.index.fields.syllables, &fold(&other));
                let articles = self.searcher.doc_freq(&term)?;
                if articles > 0 {
                    others.push((articles, other));
                }
            }
            others.sort_by(|a, b| b.cmp(a));
            others.truncate(FORMS);
            for (_, other) in others {
                let marked = if self.marked { with_marks(&other) } else { vec![other] };
                forms.extend(self.known(marked.into_iter(), LETTER)?.into_iter().take(2));
            }
        }
        Ok(forms)
    }

    /// Those that the index has, the most frequent first.
    fn known(&self, forms: impl Iterator<Item = String>, cost: f32) -> tantivy::Result<Vec<Form>> {
        let mut known = Vec::new();
        for text in forms {
            let articles = self.articles(&text)?;
            if articles > 0 {
                let unsure = if self.marked && *fold(&text) == *text { UNSURE } else { 0.0 };
                known.push(Form { text, cost: cost + unsure - FREQUENT * (articles as f32).log10() });
            }
        }
        known.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        Ok(known)
    }

    /// In how many articles a syllable is, as the query is read.
    fn articles(&self, syllable: &str) -> tantivy::Result<u64> {
        self.searcher.doc_freq(&Term::from_field_text(self.index.fields.syllables, &self.term(syllable)))
    }

    fn term(&self, syllable: &str) -> String {
        if self.marked { syllable.to_owned() } else { fold(syllable).into_owned() }
    }
}

/// All ways to put marks on letters without marks, and none.
fn with_marks(bare: &str) -> Vec<String> {
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let mut shapes = vec![String::new()];
    for c in bare.chars() {
        let letters: &[char] = match c {
            'a' => &['a', 'ă', 'â'],
            'd' => &['d', 'đ'],
            'e' => &['e', 'ê'],
            'o' => &['o', 'ô', 'ơ'],
            'u' => &['u', 'ư'],
            _ => &[],
        };
        let one = [c];
        let letters = if letters.is_empty() { one.as_slice() } else { letters };
        // No syllable has more than three vowels; a longer row of letters is none.
        if shapes.len() * letters.len() > 64 {
            return Vec::new();
        }
        shapes = shapes.iter().flat_map(|shape| letters.iter().map(move |c| format!("{shape}{c}"))).collect();
    }
    let mut forms = Vec::new();
    for shape in shapes {
        // Where the tone stands does not matter: the normal form has one place for it.
        let vowel = shape
            .char_indices()
            .rfind(|(_, c)| fold(c.encode_utf8(&mut [0; 4])).contains(['a', 'e', 'i', 'o', 'u', 'y']));
        if let Some((at, vowel)) = vowel {
            let (before, after) = shape.split_at(at + vowel.len_utf8());
            forms.extend(TONES.iter().map(|tone| normalize(&format!("{before}{tone}{after}")).into_owned()));
        }
        forms.push(shape);
    }
    forms
}

/// All ways to leave out, add or change a letter, or to swap two.
fn one_letter_off(bare: &str) -> Vec<String> {
    let letters: Vec<char> = bare.chars().collect();
    let alphabet = || 'a'..='z';
    let mut forms = Vec::new();
    for at in 0..=letters.len() {
        let (before, after) = letters.split_at(at);
        let form = |middle: &[char], rest: usize| before.iter().chain(middle).chain(after.iter().skip(rest)).collect();
        forms.extend(alphabet().map(|c| form(&[c], 0)));
        if let [first, rest @ ..] = after {
            forms.push(form(&[], 1));
            forms.extend(alphabet().filter(|c| c != first).map(|c| form(&[c], 1)));
            if let Some(second) = rest.first().filter(|second| *second != first) {
                forms.push(form(&[*second, *first], 2));
            }
        }
    }
    forms.sort();
    forms.dedup();
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_marks_are_tried() {
        for form in ["chuyển", "đường", "thủy", "hòa", "ước", "quý", "nghĩa", "ban"] {
            assert!(with_marks(&strip_marks(form)).iter().any(|other| other == form), "{form}");
        }
        assert!(with_marks(&"a".repeat(100)).is_empty());
    }

    #[test]
    fn one_letter_is_changed() {
        let forms = one_letter_off("dan");
        for form in ["dn", "and", "dman", "ban", "adn"] {
            assert_eq!(forms.iter().any(|other| other == form), !matches!(form, "and"), "{form}");
        }
    }
}
