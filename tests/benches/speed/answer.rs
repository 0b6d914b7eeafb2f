//! An answer of 1 MB: decode.

use apograph_apis::top::lingyang::{UtouchSubmitInitiativeBatchTask, UtouchSubmitInitiativeBatchTaskResponse};
use apograph_apis::top::{self, Top};
use apograph_runtime::{Answer, Client};
use serde::Deserialize;

/// Minimum size of the answer in bytes.
const SIZE: usize = 1_000_000;

/// An answer as the platform sends it when asked to simplify: in one line, without a root member.
fn body() -> Vec<u8> {
    let mut items = String::new();
    for number in 0.. {
        if items.len() >= SIZE {
            break;
        }
        let comma = if number == 0 { "" } else { "," };
        let input = format!(r#"{{\"name\":\"会员 {number}\",\"amount\":\"{number}.50\",\"city\":\"杭州\"}}"#);
        items.push_str(&format!(
            r#"{comma}{{"task_id":{number},"task_request":{{"policy_id":123,"biz_id":"BIZ{number}","phone_number":"187{number:08}","outer_user_id":"会员 {number}","cms_user_id":{number},"user_name":"会员 {number}","source_id":123,"cms_member_type":"CMS_MEMBER_TYPE","department_id":4124,"email":"user{number}@example.com","input_params":"{input}","output_params":"{{}}","plan_execute_start_time":"2024-03-12 14:05:56","appointment_time_id":80,"book_user_id":{number},"book_charge_biz_info":"{{}}"}}}}"#
        ));
    }
    format!(r#"{{"result":{{"code":"0","data":[{items}],"success":true,"message":"OK"}},"request_id":"15abcdef"}}"#)
        .into_bytes()
}

/// Decodes the answer into the generated type, and keeps the body.
pub(crate) fn generated() -> impl Fn() -> Answer<UtouchSubmitInitiativeBatchTaskResponse> {
    let client = Client::<Top>::new(top::Credentials::new("key", "secret").expect("credentials"));
    let body = body();
    move || {
        let response = http::Response::new(body.clone());
        client.answer::<UtouchSubmitInitiativeBatchTask>(response).expect("a valid answer")
    }
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "decoded, not read")]
pub(crate) struct Response {
    result: Option<Outcome>,
    request_id: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "decoded, not read")]
struct Outcome {
    code: Option<String>,
    data: Option<Vec<Item>>,
    success: Option<bool>,
    message: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "decoded, not read")]
struct Item {
    task_id: Option<i64>,
    task_request: Option<Task>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "decoded, not read")]
struct Task {
    policy_id: Option<i64>,
    biz_id: Option<String>,
    phone_number: Option<String>,
    outer_user_id: Option<String>,
    cms_user_id: Option<i64>,
    user_name: Option<String>,
    source_id: Option<i64>,
    cms_member_type: Option<String>,
    department_id: Option<i64>,
    email: Option<String>,
    input_params: Option<String>,
    output_params: Option<String>,
    plan_execute_start_time: Option<String>,
    appointment_time_id: Option<i64>,
    book_user_id: Option<i64>,
    book_charge_biz_info: Option<String>,
}

/// Does the same with serde's derives.
pub(crate) fn handwritten() -> impl Fn() -> (Response, Vec<u8>) {
    let body = body();
    move || {
        let response = http::Response::new(body.clone());
        let value = serde_json::from_slice(response.body()).expect("a valid answer");
        (value, response.into_body())
    }
}

/// Checks that both decode the same number of tasks, and that the answer is as documented.
pub(crate) fn assert_same() {
    let (generated, (handwritten, _)) = (generated()(), handwritten()());
    assert!(generated.coercions.is_empty());
    let tasks = generated.value.result.and_then(|result| result.data).map(|data| data.len());
    assert_eq!(tasks, handwritten.result.and_then(|result| result.data).map(|data| data.len()));
}

#[divan::bench(name = "generated")]
fn bench_generated(bencher: divan::Bencher<'_, '_>) {
    bencher.bench_local(generated());
}

#[divan::bench(name = "handwritten")]
fn bench_handwritten(bencher: divan::Bencher<'_, '_>) {
    bencher.bench_local(handwritten());
}
