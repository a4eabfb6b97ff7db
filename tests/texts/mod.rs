//! The articles of the repository, for tests and benchmarks.

use std::fs;
use std::path::{Path, PathBuf};

/// The files of `FOLDER/texts`, in the order of their names: of `corpus` and of `tests/articles`.
pub(crate) fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join("texts");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}
