//! Numbers, money and measures of other projects, which are not part of this one. `THOISU_SHARED` names the folder that
//! holds `cases/*.tsv`; without it nothing is tested.
#![cfg(feature = "serde")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use thoisu::Decimal;
use thoisu::extract::{FactKind, Indicator, IndicatorRule, Tables, number};
use thoisu::{Analyzer, Article};

/// Rows that are not read to the same value: the reason, whether they lie in the field of this library all the same, and
/// the rows.
const OTHERWISE: [(&str, bool, &[&str]); 11] = [
    (
        "letters are no magnitudes: `5K`, `4G` and `12M` are names in news",
        false,
        &[
            "100K",
            "100k",
            "3M",
            "3000K",
            "1,2M",
            "1200K",
            ",0012G",
            "-1,2M",
            "-1200K",
            "-,0012G",
            "10K$",
            "$10k",
            "10K đồng",
            "10k đồng",
            "kém hơn 7k đồng",
        ],
    ),
    (
        "coins are not in use, amounts are written with a comma",
        false,
        &[
            "mười xen",
            "mười xu",
            "2 đô la và 23 xen",
            "hai đô la và 23 xen",
            "2 đô 23 xu",
            "hai đô 23",
            "20 Rupees 43",
            "hai mươi rupees 43",
            "hai mươi rupees 43 xen",
            "nhiều hơn 1 đô la và bốn mươi hai xen",
            "trên một đô la và 42 xu",
        ],
    ),
    ("signs and plurals of English", false, &["VN$1000", "Rs. 20", "Rs 20", "20Rs", "Rs20", "chín pounds"]),
    (
        "fractions spoken like arithmetic",
        false,
        &[
            "một trên hai",
            "hai trên mười lăm",
            "hai ba chia mười hai",
            "một chia bẩy",
            "một chia tám",
            "âm ba trên bốn",
        ],
    ),
    (
        "stretches of time are no figures",
        false,
        &["sáu mươi sáu phút", "hai phút", "năm giây", "năm trăm sáu bảy giây"],
    ),
    (
        "measures that policy news does not use",
        false,
        &[
            "ba trăm muy crô mét",
            "hai vôn",
            "sáu mươi nghìn hai trăm bốn mươi mi li ampe",
            "hai trăm megabit trên giây",
            "năm mươi kilobit trên giây",
        ],
    ),
    ("a number has digits before its comma, and `trăm` alone is a rough one", true, &[",77", "trăm"]),
    ("a code behind which a blank stands belongs to the number before it", true, &["EUR 20", "GBP 3,01"]),
    (
        "`giữa A và B` names two figures; other ranges that are not read as one",
        true,
        &[
            "giữa 1000 và 2000 đồng",
            "giữa 1000 đồng và 2000 đồng",
            "xấp xỉ VND1000-VND2000",
            "giữa 1,1 và 1,3 đô la",
            "từ 1 phẩy 1 đến một chấm ba đô la",
            "2 chấm 23 đô la",
            "hai phẩy 23 đô",
        ],
    ),
    ("a comparison is no qualifier", true, &["ít hơn bảy nghìn đồng", "cao hơn $1,42"]),
    (
        "in a sentence these words count nothing, or not surely: `một`, `năm`, `không`, two bare digits, `rưỡi` behind a unit",
        true,
        &[
            "một phần mười",
            "trừ năm phần mười hai",
            "năm xăng ti mét trên giây",
            "trừ sáu sáu kí",
            "ba bảy độ c",
            "không mét",
            "không phần trăm",
            "không euro",
            "hai đô rưỡi",
        ],
    ),
];

/// Units as other projects write them, and as a fact names them.
const UNITS: [(&str, &str); 20] = [
    ("Dollar", "USD"),
    ("$", "USD"),
    ("Pound", "GBP"),
    ("€", "EUR"),
    ("₩", "KRW"),
    ("RM", "MYR"),
    ("km²", "km2"),
    ("m²", "m2"),
    ("m³", "m3"),
    ("cm³", "cm3"),
    ("°c", "°C"),
    ("°f", "°F"),
    ("v", "V"),
    ("gb", "GB"),
    ("tb", "TB"),
    ("km/h", "km/giờ"),
    ("cm/s", "cm/giây"),
    ("mbps", "Mb/giây"),
    ("kbps", "kb/giây"),
    ("l", "lít"),
];

/// What a row is expected to be read to, and what it was read to.
type Answer = (String, Option<String>);

fn rows(folder: &Path, name: &str) -> Vec<Vec<String>> {
    let file = folder.join("cases").join(name).with_extension("tsv");
    let table = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    table.lines().skip(2).map(|row| row.split('\t').map(str::to_owned).collect()).collect()
}

/// The figure that a sentence with these words states, if it states one.
fn figure(analyzer: &Analyzer, words: &str) -> Option<Indicator> {
    let article = Article::from_text(format!("Số liệu được nêu là {words}."));
    let facts = analyzer.facts(&analyzer.document(&article));
    let mut figures = facts.into_iter().filter_map(|fact| match fact.kind {
        FactKind::Indicator(indicator) => Some(indicator),
        _ => None,
    });
    figures.next().filter(|_| figures.next().is_none())
}

/// A number as it is compared: with a point for the decimals, without zeros at the end.
fn shown(value: Decimal) -> String {
    value.normalize().to_string()
}

fn unit(name: &str) -> String {
    UNITS.iter().find(|(other, _)| *other == name).map_or(name, |(_, own)| *own).to_owned()
}

/// A number with the rate that it is.
fn measured(figure: &Indicator) -> String {
    let per: String = figure.per.iter().map(|per| format!("/{per}")).collect();
    format!("{} {}{per}", shown(figure.value), figure.unit)
}

/// A number that is written in digits with magnitudes in words: `1.5 triệu`; decimals behind a point.
fn written(text: &str) -> Option<String> {
    let (digits, words) = text.split_once(' ').unwrap_or((text, ""));
    let value: Decimal = digits.parse().ok()?;
    let factor = words
        .split(' ')
        .filter(|word| !word.is_empty())
        .try_fold(Decimal::ONE, |factor, word| number(&format!("một {word}")).map(|by| factor * by));
    factor.map(|factor| shown(value * factor))
}

fn numeral(row: &[String]) -> Answer {
    let expected: Decimal = row[1].parse().expect("a number");
    (shown(expected), number(&row[0]).map(shown))
}

fn money(analyzer: &Analyzer, row: &[String]) -> Answer {
    let expected: Value = serde_json::from_str(&row[1]).expect("JSON");
    let amount =
        |name: &str| expected[name].as_f64().map_or(String::new(), |value| shown(value.to_string().parse().unwrap()));
    let kind = expected["kind"].as_str().expect("a kind");
    let name = unit(expected["unit"].as_str().expect("a unit"));
    let found = figure(analyzer, &row[0]).map(|figure| {
        let kind = match (figure.upper, figure.qualifier.is_exact()) {
            (Some(_), _) => "between",
            (None, true) => "simple",
            // Which way a rough figure is rough is for the cases of indicators to say.
            (None, false) if kind == "under" || kind == "above" => kind,
            (None, false) => "rough",
        };
        format!("{kind} {} {} {}", shown(figure.value), figure.upper.map(shown).unwrap_or_default(), figure.unit)
    });
    let (low, high) = if kind == "between" { (amount("from"), amount("to")) } else { (amount("value"), String::new()) };
    (format!("{kind} {low} {high} {name}"), found)
}

/// The answer to a row of the inverse text normalisation, or `None` when its class is not about figures.
fn spoken(analyzer: &Analyzer, row: &[String]) -> Option<Answer> {
    let (input, expected) = (row[0].as_str(), row[1].as_str());
    match row[2].as_str() {
        // What is not a number in digits is not one as a whole: `ba nghìn năm` is `3000 năm`.
        "cardinal" | "decimal" => {
            let value = written(expected).or_else(|| number(expected).map(shown));
            Some((value.unwrap_or_default(), Some(number(input).map(shown).unwrap_or_default())))
        }
        "fraction" => {
            let found = figure(analyzer, &format!("{input} đơn vị"));
            let sign = if input.starts_with("trừ ") || input.starts_with("âm ") { "-" } else { "" };
            Some((expected.to_owned(), found.and_then(|figure| Some(format!("{sign}{}/{}", figure.value, figure.of?)))))
        }
        "measure" | "money" => {
            let split =
                expected.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-')).unwrap_or(expected.len());
            let value: Decimal = expected[..split].parse().expect("a number");
            // The sign of a figure is told by its change or its text.
            let wanted = format!("{} {}", shown(value.abs()), unit(expected[split..].trim()));
            Some((wanted, figure(analyzer, input).map(|figure| measured(&figure))))
        }
        _ => None,
    }
}

#[test]
fn numbers_of_other_projects() {
    let Some(folder) = std::env::var_os("THOISU_SHARED").map(PathBuf::from) else {
        eprintln!("skipped: THOISU_SHARED does not name the folder of the shared cases");
        return;
    };
    let analyzer = Analyzer::builder().rule(IndicatorRule::new(&Tables::new()).spelled(true)).build();
    let mut answers: Vec<(String, String, Answer)> = Vec::new();
    for row in rows(&folder, "duckling_vi_numeral") {
        answers.push(("duckling numeral".to_owned(), row[0].clone(), numeral(&row)));
    }
    for row in rows(&folder, "duckling_vi_money") {
        answers.push(("duckling money".to_owned(), row[0].clone(), money(&analyzer, &row)));
    }
    for row in rows(&folder, "nemo_vi_itn") {
        if let Some(answer) = spoken(&analyzer, &row) {
            answers.push((format!("nemo {}", row[2]), row[0].clone(), answer));
        }
    }
    // Rows that are read to the same value, that are not, and that are about something else.
    let mut counts: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (table, input, (expected, found)) in &answers {
        let count = counts.entry(table).or_default();
        let known = OTHERWISE.iter().find(|(_, _, rows)| rows.contains(&input.as_str()));
        match (found.as_ref() == Some(expected), known) {
            (true, None) => count.0 += 1,
            (true, Some((reason, ..))) => {
                wrong.push(format!("{table}: {input:?} is read now, and is listed: {reason}"));
            }
            (false, Some((_, true, _))) => count.1 += 1,
            (false, Some((_, false, _))) => count.2 += 1,
            (false, None) => wrong.push(format!("{table}: {input:?} is {found:?}, not {expected:?}")),
        }
    }
    let (mut right, mut all) = (0, 0);
    for (table, (same, not, other)) in &counts {
        println!("{table}: {same} of {} rows are read to the same value, {other} are about something else", same + not);
        right += same;
        all += same + not;
    }
    println!("all: {right} of {all}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(right * 100 >= all * 85, "{right} of {all}");
}

/// Dates in words are for the rule of dates; this tells how many it reads.
#[test]
fn dates_of_other_projects() {
    let Some(folder) = std::env::var_os("THOISU_SHARED").map(PathBuf::from) else {
        eprintln!("skipped: THOISU_SHARED does not name the folder of the shared cases");
        return;
    };
    let analyzer = Analyzer::new();
    let values = |words: &str| -> Vec<String> {
        let mut article = Article::from_text(format!("Sự việc xảy ra vào {words}."));
        article.published = Some("2025-06-15".parse().expect("a date"));
        let facts = analyzer.facts(&analyzer.document(&article));
        let dates = facts.iter().filter_map(|fact| match &fact.kind {
            FactKind::Date(date) => Some(date.value.to_string()),
            _ => None,
        });
        dates.collect()
    };
    let rows: Vec<_> = rows(&folder, "nemo_vi_itn").into_iter().filter(|row| row[2] == "date").collect();
    // Read in words as in digits.
    let same = rows.iter().filter(|row| !values(&row[1]).is_empty() && values(&row[0]) == values(&row[1])).count();
    println!("nemo date: {same} of {} rows are read in words as in digits", rows.len());
}
