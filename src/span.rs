use std::fmt;
use std::ops::Range;

/// A range of bytes of an article's original text.
///
/// Offsets count UTF-8 bytes of [`Article::text`](crate::Article::text), the text exactly as it was given, and
/// stand on character boundaries: `&article.text[span.range()]` is always a valid slice.
///
/// ```
/// use thoisu::Span;
///
/// let text = "Sáng 14/5, Huyện ủy họp.";
/// assert_eq!(&text[Span::new(6, 10).range()], "14/5");
/// ```
///
/// Where the other side counts otherwise, the text tells: `text[..start].chars().count()` for Python,
/// `text[..start].encode_utf16().count()` for JavaScript and Java.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The longest text, in bytes, that a span can point into (4 GiB); text beyond it is kept but not analysed.
    pub const MAX_TEXT: usize = u32::MAX as usize;

    /// The part of a text that spans can point into.
    pub(crate) fn reachable(text: &str) -> &str {
        let mut end = text.len().min(Self::MAX_TEXT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        &text[..end]
    }

    /// The bytes from `start` up to, not including, `end`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// From a range of bytes such as `str::find` and its kin give; offsets beyond [`Span::MAX_TEXT`] are cut to it.
    #[must_use]
    pub fn from_range(range: Range<usize>) -> Self {
        let cut = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: cut(range.start), end: cut(range.end) }
    }

    /// The span as a range, to slice the text with: `&text[span.range()]`, or `text.get(span.range())` where the span may
    /// be one of another text.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Its length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether it holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the two share a byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether all of `other` lies inside.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl From<Range<u32>> for Span {
    fn from(range: Range<u32>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.range()
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
