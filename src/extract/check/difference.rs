//! A change against the two levels before it: `tăng từ 120 hộ lên 150 hộ (tăng 30 hộ)`.

use rust_decimal::Decimal;

use super::{CheckKind, Fact, Figure, Figures, check, is_plain, place, shown};
use crate::extract::Change;

/// How far apart the figures may stand.
const NEAR: usize = 6;

pub(super) fn find(figures: &Figures<'_>, found: &mut Vec<Fact>) {
    for three in figures.list.windows(3) {
        if let &[from, to, change] = three {
            found.extend(compare(figures, from, to, change));
        }
    }
}

fn compare(figures: &Figures<'_>, from: Figure<'_>, to: Figure<'_>, change: Figure<'_>) -> Option<Fact> {
    let direction = change.indicator.change?;
    let plain = |figure: Figure<'_>| is_plain(figure.indicator) && figure.indicator.of.is_none();
    let (unit, by) = (from.indicator.unit.as_str(), change.indicator.unit.as_str());
    if unit != to.indicator.unit || !(plain(from) && plain(to) && plain(change)) || !joined(figures, from, to, change) {
        return None;
    }
    let (low, high) = (from.indicator.value, to.indicator.value);
    let difference = high.checked_sub(low)?;
    let slack = figures.slack(from).0 + figures.slack(to).0 + figures.slack(change).0;
    let stated = match direction {
        Change::Up => change.indicator.value,
        Change::Down => -change.indicator.value,
    };
    // As a share of the first level, with what the rounding of both levels allows.
    let share = |from: Decimal, to: Decimal| to.checked_sub(from)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(from);
    let relative = || {
        let (first, second) = (figures.slack(from).0, figures.slack(to).0);
        let least = share(low + first, high - second)?;
        let most = share(Some(low - first).filter(|low| *low > Decimal::ZERO)?, high + second)?;
        let last = place(change.indicator.value);
        Some((share(low, high)?, least.saturating_sub(last) < stated && stated < most.saturating_add(last)))
    };
    let (computed, holds) = if by == unit || unit == "%" && by.starts_with("điểm") {
        let holds = (stated - difference).abs() <= slack;
        match relative() {
            // `từ 20% lên 25% (tăng 25%)`
            Some((share, true)) if !holds && by == "%" => (share, true),
            _ => (difference, holds),
        }
    } else if by == "%" {
        relative()?
    } else {
        return None;
    };
    let computed = if direction == Change::Down { -computed } else { computed };
    Some(check(CheckKind::Difference, change.span, holds, Some(shown(computed)), vec![from.span, to.span]))
}

/// Whether the words say so: `từ A lên B, tăng C`.
fn joined(figures: &Figures<'_>, from: Figure<'_>, to: Figure<'_>, change: Figure<'_>) -> bool {
    let atoms = figures.atoms();
    let (first, second, third) = (figures.place(from), figures.place(to), figures.place(change));
    let begins = first.start > 0 && atoms.lower(first.start - 1) == "từ";
    let leads = (first.end..second.start).any(|at| matches!(atoms.lower(at), "lên" | "xuống" | "còn"));
    let near = second.start <= first.end + NEAR && third.start <= second.end + 3;
    let sign = matches!(atoms.text(second.end), "," | "(");
    begins
        && leads
        && near
        && sign
        && (second.end + 1..third.start).all(|at| matches!(atoms.lower(at), "tăng" | "giảm" | "tức" | "đã"))
}
