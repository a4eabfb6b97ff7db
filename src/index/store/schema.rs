//! How articles and facts lie in tantivy.
//!
//! An article is one row and each of its facts is another, so that conditions on a fact hold for one fact. Both carry
//! the article's id, which is what deletes and replaces them together.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

use crate::analyzer::Analyzer;
use crate::article::Article;
use crate::date::PartialDate;
use crate::extract::{DateRole, Fact, FactKind};
use crate::fnv::Fnv;
use crate::index::query::FactType;
use crate::index::store::copies::{self, Signature};
use crate::index::store::places;
use crate::index::store::tokenizer::{self, Folded, LineTokenizer, Term, TermList};
use crate::normalize::fold;
use crate::segment::Document;
use crate::span::Span;

/// Goes up with every change of what an index holds.
pub(crate) const FORMAT: u32 = 4;

/// Between the key by which a facet value is counted and the form in which it is shown.
pub(crate) const KEY_END: char = '\u{1f}';

pub(crate) const ARTICLE: &str = "article";
pub(crate) const FACT: &str = "fact";

/// The role of a fact that dates the reported event.
pub(crate) const EVENT: &str = "event";
/// How many words before a number can tell what it measures.
const CLAUSE: usize = 16;

/// The names of the columns that are read by name.
pub(crate) mod column {
    pub(crate) const ID: &str = "id";
    pub(crate) const ORDINAL: &str = "ordinal";
    pub(crate) const PUBLISHED: &str = "published";
    pub(crate) const MONTH: &str = "facet_month";
    pub(crate) const PLACE: &str = "facet_place";
    pub(crate) const SOURCE: &str = "facet_source";
    pub(crate) const DOCUMENT: &str = "facet_document";
    pub(crate) const OFFICIAL: &str = "facet_official";
    pub(crate) const KIND: &str = "kind";
    pub(crate) const GROUP: &str = "group";
    pub(crate) const SIGNATURE: &str = "signature";
    pub(crate) const HEADLINE: &str = "headline";
}

/// The fields of the index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// `article` or `fact`.
    pub(crate) row: Field,
    /// The article's id, on both rows.
    pub(crate) id: Field,
    /// Syllables and numbers of the article, in order: each without its marks and, where it has any, with them.
    pub(crate) syllables: Field,
    /// Words of what the article is about, by which others like it are found.
    pub(crate) topics: Field,
    /// Syllables of the headline, likewise.
    pub(crate) title: Field,
    /// Keys of the documents cited; on a fact, of its document.
    pub(crate) code: Field,
    /// Names of officials, likewise.
    pub(crate) official: Field,
    /// Types of the facts; on a fact, its own.
    pub(crate) kind: Field,
    /// First day of publication, in days since 1970.
    pub(crate) published: Field,
    /// The article and its facts as JSON, without the text.
    pub(crate) record: Field,
    /// The original text.
    pub(crate) text: Field,
    /// Tells whether an article is the one that was added.
    pub(crate) digest: Field,
    /// The same for all copies of one release.
    pub(crate) group: Field,
    /// What copies are found by.
    pub(crate) signature: Field,
    /// On a fact: which of the article's facts it is.
    pub(crate) ordinal: Field,
    /// On a fact: its own words; of an indicator also those before it, which tell what it measures.
    pub(crate) fact: Field,
    /// On a fact: posts held, bodies that issue or hold, places, and those in the chair.
    pub(crate) post: Field,
    pub(crate) issuer: Field,
    pub(crate) place: Field,
    pub(crate) chair: Field,
    /// On a fact: `event`, where its date is that of the reported event.
    pub(crate) role: Field,
    /// Words of the site and of the source that an article names.
    pub(crate) publisher: Field,
    /// Where the headline stands among the syllables: the first position times 2³², and the one behind the last.
    pub(crate) headline: Field,
    pub(crate) unit: Field,
    pub(crate) value: Field,
    /// The upper end of a range of values; `value` again where there is none.
    pub(crate) upper: Field,
    /// First and last day that a fact's date covers.
    pub(crate) from: Field,
    pub(crate) to: Field,
    month: Field,
    place_name: Field,
    source: Field,
    document: Field,
    official_name: Field,
}

impl Fields {
    pub(crate) fn new() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let raw =
            |record| TextFieldIndexing::default().set_tokenizer("raw").set_fieldnorms(false).set_index_option(record);
        let key = || TextOptions::default().set_indexing_options(raw(IndexRecordOption::Basic));
        let lines = |record, norms| {
            let indexing = TextFieldIndexing::default().set_tokenizer(LineTokenizer::NAME);
            TextOptions::default().set_indexing_options(indexing.set_fieldnorms(norms).set_index_option(record))
        };
        let positions = |schema: &mut SchemaBuilder, name: &str| {
            schema.add_text_field(name, lines(IndexRecordOption::WithFreqsAndPositions, true))
        };
        let names = |schema: &mut SchemaBuilder, name: &str| {
            schema.add_text_field(name, lines(IndexRecordOption::WithFreqsAndPositions, false))
        };
        let facet = |schema: &mut SchemaBuilder, name: &str| {
            schema.add_text_field(name, TextOptions::default().set_fast("raw"))
        };
        let fields = Self {
            row: schema.add_text_field("row", key()),
            id: schema.add_text_field(column::ID, key().set_fast("raw")),
            syllables: positions(&mut schema, "syllables"),
            topics: schema.add_text_field("topics", lines(IndexRecordOption::Basic, false)),
            title: positions(&mut schema, "title"),
            code: schema.add_text_field("code", key()),
            official: names(&mut schema, "official"),
            kind: schema.add_text_field(column::KIND, key().set_fast("raw")),
            published: schema.add_i64_field(column::PUBLISHED, FAST),
            record: schema.add_text_field("record", STORED),
            text: schema.add_text_field("text", STORED),
            digest: schema.add_u64_field("digest", INDEXED),
            group: schema.add_u64_field(column::GROUP, FAST | INDEXED),
            signature: schema.add_bytes_field(column::SIGNATURE, FAST),
            ordinal: schema.add_u64_field(column::ORDINAL, FAST),
            fact: schema.add_text_field("fact", lines(IndexRecordOption::Basic, false)),
            post: names(&mut schema, "post"),
            issuer: names(&mut schema, "issuer"),
            place: names(&mut schema, "place"),
            chair: names(&mut schema, "chair"),
            role: schema.add_text_field("role", key()),
            publisher: names(&mut schema, "publisher"),
            headline: schema.add_u64_field(column::HEADLINE, FAST),
            unit: schema.add_text_field("unit", key()),
            value: schema.add_f64_field("value", FAST),
            upper: schema.add_f64_field("upper", FAST),
            from: schema.add_i64_field("from", FAST),
            to: schema.add_i64_field("to", FAST),
            month: facet(&mut schema, column::MONTH),
            place_name: facet(&mut schema, column::PLACE),
            source: facet(&mut schema, column::SOURCE),
            document: facet(&mut schema, column::DOCUMENT),
            official_name: facet(&mut schema, column::OFFICIAL),
        };
        (schema.build(), fields)
    }
}

/// An article and its facts as they are kept, beside the text.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Stored {
    id: Option<String>,
    url: Option<String>,
    title: Option<Span>,
    dateline: Option<Span>,
    body: Span,
    furniture: Vec<Span>,
    source: Option<Span>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    site: Option<String>,
    published: Option<PartialDate>,
    pub(crate) facts: Vec<Fact>,
}

impl Stored {
    fn new(article: &Article, facts: &[Fact]) -> Self {
        let Article { id, url, title, dateline, body, furniture, source, author, site, published, .. } =
            article.clone();
        Self { id, url, title, dateline, body, furniture, source, author, site, published, facts: facts.to_vec() }
    }

    pub(crate) fn into_article(self, text: String) -> (Article, Vec<Fact>) {
        let Self { id, url, title, dateline, body, furniture, source, author, site, published, facts } = self;
        let mut article = Article::default();
        (article.id, article.url, article.text, article.title) = (id, url, text, title);
        (article.dateline, article.body, article.furniture) = (dateline, body, furniture);
        (article.source, article.author, article.site, article.published) = (source, author, site, published);
        (article, facts)
    }
}

/// The rows of an article, itself and then its facts, and what copies are found by.
pub(crate) fn rows(
    fields: &Fields,
    analyzer: &Analyzer,
    id: &str,
    article: &Article,
    digest: u64,
) -> Result<(Vec<TantivyDocument>, Option<Signature>), serde_json::Error> {
    let document = analyzer.document(article);
    let facts = analyzer.facts(&document);
    let folded = Folded::new(document.atoms());
    let terms = tokenizer::terms(&document, &folded);
    let mut rows = Vec::with_capacity(facts.len() + 1);
    rows.push(article_row(fields, id, &document, &terms, &facts)?);
    rows[0].add_u64(fields.digest, digest);
    let clauses = clauses(&document, &facts);
    for (i, (fact, clause)) in facts.iter().zip(clauses).enumerate() {
        rows.push(fact_row(fields, id, article, i, fact, within(&terms, clause)));
    }
    let body = terms.iter().filter(|term| article.body.contains(term.span) && !document.is_furniture(term.span));
    Ok((rows, copies::signature(body)))
}

/// Tells whether an article is the same as another, with all that a reader is shown of it.
pub(crate) fn article_digest(id: &str, article: &Article) -> u64 {
    let published = article.published.map(|date| date.to_string());
    let spans = format!("{:?} {:?} {:?} {:?}", article.title, article.dateline, article.body, article.source);
    digest([id, article.url.as_deref().unwrap_or(""), published.as_deref().unwrap_or(""), &spans, &article.text])
}

/// A hash that is the same on all machines and with all compilers.
pub(crate) fn digest<'t>(texts: impl IntoIterator<Item = &'t str>) -> u64 {
    let mut hash = Fnv::new();
    texts.into_iter().for_each(|text| hash.write(text));
    hash.finish()
}

fn article_row(
    fields: &Fields,
    id: &str,
    document: &Document<'_>,
    terms: &[Term<'_>],
    facts: &[Fact],
) -> Result<TantivyDocument, serde_json::Error> {
    let article = document.article();
    let mut row = TantivyDocument::default();
    row.add_text(fields.row, ARTICLE);
    row.add_text(fields.id, id);
    row.add_text(fields.text, &article.text);
    row.add_text(fields.record, serde_json::to_string(&Stored::new(article, facts))?);

    let (mut syllables, mut title) = (TermList::default(), TermList::default());
    let mut outside = false;
    let mut headline: Option<(usize, usize)> = None;
    for term in terms {
        // Menus, counters and licences stand on every page of a site; they would be found everywhere.
        if document.is_furniture(term.span) {
            outside = true;
            continue;
        }
        if std::mem::take(&mut outside) {
            syllables.skip();
        }
        syllables.push_both(term.exact, term.folded);
        if article.title.is_some_and(|title| title.contains(term.span)) {
            title.push_both(term.exact, term.folded);
            let at = syllables.places();
            headline = Some((headline.map_or(at - 1, |(first, _)| first), at));
        }
    }
    if let Some((first, end)) = headline {
        row.add_u64(fields.headline, (first as u64) << 32 | end as u64);
    }
    let topics = tokenizer::topics(document);
    row.add_text(fields.topics, topics.keys().map(String::as_str).collect::<TermList>().into_text());
    row.add_text(fields.syllables, syllables.into_text());
    row.add_text(fields.title, title.into_text());

    if let Some(published) = article.published {
        row.add_i64(fields.published, published.epoch_day().into());
        row.add_text(fields.month, month(published));
    }
    let source = source(article);
    for name in source.iter().map(String::as_str).chain(article.site.as_deref()) {
        row.add_text(fields.publisher, both(tokenizer::words(name)));
    }
    if let Some(source) = source {
        row.add_text(fields.source, source);
    }
    let mut seen = Seen::default();
    let printed = tokenizer::codes(document);
    for fact in facts {
        let kind = fact_type(&fact.kind).name();
        if seen.first(kind) {
            row.add_text(fields.kind, kind);
        }
        match &fact.kind {
            FactKind::Document(reference) => {
                if let Some(code) = &reference.code {
                    add_code(fields, &mut row, &mut seen, code);
                }
            }
            FactKind::Official(official) => {
                let key = name_key(&official.name);
                if seen.first(&format!("official {key}")) {
                    row.add_text(fields.official_name, format!("{key}{KEY_END}{}", official.name));
                    add_name(fields, &mut row, &official.name);
                }
            }
            _ => {}
        }
        if let Some((key, place)) = places::of(&fact.kind)
            && seen.first(&format!("place {key}"))
        {
            row.add_text(fields.place_name, format!("{key}{KEY_END}{place}"));
        }
    }
    for (code, _) in printed {
        add_code(fields, &mut row, &mut seen, &code);
    }
    Ok(row)
}

/// The words that belong to each fact: its own, and of an indicator those before it in its clause. The words before the
/// indicator before it tell what that one measures.
fn clauses(document: &Document<'_>, facts: &[Fact]) -> Vec<Span> {
    let text = document.original();
    let mut sentences = document.sentences().iter().map(|sentence| sentence.span).peekable();
    let mut sentence = 0;
    let mut told = 0;
    let clause = |fact: &Fact| {
        while let Some(next) = sentences.next_if(|next| next.start <= fact.span.start) {
            sentence = next.start;
        }
        if !matches!(fact.kind, FactKind::Indicator(_)) {
            return fact.span;
        }
        let from = sentence.max(told).min(fact.span.start);
        told = told.max(fact.span.end);
        let before = text.get(from as usize..fact.span.start as usize).unwrap_or_default();
        let start = before.rfind(';').map_or(from, |at| from + at as u32 + 1);
        Span::new(start, fact.span.end)
    };
    facts.iter().map(clause).collect()
}

/// The last terms of a span.
fn within<'a, 't>(terms: &'a [Term<'t>], span: Span) -> &'a [Term<'t>] {
    let first = terms.partition_point(|term| term.span.start < span.start);
    let end = terms.partition_point(|term| term.span.start < span.end).max(first);
    &terms[first.max(end.saturating_sub(CLAUSE))..end]
}

fn fact_row(
    fields: &Fields,
    id: &str,
    article: &Article,
    ordinal: usize,
    fact: &Fact,
    own: &[Term<'_>],
) -> TantivyDocument {
    let mut row = TantivyDocument::default();
    row.add_text(fields.row, FACT);
    row.add_text(fields.id, id);
    row.add_u64(fields.ordinal, ordinal as u64);
    if let Some(published) = article.published {
        row.add_i64(fields.published, published.epoch_day().into());
    }
    row.add_text(fields.kind, fact_type(&fact.kind).name());
    // A name has its own field, a date its columns, and a check repeats a number.
    if !matches!(fact.kind, FactKind::Date(_) | FactKind::Official(_) | FactKind::Check(_)) {
        row.add_text(fields.fact, both(own.iter().map(|term| (term.exact, term.folded))));
    }
    let mut add = |field, words: Option<&str>| {
        if let Some(words) = words {
            row.add_text(field, both(tokenizer::words(words)));
        }
    };
    match &fact.kind {
        FactKind::Date(date) => {
            add_days(fields, &mut row, date.value.epoch_days());
            if date.role == DateRole::Event {
                row.add_text(fields.role, EVENT);
            }
        }
        FactKind::Document(document) => {
            add(fields.issuer, document.issuer.as_deref());
            document.bodies.iter().for_each(|body| add(fields.issuer, Some(body)));
            add(fields.place, document.place.as_deref());
            add(fields.fact, document.title.as_deref());
            if let Some(code) = &document.code {
                row.add_text(fields.code, tokenizer::code_key(code));
            }
            if let Some(issued) = document.issued {
                add_days(fields, &mut row, issued.epoch_days());
            }
        }
        FactKind::Official(official) => {
            official.posts.iter().for_each(|post| add(fields.post, Some(post)));
            official.offices.iter().for_each(|office| add(fields.place, office.place.as_deref()));
            add_name(fields, &mut row, &official.name);
        }
        FactKind::Indicator(indicator) => {
            add(fields.fact, indicator.counted.as_deref());
            add(fields.fact, indicator.share_of.as_deref());
            add(fields.place, indicator.place.as_deref());
            let number = |value: rust_decimal::Decimal| f64::try_from(value).unwrap_or_default();
            let unit = unit_key(&indicator.unit);
            let plain = fold(&unit);
            if plain != unit {
                row.add_text(fields.unit, plain);
            }
            row.add_text(fields.unit, unit);
            row.add_f64(fields.value, number(indicator.value));
            row.add_f64(fields.upper, number(indicator.upper.unwrap_or(indicator.value)));
            if let Some(period) = indicator.period {
                add_days(fields, &mut row, period.epoch_days());
            }
        }
        FactKind::Meeting(meeting) => {
            add(fields.fact, meeting.name.as_deref().or(Some(&meeting.kind)));
            add(fields.issuer, meeting.host.as_deref());
            add(fields.place, meeting.place.as_deref());
            meeting.chairs.iter().for_each(|name| add(fields.chair, Some(name)));
            if let Some(date) = meeting.date {
                add_days(fields, &mut row, date.epoch_days());
                row.add_text(fields.role, EVENT);
            }
            for name in meeting.chairs.iter().chain(&meeting.speakers) {
                add_name(fields, &mut row, name);
            }
        }
        FactKind::Standard(standard) => {
            add(fields.issuer, standard.body.as_deref());
            row.add_text(fields.code, tokenizer::code_key(&standard.code));
        }
        FactKind::Provision(_) | FactKind::Mention(_) | FactKind::Check(_) => {}
    }
    row
}

/// What has been added to a row, so that nothing counts twice.
#[derive(Default)]
struct Seen(HashSet<String>);

impl Seen {
    fn first(&mut self, key: &str) -> bool {
        self.0.insert(key.to_owned())
    }
}

fn add_code(fields: &Fields, row: &mut TantivyDocument, seen: &mut Seen, code: &str) {
    let key = tokenizer::code_key(code);
    if seen.first(&format!("code {key}")) {
        row.add_text(fields.document, format!("{key}{KEY_END}{code}"));
        row.add_text(fields.code, key);
    }
}

fn add_name(fields: &Fields, row: &mut TantivyDocument, name: &str) {
    row.add_text(fields.official, both(tokenizer::words(name)));
}

/// Terms, exact and folded, as a field takes them.
fn both<T: AsRef<str>>(terms: impl IntoIterator<Item = (T, T)>) -> String {
    let mut list = TermList::default();
    for (exact, folded) in terms {
        list.push_both(exact.as_ref(), folded.as_ref());
    }
    list.into_text()
}

fn add_days(fields: &Fields, row: &mut TantivyDocument, (from, to): (i32, i32)) {
    row.add_i64(fields.from, from.into());
    row.add_i64(fields.to, to.into());
}

pub(crate) fn fact_type(kind: &FactKind) -> FactType {
    match kind {
        FactKind::Date(_) => FactType::Date,
        FactKind::Document(_) => FactType::Document,
        FactKind::Official(_) => FactType::Official,
        FactKind::Indicator(_) => FactType::Indicator,
        FactKind::Standard(_) => FactType::Standard,
        FactKind::Provision(_) => FactType::Provision,
        FactKind::Mention(_) => FactType::Mention,
        FactKind::Meeting(_) => FactType::Meeting,
        FactKind::Check(_) => FactType::Check,
    }
}

/// Names are counted together whatever their letter case.
pub(crate) fn name_key(name: &str) -> String {
    let terms = tokenizer::words(name);
    terms.iter().map(|(exact, _)| exact.as_str()).collect::<Vec<_>>().join(" ")
}

/// Units are compared in lower case with single blanks: `lượt người`, `vnd`, `%`.
pub(crate) fn unit_key(unit: &str) -> String {
    let unit = crate::normalize::normalize(unit).to_lowercase();
    unit.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn month(date: PartialDate) -> String {
    match date.first_day().month_day() {
        // A date that is a year alone has no month.
        Some((month, _)) if date.to_string().len() > 4 => format!("{:04}-{month:02}", date.year()),
        _ => date.to_string(),
    }
}

/// The site that published an article, or the source that it names.
pub(crate) fn source(article: &Article) -> Option<String> {
    let line = article.source.and_then(|span| article.text.get(span.range()));
    if let Some(host) = article.url.as_deref().and_then(host).or_else(|| host(line?)) {
        return Some(host);
    }
    // `Nguồn: baohatinh.vn, ngày 6/3/2018`
    let name = line?.split_once(':').map_or(line?, |(_, name)| name);
    let name = name.split([',', ';']).next().unwrap_or_default().trim();
    (!name.is_empty()).then(|| name.chars().take(120).collect())
}

/// The host of the first address in a text.
fn host(text: &str) -> Option<String> {
    let rest = text.split_once("://")?.1;
    let host = rest.split(|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | ',')).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host).to_lowercase();
    (!host.is_empty()).then_some(host)
}
