//! What crosses threads.

use apograph_apis::top::lingyang::UtouchSubmitInitiativeBatchTask as Submit;
use apograph_apis::top::{Credentials, Top};
use apograph_apis::{
    Answer, AsyncClient, Attempt, BlockingClient, Client, Coercion, Endpoint, Error, HttpOptions, Proxy, RateLimit,
    ReqwestTransport, RetryPolicy, Secret, SystemClock, SystemNonce, TransportError, UreqTransport, Violations, http,
};

/// Whether values can move between threads, be shared by them, and be moved after they were pinned.
fn crosses<T: Send + Sync + Unpin>() {}

/// As [`crosses`], and a task can own the value.
fn is_owned<T: Send + Sync + Unpin + 'static>() {}

#[test]
fn clients_and_transports_are_shared_by_threads() {
    is_owned::<Client<Top>>();
    is_owned::<BlockingClient<Top>>();
    is_owned::<AsyncClient<Top>>();
    is_owned::<Credentials>();
    is_owned::<(UreqTransport, ReqwestTransport)>();
    is_owned::<(HttpOptions, Proxy, RetryPolicy, RateLimit, SystemClock, SystemNonce, Secret)>();
}

#[test]
fn requests_answers_and_errors_go_from_thread_to_thread() {
    is_owned::<Submit>();
    is_owned::<Answer<<Submit as Endpoint>::Response>>();
    is_owned::<(Error, TransportError, Violations, Coercion)>();
    crosses::<Attempt<'_>>();
    // `?` in a function that returns `anyhow::Error` or `Box<dyn Error + Send + Sync>` needs as much.
    let _: fn(Error) -> Box<dyn std::error::Error + Send + Sync> = Into::into;
}

#[test]
fn threads_share_a_client() {
    let client = Client::<Top>::new(Credentials::new("12345678", Secret::new("helloworld")).expect("credentials"));
    let request = |_: http::Request<Vec<u8>>| Ok(http::Response::new(br#"{"request_id":"r1"}"#.to_vec()));
    let client = BlockingClient::new(client, request);
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| client.raw("taobao.any.api").param("name", "value").send())).collect();
        for thread in threads {
            let answer = thread.join().expect("no panic").expect("an answer");
            assert_eq!(answer.request_id.as_deref(), Some("r1"));
        }
    });
}
