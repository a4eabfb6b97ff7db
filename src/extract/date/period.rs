//! Periods: months, quarters, years and spans of years.

use super::Prefer;
use super::grammar::{Expression, Parser, Place, Raw, Year, point};
use super::words::{self, Use};
use crate::date::Calendar;
use crate::segment::{AtomKind, Gap};

impl Parser<'_> {
    /// Months, quarters, years and spans of years.
    pub(super) fn period(&self, at: usize, place: Place) -> Option<Expression> {
        match self.lower(at) {
            "tháng" => self.month_period(at),
            "quý" | "quí" => {
                let quarter = quarter(self.lower(at + 1)).filter(|_| self.same_line(at + 1))?;
                if let Some(range) = self.range_of_two(at, at + 2, quarter, &|i| Some((i + 1, self.quarter(i)?))) {
                    return Some(range);
                }
                let (end, year) = self.year_after(at + 2);
                Some(self.sided(point(at..end, Raw::Quarter { quarter, year })))
            }
            "nhiệm" if self.is(at + 1, "kỳ") => self.years(at, at + 2, true),
            "giai" if self.is(at + 1, "đoạn") => self.years(at, at + 2, true),
            "thời" if self.is(at + 1, "kỳ") => self.years(at, at + 2, true),
            "niên" if matches!(self.lower(at + 1), "khóa" | "độ" | "vụ") => self.years(at, at + 2, true),
            "năm" if self.is(at + 1, "học") => self.years(at, at + 2, true),
            // `năm ngân sách 2026`, `năm tài chính 2025`
            "năm"
                if matches!((self.lower(at + 1), self.lower(at + 2)), ("ngân", "sách") | ("tài", "chính" | "khóa")) =>
            {
                self.years(at, at + 3, false)
            }
            "các" | "những" if self.is(at + 1, "năm") => self.years(at, at + 2, false),
            "cả" | "đầu" | "cuối" | "giữa" | "hết" if self.is(at + 1, "năm") => {
                self.years(at, at + 2, false)
            }
            "năm" => self.years(at, at + 1, false).or_else(|| {
                // `năm Giáp Thìn 2024`, `năm hai không hai ba`; not `mỗi năm một nghìn chín trăm tám mươi hộ`
                let before = if at > 0 { self.lower(at - 1) } else { "" };
                let counted =
                    at > 0 && (self.atoms.kind(at - 1) == Some(AtomKind::Digits) || self.spelled(at - 1).is_some());
                if counted || matches!(before, "mỗi" | "hằng" | "hàng" | "thứ" | "mươi") {
                    return None;
                }
                let (end, Year::Is(year)) = self.year_named(at + 1).filter(|_| self.same_line(at + 1))? else {
                    return None;
                };
                Some(point(at..end, Raw::Year { year }))
            }),
            "nửa" => {
                // `nửa đầu năm 2022`, `nửa năm đầu 2022`
                let (half, end, year) = match (self.lower(at + 1), self.lower(at + 2)) {
                    (half @ ("đầu" | "cuối"), "năm") => {
                        let (end, year) = self.year_after(at + 2);
                        (half, end, year)
                    }
                    ("năm", half @ ("đầu" | "cuối")) => {
                        let (end, year) = self.year_after(at + 3);
                        (half, end, year)
                    }
                    _ => return None,
                };
                let (first, last) = if half == "đầu" { (1, 6) } else { (7, 12) };
                Some(point(at..end.max(at + 3), Raw::Months { first, last, year }))
            }
            _ => self.months_of_year(at).or_else(|| self.bare(at, place)),
        }
    }

    /// `tháng 12/2015`, `tháng Sáu`, `tháng Giêng`, `tháng 5-6/2023`, `tháng 11 này`.
    fn month_period(&self, at: usize) -> Option<Expression> {
        // `tháng 12` of `3 tháng 12 ngày` is a duration, `Tháng Tám` of `Cách mạng Tháng Tám` a name.
        let counted = at > 0 && self.atoms.kind(at - 1) == Some(AtomKind::Digits);
        if counted || words::ends_at(self.atoms, at, Use::Place) {
            return None;
        }
        let (number, month, calendar) = match self.month(at + 1) {
            Some(month) => (at + 2, month, Calendar::Solar),
            None => self.named_month(at)?,
        };
        if let Some(range) = self.range_of_two(at, number, month, &|i| Some((i + 1, self.month(i)?))) {
            return Some(range);
        }
        let (end, year) = self.year_after(number);
        if self.goes_on(number) && year.is_none() {
            return None;
        }
        let calendar = if matches!(year, Some(Year::Cycle(_))) { Calendar::Lunar } else { calendar };
        let (end, calendar) = self.calendar_after(end).unwrap_or((end, calendar));
        Some(self.sided(Expression { calendar, ..point(at..end, Raw::Month { month, year }) }))
    }

    /// `tháng 5-6/2023`, `quý II-III năm 2023`: two neighbours that share the word and the year.
    fn range_of_two(
        &self,
        at: usize,
        join: usize,
        first: u8,
        number: &dyn Fn(usize) -> Option<(usize, u8)>,
    ) -> Option<Expression> {
        let (end, last) = number(join + 1).filter(|(_, last)| self.dash(join) && first < *last)?;
        let (end, year) = self.year_after(end);
        year?;
        let raw = |number: u8| match self.lower(at) {
            "tháng" => Raw::Month { month: number, year },
            _ => Raw::Quarter { quarter: number, year },
        };
        Some(Expression { end: Some(raw(last)), ..point(at..end, raw(first)) })
    }

    /// `tháng 11 này`, `quý III vừa qua`, `ngày 5/9 tới`: on which side of the article's date it lies.
    pub(super) fn sided(&self, expression: Expression) -> Expression {
        let end = expression.atoms.end;
        if expression.start.year().is_some() || !self.same_line(end) {
            return expression;
        }
        // `tới` alone could lead to the other side of an interval.
        let stops =
            |i: usize| self.atoms.kind(i) != Some(AtomKind::Letters) && self.atoms.kind(i) != Some(AtomKind::Digits);
        let month = matches!(expression.start, Raw::Month { .. } | Raw::Quarter { .. });
        let (end, side) = match (self.lower(end), self.lower(end + 1)) {
            ("này", _) if month => (end + 1, None),
            ("vừa", "qua" | "rồi") => (end + 2, Some(Prefer::Past)),
            ("tới", "đây") | ("sắp", "tới") => (end + 2, Some(Prefer::Future)),
            ("tới", _) if stops(end + 1) => (end + 1, Some(Prefer::Future)),
            ("qua", _) if month && stops(end + 1) => (end + 1, Some(Prefer::Past)),
            _ => return expression,
        };
        Expression { atoms: expression.atoms.start..end, side, ..expression }
    }

    /// `tháng 3 và tháng 4/2023`, `quý II, III/2023`, `các tháng 5, 6 và 7/2023`: periods that share a year.
    pub(super) fn period_list(&self, first: &Expression) -> Option<Vec<Expression>> {
        const LONGEST: usize = 12;
        let word = self.lower(first.atoms.start);
        let month = match first.start {
            Raw::Month { year: None, .. } => true,
            Raw::Quarter { year: None, .. } => false,
            _ => return None,
        };
        if first.end.is_some() || first.side.is_some() || !matches!(word, "tháng" | "quý" | "quí") {
            return None;
        }
        let mut list = vec![first.clone()];
        let mut join = first.atoms.end;
        while list.len() < LONGEST && matches!(self.lower(join), "," | "và" | "hoặc" | "+") && self.same_line(join) {
            let own_word = self.is(join + 1, word);
            let number = join + 1 + usize::from(own_word);
            let raw = if month {
                Raw::Month { month: self.month(number)?, year: None }
            } else {
                Raw::Quarter { quarter: self.quarter(number)?, year: None }
            };
            let (end, year) = self.year_after(number + 1);
            list.push(point(join + 1..end, raw));
            if year.is_some() {
                for item in &mut list {
                    item.start = item.start.with_year(year);
                }
                return Some(list);
            }
            join = end;
        }
        None
    }

    fn quarter(&self, i: usize) -> Option<u8> {
        quarter(self.lower(i))
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
        // `năm học 2022-23`
        if span_of_years
            && self.lower(number + 1) == "-"
            && self.glued(number + 2)
            && !self.goes_on(number + 3)
            && self.atoms.text(number + 2).len() == 2
            && let Some(last) = self.number(number + 2, 2)
            && last as i16 > first % 100
        {
            let last = first - first % 100 + last as i16;
            return Some(Expression {
                end: Some(Raw::Year { year: last }),
                span_of_years,
                ..point(at..number + 3, Raw::Year { year: first })
            });
        }
        (!self.goes_on(number + 1) || self.lower(number + 1) == "-")
            .then(|| Expression { span_of_years, ..point(at..number + 1, Raw::Year { year: first }) })
    }

    /// `9 tháng đầu năm 2021`, `3 tháng cuối năm`, `9 tháng năm 2021`, `sáu tháng đầu năm`.
    fn months_of_year(&self, at: usize) -> Option<Expression> {
        if self.atoms.kind(at) == Some(AtomKind::Sign) {
            return None;
        }
        let (word, count) = self.counted(at).filter(|(_, count)| (1..=12).contains(count))?;
        if !self.is(word, "tháng") {
            return None;
        }
        let (last_months, year_word) = match self.lower(word + 1) {
            "đầu" => (false, word + 2),
            "cuối" => (true, word + 2),
            "của" => (false, word + 2),
            "năm" | "/" => (false, word + 1),
            _ => return None,
        };
        let open = self.lower(word + 1) == "đầu" || last_months;
        if !self.is(year_word, "năm") && self.lower(year_word) != "/" {
            return None;
        }
        let (end, year) = self.year_after(year_word);
        if year.is_none() && !open {
            return None;
        }
        let end = if year.is_some() { end } else { year_word + 1 };
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
            return Some(point(at..at + 3, Raw::Month { month, year: Some(Year::Is(year)) }));
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
            "tết" => true,
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
