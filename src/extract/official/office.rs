//! Posts in parts: rank, body, level and place.

use std::ops::Range;

use super::name::{Letters, Reader};
use super::plain;
use super::words::{Body, LevelWord};
use crate::extract::abbreviations::Defined;
use crate::extract::{Level, Office};
use crate::segment::{AtomKind, Gap};

impl Reader<'_> {
    /// The post in parts. What the article defines counts before the table of abbreviations.
    pub(super) fn office(&self, post: Range<usize>, defined: &Defined) -> Office {
        let mut office = Office::default();
        let start = self.manner(post.start, &mut office);
        let Some((rank_end, _)) = self.rank(start).filter(|(end, _)| *end <= post.end) else {
            office.rank = plain(self.atoms, post);
            return office;
        };
        let written = self.words.written.longest(self.atoms, start).filter(|(end, _)| *end == rank_end);
        office.rank = written
            .map_or_else(|| plain(self.atoms, start..rank_end), |(_, written)| written.rank.clone().into_string());
        let capitals = post.len() > 1 && post.clone().all(|i| !self.is_lower(i) && self.letters(i) != Letters::Title);
        let mut body = Parts { head: rank_end, capitals, ..Parts::default() };
        let mut p = rank_end;
        let leads = self.words.leaders.longest(self.atoms, start).is_some_and(|(end, ())| end == rank_end);
        if leads && let Some(noun) = self.unit_noun(p, post.end) {
            let end = self.qualifiers(noun, post.end);
            office.rank = plain(self.atoms, start..end);
            // `Trưởng BCĐ`: the abbreviation begins with the noun.
            if self.letters(p) == Letters::Capitals {
                let short = plain(self.atoms, p..noun);
                let long = self.words.abbreviations.expand(&short, defined);
                if let Some((noun, _)) = long.split_once(' ') {
                    office.rank = format!("{} {noun}", plain(self.atoms, start..rank_end));
                }
            }
            // `Trưởng phòng Nội vụ` is of a `phòng Nội vụ`, `Phó Trưởng Ban Thường trực Ban Dân tộc` of a `Ban Dân tộc`.
            let own =
                self.body(end).is_some_and(|(_, kind)| !matches!(kind, Body::Field | Body::Level | Body::Qualifier));
            body.head = if own || end == post.end { end } else { p };
            body.noun_only = (!own).then_some(end);
            p = end;
        } else {
            let end = self.qualifiers(p, post.end);
            if end > p {
                office.rank.push(' ');
                office.rank.push_str(&plain(self.atoms, p..end));
                (p, body.head) = (end, end);
            }
        }
        // `Phó Giám đốc phụ trách Sở Y tế`
        if self.atoms.lower(p) == "phụ" && self.atoms.lower(p + 1) == "trách" {
            office.acting = true;
            p += 2;
            body.head = p;
        }
        self.parts(p, post.end, &mut body);
        office.level = self.level(start, post.end, &body);
        office.place = body.place.clone().map(|place| plain(self.atoms, place));
        let held = written.and_then(|(_, written)| written.body.as_deref());
        office.body = self.body_name(&body, held, defined);
        if capitals {
            soften(&mut office, written.is_none());
        }
        office
    }

    /// Reads `nguyên`, `quyền`, `Q.`, `tân` at `at`, and `nguyên là` before it.
    fn manner(&self, at: usize, office: &mut Office) -> usize {
        office.former = at > 1 && self.atoms.lower(at - 1) == "là" && self.atoms.lower(at - 2) == "nguyên";
        if self.rank(at).is_some() {
            return at;
        }
        match self.atoms.lower(at) {
            "nguyên" | "cựu" => office.former = true,
            "quyền" | "q" => office.acting = true,
            // Newly in office.
            "tân" => {}
            _ => return at,
        }
        at + 1 + usize::from(self.atoms.text(at + 1) == ".")
    }

    /// Where the noun ends that `Trưởng` or `Phó` leads: `Ban`, `phòng`, `khu phố`.
    fn unit_noun(&self, at: usize, end: usize) -> Option<usize> {
        let level = self.body(at).filter(|(next, kind)| *kind == Body::Level && *next <= end);
        level.map(|(next, _)| next).or_else(|| (at < end && self.words.is_unit(self.atoms.lower(at))).then_some(at + 1))
    }

    /// Where the words end that belong to the rank before `at`: `Thường trực`, `chuyên trách`.
    fn qualifiers(&self, mut at: usize, end: usize) -> usize {
        while at < end {
            if self.atoms.lower(at) == "thường" && self.atoms.lower(at + 1) == "trực" && at + 2 <= end {
                at += 2;
                continue;
            }
            match self.body(at) {
                // `Phó Trưởng phòng Cơ sở hạ tầng`: in capitals it names the unit.
                Some((next, Body::Qualifier)) if next <= end && self.is_lower(at) => at = next,
                _ => break,
            }
        }
        at
    }

    /// Finds where the body ends, and the unit and place behind it.
    fn parts(&self, start: usize, end: usize, body: &mut Parts) {
        let mut last = None;
        let mut p = start;
        // The noun that is led may be a unit of the country itself: `Trưởng thôn Đông`.
        if let Some(noun) = body.noun_only.filter(|_| start > 0)
            && noun == start
            && self.body(body.head).is_some_and(|(next, kind)| kind == Body::Level && next == start)
        {
            body.end = body.head;
            body.place = self.place(start, end).or_else(|| self.numbered(body.head, start, end));
            return;
        }
        while p < end {
            if self.is_abbreviation_of_unit(p) {
                body.end = p;
                body.place = self.place(p + 2, end).or_else(|| self.numbered(p, p + 2, end));
                return;
            }
            // `Đại sứ Việt Nam`
            if p == start
                && let Some((next, LevelWord::Country)) = self.words.levels.longest(self.atoms, p)
            {
                (body.end, body.place) = (p, Some(p..next.min(end)));
                return;
            }
            if let Some((next, kind)) = self.body(p) {
                if kind == Body::Level && self.is_lower(p) | (next < end || p > start) {
                    body.end = p;
                    body.place = self.place(next, end).or_else(|| self.numbered(p, next, end));
                    return;
                }
                body.named |= kind == Body::Named;
                last = Some(kind);
                p = next.min(end);
                continue;
            }
            if self.atoms.lower(p) == "khóa" {
                body.end = p;
                return;
            }
            let complete = matches!(last, Some(Body::Local | Body::Field | Body::Whole)) && !body.named;
            if let Some(next) = self.country(p).filter(|_| p == start || complete) {
                body.end = p;
                body.place = Some(p..next);
                return;
            }
            let name = if body.capitals { Letters::Capitals } else { Letters::Title };
            if complete && self.letters(p) == name {
                body.end = p;
                body.place = self.place(p, end);
                return;
            }
            p += 1;
        }
        body.end = end;
    }

    /// The capitalised name at `at`.
    fn place(&self, at: usize, end: usize) -> Option<Range<usize>> {
        let at = at + usize::from(self.atoms.text(at) == ".");
        let mut p = at;
        while p < end
            && self.atoms.gap(p) < Gap::Paragraph
            && (self.letters(p) != Letters::Other
                || matches!(self.atoms.text(p), "-" | "–" | "'" | "’") && p > at && p + 1 < end)
            && self.atoms.lower(p) != "khóa"
            && !self.body(p).is_some_and(|(_, kind)| p > at && kind == Body::Level)
        {
            p += 1;
        }
        (p > at).then_some(at..p)
    }

    /// A unit that has a number for a name, which means nothing alone: `quận 3`.
    fn numbered(&self, unit: usize, at: usize, end: usize) -> Option<Range<usize>> {
        (at < end && self.atoms.kind(at) == Some(AtomKind::Digits)).then_some(unit..at + 1)
    }

    /// Whether `H.`, `Q.`, `TT.` stands at `at`, short for a unit of the country.
    pub(super) fn is_abbreviation_of_unit(&self, at: usize) -> bool {
        matches!(self.atoms.text(at), "H" | "Q" | "P" | "X" | "TX" | "TT")
            && self.atoms.text(at + 1) == "."
            && self.atoms.gap(at + 1) == Gap::None
    }

    /// The level that the words of a post tell.
    fn level(&self, start: usize, end: usize, body: &Parts) -> Option<Level> {
        let city = || {
            let place = self.key(body.place.clone()?);
            Some(if self.words.is_province(&place) { Level::Province } else { Level::District })
        };
        let mut country = None;
        let mut p = start;
        while p < end {
            if self.is_abbreviation_of_unit(p) {
                return match self.atoms.text(p) {
                    "H" | "Q" | "TX" => Some(Level::District),
                    _ => Some(Level::Commune),
                };
            }
            // `Sở` and `Bộ` are bodies, `cơ sở` and `chi bộ` are not.
            let part =
                |next: usize| next == p + 1 && self.is_lower(p) && !matches!(self.body(p), Some((_, Body::Level)));
            let found = self.words.levels.longest(self.atoms, p).filter(|(next, _)| *next <= end && !part(*next));
            let Some((next, &word)) = found else {
                p += 1;
                continue;
            };
            match word {
                // A school has a place, not a level; nor has `Bộ` as the name of a post's own field.
                LevelWord::Level(_) | LevelWord::City if body.named => return None,
                LevelWord::Level(level) => return Some(level),
                LevelWord::City => return city(),
                LevelWord::Country => country = Some(Level::Central),
                LevelWord::None => {}
            }
            p = next;
        }
        country
    }

    /// The body on one line, abbreviations written out.
    fn body_name(&self, body: &Parts, held: Option<&str>, defined: &Defined) -> Option<String> {
        // The noun alone says no more than the rank.
        let alone = body.noun_only.is_some_and(|noun| noun >= body.end);
        let mut end = body.end;
        while end > body.head && matches!(self.atoms.lower(end - 1), "của" | "và" | "," | "-" | "–") {
            end -= 1;
        }
        let mut p = body.head;
        while p < end && matches!(self.atoms.lower(p), "của" | "tại") {
            p += 1;
        }
        let mut name = held.unwrap_or_default().to_owned();
        if p < end && !alone {
            let printed = plain(self.atoms, p..end);
            // `Trung tâm Kiểm soát bệnh tật (CDC)`: the name is written out already.
            let short = printed.rfind('(').filter(|&at| {
                let inside = printed[at + 1..].strip_suffix(')');
                inside.is_some_and(|inside| inside.chars().all(char::is_uppercase))
            });
            let printed = short.map_or(printed.as_str(), |at| printed[..at].trim_end());
            if !name.is_empty() && !printed.is_empty() {
                name.push(' ');
            }
            name.push_str(&self.words.abbreviations.expand(printed, defined));
        }
        capitalise(&mut name);
        (!name.is_empty()).then_some(name)
    }
}

/// Where the parts of a post stand.
#[derive(Debug, Default)]
struct Parts {
    /// The first atom of the body.
    head: usize,
    /// The atom behind it.
    end: usize,
    place: Option<Range<usize>>,
    /// Whether the whole post is printed in capitals.
    capitals: bool,
    /// Where the noun ends that the rank took, if the body begins with it.
    noun_only: Option<usize>,
    /// Whether it has a name of its own, so that names in it are no places.
    named: bool,
}

/// Writes the first letter large.
fn capitalise(text: &mut String) {
    if let Some(first) = text.chars().next().filter(|c| c.is_lowercase()) {
        let upper: String = first.to_uppercase().collect();
        text.replace_range(..first.len_utf8(), &upper);
    }
}

/// Writes what is printed in capitals in small letters, but for the first one; of names, the first of each syllable.
fn soften(office: &mut Office, rank: bool) {
    let lower = |text: &mut String| {
        *text = text.to_lowercase();
        capitalise(text);
    };
    if rank {
        lower(&mut office.rank);
    }
    if let Some(body) = &mut office.body {
        lower(body);
    }
    if let Some(place) = &mut office.place {
        let syllables = place.split(' ').map(|syllable| {
            let mut syllable = syllable.to_lowercase();
            capitalise(&mut syllable);
            syllable
        });
        *place = syllables.collect::<Vec<_>>().join(" ");
    }
}
