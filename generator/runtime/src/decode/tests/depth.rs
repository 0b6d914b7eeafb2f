//! JSON that is kept as text is bounded in depth, so that a caller can serialize what was decoded.

use super::*;
use crate::Value;

fn nested(levels: usize) -> String {
    format!("{}{}", "[".repeat(levels), "]".repeat(levels))
}

#[test]
fn json_and_maps_deeper_than_the_limit_are_counted_and_left_out() {
    // Inside of the object that is decoded, and of the map.
    for (field, inside) in [("extra", 1), ("opaque", 1), ("map", 2), ("jsons", 2)] {
        let read = |levels| {
            let value = match field {
                "map" => format!(r#"{{"k":{}}}"#, nested(levels)),
                "jsons" => format!("[{}]", nested(levels)),
                _ => nested(levels),
            };
            read::<All>(&format!(r#"{{"{field}":{value}}}"#))
        };
        let (all, notes) = read(127 - inside);
        assert_eq!(notes, [""; 0], "{field}");
        assert!(crate::to_json(&all).contains('['), "{field}");
        for levels in [128 - inside, 20_000] {
            let (all, notes) = read(levels);
            assert!(notes.len() == 1 && notes.iter().all(|note| note.ends_with(": TooDeep")), "{field}: {notes:?}");
            assert!(!format!("{:?} {}", all, crate::to_json(&all)).contains("[["), "{field}");
        }
    }
}

#[test]
fn what_was_decoded_is_not_much_longer_when_it_is_printed() {
    let json = format!(r#"{{"map":{{"k":{}}}}}"#, nested(5_000));
    let (all, _) = from_json::<All>(&json).expect("an object");
    assert!(crate::to_json_pretty(&all).len() < json.len());
}

#[test]
fn deep_json_in_text_is_counted_too() {
    let text = format!(r#"{{"extra":"{}"}}"#, nested(200));
    assert_eq!(read::<All>(&text).1, ["extra: TooDeep"]);
    let (_, coercions) = from_json::<All>(&text).expect("an object");
    assert_eq!(shown(&coercions), ["extra: TooDeep"]);
    // Text that is not JSON may contain any number of brackets.
    let (all, coercions) = from_json::<All>(&format!(r#"{{"extra":"{}"}}"#, "[".repeat(200))).expect("an object");
    assert_eq!((all.extra, shown(&coercions)), (Some("[".repeat(200).into()), vec![]));
}

/// A caller's own value is written in full, but only as text: neither this crate nor serde descends into it.
#[test]
fn a_callers_own_deep_json_becomes_text_in_a_dump() {
    let deep = nested(100_000);
    let all = All { map: Some(Map::from([("k", Json::from(deep.as_str()).into())])), ..All::default() };
    let expected = format!(r#"{{"map":{{"k":"{deep}"}}}}"#);
    assert_eq!(crate::to_json(&all), expected);
    assert_eq!(serde_json::to_string(&all).expect("any object"), expected);
    assert!(crate::to_json_pretty(&all).len() < expected.len() + 100);
}

/// What a call without types decodes into.
#[derive(Default)]
struct Whole(Option<Json>);

impl Object for Whole {
    fn table(&self) -> &'static str {
        "\0Whole"
    }

    fn fields(&self) -> Vec<&dyn Value> {
        vec![&self.0]
    }

    fn fields_mut(&mut self) -> Vec<&mut dyn Value> {
        vec![&mut self.0]
    }
}

#[test]
fn deep_members_of_an_untyped_answer_are_counted_and_left_out() {
    let read = |levels| {
        let (whole, notes) = read::<Whole>(&format!(r#"{{"a":1,"b":{},"c":"x"}}"#, nested(levels)));
        (whole.0.expect("an object"), notes)
    };
    let (json, notes) = read(126);
    assert_eq!((json.parse::<serde_json::Value>().is_ok(), notes), (true, vec![]));
    let (json, notes) = read(127);
    assert_eq!((json.as_str(), notes), (r#"{"a":1,"c":"x"}"#, vec!["b: TooDeep".to_owned()]));
}

#[test]
fn an_untyped_answer_is_within_the_limit() {
    let json = format!(r#"{{"a":"{}"}}"#, "x".repeat(1_000));
    let mut whole = Whole::default();
    let mut decoder = Decoder::new(JsonText::IfValid, Ledger::default(), Budget::new(500));
    decoder.fill(Raw::of_valid(&json), &mut whole);
    assert!(decoder.finish(&mut whole).is_err() && whole.0.is_none());
}
