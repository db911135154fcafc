//! The updaters of registry tables, run on made-up packages: none empties its table.

use std::process::Command;

use crate::support::{root, text};

#[test]
fn registry_updaters_refuse_shrinkage() {
    let output = Command::new("python3")
        .arg(root().join("tests/python/test_updaters.py"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("python3 starts");
    let printed = format!("{}\n{}", text(&output.stdout), text(&output.stderr));
    println!("{printed}");
    assert!(output.status.success(), "{}\n{printed}", output.status);
}
