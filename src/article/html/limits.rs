//! What a page may cost: limits that no page of news reaches, checked before and while it is parsed.
//!
//! The HTML parser looks through the attributes of an element for each new one, and through the open elements for many
//! tags, so that both take quadratic time. The readability library walks the tree by recursion and reads the text of an
//! element again for the elements around it.

use std::cell::{Cell, RefCell};

use dom_query::{Document, NodeId, NodeRef};
use html5ever::LocalName;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};

use crate::error::{Error, Kind};

/// Bytes of a page, decoded.
pub(super) const MAX_BYTES: usize = 16 << 20;
/// Nodes of the tree: elements, texts and comments.
pub(super) const MAX_NODES: usize = 200_000;
/// So many nodes any page may have, and more one for every two bytes.
const FEW_NODES: usize = 4000;
/// Elements in each other. Pages go to 40, those of Word to 100.
pub(super) const MAX_DEPTH: usize = 256;
/// Attributes of one element.
pub(super) const MAX_ATTRIBUTES: usize = 500;
/// Bytes of text, each times the elements around it; an element or text counts as much as `NODE` bytes more.
pub(super) const MAX_WORK: usize = 384 << 20;
const NODE: usize = 64;

/// The tree is looked at whenever so many bytes more were parsed.
const CHUNK: usize = 2048;

/// Parses a page that keeps to the limits.
///
/// The parser gets the page in small pieces, a new one at each `<`, so that it is known which of them begin a tag, and the
/// attributes of a tag are counted before the parser sees them.
pub(super) fn parse(html: &str) -> Result<Document, Error> {
    if html.len() > MAX_BYTES {
        return Err(refused(format!("the page is too large: {} bytes, more than {MAX_BYTES}", html.len())));
    }
    let tokenizer = Tokenizer::new(Watch::new(), TokenizerOpts::default());
    let watch = &tokenizer.sink;
    let document = &watch.builder.sink;
    let bytes = html.as_bytes();
    let whole = StrTendril::from_slice(html);
    let queue = BufferQueue::default();
    let (mut at, mut looked, mut scanned) = (0, 0, 0);
    let mut inside = false;
    while at < bytes.len() {
        let mut end = next_open(bytes, at + 1).min(at + CHUNK);
        while !html.is_char_boundary(end) {
            end += 1;
        }
        let tag = if inside { None } else { watch.tag_at(bytes, at) };
        if let Some(name) = tag {
            let (count, end) = attributes(bytes, name);
            scanned += end - name;
            // What is read twice is no tag, or a tag that only looks like one in what is none.
            if count > MAX_ATTRIBUTES || scanned > 2 * bytes.len() {
                return Err(too_many_attributes().at(format_args!("byte {at}")));
            }
        }
        watch.told.set(false);
        queue.push_back(whole.subtendril(at as u32, (end - at) as u32));
        // It stops at the end of a script, which would be run.
        while !queue.is_empty() {
            let _ = tokenizer.feed(&queue);
        }
        // `<` alone is none of a tag yet, and in a script only its own end tag is one.
        let opens = if watch.raw.borrow().is_some() { tag.is_some() } else { bytes[at] == b'<' && end - at > 1 };
        inside = !watch.told.get() && (inside || opens);
        at = end;
        if at - looked >= CHUNK || at == bytes.len() {
            looked = at;
            look(document, at)?;
        }
    }
    tokenizer.end();
    let document = tokenizer.sink.builder.sink.finish();
    measure(&document)?;
    Ok(document)
}

/// Hands the tokens to the tree builder, and knows what the tokenizer does.
struct Watch {
    builder: TreeBuilder<NodeId, Document>,
    /// Whether something was told since this was last cleared: in a tag or comment, nothing is.
    told: Cell<bool>,
    /// The element whose content is no HTML, such as a script.
    raw: RefCell<Option<LocalName>>,
}

impl Watch {
    fn new() -> Self {
        let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        let builder = TreeBuilder::new(Document::default(), options);
        Self { builder, told: Cell::new(false), raw: RefCell::new(None) }
    }

    /// Where the name of the tag begins that stands at `at`, outside of tags and comments.
    fn tag_at(&self, html: &[u8], at: usize) -> Option<usize> {
        let name = match &html[at..] {
            [b'<', b'/', c, ..] if c.is_ascii_alphabetic() => at + 2,
            [b'<', c, ..] if c.is_ascii_alphabetic() => at + 1,
            _ => return None,
        };
        match &*self.raw.borrow() {
            None => Some(name),
            Some(raw) => {
                let rest = &html[name..];
                let same = rest.get(..raw.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(raw.as_bytes()));
                let ends = rest.get(raw.len()).is_none_or(|&c| c.is_ascii_whitespace() || matches!(c, b'/' | b'>'));
                (name == at + 2 && same && ends).then_some(name)
            }
        }
    }
}

impl TokenSink for Watch {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let mut tag = None;
        match &token {
            Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::TagToken(found) => {
                tag = Some(found.name.clone());
                // The tokenizer takes no other end tag for one.
                self.raw.take();
            }
            _ => {}
        }
        self.told.set(true);
        let result = self.builder.process_token(token, line);
        if matches!(result, TokenSinkResult::RawData(_) | TokenSinkResult::Plaintext) {
            *self.raw.borrow_mut() = tag;
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

fn next_open(html: &[u8], from: usize) -> usize {
    html[from..].iter().position(|&c| c == b'<').map_or(html.len(), |at| from + at)
}

/// Checks the tree as far as it was built, from so many bytes.
fn look(document: &Document, parsed: usize) -> Result<(), Error> {
    // `<td>` makes three elements at most; more than that come from tags that are opened again for each paragraph.
    if document.tree.len() > FEW_NODES + parsed / 2 {
        return Err(refused("the page has far more elements than tags: formatting is never closed".to_owned()));
    }
    if document.tree.len() > MAX_NODES {
        return Err(refused(format!("the page has more than {MAX_NODES} elements and texts")));
    }
    if open_depth(document) > MAX_DEPTH {
        return Err(too_deep());
    }
    if roots(document).any(|root| root.element_ref().is_some_and(|root| root.attrs.len() > MAX_ATTRIBUTES)) {
        return Err(too_many_attributes());
    }
    Ok(())
}

fn too_many_attributes() -> Error {
    refused(format!("an element of the page has more than {MAX_ATTRIBUTES} attributes"))
}

fn refused(what: String) -> Error {
    Error::new(Kind::Input, what).advice("extract the text with another program and read that")
}

fn too_deep() -> Error {
    refused(format!("the page nests its elements too deep: more than {MAX_DEPTH} in each other"))
}

/// `<html>` and `<body>`: later tags of these names add their attributes to the first.
fn roots(document: &Document) -> impl Iterator<Item = NodeRef<'_>> {
    let html = document.root().first_element_child();
    html.into_iter().chain(html.into_iter().flat_map(|html| html.children_it(false)))
}

/// About how deep the elements are in which the parser stands: it adds at the end, or before a table that is open.
fn open_depth(document: &Document) -> usize {
    let mut most = 0;
    let mut visits = 0;
    let mut open = vec![(document.root(), 0)];
    while let Some((node, depth)) = open.pop() {
        most = most.max(depth);
        visits += 1;
        if most > MAX_DEPTH || visits > 4 * MAX_DEPTH {
            break;
        }
        let contents = node.element_ref().and_then(|element| element.template_contents);
        open.extend(contents.and_then(|id| document.tree.get(&id)).map(|contents| (contents, depth + 1)));
        let mut last = node.last_child();
        while let Some(child) = last.filter(|child| !child.is_element()) {
            visits += 1;
            last = child.prev_sibling().filter(|_| visits <= 4 * MAX_DEPTH);
        }
        if let Some(child) = last {
            if child.has_name("table") {
                open.extend(child.prev_element_sibling().map(|before| (before, depth + 1)));
            }
            open.push((child, depth + 1));
        }
    }
    most
}

/// Walks the whole tree, without recursion.
fn measure(document: &Document) -> Result<(), Error> {
    let mut work = 0_usize;
    let mut open = vec![document.root().children_it(false)];
    while let Some(children) = open.last_mut() {
        let child = children.next();
        work = work.saturating_add(open.len() * NODE);
        match child {
            Some(node) if node.is_element() => {
                if open.len() > MAX_DEPTH {
                    return Err(too_deep());
                }
                open.push(node.children_it(false));
            }
            Some(node) => work = work.saturating_add(open.len() * node.text().len()),
            None => {
                open.pop();
            }
        }
    }
    if work > MAX_WORK {
        return Err(refused("the page has too much in too many elements around it".to_owned()));
    }
    Ok(())
}

/// The attributes of the tag whose name begins at `at`, and where the tag ends.
fn attributes(html: &[u8], mut at: usize) -> (usize, usize) {
    let mut count = 0;
    let skip = |mut at: usize, stop: &dyn Fn(u8) -> bool| {
        while at < html.len() && !stop(html[at]) {
            at += 1;
        }
        at
    };
    at = skip(at, &|c| c.is_ascii_whitespace() || matches!(c, b'/' | b'>'));
    loop {
        at = skip(at, &|c| !c.is_ascii_whitespace() && c != b'/');
        match html.get(at) {
            None => return (count, html.len()),
            Some(b'>') => return (count, at + 1),
            Some(_) => {}
        }
        count += 1;
        if count > MAX_ATTRIBUTES {
            return (count, at);
        }
        // A name may begin with `=`.
        at = skip(at + 1, &|c| c.is_ascii_whitespace() || matches!(c, b'/' | b'>' | b'='));
        let value = skip(at, &|c| !c.is_ascii_whitespace());
        if html.get(value) != Some(&b'=') {
            continue;
        }
        at = skip(value + 1, &|c| !c.is_ascii_whitespace());
        at = match html.get(at) {
            Some(&quote @ (b'"' | b'\'')) => (skip(at + 1, &|c| c == quote) + 1).min(html.len()),
            _ => skip(at, &|c| c.is_ascii_whitespace() || c == b'>'),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(html: &str) -> String {
        parse(html).map(|_| "parsed".to_owned()).unwrap_or_else(|error| error.to_string())
    }

    fn attributes(count: usize) -> String {
        (0..count).map(|at| format!("a{at} ")).collect()
    }

    #[test]
    fn attributes_are_counted_where_the_parser_sees_a_tag() {
        let many = attributes(MAX_ATTRIBUTES + 1);
        for (html, byte) in [
            (format!("<p><a {many}>x</a>"), 3),
            (format!("</a {many}>"), 0),
            (format!("<<a {many}>"), 1),
            (format!("<textarea><a b=\"</textarea><a {many}>"), 27),
            (format!("<!-- --!><a {many}>"), 9),
            (format!("<svg><title><a {many}>"), 12),
            (format!("<script>'</script<'</script {many}>"), 19),
        ] {
            let said = refusal(&html);
            assert!(said.contains("more than 500 attributes") && said.contains(&format!("(byte {byte})")), "{said}");
        }
        let body: String = (0..2000).map(|at| format!("<body a{at}>")).collect();
        assert!(refusal(&body).contains("more than 500 attributes"));
    }

    #[test]
    fn what_is_no_tag_may_say_anything() {
        let many = attributes(2 * MAX_ATTRIBUTES);
        for html in [
            format!("<a b='{many}' {}>x</a>", attributes(100)),
            format!("<!-- <a {many}> --><p>x"),
            format!("<script>if (a<b) {{ {many} }}</script><p>x"),
            format!("<style><a {many}></style><p>x"),
            format!("<title><a {many}></title><p>x"),
            format!("<p>a < b {many} > c"),
        ] {
            assert_eq!(refusal(&html), "parsed", "{}", &html[..20]);
        }
    }

    #[test]
    fn depth_is_that_of_the_tree() {
        let many = 4000;
        for html in [
            "<div>".repeat(many),
            "<div></x>".repeat(many),
            "<b></p>".repeat(many),
            format!("<table>{}", "<div>".repeat(many)),
            format!("<template>{}", "<div>".repeat(many)),
            format!("<svg>{}", "<path>".repeat(many)),
            format!("<p>{}", "<span>".repeat(MAX_DEPTH)),
        ] {
            let said = refusal(&html);
            assert!(said.starts_with("the page nests its elements too deep: more than 256"), "{said}: {}", &html[..20]);
        }
        assert_eq!(refusal(&"<div>".repeat(MAX_DEPTH - 10)), "parsed");
        assert_eq!(refusal(&"<div><table></div>".repeat(many)), "parsed");
        assert_eq!(refusal(&"<p>Xã họp dân.<li>".repeat(many)), "parsed");
    }

    #[test]
    fn pages_that_are_too_large() {
        assert!(refusal(&"x".repeat(MAX_BYTES + 1)).starts_with("the page is too large: 16777217 bytes"));
        assert!(refusal(&"<p>x".repeat(MAX_NODES)).contains("more than 200000 elements"));
        let open: String = (0..200).map(|at| format!("<b a={at}>")).collect();
        assert!(refusal(&format!("<div>{open}</div>{}", "<p>x".repeat(1000))).contains("far more elements than tags"));
        let deep = format!("{}{}", "<div>".repeat(200), "xã ".repeat(MAX_WORK / 600));
        assert!(refusal(&deep).contains("too much in"));
    }
}
