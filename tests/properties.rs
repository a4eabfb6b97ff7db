//! What must hold for any text at all: analysis never fails, and every place it names is a slice of the original.

mod invariants;

use proptest::prelude::*;
use std::sync::LazyLock;
use thoisu::{Analyzer, Article};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::new);

/// Pieces that the grammars look for, so that random texts reach deep into them.
const PIECES: &[&str] = &[
    "Nghị quyết",
    "nghị quyết số ",
    "02-NQ/TU",
    "Quyết định 217, 218",
    "/2020/NĐ-CP",
    "Luật ",
    "Đất đai",
    "năm 2013",
    "ngày ",
    "12/5/2017",
    "31/2",
    "Sáng ",
    "chiều nay (",
    "từ ",
    " đến ",
    "quý I",
    "9 tháng đầu năm",
    "nhiệm kỳ 2020 - 2025",
    "8h30 ",
    "17:25",
    "8.675 lượt người",
    "301,33 tỷ đồng",
    "53/49 nhiệm vụ",
    "108,1%",
    "10-15%",
    "gần ",
    "tăng ",
    "1 tỷ 756 triệu đồng",
    "79228162514264337 nghìn tỷ đồng",
    "0 tỷ tỷ tỷ đồng",
    "một nghìn hai trăm rưỡi",
    "$1",
    " lên ",
    "(giảm ",
    ", trong đó có ",
    ", gồm ",
    "còn lại ",
    "15 hộ nghèo",
    "đạt ",
    "Huyện ủy An Hòa",
    " tổ chức Hội nghị ",
    " họp ",
    "Điều 5 ",
    "khoản 2, 3 ",
    "thứ Ba, ",
    "hôm qua ",
    "đồng chí ",
    "Trần Văn An",
    " - Phó Bí thư Thường trực Huyện ủy",
    ", Chủ tịch HĐND huyện",
    "ông ",
    "khóa XII",
    "(",
    ")",
    "“",
    "”",
    "\"",
    ".",
    ",",
    ";",
    ":",
    "-",
    "–",
    "/",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\u{a0}",
    "\u{200b}",
    "\u{301}",
    "\u{323}",
    "\u{356}",
    "\u{1a7b}",
    "Ðảng",
    "hoà",
    "TP.",
    "v.v.",
    "đ/c ",
    "😀",
    "漢字",
    "Bình luận",
    "Nguồn: ",
    "1",
    "0",
    "99999999999999999999",
    "của Ban Chấp hành",
    "về ",
    "được ",
    "và ",
    "Tin, ảnh: ",
    "Lượt xem: 12",
];

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// What queries are made of.
#[cfg(feature = "index")]
const SYNTAX: &[&str] = &[
    " ",
    " ",
    " ",
    " ",
    "(",
    ")",
    "\"",
    "“",
    "-",
    "- ",
    "*",
    ":",
    ">=",
    "<",
    "=",
    "..",
    "[",
    "]",
    "{",
    "}",
    " TO ",
    " AND ",
    " OR ",
    " NOT ",
    "&&",
    "02-NQ/TU",
    "02 - NQ/TU",
    "NQ/TU",
    "02-",
    "2019",
    "5/2019",
    "2019-Q1",
    "31/2/2019",
    "dân",
    "đối thoại",
    "doi",
    "UBND",
    "5,66%",
    "1.000",
    "1 tỷ",
    " triệu",
    " đồng",
    "%",
    "km",
    "title:",
    "body:",
    "date:",
    "doc:",
    "official:",
    "post:",
    "issuer:",
    "place:",
    "source:",
    "type:",
    "unit:",
    "value",
    "value:",
    "value>=",
    "event:",
    "similar:",
    "indicator:(",
    "official:(",
    "document:(",
    "meeting:(",
    "date:(",
    "fact:(",
    "name:",
    "within:(",
    "words:",
    "article:",
    "published:",
    "chair:",
    "indicator",
    "dat:",
    "https://",
    "Date",
    "a",
    "\u{301}",
    "\n",
    "…",
    "/",
    "–",
];

#[cfg(feature = "index")]
fn any_query() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => prop::sample::select(SYNTAX).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_analysed_and_every_place_is_a_slice_of_the_original(
        text in any_text(),
        published in prop::option::of(Just("2021-09-17")),
    ) {
        let mut article = Article::from_text(text.clone());
        if let Some(published) = published {
            article.published = Some(published.parse().unwrap());
        }
        prop_assert_eq!(&article.text, &text);
        invariants::assert_normal_form(&text);
        invariants::assert_all(&ANALYZER, &article);
    }

    #[test]
    fn any_bytes_are_decoded_and_what_could_not_be_is_told(
        bytes in prop::collection::vec(prop_oneof![any::<u8>(), 0xC0u8.., Just(b'a')], 0..60),
    ) {
        for encoding in invariants::ENCODINGS {
            invariants::assert_decoded(&bytes, encoding);
        }
    }

    #[cfg(feature = "index")]
    #[test]
    fn any_query_is_read_and_written_such_that_it_is_read_again(text in any_query()) {
        use thoisu::index::Query;
        let (query, problems) = Query::lenient(&text);
        let length = text.chars().count();
        for problem in &problems {
            prop_assert!(problem.position() <= length, "{problem} in {text:?}");
        }
        let written = query.to_string();
        let again = Query::parse(&written);
        prop_assert!(again.is_ok(), "{text:?} is written as {written:?}: {}", again.unwrap_err());
        prop_assert_eq!(again.unwrap(), query.clone(), "{:?} is written as {:?}", text, written);
        prop_assert_eq!(Query::parse(&text).is_ok(), problems.is_empty());
        let words = Query::words(&text);
        if words != Query::all() {
            prop_assert_eq!(Query::parse(&words.to_string()).unwrap(), words);
        }
    }
}

#[test]
fn analysis_takes_time_in_proportion_to_the_text() {
    let analyzer = &*ANALYZER;
    let seconds = |text: &str| {
        let start = std::time::Instant::now();
        let article = Article::from_text(text);
        let document = analyzer.document(&article);
        std::hint::black_box(analyzer.facts(&document));
        start.elapsed().as_secs_f64()
    };
    for piece in [
        "1",
        "1/",
        "1,",
        "(",
        "a",
        "Nghị quyết số ",
        "ngày ",
        "\u{301}",
        "Trần Văn An, ",
        "từ 1/2/2020 đến ",
        "1 và ",
        "1-",
        "1 triệu ",
        "5% đến ",
        "khoảng từ ",
        "Lượt xem ",
        "\n",
        "“",
        "/",
        ".",
        "[",
        "Nghị quyết số 12-NQ/TU, ",
        "ông Trần Văn An, Chủ tịch UBND xã, ",
        "tăng 12,5% so với 8.675 tấn, ",
        "Trang chủ | ",
        "Trang chủ\n",
        "Thứ năm - 12/03/2020 08:15\n",
        "12/03/2020 ",
        "xtháng 3 12, 2020 ",
    ] {
        let small = piece.repeat(10_000 / piece.len());
        let large = small.repeat(8);
        // Other work runs beside the tests, so the quickest of some runs counts.
        let (mut least, mut most) = (f64::MAX, f64::MAX);
        let in_proportion = (0..20).any(|_| {
            least = seconds(&small).min(least);
            most = seconds(&large).min(most);
            most < least.max(0.001) * 8.0 * 4.0
        });
        assert!(in_proportion, "{piece:?}: {least} s, eight times as much: {most} s");
    }
}

#[test]
fn a_sign_of_money_belongs_to_one_figure() {
    let analyzer = &*ANALYZER;
    let article = Article::from_text("31/2$1");
    let facts = analyzer.facts(&analyzer.document(&article));
    let texts: Vec<&str> = facts.iter().map(|fact| &article.text[fact.span.range()]).collect();
    assert_eq!(texts, ["31/2$"]);
}

#[test]
fn figures_that_no_sum_could_hold_are_not_read() {
    let figure = "79228162514264337 nghìn tỷ đồng";
    for text in [
        format!("Thu tăng từ {figure} lên {figure} (tăng 5%)."),
        format!("Tổng vốn {figure}, trong đó có {figure} của xã, {figure} của huyện."),
        format!("Chi {figure}/{figure}, đạt 5%; còn lại {figure}."),
    ] {
        let article = Article::from_text(&*text);
        let facts = ANALYZER.facts(&ANALYZER.document(&article));
        let texts: Vec<&str> = facts.iter().map(|fact| &article.text[fact.span.range()]).collect();
        assert!(texts.iter().all(|text| *text == "5%"), "{texts:?}");
    }
}

#[test]
fn marks_that_canonical_order_parts_stay_with_their_letter() {
    let article = Article::from_text("Th\u{1a7b}\u{356} họp");
    let document = ANALYZER.document(&article);
    let texts: Vec<&str> = document.tokens().iter().map(|token| &article.text[token.span.range()]).collect();
    assert_eq!(texts, ["Th\u{1a7b}\u{356}", "họp"]);
}
