//! Whole calls through both clients.

use apograph_apis::top::alsc::crm_open_customer_save::{CrmOpenCustomerSave, CrmOpenCustomerSaveResponse};
use apograph_apis::top::{self, Top};
use apograph_runtime::{Answer, AsyncClient, BlockingClient, Checks, Client, Error, RetryPolicy, Timeout};
use apograph_tests::gateway::Certified;

use super::*;

type Outcome = Result<Answer<CrmOpenCustomerSaveResponse>, Error>;

/// A call of this client over both transports.
fn call(client: &Client<Top>, options: &HttpOptions) -> Both<Outcome> {
    let call = CrmOpenCustomerSave::new();
    let ureq = BlockingClient::new(client.clone(), UreqTransport::new(options).expect("a transport"));
    let reqwest = AsyncClient::new(client.clone(), ReqwestTransport::new(options).expect("a transport"));
    [("ureq", ureq.send(&call)), ("reqwest", runtime().block_on(reqwest.send(&call)))]
}

fn client(gateway: &Gateway) -> Client<Top> {
    let credentials = top::Credentials::new("12345678", "helloworld").expect("credentials").with_session(SESSION);
    let client = Client::new(credentials).with_checks(Checks::Off).with_retries(RetryPolicy::off());
    client.with_base_url(&gateway.url("/router/rest")).expect("a base URL")
}

#[test]
fn a_call_is_answered_over_tls() {
    let certified = Certified::self_signed("127.0.0.1", |_| ());
    let body = br#"{"result":{"biz_success":true},"request_id":"r1"}"#;
    let gateway = Gateway::tls(&certified, |_| Reply::Keep(answer("Content-Type: application/json\r\n", body)));
    for (name, outcome) in call(&client(&gateway), &direct().with_root_certificate(certified.pem())) {
        let result = outcome.expect(name).value.result.expect("a result");
        assert_eq!(result.biz_success, Some(true), "{name}");
    }
    for (name, outcome) in call(&client(&gateway), &direct()) {
        let error = outcome.map(drop).expect_err(name);
        assert!(!error.is_retryable(), "{name}");
        let Error::Transport(error) = error else { panic!("{name}: {error:?}") };
        assert_eq!(error.problem(), TransportProblem::Certificate, "{name}");
    }
}

#[test]
fn a_time_out_tells_which_limit_it_was_and_its_length() {
    let gateway = Gateway::plain(|_| Reply::Stall(Vec::new()));
    let attempt = client(&gateway).with_attempt_timeout(SHORT);
    let total = client(&gateway).with_timeout(SHORT);
    for (client, expected) in [(attempt, Timeout::Attempt), (total, Timeout::Total)] {
        for (name, outcome) in call(&client, &direct()) {
            let error = outcome.map(drop).expect_err(name);
            let Error::Transport(error) = error else { panic!("{name}: {error:?}") };
            assert_eq!(error.timeout(), Some((expected, SHORT)), "{name}");
            assert!(error.to_string().ends_with("within 60ms"), "{name}: {error}");
        }
    }
}
