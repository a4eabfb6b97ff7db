//! Numbers that measure something: counts, money, areas, shares, rates of fulfilment.
//!
//! A number is an indicator when a unit follows it: a measure of `units.tsv` or a noun that administrative news
//! counts, of `nouns.tsv`. Everything else that prints digits (dates, clock times, codes, phone numbers, list numbers)
//! has no such unit, lies in a fact that another rule found, or follows a word that it names with (`ordinals.tsv`).
//!
//! A figure is read in two steps: by itself (`quantity`), and then by the words behind it (`counted`), the figures before
//! it (`part`) and its sentence (`setting`).

mod context;
mod counted;
mod explain;
pub(in crate::extract) mod number;
pub(in crate::extract) mod part;
mod quantity;
mod setting;
mod taken;
mod unit;
mod words;

use std::sync::Arc;

use self::counted::{Bounds, OnDemand};
use self::part::Parts;
use self::quantity::{Last, Quantity, Skipped, quantity, starts};
use self::setting::Setting;
use self::taken::Taken;
use self::unit::{Text, Units};
pub use self::words::number;
use super::{Evidence, Fact, FactKind, Rule, Tables};
use crate::segment::Document;

/// Finds indicators: numbers with what they measure.
///
/// A number counts with its magnitudes (`1 tỷ 756 triệu`), as a ratio (`53/49`), as a range (`từ 5 đến 7`) and with the
/// words around it that qualify it, say that it is a change, or name what it is measured by. Parts of dates, of documents
/// and of the page around the article are none; that is known from the rules that run before.
///
/// ```
/// use thoisu::extract::{Change, Qualifier};
/// use thoisu::{Analyzer, Article, FactKind};
///
/// let article = Article::from_text("Thu nhập bình quân đạt hơn 52,5 triệu đồng/người/năm, tăng 3,2% so với cùng kỳ.");
/// let analyzer = Analyzer::new();
/// let facts = analyzer.facts(&analyzer.document(&article));
/// let FactKind::Indicator(income) = &facts[0].kind else { panic!("no indicator") };
/// assert_eq!((income.value, income.unit.as_str()), (52_500_000.into(), "VND"));
/// assert_eq!((income.qualifier, &income.per[..]), (Qualifier::Over, &["người".to_owned(), "năm".to_owned()][..]));
/// let FactKind::Indicator(growth) = &facts[1].kind else { panic!("no indicator") };
/// assert_eq!((growth.value.to_string().as_str(), growth.change), ("3.2", Some(Change::Up)));
/// assert_eq!(growth.compared_with.as_deref(), Some("cùng kỳ"));
/// ```
#[derive(Clone, Debug)]
pub struct IndicatorRule {
    tables: Tables,
    units: Arc<Units>,
    bounds: Arc<Bounds>,
    spelled: bool,
}

impl IndicatorRule {
    /// With the words of these tables. Built-in words are read once and shared; where rows were added, they are read anew.
    #[must_use]
    pub fn new(tables: &Tables) -> Self {
        Self { tables: tables.clone(), units: Units::new(tables), bounds: Bounds::new(tables), spelled: false }
    }

    /// Whether to find numbers in words too, where they count something: `ba xã`, `hai mươi mốt hộ`. They are left out
    /// unless one asks, since most of them are no statistics: `hai bên`, `ba con`.
    ///
    /// The rule leaves alone what it has found before, so it can be added behind the built-in one:
    ///
    /// ```
    /// use thoisu::extract::{FactKind, IndicatorRule, Tables};
    /// use thoisu::{Analyzer, Article};
    ///
    /// let spelled = IndicatorRule::new(&Tables::new()).spelled(true);
    /// let analyzer = Analyzer::builder().rule(spelled).build();
    /// let article = Article::from_text("Xã hỗ trợ 15 con bò cho hai mươi mốt hộ nghèo.");
    /// let facts = analyzer.facts(&analyzer.document(&article));
    /// assert_eq!(facts.len(), 2);
    /// let FactKind::Indicator(households) = &facts[1].kind else { panic!("no indicator") };
    /// assert_eq!(households.value, 21.into());
    /// assert_eq!(&article.text[facts[1].span.range()], "hai mươi mốt hộ nghèo");
    /// ```
    #[must_use]
    pub fn spelled(mut self, spelled: bool) -> Self {
        self.spelled = spelled;
        self
    }

    fn text<'a>(&'a self, document: &'a Document<'_>) -> Text<'a> {
        Text { atoms: document.atoms(), units: &self.units, spelled: self.spelled }
    }

    /// The indicators by themselves, in the order of the text.
    fn quantities<'a>(&'a self, document: &'a Document<'_>, taken: &Taken) -> Vec<Quantity<'a>> {
        let atoms = self.text(document);
        let mut found = Vec::new();
        let mut last: Option<Last> = None;
        let mut at = 0;
        while at < atoms.len() {
            if !starts(atoms, at) {
                at += 1;
                continue;
            }
            let quantity = match quantity(atoms, at, last.as_ref()) {
                Ok(quantity) => quantity,
                Err(Skipped { end, listed }) => {
                    last = listed.then_some(Last::Name { end });
                    at = end;
                    continue;
                }
            };
            at = quantity.end;
            // `1$68`: the sign is that of the first one.
            let shared = found.last().is_some_and(|last: &Quantity<'_>| quantity.start < last.end);
            if shared || taken.holds(document.span(quantity.start..quantity.digits)) {
                continue;
            }
            last = Some(Last::Value { end: quantity.end, change: quantity.indicator.change });
            found.push(quantity);
        }
        found
    }
}

impl Rule for IndicatorRule {
    fn name(&self) -> &'static str {
        "indicator"
    }

    fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>) {
        let mut found = self.quantities(document, &Taken::new(document, facts));
        if found.is_empty() {
            return;
        }
        let atoms = self.text(document);
        let mut setting = Setting::new(document, facts);
        let mut parts = Parts::default();
        let defined = OnDemand::new(document);
        let first = facts.len();
        let mut opening = None;
        for i in 0..found.len() {
            let quantity = &mut found[i];
            let mut indicator = std::mem::take(&mut quantity.indicator);
            let after = self.bounds.complete(atoms, &quantity.unit, quantity.end, &defined, &mut indicator);
            let span = document.span(quantity.start..quantity.end);
            let sentence = setting.advance(quantity.start);
            indicator.period = setting.period(quantity, span, after);
            indicator.place = setting.place(quantity, after);
            // `So với cùng kỳ, thu tăng 8,4%, chi giảm 2%`
            if quantity.start == sentence.start || i == 0 || found[i - 1].start < sentence.start {
                opening = self.bounds.base(atoms, sentence.start, false).filter(|base| atoms.text(base.1) == ",");
            }
            if let (Some(base), true) = (opening, indicator.change.is_some() && indicator.compared_with.is_none()) {
                indicator.compared_with = Some(super::phrases::one_line(atoms.slice(base.0..base.1)));
            }
            found[i].indicator = indicator;
            found[i].indicator.part_of =
                parts.whole(&atoms, &found, i, &sentence).map(|whole| facts[first + whole].span);
            // `tăng 125 hộ (8,4%) so với năm 2019`
            if found[i].again
                && let Some(FactKind::Indicator(before)) = facts.last_mut().map(|fact| &mut fact.kind)
                && before.compared_with.is_none()
            {
                before.compared_with.clone_from(&found[i].indicator.compared_with);
            }
            facts.push(Fact { span, kind: FactKind::Indicator(found[i].indicator.clone()) });
        }
    }

    fn explain(&self, document: &Document<'_>, fact: &Fact) -> Vec<Evidence> {
        let atoms = self.text(document);
        let own = document.atoms_of(fact.span);
        // The number may stand behind a sign of money.
        let found = (own.start..own.end).find(|&at| starts(atoms, at)).and_then(|at| quantity(atoms, at, None).ok());
        found.map_or_else(Vec::new, |quantity| self.evidence(atoms, &OnDemand::new(document), &quantity))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, Article};

    /// The values and units of the numbers in words.
    fn spelled(text: &str) -> Vec<(String, String)> {
        let article = Article::from_text(text);
        let rule = IndicatorRule::new(&Tables::new()).spelled(true);
        let mut facts = Vec::new();
        rule.find(&Analyzer::new().document(&article), &mut facts);
        let figure = |fact: Fact| match fact.kind {
            FactKind::Indicator(indicator) => Some((indicator.value.to_string(), indicator.unit)),
            _ => None,
        };
        facts.into_iter().filter_map(figure).collect()
    }

    #[test]
    fn numbers_in_words_count_where_a_unit_follows() {
        for (text, value, unit) in [
            ("Huyện có ba xã về đích.", "3", "xã"),
            ("Đã giúp hai mươi mốt hộ nghèo.", "21", "hộ nghèo"),
            ("Trường có một trăm linh hai học sinh.", "102", "học sinh"),
            ("Thu ba phẩy năm triệu đồng.", "3500000", "VND"),
            ("Mỗi hộ góp nửa triệu đồng.", "500000", "VND"),
            ("Vay hai tỷ rưỡi.", "2500000000", "VND"),
            ("Có năm mươi cán bộ dự.", "50", "cán bộ"),
        ] {
            assert_eq!(spelled(text), [(value.to_owned(), unit.to_owned())], "{text}");
        }
    }

    #[test]
    fn words_that_count_nothing_are_left_alone() {
        for text in [
            "Một xã vùng cao.",
            "Năm công trình ấy.",
            "Thứ ba họp xã.",
            "Trong hai năm qua.",
            "Ba của em.",
            "Không đồng nào.",
        ] {
            assert_eq!(spelled(text), [], "{text}");
        }
    }

    #[test]
    fn what_was_found_before_is_left_alone() {
        let article = Article::from_text("Có 15 xã và ba huyện.");
        let analyzer = Analyzer::builder().rule(IndicatorRule::new(&Tables::new()).spelled(true)).build();
        let facts = analyzer.facts(&analyzer.document(&article));
        let texts: Vec<&str> = facts.iter().map(|fact| &article.text[fact.span.range()]).collect();
        assert_eq!(texts, ["15 xã", "ba huyện"]);
    }

    #[test]
    fn the_rows_behind_a_figure_are_named() {
        let article = Article::from_text("Thu ước tăng 8,4 tỷ đồng, hơn 25 lượt xã NTM.");
        let analyzer = Analyzer::new();
        let rows = |i: usize| -> Vec<String> {
            let explained = analyzer.explain(&analyzer.document(&article));
            explained[i].evidence.iter().map(|row| format!("{}: {}", row.table, row.row.replace('\t', "|"))).collect()
        };
        assert_eq!(
            rows(0),
            [
                "changes.tsv: tăng|up",
                "qualifiers.tsv: ước|about",
                "magnitudes.tsv: tỷ|1000000000",
                "units.tsv: đồng|VND|money"
            ]
        );
        assert_eq!(
            rows(1),
            [
                "qualifiers.tsv: hơn|over",
                "nouns.tsv: lượt|head",
                "nouns.tsv: xã|noun",
                "abbreviations.tsv: NTM|nông thôn mới"
            ]
        );
    }
}
