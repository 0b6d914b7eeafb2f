//! Errors of the shipped platforms: their meaning, what to do, and who sent them.

use apograph_apis::nio::aivoice::ImportCustomer;
use apograph_apis::nio::{self, Nio};
use apograph_apis::top::alsc::CrmOpenCustomerSave;
use apograph_apis::top::{self, Top};
use apograph_apis::{Client, Error, PlatformError};
use apograph_runtime::Platform;
use apograph_tests::specs;
use serde_json::json;

fn top(status: u16, body: &serde_json::Value) -> Error {
    let response = http::Response::builder().status(status).body(body.to_string()).expect("a response");
    let client = Client::<Top>::new(top::Credentials::new("k", "s").expect("credentials"));
    client.answer::<CrmOpenCustomerSave>(response).expect_err("an error")
}

fn nio(status: u16, body: &serde_json::Value) -> Error {
    let response = http::Response::builder().status(status).body(body.to_string()).expect("a response");
    let client = Client::<Nio>::new(nio::Credentials::new("k", "s").expect("credentials"));
    client.answer::<ImportCustomer>(response).expect_err("an error")
}

fn top_error(code: u32, sub_code: Option<&str>) -> Box<PlatformError> {
    let error = top(200, &json!({"error_response": {"code": code, "msg": "m", "sub_code": sub_code}}));
    let Error::Platform(error) = error else { panic!("{error}") };
    error
}

#[test]
fn every_platform_code_has_a_meaning_and_the_common_ones_a_hint() {
    let codes = [3..=13, 15..=15, 21..=34, 40..=44, 47..=47, 50..=50];
    for code in codes.into_iter().flatten() {
        assert!(top_error(code, None).meaning.is_some(), "{code}");
    }
    for code in [25, 26, 27, 29, 31] {
        let error = top_error(code, None);
        let hint = error.hint().expect("a hint");
        assert!(error.to_string().ends_with(&format!("; hint: {hint}")), "{error}");
    }
    assert_eq!(top_error(51, None).to_string(), "the platform answered code 51 (m)");
    let error = top_error(27, Some("session-expired"));
    assert_eq!((error.meaning, error.hint()), (Some("the session has expired"), Some("renew the access token")));
    assert_eq!(top_error(15, Some("isp.system-busy")).hint(), Some("repeat the call after a pause"));
}

#[test]
fn statuses_are_explained_by_the_apis_own_table_first() {
    let told = |status: &str| nio(200, &json!({"status": status})).to_string();
    assert_eq!(
        told("-1"),
        "the platform answered status -1 (documented: 账号认证异常: authentication failed); \
         hint: check the API key and the API secret"
    );
    assert_eq!(told("-35"), "the platform answered status -35 (documented: 客户信息导入失败)");
    // -16 means an expired timestamp in other families only.
    assert_eq!(told("-16"), "the platform answered status -16");
}

#[test]
fn only_a_rejected_time_is_about_the_clock() {
    for code in 1..=60 {
        assert_eq!(Error::Platform(top_error(code, None)).is_clock(), code == 31, "{code}");
    }
    for status in specs::endpoint("aivoice.importCustomer").statuses.names().filter(|status| *status != "0") {
        assert_eq!(nio(200, &json!({"status": status})).is_clock(), status == "-4", "{status}");
    }
}

#[test]
fn a_proxy_is_not_the_platform() {
    let spring = json!({"timestamp": "2026-01-02T03:04:05Z", "status": 500, "error": "Internal Server Error"});
    for error in [
        nio(500, &spring),
        nio(500, &json!({"code": 502, "msg": "bad gateway"})),
        top(500, &json!({"code": 502, "msg": "bad gateway"})),
        top(500, &spring),
    ] {
        assert!(matches!(error, Error::Http(_)), "{error:?}");
        assert_eq!(error.http_status(), Some(http::StatusCode::INTERNAL_SERVER_ERROR));
    }
    assert!(matches!(nio(500, &json!({"status": "-35"})), Error::Status(_)));
    assert!(matches!(top(500, &json!({"code": 27, "msg": "Invalid session"})), Error::Platform(_)));
}

/// A message cuts longer texts.
#[test]
fn no_text_of_the_tables_is_too_long_for_a_message() {
    for table in [&<Top as Platform>::PROTOCOL.errors, &<Nio as Platform>::PROTOCOL.errors] {
        for error in [table.codes, table.sub_codes, table.texts].into_iter().flatten() {
            let texts = format!("{error:?}");
            assert!(texts.split('"').all(|text| text.chars().count() <= 240), "{texts}");
        }
    }
}
