//! What stands around a reference: its date, issuer, term and title.

use std::ops::Range;

use super::reference::{is_roman, one_line, type_noun};
use super::words::Text;
use crate::segment::{AtomKind, Gap};

/// What was found after a reference.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// The atom at which a date stands.
    pub(super) date: Option<usize>,
    pub(super) issuer: Option<String>,
    pub(super) term: Vec<String>,
    /// The atom after a term that directly follows.
    pub(super) term_end: Option<usize>,
    pub(super) title: Option<String>,
}

/// Reads what follows a reference that ends before `at`; `date_end` gives the end of a date that begins at an atom.
pub(super) fn after(atoms: Text<'_>, at: usize, date_end: &dyn Fn(usize) -> Option<usize>) -> Context {
    let mut found = Context::default();
    let mut next = at;
    for _ in 0..6 {
        let comma = usize::from(matches!(atoms.lower(next), "," | "."));
        if atoms.gap(next) > Gap::Line || atoms.gap(next + comma) > Gap::Line || atoms.lower(next) == "." {
            break;
        }
        if found.date.is_none()
            && let Some((date, end)) = date(atoms, next + comma, date_end)
        {
            found.date = Some(date);
            next = end;
        } else if found.term.is_empty()
            && let Some((term, end)) = term(atoms, next + comma)
        {
            if next == at {
                found.term_end = Some(end);
            }
            found.term = term;
            next = end;
        } else if found.issuer.is_none()
            && matches!(atoms.lower(next), "của" | "do" | "được")
            && let Some(end) = issuer(atoms, next + 1)
        {
            if atoms.lower(next) == "được" && !matches!(atoms.lower(end), "thông" | "ban") {
                break;
            }
            found.issuer = Some(one_line(atoms.slice(next + 1..end)));
            // `được Quốc hội thông qua ngày …`, `do Chính phủ ban hành ngày …`
            let acted = matches!((atoms.lower(end), atoms.lower(end + 1)), ("thông", "qua") | ("ban", "hành"));
            next = if acted { end + 2 } else { end };
        } else if found.title.is_none()
            && let Some((title, end)) = title(atoms, next + comma)
        {
            found.title = Some(one_line(atoms.slice(title)));
            next = end;
        } else {
            break;
        }
    }
    found
}

/// The issuer that stands before: `BCH Đảng bộ đã ban hành Nghị quyết 02`.
pub(super) fn issuer_before(atoms: Text<'_>, at: usize) -> Option<String> {
    let acted = at >= 3 && atoms.lower(at - 1) == "hành" && atoms.lower(at - 2) == "ban";
    if !acted {
        return None;
    }
    let mut end = at - 2;
    while end > 0 && matches!(atoms.lower(end - 1), "đã" | "vừa" | "sẽ" | "cũng" | "mới") {
        end -= 1;
    }
    let start = (end.saturating_sub(12)..end).find(|&start| issuer(atoms, start) == Some(end))?;
    Some(one_line(atoms.slice(start..end)))
}

/// `ngày 12/5/2017`, `(4-11-2013)`, `năm 2013`, `27/02/2024`: the atom of the date, and the one after it.
fn date(atoms: Text<'_>, at: usize, date_end: &dyn Fn(usize) -> Option<usize>) -> Option<(usize, usize)> {
    if let Some(end) = date_end(at) {
        return Some((at, end));
    }
    if atoms.lower(at) == "(" || atoms.lower(at) == "ký" || atoms.lower(at) == "ra" {
        let end = date_end(at + 1)?;
        return Some((at + 1, end + usize::from(atoms.lower(end) == ")")));
    }
    None
}

/// `(khóa XI, XII)`, `khóa XII`: the numerals and the atom after.
fn term(atoms: Text<'_>, at: usize) -> Option<(Vec<String>, usize)> {
    let open = usize::from(atoms.lower(at) == "(");
    if !matches!(atoms.lower(at + open), "khóa") {
        return None;
    }
    let mut terms = Vec::new();
    let mut end = at + open + 1;
    while is_roman(atoms.text(end)) && terms.len() < 8 {
        terms.push(atoms.text(end).to_owned());
        end += 1;
        let another = matches!(atoms.lower(end), "," | "và" | "-") && is_roman(atoms.text(end + 1));
        end += usize::from(another);
        if !another {
            break;
        }
    }
    end += usize::from(open == 1 && atoms.lower(end) == ")");
    (!terms.is_empty()).then_some((terms, end))
}

/// A body that begins at `at`, with its level and place: the atom after it.
fn issuer(atoms: Text<'_>, at: usize) -> Option<usize> {
    let capital = |i: usize| {
        atoms.kind(i) == Some(AtomKind::Letters)
            && atoms.text(i).starts_with(char::is_uppercase)
            && atoms.gap(i) <= Gap::Line
    };
    if !atoms.text(at).starts_with(char::is_uppercase) {
        return None;
    }
    let Some((mut end, ())) = atoms.words.issuers.longest(&atoms, at) else { return headed(atoms, at) };
    // `Ban Thường vụ` + `Huyện ủy`, `Văn phòng` + `Chính phủ`
    while let Some((further, ())) = atoms.words.issuers.longest(&atoms, end).filter(|_| capital(end)) {
        end = further;
    }
    // `tỉnh`, `huyện Can Lộc`, `thành phố Hà Nội`
    let level = match atoms.lower(end) {
        "tỉnh" | "huyện" | "xã" | "phường" | "quận" | "tp" => 1,
        "thành" if atoms.lower(end + 1) == "phố" => 2,
        "thị" if matches!(atoms.lower(end + 1), "xã" | "trấn") => 2,
        _ => 0,
    };
    if level > 0 && atoms.gap(end) <= Gap::Line {
        end += level;
        end += usize::from(atoms.lower(end - 1) == "tp" && atoms.lower(end) == ".");
    }
    let places =
        (end..end + 4).take_while(|&i| capital(i) && type_noun(atoms, i).is_none() && atoms.gap(i) <= Gap::Blank);
    Some(end + places.count())
}

/// A body that no table lists, by its head and the capitals of its name: `Tổng cục Hải quan`.
fn headed(atoms: Text<'_>, at: usize) -> Option<usize> {
    let head = match (atoms.lower(at), atoms.lower(at + 1)) {
        ("tổng", "cục" | "công") | ("thanh", "tra") | ("liên", "đoàn" | "minh") | ("công", "an" | "ty") => 2,
        ("cục" | "vụ" | "sở" | "ban" | "viện" | "hội" | "chi" | "trường" | "phòng" | "đảng" | "đoàn", _) => {
            1
        }
        _ => return None,
    };
    let capital = |i: usize| atoms.text(i).starts_with(char::is_uppercase);
    let mut end = at + head;
    // A capital begins a word of the name; one syllable in lower case may belong to it.
    while end < at + 12
        && atoms.kind(end) == Some(AtomKind::Letters)
        && atoms.gap(end) <= Gap::Line
        && (capital(end) || capital(end - 1) && end > at + head && !ENDS_NAME.contains(&atoms.lower(end)))
    {
        end += 1;
    }
    (end > at + head || head == 2 && matches!(atoms.lower(end), "tỉnh" | "huyện" | "xã"))
        .then(|| end + usize::from(matches!(atoms.lower(end), "tỉnh" | "huyện" | "xã") && atoms.gap(end) <= Gap::Line))
}

/// Words that follow a name and do not belong to it.
const ENDS_NAME: &[&str] =
    &["ngày", "về", "tại", "đã", "và", "ban", "thông", "có", "là", "cho", "trong", "từ", "với", "năm", "được", "khóa"];

/// A title: after `về`, in quotes, or after a verb such as `quy định`. Returns its atoms and the atom after.
fn title(atoms: Text<'_>, at: usize) -> Option<(Range<usize>, usize)> {
    let about = atoms.lower(at) == "về" && atoms.gap(at) <= Gap::Line;
    let start = at + usize::from(about);
    if is_quote(atoms.lower(start)) {
        let open = start + 1;
        let open = open + usize::from(atoms.lower(open) == "về");
        let end = (open..open + 80).take_while(|&i| i < atoms.len()).find(|&i| is_quote(atoms.lower(i)))?;
        return (open < end).then_some((open..end, end + 1));
    }
    let verb = matches!(
        (atoms.lower(start), atoms.lower(start + 1)),
        ("quy", "định") | ("phê", "duyệt") | ("hướng", "dẫn") | ("ban", "hành") | ("sửa", "đổi")
    );
    let told = about || verb && atoms.gap(start) == Gap::Blank;
    if !told {
        return None;
    }
    let mut end = start;
    while end < start + 60 && end < atoms.len() && !(end > start && ends_title(atoms, start, end)) {
        end += 1;
    }
    (end > start + 1).then_some((start..end, end))
}

fn is_quote(sign: &str) -> bool {
    matches!(sign, "“" | "”" | "\"" | "«" | "»" | "‘" | "’" | "''")
}

/// Whether a title that begins at `start` ends before atom `i`.
fn ends_title(atoms: Text<'_>, start: usize, i: usize) -> bool {
    if atoms.gap(i) == Gap::Paragraph || atoms.gap(i) == Gap::Line && atoms.text(i).starts_with(char::is_uppercase) {
        return true;
    }
    let next_is_capital = atoms.text(i + 1).starts_with(char::is_uppercase);
    match atoms.lower(i) {
        "." | ";" | ":" | "(" | ")" | "…" | "!" | "?" => true,
        sign if is_quote(sign) => true,
        "," => next_is_capital || ENDS_AFTER_COMMA.contains(&atoms.lower(i + 1)) || atoms.gap(i + 1) > Gap::Line,
        "và" | "cùng" => next_is_capital && type_noun(atoms, i + 1).is_some(),
        "›" | "»" | "•" | "|" | "*" | "+" => true,
        word if ENDS_TITLE.contains(&word) => true,
        "có" => matches!(atoms.lower(i + 1), "hiệu" | "nội"),
        "trên" => atoms.lower(i + 1) == "địa",
        "ngày" => atoms.kind(i + 1) == Some(AtomKind::Digits) && i > start + 2,
        _ => false,
    }
}

/// Words that begin what is said of a document, after its title.
const ENDS_TITLE: &[&str] =
    &["được", "đã", "theo", "vẫn", "là", "tại", "nhằm", "đều", "còn", "sẽ", "đến", "do", "cũng"];

/// Words with which a new clause begins after a comma; other commas belong to the title (`phí, lệ phí`).
const ENDS_AFTER_COMMA: &[&str] = &[
    "bảo", "các", "cấp", "cùng", "do", "giữ", "góp", "gắn", "huyện", "hội", "kết", "mỗi", "nhiều", "những", "nhất",
    "nhằm", "phấn", "qua", "sau", "trong", "trên", "trước", "tại", "tạo", "từ", "tỉnh", "toàn", "theo", "thời", "thực",
    "tập", "với", "xã", "đơn", "đã", "đảm", "đặc", "đến", "đồng", "ông", "bà", "đ", "ngành", "địa", "ban", "cán", "để",
    "đạt", "căn", "nghị", "quyết", "chỉ", "kế", "đề", "người", "có", "không", "khi", "lãnh", "yêu", "vẫn", "hiện",
    "mà", "là",
];
