//! The commands of the example `search` as a shell runs them: tables, timelines, pages, files on disk.
#![cfg(all(feature = "index", feature = "html"))]

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use parquet::basic::LogicalType;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use serde_json::Value;

fn program(name: &str) -> Command {
    let test = std::env::current_exe().unwrap();
    let target = test.parent().and_then(Path::parent).unwrap();
    Command::new(target.join("examples").join(name).with_extension(std::env::consts::EXE_EXTENSION))
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// Articles of two districts, in an index on disk.
struct Place(tempfile::TempDir);

const ARTICLES: &str = r#"{"id": "a1", "url": "https://lung.example/1", "date": "2021-03-02", "title": "Bắc Lũng đối thoại", "text": "Bắc Lũng đối thoại\n\nNgày 2/3/2021, huyện Bắc Lũng có 1.500 lượt người dự, giải ngân 301,33 tỷ đồng."}
{"id": "a2", "url": "https://ngan.example/2", "date": "2021-05-20", "title": "Sông Ngàn", "text": "Sông Ngàn\n\nNgày 20/5/2021, huyện Sông Ngàn có 270 lượt người dự; nói: \"đủ, đúng\". Xã thực hiện Nghị quyết số 02-NQ/TU."}
{"id": "a3", "url": "https://lung.example/3", "date": "2021-05-21", "title": "Tin thôn", "text": "Tin thôn\n\nNgày 21/5/2021, huyện Bắc Lũng có 31 lượt người dự họp. Đồng chí Đinh Thị Vân, Bí thư Huyện ủy Bắc Lũng, nói về Nghị quyết số 02-NQ/TU."}
"#;

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        fs::write(place.path("in.jsonl"), ARTICLES).unwrap();
        let (index, input) = (place.path("index"), place.path("in.jsonl"));
        let output = program("ingest").args(["--index", &index, &input]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        place
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        program("search").args(["--index", &self.path("index")]).args(arguments).output().unwrap()
    }

    /// What stands on standard output, without blanks at the ends of lines.
    fn answer(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
        assert_eq!(stderr(&output), "");
        stdout(&output).to_owned()
    }
}

/// The lines after the first in order: rows come as the index keeps them, which several threads wrote.
fn sorted(csv: &str) -> String {
    let mut lines: Vec<&str> = csv.split_inclusive("\r\n").collect();
    lines[1..].sort_unstable();
    lines.concat()
}

#[test]
fn facts_are_a_table_in_any_form() {
    let place = Place::new();
    let wanted = ["facts", "--type", "indicator", "--unit", "lượt người", "--place", "Bắc Lũng"];
    let columns = ["--columns", "article,text,value,unit,place,published_from"];
    let csv = place.answer(&[&wanted[..], &columns, &["--csv"]].concat());
    assert_eq!(
        sorted(&csv),
        "article,text,value,unit,place,published_from\r\n\
         a1,1.500 lượt người,1500.0,lượt người,huyện Bắc Lũng,2021-03-02\r\n\
         a3,31 lượt người,31.0,lượt người,huyện Bắc Lũng,2021-05-21\r\n"
    );
    let json = place.answer(&[&wanted[..], &columns, &["--json", "--to", "2021-04"]].concat());
    assert_eq!(
        json,
        "{\"article\":\"a1\",\"text\":\"1.500 lượt người\",\"value\":1500.0,\"unit\":\"lượt người\",\
         \"place\":\"huyện Bắc Lũng\",\"published_from\":\"2021-03-02\"}\n"
    );
    // On a screen the latest come first, and all rows are of one width.
    let table = place.answer(&[&wanted[..], &columns].concat());
    let lines: Vec<&str> = table.lines().collect();
    assert!(
        lines[0].trim().starts_with("article")
            && lines[2].trim().starts_with("a3")
            && lines[3].trim().starts_with("a1"),
        "{table}"
    );
    let at = |line: &str, word: &str| line[..line.find(word).unwrap()].chars().count();
    assert_eq!(at(lines[2], "huyện"), at(lines[3], "huyện"), "{table}");
    assert_eq!(lines.last(), Some(&"2 facts"));
    // Typed without marks, or with another district's.
    assert!(place.answer(&["facts", "--place", "bac lung", "--csv"]).lines().count() > 2);
    assert_eq!(place.run(&["facts", "--place", "Sông Lũng"]).status.code(), Some(1));
    let within =
        place.answer(&["facts", "--type", "indicator", "--within", "đối thoại", "--csv", "--columns", "article"]);
    assert_eq!(within, "article\r\na1\r\na1\r\n");
    let broken = place.run(&["facts", "--within", "(đối thoại", "--strict"]);
    assert_eq!(broken.status.code(), Some(2));
    assert_eq!(place.run(&["facts", "--unit", "km"]).status.code(), Some(1));
}

#[test]
fn facts_are_counted_and_added_up() {
    let place = Place::new();
    let csv = place.answer(&["facts", "--type", "indicator", "--group-by", "published,unit", "--csv"]);
    assert_eq!(
        csv,
        "published-month,unit,facts,articles,sum,min,max,median\r\n\
         2021-03,VND,1,1,301330000000.0,301330000000.0,301330000000.0,301330000000.0\r\n\
         2021-03,lượt người,1,1,1500.0,1500.0,1500.0,1500.0\r\n\
         2021-05,lượt người,2,2,301.0,31.0,270.0,150.5\r\n"
    );
    let json = place.answer(&["facts", "--unit", "lượt người", "--group-by", "place", "--json"]);
    let first: Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["place"], &first["sum"], &first["median"]),
        (&"huyện Bắc Lũng".into(), &1531.0.into(), &765.5.into())
    );
    let documents = place.answer(&["facts", "--group-by", "document", "--doc", "2/nq-tu"]);
    assert!(documents.lines().nth(2).unwrap().split_whitespace().eq(["02-NQ/TU", "2", "2"]), "{documents}");
    let wrong = place.run(&["facts", "--group-by", "colour"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("facts cannot be grouped by \"colour\": use day, week"), "{}", stderr(&wrong));
    let wrong = place.run(&["facts", "--columns", "colour"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).starts_with("error: no column \"colour\" (--columns): use article, "), "{}", stderr(&wrong));
    let wrong = place.run(&["facts", "--since", "2021", "--until", "2020"]);
    assert_eq!(stderr(&wrong), "error: --until is before --since (2020, 2021): exchange them\n");
}

#[test]
fn timelines_are_drawn_and_written() {
    let place = Place::new();
    let drawn = place.answer(&["timeline", "họp OR dự"]);
    let lines: Vec<String> = drawn.lines().map(|line| line.replace('█', "")).collect();
    assert_eq!(lines, ["Articles · họp OR dự by month", "2021-03   1", "2021-04  0", "2021-05   2", ""]);
    let csv = place.answer(&["timeline", "--of", "indicator", "--unit", "lượt người", "--by", "quarter", "--csv"]);
    assert_eq!(
        csv,
        "quarter,from,to,unit,count,articles,sum,min,max,median\r\n\
         2021-Q1,2021-01-01,2021-03-31,lượt người,1,1,1500.0,1500.0,1500.0,1500.0\r\n\
         2021-Q2,2021-04-01,2021-06-30,lượt người,2,2,301.0,31.0,270.0,150.5\r\n"
    );
    let drawn = place.answer(&["timeline", "--of", "indicator", "--unit", "lượt người", "--show", "median"]);
    assert!(
        drawn.contains("lượt người, median") && drawn.contains(" 1500 (1)") && drawn.contains(" 150.5 (2)"),
        "{drawn}"
    );
    let cited = place.answer(&["timeline", "--of", "document", "02-NQ/TU", "--json"]);
    let point: Value = serde_json::from_str(&cited).unwrap();
    assert_eq!((&point["month"], &point["count"]), (&"2021-05".into(), &2.into()));
    assert_eq!(place.run(&["timeline", "không ai viết"]).status.code(), Some(1));
    assert_eq!(place.run(&["timeline", "--by", "decade"]).status.code(), Some(2));
    let wrong = place.run(&["timeline", "--unit", "km", "*"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("choose facts, not articles"), "{}", stderr(&wrong));
}

#[test]
fn pictures_are_whole_and_have_their_labels() {
    let place = Place::new();
    let picture = place.path("vốn <&>.svg");
    place.answer(&["timeline", "--of", "indicator", "--place", "Bắc Lũng", "--svg", &picture]);
    let text = fs::read_to_string(&picture).unwrap();
    let tree = Svg::parse(&text);
    assert_eq!(tree.root, "svg");
    for label in ["Figures · Bắc Lũng by month, lượt người, sum", "2021-03", "2021-04", "2021-05", "1.400"] {
        assert!(tree.texts.iter().any(|text| text.starts_with(label)), "{label}: {:?}", tree.texts);
    }
    let nothing = place.path("nothing.svg");
    assert_eq!(place.run(&["timeline", "không ai viết", "--svg", &nothing]).status.code(), Some(1));
    assert_eq!(Svg::parse(&fs::read_to_string(&nothing).unwrap()).root, "svg");
    let nowhere = place.run(&["timeline", "*", "--svg", &place.path("no/such/folder.svg")]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(stderr(&nowhere).starts_with("error: cannot write the file: "), "{}", stderr(&nowhere));
}

/// Enough of an XML reader to tell whether every element is closed, and what its texts are.
struct Svg {
    root: String,
    texts: Vec<String>,
}

impl Svg {
    fn parse(text: &str) -> Self {
        let (mut open, mut root, mut texts): (Vec<&str>, _, _) = (Vec::new(), String::new(), Vec::new());
        for piece in text.split('<').skip(1) {
            let (tag, rest) = piece.split_once('>').expect("a tag has an end");
            let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap();
            if tag.starts_with(['?', '!']) {
                continue;
            }
            if root.is_empty() {
                name.clone_into(&mut root);
            }
            if tag.starts_with('/') {
                assert_eq!(open.pop(), Some(name));
            } else if !tag.ends_with('/') {
                assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
                open.push(name);
            }
            if !rest.trim().is_empty() {
                texts.push(rest.trim().to_owned());
            }
        }
        assert_eq!(open, [""; 0]);
        Self { root, texts }
    }
}

#[test]
fn documents_and_people_have_a_page() {
    let place = Place::new();
    let page = place.answer(&["doc", "02/nq-tu"]);
    assert!(page.starts_with("1. nghị quyết 02-NQ/TU\n"), "{page}");
    assert!(page.contains("2021-05-20  a2  Sông Ngàn") && page.contains("2021-05-21  a3  Tin thôn"), "{page}");
    assert!(page.ends_with("1 document, cited by 2 articles\n"), "{page}");
    let object: Value = serde_json::from_str(&place.answer(&["doc", "02-NQ/TU", "--json"])).unwrap();
    assert_eq!((&object["code"], &object["articles"]), (&"02-NQ/TU".into(), &2.into()));
    let table = place.answer(&["doc", "02-NQ/TU", "--csv"]);
    assert_eq!(table.lines().count(), 3);
    assert_eq!(place.run(&["doc", "99-NQ/TU"]).status.code(), Some(1));
    let wrong = place.run(&["doc", "Tỉnh ủy"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert_eq!(stderr(&wrong), "error: no code of a document (Tỉnh ủy): write one such as 02-NQ/TU\n");

    let page = place.answer(&["person", "dinh", "thi", "van"]);
    assert!(page.starts_with("1. Đinh Thị Vân: 1 article, 2021-05-21\n"), "{page}");
    assert!(page.contains("post     Bí thư Huyện ủy Bắc Lũng: 1 article"), "{page}");
    assert!(page.ends_with("1 person, named in 1 article\n"), "{page}");
    assert_eq!(place.answer(&["person", "Vân", "--csv"]).lines().count(), 2);
    assert_eq!(place.run(&["person", "Không Ai"]).status.code(), Some(1));
}

fn rows(path: &str) -> Vec<Row> {
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    reader.into_iter().map(Result::unwrap).collect()
}

fn field<'r>(row: &'r Row, name: &str) -> &'r Field {
    row.get_column_iter().find(|(column, _)| *column == name).unwrap().1
}

#[test]
fn exported_files_hold_the_same_rows() {
    let place = Place::new();
    let path = |kind: &str| place.path(&format!("facts.{kind}"));
    for kind in ["csv", "jsonl", "parquet"] {
        let said = place.answer(&["export", "--type", "indicator", &path(kind)]);
        assert_eq!(said, format!("4 rows written to {}\n", path(kind)));
    }
    let mut csv = csv::Reader::from_path(path("csv")).unwrap();
    let header = csv.headers().unwrap().clone();
    let csv: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    let jsonl = fs::read_to_string(path("jsonl")).unwrap();
    let jsonl: Vec<Value> = jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let parquet = rows(&path("parquet"));
    assert_eq!((csv.len(), jsonl.len(), parquet.len()), (4, 4, 4));
    let reader = SerializedFileReader::new(File::open(path("parquet")).unwrap()).unwrap();
    let schema = reader.metadata().file_metadata().schema_descr();
    let names: Vec<&str> = schema.columns().iter().map(|column| column.name()).collect();
    assert_eq!(names, header.iter().collect::<Vec<_>>());
    let day = schema.columns().iter().find(|column| column.name() == "published_from").unwrap();
    assert_eq!(day.logical_type_ref(), Some(&LogicalType::Date));
    for ((csv, json), row) in csv.iter().zip(&jsonl).zip(&parquet) {
        for (name, text) in header.iter().zip(csv) {
            let same = match field(row, name) {
                Field::Null => text.is_empty() && json[name].is_null(),
                Field::Str(value) => text == value && json[name] == value.as_str(),
                Field::Double(value) => text.parse() == Ok(*value) && json[name] == *value,
                Field::Long(value) => text.parse() == Ok(*value) && json[name] == *value,
                Field::Bool(value) => text.parse() == Ok(*value) && json[name] == *value,
                // Days since 1970.
                Field::Date(value) => json[name] == text && (18_000..20_000).contains(value),
                other => panic!("{name}: {other:?}"),
            };
            assert!(same, "{name}: {text:?}, {}, {:?}", json[name], field(row, name));
        }
    }
    let with = |text: &str| {
        parquet
            .iter()
            .find(|row| field(row, "text") == &Field::Str(text.to_owned()))
            .unwrap_or_else(|| panic!("{text}"))
    };
    assert_eq!(field(with("301,33 tỷ đồng"), "value"), &Field::Double(301_330_000_000.0));
    let quoted = field(with("270 lượt người"), "sentence");
    assert!(matches!(quoted, Field::Str(text) if text.contains("\"đủ, đúng\"")), "{quoted:?}");

    let articles = place.path("articles.parquet");
    place.answer(&["export", "--what", "articles", &articles, "--from", "2021-05"]);
    let articles = rows(&articles);
    let mut ids: Vec<String> = articles.iter().map(|row| field(row, "id").to_string()).collect();
    ids.sort();
    assert_eq!(ids, ["\"a2\"", "\"a3\""]);
    // To be read by the next program.
    let lines = place.answer(&["export", "--what", "articles", "--format", "jsonl", "-", "đối thoại"]);
    let object: Value = serde_json::from_str(&lines).unwrap();
    assert_eq!((&object["id"], &object["source"]), (&"a1".into(), &"lung.example".into()));
}

#[test]
fn an_export_that_fails_leaves_the_file_as_it_was() {
    let place = Place::new();
    let file = place.path("keep.csv");
    fs::write(&file, "mine").unwrap();
    let wrong = place.run(&["export", &place.path("facts.xlsx")]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).starts_with("error: the file's name does not tell its format ("), "{}", stderr(&wrong));
    let wrong = place.run(&["export", "--what", "articles", "--unit", "km", &file]);
    assert_eq!(wrong.status.code(), Some(2));
    let wrong = place.run(&["export", "--strict", "--what", "articles", &file, "(dân"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    let nowhere = place.run(&["export", &place.path("no/such/folder.csv")]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(stderr(&nowhere).starts_with("error: cannot write the file: "), "{}", stderr(&nowhere));
    // Nothing found is a file without rows, and says so.
    let none = place.run(&["export", "--unit", "km", &file]);
    assert_eq!(none.status.code(), Some(1));
    assert_eq!(fs::read_to_string(&file).unwrap().lines().count(), 1);
    assert!(!Path::new(&place.path("keep.csv.part")).exists());
}

#[test]
fn articles_are_a_table_too() {
    let place = Place::new();
    let csv = place.answer(&["đối thoại", "--csv"]);
    assert!(
        csv.starts_with("id,published,title,snippet,url,score,exact,copies\r\na1,2021-03-02,Bắc Lũng đối thoại,"),
        "{csv}"
    );
    let table = place.answer(&["--table", "*"]);
    assert_eq!(table.lines().count(), 5, "{table}");
    let wrong = place.run(&["--csv", "--facets", "*"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn a_query_may_begin_with_the_name_of_a_command() {
    let place = Place::new();
    fs::write(place.path("more.jsonl"), "{\"id\": \"en\", \"text\": \"Facts and figures.\"}\n").unwrap();
    let more = program("ingest").args(["--index", &place.path("index"), &place.path("more.jsonl")]).output().unwrap();
    assert_eq!(more.status.code(), Some(0));
    for query in [&["--json", "--", "facts"][..], &["--json", "facts and figures"], &["--json", "figures", "facts"]] {
        let answer = place.answer(query);
        assert!(answer.contains("\"id\":\"en\""), "{query:?}: {answer}");
    }
    let wrong = place.run(&["--facets", "facts"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).starts_with("error: options of a search stand before a command"), "{}", stderr(&wrong));
}

#[test]
fn every_command_explains_itself_with_an_example() {
    for command in ["facts", "timeline", "doc", "person", "export"] {
        let output = program("search").args([command, "--help"]).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(stdout(&output).contains(&format!("--example search -- {command}")), "{}", stdout(&output));
    }
}

#[test]
fn a_closed_pipe_is_a_quiet_end_for_tables_too() {
    for arguments in [&["facts", "--csv"][..], &["facts"], &["timeline", "*"], &["export", "--format", "parquet", "-"]]
    {
        let mut child =
            program("search").args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn the_order_is_chosen_and_a_slip_is_told() {
    let place = Place::new();
    let dates = |sort: &str| -> Vec<String> {
        let answer = place.answer(&["--csv", "--sort", sort, "lượt người"]);
        answer.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().to_owned()).collect()
    };
    assert_eq!(dates("latest"), ["2021-05-21", "2021-05-20", "2021-03-02"]);
    assert_eq!(dates("earliest"), ["2021-03-02", "2021-05-20", "2021-05-21"]);

    let output = place.run(&["đôi thoại"]);
    assert_eq!(output.status.code(), Some(0), "found with other marks");
    assert_eq!(stderr(&output), "note: did you mean: đối thoại\n");
    assert_eq!(stderr(&place.run(&["đối thoại"])), "");
}

#[test]
fn the_first_rows_of_a_file_show_what_its_columns_hold() {
    let output = program("search").args(["export", "--format", "jsonl", "-"]).output().unwrap();
    let rows: Vec<Value> = stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(rows.len() > 400);
    let holds = |rows: &[Value]| -> Vec<String> {
        let columns = rows[0].as_object().unwrap().keys();
        columns.filter(|column| rows.iter().any(|row| !row[*column].is_null())).cloned().collect()
    };
    // As many as Polars looks at.
    assert_eq!(holds(&rows[..100]), holds(&rows));
}
