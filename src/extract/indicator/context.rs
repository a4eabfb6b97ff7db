//! What the words around a number make of it: a name, a rough figure, a change.

use std::sync::LazyLock;

use crate::extract::phrases::{Phrases, rows};
use crate::extract::{Change, Qualifier};
use crate::segment::{AtomKind, Atoms, Gap};

/// The most atoms that a phrase before a number has.
const LONGEST: usize = 6;

static QUALIFIERS: LazyLock<Phrases<Option<Qualifier>>> = LazyLock::new(|| {
    Phrases::new(rows(include_str!("../../data/qualifiers.tsv")).map(|row| {
        let qualifier = match row[1] {
            "about" => Some(Qualifier::About),
            "nearly" => Some(Qualifier::Nearly),
            "over" => Some(Qualifier::Over),
            "under" => Some(Qualifier::Under),
            "at_least" => Some(Qualifier::AtLeast),
            "at_most" => Some(Qualifier::AtMost),
            _ => None,
        };
        (row[0], qualifier)
    }))
});

/// Which numbers after a word name with it and count nothing.
#[derive(Clone, Copy, Debug)]
enum Names {
    Any,
    List,
    Year,
    UpTo(u32),
    Number,
    Free,
}

static ORDINALS: LazyLock<Phrases<Names>> = LazyLock::new(|| {
    Phrases::new(rows(include_str!("../../data/ordinals.tsv")).map(|row| {
        let names = match row[1] {
            "any" => Names::Any,
            "list" => Names::List,
            "year" => Names::Year,
            "number" => Names::Number,
            "free" => Names::Free,
            most => Names::UpTo(most.parse().unwrap_or_default()),
        };
        (row[0], names)
    }))
});

/// The longest phrase that ends right before atom `end`: its first atom and its value.
fn before<V>(phrases: &'static Phrases<V>, atoms: &Atoms, end: usize) -> Option<(usize, &'static V)> {
    if atoms.gap(end) == Gap::Paragraph {
        return None;
    }
    (end.saturating_sub(LONGEST)..end)
        .find_map(|at| phrases.longest(atoms, at).filter(|(after, _)| *after == end).map(|(_, value)| (at, value)))
}

/// The qualifier before the number at `at`, and the first atom of the expression with it (and with `từ`).
pub(super) fn qualifier(atoms: &Atoms, at: usize) -> (Qualifier, usize) {
    let mut start = at;
    let mut found = Qualifier::Exact;
    // `khoảng từ 5`, `từ khoảng 5`
    for _ in 0..2 {
        if let Some((first, &qualifier)) = before(&QUALIFIERS, atoms, start).filter(|_| found.is_exact()) {
            let Some(qualifier) = qualifier else { break };
            found = qualifier;
            start = first;
        }
        if start > 0 && atoms.lower(start - 1) == "từ" && atoms.gap(start) < Gap::Paragraph {
            start -= 1;
        }
    }
    (found, start)
}

/// The qualifier after the unit, which ends before `end`: `trở lên`, `trở xuống`.
pub(super) fn qualifier_after(atoms: &Atoms, end: usize) -> Option<Qualifier> {
    // A few words of the counted phrase may stand between: `80% số hộ trở lên`.
    for at in end..end + 4 {
        if atoms.gap(at) > Gap::Line || atoms.kind(at) != Some(AtomKind::Letters) {
            return None;
        }
        if atoms.lower(at) == "trở" {
            return match atoms.lower(at + 1) {
                "lên" => Some(Qualifier::AtLeast),
                "xuống" => Some(Qualifier::AtMost),
                _ => None,
            };
        }
    }
    None
}

/// Whether the number at `at` names something together with the word before it: `thôn 3`, `khoản 2`, `năm 2020`.
/// `whole` is its value where it is a whole number, `after_name` whether the number before it in a list names.
pub(super) fn names(atoms: &Atoms, at: usize, whole: Option<u32>, year: bool) -> Option<bool> {
    let (start, &names) = before(&ORDINALS, atoms, at)?;
    let summed = start > 0
        && matches!(
            atoms.lower(start - 1),
            "mỗi" | "từng" | "cả" | "tặng" | "giúp" | "trao" | "toàn" | "một" | "hàng" | "hằng"
        );
    let named = match names {
        Names::Any | Names::List => true,
        Names::Free => false,
        Names::Number => !summed,
        Names::Year => !summed && (year || whole.is_some_and(|value| value < 13)),
        Names::UpTo(most) => !summed && whole.is_some_and(|value| value <= most),
    };
    named.then_some(matches!(names, Names::List))
}

/// The change that the words before `start` announce: `tăng`, `giảm bình quân`, `giảm tỷ lệ hộ nghèo`.
pub(super) fn change(atoms: &Atoms, start: usize, share: bool) -> Option<Change> {
    let reach = if share { 6 } else { 4 };
    for at in (start.saturating_sub(reach)..start).rev() {
        if atoms.gap(at + 1) > Gap::Line || atoms.kind(at) != Some(AtomKind::Letters) {
            return None;
        }
        let change = match atoms.lower(at) {
            "tăng" => Change::Up,
            "giảm" => Change::Down,
            word if stops(word) => return None,
            _ => continue,
        };
        let compound = matches!(atoms.lower(at + 1), "cường" | "tốc" | "ca" | "thiểu" | "trừ" | "án" | "giá" | "sút");
        return (!compound || at + 1 >= start).then_some(change);
    }
    None
}

/// Words after which a number is what a change leads to, or belongs to something else.
fn stops(word: &str) -> bool {
    matches!(
        word,
        "còn"
            | "xuống"
            | "lên"
            | "đạt"
            | "là"
            | "được"
            | "cho"
            | "có"
            | "với"
            | "và"
            | "trong"
            | "từ"
            | "gồm"
            | "tại"
            | "ở"
            | "của"
            | "về"
            | "vượt"
            | "chiếm"
            | "bằng"
            | "cùng"
            | "so"
            | "qua"
            | "năm"
            | "tháng"
            | "trên"
            | "để"
            | "thành"
    )
}

/// Whether `trên` before a number of these is the preposition: `trên 3 lĩnh vực`.
pub(super) fn is_ground(unit: &str) -> bool {
    let unit = unit.to_lowercase();
    [
        "lĩnh vực",
        "mặt",
        "phương diện",
        "tuyến",
        "trục",
        "địa bàn",
        "nền tảng",
        "kênh",
        "trang",
        "khía cạnh",
        "thửa",
        "cột",
        "tỉnh",
        "huyện",
        "quận",
        "thành phố",
        "bang",
        "nước",
        "đoạn",
        "làn",
    ]
    .iter()
    .any(|ground| unit.strip_prefix(ground).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ','])))
}
