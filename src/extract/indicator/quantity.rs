//! One quantity: the number or the two numbers of an expression with their unit, and what the words around make of it.

use std::ops::Range;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::context::{self, Lead, Naming};
use super::number::{self, Term, term};
use super::unit::{Class, Text, Unit, unit};
use super::words;
use crate::extract::{Change, Indicator, Qualifier};
use crate::segment::{AtomKind, Gap};

/// What stood before a number.
#[derive(Clone, Copy, Debug)]
pub(super) enum Last {
    /// A number that names, in a list of such: `khoản 1` of `khoản 1, 2`.
    Name { end: usize },
    /// An indicator.
    Value { end: usize, change: Option<Change> },
}

/// A number that is no indicator, with the atom after it, and whether it names, in a list of such.
#[derive(Clone, Copy, Debug)]
pub(super) struct Skipped {
    pub(super) end: usize,
    pub(super) listed: bool,
}

/// An indicator by itself, and the atoms that it is read from.
pub(super) struct Quantity<'a> {
    pub(super) start: usize,
    /// The atom after the digits.
    pub(super) digits: usize,
    /// The atom after number and unit, where reading goes on: at `577` of `359 ý kiến/577 nội dung`.
    pub(super) end: usize,
    pub(super) unit: Unit<'a>,
    /// Whether it shares the change of the indicator before it.
    pub(super) again: bool,
    /// The words of its qualifier, and those that make it a change.
    pub(super) qualified: Option<Range<usize>>,
    pub(super) changed: Option<Range<usize>>,
    pub(super) indicator: Indicator,
}

/// The number or the two numbers of an expression: `53`, `53/49`, `10-15`.
struct Expression<'a> {
    value: Decimal,
    of: Option<Decimal>,
    upper: Option<Decimal>,
    unit: Unit<'a>,
    digits: usize,
    /// The atom after the last digits: where the printed unit begins.
    tail: usize,
    first: Term,
}

/// Reads the quantity whose number begins at `at`.
pub(super) fn quantity<'a>(atoms: Text<'a>, at: usize, last: Option<&Last>) -> Result<Quantity<'a>, Skipped> {
    let chain = chain(atoms, at);
    if !begins(atoms, at) || chain.numbers > 2 {
        return Err(Skipped { end: chain.end, listed: false });
    }
    let first = read(atoms, at);
    let naming = naming(atoms, at, &chain, first.as_ref(), last);
    let skip = Skipped { end: chain.end, listed: naming == Some(Naming::List) };
    let expression = first.and_then(|first| expression(atoms, at, first)).ok_or(skip)?;
    let Expression { value, of, upper, unit, digits, tail, first } = expression;
    let sign = sign_before(atoms, at);
    let Lead { mut qualifier, from, start, qualified } = context::lead(&atoms, sign.unwrap_or(at));
    let named = match naming {
        Some(Naming::Rank | Naming::List) => true,
        Some(Naming::Small) => of.is_none() && !first.scaled,
        None => false,
    };
    // `Điểm 2 Điều 15`: the noun names the number after it.
    let named = named
        || atoms.kind(unit.end) == Some(AtomKind::Digits)
            && context::naming(&atoms, unit.end, None, false) == Some(Naming::List);
    if unit.is_count() && (named || first.number.year && context::is_year(&atoms, at)) {
        return Err(skip);
    }
    if of.is_some() && (is_day(atoms, at, value, of) || is_fraction(atoms, at, start, value)) {
        return Err(skip);
    }
    // `trước 16g`: a clock time of the south.
    let hour = unit.start + 1 == unit.end && atoms.lower(unit.start) == "g" && atoms.gap(unit.start) == Gap::None;
    if hour && value <= Decimal::from(24) && context::is_day(&atoms, at) {
        return Err(skip);
    }
    // What a price or a rate counts by: `đồng/1 kg`.
    if value == Decimal::ONE && at > 0 && atoms.lower(at - 1) == "/" {
        return Err(skip);
    }
    let name = unit.name(&atoms);
    // `trên 3 lĩnh vực`, `trên 2 xe`: the preposition.
    let ground = unit.is_count() && (value < Decimal::TEN || unit.class == Class::Place && !round(value));
    if qualifier == Qualifier::Over && at > 0 && atoms.lower(at - 1) == "trên" && ground {
        qualifier = Qualifier::Exact;
    }
    if qualifier.is_exact() {
        qualifier = context::qualifier_after(&atoms, unit.end).unwrap_or_default();
    }
    let share = unit.class == Class::Share;
    // `giảm từ 10% xuống 8%` names two levels and no change.
    let level = from && upper.is_none() && qualifier.is_exact();
    let own = context::change(&atoms, start, share).filter(|_| !level);
    let shared = match last {
        Some(Last::Value { end, change }) if continues(atoms, *end, start, &unit) => *change,
        _ => None,
    };
    // `ước tăng 8%`
    let mut qualified = qualified;
    if qualifier.is_exact()
        && let Some((_, words)) = own.as_ref().filter(|(_, words)| words.end == start)
        && let Some((Qualifier::About, words)) = context::qualifier_before(&atoms, words.start)
    {
        (qualifier, qualified) = (Qualifier::About, Some(words));
    }
    let indicator = Indicator {
        value,
        unit: name,
        of,
        upper,
        qualifier,
        change: own.as_ref().map(|(change, _)| *change).or(shared),
        printed: unit.printed(&atoms, tail, sign),
        ..Indicator::default()
    };
    let again = own.is_none() && shared.is_some();
    let changed = own.map(|(_, words)| words);
    let end = unit.end.max(digits);
    Ok(Quantity { start: sign.unwrap_or(at), digits, end, unit, again, qualified, changed, indicator })
}

/// Numbers joined by one sign each, with nothing between: `12/5/2017`, `53/49`, `10-15`, `8:30`.
struct Chain {
    numbers: usize,
    /// The atom after it.
    end: usize,
}

fn chain(atoms: Text<'_>, at: usize) -> Chain {
    if atoms.kind(at) != Some(AtomKind::Digits) {
        return Chain { numbers: 1, end: read(atoms, at).map_or(at + 1, |term| term.end) };
    }
    let mut chain = Chain { numbers: 0, end: at };
    loop {
        chain.numbers += 1;
        let valid = number::number(&atoms, chain.end);
        // What is no number is no indicator, nor is what it is joined to.
        if valid.is_err() {
            chain.numbers = usize::MAX / 2;
        }
        chain.end = valid.map_or_else(|end| end, |number| number.end);
        let joined = matches!(atoms.text(chain.end), "/" | "-" | "–" | "—" | ":" | "+" | "_" | "=")
            && atoms.gap(chain.end) == Gap::None
            && atoms.gap(chain.end + 1) == Gap::None
            && atoms.kind(chain.end + 1) == Some(AtomKind::Digits);
        if !joined {
            return chain;
        }
        if matches!(atoms.text(chain.end), ":" | "+" | "_" | "=") {
            chain.numbers += 2;
        }
        chain.end += 1;
    }
}

/// Whether the number at `at` names something, by the word before it or as the next of a list of such numbers.
fn naming(atoms: Text<'_>, at: usize, chain: &Chain, first: Option<&Term>, last: Option<&Last>) -> Option<Naming> {
    if matches!(last, Some(Last::Name { end }) if at == end + 1 && matches!(atoms.lower(*end), "," | "và")) {
        return Some(Naming::List);
    }
    let number = first?.number;
    let whole = (chain.numbers == 1 && number.value.is_integer()).then(|| number.value.to_u32()).flatten();
    context::naming(&atoms, at, whole, number.year)
}

/// Whether a number may begin at `at`: not inside a code, an address or a clock time.
fn begins(atoms: Text<'_>, at: usize) -> bool {
    if at == 0 || atoms.gap(at) != Gap::None {
        return true;
    }
    let glued = |i: usize| i > 0 && atoms.gap(i) == Gap::None;
    let before = at - 1;
    match atoms.text(before) {
        "(" | "[" | "“" | "”" | "\"" | "‘" | "'" | "«" | ":" | ";" | "…" | ">" | "<" | "~" | "≈" | "≥" | "≤" | "$"
        | "€" | "£" => true,
        // `thu,25 người`; `Tr.4` is a page
        "," | "." => !glued(before) || atoms.lower(before - 1) == atoms.text(before - 1),
        // A bullet or the sign of a number, not `Covid-19`.
        "-" | "–" | "—" | "+" => !(glued(before) || before > 0 && atoms.lower(before - 1) == "covid"),
        // `359 ý kiến/577 nội dung`, not `NQ/12`
        "/" => {
            glued(before)
                && atoms.kind(before - 1) == Some(AtomKind::Letters)
                && atoms.lower(before - 1) == atoms.text(before - 1)
        }
        // A blank left out: `đạt100%`
        _ => context::joined(&atoms, at) || sign_before(atoms, at).is_some(),
    }
}

/// Whether a number begins at `at`.
pub(super) fn starts(atoms: Text<'_>, at: usize) -> bool {
    atoms.kind(at) == Some(AtomKind::Digits) || atoms.spelled && words::begins(&atoms, at)
}

/// The number with its magnitudes that begins at `at`, in digits or in words.
fn read(atoms: Text<'_>, at: usize) -> Option<Term> {
    if atoms.kind(at) == Some(AtomKind::Digits) {
        return term(&atoms, at).ok();
    }
    words::spelled(&atoms, at, false).map(Term::spelled)
}

/// The numbers at `at`, of which `first` is the first one, with their unit.
fn expression<'a>(atoms: Text<'a>, at: usize, first: Term) -> Option<Expression<'a>> {
    if let Some(pair) = pair(atoms, first) {
        return Some(pair);
    }
    // `hai phần ba số xã`: a share of what is not counted.
    if atoms.kind(at) == Some(AtomKind::Letters) && atoms.lower(first.end) == "phần" && starts(atoms, first.end + 1) {
        return None;
    }
    let unit = unit_of(atoms, &first, at)?;
    if let Some(range) = range_with_units(atoms, &first, &unit) {
        return Some(range);
    }
    let value = if indivisible(&unit) { first.grouped() } else { None }.or_else(|| first.value())?;
    Some(Expression { value, of: None, upper: None, unit, digits: first.end, tail: first.tail, first })
}

/// Whether it comes in whole pieces, so that `1,246` of it is more than a thousand.
fn indivisible(unit: &Unit<'_>) -> bool {
    unit.is_count() || unit.class == Class::Money && unit.same_measure(&Unit::dong(0))
}

/// The unit after a term, and money of which only the magnitude or the sign is printed.
fn unit_of<'a>(atoms: Text<'a>, term: &Term, at: usize) -> Option<Unit<'a>> {
    let found = unit(atoms, term.end);
    if let Some(unit) = found.filter(|unit| unit.class != Class::None) {
        return (unit.class != Class::Time).then_some(unit);
    }
    let glued = atoms.gap(term.end) == Gap::None && atoms.kind(term.end) == Some(AtomKind::Letters);
    if let Some(sign) = sign_before(atoms, at).filter(|_| !glued) {
        return Unit::sign(atoms, sign, term.end);
    }
    let magnitude = atoms.lower(term.end.saturating_sub(1));
    let money = match magnitude {
        _ if !term.scaled || glued => false,
        "tỷ" | "tỉ" => true,
        // `1,5 triệu` of something unknown is no money.
        "triệu" | "tr" | "rưỡi" => found.is_some() || atoms.kind(term.end) != Some(AtomKind::Letters),
        _ => atoms.lower(term.end) == "/",
    };
    money.then(|| Unit::dong(term.end))
}

/// A sign of money right before the number.
fn sign_before(atoms: Text<'_>, at: usize) -> Option<usize> {
    let sign = at.checked_sub(1)?;
    (atoms.gap(at) == Gap::None && Unit::sign(atoms, sign, at).is_some()).then_some(sign)
}

/// Two numbers with one unit: a ratio (`53/49 nhiệm vụ`) or a range (`10-15%`, `từ 5 đến 7 triệu đồng`).
fn pair<'a>(atoms: Text<'a>, first: Term) -> Option<Expression<'a>> {
    let sign = first.end;
    let spelled = atoms.kind(first.end - 1) == Some(AtomKind::Letters) && !first.scaled;
    let (ratio, at) = match atoms.lower(sign) {
        "/" => (true, sign + 1),
        // `hai phần ba số xã`
        "phần" if spelled => (true, sign + 1),
        "-" | "–" | "—" | "~" | "đến" | "tới" => (false, sign + 1),
        _ => return None,
    };
    // `8 - 9%` has blanks on both sides or on none.
    let even = (atoms.gap(sign) == Gap::None) == (atoms.gap(at) == Gap::None);
    let same = atoms.kind(at) == atoms.kind(first.end - 1) || first.scaled;
    if !even || atoms.gap(sign) > Gap::Blank || atoms.gap(at) > Gap::Line || !(same && starts(atoms, at)) {
        return None;
    }
    let second = read(atoms, at)?;
    if second.number.year && first.number.year {
        return None;
    }
    let unit = unit_of(atoms, &second, at)?;
    // The magnitude of the second holds for the first: `48,7/92,5 tỷ đồng`.
    let first = if first.scaled { first } else { Term { factor: second.factor, ..first } };
    let mut low = first.value()?;
    let mut high = second.value()?;
    if let (true, Some(value)) = (indivisible(&unit) && !second.scaled, first.number.grouped) {
        low = value;
    }
    if let (true, Some(value)) = (indivisible(&unit), second.grouped()) {
        high = value;
    }
    if !ratio && low >= high || ratio && high.is_zero() {
        return None;
    }
    let (of, upper) = if ratio { (Some(high), None) } else { (None, Some(high)) };
    Some(Expression { value: low, of, upper, unit, digits: second.end, tail: second.tail, first })
}

/// A range that prints its unit twice: `từ 5% đến 7%`, `300.000 đồng - 500.000 đồng`.
fn range_with_units<'a>(atoms: Text<'a>, first: &Term, unit: &Unit<'a>) -> Option<Expression<'a>> {
    let sign = unit.end;
    let joined = matches!(atoms.lower(sign), "-" | "–" | "—" | "đến" | "tới");
    if !joined || unit.end == first.end || atoms.gap(sign) > Gap::Blank || atoms.gap(sign + 1) > Gap::Line {
        return None;
    }
    let second = starts(atoms, sign + 1).then(|| read(atoms, sign + 1)).flatten()?;
    let last = unit_of(atoms, &second, sign + 1).filter(|last| last.same_measure(unit))?;
    let (low, high) = (first.value()?, second.value()?);
    let range = Expression {
        value: low,
        of: None,
        upper: Some(high),
        unit: last,
        digits: second.end,
        tail: second.tail,
        first: *first,
    };
    (low < high).then_some(range)
}

/// Whether two numbers are a day and a month, by the word before them.
fn is_day(atoms: Text<'_>, at: usize, day: Decimal, month: Option<Decimal>) -> bool {
    let within =
        |value: Decimal, most: u32| value.is_integer() && value >= Decimal::ONE && value <= Decimal::from(most);
    within(day, 31) && month.is_some_and(|month| within(month, 12)) && context::is_day(&atoms, at)
}

/// Whether a ratio is a part of something not counted (`hơn 2/3 đại biểu`) or the scale of a map.
fn is_fraction(atoms: Text<'_>, at: usize, start: usize, value: Decimal) -> bool {
    let scale = at > 1 && value == Decimal::ONE && atoms.lower(at - 1) == "lệ";
    scale || start < at && value < Decimal::TEN && value.is_integer()
}

/// Whether the number led in at `start` says the same again as the indicator that ends at `end`: `2.318 người (23,8%)`,
/// or goes on with it: `3,5% về lượng và 5,7% về giá trị`, `giảm 5 vụ và 11,2 ha`.
fn continues(atoms: Text<'_>, end: usize, start: usize, unit: &Unit<'_>) -> bool {
    let near = |most: usize| start > end && start - end <= most;
    let again = atoms.text(end) == "(" && near(4) && (end + 1..start).all(|i| context::again(&atoms, i));
    let on = atoms.lower(end) == "về" && near(6) && matches!(atoms.lower(start - 1), "và" | ",");
    // Behind a comma only where the list ends with it: `giảm 29 phòng, 41 cấp phó.`
    let ends = matches!(atoms.text(unit.end), "." | ";") || atoms.lower(unit.end) == "so";
    let listed = start == end + 1
        && unit.class != Class::Share
        && atoms.text(end - 1) != "%"
        && (atoms.lower(end) == "và" || atoms.text(end) == "," && ends);
    again || on || listed
}

fn round(value: Decimal) -> bool {
    (value % Decimal::TEN).is_zero()
}
