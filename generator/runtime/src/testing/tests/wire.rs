use super::*;
use crate::fixture::{
    Evolved, FormAnswer, FormCall, FormPlatform, JsonAnswer, JsonCall, JsonPlatform, Keys, WithRequestId,
};
use crate::received::Received;
use crate::testing::{AnswerError, AnswerLayout, Written, read_request, write_answer, write_error};
use crate::{
    Answer, Checks, Client, CoercionKind, Coercions, Endpoint, Error, File, Object, Platform, Protocol, decode,
};

const FORM: Protocol = <FormPlatform as Platform>::PROTOCOL;
const JSON: Protocol = <JsonPlatform as Platform>::PROTOCOL;

/// A call as a server reads it after a client has signed it, and the deviations.
fn read<E: Endpoint + Default>(call: &E) -> (E, Coercions)
where
    E::Platform: Platform<Credentials = Keys>,
{
    let client = Client::<E::Platform>::new(Keys::new()).with_checks(Checks::Off);
    let request = client.request(call).expect("a request");
    let mut value = E::default();
    let protocol = &<E::Platform as Platform>::PROTOCOL;
    let read = read_request(&request, protocol, &E::OPERATION, &mut value).expect("our own request");
    (value, read.coercions)
}

/// Deviations other than that a value is not listed, which no encoding can prevent.
fn kinds(coercions: &Coercions) -> Vec<CoercionKind> {
    coercions.iter().map(|coercion| coercion.kind()).filter(|kind| *kind != CoercionKind::UnlistedValue).collect()
}

fn decoded<T: Object + Default>(
    written: &Written,
    protocol: &Protocol,
    operation: &crate::Operation,
) -> Result<Answer<T>, Error> {
    let response = http::Response::builder().header("Content-Type", written.content_type);
    let received: Received = response.body(written.body.as_bytes()).expect("a response").into();
    let mut value = T::default();
    let reply = decode::answer(received, operation, protocol, &mut value)?;
    let (request_id, status, coercions) = (reply.request_id, reply.status, reply.coercions);
    let received = Received::default();
    Ok(Answer { value, request_id, status, message: reply.message, coercions, attempts: 1, received })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_form_is_read_as_it_was_sent(
        (id, body, names) in (of(word()), of(all(text())), of(vec(word(), 1..4))),
        (items, file, when) in (of(vec(item(text()), 0..3)), of((text(), vec(any::<u8>(), 0..9))), of(word())),
        (extra, map) in (of(json()), of(map(text()))),
    ) {
        let call = FormCall {
            id, body, names, items, extra, map,
            // A name that contains the escape of browsers cannot be told from one that was escaped.
            file: file.map(|(name, bytes)| File::new(name.replace('%', ""), bytes).with_content_type("image/png")),
            when: when.map(Date::from),
        };
        let (read, coercions) = read(&call);
        prop_assert!(read == call, "{}\n{}", crate::to_json(&read), crate::to_json(&call));
        prop_assert_eq!(kinds(&coercions), vec![]);
    }

    #[test]
    fn a_json_body_is_read_as_it_was_sent(
        (voice_id, all, numbers) in (of(text()), of(all(text())), of(vec(any::<i64>(), 0..4))),
    ) {
        let call = JsonCall { voice_id, all, numbers, file: None };
        let (read, coercions) = read(&call);
        prop_assert!(read == call, "{}\n{}", crate::to_json(&read), crate::to_json(&call));
        prop_assert_eq!(kinds(&coercions), vec![]);
    }

    #[test]
    fn a_path_and_a_query_are_read_as_they_were_sent(call in item(text())) {
        let (read, coercions) = read(&call);
        prop_assert!(read == call, "{}\n{}", crate::to_json(&read), crate::to_json(&call));
        prop_assert_eq!(kinds(&coercions), vec![]);
    }

    #[test]
    fn a_json_answer_is_decoded_as_it_was_written(
        (result, data) in (of(all(text())), of(vec(item(text()), 0..3))),
        (code, numbers) in (of(text()), of(vec(any::<i64>(), 0..4))),
    ) {
        let answer = FormAnswer { result, data, code, numbers };
        for layout in [AnswerLayout::Simplified, AnswerLayout::Wrapped] {
            let written = write_answer(&answer, &FORM, &FormCall::OPERATION, layout, Some("rid"));
            let reply = decoded::<FormAnswer>(&written, &FORM, &FormCall::OPERATION).expect("an answer");
            prop_assert!(reply.value == answer, "{}\n{}", written.body, crate::to_json(&reply.value));
            prop_assert_eq!(kinds(&reply.coercions), vec![], "{}", written.body);
            prop_assert_eq!(reply.request_id.as_deref(), Some("rid"));
        }
        let all = answer.result.unwrap_or_default();
        let written = write_answer(&all, &JSON, &JsonCall::OPERATION, AnswerLayout::default(), None);
        let reply = decoded::<All>(&written, &JSON, &JsonCall::OPERATION).expect("an answer");
        prop_assert!(reply.value == all, "{}\n{}", written.body, crate::to_json(&reply.value));
        prop_assert_eq!(kinds(&reply.coercions), vec![], "{}", written.body);
        prop_assert_eq!(reply.status.as_deref(), Some("0"));
    }

    #[test]
    fn an_xml_answer_is_decoded_as_it_was_written(
        (result, data, code, numbers) in
            (of(all(word())), of(vec(item(word()), 0..3)), of(word()), of(vec(any::<i64>(), 0..4))),
    ) {
        // XML has no lists of lists, a lone JSON value in a list looks like the list, and JSON is text.
        let result = result.map(|all| All { rows: None, jsons: None, opaque: None, ..all }).filter(|all| *all != All::default());
        let answer = FormAnswer { result, data, code, numbers };
        let written = write_answer(&answer, &FORM, &FormCall::OPERATION, AnswerLayout::Xml, Some("rid"));
        let reply = decoded::<FormAnswer>(&written, &FORM, &FormCall::OPERATION).expect("an answer");
        prop_assert!(reply.value == answer, "{}\n{}\n{}", written.body, crate::to_json(&reply.value), crate::to_json(&answer));
        // All values are text in XML, and a list of one item is not marked.
        use CoercionKind::{EmptyText, Markup, SingleAsList, TextAsBoolean, TextAsJson, TextAsNumber};
        let expected = [EmptyText, Markup, SingleAsList, TextAsBoolean, TextAsJson, TextAsNumber];
        for kind in kinds(&reply.coercions) {
            prop_assert!(expected.contains(&kind), "{kind:?} {}", written.body);
        }
        prop_assert_eq!(reply.request_id.as_deref(), Some("rid"));
    }

    #[test]
    fn an_error_is_decoded_as_it_was_written(
        code in select(vec!["7", "15", "0", "-3", "x"]),
        (message, sub_code, sub_message) in (of(text()), of(text()), of(text())),
    ) {
        let error = AnswerError { code: code.to_owned(), parameter: None, message, sub_code, sub_message };
        for layout in [AnswerLayout::Simplified, AnswerLayout::Wrapped] {
            let written = write_error(&error, &FORM, &FormCall::OPERATION, layout, Some("rid"));
            let Err(Error::Platform(found)) = decoded::<FormAnswer>(&written, &FORM, &FormCall::OPERATION).map(drop) else {
                panic!("{}", written.body)
            };
            let found_texts = (&found.code, &found.msg, &found.sub_code, &found.sub_msg);
            prop_assert_eq!(found_texts, (&error.code, &error.message, &error.sub_code, &error.sub_message));
            prop_assert_eq!(found.request_id.as_deref(), Some("rid"));
        }
    }

    #[test]
    fn any_request_is_read_or_refused(
        body in vec(any::<u8>(), 0..100),
        content_type in select(vec!["", "application/json", "multipart/form-data; boundary=B", "application/x-www-form-urlencoded"]),
        query in "[a-z=&%0-9]{0,20}",
    ) {
        let request = http::Request::post(format!("https://gw.example/a/json?{query}"));
        let request = request.header("Content-Type", content_type).body(body).expect("a request");
        let _ = read_request(&request, &FORM, &FormCall::OPERATION, &mut FormCall::default());
        let _ = read_request(&request, &JSON, &JsonCall::OPERATION, &mut JsonCall::default());
    }
}

#[test]
fn fields_that_send_text_are_read_from_text() {
    let call = Evolved {
        price: Some("1.50".into()),
        when: Some("soon".into()),
        extras: Some(vec!["[1]".into(), "{oops".into()]),
        ..Evolved::default()
    };
    let (back, coercions) = read(&call);
    assert_eq!(back, call);
    assert!(coercions.is_empty(), "{coercions:?}");
    // An answer has them as text too, except for JSON, whose text decoding would keep as a string.
    let call = Evolved { extras: Some(vec!["[1]".into()]), status_integer: Some(0), ..call };
    let written = write_answer(&call, &JSON, &Evolved::OPERATION, AnswerLayout::default(), None);
    assert_eq!(written.body, r#"{"status":0,"price":"1.50","when":"soon","extras":[[1]],"reason":"success"}"#);
    assert_eq!(decoded::<Evolved>(&written, &JSON, &Evolved::OPERATION).expect("an answer").value, call);
    // Of two fields with one name, the first is filled, whichever was sent.
    let (back, _) = read(&Evolved { status: Some("5".to_owned()), ..Evolved::default() });
    assert_eq!((back.status_integer, back.status), (Some(5), None));
}

#[test]
fn an_instant_is_read_as_the_text_that_was_sent() {
    let instant = std::time::UNIX_EPOCH + core::time::Duration::from_millis(1_767_294_245_678);
    let call = FormCall { when: Some(instant.into()), ..FormCall::default() };
    assert_eq!(read(&call).0.when, Some("2026-01-02 03:04:05".into()));
}

#[test]
fn the_fields_of_an_answer_come_before_its_envelope() {
    let write =
        |value: &dyn Object| write_answer(value, &FORM, &WithRequestId::OPERATION, AnswerLayout::Wrapped, Some("own"));
    let set = WithRequestId { request_id: Some("field".to_owned()) };
    assert_eq!(write(&set).body, r#"{"a_id_response":{"request_id":"field"}}"#);
    assert_eq!(write(&WithRequestId::default()).body, r#"{"a_id_response":{}}"#);
    let write =
        |value: &dyn Object| write_answer(value, &JSON, &JsonCall::OPERATION, AnswerLayout::Xml, Some("own")).body;
    let set = JsonAnswer { data: Some(vec![]), status: Some("0".to_owned()) };
    assert_eq!(write(&set), r#"{"data":[],"status":"0","reason":"success"}"#);
    assert_eq!(write(&JsonAnswer::default()), r#"{"status":"0","reason":"success"}"#);
}

#[test]
fn an_object_without_documented_members_has_elements_in_xml() {
    let opaque = r#"{"a":1,"b":[true,{"c":"<中>"}],"d e":5,"f":null}"#;
    let all = All { opaque: Some(opaque.into()), ..All::default() };
    let answer = FormAnswer { result: Some(all), ..FormAnswer::default() };
    let written = write_answer(&answer, &FORM, &FormCall::OPERATION, AnswerLayout::Xml, None);
    let expected = "<?xml version=\"1.0\" encoding=\"utf-8\" ?><a_form_call_response><result><opaque><a>1</a><b>true</b>\
        <b><c>&lt;中&gt;</c></b><f></f></opaque></result></a_form_call_response>";
    assert_eq!(written.body, expected);
    let reply = decoded::<FormAnswer>(&written, &FORM, &FormCall::OPERATION).expect("an answer");
    let text = reply.value.result.and_then(|all| all.opaque).map(|json| json.as_str().to_owned());
    assert_eq!(text.as_deref(), Some(r#"{"a":"1","b":["true",{"c":"<中>"}],"f":""}"#));
}
