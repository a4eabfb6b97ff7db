//! An index of three short articles of one district, for tests of what a caller of `NewsIndex` sees.
#![allow(dead_code, reason = "each test file uses a part of it")]

use thoisu::extract::{DocumentRef, Indicator, Official, Rule};
use thoisu::index::{NewsIndex, Page, Query};
use thoisu::{Analyzer, Article, Document, Fact, FactKind, Span};

/// Finds what it is told to, so that these tests depend on no grammar.
pub(crate) struct Listed;

impl Rule for Listed {
    fn name(&self) -> &'static str {
        "listed"
    }

    fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>) {
        facts.clear();
        let document_ref = |code: &str| {
            let mut document = DocumentRef::new("nghị quyết");
            document.code = Some(code.to_owned());
            FactKind::from(document)
        };
        let official = |name: &str, post: &str| FactKind::from(Official::new(name, post));
        let indicator = |value: i64, unit: &str| FactKind::from(Indicator::new(value, unit));
        for (text, kind) in [
            ("Nghị quyết 02-NQ/TU", document_ref("02-NQ/TU")),
            ("Nghị quyết số 30/NQ-CP", document_ref("30/NQ-CP")),
            ("Lê Thị Mận", official("Lê Thị Mận", "Chủ tịch UBND xã")),
            ("Trần Văn Ổi", official("Trần Văn Ổi", "Bí thư Đảng ủy")),
            ("12 cuộc đối thoại", indicator(12, "cuộc đối thoại")),
            ("1.500 lượt người", indicator(1500, "lượt người")),
        ] {
            for (start, _) in document.original().match_indices(text) {
                facts.push(Fact::new(Span::from_range(start..start + text.len()), kind.clone()));
            }
        }
    }
}

pub(crate) fn analyzer() -> Analyzer {
    Analyzer::builder().rule(Listed).build()
}

pub(crate) fn article(id: &str, published: Option<&str>, text: &str) -> Article {
    let mut article = Article::from_text(text);
    article.id = Some(id.to_owned());
    article.published = published.map(|date| date.parse().unwrap());
    article
}

pub(crate) fn index(articles: &[Article]) -> NewsIndex {
    let index = NewsIndex::in_ram(analyzer()).unwrap();
    let mut writer = index.writer().unwrap();
    for article in articles {
        writer.add(article).unwrap();
    }
    writer.commit().unwrap();
    index
}

/// Three short articles of one district.
pub(crate) fn district() -> NewsIndex {
    index(&[
        article(
            "dialogue",
            Some("2019-05-14"),
            "Xã Yên Hạ đối thoại với dân\n\nChủ tịch UBND xã Lê Thị Mận chủ trì. Xã đã mở 12 cuộc đối thoại với 1.500 lượt \
             người theo Nghị quyết 02-NQ/TU.\n",
        ),
        article(
            "meeting",
            Some("2019-07-02"),
            "Đảng ủy xã Yên Thượng họp quý II\n\nBí thư Đảng ủy Trần Văn Ổi kết luận. Nghị quyết số 30/NQ-CP được phổ biến.\n",
        ),
        article(
            "notice",
            None,
            "Thông báo lịch tiếp công dân\n\nLịch tiếp dân niêm yết tại trụ sở, có quy chế kèm theo.\n",
        ),
    ])
}

pub(crate) fn found(index: &NewsIndex, query: &str) -> Vec<String> {
    ids(&index.search(&Query::parse(query).unwrap(), 10).unwrap())
}

pub(crate) fn ids(page: &Page) -> Vec<String> {
    page.hits.iter().map(|hit| hit.id().to_owned()).collect()
}
