//! Dates as other projects read them: the Vietnamese corpora of Duckling and of NeMo, which are not part of this one.
//! `THOISU_SHARED` names the folder that holds `cases/*.tsv`; without it nothing is tested.
#![cfg(feature = "serde")]

use std::path::PathBuf;
use std::sync::LazyLock;

use serde_json::Value;
use thoisu::extract::{DateFact, DateRule, PartOfDay, Prefer};
use thoisu::{Analyzer, Article, DateValue, FactKind, PartialDate};

/// The reference time of the table.
const NOW: &str = "2017-02-02T03:55";

/// Share of the rows in our field that must be read to the same value.
const FLOOR: f64 = 0.85;

/// Rows that ask for something else than a day, a clock time on a day, or a period of whole days.
const OTHER_FIELD: [(&str, &[&str]); 5] = [
    ("the moment of speaking is no date", &["bây giờ", "ngay bây giờ", "ngay lúc này"]),
    (
        "a clock time without its day is no date: an article would have to be read within the day",
        &[
            "vào lúc 2 giờ sáng",
            "lúc 2 giờ sáng",
            "1:18 sáng",
            "lúc 3 giờ tối",
            "vào lúc 3 giờ chiều",
            "vào đúng 3 giờ chiều",
            "vào khoảng 3 giờ chiều",
            "khoảng 3 giờ chiều",
            "3 giờ rưỡi chiều",
            "3:30 chiều",
            "ba giờ rưỡi chiều",
            "2:30",
            "hai giờ rưỡi",
            "15:23:24",
            "11 giờ kém 15",
            "10 giờ 45 phút",
            "10:45",
            "10 giờ 45",
            "10h45",
            "10g45",
            "4pm CET",
            "lúc 2 giờ chiều",
            "lúc 1:30 chiều",
            "lúc 1 giờ 30 chiều",
            "sau bữa trưa",
            "10:30",
        ],
    ),
    (
        "hours, minutes and seconds from now are durations within the day",
        &[
            "2 giây vừa rồi",
            "3 giây tới",
            "3 giây tiếp theo",
            "3 s tiếp theo",
            "2 phút vừa rồi",
            "3 phút tới",
            "3 phút tiếp theo",
            "một tiếng vừa rồi",
            "1 giờ vừa qua",
            "3 tiếng tiếp theo",
            "3 giờ tới",
        ],
    ),
    ("a season has no first and last day in Vietnam", &["mùa hè này", "mùa hè năm nay", "mùa đông này"]),
    ("a feast named without its date", &["giáng sinh", "ngày giáng sinh"]),
];

/// Rows in our field that are not read, or read otherwise.
const UNREAD: [(&str, &[&str]); 3] = [
    ("in a report a bare day/month is a share as often: a word must mark it", &["7/3", "07/03"]),
    ("a year of two digits as well: a bare one can be a number of a document", &["3/3/17", "3/9/91"]),
    (
        "the first day or week of a month is counted out; the month alone is read",
        &["ngày đầu tiên của tháng ba", "ngày đầu tiên của tháng 3", "tuần đầu tiên của tháng 9 năm 2017"],
    ),
];

/// Whether a date is the value of a row: the same days at the same precision.
fn same(date: &DateFact, expected: &Value) -> bool {
    let text = |field: &str| expected[field].as_str().unwrap_or_default();
    let day = |field: &str| text(field).get(..10).and_then(|day| day.parse::<PartialDate>().ok());
    let grain = text("grain");
    if text("type") == "interval" || grain == "week" {
        let Some(from) = day("from").or_else(|| day("value")) else { return false };
        if grain == "hour" {
            // A part of a day, which is a field of its own here.
            let part = match &text("from")[11..13] {
                "04" => PartOfDay::Morning,
                "12" => PartOfDay::Noon,
                "18" => PartOfDay::Evening,
                _ => return false,
            };
            return date.value == DateValue::Point(from) && date.part_of_day == Some(part);
        }
        let end = day("to_exclusive").map_or(from.epoch_day() + 7, PartialDate::epoch_day);
        return date.value.epoch_days() == (from.epoch_day(), end - 1);
    }
    let Some(value) = day("value") else { return false };
    let (month, _) = value.month_day().expect("a day");
    let expected = match grain {
        "year" => PartialDate::from_year(value.year()),
        "quarter" => PartialDate::from_quarter(value.year(), month / 3 + 1),
        "month" => PartialDate::from_month(value.year(), month),
        "day" => Some(value),
        _ => text("value").get(..16).and_then(|time| time.parse().ok()),
    };
    expected.is_some_and(|expected| date.value == DateValue::Point(expected))
}

/// The table of cases of that name; nothing where there is none.
fn table(name: &str) -> Option<String> {
    let Some(folder) = std::env::var_os("THOISU_SHARED").map(PathBuf::from) else {
        eprintln!("skipped: THOISU_SHARED does not name the folder of the shared cases");
        return None;
    };
    let file = folder.join("cases").join(name).with_extension("tsv");
    Some(std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display())))
}

/// The dates of a piece of text, read at the reference time, with all that can be asked for.
fn dates(input: &str) -> Vec<DateFact> {
    static ANALYZER: LazyLock<Analyzer> =
        LazyLock::new(|| Analyzer::builder().rule(DateRule::new().prefer(Prefer::Future).relative(true)).build());
    let mut article = Article::from_text(input);
    article.published = NOW.parse().ok();
    // The row is a piece of a sentence, not the head of a page.
    article.dateline = None;
    article.furniture.clear();
    ANALYZER
        .facts(&ANALYZER.document(&article))
        .into_iter()
        .filter_map(|fact| if let FactKind::Date(date) = fact.kind { Some(date) } else { None })
        .collect()
}

#[test]
fn dates_of_duckling() {
    let Some(table) = table("duckling_vi_time") else { return };
    let listed = |tables: &[(&str, &[&str])], input: &str| tables.iter().any(|(_, rows)| rows.contains(&input));
    let (mut passed, mut other, mut unread) = (0_usize, 0_usize, 0_usize);
    let mut wrong = Vec::new();
    for row in table.lines().skip(2) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [input, expected, _] = cells[..] else { panic!("{row:?} has not three cells") };
        let found = dates(input);
        let right = match expected {
            "NONE" => found.is_empty(),
            _ => {
                let expected: Value = serde_json::from_str(expected).expect("JSON");
                matches!(&found[..], [date] if same(date, &expected))
            }
        };
        match (right, listed(&OTHER_FIELD, input), listed(&UNREAD, input)) {
            (true, false, false) => passed += 1,
            (false, true, false) => other += 1,
            (false, false, true) => unread += 1,
            (true, ..) => wrong.push(format!("{input:?} is read, but listed as a row that is not")),
            _ => wrong.push(format!("{input:?} is {found:?}, not {expected}")),
        }
    }
    println!("duckling_vi_time: {passed} rows pass, {unread} are not read alike, {other} lie outside our field");
    assert!(wrong.is_empty(), "{} rows\n{}", wrong.len(), wrong.join("\n"));
    assert!(passed as f64 >= FLOOR * (passed + unread) as f64, "{passed} of {} rows pass", passed + unread);
}

/// Rows of dates in words that are not read as the same row in digits is.
const UNREAD_WORDS: [(&str, &[&str]); 1] =
    [("in digits, without a word that marks the day, it counts months", &["hai mươi tư tháng bảy"])];

#[test]
fn dates_in_words_of_nemo() {
    let Some(table) = table("nemo_vi_itn") else { return };
    let (mut passed, mut unread) = (0_usize, 0_usize);
    let mut wrong = Vec::new();
    for row in table.lines().skip(2) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [words, digits, class] = cells[..] else { panic!("{row:?} has not three cells") };
        if class != "date" {
            continue;
        }
        let values = |text: &str| dates(text).iter().map(|date| date.value).collect::<Vec<_>>();
        let listed = UNREAD_WORDS.iter().any(|(_, rows)| rows.contains(&words));
        match (values(words), values(digits)) {
            // What stays as it is is no date to the other project either: `tháng năm`.
            (found, expected) if found == expected && found.is_empty() == (words == digits) && !listed => passed += 1,
            _ if listed => unread += 1,
            (found, expected) => wrong.push(format!("{words:?} is {found:?}, {digits:?} is {expected:?}")),
        }
    }
    println!("nemo_vi_itn, dates: {passed} rows pass, {unread} are not read alike");
    assert!(wrong.is_empty(), "{} rows\n{}", wrong.len(), wrong.join("\n"));
    assert!(passed as f64 >= FLOOR * (passed + unread) as f64, "{passed} of {} rows pass", passed + unread);
}
