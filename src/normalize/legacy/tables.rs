//! Bytes to characters, encoding by encoding.

use super::Encoding;
use crate::normalize::letters::{self, Letter, id};
use crate::table::lines;
use std::sync::LazyLock;

/// The upper half of windows-1252 that differs from Latin-1; `\0` where it has no character.
const WINDOWS_1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•',
    '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// The characters of one encoding, `\0` for a byte that has none (and for the byte 0).
pub(super) type Table = [char; 256];

struct Tables {
    tcvn3: Table,
    viscii: Table,
    vps: Table,
    windows_1258: Table,
    windows_1252: Table,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut base: Table = std::array::from_fn(|byte| char::from(byte as u8));
    base[0x80..0xA0].copy_from_slice(&WINDOWS_1252);
    let table = |name: &str| {
        let mut table = base;
        for row in lines(include_str!("../../data/legacy.tsv")) {
            let mut cells = row.split('\t');
            let (encoding, byte, character) = (cells.next(), cells.next(), cells.next().unwrap_or(""));
            let Some(byte) = byte.and_then(|byte| usize::from_str_radix(byte, 16).ok()) else { continue };
            let character = match character.strip_prefix("U+") {
                Some(code) => u32::from_str_radix(code, 16).ok().and_then(char::from_u32),
                None => character.chars().next(),
            };
            if encoding == Some(name)
                && let Some(character) = character
            {
                table[byte & 255] = character;
            }
        }
        table
    };
    Tables {
        tcvn3: table("tcvn3"),
        viscii: table("viscii"),
        vps: table("vps"),
        windows_1258: table("windows-1258"),
        windows_1252: base,
    }
});

/// The table of a single-byte encoding. VNI begins as windows-1252.
pub(super) fn of(encoding: Encoding) -> &'static Table {
    match encoding {
        Encoding::Tcvn3 => &TABLES.tcvn3,
        Encoding::Viscii => &TABLES.viscii,
        Encoding::Vps => &TABLES.vps,
        Encoding::Windows1258 => &TABLES.windows_1258,
        _ => &TABLES.windows_1252,
    }
}

/// The byte that a scraper took for `c` when it read bytes as Latin-1 or windows-1252. With some look-alikes that
/// editors put in place of bytes of TCVN3.
pub(super) fn byte(c: char) -> Option<u8> {
    match c {
        '\0'..='\u{FF}' => Some(c as u8),
        '\u{2212}' => Some(0xAD),
        '\u{2219}' => Some(0xB7),
        'Đ' => Some(0xD0),
        'đ' => Some(0xF0),
        _ => WINDOWS_1252.iter().position(|&known| known == c).map(|i| 0x80 + i as u8),
    }
}

/// The letter that a byte stands for alone in VNI-Windows.
pub(super) fn vni_letter(byte: u8) -> Option<char> {
    Some(match byte {
        0xD1 => 'Đ',
        0xF1 => 'đ',
        0xD4 => 'Ơ',
        0xF4 => 'ơ',
        0xD6 => 'Ư',
        0xF6 => 'ư',
        0xC6 => 'Ỉ',
        0xE6 => 'ỉ',
        0xCE => 'Ỵ',
        0xEE => 'ỵ',
        0xD2 => 'Ị',
        0xF2 => 'ị',
        0xD3 => 'Ĩ',
        0xF3 => 'ĩ',
        _ => return None,
    })
}

/// The letter that `base` becomes when this byte follows it in VNI-Windows.
pub(super) fn vni_mark(base: char, byte: u8) -> Option<char> {
    let base = letters::letter(base).filter(|base| base.tone == 0)?;
    // Shape (none, circumflex, breve) and tone. Marks come in upper and lower case; the letter decides.
    let (shape, tone) = match byte | 0x20 {
        0xF8 => (0, 1),
        0xFB => (0, 2),
        0xF5 => (0, 3),
        0xF9 => (0, 4),
        0xEF => (0, 5),
        0xE2 => (1, 0),
        0xE0 => (1, 1),
        0xE5 => (1, 2),
        0xE3 => (1, 3),
        0xE1 => (1, 4),
        0xE4 => (1, 5),
        0xEA => (2, 0),
        0xE8 => (2, 1),
        0xFA => (2, 2),
        0xFC => (2, 3),
        0xE9 => (2, 4),
        0xEB => (2, 5),
        _ => return None,
    };
    let id = match (shape, base.id) {
        (0, id::A | id::E | id::I | id::O | id::U | id::Y | id::O_HORN | id::U_HORN) => base.id,
        (1, id::A) => id::A_HAT,
        (1, id::E) => id::E_HAT,
        (1, id::O) => id::O_HAT,
        (2, id::A) => id::A_BREVE,
        _ => return None,
    };
    Some(letters::character(Letter { id, tone, upper: base.upper }))
}
