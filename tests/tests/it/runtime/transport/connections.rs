//! Connections are kept open and used again.

use std::sync::Arc;
use std::thread;

use super::*;

const AT_ONCE: usize = 8;

const CALLS: usize = 50;

#[test]
fn threads_share_the_connections_of_a_transport() {
    let gateway = keeping(answer("", b"body"));
    let transport = UreqTransport::new(&direct()).expect("a transport");
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                for _ in 0..CALLS {
                    let response = transport.send(request("POST", &gateway.url("/")), LONG).expect("an answer");
                    assert_eq!(response.body(), b"body");
                }
            });
        }
    });
    assert_eq!(gateway.requests().len(), AT_ONCE * CALLS);
    assert!(gateway.connections() <= AT_ONCE, "{} connections", gateway.connections());
}

#[test]
fn tasks_share_the_connections_of_a_transport() {
    let gateway = keeping(answer("", b"body"));
    let transport = Arc::new(ReqwestTransport::new(&direct()).expect("a transport"));
    let runtime = Builder::new_multi_thread().worker_threads(4).enable_all().build().expect("a runtime");
    let tasks: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let (transport, url) = (Arc::clone(&transport), gateway.url("/"));
            runtime.spawn(async move {
                for _ in 0..CALLS {
                    let response = transport.send(request("POST", &url), LONG).await.expect("an answer");
                    assert_eq!(response.body(), b"body");
                }
            })
        })
        .collect();
    runtime.block_on(async {
        for task in tasks {
            task.await.expect("a task");
        }
    });
    assert_eq!(gateway.requests().len(), AT_ONCE * CALLS);
    // A connection becomes idle a little after the end of its answer, and meanwhile a task may open another one. What
    // matters is that their number does not grow with the number of calls.
    assert!(gateway.connections() <= 4 * AT_ONCE, "{} connections", gateway.connections());
}

#[test]
fn without_idle_connections_each_call_opens_one() {
    for (name, transport) in both(&direct().with_idle_connections(0)) {
        let gateway = keeping(answer("", b"body"));
        for _ in 0..3 {
            transport.send(request("POST", &gateway.url("/")), LONG).expect(name);
        }
        assert_eq!(gateway.connections(), 3, "{name}");
    }
}

#[test]
fn a_closed_idle_connection_is_replaced() {
    // It announces nothing and closes the connection after each answer.
    let gateway = Gateway::plain(|_| Reply::Close(answer("", b"body")));
    let (name, transport) = both(&direct()).into_iter().next().expect("ureq");
    for _ in 0..3 {
        let outcome = transport.send(request("POST", &gateway.url("/")), LONG);
        // The end of the connection may arrive after the next request went out.
        assert!(outcome.is_ok() || outcome.is_err_and(|error| error.is_retryable()), "{name}");
    }
}

/// No transport repeats a request by itself, not even on a connection that the server closes when the second request
/// arrives on it: a repeated request must be signed again.
#[test]
fn a_request_is_sent_once() {
    for (name, transport) in both(&direct()) {
        let gateway = Gateway::plain(|arrived: &Arrived| match arrived.path() {
            "/first" => Reply::Keep(answer("", b"body")),
            _ => Reply::Close(Vec::new()),
        });
        for method in ["POST", "GET"] {
            let before = gateway.requests().len();
            transport.send(request(method, &gateway.url("/first")), LONG).expect(name);
            assert_fails(
                name,
                transport.send(request(method, &gateway.url("/second")), LONG),
                TransportProblem::Broken,
            );
            assert_eq!(gateway.requests().len() - before, 2, "{name} {method}");
        }
        assert_eq!(gateway.connections(), 2, "{name}: the second request went out on the idle connection");
    }
}
