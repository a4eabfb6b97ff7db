//! The way back from normalised text to the original.

use std::ops::Range;

/// A stretch of normalised text that differs from its original. Both sides are non-empty and lie on character boundaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) normal: Range<usize>,
    pub(super) original: Range<usize>,
}

/// All edits of a text, in order, not overlapping. What lies between two edits is the same on both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Edits(Vec<Edit>);

impl Edits {
    pub(super) fn push(&mut self, normal: Range<usize>, original: Range<usize>) {
        debug_assert!(!normal.is_empty() && !original.is_empty());
        self.0.push(Edit { normal, original });
    }

    /// The original of `range`. A range that begins or ends within an edit takes in the whole edit.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        if self.0.is_empty() {
            return range.start..range.end.max(range.start);
        }
        if range.start >= range.end {
            let at = self.start(range.start);
            return at..at;
        }
        self.start(range.start)..self.end(range.end)
    }

    /// The end of the longest normalised text whose original ends at `at` or before.
    pub(super) fn normal_end(&self, at: usize) -> usize {
        let next = self.0.partition_point(|e| e.original.end <= at);
        let end = match self.0[..next].last() {
            None => at,
            Some(e) => e.normal.end + (at - e.original.end),
        };
        self.0.get(next).map_or(end, |e| end.min(e.normal.start))
    }

    /// The first place of the normalised text whose original begins at `at` or behind.
    pub(super) fn normal_start(&self, at: usize) -> usize {
        match self.0[..self.0.partition_point(|e| e.original.start < at)].last() {
            None => at,
            Some(e) => e.normal.end + at.saturating_sub(e.original.end),
        }
    }

    fn start(&self, at: usize) -> usize {
        match self.0[..self.0.partition_point(|e| e.normal.start <= at)].last() {
            None => at,
            Some(e) if at < e.normal.end => e.original.start,
            Some(e) => e.original.end + (at - e.normal.end),
        }
    }

    fn end(&self, at: usize) -> usize {
        match self.0[..self.0.partition_point(|e| e.normal.start < at)].last() {
            None => at,
            Some(e) if at <= e.normal.end => e.original.end,
            Some(e) => e.original.end + (at - e.normal.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_forth_agrees_with_the_way_back() {
        let mut edits = Edits::default();
        edits.push(2..4, 2..7);
        edits.push(6..9, 9..10);
        edits.push(9..10, 10..13);
        for at in 0..20 {
            let ends = (0..40).take_while(|&normal| edits.end(normal) <= at).last();
            assert_eq!(Some(edits.normal_end(at)), ends, "{at}");
            let start = (0..40).find(|&normal| edits.start(normal) >= at);
            assert_eq!(Some(edits.normal_start(at)), start, "{at}");
        }
    }
}
