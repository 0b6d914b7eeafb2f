//! The page of `apograph diff --format html`: what stands in it, and, in a real browser, what its filters do.
//!
//! The tests in a browser need one: `APOGRAPH_CHROMIUM=/usr/bin/chromium cargo test -p apograph-tests html`.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use apograph_tests::command::apograph;

use super::{PACKAGE, PLATFORM, TRANSCRIPT};

const LABEL: &str = "  label: {type: String, description: What stands on the lid}\n";
/// What a page must not act on.
const ATTACK: &str = "</pre></script><script>document.title='owned'</script><img src=x onerror=alert(1)> \" ' & 甲";

struct Pair(tempfile::TempDir);

impl Pair {
    /// Two APIs: one with breaks, one whose description has an attack in it.
    fn new() -> Self {
        let pair = Self(tempfile::tempdir().expect("a folder"));
        let send =
            TRANSCRIPT.replace(LABEL, "  lid: {type: Number, required: true}\n").replace("Send a crate", "Send one");
        let track =
            TRANSCRIPT.replace("acme.depot.crate.send", "acme.depot.crate.track").replace("Send a crate", "Track");
        let attack = format!("Whether it left, at most 5 {}", ATTACK.replace('\'', "''"));
        let attacked = track.replace("description: Whether it left", &format!("description: '{attack}'"));
        pair.write("before", TRANSCRIPT, &track);
        pair.write("after", &send, &attacked);
        pair
    }

    fn write(&self, side: &str, send: &str, track: &str) {
        let folder = self.0.path().join(side);
        fs::create_dir_all(folder.join("acme/depot")).expect("folders");
        for (path, text) in [
            ("crate.yaml", PACKAGE),
            ("acme/platform.yaml", PLATFORM),
            ("acme/depot/crate_send.yaml", send),
            ("acme/depot/crate_track.yaml", track),
        ] {
            fs::write(folder.join(path), text).expect("a file");
        }
    }

    fn page(&self) -> String {
        let [before, after] = ["before", "after"].map(|side| self.0.path().join(side).to_string_lossy().into_owned());
        let run = apograph(["diff", before.as_str(), after.as_str(), "--format", "html"]);
        assert!(run.success && run.err.is_empty(), "{}", run.err);
        run.out
    }
}

/// The texts of all `name="…"`.
fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let marker = format!(" {name}=\"");
    page.split(marker.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn a_page_needs_nothing_but_itself_and_runs_nothing_of_the_specs() {
    let pair = Pair::new();
    let page = pair.page();
    assert_eq!(page, pair.page(), "it is the same every time");
    // One script and one style: those of the page, named by their digests.
    assert_eq!((page.matches("<script").count(), page.matches("<style").count()), (1, 1));
    assert!(page.contains("default-src 'none'") && page.contains("script-src 'sha256-"));
    for outside in
        ["http:", "https:", "//", "<link", "<img", "url(", "@import", " src=", " href=", " style=", " onerror"]
    {
        let body = page.split_once("<main>").map_or("", |(_, rest)| rest.split("<script>").next().unwrap_or_default());
        let body = body.replace("src=x onerror=alert", "");
        assert!(!body.contains(outside), "{outside}");
    }
    assert!(
        page.contains("&lt;/script&gt;&lt;script&gt;document.title=&#39;owned&#39;&lt;/script&gt;&lt;img"),
        "{page}"
    );
    assert!(page.contains("<ins>") && page.contains("甲"));
    // Everything that is open is closed.
    for tag in ["section", "article", "div", "pre", "p", "h3", "code", "form", "label", "fieldset", "ins", "del"] {
        let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
    }
    let planes = attributes(&page, "data-planes");
    assert!(planes.contains(&"source wire behaviour docs") && planes.contains(&"docs"), "{planes:?}");
}

/// The browser that the environment names; without one, says so where libtest cannot swallow it.
fn chromium() -> Option<OsString> {
    let browser = std::env::var_os("APOGRAPH_CHROMIUM").filter(|browser| !browser.is_empty());
    if browser.is_none() {
        let _ = writeln!(
            std::io::stderr(),
            "\ndiff_html: a test in a browser is left out; it needs APOGRAPH_CHROMIUM=/usr/bin/chromium"
        );
    }
    browser
}

/// What the browser makes of a page that is opened from a file.
fn dump(browser: &OsString, folder: &Path, page: &str, fragment: &str) -> String {
    let file: PathBuf = folder.join("page.html");
    fs::write(&file, page).expect("a file");
    let profile = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(browser);
    command.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--virtual-time-budget=3000",
    ]);
    command.arg(format!("--user-data-dir={}", profile.path().display()));
    command.arg("--dump-dom").arg(format!("file://{}{fragment}", file.display()));
    let output = command.stdin(Stdio::null()).output().expect("the browser runs");
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(dom.contains("</html>"), "{}", String::from_utf8_lossy(&output.stderr));
    dom
}

/// Kinds of the findings that are shown, and what the page says of their number.
fn shown(dom: &str) -> (Vec<String>, String) {
    let mut kinds = Vec::new();
    for article in dom.split("<article ").skip(1) {
        let (tag, rest) = article.split_once('>').expect("a tag");
        if !tag.split(' ').any(|attribute| attribute.starts_with("hidden")) {
            let kind = rest.split("· <code>").nth(1).and_then(|rest| rest.split('<').next()).expect("a kind");
            kinds.push(kind.to_owned());
        }
    }
    let count = dom.split("aria-live=\"polite\">").nth(1).and_then(|rest| rest.split('<').next()).expect("a count");
    (kinds, count.to_owned())
}

#[test]
fn filters_work_in_a_browser() {
    let Some(browser) = chromium() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let page = Pair::new().page();
    let all = ["doc-title", "req-field-added-req", "req-field-removed-opt", "doc-field-suspect"];
    for (fragment, kinds) in [
        ("", &all[..]),
        ("#plane=wire", &["req-field-added-req", "req-field-removed-opt"]),
        ("#level=warning", &["doc-field-suspect"]),
        ("#plane=wire&level=error&q=LID", &["req-field-added-req"]),
        ("#level=warning,doc", &["doc-title", "doc-field-suspect"]),
        ("#q=crate.track%20suspect", &["doc-field-suspect"]),
        ("#q=%3Cscript%3E", &[]),
        ("#plane=%22%3E&level=none&x=y", &all),
    ] {
        let dom = dump(&browser, folder.path(), &page, fragment);
        let (found, count) = shown(&dom);
        assert_eq!(found, kinds, "{fragment}");
        assert_eq!(count, format!("{} of 4 changes", kinds.len()), "{fragment}");
        assert!(dom.contains("<title>Spec changes</title>"), "a script of the specs ran");
        let sections = dom.matches("<section hidden").count();
        assert_eq!(sections, dom.matches("<section").count() - apis(kinds), "{fragment}");
    }
}

/// How many of the two APIs have any of the kinds.
fn apis(kinds: &[&str]) -> usize {
    let (track, send): (Vec<&str>, Vec<&str>) = kinds.iter().partition(|kind| **kind == "doc-field-suspect");
    usize::from(!track.is_empty()) + usize::from(!send.is_empty())
}

/// The page with a script that uses it as a person would.
fn used(page: &str, script: &str) -> String {
    // The page's policy lets no other script run: it goes, in this copy.
    let policy = page.find("<meta http-equiv").expect("a policy");
    let end = page[policy..].find(">\n").expect("its end") + policy + 2;
    let copy = format!("{}{}", &page[..policy], &page[end..]);
    copy.replace("</body>", &format!("<script>{script}</script>\n</body>"))
}

#[test]
fn filters_are_used_in_a_browser() {
    let Some(browser) = chromium() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let page = Pair::new().page();
    let click = "document.querySelector('input[value=wire]').click();";
    let typing = "const q = document.getElementById('q'); q.value = 'lid'; q.dispatchEvent(new Event('input', {bubbles: true}));";
    let address = "addEventListener('hashchange', () => { document.title = location.hash; });";
    let dom = dump(&browser, folder.path(), &used(&page, &[address, click, typing].concat()), "");
    assert_eq!(shown(&dom).0, ["req-field-added-req"]);
    assert!(dom.contains("<title>#plane=wire&amp;q=lid</title>"), "the address holds the filters");
    let reset = "document.querySelector('button[type=reset]').click();";
    let dom = dump(&browser, folder.path(), &used(&page, &[click, typing, reset].concat()), "");
    assert_eq!(shown(&dom).1, "4 of 4 changes");
    // A script that got into the page all the same would not run.
    let broken_in = page.replace("</main>", "<script>document.title = 'owned'</script></main>");
    let dom = dump(&browser, folder.path(), &broken_in, "");
    assert!(dom.contains("<title>Spec changes</title>") && shown(&dom).0.len() == 4);
}
