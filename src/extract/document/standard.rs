//! Technical standards and regulations by their codes.

use std::sync::Arc;

use super::words::{self, Text, Use, Words};
use crate::extract::{Evidence, Fact, FactKind, Rule, Standard, StandardKind, Tables};
use crate::segment::{AtomKind, Document, Gap};

/// Finds standards: `TCVN ISO 9001:2015`, `QCVN 08-MT:2015/BTNMT`.
///
/// ```
/// use thoisu::{Analyzer, Article, FactKind};
///
/// let article = Article::from_text("Nước thải đạt QCVN 08-MT: 2015/BTNMT.");
/// let analyzer = Analyzer::new();
/// let facts = analyzer.facts(&analyzer.document(&article));
/// let FactKind::Standard(standard) = &facts[0].kind else { panic!("no standard") };
/// assert_eq!(standard.code, "QCVN 08-MT:2015/BTNMT");
/// assert_eq!((standard.year, standard.body.as_deref()), (Some(2015), Some("Bộ Tài nguyên và Môi trường")));
/// ```
#[derive(Clone, Debug)]
pub struct StandardRule {
    words: Arc<Words>,
}

impl StandardRule {
    /// With the words of these tables. Built-in words are read once and shared; where rows were added, they are read anew.
    #[must_use]
    pub fn new(tables: &Tables) -> Self {
        Self { words: Words::new(tables) }
    }
}

impl Rule for StandardRule {
    fn name(&self) -> &'static str {
        "standard"
    }

    fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>) {
        let atoms = Text { atoms: document.atoms(), words: &self.words };
        let mut at = 0;
        while at < atoms.len() {
            let head = self.words.standards.longest(&atoms, at);
            match head.and_then(|(end, kind)| read(atoms, at, end, *kind)) {
                Some((end, standard)) => {
                    facts.push(Fact::new(document.span(at..end), FactKind::Standard(standard)));
                    at = end;
                }
                None => at += 1,
            }
        }
    }

    fn explain(&self, document: &Document<'_>, fact: &Fact) -> Vec<Evidence> {
        let atoms = document.atoms();
        let head = atoms.text(document.atoms_of(fact.span).start);
        ["standard", "regulation"].iter().find_map(|of| words::word(head, of)).into_iter().collect()
    }
}

/// The standard whose first word ends before `at`: the atom after it.
fn read(atoms: Text<'_>, start: usize, at: usize, kind: StandardKind) -> Option<(usize, Standard)> {
    let close = |i: usize| atoms.gap(i) < Gap::Line;
    if !atoms.capitalised(start) {
        return None;
    }
    let mut code = atoms.text(start).to_owned();
    let mut i = at;
    // `TCVN ISO/IEC 17025`
    while close(i) && atoms.is(i, Use::STANDARD_WITH) && i < at + 4 {
        code.push(if atoms.lower(i - 1) == "/" { '/' } else { ' ' });
        code.push_str(atoms.text(i));
        i += 1;
        i += usize::from(atoms.lower(i) == "/" && atoms.is(i + 1, Use::STANDARD_WITH));
    }
    i += usize::from(atoms.lower(i) == "số" && close(i));
    if atoms.kind(i) != Some(AtomKind::Digits) || atoms.text(i).len() > 5 || !close(i) {
        return None;
    }
    let mut number = atoms.text(i).to_owned();
    let mut year = None;
    i += 1;
    // `01-1`, `08-MT`, `7957-2008`, `7957 - 2008`
    while matches!(atoms.lower(i), "-" | "–" | ".") && close(i) && close(i + 1) {
        let part = atoms.text(i + 1);
        let tight = atoms.gap(i) == Gap::None && atoms.gap(i + 1) == Gap::None;
        if let Some(told) = year_of(part).filter(|_| atoms.lower(i) != "." && atoms.lower(i + 2) != ":") {
            year = Some((told, '-'));
            i += 2;
            break;
        }
        let follows = tight && atoms.kind(i + 1).is_some_and(|kind| kind != AtomKind::Sign) && part.len() <= 4;
        if !follows || number.len() > 16 {
            break;
        }
        number.push(if atoms.lower(i) == "." { '.' } else { '-' });
        number.push_str(part);
        i += 2;
    }
    if year.is_none()
        && atoms.lower(i) == ":"
        && close(i)
        && close(i + 1)
        && let Some(told) = year_of(atoms.text(i + 1))
    {
        year = Some((told, ':'));
        i += 2;
    }
    code = format!("{code} {number}");
    if let Some((year, sign)) = year {
        code = format!("{code}{sign}{year}");
    }
    let mut body = None;
    if atoms.lower(i) == "/" && atoms.kind(i + 1) == Some(AtomKind::Letters) && atoms.capitalised(i + 1) && close(i + 1)
    {
        let issuer = atoms.words.body(atoms.text(i + 1));
        code = format!("{code}/{}", issuer.map_or(atoms.text(i + 1), |body| &body.code));
        body = issuer.map(|body| body.name.to_string());
        i += 2;
    }
    Some((i, Standard { kind, code, number, year: year.map(|(year, _)| year), body }))
}

fn year_of(text: &str) -> Option<i16> {
    if text.len() != 4 {
        return None;
    }
    text.parse().ok().filter(|year| (1950..2100).contains(year))
}
