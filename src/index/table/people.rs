//! A person across articles.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::date::{DateValue, PartialDate};
use crate::error::Error;
use crate::extract::{Act, DocumentRef, FactKind, Level, Meeting, Office, Official};
use crate::index::NewsIndex;
use crate::index::query::FactType;
use crate::index::query::condition::FactQuery;
use crate::index::search::facets::Count;
use crate::index::store::schema;
use crate::index::table::documents::{Texts, around};
use crate::index::table::groups::Forms;
use crate::index::table::identity::{self, Clue, Cluster, Known, Place, Witness};
use crate::index::table::sweep::{ArticleRow, Copies};
use crate::span::Span;

/// What articles say of the people with one name: [`NewsIndex::person`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PersonPage {
    /// How many articles name one of them with a post.
    pub articles: usize,
    /// The people, those in most articles first.
    pub people: Vec<Person>,
    /// Articles that can mean several of them, in order of publication.
    pub unclear: Vec<Appearance>,
}

/// One person, as articles tell of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Person {
    /// The name, as most articles write it.
    pub name: String,
    /// The posts, the one seen first before the others.
    pub posts: Vec<Held>,
    /// Meetings that the person chaired, in order of time.
    pub chaired: Vec<MeetingSeen>,
    /// Meetings at which the person spoke without being in the chair, in order of time.
    pub spoke: Vec<MeetingSeen>,
    /// Documents named in a sentence that says that the person signed, in order of publication.
    pub signed: Vec<Signed>,
    /// The sites, and how many of the articles each published.
    pub sources: Vec<Count>,
    /// The first publication that names the person.
    pub first: Option<PartialDate>,
    /// The last one.
    pub last: Option<PartialDate>,
    /// The articles, in order of publication.
    pub appearances: Vec<Appearance>,
    /// Others of this name in [`PersonPage::people`] who may be the same person: nothing tells that they are, and either
    /// their posts do not contradict each other or one took office after the other was last named.
    pub may_be: Vec<usize>,
}

/// A post, and when articles print it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Held {
    /// The post, as most articles print it.
    pub post: String,
    /// Held before: `nguyên`.
    pub former: bool,
    /// The first publication with it.
    pub first: Option<PartialDate>,
    /// The last one.
    pub last: Option<PartialDate>,
    /// How many articles print it.
    pub articles: usize,
}

/// A meeting, and the article that tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MeetingSeen {
    /// The article's id.
    pub article: String,
    /// When the article was published.
    pub published: Option<PartialDate>,
    /// The article's headline.
    pub title: Option<String>,
    /// The meeting.
    pub meeting: Meeting,
}

/// A document that a person signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Signed {
    /// The article's id.
    pub article: String,
    /// When the article was published.
    pub published: Option<PartialDate>,
    /// The document.
    pub document: DocumentRef,
}

/// An article that names a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Appearance {
    /// The article's id.
    pub article: String,
    /// Where it was published.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// The name at its first mention, as bytes of the article's text.
    #[serde(flatten)]
    pub span: Span,
    /// The name, as printed.
    pub name: String,
    /// The posts that the article prints.
    pub posts: Vec<String>,
    /// How it is known who is meant.
    pub known: Known,
    /// Of an unclear one: whom it can mean, by their place in [`PersonPage::people`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub can_be: Vec<usize>,
}

/// What one article says of one person.
struct Account {
    appearance: Appearance,
    offices: Vec<(String, Office)>,
    chaired: Vec<MeetingSeen>,
    spoke: Vec<MeetingSeen>,
    signed: Vec<Signed>,
    source: Option<String>,
}

impl NewsIndex {
    /// The people with this name, told apart, with their posts over time, and what they chaired, spoke at and signed.
    ///
    /// Part of a name will do: everyone whose name has it is listed. People of one name are told apart by the places of
    /// their posts: someone in office in one district is not who is in office in another at the same level. An article
    /// that prints no place means the person of the place that it names elsewhere, else the one that its site names
    /// elsewhere, else the only one there is; [`Appearance::known`] says which. Someone who moved from one place to
    /// another appears as two who may be the same ([`Person::may_be`]).
    ///
    /// # Errors
    ///
    /// [`Error::is_io`] or [`Error::is_index`] if the index cannot be read.
    pub fn person(&self, name: &str, copies: Copies) -> Result<PersonPage, Error> {
        let query = FactQuery::new().kind(FactType::Official).official(name);
        // By the full name, in the order of the alphabet.
        let mut named: BTreeMap<String, Vec<(Witness, Account)>> = BTreeMap::new();
        let mut articles = 0;
        let mut last = String::new();
        let index = self.at_one_commit();
        for row in index.fact_rows(&query, copies)? {
            let row = row?;
            let FactKind::Official(official) = &row.fact().kind else { continue };
            let article = row.article();
            if articles == 0 || last != article.id() {
                article.id().clone_into(&mut last);
                articles += 1;
            }
            let accounts = named.entry(schema::name_key(&official.name)).or_default();
            match accounts.last_mut().filter(|(_, account)| account.appearance.article == article.id()) {
                Some((witness, account)) => account.add(article, official, row.fact().span, &mut witness.clue),
                None => {
                    let mut witness =
                        Witness { clue: Clue::default(), around: around(article), source: article.source() };
                    let mut account = Account::new(article, official, row.fact().span);
                    account.add(article, official, row.fact().span, &mut witness.clue);
                    accounts.push((witness, account));
                }
            }
        }
        let mut page = PersonPage { articles, ..PersonPage::default() };
        for accounts in named.into_values() {
            index.tell_apart(accounts, &mut page);
        }
        let mut order: Vec<usize> = (0..page.people.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(page.people[*at].appearances.len()));
        let now = |of: &mut Vec<usize>| {
            *of = of.iter().filter_map(|of| order.iter().position(|at| at == of)).collect();
            of.sort_unstable();
        };
        page.people.iter_mut().for_each(|person| now(&mut person.may_be));
        page.unclear.iter_mut().for_each(|appearance| now(&mut appearance.can_be));
        let mut people: Vec<Option<Person>> = page.people.into_iter().map(Some).collect();
        page.people = order.iter().filter_map(|at| people[*at].take()).collect();
        page.unclear.sort_by(by_time);
        Ok(page)
    }

    /// The people of one name.
    fn tell_apart(&self, mut accounts: Vec<(Witness, Account)>, page: &mut PersonPage) {
        accounts.sort_by(|(_, a), (_, b)| by_time(&a.appearance, &b.appearance));
        let (witnesses, accounts): (Vec<Witness>, Vec<Account>) = accounts.into_iter().unzip();
        let mut texts = Texts::new(self);
        let reads = |at: usize, place: &str| texts.has(&accounts[at].appearance.article, place);
        let (clusters, verdicts) = identity::settle(&witnesses, reads);
        let before = page.people.len();
        let mut people: Vec<(Person, Gathered)> = clusters.iter().map(|_| Default::default()).collect();
        for (mut account, verdict) in accounts.into_iter().zip(verdicts) {
            account.appearance.known = verdict.known;
            if verdict.known == Known::Unclear {
                account.appearance.can_be = verdict.of.iter().map(|of| before + of).collect();
                page.unclear.push(account.appearance);
            } else {
                let (person, gathered) = &mut people[verdict.of[0]];
                gathered.take(person, account);
            }
        }
        let people: Vec<Person> = people.into_iter().map(|(person, gathered)| gathered.finish(person)).collect();
        for (at, person) in people.iter().enumerate() {
            let may_be =
                |other: &usize| *other != at && may_be(person, &people[*other], &clusters[at], &clusters[*other]);
            let may_be = (0..people.len()).filter(may_be).map(|other| before + other).collect();
            page.people.push(Person { may_be, ..person.clone() });
        }
    }
}

/// Whether two of one name may be one: nothing contradicts, or one came after the other.
fn may_be(one: &Person, other: &Person, its: &Cluster, others: &Cluster) -> bool {
    let after = |a: &Person, b: &Person| match (a.last, b.first) {
        (Some(last), Some(first)) => last < first,
        _ => false,
    };
    !its.clue.contradicts(&others.clue) || after(one, other) || after(other, one)
}

/// In order of publication; those without a date come last.
fn by_time(a: &Appearance, b: &Appearance) -> std::cmp::Ordering {
    (a.published.is_none(), a.published, &a.article).cmp(&(b.published.is_none(), b.published, &b.article))
}

impl Account {
    fn new(article: &ArticleRow, official: &Official, span: Span) -> Self {
        let key = schema::name_key(&official.name);
        let mut account = Self {
            appearance: Appearance {
                article: article.id().to_owned(),
                url: article.article().url.clone(),
                title: article.article().title().map(str::to_owned),
                published: article.article().published,
                span,
                name: official.name.clone(),
                posts: Vec::new(),
                known: Known::Unclear,
                can_be: Vec::new(),
            },
            offices: Vec::new(),
            chaired: Vec::new(),
            spoke: Vec::new(),
            signed: Vec::new(),
            source: article.source(),
        };
        let is = |name: &String| schema::name_key(name) == key;
        for fact in article.facts() {
            let FactKind::Meeting(meeting) = &fact.kind else { continue };
            let seen = || MeetingSeen {
                article: article.id().to_owned(),
                published: article.article().published,
                title: article.article().title().map(str::to_owned),
                meeting: meeting.clone(),
            };
            if meeting.chairs.iter().any(is) {
                account.chaired.push(seen());
            } else if meeting.speakers.iter().any(is) {
                account.spoke.push(seen());
            }
        }
        account
    }

    /// Adds a mention in the same article.
    fn add(&mut self, article: &ArticleRow, official: &Official, span: Span, clue: &mut Clue) {
        for (at, post) in official.posts.iter().enumerate() {
            if self.appearance.posts.contains(post) {
                continue;
            }
            self.appearance.posts.push(post.clone());
            let office = official.offices.get(at).cloned().unwrap_or_default();
            // Where someone was in office before says nothing of where they are.
            if !office.former {
                let place = office.place.as_deref().and_then(|place| Place::new(place, office.level));
                let central = office.level == Some(Level::Central);
                let body = office.body.as_deref().filter(|_| central).map(schema::unit_key);
                clue.take(&Clue { places: place.into_iter().collect(), days: None, marks: body.into_iter().collect() });
            }
            self.offices.push((post.clone(), office));
        }
        if official.act == Some(Act::Sign) {
            let sentence = article.sentence(span);
            for fact in article.facts().iter().filter(|fact| sentence.contains(fact.span)) {
                let FactKind::Document(document) = &fact.kind else { continue };
                self.signed.push(Signed {
                    article: article.id().to_owned(),
                    published: article.article().published,
                    document: document.clone(),
                });
            }
        }
    }
}

/// A person's names, sites and posts, as they are printed.
#[derive(Default)]
struct Gathered {
    names: Forms,
    sources: Forms,
    posts: HashMap<(String, bool), (Forms, Held)>,
}

impl Gathered {
    fn take(&mut self, person: &mut Person, account: Account) {
        let Account { appearance, offices, chaired, spoke, signed, source } = account;
        self.names.add(&appearance.name);
        source.iter().for_each(|source| self.sources.add(source));
        for (post, office) in offices {
            let published = appearance.published;
            let (forms, held) = self.posts.entry((schema::unit_key(&post), office.former)).or_insert_with(|| {
                let held = Held { post: post.clone(), former: office.former, first: None, last: None, articles: 0 };
                (Forms::default(), held)
            });
            forms.add(&post);
            held.articles += 1;
            held.first = [held.first, published].into_iter().flatten().min();
            held.last = held.last.max(published);
        }
        person.chaired.extend(chaired);
        person.spoke.extend(spoke);
        person.signed.extend(signed);
        person.appearances.push(appearance);
    }

    fn finish(self, mut person: Person) -> Person {
        person.name = self.names.most().unwrap_or_default().to_owned();
        person.sources = self.sources.into_counts();
        let posts = self.posts.into_values();
        person.posts =
            posts.map(|(forms, held)| Held { post: forms.most().unwrap_or(&held.post).to_owned(), ..held }).collect();
        person.posts.sort_by(|a, b| (a.first.is_none(), a.first, &a.post).cmp(&(b.first.is_none(), b.first, &b.post)));
        let time = |seen: &MeetingSeen| {
            let date = seen.meeting.date.map(DateValue::start).or(seen.published);
            (date.is_none(), date, seen.article.clone())
        };
        person.chaired.sort_by_key(time);
        person.spoke.sort_by_key(time);
        person.signed.sort_by_key(|signed| (signed.published.is_none(), signed.published));
        person.appearances.sort_by(by_time);
        person.first = person.appearances.iter().filter_map(|appearance| appearance.published).min();
        person.last = person.appearances.iter().filter_map(|appearance| appearance.published).max();
        person
    }
}
