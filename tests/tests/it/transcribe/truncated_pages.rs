//! Pages that break off at any byte: they are refused, or whatever they state differently from the whole page is in doubt.
//!
//! Every byte of every page in a whole run, a sample otherwise. `APOGRAPH_PAGES` names a folder of further pages of TOP as
//! text, of each of which some cuts are tried.

use std::fs;
use std::path::Path;

use apograph::spec::EndpointSpec;
use apograph::transcribe::{Options, Refusal, transcribe};
use apograph_tests::fuzz;
use apograph_tests::root;
use apograph_tests::truncation::undoubted;

/// One cut of so many is tried in an ordinary run. Prime, so that cuts fall on all columns of a table.
const SAMPLED: usize = 41;

fn read(name: &str, page: &[u8]) -> Result<EndpointSpec, Refusal> {
    // Pages with pipes have lost the API's name.
    let api = name.starts_with("top-pipes").then(|| "acme.depot.crate.send".to_owned());
    transcribe(page, &Options { api, source_url: None, platform: None })
}

/// Tries every `step`th cut of a page. Returns how many of them are read.
fn check(name: &str, page: &[u8], step: usize) -> usize {
    let whole = read(name, page).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
    let mut count = 0;
    for length in (name.len() % step..page.len()).step_by(step) {
        let start = page.get(..length).unwrap_or_default();
        let Ok(spec) = read(name, start) else { continue };
        count += 1;
        let found = undoubted(&whole, &spec);
        assert!(found.is_empty(), "{name}, cut at {length}: {found:#?}\n{}", String::from_utf8_lossy(start));
    }
    count
}

fn pages(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut pages: Vec<_> = entries
        .map(|entry| entry.expect("an entry"))
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a page")))
        .collect();
    pages.sort();
    pages
}

#[test]
fn what_a_cut_page_states_differently_is_in_doubt() {
    let step = if fuzz::is_whole() { 1 } else { SAMPLED };
    for (name, page) in pages(&root().join("tests/pages")) {
        let read = check(&name, &page, step);
        assert!(read > 0 || name.ends_with(".json"), "no cut of {name} is read");
    }
}

#[test]
fn so_it_is_in_further_pages() {
    let Some(folder) = std::env::var_os("APOGRAPH_PAGES") else { return };
    for (name, page) in pages(Path::new(&folder)) {
        check(&name, &page, page.len() / 100 + 1);
    }
}
