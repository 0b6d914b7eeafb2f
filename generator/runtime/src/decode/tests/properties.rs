//! No input makes the decoder panic, and both readers make the same of it.

use proptest::prelude::*;

use super::*;
use crate::fixture::{RawFormCall, RawJsonCall};

/// Names of members that a decoder looks for, and others.
const NAMES: &[&str] = &[
    "text",
    "number",
    "yes",
    "when",
    "price",
    "extra",
    "opaque",
    "map",
    "gender",
    "channel",
    "item",
    "names",
    "numbers",
    "items",
    "rows",
    "result",
    "data",
    "code",
    "status",
    "id",
    "child",
    "initiative_item",
    "a_form_call_response",
    "error_response",
    "request_id",
    "zz",
    "",
];

/// JSON without members or items.
fn leaf() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|value| value.to_string()),
        any::<i64>().prop_map(|value| value.to_string()),
        any::<f64>()
            .prop_filter("JSON knows no other", |value| value.is_finite())
            .prop_map(|value| format!("{value:e}")),
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap_or_default()),
        Just(r#""{\"id\":[{}]}""#.to_owned()),
        Just(r#""\ud800""#.to_owned()),
        // Values that the enums list, as text and as numbers.
        proptest::sample::select(vec!["1", "\"1\"", "\"SMS\""]).prop_map(str::to_owned),
    ]
}

/// JSON that resembles answers: known names in unexpected places.
fn json() -> impl Strategy<Value = String> {
    leaf().prop_recursive(6, 64, 6, |inner| {
        let member = (proptest::sample::select(NAMES), inner.clone());
        prop_oneof![
            proptest::collection::vec(inner, 0..5).prop_map(|items| format!("[{}]", items.join(","))),
            proptest::collection::vec(member, 0..6).prop_map(|members| {
                let members: Vec<_> = members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
                format!("{{{}}}", members.join(", "))
            }),
        ]
    })
}

fn decode_all(body: &[u8]) {
    let protocol = &<FormPlatform as Platform>::PROTOCOL;
    let _ = answer(received(200, &[], body), &FormCall::OPERATION, protocol, &mut FormAnswer::default());
    let protocol = &<JsonPlatform as Platform>::PROTOCOL;
    let _ = answer(received(200, &[], body), &JsonCall::OPERATION, protocol, &mut JsonAnswer::default());
}

proptest! {
    // A failing case is printed in full; no file is written.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        decode_all(&body);
    }

    #[test]
    fn any_json_is_read(json in json()) {
        let answers = [
            json.clone(),
            format!(r#"{{"a_form_call_response":{json}}}"#),
            format!(r#"{{"result":{json},"request_id":1}}"#),
            format!(r#"{{"status":"0","data":{json}}}"#),
        ];
        for answer in answers {
            decode_all(answer.as_bytes());
            prop_assert_eq!(readers_agree::<FormCall>(answer.as_bytes()).err(), None);
            prop_assert_eq!(readers_agree::<JsonCall>(answer.as_bytes()).err(), None);
            prop_assert_eq!(readers_agree::<RawFormCall>(answer.as_bytes()).err(), None);
            prop_assert_eq!(readers_agree::<RawJsonCall>(answer.as_bytes()).err(), None);
        }
        let _ = load(&json, &mut All::default());
        prop_assert_eq!(readers_agree_on_text::<All>(&json).err(), None);
    }

    #[test]
    fn what_is_read_can_be_written_and_read_again(json in json()) {
        let mut all = All::default();
        if load(&json, &mut all).is_ok() {
            let written = crate::to_json(&all);
            let (again, coercions) = from_json::<All>(&written).expect("our own text");
            prop_assert_eq!(&again, &all, "{}", written);
            // Unlisted values stay unlisted, and those that are not numbers are written as text.
            let stays = |kind| matches!(kind, CoercionKind::UnlistedValue | CoercionKind::TextAsNumber);
            prop_assert!(coercions.iter().all(|coercion| stays(coercion.kind())), "{:?}", coercions);
            // Line breaks are also inserted into JSON that a map keeps as text.
            let pretty = crate::to_json_pretty(&all).replace(char::is_whitespace, "");
            prop_assert_eq!(pretty, written.replace(char::is_whitespace, ""));
        }
    }
}
