//! What officials do, as it is printed behind their names or posts, or leads to them.

use std::ops::Range;

use super::name::Reader;
use super::words::{ActWord, Body};
use crate::extract::Act;
use crate::segment::{AtomKind, Gap};

/// The longest clause, in atoms, that leads to a name.
const LONGEST_CLAUSE: usize = 28;

/// The most atoms between `thay mặt` and what is done.
const LONGEST_BEHALF: usize = 16;

/// What one does here: who chairs a meeting and speaks, chairs it.
pub(super) fn stronger(one: Option<Act>, other: Option<Act>) -> Option<Act> {
    let weight = |act: Option<Act>| match act {
        None => 0,
        Some(Act::Attend) => 1,
        Some(Act::Speak) => 2,
        Some(Act::Sign) => 3,
        Some(Act::Conclude) => 4,
        Some(Act::Chair) => 5,
    };
    if weight(other) > weight(one) { other } else { one }
}

impl Reader<'_> {
    /// The act that stands behind what ends before `at`.
    pub(super) fn act_behind(&self, at: usize) -> Option<Act> {
        let mut p = at;
        // `(bên trái)`
        if self.atoms.text(p) == "(" {
            p = (p + 1..p + 10).find(|&i| self.atoms.text(i) == ")")? + 1;
        }
        // `Trưởng thôn Đông, xã An Hòa`
        for _ in 0..2 {
            if let Some((next, Body::Level)) = self.body(p + 1).filter(|_| self.atoms.text(p) == ",") {
                p = self.run(next).end.max(next + usize::from(self.atoms.kind(next) == Some(AtomKind::Digits)));
            }
        }
        p += usize::from(self.atoms.text(p) == ",");
        if !self.joins(p) {
            return None;
        }
        if self.atoms.lower(p) == "thay" && self.atoms.lower(p + 1) == "mặt" {
            let closes = |&i: &usize| self.atoms.kind(i) == Some(AtomKind::Sign) || self.atoms.gap(i) > Gap::Line;
            let end = (p..p + LONGEST_BEHALF).find(closes).unwrap_or(p + LONGEST_BEHALF);
            p = (p + 2..end).find(|&i| self.act_at(i).is_some())?;
        }
        let mut found = None;
        for _ in 0..4 {
            p = self.skip(p);
            let Some((next, act)) = self.act_at(p) else { return found };
            found = stronger(found, Some(act));
            // `dự và phát biểu`
            p = next;
            if !matches!(self.atoms.lower(p), "và" | ",") {
                return found;
            }
            p += 1;
        }
        found
    }

    /// The act that a clause before `at` tells: `Dự hội nghị có`, `Dưới sự chủ trì của`, `Phát biểu tại hội nghị,`.
    /// Names before `floor` belong to others.
    pub(super) fn act_before(&self, at: usize, floor: usize) -> Option<Act> {
        let last = at.checked_sub(1)?;
        if self.atoms.gap(at) == Gap::Paragraph {
            return None;
        }
        let floor = floor.max(at.saturating_sub(LONGEST_CLAUSE));
        match self.atoms.lower(last) {
            "của" => {
                let noun = (floor..last).rev().find(|&i| self.atoms.lower(i) == "sự")?;
                return self.act_at(noun + 1).map(|(_, act)| act);
            }
            "có" | "gồm" | "là" | ":" | "," => {}
            // `có mặt các đồng chí`
            "mặt" if last > 0 && self.atoms.lower(last - 1) == "có" => return Some(Act::Attend),
            _ => return None,
        }
        // The clauses before, up to where the sentence begins.
        let listed = self.atoms.text(last) != ",";
        let mut commas = 0;
        let mut p = last;
        while p > floor {
            let sign = self.atoms.text(p - 1);
            let begins = self.atoms.gap(p) == Gap::Paragraph
                || matches!(sign, "." | "!" | "?" | ";" | "”" | "\"" | ")" | "…")
                || self.atoms.gap(p) == Gap::Line && !self.joins(p);
            if begins || sign == "," {
                if let Some((end, act)) = self.opening(p)
                    && end <= last
                    && (listed || act != Act::Attend && act != Act::Sign)
                {
                    return Some(act);
                }
                commas += 1;
                if begins || commas > 2 {
                    return None;
                }
            }
            p -= 1;
        }
        (p == 0).then(|| self.opening(0)).flatten().filter(|(end, _)| *end <= last).map(|(_, act)| act)
    }

    /// The act that a clause at `at` opens with: `Cùng dự`, `Tiếp tục điều hành`.
    fn opening(&self, at: usize) -> Option<(usize, Act)> {
        let at = self.skip(at);
        match self.act_word(at)? {
            (next, ActWord::Act(act)) => Some((next, act)),
            _ => None,
        }
    }

    /// Skips what may stand before an act at `at`: `đã`, `tiếp tục`.
    fn skip(&self, mut at: usize) -> usize {
        for _ in 0..4 {
            match self.act_word(at) {
                Some((next, ActWord::Skip)) => at = next,
                _ => break,
            }
        }
        at
    }

    fn act_word(&self, at: usize) -> Option<(usize, ActWord)> {
        self.words.acts.longest(self.atoms, at).map(|(next, &act)| (next, act))
    }

    /// The act at `at`, which is no proper noun: `kết luận`, not `Kết luận 12-KL/TU`.
    pub(super) fn act_at(&self, at: usize) -> Option<(usize, Act)> {
        match self.act_word(at)? {
            (next, ActWord::Act(act)) if self.atoms.kind(next) != Some(AtomKind::Digits) => {
                let capital = self.atoms.text(at).chars().next().is_some_and(char::is_uppercase);
                let heading = capital && !self.atoms.text(at).chars().any(char::is_lowercase);
                (!capital || heading).then_some((next, act))
            }
            _ => None,
        }
    }

    /// Whether the words before `at` ask somebody to act, so that nobody has acted: `giao đồng chí … chủ trì`.
    pub(super) fn is_charged(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map_or("", |i| self.atoms.lower(i));
        self.joins(at)
            && match before(1) {
                "giao" | "cho" | "để" | "mời" | "cử" => true,
                "nghị" => before(2) == "đề",
                "cầu" => before(2) == "yêu",
                "công" => before(2) == "phân",
                _ => false,
            }
    }

    /// Whether only separators of a list stand between two mentions.
    pub(super) fn is_list(&self, between: Range<usize>) -> bool {
        between.len() <= 3
            && !between.is_empty()
            && between
                .clone()
                .all(|i| matches!(self.atoms.lower(i), "," | ";" | "và" | "cùng" | "với" | "-" | "–" | "+"))
            && self.atoms.gap(between.end) < Gap::Paragraph
    }
}
