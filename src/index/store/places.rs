//! The places that facts belong to, in one form each.

use crate::extract::FactKind;
use crate::normalize::normalize;

/// What a place is counted by, and how it is shown: the level in lower case and written out, and the name.
///
/// `None` where a fact has no place with a name: `toàn tỉnh`, `phòng họp tầng 3`.
pub(crate) fn of(kind: &FactKind) -> Option<(String, String)> {
    let place = match kind {
        FactKind::Indicator(indicator) => indicator.place.as_deref(),
        FactKind::Document(document) => document.place.as_deref(),
        FactKind::Meeting(meeting) => meeting.place.as_deref(),
        _ => None,
    };
    let place = normalize(place?);
    let words: Vec<&str> = place.split_whitespace().collect();
    let shown = (0..words.len()).rev().find_map(|at| from_level(&words[at..])).or_else(|| name(&words))?;
    Some((crate::index::store::schema::name_key(&shown), shown))
}

/// `TP. Vinh`, `huyện Can Lộc`, also at the end of `hội trường UBND huyện Can Lộc`.
fn from_level(words: &[&str]) -> Option<String> {
    let (first, second) = (words[0].to_lowercase(), words.get(1).map(|word| word.to_lowercase()));
    let (level, name) = match (first.as_str(), second.as_deref()) {
        ("thành", Some("phố")) => ("thành phố", &words[2..]),
        ("thị", Some("xã")) => ("thị xã", &words[2..]),
        ("thị", Some("trấn")) => ("thị trấn", &words[2..]),
        ("đặc", Some("khu")) => ("đặc khu", &words[2..]),
        ("tp" | "tp.", _) => ("thành phố", &words[1..]),
        ("tx" | "tx.", _) => ("thị xã", &words[1..]),
        ("tt" | "tt.", _) => ("thị trấn", &words[1..]),
        ("tỉnh", _) => ("tỉnh", &words[1..]),
        ("huyện", _) => ("huyện", &words[1..]),
        ("quận", _) => ("quận", &words[1..]),
        ("xã", _) => ("xã", &words[1..]),
        ("phường", _) => ("phường", &words[1..]),
        ("thôn", _) => ("thôn", &words[1..]),
        ("làng", _) => ("làng", &words[1..]),
        ("bản", _) => ("bản", &words[1..]),
        ("buôn", _) => ("buôn", &words[1..]),
        ("ấp", _) => ("ấp", &words[1..]),
        ("khóm", _) => ("khóm", &words[1..]),
        _ => return None,
    };
    let numbered = name.len() == 1 && name[0].chars().all(|c| c.is_ascii_digit());
    (numbered || is_name(name)).then(|| format!("{level} {}", name.join(" ")))
}

/// A name without its level: `Hà Nội`. Of one syllable it may be any word at the beginning of a sentence.
fn name(words: &[&str]) -> Option<String> {
    (words.len() > 1 && is_name(words)).then(|| words.join(" "))
}

fn is_name(words: &[&str]) -> bool {
    !words.is_empty() && words.iter().all(|word| word.starts_with(char::is_uppercase) || matches!(*word, "-" | "–"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Meeting;

    fn of_meeting(place: &str) -> Option<String> {
        let meeting = Meeting { place: Some(place.to_owned()), ..Meeting::default() };
        of(&FactKind::Meeting(meeting)).map(|(_, shown)| shown)
    }

    #[test]
    fn a_place_has_one_form() {
        for (printed, shown) in [
            ("TP. Vinh", "thành phố Vinh"),
            ("Thành phố Vinh", "thành phố Vinh"),
            ("hội trường UBND huyện Can Lộc", "huyện Can Lộc"),
            ("Hà Nội", "Hà Nội"),
            ("Quận 8", "quận 8"),
            ("bản Hoà Khoái", "bản Hòa Khoái"),
        ] {
            assert_eq!(of_meeting(printed).as_deref(), Some(shown), "{printed}");
        }
        for other in ["toàn tỉnh", "phòng họp tầng 3", "Trung tâm Hội nghị tỉnh", "Dân", ""] {
            assert_eq!(of_meeting(other), None, "{other}");
        }
    }
}
