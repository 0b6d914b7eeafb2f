//! Measures how well changed facts are found, on texts that people have labelled.
//!
//! Runs only if `APOGRAPH_PROSE_LABELS` is set, and reads JSON from standard input: a list of `{label, old, new}`, where
//! `old` and `new` are fields as specs write them, and `label` is a class of facts, or `-` if the change is wording:
//!
//! `APOGRAPH_PROSE_LABELS=1 cargo test -p apograph --lib diff::prose::measure -- --nocapture < labels.json`

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::spec::FieldSpec;

use super::{Finding, Judgement, Marks, judge};

#[derive(Deserialize)]
struct Pair {
    label: String,
    old: FieldSpec,
    new: FieldSpec,
}

impl Pair {
    fn judgement(&self) -> Judgement {
        let texts = [&self.old, &self.new].map(|field| field.description.as_deref());
        judge(texts[0], texts[1], &[Marks::of(&self.old), Marks::of(&self.new)])
    }
}

#[test]
fn labelled_changes_are_measured() {
    if std::env::var_os("APOGRAPH_PROSE_LABELS").is_none() {
        return;
    }
    let text = std::io::read_to_string(std::io::stdin()).expect("labels");
    // JSON is YAML, which is what fields are written in.
    let pairs: Vec<Pair> = serde_yaml::from_str(&text).expect("labels");
    let mut classes: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for pair in &pairs {
        let Judgement { finding, facts } = pair.judgement();
        let is_found = finding != Finding::Words;
        classes.entry(&pair.label).or_default()[usize::from(is_found)] += 1;
        let facts: Vec<String> = facts.iter().map(|change| change.phrase().to_string()).collect();
        let sign = if is_found == (pair.label != "-") { "   " } else { "!!!" };
        println!("{sign} {}: {}", pair.label, facts.join("; "));
        for (sign, field) in [('-', &pair.old), ('+', &pair.new)] {
            println!("      {sign} {}", field.description.as_deref().unwrap_or_default());
        }
    }
    for (class, [silent, found]) in &classes {
        println!("{class}: {found} of {}", silent + found);
    }
    let [silent, false_ones] = classes.remove("-").unwrap_or_default();
    let [missed, found] = classes.values().fold([0, 0], |sum, counts| [sum[0] + counts[0], sum[1] + counts[1]]);
    println!("recall {found}/{}, precision {found}/{}, wording {silent}", found + missed, found + false_ones);
}
