//! The pass itself: clean stretches are copied, the rest is taken apart and put together again.

use super::chars::{self, Action};
use super::edits::Edits;
use super::quick::Word;
use super::{Style, scan, word};
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::char::{canonical_combining_class, compose, decompose_canonical};

/// Normalises `text`; without edits when `edits` is `None`.
pub(super) fn run<'t>(text: &'t str, style: Style, edits: Option<&mut Edits>) -> Cow<'t, str> {
    let Some(first) = scan::suspect(text, 0, style) else { return Cow::Borrowed(text) };
    let mut engine = Engine { text, style, out: String::new(), copied: 0, edits, entries: Vec::new() };
    let mut at = engine.chunk(first).start;
    loop {
        at = engine.words(at);
        match scan::suspect(text, at, style) {
            Some(found) => at = engine.chunk(found).start,
            None => break,
        }
    }
    if engine.copied == 0 {
        return Cow::Borrowed(text);
    }
    engine.out.push_str(&text[engine.copied..]);
    Cow::Owned(engine.out)
}

/// So many words without change send the pass back to the scan.
const FINE: usize = 8;

/// A character on its way, with the bytes of the original that it comes from.
#[derive(Clone, Copy, Debug)]
struct Entry {
    c: char,
    class: u8,
    start: usize,
    end: usize,
}

struct Engine<'t, 'e> {
    text: &'t str,
    style: Style,
    out: String,
    /// Bytes of `text` that `out` stands for.
    copied: usize,
    edits: Option<&'e mut Edits>,
    entries: Vec<Entry>,
}

impl Engine<'_, '_> {
    /// The stretch to look at when `at` is suspect. It begins with the border before, since a mark may follow that,
    /// and ends at the next one. When it would end in a character that is dropped, it goes on, so that the dropped
    /// character can join the space that follows.
    fn chunk(&self, at: usize) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let start =
            bytes[self.copied..at].iter().rposition(|&b| scan::is_border(b)).map_or(self.copied, |i| self.copied + i);
        let mut end = at;
        loop {
            end += 1;
            match bytes.get(end) {
                None => return start..bytes.len(),
                Some(&byte) if scan::is_border(byte) => {
                    let last = self.text[start..end].chars().next_back();
                    if !last.is_some_and(|c| matches!(chars::action(c), Action::Drop | Action::Joiner)) {
                        return start..end;
                    }
                }
                Some(_) => {}
            }
        }
    }

    /// Goes on word by word from `at`, a border, until many words in a row were fine. Returns where it stopped.
    fn words(&mut self, mut at: usize) -> usize {
        let mut fine = 0;
        while at < self.text.len() && fine < FINE {
            let word = match Word::read(self.text, at, self.style) {
                Ok(word) => word,
                Err(start) => {
                    let chunk = self.chunk(start);
                    at = chunk.end;
                    let before = self.copied;
                    self.rewrite(chunk);
                    fine = if self.copied == before { fine + 1 } else { 0 };
                    continue;
                }
            };
            at = word.end;
            if !word.is_changed() {
                fine += 1;
                continue;
            }
            fine = 0;
            if self.edits.is_some() {
                for (c, start, end, _) in word.letters().filter(|&(.., differs)| differs) {
                    self.edit(std::iter::once(c), start..end);
                }
            } else {
                self.copy(word.start());
                self.out.extend(word.letters().map(|(c, ..)| c));
                self.copied = word.end;
            }
        }
        at
    }

    fn rewrite(&mut self, chunk: Range<usize>) {
        let mut entries = std::mem::take(&mut self.entries);
        entries.clear();
        decompose(self.text, chunk.clone(), &mut entries);
        replace_look_alikes(&mut entries);
        reorder(&mut entries);
        compose_all(&mut entries);
        repair_words(&mut entries, self.style);
        if entries.is_empty() {
            // Nothing but dropped characters, from the first byte of the text to the last.
            self.copied = chunk.end;
        }
        self.emit(&mut entries);
        self.entries = entries;
    }

    /// Writes the entries. Those whose originals overlap, or changed places, form one piece.
    fn emit(&mut self, entries: &mut [Entry]) {
        let mut earliest = usize::MAX;
        for entry in entries.iter_mut().rev() {
            earliest = earliest.min(entry.start);
            entry.start = earliest;
        }
        let mut rest = &*entries;
        while let [first, ..] = rest {
            let (mut start, mut end) = (first.start, first.end);
            let mut len = 1;
            while let Some(next) = rest.get(len).filter(|next| next.start < end) {
                start = start.min(next.start);
                end = end.max(next.end);
                len += 1;
            }
            let (piece, after) = rest.split_at(len);
            rest = after;
            if !self.text[start..end].chars().eq(piece.iter().map(|e| e.c)) {
                self.edit(piece.iter().map(|e| e.c), start..end);
            }
        }
    }

    /// Copies what is the same, up to `to`.
    fn copy(&mut self, to: usize) {
        if self.copied == 0 {
            self.out.reserve(self.text.len());
        }
        self.out.push_str(&self.text[self.copied..to]);
    }

    fn edit(&mut self, new: impl Iterator<Item = char>, original: Range<usize>) {
        self.copy(original.start);
        let start = self.out.len();
        self.out.extend(new);
        self.copied = original.end;
        if let Some(edits) = &mut self.edits {
            edits.push(start..self.out.len(), original);
        }
    }
}

/// Fills `entries` with the canonical decomposition of the chunk, single characters replaced and dropped.
/// A dropped character belongs to the piece before it, unless that is part of a word and the next piece is not.
fn decompose(text: &str, chunk: Range<usize>, entries: &mut Vec<Entry>) {
    let base = chunk.start;
    let mut pending: Option<usize> = None;
    let mut starter: Option<char> = None;
    let characters = text[chunk.clone()].char_indices();
    for (i, c) in characters {
        let (start, end) = (base + i, base + i + c.len_utf8());
        let c = match chars::action(c) {
            Action::Keep => c,
            Action::Become(new) => new,
            Action::Joiner if starter.is_some_and(chars::keeps_joiner) => c,
            Action::Drop | Action::Joiner => {
                pending = pending.or(Some(start));
                continue;
            }
        };
        let mut start = start;
        if let Some(dropped) = pending.take() {
            match entries.last_mut() {
                Some(last) if !last.c.is_alphanumeric() || c.is_alphanumeric() || last.class != 0 => last.end = start,
                _ => start = dropped,
            }
        }
        decompose_canonical(c, |c| {
            let class = canonical_combining_class(c);
            if class == 0 {
                starter = Some(c);
            }
            entries.push(Entry { c, class, start, end });
        });
    }
    if pending.is_some()
        && let Some(last) = entries.last_mut()
    {
        last.end = chunk.end;
    }
}

/// Cyrillic and Greek letters inside a Latin word become the Latin letters that they look like, when all of them do
/// and at least half of the word is Latin. Other words stay as they are. Marks and joiners of any script do not end a
/// word here, so that a word without them is the same word.
fn replace_look_alikes(entries: &mut [Entry]) {
    if !entries.iter().any(|e| chars::is_cyrillic_or_greek(e.c)) {
        return;
    }
    for word in entries.chunk_by_mut(|a, b| in_any_word(a) == in_any_word(b)) {
        let foreign = word.iter().filter(|e| chars::is_cyrillic_or_greek(e.c));
        if foreign.clone().any(|e| chars::look_alike(e.c).is_none()) {
            continue;
        }
        let latin = word.iter().filter(|e| chars::is_latin(e.c)).count();
        if latin > 0 && latin >= foreign.count() {
            for entry in word {
                entry.c = chars::look_alike(entry.c).unwrap_or(entry.c);
            }
        }
    }
}

/// As [`in_word`], and what folding drops from words of other scripts.
fn in_any_word(entry: &Entry) -> bool {
    entry.c.is_alphabetic() || chars::is_mark(entry.c)
}

/// Letters, and marks on them.
fn in_word(entry: &Entry) -> bool {
    entry.class != 0 || entry.c.is_alphabetic()
}

/// Puts combining marks in canonical order.
fn reorder(entries: &mut [Entry]) {
    for run in entries.chunk_by_mut(|a, b| (a.class == 0) == (b.class == 0)) {
        if run.len() > 1 && run[0].class != 0 {
            run.sort_by_key(|e| e.class);
        }
    }
}

/// Canonical composition, in place.
fn compose_all(entries: &mut Vec<Entry>) {
    let mut starter: Option<usize> = None;
    let mut len = 0;
    for i in 0..entries.len() {
        let entry = entries[i];
        if let Some(s) = starter
            && (len == s + 1 || entries[len - 1].class < entry.class)
            && let Some(c) = compose(entries[s].c, entry.c)
        {
            let composed = &mut entries[s];
            composed.c = c;
            composed.start = composed.start.min(entry.start);
            composed.end = composed.end.max(entry.end);
            continue;
        }
        if entry.class == 0 {
            starter = Some(len);
        }
        entries[len] = entry;
        len += 1;
    }
    entries.truncate(len);
}

fn repair_words(entries: &mut Vec<Entry>, style: Style) {
    let (mut at, mut kept) = (0, 0);
    while at < entries.len() {
        let len = entries[at..].iter().take_while(|e| in_word(e)).count();
        if let Some(repaired) = word::repair(entries[at..at + len].iter().map(|e| e.c), style) {
            for &(c, taken) in repaired.letters() {
                let pieces = &entries[at..at + usize::from(taken)];
                let start = pieces.iter().map(|e| e.start).min().unwrap_or_default();
                let end = pieces.iter().map(|e| e.end).max().unwrap_or_default();
                at += usize::from(taken);
                entries[kept] = Entry { c, class: 0, start, end };
                kept += 1;
            }
        } else {
            entries.copy_within(at..at + len, kept);
            at += len;
            kept += len;
        }
        if let Some(&other) = entries.get(at) {
            entries[kept] = other;
            (at, kept) = (at + 1, kept + 1);
        }
    }
    entries.truncate(kept);
}
