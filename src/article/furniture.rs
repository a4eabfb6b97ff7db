//! The table of what pages print around an article, and how a line is compared with it.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};

use super::line::folded;
use crate::table::rows;

/// What a piece of a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `Đăng ngày`: the date beside it is the one of publication.
    Published,
    /// `Cập nhật`: the date beside it is the one of the last change.
    Updated,
    /// `Hôm nay`: the date beside it is the reader's.
    Today,
    /// What stands between date and clock.
    Clock,
    Share,
    Counter,
    Stats,
    Vote,
    Poll,
    Related,
    Comment,
    Licence,
    Contact,
    Weather,
    Search,
    File,
    Menu,
    /// The name of a section: no furniture inside a text, where it may be a heading.
    Section,
    /// The name of the site.
    Site,
    Caption,
    Byline,
    Source,
}

impl Kind {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "published" => Self::Published,
            "updated" => Self::Updated,
            "today" => Self::Today,
            "clock" => Self::Clock,
            "share" => Self::Share,
            "counter" => Self::Counter,
            "stats" => Self::Stats,
            "vote" => Self::Vote,
            "poll" => Self::Poll,
            "related" => Self::Related,
            "comment" => Self::Comment,
            "licence" => Self::Licence,
            "contact" => Self::Contact,
            "weather" => Self::Weather,
            "search" => Self::Search,
            "file" => Self::File,
            "menu" => Self::Menu,
            "section" => Self::Section,
            "site" => Self::Site,
            "caption" => Self::Caption,
            "byline" => Self::Byline,
            "source" => Self::Source,
            _ => return None,
        })
    }

    /// Whether it can stand for something of the article's own: furniture only at the edges of a page.
    pub(super) fn is_weak(self) -> bool {
        matches!(self, Self::Section | Self::Site | Self::Menu | Self::Contact | Self::Search | Self::Weather)
    }

    /// Whether a page goes on with furniture of any form after it, when the article is over.
    pub(super) fn ends_article(self) -> bool {
        matches!(self, Self::Stats | Self::Poll | Self::Comment | Self::Licence)
    }
}

/// The phrases of one way of matching.
struct Set {
    matcher: AhoCorasick,
    kinds: Vec<Kind>,
}

impl Set {
    fn new(how: &str, start: StartKind) -> Self {
        let (phrases, kinds): (Vec<String>, Vec<Kind>) =
            TABLE.iter().filter(|row| row.2 == how).map(|row| (row.0.clone(), row.1)).unzip();
        let matcher = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(start)
            .build(phrases)
            .expect("the table is small");
        Self { matcher, kinds }
    }

    /// The phrases in `line`, none of which overlap, with their bytes.
    fn find<'a>(&'a self, line: &'a str) -> impl Iterator<Item = (Kind, usize, usize)> + 'a {
        self.matcher.find_iter(line).map(|found| (self.kinds[found.pattern()], found.start(), found.end()))
    }

    /// The longest phrase that begins at byte `at` of `line`, and where it ends.
    fn at(&self, line: &str, at: usize) -> Option<(Kind, usize)> {
        let found = self.matcher.find(Input::new(line).range(at..).anchored(Anchored::Yes))?;
        Some((self.kinds[found.pattern()], found.end()))
    }
}

static TABLE: LazyLock<Vec<(String, Kind, &'static str)>> = LazyLock::new(|| {
    rows(include_str!("../data/furniture.tsv"))
        .filter_map(|row| match row.as_slice() {
            [phrase, kind, how] => Some((folded(phrase), Kind::named(kind)?, *how)),
            _ => None,
        })
        .collect()
});
static STARTS: LazyLock<Set> = LazyLock::new(|| Set::new("start", StartKind::Anchored));
static PARTS: LazyLock<Set> = LazyLock::new(|| Set::new("part", StartKind::Both));
static ANYWHERE: LazyLock<Set> = LazyLock::new(|| Set::new("anywhere", StartKind::Unanchored));
static LABELS: LazyLock<Set> = LazyLock::new(|| Set::new("label", StartKind::Unanchored));

/// The phrase that the folded line begins with: its kind, and whether a colon ends it.
pub(super) fn begins(line: &str) -> Option<(Kind, bool)> {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | '©'));
    for line in [line, line.trim_start_matches('(')] {
        if let Some((kind, end)) = STARTS.at(line, 0)
            && ends_word(line, end)
        {
            let colon = line[..end].ends_with(':') || line[end..].trim_start().starts_with(':');
            return Some((kind, colon));
        }
    }
    None
}

/// The first phrase of the folded line that is furniture wherever it stands.
pub(super) fn contains(line: &str) -> Option<Kind> {
    ANYWHERE.find(line).find(|&(_, start, end)| begins_word(line, start) && ends_word(line, end)).map(|found| found.0)
}

/// How much of a folded line the table explains.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cover {
    /// Letters outside phrases.
    pub(super) outside: usize,
    /// Letters inside phrases that are whole words, and how many such phrases there are.
    pub(super) inside: usize,
    pub(super) phrases: usize,
}

/// Compares the folded line with the phrases that lines of furniture are made of.
pub(super) fn cover(line: &str) -> Cover {
    let mut cover = Cover::default();
    let mut at = 0;
    for (_, start, end) in PARTS.find(line) {
        cover.outside += letters(&line[at..start]);
        if begins_word(line, start) && ends_word(line, end) {
            cover.inside += letters(&line[start..end]);
            cover.phrases += 1;
        }
        at = end;
    }
    cover.outside += letters(&line[at..]);
    cover
}

/// The kind of a folded line that has letters in phrases alone: that of the first which is no name of a section, else of
/// the first. Most lines fail at their first letter.
pub(super) fn made_of(line: &str) -> Option<Kind> {
    let mut kind: Option<Kind> = None;
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        if let Some((part, end)) = PARTS.at(line, at) {
            if kind.is_none_or(|first| first.is_weak() && !part.is_weak()) {
                kind = Some(part);
            }
            at = end;
        } else if c.is_alphabetic() {
            return None;
        } else {
            at += c.len_utf8();
        }
    }
    kind
}

/// What stands before or after a date.
pub(super) struct Beside {
    /// The last label.
    pub(super) label: Option<Kind>,
    /// Where that label ends.
    pub(super) label_end: usize,
    /// The same text with all that the table explains as blanks.
    pub(super) unknown: String,
}

impl Beside {
    /// Reads a piece of a folded line.
    pub(super) fn new(rest: &str) -> Self {
        let mut beside = Self::labels(rest);
        let parts: Vec<_> = PARTS.find(&beside.unknown).collect();
        for (kind, start, end) in parts {
            if is_part(rest, kind, start, end) {
                beside.blank(start, end);
            }
        }
        beside
    }

    /// The labels alone.
    fn labels(rest: &str) -> Self {
        let mut beside = Self { label: None, label_end: 0, unknown: rest.to_owned() };
        for (kind, start, end) in LABELS.find(rest) {
            if begins_word(rest, start) && ends_word(rest, end) {
                if kind != Kind::Clock {
                    beside.label = Some(kind);
                    beside.label_end = end;
                }
                beside.blank(start, end);
            }
        }
        beside
    }

    /// Whether the table explains all of a piece of a folded line; sentences fail at their first word.
    pub(super) fn explains(rest: &str) -> bool {
        let unknown = Self::labels(rest).unknown;
        let mut at = 0;
        while let Some(c) = unknown[at..].chars().next() {
            match PARTS.at(&unknown, at) {
                Some((kind, end)) if is_part(rest, kind, at, end) || letters(&unknown[at..end]) == 0 => at = end,
                None if !c.is_alphabetic() => at += c.len_utf8(),
                _ => return false,
            }
        }
        true
    }

    /// Whether the table explains all of it.
    pub(super) fn is_clear(&self) -> bool {
        letters(&self.unknown) == 0
    }

    fn blank(&mut self, start: usize, end: usize) {
        self.unknown.replace_range(start..end, &" ".repeat(end - start));
    }
}

/// Whether a phrase of [`PARTS`] says something beside a date.
fn is_part(rest: &str, kind: Kind, start: usize, end: usize) -> bool {
    kind != Kind::Section && begins_word(rest, start) && ends_word(rest, end)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

fn begins_word(line: &str, at: usize) -> bool {
    !line[..at].ends_with(char::is_alphanumeric) || !line[at..].starts_with(char::is_alphanumeric)
}

fn ends_word(line: &str, at: usize) -> bool {
    !line[at..].starts_with(char::is_alphanumeric) || !line[..at].ends_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_understood() {
        let table = include_str!("../data/furniture.tsv");
        assert_eq!(TABLE.len(), rows(table).count());
        for (phrase, _, how) in TABLE.iter() {
            assert!(!phrase.is_empty() && ["start", "part", "anywhere", "label"].contains(how), "{phrase}");
        }
    }

    #[test]
    fn lines_made_of_furniture_leave_no_letter() {
        for line in ["EmailPrintAa", "Chia sẻ | Zalo | In trang", "2189 Lượt xem", "Đăng nhập | Sơ đồ site | RSS"]
        {
            let cover = cover(&folded(line));
            assert_eq!(cover.outside, 0, "{line}: {cover:?}");
        }
        assert!(cover(&folded("Chia sẻ khó khăn với bà con vùng lũ")).outside > 0);
    }

    #[test]
    fn a_phrase_ends_where_its_word_ends() {
        assert_eq!(begins(&folded("PV: Hà An")), Some((Kind::Byline, true)));
        assert_eq!(begins(&folded("PVN đầu tư")), None);
        assert_eq!(contains(&folded("Có 215 lượt xem bài")), Some(Kind::Counter));
    }

    #[test]
    fn labels_beside_a_date() {
        let read = |text: &str| {
            let Beside { label, unknown, .. } = Beside::new(&folded(text));
            (label, unknown.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        assert_eq!(read("Cập nhật lúc (GMT+7)"), (Some(Kind::Updated), "( +7)".to_owned()));
        assert_eq!(read("Hải Vân (Đăng ngày "), (Some(Kind::Published), "hai van (".to_owned()));
        assert_eq!(read("Ngày ban hành: "), (None, "ban hanh:".to_owned()));
    }
}
