//! Old encodings as users meet them.

use super::*;
use crate::normalize::normalize;

const TEXT: &str = "Ủy ban nhân dân tỉnh đề nghị các sở, ngành rà soát quy hoạch, báo cáo trước ngày 15 tháng 6. \
                    Mỗi huyện cử một tổ công tác; những xã vùng cao được hỗ trợ thêm kinh phí đi lại “theo quy định”.";

const LEGACY: [Encoding; 5] = [Encoding::Tcvn3, Encoding::Vni, Encoding::Viscii, Encoding::Vps, Encoding::Windows1258];

/// Writes `text` in an old encoding; what it cannot write is left out.
fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    let table = tables::of(encoding);
    let byte = |c: char| (0..256).find(|&b| table[b] == c && (b < 128 || c > '\u{7F}')).map(|b| b as u8);
    let mut bytes = Vec::new();
    for c in text.chars() {
        if encoding == Encoding::Vni && !c.is_ascii() {
            let single = (0xC0..=0xFF).find(|&b| tables::vni_letter(b) == Some(c));
            let pair = || {
                let bases = ("aeiouyAEIOUY".chars().map(|base| (base, base as u8))).chain([
                    ('ơ', 0xF4),
                    ('Ơ', 0xD4),
                    ('ư', 0xF6),
                    ('Ư', 0xD6),
                ]);
                bases
                    .flat_map(|(base, byte)| (0xE0..=0xFF).map(move |mark| (base, byte, mark)))
                    .find(|&(base, _, mark)| tables::vni_mark(base, mark) == Some(c))
            };
            match (single, pair()) {
                (Some(single), _) => bytes.push(single),
                (None, Some((_, byte, mark))) => bytes.extend([byte, mark]),
                (None, None) => bytes.extend(byte(c)),
            }
        } else if encoding == Encoding::Windows1258 && byte(c).is_none() {
            // Shapes stay on the letter; tones follow it.
            let parts: Vec<char> = c.to_string().nfd().collect();
            let tone =
                parts.iter().rposition(|&c| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'));
            let letter: String =
                parts.iter().enumerate().filter(|(i, _)| Some(*i) != tone).map(|(_, c)| *c).nfc().collect();
            bytes.extend(letter.chars().filter_map(byte));
            bytes.extend(tone.and_then(|i| byte(parts[i])));
        } else {
            bytes.extend(byte(c));
        }
    }
    bytes
}

/// What a scraper makes of bytes.
fn mojibake(bytes: &[u8]) -> String {
    let table = tables::of(Encoding::Windows1252);
    bytes.iter().map(|&b| if table[usize::from(b)] == '\0' { char::from(b) } else { table[usize::from(b)] }).collect()
}

/// `TEXT` as far as the encoding can write it.
fn expected(encoding: Encoding) -> String {
    match encoding {
        // No capital letters with tone marks.
        Encoding::Tcvn3 => TEXT.replace('Ủ', "ủ"),
        // The quotes have no place.
        Encoding::Viscii | Encoding::Vps => TEXT.replace(['“', '”'], ""),
        _ => TEXT.to_string(),
    }
}

#[test]
fn found_in_bytes_and_in_mojibake() {
    for encoding in LEGACY {
        let text = expected(encoding);
        let bytes = encode(&text, encoding);
        let decoded = decode(&bytes, None);
        assert_eq!((decoded.encoding, decoded.mojibake), (encoding, false));
        assert_eq!(decoded.text, text);
        assert!(decoded.replaced.is_empty());
        assert!(decoded.confidence > 0.6, "{encoding} {}", decoded.confidence);

        let repaired = repair(&mojibake(&bytes), None).text.into_owned();
        assert_eq!(repaired, text, "{encoding}");
        let decoded = decode(mojibake(&bytes).as_bytes(), None).text.into_owned();
        assert_eq!(decoded, text, "{encoding}");
    }
}

#[test]
fn articles_are_found_in_every_encoding() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/texts");
    let mut articles = 0;
    for entry in std::fs::read_dir(folder).expect("corpus").take(if cfg!(miri) { 1 } else { usize::MAX }) {
        let text = normalize(&std::fs::read_to_string(entry.expect("entry").path()).expect("text")).into_owned();
        for encoding in LEGACY {
            let bytes = encode(&text, encoding);
            let decoded = decode(&bytes, None);
            assert_eq!(decoded.encoding, encoding);
            assert!(decoded.confidence > 0.7, "{encoding}: {}", decoded.confidence);
            assert_eq!(encode(&decoded.text, encoding), bytes, "{encoding}");
        }
        assert!(matches!(repair(&text, None), Decoded { text: Cow::Borrowed(_), encoding: Encoding::Utf8, .. }));
        articles += 1;
    }
    assert!(articles > 0);
}

#[test]
fn every_vietnamese_letter() {
    for letter in "ăâđêôơưĂÂĐÊÔƠƯ".chars().chain("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".chars().flat_map(|base| {
        ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}']
            .map(|tone| format!("{base}{tone}").nfc().next().unwrap_or(base))
    })) {
        for encoding in LEGACY {
            let has_letter = encoding != Encoding::Tcvn3 || letter.is_lowercase() || "ĂÂĐÊÔƠƯ".contains(letter);
            let bytes = encode(&letter.to_string(), encoding);
            if has_letter {
                assert_eq!(decode(&bytes, Some(encoding)).text, letter.to_string(), "{encoding} {bytes:X?}");
            }
        }
    }
}

#[test]
fn utf8_and_utf16() {
    let utf16 = |unit: fn(u16) -> [u8; 2]| TEXT.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    for (bytes, encoding) in [
        (TEXT.as_bytes().to_vec(), Encoding::Utf8),
        (["\u{FEFF}", TEXT].concat().into_bytes(), Encoding::Utf8),
        (utf16(u16::to_le_bytes), Encoding::Utf16Le),
        ([vec![0xFF, 0xFE], utf16(u16::to_le_bytes)].concat(), Encoding::Utf16Le),
        ([vec![0xFE, 0xFF], utf16(u16::to_be_bytes)].concat(), Encoding::Utf16Be),
    ] {
        let decoded = decode(&bytes, None);
        assert_eq!(decoded.encoding, encoding);
        assert_eq!(decoded.text, TEXT);
    }
    // A letter whose lower byte is zero speaks against what the others say.
    let doubted = "an ".repeat(40) + "Ā";
    let bytes: Vec<u8> = doubted.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let decoded = decode(&bytes, None);
    assert_eq!((decoded.encoding, &*decoded.text), (Encoding::Utf16Le, &*doubted));
    assert_eq!(decoded.confidence, 119.0 / 121.0);
    let twice = mojibake(TEXT.as_bytes());
    let decoded = repair(&twice, None);
    assert_eq!((&*decoded.text, decoded.encoding, decoded.mojibake), (TEXT, Encoding::Utf8, true));
}

#[test]
fn what_is_broken_is_reported() {
    let decoded = decode(b"C\xC3\xA1c b\xE1\xBB v\xE0 ng\xC3\xA0nh \xC4\x91\xC3\xA3", None);
    assert_eq!(decoded.text, "Các b\u{FFFD} v\u{FFFD} ngành đã");
    assert_eq!(decoded.replaced, [Replaced { input: 6, len: 2, text: 6 }, Replaced { input: 10, len: 1, text: 11 }]);
    for replaced in &decoded.replaced {
        assert!(decoded.text[replaced.text..].starts_with(char::REPLACEMENT_CHARACTER));
    }
    let decoded = decode(b"\xFE\xFF\x00a\xD8\x00\x00b\x00", None);
    assert_eq!(decoded.text, "a\u{FFFD}b\u{FFFD}");
    assert_eq!(decoded.replaced.iter().map(|r| r.input).collect::<Vec<_>>(), [4, 8]);
    assert_eq!(decode(b"a\x81b", Some(Encoding::Windows1252)).replaced, [Replaced { input: 1, len: 1, text: 1 }]);
}

#[test]
fn capitals_of_tcvn3() {
    let read = |text: &str| repair(text, Some(Encoding::Tcvn3)).text.into_owned();
    assert_eq!(read("Uû BAN NH¢N D¢N TØNH"), "Uỷ BAN NHÂN DÂN TỈNH");
    assert_eq!(read("QU¶N Lý NHµ N¦íC Vµ §Êt ®ai"), "QUẢN LÝ NHÀ NƯỚC Và Đất đai");
    assert_eq!(read("Bé Tµi chÝnh"), "Bộ Tài chính");
}

#[test]
fn other_text_is_left_alone() {
    for text in [
        "",
        "plain",
        "là cà phê",
        "Le préfet a reçu les élus à la mairie où ils étaient réunis après l'été.",
        "El señor Muñoz viajará mañana a Perú según informó la oficina; él está en la reunión.",
        "Die Behörden prüfen, ob größere Mengen für die Bevölkerung benötigt würden.",
        "Các đại biểu thảo luận về dự án luật, trong đó có quy định về sở hữu.",
        "São Paulo não é a capital; a população já passou de 11 milhões.",
        "thaønh",
        "MA\u{306}\u{323}T TRA\u{302}\u{323}N - DOA\u{300}N THE\u{302}\u{309}",
        "§ 5 Abs. 2 – siehe «Anhang» ©",
    ] {
        assert_eq!(repair(text, None).text, text);
        assert_eq!(decode(text.as_bytes(), None).text, text);
        let bytes: Option<Vec<u8>> = text.chars().map(tables::byte).collect();
        if let Some(bytes) = bytes {
            assert_eq!(decode(&bytes, None).text, text, "as windows-1252");
        }
    }
}

#[test]
fn vps_needs_much_text() {
    let words = |n: usize| TEXT.split_inclusive(' ').take(n).collect::<String>().replace(['“', '”'], "");
    let short = mojibake(&encode(&words(12), Encoding::Vps));
    assert_eq!(repair(&short, None).text, short);
    assert_eq!(repair(&short, Some(Encoding::Vps)).text, words(12));
    assert_eq!(repair(&mojibake(&encode(&words(40), Encoding::Vps)), None).encoding, Encoding::Vps);
}
