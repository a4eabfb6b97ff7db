//! How facts are made, for rules; and the names of what they hold.

use rust_decimal::Decimal;

use super::fact::{
    Act, Change, Check, CheckKind, DateFact, DateRole, DocumentRef, Fact, FactKind, Indicator, Level, Meeting, Mention,
    Official, PartOfDay, Provision, Qualifier, Standard, StandardKind, System,
};
use crate::names::names;
use crate::span::Span;

impl Fact {
    /// A fact that is stated at `span`, of a kind or of what a kind holds.
    ///
    /// ```
    /// use thoisu::extract::{Fact, Indicator};
    /// use thoisu::Span;
    ///
    /// let fact = Fact::new(Span::new(0, 5), Indicator::new(4, "sao"));
    /// assert_eq!(fact.kind, Indicator::new(4, "sao").into());
    /// ```
    #[must_use]
    pub fn new(span: Span, kind: impl Into<FactKind>) -> Self {
        Self { span, kind: kind.into() }
    }
}

impl DocumentRef {
    /// A document of this kind (`nghị quyết`), of which nothing else is known.
    #[must_use]
    pub fn new(kind: impl Into<String>) -> Self {
        Self { kind: kind.into(), ..Self::default() }
    }
}

impl Official {
    /// The person of this name, with this post.
    #[must_use]
    pub fn new(name: impl Into<String>, post: impl Into<String>) -> Self {
        Self { name: name.into(), posts: vec![post.into()], ..Self::default() }
    }
}

impl Indicator {
    /// So many of a unit, exactly.
    ///
    /// ```
    /// use thoisu::extract::{Indicator, Qualifier};
    ///
    /// let mut harvest = Indicator::new(1250, "giạ");
    /// harvest.qualifier = Qualifier::Over;
    /// assert_eq!(harvest.value.to_string(), "1250");
    /// ```
    #[must_use]
    pub fn new(value: impl Into<Decimal>, unit: impl Into<String>) -> Self {
        Self { value: value.into(), unit: unit.into(), ..Self::default() }
    }
}

impl Standard {
    /// The standard with this code and this number within it.
    #[must_use]
    pub fn new(kind: StandardKind, code: impl Into<String>, number: impl Into<String>) -> Self {
        Self { kind, code: code.into(), number: number.into(), year: None, body: None }
    }
}

impl Mention {
    /// A mention of the fact at `of`.
    #[must_use]
    pub fn new(of: Span) -> Self {
        Self { of, act: None }
    }
}

impl Meeting {
    /// An event of this kind (`hội nghị`), of which nothing else is known.
    #[must_use]
    pub fn new(kind: impl Into<String>) -> Self {
        Self { kind: kind.into(), ..Self::default() }
    }
}

impl Check {
    /// A comparison with the statements at `against`.
    #[must_use]
    pub fn new(kind: CheckKind, holds: bool, against: impl Into<Vec<Span>>) -> Self {
        Self { kind, holds, computed: None, against: against.into() }
    }
}

macro_rules! into_kind {
    ($($kind:ident: $fact:ty),*) => {$(
        impl From<$fact> for FactKind {
            fn from(fact: $fact) -> Self {
                Self::$kind(fact)
            }
        }
    )*};
}

into_kind!(
    Date: DateFact,
    Document: DocumentRef,
    Standard: Standard,
    Official: Official,
    Indicator: Indicator,
    Provision: Provision,
    Mention: Mention,
    Meeting: Meeting,
    Check: Check
);

names! {
    DateRole {
        Published => "published", Page => "page", Event => "event", Issued => "issued", Period => "period",
        Mention => "mention",
    }
    PartOfDay { Morning => "morning", Noon => "noon", Afternoon => "afternoon", Evening => "evening" }
    System { Party => "party", State => "state", Union => "union" }
    Level { Central => "central", Province => "province", District => "district", Commune => "commune" }
    Act { Chair => "chair", Conclude => "conclude", Speak => "speak", Sign => "sign", Attend => "attend" }
    Qualifier {
        Exact => "exact", About => "about", Nearly => "nearly", Over => "over", Under => "under",
        AtLeast => "at_least", AtMost => "at_most",
    }
    Change { Up => "up", Down => "down" }
    StandardKind { Standard => "standard", Regulation => "regulation" }
    CheckKind {
        Share => "share", Sum => "sum", Part => "part", Difference => "difference", Weekday => "weekday",
        DocumentKind => "document_kind",
    }
}
