//! The parts of a page in plain text: title, dateline, body, source, and the furniture around and between them.
//!
//! A page is read line by line. Each line is told apart on its own; then the title is looked for above the body, the
//! body is followed down to where the page's own words begin, and of all dates that could be the dateline the
//! likeliest is taken. Each pass is linear in the length of the text.

use super::Article;
use super::byline::name_in;
use super::furniture::{Kind, cover};
use super::line::folded;
use super::line::{Folded, look};
use super::page::{Candidate, Class, Page, Place, Row, TITLE};
use super::shape;
use crate::span::Span;

/// Fills in the parts of `article` from its text. A title that is known is not looked for.
pub(super) fn read(article: &mut Article, title: Option<Span>) {
    let text = article.analysed();
    let mut page = Page::new(text);
    let mut rows = match title {
        Some(known) => page.known_title(known),
        None => page.title(),
    };
    let mut body = page.body(rows);
    // Lines that look like a headline, with nothing below them, are the article itself.
    if title.is_none() && rows.is_some() && body.0 == page.rows.len() {
        rows = None;
        body = page.body(None);
    }
    let source = page.source(body.0);
    let dateline = page.dateline(rows, body);
    let author = page.author(body.0, dateline);
    let (title, body) = page.spans(rows, body);
    let furniture = page.furniture(dateline.map(|found| found.span), title);
    article.title = title;
    article.body = body;
    article.source = source;
    article.dateline = dateline.map(|found| found.span);
    article.published = dateline.map(|found| found.value);
    article.furniture = furniture;
    article.author = author;
}

impl Page<'_> {
    /// The first and last row of the headline.
    fn title(&self) -> Option<(usize, usize)> {
        let rows = &self.rows;
        let top = rows.iter().position(|row| row.class == Class::Prose).unwrap_or(rows.len());
        let is_text = |row: &Row| {
            let plausible = row.class == Class::Text && row.shape.words >= 2 && row.shape.chars <= TITLE;
            plausible && !(row.dated && self.is_place_and_day(row))
        };
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

    /// The rows of a headline that is known.
    fn known_title(&mut self, known: Span) -> Option<(usize, usize)> {
        let first = self.rows.iter().position(|row| known.overlaps(row.span))?;
        let count = self.rows[first..].iter().take_while(|row| known.overlaps(row.span)).count();
        for row in &mut self.rows[first..first + count] {
            row.class = Class::Text;
            row.furniture = false;
        }
        Some((first, first + count - 1))
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
        // `THÔNG BÁO` is the name of a section, too.
        if first == row && first > 0 && self.is_subject(&self.rows[row]) && !self.rows[row].after_gap {
            let above = &self.rows[first - 1];
            first -= usize::from(above.class == Class::Furniture(Kind::Section) && above.shape.capitals);
        }
        while last + 1 < top && last - row < 4 && joined(last, last + 1) {
            last += 1;
        }
        (first, last)
    }

    /// `An Bình, ngày 12 tháng 3 năm 2020`: where and when a document was issued.
    fn is_place_and_day(&self, row: &Row) -> bool {
        let line = &self.text[row.span.range()];
        row.shape.words <= 14
            && line.split(',').next().is_some_and(|place| {
                place.len() < line.len() && place.split_whitespace().count() <= 5 && look(place, 0, 0).1.name
            })
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
            let row = &mut self.rows[at];
            // The head of a reproduced document: the day in it is the document's, not the page's.
            let document = row.dated && matches!(row.class, Class::Text | Class::Prose);
            row.furniture |= !in_title && !document && row.class != Class::Furniture(Kind::Source);
            if in_title {
                row.furniture = false;
            }
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
                        self.signed = Some(at);
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
        wrapped || (row.shape.chars >= 100 && (row.shape.ends || row.shape.chars >= 250))
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

    /// Who wrote it: the name behind a label, else the one below the body, between headline and body, or beside the date.
    fn author(&self, start: usize, dateline: Option<Candidate>) -> Option<String> {
        let name = |at: usize| name_in(&self.text[self.rows[at].span.range()]);
        let labelled = |row: &Row| row.class == Class::Furniture(Kind::Byline) && row.shape.words <= 16;
        let label = |at: usize| self.text[self.rows[at].span.range()].contains(':');
        let with_label = (0..self.rows.len()).filter(|&at| labelled(&self.rows[at]) && label(at)).find_map(name);
        let above = || start.checked_sub(1).filter(|&at| self.is_author(at)).and_then(name);
        let beside = || dateline.and_then(|found| self.beside(found));
        with_label.or_else(|| self.signed.and_then(name)).or_else(above).or_else(beside).map(str::to_owned)
    }

    /// A name on the line of the date: `Thu Trà 10/09/2024`, `12/3/2020 | Thu Trà | 15 lượt xem`.
    fn beside(&self, date: Candidate) -> Option<&str> {
        let row = &self.rows[date.row];
        if row.class != Class::Date {
            return None;
        }
        let pieces = [row.span.start..date.span.start, date.span.end..row.span.end];
        let pieces =
            pieces.into_iter().flat_map(|piece| self.text[piece.start as usize..piece.end as usize].split('|'));
        pieces.filter_map(name_in).find(|name| {
            let words = name.split_whitespace();
            let capital = |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
            (2..=4).contains(&words.clone().count()) && words.clone().all(capital) && cover(&folded(name)).outside > 0
        })
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
                // A headline that was given may be a date itself.
                if (first..=last).contains(&at) {
                    return 2;
                }
                let between = if at < first { at + 1..first } else { last + 1..at };
                let menus = self.rows[between.clone()].iter().map(|row| match row.class {
                    Class::Text | Class::Furniture(Kind::Menu | Kind::Site | Kind::Search) => 2,
                    Class::Furniture(Kind::Section) => 1,
                    _ => 0,
                });
                let menu = menus.sum::<u32>() > 1;
                // At the head of a page, above all that is the article's, it prints the reader's own date.
                let clocked = candidate.value.to_string().len() > "2020-01-01T00:00".len();
                let header = at < first && self.rows[..at].iter().all(|row| row.furniture);
                let header = header && (candidate.weekday || clocked);
                match (header, menu || between.len() > 4) {
                    (true, true) => 0,
                    (true, false) => 3,
                    // Directly above the first sentence it is the article's, whatever was taken for the headline.
                    (false, true) => {
                        if at + 1 == start {
                            5
                        } else {
                            3
                        }
                    }
                    (false, false) => 7,
                }
            }
        }
    }

    /// Title and body as spans of the text.
    fn spans(&self, title: Option<(usize, usize)>, (start, end): (usize, usize)) -> (Option<Span>, Span) {
        let join = |first: usize, last: usize| Span::new(self.rows[first].span.start, self.rows[last].span.end);
        let title = title.map(|(first, last)| join(first, last));
        let none = Span::from_range(self.text.len()..self.text.len());
        let body = if start < end { join(start, end - 1) } else { none };
        (title, body)
    }

    /// The furniture in the order of the text, without the dateline, neighbouring lines as one.
    fn furniture(&self, dateline: Option<Span>, title: Option<Span>) -> Vec<Span> {
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
                if let Some(credit) = credits.next_if(|credit| credit.end <= row.span.end)
                    && !title.is_some_and(|title| title.overlaps(row.span))
                {
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
