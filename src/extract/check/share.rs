//! A percentage against the ratio beside it: `53/49 nhiệm vụ, đạt 108,1%`.

use rust_decimal::Decimal;

use super::{CheckKind, Fact, Figure, Figures, OUTCOMES, Outcome, check, is_plain, place, shown};
use crate::segment::{AtomKind, Gap};

/// How many words of what is counted may stand before the comma: `12/15 xã đạt chuẩn nông thôn mới, chiếm 80%`.
const COUNTED: usize = 10;

pub(super) fn find(figures: &Figures<'_>, found: &mut Vec<Fact>) {
    for pair in figures.list.windows(2) {
        let &[first, second] = pair else { continue };
        let (ratio, share) = match (first.indicator.of, second.indicator.of) {
            (Some(_), None) if is_beside(figures, first, second) => (first, second),
            // `80% (12/15 xã)`
            (None, Some(_)) if is_bracketed(figures, first, second) => (second, first),
            _ => continue,
        };
        found.extend(compare(figures, ratio, share));
    }
}

fn compare(figures: &Figures<'_>, ratio: Figure<'_>, share: Figure<'_>) -> Option<Fact> {
    let of = ratio.indicator.of.filter(|of| !of.is_zero())?;
    let stated = share.indicator.value;
    let plain = is_plain(ratio.indicator) && is_plain(share.indicator) && share.indicator.change.is_none();
    if share.indicator.unit != "%" || !plain {
        return None;
    }
    let hundred = Decimal::ONE_HUNDRED;
    let computed = ratio.indicator.value.checked_mul(hundred)?.checked_div(of)?;
    let (above, below) = figures.slack(ratio);
    let least = (ratio.indicator.value - above).checked_mul(hundred)?.checked_div(of + below)?;
    let most = (ratio.indicator.value + above)
        .checked_mul(hundred)?
        .checked_div(Some(of - below).filter(|of| !of.is_zero())?)?;
    let last = place(printed(figures, share)?);
    let within = least.saturating_sub(last) < stated && stated < most.saturating_add(last);
    let holds = within || stated == computed;
    // A share of something else than the ratio: `12/15 xã, đạt 120% kế hoạch`.
    let other = share.indicator.share_of.as_deref().is_some_and(|base| !base.contains(ratio.indicator.unit.as_str()));
    let measured = ratio.indicator.printed.is_some() || ratio.indicator.value > of;
    if !holds && (other && !measured || is_vote(figures, ratio)) {
        return None;
    }
    Some(check(CheckKind::Share, share.span, holds, Some(shown(computed)), vec![ratio.span]))
}

/// Whether votes are counted: `408/449 đại biểu có mặt tán thành (83,1% tổng số đại biểu)`.
fn is_vote(figures: &Figures<'_>, ratio: Figure<'_>) -> bool {
    let atoms = figures.atoms();
    let place = figures.place(ratio);
    (place.start..place.end + 4)
        .filter_map(|at| OUTCOMES.longest(atoms, at))
        .any(|(_, &outcome)| outcome == Outcome::Voters)
}

/// The value with the places that are printed: `80,0%` has one.
fn printed(figures: &Figures<'_>, share: Figure<'_>) -> Option<Decimal> {
    super::term(figures.atoms(), figures.place(share).start).ok().map(|term| term.number.value)
}

/// Whether a percentage is said to be the ratio before it.
fn is_beside(figures: &Figures<'_>, ratio: Figure<'_>, share: Figure<'_>) -> bool {
    if share.indicator.unit != "%" {
        return false;
    }
    let atoms = figures.atoms();
    let between = figures.place(ratio).end..figures.place(share).start;
    let word = |at: usize| atoms.kind(at) == Some(AtomKind::Letters) && atoms.gap(at) < Gap::Paragraph;
    let last = between.end.min(between.start + COUNTED);
    let counted = (between.start..last).take_while(|&at| word(at)).count();
    let sign = between.start + counted;
    // With a comma or a bracket, words of what is counted may stand before it.
    let parted = sign < between.end && matches!(atoms.text(sign), "," | "(");
    parted && figures.equal(sign..between.end) || figures.equal(between)
}

/// Whether a ratio stands in brackets right behind a percentage.
fn is_bracketed(figures: &Figures<'_>, share: Figure<'_>, ratio: Figure<'_>) -> bool {
    if share.indicator.unit != "%" {
        return false;
    }
    let (first, second) = (figures.place(share), figures.place(ratio));
    second.start == first.end + 1 && figures.atoms().text(first.end) == "("
}
