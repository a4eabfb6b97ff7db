//! How often something occurs, period by period.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;
use serde::Serialize;
use tantivy::DocAddress;

use crate::date::{DateValue, PartialDate};
use crate::error::Error;
use crate::index::NewsIndex;
use crate::index::query::Query;
use crate::index::query::condition::FactQuery;
use crate::index::search::compile;
use crate::index::store::schema::{self, column};
use crate::index::table::groups::{Forms, Values, When};
use crate::index::table::period::{Period, Slot};
use crate::index::table::sweep::{Copies, FactRow, Sweep};

/// How often something occurs in each period, from the first to the last in which it does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Timeline {
    /// The unit of the figures that are counted; `None` where none are.
    pub unit: Option<String>,
    /// The periods in order of time. Those in between in which nothing occurs are there too, with a count of 0 and no
    /// values, unless that makes more than ten thousand: then one date is far off, and there are only the others.
    pub points: Vec<Point>,
    /// How many have no date, or one that lies in no single period, such as a whole year on a timeline of months.
    pub unplaced: usize,
}

/// A period, and what occurs in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Point {
    /// The period.
    pub slot: Slot,
    /// How many articles or facts, whichever the timeline is one of.
    pub count: usize,
    /// How many articles they are, or are stated in.
    pub articles: usize,
    /// What the figures come to.
    pub values: Option<Values>,
}

/// More periods than any reader looks at: a day each for 27 years.
const MOST_POINTS: usize = 10_000;

#[derive(Clone, Debug, Default)]
struct Gathered {
    count: usize,
    articles: usize,
    last_article: String,
    values: Vec<Decimal>,
}

/// Puts facts on timelines, one for each unit, for callers who choose the rows themselves; else there is
/// [`NewsIndex::fact_timelines`].
#[derive(Clone, Debug)]
pub struct Timelines {
    period: Period,
    when: When,
    series: HashMap<Option<String>, Series>,
}

#[derive(Clone, Debug, Default)]
struct Series {
    unit: Forms,
    slots: BTreeMap<Slot, Gathered>,
    count: usize,
    unplaced: usize,
}

impl Timelines {
    /// Timelines of periods of this length.
    #[must_use]
    pub fn new(period: Period, when: When) -> Self {
        Self { period, when, series: HashMap::new() }
    }

    /// Adds a fact. Rows of one article come one after the other, as [`NewsIndex::fact_rows`] gives them.
    pub fn add(&mut self, row: &FactRow) {
        let indicator = row.indicator();
        let unit = indicator.map(|indicator| schema::unit_key(&indicator.unit));
        let series = self.series.entry(unit).or_default();
        series.count += 1;
        if let Some(indicator) = indicator {
            series.unit.add(&indicator.unit);
        }
        let Some(slot) = self.when.of(row).and_then(|date| self.period.slot(date)) else {
            series.unplaced += 1;
            return;
        };
        let gathered = series.slots.entry(slot).or_default();
        gathered.count += 1;
        if gathered.articles == 0 || gathered.last_article != row.article().id() {
            gathered.articles += 1;
            row.article().id().clone_into(&mut gathered.last_article);
        }
        gathered.values.extend(indicator.map(|indicator| indicator.value));
    }

    /// The timelines, the one with most facts first.
    #[must_use]
    pub fn finish(self) -> Vec<Timeline> {
        let mut all: Vec<(usize, Timeline)> = self
            .series
            .into_values()
            .map(|series| {
                let unit = series.unit.most().map(str::to_owned);
                (series.count, Timeline { unit, points: points(series.slots), unplaced: series.unplaced })
            })
            .collect();
        all.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.unit.cmp(&other.unit)));
        all.into_iter().map(|(_, timeline)| timeline).collect()
    }
}

/// With the periods in between.
fn points(slots: BTreeMap<Slot, Gathered>) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::with_capacity(slots.len());
    let mut gaps: Vec<Point> = Vec::new();
    for (slot, gathered) in slots {
        let mut next = points.last().and_then(|point| point.slot.next());
        while let Some(gap) = next.filter(|gap| *gap < slot && gaps.len() <= MOST_POINTS) {
            gaps.push(Point { slot: gap, count: 0, articles: 0, values: None });
            next = gap.next();
        }
        let Gathered { count, articles, values, .. } = gathered;
        points.push(Point { slot, count, articles, values: Values::of(values) });
    }
    if points.len() + gaps.len() <= MOST_POINTS {
        points.append(&mut gaps);
        points.sort_by_key(|point| point.slot);
    }
    points
}

/// A timeline of articles by their dates.
pub(crate) fn of_dates(dates: impl Iterator<Item = Option<PartialDate>>, period: Period) -> Timeline {
    let mut slots: BTreeMap<Slot, Gathered> = BTreeMap::new();
    let mut unplaced = 0;
    for date in dates {
        match date.and_then(|date| period.slot(DateValue::from(date))) {
            Some(slot) => {
                let gathered = slots.entry(slot).or_default();
                gathered.count += 1;
                gathered.articles += 1;
            }
            None => unplaced += 1,
        }
    }
    Timeline { unit: None, points: points(slots), unplaced }
}

impl NewsIndex {
    /// How many articles that `query` finds were published in each period.
    ///
    /// Reads columns only, but for articles that were published on the first day of a month, whose date may be one of a
    /// month or a year alone.
    ///
    /// # Errors
    ///
    /// [`Error::is_io`] or [`Error::is_index`] if the index cannot be read.
    ///
    /// ```
    /// use thoisu::index::{Copies, NewsIndex, Period, Query};
    /// use thoisu::{Analyzer, Article};
    ///
    /// let index = NewsIndex::in_ram(Analyzer::new())?;
    /// let mut writer = index.writer()?;
    /// for (id, date) in [("a1", "2021-03-02"), ("a2", "2021-03-20"), ("a3", "2021-05-01")] {
    ///     let mut article = Article::from_text("Xã tổ chức đối thoại.");
    ///     (article.id, article.published) = (Some(id.to_owned()), Some(date.parse()?));
    ///     writer.add(&article)?;
    /// }
    /// writer.commit()?;
    ///
    /// let timeline = index.timeline(&Query::parse("đối thoại")?, Period::Month, Copies::Once)?;
    /// let points: Vec<_> = timeline.points.iter().map(|point| (point.slot.to_string(), point.count)).collect();
    /// assert_eq!(points, [("2021-03".into(), 2), ("2021-04".into(), 0), ("2021-05".into(), 1)]);
    /// # Ok::<(), thoisu::Error>(())
    /// ```
    pub fn timeline(&self, query: &Query, period: Period, copies: Copies) -> Result<Timeline, Error> {
        let index = self.at_one_commit();
        let mut sweep = Sweep::new(&index, compile::found(&index, query), false, copies)?;
        let mut dates = Vec::new();
        while let Some((address, _)) = sweep.next_place()? {
            dates.push(self.publication(&sweep, address, period)?);
        }
        Ok(of_dates(dates.into_iter(), period))
    }

    /// When an article was published, as precisely as `period` needs to know.
    fn publication(&self, sweep: &Sweep, address: DocAddress, period: Period) -> Result<Option<PartialDate>, Error> {
        let days = sweep.segment_reader(address.segment_ord).fast_fields().i64(column::PUBLISHED);
        let Some(day) = days.map_err(|error| self.failed(error))?.first(address.doc_id) else { return Ok(None) };
        let Some(date) = i32::try_from(day).ok().and_then(PartialDate::from_epoch_day) else { return Ok(None) };
        let (month, day) = date.month_day().unwrap_or((1, 1));
        // The column has the first day of what is printed.
        let sure = match period {
            Period::Day | Period::Week => day != 1,
            Period::Month => day != 1 || (month - 1) % 3 != 0,
            Period::Quarter => day != 1 || month != 1,
            Period::Year => true,
        };
        if sure { Ok(Some(date)) } else { sweep.published(address) }
    }

    /// How many facts that `query` finds lie in each period, and what their figures come to: one timeline for each unit
    /// and one for the facts without, the one with most facts first.
    ///
    /// How often a document is cited: [`FactQuery::code`] and [`When::Published`].
    ///
    /// # Errors
    ///
    /// [`Error::is_io`] or [`Error::is_index`] if the index cannot be read.
    pub fn fact_timelines(
        &self,
        query: &FactQuery,
        period: Period,
        when: When,
        copies: Copies,
    ) -> Result<Vec<Timeline>, Error> {
        let mut timelines = Timelines::new(period, when);
        for row in self.fact_rows(query, copies)? {
            timelines.add(&row?);
        }
        Ok(timelines.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slots(period: Period, days: &[&str]) -> BTreeMap<Slot, Gathered> {
        let slot =
            |day: &&str| (period.slot(day.parse().unwrap()).unwrap(), Gathered { count: 1, ..Gathered::default() });
        days.iter().map(slot).collect()
    }

    #[test]
    fn gaps_are_filled() {
        let points = points(slots(Period::Month, &["2020-11-30", "2021-02-01", "2021-03-01"]));
        let points: Vec<_> = points.iter().map(|point| (point.slot.to_string(), point.count)).collect();
        let expected = [("2020-11", 1), ("2020-12", 0), ("2021-01", 0), ("2021-02", 1), ("2021-03", 1)];
        assert_eq!(points, expected.map(|(slot, count)| (slot.to_owned(), count)));
    }

    #[test]
    fn a_date_far_off_does_not_make_a_million_gaps() {
        let points = points(slots(Period::Day, &["0201-05-04", "2021-05-04", "2021-05-06"]));
        assert_eq!(points.len(), 3);
        assert!(points.is_sorted_by_key(|point| point.slot));
    }
}
