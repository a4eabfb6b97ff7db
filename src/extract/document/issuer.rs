//! Bodies that issue documents, as printed: where they end, and what their names tell of level and place.

use std::ops::Range;

use super::reference::{is_roman, type_noun};
use super::words::{Body, Text, Use};
use crate::extract::phrases::one_line;
use crate::extract::{Level, System};
use crate::segment::{AtomKind, Gap};

/// A body that begins at `at`, with its level and place, or the post that signs for it: the atom after it. A joint
/// document has several (`Bộ Quốc phòng, Bộ Công an`).
pub(super) fn read(atoms: Text<'_>, at: usize, joint: bool) -> Option<usize> {
    let mut end = one(atoms, at)?;
    let mut more = if joint { 8 } else { 0 };
    while more > 0
        && matches!(atoms.lower(end), "," | "và" | "-" | "–" | ";")
        && let Some(further) = one(atoms, end + 1)
    {
        end = further;
        more -= 1;
    }
    Some(end)
}

/// The issuer that stands before: `BCH Đảng bộ khóa XX đã ban hành Nghị quyết 02`, `HĐND tỉnh thông qua Nghị quyết …`.
pub(super) fn before(atoms: Text<'_>, at: usize) -> Option<Range<usize>> {
    let back = |at: usize, n: usize| at.checked_sub(n).map_or("", |i| atoms.lower(i));
    let mut end = match (back(at, 2), back(at, 1)) {
        ("ban", "hành") | ("thông", "qua") => at - 2,
        _ => return None,
    };
    while matches!(back(end, 1), "đã" | "vừa" | "sẽ" | "cũng" | "mới" | "ký") {
        end -= 1;
    }
    // `(khóa XX)`
    let close = usize::from(back(end, 1) == ")");
    if back(end, close + 2) == "khóa" && is_roman(atoms.text(end - close - 1)) {
        end -= close + 2;
        end -= usize::from(close == 1 && back(end, 1) == "(");
    }
    let start = (end.saturating_sub(12)..end).find(|&start| one(atoms, start) == Some(end))?;
    Some(start..end)
}

fn one(atoms: Text<'_>, at: usize) -> Option<usize> {
    // `Chánh Thanh tra tỉnh`, `Bộ trưởng Bộ Y tế`, but `Chủ tịch UBND` as one body
    let (after, uses) = atoms.uses(at);
    let known = atoms.words.issuers.longest(&atoms, at).is_some_and(|(end, _)| end >= after);
    let holder = if uses.is(Use::HOLDER) && !known { body(atoms, after) } else { None };
    holder.or_else(|| body(atoms, at))
}

fn body(atoms: Text<'_>, at: usize) -> Option<usize> {
    if !atoms.capitalised(at) {
        return None;
    }
    if let Some(end) = plenum(atoms, at) {
        return Some(end);
    }
    let Some((mut end, _)) = atoms.words.issuers.longest(&atoms, at) else { return headed(atoms, at) };
    // `Ban Thường vụ` + `Huyện ủy`, `Văn phòng` + `Chính phủ`
    for _ in 0..4 {
        let Some((further, _)) = atoms.words.issuers.longest(&atoms, end).filter(|_| capital(atoms, end)) else {
            break;
        };
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
    let places = (end..end + 4)
        .take_while(|&i| capital(atoms, i) && type_noun(atoms, i).is_none() && atoms.gap(i) <= Gap::Blank);
    Some(end + places.count())
}

fn capital(atoms: Text<'_>, i: usize) -> bool {
    atoms.kind(i) == Some(AtomKind::Letters) && atoms.capitalised(i) && atoms.gap(i) <= Gap::Line
}

/// `Hội nghị Trung ương 6`, `Hội nghị lần thứ sáu Ban Chấp hành Trung ương`
fn plenum(atoms: Text<'_>, at: usize) -> Option<usize> {
    if atoms.lower(at) != "hội" || atoms.lower(at + 1) != "nghị" {
        return None;
    }
    let told = atoms.lower(at + 2) == "lần" && atoms.lower(at + 3) == "thứ";
    let body = at + if told { 5 } else { 2 };
    let (end, code) = atoms.words.issuers.longest(&atoms, body)?;
    let central = code.as_deref() == Some("TW");
    let numbered = atoms.kind(end) == Some(AtomKind::Digits) && atoms.text(end).len() <= 2;
    (central && (told || numbered)).then_some(end + usize::from(numbered))
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
    let mut end = at + head;
    // A capital begins a word of the name; one syllable in lower case may belong to it.
    while end < at + 12
        && atoms.kind(end) == Some(AtomKind::Letters)
        && atoms.gap(end) <= Gap::Line
        && (atoms.capitalised(end) || atoms.capitalised(end - 1) && end > at + head && !atoms.is(end, Use::ENDS_NAME))
    {
        end += 1;
    }
    let local = matches!(atoms.lower(end), "tỉnh" | "huyện" | "xã") && atoms.gap(end) <= Gap::Line;
    (end > at + head || head == 2 && local).then(|| end + usize::from(local))
}

/// What the name of a body tells.
#[derive(Debug, Default)]
pub(super) struct Seat {
    /// The code that its documents carry.
    pub(super) code: Option<String>,
    pub(super) level: Option<Level>,
    pub(super) system: Option<System>,
    pub(super) place: Option<String>,
}

/// Reads level and place from the printed name of a body.
pub(super) fn seat(atoms: Text<'_>, issuer: Range<usize>) -> Seat {
    let mut seat = Seat::default();
    // The last known body in the name is the one above the others: `Văn phòng` + `Tỉnh ủy`.
    let (after, uses) = atoms.uses(issuer.start);
    let known = atoms.words.issuers.longest(&atoms, issuer.start).is_some_and(|(end, _)| end >= after);
    let start = if uses.is(Use::HOLDER) && !known { after } else { issuer.start };
    // `Hội nghị lần thứ sáu` + `Ban Chấp hành Trung ương`
    let first = (start..issuer.end.min(start + 6)).find(|&i| atoms.words.issuers.longest(&atoms, i).is_some());
    let mut named = first.unwrap_or(issuer.start);
    while named < issuer.end
        && let Some((end, code)) = atoms.words.issuers.longest(&atoms, named)
    {
        let body: Option<&Body> = code.as_deref().and_then(|code| atoms.words.body(code));
        if let Some(body) = body {
            seat.code = Some(body.code.to_string());
            (seat.level, seat.system) = (body.level, body.system);
        }
        named = end;
    }
    let numbered = atoms.kind(named) == Some(AtomKind::Digits);
    let Some((level, word, name)) = issuer.clone().rev().find_map(|i| level_word(atoms, i, issuer.end)) else {
        // `Sở Y tế Hà Tĩnh`
        let placed = first.is_some() && !numbered && named < issuer.end && seat.level != Some(Level::Central);
        seat.place = placed.then(|| one_line(atoms.slice(named..issuer.end))).filter(|place| place != "Việt Nam");
        return seat;
    };
    if name < issuer.end && atoms.capitalised(name) {
        seat.place = Some(format!("{word} {}", one_line(atoms.slice(name..issuer.end))));
    }
    let city = word == "thành phố";
    let level = if city && seat.place.is_none() {
        None
    } else if city && atoms.is(name, Use::CITY) {
        Some(Level::Province)
    } else {
        Some(level)
    };
    seat.level = level.or(seat.level);
    seat
}

/// A unit of the country at `i`: its level, its word, and the atom where its name may begin. Committees of the party
/// are named by the unit: `Huyện ủy Can Lộc`.
fn level_word(atoms: Text<'_>, i: usize, end: usize) -> Option<(Level, &'static str, usize)> {
    let next = if i + 1 < end { atoms.lower(i + 1) } else { "" };
    let after = i + 1 + usize::from(next == "ủy");
    Some(match (atoms.lower(i), next) {
        ("tỉnh", _) => (Level::Province, "tỉnh", after),
        ("thành", "ủy" | "phố") => (Level::District, "thành phố", i + 2),
        ("tp", _) => (Level::District, "thành phố", i + 1 + usize::from(next == ".")),
        ("huyện", _) => (Level::District, "huyện", after),
        ("quận", _) => (Level::District, "quận", after),
        ("thị", "ủy" | "xã") => (Level::District, "thị xã", i + 2),
        ("thị", "trấn") => (Level::Commune, "thị trấn", i + 2),
        ("đặc", "khu") => (Level::Commune, "đặc khu", i + 2),
        ("phường", _) => (Level::Commune, "phường", after),
        ("xã", next) if next != "hội" && (i == 0 || !matches!(atoms.lower(i - 1), "thị" | "tác")) => {
            (Level::Commune, "xã", after)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Tables;
    use crate::extract::document::words::Words;
    use crate::segment::Atoms;

    fn told(printed: &str) -> (Option<Level>, Option<String>) {
        let (atoms, words) = (Atoms::new(printed), Words::new(&Tables::new()));
        let text = Text { atoms: &atoms, words: &words };
        let end = read(text, 0, false).expect("a body");
        assert_eq!(text.slice(0..end), printed);
        let seat = seat(text, 0..end);
        (seat.level, seat.place)
    }

    #[test]
    fn names_of_bodies_tell_level_and_place() {
        for (printed, level, place) in [
            ("Ban Thường vụ Huyện ủy Can Lộc", Some(Level::District), Some("huyện Can Lộc")),
            ("Ban Chấp hành Đảng bộ tỉnh", Some(Level::Province), None),
            ("Đảng ủy xã Nghĩa Lâm", Some(Level::Commune), Some("xã Nghĩa Lâm")),
            ("Thành ủy Hà Nội", Some(Level::Province), Some("thành phố Hà Nội")),
            ("UBND thành phố Vinh", Some(Level::District), Some("thành phố Vinh")),
            ("Thành ủy", None, None),
            ("UBND thị xã Hồng Lĩnh", Some(Level::District), Some("thị xã Hồng Lĩnh")),
            ("Bộ Chính trị", Some(Level::Central), None),
            ("Sở Y tế Hà Tĩnh", Some(Level::Province), Some("Hà Tĩnh")),
            ("Bảo hiểm xã hội Việt Nam", Some(Level::Central), None),
            ("HĐND", None, None),
            ("Chánh Thanh tra tỉnh", Some(Level::Province), None),
            ("Bộ trưởng Bộ Y tế", Some(Level::Central), None),
            ("Hội nghị Trung ương 6", Some(Level::Central), None),
        ] {
            assert_eq!(told(printed), (level, place.map(str::to_owned)), "{printed}");
        }
    }
}
