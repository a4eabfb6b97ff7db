//! Quotes and dashes. Normalisation leaves them as they are; this tells what they are.

/// What a quote or dash is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Punctuation {
    /// A double quote: `“ ” " „ « »`, and the signs for inches and ditto that stand for one.
    DoubleQuote(Side),
    /// A single quote, or an apostrophe: `‘ ’ ' ‚ ‹ ›`, and accents and primes that stand for one.
    SingleQuote(Side),
    /// A hyphen: `-`, U+2010, U+2011. It joins the parts of a word or code, and often stands for a dash.
    Hyphen,
    /// A dash: `–`, `—` and their kin.
    Dash,
    /// A minus sign.
    Minus,
}

/// The side of the quotation on which a quote stands, as far as the character tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// It opens.
    Open,
    /// It closes.
    Close,
    /// It may do either.
    Either,
}

impl Punctuation {
    /// What `c` is, when it is a quote or a dash.
    ///
    /// ```
    /// use thoisu::normalize::{Punctuation, Side};
    ///
    /// assert_eq!(Punctuation::of('“'), Some(Punctuation::DoubleQuote(Side::Open)));
    /// assert_eq!(Punctuation::of('–'), Some(Punctuation::Dash));
    /// assert_eq!(Punctuation::of('.'), None);
    /// ```
    #[must_use]
    pub fn of(c: char) -> Option<Self> {
        Some(match c {
            '“' | '„' | '‟' | '«' | '〝' => Self::DoubleQuote(Side::Open),
            '”' | '»' | '〞' => Self::DoubleQuote(Side::Close),
            '"' | '＂' | '″' | '〃' | 'ʺ' => Self::DoubleQuote(Side::Either),
            '‘' | '‚' | '‛' | '‹' => Self::SingleQuote(Side::Open),
            // The apostrophe of many texts, too.
            '’' | '›' => Self::SingleQuote(Side::Close),
            '\'' | '`' | '´' | '＇' | '′' | 'ʹ' | 'ʼ' => Self::SingleQuote(Side::Either),
            '-' | '\u{2010}' | '\u{2011}' | '\u{FE63}' | '\u{FF0D}' => Self::Hyphen,
            '\u{2012}'..='\u{2015}' | '\u{2E3A}' | '\u{2E3B}' | '\u{FE58}' => Self::Dash,
            '\u{2212}' => Self::Minus,
            _ => return None,
        })
    }

    /// Whether it is a quote, double or single.
    #[must_use]
    pub fn is_quote(self) -> bool {
        matches!(self, Self::DoubleQuote(_) | Self::SingleQuote(_))
    }

    /// Whether it is a hyphen, dash or minus.
    #[must_use]
    pub fn is_dash(self) -> bool {
        !self.is_quote()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::normalize;

    #[test]
    fn quotes_and_dashes_stay() {
        for c in "“”„‟«»\"″‘’‚‹›'`´′-\u{2010}\u{2011}–—\u{2015}−".chars() {
            let text = format!("lời{c} nói");
            assert_eq!(normalize(&text), text);
            let Some(kind) = Punctuation::of(c) else { panic!("{c}") };
            assert_ne!(kind.is_quote(), kind.is_dash());
        }
    }

    #[test]
    fn other_signs() {
        for c in "a1.,;:!?()[]/…_ ".chars() {
            assert_eq!(Punctuation::of(c), None, "{c}");
        }
    }
}
