//! What a caller of `NewsIndex` writes, and what is there afterwards.
#![cfg(feature = "index")]

mod district;

use std::fs;

use district::*;
use thoisu::extract::{Rule, Table, Tables};
use thoisu::index::{Added, FactQuery, FactType, NewsIndex, Query};
use thoisu::{Analyzer, Article, Document, Fact};

#[test]
fn an_article_added_again_is_replaced_with_its_facts() {
    let index = district();
    let mut writer = index.writer().unwrap();
    writer.add(&article("dialogue", Some("2019-05-14"), "Xã Yên Hạ hoãn họp, Trần Văn Ổi báo tin.")).unwrap();
    assert_eq!(found(&index, "\"đối thoại\""), ["dialogue"], "nothing changes before the commit");
    writer.commit().unwrap();
    assert_eq!(index.len(), 3);
    assert_eq!(found(&index, "\"đối thoại\""), [""; 0]);
    assert_eq!(found(&index, "hoãn"), ["dialogue"]);
    assert_eq!(index.facts(&FactQuery::new().article("dialogue"), 10).unwrap().total, 1);

    writer.delete("dialogue");
    writer.delete("never there");
    writer.commit().unwrap();
    assert_eq!(index.len(), 2);
    assert_eq!(index.facts(&FactQuery::new().article("dialogue"), 10).unwrap().total, 0);
    assert!(index.article("dialogue").unwrap().is_none());
}

#[test]
fn the_article_comes_back_as_it_was_given() {
    let text = "\u{feff}Tin vắn\r\n\r\nHọp   ta\u{323}i xã\u{a0}Yên.\u{200b}\r\n";
    let given = article("raw", Some("2020-07-15T20:09:19"), text);
    let index = index(std::slice::from_ref(&given));
    assert_eq!(index.article("raw").unwrap().unwrap().0, given);
}

#[test]
fn what_cannot_be_added_is_refused_and_leaves_the_index_as_it_is() {
    let index = district();
    let mut writer = index.writer().unwrap();
    let mut nameless = article("", None, "Họp.");
    assert!(writer.add(&nameless).unwrap_err().is_input());
    nameless.id = None;
    assert_eq!(writer.add(&nameless).unwrap_err().to_string(), "the article has no id: set its id or url");
    nameless.url = Some("https://xa.example/1".to_owned());
    writer.add(&nameless).unwrap();
    let long = writer.add(&article(&"x".repeat(70_000), None, "Họp.")).unwrap_err();
    assert!(long.to_string().contains("70000 bytes"), "{long}");
    assert!(writer.add(&article("empty", None, " \n\n ")).unwrap_err().is_input());
    writer.commit().unwrap();
    assert_eq!(index.len(), 4);
    assert_eq!(index.facets(&Query::all(), 5).unwrap().sources[0].value, "xa.example");
}

#[test]
fn an_index_on_disk_is_there_the_next_day() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("new/index");
    let index = NewsIndex::open_or_create(&path, analyzer()).unwrap();
    let mut writer = index.writer().unwrap();
    writer.add(&article("a", None, "Xã họp.")).unwrap();
    writer.commit().unwrap();
    writer.add(&article("lost", None, "Huyện họp.")).unwrap();
    drop((writer, index));

    let index = NewsIndex::open(&path, analyzer()).unwrap();
    assert_eq!(found(&index, "họp"), ["a"], "what was not committed is gone");
    let index = NewsIndex::open_or_create(&path, analyzer()).unwrap();
    assert_eq!(index.len(), 1);
}

#[test]
fn readers_see_each_commit_of_another_handle() {
    let dir = tempfile::tempdir().unwrap();
    let one = NewsIndex::open_or_create(dir.path(), analyzer()).unwrap();
    let mut writer = one.writer().unwrap();
    writer.add(&article("a", None, "Xã họp.")).unwrap();
    writer.commit().unwrap();
    let other = NewsIndex::open(dir.path(), analyzer()).unwrap();
    assert_eq!(found(&other, "họp"), ["a"]);
}

#[test]
fn a_place_without_an_index_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let error = |path: &std::path::Path| NewsIndex::open(path, analyzer()).err().unwrap();
    let missing = dir.path().join("missing");
    assert!(error(&missing).to_string().starts_with("there is no index"), "{}", error(&missing));
    assert!(!missing.exists());

    let foreign = dir.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("notes.txt"), "mine").unwrap();
    assert!(error(&foreign).to_string().starts_with("the directory is no index"));
    let refused = NewsIndex::open_or_create(&foreign, analyzer()).err().unwrap();
    assert!(refused.is_index(), "{refused}");
    assert_eq!(fs::read_dir(&foreign).unwrap().count(), 1, "nothing is written there");

    let file = dir.path().join("file");
    fs::write(&file, "text").unwrap();
    assert!(error(&file).to_string().starts_with("the index is no directory"), "{}", error(&file));

    let damaged = dir.path().join("damaged");
    fs::create_dir(&damaged).unwrap();
    fs::write(damaged.join("meta.json"), "{").unwrap();
    assert!(error(&damaged).is_index(), "{}", error(&damaged));
}

#[test]
fn an_index_with_other_settings_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    drop(NewsIndex::open_or_create(dir.path(), Analyzer::new()).unwrap());
    let error = NewsIndex::open_or_create(dir.path(), analyzer()).err().unwrap();
    assert!(error.is_index());
    assert!(error.to_string().starts_with("the index was written with other settings"), "{error}");
    assert!(NewsIndex::open(dir.path(), Analyzer::new()).is_ok());
}

#[test]
fn an_index_written_with_other_rows_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    drop(NewsIndex::open_or_create(folder.path(), Analyzer::new()).unwrap());
    let mut tables = Tables::new();
    tables.add(Table::Units, "giạ\tgiạ\tmeasure").unwrap();
    let other = Analyzer::builder().tables(tables).build();
    let error = NewsIndex::open(folder.path(), other).err().unwrap();
    assert!(error.is_index() && error.to_string().contains("other settings"), "{error}");
    NewsIndex::open(folder.path(), Analyzer::new()).unwrap();
}

#[test]
fn an_index_of_another_format_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    drop(NewsIndex::open_or_create(dir.path(), analyzer()).unwrap());
    let meta = dir.path().join("meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    let changed = text.replace("\\\"format\\\":", "\\\"format\\\":9");
    assert_ne!(text, changed);
    fs::write(&meta, changed).unwrap();
    let error = NewsIndex::open(dir.path(), analyzer()).err().unwrap();
    assert!(error.to_string().starts_with("the index has format 9"), "{error}");
}

#[test]
fn a_second_writer_waits_and_then_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let index = NewsIndex::open_or_create(dir.path(), analyzer()).unwrap();
    let writer = index.writer().unwrap();
    let error = index.writer().err().unwrap();
    assert!(error.is_index());
    assert!(error.to_string().starts_with("another program or thread is writing to the index"), "{error}");
    drop(writer);
    assert!(index.writer().is_ok());
}

/// A text long enough to be told from others.
fn release(place: &str) -> String {
    let lines = (1..40).map(|i| format!("Thôn {i} của xã {place} có {} hộ dự lớp học nghề thứ {}.\n", i * 7, i * 3));
    lines.collect()
}

#[test]
fn copies_of_one_release_are_one_hit() {
    let text = release("Yên Hòa");
    let index = index(&[
        article("portal", Some("2020-01-01"), &text),
        article("paper", Some("2020-01-02"), &format!("Theo cổng thông tin xã:\n{text}Hà Vân")),
        article("other", Some("2020-01-03"), &release("Bình Minh").replace("lớp học nghề", "hội thi tay nghề giỏi")),
    ]);
    let page = index.search(&Query::parse("thôn").unwrap(), 10).unwrap();
    assert_eq!(page.total, 3);
    let mut shown: Vec<_> = page.hits.iter().map(|hit| (hit.id().to_owned(), hit.copies().to_vec())).collect();
    shown.sort();
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert_eq!(shown[0], ("other".to_owned(), vec![]));
    let both = [shown[1].0.clone(), shown[1].1.join(" ")];
    assert!(both == ["paper", "portal"] || both == ["portal", "paper"], "{both:?}");
    // A page further on goes on where this one ended.
    let second = index.page(&Query::parse("thôn").unwrap(), 1, 10).unwrap();
    assert_eq!(ids(&second), [page.hits[1].id()]);
}

#[test]
fn what_is_there_as_it_is_costs_nothing_and_what_changed_is_replaced() {
    let index = index(&[article("a", None, "Xã họp dân."), article("b", None, "Huyện họp.")]);
    let mut writer = index.writer().unwrap();
    assert_eq!(writer.add(&article("a", None, "Xã họp dân.")).unwrap(), Added::Unchanged);
    assert_eq!(writer.add(&article("a", Some("2020-01-01"), "Xã họp dân.")).unwrap(), Added::Replaced);
    assert_eq!(writer.add(&article("c", None, "Tỉnh họp.")).unwrap(), Added::New);
    writer.commit().unwrap();
    assert_eq!(index.len(), 3);
    writer.delete("c");
    writer.commit().unwrap();
    assert_eq!(writer.add(&article("c", None, "Tỉnh họp.")).unwrap(), Added::New);
}

#[test]
fn what_was_touched_since_the_last_commit_is_never_taken_for_unchanged() {
    let first = article("a", None, "Xã họp dân.");
    let index = index(std::slice::from_ref(&first));
    let mut writer = index.writer().unwrap();
    writer.delete("a");
    writer.add(&first).unwrap();
    writer.commit().unwrap();
    assert_eq!(index.len(), 1, "deleted and added again");
    // Of several with one id the last one counts, even if it is the one that was there.
    let run =
        [article("a", None, "Xã họp lại."), first.clone(), article("b", None, "Mới."), article("b", None, "Mới hơn.")];
    let mut added = Vec::new();
    writer
        .add_all(run, |_, _, result| {
            added.push(result?);
            Ok(())
        })
        .unwrap();
    writer.commit().unwrap();
    assert_eq!(added, [Added::Replaced, Added::Replaced, Added::New, Added::Replaced]);
    assert_eq!(index.article("a").unwrap().unwrap().0.text, first.text);
    assert_eq!(index.article("b").unwrap().unwrap().0.text, "Mới hơn.");
}

#[test]
fn many_threads_add_what_one_adds() {
    let articles: Vec<Article> = (0..60)
        .map(|i| article(&format!("a{}", i % 50), None, &format!("Nghị quyết 02-NQ/TU: 12 cuộc đối thoại, bài {i}.")))
        .chain([article("empty", None, "  ")])
        .collect();
    let index = NewsIndex::in_ram(analyzer()).unwrap();
    let mut writer = index.writer_with_threads(3).unwrap();
    let (mut order, mut refused) = (Vec::new(), 0);
    writer
        .add_all(articles.clone(), |_, article, added| {
            order.push(article.id.clone());
            refused += usize::from(added.is_err());
            Ok(())
        })
        .unwrap();
    writer.finish().unwrap();
    assert_eq!(order, articles.iter().map(|article| article.id.clone()).collect::<Vec<_>>());
    assert_eq!((index.len(), refused), (50, 1));
    // Of two with one id the later one counts, whichever thread was first.
    let (kept, facts) = index.article("a3").unwrap().unwrap();
    assert!(kept.text.ends_with("bài 53."), "{}", kept.text);
    assert_eq!(facts.len(), 2);
    assert_eq!(index.facts(&FactQuery::new().kind(FactType::Document), 1).unwrap().total, 50);
    assert_eq!(index.verify().unwrap().problems, [] as [String; 0]);
}

#[test]
fn a_panic_in_a_rule_reaches_the_caller() {
    struct Panics;
    impl Rule for Panics {
        fn name(&self) -> &'static str {
            "panics"
        }
        fn find(&self, document: &Document<'_>, _: &mut Vec<Fact>) {
            assert!(!document.original().contains("bài 7"), "a rule fails");
        }
    }
    let index = NewsIndex::in_ram(Analyzer::builder().rule(Panics).build()).unwrap();
    let articles: Vec<_> = (0..30).map(|i| article(&format!("a{i}"), None, &format!("bài {i}"))).collect();
    let mut writer = index.writer_with_threads(2).unwrap();
    let run = std::panic::AssertUnwindSafe(|| writer.add_all(articles, |_, _, added| added.map(drop)));
    assert!(std::panic::catch_unwind(run).is_err());
}

#[test]
fn an_index_is_built_again_from_what_it_keeps() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let old = NewsIndex::open_or_create(&dir, analyzer()).unwrap();
    let mut writer = old.writer().unwrap();
    for i in 0..20 {
        writer.add(&article(&format!("a{i}"), Some("2020-05"), "Nghị quyết 02-NQ/TU ra đời.")).unwrap();
    }
    writer.commit().unwrap();
    writer.delete("a7");
    writer.finish().unwrap();
    drop(old);
    let refused = NewsIndex::open(&dir, Analyzer::new()).err().unwrap();
    assert!(refused.to_string().contains("--rebuild"), "{refused}");
    // What a call that was stopped left behind is no hindrance.
    fs::create_dir(folder.path().join("index.rebuilt")).unwrap();
    let mut done = 0;
    let index = NewsIndex::rebuild(&dir, Analyzer::new(), |articles| done = articles).unwrap();
    assert_eq!((done, index.len()), (19, 19));
    let (kept, _) = index.article("a3").unwrap().unwrap();
    assert_eq!(
        (kept.text.as_str(), kept.published.unwrap().to_string().as_str()),
        ("Nghị quyết 02-NQ/TU ra đời.", "2020-05")
    );
    assert_eq!(index.verify().unwrap().problems, [] as [String; 0]);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_damaged_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let index = NewsIndex::open_or_create(folder.path().join("index"), analyzer()).unwrap();
    let mut writer = index.writer().unwrap();
    writer.add(&article("a", None, "Xã họp dân về Nghị quyết 02-NQ/TU.")).unwrap();
    writer.finish().unwrap();
    assert_eq!(index.verify().unwrap().problems, [] as [String; 0]);
    let store = fs::read_dir(folder.path().join("index")).unwrap().map(|file| file.unwrap().path());
    let store = store.into_iter().find(|path| path.extension().is_some_and(|kind| kind == "idx")).unwrap();
    let mut bytes = fs::read(&store).unwrap();
    bytes[10] ^= 1;
    fs::write(&store, bytes).unwrap();
    let problems = index.verify().unwrap().problems;
    assert!(problems.iter().any(|problem| problem.contains(".idx")), "{problems:?}");
}

#[test]
fn a_rebuild_that_was_stopped_while_it_changed_places_is_taken_up_again() {
    let temporary = tempfile::tempdir().unwrap();
    let dir = temporary.path().join("index");
    let mut writer = NewsIndex::open_or_create(&dir, Analyzer::new()).unwrap().writer().unwrap();
    writer.add(&article("one", None, "Xã Yên Hạ có 12 hộ nghèo.")).unwrap();
    writer.finish().unwrap();
    // The old index has made room, and the new one is not there yet.
    fs::rename(&dir, temporary.path().join("index.replaced")).unwrap();
    fs::create_dir(temporary.path().join("index.rebuilt")).unwrap();
    let index = NewsIndex::rebuild(&dir, Analyzer::new(), |_| {}).unwrap();
    assert_eq!(found(&index, "nghèo"), ["one"]);
    let left: Vec<_> = fs::read_dir(temporary.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["index"]);
}

#[test]
fn an_index_of_another_program_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut schema = tantivy::schema::Schema::builder();
    schema.add_text_field("body", tantivy::schema::TEXT);
    tantivy::Index::create_in_dir(dir.path(), schema.build()).unwrap();
    for error in [
        NewsIndex::open(dir.path(), Analyzer::new()).unwrap_err(),
        NewsIndex::open_or_create(dir.path(), Analyzer::new()).unwrap_err(),
    ] {
        assert!(error.is_index() && error.to_string().contains("not written by this library"), "{error}");
    }
}
