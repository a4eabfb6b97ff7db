//! Normalisation as users see it.

use super::*;
use unicode_normalization::UnicodeNormalization as _;

fn old(text: &str) -> String {
    normalize(text).into_owned()
}

fn new(text: &str) -> String {
    normalize_with(text, Style::New).into_owned()
}

#[test]
fn tone_placement() {
    for (typed, in_old, in_new) in [
        ("hoà", "hòa", "hoà"),
        ("hòa", "hòa", "hoà"),
        ("thuý", "thúy", "thuý"),
        ("uỷ", "ủy", "uỷ"),
        ("UỶ BAN", "ỦY BAN", "UỶ BAN"),
        ("khoẻ", "khỏe", "khoẻ"),
        ("tòan", "toàn", "toàn"),
        ("qúy", "quý", "quý"),
        ("qủa", "quả", "quả"),
        ("gìa", "già", "già"),
        ("gíêng", "giếng", "giếng"),
        ("gì", "gì", "gì"),
        ("thủơ", "thuở", "thuở"),
        ("khúyên", "khuyến", "khuyến"),
        ("xòong", "xoòng", "xoòng"),
        ("khủyu", "khuỷu", "khuỷu"),
        ("ngóai", "ngoái", "ngoái"),
        ("muà", "mùa", "mùa"),
    ] {
        assert_eq!(old(typed), in_old);
        assert_eq!(new(typed), in_new);
    }
}

#[test]
fn marks_on_the_wrong_letter() {
    assert_eq!(old("nghìên cưú cuả baỏ taì"), "nghiền cứu của bảo tài");
    assert_eq!(old("lựơng giừơng Thưở"), "lượng giường Thưở");
    assert_eq!(old("hòà thủỷ á\u{301}p ê\u{302}\u{302}"), "hòa thủy áp ê");
}

#[test]
fn foreign_words_stay() {
    for text in ["café São Tomé", "Zoé", "NQTƯ", "ABCÁ", "Noël", "résumé", "hóà"] {
        assert_eq!(old(text), text);
    }
}

#[test]
fn marks_apart() {
    let text = "Thủ tướng Chính phủ: uỷ quyền, nghiệp vụ, ĐỔI MỚI";
    let nfd: String = text.nfd().collect();
    assert_eq!(old(&nfd), old(text));
    for mixed in ["e\u{323}\u{302}", "e\u{302}\u{323}", "ẹ\u{302}", "ê\u{323}", "\u{1EC7}"] {
        assert_eq!(old(&format!("vi{mixed}t")), "việt");
    }
    assert_eq!(old("te\u{301}\u{302}"), "tế", "the tone before the circumflex");
}

#[test]
fn single_characters() {
    assert_eq!(old("Ðà Nẵng, Ɖắk, ða"), "Đà Nẵng, Đắk, đa");
    assert_eq!(old("a\u{A0}b\u{3000}c\td\r\ne\u{2028}f"), "a b c\td\r\ne\nf");
    assert_eq!(old("\u{FEFF}kinh\u{AD} tế\u{200B}"), "kinh tế");
    assert_eq!(old("ＱＤ－１２"), "QD－12");
    assert_eq!(old("👨\u{200D}👩 a\u{200D}b"), "👨\u{200D}👩 ab");
    assert_eq!(old("\u{FEFF}"), "");
}

#[test]
fn look_alikes() {
    assert_eq!(old("Hà Nộі, СОVID, Tоà"), "Hà Nội, COVID, Tòa");
    for text in ["Москва", "Ω", "αβ", "Δx", "Путin"] {
        assert_eq!(old(text), text);
    }
}

#[test]
fn each_look_alike_becomes_the_letter_that_it_looks_like() {
    let foreign = "АВСԀЕԌНІЈКМОРԚЅТѴԜХУ асԁеһіјорԛѕѵԝху ΑΒϹΕΗΙͿΚΜΝΟΡΤΧΥΖ ϲϳον ӀҺҮү";
    let latin = "ABCDEGHIJKMOPQSTVWXY acdehijopqsvwxy ABCEHIJKMNOPTXYZ cjov IHYy";
    for (foreign, latin) in foreign.chars().zip(latin.chars()) {
        assert_eq!(old(&format!("b{foreign}")), format!("b{latin}"));
    }
}

/// The slice of the original that became each character of the normalised text.
fn pieces(text: &str) -> Vec<&str> {
    let normalized = Normalized::new(text);
    normalized.text().char_indices().map(|(i, c)| &text[normalized.original(i..i + c.len_utf8())]).collect()
}

#[test]
fn the_way_back() {
    assert_eq!(pieces("a hoà"), ["a", " ", "h", "o", "à"]);
    assert_eq!(pieces("to\u{300}a"), ["t", "o\u{300}", "a"]);
    assert_eq!(pieces("kinh\u{200B} tế"), ["k", "i", "n", "h", "\u{200B} ", "t", "ế"]);
    assert_eq!(pieces("\u{FEFF}a\u{AD}"), ["\u{FEFF}a\u{AD}"]);
    let text = "uỷ ban";
    let normalized = Normalized::new(text);
    assert_eq!(normalized.original(0..normalized.text().len()), 0..text.len());
    assert_eq!(normalized.original(50..90), text.len()..text.len());
}

#[test]
fn clean_text_is_borrowed() {
    for text in ["", "abc", "Thủ tướng Chính phủ, “quý I/2019” – 12,5% \u{2026}\r\n"] {
        assert!(matches!(normalize(text), Cow::Borrowed(_)));
        assert!(Normalized::new(text).is_unchanged());
    }
}
