use rust_decimal::Decimal;

use crate::date::{Calendar, DateValue, Weekday};
use crate::span::Span;

/// Something that an article states, and where it states it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Fact {
    /// The bytes of the original text that state it.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub span: Span,
    /// What is stated.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub kind: FactKind,
}

/// The kinds of fact.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "type", rename_all = "lowercase"))]
#[non_exhaustive]
pub enum FactKind {
    /// A date or a period.
    Date(DateFact),
    /// A reference to a party, state or legal document.
    Document(DocumentRef),
    /// A person named with a post.
    Official(Official),
    /// A number that measures something.
    Indicator(Indicator),
}

/// A date or a period, resolved against the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DateFact {
    /// The date, as precise as it is printed.
    pub value: DateValue,
    /// What the date is to the article.
    pub role: DateRole,
    /// The part of the day named with it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub part_of_day: Option<PartOfDay>,
    /// The day of the week printed with it, right or wrong; [`DateFact::weekday_agrees`] tells which.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub weekday: Option<Weekday>,
    /// The calendar that `value` is counted in.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Calendar::is_solar"))]
    pub calendar: Calendar,
}

/// What a date is to its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum DateRole {
    /// The article's own dateline.
    Published,
    /// Printed by the web page around the article.
    Page,
    /// When the reported event takes place.
    Event,
    /// When a cited document was issued.
    Issued,
    /// The time that figures, a plan or a term of office cover.
    Period,
    /// Any other.
    Mention,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum PartOfDay {
    /// `sáng`
    Morning,
    /// `trưa`
    Noon,
    /// `chiều`
    Afternoon,
    /// `tối`, `đêm`
    Evening,
}

/// A reference to a party, state or legal document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct DocumentRef {
    /// The document type in lower case: `nghị quyết`.
    pub kind: String,
    /// Number and code as officially written: `02-NQ/TU`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub code: Option<String>,
    /// The number alone, as printed: `02`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub number: Option<String>,
    /// The terms of congress printed with it, as Roman numerals.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub term: Vec<String>,
    /// When it was issued.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub issued: Option<DateValue>,
    /// The issuing body as printed.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub issuer: Option<String>,
    /// What it is about, where that is printed as its title.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub title: Option<String>,
}

/// A person named together with a post, or with the honorific of one in office.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Official {
    /// The personal name, without honorific.
    pub name: String,
    /// The posts held, as printed; those last printed for the name where this mention prints none.
    pub posts: Vec<String>,
}

/// A number that measures something.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Indicator {
    /// The number in its base unit: `301,33 tỷ đồng` is 301330000000.
    #[cfg_attr(feature = "serde", serde(with = "number"))]
    pub value: Decimal,
    /// What is counted, as printed; canonical for measures: `VND`, `%`, `m2`, `ha`.
    pub unit: String,
    /// The denominator of a ratio.
    #[cfg_attr(feature = "serde", serde(default, with = "number::option", skip_serializing_if = "Option::is_none"))]
    pub of: Option<Decimal>,
    /// The upper end of a range.
    #[cfg_attr(feature = "serde", serde(default, with = "number::option", skip_serializing_if = "Option::is_none"))]
    pub upper: Option<Decimal>,
    /// How exact the number is said to be.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Qualifier::is_exact"))]
    pub qualifier: Qualifier,
    /// Whether the number is a change, and which way.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub change: Option<Change>,
}

/// How exact a number is said to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Qualifier {
    /// As printed.
    #[default]
    Exact,
    /// `khoảng`, `chừng`, `ước`, `xấp xỉ`
    About,
    /// `gần`
    Nearly,
    /// `hơn`, `trên`, `quá`
    Over,
    /// `dưới`, `chưa đến`
    Under,
    /// `ít nhất`, `tối thiểu`
    AtLeast,
    /// `tối đa`, `không quá`
    AtMost,
}

impl Qualifier {
    /// Whether the number is said to be exact.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        *self == Self::Exact
    }
}

/// The direction of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Change {
    /// `tăng`
    Up,
    /// `giảm`
    Down,
}

/// Decimals as JSON numbers: whole ones as integers, which keeps them exact.
#[cfg(feature = "serde")]
mod number {
    use rust_decimal::Decimal;
    use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
    use serde::{Deserialize, Deserializer, Serializer, de};

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Number {
        Whole(i64),
        Broken(f64),
    }

    impl Number {
        fn decimal<E: de::Error>(self) -> Result<Decimal, E> {
            match self {
                Self::Whole(value) => Ok(Decimal::from(value)),
                Self::Broken(value) => {
                    Decimal::from_f64(value).ok_or_else(|| E::custom(format!("no decimal number: {value}")))
                }
            }
        }
    }

    pub(super) fn serialize<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        match value.is_integer().then(|| value.to_i64()).flatten() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(value.to_f64().unwrap_or_default()),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        Number::deserialize(deserializer)?.decimal()
    }

    pub(super) mod option {
        use super::{Decimal, Deserialize, Deserializer, Number, Serializer};

        pub(in super::super) fn serialize<S: Serializer>(
            value: &Option<Decimal>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            match value {
                Some(value) => super::serialize(value, serializer),
                None => serializer.serialize_none(),
            }
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<Decimal>, D::Error> {
            Option::<Number>::deserialize(deserializer)?.map(Number::decimal).transpose()
        }
    }
}
