//! Measures how well changed facts are found, on texts that people have labelled.
//!
//! Runs only if `APOGRAPH_PROSE_LABELS` names a JSON file: a list of `{label, old, new}`, where `old` and `new` are
//! fields as specs write them, and `label` is a class of facts, or `-` if the change is wording.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diff::shape::Rules;
use crate::diff::{Kind, endpoint};
use crate::spec::{EndpointSpec, Entries};
use crate::terms::{HttpMethod, ListForm, TypeMeaning};

#[derive(Deserialize)]
struct Pair {
    label: String,
    old: serde_json::Value,
    new: serde_json::Value,
}

/// Returns the changes of prose facts that `apograph diff` finds between two forms of a field.
fn found(pair: &Pair) -> Option<String> {
    let spec = |field: &serde_json::Value| -> EndpointSpec {
        let spec = serde_json::json!({
            "api": "acme.depot.crate.send",
            "source": {"layout": "top-text", "sha256": "00"},
            "request": {"field": field},
        });
        serde_yaml::from_str(&spec.to_string()).unwrap_or_else(|error| panic!("{error}: {spec}"))
    };
    let words: Entries<TypeMeaning> = Entries::new();
    let rules = Rules { words: &words, method: HttpMethod::Post, lists: ListForm::Wrapped };
    let changes = endpoint(&spec(&pair.old), &spec(&pair.new), &rules);
    let is_fact = |kind| matches!(kind, Kind::DocFieldSuspect | Kind::DocDeprecatedText | Kind::DocUndeprecatedText);
    changes.iter().find(|change| is_fact(change.kind)).map(|change| change.kind.id().to_owned())
}

#[test]
fn labelled_changes_are_measured() {
    let Ok(path) = std::env::var("APOGRAPH_PROSE_LABELS") else { return };
    let text = std::fs::read_to_string(path).expect("labels");
    let pairs: Vec<Pair> = serde_json::from_str(&text).expect("labels");
    let mut classes: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for pair in &pairs {
        let found = found(pair);
        let counts = classes.entry(&pair.label).or_default();
        counts[usize::from(found.is_some())] += 1;
        let text = |field: &serde_json::Value| field["description"].as_str().unwrap_or_default().to_owned();
        let sign = if found.is_some() == (pair.label != "-") { "   " } else { "!!!" };
        println!(
            "{sign} {}: {}\n      {} \n      {}",
            pair.label,
            found.unwrap_or_default(),
            text(&pair.old),
            text(&pair.new)
        );
    }
    for (class, [silent, found]) in &classes {
        println!("{class}: {found} of {}", silent + found);
    }
    let [silent, false_ones] = classes.remove("-").unwrap_or_default();
    let [missed, found] = classes.values().fold([0, 0], |sum, counts| [sum[0] + counts[0], sum[1] + counts[1]]);
    println!("recall {found}/{}, precision {found}/{}, wording {silent}", found + missed, found + false_ones);
}
