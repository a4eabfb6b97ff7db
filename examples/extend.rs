//! Rows and rules of one's own, added at run time.
//!
//! ```text
//! cargo run --release --example extend
//! cargo run --release --example extend -- --units my-units.tsv article.txt
//! ```
//!
//! What numbers measure, who issues documents and which posts there are differ from one province and one trade to the
//! next. Words are added as rows of tables; what words cannot say is a rule, which is a few lines of code.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use thoisu::extract::{Fact, FactKind, Indicator, Rule, Table, Tables};
use thoisu::{Analyzer, Article, Document, Error};

/// Shows the facts of an article that rows and rules of one's own add.
#[derive(Parser)]
#[command(after_help = "Example:\n  cargo run --release --example extend -- --units my-units.tsv article.txt")]
struct Arguments {
    /// More units: rows such as `giạ<TAB>giạ<TAB>measure`.
    #[arg(long, value_name = "TABLE.tsv")]
    units: Option<PathBuf>,
    /// An article; without one, a text that comes with this program.
    file: Option<PathBuf>,
}

/// Grades of the programme `mỗi xã một sản phẩm`: in `OCOP 4 sao` the number grades, and four stars are no count of stars.
struct Grades;

impl Rule for Grades {
    fn name(&self) -> &'static str {
        "grades"
    }

    fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>) {
        let atoms = document.atoms();
        for at in 1..atoms.len() {
            let graded = atoms.lower(at) == "sao" && atoms.lower(at.saturating_sub(2)) == "ocop";
            if let (true, Ok(stars)) = (graded, atoms.text(at - 1).parse::<u32>()) {
                let span = document.span(at - 1..at + 1);
                // A rule sees what those before it found, and may take it back.
                facts.retain(|fact| !(fact.span.overlaps(span) && matches!(fact.kind, FactKind::Indicator(_))));
                facts.push(Fact::new(span, Indicator::new(stars, "hạng sao OCOP")));
            }
        }
    }
}

const TEXT: &str = "Hợp tác xã Bình Minh, thành viên của Liên hiệp Lúa gạo Đồng Xuân, thu hoạch 1.250 giạ lúa và có \
                    gạo nếp đạt OCOP 4 sao. Bà Tạ Thu Hiền, Trưởng giồng Bình Minh, cho biết việc này theo \
                    Hương ước số 02/HƯ-BM ngày 12/5/2023 của Hội đồng giồng.";

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Error> {
    let mut tables = Tables::new();
    tables.add(Table::Units, "giạ\tgiạ\tmeasure")?;
    tables.add(Table::Posts, "trưởng giồng\tone")?;
    tables.add(Table::Bodies, "Bình Minh\twhole")?;
    tables.add(Table::DocumentTypes, "hương ước\thương ước\tHƯ")?;
    tables.add(Table::Issuers, "Hội đồng giồng")?;
    tables.add(Table::Abbreviations, "HƯ\thương ước")?;
    if let Some(units) = &arguments.units {
        tables.add_from_path(Table::Units, units)?;
    }
    let analyzer = Analyzer::builder().tables(tables).rule(Grades).build();
    let article = match &arguments.file {
        Some(file) => Article::from_path(file)?,
        None => Article::from_text(TEXT),
    };
    for found in analyzer.explain(&analyzer.document(&article)) {
        let text = &article.text[found.fact.span.range()];
        let value = match &found.fact.kind {
            FactKind::Date(date) => date.value.to_string(),
            FactKind::Document(document) => format!("{}, {}", document.kind, document.issuer.as_deref().unwrap_or("-")),
            FactKind::Official(official) => official.posts.join(", "),
            FactKind::Indicator(indicator) => format!("{} {}", indicator.value, indicator.unit),
            _ => String::new(),
        };
        println!("{:<10} {text} = {value}", found.rule);
    }
    Ok(())
}
