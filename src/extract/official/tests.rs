use proptest::prelude::*;

use super::OfficialRule;
use crate::article::Article;
use crate::extract::{FactKind, Rule, Tables};
use crate::segment::{Document, Segmenter};
use crate::span::Span;

/// What is found: the slice of the original, the name, the posts.
fn officials(article: &Article) -> Vec<(String, String, Vec<String>)> {
    let mut facts = Vec::new();
    OfficialRule::new(&Tables::new()).find(&Document::new(article, &Segmenter::new()), &mut facts);
    let found = facts.into_iter().filter_map(|fact| match fact.kind {
        FactKind::Official(official) => {
            Some((article.text[fact.span.range()].to_owned(), official.name, official.posts))
        }
        _ => None,
    });
    found.collect()
}

/// Names and posts as one line each: `Lê Văn An: Bí thư Huyện ủy; Chủ tịch HĐND huyện`.
fn found(text: &str) -> Vec<String> {
    let article = Article { text: text.to_owned(), ..Article::default() };
    officials(&article).into_iter().map(|(_, name, posts)| format!("{name}: {}", posts.join("; "))).collect()
}

#[test]
fn posts_stand_before_a_name_or_behind_it() {
    let cases: &[(&str, &[&str])] = &[
        (
            "Đồng chí Lê Văn An - Phó Bí thư Thường trực Huyện ủy, Chủ tịch HĐND huyện chủ trì hội nghị.",
            &["Lê Văn An: Phó Bí thư Thường trực Huyện ủy; Chủ tịch HĐND huyện"],
        ),
        ("Bà Đoàn Thị Mai (Phó Giám đốc Sở Y tế) trả lời.", &["Đoàn Thị Mai: Phó Giám đốc Sở Y tế"]),
        (
            "Bí thư Huyện ủy, Chủ tịch HĐND huyện Vũ Đình Khang yêu cầu các xã rà soát.",
            &["Vũ Đình Khang: Bí thư Huyện ủy; Chủ tịch HĐND huyện"],
        ),
        ("Bộ trưởng Bộ Y tế (bà Tạ Thu Hiền) dự.", &["Tạ Thu Hiền: Bộ trưởng Bộ Y tế"]),
        ("Giám đốc HTX Nông nghiệp Phú Lộc, ông Bùi Sơn, cho hay.", &["Bùi Sơn: Giám đốc HTX Nông nghiệp Phú Lộc"]),
        ("Người ký: Mai Xuân Thọ – Phó Chủ tịch", &["Mai Xuân Thọ: Phó Chủ tịch"]),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n(Đã ký)\n\nMai Xuân Thọ\n", &["Mai Xuân Thọ: PHÓ CHỦ TỊCH"]),
        (
            "Chiều 3/4,Phó Thủ tướng Hà Sỹ Duy,Thứ trưởng Lâm Viết Khôi và Cục trưởng Cục Thủy lợi Phan Bá Lộc kiểm tra đê.",
            &["Hà Sỹ Duy: Phó Thủ tướng", "Lâm Viết Khôi: Thứ trưởng", "Phan Bá Lộc: Cục trưởng Cục Thủy lợi"],
        ),
        ("Đ/c Lò Văn Mơ-HUV, Trưởng Công an huyện.", &["Lò Văn Mơ: HUV; Trưởng Công an huyện"]),
        (
            "Ông Hà Văn Tư, sinh năm 1950, nguyên Phó Chủ tịch UBND huyện, từ trần.",
            &["Hà Văn Tư: nguyên Phó Chủ tịch UBND huyện"],
        ),
        ("ĐỒNG CHÍ VŨ ĐÌNH KHANG, BÍ THƯ TỈNH ỦY THĂM XÃ AN HÒA", &["VŨ ĐÌNH KHANG: BÍ THƯ TỈNH ỦY"]),
        ("BÍ THƯ HUYỆN ỦY TRÀ ANH SƠN DỰ HỘI NGHỊ", &["TRÀ ANH SƠN: BÍ THƯ HUYỆN ỦY"]),
        ("Đồng chí Sùng Mí Páo, dân tộc Mông, Trưởng thôn, dự.", &["Sùng Mí Páo: Trưởng thôn"]),
        ("Trưởng Công an xã: Lê Bá Quân", &["Lê Bá Quân: Trưởng Công an xã"]),
        (
            "Thừa ủy quyền của Chủ tịch nước, Phó Chủ tịch UBND tỉnh Lê Bá Quân trao huân chương.",
            &["Lê Bá Quân: Phó Chủ tịch UBND tỉnh"],
        ),
        ("Đại biểu Bùi Sơn Hà (Đoàn Lai Châu) tranh luận.", &["Bùi Sơn Hà: Đại biểu"]),
    ];
    for (text, expected) in cases {
        assert_eq!(found(text), *expected, "{text}");
    }
}

#[test]
fn lists_keep_posts_apart_and_share_what_is_shared() {
    let cases: &[(&str, &[&str])] = &[
        (
            "Dự có các đồng chí: A Thưn, Bí thư Huyện ủy; Y Hlan, Phó Chủ tịch HĐND huyện; Đại tá Lê Bá Quân, UVBTV Tỉnh ủy, Giám đốc Công an tỉnh cùng các phòng.",
            &[
                "A Thưn: Bí thư Huyện ủy",
                "Y Hlan: Phó Chủ tịch HĐND huyện",
                "Lê Bá Quân: UVBTV Tỉnh ủy; Giám đốc Công an tỉnh",
            ],
        ),
        (
            "Chủ tịch UBND tỉnh Lê Bá Quân và các Phó Chủ tịch Hồ Thị Na, Lý Seo Páo chủ trì.",
            &["Lê Bá Quân: Chủ tịch UBND tỉnh", "Hồ Thị Na: Phó Chủ tịch", "Lý Seo Páo: Phó Chủ tịch"],
        ),
        (
            "Các Ủy viên Ban Thường vụ Tỉnh ủy: Vũ Bá Hải, Trưởng Ban Tổ chức; Ma Văn Sỹ, Chủ nhiệm Ủy ban Kiểm tra.",
            &[
                "Vũ Bá Hải: Ủy viên Ban Thường vụ Tỉnh ủy; Trưởng Ban Tổ chức",
                "Ma Văn Sỹ: Ủy viên Ban Thường vụ Tỉnh ủy; Chủ nhiệm Ủy ban Kiểm tra",
            ],
        ),
        (
            "Ông Ôn Văn Lộc và bà Trà Thị Đào, đại biểu HĐND huyện khóa XII, nhiệm kỳ 2021 - 2026, tiếp xúc cử tri.",
            &["Ôn Văn Lộc: đại biểu HĐND huyện khóa XII", "Trà Thị Đào: đại biểu HĐND huyện khóa XII"],
        ),
        (
            "Dự có đồng chí Trà Thị Đào, Phó Chủ tịch UBND tỉnh, Giám đốc Sở Công Thương Lê Bá Quân.",
            &["Trà Thị Đào: Phó Chủ tịch UBND tỉnh", "Lê Bá Quân: Giám đốc Sở Công Thương"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(found(text), *expected, "{text}");
    }
}

#[test]
fn a_place_ends_where_the_surname_begins() {
    let cases = [
        ("Chủ tịch UBND huyện Y Blơ Niê tiếp dân.", "Y Blơ Niê: Chủ tịch UBND huyện"),
        ("Chủ tịch UBND huyện Vũ Quang Nguyễn Bá Lực dự.", "Nguyễn Bá Lực: Chủ tịch UBND huyện Vũ Quang"),
        ("Bí thư Tỉnh ủy Sơn Bình Giàng A Chu dự.", "Giàng A Chu: Bí thư Tỉnh ủy Sơn Bình"),
        ("Chủ tịch UBND TP. Hồ Chí Minh Lê Bá Quân dự.", "Lê Bá Quân: Chủ tịch UBND TP. Hồ Chí Minh"),
        ("Bộ trưởng Bộ Tài chính Đoàn Văn Khải dự.", "Đoàn Văn Khải: Bộ trưởng Bộ Tài chính"),
        ("Giám đốc Sở Lê Bá Quân dự.", "Lê Bá Quân: Giám đốc Sở"),
        ("Trưởng Ban Công tác Mặt trận thôn Đinh Thế Hòa dự.", "Đinh Thế Hòa: Trưởng Ban Công tác Mặt trận thôn"),
        ("Đại sứ Nhật Bản Sato Kenji dự.", "Sato Kenji: Đại sứ Nhật Bản"),
        (
            "Hiệu trưởng Trường THPT Phan Đình Phùng Võ Thị Thu dự.",
            "Võ Thị Thu: Hiệu trưởng Trường THPT Phan Đình Phùng",
        ),
        ("Bà H'Ren Kđoh, Phó Chủ tịch HĐND tỉnh Đắk Lắk dự.", "H'Ren Kđoh: Phó Chủ tịch HĐND tỉnh Đắk Lắk"),
    ];
    for (text, expected) in cases {
        assert_eq!(found(text), [expected], "{text}");
    }
}

#[test]
fn posts_end_before_verbs_and_keep_the_fields_of_bodies() {
    let cases = [
        ("Trưởng BCĐ xây dựng và thực hiện QCDC", "đề nghị các xã"),
        ("Trưởng Ban Tôn giáo (Sở Nội vụ)", "cùng dự"),
        ("Chủ tịch Ủy ban MTTQ Việt Nam huyện khóa XIX", ", tái cử"),
        ("Giám đốc Sở Văn hóa, Thể thao và Du lịch", "và đại diện các sở"),
        ("Phó Trưởng Ban Chỉ đạo Trung ương phòng, chống lụt bão", "kiểm tra hồ"),
        ("Trưởng phòng Lao động - Thương binh và Xã hội quận 3", "cho biết"),
        ("Chính ủy Trung đoàn 335", "trao quà"),
        ("Giám đốc Trung tâm Kiểm soát bệnh tật (CDC) tỉnh", "báo cáo"),
        ("Chủ tịch UBND tỉnh", "chung vui với bà con"),
    ];
    for (post, rest) in cases {
        let text = format!("Ông Mai Xuân Thọ, {post} {rest}.");
        assert_eq!(found(&text), [format!("Mai Xuân Thọ: {post}")], "{text}");
    }
}

#[test]
fn later_mentions_inherit_the_posts_last_printed() {
    let text = "Đồng chí Đoàn Thúy Hòa, Bí thư Huyện ủy dự. Bà Ðoàn Thuý Hoà nêu ý kiến. Đoàn Thúy Hòa nói thêm.\n\n\
        Thứ trưởng Đoàn Thúy Hòa cảm ơn. Đồng chí Hòa đề nghị.";
    assert_eq!(
        found(text),
        [
            "Đoàn Thúy Hòa: Bí thư Huyện ủy",
            "Đoàn Thúy Hòa: Bí thư Huyện ủy",
            "Đoàn Thúy Hòa: Bí thư Huyện ủy",
            "Đoàn Thúy Hòa: Thứ trưởng",
            "Hòa: Thứ trưởng",
        ]
    );
    let text = "Bộ trưởng Bộ Y tế Đào Thị Liên Hương dự. Bà Liên Hương phát biểu.";
    assert_eq!(found(text), ["Đào Thị Liên Hương: Bộ trưởng Bộ Y tế", "Liên Hương: Bộ trưởng Bộ Y tế"]);
    assert_eq!(found("Thường vụ bầu đồng chí Lê Bá Quân giữ chức Phó Bí thư Tỉnh ủy."), ["Lê Bá Quân: "]);
}

#[test]
fn the_span_is_the_name_as_printed() {
    let text = "Kết luận, Chủ tịch UBND huyện Mai Xuân\nThọ yêu cầu; bà\u{a0}Tạ Thị\u{a0}Khoẻ, Phó Chủ tịch, dự.";
    let article = Article { text: text.to_owned(), ..Article::default() };
    let printed: Vec<_> = officials(&article).into_iter().map(|(slice, name, _)| (slice, name)).collect();
    let expected = [("Mai Xuân\nThọ", "Mai Xuân Thọ"), ("Tạ Thị\u{a0}Khoẻ", "Tạ Thị Khỏe")];
    assert_eq!(printed, expected.map(|(slice, name)| (slice.to_owned(), name.to_owned())));
}

#[test]
fn citizens_authors_places_and_lone_posts_are_no_officials() {
    let texts = [
        "Ông Mai Bảy, cử tri thôn 3, phản ánh con mương. Bà Tạ Thị Gái, giáo dân, xúc động.",
        "Tin, ảnh: Thu Hằng - Xuân Bình\n\nLÊ TRÂM\n\nVõ Quang Đạt (Văn phòng Huyện ủy)",
        "Học tập tư tưởng, tấm gương đạo đức Hồ Chí Minh; đường Lê Thánh Tôn; TP. Hồ Chí Minh.",
        "Hội nghị tại phường Trần Phú, Chủ tịch UBND phường yêu cầu dọn dẹp.",
        "Họp tại Hà Nội, Thủ tướng yêu cầu các bộ khẩn trương.",
        "Đối thoại giữa Chủ tịch UBND với Nhân dân. Bí thư Huyện ủy Can Lộc phát biểu. Đại biểu dự đông đủ.",
        "Bộ Tư lệnh Thủ đô và Văn phòng Chủ tịch nước phối hợp. Bà con Hà Tĩnh mừng vui.",
        "Trao quyết định bổ nhiệm Thứ trưởng Nội vụ. Giám đốc Sở Xây dựng kiểm tra hiện trường.",
        "Nhà số 24 Lê Lai, Chủ tịch phường xác nhận.",
        "Tại huyện Anh Sơn, Trần Anh Tú đến thăm. Theo ông Đông, Thủ tướng vừa cho phép.",
    ];
    for text in texts {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn page_furniture_names_no_officials() {
    let text = "Bà Tạ Thu Hiền, Bí thư Đảng ủy xã dự.\nChịu trách nhiệm: ông Mai Xuân Thọ, Chủ tịch UBND xã";
    let mut article = Article { text: text.to_owned(), ..Article::default() };
    assert_eq!(officials(&article).len(), 2);
    let line = text.find("Chịu").unwrap();
    article.furniture = vec![Span::from_range(line..text.len())];
    assert_eq!(officials(&article).len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 2 } else { 64 }))]

    #[test]
    fn any_text_is_read_and_every_name_is_a_slice_of_it(
        text in r"(đồng chí |ông |các |Bí thư |phó |Trưởng |Chủ tịch UBND |huyện |Nguyễn |Văn |A |K'|Sở |, |; |: |- |\(|\)|và |của |\n|12 |nhiệm kỳ |nguyên |TP\.|\PC){0,60}"
    ) {
        let article = Article { text: text.clone(), ..Article::default() };
        for (slice, name, _) in officials(&article) {
            prop_assert!(!name.is_empty() && !slice.is_empty());
        }
    }
}

#[test]
fn the_rows_behind_an_official_are_named() {
    let article = Article::from_text("Đồng chí Lê Bá Quân, PCT UBND huyện chủ trì. PCT UBND huyện kết luận.");
    let document = Document::new(&article, &Segmenter::new());
    let rule = OfficialRule::new(&Tables::new());
    let mut facts = Vec::new();
    rule.find(&document, &mut facts);
    let rows = |fact| -> Vec<String> { rule.explain(&document, fact).into_iter().map(|one| one.row).collect() };
    let post = ["PCT\tmany\tPhó Chủ tịch", "UBND\tlocal", "UBND\tỦy ban nhân dân", "huyện\tlevel", "huyện\tdistrict"];
    let of_name: Vec<&str> =
        ["đồng chí\tcomrade", "Lê\tcommon"].into_iter().chain(post).chain(["chủ trì\tchair"]).collect();
    assert_eq!(rows(&facts[0]), of_name);
    let of_post: Vec<&str> = post.into_iter().chain(["kết luận\tconclude"]).collect();
    assert_eq!(rows(&facts[1]), of_post);
}
