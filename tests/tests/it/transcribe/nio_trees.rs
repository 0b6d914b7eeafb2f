//! Arbitrary trees, written as pages of iTNIO, come back, or what came back otherwise is in doubt.

use std::collections::BTreeSet;
use std::fmt::Write;

use apograph::source::SpecPath;
use apograph::spec::{EndpointSpec, Entries, FieldSpec};
use apograph::terms::{About, Required};
use apograph::transcribe::{Options, transcribe};
use apograph_tests::fuzz;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// A parameter.
#[derive(Clone, Debug)]
struct Member {
    name: &'static str,
    kind: Kind,
    required: bool,
    /// How the sample shows it.
    shown: Shown,
}

#[derive(Clone, Debug)]
enum Kind {
    Leaf(&'static str),
    Object(&'static str, Vec<Member>),
}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Shown {
    Whole,
    /// Only an object or a list without anything in it.
    Empty,
    Null,
    Not,
}

/// Few names, so that many stand on several levels.
const NAMES: [&str; 9] = ["id", "name", "status", "size", "data", "records", "total", "code", "remark"];

fn member() -> impl Strategy<Value = Member> {
    let name = prop::sample::select(&NAMES[..]);
    let shown = || prop_oneof![12 => Just(Shown::Whole), 1 => Just(Shown::Empty), 1 => Just(Shown::Null), 1 => Just(Shown::Not)];
    let leaf = prop::sample::select(vec!["String", "Long", "Boolean", "List<String>", "Map", "JSONArray", "Object"]);
    let leaf = (name.clone(), leaf, any::<bool>(), shown()).prop_map(|(name, word, required, shown)| Member {
        name,
        kind: Kind::Leaf(word),
        required,
        shown,
    });
    leaf.prop_recursive(4, 24, 5, move |inner| {
        let word = prop::sample::select(vec!["Object", "JSONObject", "Array", "JSONArray", "List"]);
        (name.clone(), word, any::<bool>(), shown(), vec(inner, 1..5)).prop_map(
            |(name, word, required, shown, below)| Member {
                name,
                kind: Kind::Object(word, unique(below)),
                required,
                shown,
            },
        )
    })
}

/// With all that it has in the sample; an object without members could always have those that follow it.
fn whole(members: Vec<Member>) -> Vec<Member> {
    let member = |member: Member| Member {
        kind: match member.kind {
            Kind::Object(word, below) => Kind::Object(word, whole(below)),
            Kind::Leaf("Object") => Kind::Leaf("String"),
            kind => kind,
        },
        shown: Shown::Whole,
        ..member
    };
    members.into_iter().map(member).collect()
}

/// One member of each name.
fn unique(members: Vec<Member>) -> Vec<Member> {
    let mut names = BTreeSet::new();
    members.into_iter().filter(|member| names.insert(member.name)).collect()
}

fn rows<'a>(members: &'a [Member], path: &str, rows: &mut Vec<(String, &'a Member)>) {
    for member in members {
        let path = format!("{path}/{}", member.name);
        rows.push((path.clone(), member));
        if let Kind::Object(_, below) = &member.kind {
            self::rows(below, &path, rows);
        }
    }
}

fn word(member: &Member) -> &'static str {
    match member.kind {
        Kind::Leaf(word) | Kind::Object(word, _) => word,
    }
}

fn json(members: &[Member]) -> String {
    let shown = members.iter().filter(|member| member.shown != Shown::Not);
    let texts: Vec<String> = shown.map(|member| format!("\"{}\": {}", member.name, value(member))).collect();
    format!("{{{}}}", texts.join(", "))
}

fn value(member: &Member) -> String {
    let is_list = matches!(word(member), "Array" | "JSONArray" | "List" | "List<String>");
    if member.shown == Shown::Null {
        return "null".into();
    }
    if member.shown == Shown::Empty {
        return match word(member) {
            "String" => "\"\"".into(),
            "Long" => "0".into(),
            "Boolean" => "false".into(),
            _ if is_list => "[]".into(),
            _ => "{}".into(),
        };
    }
    match &member.kind {
        Kind::Leaf("String") => "\"a\"".into(),
        Kind::Leaf("Long") => "7".into(),
        Kind::Leaf("Boolean") => "true".into(),
        Kind::Leaf("Map") => "{\"id\": \"1\", \"层\": \"2\"}".into(),
        Kind::Leaf("Object") => "{}".into(),
        Kind::Leaf(_) => "[\"b\", \"c\"]".into(),
        Kind::Object(_, below) if is_list => format!("[{}]", json(below)),
        Kind::Object(_, below) => json(below),
    }
}

#[derive(Copy, Clone, Debug)]
enum Form {
    Flat,
    Pipes,
}

fn page(request: &[Member], response: &[Member], form: Form, with_answer: bool) -> String {
    let mut page = String::from("Send\n\nPOST\n\nhttps://api.example.com/depot/send\n\nSends.\n\nRequest Parameters\n");
    let line = |cells: &[&str]| match form {
        Form::Flat => format!("{}\n", cells.join(" ")),
        Form::Pipes => format!("{} |\n", cells.join(" | ")),
    };
    page += &line(&["Parameters", "Description", "Required", "Type"]);
    let mut table = Vec::new();
    rows(request, "", &mut table);
    for (_, member) in &table {
        page += &line(&[member.name, "what it is", if member.required { "Yes" } else { "No" }, word(member)]);
    }
    page += "\nRequest Sample\nRequest URL:\n    https://api.example.com/depot/send\nRequest Method:\n    POST\n";
    let _ = writeln!(page, "Request Body:\n{}\n\nResponse Parameters", json(request));
    page += &line(&["Parameters", "Description", "Type"]);
    let mut table = Vec::new();
    rows(response, "", &mut table);
    for (_, member) in &table {
        page += &line(&[member.name, "what it is", word(member)]);
    }
    if with_answer {
        let _ = writeln!(page, "\nResponse Sample\n{}", json(response));
    }
    page + "\nResponse Status Codes\nstatus Description\n0 success\n"
}

/// The fields of one side in the order of the transcript: path, its place in the transcript, field.
fn found<'a>(
    fields: &'a Entries<FieldSpec>,
    path: &str,
    at: &SpecPath,
    all: &mut Vec<(String, SpecPath, &'a FieldSpec)>,
) {
    for (name, field) in fields {
        let (path, at) = (format!("{path}/{name}"), at.key(name));
        all.push((path.clone(), at.clone(), field));
        found(&field.fields, &path, &at.key("fields"), all);
    }
}

fn is_doubted(spec: &EndpointSpec, at: &SpecPath, about: About) -> bool {
    spec.doubts.iter().any(|doubt| doubt.at == *at && doubt.about == about)
}

fn compare(spec: &EndpointSpec, side: &str, members: &[Member]) -> Result<(), String> {
    let fields = if side == "request" { &spec.request } else { &spec.response };
    let mut expected = Vec::new();
    rows(members, "", &mut expected);
    let mut all = Vec::new();
    found(fields, "", &SpecPath::root().key(side), &mut all);
    // A row that was taken for a second one of its name is not written; the one that is says so.
    let is_repeated = spec.doubts.iter().any(|doubt| doubt.about == About::Name);
    if is_repeated {
        return Ok(());
    }
    if all.len() != expected.len() {
        return Err(format!("{side}: {} fields of {}", all.len(), expected.len()));
    }
    for ((path, member), (written, at, field)) in expected.iter().zip(&all) {
        if path != written && !is_doubted(spec, at, About::Nesting) {
            return Err(format!("{path} is written as {written} without a doubt"));
        }
        if field.type_word != word(member) && !is_doubted(spec, at, About::Type) {
            return Err(format!("{path} has the type {}", field.type_word));
        }
        let required = side == "request" && member.required;
        if (field.required == Required::Yes) != required && !is_doubted(spec, at, About::Required) {
            return Err(format!("{path} is required: {:?}", field.required));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: fuzz::cases(256), rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_comes_back_otherwise_is_in_doubt(
        request in vec(member(), 1..6).prop_map(unique),
        response in vec(member(), 1..6).prop_map(unique),
        form in prop::sample::select(vec![Form::Flat, Form::Pipes]),
        with_answer in any::<bool>(),
    ) {
        let page = page(&request, &response, form, with_answer);
        let spec = transcribe(page.as_bytes(), &Options::default());
        let spec = spec.map_err(|refusal| TestCaseError::fail(format!("{refusal:?}\n{page}")))?;
        let sides = [("request", &request), ("response", &response)];
        for (side, members) in sides {
            let result = compare(&spec, side, members);
            prop_assert!(result.is_ok(), "{}\n{}\n{:?}", result.unwrap_err(), page, spec.doubts);
        }
    }

    #[test]
    fn whole_samples_settle_every_level(
        request in vec(member(), 1..6).prop_map(unique).prop_map(whole),
        response in vec(member(), 1..6).prop_map(unique).prop_map(whole),
        form in prop::sample::select(vec![Form::Flat, Form::Pipes]),
    ) {
        let page = page(&request, &response, form, true);
        let spec = transcribe(page.as_bytes(), &Options::default());
        let spec = spec.map_err(|refusal| TestCaseError::fail(format!("{refusal:?}\n{page}")))?;
        let nesting = spec.doubts.iter().filter(|doubt| matches!(doubt.about, About::Nesting | About::Name)).count();
        prop_assert_eq!(nesting, 0, "{}\n{:?}", page, spec.doubts);
        for (side, members) in [("request", &request), ("response", &response)] {
            let result = compare(&spec, side, members);
            prop_assert!(result.is_ok(), "{}\n{}\n{:?}", result.unwrap_err(), page, spec.doubts);
        }
    }
}
