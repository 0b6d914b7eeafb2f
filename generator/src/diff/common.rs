//! The APIs that both revisions have.

use std::collections::BTreeSet;

use super::Texts;

/// Counts the APIs that both revisions have under one name, without parsing their transcripts.
pub fn common_apis([old, new]: [&Texts; 2]) -> usize {
    names(old).intersection(&names(new)).count()
}

/// Platform and name of each API.
fn names(texts: &Texts) -> BTreeSet<(&str, &str)> {
    let files = texts.files.iter().filter(|(path, _)| path.split('/').count() == 3 && !path.ends_with(".fix.yaml"));
    let names = files.filter_map(|(path, text)| {
        let api = text.lines().find_map(|line| line.strip_prefix("api: "))?;
        Some((path.split('/').next()?, api.trim()))
    });
    names.collect()
}
