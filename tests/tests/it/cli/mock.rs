//! `apograph mock` as a process, and what it refuses.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use apograph_tests::command::apograph;
use apograph_tests::root;
use clap::Parser;

fn refused(arguments: &[&str]) -> String {
    let specs = root().join("specs");
    let specs = specs.to_str().expect("a path");
    let run = apograph(["mock", "--specs", specs].iter().chain(arguments).copied());
    assert_eq!(run.outcome.status(), 2, "{}", run.err);
    assert_eq!(run.out, "");
    run.err
}

fn unreadable(arguments: &[&str]) -> String {
    let arguments = ["apograph", "mock"].iter().chain(arguments);
    apograph::cli::Cli::try_parse_from(arguments).expect_err("an error").to_string()
}

/// A server, and its standard output up to now.
struct Served {
    child: Child,
    out: BufReader<std::process::ChildStdout>,
}

impl Served {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_apograph-tested"));
        command.arg("mock").args(arguments).current_dir(root()).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("a server");
        let out = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, out }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).expect("a line");
        line.trim_end().to_owned()
    }

    /// The lines up to one that starts with `last`, and that one.
    fn lines_to(&mut self, last: &str) -> Vec<String> {
        let mut lines = vec![self.line()];
        while !lines[lines.len() - 1].starts_with(last) {
            assert_ne!(lines[lines.len() - 1], "", "{lines:?}");
            lines.push(self.line());
        }
        lines
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn the_server_introduces_itself_and_logs_each_request() {
    let mut served = Served::start(&["--only", "alibaba.*"]);
    let first = served.line();
    let address = first.strip_prefix("mock server of 3 APIs at http://").and_then(|rest| rest.split(' ').next());
    let address = address.unwrap_or_else(|| panic!("{first}")).to_owned();
    let mut stream = TcpStream::connect(&address).expect("a connection");
    stream.write_all(b"GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    let mut lines = served.lines_to("#1 ");
    assert_eq!(lines.pop().as_deref(), Some("#1 GET /x -: HTTP status 404: no platform has this path"));
    let expected = [
        format!("nio: base URL http://{address}"),
        "  APOGRAPH_NIO_API_KEY=12345678".to_owned(),
        "  APOGRAPH_NIO_API_SECRET=mock-secret".to_owned(),
    ];
    assert!(lines.windows(3).any(|window| *window == expected), "{lines:?}");
    let expected = [
        format!("top: base URL http://{address}/router/rest"),
        "  APOGRAPH_TOP_APP_KEY=12345678".to_owned(),
        "  APOGRAPH_TOP_APP_SECRET=mock-secret".to_owned(),
        "  APOGRAPH_TOP_SESSION=mock-session".to_owned(),
    ];
    assert!(lines.windows(4).any(|window| *window == expected), "{lines:?}");
}

#[test]
fn the_server_stops_when_nobody_reads_its_log() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_apograph-tested"));
    command.arg("mock").current_dir(root()).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("a server");
    let mut out = BufReader::new(child.stdout.take().expect("its output"));
    let mut first = String::new();
    out.read_line(&mut first).expect("a line");
    let address = first.split("http://").nth(1).and_then(|rest| rest.split(' ').next()).expect("an address").to_owned();
    drop(out);
    // The server notices it with the next line of its log, at the latest.
    if let Ok(mut stream) = TcpStream::connect(&address) {
        drop(stream.write_all(b"GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"));
    }
    assert!(child.wait().expect("an end").success());
}

#[test]
fn errors_that_no_served_api_has_are_refused() {
    let error = refused(&["--fail", "code=7,api=zzz"]);
    assert_eq!(
        error,
        "error: `--fail` with `api=`: unknown API `zzz`\nhelp: `apograph list` lists all APIs, and `apograph search` finds them by words\n"
    );
    let error = refused(&["--only", "aivoice.*", "--fail", "code=7"]);
    assert!(error.starts_with("error: no served API documents the error `7`\n"), "{error}");
    let error = refused(&["--fail", "code=7,api=aivoice.*"]);
    assert!(error.starts_with("error: no served API that matches `aivoice.*` documents the error `7`\n"), "{error}");
}

#[test]
fn credentials_of_the_user_are_not_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(".env");
    fs::write(&file, "APOGRAPH_TOP_APP_KEY=hunter2\nAPOGRAPH_TOP_APP_SECRET=hunter3\n").expect("a file");
    let mut served = Served::start(&["--credentials", file.to_str().expect("a path")]);
    let lines = served.lines_to("  credentials: ");
    assert_eq!(lines[lines.len() - 1], "  credentials: from the file");
    assert!(!lines.concat().contains("hunter"), "{lines:?}");
}

#[test]
fn options_without_effect_are_errors() {
    let part = refused(&["--only", "alibaba.*", "--only", "aivoice"]);
    assert_eq!(part, "error: unknown API `aivoice`\nhelp: did you mean `aivoice.importCustomer`?\n");
    let code = refused(&["--fail", "code=4711"]);
    assert!(code.starts_with("error: no served API documents the error `4711`\nhelp: "), "{code}");
    let address = refused(&["--address", "192.0.2.1:1"]);
    assert!(address.starts_with("error: cannot listen at 192.0.2.1:1: "), "{address}");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(".env");
    fs::write(&file, "APOGRAPH_NIO_API_KEY=hunter2\n").expect("a file");
    let incomplete = refused(&["--credentials", file.to_str().expect("a path")]);
    assert!(
        incomplete.contains("`APOGRAPH_NIO_API_SECRET` is not set") && !incomplete.contains("hunter2"),
        "{incomplete}"
    );
}

#[test]
fn faults_that_cannot_be_read_say_what_is_expected() {
    for (arguments, expected) in [
        (["--fail", "7"], "`7` is not of the form `name=value`"),
        (["--fail", "code=7,evry=5"], "unknown setting `evry`: expected `code`"),
        (["--latency", "soon"], "`soon`: expected a time such as `200ms`, `1s` or `10m`, below a day"),
        (["--drop", "every=0"], "`every=0`: expected a whole number from 1"),
        (["--truncate", "7"], "`7` is not of the form `name=value`"),
        (["--tolerance", "10"], "`10`: expected a time such as"),
        (["--address", "localhost"], "invalid socket address syntax"),
    ] {
        let message = unreadable(&arguments);
        assert!(message.contains(expected), "{message}");
    }
}
