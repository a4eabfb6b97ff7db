//! A page as blocks of text: paragraphs, headings, rows of tables, in the order in which the page prints them.

use std::collections::HashSet;

use dom_query::{Document, NodeId, NodeRef};
use rustc_hash::FxHashMap;

/// A line or paragraph of a page. The counts are of its characters that are no white space.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// ASCII white space is one space, and none stands at the ends. Other spaces stay.
    pub(super) text: String,
    /// Whether it is on the line after the block before it, as rows and items are, and not a paragraph of its own.
    pub(super) tight: bool,
    pub(super) chars: usize,
    /// What the readability library took for the main text.
    pub(super) kept: usize,
    /// In links.
    pub(super) links: usize,
    /// In menus, lists of other articles, comments, and whatever else surrounds an article.
    pub(super) out: usize,
    /// In headings, and in elements that call themselves titles.
    pub(super) titled: usize,
    /// In elements that say that they name the author.
    pub(super) author: usize,
    /// Below pictures.
    pub(super) caption: usize,
}

impl Block {
    /// Whether most of it is what `count` counts.
    pub(super) fn mostly(&self, count: usize) -> bool {
        2 * count > self.chars
    }
}

/// The blocks of a page, and which of them each element holds.
pub(super) struct Blocks {
    pub(super) all: Vec<Block>,
    pub(super) held: FxHashMap<NodeId, (usize, usize)>,
}

/// Characters of an element.
#[derive(Clone, Copy, Default)]
pub(super) struct Total {
    pub(super) chars: usize,
    links: usize,
    pub(super) kept: usize,
}

/// Elements whose content is no text of the page.
const SKIPPED: &[&str] = &[
    "amp-ad",
    "amp-sidebar",
    "audio",
    "button",
    "canvas",
    "datalist",
    "embed",
    "head",
    "iframe",
    "input",
    "math",
    "noscript",
    "object",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
];
/// Elements whose content is a block of its own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Those that stand on a line of their own, but are no paragraph.
const LINES: &[&str] = &["caption", "dd", "dt", "li", "td", "th", "tr"];
/// Elements within a line that sites lay out as columns.
const JOINTS: &[&str] = &["a", "label", "span", "time"];
const ROLES: &[&str] =
    &["alert", "banner", "complementary", "contentinfo", "dialog", "menu", "navigation", "search", "tablist"];
/// Words of `class` and `id` that name what surrounds an article: whole ones, and ones that may stand in others.
const OUT_WORDS: &[&str] = &[
    "ad",
    "ads",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "control",
    "counter",
    "foot",
    "footer",
    "menu",
    "mn",
    "mucluc",
    "nav",
    "navbar",
    "more",
    "other",
    "others",
    "paging",
    "poll",
    "rating",
    "ratings",
    "rel",
    "share",
    "sharing",
    "sidebar",
    "social",
    "stats",
    "tabs",
    "tag",
    "tags",
    "tinkhac",
    "toc",
    "toolbar",
    "vote",
    "widget",
];
const OUT_PARTS: &[&str] = &[
    "advert",
    "binhluan",
    "bookmark",
    "breadcrumb",
    "comment",
    "cungchuyenmuc",
    "danhgia",
    "docthem",
    "lienquan",
    "navigation",
    "newsletter",
    "pagination",
    "quangcao",
    "related",
    "thongke",
    "tinkhac",
    "tinlienquan",
    "truycap",
    "xemthem",
];

impl Blocks {
    /// The blocks of the page; `kept` are the texts that the readability library took for the main text.
    pub(super) fn new(document: &Document, kept: &HashSet<NodeId>) -> Self {
        let totals = totals(document, kept);
        let whole = totals.get(&document.root().id).copied().unwrap_or_default();
        let mut walk = Walk {
            blocks: Vec::new(),
            held: FxHashMap::default(),
            block: Block::default(),
            space: false,
            joint: false,
            breaks: 2,
            totals: &totals,
            whole: whole.kept,
            kept,
        };
        walk.node(document.root(), Within::default());
        walk.end(2);
        Self { all: walk.blocks, held: walk.held }
    }
}

/// The characters of all elements.
pub(super) fn totals(document: &Document, kept: &HashSet<NodeId>) -> FxHashMap<NodeId, Total> {
    let mut totals: FxHashMap<NodeId, Total> = FxHashMap::default();
    let nodes: Vec<NodeRef<'_>> = document.root().descendants_it().collect();
    // Children stand behind their parents.
    for node in nodes.into_iter().rev() {
        let total = if node.is_text() {
            let chars = node.text().chars().filter(|c| !c.is_whitespace()).count();
            Total { chars, links: 0, kept: if kept.contains(&node.id) { chars } else { 0 } }
        } else if is_skipped(&node) {
            totals.remove(&node.id);
            continue;
        } else {
            let total = totals.entry(node.id).or_default();
            if node.has_name("a") && node.has_attr("href") {
                total.links = total.chars;
            }
            *total
        };
        if let Some(parent) = node.parent() {
            let sum = totals.entry(parent.id).or_default();
            sum.chars += total.chars;
            sum.links += total.links;
            sum.kept += total.kept;
        }
    }
    totals
}

fn is_skipped(node: &NodeRef<'_>) -> bool {
    node.qual_name_ref().is_some_and(|name| SKIPPED.contains(&&*name.local))
}

/// What the text of an element is part of.
#[derive(Clone, Copy, Default)]
struct Within {
    link: bool,
    out: bool,
    titled: bool,
    author: bool,
    caption: bool,
}

struct Walk<'a> {
    blocks: Vec<Block>,
    held: FxHashMap<NodeId, (usize, usize)>,
    block: Block,
    /// Whether white space stands after the text so far.
    space: bool,
    /// Whether an element of its own begins or ends after the text so far: sites set these apart by their style.
    joint: bool,
    /// The line breaks after the last block: 0 none, 1 a line, 2 a paragraph.
    breaks: u8,
    totals: &'a FxHashMap<NodeId, Total>,
    whole: usize,
    kept: &'a HashSet<NodeId>,
}

impl Walk<'_> {
    fn node(&mut self, node: NodeRef<'_>, within: Within) {
        if node.is_text() {
            self.text(&node.text(), self.kept.contains(&node.id), within);
            return;
        }
        if !node.is_element() {
            node.children_it(false).for_each(|child| self.node(child, within));
            return;
        }
        if is_skipped(&node) {
            return;
        }
        let Some(name) = node.node_name() else { return };
        let name = &*name;
        if name == "br" {
            let breaks = if self.block.text.is_empty() { 2 } else { 1 };
            self.end(breaks);
            return;
        }
        let total = self.totals.get(&node.id).copied().unwrap_or_default();
        let within = self.within(&node, name, total, within);
        if !BLOCKS.contains(&name) {
            let joint = JOINTS.contains(&name);
            self.joint |= joint;
            node.children_it(false).for_each(|child| self.node(child, within));
            self.joint |= joint;
            return;
        }
        let breaks = if LINES.contains(&name) { 1 } else { 2 };
        self.end(breaks);
        let first = self.blocks.len();
        if name == "tr" && is_row(&node) {
            for (at, cell) in node.element_children().into_iter().enumerate() {
                if at > 0 && !self.block.text.is_empty() && !self.block.text.ends_with(';') {
                    let filled = self.totals.get(&cell.id).is_some_and(|total| total.chars > 0);
                    self.text(if filled { "; " } else { "" }, false, within);
                }
                self.line(cell, within);
            }
        } else {
            node.children_it(false).for_each(|child| self.node(child, within));
        }
        self.end(breaks);
        self.held.insert(node.id, (first, self.blocks.len()));
    }

    /// All text below a node as part of one line.
    fn line(&mut self, node: NodeRef<'_>, within: Within) {
        if node.is_text() {
            self.text(&node.text(), self.kept.contains(&node.id), within);
        } else if node.is_element() && !is_skipped(&node) {
            let within = Within { link: within.link || node.has_name("a"), ..within };
            self.space |=
                node.qual_name_ref().is_some_and(|name| &*name.local == "br" || BLOCKS.contains(&&*name.local));
            node.children_it(false).for_each(|child| self.line(child, within));
        }
    }

    fn within(&self, node: &NodeRef<'_>, name: &str, total: Total, within: Within) -> Within {
        let words = words_of(node);
        let has = |names: &[&str]| words.split(' ').any(|word| names.contains(&word));
        let heading = matches!(name, "h1" | "h2" | "h3" | "h4");
        let titled = heading
            || (has(&["title", "tieude", "headline", "tieu", "tit", "lbltitle", "newstitle"]) && total.chars <= 300);
        // What holds most of the main text is no furniture, whatever it is called.
        let main = total.kept > 0 && 2 * total.kept >= self.whole;
        let linked = |part: usize| total.kept == 0 && total.chars >= 12 && part * total.links >= total.chars;
        let out = !main
            && (is_hidden(node)
                || matches!(name, "nav" | "aside")
                || (name == "footer" && total.kept == 0)
                || node.attr("role").is_some_and(|role| ROLES.contains(&&*role))
                || has(OUT_WORDS)
                || OUT_PARTS.iter().any(|part| words.contains(part))
                || (BLOCKS.contains(&name) && !titled && linked(2)));
        let author = has(&["author", "tacgia", "byline", "butdanh"])
            || node.attr("rel").is_some_and(|rel| &*rel == "author")
            || node.attr("itemprop").is_some_and(|property| property.contains("author"));
        let caption = name == "figcaption"
            || (total.chars <= 300
                && (words.contains("caption") || has(&["cap", "chuthich", "note"]) && words.contains("image")));
        Within {
            caption: within.caption || caption,
            link: within.link || (name == "a" && node.has_attr("href")),
            out: within.out || out,
            titled: within.titled || titled,
            author: within.author || (author && total.chars <= 80),
        }
    }

    fn text(&mut self, text: &str, kept: bool, within: Within) {
        for piece in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let word = piece.trim_end_matches(|c: char| c.is_ascii_whitespace());
            if !word.is_empty() {
                let block = &mut self.block;
                if (self.space || self.joint && apart(&block.text, word)) && !block.text.is_empty() {
                    block.text.push(' ');
                }
                self.space = false;
                self.joint = false;
                block.text.push_str(word);
                let chars = word.chars().filter(|c| !c.is_whitespace()).count();
                block.chars += chars;
                block.kept += if kept { chars } else { 0 };
                block.links += if within.link { chars } else { 0 };
                block.out += if within.out { chars } else { 0 };
                block.titled += if within.titled { chars } else { 0 };
                block.author += if within.author { chars } else { 0 };
                block.caption += if within.caption { chars } else { 0 };
            }
            self.space |= word.len() < piece.len();
        }
    }

    /// Ends the block that is open, and notes how many line breaks follow.
    fn end(&mut self, breaks: u8) {
        self.space = false;
        if self.block.chars > 0 {
            self.block.tight = self.breaks < 2;
            self.blocks.push(std::mem::take(&mut self.block));
            self.breaks = breaks;
        } else {
            self.block = Block::default();
            self.breaks = self.breaks.max(breaks);
        }
    }
}

/// Whether a new word begins: a small letter before it, and a capital or a number of two digits at its beginning.
fn apart(before: &str, word: &str) -> bool {
    let mut chars = word.chars();
    let first = chars.next().unwrap_or(' ');
    let number = first.is_ascii_digit() && chars.next().is_some_and(|c| c.is_ascii_digit());
    before.ends_with(char::is_lowercase) && (first.is_uppercase() || number)
}

/// The words of `class` and `id`, in lower case, between spaces: `other-news`, `lblTitle` and `box_tin` are two each.
fn words_of(node: &NodeRef<'_>) -> String {
    let mut words = String::new();
    for value in ["class", "id"].iter().filter_map(|name| node.attr(name)) {
        words.push(' ');
        let mut small = false;
        for c in value.chars().take(200) {
            if c.is_uppercase() && small {
                words.push(' ');
            }
            small = c.is_lowercase();
            words.push(if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' });
        }
    }
    words
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    node.has_attr("hidden")
        || node.attr("aria-hidden").is_some_and(|value| &*value == "true")
        || node.attr("style").is_some_and(|style| {
            let style: String = style.chars().take(500).filter(|c| !c.is_whitespace()).collect();
            style.to_ascii_lowercase().contains("display:none")
        })
}

/// Whether a row is one of data: two cells or more with text, none of which holds paragraphs. Rows of layout are none.
fn is_row(row: &NodeRef<'_>) -> bool {
    let mut filled = 0;
    for cell in row.element_children() {
        let mut blocks = 0;
        let mut chars = 0;
        for node in cell.descendants_it().take(200) {
            if node.is_text() {
                chars += node.text().trim().len();
            } else if let Some(name) = node.qual_name_ref() {
                if matches!(&*name.local, "table" | "ul" | "ol" | "h1" | "h2" | "h3" | "img") {
                    return false;
                }
                blocks += usize::from(matches!(&*name.local, "p" | "div"));
            }
        }
        if blocks > 1 || chars > 600 {
            return false;
        }
        filled += usize::from(chars > 0);
    }
    filled >= 2
}
