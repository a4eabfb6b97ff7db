//! References to documents as seen in print, collected beside this project. `THOISU_SHARED` names the folder that holds
//! `cases/legal_refs_seen.tsv`; without it nothing is tested.

use std::path::PathBuf;

use thoisu::extract::{DocumentRef, Level, System};
use thoisu::{Analyzer, Article, FactKind};

/// Rows where another reading is better, and why.
const CORRECTED: [(&str, &str); 2] = [
    ("Nghị quyết Trung ương 4 (khóa XI, XII)", "the guidelines have one reference with both terms"),
    ("Số 24-BS/UBKTTU", "a copy (bản sao) is none of the kinds that the guidelines list"),
];

/// One reading of a reference.
struct Row<'a> {
    input: &'a str,
    kind: &'a str,
    number: &'a str,
    year: &'a str,
    r#type: &'a str,
    issuer: &'a str,
    date: &'a str,
    note: &'a str,
}

impl<'a> Row<'a> {
    fn read(line: &'a str) -> Self {
        let mut cells = line.split('\t');
        let mut next = || cells.next().unwrap_or_default();
        Self {
            input: next(),
            kind: next(),
            number: next(),
            year: next(),
            r#type: next(),
            issuer: next(),
            date: next(),
            note: next(),
        }
    }

    /// What a note says behind a name: `term=XII`.
    fn noted(&self, name: &str) -> Option<&str> {
        self.note.strip_prefix(name)?.strip_prefix('=')
    }

    /// What is read otherwise than the row has it.
    fn faults(&self, analyzer: &Analyzer) -> Vec<String> {
        let article = Article::from_text(self.input);
        let facts = analyzer.facts(&analyzer.document(&article));
        let named: Vec<&FactKind> = facts
            .iter()
            .map(|fact| &fact.kind)
            .filter(|kind| matches!(kind, FactKind::Document(_) | FactKind::Standard(_)))
            .collect();
        let expected = match self {
            Self { kind: "NONE", .. } => 0,
            Self { note, .. } if note.starts_with("two references") => 2,
            _ => 1,
        };
        if named.len() != expected {
            return vec![format!("{} references, not {expected}", named.len())];
        }
        named.iter().flat_map(|fact| self.compare(fact)).collect()
    }

    fn compare(&self, fact: &FactKind) -> Vec<String> {
        let mut faults = Vec::new();
        let mut check = |what: &str, found: String, expected: &str| {
            if !expected.is_empty() && key(&found) != key(expected) {
                faults.push(format!("{what} {found:?}, not {expected:?}"));
            }
        };
        match fact {
            FactKind::Standard(standard) => {
                let text = |part: Option<&str>| part.unwrap_or_default().to_owned();
                check("kind", "standard".to_owned(), self.kind);
                check("number", standard.number.clone(), self.number);
                check("year", standard.year.map(|year| year.to_string()).unwrap_or_default(), self.year);
                check("type", text(standard.code.split(' ').next()), self.r#type);
                check("issuer", text(standard.code.split('/').nth(1)), self.issuer);
            }
            FactKind::Document(document) => {
                let system = match document.system {
                    Some(System::Party) => "party",
                    Some(System::State) => "state",
                    Some(System::Union) => "union",
                    // The code names a body that is not known.
                    _ if document.bodies.is_empty() => self.kind.split('-').next().unwrap_or_default(),
                    _ => "",
                };
                check("system", system.to_owned(), self.kind.split('-').next().unwrap_or_default());
                let plenum = self.number.strip_prefix("TW");
                check("number", document.number.clone().unwrap_or_default(), plenum.unwrap_or(self.number));
                check("year", year(document), self.year);
                check("type", type_of(document, self.r#type), self.r#type);
                let issuer = match document.code.as_deref() {
                    None if plenum.is_some() && document.level == Some(Level::Central) => "TW".to_owned(),
                    code => issuer(code.unwrap_or_default(), self.issuer),
                };
                check("issuer", issuer, self.issuer);
                check("date", document.issued.map(|issued| issued.to_string()).unwrap_or_default(), self.date);
                let printed = document.issuer.clone().unwrap_or_default();
                check("printed issuer", printed, self.noted("issuer_text").unwrap_or_default());
                check("term", document.term.join(", "), self.noted("term").unwrap_or_default());
            }
            _ => {}
        }
        if self.note.contains("flag conflict")
            && !matches!(fact, FactKind::Document(DocumentRef { code_kind: Some(_), .. }))
        {
            faults.push("the conflict of noun and code is not told".to_owned());
        }
        faults
    }
}

/// Letter case aside, and marks of codes: `TTG`, `ND`.
fn key(text: &str) -> String {
    text.to_lowercase()
}

/// The year in the code, or else the one of issue.
fn year(document: &DocumentRef) -> String {
    let code = document.code.as_deref().unwrap_or_default();
    let in_code = code.split(['/', '-']).skip(1).find(|part| part.len() == 4 && part.parse::<u16>().is_ok());
    let issued = document.issued.map(|issued| issued.start().year().to_string());
    in_code.map(str::to_owned).or(issued).unwrap_or_default()
}

/// The type as the code abbreviates it, or else as the initials of the kind do: `NQ` of a nghị quyết, `L` of a luật.
fn type_of(document: &DocumentRef, expected: &str) -> String {
    let code = document.code.as_deref().unwrap_or_default();
    let in_code = code.split(['/', '-']).skip(1).any(|part| key(part) == key(expected));
    let initials = document.kind.split(' ').filter_map(|word| word.chars().next()).collect::<String>();
    if in_code && document.code_kind.is_none() { expected.to_owned() } else { initials }
}

/// The end of the code where the issuer is expected.
fn issuer(code: &str, expected: &str) -> String {
    if key(code).ends_with(&key(expected)) { expected.to_owned() } else { code.to_owned() }
}

#[test]
fn references_seen_in_print() {
    let Some(folder) = std::env::var_os("THOISU_SHARED").map(PathBuf::from) else {
        eprintln!("skipped: THOISU_SHARED does not name the folder of the shared cases");
        return;
    };
    let file = folder.join("cases/legal_refs_seen.tsv");
    let table = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let analyzer = Analyzer::new();
    let (mut passed, mut wrong) = (0, Vec::new());
    let mut corrected: Vec<&str> = CORRECTED.iter().map(|(input, _)| *input).collect();
    for row in table.lines().skip(2).map(Row::read) {
        let faults = row.faults(&analyzer);
        let better = corrected.iter().position(|input| *input == row.input);
        match (faults.is_empty(), better) {
            (true, None) => passed += 1,
            (false, Some(better)) => {
                corrected.swap_remove(better);
            }
            (true, Some(_)) => wrong.push(format!("{}: is read as the row has it, no correction is needed", row.input)),
            (false, None) => wrong.push(format!("{}: {}", row.input, faults.join("; "))),
        }
    }
    println!("legal_refs_seen: {passed} rows pass, {} are corrected", CORRECTED.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(corrected.is_empty(), "corrected rows that are not in the table: {corrected:?}");
}
