//! The event that an article reports on, put together from the facts that other rules found.
//!
//! A noun that names an event (`hội nghị`, `kỳ họp`) or a verb that is one (`họp`, `gặp mặt`) counts where the first
//! sentences report it: somebody holds it (`tổ chức`, `chủ trì`), it takes place (`diễn ra`), or a body is its subject.
//! A conference that is merely spoken of has none of these and no date.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use super::phrases::{Phrases, one_line};
use super::tables::evidence;
use super::{Act, DateRole, Evidence, Fact, FactKind, Meeting, Rule, Table, Tables};
use crate::date::DateValue;
use crate::segment::{AtomKind, Atoms, Document, Gap};
use crate::span::Span;
use crate::table::{lines, rows};

/// How many sentences of the body report the event.
const LEAD: usize = 4;

/// The longest part of a sentence, in atoms, that is looked at.
const LONGEST_SENTENCE: usize = 160;

/// The longest name of an event, in atoms.
const LONGEST_NAME: usize = 36;

/// The most atoms between the beginning of a sentence and the verb of an event, or its place.
const REACH: usize = 48;

const MEETINGS: &str = include_str!("../data/meetings.tsv");
const AROUND: &str = include_str!("../data/meeting_words.tsv");

/// Puts together the event that an article reports on: at most one.
///
/// It reads what the rules before it found: the date of the event, the officials and what they do. The span covers the
/// name of the event, or the verb that stands for it. Time grows linearly with the text.
///
/// ```
/// use thoisu::{Analyzer, Article, FactKind};
///
/// let text = "Sáng 12/3/2024, Huyện ủy An Hòa tổ chức hội nghị sơ kết quý I. Đồng chí Lê Bá Quân, Bí thư Huyện ủy chủ trì.";
/// let analyzer = Analyzer::new();
/// let article = Article::from_text(text);
/// let facts = analyzer.facts(&analyzer.document(&article));
/// let meeting = facts.iter().find_map(|fact| match &fact.kind {
///     FactKind::Meeting(meeting) => Some(meeting),
///     _ => None,
/// });
/// let meeting = meeting.expect("an event");
/// assert_eq!(meeting.name.as_deref(), Some("hội nghị sơ kết quý I"));
/// assert_eq!(meeting.host.as_deref(), Some("Huyện ủy An Hòa"));
/// assert_eq!(meeting.chairs, ["Lê Bá Quân"]);
/// ```
#[derive(Clone, Debug)]
pub struct MeetingRule {
    words: Arc<Words>,
}

impl MeetingRule {
    /// With the words of these tables. Built-in words are read once and shared; where rows were added, they are read anew.
    #[must_use]
    pub fn new(tables: &Tables) -> Self {
        static BUILT_IN: LazyLock<Arc<Words>> = LazyLock::new(|| Arc::new(Words::load(&Tables::new())));
        let words = if tables.is_built_in() { Arc::clone(&BUILT_IN) } else { Arc::new(Words::load(tables)) };
        Self { words }
    }
}

impl Rule for MeetingRule {
    fn name(&self) -> &'static str {
        "meeting"
    }

    fn find(&self, document: &Document<'_>, facts: &mut Vec<Fact>) {
        let found = Reader::new(document, &self.words, facts).meeting();
        facts.extend(found);
    }

    fn explain(&self, document: &Document<'_>, fact: &Fact) -> Vec<Evidence> {
        let atoms = document.atoms();
        let own = document.atoms_of(fact.span);
        let event = self.words.events.longest(atoms, own.start);
        let row = event.and_then(|(end, _)| evidence("meetings.tsv", lines(MEETINGS), atoms.slice(own.start..end)));
        let held = self.words.hold.longest_before(atoms, own.start, 5);
        let held = held.and_then(|(at, ())| evidence("meeting_words.tsv", lines(AROUND), atoms.slice(at..own.start)));
        held.into_iter().chain(row).collect()
    }
}

/// What a phrase of `meetings.tsv` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    /// A noun, with its kind.
    Noun(&'static str),
    /// A verb, with its kind.
    Verb(&'static str),
    /// Looks like one.
    None,
}

#[derive(Debug)]
struct Words {
    events: Phrases<Event>,
    hold: Phrases<()>,
    join: Phrases<()>,
    does: Phrases<()>,
    cut: Phrases<()>,
    end: Phrases<()>,
    places: Phrases<()>,
    /// Bodies, and whether a name has to follow.
    bodies: Phrases<bool>,
}

impl Words {
    fn load(tables: &Tables) -> Self {
        let event = |row: &[&'static str]| match (row[1], row.get(2)) {
            ("noun", Some(kind)) => Event::Noun(kind),
            ("verb", Some(kind)) => Event::Verb(kind),
            _ => Event::None,
        };
        let around =
            |use_: &'static str| Phrases::new(rows(AROUND).filter(move |row| row[1] == use_).map(|row| (row[0], ())));
        let bodies = || tables.rows(Table::Bodies).filter(|row| !matches!(row[1], "field" | "qualifier"));
        Self {
            events: Phrases::new(rows(MEETINGS).map(|row| (row[0], event(&row)))),
            hold: around("hold"),
            join: around("join"),
            does: around("does"),
            cut: around("cut"),
            end: around("end"),
            places: around("place"),
            bodies: Phrases::new(bodies().map(|row| (row[0], row[1] == "level"))),
        }
    }
}

/// An event as one place of the text prints it.
struct Candidate {
    kind: &'static str,
    /// The noun with what belongs to it, or the verb.
    name: Range<usize>,
    /// Whether more than the noun is printed.
    named: bool,
    verb: bool,
    /// The first atom of the verb that holds it, or of the event's own.
    held_at: usize,
}

/// A sentence that may report the event.
struct Sentence {
    atoms: Range<usize>,
    /// The dates of events in it.
    dates: Vec<(Range<usize>, DateValue)>,
    /// Whether somebody in it chairs or attends.
    attended: bool,
}

struct Reader<'a> {
    document: &'a Document<'a>,
    atoms: &'a Atoms,
    words: &'a Words,
    facts: &'a [Fact],
    lead: Vec<Sentence>,
    title: Range<usize>,
    /// Officials in the title and the lead.
    persons: Vec<Range<usize>>,
}

impl<'a> Reader<'a> {
    fn new(document: &'a Document<'a>, words: &'a Words, facts: &'a [Fact]) -> Self {
        let article = document.article();
        let sentences = document.sentences();
        let first = sentences.partition_point(|sentence| sentence.span.end <= article.body.start);
        let mut lead: Vec<Sentence> = Vec::new();
        // Lines of a few words, such as headings, are passed over.
        for sentence in sentences[first..].iter().take(8 * LEAD) {
            if lead.len() == LEAD || sentence.span.start >= article.body.end {
                break;
            }
            let atoms = document.atoms_of(sentence.span);
            if document.is_furniture(sentence.span) || atoms.len() < 4 {
                continue;
            }
            let end = atoms.end.min(atoms.start + LONGEST_SENTENCE);
            lead.push(Sentence { atoms: atoms.start..end, dates: Vec::new(), attended: false });
        }
        let title = article.title.map_or(0..0, |title| document.atoms_of(title));
        let title = title.start..title.end.min(title.start + LONGEST_SENTENCE);
        let atoms = document.atoms();
        let mut reader = Self { document, atoms, words, facts, lead, title, persons: Vec::new() };
        reader.place_facts();
        reader
    }

    /// Notes which facts stand in the sentences of the lead.
    fn place_facts(&mut self) {
        let (Some(first), Some(last)) = (self.lead.first(), self.lead.last()) else { return };
        let zone = self.document.span(first.atoms.start.min(self.title.start)..last.atoms.end);
        for fact in self.facts.iter().filter(|fact| zone.contains(fact.span)) {
            let atoms = self.document.atoms_of(fact.span);
            if matches!(fact.kind, FactKind::Official(_)) {
                self.persons.push(atoms.clone());
            }
            let Some(sentence) = self.lead.iter_mut().find(|sentence| sentence.atoms.contains(&atoms.start)) else {
                continue;
            };
            match &fact.kind {
                FactKind::Date(date) if date.role == DateRole::Event => sentence.dates.push((atoms, date.value)),
                FactKind::Official(official) => {
                    sentence.attended |= matches!(official.act, Some(Act::Chair | Act::Attend));
                }
                _ => {}
            }
        }
    }

    fn meeting(&self) -> Option<Fact> {
        let title = self.titled();
        let found = (0..self.lead.len()).find_map(|i| Some((i, self.reported(i, title.as_ref())?)));
        let (sentence, event) = match (found, title) {
            // The title names what the text only tells of: `họp` of `Hội nghị Ban Chấp hành …`.
            (Some((i, event)), Some(title)) if event.verb && !title.verb => {
                (i, Candidate { held_at: event.held_at, verb: true, ..title })
            }
            (Some(found), _) => found,
            (None, Some(title)) => {
                let dated = self.lead.iter().take(2).position(|sentence| !sentence.dates.is_empty())?;
                (dated, title)
            }
            (None, None) => return None,
        };
        let named = (event.named || !self.is_verb(event.name.start)).then(|| self.plain(event.name.clone()));
        let (chairs, speakers) = self.people();
        let meeting = Meeting {
            kind: event.kind.to_owned(),
            name: named.filter(|_| event.named),
            host: self.host(sentence, &event).map(|host| self.plain(host)),
            date: self.date(sentence, &event),
            place: self.place(sentence, &event).map(|place| self.plain(place)),
            chairs,
            speakers,
        };
        Some(Fact { span: self.document.span(event.name), kind: FactKind::Meeting(meeting) })
    }

    fn is_verb(&self, at: usize) -> bool {
        matches!(self.words.events.longest(self.atoms, at), Some((_, Event::Verb(_))))
    }

    /// The event that the title names.
    fn titled(&self) -> Option<Candidate> {
        let mut verb = None;
        let mut at = self.title.start;
        while at < self.title.end {
            let Some((next, &event)) = self.words.events.longest(self.atoms, at) else {
                at += 1;
                continue;
            };
            match event {
                Event::Noun(kind) if !self.is_counted(at) => {
                    let end = self.name_end(next, self.title.end, true);
                    return Some(Candidate { kind, name: at..end, named: end > next, verb: false, held_at: at });
                }
                Event::Verb(kind) if verb.is_none() && self.is_subject_there(kind, self.title.start, at) => {
                    verb = Some(Candidate { kind, name: at..next, named: false, verb: true, held_at: at });
                }
                _ => {}
            }
            at = next;
        }
        verb
    }

    /// The event that sentence `i` reports.
    fn reported(&self, i: usize, title: Option<&Candidate>) -> Option<Candidate> {
        let sentence = &self.lead[i];
        let mut verb = None;
        let mut at = sentence.atoms.start;
        while at < sentence.atoms.end {
            let Some((next, &event)) = self.words.events.longest(self.atoms, at) else {
                at += 1;
                continue;
            };
            match event {
                Event::Noun(kind) => {
                    let same = title.is_some_and(|title| title.kind == kind);
                    if let Some(found) = self.noun(i, at..next, kind, same) {
                        return Some(found);
                    }
                }
                Event::Verb(kind)
                    if verb.is_none()
                        && !sentence.dates.is_empty()
                        && self.is_subject_there(kind, sentence.atoms.start, at) =>
                {
                    verb = Some(Candidate { kind, name: at..next, named: false, verb: true, held_at: at });
                }
                _ => {}
            }
            at = next;
        }
        verb
    }

    /// The event that the noun names, if it is reported here.
    fn noun(&self, i: usize, noun: Range<usize>, kind: &'static str, titled: bool) -> Option<Candidate> {
        let sentence = &self.lead[i];
        if self.is_counted(noun.start) {
            return None;
        }
        let mut end = self.name_end(noun.end, sentence.atoms.end, false);
        let dated = !sentence.dates.is_empty();
        let mut beside = i.checked_sub(1).into_iter().chain([i + 1]).filter_map(|i| self.lead.get(i));
        let shown = dated || titled || beside.any(|sentence| !sentence.dates.is_empty());
        let shown = shown || self.lead.iter().any(|sentence| sentence.attended);
        let found =
            |held_at, end| Some(Candidate { kind, name: noun.start..end, named: end > noun.end, verb: false, held_at });
        if let Some(hold) = self.held_before(noun.start, sentence.atoms.start) {
            // `Huyện ủy An Hòa vừa tổ chức …`: an article that begins so reports it, whatever the day.
            let begins =
                || self.subject(sentence.atoms.start, hold).is_some_and(|host| host.start == sentence.atoms.start);
            if shown || i == 0 && begins() {
                return found(hold, end);
            }
        }
        if let Some((join, ())) = self.words.join.longest_before(self.atoms, noun.start, 5)
            && join >= sentence.atoms.start
            && dated
        {
            return found(join, end);
        }
        end = self.name_end(noun.end, sentence.atoms.end, true);
        let before = noun.start.checked_sub(1).filter(|_| noun.start > sentence.atoms.start);
        let sign = before.map_or("", |before| self.atoms.text(before));
        let opens = before.is_none()
            || matches!(sign, "," | "-" | "–" | ")")
            || sentence.dates.iter().any(|(date, _)| date.end == noun.start);
        // What will take place is announced, not reported.
        let takes_place = || {
            let held = (end..sentence.atoms.end).find(|&at| self.words.hold.longest(self.atoms, at).is_some());
            held.is_some_and(|held| (end..held).all(|at| self.atoms.lower(at) != "sẽ"))
        };
        if opens && shown && (takes_place() || titled && dated) {
            return found(noun.start, end);
        }
        // `Tại hội nghị chiều qua (8-1)`
        let at_it = before.is_some_and(|before| self.atoms.lower(before) == "tại");
        let near = |(date, _): &(Range<usize>, DateValue)| (noun.end..=end + 3).contains(&date.start);
        if at_it && sentence.dates.iter().any(near) || titled && dated && !at_it {
            return found(noun.start, end);
        }
        None
    }

    /// Whether several are counted, or any is meant: `34 hội nghị`, `các kỳ họp`.
    fn is_counted(&self, at: usize) -> bool {
        (1..=2).filter_map(|back| at.checked_sub(back)).any(|i| {
            self.atoms.kind(i) == Some(AtomKind::Digits) && self.atoms.gap(i + 1) != Gap::Paragraph && i + 2 >= at
                || matches!(self.atoms.lower(i), "các" | "những" | "nhiều" | "mỗi" | "mọi" | "từng" | "lượt")
        }) && at.checked_sub(1).is_some_and(|i| self.atoms.kind(i) != Some(AtomKind::Sign))
    }

    /// The verb that holds the event whose noun is at `at`: `tổ chức hội nghị`, `khai mạc trọng thể Đại hội`.
    fn held_before(&self, at: usize, start: usize) -> Option<usize> {
        let mut end = at;
        for _ in 0..3 {
            if let Some((hold, ())) = self.words.hold.longest_before(self.atoms, end, 5).filter(|(at, _)| *at >= start)
            {
                return Some(hold);
            }
            let filler = end.checked_sub(1).map_or("", |i| self.atoms.lower(i));
            if !matches!(filler, "một" | "buổi" | "cuộc" | "thể" | "trọng" | "lễ" | "“" | "\"" | "công" | "thành")
            {
                return None;
            }
            end -= 1;
        }
        None
    }

    /// Where the name of an event ends whose noun ends before `at`; what the event does itself is no part of it.
    fn name_end(&self, at: usize, limit: usize, subject: bool) -> usize {
        let limit = limit.min(at + LONGEST_NAME);
        let mut p = at;
        while p < limit && self.atoms.gap(p) < Gap::Paragraph {
            let event = |(date, _): &(Range<usize>, DateValue)| date.start == p;
            if self.words.end.longest(self.atoms, p).is_some()
                || subject && self.words.does.longest(self.atoms, p).is_some()
                || self.lead.iter().any(|sentence| sentence.dates.iter().any(event))
            {
                break;
            }
            // `Lễ phát động “Tết trồng cây”`
            if let Some(close) = self.quote_end(p, limit) {
                p = close;
                break;
            }
            match self.atoms.text(p) {
                // `phòng, chống`; `…, nhiệm kỳ 2020 - 2025`
                "," if self.atoms.lower(p - 1) == "phòng" && self.atoms.lower(p + 1) == "chống" => {}
                "," if self.atoms.lower(p + 1) == "nhiệm" && self.atoms.lower(p + 2) == "kỳ" => {}
                "," | "." | ";" | ":" | "(" | ")" | "”" | "\"" | "…" | "?" | "!" | "|" | ">" | "»" => break,
                _ => {}
            }
            p += 1;
        }
        while p > at && matches!(self.atoms.lower(p - 1), "và" | "về" | "-" | "–" | "của" | "cho") {
            p -= 1;
        }
        p
    }

    /// Where the quotation ends that begins at `at`.
    fn quote_end(&self, at: usize, limit: usize) -> Option<usize> {
        let close = match self.atoms.text(at) {
            "“" | "”" => ["”", "”"],
            "\"" => ["\"", "”"],
            "‘" => ["’", "'"],
            _ => return None,
        };
        (at + 2..limit).find(|&i| close.contains(&self.atoms.text(i))).map(|i| i + 1)
    }

    /// Whether somebody is named before the verb at `at` who does it: a body, or for a visit an official.
    fn is_subject_there(&self, kind: &str, start: usize, at: usize) -> bool {
        kind == "tiếp xúc cử tri"
            || kind == "cuộc làm việc" && self.persons.iter().any(|person| (start..at).contains(&person.start))
            || self.subject(start, at).is_some()
    }

    /// Who does what stands at `verb`: a body before it in the sentence that begins at `start`.
    fn subject(&self, start: usize, verb: usize) -> Option<Range<usize>> {
        let floor = start.max(verb.saturating_sub(REACH));
        let mut first = None;
        let mut p = verb;
        while p > floor {
            p -= 1;
            let ends_date = || self.lead.iter().any(|sentence| sentence.dates.iter().any(|(date, _)| date.end == p));
            let boundary = p == start || matches!(self.atoms.text(p - 1), "," | ")" | "–" | ":") || ends_date();
            if !boundary {
                continue;
            }
            if !self.is_body(p) {
                break;
            }
            first = Some(p);
        }
        let first = first?;
        let cut = (first..verb).find(|&i| self.words.cut.longest(self.atoms, i).is_some()).unwrap_or(verb);
        // A person is no host.
        let person = self.persons.iter().any(|person| person.start < cut && first < person.end);
        (cut > first && !person).then_some(first..cut)
    }

    /// Whether a body begins at `at`; a unit of the country only with its name.
    fn is_body(&self, at: usize) -> bool {
        let capital = |i: usize| self.atoms.text(i).chars().next().is_some_and(char::is_uppercase);
        match self.words.bodies.longest(self.atoms, at) {
            Some((next, true)) => capital(next) || self.atoms.kind(next) == Some(AtomKind::Digits) || capital(at),
            Some((_, false)) => capital(at),
            None => false,
        }
    }

    fn host(&self, i: usize, event: &Candidate) -> Option<Range<usize>> {
        let sentence = &self.lead[i];
        let inside = sentence.atoms.contains(&event.held_at);
        if inside && let Some(host) = self.subject(sentence.atoms.start, event.held_at) {
            return Some(host);
        }
        // `… do Sở Y tế tổ chức`, `Phiên họp thường kỳ của UBND huyện`
        let end = sentence.atoms.end;
        let from = event.name.start;
        let until = if inside { end.min(event.name.end + 16) } else { event.name.end + 1 };
        for at in from..until {
            let word = self.atoms.lower(at);
            // `Kỳ họp thứ 8, HĐND tỉnh`
            let beside = word == "," && at == event.name.end && event.held_at == event.name.start;
            if !(matches!(word, "do" | "được" | "của") || beside) || !self.is_body(at + 1) {
                continue;
            }
            let stops = |&p: &usize| {
                self.atoms.kind(p) == Some(AtomKind::Sign)
                    || self.atoms.gap(p) == Gap::Paragraph
                    || self.words.hold.longest(self.atoms, p).is_some()
                    || self.words.cut.longest(self.atoms, p).is_some()
                    || self.words.end.longest(self.atoms, p).is_some()
            };
            let last = (at + 2..end).find(stops).unwrap_or(end);
            let held = !matches!(word, "do" | "được") || self.words.hold.longest(self.atoms, last).is_some();
            if held {
                return Some(at + 1..last);
            }
        }
        None
    }

    /// The date of an event that is nearest: in its sentence, then in those beside it, then the only one there is.
    fn date(&self, i: usize, event: &Candidate) -> Option<DateValue> {
        let near = |sentence: &Sentence| {
            let dates = &sentence.dates;
            let distance = |&i: &usize| dates[i].0.start.abs_diff(event.name.start);
            let last = (0..dates.len()).min_by_key(distance)?;
            // `Hai ngày 5 và 6/9`
            let mut first = last;
            while first > 0 && dates[first].0.start <= dates[first - 1].0.end + 1 {
                first -= 1;
            }
            let (from, to) = (dates[first].1.start(), dates[last].1.end());
            let several = first < last && from.epoch_day() < to.epoch_day();
            if several { DateValue::interval(from, to) } else { Some(dates[last].1) }
        };
        let beside = [Some(i), i.checked_sub(1), Some(i + 1)].into_iter().flatten();
        beside.filter_map(|i| self.lead.get(i)).find_map(near).or_else(|| {
            let mut dates = self.facts.iter().filter_map(|fact| match &fact.kind {
                FactKind::Date(date) if date.role == DateRole::Event => Some(date.value),
                _ => None,
            });
            let only = dates.next()?;
            dates.all(|date| date == only).then_some(only)
        })
    }

    /// Where it takes place: behind `tại`, at the beginning of a clause or behind the name, the verb or the date.
    fn place(&self, i: usize, event: &Candidate) -> Option<Range<usize>> {
        let sentence = &self.lead[i];
        let end = sentence.atoms.end.min(sentence.atoms.start + 2 * REACH);
        for at in sentence.atoms.start..end {
            if self.atoms.lower(at) != "tại" {
                continue;
            }
            let clause = at == sentence.atoms.start
                || matches!(self.atoms.text(at - 1), "," | "-" | "–" | ")")
                || at == event.name.end
                || sentence.dates.iter().any(|(date, _)| date.end == at)
                || self.words.hold.longest_before(self.atoms, at, 4).is_some();
            let capital = self.atoms.text(at + 1).chars().next().is_some_and(char::is_uppercase);
            let noun = self.words.events.longest(self.atoms, at + 1);
            let event = noun.is_some_and(|(_, event)| *event != Event::None);
            let named = self.words.places.longest(self.atoms, at + 1).is_some() || self.is_body(at + 1) || capital;
            if !clause || event || !named {
                continue;
            }
            let dated = |p: usize| sentence.dates.iter().any(|(date, _)| date.start == p);
            let stops = |&p: &usize| {
                let sign = self.atoms.kind(p) == Some(AtomKind::Sign)
                    && !matches!(self.atoms.text(p), "-" | "–" | "/" | "&" | "'")
                    && !(self.atoms.text(p) == "." && self.atoms.gap(p + 1) != Gap::Paragraph && p + 1 < end);
                sign || self.atoms.gap(p) == Gap::Paragraph
                    || dated(p)
                    || p > at + 1
                        && (self.words.hold.longest(self.atoms, p).is_some()
                            || self.words.end.longest(self.atoms, p).is_some())
            };
            let last = (at + 1..end).find(stops).unwrap_or(end);
            if (2..=20).contains(&(last - at)) {
                return Some(at + 1..last);
            }
        }
        None
    }

    /// The names of those who chair and of those who speak, each once, as first printed.
    fn people(&self) -> (Vec<String>, Vec<String>) {
        let mut names: FxHashMap<Span, &str> = FxHashMap::default();
        let mut people: [Vec<String>; 2] = [Vec::new(), Vec::new()];
        let mut noted: [FxHashMap<Span, ()>; 2] = [FxHashMap::default(), FxHashMap::default()];
        for fact in self.facts {
            if let FactKind::Official(official) = &fact.kind {
                names.insert(fact.span, &official.name);
            }
        }
        for fact in self.facts {
            let (person, act) = match &fact.kind {
                FactKind::Official(official) => (official.same_as.unwrap_or(fact.span), official.act),
                FactKind::Mention(mention) => (mention.of, mention.act),
                _ => continue,
            };
            let list = match act {
                Some(Act::Chair) => 0,
                Some(Act::Speak | Act::Conclude) => 1,
                _ => continue,
            };
            if noted[list].insert(person, ()).is_none()
                && let Some(name) = names.get(&person)
            {
                people[list].push((*name).to_owned());
            }
        }
        let [chairs, speakers] = people;
        (chairs, speakers)
    }

    fn plain(&self, atoms: Range<usize>) -> String {
        one_line(self.atoms.slice(atoms))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::extract::FactKind;
    use crate::{Analyzer, Article};

    #[test]
    fn the_rows_behind_an_event_are_named() {
        let article = Article::from_text("Sáng 12/3/2024, Huyện ủy An Hòa tổ chức hội nghị sơ kết quý I.");
        let analyzer = Analyzer::new();
        let explained = analyzer.explain(&analyzer.document(&article));
        let meeting = explained.iter().find(|one| matches!(one.fact.kind, FactKind::Meeting(_))).expect("an event");
        let rows: Vec<_> = meeting.evidence.iter().map(|one| (one.table, one.row.as_str())).collect();
        assert_eq!(rows, [("meeting_words.tsv", "tổ chức\thold"), ("meetings.tsv", "hội nghị\tnoun\thội nghị")]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 2 } else { 64 }))]

        #[test]
        fn any_text_has_at_most_one_event(
            text in r"(hội nghị |tổ chức |Huyện ủy |, |\. |Sáng 12/3/2024|tại |Hội trường |do |của |họp |đồng chí |Lê Bá Quân|chủ trì |\n\n|“|”|\PC){0,60}"
        ) {
            let analyzer = Analyzer::new();
            let article = Article::from_text(text.clone());
            let facts = analyzer.facts(&analyzer.document(&article));
            let events = facts.iter().filter(|fact| matches!(fact.kind, FactKind::Meeting(_)));
            let spans: Vec<_> = events.map(|fact| fact.span).collect();
            prop_assert!(spans.len() < 2);
            prop_assert!(spans.iter().all(|span| !text[span.range()].is_empty()));
        }
    }
}
