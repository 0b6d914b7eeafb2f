//! `apograph export`: OpenAPI and JSON Schema documents.

mod commands;
mod content;
mod peers;
mod structure;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use apograph::diagnostic::Diagnostics;
use apograph::export::{Format, export};
use apograph::lock;
use apograph::pipeline::{self, Checked};
use apograph::source::Sources;
use apograph::spec::{self, Specs};
use apograph_tests::root;
use serde_json::Value;

/// Documents by path.
type Documents = Arc<BTreeMap<String, Value>>;

/// The documents of a specs folder. Tests of one run share them, because checking a platform's vectors takes time.
fn documents(specs: &str, lock: Option<&str>, format: Format) -> Documents {
    static KNOWN: Mutex<BTreeMap<(String, &str), Documents>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let entry = known.entry((specs.to_owned(), format.ending()));
    Arc::clone(entry.or_insert_with(|| Arc::new(exported(specs, lock, format))))
}

fn exported(specs: &str, lock: Option<&str>, format: Format) -> BTreeMap<String, Value> {
    let (specs, checked) = checked(specs, lock);
    let documents = export(format, &checked.model, &checked.names, &specs);
    let read = |text: &str| serde_json::from_str(text).expect("JSON");
    documents.into_iter().map(|document| (document.path, read(&document.text))).collect()
}

/// A specs folder with its lock, read and checked.
fn checked(specs: &str, lock: Option<&str>) -> (Specs, Checked) {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let specs = spec::load_dir(&root().join(specs), &mut sources, &mut diagnostics);
    let lock = lock.map(|path| {
        let text = std::fs::read_to_string(root().join(path)).expect("the lock");
        lock::read(sources.add(lock::FILE, text), &sources, &mut diagnostics)
    });
    let checked = pipeline::check(&specs, lock.unwrap_or_default(), &mut diagnostics).expect("sound specs");
    (specs, checked)
}

/// All specs of the repository that have envelopes, places or types of their own.
const SPECS: [(&str, Option<&str>); 8] = [
    ("specs", Some("specs/api.lock")),
    ("tests/golden/envelopes/specs", None),
    ("tests/golden/names/specs", None),
    ("tests/golden/signing/specs", None),
    ("tests/golden/texts/specs", None),
    ("tests/golden/types/specs", None),
    ("tests/golden/wire/specs", None),
    ("tests/lock/removed/after", Some("tests/lock/removed/expected.lock")),
];

/// The value at a JSON pointer.
fn at<'v>(document: &'v Value, pointer: &str) -> &'v Value {
    document.pointer(pointer).unwrap_or_else(|| panic!("no {pointer} in {document:#}"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
