//! Counts the changes between two specs folders by kind:
//! `cargo run --release -p apograph-tests --features reports --example diff_report -- OLD NEW [SAMPLE] [SEED]`
//! prints the APIs that were added and removed, the counts, the time, and SAMPLE randomly picked findings for manual review.

use std::collections::BTreeMap;
use std::time::Instant;

use apograph::cli::Cli;
use apograph::commands::{self, Terminal};
use apograph::diagnostic::Color;
use clap::Parser;
use serde_json::Value;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [old, new, rest @ ..] = arguments.as_slice() else {
        eprintln!("usage: diff_report OLD NEW [SAMPLE] [SEED]");
        return;
    };
    let number = |index: usize, default: u64| rest.get(index).and_then(|text| text.parse().ok()).unwrap_or(default);
    let start = Instant::now();
    let report = run(old, new);
    let took = start.elapsed();
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    let mut kinds: BTreeMap<&str, (usize, std::collections::BTreeSet<&str>)> = BTreeMap::new();
    for finding in &findings {
        let (count, apis) = kinds.entry(finding["id"].as_str().unwrap_or_default()).or_default();
        *count += 1;
        apis.extend(finding["api"].as_str());
    }
    for id in ["api-added", "api-removed", "api-wire-renamed"] {
        for finding in findings.iter().filter(|finding| finding["id"] == id) {
            println!("{id} {}", finding["api"].as_str().unwrap_or_default());
        }
    }
    println!("\n{:<28}{:>8}{:>8}", "kind", "changes", "APIs");
    for (id, (count, apis)) in &kinds {
        println!("{id:<28}{count:>8}{:>8}", apis.len());
    }
    println!("\n{} findings, bump {}, in {:.2} s", findings.len(), report["bump"], took.as_secs_f64());
    sample(&findings, number(0, 0), number(1, 7));
}

fn run(old: &str, new: &str) -> Value {
    let cli = Cli::parse_from(["apograph", "diff", old, new, "--format", "json", "--all"]);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    commands::run(&cli.command, &mut Terminal::new(&mut out, &mut err, Color::Never));
    eprint!("{}", String::from_utf8_lossy(&err));
    serde_json::from_slice(&out).unwrap_or_default()
}

/// Findings picked by a linear congruence, the same for the same seed.
fn sample(findings: &[Value], count: u64, seed: u64) {
    let mut state = seed;
    for _ in 0..count.min(findings.len() as u64) {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let index = usize::try_from(state >> 33).unwrap_or_default() % findings.len();
        let finding = &findings[index];
        let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        println!("\n{} {} {}\n  {}\n  {}", text("id"), text("api"), text("path"), text("message"), text("why"));
    }
}
