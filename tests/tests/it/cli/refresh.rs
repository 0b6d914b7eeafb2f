//! `apograph refresh`: fetches pages from servers on this machine, from a process of its own, without proxies.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use apograph_tests::command::apograph;
use apograph_tests::gateway::{Certified, Gateway, Reply, answer};
use apograph_tests::root;
use apograph_tests::server::Arrived;

const SEND: &str = "/doc/send?id=1";
const API: &str = "acme.depot.crate.send";

/// A server with one page, whose answer the test can change.
struct Server {
    gateway: Gateway,
    reply: Arc<Mutex<Vec<u8>>>,
}

impl Server {
    fn new(reply: Vec<u8>) -> Self {
        let reply = Arc::new(Mutex::new(reply));
        let shared = Arc::clone(&reply);
        let gateway = Gateway::plain(move |_: &Arrived| Reply::Keep(shared.lock().expect("the reply").clone()));
        Self { gateway, reply }
    }

    fn answers(&self, reply: Vec<u8>) {
        *self.reply.lock().expect("the reply") = reply;
    }
}

fn page() -> String {
    fs::read_to_string(root().join("tests/pages/top-text.txt")).expect("a page")
}

/// The page with another description, and with a field that is now required.
fn changed_page() -> String {
    let changed = page().replace("把箱子寄出去", "把箱子寄走").replace("note String 可选", "note String 必须");
    assert_ne!(changed, page());
    changed
}

fn ok(page: &str, headers: &str) -> Vec<u8> {
    answer("200 OK", &format!("Content-Type: text/html\r\n{headers}"), page.as_bytes())
}

struct Folder(tempfile::TempDir);

impl Folder {
    /// A specs folder with the transcript of the page, which is at an address.
    fn new(address: &str) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        fs::create_dir_all(folder.path("specs/acme")).expect("folders");
        let base = root().join("tests/diff/base");
        for path in ["crate.yaml", "acme/platform.yaml"] {
            fs::copy(base.join(path), folder.path("specs").join(path)).expect("a file");
        }
        let pages = root().join("tests/pages/top-text.txt");
        let (pages, specs) =
            (pages.to_string_lossy().into_owned(), folder.path("specs").to_string_lossy().into_owned());
        let options = ["--platform", "acme", "--family", "depot", "--source-url", address];
        let run = apograph(["transcribe", &pages, "--specs", &specs].into_iter().chain(options));
        assert!(run.success, "{}{}", run.out, run.err);
        folder
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn transcript(&self) -> String {
        fs::read_to_string(self.path("specs/acme/depot/crate_send.yaml")).expect("a transcript")
    }

    fn stored(&self) -> Option<String> {
        fs::read_to_string(self.path("pages/acme/depot/crate_send.page")).ok()
    }

    /// Status, standard output, standard error.
    fn refresh(&self, more: &[&str]) -> (Option<i32>, String, String) {
        let mut program = Command::new(env!("CARGO_BIN_EXE_apograph-tested"));
        program.args(["refresh", "--pause", "0", "--specs"]).arg(self.path("specs")).args(more);
        for proxy in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy", "HTTPS_PROXY"] {
            program.env_remove(proxy);
        }
        let output = program.output().expect("a run");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    }
}

const NOTHING: &str = "1 page: 0 changed, 0 not modified since the last run, 0 not available\n";

#[test]
fn an_unchanged_page_is_kept_and_not_requested_in_full_again() {
    let server = Server::new(ok(&page(), "ETag: \"v1\"\r\nLast-Modified: Sun, 29 Nov 2026 06:00:00 GMT\r\n"));
    let folder = Folder::new(&server.gateway.url(SEND));
    assert_eq!(folder.refresh(&[]), (Some(0), String::new(), NOTHING.to_owned()));
    assert_eq!(folder.stored(), Some(page()));
    server.answers(answer("304 Not Modified", "", b""));
    let not_modified = NOTHING.replace("0 not modified", "1 not modified");
    assert_eq!(folder.refresh(&[]), (Some(0), String::new(), not_modified));
    let requests = server.gateway.requests();
    let [first, second] = requests.as_slice() else { panic!("{} requests", requests.len()) };
    assert_eq!((first.method.as_str(), first.target.as_str()), ("GET", SEND));
    assert!(first.header("User-Agent").is_some_and(|agent| agent.starts_with("apograph/")), "{:?}", first.headers);
    assert_eq!((first.header("If-None-Match"), first.header("If-Modified-Since")), (None, None));
    assert_eq!(second.header("If-None-Match"), Some("\"v1\""));
    assert_eq!(second.header("If-Modified-Since"), Some("Sun, 29 Nov 2026 06:00:00 GMT"));
    // Without the page, a server that only knows that it has not changed is of no use.
    fs::remove_file(folder.path("pages/acme/depot/crate_send.page")).expect("the page");
    let (status, _, err) = folder.refresh(&[]);
    assert!(status == Some(1) && err.contains("HTTP status 304"), "{err}");
    assert_eq!(server.gateway.requests()[2].header("If-None-Match"), None);
}

#[test]
fn a_changed_page_is_reported_as_diff_does_and_written_on_demand() {
    let server = Server::new(ok(&changed_page(), "ETag: \"v2\"\r\n"));
    let folder = Folder::new(&server.gateway.url(SEND));
    let before = folder.transcript();
    let (status, out, err) = folder.refresh(&["--format", "json"]);
    assert_eq!(status, Some(0), "{err}");
    let report: serde_json::Value = serde_json::from_str(&out).expect("a report");
    let findings = report["findings"].as_array().expect("findings");
    assert!(
        findings.iter().any(|finding| finding["api"] == API && finding["id"] == "req-optional-to-required"),
        "{out}"
    );
    assert_eq!(err, NOTHING.replace("0 changed", "1 changed"));
    assert_eq!((folder.transcript(), folder.stored()), (before.clone(), Some(changed_page())));
    // The change is still there if the server knows that we have the page.
    server.answers(answer("304 Not Modified", "", b""));
    let (status, out, _) = folder.refresh(&["--fail-on", "warn"]);
    assert!(status == Some(1) && out.contains("req-optional-to-required"), "{out}");
    let (status, out, err) = folder.refresh(&["--write", "--summary", "en"]);
    assert!(status == Some(0) && !out.is_empty() && folder.transcript() != before, "{out}{err}");
    assert!(folder.transcript().contains(&format!("page: {}", server.gateway.url(SEND))));
    let (status, out, _) = folder.refresh(&["--fail-on", "warn"]);
    assert_eq!((status, out.as_str()), (Some(0), ""), "the specs are up to date");
}

#[test]
fn a_page_that_differs_only_outside_of_its_tables_changes_nothing() {
    let server = Server::new(ok(&format!("{}\n\n", page()), ""));
    let folder = Folder::new(&server.gateway.url(SEND));
    let before = folder.transcript();
    assert_eq!(folder.refresh(&["--write"]), (Some(0), String::new(), NOTHING.to_owned()));
    assert_eq!(folder.transcript(), before);
}

/// Why the page is not available, after a first run that has kept it.
fn missed(reply: Reply, options: &[&str]) -> String {
    let served = AtomicUsize::new(0);
    let first = ok(&page(), "");
    let gateway = Gateway::plain(move |_| match served.fetch_add(1, Ordering::SeqCst) {
        0 => Reply::Keep(first.clone()),
        _ => reply.clone(),
    });
    let folder = Folder::new(&gateway.url(SEND));
    let before = folder.transcript();
    assert_eq!(folder.refresh(&[]).0, Some(0));
    let (status, out, err) = folder.refresh(&[&["--write"], options].concat());
    assert_eq!((status, out.as_str()), (Some(1), ""), "a finding, not a failure: {err}");
    assert_eq!((folder.stored(), folder.transcript()), (Some(page()), before), "the good page is kept");
    assert!(err.contains("specs/acme/depot/crate_send.yaml:") && err.contains("1 not available"), "{err}");
    err
}

#[test]
fn a_page_that_is_not_available_is_a_finding_and_the_last_one_is_kept() {
    for (status, help) in
        [("404 Not Found", ""), ("500 Oops", ""), ("429 Too Many Requests", "--pause"), ("204 No Content", "")]
    {
        let err = missed(Reply::Keep(answer(status, "", b"")), &[]);
        let code = status.split(' ').next().unwrap_or_default();
        assert!(err.contains("error[E1013]") && err.contains(&format!("HTTP status {code}")), "{err}");
        assert!(err.contains(help), "{err}");
    }
    let huge = answer("200 OK", "", &vec![b'a'; 4 * 1024 * 1024 + 1]);
    assert!(missed(Reply::Keep(huge), &[]).contains("the response exceeds the size limit"));
    let cut = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".to_vec();
    assert!(missed(Reply::Close(cut.clone()), &[]).contains("error[E1013]"));
    assert!(missed(Reply::Stall(cut), &["--timeout", "0.3"]).contains("in time"));
}

#[test]
fn what_is_not_the_page_of_the_api_does_not_replace_it() {
    let shell = "<html><head><title>Docs</title></head><body><div id=\"app\"></div></body></html>";
    assert!(missed(Reply::Keep(ok(shell, "")), &[]).contains("error[E10"));
    let other = page().replace("acme.depot.crate.send", "acme.depot.crate.find");
    assert!(missed(Reply::Keep(ok(&other, "")), &[]).contains("error[E1010]"));
}

fn redirect(to: &str) -> Reply {
    Reply::Keep(answer("302 Found", &format!("Location: {to}\r\n"), b""))
}

#[test]
fn redirects_are_followed_on_the_same_host_only() {
    let elsewhere = Server::new(ok(&page(), ""));
    let target = elsewhere.gateway.url("/moved");
    let shared = target.clone();
    let gateway = Gateway::plain(move |arrived| match arrived.path() {
        "/here" => redirect("there?x=1"),
        "/there" => Reply::Keep(ok(&page(), "")),
        "/away" => redirect(&shared),
        "/file" => redirect("file:///etc/passwd"),
        _ => redirect("/loop"),
    });
    let run = |path: &str, options: &[&str]| Folder::new(&gateway.url(path)).refresh(options);
    assert_eq!(run("/here", &[]), (Some(0), String::new(), NOTHING.to_owned()));
    let before = gateway.requests().len();
    let (status, _, err) = run("/loop", &[]);
    assert!(status == Some(1) && err.contains("redirects more than 5 times"), "{err}");
    assert_eq!(gateway.requests().len() - before, 6);
    let (_, _, err) = run("/file", &[]);
    assert!(err.contains("file:///etc/passwd") && err.contains("error[E1013]"), "{err}");
    let (_, _, err) = run("/away", &[]);
    assert!(err.contains("redirects to another host") && err.contains("--follow-to 127.0.0.1"), "{err}");
    assert_eq!(elsewhere.gateway.requests().len(), 0, "nothing was asked of a host that nobody named");
    assert_eq!(run("/away", &["--follow-to", "127.0.0.1"]), (Some(0), String::new(), NOTHING.to_owned()));
}

#[test]
fn what_one_address_knows_means_nothing_at_another() {
    let pages = ok(&page(), "Last-Modified: Sun, 29 Nov 2026 06:00:00 GMT\r\n");
    let gateway = Gateway::plain(move |_| Reply::Keep(pages.clone()));
    let folder = Folder::new(&gateway.url("/one"));
    assert_eq!(folder.refresh(&[]).0, Some(0));
    let moved = folder.transcript().replace("/one", "/two");
    fs::write(folder.path("specs/acme/depot/crate_send.yaml"), moved).expect("a transcript");
    assert_eq!(folder.refresh(&[]).0, Some(0));
    let conditions = gateway.requests().iter().filter(|request| request.header("If-Modified-Since").is_some()).count();
    assert_eq!((gateway.requests().len(), conditions), (2, 0));
}

#[test]
fn certificates_are_verified() {
    let certified = Certified::self_signed("localhost", |_| {});
    let gateway = Gateway::tls(&certified, |_| Reply::Keep(ok(&page(), "")));
    let (status, _, err) = Folder::new(&gateway.named_url(SEND)).refresh(&[]);
    assert!(status == Some(1) && err.contains("the server's certificate is not valid"), "{err}");
    assert_eq!(gateway.requests().len(), 0);
}

#[test]
fn a_server_that_keeps_failing_is_left_alone() {
    let gateway = Gateway::plain(|_| Reply::Keep(answer("503 Service Unavailable", "", b"")));
    let folder = Folder::new(&gateway.url(SEND));
    for count in 0..9 {
        let name = format!("crate_s{count}");
        let text = folder.transcript().replace(API, &format!("acme.depot.crate.s{count}"));
        fs::write(folder.path(&format!("specs/acme/depot/{name}.yaml")), text).expect("a transcript");
    }
    let (status, _, err) = folder.refresh(&["--all"]);
    assert_eq!((status, gateway.requests().len()), (Some(1), 5), "{err}");
    assert!(
        err.contains("not requested, because the last 5 requests failed") && err.contains("10 not available"),
        "{err}"
    );
}

#[test]
fn names_select_apis_and_an_address_is_needed() {
    let server = Server::new(ok(&page(), ""));
    let folder = Folder::new(&server.gateway.url(SEND));
    let other = folder.transcript().replace(API, "acme.depot.crate.find");
    let other: String = other.lines().filter(|line| !line.contains("page: ")).map(|line| format!("{line}\n")).collect();
    fs::write(folder.path("specs/acme/depot/crate_find.yaml"), other).expect("a transcript");
    assert_eq!(folder.refresh(&["acme.*.send"]), (Some(0), String::new(), NOTHING.to_owned()));
    let (status, _, err) = folder.refresh(&["acme.depot.crate.find"]);
    assert!(status == Some(1) && err.contains("its address is unknown"), "{err}");
    let (status, _, err) = folder.refresh(&["acme.depot.crate.sent"]);
    assert!(status == Some(2) && err.contains("did you mean `acme.depot.crate.send`?"), "{err}");
    let inside = folder.path("specs/acme/pages");
    let (status, _, err) = folder.refresh(&["--pages", &inside.to_string_lossy()]);
    assert!(status == Some(2) && err.contains("is in the specs folder") && !inside.exists(), "{err}");
}

#[test]
fn the_page_of_a_hand_written_transcript_is_a_finding_and_not_fetched() {
    let server = Server::new(ok(&changed_page(), ""));
    let folder = Folder::new(&server.gateway.url(SEND));
    let by_hand = |line: &&str| !line.contains("sha256: ");
    let hand: String = folder.transcript().lines().filter(by_hand).map(|line| format!("{line}\n")).collect();
    let hand = hand.replace("layout: top-text", "layout: hand");
    fs::write(folder.path("specs/acme/depot/crate_send.yaml"), &hand).expect("a transcript");
    let (status, out, err) = folder.refresh(&["--write"]);
    assert_eq!((status, out.as_str(), server.gateway.requests().len()), (Some(0), "", 0), "{err}");
    assert!(err.contains("warning[W1014]") && err.contains("0 not available, 1 with hand-written specs"), "{err}");
    assert_eq!((folder.transcript(), folder.stored()), (hand, None));
}

#[test]
fn a_fix_whose_quote_has_changed_is_part_of_the_report() {
    let server = Server::new(ok(&page().replace("把箱子寄出去", "把箱子寄走"), ""));
    let folder = Folder::new(&server.gateway.url(SEND));
    let fix = "- {at: idempotent, now: 'true', from: description, quote: 寄出去, why: prose}\n";
    fs::write(folder.path("specs/acme/depot/crate_send.fix.yaml"), fix).expect("a fix");
    let (_, out, err) = folder.refresh(&[]);
    assert!(out.contains("fix-stale"), "{out}{err}");
}

#[test]
fn a_platform_can_have_an_address_for_every_page_and_words_of_its_own() {
    let case = root().join("tests/frame/group-add/page.md");
    let page = fs::read_to_string(&case).expect("a page");
    let changed = page.replace("|desc     |否", "|desc     |必填");
    assert_ne!(page, changed);
    let server = Server::new(ok(&changed, ""));
    let folder = Folder(tempfile::tempdir().expect("a folder"));
    fs::create_dir_all(folder.path("specs/shop")).expect("folders");
    for path in ["crate.yaml", "shop/platform.yaml"] {
        fs::copy(root().join("tests/frame/base").join(path), folder.path("specs").join(path)).expect("a file");
    }
    let address = server.gateway.url("/doc/{api}?lang=zh");
    fs::write(folder.path("specs/shop/pages.yaml"), format!("address: '{address}'\n")).expect("the words");
    let (page, specs) = (case.to_string_lossy().into_owned(), folder.path("specs").to_string_lossy().into_owned());
    let run = apograph(["transcribe", &page, "--specs", &specs, "--platform", "shop"]);
    assert!(run.success, "{}{}", run.out, run.err);
    let (status, out, err) = folder.refresh(&["--write"]);
    assert!(status == Some(0) && out.contains("req-optional-to-required"), "{out}{err}");
    let requests = server.gateway.requests();
    assert_eq!(
        requests.iter().map(|request| request.target.as_str()).collect::<Vec<_>>(),
        ["/doc/api.v2.group.add?lang=zh"]
    );
    assert_eq!(folder.refresh(&[]).1, "", "the transcript is up to date");
}
