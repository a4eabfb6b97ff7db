//! The examples as a shell runs them: real processes, real files, exit codes.
#![cfg(all(feature = "index", feature = "html"))]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program that cargo built beside this test.
fn program(name: &str) -> Command {
    let test = std::env::current_exe().unwrap();
    let target = test.parent().and_then(Path::parent).unwrap();
    Command::new(target.join("examples").join(name).with_extension(std::env::consts::EXE_EXTENSION))
}

fn run<A: AsRef<std::ffi::OsStr>>(name: &str, arguments: &[A]) -> Output {
    program(name).args(arguments).output().unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Runs a program with `input` on its standard input.
fn fed(name: &str, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = program(name);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A program that stops early closes its input; what it says counts.
    let feeder = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    output
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/texts")
}

/// A folder for one test, and a path inside it.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(Path::new(&path).parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn ingest(&self, paths: &[&str]) -> Output {
        let index = self.path("index");
        run("ingest", &[&["--index", &index], paths].concat())
    }

    fn search(&self, arguments: &[&str]) -> Output {
        let index = self.path("index");
        run("search", &[&["--index", &index], arguments].concat())
    }

    fn found(&self, query: &str) -> Vec<String> {
        let output = self.search(&["--json", "--limit", "100", query]);
        let ids = lines(&output).into_iter().map(|hit| hit["id"].as_str().unwrap().to_owned());
        let mut ids: Vec<_> = ids.collect();
        ids.sort();
        ids
    }
}

#[test]
fn search_knows_every_article_of_the_corpus() {
    let output = run("search", &["--json", "--limit", "1000", "*"]);
    let mut ids: Vec<String> =
        lines(&output).iter().map(|hit| format!("{}.txt", hit["id"].as_str().unwrap())).collect();
    ids.sort();
    let files = fs::read_dir(corpus()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<String> = files.collect();
    files.sort();
    assert_eq!(ids, files);
}

#[test]
fn search_shows_title_place_marks_and_facts() {
    let output = run("search", &["quy chế dân chủ"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.contains("corpus/texts/"), "{text}");
    assert!(text.contains("«dân chủ»") || text.contains("«quy chế dân chủ»"), "{text}");
    assert!(!text.contains('\x1b'), "no colours where there is no terminal");
    let output = run("search", &["doi thoai", "--type", "indicator"]);
    assert!(stdout(&output).contains("indicator"), "{}", stdout(&output));
}

#[test]
fn search_writes_one_object_a_line() {
    let output = run("search", &["--json", "--facets", "doi thoai"]);
    let objects = lines(&output);
    let (facets, hits) = objects.split_last().unwrap();
    assert!(!hits.is_empty());
    for hit in hits {
        let text = fs::read_to_string(corpus().join(format!("{}.txt", hit["id"].as_str().unwrap()))).unwrap();
        let slice = |value: &Value| {
            let at = |name: &str| value[name].as_u64().unwrap() as usize;
            text[at("start")..at("end")].to_owned()
        };
        assert_eq!(slice(&hit["snippet"]), hit["snippet"]["text"].as_str().unwrap());
        for mark in hit["snippet"]["marks"].as_array().unwrap() {
            assert_eq!(thoisu::fold(&slice(mark)), "doi thoai");
        }
        for fact in hit["facts"].as_array().unwrap() {
            assert_eq!(slice(fact), fact["text"].as_str().unwrap());
        }
    }
    assert_eq!(facets["articles"].as_u64().unwrap() as usize, hits.len());
    assert!(facets["facets"]["month"].is_array());
}

#[test]
fn search_tells_by_its_exit_code_what_happened() {
    assert_eq!(run("search", &["\"không ai viết thế này\""]).status.code(), Some(1));
    for (arguments, message) in [
        (
            ["--strict", "(dân"].as_slice(),
            "error: a parenthesis without its partner (query, character 1): close it or leave it out\n",
        ),
        (&[""], "error: the query is empty (query, character 1): type a word, or * for every article\n"),
        (
            &["--index", "/nowhere/at/all", "dân"],
            "error: there is no index (/nowhere/at/all): add articles to it first\n",
        ),
    ] {
        let output = run("search", arguments);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(stderr(&output), message);
        assert_eq!(stdout(&output), "");
    }
    // Without --strict it is searched as far as it is understood.
    let output = run("search", &["(dân"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        stderr(&output),
        "note: a parenthesis without its partner (query, character 1): close it or leave it out\n"
    );
    let output = run("search", &["--from", "2020", "--to", "2019", "dân"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stderr(&output), "error: --to is before --from (2019, 2020): exchange them\n");
    let output = run("search", &["--from", "2019-13", "dân"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("write 2019, 2019-Q1"), "{}", stderr(&output));
}

#[test]
fn search_filters_by_options_as_by_the_query() {
    let ids = |arguments: &[&str]| {
        let output = run("search", &[&["--json"], arguments].concat());
        lines(&output).iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let year = ids(&["--from", "2024", "--to", "2024"]);
    assert!(!year.is_empty());
    assert_eq!(year, ids(&["date:2024"]));
    assert_eq!(ids(&["--type", "official", "--limit", "2"]), ids(&["type:official", "--limit", "2"]));
}

#[test]
fn every_program_explains_itself_with_an_example() {
    for name in ["search", "ingest", "segment", "extract"] {
        let output = run(name, &["--help"]);
        assert_eq!(output.status.code(), Some(0), "{name}");
        assert!(stdout(&output).contains(&format!("--example {name}")), "{name}: {}", stdout(&output));
    }
}

#[test]
fn a_closed_pipe_is_a_quiet_end() {
    for (name, arguments) in [
        ("search", vec!["--json".to_owned(), "--limit".to_owned(), "100".to_owned(), "*".to_owned()]),
        ("extract", fs::read_dir(corpus()).unwrap().map(|file| file.unwrap().path().display().to_string()).collect()),
    ] {
        let mut child = program(name).args(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // The reader has gone before the first line is written, or after a few bytes at the latest.
        drop(child.stdout.take());
        let mut message = String::new();
        child.stderr.take().unwrap().read_to_string(&mut message).unwrap();
        assert_eq!(message, "", "{name}");
        assert_eq!(child.wait().unwrap().code(), Some(0), "{name}");
    }
}

#[test]
fn ingest_reads_files_folders_pages_and_lines() {
    let place = Place::new();
    place.file("in/a.txt", "Xã An Bình họp dân\n\nSáng 11/3/2020, xã họp dân theo Nghị quyết số 02-NQ/TU.\n");
    place.file("in/deep/er/a.txt", "Một bài khác cùng tên tệp, nói về đối thoại.\n");
    place.file(
        "in/page.html",
        "<meta charset=utf-8><title>Huyện họp</title><article><h1>Huyện họp</h1><p>Sáng nay, huyện họp bàn tiếp dân.</article>",
    );
    place.file("in/notes.md", "left alone");
    let more = place.file(
        "more.jsonl",
        "{\"id\": \"j\", \"title\": \"Họp thôn\", \"text\": \"Thôn họp dân.\", \"date\": \"2021-03-12\"}\n\n{\"text\": \"Thôn họp tiếp.\"}\n",
    );
    let output = place.ingest(&[&place.path("in"), &more]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stdout(&output).starts_with("added 5, replaced 0, unchanged 0, left out 0; the index has 5 articles"),
        "{}",
        stdout(&output)
    );
    assert_eq!(stderr(&output), "", "no progress bar where there is no terminal");
    assert_eq!(place.found("*"), ["a", "deep/er/a", "j", "more:3", "page"]);
    assert_eq!(place.found("\"tiếp dân\""), ["page"]);
    assert_eq!(place.found("doc:02/nq-tu"), ["a"]);
    assert_eq!(place.found("date:2021"), ["j"]);

    // Again: the same articles, not more of them.
    place.file("in/a.txt", "Bài đã sửa.\n");
    let output = place.ingest(&[&place.path("in")]);
    assert!(
        stdout(&output).starts_with("added 0, replaced 1, unchanged 2, left out 0; the index has 5 articles"),
        "{}",
        stdout(&output)
    );
    assert_eq!(place.found("doc:02/nq-tu"), [""; 0]);
    assert_eq!(place.found("\"đã sửa\""), ["a"]);
}

#[test]
fn ingest_reports_what_it_leaves_out_and_keeps_the_rest() {
    let place = Place::new();
    let good = place.file("good.txt", "Xã họp dân.\n");
    let latin = place.file("latin.txt", b"Xa\xe3 h\xf6p");
    let empty = place.file("empty.txt", "");
    let blank = place.file("blank.txt", " \n\n");
    let other = place.file("table.xlsx", "a,b\n");
    let again = place.file("again/good.txt", "Cùng tên.\n");
    let missing = place.path("missing.txt");
    let mixed = place.file(
        "mixed.jsonl",
        b"{\"id\": \"one\", \"text\": \"M\xe1\xbb\x99t.\"}\n{\"id\": \"two\", \"text\": \n\xff\xfe\n{\"id\": \"four\"}\n{\"id\": \"five\", \"text\": \"N\xc4\x83m.\"}",
    );
    let output = place.ingest(&[&good, &latin, &empty, &blank, &other, &again, &missing, &mixed]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stdout(&output).starts_with("added 3, replaced 0, unchanged 0, left out 9;"),
        "{}\n{}",
        stdout(&output),
        stderr(&output)
    );
    assert_eq!(place.found("*"), ["five", "good", "one"]);
    let report = stderr(&output);
    for place in [&latin, &empty, &blank, &other, &missing] {
        assert!(report.lines().any(|line| line.starts_with("error: ") && line.contains(place)), "{place}: {report}");
    }
    for line in [2, 3, 4] {
        assert!(report.contains(&format!("{mixed}, line {line}")), "{report}");
    }
    assert!(!report.contains("panicked"), "{report}");
}

#[test]
fn ingest_reads_tables_packed_files_and_standard_input() {
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};
    let place = Place::new();
    let table = "\u{feff}ma,tieu_de,noi_dung,ngay\r\n\
                 c1,Họp thôn,\"Thôn họp, bàn \"\"hương ước\"\".\nDân dự đông.\",12/03/2021\r\n\
                 c2,,,\r\nc3,Trống,Có chữ.,hôm kia\r\n";
    place.file("in/table.csv", table);
    let mut packed = GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all("{\"id\": \"g1\", \"noi_dung\": \"Xã họp dân.\"}\n".as_bytes()).unwrap();
    place.file("in/lines.jsonl.gz", packed.finish().unwrap());
    let text = "Huyện họp bàn về đối thoại.";
    place.file("in/note.txt.zst", compress_to_vec(text.as_bytes(), CompressionLevel::Fastest));
    let mut cut = GzEncoder::new(Vec::new(), flate2::Compression::none());
    cut.write_all(&b"{\"id\": \"cut\", \"text\": \"Xa.\"}\n".repeat(50)).unwrap();
    let cut = cut.finish().unwrap();
    place.file("in/cut.jsonl.gz", &cut[..cut.len() / 2]);
    let index = place.path("index");
    let fields = ["--field", "noi_dung=text", "--field", "ma=id", "--field", "tieu_de=title", "--field", "ngay=date"];
    let output = run("ingest", &[&["--index", &index, &place.path("in")], fields.as_slice()].concat());
    assert_eq!(output.status.code(), Some(2));
    let report = stderr(&output);
    for (file, what) in
        [("table.csv, record 2", "no text"), ("table.csv, record 3", "date"), ("cut.jsonl.gz", "cut off")]
    {
        assert!(report.lines().any(|line| line.contains(file) && line.contains(what)), "{file}: {report}");
    }
    assert_eq!(place.found("*"), ["c1", "cut", "g1", "note"]);
    assert_eq!(place.found("\"hương ước\" date:2021-03"), ["c1"]);

    let page = serde_json::json!({ "url": "https://example.org/1", "html": "<article><h1>Tin</h1><p>Thôn dựng nhà văn hóa.</p></article>" });
    let output = fed("ingest", &["--index", &index, "--threads", "2", "-"], format!("{page}\n").as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(place.found("\"nhà văn hóa\""), ["https://example.org/1"]);
    let output = fed("ingest", &["--index", &index, "--format", "txt", "--ids", "content", "-"], text.as_bytes());
    assert!(stdout(&output).starts_with("added 1,"), "{}", stdout(&output));
    assert_eq!(place.found("\"đối thoại\"").len(), 2);
}

#[test]
fn ingest_leaves_out_what_never_ends() {
    let place = Place::new();
    // Some kilobytes packed, more than an article may have unpacked.
    let long = "Thôn họp. ".repeat(2 << 20);
    let packed = |text: String| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(text.as_bytes()).unwrap();
        packed.finish().unwrap()
    };
    place.file("in/text.txt.gz", packed(long.clone()));
    let line = |id: &str, text: &str| format!("{{\"id\": \"{id}\", \"text\": \"{text}\"}}\n");
    place.file("in/lines.jsonl.gz", packed(line("a", "Xã họp.") + &line("b", &long) + &line("c", "Huyện họp.")));
    place.file("in/table.csv.gz", packed(format!("id,text\nd,Tỉnh họp.\ne,\"{long}")));
    let output = place.ingest(&[&place.path("in")]);
    assert_eq!(output.status.code(), Some(2));
    let report = stderr(&output);
    for file in ["text.txt.gz", "lines.jsonl.gz, line 2", "table.csv.gz"] {
        assert!(
            report.lines().any(|line| line.contains(file) && line.contains("more than 16 MiB")),
            "{file}: {report}"
        );
    }
    assert_eq!(place.found("*"), ["a", "c", "d"]);
}

#[test]
fn ingest_stops_where_it_is_told_to_be_strict() {
    let place = Place::new();
    let file =
        place.file("a.jsonl", "{\"id\": \"one\", \"text\": \"Một.\"}\n{}\n{\"id\": \"three\", \"text\": \"Ba.\"}\n");
    let output = place.ingest(&["--strict", &file]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(place.found("*"), ["one"]);
    let wrong = run("ingest", &["--index", "x", "--field", "a=b", &file]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("one of id, url"), "{}", stderr(&wrong));
}

#[test]
fn ingest_verifies_and_rebuilds() {
    let place = Place::new();
    let output = place.ingest(&[corpus().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let sound = place.ingest(&["--verify"]);
    assert_eq!(sound.status.code(), Some(0));
    assert!(
        stdout(&sound).starts_with("20 articles, ") && stdout(&sound).ends_with(" 0 problems\n"),
        "{}",
        stdout(&sound)
    );
    let before = place.found("*");
    let rebuilt = place.ingest(&["--rebuild"]);
    assert!(stdout(&rebuilt).starts_with("the index has 20 articles"), "{}{}", stdout(&rebuilt), stderr(&rebuilt));
    assert_eq!(place.found("*"), before);
    let store = fs::read_dir(place.path("index")).unwrap().map(|file| file.unwrap().path());
    let store = store.into_iter().find(|path| path.extension().is_some_and(|kind| kind == "pos")).unwrap();
    let mut bytes = fs::read(&store).unwrap();
    bytes[20] ^= 1;
    fs::write(&store, bytes).unwrap();
    let damaged = place.ingest(&["--verify"]);
    assert_eq!(damaged.status.code(), Some(2));
    assert!(stderr(&damaged).contains(".pos: not what was written"), "{}", stderr(&damaged));
}

#[test]
fn ingest_refuses_a_directory_that_is_no_index() {
    let place = Place::new();
    let file = place.file("index/keep.txt", "mine");
    let output = place.ingest(&[&file]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("error: the directory is no index ("), "{}", stderr(&output));
    assert_eq!(fs::read_dir(place.path("index")).unwrap().count(), 1);
}

#[test]
fn a_line_of_five_megabytes_is_read() {
    let place = Place::new();
    let sentence = "Cán bộ xuống thôn vận động người dân, nghe dân nói. ";
    let long = sentence.repeat(5_000_000 / sentence.len()) + "Xã mở 49 cuộc đối thoại với 1.500 lượt người.";
    let json = place.file("long.jsonl", format!("{}\n", serde_json::json!({ "id": "long", "text": long })));
    let plain = place.file("plain.txt", "Thôn họp.");
    let output = place.ingest(&[&json, &plain]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let output = place.search(&["\"lượt người\""]);
    assert!(stdout(&output).contains("Xã mở 49 cuộc đối thoại với 1.500 «lượt người»."));
    assert!(stdout(&output).len() < 5_000);

    let output = fed("segment", &[], long.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output).lines().count(), 1);
}

#[test]
fn segment_writes_a_line_for_a_line() {
    let output = fed("segment", &[], "Ủy ban nhân dân tỉnh họp.\n\nHọp   xong\r\n".as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let lines: Vec<_> = stdout(&output).split('\n').collect();
    assert_eq!(lines.len(), 4);
    assert_eq!((lines[1], lines[3]), ("", ""));
    let bare = |text: &str| text.replace(['_', ' ', '\r'], "");
    assert_eq!(bare(lines[0]), bare("Ủy ban nhân dân tỉnh họp."));
    assert!(lines[0].contains("nhân_dân"), "{}", lines[0]);
    assert_eq!(bare(lines[2]), bare("Họp xong"));
    let output = fed("segment", &[], b"");
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), ""));
    let output = fed("segment", &[], b"t\xe1\xbb\x91t\nx\xff\n");
    assert_ne!(output.status.code(), Some(0));
    assert!(stderr(&output).starts_with("error: ") && stderr(&output).contains("line 2"), "{}", stderr(&output));
}

#[test]
fn extract_writes_an_object_for_an_article() {
    let files: Vec<String> =
        ["ha_01", "hb_01"].iter().map(|name| corpus().join(name).with_extension("txt").display().to_string()).collect();
    let output = run("extract", &files);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let records = lines(&output);
    let ids: Vec<_> = records.iter().map(|record| record["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["ha_01", "hb_01"]);
    for (file, record) in files.iter().zip(&records) {
        let text = fs::read_to_string(file).unwrap();
        let facts = record["facts"].as_array().unwrap();
        assert!(!facts.is_empty());
        for fact in facts {
            let at = |name: &str| fact[name].as_u64().unwrap() as usize;
            assert_eq!(&text[at("start")..at("end")], fact["text"].as_str().unwrap());
        }
    }
    let output = run("extract", &["/nowhere/at/all.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).starts_with("error: ") && stderr(&output).contains("/nowhere/at/all.txt"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn extract_tells_which_line_is_no_article_and_reads_the_others() {
    let place = Place::new();
    let file = place.file(
        "mixed.jsonl",
        b"\xef\xbb\xbf{\"id\": \"one\", \"text\": \"M\xe1\xbb\x99t.\"}\r\n\r\n{\"id\": \"two\"}\n\xff\n{\"id\": \"five\", \"text\": \"N\xc4\x83m.\"}",
    );
    let output = run("extract", &[&file]);
    assert_eq!(output.status.code(), Some(2));
    let ids: Vec<_> = lines(&output).iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, ["one", "five"]);
    assert_eq!(
        stderr(&output),
        format!(
            "error: the article has no text ({file}, line 3): give it as the field `text`, `body` or `content`\n\
             error: the line is not UTF-8 ({file}, line 4, byte 1): convert it, for instance with iconv\n"
        )
    );
    let output = fed("extract", &["-"], b"");
    assert_eq!(stderr(&output), "error: the article is empty (standard input): leave it out, or give it a text\n");
}

#[test]
fn extract_says_why_it_found_what_it_found() {
    let place = Place::new();
    let file = place.file("a.txt", "Huyện Sông Lũng giải ngân hơn 301,33 tỷ đồng trong năm 2023.");
    let output = run("extract", &["--explain", &file]);
    assert!(output.status.success());
    let text = stdout(&output);
    let fact = text.split("\n  ").find(|fact| fact.contains("301,33 tỷ đồng")).unwrap();
    assert!(fact.ends_with("301,33 tỷ đồng"), "{text}");
    for line in
        ["    rule indicator\n", "    units.tsv: đồng | VND | money\n", "value: 301330000000", "    rule date\n"]
    {
        assert!(text.contains(line), "{line:?} is not in {text}");
    }
}

#[test]
fn the_page_of_extract_is_the_article_with_its_facts() {
    let place = Place::new();
    let text = "Sáng 14/5/2019, <b>Huyện ủy</b> & UBND huyện họp \"sơ kết\".\nCó 8.675 lượt người dự.\n";
    let file = place.file("a.txt", text);
    let page = place.path("facts.html");
    assert!(run("extract", &["--html", &page, &file]).status.success());
    let page = fs::read_to_string(&page).unwrap();
    let inner = page.split("<div class=\"text\">").nth(1).unwrap().split("</div>").next().unwrap();
    let mut plain = String::new();
    for piece in inner.split('<') {
        plain.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    assert_eq!(plain, text);
    // One file that needs no other.
    assert!(!page.contains("src=") && !page.contains("http"), "{page}");
    // What the table points to is there, and the other way round.
    let ids = |attribute: &str| -> Vec<String> {
        page.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let (ids, targets) = (ids(" id=\""), ids("href=\"#"));
    assert!(!targets.is_empty() && targets.iter().all(|target| ids.contains(target)), "{page}");
    assert!(page.contains("8.675 lượt người</a></td><td>indicator, "), "{page}");
    let nowhere = run("extract", &["--html", &place.path("no/such/folder.html"), &file]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(stderr(&nowhere).starts_with("error: cannot write the page: "), "{}", stderr(&nowhere));
}

#[test]
fn extract_lists_what_another_build_found_otherwise() {
    let place = Place::new();
    let file = place.file("a.txt", "Xã có 12 thôn và 340 hộ nghèo, đạt 97,5%.");
    let output = run("extract", &[&file]);
    let same = place.file("same.jsonl", &output.stdout);
    let unchanged = run("extract", &["--against", &same, &file]);
    assert_eq!(unchanged.status.code(), Some(0));
    assert_eq!(stdout(&unchanged), "0 gained, 0 lost, 3 the same\n");
    let other = stdout(&output).replace("\"value\":340", "\"value\":341");
    let other = place.file("other.jsonl", other);
    let changed = run("extract", &["--against", &other, &file]);
    assert_eq!(changed.status.code(), Some(1));
    let signs: Vec<&str> = stdout(&changed).lines().map(|line| line.trim().split(' ').next().unwrap()).collect();
    assert_eq!(signs, ["a", "-", "+", "1"], "{}", stdout(&changed));
    assert!(stdout(&changed).ends_with("1 gained, 1 lost, 2 the same\n"), "{}", stdout(&changed));
    let broken = place.file("broken.jsonl", "{\n");
    let failed = run("extract", &["--against", &broken, &file]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(stderr(&failed).contains("line 1"), "{}", stderr(&failed));
}

#[test]
fn extend_reads_rows_and_rules_of_ones_own() {
    let built_in = run("extend", &[] as &[&str]);
    let lines: Vec<&str> = stdout(&built_in).lines().collect();
    for line in [
        "indicator  1.250 giạ = 1250 giạ",
        "grades     4 sao = 4 hạng sao OCOP",
        "official   Tạ Thu Hiền = Trưởng giồng Bình Minh",
        "document   Hương ước số 02/HƯ-BM = hương ước, Hội đồng giồng",
    ] {
        assert!(lines.contains(&line), "{line:?} is not in {lines:?}");
    }
    let place = Place::new();
    let article = place.file("a.txt", "Chợ bán 40 thúng gạo.");
    let units = place.file("units.tsv", "# own\nthúng\tthúng\tmeasure\n");
    let own = run("extend", &["--units", &units, &article]);
    assert_eq!(stdout(&own), "indicator  40 thúng = 40 thúng\n");
    let broken = place.file("broken.tsv", "thúng\tthúng\n");
    let refused = run("extend", &["--units", &broken, &article]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("broken.tsv, line 1"), "{}", stderr(&refused));
}
