//! Every endpoint of two platforms of the specs over sockets, with and without faults.

use std::collections::BTreeMap;

use apograph::mock::{Decider, Every, Fail, FailWith, Faults, Options, Outcome};
use apograph_apis::nio::aivoice::import_customer::ImportCustomer;
use apograph_apis::top::Top;
use apograph_apis::top::alsc::crm_open_customer_save::CrmOpenCustomerSave;
use apograph_apis::top::lingyang::utouch_submit_initiative_batch_task::UtouchSubmitInitiativeBatchTask;
use apograph_apis::top::lvms::lvr_importcallcustomer::LvrImportcallcustomer;
use apograph_apis::{Answer, Client, Endpoint, Error, from_json};
use apograph_runtime::{AsyncClient, BlockingClient, Object, TransportProblem};
use apograph_tests::mock::Mock;
use apograph_tests::specs;
use tokio::runtime::Builder;

use super::{asynchronous, blocking, nio, top};

const CUSTOMER: &str = r#"{"param_customer_save_open_req": {"brand_id": "244323", "channel": "2", "name": "刘德华 +%&=@/?👍",
    "operator_id": "2392313", "request_id": "13239a", "shop_id": "239923231", "birthday": "2010-01-01 00:00:00", "gender": 1}}"#;

const TASKS: &str = r#"{"initiative_batch_task_request": {"task_unique_code": "79326d4a", "plan_id": 123,
    "task_list": [{"source_id": 9007199254740993, "input_params": "{}", "output_params": "{}"}],
    "use_book_info": {"use_platform": "A", "book_code": "B", "book_owner_id": 1}}}"#;

const CALLS: &str = r#"{"rpc_context": "{}", "ivr_import_customer_d_t_o": {"robot_call_job_id": 3,
    "customer_d_t_o_list": [{"serial_number": "x", "name": "张三/\"x\"", "properties": ""}]}}"#;

const IMPORT: &str = r#"{"appId": "LILIN888", "jobId": 9, "customerPersons": [{"name": "starai", "phoneNumber": "91856321412",
    "gender": "MALE", "properties": {"证件后4位": "0235", "income": 3000}}]}"#;

/// The result of a call: the API, its driver and what came.
type Call = (&'static str, &'static str, Result<usize, Error>);

/// Calls every endpoint `times` times with each driver.
fn call_all(mock: &Mock, times: usize) -> Vec<Call> {
    let mut calls = Vec::new();
    for _ in 0..times {
        calls.extend(call::<CrmOpenCustomerSave>(&top(mock), CUSTOMER));
        calls.extend(call::<UtouchSubmitInitiativeBatchTask>(&top(mock), TASKS));
        calls.extend(call::<LvrImportcallcustomer>(&top(mock), CALLS));
        calls.extend(call::<ImportCustomer>(&nio(mock), IMPORT));
    }
    calls
}

fn call<E>(client: &Client<E::Platform>, json: &str) -> [Call; 2]
where
    E: Endpoint + Default + Send + Sync,
    E::Response: Object + Send,
{
    let (request, coercions) = from_json::<E>(json).expect("a request");
    assert!(coercions.is_empty(), "{coercions:?}");
    let in_thread = BlockingClient::new(client.clone(), blocking()).send(&request);
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let in_task = runtime.block_on(AsyncClient::new(client.clone(), asynchronous()).send(&request));
    let outcome = |answer: Result<Answer<E::Response>, Error>| answer.map(|answer| answer.coercions.len());
    let api = E::OPERATION.name();
    [(api, "blocking", outcome(in_thread)), (api, "async", outcome(in_task))]
}

#[test]
fn every_endpoint_answers_its_sample_in_both_drivers() {
    let mock = Mock::start(Options::default());
    let calls = call_all(&mock, 1);
    for (api, driver, outcome) in &calls {
        assert!(matches!(outcome, Ok(0)), "{api} {driver}: {outcome:?}");
    }
    let platforms = &specs::shared().platforms;
    // The examples of all other platforms are run elsewhere, see `generate/calls.rs`.
    let called_here = platforms.iter().filter(|platform| ["nio", "top"].contains(&platform.name.as_str()));
    let known = called_here.flat_map(|platform| &platform.endpoints).map(|endpoint| endpoint.spec.api.clone());
    let mut known: Vec<String> = known.collect();
    let mut called: Vec<&str> = calls.iter().map(|(api, ..)| *api).collect();
    called.dedup();
    known.sort();
    called.sort_unstable();
    assert_eq!(called, known);
    let entries = mock.entries();
    assert_eq!(entries.len(), 2 * known.len());
    assert!(entries.iter().all(|entry| entry.outcome == Outcome::Success && entry.notes.is_empty()), "{entries:?}");
}

#[test]
fn with_faults_every_call_ends_in_success_or_a_typed_error() {
    let faults = Faults {
        fail: vec![
            "code=7,every=5".parse().unwrap(),
            "code=-32,every=5".parse().unwrap(),
            "status=503,every=11".parse().unwrap(),
        ],
        latency: Some("0ms..2ms".parse().unwrap()),
        drop: Some(Every::Nth(7)),
        truncate: Some(Every::Nth(9)),
        seed: 1,
    };
    let mock = Mock::start(Options { faults: faults.clone(), ..Options::default() });
    let calls = call_all(&mock, 20);
    let mut counts = BTreeMap::new();
    for (api, driver, outcome) in &calls {
        let word = match outcome {
            Ok(0) => "success",
            Err(Error::Platform(error)) if error.code == "7" => "failed",
            Err(Error::Status(error)) if error.status == "-32" => "failed",
            Err(Error::Http(error)) if error.http_status().as_u16() == 503 => "unavailable",
            Err(Error::Transport(error)) if error.problem() == TransportProblem::Broken => "broken",
            other => panic!("{api} {driver}: {other:?}"),
        };
        *counts.entry(word).or_insert(0) += 1;
    }
    let mut expected = BTreeMap::new();
    let decider = Decider::new(faults);
    for ((api, ..), number) in calls.iter().zip(1..) {
        let applies = |fail: &Fail| match &fail.error {
            FailWith::Code(code, _) => (code == "-32") == (*api == ImportCustomer::OPERATION.name()),
            FailWith::Status(_) => true,
        };
        let decision = decider.decide(number, applies);
        let word = match () {
            () if decision.is_dropped || decision.is_truncated => "broken",
            () if decision.fails.iter().any(|fail| matches!(fail, FailWith::Code(..))) => "failed",
            () if !decision.fails.is_empty() => "unavailable",
            () => "success",
        };
        *expected.entry(word).or_insert(0) += 1;
    }
    assert_eq!(counts, expected);
    assert_eq!(mock.entries().len(), calls.len());
}

#[test]
fn all_three_signatures_are_accepted() {
    use apograph_apis::top::SignMethod;
    let mock = Mock::start(Options::default());
    let (request, _) = from_json::<CrmOpenCustomerSave>(CUSTOMER).expect("a request");
    for method in [SignMethod::Md5, SignMethod::Hmac, SignMethod::HmacSha256] {
        let client = top(&mock).with_sign_method(method).with_session("mock-session");
        let answer = BlockingClient::<Top>::new(client, blocking()).send(&request);
        assert!(answer.is_ok(), "{method:?}: {answer:?}");
    }
}
