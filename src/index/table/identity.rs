//! Telling things of one name apart: documents with one code, people with one name.
//!
//! Each article gives clues: places, a date of issue, a body that is the only one of its name. Articles whose clues agree
//! mean the same; those whose clues contradict do not; those that give none are given to the only one that they can
//! mean. What remains is said to be unclear.

use serde::Serialize;

use crate::extract::Level;
use crate::index::schema;
use crate::names::names;

/// How it is known which document or person an article means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Known {
    /// The article says so: it prints a place, a date or a body.
    Told,
    /// The article prints none with the name, but it names the place elsewhere, or its site means this one elsewhere.
    Likely,
    /// There is only one of that name that it can mean.
    Only,
    /// It can mean several.
    Unclear,
}

names! {
    Known { Told => "told", Likely => "likely", Only => "only", Unclear => "unclear" }
}

/// A place by its name alone, and the level of its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) level: Option<Level>,
    pub(crate) key: String,
}

impl Place {
    /// `None` for a place without a name, such as `toàn tỉnh`.
    pub(crate) fn new(printed: &str, level: Option<Level>) -> Option<Self> {
        const LEVELS: [(&str, Option<Level>); 12] = [
            ("tỉnh ", Some(Level::Province)),
            // A city may be one under the centre or one of a province.
            ("thành phố ", None),
            ("tp. ", None),
            ("tp ", None),
            ("tp.", None),
            ("huyện ", Some(Level::District)),
            ("quận ", Some(Level::District)),
            ("thị xã ", Some(Level::District)),
            ("xã ", Some(Level::Commune)),
            ("phường ", Some(Level::Commune)),
            ("thị trấn ", Some(Level::Commune)),
            ("đặc khu ", Some(Level::Commune)),
        ];
        const NAMELESS: [&str; 9] =
            ["tỉnh", "huyện", "xã", "phường", "quận", "thị xã", "thị trấn", "thành phố", "cả nước"];
        let key = schema::unit_key(printed);
        if NAMELESS.contains(&key.as_str()) || key.starts_with("toàn ") || key.starts_with("cả ") || key.is_empty() {
            return None;
        }
        let found = LEVELS.iter().find_map(|(word, level)| Some((key.strip_prefix(word)?, *level)));
        let (name, own) = found.unwrap_or((&key, None));
        Some(Self { level: own.or(level), key: name.to_owned() })
    }

    fn is(&self, other: &Self) -> bool {
        self.key == other.key && (self.level == other.level || self.level.is_none() || other.level.is_none())
    }
}

/// What an article tells of the one that it means.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clue {
    pub(crate) places: Vec<Place>,
    /// First and last day that its date of issue covers.
    pub(crate) days: Option<(i32, i32)>,
    /// Things that only one can have.
    pub(crate) marks: Vec<String>,
}

impl Clue {
    fn strength(&self) -> u8 {
        let anchored = !self.places.is_empty() || !self.marks.is_empty();
        2 * u8::from(anchored) + u8::from(self.days.is_some())
    }

    /// Whether the two cannot be one.
    pub(crate) fn contradicts(&self, other: &Self) -> bool {
        let elsewhere = self.places.iter().any(|place| {
            let mut there = other.places.iter().filter(|there| there.level == place.level).peekable();
            there.peek().is_some() && !there.any(|there| there.key == place.key)
        });
        elsewhere || self.is_of_another_time(other)
    }

    fn is_of_another_time(&self, other: &Self) -> bool {
        let (Some(one), Some(two)) = (self.days, other.days) else { return false };
        // One body gives a number once a year: another day in the same year is a slip of the press. Where it is not
        // known that the bodies are one, another day means another document.
        let slack = if self.shares_a_place(other) { SAME_NUMBERING } else { 0 };
        one.1 + slack < two.0 || two.1 + slack < one.0
    }

    fn shares_a_place(&self, other: &Self) -> bool {
        self.places.iter().any(|place| other.places.iter().any(|there| place.is(there)))
            || self.marks.iter().any(|mark| other.marks.contains(mark))
    }

    /// Whether something says that the two are one.
    fn agrees(&self, other: &Self) -> bool {
        let same_days = match (self.days, other.days) {
            (Some(one), Some(two)) => {
                let short = (one.1 - one.0).min(two.1 - two.0) <= 31;
                short && one.0 <= two.1 && two.0 <= one.1
            }
            _ => false,
        };
        same_days || self.shares_a_place(other)
    }

    pub(crate) fn take(&mut self, other: &Self) {
        for place in &other.places {
            if !self.places.contains(place) {
                self.places.push(place.clone());
            }
        }
        for mark in &other.marks {
            if !self.marks.contains(mark) {
                self.marks.push(mark.clone());
            }
        }
        let length = |days: Option<(i32, i32)>| days.map_or(i32::MAX, |(from, to)| to - from);
        if length(other.days) < length(self.days) {
            self.days = other.days;
        }
    }
}

/// Days by which the dates of one document may differ in print.
const SAME_NUMBERING: i32 = 183;

/// What one article says, as far as it tells who is meant.
pub(crate) struct Witness {
    pub(crate) clue: Clue,
    /// Places that the article names beside.
    pub(crate) around: Clue,
    pub(crate) source: Option<String>,
}

/// Which one a witness means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) known: Known,
    /// The one that is meant; several where that is unclear.
    pub(crate) of: Vec<usize>,
}

/// One of those told apart.
#[derive(Default)]
pub(crate) struct Cluster {
    pub(crate) clue: Clue,
    sources: Vec<String>,
}

/// Tells which of several each witness means. `reads` tells whether the article of a witness has a name in its text.
///
/// Takes time in proportion to the number of witnesses times that of those told apart.
pub(crate) fn settle(
    witnesses: &[Witness],
    mut reads: impl FnMut(usize, &str) -> bool,
) -> (Vec<Cluster>, Vec<Verdict>) {
    let mut clusters: Vec<Cluster> = Vec::new();
    let nothing = || Verdict { known: Known::Unclear, of: Vec::new() };
    let mut verdicts: Vec<Verdict> = witnesses.iter().map(|_| nothing()).collect();
    let mut order: Vec<usize> = (0..witnesses.len()).collect();
    // Who says most is heard first.
    order.sort_by_key(|at| std::cmp::Reverse(witnesses[*at].clue.strength()));
    for at in order {
        let Witness { clue, around, source } = &witnesses[at];
        let possible: Vec<usize> =
            (0..clusters.len()).filter(|which| !clusters[*which].clue.contradicts(clue)).collect();
        let agreeing: Vec<usize> =
            possible.iter().copied().filter(|which| clusters[*which].clue.agrees(clue)).collect();
        let anchored = clue.strength() >= 2;
        let (known, of) = match (&agreeing[..], &possible[..]) {
            ([one], _) => (Known::Told, vec![*one]),
            // A place that nobody named yet, or the first of all.
            ([], _) if anchored || clusters.is_empty() => {
                clusters.push(Cluster::default());
                let known = if clue.strength() == 0 { Known::Only } else { Known::Told };
                (known, vec![clusters.len() - 1])
            }
            // A date that contradicts all of them.
            ([], []) => {
                clusters.push(Cluster::default());
                (Known::Told, vec![clusters.len() - 1])
            }
            (agreeing, possible) => {
                let among = if agreeing.is_empty() { possible } else { agreeing };
                let named: Vec<usize> = among
                    .iter()
                    .copied()
                    .filter(|which| clusters[*which].clue.places.iter().any(|place| reads(at, &place.key)))
                    .collect();
                let of_the_site =
                    |which: &usize| source.as_ref().is_some_and(|source| clusters[*which].sources.contains(source));
                let at_home: Vec<usize> = among.iter().copied().filter(of_the_site).collect();
                match (&named[..], &at_home[..], among) {
                    ([one], ..) | ([], [one], _) => (Known::Likely, vec![*one]),
                    ([], _, [one]) if !clusters[*one].clue.contradicts(around) => (Known::Only, vec![*one]),
                    _ => (Known::Unclear, among.to_vec()),
                }
            }
        };
        if known != Known::Unclear {
            let cluster = &mut clusters[of[0]];
            cluster.clue.take(clue);
            // Only what is told says anything of a site.
            if known == Known::Told && anchored {
                cluster.sources.extend(source.iter().cloned());
            }
        }
        verdicts[at] = Verdict { known, of };
    }
    (clusters, verdicts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn witness(place: &str, days: Option<i32>, source: &str) -> Witness {
        let places = Place::new(place, Some(Level::Province)).into_iter().collect();
        let clue = Clue { places, days: days.map(|day| (day, day)), marks: Vec::new() };
        Witness { clue, around: Clue::default(), source: Some(source.to_owned()) }
    }

    fn of(witnesses: &[Witness]) -> Vec<(Known, Vec<usize>)> {
        settle(witnesses, |_, _| false).1.into_iter().map(|verdict| (verdict.known, verdict.of)).collect()
    }

    #[test]
    fn places_tell_apart_and_dates_join() {
        let verdicts = of(&[
            witness("tỉnh Hòa Thành", Some(100), "a"),
            witness("Sơn Bình", Some(900), "b"),
            witness("", Some(900), "c"),
            witness("Hòa Thành", None, "d"),
            witness("", None, "a"),
            witness("", None, "e"),
            witness("", Some(500), "e"),
        ]);
        let told = |which: usize| (Known::Told, vec![which]);
        assert_eq!(verdicts[..4], [told(0), told(1), told(1), told(0)]);
        assert_eq!(verdicts[4], (Known::Likely, vec![0]), "the site of the first");
        assert_eq!(verdicts[6], told(2), "a date that neither has");
        assert_eq!(verdicts[5], (Known::Unclear, vec![0, 1, 2]));
    }

    #[test]
    fn who_says_nothing_means_the_only_one_unless_the_article_is_of_elsewhere() {
        let mut elsewhere = witness("", None, "c");
        elsewhere.around.places.extend(Place::new("tỉnh Sơn Bình", None));
        let verdicts = of(&[witness("tỉnh Hòa Thành", None, "a"), witness("", None, "b"), elsewhere]);
        assert_eq!(verdicts[1], (Known::Only, vec![0]));
        assert_eq!(verdicts[2], (Known::Unclear, vec![0]));
    }

    #[test]
    fn another_day_of_the_same_year_is_a_slip_where_the_place_is_the_same() {
        let verdicts = of(&[
            witness("Hòa Thành", Some(100), "a"),
            witness("Hòa Thành", Some(101), "a"),
            witness("Hòa Thành", Some(900), "a"),
        ]);
        assert_eq!(verdicts[1].1, [0]);
        assert_eq!(verdicts[2].1, [1]);
    }

    #[test]
    fn places_without_a_name_tell_nothing() {
        assert_eq!(Place::new("toàn tỉnh", None), None);
        assert_eq!(Place::new("Huyện Bắc  Lũng", None).unwrap().key, "bắc lũng");
        assert_eq!(Place::new("huyện", None), None);
    }
}
