//! What is measured: the tables of `benches/README.md`, and the one of `README.md`, which takes its figures from them.
//!
//! A benchmark is in the report once its table stands in [`TABLES`], and `benches/README.md` has the table's two markers.

/// What is run for a table.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Run {
    /// `cargo bench --bench NAME`
    Bench(&'static str),
    /// `cargo test --release --test NAME`
    Test(&'static str),
}
use Run::{Bench, Test};

/// How figures are written.
#[derive(Clone, Copy)]
pub(crate) enum Digits {
    /// At least two that count: 0.43, 4.3, 43, 430.
    Two,
    /// So many behind the point.
    Places(usize),
}
use Digits::{Places, Two};

/// A heading, the name of its figures (`{}` stands for the row), and how they are written.
pub(crate) type Column = (&'static str, &'static str, Digits);
/// A label, and what stands for the row in the names of figures.
pub(crate) type Row = (&'static str, &'static str);

pub(crate) struct Table {
    /// The name between its markers in `benches/README.md`.
    pub(crate) name: &'static str,
    pub(crate) run: Run,
    /// The variable that names data from outside. Without it the table is left as it is.
    pub(crate) needs: Option<&'static str>,
    /// The crates that are compared: their versions are stated.
    pub(crate) peers: &'static [&'static str],
    /// What stands above the labels of the rows.
    pub(crate) corner: &'static str,
    pub(crate) columns: &'static [Column],
    /// Where none is listed, all that is measured under the names of the columns has a row, in the order of the alphabet.
    pub(crate) rows: &'static [Row],
}

/// Of benchmarks by criterion, which give a time and, with a throughput, a rate for each name.
const TIME_AND_RATE: &[Column] = &[("milliseconds", "{}/ms", Two), ("MB a second", "{}/MB/s", Two)];

pub(crate) const TABLES: &[Table] = &[
    Table {
        name: "normalize",
        run: Bench("normalize"),
        needs: None,
        peers: &["unicode-normalization", "vn-nlp", "charabia"],
        corner: "milliseconds",
        columns: &[("clean", "clean/{}/ms", Two), ("nfd", "nfd/{}/ms", Two), ("scrambled", "scrambled/{}/ms", Two)],
        rows: &[
            ("thoisu `normalize`", "thoisu normalize"),
            ("thoisu `Normalized`, with the way back", "thoisu Normalized"),
            ("thoisu `normalize_with`, new style", "thoisu normalize, new style"),
            ("unicode-normalization, `nfc().collect()`", "nfc().collect()"),
            ("vn-nlp, `normalize`", "vn-nlp normalize"),
            ("charabia, `normalize`", "charabia normalize"),
            ("a loop that looks for one byte", "byte scan"),
        ],
    },
    Table {
        name: "segment",
        run: Bench("segment"),
        needs: None,
        peers: &["icu_segmenter", "unicode-segmentation", "vn-nlp", "charabia", "tantivy"],
        corner: "",
        columns: TIME_AND_RATE,
        rows: &[
            ("tokens: thoisu `scan`", "segment/scan"),
            ("tokens: icu_segmenter, word breaks", "segment/icu_segmenter words"),
            ("tokens: unicode-segmentation, `unicode_words`", "segment/unicode-segmentation words"),
            ("tokens: vn-nlp, `tokenize`", "segment/vn-nlp"),
            ("tokens: charabia, `segment_str`", "segment/charabia"),
            ("words: thoisu `words_with`, words of the model", "segment/scan + words"),
            ("words: thoisu `words_with`, words of the table alone", "segment/scan + words of the table"),
            ("words: vn-nlp, `DictionaryTokenizer` with the words of that table", "segment/vn-nlp, words of the table"),
            ("terms: thoisu `WordTokenizer`, words and their syllables", "segment/terms of WordTokenizer"),
            ("terms: tantivy, default tokenizer", "segment/terms of tantivy"),
            ("thoisu `Document`: normal form, atoms, tokens, words, sentences", "segment/full document"),
        ],
    },
    Table {
        name: "extract",
        run: Bench("extract"),
        needs: None,
        peers: &[],
        corner: "",
        columns: TIME_AND_RATE,
        rows: &[
            ("`Article::from_text`: title, dateline, body, furniture", "extract/article"),
            ("`Analyzer::document`: normal form, atoms, tokens, words, sentences", "extract/document"),
            ("`Analyzer::facts`: all built-in rules", "extract/facts"),
            ("all three", "extract/whole"),
        ],
    },
    Table {
        name: "facts",
        run: Test("corpus"),
        needs: None,
        peers: &[],
        corner: "F1",
        columns: &[
            ("`corpus/`", "facts/corpus/{}", Places(3)),
            ("`tests/articles/`", "facts/tests/articles/{}", Places(3)),
        ],
        rows: &[
            ("dates", "date"),
            ("documents", "document"),
            ("officials", "official"),
            ("indicators", "indicator"),
            ("the date of publication", "published"),
        ],
    },
    Table {
        name: "segment-program",
        run: Bench("programs"),
        needs: None,
        peers: &[],
        corner: "program",
        columns: PROCESS,
        rows: &[("`segment`", "programs/segment")],
    },
    Table {
        name: "ingest-program",
        run: Bench("programs"),
        needs: Some("THOISU_ARTICLES"),
        peers: &[],
        corner: "program",
        columns: PROCESS,
        rows: &[("`ingest`, all threads", "programs/ingest")],
    },
    Table {
        name: "worst",
        run: Bench("worst"),
        needs: None,
        peers: &[],
        corner: "input",
        columns: &[
            ("MB a second", "worst/{}/MB/s", Two),
            ("time a byte, against plain news", "worst/{}/time", Two),
            ("bytes of memory a byte", "worst/{}/memory", Two),
        ],
        rows: &[],
    },
    Table {
        name: "threads",
        run: Bench("threads"),
        needs: None,
        peers: &[],
        corner: "in a second",
        columns: &[
            ("one thread", "threads/{}/one", Places(0)),
            ("two threads", "threads/{}/two", Places(0)),
            ("factor", "threads/{}/factor", Places(2)),
        ],
        rows: &[("articles analysed", "articles analysed"), ("searches answered", "searches answered")],
    },
    Table {
        name: "index",
        run: Bench("index"),
        needs: Some("THOISU_ARTICLES"),
        peers: &["tantivy"],
        corner: "",
        columns: &[
            ("articles", "index/{}/articles", Places(0)),
            ("MB of text", "index/{}/MB", Two),
            ("MB a second", "index/{}/MB/s", Two),
            ("index, of the text", "index/{}/share", Places(2)),
        ],
        rows: &[
            ("tantivy with its default tokenizer, lz4", "tantivy alone"),
            ("thoisu: analysis, marked and unmarked syllables, facts with their words, zstd", "thoisu"),
        ],
    },
    Table {
        name: "retrieval",
        run: Bench("retrieval"),
        needs: None,
        peers: &["tantivy"],
        corner: "news",
        columns: &[
            ("MRR", "news/{}/as typed: MRR", Places(3)),
            ("recall@10", "news/{}/as typed: recall@10", Places(3)),
            ("nDCG@10", "news/{}/as typed: nDCG@10", Places(3)),
            ("without marks: MRR", "news/{}/without marks: MRR", Places(3)),
            ("without marks: recall@10", "news/{}/without marks: recall@10", Places(3)),
            ("without marks: nDCG@10", "news/{}/without marks: nDCG@10", Places(3)),
        ],
        rows: SYSTEMS,
    },
    Table {
        name: "retrieval-xquad",
        run: Bench("retrieval"),
        needs: Some("THOISU_XQUAD"),
        peers: &["tantivy"],
        corner: "xquad",
        columns: &[
            ("MRR", "xquad/{}/as typed: MRR", Places(3)),
            ("recall@10", "xquad/{}/as typed: recall@10", Places(3)),
            ("nDCG@10", "xquad/{}/as typed: nDCG@10", Places(3)),
            ("without marks: MRR", "xquad/{}/without marks: MRR", Places(3)),
            ("without marks: recall@10", "xquad/{}/without marks: recall@10", Places(3)),
            ("without marks: nDCG@10", "xquad/{}/without marks: nDCG@10", Places(3)),
        ],
        rows: SYSTEMS,
    },
    Table {
        name: "search",
        run: Bench("search"),
        needs: Some("THOISU_ARTICLES"),
        peers: &["tantivy"],
        corner: "milliseconds",
        columns: &[
            ("p50", "search/{}/p50", Two),
            ("p95", "search/{}/p95", Two),
            ("p99", "search/{}/p99", Two),
            ("tantivy alone: p50", "search/{}/tantivy/p50", Two),
            ("tantivy alone: p95", "search/{}/tantivy/p95", Two),
            ("tantivy alone: p99", "search/{}/tantivy/p99", Two),
        ],
        rows: &[
            ("one to four words", "words"),
            ("the same without marks", "words without marks"),
            ("phrases of two to five words", "phrases"),
            ("questions of ten to seventeen words", "questions"),
            ("the questions without marks", "questions without marks"),
            ("words, a range of dates and a type of fact", "words, date and type"),
            ("words, with the facets of all articles found", "words and facets"),
            ("words, a phrase, both filters, with facets", "words, phrase, filters, facets"),
        ],
    },
];

const PROCESS: &[Column] = &[
    ("MB read", "{}/MB", Two),
    ("seconds", "{}/seconds", Two),
    ("MB a CPU second", "{}/MB a CPU second", Two),
    ("MB of memory at most", "{}/MB of memory", Two),
];

const SYSTEMS: &[Row] = &[
    ("thoisu", "thoisu"),
    ("BM25, syllables alone", "syllables alone"),
    ("BM25, words alone", "words alone"),
    ("BM25, tantivy's default tokenizer", "tantivy's default tokenizer"),
];

/// The table of `README.md`: what, thoisu, what stands beside it, the command. `{TABLE|ROW|COLUMN}` is a figure of a table
/// above: the row by what stands for it in names, the column by its heading.
pub(crate) const SUMMARY: &[[&str; 4]] = &[
    [
        "normalise clean text, 8 MB",
        "{normalize|thoisu normalize|clean} ms",
        "`nfc().collect()` of unicode-normalization: {normalize|nfc().collect()|clean} ms",
        "`cargo bench --bench normalize`",
    ],
    [
        "normalise decomposed text (NFD)",
        "{normalize|thoisu normalize|nfd} ms",
        "`nfc().collect()`: {normalize|nfc().collect()|nfd} ms",
        "`cargo bench --bench normalize`",
    ],
    [
        "normalise text with scrambled tone marks",
        "{normalize|thoisu normalize|scrambled} ms",
        "`nfc().collect()`, which leaves them: {normalize|nfc().collect()|scrambled} ms",
        "`cargo bench --bench normalize`",
    ],
    [
        "word segmentation, F1 (all boundaries) on VTB dev, learnt from VTB train and silver lines alone",
        "97.35",
        "",
        "`train --held-out`, see [src/segment/README.md](src/segment/README.md)",
    ],
    [
        "tokens of text in memory",
        "{segment|segment/scan|MB a second} MB/s",
        "icu_segmenter {segment|segment/icu_segmenter words|MB a second}, unicode-segmentation \
         {segment|segment/unicode-segmentation words|MB a second}, vn-nlp {segment|segment/vn-nlp|MB a second}, charabia \
         {segment|segment/charabia|MB a second} MB/s",
        "`cargo bench --bench segment`",
    ],
    [
        "words: with the model; of a small table alone",
        "{segment|segment/scan + words|MB a second}; {segment|segment/scan + words of the table|MB a second} MB/s",
        "vn-nlp, longest words of the same table: {segment|segment/vn-nlp, words of the table|MB a second} MB/s",
        "`cargo bench --bench segment`",
    ],
    [
        "program `segment`, from a file to joined text",
        "{segment-program|programs/segment|MB a CPU second} MB a CPU second, \
         {segment-program|programs/segment|MB of memory at most} MB of memory",
        "",
        "`cargo bench --bench programs`",
    ],
    [
        "from a text to its facts, articles of 1.3 KB",
        "{extract|extract/whole|MB a second} MB/s",
        "",
        "`cargo bench --bench extract`",
    ],
    [
        "articles into an index, {index|thoisu|MB of text} MB, two threads",
        "{index|thoisu|MB a second} MB/s, {index|thoisu|index, of the text} of the text",
        "tantivy with its default tokenizer: {index|tantivy alone|MB a second} MB/s, \
         {index|tantivy alone|index, of the text} of the text",
        "`cargo bench --bench index`",
    ],
    [
        "126 judged queries over 78 articles, nDCG@10; without marks",
        "{retrieval|thoisu|nDCG@10}; {retrieval|thoisu|without marks: nDCG@10}",
        "BM25 over syllables {retrieval|syllables alone|nDCG@10}; \
         {retrieval|syllables alone|without marks: nDCG@10}, over terms of tantivy's tokenizer \
         {retrieval|tantivy's default tokenizer|nDCG@10}; \
         {retrieval|tantivy's default tokenizer|without marks: nDCG@10}",
        "`cargo bench --bench retrieval`",
    ],
    [
        "a search in 100,000 articles, p99: words; words, phrase, filters and facets",
        "{search|words|p99} ms; {search|words, phrase, filters, facets|p99} ms",
        "tantivy, words alone: {search|words|tantivy alone: p99} ms",
        "`cargo bench --bench search`",
    ],
    [
        "facts of the 20 articles of `corpus/`, F1: dates, documents, officials, indicators",
        "{facts|date|`corpus/`}, {facts|document|`corpus/`}, {facts|official|`corpus/`}, {facts|indicator|`corpus/`}",
        "",
        "`cargo test --test corpus`",
    ],
    [
        "facts of 58 articles that the rules were not made for, F1 in the same order",
        "{facts|date|`tests/articles/`}, {facts|document|`tests/articles/`}, {facts|official|`tests/articles/`}, \
         {facts|indicator|`tests/articles/`}",
        "",
        "`cargo test --test corpus`",
    ],
];
