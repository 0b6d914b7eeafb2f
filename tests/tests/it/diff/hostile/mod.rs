//! Reports are text, whatever vendors write: hostile values in every place of every kind of change, and each format read
//! back by a parser of its own. A report with a hostile value has the same markup as that with a harmless one.

mod everywhere;
mod readers;
mod spots;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use apograph::diagnostic::{Color, Diagnostics, render};
use apograph::diff::output::{self, Amount, Language, Style};
use apograph::diff::{self, Report, Scope, Texts};
use apograph::source::Sources;
use apograph::spec;
use apograph_tests::corpus::{self, Case};
use apograph_tests::{folder, fuzz};
use serde_json::Value;

use values::{HOSTILE, harmless, is_hidden};

/// Languages of a summary.
const LANGUAGES: [Language; 2] = [Language::English, Language::Chinese];

/// One place out of this many is tried in a round; the next round tries others, with other values.
const EVERY: usize = 6;

/// Both sides of a case.
type Sides = [(folder::Texts, Option<String>); 2];

/// A place in the files of a case.
struct Target {
    side: usize,
    path: String,
    spot: spots::Spot,
}

/// A report with its sources.
struct Made {
    report: Report,
    sources: Sources,
}

/// Compares both sides, with `value` in the name of the folder and in the approvals of every second finding.
///
/// # Errors
///
/// With the rendered errors of the specs: then the value cannot be in this place.
fn make(sides: &Sides, value: &str) -> Result<Made, String> {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let [old, new] = ["before", "after"].map(|side| format!("{value}/{side}"));
    let texts = |(files, lock): &(folder::Texts, Option<String>), root: String| Texts {
        root,
        files: files.clone(),
        lock: lock.clone(),
        ..Texts::default()
    };
    let revisions = diff::read([texts(&sides[0], old), texts(&sides[1], new)], &mut sources, &mut diagnostics);
    let Some([old, new]) = revisions.filter(|_| !diagnostics.has_errors()) else {
        return Err(render(&diagnostics, &sources, Color::Never));
    };
    let mut report = diff::compare(old, new);
    let entry = |fingerprint: String| {
        let text = spots::quoted(value);
        format!("- {{fingerprint: '{fingerprint}', cause: vendor, reason: {text}, who: {text}, until: 2030-01-01}}\n")
    };
    let fingerprints: BTreeSet<String> =
        report.findings.iter().skip(1).step_by(2).map(diff::Finding::fingerprint).collect();
    if !fingerprints.is_empty() && !value.trim().is_empty() {
        let entries: String = fingerprints.into_iter().map(entry).collect();
        let approvals = spec::load_approvals("approvals.yaml", entries, &mut sources, &mut diagnostics);
        let approvals = approvals.unwrap_or_else(|| panic!("{}", render(&diagnostics, &sources, Color::Never)));
        let today = "2026-01-01".parse().expect("a day");
        diff::approve(&mut report, &approvals, &BTreeSet::new(), today, Scope::Part, &mut diagnostics);
    }
    Ok(Made { report, sources })
}

/// What is wrong with reports: format → how often, and the first time.
#[derive(Default)]
struct Failures(BTreeMap<&'static str, (usize, String)>);

impl Failures {
    fn check(&mut self, format: &'static str, holds: bool, why: impl FnOnce() -> String) {
        if !holds {
            self.0.entry(format).or_insert_with(|| (0, why())).0 += 1;
        }
    }

    /// Nothing in a text is hidden, or acted on by a terminal.
    fn shown(&mut self, format: &'static str, text: &str) {
        let found = text.chars().find(|c| *c != '\n' && is_hidden(*c));
        self.check(format, found.is_none(), || format!("{found:?} in {}", text.escape_debug()));
    }

    /// A format has the same markup with both values.
    fn same(
        &mut self,
        format: &'static str,
        pair: [&Made; 2],
        write: impl Fn(&Made) -> String,
        read: fn(&str) -> Vec<String>,
    ) {
        self.same_texts(format, pair.map(write), read);
    }

    /// Two texts of a format have the same markup; nothing is hidden in the first.
    fn same_texts(&mut self, format: &'static str, [mine, other]: [String; 2], read: fn(&str) -> Vec<String>) {
        self.shown(format, &mine);
        let (read, wanted) = (read(&mine), read(&other));
        let differs = || read.iter().zip(&wanted).find(|(one, other)| one != other);
        self.check(format, read == wanted, || format!("{:?} in\n{mine}", differs()));
    }

    /// Checks every format: a report with a hostile value against the same one with a harmless value.
    fn compare(&mut self, hostile: &Made, plain: &Made, what: &str) {
        let Made { report, sources } = hostile;
        let pair = [hostile, plain];
        self.check("findings", kinds(hostile) == kinds(plain), || {
            format!("{what}: {:?} {:?}", kinds(hostile), kinds(plain))
        });
        let comments = pair.map(|made| output::markdown(&made.report, &made.sources, Amount::All));
        self.same_texts("markdown", comments.clone(), readers::markdown);
        let marked = comments.each_ref().map(|comment| format!("<!-- apograph diff -->\n{comment}"));
        self.same_texts("markdown", marked, readers::markdown);
        let [text, _] = comments;
        self.check("markdown", text.is_empty() || text.starts_with("### Spec changes"), || text.clone());
        self.same("summary", pair, |made| output::summary(&made.report, &LANGUAGES, Amount::All), readers::markdown);
        self.same("html", pair, |made| output::html(&made.report, &made.sources), readers::html);
        self.same("github", pair, |made| output::github(&made.report, &made.sources, Amount::All), readers::commands);
        let written = |made: &Made, color| {
            let style = Style { color, width: 80, amount: Amount::All };
            output::terminal(&made.report, &made.sources, style)
        };
        let terminal = |made: &Made| written(made, Color::Never);
        self.same("terminal", pair, terminal, readers::unindented);
        let styled = |made: &Made| written(made, Color::Ansi);
        let [(styles, text), (wanted, _)] = pair.map(|made| readers::styles(&styled(made)));
        self.check("terminal", styles == wanted, || format!("{styles:?} {wanted:?}"));
        self.shown("terminal", &text);
        let changes: Vec<_> = report.findings.iter().map(|finding| finding.change.clone()).collect();
        let listing = diff::listing(&changes);
        self.shown("listing", &listing);
        self.check("listing", listing.lines().count() == changes.len(), || listing.clone());
        self.data(report, sources);
    }

    fn assert_none(&self) {
        let lines = self.0.iter().map(|(format, (count, first))| format!("==== {format}, {count}×: {first}"));
        let lines: Vec<String> = lines.collect();
        assert!(lines.is_empty(), "{}", lines.join("\n"));
    }

    /// JSON holds the values exactly, and messages in SARIF have neither links nor placeholders.
    fn data(&mut self, report: &Report, sources: &Sources) {
        let [json, sarif] = [output::json(report, sources), output::sarif(report, sources)];
        self.shown("json", &json);
        self.shown("sarif", &sarif);
        let [document, log] = [json, sarif].map(|text| serde_json::from_str::<Value>(&text).expect("JSON"));
        let results = log["runs"][0]["results"].as_array().expect("results");
        let entries = document["findings"].as_array().expect("findings");
        assert_eq!([results.len(), entries.len()], [report.findings.len(); 2]);
        for ((finding, entry), result) in report.findings.iter().zip(entries).zip(results) {
            let change = &finding.change;
            let values = [entry["old"].as_str(), entry["new"].as_str()];
            self.check("json", values == [change.old.as_deref(), change.new.as_deref()], || entry.to_string());
            let text = result["message"]["text"].as_str().expect("a message");
            let message = readers::message(text);
            let holds = message.as_ref().is_some_and(|message| message.contains(&change.describe().to_string()));
            self.check("sarif", holds, || text.to_owned());
            self.shown("sarif", text);
            if let Some(approval) = &finding.approval {
                let reason = entry["approval"]["reason"].as_str();
                self.check("json", reason == Some(approval.reason.as_str()), || entry.to_string());
                self.shown("sarif", result["suppressions"][0]["justification"].as_str().expect("text"));
            }
            for location in result["locations"].as_array().expect("locations") {
                let uri = location["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("a URI");
                let is_plain = uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-~%".contains(&byte));
                self.check("sarif", is_plain, || uri.to_owned());
            }
        }
    }
}

fn kinds(made: &Made) -> Vec<&'static str> {
    made.report.findings.iter().map(|finding| finding.change.kind.id()).collect()
}

/// The places whose texts differ between the sides of a case, and those that only one side has: what its change is about.
fn targets(sides: &Sides) -> Vec<Target> {
    let mut found = Vec::new();
    for side in 0..2 {
        let (mine, other) = (&sides[side].0, &sides[1 - side].0);
        for (path, text) in
            mine.iter().filter(|(path, text)| path.ends_with(".yaml") && other.get(*path) != Some(*text))
        {
            let others = other.get(path).map_or("{}", String::as_str);
            let (file, others) = (spots::parse(text), spots::parse(others));
            let differs = |spot: &spots::Spot| spots::text_at(&file, spot) != spots::text_at(&others, spot);
            let spots = spots::spots(&file).into_iter().filter(differs);
            found.extend(spots.map(|spot| Target { side, path: path.clone(), spot }));
        }
    }
    found
}

fn with(sides: &Sides, target: &Target, value: &str) -> Sides {
    let mut sides = sides.clone();
    if let Some(text) = sides[target.side].0.get_mut(&target.path) {
        *text = spots::with(text, &target.spot, value);
    }
    sides
}

/// What was tried.
#[derive(Default)]
struct Tried {
    /// Places that take a hostile value.
    open: usize,
    /// Places that take a hostile value, but not the harmless ones.
    unpaired: usize,
    kinds: BTreeSet<&'static str>,
    failures: Failures,
}

impl Tried {
    /// Puts one of the values into each place that a case is about.
    fn case(&mut self, case: &Case, first: usize) {
        let sides = ["before", "after"].map(|side| case.specs(side));
        let targets = targets(&sides);
        // Ordinary runs leave out every second place.
        let step = if fuzz::is_whole() { EVERY } else { 2 * EVERY };
        for (index, target) in targets.iter().enumerate().skip(first % EVERY).step_by(step) {
            let value = HOSTILE[(first + index / EVERY) % HOSTILE.len()];
            let hostile = match make(&with(&sides, target, value), value) {
                Ok(hostile) => hostile,
                Err(errors) => {
                    self.failures.shown("diagnostics", &errors);
                    continue;
                }
            };
            let what = format!("{}, {} {:?}: {value:?}", case.name, target.path, target.spot);
            let plain = harmless(value);
            let plains = [plain.replace('·', " "), plain];
            let mut plains = plains.iter().rev().filter_map(|plain| make(&with(&sides, target, plain), plain).ok());
            // Words for types take some characters and not others.
            let Some(plain) = plains.next() else {
                self.unpaired += 1;
                continue;
            };
            self.open += 1;
            self.kinds.extend(kinds(&hostile));
            self.failures.compare(&hostile, &plain, &what);
        }
    }

    fn add(&mut self, other: Self) {
        self.open += other.open;
        self.unpaired += other.unpaired;
        self.kinds.extend(other.kinds);
        for (format, (count, first)) in other.failures.0 {
            self.failures.0.entry(format).or_insert((0, first)).0 += count;
        }
    }
}

/// A number that depends on the case's name only, so that a new case does not change what is tried in the others.
fn seed(name: &str) -> usize {
    name.bytes().fold(0, |seed, byte| (seed * 31 + usize::from(byte)) % 65_536)
}

#[test]
fn hostile_values_are_text_in_every_format() {
    let cases = corpus::cases("diff");
    // One round takes seconds. APOGRAPH_HOSTILE_ROUNDS=246 tries every value in every place.
    let rounds = std::env::var("APOGRAPH_HOSTILE_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let work = |core: usize| {
        let mut tried = Tried::default();
        for round in 0..rounds {
            let mine = cases.iter().skip(core).step_by(cores);
            mine.for_each(|case| tried.case(case, seed(&case.name) + round));
        }
        tried
    };
    let mut tried = Tried::default();
    thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..cores).map(|core| scope.spawn(move || work(core))).collect();
        threads.into_iter().for_each(|thread| tried.add(thread.join().expect("a thread")));
    });
    tried.failures.assert_none();
    assert!(tried.unpaired * 10 < tried.open, "{} of {} places", tried.unpaired, tried.open);
    assert!(tried.open > 60 && tried.kinds.len() > 40, "{} places, {} kinds", tried.open, tried.kinds.len());
}

#[test]
fn a_value_in_all_places_at_once_is_text_in_every_format() {
    let base = corpus::base();
    let (mut failures, mut reached) = (Failures::default(), BTreeSet::new());
    // Each value goes through every format twice: a sample has one of twelve.
    for value in HOSTILE.iter().step_by(if fuzz::is_whole() { 1 } else { 12 }) {
        let made = |value: &str| {
            let sides = everywhere::sides(value, &base).map(|files| (files, None));
            make(&sides, value).unwrap_or_else(|errors| panic!("{value:?}: {errors}"))
        };
        let [hostile, plain] = [value, harmless(value).as_str()].map(made);
        reached.extend(kinds(&hostile));
        failures.compare(&hostile, &plain, &format!("{value:?}"));
    }
    failures.assert_none();
    assert!(reached.len() > 25, "{reached:?}");
}
