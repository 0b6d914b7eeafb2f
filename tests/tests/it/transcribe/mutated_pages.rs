//! Spoilt pages: whatever a page holds, reading it neither panics nor goes on without end, and what is written can be
//! read again.
//!
//! Some hundreds of pages by default; [`apograph_tests::fuzz`] describes how to read more.

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::time::{Duration, Instant};

use apograph::diagnostic::{Code, Diagnostics};
use apograph::source::Sources;
use apograph::spec::{load_texts, write};
use apograph::transcribe::{Options, transcribe};
use apograph_tests::corpus::{self, Case};
use apograph_tests::fuzz::Seeds;
use apograph_tests::mutation::{Random, spoil};
use apograph_tests::root;

use super::frame_breaks;

/// Spoilt pages of a whole run. `.ci/run` also tries new ones for 40 seconds.
const CASES: u64 = 1_000;
/// No page takes so long, not even without optimisation on a busy machine: reading one takes milliseconds.
const ENDLESS: Duration = Duration::from_secs(20);

/// The files around a transcript, as short as they can be: they are read again for each page.
const PACKAGE: &str = "name: acme-apis\nversion: 0.1.0\ndescription: Acme\nlicense: MIT\nrust-version: '1.88'\n";
const PLATFORM: &str = "\
title: Acme
environments: {production: 'https://acme.example.com/rest'}
families: {depot: {title: Depot, prefixes: [acme.depot]}}
request: {body: form, method: POST, content_type: application/x-www-form-urlencoded, files: multipart}
response:
  lists: wrapped
  envelope: {root: {suffix: _response, error: error_response, code: code, message: msg, sub_code: sub_code, sub_message: sub_msg, request_id: request_id}}
signing:
  s:
    credentials: {key: id, secret: secret}
    put: {query: {key: '{key}'}}
    let: {base: {text: '{secret}{key}'}}
    place: {query: {sign: '{base|md5|hex}'}}
    vectors: {none: an invented platform}
";

/// A page that is spoilt, and how it is read.
struct Page {
    text: String,
    options: Options,
}

/// Pages of platforms that the program knows: invented ones, one of each layout.
fn pages() -> Vec<Page> {
    let mut paths: Vec<_> =
        fs::read_dir(root().join("tests/pages")).expect("pages").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let page = |path| Page { text: fs::read_to_string(path).expect("a page"), options: Options::default() };
    paths.iter().map(page).collect()
}

/// Pages of platforms that the program does not know, with the words of the platform. One page is not UTF-8.
fn frame_pages() -> Vec<Page> {
    let page = |case: &Case| {
        let text = String::from_utf8(frame_breaks::page(case)).ok()?;
        Some(Page { text, options: frame_breaks::options(case) })
    };
    corpus::cases("frame").iter().filter_map(page).collect()
}

#[test]
fn spoilt_pages_are_read_or_refused() {
    read_spoilt(&pages());
}

#[test]
fn spoilt_pages_of_any_platform_are_read_or_refused() {
    read_spoilt(&frame_pages());
}

fn read_spoilt(pages: &[Page]) {
    let texts: Vec<String> = pages.iter().map(|page| page.text.clone()).collect();
    let mut seeds = Seeds::of(CASES);
    let mut read = 0_u64;
    for seed in seeds.by_ref() {
        let mut random = Random::new(seed);
        let page = &pages[random.below(pages.len())];
        let spoilt = spoil(&page.text, &texts, &mut random);
        let began = Instant::now();
        let result = panic::catch_unwind(AssertUnwindSafe(|| check(&spoilt, &page.options)));
        let took = began.elapsed();
        match result {
            Ok(Ok(was_read)) if took < ENDLESS => read += u64::from(was_read),
            Ok(Ok(_)) => fail(seed, &spoilt, &format!("it took {took:?}")),
            Ok(Err(reason)) => fail(seed, &spoilt, &reason),
            Err(_) => fail(seed, &spoilt, "it panics"),
        }
    }
    let cases = seeds.given();
    eprintln!("{cases} spoilt pages, {read} of them read");
    assert!(read * 20 > cases, "pages are spoilt so much that hardly one is read: {read} of {cases}");
}

/// Reads a page; what comes out can be written and read again, is the same then, and has nothing that loading complains
/// of but its doubts.
fn check(page: &[u8], options: &Options) -> Result<bool, String> {
    let named = Options { api: Some("acme.depot.crate.send".into()), ..options.clone() };
    // A page that names its own API is read under that name.
    let read = transcribe(page, &named).or_else(|refusal| match refusal.code {
        Code::OtherApi => transcribe(page, options),
        _ => Err(refusal),
    });
    let Ok(spec) = read else { return Ok(false) };
    let text = write::transcript(&spec);
    let files = vec![
        ("crate.yaml".to_owned(), PACKAGE.to_owned()),
        ("top/platform.yaml".to_owned(), PLATFORM.to_owned()),
        ("top/depot/crate_send.yaml".to_owned(), text.clone()),
    ];
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let specs = load_texts("specs", files, &mut sources, &mut diagnostics);
    let findings = diagnostics.iter().filter(|finding| finding.code() != Code::UnsettledDoubt);
    let findings: Vec<_> = findings.map(|finding| finding.message().to_owned()).collect();
    let again = specs.platforms.first().and_then(|platform| platform.endpoints.first()).map(|endpoint| &endpoint.spec);
    match again {
        Some(again) if *again == spec && findings.is_empty() => Ok(true),
        Some(_) if findings.is_empty() => Err(format!("it is another one when it is read again:\n{text}")),
        _ => Err(format!("it cannot be read again: {findings:?}\n{text}")),
    }
}

/// Keeps the page where it can be looked at, and fails.
fn fail(seed: u64, page: &[u8], reason: &str) -> ! {
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("spoilt-{seed}.txt"));
    fs::write(&kept, page).expect("a file");
    panic!("seed {seed}, page kept as {}: {reason}", kept.display());
}
