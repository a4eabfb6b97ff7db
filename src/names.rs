//! Names of values, the same in tables, queries and JSON.

/// Gives enums `name` and `Display`.
macro_rules! names {
    ($($type:ident { $($variant:ident => $name:literal),* $(,)? })*) => {$(
        impl $type {
            /// The name that JSON, tables and queries have for it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            #[cfg(all(test, feature = "serde"))]
            pub(crate) const EACH: &'static [Self] = &[$(Self::$variant),*];
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    )*};
}

pub(crate) use names;

#[cfg(all(test, feature = "serde"))]
mod tests {
    use crate::extract::{Act, Change, CheckKind, DateRole, Level, PartOfDay, Qualifier, StandardKind, System};
    #[cfg(feature = "index")]
    use crate::index::{FactType, Known, Period};
    use crate::segment::TokenKind;
    use crate::{Calendar, Weekday};

    #[test]
    fn names_are_those_of_json() {
        macro_rules! check {
            ($($type:ty),*) => {$(
                for value in <$type>::EACH {
                    assert_eq!(serde_json::to_value(value).unwrap(), value.name());
                }
            )*};
        }
        check!(Act, Calendar, Change, CheckKind, DateRole, Level, PartOfDay, Qualifier, StandardKind, System);
        check!(TokenKind, Weekday);
        #[cfg(feature = "index")]
        check!(Known);
    }

    #[cfg(feature = "index")]
    #[test]
    fn names_are_read_as_they_are_written() {
        for &kind in FactType::EACH {
            assert_eq!(kind.name().parse::<FactType>().unwrap(), kind);
        }
        for &period in Period::EACH {
            assert_eq!(period.name().parse::<Period>().unwrap(), period);
        }
    }
}
