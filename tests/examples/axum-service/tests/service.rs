//! The service without the platforms: a mock of each answers in the process.

use apograph_apis::nio::Nio;
use apograph_apis::nio::aivoice::import_customer::{ImportCustomer, ImportCustomerResponse};
use apograph_apis::testing::{Failure, Mock, With};
use apograph_apis::top::Top;
use apograph_apis::top::alsc::crm_open_customer_save::{
    CommonResult, CrmOpenCustomerSave, CrmOpenCustomerSaveResponse,
};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt;

/// The platforms.
struct Platforms {
    top: Mock<Top>,
    nio: Mock<Nio>,
}

impl Platforms {
    /// Both platforms answer with success.
    fn new() -> Self {
        let platforms = Self { top: Mock::new(), nio: Mock::new() };
        platforms.saves([]);
        platforms.imports([]);
        platforms
    }

    /// Saving customers fails in this way at first.
    fn saves<const N: usize>(&self, failures: [Failure; N]) {
        let answer = |id: String| {
            CrmOpenCustomerSaveResponse::with(|answer| {
                answer.result = Some(CommonResult::with(|result| result.result = Some(id)));
            })
        };
        self.top
            .on::<CrmOpenCustomerSave>(move |call| {
                let request = call.request.param_customer_save_open_req.clone().unwrap_or_default();
                Ok(answer(format!("customer of {}", request.shop_id.unwrap_or_default())))
            })
            .fail_first(failures);
    }

    /// Importing customers fails in this way at first.
    fn imports<const N: usize>(&self, failures: [Failure; N]) {
        self.nio
            .on::<ImportCustomer>(|call| {
                let people = call.request.customer_persons.iter().flatten();
                let known = people.filter(|person| person.phone_number.as_deref() == Some("1"));
                let rejected = known.map(|_| "The customer already exists in this task".to_owned());
                Ok(ImportCustomerResponse::with(|answer| answer.data = Some(rejected.collect())))
            })
            .fail_first(failures);
    }

    /// Sends a request to the service.
    async fn post(&self, path: &str, body: Value) -> (StatusCode, Option<String>, Value) {
        let request = Request::post(path).header("Content-Type", "application/json").body(Body::from(body.to_string()));
        let app = axum_service::app(self.top.async_client(), self.nio.async_client());
        let response = app.oneshot(request.expect("a request")).await.expect("an answer");
        let (status, wait) = (response.status(), response.headers().get("Retry-After").cloned());
        let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        let wait = wait.and_then(|wait| wait.to_str().ok().map(str::to_owned));
        (status, wait, serde_json::from_slice(&body).unwrap_or_default())
    }

    async fn save(&self) -> (StatusCode, Option<String>, Value) {
        let body = json!({"brand_id": "1", "shop_id": "2", "operator_id": "3", "request_id": "4", "name": "刘德华"});
        self.post("/customers", body).await
    }

    async fn import(&self) -> (StatusCode, Option<String>, Value) {
        let people = json!([{"name": "a", "phone": "1"}, {"name": "b", "phone": "2"}]);
        self.post("/calls", json!({"app": "LILIN888", "task": 9, "people": people})).await
    }
}

#[tokio::test]
async fn both_routes_answer() {
    let platforms = Platforms::new();
    assert_eq!(platforms.save().await, (StatusCode::OK, None, json!({"customer_id": "customer of 2"})));
    let rejected = json!({"rejected": ["The customer already exists in this task"]});
    assert_eq!(platforms.import().await, (StatusCode::OK, None, rejected));
    let sent = &platforms.top.calls_of::<CrmOpenCustomerSave>()[0].request;
    assert_eq!(sent.param_customer_save_open_req.as_ref().and_then(|sent| sent.name.as_deref()), Some("刘德华"));
    assert_eq!(platforms.nio.calls_of::<ImportCustomer>()[0].request.job_id, Some(9));
}

#[tokio::test]
async fn errors_of_the_platforms_become_answers() {
    let platforms = Platforms::new();
    platforms.saves([Failure::platform("15").with_sub_code("isv.invalid-parameter").with_sub_message("18717866218")]);
    let (status, _, body) = platforms.save().await;
    assert_eq!((status, &body["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("isv.invalid-parameter")));
    assert!(!body.to_string().contains("1871"), "{body}");
    platforms.saves([Failure::platform("25")]);
    assert_eq!(platforms.save().await.0, StatusCode::INTERNAL_SERVER_ERROR);
    platforms.imports([Failure::platform("-32")]);
    let (status, _, body) = platforms.import().await;
    assert_eq!((status, &body["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("-32")));
    // The platform asks for a wait that the caller would not survive.
    platforms.saves([Failure::platform("7").with_sub_message("This ban will last for 60 more seconds")]);
    let (status, wait, _) = platforms.save().await;
    assert_eq!((status, wait.as_deref()), (StatusCode::SERVICE_UNAVAILABLE, Some("60")));
}

#[tokio::test]
async fn time_outs_end_within_the_callers_patience() {
    let platforms = Platforms::new();
    platforms.saves([Failure::timeout(), Failure::timeout(), Failure::timeout()]);
    assert_eq!(platforms.save().await.0, StatusCode::GATEWAY_TIMEOUT);
    // The second attempt had what was left of ten seconds.
    let limits: Vec<_> = platforms.top.calls().iter().map(|call| call.timeout().as_secs_f32().ceil()).collect();
    assert_eq!(limits, [5.0, 5.0]);
}

#[tokio::test]
async fn attempts_that_fail_are_repeated() {
    let platforms = Platforms::new();
    platforms.saves([Failure::http(503), Failure::disconnected()]);
    assert_eq!(platforms.save().await.0, StatusCode::OK);
    assert_eq!(platforms.top.calls().len(), 3);
    // The second attempt was executed, and its answer is lost: the call is not sent again.
    for (lost, status) in
        [(Failure::truncated(), StatusCode::SERVICE_UNAVAILABLE), (Failure::half_body(), StatusCode::BAD_GATEWAY)]
    {
        let platforms = Platforms::new();
        platforms.imports([Failure::unreachable(), lost]);
        assert_eq!(platforms.import().await.0, status);
        assert_eq!(platforms.nio.calls().len(), 2);
    }
}

#[tokio::test]
async fn a_request_that_breaks_the_rules_of_the_page_is_not_sent() {
    let platforms = Platforms::new();
    let phone = "1".repeat(33);
    let body = json!({"app": "a", "task": 1, "people": [{"name": "a", "phone": phone}]});
    let (status, _, body) = platforms.post("/calls", body).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body["error"].as_str().is_some_and(|error| error.contains("customerPersons[0].phoneNumber")), "{body}");
    assert_eq!(platforms.nio.calls().len(), 0);
}
