//! The inputs, each made to be the worst for one thing that the code does.

use super::{Make, Way, counted, halves, letters, repeated, shuffled};

/// Combining marks of many classes, those of Vietnamese among them.
const MARKS: &[char] = &[
    '\u{301}',
    '\u{323}',
    '\u{31b}',
    '\u{302}',
    '\u{327}',
    '\u{345}',
    '\u{334}',
    '\u{5b0}',
    '\u{5b7}',
    '\u{651}',
    '\u{64b}',
    '\u{93c}',
    '\u{94d}',
    '\u{3099}',
    '\u{1dce}',
    '\u{20d0}',
    '\u{302a}',
    '\u{1d165}',
];

/// Way, name, input.
pub(crate) type Worst = (Way, &'static str, Make);

pub(crate) const TEXTS: &[Worst] = &[
    // Scanners: runs of one thing, which must be read once.
    (Way::Text, "one word", |size| repeated(size, "a")),
    (Way::Text, "one word with marks", |size| repeated(size, "ế")),
    (Way::Text, "one word in capitals", |size| repeated(size, "Đ")),
    (Way::Text, "one word behind a name", |size| halves(size, "An", "ông An, ")),
    (Way::Text, "one line", |size| repeated(size, "Huyện họp dân và bàn việc làng ")),
    (Way::Text, "digits", |size| [repeated(size - 1, "7"), b"x".to_vec()].concat()),
    (Way::Text, "digits and full stops", |size| repeated(size, "1.")),
    (Way::Text, "digits and commas", |size| repeated(size, "1,")),
    (Way::Text, "digits and strokes", |size| repeated(size, "12/")),
    (Way::Text, "digits and dashes", |size| repeated(size, "1-")),
    (Way::Text, "digits and colons", |size| repeated(size, "12:")),
    (Way::Text, "letters and digits", |size| repeated(size, "A1")),
    (Way::Text, "letters and strokes", |size| repeated(size, "A/")),
    (Way::Text, "letters and dashes", |size| repeated(size, "a-")),
    (Way::Text, "letters and apostrophes", |size| repeated(size, "a'")),
    (Way::Text, "full stops", |size| repeated(size, ".")),
    (Way::Text, "dashes", |size| repeated(size, "-")),
    (Way::Text, "blanks", |size| repeated(size, " ")),
    (Way::Text, "line breaks", |size| repeated(size, "\n")),
    (Way::Text, "lines of one letter", |size| repeated(size, "a\n")),
    (Way::Text, "characters that show nothing", |size| repeated(size, "\u{200b}")),
    (Way::Text, "letters and characters that show nothing", |size| repeated(size, "a\u{200b}")),
    (Way::Text, "addresses", |size| repeated(size, "http://")),
    (Way::Text, "names of sites", |size| repeated(size, "www.a.vn/")),
    (Way::Text, "mail", |size| repeated(size, "a@")),
    (Way::Text, "underscores", |size| repeated(size, "a_")),
    (Way::Text, "pictographs", |size| repeated(size, "👩\u{200d}")),
    (Way::Text, "flags", |size| repeated(size, "🇻🇳")),
    (Way::Text, "syllables of Hangul", |size| repeated(size, "한")),
    (Way::Text, "Han", |size| repeated(size, "漢")),
    // Normalisation: marks have to be sorted and composed.
    (Way::Text, "one mark", |size| repeated(size, "\u{301}")),
    (Way::Text, "marks of two classes", |size| repeated(size, "\u{301}\u{323}")),
    (Way::Text, "marks without order", |size| shuffled(size, MARKS)),
    (Way::Text, "marks in the wrong order", |size| halves(size, "\u{301}", "\u{323}")),
    (Way::Text, "letters with loose marks", |size| repeated(size, "a\u{301}\u{302}\u{323}")),
    (Way::Text, "tone marks on the wrong letter", |size| repeated(size, "hoà ")),
    (Way::Text, "look-alikes", |size| repeated(size, "aа")),
    // Brackets and quotation marks without their partners.
    (Way::Text, "open brackets", |size| repeated(size, "(")),
    (Way::Text, "brackets in each other", |size| halves(size, "(", ")")),
    (Way::Text, "open quotation marks", |size| repeated(size, "“")),
    (Way::Text, "quotation marks in each other", |size| halves(size, "“ông ", "”, ")),
    (Way::Text, "words in brackets", |size| repeated(size, "(a ")),
    // Lines of a page.
    (Way::Text, "lines of a menu", |size| repeated(size, "Trang chủ\n")),
    (Way::Text, "lines of dates", |size| repeated(size, "Thứ năm - 12/03/2020 08:15\n")),
    (Way::Text, "dates in one line", |size| repeated(size, "12/03/2020 ")),
    (Way::Text, "lines of sources", |size| repeated(size, "Nguồn: Báo tỉnh\n")),
    (Way::Text, "lines of captions", |size| repeated(size, "Ảnh: Trần Văn An\n")),
    (Way::Text, "captions with posts", |size| {
        repeated(size, "Ảnh: Ông Trần Văn An, Chủ tịch UBND xã.\nHuyện ủy họp dân ở xã và ở thôn rồi.\n")
    }),
    (Way::Text, "names of authors", |size| repeated(size, "Lê An\n\n")),
    (Way::Text, "lines of 899 bytes", |size| repeated(size, &format!("{}\n", "Lượt xem ".repeat(71)))),
    // Documents, and the short names of those that were told.
    (Way::Text, "citations", |size| repeated(size, "Nghị quyết số 12-NQ/TU, ")),
    (Way::Text, "citations without a number", |size| repeated(size, "Nghị quyết số ")),
    (Way::Text, "documents in one list", |size| counted(size, "Nghị quyết số 1", ", {n}", "-NQ/TU")),
    (Way::Text, "a code without end", |size| counted(size, "Nghị quyết số 12", "-NQ/TU", " của Tỉnh ủy")),
    (Way::Text, "codes in codes", |size| repeated(size, "NQ5-")),
    (Way::Text, "thousands of documents, then their short names", |size| {
        let told = counted(size / 2, "", "Nghị quyết số {n}-NQ/TU của Tỉnh ủy. ", "");
        [told, counted(size / 2, "", "Nghị quyết {n} đã rõ. ", "")].concat()
    }),
    (Way::Text, "thousands of documents of one number", |size| {
        counted(size, "", "Nghị quyết số 5/{n}/NQ-HĐND của HĐND huyện {t}, Nghị quyết 5; ", "")
    }),
    (Way::Text, "laws by name", |size| counted(size, "", "Luật Đất {t} đai năm 2013, Luật này, ", "")),
    (Way::Text, "provisions", |size| counted(size, "", "khoản {n}, ", "Điều 4 Luật Giá")),
    (Way::Text, "documents in quotation marks", |size| repeated(size, "Quyết định 5/QĐ-UBND về “")),
    (Way::Text, "a title over many words", |size| repeated(size, "Quyết định số 5/QĐ-UBND về việc giao đất ở ")),
    (Way::Text, "standards", |size| repeated(size, "TCVN ISO 9001-1-")),
    // Dates.
    (Way::Text, "dates from and to", |size| repeated(size, "từ ngày 1/2/2020 đến ")),
    (Way::Text, "days of one month", |size| counted(size, "ngày ", "5, ", "tháng 3 năm 2020")),
    (Way::Text, "dates in words", |size| repeated(size, "ngày mười tháng ba năm ")),
    (Way::Text, "weekdays", |size| repeated(size, "thứ hai, ngày 5/3, ")),
    // Officials and their posts.
    (Way::Text, "officials with posts in one sentence", |size| {
        counted(size, "", "ông Trần {t} An, Chủ tịch UBND xã {t}, ", "")
    }),
    (Way::Text, "officials, then their posts alone", |size| {
        let named = counted(size / 2, "", "Ông Trần {t} An, Chủ tịch UBND xã {t}. ", "");
        [named, counted(size / 2, "", "Chủ tịch UBND xã {t} phát biểu. ", "")].concat()
    }),
    (Way::Text, "officials of one rank, then the rank", |size| {
        let named = counted(size / 2, "", "Đồng chí Trần {t} An, Bí thư Huyện ủy. ", "");
        [named, repeated(size / 2, "Đồng chí Bí thư Huyện ủy phát biểu. ")].concat()
    }),
    (Way::Text, "many posts, shared by many names", |size| {
        let posts = counted(size / 2, "Các đồng chí ", "Phó Chủ tịch UBND xã {t}, ", "Phó Chủ tịch UBND xã: ");
        [posts, counted(size / 2, "", "Trần {t} An, ", "")].concat()
    }),
    (Way::Text, "many names, then the posts of all", |size| {
        let names = counted(size / 2, "Các đồng chí ", "Trần Văn An, ", "Trần Văn Bình, ");
        [names, counted(size / 2, "", "Phó Chủ tịch UBND xã {t}, ", "")].concat()
    }),
    (Way::Text, "many posts of one, who is named again", |size| {
        let posts = counted(size / 2, "Ông Trần Văn An, ", "Phó Chủ tịch UBND xã {t}, ", "Chủ tịch UBND xã.\n\n");
        [posts, repeated(size / 2, "Ông An họp. ")].concat()
    }),
    (Way::Text, "a post of one long word, and its holder again", |size| {
        let post = ["Ông Trần Văn An, Giám đốc Công ty H", &"o".repeat(size / 2), ".\n\n"].concat();
        [post.into_bytes(), repeated(size / 2, "Ông An họp. ")].concat()
    }),
    (Way::Text, "one who is named again", |size| {
        let first = "Đồng chí Trần Văn An, Ủy viên Ban Thường vụ Tỉnh ủy, Bí thư Huyện ủy An Hòa.\n\n";
        [first.as_bytes().to_vec(), repeated(size, "Đồng chí An họp. ")].concat()
    }),
    (Way::Text, "ranks", |size| repeated(size, "Phó Chủ tịch ")),
    (Way::Text, "honorifics", |size| repeated(size, "đồng chí ")),
    (Way::Text, "honorifics of several, and no name", |size| halves(size, "các đồng chí ", "8h30 5% ")),
    (Way::Text, "names", |size| repeated(size, "Nguyễn Văn An, ")),
    (Way::Text, "capitals", |size| repeated(size, "Nguyễn ")),
    (Way::Text, "names in brackets", |size| repeated(size, "Trần Văn An (")),
    // Abbreviations that the article tells, and uses.
    (Way::Text, "thousands of abbreviations, declared and used", |size| {
        let declared = |number: usize| {
            let short = letters(number);
            let long: Vec<String> = short.chars().map(|c| format!("{c}a")).collect();
            format!("{} ({short}), ", long.join(" "))
        };
        let mut text: String = (0..)
            .map(declared)
            .scan(0, |sum, one| {
                *sum += one.len();
                (*sum < size / 2).then_some(one)
            })
            .collect();
        text.push_str(".\n\n");
        [text.into_bytes(), counted(size / 2, "", "12 hộ dân {x}, ", "")].concat()
    }),
    (Way::Text, "an abbreviation of a long word", |size| {
        let declared = format!("A{} B (AB).\n\n", "a".repeat(size / 2));
        [declared.into_bytes(), repeated(size / 2, "5 xã AB. ")].concat()
    }),
    // Figures and what they are to each other.
    (Way::Text, "figures", |size| repeated(size, "tăng 12,5% so với 8.675 tấn, ")),
    (Way::Text, "figures that form a sum", |size| counted(size, "Có 5 ý kiến, trong đó: ", "{n} ý kiến về đất, ", "")),
    (Way::Text, "sums in sums", |size| repeated(size, "577 ý kiến, trong đó 5 ý kiến, ")),
    (Way::Text, "parts in brackets", |size| repeated(size, "5 ý kiến (trong đó ")),
    (Way::Text, "ratios and shares", |size| repeated(size, "53/49 nhiệm vụ, đạt 108,1%, ")),
    (Way::Text, "changes", |size| repeated(size, "từ 120 hộ lên 150 hộ (tăng 30 hộ), ")),
    (Way::Text, "money", |size| repeated(size, "1 tỷ 756 triệu ")),
    (Way::Text, "a number in words", |size| repeated(size, "tỷ ")),
    (Way::Text, "figures compared with one long word", |size| {
        let base = ["So với cùng kỳ ", &"o".repeat(size / 2), ", "].concat();
        [base.into_bytes(), repeated(size / 2, "thu tăng 8%, ")].concat()
    }),
    (Way::Text, "figures of a place of one long word", |size| {
        let place = ["Huyện H", &"o".repeat(size / 2), " có "].concat();
        [place.into_bytes(), repeated(size / 2, "5 hộ, ")].concat()
    }),
    (Way::Text, "ranges", |size| repeated(size, "từ 5 đến ")),
    // Meetings.
    (Way::Text, "a meeting with a long list of participants", |size| {
        counted(size, "Sáng 12/3/2024, Huyện ủy tổ chức hội nghị. Dự hội nghị có các đồng chí: ", "Trần {t} An, ", "")
    }),
    (Way::Text, "chairs of a meeting", |size| {
        counted(size, "Sáng 12/3/2024, Huyện ủy tổ chức hội nghị. ", "Đồng chí Trần {t} An chủ trì. ", "")
    }),
    (Way::Text, "meetings", |size| repeated(size, "tổ chức hội nghị ")),
    (Way::Text, "a sentence without end", |size| {
        counted(size, "Sáng 12/3/2024, ", "ngày 5/3/2024 ông Trần {t} An họp, ", "")
    }),
];

pub(crate) const BYTES: &[Worst] = &[
    (Way::Bytes, "bytes of the upper half", |size| vec![0xB5; size]),
    (Way::Bytes, "TCVN3", |size| b"\xD0\xFB ban nh\xA9n d\xA9n t\xD8nh ".repeat(size / 23)),
    (Way::Bytes, "VNI", |size| b"tha\xF8nh pho\xE1 ".repeat(size / 12)),
    (Way::Bytes, "UTF-8 read as windows-1252", |size| repeated(size, "Huyá»‡n á»§y há»�p dÃ¢n ")),
    (Way::Bytes, "all bytes", |size| (0..=255).cycle().take(size).collect()),
    (Way::Bytes, "UTF-16", |size| [vec![0xFF, 0xFE], b"\xE1\x1E".repeat(size / 2)].concat()),
    (Way::Bytes, "letters of an old font, each a word", |size| repeated(size, "µ ")),
];

#[cfg(not(feature = "html"))]
pub(crate) const PAGES: &[Worst] = &[];
#[cfg(feature = "html")]
pub(crate) const PAGES: &[Worst] = &[
    (Way::Page, "elements in each other", |size| repeated(size, "<div>")),
    (Way::Page, "elements in each other, up to the limit", |size| {
        let deep = "<div>".repeat(200) + "Xã họp dân." + &"</div>".repeat(200);
        repeated(size, &deep)
    }),
    (Way::Page, "paragraphs without an end", |size| repeated(size, "<p>Xã họp.")),
    (Way::Page, "formatting without an end", |size| repeated(size, "<p><b><i><a>Xã họp dân.")),
    (Way::Page, "formatting that is closed in the wrong order", |size| repeated(size, "<b><p>x</b>")),
    (Way::Page, "links in links", |size| repeated(size, "<a href=x><div>")),
    (Way::Page, "tables in tables", |size| repeated(size, "<table><tr><td>x")),
    (Way::Page, "text that a table throws out", |size| counted(size, "<table>", "x<tr>", "</table>")),
    (Way::Page, "cells", |size| counted(size, "<table><tr>", "<td>x", "</table>")),
    (Way::Page, "attributes", |size| counted(size, "<p ", "a{n} ", ">Xã họp dân.")),
    (Way::Page, "elements with many attributes", |size| {
        let attributes: String = (0..400).map(|at| format!("a{at} ")).collect();
        repeated(size, &format!("<p {attributes}>x"))
    }),
    (Way::Page, "attributes of the body", |size| counted(size, "", "<body a{n}>", "Xã họp dân.")),
    (Way::Page, "a value without an end", |size| counted(size, "<p title=\"", "Xã họp dân. ", "")),
    (Way::Page, "siblings", |size| repeated(size, "<br>")),
    (Way::Page, "open angle brackets", |size| repeated(size, "<")),
    (Way::Page, "end tags", |size| repeated(size, "</p>")),
    (Way::Page, "comments", |size| repeated(size, "<!---->")),
    (Way::Page, "a comment without an end", |size| counted(size, "<p>Xã họp.<!--", "--x", "")),
    (Way::Page, "characters by name", |size| repeated(size, "&amp;")),
    (Way::Page, "characters without a name", |size| repeated(size, "&")),
    (Way::Page, "a script", |size| counted(size, "<script>", "<!--<script ", "")),
    (Way::Page, "scripts", |size| repeated(size, "<script></script>")),
    (Way::Page, "metadata", |size| counted(size, "", "<meta name=a{n} content=b>", "<p>Xã họp dân.")),
    (Way::Page, "JSON in a page", |size| {
        counted(size, "<script type=application/ld+json>", "[", "</script><p>Xã họp dân.")
    }),
    (Way::Page, "objects in a page", |size| {
        counted(size, "<script type=application/ld+json>[", "{\"@id\":\"{n}\"},", "0]</script><p>Xã họp dân.")
    }),
    (Way::Page, "headings", |size| counted(size, "<title>Xã họp dân</title>", "<h1>Xã {n} họp dân thôn</h1>", "")),
    (Way::Page, "links of a list", |size| repeated(size, "<li><a href=/>Xã họp dân</a>")),
    (Way::Page, "one paragraph of one line", |size| counted(size, "<p>", "Xã họp dân và bàn việc làng, ", "")),
    (Way::Page, "lines of a page, each its furniture", |size| {
        counted(size, "<article><p>Xã họp dân.", "<p>Ảnh: Lê An<p>Xã {n}", "</article>")
    }),
    (Way::Page, "drawings", |size| counted(size, "<p>Xã họp dân.<svg>", "<path d=x />", "</svg>")),
    (Way::Page, "templates", |size| repeated(size, "<template><p>x</p></template>")),
    (Way::Page, "choices", |size| counted(size, "<select>", "<option>x", "</select>")),
];

#[cfg(not(feature = "serde"))]
pub(crate) const OBJECTS: &[Worst] = &[];
#[cfg(feature = "serde")]
pub(crate) const OBJECTS: &[Worst] = &[
    (Way::Json, "lists in each other", |size| counted(size, r#"{"text": "Xã họp dân.", "x": "#, "[", "}")),
    (Way::Json, "a long list that is not read", |size| counted(size, r#"{"text": "Xã họp dân.", "x": ["#, "0,", "0]}")),
    (Way::Json, "thousands of authors", |size| {
        counted(size, r#"{"text": "Xã họp dân.", "author": ["#, "\"a\",", "\"\"]}")
    }),
    (Way::Json, "a list of numbers for an author", |size| {
        counted(size, r#"{"text": "Xã họp dân.", "author": ["#, "0,", "0]}")
    }),
    (Way::Json, "a list for an id", |size| counted(size, r#"{"text": "Xã họp dân.", "id": ["#, "0,", "0]}")),
    (Way::Json, "characters by number", |size| counted(size, r#"{"text": ""#, r"\u1ea1", "\"}")),
    (Way::Json, "line breaks by name", |size| counted(size, r#"{"text": "Xã họp dân."#, r"\n", "\"}")),
    (Way::Json, "a field of one long name", |size| counted(size, "{\"", "x", r#"": 0, "text": "Xã họp dân."}"#)),
    (Way::Json, "thousands of fields", |size| counted(size, "{", "\"x{n}\":0,", r#""text": "Xã họp dân."}"#)),
    (Way::Json, "a date that is none", |size| counted(size, r#"{"text": "Xã họp dân.", "date": ""#, "12/3/", "\"}")),
    (Way::Json, "a title without an end", |size| {
        counted(size, r#"{"text": "Xã họp dân.", "title": ""#, "Xã họp ", "\"}")
    }),
    (Way::Json, "a source in a long text", |size| {
        let text = "a".repeat(size / 2);
        format!(r#"{{"text": "{text}", "source": "b{text}"}}"#).into_bytes()
    }),
    (Way::Json, "a string without an end", |size| counted(size, r#"{"text": ""#, "Xã họp dân. ", "")),
    (Way::Json, "a number without an end", |size| counted(size, r#"{"text": "Xã họp.", "id": "#, "1", "}")),
];

#[cfg(not(feature = "index"))]
pub(crate) const INDEXED: &[Worst] = &[];
#[cfg(feature = "index")]
pub(crate) const INDEXED: &[Worst] = &[
    (Way::Index, "one word a million times", |size| repeated(size, "dân ")),
    (Way::Index, "the words of the query a million times", |size| repeated(size, "dân vận ủy ban ")),
    (Way::Index, "one long word", |size| repeated(size, "a")),
    (Way::Index, "words that all differ", |size| counted(size, "", "{x} ", "")),
    (Way::Index, "officials with posts", |size| counted(size, "", "ông Trần {t} An, Chủ tịch UBND xã {t}, ", "")),
    (Way::Index, "one who is named again", |size| {
        let first = "Đồng chí Trần Văn An, Ủy viên Ban Thường vụ Tỉnh ủy, Bí thư Huyện ủy An Hòa.\n\n";
        [first.as_bytes().to_vec(), repeated(size, "Đồng chí An họp. ")].concat()
    }),
    (Way::Index, "documents", |size| counted(size, "", "Nghị quyết số {n}-NQ/TU của Tỉnh ủy. ", "")),
    (Way::Index, "figures", |size| counted(size, "", "{n} tấn, ", "")),
    (Way::Index, "marks", |size| shuffled(size, MARKS)),
    (Way::Index, "signs", |size| repeated(size, "“(")),
    (Way::Index, "lines", |size| repeated(size, "dân\n")),
];
