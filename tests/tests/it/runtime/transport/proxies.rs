//! Requests through a proxy.

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
