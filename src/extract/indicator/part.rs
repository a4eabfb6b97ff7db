//! Parts of a whole: `125 mô hình, trong đó có 38 mô hình …`.

use std::ops::Range;
use std::sync::LazyLock;

use super::quantity::Quantity;
use crate::extract::phrases::Phrases;
use crate::segment::{Atoms, Gap};
use crate::table::rows;

/// What follows words that lead from a whole to its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Follows {
    /// Some of the parts.
    Some,
    /// All of them.
    All,
    /// No parts: `không bao gồm`.
    None,
}

static PARTS: LazyLock<Phrases<Follows>> = LazyLock::new(|| {
    Phrases::new(rows(include_str!("../../data/parts.tsv")).map(|row| {
        let follows = match row[1] {
            "open" => Follows::Some,
            "closed" => Follows::All,
            _ => Follows::None,
        };
        (row[0], follows)
    }))
});

/// The words between a whole and its parts at `at`: the atom after them, and which parts follow.
pub(in crate::extract) fn connector(atoms: &Atoms, at: usize) -> Option<(usize, Follows)> {
    let near = atoms.gap(at) < Gap::Paragraph;
    near.then(|| PARTS.longest(atoms, at)).flatten().map(|(end, &follows)| (end, follows))
}

/// How many figures a whole may stand before its first part.
const BEFORE: usize = 3;

/// Finds the whole of each figure as it goes from one to the next.
#[derive(Default)]
pub(super) struct Parts {
    open: Option<Open>,
}

struct Open {
    whole: usize,
    /// Whether the parts stand in brackets.
    bracket: bool,
}

impl Parts {
    /// The index of the whole of figure `i`, whose sentence these atoms are.
    pub(super) fn whole(
        &mut self,
        atoms: &Atoms,
        found: &[Quantity<'_>],
        i: usize,
        sentence: &Range<usize>,
    ) -> Option<usize> {
        let part = &found[i];
        if i == 0 || found[i - 1].start < sentence.start {
            self.open = None;
            return None;
        }
        // In brackets or not, and whether the part follows directly.
        let mut connected = None;
        let mut direct = false;
        let mut at = found[i - 1].end;
        while at < part.start {
            if let Some((end, follows)) = connector(atoms, at) {
                connected = (follows != Follows::None).then_some(false);
                direct = connected.is_some() && end == part.start;
                at = end;
                continue;
            }
            match atoms.text(at) {
                ";" => (self.open, connected) = (None, None),
                ")" => {
                    self.open.take_if(|open| open.bracket);
                    connected.take_if(|bracket| *bracket);
                }
                "(" if connected.is_none() => connected = Some(true),
                _ => {}
            }
            at += 1;
        }
        if let Some(bracket) = connected {
            let first = i.saturating_sub(if bracket { 1 } else { BEFORE });
            let whole = (first..i)
                .rev()
                .find(|&whole| found[whole].start >= sentence.start && divides(atoms, part, &found[whole]));
            if let Some(whole) = whole {
                self.open = Some(Open { whole, bracket });
            } else if !bracket {
                self.open = None;
            }
        }
        let open = self.open.as_ref()?;
        let whole = &found[open.whole];
        let fits = divides(atoms, part, whole) && part.indicator.change.is_none();
        // A figure that is greater than the whole is something else, unless the words leave no doubt.
        if !fits || part.indicator.value > whole.indicator.value && !(direct && open.whole + 1 == i) {
            return None;
        }
        Some(open.whole)
    }
}

/// Whether one figure can be a part of the other: both count the same, or are measured by the same.
fn divides(atoms: &Atoms, part: &Quantity<'_>, whole: &Quantity<'_>) -> bool {
    let plain = |quantity: &Quantity<'_>| quantity.indicator.of.is_none() && quantity.indicator.upper.is_none();
    let same = if part.unit.is_count() {
        whole.unit.is_count() && atoms.lower(part.unit.start) == atoms.lower(whole.unit.start)
    } else {
        part.indicator.unit != "%" && part.unit.same_measure(&whole.unit)
    };
    same && plain(part) && plain(whole) && whole.indicator.change.is_none() && whole.indicator.per == part.indicator.per
}
