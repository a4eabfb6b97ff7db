//! The parts of a page in plain text: title, dateline, body, source, and the furniture around and between them.
//!
//! A page is read line by line. Each line is told apart on its own; then the title is looked for above the body, the
//! body is followed down to where the page's own words begin, and of all dates that could be the dateline the
//! likeliest is taken. Each pass is linear in the length of the text.

use super::Article;
use super::dateline::{Printed, printed};
use super::furniture::{Beside, Kind, begins, contains, cover};
use super::line::{Folded, Line, lines};
use super::shape::{self, Shape};
use crate::date::PartialDate;
use crate::span::Span;

/// What a line is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// Sentences.
    Prose,
    /// Anything that is neither sentences nor known: a title, a heading, an item of a list, a name.
    Text,
    /// A date, with nothing beside it but furniture.
    Date,
    Furniture(Kind),
}

#[derive(Clone, Copy, Debug)]
struct Row {
    span: Span,
    after_gap: bool,
    class: Class,
    shape: Shape,
    /// Whether it turned out to belong to the page.
    furniture: bool,
}

/// A date that could be the dateline.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    row: usize,
    span: Span,
    value: PartialDate,
    weekday: bool,
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
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
const TITLE: u32 = 260;

/// Fills in the parts of `article` from its text.
pub(super) fn read(article: &mut Article) {
    let text = article.analysed();
    let mut page = Page::new(text);
    let title = page.title();
    let body = page.body(title);
    let source = page.source(body.0);
    let dateline = page.dateline(title, body);
    let (title, body) = page.spans(title, body);
    let furniture = page.furniture(dateline.map(|found| found.span));
    article.title = title;
    article.body = body;
    article.source = source;
    article.dateline = dateline.map(|found| found.span);
    article.published = dateline.map(|found| found.value);
    article.furniture = furniture;
}

struct Page<'t> {
    text: &'t str,
    rows: Vec<Row>,
    candidates: Vec<Candidate>,
    /// Parts of lines that belong to the page although the line does not.
    credits: Vec<Span>,
    sources: Vec<usize>,
}

impl<'t> Page<'t> {
    fn new(text: &'t str) -> Self {
        let mut page =
            Self { text, rows: Vec::new(), candidates: Vec::new(), credits: Vec::new(), sources: Vec::new() };
        for line in lines(text) {
            page.classify(line);
        }
        page.join_wrapped_lines();
        page
    }

    fn classify(&mut self, line: Line) {
        let original = &self.text[line.span.range()];
        let shape = Shape::of(original);
        let mut head = original.len().min(LONG);
        while !original.is_char_boundary(head) {
            head -= 1;
        }
        let folded = Folded::new(&original[..head], line.span.start as usize);
        let dates = if shape.chars >= 8 { printed(&folded.text) } else { Vec::new() };
        let class = if head < original.len() {
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
        self.rows.push(Row { span: line.span, after_gap: line.after_gap, class, shape, furniture });
    }

    /// A line that is made of dates and what pages print beside them.
    fn date_line(&mut self, folded: &Folded, dates: &[Printed], shape: Shape) -> Option<Class> {
        let [first, ..] = dates else { return None };
        let line = &folded.text;
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
        if !clear && !((labelled || timed) && names && !shape.is_prose() && shape.words <= 20) {
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

    /// Whether the words left over in a piece of a folded line are written with capitals, as the author's name is.
    fn capitalised(&self, folded: &Folded, rest: &str, offset: usize) -> bool {
        let mut words = 0;
        let mut inside = false;
        for (at, c) in rest.char_indices() {
            let letter = c.is_alphabetic();
            if letter && !inside {
                words += 1;
                let span = folded.span(offset + at, offset + at + c.len_utf8());
                if !self.text[span.range()].starts_with(char::is_uppercase) {
                    return false;
                }
            }
            inside = letter;
        }
        words != 1 && words <= 6
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
        let cover = cover(line);
        let menu = cover.phrases >= 3 && cover.inside > cover.outside && !prose;
        if let Some(kind) = cover.kind
            && (cover.outside == 0 || menu)
        {
            return Class::Furniture(if cover.outside == 0 { kind } else { Kind::Menu });
        }
        if !prose
            && shape.chars <= 120
            && let Some(kind) = contains(line)
        {
            return Class::Furniture(kind);
        }
        if shape.words <= 60 && contains(line) == Some(Kind::Licence) {
            return Class::Furniture(Kind::Licence);
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
        if !prose && is_path(original, shape) {
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

    /// The first and last row of the headline.
    fn title(&self) -> Option<(usize, usize)> {
        let rows = &self.rows;
        let top = rows.iter().position(|row| row.class == Class::Prose).unwrap_or(rows.len());
        let is_text = |row: &Row| row.class == Class::Text && row.shape.words >= 2 && row.shape.chars <= TITLE;
        let skipped = |row: &&(usize, &Row)| matches!(row.1.class, Class::Date | Class::Furniture(_));
        let mut above = None;
        let mut below = None;
        for (at, _) in rows[..top].iter().enumerate().filter(|(_, row)| row.class == Class::Date) {
            let before =
                rows[..at].iter().enumerate().rev().take(8).find(|row| !skipped(&row)).filter(|row| is_text(row.1));
            let after = rows[..top]
                .iter()
                .enumerate()
                .skip(at + 1)
                .take(8)
                .find(|row| !skipped(&row))
                .filter(|row| is_text(row.1));
            let before = before.map(|(row, _)| self.not_a_byline(row));
            if let Some(row) = before {
                let short = rows[row].shape.words < 5;
                match after {
                    // A section's name stands above the date, and the headline below it.
                    Some((after, _)) if short && rows[after].shape.words >= 5 => below = Some(after),
                    _ => above = Some(row),
                }
            } else if let Some((row, _)) = after {
                below = Some(row);
            }
        }
        let first = || {
            let texts = || rows[..top].iter().enumerate().filter(|(_, row)| is_text(row));
            let long = texts().find(|(_, row)| row.shape.words >= 5);
            long.or_else(|| texts().rfind(|(_, row)| row.shape.words >= 3)).map(|(row, _)| row)
        };
        let row = above.or(below).or_else(first)?;
        // A headline alone is the article itself.
        let goes_on = rows[row + 1..].iter().any(|row| matches!(row.class, Class::Text | Class::Prose));
        goes_on.then(|| self.whole_title(row, top))
    }

    /// The headline above a byline that stands between it and the date.
    fn not_a_byline(&self, row: usize) -> usize {
        match row.checked_sub(1) {
            Some(above)
                if self.rows[row].shape.name
                    && !self.rows[row].shape.capitals
                    && self.rows[row].shape.words <= 4
                    && self.rows[above].class == Class::Text
                    && self.rows[above].shape.words >= 5 =>
            {
                above
            }
            _ => row,
        }
    }

    /// A headline in capitals, or one that was wrapped, may go over several lines.
    fn whole_title(&self, row: usize, top: usize) -> (usize, usize) {
        let joined = |upper: usize, lower: usize| {
            let (upper, lower) = (&self.rows[upper], &self.rows[lower]);
            let text = upper.class == Class::Text && lower.class == Class::Text && !lower.after_gap;
            let capitals = upper.shape.capitals && lower.shape.capitals;
            let subject = upper.shape.capitals && upper.shape.words <= 3 && self.is_subject(lower);
            text && (capitals || subject || lower.shape.continues)
        };
        let (mut first, mut last) = (row, row);
        while first > 0 && row - first < 4 && joined(first - 1, first) {
            first -= 1;
        }
        while last + 1 < top && last - row < 4 && joined(last, last + 1) {
            last += 1;
        }
        (first, last)
    }

    /// `Về việc …`, as below the name of a document.
    fn is_subject(&self, row: &Row) -> bool {
        let line = &self.text[row.span.range()];
        line.starts_with("Về ") || line.starts_with("V/v")
    }

    /// The first row of the body and the one after its last; marks what belongs to the page.
    fn body(&mut self, title: Option<(usize, usize)>) -> (usize, usize) {
        let count = self.rows.len();
        let content = |row: &Row| matches!(row.class, Class::Text | Class::Prose);
        let from = title.map_or(0, |(_, last)| last + 1);
        let start = match title {
            Some(_) => (from..count).find(|&at| content(&self.rows[at]) && !self.is_author(at)),
            None => (0..count)
                .find(|&at| self.rows[at].class == Class::Prose)
                .or_else(|| (0..count).find(|&at| content(&self.rows[at]))),
        };
        let Some(start) = start else { return (count, count) };
        for at in 0..start {
            let in_title = title.is_some_and(|(first, last)| (first..=last).contains(&at));
            self.rows[at].furniture |= !in_title && self.rows[at].class != Class::Furniture(Kind::Source);
        }
        // How much of the article is still to come after each row.
        let mut prose_after = vec![0_u32; count + 1];
        let mut items_after = vec![0_u32; count + 1];
        for at in (start..count).rev() {
            let row = &self.rows[at];
            prose_after[at] = prose_after[at + 1] + if row.class == Class::Prose { row.shape.chars } else { 0 };
            items_after[at] = items_after[at + 1] + u32::from(row.class == Class::Text && row.shape.words >= 5);
        }
        let mut state = State::Article;
        let mut end = start;
        let mut before = 0;
        for at in start..count {
            let row = self.rows[at];
            let ahead = prose_after[at + 1];
            match row.class {
                Class::Furniture(Kind::Source) => {
                    if ahead == 0 && before > 0 && state == State::Article {
                        state = State::Signed;
                    }
                }
                Class::Furniture(kind) if kind.is_weak() => {
                    let inside = state == State::Article && (ahead > 0 || kind == Kind::Section);
                    if inside {
                        end = at + 1;
                    }
                    self.rows[at].furniture = !inside;
                }
                Class::Furniture(kind) => {
                    if kind.ends_article() && before > ahead {
                        state = State::Over;
                    } else if kind == Kind::Related && state != State::Over {
                        state = State::List;
                    } else if kind == Kind::Byline && ahead == 0 && before > 0 && state == State::Article {
                        state = State::Signed;
                    }
                }
                Class::Date => self.rows[at].furniture = state != State::Article,
                Class::Prose if state == State::Article || (state != State::Over && self.is_paragraph(at)) => {
                    state = State::Article;
                    before += row.shape.chars;
                    end = at + 1;
                }
                Class::Text if state == State::Article => {
                    if before > 0 && ahead == 0 && items_after[at + 1] <= 1 && self.is_byline(at, end) {
                        self.rows[at].furniture = true;
                        state = State::Signed;
                    } else {
                        end = at + 1;
                    }
                }
                Class::Prose | Class::Text => self.rows[at].furniture = true,
            }
            if matches!(state, State::List | State::Over) && self.rows[at].class != Class::Furniture(Kind::Source) {
                // Dates in lists and below them are of other articles.
                self.rows[at].furniture = true;
                self.rows[at].class = Class::Furniture(Kind::Related);
            }
        }
        while end > start + 1 && self.rows[end - 1].class == Class::Text && !self.has_letters(end - 1) {
            end -= 1;
            self.rows[end].furniture = true;
        }
        (start, end)
    }

    /// Sentences long enough to be the article going on after a list of links.
    fn is_paragraph(&self, at: usize) -> bool {
        let is_prose = |at: usize| self.rows.get(at).is_some_and(|row| row.class == Class::Prose);
        let row = &self.rows[at];
        let wrapped = (is_prose(at + 1) && !self.rows[at + 1].after_gap && row.shape.chars >= 50)
            || (at > 0 && is_prose(at - 1) && !row.after_gap && !self.rows[at - 1].furniture);
        wrapped || (row.shape.chars >= 120 && (row.shape.ends || row.shape.chars >= 250))
    }

    /// An author's name between headline and body.
    fn is_author(&self, at: usize) -> bool {
        let row = &self.rows[at];
        let alone = self.rows.get(at + 1).is_some_and(|next| next.class == Class::Prose || next.class == Class::Date);
        row.class == Class::Text && row.shape.name && !row.shape.capitals && (2..=4).contains(&row.shape.words) && alone
    }

    /// An author's name below the body, unless it signs a document: then the post stands above it.
    fn is_byline(&self, at: usize, end: usize) -> bool {
        let row = &self.rows[at];
        let names = row.shape.name && (row.shape.words >= 2 || row.shape.capitals);
        let above = &self.rows[end - 1];
        names && !self.is_signature(at) && !(above.class == Class::Text && self.is_signature(end - 1))
    }

    /// Whether the line is part of the signature of a document: a post, or `(Đã ký)`.
    fn is_signature(&self, at: usize) -> bool {
        let row = &self.rows[at];
        row.shape.words <= 20 && {
            let folded = Folded::new(&self.text[row.span.range()], 0);
            // What stands in brackets is where the author works.
            let line = folded.text.split('(').next().unwrap_or("").trim();
            shape::names_post(line) || folded.text.contains("da ky")
        }
    }

    fn has_letters(&self, at: usize) -> bool {
        self.text[self.rows[at].span.range()].contains(char::is_alphabetic)
    }

    /// The line that names the source; other lines of its kind belong to pictures.
    fn source(&mut self, start: usize) -> Option<Span> {
        let live = |&&at: &&usize| self.rows[at].class == Class::Furniture(Kind::Source) && !self.rows[at].furniture;
        let chosen = self.sources.iter().rev().find(|at| live(at) && **at >= start);
        let chosen = chosen.or_else(|| self.sources.iter().find(live)).copied();
        for &at in &self.sources {
            self.rows[at].furniture |= Some(at) != chosen;
        }
        chosen.map(|at| self.rows[at].span)
    }

    /// The likeliest of the dates that could be the dateline.
    fn dateline(&self, title: Option<(usize, usize)>, body: (usize, usize)) -> Option<Candidate> {
        let mut best: Option<(u8, Candidate)> = None;
        for &candidate in &self.candidates {
            let points = self.points(&candidate, title, body);
            if points > 0 && best.is_none_or(|(most, _)| points > most) {
                best = Some((points, candidate));
            }
        }
        best.map(|(_, candidate)| candidate)
    }

    fn points(&self, candidate: &Candidate, title: Option<(usize, usize)>, (start, end): (usize, usize)) -> u8 {
        let at = candidate.row;
        let row = &self.rows[at];
        match candidate.place {
            // In a list of other articles, or in the page's own lines below the article.
            _ if matches!(row.class, Class::Furniture(kind) if kind != Kind::Source) => 0,
            Place::Published => 9,
            Place::Updated => 6,
            Place::Source => u8::from(!row.furniture) * 4,
            Place::Lead => u8::from(at <= start) * 7,
            Place::Trailing => u8::from(title.is_some_and(|(first, last)| (first..=last).contains(&at))) * 2,
            Place::Alone if at > start => {
                if at + 1 < end {
                    1
                } else {
                    2
                }
            }
            Place::Alone => {
                let Some((first, last)) = title else { return 3 };
                let between = if at < first { at + 1..first } else { last + 1..at };
                let menu = self.rows[between.clone()].iter().any(|row| {
                    matches!(
                        row.class,
                        Class::Text | Class::Furniture(Kind::Menu | Kind::Section | Kind::Site | Kind::Search)
                    )
                });
                // The first line of a page is where it prints the reader's own date.
                let clocked = candidate.value.to_string().len() > "2020-01-01T00:00".len();
                let header = at == 0 && at < first && (candidate.weekday || clocked);
                match (header, menu || between.len() > 4) {
                    (true, true) => 0,
                    (true, false) => 3,
                    (false, true) => 3,
                    (false, false) => 7,
                }
            }
        }
    }

    /// Title and body as spans of the text.
    fn spans(&self, title: Option<(usize, usize)>, (start, end): (usize, usize)) -> (Option<Span>, Span) {
        let join = |first: usize, last: usize| Span::new(self.rows[first].span.start, self.rows[last].span.end);
        let title = title.map(|(first, last)| join(first, last));
        let body = if start < end { join(start, end - 1) } else { Span::default() };
        (title, body)
    }

    /// The furniture in the order of the text, without the dateline, neighbouring lines as one.
    fn furniture(&self, dateline: Option<Span>) -> Vec<Span> {
        let mut furniture: Vec<Span> = Vec::new();
        let mut credits = self.credits.iter().peekable();
        let mut open = false;
        for row in &self.rows {
            let mut pieces = [None; 2];
            let cut = dateline.filter(|dateline| row.span.contains(*dateline));
            while credits.next_if(|credit| credit.start < row.span.start).is_some() {}
            if row.furniture || (cut.is_some() && row.class == Class::Date) {
                pieces = match cut {
                    Some(cut) => [Some(Span::new(row.span.start, cut.start)), Some(Span::new(cut.end, row.span.end))],
                    None => [Some(row.span), None],
                };
                open &= cut.is_none();
            } else {
                open = false;
                if let Some(credit) = credits.next_if(|credit| credit.end <= row.span.end) {
                    pieces[0] = Some(*credit);
                }
            }
            for piece in pieces.into_iter().flatten() {
                let has_words = self.text[piece.range()].contains(char::is_alphanumeric);
                if piece.is_empty() || (cut.is_some() && !has_words) {
                    continue;
                }
                match furniture.last_mut() {
                    Some(last) if open => last.end = piece.end,
                    _ => furniture.push(piece),
                }
            }
            open = row.furniture && cut.is_none();
        }
        furniture
    }
}

/// What stands before a date from byte `from` on. Where `ngày` belongs to the label, as in `Đăng ngày`, the date loses it.
fn label_of(line: &str, from: usize, date: &mut Printed) -> Beside {
    const DAY: &str = "ngay";
    if !line[date.start..].starts_with(DAY) {
        return Beside::new(&line[from..date.start]);
    }
    let end = date.start + DAY.len();
    let beside = Beside::new(&line[from..end]);
    if beside.label.is_some() && from + beside.label_end == end {
        date.start = end + (line[end..].len() - line[end..].trim_start().len());
    }
    beside
}

/// Where a page stands when it is read from the body down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Article,
    /// Author or source are named: what follows is the page's, but a date may still be the article's.
    Signed,
    /// In a list of other articles, which may stand in the middle.
    List,
    /// Nothing after it belongs to the article.
    Over,
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
    shape.chars <= 160
        && kinds
            .iter()
            .any(|kind| line.find(kind).is_some_and(|at| !line[at + kind.len()..].starts_with(char::is_alphanumeric)))
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
