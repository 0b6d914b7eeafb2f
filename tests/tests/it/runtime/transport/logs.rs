//! What the libraries log of a request, as the docs of the transports tell it.

use std::sync::{Mutex, PoisonError};

use log::{Level, LevelFilter, Log, Metadata, Record};

use super::environment::in_a_process;
use super::*;

/// Everything that is logged, with its crate and its level.
struct Collector(Mutex<Vec<(String, Level, String)>>);

impl Log for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn log(&self, record: &Record<'_>) {
        let origin = record.target().split("::").next().unwrap_or_default().to_owned();
        let line = (origin, record.level(), record.args().to_string());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }
    fn flush(&self) {}
}

static LINES: Collector = Collector(Mutex::new(Vec::new()));

/// A program has one logger, so this one is in a program of its own.
#[test]
fn sessions_are_logged_by_one_library_at_the_lowest_level_only() {
    in_a_process("runtime::transport::logs::child", &[]);
}

#[test]
#[ignore = "a part of the test above"]
fn child() {
    log::set_logger(&LINES).expect("the first logger");
    log::set_max_level(LevelFilter::Trace);
    let gateway = Gateway::plain(|_| Reply::Keep(answer("", format!("answer {SESSION}").as_bytes())));
    for (name, transport) in both(&direct()) {
        transport.send(request("POST", &gateway.url("/")), LONG).expect(name);
    }
    let lines = LINES.0.lock().unwrap_or_else(PoisonError::into_inner);
    let shows = |(origin, level, _): &&(String, Level, String)| !(origin.starts_with("ureq") && *level == Level::Trace);
    // At `TRACE`, a line has 16 bytes of the request.
    let parts = |line: &str| SESSION.as_bytes().windows(8).any(|part| line.as_bytes().windows(8).any(|it| it == part));
    for line in lines.iter().filter(shows) {
        assert!(line.0.starts_with("ureq") || !parts(&line.2), "{line:?}");
    }
    let origins: Vec<&str> = lines.iter().map(|line| line.0.as_str()).collect();
    for origin in ["ureq", "ureq_proto", "reqwest"] {
        assert!(origins.contains(&origin), "{origin} in {origins:?}");
    }
    assert!(lines.iter().any(|line| line.0.starts_with("ureq") && parts(&line.2)), "else the docs can be shorter");
}
