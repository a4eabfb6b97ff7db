//! Facts in words.

use thoisu::extract::{Fact, FactKind, Indicator};

/// The type of a fact, and what it comes to.
pub(crate) fn describe(fact: &Fact) -> (&'static str, String) {
    match &fact.kind {
        FactKind::Date(date) => ("date", format!(" = {}", date.value)),
        FactKind::Document(document) => {
            let mut parts: Vec<String> = document.code.iter().cloned().collect();
            parts.extend(document.issued.map(|date| date.to_string()));
            parts.extend(document.issuer.clone());
            parts.extend(document.title.clone());
            ("document", listed(&parts))
        }
        FactKind::Official(official) => ("official", listed(&official.posts)),
        FactKind::Indicator(indicator) => ("indicator", amount(indicator)),
        FactKind::Standard(_) => ("standard", String::new()),
        FactKind::Provision(_) => ("provision", String::new()),
        FactKind::Mention(mention) => {
            ("mention", mention.act.map_or(String::new(), |act| format!(" = {act:?}").to_lowercase()))
        }
        FactKind::Meeting(meeting) => {
            let mut parts: Vec<String> = meeting.host.iter().cloned().collect();
            parts.extend(meeting.date.map(|date| date.to_string()));
            parts.extend(meeting.place.clone());
            parts.extend(meeting.chairs.iter().cloned());
            ("meeting", listed(&parts))
        }
        FactKind::Check(check) => ("check", if check.holds { " = holds" } else { " = does not hold" }.to_owned()),
        _ => ("fact", String::new()),
    }
}

fn amount(indicator: &Indicator) -> String {
    let mut amount = format!(" = {}", indicator.value.normalize());
    if let Some(upper) = indicator.upper {
        amount.push_str(&format!("..{}", upper.normalize()));
    }
    if let Some(of) = indicator.of {
        amount.push_str(&format!(" of {}", of.normalize()));
    }
    format!("{amount} {}", indicator.unit)
}

fn listed(parts: &[String]) -> String {
    if parts.is_empty() { String::new() } else { format!(" = {}", parts.join(" · ")) }
}

/// Text of a page on one line, without characters that steer a terminal.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_control() || c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !line.ends_with(' ') {
            line.push(c);
        }
    }
    line
}
