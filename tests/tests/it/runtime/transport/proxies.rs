//! Requests through a proxy.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;

use apograph_tests::gateway::Certified;

use super::*;

/// A proxy that refuses to open tunnels and answers everything else itself.
fn proxy() -> Gateway {
    Gateway::plain(|arrived: &Arrived| match arrived.method.as_str() {
        "CONNECT" => Reply::Close(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n".to_vec()),
        _ => Reply::Keep(answer("", b"by the proxy")),
    })
}

#[test]
fn a_proxy_is_asked_for_a_tunnel_with_its_password() {
    let gateway = proxy();
    let url = gateway.url("").replace("http://", "http://user:p%40ss@");
    for (name, transport) in both(&HttpOptions::new().with_proxy(Proxy::Url(url))) {
        let before = gateway.requests().len();
        let outcome = transport.send(request("POST", "https://gateway.example/router/rest"), LONG);
        assert!(outcome.as_ref().is_err_and(|error| !error.may_have_been_received()), "{name}");
        assert_fails(name, outcome, TransportProblem::Connect);
        let requests = gateway.requests();
        let [arrived] = &requests[before..] else { panic!("{name}: {requests:?}") };
        assert_eq!((arrived.method.as_str(), arrived.target.as_str()), ("CONNECT", "gateway.example:443"), "{name}");
        assert_eq!(arrived.header("proxy-authorization"), Some("Basic dXNlcjpwQHNz"), "{name}");
        assert!(!format!("{arrived:?}").contains(SESSION), "{name}");
    }
}

/// A proxy that opens a tunnel to this address, whatever it is asked for.
fn tunnel(target: String) -> Gateway {
    Gateway::raw("http", move |mut client| {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            client.read_exact(&mut byte).expect("the head of CONNECT");
            head.extend(byte);
        }
        let mut server = TcpStream::connect(&target).expect("the target");
        client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").expect("the client");
        let (mut from_client, mut to_server) =
            (client.try_clone().expect("a socket"), server.try_clone().expect("a socket"));
        thread::spawn(move || {
            drop(std::io::copy(&mut from_client, &mut to_server));
            drop(to_server.shutdown(Shutdown::Write));
        });
        drop(std::io::copy(&mut server, &mut client));
    })
}

#[test]
fn tls_in_a_tunnel_is_between_the_client_and_the_server() {
    let certified = Certified::self_signed("gateway.example", |_| ());
    let server = Gateway::tls(&certified, |_| Reply::Keep(answer("", b"body")));
    let proxy = tunnel(server.url("").replace("https://", ""));
    let options = HttpOptions::new().with_proxy(Proxy::Url(proxy.url("")));
    let with_root = options.clone().with_root_certificate(certified.pem());
    for (name, transport) in both(&options) {
        let outcome = transport.send(request("POST", "https://gateway.example/"), LONG);
        assert_fails(name, outcome, TransportProblem::Certificate);
    }
    for (name, transport) in both(&with_root) {
        for _ in 0..2 {
            let response = transport.send(request("POST", "https://gateway.example/"), LONG).expect(name);
            assert_eq!(response.body(), b"body", "{name}");
        }
        let elsewhere = transport.send(request("POST", "https://other.example/"), LONG);
        assert_fails(name, elsewhere, TransportProblem::Certificate);
    }
    // The host `gateway.example` was never looked up, and the second call of each transport used the same tunnel.
    assert_eq!((server.requests().len(), proxy.connections()), (4, 2 + 2 * 2));
}

#[test]
fn malformed_urls_of_proxies_are_errors_of_the_options() {
    for url in ["", "http://", "ftp://hunter2", "http://hunter2:port", "socks5://hunter2", "http://%ff:hunter2@"] {
        for (name, transport) in try_both(&HttpOptions::new().with_proxy(Proxy::Url(url.to_owned()))) {
            let error = transport.map(|_| ()).expect_err(name);
            assert_eq!(error.problem(), TransportProblem::Configuration, "{name} {url}");
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{name}: {error:?}");
        }
    }
}

#[test]
fn a_proxy_that_does_not_listen_is_a_failure_to_connect() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    for (name, transport) in both(&HttpOptions::new().with_proxy(Proxy::Url(port.to_string()))) {
        for url in ["https://gateway.example/", "http://gateway.example/"] {
            assert_fails(name, transport.send(request("POST", url), LONG), TransportProblem::Connect);
        }
    }
}
