//! Certificates, and TLS that fails.

use std::io::Write;

use apograph_tests::gateway::Certified;

use super::*;

const HOST: &str = "127.0.0.1";

fn gateway(certified: &Certified) -> Gateway {
    Gateway::tls(certified, |_| Reply::Keep(answer("", b"body")))
}

#[test]
fn a_self_signed_certificate_is_refused_without_its_root_and_accepted_with_it() {
    let certified = Certified::self_signed(HOST, |_| ());
    let gateway = gateway(&certified);
    for (name, transport) in both(&direct()) {
        let outcome = transport.send(request("POST", &gateway.url("/")), LONG);
        if let Err(error) = &outcome {
            assert!(!error.is_retryable() && !error.may_have_been_received(), "{name}: {error:?}");
        }
        assert_fails(name, outcome, TransportProblem::Certificate);
    }
    assert_eq!(gateway.requests().len(), 0);
    let other = Certified::self_signed("other.example", |_| ());
    let bundle = [other.pem(), certified.pem()].concat();
    for options in [direct().with_root_certificate(certified.pem()), direct().with_root_certificate(bundle)] {
        for (name, transport) in both(&options) {
            for _ in 0..2 {
                let response = transport.send(request("POST", &gateway.url("/")), LONG).expect(name);
                assert_eq!(response.body(), b"body", "{name}");
            }
        }
    }
    assert_eq!((gateway.requests().len(), gateway.connections()), (8, 2 + 4));
}

#[test]
fn bad_certificates_are_refused_even_with_their_root() {
    let expired = Certified::self_signed(HOST, |params| {
        params.not_before = rcgen::date_time_ymd(2000, 1, 1);
        params.not_after = rcgen::date_time_ymd(2001, 1, 1);
    });
    let future = Certified::self_signed(HOST, |params| params.not_before = rcgen::date_time_ymd(4000, 1, 1));
    let elsewhere = Certified::self_signed("other.example", |_| ());
    for certified in [expired, future, elsewhere] {
        let gateway = gateway(&certified);
        for (name, transport) in both(&direct().with_root_certificate(certified.pem())) {
            let outcome = transport.send(request("POST", &gateway.url("/")), LONG);
            assert_fails(name, outcome, TransportProblem::Certificate);
        }
        assert_eq!(gateway.requests().len(), 0);
    }
}

#[test]
fn a_root_for_one_host_is_none_for_another() {
    let certified = Certified::self_signed(HOST, |_| ());
    let gateway = gateway(&certified);
    let other = Certified::self_signed(HOST, |_| ());
    for (name, transport) in both(&direct().with_root_certificate(other.pem())) {
        let outcome = transport.send(request("POST", &gateway.url("/")), LONG);
        assert_fails(name, outcome, TransportProblem::Certificate);
    }
}

#[test]
fn unusable_roots_are_errors_of_the_options() {
    let pem = Certified::self_signed(HOST, |_| ()).pem();
    for text in ["", "text", pem.replace("BEGIN", "BEGINN").as_str(), pem.replace('M', "?").as_str()] {
        for (name, transport) in try_both(&direct().with_root_certificate(text)) {
            let error = transport.map(|_| ()).expect_err(name);
            assert_eq!(error.problem(), TransportProblem::Configuration, "{name} {text}");
        }
    }
}

#[test]
fn a_server_without_tls_has_no_secure_connection() {
    let plain = Gateway::raw("https", |mut stream| {
        drop(stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
        drop(std::io::Read::read_to_end(&mut stream, &mut Vec::new()));
    });
    for (name, transport) in both(&direct()) {
        let outcome = transport.send(request("POST", &plain.url("/")), LONG);
        assert!(outcome.as_ref().is_err_and(|error| !error.is_retryable()), "{name}");
        assert_fails(name, outcome, TransportProblem::Tls);
    }
}

/// Only one library tells that the handshake had not ended, so that no byte of the request was sent.
#[test]
fn an_interrupted_handshake_is_retryable() {
    let gateway = Gateway::resetting("https");
    let problems = [TransportProblem::Broken, TransportProblem::Connect];
    for ((name, transport), problem) in both(&direct()).into_iter().zip(problems) {
        let outcome = transport.send(request("POST", &gateway.url("/")), LONG);
        assert!(outcome.as_ref().is_err_and(TransportError::is_retryable), "{name}");
        assert_fails(name, outcome, problem);
    }
}
