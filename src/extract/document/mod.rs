//! References to party, state and legal documents.

mod code;
mod context;
mod issuer;
mod link;
mod mention;
mod provision;
mod reference;
mod standard;
mod words;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use self::issuer::Seat;
use self::link::Cited;
use self::reference::{List, Reference};
use self::words::{Text, Use, Words};
use super::fact::{Check, CheckKind, DateFact, DateRole, DocumentRef, Fact, FactKind, Level, Mention, System};
use super::{Evidence, Rule, Table, Tables};
use crate::date::{DateValue, PartialDate};
use crate::extract::phrases::one_line;
use crate::segment::{AtomKind, Atoms, Document, Gap};

pub use self::provision::ProvisionRule;
pub use self::standard::StandardRule;

/// Finds references to documents: by number, by code, by term of congress, and laws by name.
///
/// Types and codes follow Decree 30/2020/NĐ-CP (state) and Guideline 36-HD/VPTW (party). Dates found before that say
/// when a document was issued get the role [`DateRole::Issued`].
///
/// References to one document of the article are linked to the one that tells most ([`DocumentRef::same_as`]), words such
/// as `Nghị quyết này` become a [`Mention`] of the last document of their kind, and a code that names another kind than
/// the noun gives a [`Check`] that does not hold.
///
/// ```
/// use thoisu::extract::Level;
/// use thoisu::{Analyzer, Article, FactKind};
///
/// let article = Article::from_text("Nghị quyết số 05-NQ/HU của Huyện ủy Can Lộc giao chỉ tiêu; Nghị quyết 05 đã rõ.");
/// let analyzer = Analyzer::new();
/// let facts = analyzer.facts(&analyzer.document(&article));
/// let FactKind::Document(full) = &facts[0].kind else { panic!("no document") };
/// assert_eq!((full.level, full.place.as_deref()), (Some(Level::District), Some("huyện Can Lộc")));
/// let FactKind::Document(short) = &facts[1].kind else { panic!("no document") };
/// assert_eq!(short.same_as, Some(facts[0].span));
/// ```
#[derive(Clone, Debug)]
pub struct DocumentRule {
    tables: Tables,
    words: Arc<Words>,
}

impl DocumentRule {
    /// With the words of these tables. Built-in words are read once and shared; where rows were added, they are read anew.
    #[must_use]
    pub fn new(tables: &Tables) -> Self {
        Self { tables: tables.clone(), words: Words::new(tables) }
    }
}

impl Rule for DocumentRule {
    fn name(&self) -> &'static str {
        "document"
    }

    fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>) {
        let atoms = Text { atoms: document.atoms(), words: &self.words };
        let dates = Dates::new(document, facts);
        let mut report = Report { document, atoms, dates, facts, cited: Vec::new() };
        let mut last = mention::Last::default();
        let mut at = 0;
        while at < atoms.len() {
            if let Some(list) = reference::read(atoms, at) {
                at = list.last().map_or(at + 1, |last| last.atoms.end.max(at + 1));
                let kind = list.last().map(|reference| reference.kind);
                report.list(list);
                if let (Some(kind), Some(fact)) = (kind, report.facts.last()) {
                    last.set(kind, fact.span);
                }
            } else if let Some((end, of)) = mention::read(atoms, at, &last) {
                let mention = FactKind::Mention(Mention { of, act: None });
                report.facts.push(Fact::new(document.span(at..end), mention));
                at = end;
            } else {
                at += 1;
            }
        }
        let cited = report.cited;
        share(document, &cited, facts);
        link::link(&cited, facts);
    }

    fn explain(&self, document: &Document<'_>, fact: &Fact) -> Vec<Evidence> {
        let atoms = Text { atoms: document.atoms(), words: &self.words };
        let own = document.atoms_of(fact.span);
        let noun_end = reference::noun(atoms, own.start).map_or(own.start, |(end, _)| end);
        let noun = self.tables.evidence(Table::DocumentTypes, atoms.slice(own.start..noun_end));
        let mut found: Vec<Evidence> = noun.into_iter().collect();
        let mut add = |row: Evidence| {
            if !found.contains(&row) {
                found.push(row);
            }
        };
        match &fact.kind {
            FactKind::Document(reference) => {
                if let Some(code) = &reference.code {
                    self.explain_code(code, &reference.kind).into_iter().for_each(&mut add);
                }
                let title = reference.title.as_deref().filter(|_| reference::is_law(&reference.kind));
                title.and_then(words::law_title).into_iter().for_each(&mut add);
                if let Some(issuer) = &reference.issuer {
                    let issuer = Atoms::new(issuer);
                    let end = self.words.issuers.longest(&issuer, 0).map_or(0, |(end, _)| end);
                    self.tables.evidence(Table::Issuers, issuer.slice(0..end)).into_iter().for_each(&mut add);
                }
            }
            FactKind::Check(check) => {
                for &code in &check.against {
                    let code = atoms.slice(document.atoms_of(code)).replace(char::is_whitespace, "");
                    self.explain_code(&code, "").into_iter().take(1).for_each(&mut add);
                }
            }
            FactKind::Mention(_) => {
                let noun_end = noun_end.max(atoms.uses(own.start).0);
                words::word(atoms.slice(own.start..noun_end), "any").into_iter().for_each(&mut add);
                words::word(atoms.slice(noun_end..own.end), "this").into_iter().for_each(&mut add);
            }
            _ => {}
        }
        found
    }
}

impl DocumentRule {
    /// The rows of the type and of the bodies that a code names.
    fn explain_code(&self, code: &str, kind: &str) -> Vec<Evidence> {
        let tail = code.trim_start_matches(|c: char| !matches!(c, '/' | '-'));
        let explained = |(i, part): (usize, &str)| {
            let of_type = |row: &Vec<&str>| row.get(2).is_some_and(|known| words::key(known) == words::key(part));
            let rows = || self.tables.rows(Table::DocumentTypes).filter(of_type).filter(|_| i == 0);
            let plain = |row: &Vec<&str>| row[0] == row[1];
            let row = rows()
                .find(|row| row[1] == kind && plain(row))
                .or_else(|| rows().find(plain))
                .or_else(|| rows().next());
            match row {
                Some(row) => Some(Evidence { table: Table::DocumentTypes.file(), row: row.join("\t") }),
                None => self.tables.evidence(Table::IssuerCodes, &self.words.body(part)?.code),
            }
        };
        code::parts(tail).enumerate().filter_map(explained).collect()
    }
}

/// Gives a document the issuer of the next one, where both are named in one breath and their codes come from one body:
/// `Nghị định 60/2013/NĐ-CP và mới đây là Nghị định 149/2018/NĐ-CP của Chính phủ`. The date is shared only where
/// nothing but `và` stands between them.
fn share(document: &Document<'_>, cited: &[Cited], facts: &mut [Fact]) {
    /// Words between the two, at most.
    const BETWEEN: usize = 5;
    let atoms = document.atoms();
    // From the last to the first, so that a list of three shares, too.
    for pair in cited.windows(2).rev() {
        let pair = [pair[0].fact, pair[1].fact];
        let (FactKind::Document(first), FactKind::Document(next)) = (&facts[pair[0]].kind, &facts[pair[1]].kind) else {
            continue;
        };
        let tail = |reference: &DocumentRef| {
            let code = reference.code.as_deref()?;
            code.find(|c: char| c.is_alphabetic()).map(|at| code[at..].to_owned())
        };
        if first.issuer.is_some() || next.issuer.is_none() || tail(first).is_none() || tail(first) != tail(next) {
            continue;
        }
        let between = document.atoms_of(facts[pair[0]].span).end..document.atoms_of(facts[pair[1]].span).start;
        let joined = between.len() <= BETWEEN
            && matches!(atoms.lower(between.start), "và" | ",")
            && between.clone().all(|at| atoms.gap(at) <= Gap::Line && !matches!(atoms.lower(at), "." | ";" | ":"));
        if !joined {
            continue;
        }
        let (issuer, level, place) = (next.issuer.clone(), next.level, next.place.clone());
        let issued = next.issued.filter(|_| between.len() == 1 && atoms.lower(between.start) == "và");
        if let FactKind::Document(first) = &mut facts[pair[0]].kind {
            (first.issuer, first.level, first.place) = (issuer, level, place);
            first.issued = first.issued.or(issued);
        }
    }
}

/// Where dates begin, in atoms: the date's place among the facts and the atom after it.
struct Dates {
    by_atom: FxHashMap<usize, (usize, usize)>,
}

impl Dates {
    fn new(document: &Document<'_>, facts: &[Fact]) -> Self {
        let date = |(i, fact): (usize, &Fact)| {
            let FactKind::Date(DateFact { value: DateValue::Point(point), .. }) = fact.kind else { return None };
            // A clock time belongs to an event, and so does a month: documents have a day or a year.
            let dated = point.clock().is_none()
                && (point.month_day().is_some() || point == PartialDate::from_year(point.year())?);
            let atoms = document.atoms_of(fact.span);
            dated.then_some((atoms.start, (i, atoms.end)))
        };
        Self { by_atom: facts.iter().enumerate().filter_map(date).collect() }
    }

    fn end(&self, at: usize) -> Option<usize> {
        self.by_atom.get(&at).map(|&(_, end)| end)
    }
}

/// Completes references and adds them to the facts.
struct Report<'a, 'f> {
    document: &'a Document<'a>,
    atoms: Text<'a>,
    dates: Dates,
    facts: &'f mut Vec<Fact>,
    cited: Vec<Cited>,
}

impl Report<'_, '_> {
    /// References that share what stands around them.
    fn list(&mut self, list: List<'_>) {
        let (Some(first), Some(last)) = (list.first(), list.last()) else { return };
        let (atoms, words) = (self.atoms, self.atoms.words);
        let tail = last.tail.as_deref();
        let law = list.len() == 1 && tail.is_none() && reference::is_law(first.kind);
        let merged = first.kind == "văn bản hợp nhất";
        let undated = list.len() == 1 && tail.is_some_and(|tail| code::year(tail).is_none());
        let noun = atoms.slice(first.noun.clone()).to_lowercase();
        let joint = noun.contains("liên tịch") || noun.contains("phối hợp") || tail.is_some_and(code::joint_type);
        let end = last.atoms.end;
        let found = context::after(atoms, end, joint, &|at| {
            self.dates
                .end(at)
                .filter(|_| law || merged || !is_year_alone(&atoms, at))
                .or_else(|| bare_year(atoms, at).filter(|&year| law || undated && at == end && !counts(atoms, year)))
        });
        let issued = found.date.and_then(|at| issued(self.document, &self.dates, at, self.facts));
        let issuer = found.issuer.or_else(|| issuer::before(atoms, first.atoms.start));
        let last = list.len() - 1;
        for (i, reference) in list.into_iter().enumerate() {
            let end = if i == last { found.term_end.unwrap_or(reference.atoms.end) } else { reference.atoms.end };
            let code = reference.code();
            let Reference {
                atoms: own,
                kind,
                noun: noun_atoms,
                number_at,
                number,
                tail,
                term,
                issuer: own_issuer,
                is_session,
                title,
            } = reference;
            // A congress is told by its term; `của Đảng` after it names no issuer.
            let congress = number.is_none() && !term.is_empty();
            let session = if congress {
                Some(atoms.slice(noun_atoms.end..own.end).to_lowercase().replace("lần thứ ", ""))
            } else {
                is_session.then(|| "plenum".to_owned())
            };
            let issuer = own_issuer.or_else(|| issuer.clone()).filter(|_| !congress);
            let seat = issuer.clone().map_or_else(Seat::default, |issuer| issuer::seat(atoms, issuer));
            let tail = tail.as_deref();
            let bodies: Vec<_> = tail.map(|tail| code::bodies(words, tail, joint).collect()).unwrap_or_default();
            let main = bodies.first();
            let code_kind = tail.and_then(|tail| code::other_kind(words, tail, kind));
            // A thông báo kết luận may be numbered as either.
            let code_kind = code_kind.filter(|kind| !noun.contains(kind) && !noun.is_empty());
            let central = (central_alone(kind)).then_some((Level::Central, System::State));
            if code_kind.is_some() {
                self.facts.push(Fact::new(
                    self.document.span(noun_atoms),
                    FactKind::Check(Check {
                        kind: CheckKind::DocumentKind,
                        holds: false,
                        computed: None,
                        against: vec![self.document.span(number_at..own.end)],
                    }),
                ));
            }
            self.cited.push(Cited {
                fact: self.facts.len(),
                body: main.map(|body| body.code.to_string()).or(seat.code),
                year: tail.and_then(code::year),
                session,
            });
            let reference = DocumentRef {
                kind: kind.to_owned(),
                code,
                number,
                term: if term.is_empty() { found.term.clone() } else { term },
                issued,
                issuer: issuer.map(|issuer| one_line(atoms.slice(issuer))),
                title: title.or_else(|| found.title.clone()),
                bodies: bodies.iter().map(|body| body.name.to_string()).collect(),
                system: main.and_then(|body| body.system).or(seat.system).or(central.map(|(_, system)| system)),
                level: main.and_then(|body| body.level).or(seat.level).or(central.map(|(level, _)| level)),
                place: seat.place,
                code_kind: code_kind.map(str::to_owned),
                same_as: None,
            };
            self.facts.push(Fact::new(self.document.span(own.start..end), FactKind::Document(reference)));
        }
    }
}

/// Kinds that bodies of the centre alone issue, by Law 80/2025/QH15 on the promulgation of legal documents.
fn central_alone(kind: &str) -> bool {
    reference::is_law(kind) || matches!(kind, "nghị định" | "thông tư" | "thông tư liên tịch")
}

/// The value of the date at an atom, which becomes one of issue; a bare year after a law becomes a date.
fn issued(document: &Document<'_>, dates: &Dates, at: usize, facts: &mut Vec<Fact>) -> Option<DateValue> {
    if let Some(&(fact, _)) = dates.by_atom.get(&at) {
        let FactKind::Date(date) = &mut facts[fact].kind else { return None };
        if date.role == DateRole::Published {
            return None;
        }
        date.role = DateRole::Issued;
        return Some(date.value);
    }
    let year = document.atoms().text(at).parse().ok().and_then(PartialDate::from_year)?;
    let value = DateValue::Point(year);
    let date = DateFact::new(value, DateRole::Issued);
    facts.push(Fact { span: document.span(at..at + 1), kind: FactKind::Date(date) });
    Some(value)
}

/// `Luật Đất đai 2013`, `Công văn 538/QLCL-QLVBCC 2019`: the year stands directly after.
fn bare_year(atoms: Text<'_>, at: usize) -> Option<usize> {
    let year = atoms.kind(at) == Some(AtomKind::Digits)
        && atoms.text(at).len() == 4
        && atoms.text(at).parse().is_ok_and(|year: i16| (1945..2100).contains(&year));
    year.then_some(at + 1)
}

/// Whether the number before `at` counts the noun there: `Quyết định 12/QĐ-UBND 2023 hộ …`.
fn counts(atoms: Text<'_>, at: usize) -> bool {
    atoms.kind(at) == Some(AtomKind::Letters)
        && atoms.gap(at) < Gap::Line
        && !atoms.capitalised(at)
        && !atoms.is(at, Use::AFTER)
        && !atoms.is(at, Use::OPENS_TITLE)
}

/// `năm 2023` after a code is what the document is about, not when it was issued.
fn is_year_alone(atoms: &Atoms, at: usize) -> bool {
    atoms.lower(at) == "năm"
}

#[cfg(test)]
mod tests {
    use crate::{Analyzer, Article};

    #[test]
    fn facts_rest_on_rows_of_tables() {
        let text = "Nghị quyết số 12/NQ-CP của Chính phủ; Quyết định 5-CT/TU; khoản 1 Điều 2 Luật Giá; TCVN 9001:2015; \
                    Nghị quyết này.";
        let article = Article::from_text(text);
        let analyzer = Analyzer::new();
        let rows = |quote: &str| -> Vec<String> {
            let explained = analyzer.explain(&analyzer.document(&article));
            let of = |fact: &crate::Fact| &text[fact.span.range()] == quote;
            let found = explained.into_iter().find(|explained| of(&explained.fact)).expect(quote);
            let row = |row: crate::extract::Evidence| format!("{} {}", row.table, row.row.replace('\t', "|"));
            found.evidence.into_iter().map(row).collect()
        };
        assert_eq!(
            rows("Nghị quyết số 12/NQ-CP"),
            [
                "document_types.tsv nghị quyết|nghị quyết|NQ",
                "issuer_codes.tsv CP|Chính phủ|central|state",
                "issuers.tsv Chính phủ|CP",
            ]
        );
        assert_eq!(
            rows("Quyết định"),
            ["document_types.tsv quyết định|quyết định|QĐ", "document_types.tsv chỉ thị|chỉ thị|CT"]
        );
        assert_eq!(rows("Luật Giá"), ["document_types.tsv luật|luật|", "law_titles.tsv Giá"]);
        assert_eq!(
            rows("khoản 1 Điều 2"),
            ["document_words.tsv khoản|part-clause", "document_words.tsv điều|part-article"]
        );
        assert_eq!(rows("TCVN 9001:2015"), ["document_words.tsv TCVN|standard"]);
        assert_eq!(
            rows("Nghị quyết này"),
            ["document_types.tsv nghị quyết|nghị quyết|NQ", "document_words.tsv này|this"]
        );
    }
}
