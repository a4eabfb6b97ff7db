//! HTML pages in the layouts of real portals, compared with what a reader would take from them.
#![cfg(feature = "html")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Deserialize;
use thoisu::{Article, Span};

#[derive(Deserialize)]
struct Table {
    page: Vec<Page>,
}

/// What a reader takes from a page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    file: String,
    /// Whether it holds an article; if not, nothing else is given.
    #[serde(default)]
    none: bool,
    title: Option<String>,
    published: Option<String>,
    author: Option<String>,
    source: Option<String>,
    site: Option<String>,
    /// How the analysed body begins and ends.
    #[serde(default)]
    body: [String; 2],
    /// What must be in the analysed body.
    #[serde(default)]
    kept: Vec<String>,
    /// What must not be in it.
    #[serde(default)]
    left_out: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")
}

fn pages() -> Vec<Page> {
    let table: Table = toml::from_str(include_str!("pages/pages.toml")).expect("a table of pages");
    table.page
}

/// The body without the furniture in it, lines trimmed.
fn analysed(article: &Article) -> String {
    let body = article.body.range();
    let mut text = String::new();
    let mut at = body.start;
    for part in article.furniture.iter().filter(|part| part.overlaps(article.body)) {
        text.push_str(&article.text[at..part.range().start.max(at)]);
        at = part.range().end.min(body.end);
    }
    text.push_str(&article.text[at..body.end]);
    text.trim().to_owned()
}

#[test]
fn what_a_reader_takes() {
    let mut wrong = String::new();
    for page in pages() {
        let bytes = fs::read(folder().join(&page.file)).unwrap();
        let mut note = |what: &str, found: &dyn std::fmt::Debug, wanted: &dyn std::fmt::Debug| {
            wrong.push_str(&format!("{}: {what}: {found:?}, not {wanted:?}\n", page.file));
        };
        let article = match Article::from_html(&bytes, Some("https://trang.example/bai")) {
            Ok(article) if !page.none => article,
            Err(error) if page.none && error.is_input() && error.to_string().starts_with("there is no article") => {
                continue;
            }
            other => {
                note("article", &other, &page.none);
                continue;
            }
        };
        let slice = |span: Option<Span>| span.map(|span| article.text[span.range()].to_owned());
        let published = article.published.map(|date| date.to_string());
        for (what, found, wanted) in [
            ("title", slice(article.title), &page.title),
            ("published", published, &page.published),
            ("author", article.author.clone(), &page.author),
            ("source", slice(article.source), &page.source),
            ("site", article.site.clone(), &page.site),
        ] {
            if found != *wanted {
                note(what, &found, wanted);
            }
        }
        let body = analysed(&article);
        if !body.starts_with(&page.body[0]) {
            note("first sentence", &body.chars().take(80).collect::<String>(), &page.body[0]);
        }
        if !body.ends_with(&page.body[1]) {
            let end: String = body.chars().skip(body.chars().count().saturating_sub(80)).collect();
            note("last sentence", &end, &page.body[1]);
        }
        for piece in page.kept.iter().filter(|piece| !body.contains(piece.as_str())) {
            note("lost", piece, &"kept");
        }
        for piece in page.left_out.iter().filter(|piece| body.contains(piece.as_str())) {
            note("in the body", piece, &"left out");
        }
        assert_eq!(article.url.as_deref(), Some("https://trang.example/bai"));
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_page_is_in_the_table() {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let files: BTreeSet<String> = files.filter(|file| file.ends_with(".html")).collect();
    let named: BTreeSet<String> = pages().into_iter().map(|page| page.file).collect();
    assert_eq!(files, named);
}

/// Pages that were cut off, or put together from pieces of others, are read or refused; nothing panics.
#[test]
fn damaged_pages() {
    let files: Vec<Vec<u8>> = pages().iter().map(|page| fs::read(folder().join(&page.file)).unwrap()).collect();
    let mut seed = 7_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for _ in 0..300 {
        let mut page = Vec::new();
        for _ in 0..3 {
            let file = &files[random(files.len())];
            let start = random(file.len());
            page.extend_from_slice(&file[start..(start + random(3000)).min(file.len())]);
        }
        if let Ok(article) = Article::from_html(&page, None) {
            let spans = [article.title, article.dateline, article.source, Some(article.body)];
            for span in spans.into_iter().flatten().chain(article.furniture.iter().copied()) {
                assert!(article.text.get(span.range()).is_some(), "{span}: {}", String::from_utf8_lossy(&page));
            }
        }
    }
}

/// A page may cost no more, whatever is in it, than some pages of news of that size.
#[test]
fn hostile_pages_cost_no_more_than_others() {
    const SIZE: usize = 100_000;
    // Three times in a release build; without optimisation, and with other tests beside, more.
    const TIMES: u32 = 10;
    let fill = |piece: &str| piece.repeat(SIZE / piece.len());
    let prose = "<p>Sáng 11/3, UBND xã An Bình tổ chức hội nghị đối thoại với hơn 120 người dân của năm thôn.</p>\n";
    let time = |html: &str| {
        let once = || {
            let start = Instant::now();
            let _ = Article::from_html(html.as_bytes(), None);
            start.elapsed()
        };
        // Other programs may run beside.
        once().min(once()).min(once())
    };
    let normal = time(&format!("<title>Xã An Bình họp dân</title><div class=x>{}</div>", fill(prose)));
    for html in [
        fill("<div>"),
        fill("<div></x>"),
        fill("<b></p>"),
        format!("<table>{}", fill("<div>")),
        format!("<template>{}", fill("<div>")),
        format!("{}{}", "<div>".repeat(200), fill(prose)),
        format!("<a {}>", (0..SIZE / 8).map(|at| format!("a{at} ")).collect::<String>()),
        (0..SIZE / 14).map(|at| format!("<body a{at}>")).collect(),
        fill("<"),
        fill("<a b=\""),
        format!("<script>{}", fill("</script b=\"")),
        fill("<!--"),
        fill("&"),
        fill("&amp;"),
        fill("&#7841;"),
        format!("{}{}", (0..200).map(|at| format!("<b a={at}>")).collect::<String>(), fill("<p>x")),
        format!("<table>{}", fill("<tr><td>xã<td>họp")),
        fill("Xã An Bình họp dân.<br><br>"),
        fill("<a href=x>Sáng 11/3</a>"),
        fill("<h2>Xã An Bình họp dân</h2>"),
        format!("<p>a{}", fill("\u{A0}")),
        format!("<p>{}", fill("12/03/2020 08:15 ")),
        format!("<script type=application/ld+json>{}</script>", fill("[")),
    ] {
        let taken = time(&html);
        assert!(taken <= TIMES * normal, "{taken:?}, a page of news {normal:?}: {}", &html[..40]);
    }
}
