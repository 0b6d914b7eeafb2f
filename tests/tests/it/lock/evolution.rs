//! However a page changes, what the lock keeps stays: any two revisions of an API, one after the other.

use std::collections::BTreeSet;

use apograph::diagnostic::{Color, Diagnostics, render};
use apograph::emit::{Options, RuntimeSource, Workspace};
use apograph::lock::{self, Lock};
use apograph::model::{Arity, Item, Side};
use apograph::pipeline::{self, Checked};
use apograph::source::Sources;
use apograph::spec;
use apograph::tree::Tree;
use apograph_tests::{fuzz, root};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// A field's type as a page writes it.
#[derive(Clone, Debug)]
enum Type {
    Plain(&'static str),
    /// The type around it of that name again, or a JSON value.
    Named(&'static str, bool),
    Object(&'static str, bool, Members),
}

type Members = Vec<(usize, Type)>;

const WORDS: [&str; 4] = ["Box", "Crate", "CrateDTO", ""];

fn ty() -> impl Strategy<Value = Type> {
    let plain = prop::sample::select(vec!["String", "Number", "Date", "String[]", "Boolean"]).prop_map(Type::Plain);
    let named = (prop::sample::select(&WORDS[..3]), any::<bool>()).prop_map(|(word, list)| Type::Named(word, list));
    prop_oneof![3 => plain, 1 => named].prop_recursive(4, 40, 5, |inner| {
        let members = prop::collection::btree_map(0..6_usize, inner, 1..5);
        (prop::sample::select(&WORDS[..]), any::<bool>(), members)
            .prop_map(|(word, list, members)| Type::Object(word, list, members.into_iter().collect()))
    })
}

fn side() -> impl Strategy<Value = Members> {
    prop::collection::btree_map(0..6_usize, ty(), 0..6).prop_map(|members| members.into_iter().collect())
}

/// Two spellings of one Rust name; a revision has one of them.
fn wire(index: usize, spelling: bool) -> &'static str {
    match (index, spelling) {
        (0, true) => "orderNo",
        (0, false) => "order_no",
        (index, _) => ["", "box", "crate", "a", "b", "new"][index],
    }
}

fn yaml(members: &Members, spelling: bool) -> String {
    let fields = members.iter().map(|(index, ty)| {
        let list = |word: &str, many: bool| match (word, many) {
            ("", true) => "Array".to_owned(),
            ("", false) => "Object".to_owned(),
            (word, true) => format!("'{word}[]'"),
            (word, false) => word.to_owned(),
        };
        let text = match ty {
            Type::Plain(word) => format!("type: '{word}'"),
            Type::Named(word, many) => format!("type: {}", list(word, *many)),
            Type::Object(word, many, members) => {
                format!("type: {}, fields: {}", list(word, *many), yaml(members, spelling))
            }
        };
        format!("{}: {{{text}}}", wire(*index, spelling))
    });
    format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
}

/// One revision of the API.
#[derive(Clone, Debug)]
struct Revision {
    request: Members,
    response: Members,
    spelling: bool,
    /// The documented values of every text called `a` at the top of a side.
    values: BTreeSet<&'static str>,
}

fn revision() -> impl Strategy<Value = Revision> {
    let values = prop::collection::btree_set(prop::sample::select(vec!["low", "mid", "high"]), 0..4);
    (side(), side(), any::<bool>(), values).prop_map(|(request, response, spelling, values)| Revision {
        request,
        response,
        spelling,
        values,
    })
}

/// The fix file that documents the values; empty where there are none.
fn fixes(revision: &Revision) -> String {
    let values: Vec<String> = revision.values.iter().map(|value| format!("{value}: {{name: {value}}}")).collect();
    let is_text =
        |members: &Members| members.iter().any(|(index, ty)| *index == 3 && matches!(ty, Type::Plain("String")));
    let sides = [("request", &revision.request), ("response", &revision.response)];
    let sides = sides.into_iter().filter(|(_, members)| is_text(members) && !values.is_empty());
    sides
        .map(|(side, _)| format!("- at: {side}.a.values\n  now: {{{}}}\n  why: it says so\n", values.join(", ")))
        .collect()
}

/// One revision of the API, checked against a lock.
fn check(revision: &Revision, lock: &str) -> Checked {
    let Revision { request, response, spelling, .. } = revision;
    let spelling = *spelling;
    let folder = root().join("tests/lock/names/before");
    let read = |path: &str| std::fs::read_to_string(folder.join(path)).expect("the case's specs");
    let transcript = format!(
        "api: acme.depot.crate.send\nsource: {{layout: top-text, sha256: '{}'}}\nrequest: {}\nresponse: {}\n",
        "0".repeat(64),
        yaml(request, spelling),
        yaml(response, spelling)
    );
    let mut files = vec![
        ("crate.yaml".to_owned(), read("crate.yaml")),
        ("acme/platform.yaml".to_owned(), read("acme/platform.yaml")),
        ("acme/depot/crate_send.yaml".to_owned(), transcript.clone()),
    ];
    let fixes = fixes(revision);
    if !fixes.is_empty() {
        files.push(("acme/depot/crate_send.fix.yaml".to_owned(), fixes));
    }
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let specs = spec::load_texts("specs", files, &mut sources, &mut diagnostics);
    let lock = match lock {
        "" => Lock::default(),
        text => lock::read(sources.add("api.lock", text), &sources, &mut diagnostics),
    };
    let checked = pipeline::check(&specs, lock, &mut diagnostics);
    checked.unwrap_or_else(|| panic!("{transcript}\n{}", render(&diagnostics, &sources, Color::Never)))
}

fn tree(checked: &Checked) -> Tree {
    let options = Options { runtime: RuntimeSource::Version("0.1.0".to_owned()), workspace: Workspace::Member };
    checked.emit(&options)
}

/// What callers can name: types, fields with their types' names, variants.
fn items(lock: &str) -> BTreeSet<String> {
    let mut items = BTreeSet::new();
    let mut owner = "";
    for line in lock.lines().filter(|line| line.starts_with("  ")) {
        let member = line.strip_prefix("    ");
        let words: Vec<&str> = line.split_whitespace().map(|word| word.trim_end_matches(':')).collect();
        match (member, words.as_slice()) {
            (Some(_), [_, "as", name, ..]) | (Some(_), [name, ..]) => items.insert(format!("{owner}.{name}")),
            (None, [_, "struct" | "enum", name, ..]) | (None, [_, name, ..]) => {
                owner = name;
                items.insert((*name).to_owned())
            }
            _ => false,
        };
    }
    items
}

/// Whether a struct would hold itself without a box.
fn is_endless(side: &Side) -> bool {
    fn holds(side: &Side, from: usize, on_the_way: &mut Vec<usize>) -> bool {
        if on_the_way.contains(&from) {
            return true;
        }
        on_the_way.push(from);
        let found = side.objects[from].fields.iter().any(|field| match (field.item, field.arity) {
            (Item::Object(id), Arity::One) => holds(side, id.0, on_the_way),
            _ => false,
        });
        on_the_way.pop();
        found
    }
    (0..side.objects.len()).any(|from| holds(side, from, &mut Vec::new()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: fuzz::cases(48), rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn nothing_that_callers_name_goes_away(before in revision(), after in revision()) {
        let fresh = check(&before, "");
        let kept = check(&before, &fresh.lock());
        prop_assert_eq!(fresh.lock(), kept.lock());
        prop_assert!(tree(&fresh) == tree(&kept), "a lock of the same page changes nothing");

        let later = check(&after, &fresh.lock());
        let lost: Vec<String> = items(&fresh.lock()).difference(&items(&later.lock())).cloned().collect();
        prop_assert!(lost.is_empty(), "{lost:?}\n{}\n{}", fresh.lock(), later.lock());
        let endpoint = &later.model.platforms[0].families[0].endpoints[0];
        prop_assert!(!is_endless(&endpoint.request) && !is_endless(&endpoint.response), "{}", later.lock());

        let again = check(&after, &later.lock());
        prop_assert_eq!(later.lock(), again.lock(), "the next run changes nothing");

        let back = check(&before, &later.lock());
        let lost: Vec<String> = items(&later.lock()).difference(&items(&back.lock())).cloned().collect();
        prop_assert!(lost.is_empty(), "{lost:?}\n{}", back.lock());
    }
}
