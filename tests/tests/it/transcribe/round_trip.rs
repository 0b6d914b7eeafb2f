//! Any API, written as a page and read again: the same tree, or a doubt at the very fact that the page cannot carry.

use apograph::terms::{About, Note};
use apograph::transcribe::{Options, transcribe};
use apograph_tests::fuzz;
use apograph_tests::judge::{Judgement, judge};
use apograph_tests::pages::{Api, Field, Limits, Shape};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

/// Names of leaves: some recur on every level, some look like types or like the names of objects.
const LEAVES: &[&str] =
    &["tag", "width", "code", "msg_code", "bin_d_t_o", "c_x", "id", "crate", "Status", "is_3D", "note", "String"];
/// Names of objects; types may be called alike.
const OBJECTS: &[(&str, &str)] = &[
    ("crate", "Crate"),
    ("shelf_list", "ShelfDTO"),
    ("bin_d_t_o", "BinDTO"),
    ("model", "Model"),
    ("result", "Result"),
    ("data", "T"),
    ("value", "Value"),
];
/// Texts: blanks, numbers, JSON, quotes, words like types and names, one CJK sign.
const TEXTS: &[&str] = &[
    "red-7",
    "a b c",
    "12",
    "1,2,3",
    "{\"k\":\"v\"}",
    "[\"x\",\"y\"]",
    "String",
    "Model",
    "shelf_list",
    "true",
    "说明 一 二",
    "箱",
    "箱子的编码,可空",
    "http://example.com/a?b=1",
    "必须",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![3 => select(TEXTS).prop_map(str::to_owned), 1 => Just(String::new()), 1 => "[a-z箱子]{2,60}"]
}

fn example(base: &str) -> BoxedStrategy<String> {
    match base {
        "Number" => prop_oneof![Just(String::new()), "[1-9][0-9]{0,4}"].boxed(),
        "Boolean" => select(&["", "true", "false"][..]).prop_map(str::to_owned).boxed(),
        "Date" => select(&["", "2031-05-06 07:08:09"][..]).prop_map(str::to_owned).boxed(),
        // Samples have a path for every file.
        "byte[]" => Just("/tmp/a.png".to_owned()).boxed(),
        _ => text().boxed(),
    }
}

fn leaf() -> impl Strategy<Value = Field> {
    let base = select(&["String", "String", "Number", "Boolean", "Date", "Json", "byte[]"][..]);
    (select(LEAVES), base, any::<bool>(), any::<bool>(), text()).prop_flat_map(
        |(name, base, list, required, description)| {
            // Lists of other values were never seen in samples.
            let list = list && matches!(base, "String" | "Number");
            example(base).prop_map(move |example| Field {
                name: name.to_owned(),
                base: base.to_owned(),
                list,
                required,
                example: if list { example.replace(['"', '[', ']', ' '], "") } else { example },
                description: description.clone(),
                ..Field::default()
            })
        },
    )
}

fn field() -> impl Strategy<Value = Field> {
    leaf().prop_recursive(4, 24, 5, |member| {
        (select(OBJECTS), any::<bool>(), any::<bool>(), text(), vec(member, 1..5)).prop_map(
            |((name, base), list, required, description, fields)| Field {
                name: name.to_owned(),
                base: base.to_owned(),
                list,
                required,
                description,
                fields: once(fields),
                ..Field::default()
            },
        )
    })
}

/// Without fields whose names stand on the level already, in the table or as setters.
fn once(fields: Vec<Field>) -> Vec<Field> {
    let key = |field: &Field| field.name.replace('_', "").to_lowercase();
    let mut known: Vec<String> = Vec::new();
    let mut kept = fields;
    kept.retain(|field| {
        let is_new = !known.contains(&key(field));
        known.push(key(field));
        is_new
    });
    kept
}

fn limits() -> impl Strategy<Value = Limits> {
    let none = Just(Limits::default());
    let some = (1..500_u64, any::<bool>()).prop_map(|(most, default)| Limits {
        default: default.then(|| "0".to_owned()),
        max_length: Some(most),
        max_items: None,
    });
    prop_oneof![4 => none, 1 => some]
}

fn api() -> impl Strategy<Value = Api> {
    let sides = (vec((field(), limits()), 0..6), vec(field(), 0..6));
    (any::<bool>(), sides).prop_map(|(session, (request, response))| {
        let limited = request.into_iter().map(|(field, limits)| match field.fields.is_empty() {
            true => Field { limits, ..field },
            false => field,
        });
        Api {
            name: "taobao.depot.crate.send".into(),
            title: "寄箱(一)".into(),
            session,
            request: once(limited.collect()),
            response: once(response),
        }
    })
}

fn read(page: &str, api: &Api) -> (apograph::spec::EndpointSpec, Judgement) {
    let spec = transcribe(page.as_bytes(), &Options::default()).unwrap_or_else(|refusal| panic!("{refusal:?}\n{page}"));
    let judgement = judge(&api.name, &spec, &api.truth(), false);
    (spec, judgement)
}

/// Gives every leaf what makes a page complete: an example that its sample shows, and texts that are no other cell.
fn complete(fields: &mut [Field], number: &mut usize) {
    for field in fields {
        *number += 1;
        field.description = format!("第{number}项");
        if field.fields.is_empty() {
            let example = match field.base.as_str() {
                "Number" => format!("{number}"),
                "Boolean" => "true".to_owned(),
                "Date" => "2031-05-06 07:08:09".to_owned(),
                "byte[]" => "/tmp/a.png".to_owned(),
                _ => format!("red {number}"),
            };
            field.example = example;
        }
        complete(&mut field.fields, number);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: fuzz::cases(300), rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_text_page_cannot_carry_is_in_doubt(api in api(), numbered in any::<bool>()) {
        let page = api.text(if numbered { Shape::Numbered } else { Shape::Plain });
        let (spec, judgement) = read(&page, &api);
        for wrong in judgement.tree.iter().chain(&judgement.texts) {
            prop_assert!(wrong.doubted, "{}\n{:#?}\n{page}", wrong.what, spec.doubts);
        }
    }

    #[test]
    fn a_complete_text_page_is_read_as_it_was_meant(mut api in api()) {
        let mut number = 10;
        complete(&mut api.request, &mut number);
        complete(&mut api.response, &mut number);
        let page = api.text(Shape::Plain);
        let (spec, judgement) = read(&page, &api);
        let wrong = judgement.tree.iter().chain(&judgement.texts).next();
        prop_assert!(wrong.is_none(), "{}\n{page}", wrong.map(|wrong| wrong.what.as_str()).unwrap_or_default());
        prop_assert!(spec.doubts.is_empty(), "{:#?}\n{page}", spec.doubts);
    }

    #[test]
    fn a_record_is_read_as_it_is(api in api()) {
        let (spec, judgement) = read(&api.record().to_string(), &api);
        prop_assert!(judgement.tree.is_empty() && judgement.texts.is_empty());
        prop_assert!(spec.doubts.is_empty(), "{:#?}", spec.doubts);
    }
}

#[test]
fn a_name_that_stands_twice_on_a_level_is_kept_once_and_doubted() {
    let field = |name: &str| Field { name: name.into(), base: "String".into(), ..Field::default() };
    let api = Api {
        name: "taobao.depot.crate.send".into(),
        title: "寄箱".into(),
        session: false,
        request: Vec::new(),
        response: vec![field("code"), field("code"), field("done")],
    };
    for page in [api.text(Shape::Plain), api.record().to_string()] {
        let (spec, judgement) = read(&page, &api);
        assert!(judgement.tree.iter().all(|wrong| wrong.doubted) && judgement.tree.len() == 1, "{page}");
        assert!(spec.doubts.iter().any(|doubt| (doubt.about, doubt.note) == (About::Name, Note::Repeated)));
    }
}
