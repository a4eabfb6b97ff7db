//! The articles that come with the library.

use thoisu::index::NewsIndex;
use thoisu::{Analyzer, Article, Error};

/// The articles in `corpus/texts`, by their file names.
macro_rules! corpus {
    ($($name:literal)*) => { &[$(($name, include_str!(concat!("../../corpus/texts/", $name, ".txt")))),*] };
}

const CORPUS: &[(&str, &str)] = corpus![
    "ha_01" "ha_04" "ha_05" "ha_07" "ha_10" "ha_11" "ha_13" "ha_19" "ha_23" "ha_26"
    "hb_01" "hb_03" "hb_05" "hb_10" "hb_13" "hb_17" "hb_20" "hb_21" "hb_23" "hb_26"
];

/// The articles of the library, in memory. Nothing of this is special: a service does the same with its own articles.
pub(crate) fn bundled() -> Result<NewsIndex, Error> {
    let index = NewsIndex::in_ram(Analyzer::new())?;
    let mut writer = index.writer()?;
    for (name, text) in CORPUS {
        let mut article = Article::from_text(*text);
        article.id = Some((*name).to_owned());
        article.url = Some(format!("corpus/texts/{name}.txt"));
        writer.add(&article)?;
    }
    writer.commit()?;
    Ok(index)
}
