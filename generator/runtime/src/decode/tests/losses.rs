//! Nothing disappears without a count.

use super::*;
use crate::fixture::WithRequestId;

/// The coercions of an answer to `E`.
fn notes<E: Endpoint>(body: &str) -> Vec<String> {
    reply::<E>(200, body).map(|(_, reply)| shown(&reply.coercions)).unwrap_or_else(|error| panic!("{error}: {body}"))
}

#[test]
fn request_ids_that_are_not_used_are_counted() {
    let root = "a_form_call_response";
    for (members, beside, id, expected) in [
        (r#""request_id":"r""#, "", Some("r"), &[][..]),
        (r#""request_id":{"a":1}"#, "", None, &["request_id: Misfit"]),
        (r#""request_id":["r"]"#, r#","request_id":"s""#, Some("s"), &["request_id: Misfit"]),
        (r#""request_id":"r""#, r#","request_id":"s""#, Some("r"), &["request_id: Duplicate"]),
        (r#""request_id":"r""#, r#","request_id":{}"#, Some("r"), &["request_id: Misfit"]),
        (r#""request_id":"q","request_id":"r""#, "", Some("r"), &["request_id: Duplicate"]),
        (r#""request_id":null"#, r#","request_id":null"#, None, &[]),
        (r#""request_id":"\ud800""#, "", Some("\u{fffd}"), &["request_id: InvalidText"]),
    ] {
        let body = format!(r#"{{"{root}":{{{members}}}{beside}}}"#);
        let (_, reply) = reply::<FormCall>(200, &body).expect(&body);
        assert_eq!(
            (reply.request_id.as_deref(), &shown(&reply.coercions)[..]),
            (id, &expected.iter().map(|note| (*note).to_owned()).collect::<Vec<_>>()[..]),
            "{body}"
        );
    }
    assert_eq!(notes::<FormCall>(r#"{"request_id":{"a":1}}"#), ["request_id: Misfit"]);
    assert_eq!(
        notes::<FormCall>(r#"{"other_response":null,"request_id":[1]}"#),
        ["other_response: UnknownField", "request_id: Misfit"]
    );
    // A documented field is decoded like any other.
    assert_eq!(notes::<WithRequestId>(r#"{"a_id_response":{"request_id":{"a":1}}}"#), ["request_id: JsonAsText"]);
}

#[test]
fn messages_that_are_not_used_are_counted() {
    for (members, message, expected) in [
        (r#""reason":"a""#, Some("a"), &[][..]),
        (r#""reason":{"a":1}"#, None, &["reason: Misfit"]),
        (r#""msg":["a"]"#, None, &["msg: Misfit"]),
        (r#""reason":[],"msg":"b""#, Some("b"), &["reason: Misfit"]),
        (r#""reason":"a","msg":"b""#, Some("a"), &["msg: Duplicate"]),
        (r#""reason":"a","reason":"b""#, Some("b"), &["reason: Duplicate"]),
        (r#""reason":null,"msg":"b""#, Some("b"), &[]),
    ] {
        let body = format!(r#"{{"status":"0",{members}}}"#);
        let (_, reply) = reply::<JsonCall>(200, &body).expect(&body);
        let expected: Vec<String> = expected.iter().map(|note| (*note).to_owned()).collect();
        assert_eq!((reply.message.as_deref(), shown(&reply.coercions)), (message, expected), "{body}");
    }
}

#[test]
fn xml_that_json_has_no_place_for_is_counted() {
    let xml = |members: &str| format!("<a_form_call_response>{members}</a_form_call_response>");
    for (members, expected) in [
        ("<code>a</code>", &[": Markup"][..]),
        (" <code>a</code>\n", &[": Markup"]),
        (r#"<code kind="x">a</code>"#, &[": Markup", "code.@kind: UnknownField"]),
        (
            r#"<data list="true"><initiative_item><id a="1">5</id></initiative_item><initiative_item b="2"/></data>"#,
            &[
                ": Markup",
                "data.@list: UnknownField",
                "data.initiative_item[].@b: UnknownField",
                "data.initiative_item[].id.@a: UnknownField",
                "data[].id: TextAsNumber",
                "data[]: EmptyText",
            ],
        ),
        ("lost<code>a</code>", &["#text: UnknownField", ": Markup"]),
        ("<result>lost<text>a</text>too</result>", &[": Markup", "result.#text: UnknownField (2 times)"]),
    ] {
        let mut notes = notes::<FormCall>(&xml(members));
        notes.sort();
        assert_eq!(notes, expected, "{members}");
    }
    assert_eq!(notes::<FormCall>(r#"<a_form_call_response a="1"/>"#), [": EmptyText", ": Markup", "@a: UnknownField"]);
}

#[test]
fn xml_comments_are_no_values() {
    let (value, _) =
        reply::<FormCall>(200, "<a_form_call_response><code>a<!--x-->b<?y z?>c</code></a_form_call_response>")
            .expect("answer");
    assert_eq!(value.code.as_deref(), Some("abc"));
}

#[test]
fn xml_below_the_depth_limit_is_counted() {
    let depth = 70;
    let deep = format!("{}lost{}", "<x>".repeat(depth), "</x>".repeat(depth));
    let notes = notes::<FormCall>(&format!("<a_form_call_response>{deep}</a_form_call_response>"));
    assert!(notes.iter().any(|note| note.ends_with(": TooDeep")), "{notes:?}");
}

#[test]
fn keys_of_maps_keep_their_characters_or_are_counted() {
    let (all, notes) = read::<All>(r#"{"map":{"\ud800":1,"\udbff":2}}"#);
    assert_eq!(all.map, Some(Map::from([("\u{fffd}", 2.into())])));
    assert_eq!(notes, ["map: Duplicate", "map: InvalidText (2 times)"]);
}

#[test]
fn files_with_more_members_are_counted() {
    let file = |more: &str| {
        let json = format!(r#"{{"file":{{"name":"a","content_type":"b","base64":"AP8="{more}}}}}"#);
        let (call, coercions) = from_json::<FormCall>(&json).expect("an object");
        (call.file.map(|file| file.name().to_owned()), shown(&coercions))
    };
    assert_eq!(file(""), (Some("a".to_owned()), vec![]));
    assert_eq!(file(r#","size":2"#), (Some("a".to_owned()), vec!["file.size: UnknownField".to_owned()]));
    assert_eq!(file(r#","name":"c""#), (Some("c".to_owned()), vec!["file.name: Duplicate".to_owned()]));
    assert_eq!(file(r#","name":5"#), (None, vec!["file: Misfit".to_owned(), "file.name: Duplicate".to_owned()]));
}

#[test]
fn numbers_of_enums_are_equal_by_value() {
    for (json, gender) in
        [("1.0", Gender::Male), (r#""1.0""#, Gender::Male), (r#""1e0""#, Gender::Male), ("0.0", Gender::Female)]
    {
        let (all, _) = read::<All>(&format!(r#"{{"gender":{json}}}"#));
        assert_eq!(all.gender, Some(gender), "{json}");
    }
    for json in ["1.0", r#""1.0""#, r#""007""#, r#""x""#, "7.5", r#""7.0""#, "1e400", r#""1e400""#, r#"" 1""#] {
        let (all, _) = read::<All>(&format!(r#"{{"gender":{json}}}"#));
        let (again, _) = from_json::<All>(&crate::to_json(&all)).expect("our own text");
        assert_eq!(again, all, "{json}");
        let serialized = serde_json::to_string(&all).expect("any object");
        assert_eq!(serde_json::from_str::<All>(&serialized).expect("our own text"), all, "{json}");
    }
    // The caller's own values too.
    assert_eq!(crate::open_enum::<Gender>("1.0"), Gender::Male);
    assert_eq!(crate::wire_value(&crate::open_enum::<Channel>("1.0")), "1.0");
}
