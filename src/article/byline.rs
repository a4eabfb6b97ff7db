//! Who wrote an article, as its byline says.

use super::line::{blank, folded};

/// What content systems print where nobody is named.
const ACCOUNTS: &[&str] =
    &["admin", "administrator", "ban bien tap", "bbt", "bien tap vien", "quan tri", "quan tri vien", "van thu"];

/// The name in a byline, without its label and what stands in brackets behind it: `Tác giả bài viết: Hà Vân (CTV)`.
pub(super) fn name_in(line: &str) -> Option<&str> {
    let name = line.rsplit_once(':').map_or(line, |(_, name)| name);
    let name = name.split('(').next().unwrap_or("");
    let name = name.trim_matches(|c: char| blank(c) || matches!(c, '-' | '–' | '|' | '*' | ',' | '/' | ')'));
    is_person(name).then_some(name)
}

/// Whether it could name an author: a person, or an office that signs; no address, no site, no account.
pub(super) fn is_person(name: &str) -> bool {
    let folded = folded(name);
    (2..=80).contains(&name.chars().count())
        && !name.contains(|c: char| c.is_ascii_digit() || matches!(c, '/' | '@' | '<' | '{' | '|'))
        && name.contains(char::is_uppercase)
        && !name.ends_with(['.', '!', '?', '…', ';'])
        && !ACCOUNTS.contains(&folded.as_str())
        && !is_site(&folded)
}

/// Whether a folded text names a site.
pub(super) fn is_site(folded: &str) -> bool {
    ["cong thong tin", "cong ttdt", "trang chu", "trang thong tin", "trang tin dien tu", "website"]
        .iter()
        .any(|name| folded.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_bylines() {
        for (line, name) in [
            ("Tác giả bài viết: Hà Vân", Some("Hà Vân")),
            ("Tin, ảnh: Kim Oanh (CTV)", Some("Kim Oanh")),
            ("- Thu Hằng - Xuân Bính", Some("Thu Hằng - Xuân Bính")),
            ("Người đăng bài viết: admin", None),
            ("Theo: Cổng thông tin điện tử huyện", None),
            ("Tác giả: hoalac@quangson.example", None),
        ] {
            assert_eq!(name_in(line), name, "{line}");
        }
    }
}
