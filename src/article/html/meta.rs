//! What a page says about itself: JSON-LD, OpenGraph and other `meta` elements, `time` and microdata.

use dom_query::{Document, NodeRef};
use serde_json::Value;

use crate::article::byline::is_person;
use crate::article::{dateline, line};
use crate::date::PartialDate;

/// What the page says, not yet compared with what it prints.
#[derive(Default)]
pub(super) struct Meta {
    /// The headline, the surest first; `<title>` stands last and often names the site, too.
    pub(super) titles: Vec<String>,
    pub(super) published: Option<PartialDate>,
    pub(super) author: Option<String>,
    pub(super) site: Option<String>,
}

/// Names of `meta` elements that tell when an article was published. None tells of a change.
const PUBLISHED: &[&str] = &[
    "article:published",
    "article:published_time",
    "date",
    "datepublished",
    "dc.date",
    "dc.date.created",
    "dc.date.issued",
    "dcterms.available",
    "dcterms.created",
    "dcterms.issued",
    "og:article:published_time",
    "og:published_time",
    "parsely-pub-date",
    "pubdate",
    "publish-date",
    "publish_date",
    "publishdate",
];
const AUTHOR: &[&str] = &["article:author", "author", "dc.creator", "dcterms.creator", "parsely-author"];
const TITLE: &[&str] = &["og:title", "dc.title", "dcterms.title", "twitter:title", "title"];
const SITE: &[&str] = &["og:site_name", "application-name"];

impl Meta {
    pub(super) fn read(document: &Document) -> Self {
        let mut named: Vec<(String, String)> = Vec::new();
        let mut graph = Vec::new();
        let mut title = None;
        let mut time = None;
        for node in document.root().descendants_it().filter(NodeRef::is_element) {
            let attr = |name: &str| node.attr(name).map(|value| value.to_string());
            let property = attr("itemprop").unwrap_or_default().to_ascii_lowercase();
            if node.has_name("meta") {
                let name = attr("property").or_else(|| attr("name")).unwrap_or(property).to_ascii_lowercase();
                named.extend(attr("content").map(|content| (name, content)));
            } else if node.has_name("title") && title.is_none() {
                title = Some(node.text().to_string());
            } else if node.has_name("script") {
                let kind = attr("type").unwrap_or_default();
                if kind.trim().eq_ignore_ascii_case("application/ld+json") {
                    graph.extend(linked_data(&node.text()));
                }
            } else if property.contains("datepublished") || node.has_name("time") && time.is_none() {
                let class = attr("class").unwrap_or_default().to_ascii_lowercase();
                let changed = ["update", "modif"].iter().any(|word| class.contains(word) || property.contains(word));
                let stamp = attr("datetime").or_else(|| attr("content"));
                // Other articles in lists have times, too; only the main one says that it is the day of publication.
                let own = !property.is_empty() || node.has_attr("pubdate") || class.contains("publish");
                if !changed && own {
                    time = stamp.as_deref().and_then(dateline::read).or(time);
                }
            }
        }
        let told = |names: &[&str]| {
            let value = |name: &&str| named.iter().find(|(key, value)| key == name && !value.trim().is_empty());
            names.iter().find_map(value).map(|(_, value)| tidy(value))
        };
        let article = graph.iter().find(|object| is_article(object));
        let field = |name: &str| article.and_then(|article| article.get(name));
        let text = |name: &str| field(name).and_then(Value::as_str).map(tidy);
        let site = told(SITE).or_else(|| field("publisher").and_then(|value| names(value, &graph)));
        let author = field("author").and_then(|value| names(value, &graph)).or_else(|| told(AUTHOR));
        let dates = PUBLISHED.iter().filter_map(|name| told(&[name]));
        Self {
            titles: [text("headline"), text("name"), told(TITLE), title.as_deref().map(tidy)]
                .into_iter()
                .flatten()
                .filter(|title| !title.is_empty())
                .collect(),
            published: text("datePublished")
                .as_deref()
                .and_then(dateline::read)
                .or_else(|| dates.into_iter().find_map(|date| dateline::read(&date)))
                .or(time),
            author: author.filter(|author| is_person(author) && Some(author) != site.as_ref()),
            site: site.filter(|site| !site.is_empty()),
        }
    }
}

/// White space as one space, none at the ends.
fn tidy(text: &str) -> String {
    text.split(|c: char| c.is_ascii_whitespace())
        .map(|word| word.trim_matches(line::blank))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The objects of a script of JSON-LD, those of its `@graph` as well.
fn linked_data(script: &str) -> Vec<Value> {
    let script = script.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
    let mut open: Vec<Value> = serde_json::from_str(script).into_iter().collect();
    let mut objects = Vec::new();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values.into_iter().rev()),
            Value::Object(mut fields) => {
                open.extend(fields.remove("@graph"));
                objects.push(Value::Object(fields));
            }
            _ => {}
        }
    }
    objects
}

fn is_article(object: &Value) -> bool {
    let named = |kind: &Value| kind.as_str().is_some_and(|kind| kind.ends_with("Article") || kind == "BlogPosting");
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(named),
        Some(kind) => named(kind),
        None => false,
    }
}

/// The name or names that a value of JSON-LD gives, or refers to in the same graph.
fn names(value: &Value, graph: &[Value]) -> Option<String> {
    let one = |value: &Value| {
        let name = value.as_str().or_else(|| value.get("name")?.as_str());
        let referred = || {
            let id = value.get("@id").filter(|id| id.is_string())?;
            graph.iter().find(|object| object.get("@id") == Some(id))?.get("name")?.as_str()
        };
        name.or_else(referred).map(tidy).filter(|name| !name.is_empty())
    };
    let all: Vec<String> = match value {
        Value::Array(values) => values.iter().take(20).filter_map(one).collect(),
        value => one(value).into_iter().collect(),
    };
    (!all.is_empty()).then(|| all.join(", "))
}
