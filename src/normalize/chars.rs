//! What single characters become, whatever stands around them.

use unicode_normalization::char::is_combining_mark;

/// What to do with a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Keep,
    Become(char),
    Drop,
    /// A joiner: dropped, unless it follows a script or an emoji that needs it.
    Joiner,
}

pub(super) fn action(c: char) -> Action {
    match c {
        'Ð' | 'Ɖ' => Action::Become('Đ'),
        'ð' => Action::Become('đ'),
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => Action::Become(' '),
        // Separators that some editors write for a line break.
        '\u{2028}' | '\u{2029}' => Action::Become('\n'),
        '\u{AD}'
        | '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}' => Action::Drop,
        '\u{200C}' | '\u{200D}' => Action::Joiner,
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Action::Become(char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)),
        _ => Action::Keep,
    }
}

/// Whether a joiner after `c` means something: in Arabic and Indic scripts and between emoji.
pub(super) fn keeps_joiner(c: char) -> bool {
    c >= '\u{590}' && !matches!(c, '\u{1E00}'..='\u{206F}' | '\u{3000}')
}

/// The Latin letter that a Cyrillic or Greek one cannot be told from.
pub(super) fn look_alike(c: char) -> Option<char> {
    Some(match c {
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'С' | 'Ϲ' => 'C',
        'Ԁ' => 'D',
        'Е' | 'Ε' => 'E',
        'Ԍ' => 'G',
        'Н' | 'Η' | 'Һ' => 'H',
        'І' | 'Ι' | 'Ӏ' => 'I',
        'Ј' | 'Ϳ' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Ԛ' => 'Q',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'Ѵ' => 'V',
        'Ԝ' => 'W',
        'Х' | 'Χ' => 'X',
        'У' | 'Υ' | 'Ү' => 'Y',
        'Ζ' => 'Z',
        'а' => 'a',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'һ' => 'h',
        'і' => 'i',
        'ј' | 'ϳ' => 'j',
        'о' | 'ο' => 'o',
        'р' => 'p',
        'ԛ' => 'q',
        'ѕ' => 's',
        'ν' | 'ѵ' => 'v',
        'ԝ' => 'w',
        'х' => 'x',
        'у' | 'ү' => 'y',
        _ => return None,
    })
}

/// Letters of the scripts that `look_alike` is about; not the marks on them.
pub(super) fn is_cyrillic_or_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{482}' | '\u{48A}'..='\u{52F}')
}

/// Letters of the Latin script. Both cases of a letter are in it, or neither.
pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (matches!(c, '\u{C0}'..='\u{2AF}' | '\u{1E00}'..='\u{1EFF}' | '\u{2C60}'..='\u{2C7F}' | '\u{A720}'..='\u{A7FF}')
            && c.is_alphabetic())
}

/// Marks on letters and the joiners between them: what folding drops.
pub(super) fn is_mark(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{200C}' | '\u{200D}')
}
