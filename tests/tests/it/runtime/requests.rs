//! Requests built as the documents' samples build them: what is sent is what the pages say.

use apograph_apis::nio::aivoice::import_customer as nio_import;
use apograph_apis::nio::{self, Nio};
use apograph_apis::top::alsc::crm_open_customer_save as alsc;
use apograph_apis::top::lingyang::utouch_submit_initiative_batch_task as lingyang;
use apograph_apis::top::lvms::lvr_importcallcustomer as lvms;
use apograph_apis::top::{self, SignMethod, Top};
use apograph_apis::{Checks, Client, Date, Endpoint, Error, FixedClock, Secret, to_json};
use apograph_tests::crates::golden_types::form::values::save as form_values;
use apograph_tests::form::{Pairs, pairs};
use serde_json::{Value, json};

/// 2026-01-02 03:04:05 +08:00.
const INSTANT: u64 = 1_767_294_245;

fn top_client() -> Client<Top> {
    Client::new(top::Credentials::new("12345678", Secret::new("helloworld")).expect("credentials"))
        .with_clock(FixedClock::at_unix(INSTANT))
}

/// The form parameter `name` of the request's body, as JSON.
fn form_json(request: &http::Request<Vec<u8>>, name: &str) -> Value {
    let pairs = form(request.body());
    let (_, text) = pairs.iter().find(|(key, _)| key == name).expect("the parameter is sent");
    serde_json::from_str(text).expect("the parameter is JSON")
}

fn form(body: &[u8]) -> Pairs {
    pairs(std::str::from_utf8(body).expect("a form is ASCII"))
}

/// What a customer's birthday is sent as.
fn birthday(value: impl Into<Date>) -> Value {
    let client = top_client().with_checks(Checks::Off);
    let customer = alsc::CustomerSaveOpenReq::new().birthday(value);
    let request = client.request(&alsc::CrmOpenCustomerSave::new().param_customer_save_open_req(customer));
    form_json(&request.expect("a request"), "param_customer_save_open_req")["birthday"].clone()
}

#[test]
fn setters_accept_the_dates_of_other_crates() {
    let civil: jiff::civil::DateTime = "2010-01-01T00:00:00".parse().expect("a date and time");
    let naive: chrono::NaiveDateTime = "2010-01-01T00:00:00".parse().expect("a date and time");
    let timestamp: jiff::Timestamp = "2009-12-31T16:00:00Z".parse().expect("an instant");
    let utc: chrono::DateTime<chrono::Utc> = "2009-12-31T16:00:00Z".parse().expect("an instant");
    let dates: [Date; 5] =
        [civil.into(), naive.into(), timestamp.into(), timestamp.to_zoned(jiff::tz::TimeZone::UTC).into(), utc.into()];
    for date in dates {
        assert_eq!(birthday(date.clone()), "2010-01-01 00:00:00", "{date:?}");
    }
    assert_eq!(birthday(naive), birthday(civil));
}

#[test]
fn setters_accept_the_decimals_of_rust_decimal() {
    let price = rust_decimal::Decimal::new(-10_50, 2);
    let save = form_values::Save::new().double(price);
    assert_eq!(to_json(&save), r#"{"double":"-10.50"}"#);
    let double = save.double.as_ref().map(rust_decimal::Decimal::try_from);
    assert_eq!(double, Some(Ok(price)));
}

#[test]
fn customer_save_as_in_the_java_sample() {
    let customer = alsc::CustomerSaveOpenReq::new()
        .birthday("2010-01-01 00:00:00")
        .brand_id("244323")
        .channel("2")
        .gender(1)
        .mobile("18651822226")
        .name("刘德华")
        .operator_id("2392313")
        .outer_id("2088328921390232323")
        .outer_type("alipay")
        .remark("备注")
        .request_id("13239a4388b382c48d3")
        .shop_id("239923231");
    let request = top_client()
        .request(&alsc::CrmOpenCustomerSave::new().param_customer_save_open_req(customer))
        .expect("a complete request");
    assert_eq!(
        form_json(&request, "param_customer_save_open_req"),
        json!({
            "birthday": "2010-01-01 00:00:00", "brand_id": "244323", "channel": "2", "gender": 1, "mobile": "18651822226",
            "name": "刘德华", "operator_id": "2392313", "outer_id": "2088328921390232323", "outer_type": "alipay",
            "remark": "备注", "request_id": "13239a4388b382c48d3", "shop_id": "239923231",
        })
    );
}

#[test]
fn call_customers_as_in_the_java_sample() {
    let customer = lvms::CallCustomerDto::new()
        .serial_number("xxxxx")
        .name("xxxxx")
        .phone_number("xxxxx")
        .alternate_phone_numbers("xxxxx")
        .properties("");
    let import = lvms::IvrImportCustomerDto::new().robot_call_job_id(3).customer_d_t_o_list([customer]);
    let call = lvms::LvrImportcallcustomer::new().rpc_context("{}").ivr_import_customer_d_t_o(import);
    let request = top_client().request(&call).expect("a complete request");
    assert_eq!(
        form_json(&request, "ivr_import_customer_d_t_o"),
        json!({
            "robot_call_job_id": 3,
            "customer_d_t_o_list": [{
                "serial_number": "xxxxx", "name": "xxxxx", "phone_number": "xxxxx",
                "alternate_phone_numbers": "xxxxx", "properties": "",
            }],
        })
    );
    let pairs = form(request.body());
    assert!(pairs.contains(&("rpc_context".to_owned(), "{}".to_owned())), "JSON text is sent untouched: {pairs:?}");
}

#[test]
fn batch_task_as_in_the_java_sample() {
    let task = lingyang::InitiativeTaskRequest::new()
        .source_id(123)
        .department_id(30001)
        .outer_user_id("OUTER_USER_ID")
        .input_params("{}")
        .user_name("USER_NAME")
        .cms_member_type("CMS_MEMBER_TYPE")
        .appointment_time_id(1_710_230_712)
        .phone_number("18717866218")
        .policy_id(123)
        .book_charge_biz_info("{}")
        .output_params("{}")
        .biz_id("BIZ_ID")
        .book_user_id(123)
        .cms_user_id(123)
        .email("1234@qq.com")
        .plan_execute_start_time("2024-03-12 14:05:56");
    let book = lingyang::UseBookInfo::new().use_platform("PLATFORM_A").book_code("BOOK_CODE").book_owner_id(123);
    let batch = lingyang::InitiativeBatchTaskRequest::new()
        .task_unique_code("79326d4a-7fcd-4670-87e3-0b853d15dd6b")
        .batch_num("1")
        .task_list([task])
        .plan_id(123)
        .use_book_info(book);
    let call = lingyang::UtouchSubmitInitiativeBatchTask::new().initiative_batch_task_request(batch);
    let request = top_client().request(&call).expect("a complete request");
    assert_eq!(
        form_json(&request, "initiative_batch_task_request"),
        json!({
            "task_unique_code": "79326d4a-7fcd-4670-87e3-0b853d15dd6b",
            "batch_num": "1",
            "task_list": [{
                "source_id": 123, "department_id": 30001, "outer_user_id": "OUTER_USER_ID", "input_params": "{}",
                "user_name": "USER_NAME", "cms_member_type": "CMS_MEMBER_TYPE", "appointment_time_id": 1_710_230_712,
                "phone_number": "18717866218", "policy_id": 123, "book_charge_biz_info": "{}", "output_params": "{}",
                "biz_id": "BIZ_ID", "book_user_id": 123, "cms_user_id": 123, "email": "1234@qq.com",
                "plan_execute_start_time": "2024-03-12 14:05:56",
            }],
            "plan_id": 123,
            "use_book_info": {"use_platform": "PLATFORM_A", "book_code": "BOOK_CODE", "book_owner_id": 123},
        })
    );
}

#[test]
fn public_parameters_travel_in_the_query_and_the_signature_with_them() {
    let call = lvms::LvrImportcallcustomer::new().rpc_context("{}");
    let client = top_client().with_sign_method(SignMethod::Md5).with_session("test");
    let request = client.request(&call).expect("a complete request");
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri().host(), Some("gw.api.taobao.com"));
    assert_eq!(request.uri().path(), "/router/rest");
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded;charset=UTF-8");
    let query = form(request.uri().query().expect("a query").as_bytes());
    let value = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    assert_eq!(value("method"), Some("alibaba.lvms.lvr.importcallcustomer"));
    assert_eq!(value("timestamp"), Some("2026-01-02 03:04:05"));
    assert_eq!(value("format"), Some("json"));
    assert_eq!(value("v"), Some("2.0"));
    assert_eq!(value("sign_method"), Some("md5"));
    assert_eq!(value("sign").map(str::len), Some(32));
    // The page's sample calls `execute(req)`: no session is sent, although the client has one.
    assert_eq!(value("session"), None);
    assert_eq!(form(request.body()), [("rpc_context".to_owned(), "{}".to_owned())]);
}

fn nio_client() -> Client<Nio> {
    Client::new(nio::Credentials::new("bDqJFiq9", Secret::new("7bz1lzh9")).expect("credentials"))
        .with_clock(FixedClock::at_unix(1_630_468_800))
}

#[test]
fn import_customer_as_in_the_java_sample() {
    let properties =
        [("income", 3000.into()), ("IDCard", "1234".into()), ("relation", "friend".into()), ("name", "Jack".into())];
    let person = nio_import::CustomerPerson::new().name("Jack").phone_number("13000000000").properties(properties);
    let call = nio_import::ImportCustomer::new().app_id("LILIN888").job_id(1000).customer_persons([person]);
    let request = nio_client().request(&call).expect("a complete request");
    let body: Value = serde_json::from_slice(request.body()).expect("the body is JSON");
    assert_eq!(
        body,
        json!({
            "appId": "LILIN888",
            "jobId": 1000,
            "customerPersons": [{
                "name": "Jack",
                "phoneNumber": "13000000000",
                "properties": {"income": 3000, "IDCard": "1234", "relation": "friend", "name": "Jack"},
            }],
        })
    );
}

#[test]
fn import_customer_carries_the_four_headers_of_the_page() {
    let person = nio_import::CustomerPerson::new().name("Jack");
    let call = nio_import::ImportCustomer::new().app_id("a").job_id(9).customer_persons([person]);
    let request = nio_client().request(&call).expect("a complete request");
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://api.itniotech.com/aivoice/importCustomer");
    // Exactly the page's own header sample, once its misprinted key is corrected.
    assert_eq!(request.headers()["content-type"], "application/json;charset=UTF-8");
    assert_eq!(request.headers()["sign"], "05d7a50893e22a5c4bb3216ae3396c7c");
    assert_eq!(request.headers()["timestamp"], "1630468800");
    assert_eq!(request.headers()["api-key"], "bDqJFiq9");
}

#[test]
fn all_violations_are_reported_at_once_by_wire_path() {
    let nobody = nio_import::CustomerPerson::new().phone_number("1".repeat(33));
    let persons = std::iter::repeat_n(nobody, 101);
    let call = nio_import::ImportCustomer::new().job_id(9).customer_persons(persons);
    let error = nio_client().request(&call).expect_err("appId and every name are missing");
    let Error::Violations(violations) = &error else { panic!("{error}") };
    let paths: Vec<&str> = violations.into_iter().map(|violation| violation.path()).collect();
    for expected in ["appId", "customerPersons", "customerPersons[0].name", "customerPersons[100].phoneNumber"] {
        assert!(paths.contains(&expected), "{expected} is not in {paths:?}");
    }
    assert!(!error.to_string().contains("111"), "values stay out of errors: {error}");
    // The pages' marks are not always right, so a client can ignore them.
    nio_client().with_checks(Checks::Off).request(&call).expect("nothing makes the request impossible");
}

/// specs/top/PROTOCOL.md#repeated-calls and specs/nio/PROTOCOL.md#repeated-calls have the evidence.
#[test]
fn calls_can_be_repeated_where_the_page_rules_out_harm() {
    let is_idempotent = [
        alsc::CrmOpenCustomerSave::OPERATION.is_idempotent(),
        nio_import::ImportCustomer::OPERATION.is_idempotent(),
        lingyang::UtouchSubmitInitiativeBatchTask::OPERATION.is_idempotent(),
        lvms::LvrImportcallcustomer::OPERATION.is_idempotent(),
    ];
    assert_eq!(is_idempotent, [true, true, false, false]);
}
