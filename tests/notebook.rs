//! The commands of `examples/notebook.md`, one after the other, as a reader would run them.
#![cfg(all(feature = "index", feature = "html", unix))]

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn every_command_of_the_notebook_does_what_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let programs = std::env::current_exe().unwrap();
    let programs = programs.parent().and_then(Path::parent).unwrap().join("examples");
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(root.join("corpus"), folder.path().join("corpus")).unwrap();

    let notebook = fs::read_to_string(root.join("examples/notebook.md")).unwrap();
    let commands: Vec<&str> = notebook.split("```sh\n").skip(1).flat_map(|block| block.split("```").take(1)).collect();
    let commands: Vec<&str> = commands.iter().flat_map(|block| block.lines()).collect();
    assert!(commands.len() >= 10);
    for command in commands {
        let (program, arguments) = command
            .strip_prefix("cargo run --release --example ")
            .and_then(|rest| rest.split_once(" -- "))
            .unwrap_or_else(|| panic!("no example is run: {command}"));
        // Built beside this test, so that nothing is compiled again.
        let line = format!("{} {arguments}", programs.join(program).display());
        let output = Command::new("sh").args(["-c", &line]).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stderr.is_empty(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    }
    for file in ["percent.csv", "years.svg", "facts.parquet", "articles.csv"] {
        assert!(fs::metadata(folder.path().join(file)).unwrap().len() > 100, "{file}");
    }
}
