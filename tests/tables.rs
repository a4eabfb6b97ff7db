//! What a caller of `NewsIndex` sees of rows, groups, timelines and pages.
#![cfg(feature = "index")]

use serde_json::{Value, json};
use thoisu::Decimal;
use thoisu::extract::Rule;
use thoisu::index::{
    ArticleRow, Column, Copies, FactQuery, FactRow, FactType, Group, Grouping, Holds, Key, Known, NewsIndex, Period,
    Query, Row, Timeline, When,
};
use thoisu::{Analyzer, Article, Document, Fact, FactKind, PartialDate, Span};

/// Finds what it is told to, so that these tests depend on no grammar: words, and the fact that they are.
struct Listed(Vec<(String, FactKind)>);

impl Rule for Listed {
    fn name(&self) -> &'static str {
        "listed"
    }

    fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>) {
        facts.clear();
        for (text, kind) in &self.0 {
            for (start, _) in document.original().match_indices(text.as_str()) {
                facts.push(Fact::new(Span::from_range(start..start + text.len()), kind.clone()));
            }
        }
        facts.sort_by_key(|fact| fact.span);
    }
}

fn analyzer(facts: &[(&str, Value)]) -> Analyzer {
    let facts = facts.iter().map(|(text, json)| ((*text).to_owned(), serde_json::from_value(json.clone()).unwrap()));
    Analyzer::builder().rule(Listed(facts.collect())).build()
}

/// An index of articles: id, date, text.
fn index(facts: &[(&str, Value)], articles: &[(&str, &str, &str)]) -> NewsIndex {
    let index = NewsIndex::in_ram(analyzer(facts)).unwrap();
    let mut writer = index.writer().unwrap();
    for (id, date, text) in articles {
        writer.add(&article(id, date, text)).unwrap();
    }
    writer.commit().unwrap();
    index
}

/// The id may tell the site: `site/name`.
fn article(id: &str, date: &str, text: &str) -> Article {
    let mut article = Article::from_text(text);
    article.id = Some(id.to_owned());
    article.url = id.split_once('/').map(|(site, name)| format!("https://{site}/{name}"));
    article.published = (!date.is_empty()).then(|| date.parse().unwrap());
    article
}

fn indicator(value: f64, unit: &str, more: Value) -> Value {
    let mut json = json!({ "type": "indicator", "value": value, "unit": unit });
    json.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    json
}

fn cells<R: Row>(row: &R, names: &[&str]) -> Vec<String> {
    let cell = |name: &&str| R::COLUMNS.iter().find(|column| column.name() == *name).unwrap().cell(row).to_string();
    names.iter().map(cell).collect()
}

/// Two districts and what they count.
fn districts() -> NewsIndex {
    index(
        &[
            ("8,5%", indicator(8.5, "%", json!({ "place": "huyện Bắc Lũng" }))),
            ("10-15%", indicator(10.0, "%", json!({ "upper": 15, "place": "huyện Sông Ngàn" }))),
            ("7,25%", indicator(7.25, "%", json!({ "place": "Huyện Bắc Lũng", "period": "2021" }))),
            (
                "1.500 lượt người",
                indicator(1500.0, "lượt người", json!({ "period": "2021-03", "place": "huyện Bắc Lũng" })),
            ),
            ("27 Lượt người", indicator(27.0, "Lượt người", json!({ "period": "2021-03-05" }))),
            (
                "hội nghị",
                json!({ "type": "meeting", "kind": "hội nghị", "date": "2021-03-02", "chairs": ["Lê Thị Mận", "Trần Văn Ổi"] }),
            ),
        ],
        &[
            (
                "a.vn/1",
                "2021-04-02",
                "Huyện họp hội nghị: đạt 8,5% và 10-15%.\n\nCó 1.500 lượt người, rồi 27 Lượt người.",
            ),
            ("b.vn/2", "2021-06-01", "Đạt 7,25% kế hoạch. Thêm 27 Lượt người."),
            ("c.vn/3", "", "Không có ngày, đạt 8,5%."),
        ],
    )
}

#[test]
fn rows_have_all_that_a_fact_tells() {
    let index = districts();
    let rows: Vec<FactRow> =
        index.fact_rows(&FactQuery::new(), Copies::Once).unwrap().collect::<Result<_, _>>().unwrap();
    let shown: Vec<Vec<String>> = rows
        .iter()
        .map(|row| cells(row, &["article", "type", "text", "value", "upper", "unit", "place", "date_from", "date_to"]))
        .collect();
    let row = |cells: [&str; 9]| cells.map(str::to_owned).to_vec();
    assert_eq!(
        shown,
        [
            row(["a.vn/1", "meeting", "hội nghị", "", "", "", "", "2021-03-02", "2021-03-02"]),
            row(["a.vn/1", "indicator", "8,5%", "8.5", "", "%", "huyện Bắc Lũng", "", ""]),
            row(["a.vn/1", "indicator", "10-15%", "10", "15", "%", "huyện Sông Ngàn", "", ""]),
            row([
                "a.vn/1",
                "indicator",
                "1.500 lượt người",
                "1500",
                "",
                "lượt người",
                "huyện Bắc Lũng",
                "2021-03-01",
                "2021-03-31"
            ]),
            row(["a.vn/1", "indicator", "27 Lượt người", "27", "", "Lượt người", "", "2021-03-05", "2021-03-05"]),
            row(["b.vn/2", "indicator", "7,25%", "7.25", "", "%", "Huyện Bắc Lũng", "2021-01-01", "2021-12-31"]),
            row(["b.vn/2", "indicator", "27 Lượt người", "27", "", "Lượt người", "", "2021-03-05", "2021-03-05"]),
            row(["c.vn/3", "indicator", "8,5%", "8.5", "", "%", "huyện Bắc Lũng", "", ""]),
        ]
    );
    for row in &rows {
        let text = &row.article().article().text;
        assert_eq!(row.text(), &text[row.fact().span.range()]);
        assert!(row.sentence().contains(row.fact().span), "{row:?}");
    }
    assert_eq!(rows[3].sentence_text(), "Có 1.500 lượt người, rồi 27 Lượt người.");
    assert_eq!(
        cells(&rows[0], &["source", "published_from", "chairs"]),
        ["a.vn", "2021-04-02", "Lê Thị Mận; Trần Văn Ổi"]
    );
    assert_eq!(cells(&rows[7], &["published_from", "published_to", "code"]), ["", "", ""]);

    // As JSON: the same names, empty cells as null.
    let object = serde_json::to_value(&rows[1]).unwrap();
    assert_eq!(object.as_object().unwrap().len(), FactRow::COLUMNS.len());
    assert_eq!((&object["value"], &object["upper"], &object["part"]), (&json!(8.5), &Value::Null, &json!(false)));
}

#[test]
fn columns_have_names_of_their_own_and_hold_what_they_say() {
    fn check<R: Row>(row: &R) {
        let mut names: Vec<&str> = R::COLUMNS.iter().map(Column::name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), R::COLUMNS.len());
        for column in R::COLUMNS {
            let value = serde_json::to_value(column.cell(row)).unwrap();
            let right = match column.holds() {
                Holds::Integer => value.is_i64(),
                Holds::Number => value.is_f64(),
                Holds::Flag => value.is_boolean(),
                _ => value.is_string(),
            };
            assert!(right || value.is_null(), "{column:?}: {value}");
        }
    }
    let index = districts();
    for row in index.fact_rows(&FactQuery::new(), Copies::Once).unwrap() {
        check(&row.unwrap());
    }
    for row in index.article_rows(&Query::all(), Copies::Once).unwrap() {
        check(&row.unwrap());
    }
}

#[test]
fn articles_are_rows_too() {
    let index = districts();
    let rows: Vec<ArticleRow> =
        index.article_rows(&Query::parse("đạt").unwrap(), Copies::Once).unwrap().collect::<Result<_, _>>().unwrap();
    let shown: Vec<_> = rows.iter().map(|row| cells(row, &["id", "source", "published_from", "facts"])).collect();
    assert_eq!(
        shown,
        [["a.vn/1", "a.vn", "2021-04-02", "5"], ["b.vn/2", "b.vn", "2021-06-01", "2"], ["c.vn/3", "c.vn", "", "1"]]
    );
    // Those with other marks are found as a search finds them.
    let dat = index.article_rows(&Query::parse("ĐẶT").unwrap(), Copies::Once).unwrap();
    assert_eq!(dat.count(), index.search(&Query::parse("ĐẶT").unwrap(), 10).unwrap().total);
}

#[test]
fn rows_are_those_that_are_there_when_they_are_asked_for() {
    let index = districts();
    let rows = index.fact_rows(&FactQuery::new(), Copies::All).unwrap();
    let mut writer = index.writer().unwrap();
    writer.delete("b.vn/2");
    writer.add(&article("a.vn/1", "2021-04-02", "Nay chỉ còn 8,5%.")).unwrap();
    writer.commit().unwrap();
    assert_eq!(rows.count(), 8);
    let rows: Vec<_> = index.fact_rows(&FactQuery::new(), Copies::All).unwrap().map(Result::unwrap).collect();
    let mut texts: Vec<_> = rows.iter().map(|row| (row.article().id(), row.text())).collect();
    texts.sort_unstable();
    assert_eq!(texts, [("a.vn/1", "8,5%"), ("c.vn/3", "8,5%")]);
}

/// Key, unit, facts, articles, sum, min, max, median.
fn line(group: &Group) -> String {
    let keys = group.keys.iter().map(|key| key.as_deref().unwrap_or("-"));
    let mut parts: Vec<String> = keys.chain([group.unit.as_deref().unwrap_or("-")]).map(str::to_owned).collect();
    parts.extend([group.facts.to_string(), group.articles.to_string()]);
    if let Some(values) = &group.values {
        parts.push(values.sum.map_or("none".to_owned(), |sum| sum.to_string()));
        parts.extend([values.min, values.max, values.median].map(|value| value.to_string()));
    }
    parts.join(" | ")
}

fn grouped(index: &NewsIndex, query: &FactQuery, keys: &[&str]) -> Vec<String> {
    let keys: Vec<Key> = keys.iter().map(|key| key.parse().unwrap()).collect();
    index.group_facts(query, keys, Copies::Once).unwrap().iter().map(line).collect()
}

#[test]
fn figures_are_added_up_by_unit_and_whatever_else() {
    let index = districts();
    let indicators = FactQuery::new().kind(FactType::Indicator);
    // 10-15% counts with its lower end; 7.25, 8.5, 8.5, 10.
    assert_eq!(
        grouped(&index, &indicators, &[]),
        ["% | 4 | 3 | 34.25 | 7.25 | 10 | 8.5", "Lượt người | 3 | 2 | 1554 | 27 | 1500 | 27"]
    );
    assert_eq!(grouped(&index, &indicators, &["unit"])[0], "% | % | 4 | 3 | 34.25 | 7.25 | 10 | 8.5");
    // The time that a figure tells, else that of publication; a whole year is no month.
    assert_eq!(
        grouped(&index, &indicators, &["month"]),
        [
            "2021 | % | 1 | 1 | 7.25 | 7.25 | 7.25 | 7.25",
            "2021-03 | Lượt người | 3 | 2 | 1554 | 27 | 1500 | 27",
            "2021-04 | % | 2 | 1 | 18.5 | 8.5 | 10 | 9.25",
            "- | % | 1 | 1 | 8.5 | 8.5 | 8.5 | 8.5",
        ]
    );
    assert_eq!(
        grouped(&index, &indicators.clone().unit("lượt người"), &["published"]),
        ["2021-04 | Lượt người | 2 | 1 | 1527 | 27 | 1500 | 763.5", "2021-06 | Lượt người | 1 | 1 | 27 | 27 | 27 | 27"]
    );
    assert_eq!(
        grouped(&index, &indicators.clone().unit("%"), &["place"]),
        ["huyện Bắc Lũng | % | 3 | 3 | 24.25 | 7.25 | 8.5 | 8.5", "huyện Sông Ngàn | % | 1 | 1 | 10 | 10 | 10 | 10"]
    );
    assert_eq!(
        grouped(&index, &FactQuery::new(), &["type"]),
        [
            "indicator | % | 4 | 3 | 34.25 | 7.25 | 10 | 8.5",
            "indicator | Lượt người | 3 | 2 | 1554 | 27 | 1500 | 27",
            "meeting | - | 1 | 1"
        ]
    );
    // A meeting stands under each of its chairs.
    assert_eq!(
        grouped(&index, &FactQuery::new().kind(FactType::Meeting), &["official", "month"]),
        ["Lê Thị Mận | 2021-03 | - | 1 | 1", "Trần Văn Ổi | 2021-03 | - | 1 | 1"]
    );
    assert_eq!(grouped(&index, &FactQuery::new().unit("km"), &["month"]), [""; 0]);
}

/// The same release on three sites, long enough to be known as one.
fn copies() -> NewsIndex {
    let body: String =
        (0..40).map(|i| format!("Thôn {i} có {} hộ làm việc thứ {} trong năm. ", i * 7, i * 3)).collect();
    let text = |head: &str| format!("{head}\n{body}\nCó 1.500 lượt người dự.");
    let facts = [("1.500 lượt người", indicator(1500.0, "lượt người", json!({})))];
    let index = index(&facts, &[]);
    let mut writer = index.writer().unwrap();
    for (id, date) in [("b.vn/2", "2021-05-03"), ("a.vn/1", "2021-04-30"), ("c.vn/3", "2021-05-03")] {
        writer.add(&article(id, date, &text(id))).unwrap();
        // A part of the index each.
        writer.commit().unwrap();
    }
    writer.add(&article("d.vn/4", "2021-05-09", "Riêng xã này có 1.500 lượt người.")).unwrap();
    writer.commit().unwrap();
    index
}

#[test]
fn copies_count_once_unless_asked_for() {
    let index = copies();
    let query = FactQuery::new();
    assert_eq!(grouped(&index, &query, &[]), ["lượt người | 2 | 2 | 3000 | 1500 | 1500 | 1500"]);
    let all = index.group_facts(&query, [], Copies::All).unwrap();
    assert_eq!(line(&all[0]), "lượt người | 4 | 4 | 6000 | 1500 | 1500 | 1500");
    // The first of those found counts.
    let ids = |query: &FactQuery| {
        let rows = index.fact_rows(query, Copies::Once).unwrap().map(|row| row.unwrap().article().id().to_owned());
        let mut ids: Vec<_> = rows.collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&query), ["a.vn/1", "d.vn/4"]);
    let may: PartialDate = "2021-05".parse().unwrap();
    assert_eq!(ids(&FactQuery::new().published(may, may)), ["b.vn/2", "d.vn/4"]);
    let rows: Vec<_> = index.article_rows(&Query::all(), Copies::All).unwrap().map(Result::unwrap).collect();
    let groups: std::collections::HashSet<u64> = rows.iter().map(ArticleRow::group).collect();
    assert_eq!((rows.len(), groups.len()), (4, 2));
    let timeline = |copies| counts(&index.timeline(&Query::all(), Period::Month, copies).unwrap());
    assert_eq!(timeline(Copies::Once), ["2021-04 1", "2021-05 1"]);
    assert_eq!(timeline(Copies::All), ["2021-04 1", "2021-05 3"]);
}

fn counts(timeline: &Timeline) -> Vec<String> {
    timeline.points.iter().map(|point| format!("{} {}", point.slot, point.count)).collect()
}

#[test]
fn articles_lie_on_a_timeline_where_their_date_is_fine_enough() {
    let dates = ["2020-12-31", "2021-01-01", "2021-01", "2021", "2021-Q1", "2021-04-01T08:30", ""];
    let ids: Vec<String> = (0..dates.len()).map(|i| format!("a{i}")).collect();
    let articles: Vec<_> = ids.iter().zip(dates).map(|(id, date)| (id.as_str(), date, "Xã họp dân.")).collect();
    let index = index(&[], &articles);
    let timeline = |period| {
        let timeline = index.timeline(&Query::all(), period, Copies::Once).unwrap();
        let placed: usize = timeline.points.iter().map(|point| point.count).sum();
        assert_eq!(placed + timeline.unplaced, dates.len(), "{period}");
        (counts(&timeline), timeline.unplaced)
    };
    let (days, unplaced) = timeline(Period::Day);
    assert_eq!((days.len(), unplaced), (92, 4));
    assert_eq!(
        (days[0].as_str(), days[1].as_str(), days[2].as_str()),
        ("2020-12-31 1", "2021-01-01 1", "2021-01-02 0")
    );
    let months = ["2020-12 1", "2021-01 2", "2021-02 0", "2021-03 0", "2021-04 1"].map(str::to_owned).to_vec();
    assert_eq!(timeline(Period::Month), (months, 3));
    let quarters = ["2020-Q4 1", "2021-Q1 3", "2021-Q2 1"].map(str::to_owned).to_vec();
    assert_eq!(timeline(Period::Quarter), (quarters, 2));
    assert_eq!(timeline(Period::Year), (vec!["2020 1".to_owned(), "2021 5".to_owned()], 1));
    assert_eq!(timeline(Period::Week).0[0], "2020-W53 2");
}

#[test]
fn figures_have_a_timeline_for_each_unit() {
    let index = districts();
    let query = FactQuery::new().kind(FactType::Indicator);
    let timelines = index.fact_timelines(&query, Period::Month, When::Told, Copies::Once).unwrap();
    let units: Vec<_> = timelines.iter().map(|timeline| timeline.unit.as_deref().unwrap()).collect();
    assert_eq!(units, ["%", "Lượt người"]);
    let people = &timelines[1];
    assert_eq!((counts(people), people.unplaced), (vec!["2021-03 3".to_owned()], 0));
    assert_eq!(people.points[0].values.as_ref().unwrap().sum, Some(Decimal::from(1554)));
    assert_eq!((counts(&timelines[0]), timelines[0].unplaced), (vec!["2021-04 2".to_owned()], 2));
    let published = index.fact_timelines(&query, Period::Month, When::Published, Copies::Once).unwrap();
    assert_eq!(counts(&published[1]), ["2021-04 2", "2021-05 0", "2021-06 1"]);
    assert_eq!(published[1].points[1].values, None);
}

#[test]
fn rows_chosen_by_the_caller_are_grouped_alike() {
    let index = districts();
    let mut grouping = Grouping::new([Key::Place]);
    for row in index.fact_rows(&FactQuery::new(), Copies::Once).unwrap() {
        let row = row.unwrap();
        if row.places().any(|place| place.ends_with("Sông Ngàn")) {
            grouping.add(&row);
        }
    }
    let groups = grouping.finish();
    assert_eq!(groups.iter().map(line).collect::<Vec<_>>(), ["huyện Sông Ngàn | % | 1 | 1 | 10 | 10 | 10 | 10"]);
}

fn resolution(more: Value) -> Value {
    let mut json = json!({ "type": "document", "kind": "nghị quyết", "code": "02-NQ/TU", "level": "province" });
    json.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    json
}

#[test]
fn documents_of_one_code_are_told_apart() {
    let issuer = "Ban Chấp hành Đảng bộ tỉnh";
    let index = index(
        &[
            (
                "NQ 02 Hòa Thành",
                resolution(
                    json!({ "place": "tỉnh Hòa Thành", "issuer": issuer, "issued": "2016-04-03", "title": "công tác dân vận" }),
                ),
            ),
            ("NQ 02 Sơn Bình", resolution(json!({ "place": "Sơn Bình", "issuer": "Tỉnh ủy Sơn Bình" }))),
            ("NQ 02 ngày 3/4/2016", resolution(json!({ "issued": "2016-04-03" }))),
            ("Nghị quyết 02-NQ/TU", resolution(json!({}))),
            ("NQ 02 khác", resolution(json!({ "code": "03-NQ/TU" }))),
        ],
        &[
            ("h.vn/1", "2017-01-05", "Theo NQ 02 Hòa Thành, xã họp. Nhắc lại Nghị quyết 02-NQ/TU."),
            ("s.vn/1", "2018-02-05", "Theo NQ 02 Sơn Bình, xã họp."),
            ("x.vn/1", "2018-03-05", "Theo NQ 02 ngày 3/4/2016, xã họp."),
            ("h.vn/2", "2017-03-09", "Thôn họp về Nghị quyết 02-NQ/TU."),
            ("y.vn/1", "2019-01-05", "Ở tỉnh Sơn Bình, thôn họp về Nghị quyết 02-NQ/TU."),
            ("z.vn/1", "2019-02-05", "Thôn họp về Nghị quyết 02-NQ/TU. Cả NQ 02 khác."),
        ],
    );
    for code in ["02-NQ/TU", "2/nq-tu"] {
        let page = index.document_page(code, Copies::Once).unwrap();
        assert_eq!((page.code.as_str(), page.articles, page.documents.len()), ("02-NQ/TU", 6, 2));
        let of = |at: usize| -> Vec<(&str, Known)> {
            page.documents[at].citations.iter().map(|cited| (cited.article.as_str(), cited.known)).collect()
        };
        assert_eq!(of(0), [("h.vn/1", Known::Told), ("h.vn/2", Known::Likely), ("x.vn/1", Known::Told)]);
        assert_eq!(of(1), [("s.vn/1", Known::Told), ("y.vn/1", Known::Likely)]);
        let first = &page.documents[0];
        assert_eq!(first.place.as_deref(), Some("tỉnh Hòa Thành"));
        assert_eq!(
            (first.issuers[0].value.as_str(), first.issued[0].value.as_str(), first.issued[0].articles),
            (issuer, "2016-04-03", 2)
        );
        assert_eq!(first.titles[0].value, "công tác dân vận");
        assert_eq!(
            (first.first.unwrap().to_string(), first.last.unwrap().to_string()),
            ("2017-01-05".into(), "2018-03-05".into())
        );
        assert_eq!(counts(&first.timeline(Period::Year)), ["2017 2", "2018 1"]);
        assert_eq!((first.citations[0].text.as_str(), first.citations[0].mentions), ("NQ 02 Hòa Thành", 2));
        let unclear: Vec<_> = page.unclear.iter().map(|cited| (cited.article.as_str(), &cited.can_be[..])).collect();
        assert_eq!(unclear, [("z.vn/1", &[0, 1][..])]);
    }
    let none = index.document_page("99-NQ/TU", Copies::Once).unwrap();
    assert_eq!((none.articles, none.documents.len(), none.unclear.len()), (0, 0, 0));
}

#[test]
fn a_code_with_its_year_is_one_document_whatever_day_is_printed() {
    let decree = |issued: &str| json!({ "type": "document", "kind": "nghị định", "code": "59/2023/NĐ-CP", "level": "central", "issued": issued });
    let index = index(
        &[("NĐ 59 ngày 14/8", decree("2023-08-14")), ("NĐ 59 ngày 14/9", decree("2023-09-14"))],
        &[("a.vn/1", "2023-10-01", "Theo NĐ 59 ngày 14/8."), ("b.vn/2", "2023-11-01", "Theo NĐ 59 ngày 14/9.")],
    );
    let page = index.document_page("59/2023/NĐ-CP", Copies::Once).unwrap();
    assert_eq!(page.documents.len(), 1);
    let issued: Vec<_> = page.documents[0].issued.iter().map(|count| count.value.as_str()).collect();
    assert_eq!(issued, ["2023-08-14", "2023-09-14"], "that they do not agree is shown");
}

fn official(name: &str, post: &str, place: Option<&str>, act: Option<&str>) -> Value {
    let office = json!({ "rank": post, "level": "district", "place": place });
    let mut json = json!({ "type": "official", "name": name, "posts": [post], "offices": [office] });
    if let Some(act) = act {
        json["act"] = json!(act);
    }
    json
}

#[test]
fn people_of_one_name_are_told_apart() {
    let name = "Đinh Thị Vân";
    let index = index(
        &[
            ("Vân Bí thư Bắc Lũng", official(name, "Bí thư Huyện ủy Bắc Lũng", Some("Bắc Lũng"), None)),
            (
                "Vân Phó Bí thư Bắc Lũng",
                official(name, "Phó Bí thư Huyện ủy Bắc Lũng", Some("huyện Bắc Lũng"), Some("sign")),
            ),
            ("Vân Chủ tịch Sông Ngàn", official(name, "Chủ tịch UBND huyện Sông Ngàn", Some("Sông Ngàn"), None)),
            ("bà Vân", official(name, "Bí thư", None, None)),
            ("Kết luận 05", json!({ "type": "document", "kind": "kết luận", "code": "05-KL/HU" })),
            ("hội nghị", json!({ "type": "meeting", "kind": "hội nghị", "date": "2018-05-04", "chairs": [name] })),
            (
                "đối thoại",
                json!({ "type": "meeting", "kind": "đối thoại", "speakers": [name], "chairs": ["Lê Thị Mận"] }),
            ),
        ],
        &[
            ("l.vn/1", "2017-02-01", "Vân Phó Bí thư Bắc Lũng đã ký Kết luận 05."),
            ("l.vn/2", "2018-05-04", "Vân Bí thư Bắc Lũng chủ trì hội nghị."),
            ("n.vn/1", "2018-06-04", "Vân Chủ tịch Sông Ngàn dự đối thoại."),
            ("l.vn/3", "2018-07-04", "Ở huyện nhà, bà Vân dự lễ."),
            ("q.vn/1", "2018-08-04", "Hôm qua, bà Vân dự lễ."),
        ],
    );
    for typed in [name, "dinh thi van", "Vân"] {
        let page = index.person(typed, Copies::Once).unwrap();
        assert_eq!((page.articles, page.people.len()), (5, 2), "{typed}");
        let first = &page.people[0];
        assert_eq!(first.name, name);
        let posts: Vec<_> = first
            .posts
            .iter()
            .map(|held| {
                (held.post.as_str(), held.first.unwrap().to_string(), held.last.unwrap().to_string(), held.articles)
            })
            .collect();
        assert_eq!(
            posts,
            [
                ("Phó Bí thư Huyện ủy Bắc Lũng", "2017-02-01".to_owned(), "2017-02-01".to_owned(), 1),
                ("Bí thư Huyện ủy Bắc Lũng", "2018-05-04".to_owned(), "2018-05-04".to_owned(), 1),
                ("Bí thư", "2018-07-04".to_owned(), "2018-07-04".to_owned(), 1),
            ]
        );
        assert_eq!((first.chaired.len(), first.chaired[0].article.as_str()), (1, "l.vn/2"));
        assert_eq!(first.signed[0].document.code.as_deref(), Some("05-KL/HU"));
        let known: Vec<_> = first.appearances.iter().map(|seen| (seen.article.as_str(), seen.known)).collect();
        assert_eq!(known, [("l.vn/1", Known::Told), ("l.vn/2", Known::Told), ("l.vn/3", Known::Likely)]);
        let second = &page.people[1];
        assert_eq!((second.spoke.len(), second.chaired.len(), second.may_be.len()), (1, 0, 0));
        let unclear: Vec<_> = page.unclear.iter().map(|seen| (seen.article.as_str(), &seen.can_be[..])).collect();
        assert_eq!(unclear, [("q.vn/1", &[0, 1][..])]);
    }
    assert_eq!(index.person("Không Ai", Copies::Once).unwrap().people.len(), 0);
}

#[test]
fn who_moved_may_be_the_same() {
    let name = "Tạ Văn Lâm";
    let index = index(
        &[
            ("Lâm ở Bắc Lũng", official(name, "Bí thư Huyện ủy Bắc Lũng", Some("Bắc Lũng"), None)),
            ("Lâm ở Sông Ngàn", official(name, "Bí thư Huyện ủy Sông Ngàn", Some("Sông Ngàn"), None)),
        ],
        &[("l.vn/1", "2015-02-01", "Lâm ở Bắc Lũng họp."), ("n.vn/1", "2020-06-04", "Lâm ở Sông Ngàn họp.")],
    );
    let page = index.person(name, Copies::Once).unwrap();
    let may_be: Vec<_> = page.people.iter().map(|person| person.may_be.clone()).collect();
    assert_eq!(may_be, [vec![1], vec![0]]);
}

#[test]
fn standards_mentions_and_checks_are_rows_and_keys() {
    let index = NewsIndex::in_ram(Analyzer::new()).unwrap();
    let mut writer = index.writer().unwrap();
    let text = "Nước thải đạt QCVN 08-MT: 2015/BTNMT, như ISO 9001:2015. Đồng chí Lê Bá Quân, Bí thư Huyện ủy dự. \
                Bí thư Huyện ủy yêu cầu giữ vững. Chi 1,5/2,9 tỷ đồng, đạt 56%.";
    let mut article = Article::from_text(text);
    article.id = Some("a".to_owned());
    writer.add(&article).unwrap();
    writer.commit().unwrap();
    let rows: Vec<FactRow> =
        index.fact_rows(&FactQuery::new(), Copies::Once).unwrap().collect::<Result<_, _>>().unwrap();
    let shown: Vec<Vec<String>> =
        rows.iter().map(|row| cells(row, &["type", "kind", "code", "issuer", "act", "holds"])).collect();
    for row in [
        ["standard", "regulation", "QCVN 08-MT:2015/BTNMT", "Bộ Tài nguyên và Môi trường", "", ""],
        ["standard", "standard", "ISO 9001:2015", "", "", ""],
        ["mention", "", "", "", "speak", ""],
        ["check", "share", "", "", "", "false"],
    ] {
        assert!(shown.contains(&row.map(str::to_owned).to_vec()), "{row:?} in {shown:?}");
    }
    let standards = FactQuery::new().kind(FactType::Standard);
    assert_eq!(
        grouped(&index, &standards, &["document"]),
        ["ISO 9001:2015 | - | 1 | 1", "QCVN 08-MT:2015/BTNMT | - | 1 | 1"]
    );
    let code = FactQuery::new().code("qcvn 08-MT:2015/btnmt");
    let found: Vec<FactRow> = index.fact_rows(&code, Copies::Once).unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(found.iter().map(FactRow::text).collect::<Vec<_>>(), ["QCVN 08-MT: 2015/BTNMT"]);
    let facts = FactQuery::new().kind(FactType::Mention);
    assert_eq!(grouped(&index, &facts, &["type", "source"]), ["mention | - | - | 1 | 1"]);
}
