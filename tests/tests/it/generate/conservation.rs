//! Every run proves that what pages have is in the crate: the counts that it prints are those of two readers of their own,
//! and whatever is taken out on the way stops it.

use apograph::diagnostic::{Code, Color, Diagnostics, render};
use apograph::emit;
use apograph::model::{Endpoint, Model, Origin};
use apograph::pipeline;
use apograph::resolve;
use apograph::source::Sources;
use apograph::spec::{self, Specs};
use apograph_tests::catalogue::Catalogue;
use apograph_tests::command::apograph;
use apograph_tests::folder::{self, Texts};
use apograph_tests::pages::Field;
use apograph_tests::{generation, root};
use serde_json::Value;

fn rows(fields: &[Field]) -> usize {
    fields.iter().map(|field| 1 + rows(&field.fields)).sum()
}

/// Types and fields of the modules of APIs, as a Rust parser finds them.
fn items(files: &Texts) -> (usize, usize) {
    let modules = files.iter().filter(|(path, _)| path.starts_with("src/acme/") && path.matches('/').count() == 3);
    let modules = modules.filter(|(path, _)| !path.ends_with("mod.rs"));
    let items =
        modules.flat_map(|(path, text)| syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}")).items);
    items.fold((0, 0), |(types, fields), item| match item {
        syn::Item::Struct(item) => (types + 1, fields + item.fields.len()),
        syn::Item::Enum(_) => (types + 1, fields),
        _ => (types, fields),
    })
}

#[test]
fn the_counts_are_those_of_pages_and_of_code() {
    let catalogue = Catalogue::new(40, 11);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (specs, out) = (folder.path().join("specs"), folder.path().join("out"));
    catalogue.write_specs(&specs).expect("specs");
    let run = apograph([
        "generate".as_ref(),
        "--specs".as_ref(),
        specs.as_os_str(),
        "--out".as_ref(),
        out.as_os_str(),
        "--embed-runtime".as_ref(),
        "--format".as_ref(),
        "json".as_ref(),
    ]);
    assert!(run.success, "{}", run.err);
    let report: Value = serde_json::from_str(&run.out).expect("a report");
    let listed: usize = catalogue.apis.iter().map(|entry| rows(&entry.api.request) + rows(&entry.api.response)).sum();
    let (types, fields) = items(&folder::read(&out));
    assert!(fields < listed, "some types are used twice");
    let summary = ["apis", "rows", "types", "fields"].map(|key| report["summary"][key].as_u64());
    assert_eq!(summary, [40, listed, types, fields].map(|count| u64::try_from(count).ok()));

    let check = apograph([
        "generate".as_ref(),
        "--check".as_ref(),
        "--specs".as_ref(),
        specs.as_os_str(),
        "--out".as_ref(),
        out.as_os_str(),
        "--embed-runtime".as_ref(),
    ]);
    let line = format!(
        "40 APIs with {listed} fields on their pages: all in the crate, as {types} types with {fields} fields\n"
    );
    assert!(check.out.contains(&line), "{}\n{}", check.out, check.err);
}

/// The specs and model of a golden case with envelopes, recursion, shared types, files and untyped members.
fn resolved(case: &str) -> (Specs, Model) {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let specs = spec::load_dir(&root().join("tests/golden").join(case).join("specs"), &mut sources, &mut diagnostics);
    let model = resolve::resolve(&specs, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{}", render(&diagnostics, &sources, Color::Never));
    (specs, model)
}

fn findings(specs: &Specs, model: &Model) -> Vec<Code> {
    let mut diagnostics = Diagnostics::new();
    let _ = resolve::check_conserved(specs, model, &mut diagnostics);
    diagnostics.iter().map(|finding| finding.code()).collect()
}

/// Takes something out of an endpoint, or says that it has nothing of the kind.
type Loss = fn(&mut Endpoint) -> bool;

/// Every way in which a pass could lose something.
const LOSSES: &[(&str, Loss)] = &[
    ("a field of the request", |endpoint| endpoint.request.root.pop().is_some()),
    ("a field of the answer", |endpoint| endpoint.response.root.pop().is_some()),
    ("a member", |endpoint| endpoint.response.objects.last_mut().is_some_and(|object| object.fields.pop().is_some())),
    ("a row outside of the types", |endpoint| {
        endpoint.response.outside.values_mut().next().is_some_and(|outside| outside.root.pop().is_some())
    }),
    ("what the page has", |endpoint| {
        let place = endpoint.origin.place().clone();
        let first = endpoint.request.root.first_mut();
        first.map(|field| field.origin = Origin::Lock(place)).is_some()
    }),
    ("the place of a member", |endpoint| {
        let Some(member) = endpoint.request.objects.first_mut().and_then(|object| object.fields.pop()) else {
            return false;
        };
        endpoint.request.root.push(member);
        true
    }),
    ("the origin of a field", |endpoint| {
        let Some(mut field) = endpoint.response.root.first().cloned() else { return false };
        field.wire = "invented".to_owned();
        endpoint.response.root.push(field);
        true
    }),
];

#[test]
fn whatever_the_model_loses_is_found() {
    for case in ["types", "envelopes"] {
        let (specs, whole) = resolved(case);
        assert_eq!(findings(&specs, &whole), []);
        for (what, lose) in LOSSES {
            let (_, mut model) = resolved(case);
            let endpoints = model.platforms.iter_mut().flat_map(|platform| &mut platform.families);
            let lost =
                endpoints.flat_map(|family| &mut family.endpoints).filter_map(|endpoint| lose(endpoint).then_some(()));
            let lost = lost.count();
            assert!(lost > 0 || case == "types", "{case} has nothing like {what}");
            assert_eq!(findings(&specs, &model), vec![Code::NotConserved; lost], "{case}: {what}");
        }
        let (_, mut model) = resolved(case);
        model.platforms[0].families.pop();
        assert!(findings(&specs, &model).contains(&Code::NotConserved), "{case}: a family");
    }
}

#[test]
fn whatever_the_text_loses_is_found() {
    let specs = folder::read(&root().join("tests/golden/types/specs"));
    let checked = generation::check(&specs, None);
    let tree = generation::emit(&checked, "runtime", emit::Workspace::Member);
    let mut diagnostics = Diagnostics::new();
    checked.check_emitted(&tree, &mut diagnostics);
    assert!(diagnostics.is_empty());

    let endpoint = &checked.model.platforms[0].families[0].endpoints[0];
    let names = &checked.names.platforms[0].families[0];
    let file = format!("/{}/{}.rs", names.module, names.endpoints[0].module);
    let (_, text) = tree.files().find(|(path, _)| path.as_str().ends_with(&file)).expect("its file");
    assert_eq!(pipeline::check_text(endpoint, text), Ok(()));
    let is_item = |line: &str| {
        let is_setter = line.starts_with("    pub fn ");
        let is_field = line.starts_with("    pub ") && !is_setter;
        is_field || line.starts_with("pub struct ") || line.starts_with("pub enum ") || is_row(line)
    };
    let mut tried = 0;
    for (index, _) in text.lines().enumerate().filter(|(_, line)| is_item(line)) {
        let without: Vec<&str> =
            text.lines().enumerate().filter(|(at, _)| *at != index).map(|(_, line)| line).collect();
        assert!(pipeline::check_text(endpoint, &without.join("\n")).is_err(), "line {}", index + 1);
        tried += 1;
    }
    assert!(tried > 10, "{tried}");
}

/// Whether a line is a row of a field table: `name: "name";`
fn is_row(line: &str) -> bool {
    line.starts_with("    ") && line.ends_with(';') && line.contains(": \"") && !line.contains('=')
}
