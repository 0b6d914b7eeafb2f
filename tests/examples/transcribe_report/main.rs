//! How well pages are transcribed: every fact held against known trees. A report, not a test.
//!
//! ```sh
//! cargo run --release -p apograph-tests --features reports --example transcribe_report -- \
//!     PAGES [--list] [--damage KIND:PERCENT] [--seeds N] [--show [SEED/]API]
//! ```
//!
//! `PAGES` is a folder with `text/<api>.txt`, `json/<api>.json` and `truth/<api>.json`. With `--damage` only the text
//! pages are read, each damaged at random in the same way in every run: see [`damage::Kind`]. `--show` prints what was
//! read of a page, as the lists name it, and the page.

mod damage;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use apograph::spec::{EndpointSpec, write};
use apograph::transcribe::{Options, transcribe};
use apograph_tests::judge::{self, Judgement};
use damage::Damage;
use serde_json::Value;

/// What one form of the pages came to.
#[derive(Default)]
struct Counts {
    pages: usize,
    identical: usize,
    doubted: Vec<String>,
    undoubted: Vec<String>,
    refused: Vec<String>,
    silent: Vec<String>,
    fields: usize,
    examples: usize,
    descriptions: usize,
    sessions: usize,
    doubts: BTreeMap<String, usize>,
    pages_with_doubts: usize,
    /// Pages without an error, and the doubts that a reader of them must settle in vain.
    right: usize,
    vain_pages: usize,
    vain_doubts: usize,
    most_vain: (usize, String),
}

/// What is asked for.
struct Asked {
    folder: PathBuf,
    list: bool,
    damage: Option<Damage>,
    seeds: u64,
    show: Option<String>,
}

fn main() {
    let asked = asked();
    let forms: &[(&str, &str)] =
        if asked.damage.is_some() { &[("text", "txt")] } else { &[("json", "json"), ("text", "txt")] };
    for (form, extension) in forms {
        let pages = read(&asked.folder.join(form), extension);
        let mut counts = Counts::default();
        let mut time = 0;
        for seed in 0..asked.seeds {
            for (number, (api, bytes)) in pages.iter().enumerate() {
                let damaged = asked.damage.as_ref().map(|damage| damage.apply(bytes, seed << 32 | number as u64));
                let started = Instant::now();
                let read = transcribe(damaged.as_deref().unwrap_or(bytes), &Options::default());
                time += started.elapsed().as_micros();
                let truth = fs::read(asked.folder.join("truth").join(format!("{api}.json"))).expect("the truth");
                let truth: Value = serde_json::from_slice(&truth).expect("JSON");
                let name = if asked.seeds > 1 { format!("{seed}/{api}") } else { api.clone() };
                match read {
                    Ok(spec) => {
                        if asked.show.as_ref() == Some(&name) {
                            let page = damaged.as_deref().unwrap_or(bytes);
                            println!("{}\n{}", String::from_utf8_lossy(page), write::transcript(&spec));
                        }
                        let judgement =
                            judge::judge(api, &spec, &truth, asked.damage.is_some_and(|damage| damage.takes_rows()));
                        count(&name, &spec, judgement, &mut counts);
                    }
                    Err(refusal) => counts.refused.push(format!("{name}: {}", refusal.message)),
                }
                counts.pages += 1;
            }
        }
        println!("{form}: {} pages, {} ms on one core", counts.pages, time / 1000);
        show(&counts, asked.list);
    }
}

fn asked() -> Asked {
    let mut asked =
        Asked { folder: "../shared/data/pages-dev".into(), list: false, damage: None, seeds: 1, show: None };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_else(|| panic!("{argument} wants a value"));
        match argument.as_str() {
            "--list" => asked.list = true,
            "--damage" => asked.damage = Some(value().parse().unwrap_or_else(|error| panic!("{error}"))),
            "--show" => asked.show = Some(value()),
            "--seeds" => asked.seeds = value().parse().expect("a number"),
            _ => asked.folder = argument.into(),
        }
    }
    asked
}

fn count(name: &str, spec: &EndpointSpec, judgement: Judgement, counts: &mut Counts) {
    for doubt in &spec.doubts {
        *counts.doubts.entry(format!("{:?} {:?}", doubt.about, doubt.note)).or_default() += 1;
    }
    counts.pages_with_doubts += usize::from(!spec.doubts.is_empty());
    counts.sessions += usize::from(judgement.session);
    counts.fields += judgement.fields;
    counts.examples += judgement.examples;
    counts.descriptions += judgement.descriptions;
    if judgement.tree.is_empty() {
        counts.identical += 1;
    } else {
        let silent = judgement.tree.iter().find(|wrong| !wrong.doubted);
        match silent {
            Some(wrong) => counts.undoubted.push(format!("{name}: {}", wrong.what)),
            None => counts.doubted.push(format!("{name}: {}", judgement.tree[0].what)),
        }
    }
    let silent = judgement.texts.iter().filter(|wrong| !wrong.doubted);
    counts.silent.extend(silent.map(|wrong| format!("{name}: {}", wrong.what)));
    if judgement.tree.is_empty() && judgement.texts.is_empty() {
        counts.right += 1;
        counts.vain_pages += usize::from(!spec.doubts.is_empty());
        counts.vain_doubts += spec.doubts.len();
        counts.most_vain = counts.most_vain.clone().max((spec.doubts.len(), name.to_owned()));
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
    let (most, page) = &counts.most_vain;
    println!(
        "  pages without an error   {}, {} of them with doubts: {} in all, at most {most} ({page})",
        counts.right, counts.vain_pages, counts.vain_doubts
    );
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
