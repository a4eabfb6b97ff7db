//! Articles: what is found in a page, and what is never lost.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde::Deserialize;
use thoisu::{Article, Span};

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    title: Option<String>,
    dateline: Option<String>,
    published: Option<String>,
    source: Option<String>,
    /// How the body begins and ends.
    body: [String; 2],
    #[serde(default)]
    furniture: Vec<String>,
    #[serde(default)]
    kept: Vec<String>,
}

#[test]
fn pages() {
    let table: Table = toml::from_str(include_str!("cases/article.toml")).expect("a table of cases");
    for case in &table.case {
        check(case, &case.text);
        // What is found does not hang on the ends of lines.
        let windows = |text: &String| text.replace('\n', "\r\n");
        let case = Case {
            name: format!("{}, with carriage returns", case.name),
            text: windows(&case.text),
            title: case.title.as_ref().map(windows),
            dateline: case.dateline.clone(),
            published: case.published.clone(),
            source: case.source.clone(),
            body: case.body.clone(),
            furniture: case.furniture.clone(),
            kept: case.kept.clone(),
        };
        check(&case, &case.text);
    }
}

fn check(case: &Case, text: &str) {
    let article = Article::from_text(text);
    assert_eq!(article.text, text);
    let name = &case.name;
    let slice = |span: Option<Span>| span.map(|span| text[span.range()].to_owned());
    assert_eq!(slice(article.title), case.title, "title: {name}");
    assert_eq!(slice(article.dateline), case.dateline, "dateline: {name}");
    assert_eq!(article.published.map(|date| date.to_string()), case.published, "published: {name}");
    assert_eq!(slice(article.source), case.source, "source: {name}");
    let body = article.body();
    assert!(body.starts_with(&case.body[0]) && body.ends_with(&case.body[1]), "body: {name}: {body}");
    let furniture: Vec<&str> = article.furniture.iter().map(|span| &text[span.range()]).collect();
    let inside = |piece: &String| furniture.iter().any(|part| part.contains(piece.as_str()));
    for piece in &case.furniture {
        assert!(inside(piece), "{piece:?} is no furniture: {name}: {furniture:?}");
    }
    for piece in &case.kept {
        assert!(text.contains(piece.as_str()) && !inside(piece), "{piece:?} is furniture: {name}: {furniture:?}");
    }
}

#[test]
fn authors() {
    let prose = "Sáng 11/3, UBND xã An Bình tổ chức đối thoại với hơn 120 người dân của năm thôn.";
    for (byline, above, author) in [
        ("Tác giả bài viết: Hà Vân", false, Some("Hà Vân")),
        ("Tin, ảnh: Kim Oanh (CTV)", false, Some("Kim Oanh")),
        ("Hà Vân", false, Some("Hà Vân")),
        ("12/03/2020 08:15 | Trần Hữu | 120 lượt xem", true, Some("Trần Hữu")),
        ("Thu Trà 12/03/2020", true, Some("Thu Trà")),
        ("Thời sự | 12/03/2020 08:15", true, None),
        ("Người đăng: admin", false, None),
        ("T/M BAN CHẤP HÀNH\nBÍ THƯ\nMai Thế Dân", false, None),
    ] {
        let (top, bottom) = if above { (byline, "") } else { ("", byline) };
        let article = Article::from_text(format!("Xã An Bình đối thoại với nhân dân\n{top}\n\n{prose}\n\n{bottom}\n"));
        assert_eq!(article.author.as_deref(), author, "{byline}");
    }
}

/// Lines that pages are made of.
const LINES: &[&str] = &[
    "Trang chủ » Tin tức",
    "Thứ Hai, 06/01/2025 10:32:15",
    "Đăng ngày 12/3/2020",
    "Hà Vân (Đăng ngày 31/3/2022)",
    "12/03/2020 08:15  Lượt xem: 2",
    "Xã An Bình đối thoại với nhân dân",
    "XÃ AN BÌNH",
    "Sáng 11/3, xã họp dân. Ông An chủ trì, có 120 người dự.",
    "(30/06/2023) - Tăng lương cơ sở từ tháng 7, giảm thuế và bổ sung chế độ.",
    "Bí thư Lê An phát biểu. Ảnh: H.V",
    "Hà Vân",
    "Nguồn: Báo Quảng Sơn, ngày 6/3/2018",
    "Tin liên quan",
    "Xã bạn họp (01/02/2020)",
    "Ý kiến bạn đọc",
    "và bàn việc mới",
    "\u{200B}\u{A0}",
    "",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn parts_lie_apart(
        lines in prop::collection::vec(prop_oneof![8 => prop::sample::select(LINES).prop_map(str::to_owned), 1 => any::<String>()], 0..14),
        end in prop::sample::select(&["\n", "\r\n", " "][..]),
    ) {
        let text = lines.join(end);
        let article = Article::from_text(text.clone());
        prop_assert_eq!(&article.text, &text);
        prop_assert_eq!(article.dateline.is_some(), article.published.is_some());
        for part in &article.furniture {
            prop_assert!(!text[part.range()].trim().is_empty());
            for other in [article.title, article.dateline, article.source].into_iter().flatten() {
                prop_assert!(!part.overlaps(other), "{part} and {other} of {text:?}");
            }
        }
        prop_assert!(article.furniture.windows(2).all(|pair| pair[0].end <= pair[1].start));
        prop_assert!(article.title.is_none_or(|title| title.end <= article.body.start), "{text:?}");
    }
}

/// The written articles of the corpus with the dates that their annotators read.
#[test]
fn the_corpus_is_dated_as_its_gold_says() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(corpus.join("gold")).unwrap() {
        let gold = entry.unwrap().path();
        let id = gold.file_stem().unwrap().to_str().unwrap();
        let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(&gold).unwrap()).unwrap();
        let text = fs::read_to_string(corpus.join("texts").join(format!("{id}.txt"))).unwrap();
        let article = Article::from_text(text);
        let found = article.published.map(|date| date.to_string());
        if found.as_deref() != json["published"].as_str() {
            wrong.push(format!("{id}: {found:?} for {}", json["published"]));
        }
        count += 1;
    }
    assert_eq!((count, wrong), (20, Vec::new()));
}
