//! A document across articles.

use std::collections::HashMap;

use serde::Serialize;

use crate::date::{DateValue, PartialDate};
use crate::error::Error;
use crate::extract::{DocumentRef, FactKind, Level};
use crate::index::NewsIndex;
use crate::index::query::FactType;
use crate::index::query::condition::FactQuery;
use crate::index::search::facets::Count;
use crate::index::store::tokenizer;
use crate::index::table::groups::Forms;
use crate::index::table::identity::{self, Clue, Known, Place, Witness};
use crate::index::table::period::Period;
use crate::index::table::sweep::{ArticleRow, Copies};
use crate::index::table::timeline::{self, Timeline};
use crate::span::Span;

/// What articles say of the documents with one code: [`NewsIndex::document_page`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DocumentPage {
    /// The code, as most articles write it.
    pub code: String,
    /// How many articles cite it.
    pub articles: usize,
    /// The documents that have it, the one cited by most articles first.
    pub documents: Vec<CitedDocument>,
    /// Citations that can mean several of them, in order of publication.
    pub unclear: Vec<Citation>,
}

/// One document, as articles cite it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CitedDocument {
    /// What kind of document it is, as most articles say.
    pub kind: Option<String>,
    /// Who issued it, as printed, and how many articles say so.
    pub issuers: Vec<Count>,
    /// The province, district or commune whose body issued it.
    pub place: Option<String>,
    /// The level of that body.
    pub level: Option<Level>,
    /// When it was issued, and how many articles say so. More than one date means that they do not agree.
    pub issued: Vec<Count>,
    /// Its titles, as printed.
    pub titles: Vec<Count>,
    /// The first publication that cites it.
    pub first: Option<PartialDate>,
    /// The last one.
    pub last: Option<PartialDate>,
    /// The articles that cite it, in order of publication.
    pub citations: Vec<Citation>,
}

/// An article that cites a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Citation {
    /// The article's id.
    pub article: String,
    /// Where it was published.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// The first mention, as bytes of the article's text.
    #[serde(flatten)]
    pub span: Span,
    /// The words of that mention.
    pub text: String,
    /// How many times the article mentions it.
    pub mentions: usize,
    /// How it is known which document is meant.
    pub known: Known,
    /// Of an unclear citation: which documents it can mean, by their place in [`DocumentPage::documents`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub can_be: Vec<usize>,
}

impl CitedDocument {
    /// How many articles cite it in each period.
    #[must_use]
    pub fn timeline(&self, period: Period) -> Timeline {
        timeline::of_dates(self.citations.iter().map(|citation| citation.published), period)
    }
}

/// What one article says of one document.
struct Account {
    citation: Citation,
    kinds: Forms,
    issuers: Forms,
    places: Forms,
    issued: Forms,
    titles: Forms,
    level: Option<Level>,
}

impl NewsIndex {
    /// The documents with this code, told apart, and the articles that cite each.
    ///
    /// Every province has its own `02-NQ/TU`. Documents are told apart by the place of the body that issued them, as
    /// printed with a citation, and by the date of issue; one body gives a number once a year. A citation without
    /// either means the document of the place that its article names, else the one that its site cites elsewhere, else
    /// the only one there is; [`Citation::known`] says which. What is left is listed under [`DocumentPage::unclear`].
    ///
    /// # Errors
    ///
    /// [`Error::is_io`] or [`Error::is_index`] if the index cannot be read.
    pub fn document_page(&self, code: &str, copies: Copies) -> Result<DocumentPage, Error> {
        let key = tokenizer::code_key(code);
        let query = FactQuery::new().kind(FactType::Document).code(code);
        let (mut found, mut codes) = (Vec::new(), Forms::default());
        let mut last = String::new();
        let mut articles = 0;
        let index = self.at_one_commit();
        for row in index.fact_rows(&query, copies)? {
            let row = row?;
            if articles > 0 && last == row.article().id() {
                continue;
            }
            row.article().id().clone_into(&mut last);
            articles += 1;
            read(row.article(), &key, &mut codes, &mut |clue, account| {
                let around = around(row.article());
                found.push((Witness { clue, around, source: row.article().source() }, account));
            });
        }
        // Whatever the order in which articles are kept, the answer is the same.
        found.sort_by(|(_, a), (_, b)| by_time(&a.citation, &b.citation));
        let (witnesses, accounts): (Vec<Witness>, Vec<Account>) = found.into_iter().unzip();
        let mut texts = Texts::new(&index);
        let reads = |at: usize, place: &str| texts.has(&accounts[at].citation.article, place);
        let (clusters, verdicts) = identity::settle(&witnesses, reads);
        let mut page = DocumentPage { articles, ..DocumentPage::default() };
        page.code = codes.most().unwrap_or(code).to_owned();

        let mut gathered: Vec<(CitedDocument, Gathered)> = clusters.iter().map(|_| Default::default()).collect();
        let mut unclear = Vec::new();
        for (mut account, verdict) in accounts.into_iter().zip(verdicts) {
            account.citation.known = verdict.known;
            match verdict.known {
                Known::Unclear => unclear.push((account.citation, verdict.of)),
                _ => {
                    let (document, gathered) = &mut gathered[verdict.of[0]];
                    gathered.take(&account);
                    document.level = document.level.or(account.level);
                    document.citations.push(account.citation);
                }
            }
        }
        let mut order: Vec<usize> = (0..gathered.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(gathered[*at].0.citations.len()));
        let mut documents: Vec<Option<CitedDocument>> =
            gathered.into_iter().map(|(document, gathered)| Some(gathered.finish(document))).collect();
        page.documents = order.iter().filter_map(|at| documents[*at].take()).collect();
        for (mut citation, of) in unclear {
            citation.can_be = of.iter().filter_map(|of| order.iter().position(|at| at == of)).collect();
            citation.can_be.sort_unstable();
            page.unclear.push(citation);
        }
        page.unclear.sort_by(by_time);
        Ok(page)
    }
}

/// In order of publication; those without a date come last.
fn by_time(a: &Citation, b: &Citation) -> std::cmp::Ordering {
    (a.published.is_none(), a.published, &a.article).cmp(&(b.published.is_none(), b.published, &b.article))
}

/// What an article says of each document with the code that it cites.
fn read(article: &ArticleRow, key: &str, codes: &mut Forms, found: &mut dyn FnMut(Clue, Account)) {
    let mut own: Vec<(Clue, Account)> = Vec::new();
    for fact in article.facts() {
        let FactKind::Document(document) = &fact.kind else { continue };
        let Some(code) = document.code.as_deref().filter(|code| tokenizer::code_key(code) == key) else { continue };
        codes.add(code);
        let clue = clue(document);
        let known = own.iter().position(|(other, _)| !other.contradicts(&clue));
        let at = known.unwrap_or_else(|| {
            own.push((Clue::default(), Account::new(article, fact.span)));
            own.len() - 1
        });
        own[at].0.take(&clue);
        own[at].1.add(document);
    }
    own.into_iter().for_each(|(clue, account)| found(clue, account));
}

fn clue(document: &DocumentRef) -> Clue {
    let central = document.level == Some(Level::Central);
    let places = document.place.as_deref().filter(|_| !central).and_then(|place| Place::new(place, document.level));
    let code = document.code.as_deref().unwrap_or_default();
    // There is one body of its name at the centre. Where the code has the year, its date tells nothing more.
    let marks = central.then(|| tokenizer::code_key(code)).into_iter().collect();
    let days = document.issued.filter(|_| !central || year(code).is_none()).map(DateValue::epoch_days);
    Clue { places: places.into_iter().collect(), days, marks }
}

/// The year in `15/2024/NĐ-CP`, `45/2019/QH14`.
fn year(code: &str) -> Option<u16> {
    code.split('/').nth(1)?.trim().parse().ok().filter(|year| (1945..=2200).contains(year))
}

/// The places that an article's people and documents belong to.
pub(crate) fn around(article: &ArticleRow) -> Clue {
    let mut clue = Clue::default();
    for fact in article.facts() {
        match &fact.kind {
            FactKind::Official(official) => {
                let places = official.offices.iter().filter(|office| !office.former);
                let places = places.filter_map(|office| Place::new(office.place.as_deref()?, office.level));
                clue.take(&Clue { places: places.collect(), ..Clue::default() });
            }
            FactKind::Document(document) => {
                let place = document.place.as_deref().and_then(|place| Place::new(place, document.level));
                clue.take(&Clue { places: place.into_iter().collect(), ..Clue::default() });
            }
            _ => {}
        }
    }
    clue
}

/// Texts of articles as places are looked for in them; the last one is kept.
pub(crate) struct Texts<'i> {
    index: &'i NewsIndex,
    last: (String, String),
}

impl<'i> Texts<'i> {
    pub(crate) fn new(index: &'i NewsIndex) -> Self {
        Self { index, last: Default::default() }
    }

    /// Whether the article has these syllables one after the other. One that cannot be read has none: what it means
    /// stays unclear.
    pub(crate) fn has(&mut self, article: &str, words: &str) -> bool {
        if self.last.0 != article {
            let text = self.index.article(article).ok().flatten().map(|(article, _)| article.text);
            self.last = (article.to_owned(), spaced(&text.unwrap_or_default()));
        }
        self.last.1.contains(&spaced(words))
    }
}

/// Terms between blanks.
fn spaced(text: &str) -> String {
    let mut spaced = String::from(" ");
    for (exact, _) in tokenizer::words(text) {
        spaced.push_str(&exact);
        spaced.push(' ');
    }
    spaced
}

impl Account {
    fn new(article: &ArticleRow, span: Span) -> Self {
        Self {
            citation: Citation {
                article: article.id().to_owned(),
                url: article.article().url.clone(),
                title: article.article().title().map(str::to_owned),
                published: article.article().published,
                span,
                text: article.slice(span).to_owned(),
                mentions: 0,
                known: Known::Unclear,
                can_be: Vec::new(),
            },
            kinds: Forms::default(),
            issuers: Forms::default(),
            places: Forms::default(),
            issued: Forms::default(),
            titles: Forms::default(),
            level: None,
        }
    }

    fn add(&mut self, document: &DocumentRef) {
        self.citation.mentions += 1;
        self.kinds.add(&document.kind);
        document.issuer.iter().for_each(|issuer| self.issuers.add(issuer));
        document.place.iter().for_each(|place| self.places.add(place));
        document.issued.iter().for_each(|issued| self.issued.add(&issued.to_string()));
        document.title.iter().for_each(|title| self.titles.add(title));
        self.level = self.level.or(document.level);
    }
}

/// What all articles say of a document: each way to say it, by the number of articles.
#[derive(Default)]
struct Gathered {
    kinds: Forms,
    issuers: HashMap<String, Forms>,
    places: Forms,
    issued: Forms,
    titles: HashMap<String, Forms>,
}

impl Gathered {
    fn take(&mut self, account: &Account) {
        account.kinds.most().into_iter().for_each(|kind| self.kinds.add(kind));
        account.places.most().into_iter().for_each(|place| self.places.add(place));
        account.issued.forms().for_each(|issued| self.issued.add(issued));
        let same = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        account.issuers.forms().for_each(|text| self.issuers.entry(same(text)).or_default().add(text));
        account.titles.forms().for_each(|text| self.titles.entry(same(text)).or_default().add(text));
    }

    fn finish(self, mut document: CitedDocument) -> CitedDocument {
        document.kind = self.kinds.most().map(str::to_owned);
        document.place = self.places.most().map(str::to_owned);
        document.issuers = counts(self.issuers);
        document.titles = counts(self.titles);
        document.issued = self.issued.into_counts();
        document.citations.sort_by(by_time);
        document.first = document.citations.iter().filter_map(|citation| citation.published).min();
        document.last = document.citations.iter().filter_map(|citation| citation.published).max();
        document
    }
}

/// The forms of each thing as one, the most frequent first.
fn counts(forms: HashMap<String, Forms>) -> Vec<Count> {
    let mut counts: Vec<Count> = forms
        .into_values()
        .filter_map(|forms| Some(Count { value: forms.most()?.to_owned(), articles: forms.total() }))
        .collect();
    counts.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.value.cmp(&b.value)));
    counts
}
