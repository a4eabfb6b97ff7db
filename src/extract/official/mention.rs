//! Mentions: honorifics, posts and names as they stand together, alone or in lists.

use std::ops::Range;

use super::name::{Letters, Reader};
use super::post::Post;
use super::words::Honorific;
use crate::segment::{AtomKind, Gap};

/// The most posts that are read for a name, before it and behind it. More are read over.
const MOST_POSTS: usize = 16;

/// The most honorifics and titles in a row: `đồng chí GS, TS, Thầy thuốc Nhân dân`.
const MOST_HONORIFICS: usize = 12;

/// A named person, as one place in the text prints it.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) name: Range<usize>,
    pub(super) posts: Vec<Range<usize>>,
    /// Called `đồng chí`, as those in office are.
    pub(super) comrade: bool,
    /// All that belongs to it: honorifics, posts and name.
    pub(super) all: Range<usize>,
}

/// Posts without a name.
#[derive(Clone, Debug)]
pub(super) struct Lone {
    /// With the honorific.
    pub(super) all: Range<usize>,
    pub(super) posts: Vec<Range<usize>>,
    pub(super) honoured: bool,
}

/// What the grammar finds, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) mentions: Vec<Mention>,
    pub(super) lone: Vec<Lone>,
}

/// What stands before a name.
#[derive(Debug, Default)]
struct Lead {
    posts: Vec<Range<usize>>,
    comrade: bool,
    honoured: bool,
    plural: bool,
    name: Option<Range<usize>>,
}

impl Reader<'_> {
    /// All mentions, in the order of the text.
    pub(super) fn mentions(&self) -> Found {
        let mut found = Found::default();
        let mut at = 0;
        while at < self.atoms.len() {
            if self.is_plain(at) {
                at += 1;
                continue;
            }
            at = match self.inside_body(at) {
                Some(next) => next,
                None => self.group(at, &mut found).max(at + 1),
            };
        }
        found
    }

    /// Where a body ends that begins at `at`, so that the rank in it is not read: `Bộ Tư lệnh`, `Văn phòng Chủ tịch nước`.
    fn inside_body(&self, at: usize) -> Option<usize> {
        let (next, _) = self.body(at)?;
        let other = self.rank(at).is_some() || self.honorific(at).is_some() || self.surname(at).is_some();
        (next > at + 1 && !other).then_some(next)
    }

    /// Reads a person or a list of persons at `start`; the atom behind what was read, or `start` when there is none.
    fn group(&self, start: usize, found: &mut Found) -> usize {
        if self.atoms.kind(start) != Some(AtomKind::Letters) {
            return start;
        }
        let Some((end, lead)) = self.lead(start) else { return start };
        let Some(mut name) = lead.name.clone() else {
            if !lead.posts.is_empty() && !lead.plural {
                found.lone.push(Lone { all: start..end, posts: lead.posts, honoured: lead.honoured });
            }
            return end;
        };
        let mentions = &mut found.mentions;
        let mut from = start;
        let mut joined = mentions.last().is_some_and(|last| last.name.end + 1 == start && self.is_and(last.name.end));
        let mut shared = true;
        loop {
            let before = if shared { lead.posts.clone() } else { Vec::new() };
            let (end, posts, many) = self.posts_after(name.end, !before.is_empty() && !lead.plural);
            if joined && many {
                share(mentions, &posts, self);
            }
            let mut all = before;
            all.extend(posts);
            mentions.push(Mention { name, posts: all, comrade: lead.comrade, all: from..end });
            // The next of a list.
            let Some(next) = self.list_separator(end, lead.plural) else { return end };
            let Some(listed) = self.listed(next, &lead) else { return end };
            joined = lead.plural && lead.posts.is_empty() && mentions.last().is_some_and(|last| last.posts.is_empty());
            from = next;
            name = listed;
            shared = lead.plural;
        }
    }

    fn is_and(&self, at: usize) -> bool {
        matches!(self.atoms.lower(at), "và" | "," | "cùng")
    }

    /// What leads to a name at `start`, and the name.
    fn lead(&self, start: usize) -> Option<(usize, Lead)> {
        let mut lead = Lead::default();
        let mut p = start;
        if matches!(self.atoms.lower(p), "các" | "hai" | "ba") && self.head(p + 1).is_some() {
            lead.plural = true;
            p += 1;
        }
        p = self.honorifics(p, &mut lead);
        while let Some(post) = self.post(p, false) {
            p = post.atoms.end;
            if lead.posts.len() < MOST_POSTS {
                lead.posts.push(post.atoms);
            }
            if let Some(name) = post.name {
                p = name.end;
                lead.name = Some(name);
                return Some((p, lead));
            }
            match self.post_separator(p, false) {
                // `Thừa ủy quyền của Thủ tướng, Bộ trưởng …`, `đối với chủ tịch, Tổng thống …`: not the same person.
                Some(next) if self.is_mandate(start) || self.is_lower(start) && !self.is_lower(next) => {
                    lead.posts.clear();
                    p = next;
                }
                Some(next) => p = next,
                None => break,
            }
        }
        if lead.posts.is_empty() {
            return self.lead_without_posts(start, p, lead);
        }
        let behind = p;
        if matches!(self.atoms.text(p), "," | "-" | "–" | "—" | ":" | "(") || self.atoms.lower(p) == "là" {
            p += 1;
        } else if lead.plural && self.atoms.lower(p) == "gồm" {
            p += 1 + usize::from(matches!(self.atoms.lower(p + 1), "có" | ":"));
            p += usize::from(self.atoms.text(p) == ":");
        }
        let separated = p > behind;
        let from = p;
        let plural = lead.plural;
        if self.atoms.gap(p) < Gap::Paragraph {
            p = self.honorifics(p, &mut lead);
        }
        // `thừa ủy quyền của Chủ tịch UBND tỉnh, đồng chí …`: the post is that of another.
        if separated && p > from && self.is_mandate(start) {
            lead.posts.clear();
        }
        // `giữ chức Bí thư Thành ủy, các đồng chí …`: the post is not theirs.
        let others = separated && (self.is_office(start) || lead.plural && !plural && self.atoms.text(behind) == ",");
        lead.name = if others {
            None
        } else if p > from {
            let comma = separated && self.atoms.text(behind) == ",";
            self.honoured(p).filter(|name| !comma || name.len() > 1)
        } else if separated && self.atoms.text(behind) != "," && self.joins(p) {
            let sure = self.atoms.text(behind) != "(" && self.atoms.lower(behind) != "là";
            self.name(p).filter(|_| sure && (lead.plural || !self.is_guarded(p)))
        } else {
            None
        };
        if lead.name.is_none() {
            lead.name = self.signature(start, behind);
        }
        match &lead.name {
            Some(name) => Some((name.end, lead)),
            None => Some((behind, lead)),
        }
    }

    /// Whether somebody else acts for the holder of the post at `at`.
    fn is_mandate(&self, at: usize) -> bool {
        at > 1 && self.atoms.lower(at - 1) == "của" && matches!(self.atoms.lower(at - 2), "quyền" | "lệnh")
    }

    /// Whether the word before `at` makes what follows an office to be filled and not one that is held.
    fn is_office(&self, at: usize) -> bool {
        at > 0 && self.joins(at) && matches!(self.atoms.lower(at - 1), "chức" | "vụ" | "danh" | "làm" | "nhiệm")
    }

    /// The name of a signature: alone in its line, below a post in capitals that begins at `start` and ends at `at`.
    fn signature(&self, start: usize, at: usize) -> Option<Range<usize>> {
        if self.atoms.gap(at) < Gap::Line || (start..at).any(|i| self.letters(i) == Letters::Title) {
            return None;
        }
        if (start..at).any(|i| self.is_lower(i)) {
            return None;
        }
        let signed = (at..at + 5).find(|&i| self.atoms.text(i) == ")").filter(|_| self.atoms.text(at) == "(");
        let from = signed.map_or(at, |close| close + 1);
        let name = self.name(from)?;
        (self.letters(from) == Letters::Title && self.atoms.gap(name.end) >= Gap::Line).then_some(name)
    }

    fn lead_without_posts(&self, start: usize, mut p: usize, mut lead: Lead) -> Option<(usize, Lead)> {
        if p == start {
            // Only a post behind it makes a name that nothing introduces an official.
            let name = self.name(start).filter(|_| !self.is_guarded(start))?;
            let (_, posts, _) = self.posts_after(name.end, false);
            if posts.is_empty() {
                return None;
            }
            lead.name = Some(name);
            return Some((start, lead));
        }
        if lead.plural && self.letters(p) != Letters::Title {
            // `các đồng chí trong Thường trực Huyện ủy: …`
            let closes = |&i: &usize| matches!(self.atoms.text(i), ":" | "." | ";") || self.atoms.gap(i) > Gap::Line;
            let colon = (p..p + 24).find(closes)?;
            if self.atoms.text(colon) == ":" && self.atoms.gap(colon) < Gap::Paragraph {
                p = self.honorifics(colon + 1, &mut lead);
            }
        }
        if self.atoms.gap(p) == Gap::Paragraph && !lead.plural {
            return Some((p, lead));
        }
        lead.name = self.honoured(p);
        Some((lead.name.as_ref().map_or(p, |name| name.end), lead))
    }

    /// Reads honorifics and titles at `at`.
    fn honorifics(&self, mut at: usize, lead: &mut Lead) -> usize {
        // Where no name follows, the next one is read from anew.
        for _ in 0..MOST_HONORIFICS {
            let Some((next, kind)) = self.honorific(at) else { break };
            if kind == Honorific::None || (at > 0 && lead.honoured && !self.joins(at)) {
                break;
            }
            lead.honoured = true;
            lead.comrade |= matches!(kind, Honorific::Comrade | Honorific::Comrades);
            lead.plural |= kind.is_plural();
            at = next;
            // `PGS.TS. Lê`, `GS, TS Lê`
            if kind == Honorific::Title && self.atoms.text(at) == "." {
                at += 1;
            }
            if kind == Honorific::Title && self.atoms.text(at) == "," && self.honorific(at + 1).is_some() {
                at += 1;
            }
            if kind.is_plural() && self.atoms.text(at) == ":" {
                at += 1;
            }
        }
        at
    }

    /// The posts behind a name that ends before `at`: where they end, and whether several persons can share the first.
    fn posts_after(&self, at: usize, has_posts: bool) -> (usize, Vec<Range<usize>>, bool) {
        let none = (at, Vec::new(), false);
        let mut p = self.aside(at);
        let open = self.atoms.text(p);
        let bracket = open == "(";
        p = match open {
            "," | "-" | "–" | "—" | "(" | "|" => p + 1,
            ":" if self.head(p + 1).is_some() && !self.is_lower(p + 1) => p + 1,
            _ if self.atoms.lower(p) == "là" && self.letters(p + 1) != Letters::Other => p + 1,
            _ if matches!(self.atoms.lower(p), "nguyên" | "hiện") && self.atoms.lower(p + 1) == "là" => p + 2,
            _ if self.letters(p) != Letters::Other && self.joins(p) => p,
            // Who is elected again holds the post already.
            _ => match (self.atoms.lower(p), self.atoms.lower(p + 1), self.atoms.lower(p + 2)) {
                ("tái", "đắc", "cử") => p + 3,
                ("tái", "cử", _) => p + 2,
                _ => return none,
            },
        };
        let mut posts: Vec<Range<usize>> = Vec::new();
        let mut many = false;
        let mut end = at;
        while self.atoms.gap(p) < Gap::Paragraph
            && let Some(post) = self.post(p, true)
        {
            if self.leads_on(&post) {
                // The post belongs to the name behind it; so do those before it if this name has its own.
                if has_posts {
                    return none;
                }
                break;
            }
            let short = self.atoms.gap(at - 1) < Gap::Paragraph && self.honorific_before(at - 1);
            if !posts.is_empty() && self.is_audience(&post) || (has_posts || short) && self.is_subject(&post) {
                break;
            }
            many |= posts.is_empty() && post.many;
            p = post.atoms.end;
            end = p;
            if posts.len() < MOST_POSTS {
                posts.push(post.atoms);
            }
            match self.post_separator(p, true) {
                Some(next) => p = next,
                None => break,
            }
        }
        if posts.is_empty() {
            return none;
        }
        if bracket && self.atoms.text(end) == ")" {
            end += 1;
            // `(…), Bí thư …`
            if self.atoms.text(end) == "," && self.head(end + 1).is_some() {
                let (next, more, _) = self.posts_after(end, true);
                posts.extend(more);
                end = next;
            }
        }
        (end, posts, many)
    }

    /// Whether a name follows a post directly, so that the post is that person's.
    fn leads_on(&self, post: &Post) -> bool {
        if post.name.is_some() {
            return true;
        }
        let end = post.atoms.end;
        let mut lead = Lead::default();
        let p = self.honorifics(end, &mut lead);
        p > end && self.joins(end) && self.honoured(p).is_some()
    }

    /// Whether an honorific stands directly before the atom at `at`, so that a name of one syllable stands there.
    fn honorific_before(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.honorific(before)).is_some_and(|(next, _)| next == at)
    }

    /// Whether a rank alone behind a person whose post is known begins a clause: `… Trần Văn Sơn, Thủ tướng yêu cầu`.
    fn is_subject(&self, post: &Post) -> bool {
        let end = post.atoms.end;
        let alone = self.rank(post.atoms.start).is_some_and(|(rank, _)| rank == end);
        let quote = matches!(self.atoms.text(end), "\"" | "“" | "'" | "”");
        alone && (quote || self.stop(end).is_some())
    }

    /// Whether the post names those present in general: `đại biểu các sở, ngành`.
    fn is_audience(&self, post: &Post) -> bool {
        self.is_lower(post.atoms.start) && {
            let next = self.atoms.lower(post.atoms.end);
            matches!(next, "các" | "lãnh" | "đại" | "và" | "những" | "là" | "cùng") && post.atoms.len() <= 2
                || self.atoms.lower(post.atoms.start.wrapping_sub(1)) == "và"
        }
    }

    /// Skips what may stand between a name and its posts: `(bên trái)`, `, sinh năm 1970`, `, dân tộc Thái`, `, 54 tuổi`.
    fn aside(&self, at: usize) -> usize {
        if self.atoms.text(at) == "("
            && self.head(at + 1).is_none()
            && let Some(close) = (at + 1..at + 12).find(|&i| self.atoms.text(i) == ")")
        {
            return close + 1;
        }
        let born = ["sinh", "sn", "dân", "quê", "trú", "ngụ", "nam", "nữ"].contains(&self.atoms.lower(at + 1));
        let aged = self.atoms.kind(at + 1) == Some(AtomKind::Digits) && self.atoms.lower(at + 2) == "tuổi";
        if self.atoms.text(at) != "," || !(born || aged) {
            return at;
        }
        let closes = |&i: &usize| matches!(self.atoms.text(i), "," | ";" | "." | ":") || self.atoms.gap(i) > Gap::Line;
        match (at + 2..at + 14).find(closes) {
            Some(comma) if self.atoms.text(comma) == "," && self.head(comma + 1).is_some() => comma,
            _ => at,
        }
    }

    /// Where the next post of the same person begins, behind the separator at `at`.
    fn post_separator(&self, at: usize, after_name: bool) -> Option<usize> {
        let mut p = self.term_of_office(at);
        match self.atoms.text(p) {
            "," | "-" | "–" | "—" | "/" => p += 1,
            _ if matches!(self.atoms.lower(p), "kiêm" | "và") => p += 1,
            _ => return None,
        }
        p = self.term_of_office(p);
        if self.atoms.text(p) == "," {
            p += 1;
        }
        if matches!(self.atoms.lower(p), "kiêm" | "đồng") && !after_name {
            p += 1;
        }
        if self.atoms.lower(p) == "kiêm" {
            p += 1;
        }
        if self.atoms.lower(p) == "đồng" && self.atoms.lower(p + 1) == "thời" {
            p += 2;
            if self.atoms.lower(p) == "là" {
                p += 1;
            }
        }
        (self.atoms.gap(p) < Gap::Paragraph && self.head(p).is_some()).then_some(p)
    }

    /// Skips `nhiệm kỳ 2021 - 2026` at `at`.
    fn term_of_office(&self, at: usize) -> usize {
        let mut p = at;
        if self.atoms.lower(p) != "nhiệm" || self.atoms.lower(p + 1) != "kỳ" {
            return at;
        }
        p += 2;
        while p < at + 5 && (self.atoms.kind(p) == Some(AtomKind::Digits) || matches!(self.atoms.text(p), "-" | "–"))
        {
            p += 1;
        }
        p
    }

    /// Where the next of a list begins, behind the separator at `at`.
    fn list_separator(&self, at: usize, plural: bool) -> Option<usize> {
        let at = self.term_of_office(at);
        match self.atoms.text(at) {
            ";" => Some(at + 1),
            "," if plural => Some(if self.atoms.lower(at + 1) == "và" { at + 2 } else { at + 1 }),
            "-" | "–" | "+" if plural && self.atoms.gap(at) == Gap::Line => Some(at + 1),
            _ if plural && self.atoms.lower(at) == "và" => Some(at + 1),
            _ => None,
        }
        .filter(|&next| self.atoms.gap(next) < Gap::Paragraph)
    }

    /// The name at `at` in a list: one with posts behind it, or any where the list holds several.
    fn listed(&self, at: usize, lead: &Lead) -> Option<Range<usize>> {
        let mut own = Lead::default();
        let from = self.honorifics(at, &mut own);
        if from > at && (lead.posts.is_empty() || own.plural) {
            return None;
        }
        let name = if from > at { self.honoured(from)? } else { self.honoured(from).filter(|name| name.len() > 1)? };
        let (_, posts, _) = self.posts_after(name.end, false);
        let fits = !posts.is_empty() || lead.plural && self.name(from).is_some();
        fits.then_some(name)
    }

    /// Whether the word before `at` makes what follows the name of a place or an author.
    pub(super) fn is_guarded(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        if !self.joins(at) {
            return false;
        }
        if self.atoms.kind(before) == Some(AtomKind::Digits)
            || before > 0
                && self.atoms.gap(before) == Gap::None
                && self.atoms.kind(before - 1) == Some(AtomKind::Digits)
                && self.atoms.kind(before) == Some(AtomKind::Letters)
        {
            return true;
        }
        self.words.is_guard(self.atoms.lower(before))
    }
}

/// Gives a post that several hold to those named just before who have none.
fn share(mentions: &mut [Mention], posts: &[Range<usize>], reader: &Reader<'_>) {
    let mut next: Option<Range<usize>> = None;
    for mention in mentions.iter_mut().rev() {
        let apart =
            next.as_ref().is_some_and(|next| next.start > mention.name.end + 3 || !reader.is_and(mention.name.end));
        if !mention.posts.is_empty() || apart {
            break;
        }
        mention.posts = posts.to_vec();
        next = Some(mention.name.clone());
    }
}
