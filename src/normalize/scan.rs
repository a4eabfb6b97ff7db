//! The scan that clean text costs: it finds the first place that may need work.

use super::Style;

/// The position of the first byte at or after `from` that may need work.
pub(super) fn suspect(text: &str, from: usize, _style: Style) -> Option<usize> {
    text.as_bytes()[from..].iter().position(|&b| !b.is_ascii()).map(|i| from + i)
}
