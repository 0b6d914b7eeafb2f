//! The documents' response samples decode with no field lost, wrapped and simplified.

use apograph::spec::{EndpointSpec, Entries, FieldSpec};
use apograph_apis::nio::aivoice::ImportCustomer;
use apograph_apis::nio::{self, Nio};
use apograph_apis::top::alsc::CrmOpenCustomerSave;
use apograph_apis::top::lingyang::UtouchSubmitInitiativeBatchTask;
use apograph_apis::top::lvms::LvrImportcallcustomer;
use apograph_apis::top::{self, Top};
use apograph_apis::{Answer, Client, Error, Secret, to_json};
use apograph_runtime::Endpoint;
use apograph_tests::samples::{ListForm, xml_root, xml_to_json};
use apograph_tests::specs;
use serde_json::{Value, json};

fn top_client() -> Client<Top> {
    Client::new(top::Credentials::new("12345678", Secret::new("helloworld")).expect("credentials"))
}

fn nio_client() -> Client<Nio> {
    Client::new(nio::Credentials::new("bDqJFiq9", Secret::new("7bz1lzh9")).expect("credentials"))
}

fn decode<E: Endpoint<Platform = Top>>(body: &Value) -> Answer<E::Response> {
    let response = http::Response::new(body.to_string().into_bytes());
    top_client().answer::<E>(response).expect("the sample is an answer")
}

/// Decodes the spec's XML sample in both list forms and compares every leaf with the sample's text.
fn assert_sample_decodes<E: Endpoint<Platform = Top>>(api: &str) -> Answer<E::Response> {
    let spec: EndpointSpec = specs::endpoint(api);
    let xml = spec.samples.get("response_xml").expect("the spec has the page's sample");
    let expected = xml_to_json(xml, &spec.response, ListForm::Bare);
    assert_covers(&spec.response, &expected, api);

    let simplified = decode::<E>(&expected);
    assert_eq!(as_json(&simplified.value), expected, "simplified");
    let members = xml_to_json(xml, &spec.response, ListForm::Wrapped);
    let root = xml_root(xml);
    let wrapped = decode::<E>(&json!({ root: members }));
    assert_eq!(as_json(&wrapped.value), expected, "wrapped");
    assert!(wrapped.coercions.is_empty(), "{:?}", wrapped.coercions);
    wrapped
}

/// The sample shows every field of the spec, so that comparing with it compares everything.
fn assert_covers(fields: &Entries<FieldSpec>, sample: &Value, path: &str) {
    for (name, field) in fields.iter() {
        let path = format!("{path}.{name}");
        let value = sample.get(name).unwrap_or_else(|| panic!("the sample lacks {path}"));
        let value = value.get(0).unwrap_or(value);
        if !field.fields.is_empty() {
            assert_covers(&field.fields, value, &path);
        }
    }
}

fn as_json(value: &impl apograph_runtime::Object) -> Value {
    serde_json::from_str(&to_json(value)).expect("what is written is JSON")
}

#[test]
fn import_call_customer() {
    let answer = assert_sample_decodes::<LvrImportcallcustomer>("alibaba.lvms.lvr.importcallcustomer");
    let result = answer.value.lvms_result_d_t_o.expect("a result");
    assert_eq!((result.count, result.success), (Some(10), Some(false)));
}

#[test]
fn submit_initiative_batch_task() {
    let answer = assert_sample_decodes::<UtouchSubmitInitiativeBatchTask>(
        "alibaba.lingyang.utouch.submit.initiative.batch.task",
    );
    let result = answer.value.result.expect("a result");
    // What the flattened text had lost: these two close the result, after the deep object.
    assert_eq!((result.success, result.message.as_deref()), (Some(true), Some("参数错误")));
    let task = result.data.expect("a list").remove(0).task_request.expect("the request again");
    assert_eq!(task.user_name.as_deref(), Some("USER_NANE"));
    let date = task.plan_execute_start_time.expect("a date");
    assert_eq!(date.as_text(), Some("Thu Mar 14 15:16:52 CST 2024"));
    let instant = date.to_system_time(apograph_apis::Zone::east(8 * 3600)).expect("CST is China's time here");
    assert_eq!(instant.duration_since(std::time::UNIX_EPOCH).map(|since| since.as_secs()).ok(), Some(1_710_400_612));
}

#[test]
fn save_customer() {
    let answer = assert_sample_decodes::<CrmOpenCustomerSave>("alibaba.alsc.crm.open.customer.save");
    let result = answer.value.result.expect("a result");
    assert_eq!((result.biz_success, result.result_code.as_deref()), (Some(true), Some("0")));
}

#[test]
fn import_customer() {
    let spec = specs::endpoint("aivoice.importCustomer");
    let sample = spec.samples.get("response_json").expect("the spec has the page's sample");
    let answer = nio_client().answer::<ImportCustomer>(http::Response::new(sample.as_bytes())).expect("an answer");
    assert_eq!((answer.status.as_deref(), answer.message.as_deref()), (Some("0"), Some("success")));
    let refused = answer.value.data.expect("the reasons");
    assert_eq!(refused.len(), 3);
    assert_eq!(refused[2], "Customer custom property is incomplete,Phone Number:13412345678");
    assert!(answer.coercions.is_empty(), "{:?}", answer.coercions);
}

#[test]
fn every_documented_status_has_its_meaning() {
    let spec = specs::endpoint("aivoice.importCustomer");
    assert_eq!(spec.statuses.len(), 15);
    for (status, meaning) in spec.statuses.iter().filter(|(status, _)| *status != "0") {
        for value in [json!(status), json!(status.parse::<i64>().expect("a number"))] {
            let body = json!({"status": value, "reason": "refused", "data": null}).to_string();
            let error = nio_client().answer::<ImportCustomer>(http::Response::new(body)).expect_err("no success");
            let Error::Status(error) = error else { panic!("{error}") };
            assert_eq!((error.status.as_str(), error.meaning), (status, Some(meaning.as_str())));
        }
    }
}

#[test]
fn errors_of_the_platform_are_typed() {
    let answer = |body: &str| top_client().answer::<CrmOpenCustomerSave>(http::Response::new(body.as_bytes()));
    let limited = answer(
        r#"{"error_response":{"code":7,"msg":"App Call Limited","sub_code":"accesscontrol.limited-by-app-access-count",
            "sub_msg":"This ban will last for 31062 more seconds","request_id":"r1"}}"#,
    );
    let error = limited.expect_err("an error");
    assert!(error.is_retryable());
    assert_eq!(error.retry_after(), Some(std::time::Duration::from_secs(31_062)));
    let Error::Platform(error) = error else { panic!("{error}") };
    assert_eq!((error.code.as_str(), error.request_id.as_deref()), ("7", Some("r1")));

    let retryable = |code: i32, sub_code: &str| {
        let body = json!({"error_response": {"code": code, "msg": "m", "sub_code": sub_code}}).to_string();
        answer(&body).expect_err("an error").is_retryable()
    };
    assert!(retryable(15, "isp.remote-service-timeout"));
    assert!(retryable(50, "isp.system-busy"));
    assert!(!retryable(15, "isp.top-mapping-parse-error"));
    assert!(!retryable(50, "isv.invalid-parameter"));
    assert!(!retryable(27, "session-expired"));
}
