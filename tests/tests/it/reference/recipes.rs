//! Signing recipes of the reference: each vector and each row with a result is reproduced by the interpreter and by generated
//! code.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use apograph_tests::folder::Texts;
use apograph_tests::generation;
use apograph_tests::recipes;
use apograph_tests::reference::{Cell, Reference, Table};
use apograph_tests::rustc::Compiler;

use super::context::{check, platform, specs, yard};

/// A text as YAML.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("JSON")
}

/// The code in a cell: what a reader copies.
fn code(cell: &Cell) -> &str {
    cell.code.first().map_or("", String::as_str)
}

/// A recipe with a step and an expected result for each row.
struct Steps {
    name: &'static str,
    /// Credentials, facts and other sections of the recipe.
    head: &'static str,
    steps: String,
    expect: String,
    /// The rest of the vector.
    vector: &'static str,
}

impl Steps {
    fn new(name: &'static str, head: &'static str, vector: &'static str) -> Self {
        Self { name, head, steps: String::new(), expect: String::new(), vector }
    }

    fn add(&mut self, step: &str, result: &str) {
        let name = format!("row{}", self.expect.lines().count());
        let _ = writeln!(self.steps, "      {name}: {step}");
        let _ = writeln!(self.expect, "          {name}: {}", quoted(result));
    }

    /// The `signing` of a platform. All steps are signed, so that generated code has them.
    fn signing(&self) -> String {
        let rows = self.expect.lines().count();
        let parts: Vec<String> = (0..rows).map(|row| format!("'{{row{row}}}'")).collect();
        format!(
            "signing:\n  {}:\n    credentials: {{secret: secret}}\n{}    let:\n{}      all: {{join: {{parts: [{}]}}}}\n      \
             mac: {{hmac: {{alg: sha256, key: '{{secret}}', over: '{{all}}'}}}}\n    \
             place: {{headers: {{X-Mac: '{{mac|hex}}'}}}}\n    vectors:\n      - name: rows\n        source: the reference\n        \
             credentials: {{secret: s3cret}}\n{}        expect:\n{}",
            self.name,
            self.head,
            self.steps,
            parts.join(", "),
            self.vector,
            self.expect
        )
    }
}

/// The examples of filters: the text in the third column becomes what the fourth shows.
fn filters(table: &Table) -> Vec<String> {
    let mut all = Vec::new();
    for row in &table.rows {
        let [filter, meaning, of, is] = &row[..] else { panic!("four cells") };
        // The row of `len:N` names a filter with a number.
        let filter = if code(filter).contains(":N") { code(meaning) } else { code(filter) };
        let mut steps = Steps::new("filters", "    op: [text]\n", "");
        steps.add(&format!("{{text: '{{op.text|{filter}}}'}}"), code(is));
        let vector = format!(
            "        op: {{text: {}}}\n        request: {{method: GET, url: 'https://a.example'}}\n",
            quoted(code(of))
        );
        all.push(steps.signing().replace("        expect:", &format!("{vector}        expect:")));
    }
    all
}

/// The examples of `pairs`: the step in the third column has the result in the fourth.
fn pairs(table: &Table) -> String {
    let vector = "        request:\n          method: POST\n          url: 'https://api.yard.example/rest?b=1&a=2&a=0&note=&sign=old'\n          \
                  form: {name: a b}\n          files: [photo]\n          headers: {X-Yard-App: Yard One, X-Yard-Time: '17'}\n";
    let mut steps = Steps::new("pairs", "", vector);
    for row in &table.rows {
        let [_, _, step, result] = &row[..] else { panic!("four cells") };
        steps.add(&format!("{{pairs: {}}}", code(step)), code(result));
    }
    steps.signing()
}

/// The examples of names in templates.
fn names(table: &Table) -> String {
    let vector = "        api: yard.order.create\n        request: {method: POST, url: 'https://api.yard.example/rest?a=1&b=x%20y', \
                  api_path: /orders%20new, form: {c: '3'}, headers: {X-Yard-App: Yard One}}\n";
    let mut steps = Steps::new("names", "", vector);
    for row in &table.rows {
        let [names, _, values] = &row[..] else { panic!("three cells") };
        // A row without a result is about an absent value.
        assert!(values.code.is_empty() || names.code.len() == values.code.len(), "{}", names.text);
        for (index, name) in names.code.iter().enumerate() {
            steps.add(&format!("{{text: '{name}'}}"), values.code.get(index).map_or("", String::as_str));
        }
    }
    steps.signing()
}

/// Every recipe of the reference with vectors, as the `signing` of a platform.
fn signings(reference: &Reference) -> Vec<String> {
    let blocks =
        reference.yaml("Signing recipes").into_iter().skip(1).chain(reference.yaml("Steps").into_iter().take(1));
    let mut all: Vec<String> = blocks.map(str::to_owned).collect();
    all.push(format!("signing:{}", yard(reference).split("\nsigning:").nth(1).expect("a recipe")));
    all.push(pairs(reference.table("Steps", "field")));
    all.push(names(reference.table("Templates and filters", "name")));
    all.extend(filters(reference.table("Templates and filters", "filter")));
    all
}

#[test]
fn every_recipe_and_row_has_its_result_in_both_implementations() {
    let signings = signings(&Reference::read());
    let mut reports = String::new();
    for signing in &signings {
        let (checked, codes, report) = check(&specs(&platform(signing), "", ""));
        if checked.is_none() || !codes.is_empty() {
            reports.push_str(&report);
        }
    }
    assert_eq!(reports, "");
    let named = signings.iter().enumerate().map(|(index, signing)| (format!("r{index}"), signing.clone()));
    let mut texts: Texts = recipes::specs(named);
    let keys: Texts = specs("keys/example.pem", "", "");
    for (index, _) in signings.iter().enumerate().filter(|(_, signing)| signing.contains("keys/example.pem")) {
        texts.insert(format!("r{index}/keys/example.pem"), keys["yard/keys/example.pem"].clone());
    }
    let files = generation::files(&texts, None);
    let compiler = Compiler::default();
    compiler.build(&BTreeMap::from([(recipes::CRATE.to_owned(), (*files).clone())]));
    assert_eq!(compiler.run(&recipes::program(&files["tests/signing.rs"])), "");
}

/// The canonical request signs what it shows: with the key and the header of a vendor, the published signature comes out.
#[test]
fn the_canonical_request_is_that_of_a_vendor() {
    let reference = Reference::read();
    let steps = reference.yaml("Steps")[1];
    let published = recipes::published().into_iter().find(|(name, _)| name == "aliyun_acs3").expect("a recipe").1;
    let (head, rest) = published.split_once("    let:\n").expect("steps");
    let (_, tail) = rest.split_once("      base:").expect("a step");
    let steps: String = steps.lines().skip(1).map(|line| format!("    {line}\n")).collect();
    let tail = tail.replace("{canonical|", "{request|");
    let signing = format!("{head}    let:\n{steps}      base:{tail}");
    let (checked, codes, report) = check(&specs(&platform(&signing), "", ""));
    assert!(checked.is_some() && codes.is_empty(), "{report}");
}
