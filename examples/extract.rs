fn main() {
    let analyzer = thoisu::Analyzer::new();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut article = thoisu::Article::from_text(text);
        article.id = Some(std::path::Path::new(&path).file_stem().unwrap().to_string_lossy().into_owned());
        let document = analyzer.document(&article);
        let facts = analyzer.facts(&document);
        println!("{}", serde_json::to_string(&thoisu::extract::Record::new(&article, &facts)).unwrap());
    }
}
