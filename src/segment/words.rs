use std::borrow::{Borrow, BorrowMut};
use std::iter::FusedIterator;

use super::Segmenter;
use super::features::{Known, View};
use super::lexicon::Gap;
use super::scan::{Raw, Scanner, TokenKind};
use super::sentence::Ends;
use crate::span::Span;

/// A word: one token, or several syllables that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Word {
    /// Where it stands in the text that was cut, in bytes.
    pub span: Span,
    /// The kind of its first token.
    pub kind: TokenKind,
    /// How many tokens it has: `1` unless syllables were joined.
    pub tokens: u32,
    /// Whether it is the last word of a sentence.
    pub ends_sentence: bool,
}

/// Memory that cutting needs; with one of your own nothing is allocated from the second text on.
#[derive(Clone, Debug, Default)]
pub struct Buffer {
    /// The tokens of the stretch that is being cut.
    pub(crate) tokens: Vec<Raw>,
    /// What is known of the gap before each token.
    pub(crate) gaps: Vec<Gap>,
    /// What the model needs: tokens as it sees them, what its lexicon says of them, scores, and the best way back.
    pub(crate) views: Vec<View>,
    pub(crate) known: Vec<Known>,
    pub(crate) scores: Vec<[i32; 2]>,
    pub(crate) back: Vec<[bool; 2]>,
}

/// A stretch of tokens longer than this is cut where no word can be, so that memory stays bounded.
const LONG: usize = 512;
/// A stretch never grows longer than this.
const LONGEST: usize = 2048;

/// The words of a text, in order; see [`Segmenter::words`].
///
/// Nothing is allocated for a word; memory is bounded by the longest sentence.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct Words<'s, 't, B = Buffer> {
    segmenter: &'s Segmenter,
    scanner: Scanner<'t>,
    ends: Ends,
    /// The first token of the next stretch.
    ahead: Option<Raw>,
    /// Whether the stretch ends with a sentence.
    complete: bool,
    /// The word returned last: its tokens in the buffer.
    last: (usize, usize),
    buffer: B,
}

impl<'s, 't, B: BorrowMut<Buffer>> Words<'s, 't, B> {
    pub(crate) fn new(segmenter: &'s Segmenter, text: &'t str, mut buffer: B) -> Self {
        buffer.borrow_mut().tokens.clear();
        let mut scanner = Scanner::new(text);
        let ahead = scanner.next();
        Self { segmenter, scanner, ends: Ends::default(), ahead, complete: false, last: (0, 0), buffer }
    }

    /// Reads tokens up to the end of a sentence and decides their gaps.
    fn fill(&mut self) -> bool {
        let buffer = self.buffer.borrow_mut();
        buffer.tokens.clear();
        let Some(mut last) = self.ahead.take() else { return false };
        let text = self.scanner.text();
        buffer.tokens.push(last);
        self.complete = true;
        for next in self.scanner.by_ref() {
            let ends = self.ends.between(text, &last, &next);
            let long =
                buffer.tokens.len() >= LONG && (!(last.joins() && next.joins()) || buffer.tokens.len() >= LONGEST);
            if ends || long {
                self.ahead = Some(next);
                self.complete = ends;
                break;
            }
            buffer.tokens.push(next);
            last = next;
        }
        self.segmenter.decide(buffer);
        true
    }
}

impl<B: Borrow<Buffer>> Words<'_, '_, B> {
    /// The kinds of the tokens of the word that was returned last, and where they stand in the text that was cut; none
    /// before the first word and behind the last one.
    pub fn tokens(&self) -> impl Iterator<Item = (TokenKind, Span)> {
        let tokens = &self.buffer.borrow().tokens[self.last.0..self.last.1];
        tokens.iter().map(|token| (token.kind, Span::new(token.start, token.end)))
    }
}

impl<B: BorrowMut<Buffer>> Iterator for Words<'_, '_, B> {
    type Item = Word;

    #[inline]
    fn next(&mut self) -> Option<Word> {
        if self.last.1 == self.buffer.borrow().tokens.len() {
            self.last = (0, 0);
            if !self.fill() {
                return None;
            }
        }
        let buffer = self.buffer.borrow();
        let from = self.last.1;
        let inner = buffer.gaps[from + 1..].iter().take_while(|&&gap| gap == Gap::Join).count();
        let to = from + 1 + inner;
        self.last = (from, to);
        let (first, end) = (&buffer.tokens[from], &buffer.tokens[to - 1]);
        Some(Word {
            span: Span::new(first.start, end.end),
            kind: first.kind,
            tokens: (to - from) as u32,
            ends_sentence: self.complete && to == buffer.tokens.len(),
        })
    }
}

impl<B: BorrowMut<Buffer>> FusedIterator for Words<'_, '_, B> {}

#[cfg(test)]
mod tests {
    use super::super::{Buffer, Lexicon, Segmenter};

    fn cut(segmenter: &Segmenter, text: &str) -> Vec<String> {
        segmenter.words(text).map(|word| text[word.span.range()].to_owned()).collect()
    }

    fn sentences(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut start = None;
        for word in Segmenter::new().words(text) {
            let from = *start.get_or_insert(word.span.start as usize);
            if word.ends_sentence {
                found.push(&text[from..word.span.end as usize]);
                start = None;
            }
        }
        assert_eq!(start, None, "the last word ends a sentence");
        found
    }

    #[test]
    fn words_do_not_depend_on_case_blanks_and_line_breaks() {
        let segmenter = Segmenter::new();
        for text in [
            "công tác dân vận",
            "Công tác dân vận",
            "CÔNG TÁC DÂN VẬN",
            "công  tác dân\tvận",
            "công\ntác dân\r\nvận",
            "công\u{a0}tác dân vận",
        ] {
            let lens: Vec<u32> = segmenter.words(text).map(|word| word.tokens).collect();
            assert_eq!(lens, [2, 2], "{text:?}");
        }
    }

    #[test]
    fn words_of_the_user_win() {
        let table = "# mine\nkhu phố Sao Mai\ndân vận\tsplit\n";
        let segmenter = Segmenter::builder().lexicon(Lexicon::from_tsv(table).unwrap()).build();
        assert_eq!(cut(&segmenter, "KHU PHỐ sao mai dân vận"), ["KHU PHỐ sao mai", "dân", "vận"]);
    }

    #[test]
    fn a_table_row_that_is_no_word_is_refused() {
        let error = Lexicon::from_tsv("dân vận\n\ndân\tmaybe\n").unwrap_err();
        assert!(error.is_input());
        assert_eq!(
            error.to_string(),
            "a word can be joined or split, not `maybe` (line 3): write `join` or `split` behind the tab"
        );
        assert!(Lexicon::from_tsv("dân, vận").unwrap_err().to_string().contains("line 1"));
    }

    #[test]
    fn a_buffer_serves_many_texts() {
        let segmenter = Segmenter::new();
        let mut buffer = Buffer::default();
        for (text, count) in [("nhân dân họp", 2), ("", 0), ("một.", 2)] {
            assert_eq!(segmenter.words_with(text, &mut buffer).count(), count, "{text:?}");
        }
    }

    #[test]
    fn words_do_not_cross_sentences() {
        let segmenter = Segmenter::new();
        assert_eq!(cut(&segmenter, "Họp dân.Vận động"), ["Họp", "dân", ".", "Vận động"]);
        assert_eq!(cut(&segmenter, "nhân\n\ndân"), ["nhân", "dân"]);
    }

    #[test]
    fn a_full_stop_ends_a_sentence_and_a_dot_in_a_word_does_not() {
        assert_eq!(
            sentences("Ông T. Nam đến TP. Hà Tĩnh ngày 1.5.2017. Giá 8.675 đồng, v.v. và thuế! \"Thật?\" Rồi... thôi."),
            ["Ông T. Nam đến TP. Hà Tĩnh ngày 1.5.2017.", "Giá 8.675 đồng, v.v. và thuế!", "\"Thật?\"", "Rồi... thôi."]
        );
        assert_eq!(sentences("1. Tình hình. 2. Kết quả"), ["1. Tình hình.", "2. Kết quả"]);
        assert_eq!(sentences("Xong.Tiếp theo"), ["Xong.", "Tiếp theo"]);
    }

    #[test]
    fn a_heading_ends_with_its_line() {
        assert_eq!(
            sentences("KẾT QUẢ BƯỚC ĐẦU\nHuyện đã họp.\n- Về giá"),
            ["KẾT QUẢ BƯỚC ĐẦU", "Huyện đã họp.", "- Về giá"]
        );
        assert_eq!(sentences("Huyện đã\nhọp dân"), ["Huyện đã\nhọp dân"]);
    }

    #[test]
    fn a_line_that_was_cut_to_a_width_goes_on() {
        let text = "Sáng nay, đoàn công tác của Ủy ban nhân dân tỉnh do ông\nTrần Văn Sao dẫn đầu đã đến thăm một số gia đình ở\nHương Khê và trao quà cho bà con vùng lũ.\nHôm sau đoàn về.";
        assert_eq!(sentences(text).len(), 2);
    }

    #[test]
    fn tokens_of_a_long_text_without_any_end_are_all_there() {
        let count = if cfg!(miri) { 100 } else { 10_000 };
        let text = "dân ".repeat(count);
        let words = Segmenter::new().words(&text).collect::<Vec<_>>();
        assert_eq!(words.len(), count);
        assert_eq!(words.iter().filter(|word| word.ends_sentence).count(), 1);
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(if cfg!(miri) { 4 } else { 256 }))]

        #[test]
        fn words_and_gaps_tile_any_text(text in proptest::string::string_regex(concat!(
            r"([a-zA-Z]{1,3}|[àếươđĐỦ]|[0-9]{1,3}|[ \n\t]{1,2}|[-.,:/&@_'%…“”’]|\p{Mn}|\u{200b}|http://|www\.|v\.v\.|TP\.|LBKT",
            r"|\p{Emoji}|\p{Han}|\PC){0,40}",
        )).expect("a pattern")) {
            let segmenter = Segmenter::new();
            let mut end = 0;
            let mut words = segmenter.words(&text);
            while let Some(word) = words.next() {
                let tokens: Vec<_> = words.tokens().collect();
                assert_eq!(tokens.len(), word.tokens as usize);
                assert_eq!((tokens[0].1.start, tokens[tokens.len() - 1].1.end), (word.span.start, word.span.end));
                for (_, span) in tokens {
                    assert!(!span.is_empty());
                    let gap = &text[end..span.start as usize];
                    assert!(gap.chars().all(|c| c.is_whitespace() || !c.is_alphanumeric()), "{gap:?} is lost");
                    end = text[..span.end as usize].len();
                }
            }
            assert!(text[end..].chars().all(|c| !c.is_alphanumeric()), "the end is lost");
        }
    }
}
