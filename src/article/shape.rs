//! What the look of a line says: how long it is, whether it holds sentences, whether it could be a name.

use unicode_normalization::char::is_combining_mark;

use crate::chars::Class;

/// Posts, in folded form, that tell the signature of a document from an author's name.
const POSTS: &[&str] = &[
    "bi thu",
    "bo truong",
    "chanh",
    "chi huy",
    "chu nhiem",
    "chu tich",
    "cuc truong",
    "dai bieu",
    "giam doc",
    "hieu truong",
    "kt",
    "pho ban",
    "pho chanh",
    "thu truong",
    "thu tuong",
    "t/m",
    "tl",
    "tm",
    "tong cuc",
    "truong",
    "tuq",
    "uy vien",
    "vien truong",
    "vu truong",
];

/// Words before the name of somebody who is written about.
const HONORIFICS: &[&str] = &["ba", "d/c", "dong chi", "ong"];

/// Whether a folded line names a post.
pub(super) fn names_post(line: &str) -> bool {
    POSTS.iter().any(|post| has_word(line, post))
}

/// Whether a folded line names a post or addresses somebody.
pub(super) fn names_office(line: &str) -> bool {
    names_post(line) || HONORIFICS.iter().any(|word| has_word(line, word))
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        !line[..at].ends_with(char::is_alphanumeric) && !line[at + word.len()..].starts_with(char::is_alphanumeric)
    })
}

/// The look of a line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    pub(super) chars: u32,
    pub(super) words: u32,
    /// It has letters, and all of them are capitals.
    pub(super) capitals: bool,
    /// It goes on from the line before.
    pub(super) continues: bool,
    /// It ends as a sentence does.
    pub(super) ends: bool,
    /// A sentence ends and another begins inside it.
    pub(super) breaks: bool,
    /// All words begin with capitals, as in a name, and there are few.
    pub(super) name: bool,
}

impl Shape {
    /// The look of a line by itself.
    #[cfg(any(test, feature = "html"))]
    pub(super) fn of(line: &str) -> Self {
        super::line::look(line, 0, 0).1
    }

    /// Whether it holds at least one whole sentence.
    pub(super) fn is_prose(self) -> bool {
        self.chars >= 300 || (self.breaks && self.chars >= 50) || (self.ends && self.chars >= 40)
    }
}

/// The look of a line while its characters come in.
pub(super) struct Reader {
    shape: Shape,
    upper: u32,
    lower: u32,
    /// Letters of the word before this place, and whether a full stop stands behind them: small letters before it tell
    /// the end of a sentence from `TP. Vinh` and `H. Anh`.
    run: u32,
    stop: bool,
    bracket: u32,
    /// Whether a word is being read, and whether no letter or digit of it came yet.
    inside: bool,
    first: bool,
}

impl Reader {
    pub(super) fn new() -> Self {
        let shape = Shape { name: true, ..Shape::default() };
        Self { shape, upper: 0, lower: 0, run: 0, stop: false, bracket: 0, inside: false, first: true }
    }

    #[inline(always)]
    pub(super) fn push(&mut self, c: char, class: Class) {
        if class.is_whitespace() {
            self.inside = false;
            return;
        }
        let shape = &mut self.shape;
        shape.chars += 1;
        // Most letters are small and have a letter before them.
        if self.inside && !self.first && class.is_lowercase() && class.is_alphabetic() {
            self.lower += 1;
            self.run += 1;
            self.stop = false;
            return;
        }
        if !self.inside {
            shape.words += 1;
            (self.first, self.inside) = (true, true);
        }
        if class.is_alphabetic() {
            let small = class.is_lowercase();
            self.upper += u32::from(!small);
            self.lower += u32::from(small);
            shape.breaks |= self.stop && !small && self.first;
            shape.name &= !(self.first && small && self.bracket == 0);
            self.run = if small { self.run + 1 } else { 0 };
            (self.stop, self.first) = (false, false);
        } else if class.is_alphanumeric() {
            shape.name &= self.bracket > 0;
            self.run = 2;
            (self.stop, self.first) = (false, false);
        } else {
            match c {
                '.' | '!' | '?' | '…' => {
                    self.stop = (self.run >= 2 || c == '…') && !self.first;
                    self.run = 0;
                }
                ':' | ';' | '%' => shape.name &= self.bracket > 0,
                '(' => self.bracket += 1,
                ')' => self.bracket = self.bracket.saturating_sub(1),
                _ => {}
            }
        }
    }

    /// The look of `line`, whose characters all came.
    pub(super) fn finish(self, line: &str) -> Shape {
        let Self { mut shape, upper, lower, .. } = self;
        shape.chars += shape.words.saturating_sub(1);
        shape.capitals = upper >= 2 && lower == 0;
        shape.continues = line.chars().next().is_some_and(char::is_lowercase);
        let last = line.trim_end_matches(['"', '”', '’', '\'', ')', '»', '*', ' ']);
        shape.ends = last.ends_with(['.', '…', '!', '?']) && run_before_end(last);
        shape.name &= shape.chars <= 60 && (upper > 0) && shape.words <= 12 && !(shape.ends && shape.words > 4);
        shape
    }
}

/// Whether the full stop ends a sentence and no initial, as in `Ảnh: T.H.`
fn run_before_end(line: &str) -> bool {
    let mut letters = line.trim_end_matches(['.', '…', '!', '?', '/']).chars().rev().filter(|&c| !is_combining_mark(c));
    match letters.next() {
        Some(last) if last.is_uppercase() => letters.next().is_some_and(char::is_alphabetic),
        last => last.is_some(),
    }
}

/// Where the photographer's name begins at the end of a folded line: `Ảnh: M. An`.
pub(super) fn credit_at(line: &str) -> Option<usize> {
    let tail = line.len().saturating_sub(50);
    let at = tail + line.as_bytes()[tail..].windows(4).rposition(|letters| letters == b"anh:")?;
    (!line[..at].ends_with(char::is_alphanumeric)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_told_from_headlines() {
        assert!(Shape::of("Xã có 5 thôn. Dân sống bằng nghề rừng và chăn nuôi, thu nhập khá").is_prose());
        assert!(Shape::of("Hội nghị bế mạc vào trưa cùng ngày, thành công tốt đẹp./.").is_prose());
        assert!(!Shape::of("Lãnh đạo TP. Vinh tiếp đoàn công tác của tỉnh bạn đến học tập kinh nghiệm").is_prose());
    }

    #[test]
    fn names() {
        for line in
            ["Thanh Hà", "H.ANH", "MINH QUÝ", "Lê Thủy (CTV)", "Thu Hằng - Xuân Bính", "Võ Đạt (Văn phòng Huyện ủy)"]
        {
            assert!(Shape::of(line).name, "{line}");
        }
        for line in ["Ngày hội lớn", "Thứ 5", "Nơi nhận:", "Tổng thu 5 tỷ"] {
            assert!(!Shape::of(line).name, "{line}");
        }
    }
}
