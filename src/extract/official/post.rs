//! Posts: a rank, then the body in which it is held, up to where something else begins.

use std::ops::Range;

use super::name::{Before, Letters, Reader};
use super::words::{Body, Honorific, Rank, Stop};
use crate::segment::{AtomKind, Gap};

/// The longest post, in atoms.
const LONGEST: usize = 48;

/// The most words in lower case that the field of a body goes on for.
const LONGEST_FIELD: usize = 10;

/// A post, and the name that follows it without anything between.
#[derive(Clone, Debug)]
pub(super) struct Post {
    pub(super) atoms: Range<usize>,
    pub(super) many: bool,
    pub(super) name: Option<Range<usize>>,
}

/// What was read last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The rank itself.
    Rank,
    /// A complete body.
    Whole,
    /// A complete body that may name its place.
    Local,
    /// A unit of the country, without its name yet.
    Level,
    /// A place.
    Place,
    Country,
    /// A body that has to name its field.
    Open,
    /// A body that has a name of its own.
    Named,
    /// Words of an unknown field.
    Words,
    /// A known field.
    Field,
}

impl State {
    fn before(self) -> Before {
        match self {
            Self::Rank | Self::Whole | Self::Place => Before::Rank,
            Self::Local | Self::Field | Self::Words => Before::Local,
            Self::Open => Before::Open,
            Self::Level => Before::Level,
            Self::Named => Before::Named,
            Self::Country => Before::Country,
        }
    }

    /// Whether words of a field, in any letters, may follow.
    fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Words | Self::Named)
    }
}

impl Reader<'_> {
    /// Where a rank that begins at `at` begins and ends, with `nguyên` or `quyền` before it.
    pub(super) fn head(&self, at: usize) -> Option<(usize, Rank)> {
        let qualified = matches!(self.atoms.lower(at), "nguyên" | "cựu" | "quyền" | "q" | "tân") && self.joins(at + 1);
        let dot = usize::from(qualified && self.atoms.text(at + 1) == ".");
        if qualified && (self.atoms.lower(at) != "q" || dot == 1) {
            return self.rank(at + 1 + dot);
        }
        self.rank(at)
    }

    /// The post that begins at `at`. Behind a name (`after_name`), another name is believed only when it is sure.
    pub(super) fn post(&self, at: usize, after_name: bool) -> Option<Post> {
        let (mut end, rank) = self.head(at)?;
        let mut p = end;
        let mut state = State::Rank;
        let mut lower = 0;
        let done = |end: usize, name| Some(Post { atoms: at..end, many: rank == Rank::Many, name });
        while p < at + LONGEST && p < self.atoms.len() && self.joins(p) {
            if let Some(next) = self.short_level(p, state) {
                state = State::Level;
                (p, end) = (next, next);
                continue;
            }
            let body = self.body(p);
            let stop = self.stop(p);
            let named = self.letters(p) != Letters::Other && body.is_some_and(|(next, _)| next == p + 1);
            if named && let Some(name) = self.name_over_body(p, state, after_name) {
                return done(self.trim(at, p), Some(name));
            }
            // `Phó Giám đốc phụ trách Sở Y tế`
            let in_charge = state == State::Rank && self.atoms.lower(p) == "phụ" && self.atoms.lower(p + 1) == "trách";
            if in_charge && !self.is_lower(p + 2) && self.body(p + 2).is_some() {
                p += 2;
                continue;
            }
            let weak = lower > 1 && matches!(stop, Some((_, Stop::Weak)));
            if let Some((next, kind)) = body
                && (!self.is_lower(p) || stop.is_none_or(|(other, _)| next >= other && !weak))
            {
                if !self.continues(state, kind, p) {
                    break;
                }
                state = after(state, kind);
                (p, end, lower) = (next, next, 0);
                continue;
            }
            if let Some(next) = self.country(p).filter(|_| !self.is_lower(p)) {
                let taken = !matches!(state, State::Level | State::Place | State::Named | State::Country);
                if taken && (next > p + 1 || !self.begins_name(p)) && !self.is_place(&self.key(p..next + 1)) {
                    state = State::Country;
                    (p, end) = (next, next);
                    continue;
                }
            }
            if let Some((next, kind)) = self.honorific(p)
                && kind != Honorific::None
            {
                // `Liên đoàn Luật sư`, `Hội đồng Chức danh giáo sư`: a profession is a field too.
                if !state.is_open() || self.letters(next) == Letters::Title {
                    break;
                }
                state = State::Words;
                (p, end) = (next, next);
                continue;
            }
            if !self.is_lower(p) && self.head(p).is_some() {
                break;
            }
            match self.letters(p) {
                Letters::Title | Letters::Single | Letters::Capitals => {
                    let run = self.run(p);
                    let foreign = state == State::Rank && self.is_foreign(at);
                    let before = if foreign { Before::Country } else { state.before() };
                    if run.len() > 1
                        && let Some(start) = self.split(&run, before, after_name)
                    {
                        return done(self.trim(at, start), Some(start..run.end));
                    }
                    if self.letters(p) == Letters::Capitals {
                        // An abbreviation, or a word of a line in capitals.
                        if stop.is_some() && (p + 1..p + 3).all(|i| self.letters(i) != Letters::Title) {
                            break;
                        }
                        (p, end) = (p + 1, p + 1);
                        if !state.is_open() {
                            state = State::Place;
                        }
                        continue;
                    }
                    let next = run.end.max(p + 1);
                    match state {
                        State::Whole | State::Place | State::Country => break,
                        State::Local | State::Level | State::Field => state = State::Place,
                        State::Rank | State::Open | State::Words => state = State::Words,
                        State::Named => {}
                    }
                    (p, end, lower) = (next, next, 0);
                }
                // `VietinBank`
                Letters::Other if !self.is_lower(p) && self.atoms.kind(p) == Some(AtomKind::Letters) => {
                    (p, end) = (p + 1, p + 1);
                    if !state.is_open() {
                        state = State::Place;
                    }
                }
                Letters::Other if self.atoms.kind(p) == Some(AtomKind::Letters) => {
                    match self.atoms.lower(p) {
                        "khóa" if self.is_term(p + 1) => {
                            (p, end) = (p + 2, p + 2);
                            // `khóa VI, VII`
                            while matches!(self.atoms.text(p), "," | "và") && self.is_term(p + 1) {
                                (p, end) = (p + 2, p + 2);
                            }
                            state = State::Whole;
                            continue;
                        }
                        "và" => {
                            if !self.goes_on_behind_and(p + 1, state) {
                                break;
                            }
                            p += 1;
                            continue;
                        }
                        "của" => {
                            if self.body(p + 1).is_none() && (!state.is_open() || self.rank(p + 1).is_none()) {
                                break;
                            }
                            // `Tổ công tác của Thủ tướng`
                            if let Some((next, _)) = self.rank(p + 1).filter(|_| self.body(p + 1).is_none()) {
                                (p, end) = (next, next);
                                state = State::Whole;
                                continue;
                            }
                            p += 1;
                            continue;
                        }
                        "số" if self.atoms.kind(p + 1) == Some(AtomKind::Digits) => {
                            p += 1;
                            continue;
                        }
                        _ => {}
                    }
                    let stops = match stop {
                        Some((_, Stop::Strong)) => true,
                        Some((_, Stop::Weak)) if weak && self.atoms.lower(p - 1) != "và" => true,
                        Some((_, Stop::Weak | Stop::Field)) | None => !state.is_open(),
                    };
                    let next = stop.map_or(p + 1, |(next, _)| next);
                    lower += 1;
                    if stops || lower > LONGEST_FIELD {
                        break;
                    }
                    if state == State::Open {
                        state = State::Words;
                    }
                    (p, end) = (next, next);
                }
                _ => match self.sign(p, state) {
                    Some(next) => {
                        if self.atoms.text(p) == "&" {
                            state = State::Words;
                        }
                        if self.atoms.text(p) != "-" && self.atoms.text(p) != "–" && self.atoms.text(p) != "." {
                            end = next;
                        }
                        p = next;
                    }
                    None => break,
                },
            }
        }
        done(self.trim(at, end), None)
    }

    /// The name at `at`, where a single word of a body is a surname too: `Đoàn Văn Thạch`.
    fn name_over_body(&self, at: usize, state: State, after_name: bool) -> Option<Range<usize>> {
        self.surname(at)?;
        let run = self.run(at);
        let start = self.split(&run, state.before(), after_name).filter(|&start| start == at && run.len() > 2)?;
        Some(start..run.end)
    }

    /// Whether the rank at `at` is mostly held abroad, where names have other forms.
    fn is_foreign(&self, at: usize) -> bool {
        matches!(
            (self.atoms.lower(at), self.atoms.lower(at + 1)),
            ("thủ", "tướng") | ("tổng", "thống") | ("ngoại", "trưởng") | ("quốc", "vương") | ("nữ", "hoàng")
        )
    }

    /// Whether a body of this kind can follow what was read.
    fn continues(&self, state: State, kind: Body, at: usize) -> bool {
        match kind {
            Body::Field | Body::Open | Body::Named => {
                // `Chủ tịch UBND tỉnh kiểm tra`: a field in small letters behind a complete body is a verb.
                !self.is_lower(at)
                    || matches!(state, State::Rank | State::Open | State::Words | State::Named | State::Field)
            }
            // `Phó Giám đốc điều hành`, but `Chủ tịch UBND huyện điều hành`
            Body::Qualifier => state == State::Rank || self.act_at(at).is_none(),
            _ => true,
        }
    }

    /// Whether what stands at `at` is the number of a term of congress.
    fn is_term(&self, at: usize) -> bool {
        self.atoms.gap(at) < Gap::Paragraph
            && match self.atoms.kind(at) {
                Some(AtomKind::Digits) => true,
                Some(AtomKind::Letters) => self.atoms.text(at).bytes().all(|b| b"IVXL".contains(&b)),
                _ => false,
            }
    }

    /// Whether a post that has come to `và` goes on behind it.
    fn goes_on_behind_and(&self, at: usize, state: State) -> bool {
        if !self.joins(at) || self.head(at).is_some() || self.honorific(at).is_some() {
            return false;
        }
        if self.stop(at).is_some_and(|(_, stop)| stop == Stop::Strong && self.is_lower(at)) {
            return false;
        }
        match self.body(at) {
            Some((_, Body::Field)) => state.is_open() || state == State::Field,
            Some((_, Body::Local | Body::Whole)) => state == State::Local,
            Some(_) => false,
            None => state.is_open() && !self.begins_name(at) || state == State::Field && self.is_field_word(at),
        }
    }

    /// Whether a personal name begins at `at`.
    pub(super) fn begins_name(&self, at: usize) -> bool {
        self.name(at).is_some()
    }

    /// Whether the word at `at` has the look of a field of work: one capital, small letters behind.
    fn is_field_word(&self, at: usize) -> bool {
        self.letters(at) == Letters::Title && self.is_lower(at + 1) && self.stop(at + 1).is_none()
    }

    /// Where a post goes on behind the sign or number at `at`.
    fn sign(&self, at: usize, state: State) -> Option<usize> {
        let tight = self.atoms.gap(at) == Gap::None && self.atoms.gap(at + 1) == Gap::None;
        let letters = |i: usize| self.atoms.kind(i) == Some(AtomKind::Letters);
        if self.atoms.kind(at) == Some(AtomKind::Digits) {
            let named =
                matches!(state, State::Open | State::Level | State::Local | State::Words | State::Named | State::Rank);
            let date = matches!(self.atoms.text(at + 1), "/" | "%")
                || self.atoms.kind(at + 2) == Some(AtomKind::Digits) && tight;
            // `Giám đốc Ban QLDA 9`, where the name tells that the number is part of it.
            let closes = state == State::Field && self.begins_name(at + 1);
            return ((named || closes) && !date).then_some(at + 1);
        }
        match self.atoms.text(at) {
            "&" | "/" if letters(at + 1) && !self.begins_name(at + 1) => Some(at + 1),
            "-" | "–" => {
                let next = at + 1;
                if !letters(next) || !self.joins(next) || self.head(next).is_some() || self.honorific(next).is_some() {
                    return None;
                }
                let field = matches!(self.body(next), Some((_, Body::Field))) || self.is_field_word(next);
                let abbreviation = self.letters(next) == Letters::Capitals
                    && (tight || state.is_open() && self.letters(at - 1) == Letters::Capitals);
                let place = state == State::Place && self.letters(next) == Letters::Title && tight;
                let fits = state.is_open() || matches!(state, State::Field | State::Local);
                (abbreviation || place || fits && field && !self.begins_name(next)).then_some(next)
            }
            // `TP. Vinh`
            "." if state == State::Level && self.is_abbreviation(at - 1) && letters(at + 1) => Some(at + 1),
            "(" => {
                let close = (at + 2..at + 10).find(|&i| self.atoms.text(i) == ")")?;
                let inside = at + 1;
                let body =
                    self.body(inside).is_some_and(|(_, kind)| kind != Body::Qualifier) && self.head(inside).is_none();
                let term = self.atoms.lower(inside) == "khóa";
                let abbreviation = close == inside + 1 && self.letters(inside) == Letters::Capitals;
                (body || term || abbreviation).then_some(close + 1)
            }
            _ => None,
        }
    }

    /// Where `H.`, `Q.`, `TT.` ends that stands for a unit of the country.
    fn short_level(&self, at: usize, state: State) -> Option<usize> {
        (state == State::Local && self.is_abbreviation_of_unit(at)).then_some(at + 2)
    }

    /// Whether the atom at `at` is short for a unit of the country: `TP`, `Tp`, `P`.
    fn is_abbreviation(&self, at: usize) -> bool {
        self.atoms.gap(at + 1) == Gap::None && !self.is_lower(at) && self.atoms.text(at).chars().count() <= 2
    }

    /// Takes back what a post cannot end with.
    fn trim(&self, start: usize, mut end: usize) -> usize {
        loop {
            // `khu phố số`, whose number is not part of it; but `chuyển đổi số`.
            let numbered = self.atoms.lower(end - 1) == "số" && self.atoms.kind(end) == Some(AtomKind::Digits);
            let open =
                numbered || matches!(self.atoms.lower(end - 1), "và" | "của" | "," | "-" | "–" | "&" | "/" | ".");
            if end <= start + 1 || !open {
                return end;
            }
            end -= 1;
        }
    }
}

/// The state behind a body of this kind.
fn after(state: State, kind: Body) -> State {
    match kind {
        // `Ban Chỉ đạo Trung ương phòng, chống …`
        Body::Whole if state == State::Open => State::Open,
        Body::Whole => State::Whole,
        Body::Local => State::Local,
        Body::Level => State::Level,
        Body::Open => State::Open,
        Body::Named => State::Named,
        Body::Field if state == State::Named => State::Named,
        Body::Field => State::Field,
        Body::Qualifier => state,
    }
}
