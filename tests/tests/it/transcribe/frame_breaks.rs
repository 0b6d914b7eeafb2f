//! Pages of any platform that break off: what a part of a page gives is what the whole page gives, or in doubt.

use std::collections::BTreeMap;
use std::fs;

use apograph::diagnostic::Diagnostics;
use apograph::source::{Sources, SpecPath};
use apograph::spec::{self, EndpointSpec, Entries, FieldSpec, write};
use apograph::terms::About;
use apograph::transcribe::{Options, PlatformWords, transcribe};
use apograph_tests::corpus::{self, Case};
use apograph_tests::fuzz;

/// Bytes between two places where a page is cut: of whole runs, and of ordinary ones. `APOGRAPH_EVERY_BYTE=1` cuts everywhere,
/// which takes two minutes.
const STEPS: [usize; 2] = [7, 83];

/// Options with the words of a case.
pub(super) fn options(case: &Case) -> Options {
    let (mut sources, mut found) = (Sources::new(), Diagnostics::new());
    let pages = fs::read_to_string(case.folder.join("pages.yaml"))
        .ok()
        .map(|text| spec::load_pages("pages.yaml", text, &mut sources, &mut found).expect("words"));
    let base = case.folder.with_file_name("base/shop/platform.yaml");
    let text = fs::read_to_string(base).expect("the platform");
    let platform = spec::load_platform("platform.yaml", text, &mut sources, &mut found).expect("a platform");
    Options { platform: Some(PlatformWords::of_pages(pages.as_ref()).on(&platform)), ..Options::default() }
}

/// The page of a case.
pub(super) fn page(case: &Case) -> Vec<u8> {
    let entries = fs::read_dir(&case.folder).expect("a folder").flatten().map(|entry| entry.path());
    let mut pages = entries.filter(|path| path.file_stem().is_some_and(|stem| stem == "page"));
    fs::read(pages.next().expect("a page")).expect("a page")
}

type Facts = BTreeMap<String, (SpecPath, [(About, String); 6])>;

/// Every field with its facts.
fn facts(spec: &EndpointSpec) -> Facts {
    fn walk(fields: &Entries<FieldSpec>, above: &SpecPath, facts: &mut Facts) {
        for (name, field) in fields {
            let path = above.key(name);
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let own = [
                (About::Type, format!("{} {} {:?}", field.type_word, text(&field.items), field.max_length)),
                (About::Required, format!("{:?}", field.required)),
                (About::Example, text(&field.example)),
                (About::Default, text(&field.default)),
                (About::Description, text(&field.description)),
                (About::In, format!("{:?}", field.place)),
            ];
            facts.insert(path.to_string(), (path.clone(), own));
            walk(&field.fields, &path.key("fields"), facts);
        }
    }
    let mut facts = Facts::new();
    walk(&spec.request, &SpecPath::root().key("request"), &mut facts);
    walk(&spec.response, &SpecPath::root().key("response"), &mut facts);
    facts
}

/// What a part of a page has that the whole page has not, without a doubt.
fn wrong(part: &EndpointSpec, whole: &Facts) -> Vec<String> {
    let doubted = |at: &SpecPath, abouts: &[About]| {
        part.doubts.iter().any(|doubt| doubt.at == *at && (abouts.is_empty() || abouts.contains(&doubt.about)))
    };
    let mut wrong = Vec::new();
    for (name, (path, own)) in facts(part) {
        let Some((_, expected)) = whole.get(&name) else {
            if !doubted(&path, &[]) {
                wrong.push(format!("{name} is added"));
            }
            continue;
        };
        for ((about, found), (_, expected)) in own.iter().zip(expected) {
            if found != expected && !doubted(&path, &[*about]) {
                wrong.push(format!("{name}.{}: {found} instead of {expected}", about.word()));
            }
        }
    }
    wrong
}

#[test]
fn a_part_of_a_page_has_nothing_wrong_without_a_doubt() {
    let [whole_run, ordinary] = STEPS;
    let is_everywhere = std::env::var_os("APOGRAPH_EVERY_BYTE").is_some_and(|value| value == "1");
    let step = if is_everywhere {
        1
    } else if fuzz::is_whole() {
        whole_run
    } else {
        ordinary
    };
    let mut failures = Vec::new();
    let (mut read, mut refused) = (0, 0);
    for case in corpus::cases("frame") {
        let (bytes, options) = (page(&case), options(&case));
        let whole = facts(&transcribe(&bytes, &options).expect("the whole page"));
        for end in (0..bytes.len()).step_by(step) {
            let Ok(part) = transcribe(&bytes[..end], &options) else {
                refused += 1;
                continue;
            };
            read += 1;
            let text = write::transcript(&part);
            let mut found = Diagnostics::new();
            spec::load_transcript("part.yaml", text.clone(), &mut Sources::new(), &mut found);
            let wrong = wrong(&part, &whole);
            if !wrong.is_empty() || !found.is_empty() {
                failures.push(format!("{} cut at {end}: {wrong:?} {found:?}", case.name));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {read}:\n{}", failures.len(), failures.join("\n"));
    assert!(read > 100 && refused > 100, "{read} read, {refused} refused");
}
