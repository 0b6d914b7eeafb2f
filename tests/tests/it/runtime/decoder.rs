//! The decoder takes whatever a server may send: no panic, failures keep the body, and both readers agree.

use apograph_apis::nio::aivoice::ImportCustomer;
use apograph_apis::nio::{self, Nio};
use apograph_apis::top::lingyang::UtouchSubmitInitiativeBatchTask;
use apograph_apis::top::{self, Top};
use apograph_apis::{Client, Secret};
use apograph_runtime::readers_agree;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Names that the decoder looks for, so that arbitrary JSON gets past the envelope now and then.
const NAMES: &[&str] = &[
    "alibaba_lingyang_utouch_submit_initiative_batch_task_response",
    "error_response",
    "code",
    "msg",
    "sub_code",
    "result",
    "data",
    "initiative_task_response",
    "task_request",
    "plan_execute_start_time",
    "success",
    "message",
    "task_id",
    "request_id",
    "status",
    "reason",
    "x",
];

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        prop::sample::select(vec!["0", "true", "-5", "1.50", "", "2024-03-12 14:05:56", "{}"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 48, 6, |inner| {
        let name = prop::sample::select(NAMES).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name, inner), 0..6).prop_map(|members| Value::Object(Map::from_iter(members))),
        ]
    })
}

fn top_client() -> Client<Top> {
    Client::new(top::Credentials::new("1", Secret::new("s")).expect("credentials"))
}

fn nio_client() -> Client<Nio> {
    Client::new(nio::Credentials::new("1", Secret::new("s")).expect("credentials"))
}

proptest! {
    #[test]
    fn arbitrary_json_never_panics(json in any_json()) {
        let body = json.to_string();
        prop_assert_eq!(readers_agree::<UtouchSubmitInitiativeBatchTask>(body.as_bytes()).err(), None);
        prop_assert_eq!(readers_agree::<ImportCustomer>(body.as_bytes()).err(), None);
        if let Err(error) = top_client().answer::<UtouchSubmitInitiativeBatchTask>(http::Response::new(body.as_bytes())) {
            prop_assert_eq!(error.body(), Some(body.as_bytes()));
        }
        if let Err(error) = nio_client().answer::<ImportCustomer>(http::Response::new(body.as_bytes())) {
            prop_assert_eq!(error.body(), Some(body.as_bytes()));
        }
    }

    #[test]
    fn arbitrary_results_decode(result in any_json()) {
        let body = json!({"result": result, "request_id": "r"}).to_string();
        prop_assert_eq!(readers_agree::<UtouchSubmitInitiativeBatchTask>(body.as_bytes()).err(), None);
        let answer = top_client().answer::<UtouchSubmitInitiativeBatchTask>(http::Response::new(body.as_bytes()));
        let answer = answer.expect("an answer, whatever is in it");
        prop_assert_eq!(answer.request_id.as_deref(), Some("r"));
        prop_assert_eq!(answer.body(), body.as_bytes());
    }

    #[test]
    fn arbitrary_bytes_never_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = top_client().answer::<UtouchSubmitInitiativeBatchTask>(http::Response::new(body.as_slice()));
        let _ = nio_client().answer::<ImportCustomer>(http::Response::new(body.as_slice()));
    }
}
