//! What an embedder relies on and a compiler can check: threads, errors, traits, and values that cannot go wrong.

use std::error::Error as StdError;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::str::FromStr;

use thoisu::extract::{
    Act, Change, Check, CheckKind, CheckRule, DateFact, DateRole, DateRule, DocumentRef, DocumentRule, Evidence,
    Explained, Indicator, IndicatorRule, Level, Meeting, MeetingRule, Mention, Office, Official, OfficialRule,
    PartOfDay, Prefer, Provision, ProvisionRule, Qualifier, Standard, StandardKind, StandardRule, System, Table,
    Tables,
};
use thoisu::normalize::legacy::{Decoded, Encoding};
use thoisu::normalize::{Punctuation, Style, Syllable, Tone};
use thoisu::segment::{
    AtomKind, Atoms, Buffer, DocumentWord, Gap, Lexicon, Model, Scan, SegmenterBuilder, Sentence, Token, TokenKind,
    Word, Words,
};
use thoisu::{
    Analyzer, AnalyzerBuilder, Article, Calendar, DateValue, Decimal, Document, Error, Fact, FactKind, Normalized,
    PartialDate, Rule, Segmenter, Span, Weekday,
};

/// Calls a generic function for many types.
macro_rules! each {
    ($check:ident: $($type:ty),* $(,)?) => {{ $($check::<$type>();)* }};
}

fn shared<T: Send + Sync + Unpin>() {}
fn caught<T: UnwindSafe + RefUnwindSafe>() {}
fn shown<T: Debug>() {}
fn value<T: Clone + Debug + Eq + Hash>() {}
fn ordered<T: Copy + Ord + Hash>() {}
fn text<T: Display + FromStr<Err = Error>>() {}
fn named<T: Copy + Display>() {}
fn default<T: Default>() {}

#[test]
fn everything_goes_from_thread_to_thread() {
    each!(shared: Analyzer, AnalyzerBuilder, Article, Document<'static>, Error, Fact, FactKind, Normalized<'static>);
    each!(shared: Segmenter, SegmenterBuilder, Model, Lexicon, Buffer, Words<'static, 'static>, Scan<'static>, Atoms);
    each!(shared: Tables, Explained, Decoded<'static>, PartialDate, DateValue, Span, Box<dyn Rule>);
    each!(shared: CheckRule, DateRule, DocumentRule, IndicatorRule, MeetingRule, OfficialRule, ProvisionRule, StandardRule);
    #[cfg(feature = "index")]
    {
        use thoisu::index::*;
        each!(shared: NewsIndex, Writer, Query, FactQuery, Page, Hit, Facets, FactPage, FactRow, FactRows, ArticleRow);
        each!(shared: ArticleRows, Grouping, Timelines, Timeline, DocumentPage, PersonPage, Column<FactRow>, Verified);
        each!(shared: Cell<'static>, WordTokenizer, WordStream<'static>, Problem);
    }
    #[cfg(feature = "train")]
    each!(shared: thoisu::segment::train::Options, thoisu::segment::train::Score, thoisu::segment::train::Progress);
}

/// A service that catches panics of its own code goes on with what it has: nothing here is left half changed.
#[test]
fn values_outlive_a_panic_of_their_owner() {
    each!(caught: Article, Document<'static>, Fact, Normalized<'static>, Segmenter, Model, Lexicon, Buffer, Tables);
    each!(caught: Words<'static, 'static>, PartialDate, DateValue, Span, Decoded<'static>);
    #[cfg(feature = "index")]
    each!(caught: thoisu::index::Query, thoisu::index::FactQuery, thoisu::index::Facets, thoisu::index::Page);
}

#[test]
fn values_compare_and_have_hashes() {
    each!(value: Fact, FactKind, DateFact, DocumentRef, Official, Office, Indicator, Provision, Standard, Mention);
    each!(value: Meeting, Check, Explained, Evidence, Act, Calendar, Change, CheckKind, DateRole, Level, PartOfDay);
    each!(value: Prefer, Qualifier, StandardKind, System, Table, Weekday, PartialDate, DateValue, Span, Decimal);
    each!(value: Encoding, Punctuation, Style, Syllable, Tone, AtomKind, Gap, DocumentWord, Sentence, Token);
    each!(value: TokenKind, Word);
    each!(ordered: Span, PartialDate, DateValue, Tone, Level, Gap);
    each!(shown: Analyzer, AnalyzerBuilder, Segmenter, SegmenterBuilder, Model, Lexicon, Tables, Error, Atoms);
    each!(default: Analyzer, Segmenter, Article, Lexicon, Tables, Buffer, Indicator, DocumentRef, Official, Meeting);
    #[cfg(feature = "index")]
    {
        use thoisu::index::*;
        each!(value: Added, Copies, FactType, Holds, Key, Known, Period, Slot, Snippet, Sort, When);
        each!(ordered: FactType, Period, Slot, When);
        each!(shown: NewsIndex, Writer, ArticleRows, FactRows, Grouping, Timelines, WordTokenizer, Column<ArticleRow>);
    }
}

#[test]
fn what_is_written_can_be_read() {
    each!(text: PartialDate, DateValue, Encoding);
    each!(named: Act, Calendar, Change, CheckKind, DateRole, Level, PartOfDay, Qualifier, StandardKind, System, Weekday);
    each!(named: TokenKind);
    for encoding in Encoding::ALL {
        assert_eq!(encoding.to_string().to_lowercase().parse::<Encoding>().unwrap(), *encoding);
    }
    assert_eq!("abc".parse::<Encoding>().unwrap(), Encoding::Tcvn3);
    let error = "KOI8".parse::<Encoding>().unwrap_err();
    assert!(error.is_input() && error.to_string().contains("use one of UTF-8"), "{error}");
    #[cfg(feature = "index")]
    {
        use thoisu::index::*;
        each!(text: FactType, Key, Period, Query);
        for period in Period::ALL {
            assert_eq!(period.to_string().parse::<Period>().unwrap(), *period);
        }
        for kind in FactType::ALL {
            assert_eq!(kind.to_string().parse::<FactType>().unwrap(), *kind);
        }
    }
}

#[test]
fn an_error_is_one_that_other_libraries_take() {
    fn error<T: StdError + Send + Sync + 'static>() {}
    error::<Error>();
    fn boxed() -> Result<(), Box<dyn StdError + Send + Sync>> {
        Err("quý 5".parse::<PartialDate>().unwrap_err())?
    }
    let error = boxed().unwrap_err();
    assert!(error.downcast_ref::<Error>().is_some_and(Error::is_input), "{error}");
    // What the system said is kept behind it.
    let error = Article::from_path("no/such/article.txt").unwrap_err();
    let source = error.source().and_then(|source| source.downcast_ref::<std::io::Error>());
    assert_eq!(source.map(std::io::Error::kind), Some(std::io::ErrorKind::NotFound));
}

#[test]
fn rules_of_any_kind_stand_in_one_list() {
    let rules: Vec<Box<dyn Rule>> = vec![Box::new(DateRule::new()), Box::new(CheckRule::new())];
    let names: Vec<&str> = rules.iter().map(|rule| rule.name()).collect();
    assert_eq!(names, ["date", "check"]);
    assert!(format!("{:?}", Analyzer::new()).contains(r#""indicator""#));
}

#[test]
fn iterators_stay_at_their_end() {
    fn fused<I: std::iter::FusedIterator>(mut iterator: I) {
        assert!(iterator.by_ref().count() > 0);
        assert!(iterator.next().is_none());
    }
    let segmenter = Segmenter::new();
    fused(segmenter.words("Xã họp dân."));
    fused(thoisu::segment::scan("Xã họp dân."));
    let atoms = Atoms::new("ngày 14/5");
    assert_eq!(atoms.iter().len(), atoms.len());
    assert_eq!((&atoms).into_iter().filter(|atom| atom.kind == AtomKind::Digits).count(), 2);
}

#[test]
fn words_are_collected_into_a_lexicon() {
    let mut lexicon: Lexicon = ["khu đô thị Sao Mai"].into_iter().collect();
    lexicon.extend(vec!["Sông Lũng".to_owned()]);
    assert_eq!(lexicon.len(), 2);
}

#[test]
fn facts_are_made_by_name_and_changed_by_field() {
    let mut rate = Indicator::new(Decimal::new(985, 1), "%");
    rate.share_of = Some("kế hoạch".to_owned());
    let span = Span::from(3..8);
    assert_eq!(Fact::new(span, rate.clone()), Fact::new(span, FactKind::Indicator(rate)));
    let mut document = DocumentRef::new("nghị quyết");
    document.code = Some("02-NQ/TU".to_owned());
    let date = DateFact::new("2019-05".parse().unwrap(), DateRole::Event);
    let kinds: Vec<FactKind> = vec![
        date.into(),
        document.into(),
        Standard::new(StandardKind::Regulation, "QCVN 02:2019/BTNMT", "02").into(),
        Official::new("Lò Văn Mẫn", "Bí thư Huyện ủy").into(),
        Indicator::new(49, "cuộc đối thoại").into(),
        Provision::default().into(),
        Mention::new(span).into(),
        Meeting::new("hội nghị").into(),
        Check::new(CheckKind::Share, true, [span]).into(),
    ];
    let names: Vec<&str> = kinds.iter().map(FactKind::name).collect();
    let all = ["date", "document", "standard", "official", "indicator", "provision", "mention", "meeting", "check"];
    assert_eq!(names, all);
    #[cfg(feature = "serde")]
    for kind in kinds {
        let json = serde_json::to_value(&kind).unwrap();
        assert_eq!(json["type"], kind.name());
        assert_eq!(serde_json::from_value::<FactKind>(json).unwrap(), kind);
    }
}

const PAGE: &str = "Trang chủ » Tin tức\nHuyện Sông Lũng đối thoại với nhân dân\n14/05/2019 08:30   Lượt xem: 214\n\n\
                    Sáng 14/5, đồng chí Lò Văn Mẫn, Bí thư Huyện ủy chủ trì hội nghị thực hiện Nghị quyết 02-NQ/TU; \
                    Thường trực Huyện ủy (TTHU) mở 53/49 cuộc đối thoại, đạt 108,1% kế hoạch.\nẢnh: Hà Vân\n";

#[cfg(feature = "serde")]
#[test]
fn an_article_is_written_and_read_back() {
    let mut article = Article::from_text(PAGE);
    article.id = Some("a1".to_owned());
    let json = serde_json::to_string(&article).unwrap();
    assert_eq!(serde_json::from_str::<Article>(&json).unwrap(), article);
}

/// The fields of an article are public: a caller can set a span that fits no text, or another text.
#[test]
fn spans_that_fit_no_text_hurt_nothing() {
    let wild = [
        Span::new(0, 0),
        Span::new(0, u32::MAX),
        Span::new(u32::MAX, u32::MAX),
        Span::new(60, 3),
        // Within a letter.
        Span::new(8, 12),
        Span::new(120, 250),
    ];
    let analyzer = Analyzer::new();
    #[cfg(feature = "index")]
    let index = thoisu::index::NewsIndex::in_ram(analyzer.clone()).unwrap();
    #[cfg(feature = "index")]
    let mut writer = index.writer().unwrap();
    for (i, &one) in wild.iter().enumerate() {
        for (j, &other) in wild.iter().enumerate() {
            let mut article = Article::from_text(PAGE);
            article.id = Some(format!("{i}-{j}"));
            (article.title, article.dateline, article.body) = (Some(one), Some(other), other);
            (article.source, article.furniture) = (Some(other), vec![other, one, other]);
            let _ = (article.title(), article.body(), article.analysed(), article.digest());
            let document = analyzer.document(&article);
            let facts = analyzer.facts(&document);
            assert!(facts.iter().all(|fact| article.text.get(fact.span.range()).is_some()), "{one} {other}");
            let _ = (analyzer.explain(&document), thoisu::extract::abbreviations(&document));
            let _ =
                (document.is_furniture(one), document.atoms_of(one), document.atoms().slice(document.atoms_of(one)));
            #[cfg(feature = "serde")]
            {
                let far = [Fact::new(one, Indicator::new(1, "xã")), Fact::new(other, Indicator::new(2, "xã"))];
                let _ = serde_json::to_string(&thoisu::extract::Record::new(&article, &far)).unwrap();
            }
            #[cfg(feature = "index")]
            writer.add(&article).unwrap();
        }
    }
    #[cfg(feature = "index")]
    {
        use thoisu::index::{Copies, FactQuery, Query, Sort};
        writer.commit().unwrap();
        let page = index.page_by(&Query::parse("đối thoại").unwrap(), Sort::Latest, 0, 100).unwrap();
        for hit in &page.hits {
            let _ = (hit.title(), hit.snippet().pieces("Xã").count());
        }
        assert!(index.fact_rows(&FactQuery::new(), Copies::All).unwrap().all(|row| row.is_ok()));
        assert!(index.facts(&FactQuery::new(), 10).unwrap().total > 0);
    }
}

/// A rule of one's own may say anything.
#[test]
fn facts_that_lie_nowhere_hurt_nothing() {
    struct Wild;
    impl Rule for Wild {
        fn name(&self) -> &'static str {
            "wild"
        }
        fn find(&self, _: &Document<'_>, facts: &mut Vec<Fact>) {
            for span in [Span::new(0, u32::MAX), Span::new(9, 2), Span::new(8, 12), Span::new(7_000, 8_000)] {
                let mut document = DocumentRef::new("nghị quyết");
                document.same_as = Some(span);
                facts.push(Fact::new(span, document));
                facts.push(Fact::new(span, Indicator::new(Decimal::MAX, "xã")));
                facts.push(Fact::new(span, Indicator::new(Decimal::MIN, "%")));
                facts.push(Fact::new(span, Official::new("", "")));
                facts.push(Fact::new(span, Mention::new(span)));
                facts.push(Fact::new(span, DateFact::new("0001/9999".parse().unwrap(), DateRole::Event)));
                facts.push(Fact::new(span, Meeting::new("")));
                facts.push(Fact::new(span, Check::new(CheckKind::Sum, false, [span])));
            }
        }
    }
    let article = {
        let mut article = Article::from_text(PAGE);
        article.id = Some("a1".to_owned());
        article
    };
    // Before the built-in rules that read what others found, and behind them.
    struct First;
    impl Rule for First {
        fn name(&self) -> &'static str {
            "date"
        }
        fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>) {
            DateRule::new().find(document, facts);
            Wild.find(document, facts);
        }
    }
    for analyzer in [Analyzer::builder().rule(Wild).build(), Analyzer::builder().rule(First).build()] {
        let document = analyzer.document(&article);
        assert!(analyzer.facts(&document).len() >= 32);
        assert!(analyzer.explain(&document).len() >= 32);
        #[cfg(feature = "index")]
        {
            use thoisu::index::{Copies, FactQuery, Key, NewsIndex, Period, Query, When};
            let index = NewsIndex::in_ram(analyzer.clone()).unwrap();
            let mut writer = index.writer().unwrap();
            writer.add(&article).unwrap();
            writer.commit().unwrap();
            assert_eq!(index.search(&Query::parse("đối thoại").unwrap(), 10).unwrap().hits.len(), 1);
            assert!(index.facts(&FactQuery::new(), 100).unwrap().total >= 32);
            for row in index.fact_rows(&FactQuery::new(), Copies::All).unwrap() {
                let row = row.unwrap();
                let _ = (row.text(), row.sentence_text(), row.date(), row.places().count());
            }
            assert!(!index.group_facts(&FactQuery::new(), [Key::Unit], Copies::Once).unwrap().is_empty());
            index.fact_timelines(&FactQuery::new(), Period::Year, When::Told, Copies::Once).unwrap();
            index.document_page("02-NQ/TU", Copies::Once).unwrap();
            index.person("Lò Văn Mẫn", Copies::Once).unwrap();
            index.facets(&Query::all(), 10).unwrap();
        }
    }
}

#[cfg(feature = "index")]
#[test]
fn a_page_may_have_any_size() {
    use thoisu::index::{FactQuery, NewsIndex, Query, Sort};
    let index = NewsIndex::in_ram(Analyzer::new()).unwrap();
    let mut writer = index.writer_with_threads(usize::MAX).unwrap();
    let articles = (0..3).map(|i| {
        let mut article = Article::from_text(format!("Xã {i} có {i}40 hộ nghèo, mở 12 lớp học."));
        article.id = Some(format!("a{i}"));
        article
    });
    writer.add_all(articles, |_, _, added| added.map(drop)).unwrap();
    writer.commit().unwrap();
    let (query, facts) = (Query::parse("hộ nghèo").unwrap(), FactQuery::new());
    for sort in [Sort::Relevance, Sort::Latest, Sort::Earliest] {
        for (offset, limit, hits) in [(0, 0, 0), (0, usize::MAX, 3), (1, usize::MAX, 2), (usize::MAX, usize::MAX, 0)] {
            let (page, _) = index.page_with_facets(&query, sort, offset, limit, limit).unwrap();
            assert_eq!((page.hits.len(), page.total), (hits, 3), "{sort:?} {offset} {limit}");
            assert_eq!(index.page_by(&query, sort, offset, limit).unwrap(), page);
        }
    }
    for limit in [0, 1, usize::MAX] {
        let page = index.facts(&facts, limit).unwrap();
        assert_eq!(page.hits.len(), page.total.min(limit));
        index.facets(&Query::all(), limit).unwrap();
        index.facets(&query, limit).unwrap();
    }
}

/// `đến nay` ends in the year of the article, whenever the period is said to begin.
#[test]
fn no_period_ends_before_it_begins() {
    let (early, late) = ("2019-05".parse::<PartialDate>().unwrap(), "2021".parse::<PartialDate>().unwrap());
    assert_eq!(DateValue::interval(late, early), None);
    assert!("2021/2019-05".parse::<DateValue>().unwrap_err().is_input());
    let analyzer = Analyzer::new();
    for text in ["Từ năm 2021 đến nay, xã mở 12 lớp học.", "Từ tháng 12/2030 đến nay xã có 5 hộ nghèo, mở 12 lớp học."]
    {
        let mut article = Article::from_text(text);
        (article.id, article.published) = (Some("a1".to_owned()), Some(early));
        for fact in analyzer.facts(&analyzer.document(&article)) {
            if let FactKind::Date(date) = fact.kind {
                assert_eq!(date.value.to_string().parse::<DateValue>().unwrap(), date.value);
            }
        }
        #[cfg(feature = "index")]
        {
            let index = thoisu::index::NewsIndex::in_ram(analyzer.clone()).unwrap();
            let mut writer = index.writer().unwrap();
            writer.add(&article).unwrap();
            writer.commit().unwrap();
            assert!(index.article("a1").unwrap().is_some());
        }
    }
}
