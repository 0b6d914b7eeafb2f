//! What decoding may take: memory within a limit, and time in proportion to the text.

use super::super::budget::copied;
use super::super::raw::tests::SEARCHED;
use super::*;
use crate::DecodeProblem;

/// The outcome of decoding with `limit` bytes, and the bytes that were spent.
fn within(limit: usize, json: &str) -> (Result<All, DecodeProblem>, usize) {
    let mut value = All::default();
    let mut decoder = Decoder::new(JsonText::IfValid, Ledger::default(), Budget::new(limit));
    decoder.fill(Raw::parse(json).map(|_| Raw::of_valid(json)).expect("valid"), &mut value);
    let spent = decoder.budget.spent();
    (decoder.finish(&mut value).map(|_| value), spent)
}

/// Values that are larger in memory than in JSON, repeated.
fn repeated(times: usize) -> Vec<String> {
    let list = |field: &str, item: &str| format!(r#"{{"{field}":[{}]}}"#, vec![item; times].join(","));
    let members = |member: &dyn Fn(usize) -> String| (0..times).map(member).collect::<Vec<_>>().join(",");
    let quoted = |json: String| serde_json::to_string(&json).expect("text");
    vec![
        list("items", "{}"),
        list("items", r#"{"child":{}}"#),
        list("names", r#""a""#),
        list("names", r#""\u0061""#),
        list("numbers", "1"),
        list("rows", "[1]"),
        list("jsons", "1"),
        list("genders", "7"),
        format!(r#"{{"map":{{{}}}}}"#, members(&|number| format!(r#""{number}":1"#))),
        format!(r#"{{"names":{{{}}}}}"#, members(&|number| format!(r#""{number}":1"#))),
        format!(r#"{{"items":{}}}"#, quoted(format!("[{}]", members(&|_| "{}".to_owned())))),
        format!(r#"{{"map":{}}}"#, quoted(format!("{{{}}}", members(&|number| format!(r#""{number}":"a""#))))),
    ]
}

#[test]
fn what_exceeds_the_limit_is_an_error_and_leaves_nothing() {
    for json in repeated(10_000) {
        let limit = 60_000;
        let (outcome, spent) = within(limit, &json);
        let start = json.get(..40).unwrap_or_default();
        assert_eq!(outcome.err(), Some(DecodeProblem::TooLarge { limit }), "{start}");
        assert!(spent <= limit, "{start}: {spent}");
        let mut value = All::default();
        let mut decoder = Decoder::new(JsonText::IfValid, Ledger::default(), Budget::new(limit));
        decoder.fill(Raw::of_valid(&json), &mut value);
        decoder.finish(&mut value).expect_err("too large");
        assert_eq!(value, All::default(), "{start}");
    }
}

#[test]
fn what_is_within_the_limit_is_decoded_in_full() {
    for json in repeated(100) {
        let (outcome, _) = within(60_000, &json);
        assert!(outcome.is_ok(), "{}", json.get(..40).unwrap_or_default());
    }
}

#[test]
fn copies_of_text_on_the_way_are_given_back() {
    let inner = format!(r#"{{"id":1,"name":"\"{}"}}"#, " ".repeat(1_000));
    let item = serde_json::to_string(&inner).expect("text");
    let json = format!(r#"{{"items":[{}]}}"#, vec![item; 20].join(","));
    let (outcome, _) = within(40_000, &json);
    assert_eq!(outcome.map(|all| all.items.map(|items| items.len())), Ok(Some(20)));
    // All copies of texts that are inside of each other exist at once.
    let nest = |text: &str| format!(r#"{{"child":{}}}"#, serde_json::to_string(text).expect("text"));
    let deep = (0..8).fold(inner, |text, _| nest(&text));
    assert!(within(10_000, &format!(r#"{{"item":{deep}}}"#)).0.is_err());
}

#[test]
fn text_that_grows_on_the_way_is_counted() {
    let tabs = format!(r#"{{"a":"{}"}}"#, "\t".repeat(1_000));
    let escaped = |limit| text::json(&tabs, &mut Ledger::default(), &mut Budget::new(limit)).map(|json| json.len());
    assert_eq!((escaped(6_000), escaped(7_000)), (Err(DecodeProblem::TooLarge { limit: 6_000 }), Ok(6_008)));
    let replaced = String::from_utf8_lossy(&[0xff; 1_000]);
    assert_eq!(Budget::new(2_000).hold(copied(&replaced)), Err(DecodeProblem::TooLarge { limit: 2_000 }));
    assert_eq!(Budget::new(9_000).hold(copied(&replaced)), Ok(()));
}

#[test]
fn lists_of_members_are_counted() {
    let json = format!("{{{}\"\":0}}", r#""":0,"#.repeat(1_000));
    let mut decoder = Decoder::new(JsonText::IfValid, Ledger::default(), Budget::new(10_000));
    let members = decoder.members(Raw::of_valid(&json));
    assert!(members.len() < 300 && decoder.budget.is_exhausted());
}

#[test]
fn no_byte_is_searched_once_per_level() {
    let text = "x".repeat(100_000);
    for (open, close) in [
        (r#"{"child":"#, "}"),
        (r#"{"items":{"item":["#, "]}}"),
        (r#"{"items":["#, "]}"),
        (r#"{"child":["#, "]}"),
        (r#"{"items":{"item":"#, "}}"),
    ] {
        let json = format!(r#"{{"item":{}{{"name":"{text}"}}{}}}"#, open.repeat(50), close.repeat(50));
        SEARCHED.set(0);
        let (all, _) = from_json::<All>(&json).expect("an object");
        assert!(crate::to_json(&all).contains(&text));
        let searched = SEARCHED.get();
        assert!(searched < json.len(), "{open}: {searched} bytes");
    }
}

#[test]
fn a_short_answer_takes_little_and_a_long_one_no_more_than_six_times_its_size() {
    let takes = |body: usize, bytes: usize| Budget::of(body).spend(bytes);
    assert!(!takes(540_000, 20 << 20));
    let longest = 64 << 20;
    assert!(!takes(longest, 5 * longest + 1), "with the body itself");
}

#[test]
fn a_text_with_positions_of_more_than_32_bits_is_too_large() {
    let indexed = |length| {
        let mut budget = Budget::new(7);
        (budget.indexes(length), budget.check())
    };
    assert_eq!(indexed(u32::MAX as usize), (true, Ok(())));
    assert_eq!(indexed(u32::MAX as usize + 1), (false, Err(DecodeProblem::TooLarge { limit: 7 })));
}
