//! What crosses threads, and what tasks of a multi-threaded runtime hold across an await.

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

/// Whether a future can move between the threads of a runtime.
fn moves<F: Future + Send>(_: &F) {}

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
fn a_call_in_progress_moves_between_the_threads_of_a_runtime() {
    let client = Client::<Top>::new(Credentials::new("12345678", Secret::new("helloworld")).expect("credentials"));
    let client = AsyncClient::new(client, ReqwestTransport::new(&HttpOptions::new()).expect("a transport"));
    let call = Submit::new();
    moves(&client.send(&call));
    moves(&client.call(&call).idempotent().send());
    moves(&client.raw("taobao.any.api").param("name", "value").send());
    // A call that waits for its turn holds a lock only while it computes the wait.
    let limited = client.client().clone().with_rate_limit(RateLimit::per_second(1)).with_clock_correction();
    moves(&AsyncClient::new(limited, ReqwestTransport::new(&HttpOptions::new()).expect("a transport")).send(&call));
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
