use rust_decimal::Decimal;

#[cfg(feature = "serde")]
use super::decimal;
use crate::date::{Calendar, DateValue, Weekday};
use crate::span::Span;

/// Something that an article states, and where it states it.
///
/// Where one fact speaks of another ([`same_as`](Official::same_as), [`part_of`](Indicator::part_of), [`Mention::of`],
/// [`Check::against`], [`Provision::document`]), it names the other's span: facts of one article are found by it.
///
/// In JSON a fact is one flat object: `start` and `end`, `type` ([`FactKind::name`]), and the fields of its kind; what is
/// not known is left out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Fact {
    /// The bytes of the original text that state it.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub span: Span,
    /// What is stated.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub kind: FactKind,
}

/// The kinds of fact. Later versions may add some, so that a `match` needs an arm for others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "type", rename_all = "lowercase"))]
#[non_exhaustive]
pub enum FactKind {
    /// A date or a period.
    Date(DateFact),
    /// A reference to a party, state or legal document.
    Document(DocumentRef),
    /// A reference to a technical standard or regulation.
    Standard(Standard),
    /// A person named with a post.
    Official(Official),
    /// A number that measures something.
    Indicator(Indicator),
    /// An article, a clause or a point of a document.
    Provision(Provision),
    /// A post alone or `Nghị quyết này`, where the article tells who or what is meant.
    Mention(Mention),
    /// The event that the article reports on.
    Meeting(Meeting),
    /// Statements of the article that bear each other out, or do not.
    Check(Check),
}

impl FactKind {
    /// The name that JSON and queries have for it: `date`, `document`, `standard`, …
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Date(_) => "date",
            Self::Document(_) => "document",
            Self::Standard(_) => "standard",
            Self::Official(_) => "official",
            Self::Indicator(_) => "indicator",
            Self::Provision(_) => "provision",
            Self::Mention(_) => "mention",
            Self::Meeting(_) => "meeting",
            Self::Check(_) => "check",
        }
    }
}

/// A date or a period, resolved against the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
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
#[non_exhaustive]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
#[non_exhaustive]
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
    /// The bodies that the code names, written out: `Bộ Tài chính` for `109/2020/TT-BTC`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub bodies: Vec<String>,
    /// The part of the political system whose body issued it, where the code or the issuer tells it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub system: Option<System>,
    /// The level of the state or the party at which it was issued, where the code, the issuer or the kind tells it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub level: Option<Level>,
    /// The province, district or commune whose body issued it, where its issuer is printed with it: the level in lower
    /// case and the name (`huyện Can Lộc` for `Huyện ủy Can Lộc`), the name alone where no level is printed.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub place: Option<String>,
    /// The kind that the code names, where it is not the one that the noun names: `Nghị quyết 15-CT/TW`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub code_kind: Option<String>,
    /// The mention of the same document in this article that tells most of it, where that is another one.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub same_as: Option<Span>,
}

/// A part of the political system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum System {
    /// The party: its committees, their boards and offices.
    Party,
    /// The state: National Assembly, Government, people's councils and committees, courts.
    State,
    /// The Fatherland Front, trade unions, Youth Union and the other mass organisations.
    Union,
}

/// A level of the state and the party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Level {
    /// The country: `Trung ương`, `Chính phủ`, ministries.
    Central,
    /// A province or a city under the centre.
    Province,
    /// A district, a town or a city of a province (until 2025).
    District,
    /// A commune, a ward or a township.
    Commune,
}

/// A person named together with a post, or with the honorific of one in office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Official {
    /// The personal name, without honorific.
    pub name: String,
    /// The posts held, as printed; those last printed for the name where this mention prints none.
    pub posts: Vec<String>,
    /// The posts in parts, in the same order.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub offices: Vec<Office>,
    /// What the person does here, where that is printed behind the name: `chủ trì`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub act: Option<Act>,
    /// The first mention of the same person in this article, where that is another one.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub same_as: Option<Span>,
}

/// A post in parts: `nguyên Phó Bí thư Thường trực Huyện ủy Can Lộc`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
#[non_exhaustive]
pub struct Office {
    /// The rank, abbreviations written out: `Phó Bí thư Thường trực`; with its noun where it leads a unit: `Trưởng phòng`.
    pub rank: String,
    /// The body, abbreviations written out: `Huyện ủy`, `Hội đồng nhân dân`; for posts that name none, nothing.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub body: Option<String>,
    /// The level of the body, where its name or the rank tells it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub level: Option<Level>,
    /// The place that the body belongs to: `Can Lộc`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub place: Option<String>,
    /// Held before: `nguyên`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_false"))]
    pub former: bool,
    /// Held for the time being: `quyền`, `phụ trách`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_false"))]
    pub acting: bool,
}

#[cfg(feature = "serde")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// What an official does in the reported event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Act {
    /// `chủ trì`, `điều hành`
    Chair,
    /// `phát biểu kết luận`, `kết luận hội nghị`
    Conclude,
    /// `phát biểu`, `nhấn mạnh`, `cho biết`
    Speak,
    /// `ký`, `ký ban hành`
    Sign,
    /// `dự`, `tham dự`
    Attend,
}

/// A number that measures something.
///
/// Money and measures are in the base unit of what is printed, magnitudes multiplied out, so that figures can be compared:
/// `301,33 tỷ đồng` is 301330000000 `VND`. Units are not converted into each other: `500 m` stays in `m`. Things that are
/// counted are in the noun that is printed: `340 hộ nghèo`. A share is in `%`, not in parts of one. Numbers are exact and
/// never rounded; in JSON whole ones within 64 bits are integers, others the nearest `f64`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Indicator {
    /// The number in its base unit: `301,33 tỷ đồng` is 301330000000.
    #[cfg_attr(feature = "serde", serde(with = "decimal"))]
    pub value: Decimal,
    /// What is counted, as printed; canonical for measures: `VND`, `%`, `m2`, `ha`.
    pub unit: String,
    /// The denominator of a ratio: 49 of `53/49 nhiệm vụ`, whose `value` is 53.
    #[cfg_attr(feature = "serde", serde(default, with = "decimal::option", skip_serializing_if = "Option::is_none"))]
    pub of: Option<Decimal>,
    /// The upper end of a range, in the same unit; `value` is the lower one.
    #[cfg_attr(feature = "serde", serde(default, with = "decimal::option", skip_serializing_if = "Option::is_none"))]
    pub upper: Option<Decimal>,
    /// How exact the number is said to be.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Qualifier::is_exact"))]
    pub qualifier: Qualifier,
    /// Whether the number is a change, and which way.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub change: Option<Change>,
    /// The unit as printed with its last magnitude, where `unit` is canonical and something else: `tỷ đồng`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub printed: Option<String>,
    /// The whole counted phrase, abbreviations written out, where it is more than `unit`: `mô hình nông thôn mới`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub counted: Option<String>,
    /// What the number is a rate by, in the order of the text: `người`, `năm` of `triệu đồng/người/năm`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub per: Vec<String>,
    /// What a share is a share of: `kế hoạch`, `dự toán`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub share_of: Option<String>,
    /// What a change or a share is compared with, as printed: `cùng kỳ năm trước`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub compared_with: Option<String>,
    /// The time that the number belongs to: a date of its sentence, or the period that its paragraph opens with.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub period: Option<DateValue>,
    /// The place that the number belongs to, where its sentence names one: `huyện Can Lộc`, `toàn tỉnh`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub place: Option<String>,
    /// The indicator that this one is a part of: `125 mô hình` for the 38 of `trong đó có 38 mô hình`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub part_of: Option<Span>,
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
#[non_exhaustive]
pub enum Change {
    /// `tăng`
    Up,
    /// `giảm`
    Down,
}

/// A reference to a technical standard or regulation by its code: `QCVN 02:2019/BLĐTBXH`, `TCVN ISO 9001:2015`.
///
/// Standards are no documents of the guidelines' kinds. Codes follow Law 68/2006/QH11 on standards and technical
/// regulations.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Standard {
    /// What kind of standard it is.
    pub kind: StandardKind,
    /// The code as officially written: one blank before the number, none after it, a colon before the year.
    pub code: String,
    /// The number as printed: `02`, `08-MT`, `01-1`.
    pub number: String,
    /// The year of issue.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub year: Option<i16>,
    /// The body that the code names, written out: `Bộ Y tế` for `QCVN 16-1:2015/BYT`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub body: Option<String>,
}

/// The kinds of standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum StandardKind {
    /// A standard, which is followed by choice: TCVN, TCXDVN, ISO.
    Standard,
    /// A technical regulation, which must be followed: QCVN, QCĐP.
    Regulation,
}

/// A part of a document: `điểm a khoản 2 Điều 4`.
///
/// A list names several: of `khoản 1, 2 Điều 3` the first stands at `khoản 1`, the second at `2 Điều 3`, and both are
/// clauses of article 3.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
#[non_exhaustive]
pub struct Provision {
    /// The article (`Điều`): `4`, `12a`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub article: Option<String>,
    /// The clause (`khoản`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub clause: Option<String>,
    /// The point (`điểm`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub point: Option<String>,
    /// The section (`Mục`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub section: Option<String>,
    /// The chapter (`Chương`): `II`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub chapter: Option<String>,
    /// The appendix (`Phụ lục`): `III`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub appendix: Option<String>,
    /// The mention of the document that it is a part of, where the article names it right after, or points at it
    /// (`Điều 4 của Quyết định này`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub document: Option<Span>,
}

/// Words that stand for an official or a document named elsewhere in the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Mention {
    /// The span of the fact that is meant.
    pub of: Span,
    /// What is done here by the official that is meant, where it is printed.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub act: Option<Act>,
}

/// The event that an article reports on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
#[non_exhaustive]
pub struct Meeting {
    /// The kind, in lower case: `hội nghị`, `kỳ họp`, `lễ`.
    pub kind: String,
    /// The name as printed, with its kind: `Hội nghị sơ kết 6 tháng đầu năm`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub name: Option<String>,
    /// Who holds it, as printed: `Huyện ủy Can Lộc`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub host: Option<String>,
    /// When it takes place.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub date: Option<DateValue>,
    /// Where it takes place, as printed.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub place: Option<String>,
    /// The names of those in the chair.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub chairs: Vec<String>,
    /// The names of those who speak.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub speakers: Vec<String>,
}

/// Statements of an article held against each other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Check {
    /// What is compared.
    pub kind: CheckKind,
    /// Whether they agree, within the rounding of what is printed.
    pub holds: bool,
    /// What the other statements give for the number at the check's own span, in its unit, rounded to
    /// four decimal places.
    #[cfg_attr(feature = "serde", serde(default, with = "decimal::option", skip_serializing_if = "Option::is_none"))]
    pub computed: Option<Decimal>,
    /// The spans of the other statements.
    pub against: Vec<Span>,
}

/// What a [`Check`] compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum CheckKind {
    /// A percentage with the ratio that it is worked out from: `53/49 nhiệm vụ đạt 108,1%`.
    Share,
    /// A total with its parts: `454 ý kiến đã giải quyết, 123 ý kiến đang giải quyết` of 577.
    Sum,
    /// A part with the whole that it must not exceed; nothing is computed.
    Part,
    /// A change with the two levels that it leads from and to: `từ 120 hộ lên 150 hộ (tăng 30 hộ)`.
    Difference,
    /// A date with the weekday printed beside it.
    Weekday,
    /// The noun of a document with the kind that its code names.
    DocumentKind,
}
