//! How well pages are transcribed: counts against known trees. A report, not a test.
//!
//! ```sh
//! cargo run --release -p apograph-tests --example transcribe_report -- PAGES
//! ```
//!
//! `PAGES` is a folder with `text/<api>.txt`, `json/<api>.json` and `truth/<api>.json`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use apograph::source::SpecPath;
use apograph::spec::{About, EndpointSpec, Entries, FieldSpec, Required};
use apograph::transcribe::{Options, transcribe};
use serde_json::Value;

/// What one form of the pages came to.
#[derive(Default)]
struct Counts {
    pages: usize,
    identical: usize,
    doubted: Vec<String>,
    undoubted: Vec<String>,
    refused: Vec<String>,
    fields: usize,
    examples: usize,
    descriptions: usize,
    silent: Vec<String>,
    doubts: BTreeMap<String, usize>,
    pages_with_doubts: usize,
    sessions: usize,
}

/// A field of the truth or of a transcript.
#[derive(Clone, PartialEq)]
struct Flat {
    path: String,
    type_word: String,
    required: String,
    example: String,
    description: String,
}

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "../shared/data/pages-dev".into()));
    let shown = std::env::args().any(|argument| argument == "--list");
    for (form, extension) in [("json", "json"), ("text", "txt")] {
        let pages = read(&folder.join(form), extension);
        let started = Instant::now();
        let specs: Vec<_> = pages.iter().map(|(api, bytes)| (api, transcribe(bytes, &Options::default()))).collect();
        let time = started.elapsed();
        let mut counts = Counts::default();
        for (api, spec) in specs {
            let truth = fs::read(folder.join("truth").join(format!("{api}.json"))).expect("the truth");
            let truth: Value = serde_json::from_slice(&truth).expect("JSON");
            match spec {
                Ok(spec) => compare(api, &spec, &truth, &mut counts),
                Err(refusal) => counts.refused.push(format!("{api}: {}", refusal.message)),
            }
            counts.pages += 1;
        }
        println!("{form}: {} pages, {} ms on one core", counts.pages, time.as_millis());
        show(&counts, shown);
    }
}

fn show(counts: &Counts, list: bool) {
    let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    println!("  trees identical          {} ({:.2} %)", counts.identical, percent(counts.identical, counts.pages));
    println!("  wrong, with doubt        {}", counts.doubted.len());
    println!("  wrong, without doubt     {}", counts.undoubted.len());
    println!("  refused                  {}", counts.refused.len());
    println!("  sessions right           {}", counts.sessions);
    println!("  fields                   {}", counts.fields);
    println!("  examples the same        {} ({:.2} %)", counts.examples, percent(counts.examples, counts.fields));
    let descriptions = percent(counts.descriptions, counts.fields);
    println!("  descriptions the same    {} ({descriptions:.2} %)", counts.descriptions);
    println!("  texts wrong, no doubt    {}", counts.silent.len());
    println!("  pages with doubts        {}", counts.pages_with_doubts);
    for (doubt, count) in &counts.doubts {
        println!("    {count:6} {doubt}");
    }
    let groups = [
        ("doubted", &counts.doubted),
        ("undoubted", &counts.undoubted),
        ("refused", &counts.refused),
        ("silent", &counts.silent),
    ];
    for (name, lines) in groups {
        for line in lines.iter().take(if list { usize::MAX } else { 5 }) {
            println!("  {name}: {line}");
        }
    }
}

fn read(folder: &Path, extension: &str) -> Vec<(String, Vec<u8>)> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of pages") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|found| found == extension) {
            let api = path.file_stem().expect("a name").to_string_lossy().into_owned();
            pages.push((api, fs::read(&path).expect("a page")));
        }
    }
    pages.sort();
    pages
}

fn compare(api: &str, spec: &EndpointSpec, truth: &Value, counts: &mut Counts) {
    let (mut found, mut wanted) = (Vec::new(), Vec::new());
    flatten_spec(&spec.request, "request", &mut found);
    flatten_spec(&spec.response, "response", &mut found);
    flatten_truth(&truth["request"], "request", &mut wanted);
    flatten_truth(&truth["response"], "response", &mut wanted);
    for doubt in &spec.doubts {
        *counts.doubts.entry(format!("{:?} {:?}", doubt.about, doubt.note)).or_default() += 1;
    }
    counts.pages_with_doubts += usize::from(!spec.doubts.is_empty());
    let session = spec.session.is_some_and(|need| need != apograph::spec::SessionNeed::None);
    counts.sessions += usize::from(truth["session"].as_bool() == Some(session));
    let tree = |list: &[Flat]| -> Vec<(String, String, String)> {
        list.iter().map(|field| (field.path.clone(), field.type_word.clone(), field.required.clone())).collect()
    };
    if spec.api == api && tree(&found) == tree(&wanted) {
        counts.identical += 1;
    } else {
        let wrong = undoubted(spec, &found, &wanted);
        match wrong {
            None => counts.doubted.push(api.to_owned()),
            Some(what) => counts.undoubted.push(format!("{api}: {what}")),
        }
    }
    texts(api, spec, &found, &wanted, counts);
}

/// Something in the tree that is wrong and not in doubt.
fn undoubted(spec: &EndpointSpec, found: &[Flat], wanted: &[Flat]) -> Option<String> {
    for field in found {
        let is = |about| is_doubted(spec, &field.path, about);
        match wanted.iter().find(|known| known.path == field.path) {
            None if !is(About::Nesting) => return Some(format!("{} is not there", field.path)),
            Some(known) if known.type_word != field.type_word && !is(About::Type) && !is(About::Nesting) => {
                return Some(format!("{} is {}, not {}", field.path, known.type_word, field.type_word));
            }
            Some(known) if known.required != field.required && !is(About::Required) && !is(About::Nesting) => {
                return Some(format!("{}.required is {}", field.path, known.required));
            }
            _ => {}
        }
    }
    // A name that comes twice on one level is written once, and is in doubt.
    let missing = wanted.len() > found.len() && !spec.doubts.iter().any(|doubt| doubt.about == About::Name);
    missing.then(|| "fields are missing".to_owned())
}

/// Whether the fact, or an object that the field is in, is in doubt.
fn is_doubted(spec: &EndpointSpec, path: &str, about: About) -> bool {
    let path: SpecPath = path.parse().expect("a path");
    let mut at = Some(&path);
    while let Some(here) = at {
        let is = |doubt: &&apograph::spec::DoubtSpec| doubt.at == *here && (doubt.about == about);
        if spec.doubts.iter().any(|doubt| is(&doubt)) {
            return true;
        }
        at = if about == About::Nesting { here.parent() } else { None };
    }
    false
}

fn texts(api: &str, spec: &EndpointSpec, found: &[Flat], wanted: &[Flat], counts: &mut Counts) {
    let mut known = wanted.iter();
    for field in found {
        counts.fields += 1;
        let same_place = known.clone().next().filter(|next| next.path == field.path);
        let Some(truth) = same_place.or_else(|| wanted.iter().find(|known| known.path == field.path)) else { continue };
        known.next();
        let pairs = [
            (About::Example, &field.example, &truth.example),
            (About::Description, &field.description, &truth.description),
        ];
        for (about, one, other) in pairs {
            if fold(one) == fold(other) {
                *(if about == About::Example { &mut counts.examples } else { &mut counts.descriptions }) += 1;
            } else if !is_doubted(spec, &field.path, about) {
                counts.silent.push(format!("{api}: {} {about:?} {one:?}, not {other:?}", field.path));
            }
        }
    }
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn flatten_spec(fields: &Entries<FieldSpec>, at: &str, flat: &mut Vec<Flat>) {
    for (name, field) in fields {
        let path = below(at, name);
        flat.push(Flat {
            path: path.clone(),
            type_word: field.type_word.clone(),
            required: if at.starts_with("request") { format!("{:?}", field.required) } else { String::new() },
            example: field.example.clone().unwrap_or_default(),
            description: field.description.clone().unwrap_or_default(),
        });
        flatten_spec(&field.fields, &format!("{path}.fields"), flat);
    }
}

fn flatten_truth(fields: &Value, at: &str, flat: &mut Vec<Flat>) {
    for field in fields.as_array().into_iter().flatten() {
        let text = |key: &str| field[key].as_str().unwrap_or_default().to_owned();
        let path = below(at, &text("name"));
        let required = if field["required"].as_bool() == Some(true) { Required::Yes } else { Required::No };
        let list = if field["list"].as_bool() == Some(true) { "[]" } else { "" };
        flat.push(Flat {
            path: path.clone(),
            type_word: text("base") + list,
            required: if at.starts_with("request") { format!("{required:?}") } else { String::new() },
            example: text("example"),
            description: text("description"),
        });
        flatten_truth(&field["kids"], &format!("{path}.fields"), flat);
    }
}

fn below(at: &str, name: &str) -> String {
    at.parse::<SpecPath>().expect("a path").key(name).to_string()
}
