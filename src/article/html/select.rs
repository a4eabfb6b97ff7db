//! Which blocks of a page are its article.

use std::collections::HashSet;

use dom_query::{Document, NodeId, NodeRef};

use super::blocks::{Block, Blocks, totals};
use super::meta::Meta;
use crate::article::byline::{is_site, name_in};
use crate::article::line::{blank, folded};
use crate::article::shape::{self, Shape};
use crate::article::{Article, dateline, plain};
use crate::date::PartialDate;
use crate::span::Span;

/// A headline is not longer, in characters.
const TITLE: usize = 300;
/// A line that prints the date is not longer.
const DATELINE: usize = 80;
/// So many blocks below the main text may be of the article: a signature with its list of recipients has about ten.
const TAIL: usize = 16;
/// A list of articles has so many headlines that are links, and shorter texts than this for each.
const TEASERS: usize = 3;
const TEASER: usize = 300;

/// The article of a page.
pub(super) struct Selection {
    pub(super) title: Option<String>,
    /// Its blocks without the headline, in order.
    pub(super) blocks: Vec<usize>,
    /// The block of the headline, where the page prints it.
    headline: Option<usize>,
    /// The blocks of the element that holds it all.
    held: (usize, usize),
}

impl Selection {
    /// Finds the article among the blocks; none in a list of articles.
    pub(super) fn new(document: &Document, blocks: &Blocks, meta: &Meta, kept: &HashSet<NodeId>) -> Option<Self> {
        let all = &blocks.all;
        let is_main = |at: &usize| {
            let block = &all[*at];
            block.mostly(block.kept) && !block.mostly(block.out)
        };
        let whole = ((0..all.len()).find(is_main)?, (0..all.len()).rfind(is_main)?);
        if is_list(&all[whole.0.saturating_sub(1)..=whole.1]) {
            return None;
        }
        let part = longest(document, blocks, kept).unwrap_or((0, all.len()));
        let first = (part.0..part.1).find(is_main)?;
        // The library adds paragraphs from anywhere behind the element in which almost all of the text stands.
        let core = core(blocks, part);
        let last = (core.0..core.1).rfind(is_main)?;
        let (headline, title) = title(blocks, meta, part, first, last);
        let start = headline.map_or(first, |at| at + 1);
        let held = smallest(blocks, headline.map_or(first, |at| at.min(first)), last + 1);
        let captions: usize = all[start..=last].iter().map(|block| block.caption).sum();
        let text: usize = all[start..=last].iter().map(|block| block.kept).sum();
        let is_text = |at: &usize| {
            let block = &all[*at];
            let caption = block.mostly(block.caption) && 3 * captions < text;
            let caption = caption && !shape::names_office(&folded(&block.text));
            !block.mostly(block.out) && byline(block).is_none() && !caption
        };
        let mut chosen: Vec<usize> = (start..=last).filter(is_text).collect();
        let end = held.1.min(part.1);
        let tail = (last + 1..end).take(TAIL).take_while(|&at| !all[at].mostly(all[at].out));
        chosen.extend(tail.filter(is_text));
        Some(Self { title, blocks: chosen, headline, held })
    }

    /// The date that the page prints outside of the article's own blocks, such as above the headline.
    pub(super) fn printed_date(&self, blocks: &Blocks) -> Option<PartialDate> {
        let near = self.date_of(blocks, self.held.0, self.held.1);
        near.or_else(|| self.date_of(blocks, 0, blocks.all.len()))
    }

    /// The date of the page that blocks make as plain text, with the headline that is known.
    fn date_of(&self, blocks: &Blocks, start: usize, end: usize) -> Option<PartialDate> {
        let mut page = Article::default();
        let mut title = None;
        for (at, block) in blocks.all[start..end].iter().enumerate() {
            let from = page.text.len();
            page.text.push_str(&block.text);
            if self.headline == Some(start + at) {
                title = Some(Span::from_range(from..page.text.len()));
            }
            page.text.push_str("\n\n");
        }
        plain::read(&mut page, title);
        page.published
    }

    /// The author whom an element of its own names, beside the article.
    pub(super) fn printed_author(&self, blocks: &Blocks) -> Option<String> {
        let (start, end) = self.held;
        blocks.all[start..end].iter().find_map(byline).map(str::to_owned)
    }
}

/// The author whom a block names, where its element says that it does.
fn byline(block: &Block) -> Option<&str> {
    let names = block.mostly(block.author) && !block.mostly(block.out);
    if names { name_in(&block.text) } else { None }
}

/// Where a page holds several articles, each with a headline and a date of its own, the blocks of the longest.
fn longest(document: &Document, blocks: &Blocks, kept: &HashSet<NodeId>) -> Option<(usize, usize)> {
    let totals = totals(document, kept);
    let count = |node: &NodeRef<'_>| totals.get(&node.id).map_or(0, |total| total.kept);
    let mut node = document.root();
    let mut found = None;
    loop {
        let children: Vec<NodeRef<'_>> = node.element_children().into_iter().filter(|child| count(child) > 0).collect();
        let articles: Vec<&NodeRef<'_>> = children.iter().filter(|child| is_own(blocks, child)).collect();
        let same = |a: &NodeRef<'_>, b: &NodeRef<'_>| a.node_name() == b.node_name() && a.class() == b.class();
        node = match articles.as_slice() {
            [first, rest @ ..] if !rest.is_empty() && rest.iter().all(|other| same(first, other)) => {
                // The first of equals.
                let most = articles.iter().rev().max_by_key(|child| count(child))?;
                found = blocks.held.get(&most.id).copied();
                **most
            }
            _ => match children.as_slice() {
                [only] => *only,
                // Where most of the main text lies, articles may lie as well.
                several => match several.iter().max_by_key(|child| count(child)) {
                    Some(most) if 2 * count(most) > count(&node) => *most,
                    _ => return found,
                },
            },
        };
        if node.children_it(false).all(|child| !child.is_element()) {
            return found;
        }
    }
}

/// Whether an element holds an article of its own: a headline, and a line with a date.
fn is_own(blocks: &Blocks, node: &NodeRef<'_>) -> bool {
    let Some(&(start, end)) = blocks.held.get(&node.id) else { return false };
    let mut head = blocks.all[start..end].iter().take(5);
    let titled = head.clone().any(|block| block.mostly(block.titled));
    titled
        && head.any(|block| {
            block.chars <= DATELINE
                && !block.mostly(block.titled)
                && !dateline::printed(&folded(&block.text)).is_empty()
        })
}

/// Whether blocks are a list of articles: headlines that are links, with little text to each.
fn is_list(region: &[Block]) -> bool {
    let linked = |block: &&Block| block.mostly(block.titled) && 10 * block.links >= 9 * block.chars;
    let linked = region.iter().filter(linked).count();
    let text: usize = region.iter().filter(|block| !block.mostly(block.titled)).map(|block| block.kept).sum();
    linked >= TEASERS && text < linked * TEASER
}

/// The blocks of the smallest element in which nine tenths of the main text of a part stand.
fn core(blocks: &Blocks, part: (usize, usize)) -> (usize, usize) {
    let mut sums = vec![0];
    sums.extend(blocks.all.iter().scan(0, |sum, block| {
        *sum += block.kept;
        Some(*sum)
    }));
    let kept = |held: &(usize, usize)| sums[held.1] - sums[held.0];
    let most = |held: &&(usize, usize)| held.0 >= part.0 && held.1 <= part.1 && 10 * kept(held) >= 9 * kept(&part);
    blocks.held.values().filter(most).min_by_key(|held| held.1 - held.0).copied().unwrap_or(part)
}

/// The blocks of the smallest element that holds those from `start` to before `end`.
fn smallest(blocks: &Blocks, start: usize, end: usize) -> (usize, usize) {
    let holds = |held: &&(usize, usize)| held.0 <= start && held.1 >= end;
    blocks.held.values().filter(holds).min_by_key(|held| held.1 - held.0).copied().unwrap_or((start, end))
}

/// The block of the headline, and its text.
fn title(
    blocks: &Blocks,
    meta: &Meta,
    part: (usize, usize),
    first: usize,
    last: usize,
) -> (Option<usize>, Option<String>) {
    let all = &blocks.all;
    let known: Vec<String> = meta.titles.iter().map(|title| folded(title)).collect();
    let could_be = |at: usize| {
        let block = &all[at];
        let chars = block.text.chars().count();
        (8..=TITLE).contains(&chars) && block.text.contains(char::is_alphabetic)
    };
    let repeated = |at: &usize| {
        let key = folded(all[*at].text.trim_matches(blank));
        could_be(*at) && key.split(' ').count() >= 3 && known.iter().any(|known| names(known, &key))
    };
    // The headline of the metadata, in a heading before anything else.
    let candidates: Vec<usize> = (part.0..=last).filter(repeated).collect();
    let heading = candidates.iter().find(|&&at| all[at].mostly(all[at].titled) && !all[at].mostly(all[at].out));
    let whole = part == (0, all.len());
    let strong = heading.or_else(|| candidates.iter().find(|&&at| !all[at].mostly(all[at].out)));
    let prose = (first..=last).find(|&at| Shape::of(&all[at].text).is_prose()).unwrap_or(first);
    let weak = || {
        (part.0..prose).rfind(|&at| {
            let block = &all[at];
            could_be(at)
                && block.mostly(block.titled)
                && !block.mostly(block.out)
                && !is_site(&folded(&block.text))
                && block.text.split_whitespace().count() >= 3
        })
    };
    if let Some(at) = strong.copied().or_else(weak) {
        return (Some(at), Some(all[at].text.trim_matches(blank).to_owned()));
    }
    if !whole {
        return (None, None);
    }
    let told = meta.titles.iter().map(|title| without_site(title, meta.site.as_deref()));
    let told = told.into_iter().find(|title| title.split_whitespace().count() >= 4 && !is_site(&folded(title)));
    (None, told.map(str::to_owned))
}

/// Whether a title of the metadata is this headline, with the name of the site or section behind it.
fn names(known: &str, headline: &str) -> bool {
    known.strip_prefix(headline).is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.is_empty() || rest.starts_with(['-', '|', '»', '›', '·', ':', '.', '…'])
    })
}

/// A title without the name of the site: what stands behind the last ` - ` or ` | ` names it.
fn without_site<'t>(title: &'t str, site: Option<&str>) -> &'t str {
    let mut title = title.trim_matches(blank);
    for separator in [" | ", " - ", " – ", " » "] {
        if let Some((head, tail)) = title.rsplit_once(separator)
            && head.split_whitespace().count() >= 4
            && (separator == " | " || Some(tail) == site || is_site(&folded(tail)) || Shape::of(tail).name)
        {
            title = head.trim_matches(blank);
        }
    }
    title
}
