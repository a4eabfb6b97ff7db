//! Periods: months, quarters, years and spans of years.

use super::grammar::{Expression, Parser, Place, Raw, point};
use crate::segment::{AtomKind, Gap};

impl Parser<'_> {
    /// Months, quarters, years and spans of years.
    pub(super) fn period(&self, at: usize, place: Place) -> Option<Expression> {
        match self.lower(at) {
            "tháng" => {
                let month = self.month(at + 1).filter(|_| !self.goes_on(at + 2) || self.year(at + 3).is_some())?;
                let (end, year) = self.year_after(at + 2);
                // `tháng 12` of `3 tháng 12 ngày` is a duration.
                let counted = at > 0 && self.atoms.kind(at - 1) == Some(AtomKind::Digits);
                (!counted).then(|| point(at..end, Raw::Month { month, year }))
            }
            "quý" | "quí" => {
                let quarter = quarter(self.lower(at + 1))?;
                let (end, year) = self.year_after(at + 2);
                Some(point(at..end, Raw::Quarter { quarter, year }))
            }
            "nhiệm" if self.is(at + 1, "kỳ") => self.years(at, at + 2, true),
            "giai" if self.is(at + 1, "đoạn") => self.years(at, at + 2, true),
            "thời" if self.is(at + 1, "kỳ") => self.years(at, at + 2, true),
            "niên" if matches!(self.lower(at + 1), "khóa" | "độ" | "vụ") => self.years(at, at + 2, true),
            "năm" if self.is(at + 1, "học") => self.years(at, at + 2, true),
            "các" | "những" if self.is(at + 1, "năm") => self.years(at, at + 2, false),
            "cả" | "đầu" | "cuối" | "giữa" | "hết" if self.is(at + 1, "năm") => {
                self.years(at, at + 2, false)
            }
            "năm" => self.years(at, at + 1, false),
            "nửa" if matches!(self.lower(at + 1), "đầu" | "cuối") && self.is(at + 2, "năm") => {
                let (end, year) = self.year_after(at + 2);
                let (first, last) = if self.lower(at + 1) == "đầu" { (1, 6) } else { (7, 12) };
                Some(point(at..end.max(at + 3), Raw::Months { first, last, year }))
            }
            _ => self.months_of_year(at).or_else(|| self.bare(at, place)),
        }
    }

    /// `2016-2020` or `2017` after its word.
    fn years(&self, at: usize, number: usize, span_of_years: bool) -> Option<Expression> {
        let first = self.year(number).filter(|_| self.atoms.gap(number) < Gap::Paragraph)?;
        if (self.dash(number + 1) || matches!(self.lower(number + 1), "/" | "đến"))
            && let Some(last) = self.year(number + 2 + usize::from(self.is(number + 2, "năm")))
            && (first < last && last - first <= 100)
        {
            let end = number + 3 + usize::from(self.is(number + 2, "năm"));
            return Some(Expression {
                end: Some(Raw::Year { year: last }),
                span_of_years,
                ..point(at..end, Raw::Year { year: first })
            });
        }
        (!self.goes_on(number + 1) || self.lower(number + 1) == "-")
            .then(|| Expression { span_of_years, ..point(at..number + 1, Raw::Year { year: first }) })
    }

    /// `9 tháng đầu năm 2021`, `3 tháng cuối năm`, `9 tháng năm 2021`, `sáu tháng đầu năm`.
    fn months_of_year(&self, at: usize) -> Option<Expression> {
        let count = match self.lower(at) {
            "ba" => 3,
            "sáu" => 6,
            "chín" => 9,
            _ => self.month(at)?,
        };
        if !self.is(at + 1, "tháng") {
            return None;
        }
        let (last_months, year_word) = match self.lower(at + 2) {
            "đầu" => (false, at + 3),
            "cuối" => (true, at + 3),
            "của" => (false, at + 3),
            "năm" | "/" => (false, at + 2),
            _ => return None,
        };
        let open = self.lower(at + 2) == "đầu" || last_months;
        if !self.is(year_word, "năm") && self.lower(year_word) != "/" {
            return None;
        }
        let (end, year) = self.year_after(year_word);
        if year.is_none() && !open {
            return None;
        }
        let end = if year.is_some() { end } else { year_word + 1 + usize::from(self.is(year_word + 1, "nay")) };
        let (first, last) = if last_months { (13 - count, 12) } else { (1, count) };
        Some(point(at..end, Raw::Months { first, last, year }))
    }

    /// Numbers without a word: `12/2015`, `2016 - 2020`, `(2016)`, `cùng kỳ 2018`.
    fn bare(&self, at: usize, place: Place) -> Option<Expression> {
        if let Some(month) = self.month(at)
            && self.lower(at + 1) == "/"
            && self.glued(at + 1)
            && self.glued(at + 2)
            && let Some(year) = self.year(at + 2)
            && !self.goes_on(at + 3)
            && (at == 0
                || !matches!(self.lower(at - 1), "số" | "/" | "-" | ":" | "lệ" | "tịch" | "tư" | "định" | "quyết"))
        {
            return Some(point(at..at + 3, Raw::Month { month, year: Some(year) }));
        }
        let year = self.year(at)?;
        if self.dash(at + 1)
            && let Some(last) = self.year(at + 2)
            && (1800..=year + 100).contains(&last)
            && year < last
            && !self.goes_on(at + 3)
        {
            return Some(Expression {
                end: Some(Raw::Year { year: last }),
                span_of_years: true,
                ..point(at..at + 3, Raw::Year { year })
            });
        }
        if self.goes_on(at + 1) || !(1900..2100).contains(&year) {
            return None;
        }
        let before = if at > 0 { self.lower(at - 1) } else { "" };
        let before_that = if at > 1 { self.lower(at - 2) } else { "" };
        let led = match before {
            "kỳ" => before_that == "cùng",
            "với" => before_that == "so",
            "(" => self.lower(at + 1) == ")",
            _ => false,
        };
        // A count would go on with what it counts: `từ 2015 hộ`.
        let counts = self.atoms.kind(at + 1) == Some(AtomKind::Letters) && !matches!(self.lower(at + 1), "đến" | "tới");
        (led || place == Place::Range && !counts || place == Place::AfterDash && !counts)
            .then(|| point(at..at + 1, Raw::Year { year }))
    }
}

fn quarter(word: &str) -> Option<u8> {
    Some(match word {
        "i" | "1" | "một" => 1,
        "ii" | "2" | "hai" => 2,
        "iii" | "3" | "ba" => 3,
        "iv" | "4" | "tư" | "bốn" => 4,
        _ => return None,
    })
}
