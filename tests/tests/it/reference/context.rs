//! What blocks of the reference need around them to be files: the blocks that they belong to, and invented texts.

use apograph::diagnostic::{Color, Diagnostics, render};
use apograph::lock::Lock;
use apograph::pipeline::{self, Checked};
use apograph::source::Sources;
use apograph::spec;
use apograph_tests::folder::Texts;
use apograph_tests::reference::Reference;
use apograph_tests::{folder, root};
use serde_yaml::{Mapping, Value};

/// A package.
const PACKAGE: &str = "name: yard-apis\nversion: 0.1.0\ndescription: x\nlicense: MIT\nrust-version: '1.88'\n";

/// A platform for blocks that contain a part of one. Its signature reads nothing, so that any request can be sent.
const PLATFORM: &str = "
title: Yard
environments: {production: 'https://api.yard.example/rest'}
families: {order: {title: Orders, prefixes: [yard.order]}}
request: {body: json, method: POST, content_type: application/json}
response: {lists: bare, envelope: {status: {status: [code], message: [msg], success: ['0']}}}
signing:
  plain:
    credentials: {key: id, secret: secret}
    let: {base: {text: '{key}{secret}'}}
    place: {headers: {X-Sign: '{base|sha1|hex}'}}
    vectors: {none: an example}
";

/// A transcript for blocks that contain a part of one.
const TRANSCRIPT: &str = "api: yard.order.sync\nsource: {layout: hand}\n";

/// Parses a block.
pub(super) fn value(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn mapping(text: &str) -> Mapping {
    match value(text) {
        Value::Mapping(mapping) => mapping,
        other => panic!("not a mapping: {other:?}"),
    }
}

/// Sets the top-level keys of a part in a file.
fn with(file: &str, part: &str) -> String {
    let mut all = mapping(file);
    all.extend(mapping(part));
    serde_yaml::to_string(&all).expect("YAML")
}

/// A platform file with these keys. Its bodies are XML if the recipe writes to XML.
pub(super) fn platform(part: &str) -> String {
    let file = with(PLATFORM, part);
    if part.contains("{xml: {") { file.replace("body: json", "body: xml") } else { file }
}

/// A transcript with these keys.
pub(super) fn transcript(part: &str) -> String {
    with(TRANSCRIPT, part)
}

/// A specs folder with a platform, an API and its fixes; without an API if its transcript is empty.
pub(super) fn specs(platform: &str, transcript: &str, fixes: &str) -> Texts {
    let mut texts = Texts::from([
        ("crate.yaml".to_owned(), PACKAGE.to_owned()),
        ("yard/platform.yaml".to_owned(), platform.to_owned()),
    ]);
    if platform.contains("keys/example.pem") {
        let key = folder::read(&root().join("tests/recipes/keys")).remove("wechatpay.pem").expect("a key");
        texts.insert("yard/keys/example.pem".to_owned(), key);
    }
    if !transcript.is_empty() {
        let api = value(transcript)["api"].as_str().expect("a name").to_owned();
        let leaf = api.rsplit('.').next().unwrap_or_default();
        texts.insert(format!("yard/order/{leaf}.yaml"), transcript.to_owned());
        texts.insert(format!("yard/order/{leaf}.fix.yaml"), fixes.to_owned());
    }
    texts.retain(|_, text| !text.is_empty());
    texts
}

/// Checks specs. Returns the codes of all findings beside their meaning, and the report.
pub(super) fn check(specs: &Texts) -> (Option<Checked>, Vec<&'static str>, String) {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let files = specs.iter().map(|(path, text)| (path.clone(), text.clone())).collect();
    let specs = spec::load_texts("specs", files, &mut sources, &mut diagnostics);
    let checked = pipeline::check(&specs, Lock::default(), &mut diagnostics);
    let codes = diagnostics.iter().map(|finding| finding.code().id()).collect();
    (checked, codes, render(&diagnostics, &sources, Color::Never))
}

/// Checks specs that must be free of findings.
pub(super) fn clean(specs: &Texts) -> Checked {
    match check(specs) {
        (Some(checked), codes, _) if codes.is_empty() => checked,
        (_, _, report) => panic!("{report}"),
    }
}

/// The platform file of the reference, with the recipe and the vectors that it refers to.
pub(super) fn yard(reference: &Reference) -> String {
    let [file] = reference.yaml("platform.yaml")[..1] else { panic!("no platform") };
    let recipe = reference.yaml("Signing recipes")[0];
    let vectors = reference.yaml("Vectors")[0];
    let vectors: String = vectors.lines().map(|line| format!("      {line}\n")).collect();
    let filled = |text: &str, gap: &str, filling: &str| {
        assert!(text.contains(gap), "no `{gap}`");
        let lines = text.lines().map(|line| if line.trim_start().starts_with(gap) { filling } else { line });
        lines.map(|line| format!("{line}\n")).collect::<String>()
    };
    let recipe = filled(recipe, "vectors: […]", &format!("    vectors:\n{}", vectors.trim_end()));
    filled(file, "signing: {…}", recipe.trim_end())
}
