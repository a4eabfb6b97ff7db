//! The lines of a page, each taken for what it looks like on its own.

use super::dateline::{Printed, printed};
use super::furniture::{Beside, Kind, begins, contains, cover, made_of};
use super::line::{Folded, Line, lines, look};
use super::shape::{self, Shape};
use crate::date::PartialDate;
use crate::span::Span;

/// What a line is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Sentences.
    Prose,
    /// Anything that is neither sentences nor known: a title, a heading, an item of a list, a name.
    Text,
    /// A date, with nothing beside it but furniture.
    Date,
    Furniture(Kind),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) span: Span,
    pub(super) after_gap: bool,
    pub(super) class: Class,
    pub(super) shape: Shape,
    /// Whether a date stands in it.
    pub(super) dated: bool,
    /// Whether it turned out to belong to the page.
    pub(super) furniture: bool,
}

/// A date that could be the dateline.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) row: usize,
    pub(super) span: Span,
    pub(super) value: PartialDate,
    pub(super) weekday: bool,
    pub(super) place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// With `Đăng ngày` or the like.
    Published,
    /// With `Cập nhật` or the like.
    Updated,
    /// On a line of its own.
    Alone,
    /// In the line that names the source.
    Source,
    /// In brackets before the first sentence.
    Lead,
    /// Behind a title, in brackets or with a clock.
    Trailing,
}

/// Lines beyond this many bytes are sentences: neither a menu nor a headline is that long, and only their beginning is read.
const LONG: usize = 900;
/// A headline is not longer, in characters.
pub(super) const TITLE: u32 = 260;

pub(super) struct Page<'t> {
    pub(super) text: &'t str,
    pub(super) rows: Vec<Row>,
    pub(super) candidates: Vec<Candidate>,
    /// Parts of lines that belong to the page although the line does not.
    pub(super) credits: Vec<Span>,
    pub(super) sources: Vec<usize>,
    /// The row below the body that is the author's name alone.
    pub(super) signed: Option<usize>,
}

impl<'t> Page<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut page = Self {
            text,
            rows: Vec::new(),
            candidates: Vec::new(),
            credits: Vec::new(),
            sources: Vec::new(),
            signed: None,
        };
        for line in lines(text) {
            page.classify(line);
        }
        page.join_wrapped_lines();
        page
    }

    fn classify(&mut self, line: Line) {
        let original = &self.text[line.span.range()];
        let (folded, shape) = look(original, line.span.start as usize, LONG);
        let dates = if shape.chars >= 8 { printed(&folded.text) } else { Vec::new() };
        let class = if original.len() > LONG {
            self.long_line(&folded)
        } else {
            self.date_line(&folded, &dates, shape).unwrap_or_else(|| self.line(original, &folded, shape))
        };
        match class {
            Class::Furniture(Kind::Source) => {
                self.sources.push(self.rows.len());
                if let [date, ..] = dates.as_slice() {
                    self.candidate(&folded, date, Place::Source);
                }
            }
            Class::Prose => self.lead(&folded, &dates),
            Class::Text => self.trailing(&folded, &dates),
            _ => {}
        }
        if matches!(class, Class::Prose | Class::Text) {
            self.credit(&folded);
        }
        let furniture = matches!(class, Class::Furniture(kind) if kind != Kind::Source && !kind.is_weak());
        let dated = !dates.is_empty();
        self.rows.push(Row { span: line.span, after_gap: line.after_gap, class, shape, dated, furniture });
    }

    /// A line that is made of dates and what pages print beside them.
    fn date_line(&mut self, folded: &Folded, dates: &[Printed], shape: Shape) -> Option<Class> {
        let [first, ..] = dates else { return None };
        let line = &folded.text;
        // Sentences and long lines must be explained whole.
        let long = shape.is_prose() || shape.words > 20;
        let last = dates.last().unwrap_or(first);
        if long && !(Beside::explains(&line[..label_limit(line, first)]) && Beside::explains(&line[last.end..])) {
            return None;
        }
        let mut found = Vec::new();
        let (mut at, mut clear, mut names) = (0, true, true);
        let mut inherited = None;
        for date in dates {
            let mut date = *date;
            let beside = label_of(line, at, &mut date);
            inherited = beside.label.or(inherited);
            clear &= beside.is_clear();
            names &= self.capitalised(folded, &beside.unknown, at);
            found.push((date, inherited));
            at = date.end;
        }
        let after = Beside::new(&line[at..]);
        clear &= after.is_clear();
        names &= self.capitalised(folded, &after.unknown, at);
        let labelled = matches!(inherited, Some(Kind::Published | Kind::Updated));
        let timed = first.value.clock().is_some();
        // `Chuyên mục: Tin huyện | Ngày đăng: 12/03/2020`: what else the line tells is about the page, too.
        let before = line[..first.start].trim_end();
        let told = before.ends_with(':')
            && begins(line).is_some_and(|(kind, _)| kind != Kind::Source)
            && (labelled || before.ends_with("ngay:"));
        // `Báo Hà Giang điện tử | Thứ Năm, 03/02/2022`: the paper names itself.
        let paper = line.starts_with("bao ") && before.ends_with(['|', '-', '–', ',']);
        // `Thu Trà 10/09/2024`, `Đào Nguyên (09-01-2020)`: the author's name and the date.
        let signed = first.start > 0 && after.is_clear() && !line[first.start..].starts_with("ngay");
        let short = signed && shape.words <= 8 && shape.chars <= 60;
        let named = (labelled || timed || short) && names || paper || labelled && shape.words <= 16 && !shape.ends;
        if !clear && (long || !named && !told) {
            return None;
        }
        if inherited == Some(Kind::Today) || after.label == Some(Kind::Today) {
            return Some(Class::Furniture(Kind::Today));
        }
        for (date, label) in found {
            let place = match label {
                Some(Kind::Published) => Place::Published,
                Some(Kind::Updated) => Place::Updated,
                _ => Place::Alone,
            };
            self.candidate(folded, &date, place);
        }
        Some(Class::Date)
    }

    /// Whether the words left over in a piece of a folded line are written with capitals, as the author's name is; one
    /// word alone must be an abbreviation, as that of an agency.
    fn capitalised(&self, folded: &Folded, rest: &str, offset: usize) -> bool {
        let mut words = 0;
        let mut inside = false;
        let mut small = false;
        for (at, c) in rest.char_indices() {
            let letter = c.is_alphabetic();
            if letter {
                let span = folded.span(offset + at, offset + at + c.len_utf8());
                let upper = self.text[span.range()].starts_with(char::is_uppercase);
                if !inside && !upper {
                    return false;
                }
                words += usize::from(!inside);
                small |= !upper;
            }
            inside = letter;
        }
        (words != 1 || !small) && words <= 6
    }

    /// A line of sentences may begin with the date: `(30/06/2023) - …`, `Đăng ngày 30/06/2023: …`.
    fn lead(&mut self, folded: &Folded, dates: &[Printed]) {
        let [date, ..] = dates else { return };
        let mut date = *date;
        if date.start > 60 {
            return;
        }
        let beside = label_of(&folded.text, 0, &mut date);
        if !beside.is_clear() {
            // As an agency or a company begins: `Hà Nội, ngày 20/7/2021 - …`.
            let after = folded.text[date.end..].trim_start_matches([' ', ')']);
            let before = folded.text[..date.start].trim_end();
            if beside.label.is_none()
                && after.starts_with(['-', ':'])
                && before.ends_with(',')
                && self.capitalised(folded, &beside.unknown, 0)
            {
                self.candidate(folded, &date, Place::Lead);
            }
            return;
        }
        let before = folded.text[..date.start].trim_end();
        let after = folded.text[date.end..].trim_start();
        match beside.label {
            Some(Kind::Published) => self.candidate(folded, &date, Place::Published),
            Some(Kind::Updated) => self.candidate(folded, &date, Place::Updated),
            _ if before.ends_with(['(', '[']) && after.starts_with([')', ']']) => {
                self.candidate(folded, &date, Place::Lead);
            }
            _ => {}
        }
    }

    /// A headline may end with the date: in brackets, or with its clock.
    fn trailing(&mut self, folded: &Folded, dates: &[Printed]) {
        let Some(date) = dates.last() else { return };
        let printed = &folded.text[date.start..date.end];
        let before = folded.text[..date.start].trim_end();
        let after = &folded.text[date.end..];
        let bracketed = before.ends_with(['(', '[']) && !printed.starts_with("ngay");
        let timed = date.value.clock().is_some() && printed.contains(':');
        if (bracketed || timed) && !after.contains(char::is_alphanumeric) && !before.ends_with(':') {
            self.candidate(folded, date, Place::Trailing);
        }
    }

    fn candidate(&mut self, folded: &Folded, date: &Printed, place: Place) {
        let span = folded.span(date.start, date.end);
        let row = self.rows.len();
        self.candidates.push(Candidate { row, span, value: date.value, weekday: date.weekday, place });
    }

    fn long_line(&self, folded: &Folded) -> Class {
        match begins(&folded.text) {
            Some((kind @ (Kind::Licence | Kind::Stats | Kind::Menu | Kind::Poll), _)) => Class::Furniture(kind),
            _ => Class::Prose,
        }
    }

    fn line(&self, original: &str, folded: &Folded, shape: Shape) -> Class {
        let line = &folded.text;
        let prose = shape.is_prose();
        let long = prose && shape.chars > 160;
        if let Some((kind, colon)) = begins(line) {
            let fits = match kind {
                Kind::Licence => true,
                Kind::Source => !prose && (colon || line.contains("http") || line.contains(".vn") || shape.words <= 8),
                Kind::Byline => !long && (colon || shape.words <= 8),
                Kind::Site => shape.words <= 14,
                Kind::Menu => !prose && cover(line).phrases > 1,
                Kind::Weather => !prose && shape.words <= 8,
                _ => !long && (colon || !prose),
            };
            if fits {
                return Class::Furniture(kind);
            }
        }
        if is_source(line, shape) && !prose {
            return Class::Furniture(Kind::Source);
        }
        if let Some(kind) = made_of(line) {
            return Class::Furniture(kind);
        }
        if !prose {
            let cover = cover(line);
            if cover.phrases >= 3 && cover.inside > cover.outside {
                return Class::Furniture(Kind::Menu);
            }
        }
        let short = !prose && shape.chars <= 120;
        match if short || shape.words <= 60 { contains(line) } else { None } {
            Some(kind) if short => return Class::Furniture(kind),
            Some(Kind::Licence) if shape.words <= 60 => return Class::Furniture(Kind::Licence),
            _ => {}
        }
        if is_file(line, shape) {
            return Class::Furniture(Kind::File);
        }
        if is_address(line) {
            return Class::Furniture(Kind::Share);
        }
        if is_caption(line) {
            return Class::Furniture(Kind::Caption);
        }
        if !prose && (is_path(original, shape) || is_columns(original)) {
            return Class::Furniture(Kind::Menu);
        }
        if prose { Class::Prose } else { Class::Text }
    }

    /// The photographer's name behind a caption that names people: the caption tells of the event, the credit does not.
    fn credit(&mut self, folded: &Folded) {
        let line = &folded.text;
        if let Some(at) = shape::credit_at(line)
            && at > 0
        {
            self.credits.push(folded.span(at, line.len()));
        }
    }

    /// Lines that were wrapped are judged together: `…do` and `ông An chủ trì.` are one sentence.
    fn join_wrapped_lines(&mut self) {
        let text = |row: &Row| matches!(row.class, Class::Text | Class::Prose);
        let mut first = 0;
        while first < self.rows.len() {
            let mut end = first + 1;
            while end < self.rows.len()
                && text(&self.rows[end - 1])
                && text(&self.rows[end])
                && !self.rows[end].after_gap
                && self.rows[end].shape.continues
            {
                end += 1;
            }
            let group = &mut self.rows[first..end];
            if group.len() > 1 {
                let chars: u32 = group.iter().map(|row| row.shape.chars + 1).sum();
                let last = group[group.len() - 1].shape;
                let breaks = group.iter().any(|row| row.shape.breaks);
                if breaks || chars > TITLE || (last.ends && chars >= 40) {
                    group.iter_mut().for_each(|row| row.class = Class::Prose);
                }
            }
            first = end;
        }
    }
}

/// What stands before a date from byte `from` on. Where `ngày` belongs to the label, as in `Đăng ngày`, the date loses it.
fn label_of(line: &str, from: usize, date: &mut Printed) -> Beside {
    let end = label_limit(line, date);
    let beside = Beside::new(&line[from..end]);
    if end > date.start && beside.label.is_some() && from + beside.label_end == end {
        date.start = end + (line[end..].len() - line[end..].trim_start().len());
    }
    beside
}

/// How far the label of a date may go: its first word can be `ngày`.
fn label_limit(line: &str, date: &Printed) -> usize {
    const DAY: &str = "ngay";
    if line[date.start..].starts_with(DAY) { date.start + DAY.len() } else { date.start }
}

/// `Theo TTXVN`, `Nguồn Lai Châu: https://…`.
fn is_source(line: &str, shape: Shape) -> bool {
    let line = line.trim_start_matches('(');
    let web = || ["http", "www.", ".vn", ".com", "ttxvn", "bao ", "cong "].iter().any(|mark| line.contains(mark));
    (line.starts_with("theo ") && shape.words <= 8 && shape.name)
        || (line.starts_with("nguon ") && shape.words <= 14 && web())
}

/// A file to download.
fn is_file(line: &str, shape: Shape) -> bool {
    let kinds = [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".rar", ".zip", ".ppt", ".pptx"];
    let ends =
        |kind: &&str| line.find(*kind).is_some_and(|at| !line[at + kind.len()..].starts_with(char::is_alphanumeric));
    // Full stops are common, and letters directly behind them are not.
    let glued = || line.as_bytes().windows(2).any(|pair| pair[0] == b'.' && pair[1].is_ascii_lowercase());
    shape.chars <= 160 && glued() && kinds.iter().any(ends)
}

/// A web address alone.
fn is_address(line: &str) -> bool {
    (line.starts_with("http://") || line.starts_with("https://") || line.starts_with("www.")) && !line.contains(' ')
}

/// A caption that names the photographer or stands in square brackets, and that tells of nobody in office.
fn is_caption(line: &str) -> bool {
    let bracketed = line.starts_with('[') && line.ends_with(']');
    let credited = shape::credit_at(line).is_some() && line.len() <= 300;
    (bracketed || credited) && !shape::names_office(line)
}

/// A bar of links with wide gaps between them.
fn is_columns(line: &str) -> bool {
    line.trim().split("   ").flat_map(|part| part.split('\t')).filter(|part| !part.trim().is_empty()).count() >= 3
}

/// The way to the page, `Tin tức » Kinh tế`, or a bar of links: short pieces between separators.
fn is_path(line: &str, shape: Shape) -> bool {
    if shape.ends || shape.chars > 250 {
        return false;
    }
    let marked = line.contains(['»', '›', '|', '•']) || line.contains(" > ") || line.contains(" >> ");
    let pieces = line.split(['»', '›', '|', '>', '•']).map(str::trim).filter(|piece| !piece.is_empty());
    let short = |piece: &str| piece.split_whitespace().count() <= 6 && !piece.contains(|c: char| c.is_ascii_digit());
    if marked {
        let starts = line.starts_with(['»', '›', '>', '•']);
        return pieces.clone().all(short) && (pieces.count() >= 2 || starts);
    }
    // Links that lost their separators stand apart by runs of blanks.
    let pieces = || line.split("  ").map(str::trim).filter(|piece| !piece.is_empty());
    pieces().count() >= 3 && pieces().all(short)
}
