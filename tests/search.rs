//! What a caller of `NewsIndex` finds.
#![cfg(feature = "index")]

mod district;

use district::*;
use thoisu::extract::{Table, Tables};
use thoisu::index::{FactQuery, FactType, NewsIndex, Query, Sort};
use thoisu::{Analyzer, PartialDate, Span};

/// The marked places of the first hit, cut from the original.
fn marked(index: &NewsIndex, query: &str) -> Vec<String> {
    let page = index.search(&Query::parse(query).unwrap(), 10).unwrap();
    let hit = &page.hits[0];
    hit.snippet().marks.iter().map(|mark| hit.article().text[mark.range()].to_owned()).collect()
}

#[test]
fn words_are_found_with_marks_and_without() {
    let index = district();
    assert_eq!(found(&index, "đối thoại"), ["dialogue"]);
    assert_eq!(found(&index, "doi thoai"), ["dialogue"]);
    assert_eq!(found(&index, "ĐỐI THOẠI"), ["dialogue"]);
    assert_eq!(found(&index, "đo\u{302}\u{301}i thoa\u{323}i"), ["dialogue"]);
    assert_eq!(found(&index, "dang uy"), ["meeting"]);
    assert_eq!(found(&index, "đảng uỷ"), ["meeting"], "the tone may stand on the other letter");
    assert_eq!(found(&index, "thủy sản"), [""; 0]);
}

#[test]
fn marks_point_into_text_in_any_form() {
    let decomposed =
        "Ho\u{323}p ba\u{300}n vie\u{302}\u{323}c \u{111}o\u{302}\u{301}i thoa\u{323}i ta\u{323}i xa\u{303}.";
    let index = index(&[article("nfd", None, decomposed)]);
    for query in ["đối thoại", "\"đối thoại\"", "doi thoai"] {
        assert_eq!(marked(&index, query), ["\u{111}o\u{302}\u{301}i thoa\u{323}i"], "{query}");
    }
}

#[test]
fn abbreviations_and_what_they_stand_for_find_each_other() {
    let index = index(&[
        article("short", None, "Chủ tịch UBND huyện dự họp."),
        article("long", None, "Ủy ban nhân dân huyện họp phiên thường kỳ."),
        article("other", None, "Nhân dân huyện Sông Lũng vui Tết."),
    ]);
    for query in [
        "UBND huyện",
        "ubnd huyen",
        "\"UBND huyện\"",
        "Ủy ban nhân dân huyện",
        "\"ủy ban nhân dân\"",
        "uy ban nhan dan",
    ] {
        let page = index.search(&Query::parse(query).unwrap(), 10).unwrap();
        let whole = page.hits.iter().filter(|hit| !hit.is_partial());
        let mut whole: Vec<_> = whole.map(|hit| hit.id().to_owned()).collect();
        whole.sort();
        assert_eq!(whole, ["long", "short"], "{query}");
        assert_eq!(page.complete, 2, "{query}");
    }
    assert_eq!(marked(&index, "\"UBND huyện\" thường kỳ"), ["Ủy ban nhân dân huyện", "thường kỳ"]);
    assert_eq!(marked(&index, "Ủy ban nhân dân chủ tịch"), ["Chủ tịch", "UBND"]);
}

#[test]
fn abbreviations_of_ones_own_are_found_too() {
    let mut tables = Tables::new();
    tables.add(Table::Abbreviations, "TTQMT\ttổ tự quản môi trường").unwrap();
    let index = NewsIndex::in_ram(Analyzer::builder().tables(tables).build()).unwrap();
    let mut writer = index.writer().unwrap();
    writer.add(&article("long", None, "Thôn lập tổ tự quản môi trường.")).unwrap();
    writer.commit().unwrap();
    assert_eq!(found(&index, "TTQMT"), ["long"]);
}

#[test]
fn exact_matches_come_before_folded_ones() {
    let index = index(&[
        article("folded", None, "Can cu quy che dan chu, quy che dan chu, quy che dan chu."),
        article("exact", None, "Báo cáo dài về nhiều việc khác nhau ở các xã, sau cùng nói đến quy chế dân chủ."),
        article("other", None, "Quý vị chê người dẫn chương trình, chú ý."),
    ]);
    let page = index.search(&Query::parse("quy chế dân chủ").unwrap(), 10).unwrap();
    assert_eq!(ids(&page), ["exact", "folded"]);
    assert_eq!((page.total, page.exact), (2, 1));
    assert!(page.hits[0].is_exact() && !page.hits[1].is_exact());
    let page = index.search(&Query::parse("quy che dan chu").unwrap(), 10).unwrap();
    assert_eq!(ids(&page)[0], "folded");
    assert_eq!(page.total, 3);
    // Pages cut the same list.
    let query = Query::parse("quy chế dân chủ").unwrap();
    assert_eq!(ids(&index.page(&query, 0, 1).unwrap()), ["exact"]);
    assert_eq!(ids(&index.page(&query, 1, 1).unwrap()), ["folded"]);
    assert_eq!(index.page(&query, 2, 1).unwrap().hits.len(), 0);
    assert_eq!(index.page(&query, 0, 0).unwrap().total, 2);
    assert_eq!(index.page(&query, usize::MAX, usize::MAX).unwrap().total, 2);
}

#[test]
fn articles_with_some_of_the_words_come_last() {
    let index = index(&[
        article("some", None, "Xã Yên Hạ sáp nhập từ đầu năm, người dân đồng tình."),
        article("all", None, "Sau khi sáp nhập, xã Yên Hạ đổi sổ đỏ cho dân, thủ tục gọn."),
        article("apart", None, "Nhập hàng về kho, sổ kê còn thiếu."),
    ]);
    let page = index.search(&Query::parse("sáp nhập sổ đỏ").unwrap(), 10).unwrap();
    assert_eq!(ids(&page), ["all", "some", "apart"]);
    assert_eq!((page.total, page.complete, page.exact), (3, 1, 1));
    assert!(!page.hits[0].is_partial() && page.hits[1].is_partial() && !page.hits[1].is_exact());
    // A question is answered by what has most of it.
    for question in
        ["Sau khi sáp nhập xã thì sổ đỏ cũ có phải đổi không?", "sau khi sap nhap xa thi so do cu co phai doi khong"]
    {
        let page = index.search(&Query::parse(question).unwrap(), 10).unwrap();
        assert_eq!(ids(&page)[0], "all", "{question}");
        assert_eq!(page.complete, 0, "{question}");
        assert!(page.hits[0].is_partial(), "{question}");
        assert!(!page.hits[0].snippet().marks.is_empty(), "{question}");
    }
    // What is not a plain word is never left out.
    assert_eq!(found(&index, "sáp nhập xã \"sổ đỏ\" mới"), ["all"]);
    assert_eq!(found(&index, "sáp nhập xã mới -\"sổ đỏ\""), ["some", "apart"]);
    assert_eq!(found(&index, "sáp nhập xã mới date:2020"), [""; 0]);
    assert_eq!(found(&index, "(sáp nhập OR đổi) sổ tay"), [""; 0]);
    // Nor is one of two words.
    assert_eq!(found(&index, "sáp đỏ"), ["all"]);
}

#[test]
fn a_mark_that_is_wrong_costs_little() {
    let index = index(&[
        article("robot", None, "Bệnh viện tỉnh phẫu thuật bằng robot cho hai người."),
        article("other", None, "Bệnh viện huyện mổ cho ba người."),
    ]);
    assert_eq!(found(&index, "phẩu thuật robot ở bệnh viện"), ["robot", "other"]);
    assert_eq!(found(&index, "phẫu thuât bằng robot")[0], "robot");
}

#[test]
fn a_query_that_finds_nothing_is_corrected() {
    let index = district();
    let meant = |query: &str| {
        let meant = index.suggest(&Query::parse(query).unwrap()).unwrap();
        meant.map(|query| query.to_string())
    };
    for (typed, corrected) in [
        ("đôi thoại", "đối thoại"),
        ("\"đối thoải\" date:2019", "\"đối thoại\" date:2019"),
        ("đối thạoi", "đối thoại"),
        ("doi thoia", "doi thoai"),
        ("được phổ biếm", "được phổ biến"),
        ("phổ biên 30/NQ-CP", "phổ biến 30/NQ-CP"),
    ] {
        assert_eq!(meant(typed).as_deref(), Some(corrected), "{typed}");
    }
    for query in ["đối thoại", "doi thoai", "30/NQ-CQ", "date:1990", "1.501", "UBNĐ", "*", "qwrtpsdf"] {
        assert_eq!(meant(query), None, "{query}");
    }
    assert_eq!(meant(&"dân chử ".repeat(50)), None, "a text is no query");
    // A syllable without marks is found whatever its marks.
    assert_eq!(meant("Đối thoai với dân"), None);
    assert_eq!(found(&index, "Đối thoai với dân"), ["dialogue"]);
}

#[test]
fn a_page_and_its_counts_are_the_same_together_and_apart() {
    let index = district();
    for query in
        ["đối thoại", "doi thoai", "đôi thoại", "*", "đối thoại với cử tri", "date:2019", "qwrtpsdf", "họp OR dân"]
    {
        let query = Query::parse(query).unwrap();
        for sort in [Sort::Relevance, Sort::Latest] {
            let (page, facets) = index.page_with_facets(&query, sort, 0, 2, 5).unwrap();
            let alone = index.page_by(&query, sort, 0, 2).unwrap();
            assert_eq!(ids(&page), ids(&alone), "{query}");
            assert_eq!((page.total, page.complete, page.exact), (alone.total, alone.complete, alone.exact), "{query}");
            assert_eq!(facets, index.facets(&query, 5).unwrap(), "{query}");
        }
    }
}

#[test]
fn places_are_counted() {
    let text = "Huyện Can Lộc có 12 xã đạt chuẩn. Hội nghị nghe Quyết định số 15/QĐ-UBND ngày 3/4/2019 của UBND huyện Can Lộc.";
    let index = NewsIndex::in_ram(Analyzer::new()).unwrap();
    let mut writer = index.writer().unwrap();
    writer.add(&article("a", None, text)).unwrap();
    writer.commit().unwrap();
    let places = index.facets(&Query::all(), 10).unwrap().places;
    let places: Vec<_> = places.iter().map(|count| (count.value.as_str(), count.articles)).collect();
    assert_eq!(places, [("huyện Can Lộc", 1)]);
}

#[test]
fn hits_are_ordered_by_date_on_demand() {
    let index = district();
    let query = Query::parse("xã tiếp dân OR xã").unwrap();
    let by = |sort, offset, limit| ids(&index.page_by(&query, sort, offset, limit).unwrap());
    assert_eq!(by(Sort::Latest, 0, 10), ["meeting", "dialogue"]);
    assert_eq!(by(Sort::Earliest, 0, 10), ["dialogue", "meeting"]);
    assert_eq!(by(Sort::Earliest, 1, 1), ["meeting"]);
    for sort in [Sort::Latest, Sort::Earliest] {
        let page = index.page_by(&Query::all(), sort, 0, 10).unwrap();
        assert_eq!(page.hits[2].id(), "notice", "an article without a date comes last");
    }
}

#[test]
fn words_that_stand_together_rank_first() {
    let index = index(&[
        article("apart", None, "Dân quân họp. Chủ rừng nộp báo cáo. Dân làng đến, chủ nhà tiếp."),
        article("together", None, "Nhiều việc được bàn và kết luận trong ngày, có việc thực hiện dân chủ."),
    ]);
    assert_eq!(found(&index, "dân chủ"), ["together", "apart"]);
    assert_eq!(found(&index, "\"dân chủ\""), ["together"]);
}

#[test]
fn the_headline_counts_more() {
    let body = article("body", None, "Tin ngắn trong tuần\n\nXã bàn việc chuyển đổi số, thu ngân sách, làm đường.\n");
    let mut headline =
        article("headline", None, "Chuyển đổi số ở xã\n\nXã bàn việc trong tháng, thu ngân sách, làm đường.\n");
    headline.title = Some(Span::from_range(0.."Chuyển đổi số ở xã".len()));
    assert_eq!(found(&index(&[body, headline]), "chuyển đổi"), ["headline", "body"]);
}

#[test]
fn a_code_is_found_in_any_notation() {
    let index = district();
    for query in
        ["02-NQ/TU", "02/nq-tu", "02 - NQ/TU", "2-nq/tu", "doc:02-NQ/TU", "doc:02/nq-tu", "doc:\"02 - NQ / TU\""]
    {
        assert_eq!(found(&index, query), ["dialogue"], "{query}");
    }
    assert_eq!(found(&index, "20-NQ/TU"), [""; 0]);
    assert_eq!(marked(&index, "02/nq-tu"), ["Nghị quyết 02-NQ/TU"]);
}

#[test]
fn operators_combine() {
    let index = district();
    assert_eq!(found(&index, "xã -\"đối thoại\""), ["meeting"]);
    assert_eq!(found(&index, "xã NOT họp"), ["dialogue"]);
    let mut both = found(&index, "\"tiếp dân\" OR \"đối thoại\"");
    both.sort();
    assert_eq!(both, ["dialogue", "notice"]);
    assert_eq!(found(&index, "(\"tiếp dân\" OR \"đối thoại\") \"quy chế\""), ["notice"]);
    assert_eq!(found(&index, "-xã"), ["notice"]);
    assert_eq!(found(&index, "*").len(), 3);
}

#[test]
fn filters_narrow_down() {
    let index = district();
    assert_eq!(found(&index, "date:2019"), ["meeting", "dialogue"], "without words the latest come first");
    assert_eq!(found(&index, "date:5/2019"), ["dialogue"]);
    assert_eq!(found(&index, "xã date:2019-06.."), ["meeting"]);
    assert_eq!(found(&index, "date:..2018"), [""; 0]);
    assert_eq!(found(&index, "official:\"Lê Thị Mận\""), ["dialogue"]);
    assert_eq!(found(&index, "official:\"le thi man\""), ["dialogue"]);
    assert_eq!(found(&index, "official:Ổi"), ["meeting"]);
    assert_eq!(found(&index, "official:Ơi"), [""; 0], "marks typed in a name count");
    assert_eq!(found(&index, "type:indicator"), ["dialogue"]);

    let date = |text: &str| text.parse::<PartialDate>().unwrap();
    let query = Query::all().published(date("2019-05"), date("2019-06"));
    assert_eq!(ids(&index.search(&query, 10).unwrap()), ["dialogue"]);
    let query = Query::words("xã").official("Trần Văn Ổi").code("30/NQ-CP").fact_type(FactType::Document);
    assert_eq!(ids(&index.search(&query, 10).unwrap()), ["meeting"]);
    assert_eq!(Query::parse(&query.to_string()).unwrap(), query);
}

#[test]
fn words_of_a_program_have_no_meaning_beyond_themselves() {
    let index = district();
    for text in ["xã -họp", "\"xã (họp"] {
        let page = index.search(&Query::words(text), 10).unwrap();
        let again = Query::parse(&Query::words(text).to_string()).unwrap();
        assert_eq!(ids(&page), ids(&index.search(&again, 10).unwrap()), "{text}");
    }
    assert_eq!(ids(&index.search(&Query::words("xã -họp"), 10).unwrap()), ["meeting"]);
    assert_eq!(index.search(&Query::words("xã AND họp"), 10).unwrap().complete, 0);
}

#[test]
fn a_hit_shows_the_facts_that_matched() {
    let index = district();
    let texts = |query: &str| {
        let page = index.search(&Query::parse(query).unwrap(), 1).unwrap();
        let hit = &page.hits[0];
        hit.matched_facts().map(|fact| hit.article().text[fact.span.range()].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(texts("\"đối thoại\""), ["12 cuộc đối thoại"]);
    assert_eq!(texts("doc:02-NQ/TU"), ["Nghị quyết 02-NQ/TU"]);
    assert_eq!(texts("type:indicator"), ["12 cuộc đối thoại", "1.500 lượt người"]);
    assert_eq!(texts("official:mận"), ["Lê Thị Mận"]);
    assert_eq!(texts("niêm yết"), [""; 0]);
}

#[test]
fn facts_are_rows_of_their_own() {
    let index = district();
    let texts = |query: &FactQuery| {
        let page = index.facts(query, 10).unwrap();
        assert_eq!(page.total, page.hits.len());
        page.hits.iter().map(|hit| hit.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(texts(&FactQuery::new()).len(), 6);
    assert_eq!(texts(&FactQuery::new().unit("Lượt người")), ["1.500 lượt người"]);
    assert_eq!(texts(&FactQuery::new().kind(FactType::Indicator).value(10.0..=20.0)), ["12 cuộc đối thoại"]);
    assert_eq!(texts(&FactQuery::new().kind(FactType::Document)), ["Nghị quyết số 30/NQ-CP", "Nghị quyết 02-NQ/TU"]);
    assert_eq!(texts(&FactQuery::new().code("30/nq-cp")), ["Nghị quyết số 30/NQ-CP"]);
    assert_eq!(texts(&FactQuery::new().official("Ổi")), ["Trần Văn Ổi"]);
    assert_eq!(texts(&FactQuery::new().words("chu tich")), ["Lê Thị Mận"]);
    assert_eq!(texts(&FactQuery::new().article("notice")), [""; 0]);
    let july: PartialDate = "2019-07".parse().unwrap();
    assert_eq!(texts(&FactQuery::new().published(july, july)), ["Trần Văn Ổi", "Nghị quyết số 30/NQ-CP"]);
    // A condition on the value and one on the unit hold for one fact, or for none.
    assert_eq!(texts(&FactQuery::new().unit("lượt người").value(10.0..=20.0)), [""; 0]);

    let hit = &index.facts(&FactQuery::new().official("Ổi"), 1).unwrap().hits[0];
    assert_eq!(hit.article, "meeting");
    assert_eq!(hit.sentence_text, "Bí thư Đảng ủy Trần Văn Ổi kết luận.");
    assert_eq!(&index.article("meeting").unwrap().unwrap().0.text[hit.sentence.range()], hit.sentence_text);
}

#[test]
fn facets_count_articles() {
    let index = district();
    let pairs = |counts: &[thoisu::index::Count]| {
        counts.iter().map(|count| (count.value.clone(), count.articles)).collect::<Vec<_>>()
    };
    let facets = index.facets(&Query::all(), 10).unwrap();
    assert_eq!(pairs(&facets.months), [("2019-05".to_owned(), 1), ("2019-07".to_owned(), 1)]);
    assert_eq!(pairs(&facets.documents), [("02-NQ/TU".to_owned(), 1), ("30/NQ-CP".to_owned(), 1)]);
    assert_eq!(
        pairs(&facets.kinds),
        [("document".to_owned(), 2), ("official".to_owned(), 2), ("indicator".to_owned(), 1)]
    );
    assert_eq!(pairs(&index.facets(&Query::all(), 1).unwrap().kinds), [("document".to_owned(), 2)]);
    let facets = index.facets(&Query::parse("họp").unwrap(), 10).unwrap();
    assert_eq!(pairs(&facets.officials), [("Trần Văn Ổi".to_owned(), 1)]);
}

#[test]
fn a_snippet_is_a_passage_of_the_original() {
    let filler = "Các xã báo cáo kết quả thực hiện nhiệm vụ trong tháng và kế hoạch tháng sau. ".repeat(30);
    let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
    let long = "việc này và việc kia của xã, ".repeat(40);
    let text =
        format!("{filler}Hội nghị {family}đối thoại{family} diễn ra. {filler}\n\nDòng dài {long} tín dụng {long} hết.");
    let index = index(&[article("long", None, &text)]);
    for query in ["đối thoại", "\"tín dụng\"", "tháng", "doi"] {
        let page = index.search(&Query::parse(query).unwrap(), 1).unwrap();
        let hit = &page.hits[0];
        let snippet = hit.snippet();
        let shown = &hit.article().text[snippet.span.range()];
        assert!(!snippet.marks.is_empty() && shown.len() < 450, "{query}: {shown}");
        let whole: String = snippet.pieces(&hit.article().text).map(|(piece, _)| piece).collect();
        assert_eq!(whole, shown);
        assert_eq!(shown.matches('👨').count(), shown.matches('👦').count(), "{query}: {shown}");
        for mark in &snippet.marks {
            assert!(snippet.span.contains(*mark));
        }
    }
    assert_eq!(marked(&index, "\"đối thoại\""), ["đối thoại"]);
}

#[test]
fn a_phrase_is_one_mark_and_a_stray_syllable_is_none() {
    let index = index(&[article("a", None, "Người dân bàn dân chủ, chủ tịch xã nghe.")]);
    assert_eq!(marked(&index, "dân chủ"), ["dân chủ"]);
    assert_eq!(marked(&index, "\"dân chủ\""), ["dân chủ"]);
    assert_eq!(marked(&index, "dân nghe"), ["dân", "dân", "nghe"]);
}

#[test]
fn odd_texts_and_queries_do_no_harm() {
    let line = "a".repeat(15_000);
    let odd = [
        ("line", line.clone()),
        ("longer", "b".repeat(300_000)),
        ("controls", "\0\u{1f}\n\n\u{202e}Họp\u{7f}".to_owned()),
        ("emoji", "🎉🎉🎉 họp 🇻🇳🇻🇳".to_owned()),
        ("signs", "… --- ///".to_owned()),
        ("marks", format!("x{}", "\u{301}".repeat(5_000))),
    ];
    let articles: Vec<_> = odd.iter().map(|(id, text)| article(id, None, text)).collect();
    let index = index(&articles);
    assert_eq!(index.len(), odd.len());
    for query in [line.as_str(), "họp", "a", "x\u{301}", "-a", "24/7", "🎉 họp", "\"họp 🇻🇳\""] {
        if let Ok(query) = Query::parse(query) {
            for hit in index.search(&query, 10).unwrap().hits {
                let snippet = hit.snippet();
                assert!(hit.article().text.get(snippet.span.range()).is_some());
            }
        }
    }
    assert_eq!(found(&index, &line), ["line"], "a very long word is found by a very long word");
    let error = Query::parse(&"b".repeat(300_000)).unwrap_err();
    assert!(error.to_string().starts_with("the query has more than 1,024 words"), "{error}");
}

#[test]
fn the_types_can_be_shared() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<NewsIndex>();
    shared::<thoisu::index::Writer>();
    shared::<Query>();
    shared::<FactQuery>();
    shared::<thoisu::index::Hit>();
}
