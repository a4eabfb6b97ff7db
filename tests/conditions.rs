//! Conditions that hold for one fact, and the articles that hold such facts.
#![cfg(feature = "index")]

use thoisu::index::{FactQuery, FactType, NewsIndex, Query};
use thoisu::{Analyzer, Article, PartialDate};

/// Articles of a province that does not exist, each by its id.
const ARTICLES: &[(&str, &str, &str)] = &[
    (
        "growth",
        "2021-04-02",
        "Quý I/2021, tăng trưởng kinh tế của tỉnh Hòa Lâm đạt 5,6%; thu ngân sách đạt 1.250 tỷ đồng, bằng 27,3% dự toán.\n",
    ),
    (
        "swine",
        "2021-04-09",
        "Dịch tả lợn làm chết 5,8% tổng đàn của huyện Yên Sơn. Tăng trưởng đàn bò đạt 2,1%, mua thêm 500 triệu đồng vật tư.\n",
    ),
    (
        "road",
        "2021-05-11",
        "Xã Bình Minh làm mới 3,5 km đường liên thôn và 800 m kênh mương, thu 12 tấn lúa giống trên 2 ha.\n",
    ),
    (
        "meeting",
        "2021-06-15",
        "Ngày 14/6/2021, tại thị trấn Lâm Thao, đồng chí Đào Văn Quế - Phó Bí thư Thường trực Huyện ủy Lâm Thao chủ trì hội \
         nghị sơ kết Nghị quyết số 05-NQ/HU, ngày 12/3/2019 của Ban Chấp hành Đảng bộ huyện. Bà Mai Thị Lụa, Chủ tịch UBND \
         huyện dự.\n",
    ),
];

fn index() -> NewsIndex {
    let index = NewsIndex::in_ram(Analyzer::new()).unwrap();
    let mut writer = index.writer().unwrap();
    for (id, published, text) in ARTICLES {
        let mut article = Article::from_text(*text);
        article.id = Some((*id).to_owned());
        article.published = Some(published.parse().unwrap());
        writer.add(&article).unwrap();
    }
    writer.commit().unwrap();
    index
}

fn facts(index: &NewsIndex, query: &FactQuery) -> Vec<String> {
    index.facts(query, 20).unwrap().hits.into_iter().map(|hit| hit.text).collect()
}

fn articles(index: &NewsIndex, query: &Query) -> Vec<String> {
    let page = index.search(query, 20).unwrap();
    let mut ids: Vec<_> = page.hits.iter().map(|hit| hit.id().to_owned()).collect();
    ids.sort();
    ids
}

fn figure() -> FactQuery {
    FactQuery::new().kind(FactType::Indicator)
}

#[test]
fn conditions_hold_for_one_figure() {
    let index = index();
    assert_eq!(facts(&index, &figure().name("tăng trưởng").unit("%")), ["2,1%", "5,6%"]);
    assert_eq!(facts(&index, &figure().name("tăng trưởng").value(5.0..=6.0).unit("%")), ["5,6%"]);
    assert_eq!(facts(&index, &figure().name("thu ngân sách").value(5.0..=6.0).unit("%")), [""; 0]);
    assert_eq!(facts(&index, &figure().name("tang truong").unit("%")).len(), 2, "typed without marks");
    assert_eq!(facts(&index, &figure().name("tạng trưởng").unit("%")), [""; 0], "marks that are typed count");
    assert_eq!(facts(&index, &figure().place("Yên Sơn").unit("%")), ["5,8%"]);
    let quarter: PartialDate = "2021-Q1".parse().unwrap();
    assert_eq!(facts(&index, &figure().date(quarter, quarter).unit("%")).len(), 2);
}

#[test]
fn units_of_one_kind_are_one() {
    let index = index();
    for (unit, low, high) in [("km", 0.5, 4.0), ("m", 500.0, 4000.0), ("mét", 500.0, 4000.0), ("nghìn m", 0.5, 4.0)] {
        assert_eq!(facts(&index, &figure().unit(unit).value(low..=high)), ["3,5 km", "800 m"], "{unit}");
    }
    assert_eq!(facts(&index, &figure().unit("m").value(..800.0)), [""; 0]);
    assert_eq!(facts(&index, &figure().unit("km").value(..=0.8)), ["800 m"]);
    assert_eq!(facts(&index, &figure().unit("kg").value(12_000.0..=12_000.0)), ["12 tấn"]);
    assert_eq!(facts(&index, &figure().unit("tan")), ["12 tấn"]);
    assert_eq!(facts(&index, &figure().unit("m2")), ["2 ha"]);
    for (unit, value) in [("tỷ đồng", 1.0), ("triệu đồng", 1000.0), ("VND", 1e9), ("ty dong", 1.0)] {
        assert_eq!(facts(&index, &figure().unit(unit).value(value..)), ["1.250 tỷ đồng"], "{unit}");
    }
}

#[test]
fn people_documents_and_meetings() {
    let index = index();
    let official = || FactQuery::new().kind(FactType::Official);
    assert_eq!(facts(&index, &official().name("Quế").post("Phó Bí thư")), ["Đào Văn Quế"]);
    assert_eq!(facts(&index, &official().post("Chủ tịch Ủy ban nhân dân")), ["Mai Thị Lụa"]);
    assert_eq!(facts(&index, &official().name("Lụa").post("Phó Bí thư")), [""; 0]);
    let document = || FactQuery::new().kind(FactType::Document);
    let (from, to): (PartialDate, PartialDate) = ("2019".parse().unwrap(), "2020-06".parse().unwrap());
    assert_eq!(facts(&index, &document().issuer("Đảng bộ huyện").date(from, to)), ["Nghị quyết số 05-NQ/HU"]);
    assert_eq!(facts(&index, &document().issuer("BCH Đảng bộ")), ["Nghị quyết số 05-NQ/HU"]);
    assert_eq!(facts(&index, &document().issuer("Đảng bộ tỉnh")), [""; 0]);
    let meeting = || FactQuery::new().kind(FactType::Meeting);
    let june: PartialDate = "2021-06".parse().unwrap();
    assert_eq!(facts(&index, &meeting().chair("Đào Văn Quế").event(june, june)).len(), 1);
    assert_eq!(facts(&index, &meeting().chair("Mai Thị Lụa")), [""; 0]);
}

#[test]
fn facts_lead_to_articles_and_articles_to_facts() {
    let index = index();
    let steep = figure().value(5.0..=6.0).unit("%");
    assert_eq!(articles(&index, &Query::all().fact(steep.clone())), ["growth", "swine"]);
    assert_eq!(articles(&index, &Query::all().fact(steep.name("tăng trưởng"))), ["growth"]);
    assert_eq!(facts(&index, &figure().within(Query::parse("đường liên thôn").unwrap())).len(), 4);
    assert_eq!(facts(&index, &figure().unit("%").within(Query::parse("duong lien thon").unwrap())), [""; 0]);
    let money = FactQuery::new().within(Query::all().fact(figure().unit("VND")));
    assert_eq!(index.facts(&money.clone().kind(FactType::Indicator), 0).unwrap().total, 6);
    assert_eq!(facts(&index, &money.kind(FactType::Indicator).unit("%").name("đàn")), ["5,8%", "2,1%"]);
    let page = index.search(&Query::all().fact(figure().unit("%").name("dự toán")), 1).unwrap();
    let matched: Vec<_> =
        page.hits[0].matched_facts().map(|fact| &page.hits[0].article().text[fact.span.range()]).collect();
    assert_eq!(matched, ["27,3%"]);
}

/// Facts find their articles whatever was deleted, replaced and merged since.
#[test]
fn rows_stay_together() {
    let index = NewsIndex::in_ram(Analyzer::new()).unwrap();
    let mut writer = index.writer_with_threads(2).unwrap();
    let article = |i: usize, tons: usize| {
        let mut article = Article::from_text(format!("Bài {i}. Xã thu {tons} tấn lúa, trồng {i} ha rừng."));
        article.id = Some(format!("a{i}"));
        article
    };
    for round in 0..4 {
        for i in 0..40 {
            writer.add(&article(i, i + 100 * round)).unwrap();
        }
        writer.delete(&format!("a{}", round * 7));
        writer.commit().unwrap();
    }
    writer.finish().unwrap();
    for i in 22..40 {
        let tons = (i + 300) as f64;
        let query = Query::all().fact(figure().unit("tấn").value(tons..=tons));
        assert_eq!(articles(&index, &query), [format!("a{i}")]);
        let query = query.fact(figure().unit("ha").value(i as f64..=i as f64));
        assert_eq!(articles(&index, &query), [format!("a{i}")]);
        assert_eq!(index.facts(&figure().within(query), 10).unwrap().total, 2);
    }
    assert_eq!(index.facts(&figure().within(Query::all()), 0).unwrap().total, 2 * index.len());
}
