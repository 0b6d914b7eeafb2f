//! Proxy variables of the real environment, in programs of their own: this one's environment stays as it is.

use std::process::Command;

use super::*;

/// Runs the ignored test `name` of this module's sibling in a new process with these variables only.
pub(super) fn in_a_process(test: &str, variables: &[(&str, &str)]) {
    let program = std::env::current_exe().expect("this program");
    let mut command = Command::new(program);
    command.args(["--exact", test, "--include-ignored", "--nocapture"]);
    for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "REQUEST_METHOD"] {
        command.env_remove(name).env_remove(name.to_ascii_lowercase());
    }
    let output = command.envs(variables.iter().copied()).output().expect("this program runs");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && out.contains("1 passed"), "{test} {variables:?}\n{out}\n{err}");
}

const CHILD: &str = "runtime::transport::environment::child";

/// Which proxy the child must use for the URL in `APOGRAPH_URL`: `direct`, `proxy` or `malformed`.
const EXPECTED: &str = "APOGRAPH_EXPECTED";

#[test]
fn variables_of_the_environment_choose_the_proxy() {
    let (proxy, target) = (keeping(answer("", b"proxy")), keeping(answer("", b"direct")));
    let (proxy, target) = (proxy.url(""), target.url("/"));
    let cases: [(&str, &[(&str, &str)]); 7] = [
        ("direct", &[]),
        ("proxy", &[("http_proxy", &proxy)]),
        ("proxy", &[("ALL_PROXY", &proxy), ("NO_PROXY", "example.com,10.0.0.0/8")]),
        ("direct", &[("HTTP_PROXY", &proxy), ("NO_PROXY", "example.com, 127.0.0.0/8")]),
        ("direct", &[("HTTP_PROXY", &proxy), ("REQUEST_METHOD", "GET")]),
        ("malformed", &[("HTTP_PROXY", "http://user:hunter2@")]),
        ("malformed", &[("HTTPS_PROXY", "socks5://hunter2:1080")]),
    ];
    for (expected, variables) in cases {
        let told = [(EXPECTED, expected), ("APOGRAPH_URL", target.as_str())];
        in_a_process(CHILD, &[variables, &told].concat());
    }
}

#[test]
#[ignore = "a part of the test above"]
fn child() {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    if variable(EXPECTED).is_empty() {
        return;
    }
    for (name, transport) in try_both(&HttpOptions::new()) {
        match (transport, variable(EXPECTED).as_str()) {
            (Err(error), expected) => {
                assert_eq!((error.problem(), expected), (TransportProblem::Configuration, "malformed"), "{error:?}");
                assert!(!format!("{error} {error:?}").contains("hunter2"), "{name}: {error:?}");
            }
            (Ok(transport), expected) => {
                let request = Request::builder().uri(variable("APOGRAPH_URL")).body(Vec::new()).expect("a request");
                let outcome = transport.send(request, LONG);
                // One library opens a tunnel even for `http`, to which this proxy answers nothing that is of use.
                let by_proxy = outcome.map_or(true, |response| response.body() == b"proxy");
                assert_eq!(by_proxy, expected == "proxy", "{name}");
            }
        }
    }
}
