//! Decimals as JSON numbers: whole ones as integers, which keeps them exact; others, and those beyond 64 bits, as the
//! nearest `f64`.

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
                // The nearest `f64` of the greatest number is a little greater.
                let greatest = if value < 0. { Decimal::MIN } else { Decimal::MAX };
                let rounded = || (greatest.to_f64() == Some(value)).then_some(greatest);
                Decimal::from_f64(value)
                    .or_else(rounded)
                    .ok_or_else(|| E::custom(format!("no decimal number: {value}")))
            }
        }
    }
}

pub(crate) fn serialize<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    match value.is_integer().then(|| value.to_i64()).flatten() {
        Some(whole) => serializer.serialize_i64(whole),
        None => serializer.serialize_f64(value.to_f64().unwrap_or_default()),
    }
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    Number::deserialize(deserializer)?.decimal()
}

pub(crate) mod option {
    use super::{Decimal, Deserialize, Deserializer, Number, Serializer};

    pub(crate) fn serialize<S: Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => super::serialize(value, serializer),
            None => serializer.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
        Option::<Number>::deserialize(deserializer)?.map(Number::decimal).transpose()
    }
}
