//! What arrives at the server.

use super::*;

#[test]
fn a_request_goes_out_as_it_is_and_any_status_is_an_answer() {
    let bytes = b"HTTP/1.1 500 Oops\r\nContent-Length: 4\r\nX-Back: 2\r\n\r\nbody".to_vec();
    for (name, transport) in both(&direct()) {
        let gateway = keeping(bytes.clone());
        let response = transport.send(request("POST", &gateway.url("/rest/%E4%B8%AD+a;b=(c)")), LONG).expect(name);
        assert_eq!((response.status().as_u16(), response.body().as_slice()), (500, b"body".as_slice()), "{name}");
        assert_eq!(response.headers()["x-back"], "2", "{name}");
        let [arrived] = gateway.requests().try_into().expect("one request");
        assert_eq!(arrived.method, "POST");
        assert_eq!(arrived.target, format!("/rest/%E4%B8%AD+a;b=(c)?session={SESSION}"), "{name}");
        assert_eq!(arrived.header("x-session"), Some(SESSION), "{name}");
        assert_eq!(arrived.text(), format!("session={SESSION}"), "{name}");
        assert_eq!(arrived.header("accept-encoding"), Some("gzip"), "{name}");
        assert_eq!(arrived.header("host"), gateway.url("").strip_prefix("http://"), "{name}");
    }
}

/// The URL is signed, so it goes out as it is or not at all.
#[test]
fn a_url_is_never_changed() {
    for (name, transport) in both(&direct()) {
        let gateway = keeping(answer("", b"{}"));
        match transport.send(request("POST", &gateway.url("/a/../b")), LONG) {
            Ok(_) => {
                let targets: Vec<String> = gateway.requests().into_iter().map(|arrived| arrived.target).collect();
                assert_eq!(targets, [format!("/a/../b?session={SESSION}")], "{name}");
            }
            Err(error) => {
                assert_eq!(gateway.connections(), 0, "{name}");
                assert_fails(name, Err(error), TransportProblem::Configuration);
            }
        }
    }
}

#[test]
fn requests_without_a_body_go_out() {
    for (name, transport) in both(&direct()) {
        for (method, length) in [("GET", None), ("DELETE", Some("0")), ("POST", Some("0")), ("PUT", Some("0"))] {
            let gateway = keeping(answer("", b"{}"));
            let request = Request::builder().method(method).uri(gateway.url("/")).body(Vec::new()).expect("a request");
            let response = transport.send(request, LONG).expect(name);
            assert_eq!(response.into_body(), b"{}", "{name} {method}");
            let [arrived] = gateway.requests().try_into().expect("one request");
            assert_eq!((arrived.method.as_str(), arrived.header("content-length")), (method, length), "{name}");
        }
    }
}

#[test]
fn the_user_agent_is_ours_or_the_callers() {
    let own = direct().with_user_agent("shop/1.2 (contact)");
    for (options, expected) in [(direct(), "apograph-runtime/0.1.0"), (own, "shop/1.2 (contact)")] {
        for (name, transport) in both(&options) {
            let gateway = keeping(answer("", b""));
            transport.send(request("GET", &gateway.url("/")), LONG).expect(name);
            let agents = gateway
                .requests()
                .iter()
                .map(|arrived| arrived.header("user-agent").map(str::to_owned))
                .collect::<Vec<_>>();
            assert_eq!(agents, [Some(expected.to_owned())], "{name}");
        }
    }
    for agent in ["a\r\nX-Evil: 1", "a\0", "a\x7f"] {
        for (name, transport) in try_both(&direct().with_user_agent(agent)) {
            let problem = transport.map(|_| ()).expect_err(name).problem();
            assert_eq!(problem, TransportProblem::Configuration, "{name}: {agent:?}");
        }
    }
}

#[test]
fn redirects_are_answers() {
    let elsewhere = keeping(answer("", b"elsewhere"));
    for (name, transport) in both(&direct()) {
        for status in
            ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]
        {
            for location in
                ["/next".to_owned(), elsewhere.url("/"), elsewhere.named_url("/"), "http://a.invalid/".to_owned()]
            {
                let head = format!("HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 2\r\n\r\nhi");
                let gateway = keeping(head.into_bytes());
                for method in ["GET", "POST"] {
                    let response = transport.send(request(method, &gateway.url("/")), LONG).expect(name);
                    assert!(status.starts_with(response.status().as_str()), "{name}");
                    assert_eq!(response.body(), b"hi", "{name}");
                    assert_eq!(response.headers()["location"], location.as_str(), "{name}");
                }
                assert_eq!(gateway.requests().len(), 2, "{name}");
            }
        }
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[test]
fn debug_of_a_transport_and_its_options_shows_no_password() {
    let options = HttpOptions::new().with_proxy(Proxy::Url("http://user:hunter2@proxy.example:3128".to_owned()));
    let ureq = UreqTransport::new(&options).expect("a transport");
    let reqwest = ReqwestTransport::new(&options).expect("a transport");
    let shown = format!("{options:?} {options:#?} {ureq:?} {ureq:#?} {reqwest:?} {reqwest:#?}");
    assert!(!shown.contains("hunter2") && !shown.contains("proxy.example"), "{shown}");
}
