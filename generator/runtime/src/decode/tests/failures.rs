//! A failure never looks like success.

use super::*;
use crate::fixture::WithRequestId;
use crate::{PlatformError, StatusError};

fn platform_error<E: Endpoint>(body: &str) -> Box<PlatformError> {
    match reply::<E>(200, body) {
        Err(Error::Platform(error)) => error,
        Err(error) => panic!("{error}: {body}"),
        Ok((_, reply)) => panic!("success with {:?}: {body}", shown(&reply.coercions)),
    }
}

fn status_error(body: &str) -> Box<StatusError> {
    match reply::<JsonCall>(200, body) {
        Err(Error::Status(error)) => error,
        Err(error) => panic!("{error}: {body}"),
        Ok((_, reply)) => panic!("success with {:?}: {body}", shown(&reply.coercions)),
    }
}

#[test]
fn an_error_member_of_any_form_is_an_error() {
    let cases = [
        (r#""busy""#, "", Some("busy")),
        ("7", "7", None),
        ("[]", "", None),
        (r#"[{"code":7}]"#, "", None),
        ("null", "", None),
        ("{}", "", None),
        (r#"{"code":{"a":1},"msg":["b"]}"#, "", None),
        (r#"{"code":7,"msg":"m"}"#, "7", Some("m")),
    ];
    for (json, code, msg) in cases {
        let error = platform_error::<FormCall>(&format!(r#"{{"error_response":{json}}}"#));
        assert_eq!((error.code.as_str(), error.msg.as_deref()), (code, msg), "{json}");
    }
    let error = platform_error::<FormCall>(r#"{"error_response":"busy"}"#);
    assert_eq!(error.to_string(), "the platform answered an error without a code (busy)");
    let error = platform_error::<FormCall>("<error_response/>");
    assert_eq!((error.code.as_str(), error.msg.as_deref()), ("", Some("")));
}

#[test]
fn an_error_member_beside_a_root_is_an_error() {
    let error = r#""error_response":{"code":7}"#;
    for root in ["a_form_call_response", "other_response"] {
        for value in ["null", "{}", r#"{"code":"a"}"#, r#""""#] {
            for body in [format!(r#"{{"{root}":{value},{error}}}"#), format!(r#"{{{error},"{root}":{value}}}"#)] {
                assert_eq!(platform_error::<FormCall>(&body).code, "7", "{body}");
            }
        }
    }
    assert_eq!(platform_error::<FormCall>(r#"{"result":{},"error_response":{"code":7}}"#).code, "7");
    for body in [
        r#"{"error_response":{"code":7},"error_response":null}"#,
        r#"{"error_response":{},"error_response":{"code":7}}"#,
    ] {
        assert_eq!(platform_error::<FormCall>(body).code, "7", "{body}");
    }
    // `null` contains no failure if there is an answer beside it.
    for body in
        [r#"{"a_form_call_response":{"code":"a"},"error_response":null}"#, r#"{"code":"a","error_response":null}"#]
    {
        let (value, reply) = reply::<FormCall>(200, body).expect(body);
        assert_eq!(value.code.as_deref(), Some("a"));
        assert_eq!(shown(&reply.coercions), ["error_response: UnknownField"], "{body}");
    }
    platform_error::<FormCall>(r#"{"a_form_call_response":null,"error_response":null}"#);
}

#[test]
fn an_error_without_its_root_is_an_error() {
    for body in [
        r#"{"code":"27","msg":"Invalid session"}"#,
        r#"{"msg":"Invalid session","code":27,"request_id":"r","sub_msg":"x"}"#,
        r#"{"other_response":{"code":27,"msg":"Invalid session"}}"#,
        r#"{"a_id_response":{"request_id":"r"},"other_response":{"code":27,"msg":"Invalid session"}}"#,
        r#"{"a_id_response":null,"other_response":{"code":27,"msg":"Invalid session"},"x_response":{}}"#,
    ] {
        let error = platform_error::<WithRequestId>(body);
        assert_eq!((error.code.as_str(), error.msg.as_deref()), ("27", Some("Invalid session")), "{body}");
    }
    let error = platform_error::<WithRequestId>(r#"{"code":"0","msg":"","sub_code":"isv.invalid-parameter:id"}"#);
    assert_eq!(error.documented.map(|row| row.solution), None);
    assert!(platform_error::<WithRequestId>(r#"{"code":7,"msg":"App Call Limited"}"#).outlook.retryable);
    // The HTTP status does not hide it.
    let outcome = reply::<WithRequestId>(400, r#"{"code":"27","msg":"Invalid session"}"#);
    assert!(matches!(outcome, Err(Error::Platform(_))));
}

#[test]
fn documented_members_are_data_whatever_they_are_called() {
    let unknown = |names: &[&str]| names.iter().map(|name| format!("{name}: UnknownField")).collect::<Vec<_>>();
    // `FormAnswer` documents `code`; `WithRequestId` documents neither `code` nor `msg`.
    for (body, notes) in [
        (r#"{"code":"27","msg":"m"}"#, &["msg"][..]),
        (r#"{"a_form_call_response":{"code":"27","msg":"m","sub_code":"isv.x"}}"#, &["msg", "sub_code"]),
        (r#"{"result":null,"code":"27"}"#, &[]),
        // A simplified answer has no root members.
        (r#"{"code":"27","other_response":{"msg":"m","sub_code":"isv.x"}}"#, &["other_response"]),
    ] {
        let (value, reply) = reply::<FormCall>(200, body).expect(body);
        assert_eq!((value.code.as_deref(), shown(&reply.coercions)), (Some("27"), unknown(notes)), "{body}");
    }
    for (body, notes) in [
        // Without one of the two members that every error has, or with the code of success.
        (r#"{"code":"27"}"#, &["code"][..]),
        (r#"{"msg":"m"}"#, &["msg"]),
        (r#"{"code":0,"msg":"m"}"#, &["code", "msg"]),
        (r#"{"code":"","msg":"m","sub_code":""}"#, &["code", "msg", "sub_code"]),
        (r#"{"code":{},"msg":"m"}"#, &["code", "msg"]),
        // Below the API's own root.
        (r#"{"a_id_response":{"code":"27","msg":"m"}}"#, &["code", "msg"]),
    ] {
        let (_, reply) = reply::<WithRequestId>(200, body).expect(body);
        assert_eq!(shown(&reply.coercions), unknown(notes), "{body}");
    }
}

#[test]
fn every_status_must_mean_success() {
    for body in [
        r#"{"status":0,"code":500}"#,
        r#"{"code":500,"status":0}"#,
        r#"{"status":"500","status":"0"}"#,
        r#"{"status":"0","status":"500","status":"0"}"#,
        r#"{"code":"0","code":"500"}"#,
        r#"{"status":null,"code":500}"#,
        r#"{"status":{"a":1},"code":500}"#,
    ] {
        assert_eq!(status_error(body).status, "500", "{body}");
    }
    assert_eq!(status_error(r#"{"status":true,"code":0}"#).status, "true");
    for (body, notes) in [
        (r#"{"status":"0","code":0}"#, &["code: Duplicate"][..]),
        (r#"{"code":"0","code":"0"}"#, &["code: Duplicate"]),
        (r#"{"status":{"a":1},"code":0}"#, &["status: JsonAsText"]),
        (r#"{"status":null,"code":0}"#, &[]),
    ] {
        let (_, reply) = reply::<JsonCall>(200, body).expect(body);
        assert_eq!(
            (reply.status.as_deref(), shown(&reply.coercions)),
            (Some("0"), notes.iter().map(|note| (*note).to_owned()).collect()),
            "{body}"
        );
    }
    assert!(matches!(reply::<JsonCall>(200, r#"{"status":{"a":1}}"#), Err(Error::Decode(_))));
}

#[test]
fn errors_are_explained_by_the_api_or_else_by_the_platform() {
    let told = |body: &str| platform_error::<FormCall>(body).to_string();
    assert_eq!(
        told(r#"{"error_response":{"code":25,"msg":"Invalid signature","request_id":"r"}}"#),
        "the platform answered code 25 (Invalid signature) (documented: wrong signature), request r; hint: compare the texts"
    );
    let error =
        platform_error::<FormCall>(r#"{"error_response":{"code":50,"msg":"m","sub_code":"isv.invalid-parameter:id"}}"#);
    assert_eq!((error.meaning, error.hint(), error.is_clock()), (Some("bad"), Some("mend"), false));
    assert_eq!(
        error.to_string(),
        "the platform answered code 50 (m), sub code isv.invalid-parameter (documented: bad: the caller's fault); hint: mend"
    );
    assert!(platform_error::<FormCall>(r#"{"error_response":{"code":31}}"#).is_clock());
    let error = platform_error::<FormCall>(r#"{"error_response":{"code":99}}"#);
    assert_eq!((error.meaning, error.hint(), error.is_clock()), (None, None, false));

    let error = status_error(r#"{"status":"-4"}"#);
    assert_eq!((error.meaning, error.is_clock()), (Some("时间戳过期"), true));
    assert_eq!(
        error.to_string(),
        "the platform answered status -4 (documented: 时间戳过期: the timestamp has expired); hint: set the clock"
    );
    let error = status_error(r#"{"status":"-1"}"#);
    assert_eq!((error.meaning, error.hint()), (Some("wrong keys"), Some("check the keys")));
    // The API's own table comes first, and the platform's entry for the number does not apply there.
    assert_eq!(
        status_error(r#"{"status":"-32"}"#).to_string(),
        "the platform answered status -32 (documented: no such task)"
    );
}

#[test]
fn texts_of_an_error_without_its_envelope_are_not_shown() {
    for body in [r#"{"code":7,"msg":"zhangsan"}"#, r#"{"other_response":{"code":7,"msg":"zhangsan"}}"#] {
        let error = platform_error::<WithRequestId>(body);
        assert_eq!(error.to_string(), "the platform answered code 7", "{body}");
        assert_eq!(error.msg.as_deref(), Some("zhangsan"), "{body}");
    }
    let enclosed = platform_error::<FormCall>(r#"{"error_response":{"code":7,"msg":"App Call Limited"}}"#);
    assert_eq!(enclosed.to_string(), "the platform answered code 7 (App Call Limited)");
}

#[test]
fn a_date_to_retry_after_is_compared_with_the_date_of_the_answer() {
    let after = |headers: &[(&str, &str)]| {
        let protocol = &<FormPlatform as Platform>::PROTOCOL;
        let mut value = <FormCall as Endpoint>::Response::default();
        let outcome = answer(received(503, headers, b""), &FormCall::OPERATION, protocol, &mut value);
        outcome.map(drop).expect_err("an HTTP error").retry_after().map(|time| time.as_secs())
    };
    let date = ("Date", "Fri, 02 Jan 2026 03:04:05 GMT");
    assert_eq!(after(&[("Retry-After", "Fri, 02 Jan 2026 03:05:15 GMT"), date]), Some(70));
    assert_eq!(after(&[("Retry-After", "Sun, 02 Jan 2028 03:05:15 GMT"), date]), Some(86_400));
    assert_eq!(after(&[("Retry-After", "120"), date]), Some(120));
    // Neither a date that has passed nor one without a date to compare it with is a time to wait.
    assert_eq!(after(&[("Retry-After", "Fri, 02 Jan 2026 03:04:05 GMT"), date]), None);
    assert_eq!(after(&[("Retry-After", "Fri, 02 Jan 2026 03:05:15 GMT")]), None);
    assert_eq!(after(&[("Retry-After", "tomorrow"), date]), None);
}
