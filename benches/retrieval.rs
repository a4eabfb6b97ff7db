//! How well articles are found, against BM25 over syllables alone, over words alone, and tantivy's default tokenizer.
//!
//! `cargo bench --bench retrieval`; the figures are in `benches/README.md`. The queries are those of `tests/retrieval`;
//! `THOISU_XQUAD` names a file of questions in the layout of SQuAD besides, in which the answer to a question is its own
//! paragraph. Each query is asked as typed and without marks; the baselines then drop the marks of the texts as well. The
//! figures are printed if ours are above those of each baseline.

mod record;

use record::record;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Query as Compiled, TermQuery};
use tantivy::schema::{FAST, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Index, IndexReader, TantivyDocument, Term};
use thoisu::index::{NewsIndex, Query, WordTokenizer};
use thoisu::normalize::strip_marks;
use thoisu::{Analyzer, Article, Segmenter, fold, normalize};

/// The depth to which answers count.
const DEPTH: usize = 10;

/// A query and the articles that answer it: by number, 2 for one that does, 1 for one that touches on it.
struct Judged {
    kind: String,
    text: String,
    answers: HashMap<usize, u32>,
}

struct Collection {
    name: &'static str,
    articles: Vec<Article>,
    queries: Vec<Judged>,
}

/// The articles of this repository and the queries of `tests/retrieval`.
fn news() -> Collection {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut articles = Vec::new();
    for folder in ["corpus/texts", "tests/articles/texts"] {
        let files = std::fs::read_dir(root.join(folder)).expect("the articles");
        let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
        files.sort();
        articles.extend(files.iter().map(|file| Article::from_path(file).expect("an article")));
    }
    let numbers: HashMap<String, usize> =
        articles.iter().enumerate().map(|(i, article)| (article.id.clone().unwrap_or_default(), i)).collect();
    let lines = std::fs::read_to_string(root.join("tests/retrieval/queries.tsv")).expect("the queries");
    let mut needs: HashMap<&str, &str> = HashMap::new();
    let mut queries = Vec::new();
    for line in lines.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [need, kind, relevant, text] = fields[..] else { panic!("four fields: {line}") };
        assert_eq!(*needs.entry(need).or_insert(relevant), relevant, "one need has the same answers: {line}");
        let answer = |id: &str| {
            let plain = id.trim_matches(['(', ')']);
            let number = *numbers.get(plain).unwrap_or_else(|| panic!("no article {plain}: {line}"));
            (number, if plain == id { 2 } else { 1 })
        };
        let answers = relevant.split(' ').map(answer).collect();
        queries.push(Judged { kind: kind.to_owned(), text: text.to_owned(), answers });
    }
    Collection { name: "news", articles, queries }
}

/// Paragraphs and questions of a file in the layout of SQuAD.
fn squad(file: &Path) -> Collection {
    let file = std::fs::File::open(file).expect("THOISU_XQUAD names a file");
    let read: serde_json::Value = serde_json::from_reader(std::io::BufReader::new(file)).expect("JSON");
    let (mut articles, mut queries) = (Vec::new(), Vec::new());
    let list = |value: &serde_json::Value, key: &str| value[key].as_array().expect("a list").clone();
    let text = |value: &serde_json::Value, key: &str| value[key].as_str().expect("a text").to_owned();
    for paragraph in list(&read, "data").iter().flat_map(|part| list(part, "paragraphs")) {
        let number = articles.len();
        let mut article = Article::from_text(text(&paragraph, "context"));
        article.id = Some(number.to_string());
        articles.push(article);
        queries.extend(list(&paragraph, "qas").iter().map(|question| Judged {
            kind: "question".to_owned(),
            text: text(question, "question"),
            answers: HashMap::from([(number, 2)]),
        }));
    }
    Collection { name: "xquad", articles, queries }
}

/// Something that ranks articles for a query.
trait Ranking {
    fn best(&self, query: &str) -> Vec<usize>;
}

struct Ours(NewsIndex);

impl Ours {
    fn new(articles: &[Article]) -> Self {
        let index = NewsIndex::in_ram(Analyzer::new()).expect("an index");
        let mut writer = index.writer().expect("a writer");
        for (i, article) in articles.iter().enumerate() {
            let mut article = article.clone();
            article.id = Some(i.to_string());
            writer.add(&article).expect("added");
        }
        writer.commit().expect("committed");
        Self(index)
    }
}

impl Ranking for Ours {
    fn best(&self, query: &str) -> Vec<usize> {
        let query = Query::parse(query).unwrap_or_else(|_| Query::words(query));
        let page = self.0.search(&query, DEPTH).expect("a page");
        page.hits.iter().map(|hit| hit.id().parse().expect("a number")).collect()
    }
}

type Terms = fn(&str) -> Vec<String>;

/// BM25 over one field, and any term of a query will do.
struct Plain {
    reader: IndexReader,
    terms: Terms,
}

impl Plain {
    fn new(articles: &[Article], terms: Terms) -> Self {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs);
        let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        let number = schema.add_u64_field("number", FAST);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 50_000_000).expect("a writer");
        for (i, article) in articles.iter().enumerate() {
            let token = |(position, text)| Token { position, text, ..Token::default() };
            let tokens = terms(&article.text).into_iter().enumerate().map(token).collect();
            let mut row = TantivyDocument::default();
            row.add_pre_tokenized_text(text, PreTokenizedString { text: String::new(), tokens });
            row.add_u64(number, i as u64);
            writer.add_document(row).expect("added");
        }
        writer.commit().expect("committed");
        Self { reader: index.reader().expect("a reader"), terms }
    }
}

impl Ranking for Plain {
    fn best(&self, query: &str) -> Vec<usize> {
        let searcher = self.reader.searcher();
        let text = searcher.schema().get_field("text").expect("the field");
        let any = (self.terms)(query).into_iter().map(|term| -> Box<dyn Compiled> {
            Box::new(TermQuery::new(Term::from_field_text(text, &term), IndexRecordOption::WithFreqs))
        });
        let top = TopDocs::with_limit(DEPTH).order_by_score();
        let found = searcher.search(&BooleanQuery::union(any.collect()), &top).expect("hits");
        let number = |address: tantivy::DocAddress| {
            let numbers = searcher.segment_reader(address.segment_ord).fast_fields().u64("number").expect("the column");
            numbers.first(address.doc_id).expect("a number") as usize
        };
        found.into_iter().map(|(_, address)| number(address)).collect()
    }
}

fn syllables(text: &str) -> Vec<String> {
    let text = normalize(text).to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn folded(text: &str) -> Vec<String> {
    syllables(text).iter().map(|term| fold(term).into_owned()).collect()
}

fn words(text: &str) -> Vec<String> {
    let mut tokenizer = WordTokenizer::new(Segmenter::new());
    let mut stream = tokenizer.token_stream(text);
    let (mut words, mut last) = (Vec::new(), None);
    while let Some(token) = stream.next() {
        // The syllables of a word follow it at the same place.
        if last.replace(token.position) != Some(token.position) {
            words.push(token.text.clone());
        }
    }
    words
}

fn words_folded(text: &str) -> Vec<String> {
    words(text).iter().map(|word| fold(word).into_owned()).collect()
}

fn default(text: &str) -> Vec<String> {
    let mut analyzer: TextAnalyzer = TokenizerManager::default().get("default").expect("the default");
    let mut terms = Vec::new();
    analyzer.token_stream(text).process(&mut |token| terms.push(token.text.clone()));
    terms
}

fn default_folded(text: &str) -> Vec<String> {
    default(&fold(text))
}

/// Means over queries.
#[derive(Clone, Copy, Default)]
struct Scores {
    queries: usize,
    /// One over the place of the first answer.
    mrr: f64,
    /// The share of the answers that are among the first ten.
    recall: f64,
    ndcg: f64,
}

impl Scores {
    fn of<'q>(ranking: &dyn Ranking, queries: impl Iterator<Item = &'q Judged>, marked: bool) -> Self {
        let mut sum = Self::default();
        for query in queries {
            let text = if marked { query.text.as_str().into() } else { strip_marks(&query.text) };
            let best = ranking.best(&text);
            let gain = |grade: u32| f64::from((1 << grade) - 1);
            let discounted = |grades: &mut dyn Iterator<Item = u32>| -> f64 {
                grades.enumerate().take(DEPTH).map(|(i, grade)| gain(grade) / (i as f64 + 2.0).log2()).sum()
            };
            let grades: Vec<u32> = best.iter().map(|i| query.answers.get(i).copied().unwrap_or_default()).collect();
            let mut ideal: Vec<u32> = query.answers.values().copied().collect();
            ideal.sort_unstable_by(|a, b| b.cmp(a));
            let first = grades.iter().position(|grade| *grade > 0);
            sum.queries += 1;
            sum.mrr += first.map_or(0.0, |i| 1.0 / (i as f64 + 1.0));
            sum.recall += grades.iter().filter(|grade| **grade > 0).count() as f64 / ideal.len() as f64;
            sum.ndcg += discounted(&mut grades.iter().copied()) / discounted(&mut ideal.iter().copied());
        }
        let mean = |sum: f64, queries: usize| sum / queries.max(1) as f64;
        Self {
            queries: sum.queries,
            mrr: mean(sum.mrr, sum.queries),
            recall: mean(sum.recall, sum.queries),
            ndcg: mean(sum.ndcg, sum.queries),
        }
    }
}

const SYSTEMS: [&str; 4] = ["thoisu", "syllables alone", "words alone", "tantivy's default tokenizer"];

fn measure(collection: &Collection) {
    let Collection { name, articles, queries } = collection;
    let ours = Ours::new(articles);
    let plain = |terms: Terms| Plain::new(articles, terms);
    let marked = [plain(syllables), plain(words), plain(default)];
    let unmarked = [plain(folded), plain(words_folded), plain(default_folded)];
    // Those typed without marks are asked by themselves below.
    let typed = || queries.iter().filter(|query| query.kind != "unmarked");
    let mut table = Vec::new();
    for (i, system) in SYSTEMS.iter().enumerate() {
        let [with, without]: [&dyn Ranking; 2] =
            if i == 0 { [&ours, &ours] } else { [&marked[i - 1], &unmarked[i - 1]] };
        table.push((system, Scores::of(with, typed(), true), Scores::of(without, typed(), false)));
    }
    println!("\n{name}: {} articles, {} queries", articles.len(), table[0].1.queries);
    println!("{:<28} {:>24}   {:>24}", "", "as typed", "without marks");
    println!("{:<28} {:>8}{:>8}{:>8}   {:>8}{:>8}{:>8}", "", "MRR", "R@10", "nDCG", "MRR", "R@10", "nDCG");
    for (system, with, without) in &table {
        let three = |scores: &Scores| format!("{:>8.3}{:>8.3}{:>8.3}", scores.mrr, scores.recall, scores.ndcg);
        println!("{system:<28} {}   {}", three(with), three(without));
        for (way, scores) in [("as typed", with), ("without marks", without)] {
            for (score, value) in [("MRR", scores.mrr), ("recall@10", scores.recall), ("nDCG@10", scores.ndcg)] {
                record(&format!("{name}/{system}/{way}: {score}"), value);
            }
        }
    }
    let mut kinds: BTreeMap<&str, Vec<&Judged>> = BTreeMap::new();
    for query in queries {
        kinds.entry(&query.kind).or_default().push(query);
    }
    if kinds.len() > 1 {
        println!("{:<28} {:>8}{:>10}{:>8}{:>9}", "nDCG by kind", "thoisu", "syllables", "words", "default");
        for (kind, queries) in kinds {
            let all = || queries.iter().copied();
            let score = |ranking: &dyn Ranking| Scores::of(ranking, all(), true).ndcg;
            let peers = if kind == "unmarked" { &unmarked } else { &marked };
            let [ours, syllables, words, default] =
                [score(&ours), score(&peers[0]), score(&peers[1]), score(&peers[2])];
            println!("{kind:<22} {:>5} {ours:>8.3}{syllables:>10.3}{words:>8.3}{default:>9.3}", queries.len());
        }
    }
    for (system, with, without) in &table[1..] {
        assert!(table[0].1.ndcg > with.ndcg, "{name}: as typed, {system} is not worse");
        assert!(table[0].2.ndcg > without.ndcg, "{name}: without marks, {system} is not worse");
    }
}

fn main() {
    measure(&news());
    if let Some(file) = std::env::var_os("THOISU_XQUAD") {
        measure(&squad(Path::new(&file)));
    }
}
