//! One page that shows articles with their facts: marked in the text, and listed below it.

use std::fmt::Write;

use serde_json::Value;
use thoisu::{Article, Fact};

/// A page in the making.
#[derive(Default)]
pub(crate) struct Page {
    body: String,
    articles: usize,
    /// The types found so far, with how many facts of each.
    types: Vec<(String, usize)>,
}

impl Page {
    /// Adds an article.
    pub(crate) fn add(&mut self, article: &Article, facts: &[Fact]) {
        self.articles += 1;
        let number = self.articles;
        let title = article.title().or(article.id.as_deref()).unwrap_or("Article");
        let _ = writeln!(self.body, "<article>\n<h2>{}</h2>", escape(title));
        let about = [article.id.as_deref(), article.url.as_deref()];
        let published = article.published.map(|date| date.to_string());
        let about: Vec<&str> = about.into_iter().flatten().chain(published.as_deref()).collect();
        let _ = writeln!(self.body, "<p class=\"about\">{}</p>", escape(&about.join(" · ")));
        self.text(&article.text, facts, number);
        self.table(&article.text, facts, number);
        self.body.push_str("</article>\n");
    }

    /// The text, each piece in the mark of the shortest fact that covers it.
    fn text(&mut self, text: &str, facts: &[Fact], number: usize) {
        let mut cuts: Vec<usize> =
            facts.iter().flat_map(|fact| [fact.span.range().start, fact.span.range().end]).collect();
        cuts.extend([0, text.len()]);
        cuts.sort_unstable();
        cuts.dedup();
        // Facts that began before the piece and are not over.
        let mut open: Vec<usize> = Vec::new();
        let mut next = 0;
        let mut seen = vec![false; facts.len()];
        self.body.push_str("<div class=\"text\">");
        for piece in cuts.windows(2) {
            while next < facts.len() && facts[next].span.range().start <= piece[0] {
                open.push(next);
                next += 1;
            }
            open.retain(|&fact| facts[fact].span.range().end > piece[0]);
            let slice = escape(&text[piece[0]..piece[1]]);
            let Some(&fact) = open.iter().min_by_key(|&&fact| facts[fact].span.range().len()) else {
                self.body.push_str(&slice);
                continue;
            };
            // The first piece of a fact is where its row in the table points to.
            let id = if seen[fact] { String::new() } else { format!(" id=\"m{number}-{fact}\"") };
            seen[fact] = true;
            let name = kind(&facts[fact]);
            let attributes = escape(&attributes(&facts[fact]));
            let _ = write!(
                self.body,
                "<a class=\"fact {name}\" href=\"#f{number}-{fact}\"{id} title=\"{attributes}\">{slice}</a>"
            );
        }
        self.body.push_str("</div>\n");
    }

    fn table(&mut self, text: &str, facts: &[Fact], number: usize) {
        self.body.push_str("<table>\n<tr><th>Type</th><th>Text</th><th>Value</th><th>Bytes</th></tr>\n");
        for (i, fact) in facts.iter().enumerate() {
            let name = kind(fact);
            match self.types.iter_mut().find(|(known, _)| *known == name) {
                Some((_, count)) => *count += 1,
                None => self.types.push((name.clone(), 1)),
            }
            let slice = text[fact.span.range()].split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(
                self.body,
                "<tr id=\"f{number}-{i}\"><td><span class=\"fact {name}\">{name}</span></td>\
                 <td><a href=\"#m{number}-{i}\">{}</a></td><td>{}</td><td>{}–{}</td></tr>",
                escape(&slice),
                escape(&attributes(fact)),
                fact.span.start,
                fact.span.end,
            );
        }
        self.body.push_str("</table>\n");
    }

    /// The whole page.
    pub(crate) fn finish(mut self) -> String {
        self.types.sort();
        let legend: String = self
            .types
            .iter()
            .map(|(name, count)| format!("<span class=\"fact {name}\">{name}</span> {count} \n"))
            .collect();
        format!(
            "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Facts</title>\n\
             <style>\n{STYLE}</style>\n</head>\n<body>\n<header><h1>Facts</h1>\n<p class=\"legend\">{legend}</p></header>\n\
             {}</body>\n</html>\n",
            self.body
        )
    }
}

fn kind(fact: &Fact) -> String {
    value(fact)["type"].as_str().unwrap_or_default().to_owned()
}

fn value(fact: &Fact) -> Value {
    serde_json::to_value(fact).unwrap_or_default()
}

/// What a fact says besides its place: `date, value: 2019-05-14, role: event`.
pub(crate) fn attributes(fact: &Fact) -> String {
    let value = value(fact);
    let cells = value.as_object().into_iter().flatten();
    let cells = cells.filter(|(name, value)| !matches!(name.as_str(), "start" | "end" | "type") && !value.is_null());
    let cells = cells.map(|(name, value)| format!("{name}: {}", plain(value)));
    std::iter::once(kind(fact)).chain(cells).collect::<Vec<_>>().join(", ")
}

/// JSON without the quotation marks that a reader does not need.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Object(object) if object.len() == 2 && object.contains_key("start") => {
            format!("{}–{}", object["start"], object["end"])
        }
        Value::Object(object) => {
            let cells = object.iter().map(|(name, value)| format!("{name} {}", plain(value)));
            format!("({})", cells.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Types differ in colour and in the line below them, so that they can be told apart on paper without colours.
const STYLE: &str = "\
:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.about { color: gray; overflow-wrap: anywhere; }
.legend { line-height: 2; }
.fact { color: inherit; text-decoration: none; border-radius: .2em; padding: 0 .15em; border-bottom: 2px solid; }
.fact:target, tr:target { outline: 2px solid currentColor; }
.date { background: #4a90d933; border-bottom-color: #4a90d9; }
.document { background: #d98a2b33; border-bottom: 2px dashed #d98a2b; }
.official { background: #3fa35b33; border-bottom: 3px double #3fa35b; }
.indicator { background: #c94f7c33; border-bottom: 2px dotted #c94f7c; }
.provision { background: #d98a2b22; border-bottom: 1px dashed #d98a2b; }
.mention { background: #3fa35b22; border-bottom: 1px solid #3fa35b; }
.meeting { background: #8a63d233; border-bottom: 1px double #8a63d2; }
.check { background: #d0433b33; border-bottom: 3px solid #d0433b; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .3em .5em; border-bottom: 1px solid #8884; overflow-wrap: anywhere; }
td:last-child { white-space: nowrap; }
@media (max-width: 40rem) {
  table, tbody, tr, td { display: block; }
  tr { border-bottom: 1px solid #8888; padding: .4em 0; }
  td { border: 0; padding: 0 .3em; }
  th { display: none; }
}
@media print {
  body { max-width: none; font-size: 10pt; }
  article { break-before: page; }
  tr { break-inside: avoid; }
  .fact { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
";
