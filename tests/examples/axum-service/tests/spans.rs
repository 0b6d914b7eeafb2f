//! The spans of a call and its attempts, as a log shows them.

use std::io::Write;
use std::sync::{Arc, Mutex};

use apograph_apis::nio::Nio;
use apograph_apis::testing::{Failure, Mock, With};
use apograph_apis::top::Top;
use apograph_apis::top::alsc::crm_open_customer_save::{
    CommonResult, CrmOpenCustomerSave, CrmOpenCustomerSaveResponse,
};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use tower::ServiceExt;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("a log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn each_attempt_has_a_span() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).init();
    let (top, nio) = (Mock::<Top>::new(), Mock::<Nio>::new());
    top.on::<CrmOpenCustomerSave>(|_| {
        let result = CommonResult::with(|result| result.result = Some("1".to_owned()));
        Ok(CrmOpenCustomerSaveResponse::with(|answer| answer.result = Some(result)))
    })
    .fail_first([Failure::platform("7")]);
    let body = r#"{"brand_id":"1","shop_id":"2","operator_id":"3","request_id":"4","name":"刘德华"}"#;
    let request = Request::post("/customers").header("Content-Type", "application/json").body(Body::from(body));
    let app = axum_service::app(top.async_client(), nio.async_client());
    assert_eq!(app.oneshot(request.expect("a request")).await.expect("an answer").status(), StatusCode::OK);
    let log = String::from_utf8(log.0.lock().expect("a log").clone()).expect("text");
    let first = r#"call{api="alibaba.alsc.crm.open.customer.save" session="withheld"}:attempt{number=1"#;
    assert!(log.contains(first) && log.contains(r#"code="7""#), "{log}");
    assert!(!log.contains("刘德华") && !log.contains("test-app_secret"), "{log}");
}
