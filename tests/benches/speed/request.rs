//! A request with 100 tasks: build, sign, encode.

use std::collections::BTreeMap;

use apograph_apis::top::lingyang::UtouchSubmitInitiativeBatchTask;
use apograph_apis::top::lingyang::utouch_submit_initiative_batch_task::{
    InitiativeBatchTaskRequest, InitiativeTaskRequest,
};
use apograph_apis::top::{self, Top};
use apograph_runtime::{Client, FixedClock};
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use sha2::Sha256;

type Request = http::Request<Vec<u8>>;

const TASKS: usize = 100;
const KEY: &str = "12345678";
const SECRET: &str = "0123456789abcdef0123456789abcdef";
const API: &str = "alibaba.lingyang.utouch.submit.initiative.batch.task";
const URL: &str = "https://eco.taobao.com/router/rest";
const TIMESTAMP: &str = "2024-03-12 14:05:56";

/// A row of the caller's own database.
struct Row {
    number: i64,
    user: String,
    phone: String,
    input: String,
    email: String,
}

fn rows() -> Vec<Row> {
    let row = |number: usize| Row {
        number: number as i64,
        user: format!("会员 {number}"),
        phone: format!("187{number:08}"),
        input: format!(r#"{{"name":"会员 {number}","amount":"{number}.50","city":"杭州","note":"还款提醒"}}"#),
        email: format!("user{number}@example.com"),
    };
    (0..TASKS).map(row).collect()
}

/// Builds, signs and encodes the request with the generated types.
pub(crate) fn generated() -> impl Fn() -> Request {
    let rows = rows();
    let clock = FixedClock::at_unix(1_710_223_556);
    let client = Client::<Top>::new(top::Credentials::new(KEY, SECRET).expect("credentials")).with_clock(clock);
    let client = client.with_base_url(URL).expect("a valid URL");
    move || {
        let call = UtouchSubmitInitiativeBatchTask::new().initiative_batch_task_request(
            InitiativeBatchTaskRequest::new()
                .task_unique_code("79326d4a-7fcd-4670-87e3-0b853d15dd6b")
                .batch_num("1")
                .plan_id(123)
                .task_list(rows.iter().map(task)),
        );
        client.request(&call).expect("a valid request")
    }
}

fn task(row: &Row) -> InitiativeTaskRequest {
    InitiativeTaskRequest::new()
        .source_id(123)
        .department_id(30001)
        .outer_user_id(row.user.as_str())
        .input_params(row.input.as_str())
        .user_name(row.user.as_str())
        .cms_member_type("CMS_MEMBER_TYPE")
        .appointment_time_id(1_710_230_712)
        .phone_number(row.phone.as_str())
        .policy_id(123)
        .book_charge_biz_info("{}")
        .output_params(row.input.as_str())
        .biz_id(row.phone.as_str())
        .book_user_id(row.number)
        .cms_user_id(row.number)
        .email(row.email.as_str())
        .plan_execute_start_time("2024-03-12 14:05:56")
}

#[derive(Serialize)]
struct Batch {
    task_unique_code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    batch_num: Option<String>,
    task_list: Vec<Task>,
    plan_id: i64,
}

#[derive(Serialize)]
struct Task {
    #[serde(skip_serializing_if = "Option::is_none")]
    source_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    department_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outer_user_id: Option<String>,
    input_params: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cms_member_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    appointment_time_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    book_charge_biz_info: Option<String>,
    output_params: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    biz_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    book_user_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cms_user_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan_execute_start_time: Option<String>,
}

/// Does the same with serde_json and the same digest crate.
pub(crate) fn handwritten() -> impl Fn() -> Request {
    let rows = rows();
    move || {
        let batch = Batch {
            task_unique_code: "79326d4a-7fcd-4670-87e3-0b853d15dd6b".to_owned(),
            batch_num: Some("1".to_owned()),
            task_list: rows.iter().map(handwritten_task).collect(),
            plan_id: 123,
        };
        signed(&batch)
    }
}

fn handwritten_task(row: &Row) -> Task {
    Task {
        source_id: Some(123),
        department_id: Some(30001),
        outer_user_id: Some(row.user.clone()),
        input_params: row.input.clone(),
        user_name: Some(row.user.clone()),
        cms_member_type: Some("CMS_MEMBER_TYPE".to_owned()),
        appointment_time_id: Some(1_710_230_712),
        phone_number: Some(row.phone.clone()),
        policy_id: Some(123),
        book_charge_biz_info: Some("{}".to_owned()),
        output_params: row.input.clone(),
        biz_id: Some(row.phone.clone()),
        book_user_id: Some(row.number),
        cms_user_id: Some(row.number),
        email: Some(row.email.clone()),
        plan_execute_start_time: Some("2024-03-12 14:05:56".to_owned()),
    }
}

/// Signs as the platform documents `hmac-sha256`: names and values of all parameters, sorted by name and joined.
fn signed(batch: &Batch) -> Request {
    let json = serde_json::to_string(batch).expect("JSON");
    let mut query = vec![
        ("method", API),
        ("format", "json"),
        ("simplify", "true"),
        ("app_key", KEY),
        ("timestamp", TIMESTAMP),
        ("v", "2.0"),
        ("sign_method", "hmac-sha256"),
    ];
    let form = [("initiative_batch_task_request", json.as_str())];
    let sorted: BTreeMap<&str, &str> = query.iter().chain(&form).copied().collect();
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("any key");
    for (name, value) in sorted {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    let sign: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02X}")).collect();
    query.push(("sign", &sign));
    let encoded = |pairs: &[(&str, &str)]| form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    http::Request::post(format!("{URL}?{}", encoded(&query)))
        .header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
        .body(encoded(&form).into_bytes())
        .expect("a valid request")
}

/// Checks that both send the same.
pub(crate) fn assert_same() {
    let (generated, handwritten) = (generated()(), handwritten()());
    assert_eq!(generated.body(), handwritten.body());
    let signature = |request: &Request| {
        let mut pairs = form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes());
        pairs.find(|(name, _)| name == "sign").map(|(_, value)| value.into_owned())
    };
    assert_eq!(signature(&generated), signature(&handwritten));
}

#[divan::bench(name = "generated")]
fn bench_generated(bencher: divan::Bencher<'_, '_>) {
    bencher.bench_local(generated());
}

#[divan::bench(name = "handwritten")]
fn bench_handwritten(bencher: divan::Bencher<'_, '_>) {
    bencher.bench_local(handwritten());
}
