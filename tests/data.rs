//! The tables in `src/data` are what a reviewer expects: sorted, without duplicates, in normal form, as wide as they say.

use std::fs;
use std::path::Path;

#[test]
fn tables_are_sorted_unique_and_in_normal_form() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/data");
    let mut tables = 0;
    for entry in fs::read_dir(folder).expect("src/data") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "tsv") {
            continue;
        }
        tables += 1;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let table = fs::read_to_string(&path).expect("UTF-8");
        assert!(table.starts_with('#'), "{name}: the first line says what the columns are");
        assert!(table.ends_with('\n'), "{name}: the last line is whole");
        let rows: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).collect();
        for (number, pair) in rows.windows(2).enumerate() {
            assert!(pair[0] < pair[1], "{name}, row {}: {:?} before {:?}", number + 2, pair[0], pair[1]);
        }
        for row in rows {
            assert_eq!(thoisu::normalize(row), row, "{name}: not in normal form");
            assert!(!row.contains("  ") && row.trim_start() == row, "{name}: stray blanks in {row:?}");
        }
    }
    assert!(tables >= 3, "only {tables} tables found");
}
