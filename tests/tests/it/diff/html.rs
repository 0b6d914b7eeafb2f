//! The page of `apograph diff --format html`: what stands in it, and, in a real browser, what its filters do.
//!
//! The tests in a browser need one: `APOGRAPH_CHROMIUM=/usr/bin/chromium cargo test -p apograph-tests html`.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use apograph_tests::command::apograph;

use super::{PACKAGE, PLATFORM, TRANSCRIPT};

const LABEL: &str = "  label: {type: String, description: What stands on the lid}\n";
/// Kinds of the findings of [`Pair::new`], in the page's order.
const KINDS: [&str; 4] = ["req-field-added-req", "req-field-removed-opt", "doc-field-suspect", "doc-title"];
/// Fields of [`Pair::long`]: more than the page shows at once.
const FIELDS: usize = 60;
/// Shows in the title what is copied.
const COPIED: &str =
    "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { document.title = text; }}});";
/// Opens the first row of an event that opens, and copies its approval entry.
const COPY_INSIDE: &str = "addEventListener('toggle', (event) => setTimeout(() => document.querySelector( \
    event.target.className === 'event' ? '.inner > summary' : '.inner .ids button').click()), true);";
/// What a page must not act on.
const ATTACK: &str = "</pre></script><script>document.title='owned'</script><img src=x onerror=alert(1)> \" ' & 甲";

struct Pair(tempfile::TempDir);

impl Pair {
    /// Two APIs: one with breaks, one whose description has an attack in it.
    fn new() -> Self {
        let send =
            TRANSCRIPT.replace(LABEL, "  lid: {type: Number, required: true}\n").replace("Send a crate", "Send one");
        let attack = format!("Whether it left, at most 5 {}", ATTACK.replace('\'', "''"));
        let attacked = track().replace("description: Whether it left", &format!("description: '{attack}'"));
        Self::of([TRANSCRIPT, &track()], [&send, &attacked])
    }

    /// One API, of which the descriptions of many fields change in different ways.
    fn long() -> Self {
        let with = |word: fn(usize) -> String| {
            let field =
                |number| format!("  field_{number:03}: {{type: String, description: {} {number}}}\n", word(number));
            TRANSCRIPT.replace(LABEL, &format!("{LABEL}{}", (0..FIELDS).map(field).collect::<String>()))
        };
        let (old, new) = (with(|_| "Number".to_owned()), with(letters));
        Self::of([&old, &track()], [&new, &track()])
    }

    /// Many fields more in one object, and the same edit in both APIs.
    fn folded() -> Self {
        let field = |number| format!("  field_{number:03}: {{type: String, description: The mark {number}}}\n");
        let more: String = [LABEL.to_owned()].into_iter().chain((0..FIELDS).map(field)).collect();
        let [send, other] =
            [TRANSCRIPT.to_owned(), track()].map(|text| text.replace("Whether it left", "Whether it has left"));
        Self::of([TRANSCRIPT, &track()], [&send.replace(LABEL, &more), &other])
    }

    fn of(before: [&str; 2], after: [&str; 2]) -> Self {
        let pair = Self(tempfile::tempdir().expect("a folder"));
        for (side, [send, track]) in [("before", before), ("after", after)] {
            pair.write(side, send, track);
        }
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

/// An API that has the name of another one.
fn track() -> String {
    TRANSCRIPT.replace("acme.depot.crate.send", "acme.depot.crate.track").replace("Send a crate", "Track")
}

/// Returns another word for each number, of three letters.
fn letters(number: usize) -> String {
    format!("{number:03}").bytes().map(|digit| char::from(digit - b'0' + b'k')).collect()
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
    let (_, body) = page.split_once("<body>").expect("a body");
    let (body, _) = body.split_once("<script>").expect("a script");
    // Links go to places of the page.
    let targets = attributes(body, "href");
    assert!(!targets.is_empty() && targets.iter().all(|target| target.starts_with('#')), "{targets:?}");
    let bare = body.replace("src=x onerror=alert", "").replace(" href=\"#", "");
    for outside in
        ["http:", "https:", "//", "<link", "<img", "url(", "@import", " src=", " href=", " style=", " onerror"]
    {
        assert!(!bare.contains(outside), "{outside}");
    }
    assert!(
        body.contains("&lt;/script&gt;&lt;script&gt;document.title=&#39;owned&#39;&lt;/script&gt;&lt;img"),
        "{body}"
    );
    assert!(body.contains("<ins>") && body.contains("甲"));
    // Everything that is open is closed.
    for tag in [
        "section", "details", "summary", "div", "pre", "p", "h2", "h3", "code", "form", "label", "fieldset", "ins",
        "del", "noscript", "ul", "li", "a", "b", "small", "select", "option",
    ] {
        let opened = body.matches(&format!("<{tag}>")).count() + body.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, body.matches(&format!("</{tag}>")).count(), "{tag}");
    }
    let effects = attributes(body, "data-effects");
    assert!(effects.contains(&"source wire behaviour docs") && effects.contains(&"docs"), "{effects:?}");
    assert_eq!(attributes(body, "data-family"), ["acme/depot"; 3], "one for each API of a part");
}

#[test]
fn the_overview_and_all_findings_are_there_without_the_script() {
    let page = Pair::new().page();
    let (overview, rest) = page.split_once("<form").expect("filters");
    for count in ["<strong>1</strong> breaking", "<strong>2</strong> to decide on", "<strong>1</strong> to look at"] {
        assert!(overview.contains(count), "{count}: {overview}");
    }
    let findings = findings_of(rest);
    assert_eq!(attributes(findings, "data-kind"), KINDS);
    for part in ["Decide", "Look", "Know"] {
        assert!(findings.contains(&format!("<h2>{part} ")), "{part}");
    }
    // A small report is read without a click.
    assert_eq!(findings.matches("<details ").count(), findings.matches(" open>").count());
    assert_eq!(findings_of(&Pair::long().page()).matches(" open>").count(), 0);
}

/// The findings as browsers without scripts show them.
fn findings_of(page: &str) -> &str {
    page.split_once("<noscript").and_then(|(_, rest)| rest.split_once("</noscript>")).expect("findings").0
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
fn dump(browser: &OsString, page: &str, fragment: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file: PathBuf = folder.path().join("page.html");
    fs::write(&file, page).expect("a file");
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
    command.arg(format!("--user-data-dir={}", folder.path().join("profile").display()));
    command.arg("--dump-dom").arg(format!("file://{}{fragment}", file.display()));
    let output = command.stdin(Stdio::null()).output().expect("the browser runs");
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(dom.contains("</html>"), "{}", String::from_utf8_lossy(&output.stderr));
    dom
}

/// The list that the script made.
fn list(dom: &str) -> &str {
    dom.split_once("<div id=\"list\">").and_then(|(_, rest)| rest.split_once("<noscript")).expect("a list").0
}

/// Kinds of the findings that are shown, and what the page says of their number.
fn shown(dom: &str) -> (Vec<&str>, &str) {
    let count = dom.split("aria-live=\"polite\">").nth(1).and_then(|rest| rest.split('<').next()).expect("a count");
    (attributes(list(dom), "data-kind"), count)
}

#[test]
fn filters_work_in_a_browser() {
    let Some(browser) = chromium() else { return };
    let page = Pair::new().page();
    for (fragment, kinds) in [
        ("", &KINDS[..]),
        ("#effect=wire", &KINDS[..2]),
        ("#level=warning", &["doc-field-suspect"]),
        ("#effect=wire&level=error&q=REQUEST.LID", &["req-field-added-req"]),
        ("#level=warning,doc", &["doc-field-suspect", "doc-title"]),
        ("#kind=doc-title", &["doc-title"]),
        ("#family=acme/depot&level=doc", &["doc-title"]),
        // Names, kinds, texts and values, also those that try to be markup, but not our own words.
        ("#q=crate.track%20suspect", &["doc-field-suspect"]),
        ("#q=%E7%94%B2", &["doc-field-suspect"]),
        ("#q=stands%20on", &["req-field-removed-opt"]),
        ("#q=send%20one", &["doc-title"]),
        ("#q=%3C/script%3E%3Cscript%3E%20%27%20%22", &["doc-field-suspect"]),
        ("#q=bump", &[]),
        ("#q=%3Csummary%3E", &[]),
        ("#effect=%22%3E&level=none&kind=no&family=%22&x=y", &KINDS[..]),
    ] {
        let dom = dump(&browser, &page, fragment);
        let (found, count) = shown(&dom);
        assert_eq!(found, kinds, "{fragment}");
        assert_eq!(count, format!("{} of 4 changes", kinds.len()), "{fragment}");
        assert!(dom.contains("<title>Spec changes</title>"), "a script of the specs ran");
    }
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
    let page = Pair::new().page();
    let click = "document.querySelector('input[value=wire]').click();";
    let typing = "const q = document.getElementById('q'); q.value = 'request.lid'; q.dispatchEvent(new Event('input', {bubbles: true}));";
    let address = "addEventListener('hashchange', () => { document.title = location.hash; });";
    let dom = dump(&browser, &used(&page, &[address, click, typing].concat()), "");
    assert_eq!(shown(&dom).0, ["req-field-added-req"]);
    assert!(dom.contains("<title>#effect=wire&amp;q=request.lid</title>"), "the address holds the filters");
    let reset = "document.querySelector('button[type=reset]').click();";
    let dom = dump(&browser, &used(&page, &[click, typing, reset].concat()), "");
    assert_eq!(shown(&dom).1, "4 of 4 changes");
    // Numbers of the overview are filters.
    let tile = "document.querySelector('a[href=\"#kind=doc-title\"]').click();";
    let dom = dump(&browser, &used(&page, tile), "");
    assert_eq!(shown(&dom).0, ["doc-title"]);
    // A script that got into the page all the same would not run.
    let broken_in = page.replace("</main>", "<script>document.title = 'owned'</script></main>");
    let dom = dump(&browser, &broken_in, "");
    assert!(dom.contains("<title>Spec changes</title>") && shown(&dom).0.len() == 4);
}

#[test]
fn rows_open_in_a_browser() {
    let Some(browser) = chromium() else { return };
    let page = Pair::long().page();
    let dom = dump(&browser, &page, "");
    let (kinds, count) = shown(&dom);
    assert_eq!((kinds.len(), count), (40, "60 of 60 changes"));
    assert!(!list(&dom).contains("<pre"), "details of closed rows are not made");
    let open = "document.querySelector('#list summary').click();";
    let dom = dump(&browser, &used(&page, open), "");
    let opened = list(&dom);
    assert_eq!((opened.matches("<pre").count(), opened.matches(" open=\"\"").count()), (2, 1));
    assert!(opened.contains("<del>Number</del> 0") && opened.contains("<ins>kkk</ins> 0"), "{opened}");
    let more = "document.querySelector('button.more').click();";
    let dom = dump(&browser, &used(&page, more), "");
    assert_eq!(shown(&dom).0.len(), FIELDS);
    assert!(!list(&dom).contains("class=\"more\""));
    // What is searched is in rows that were never shown.
    let (found, all) = ("<code class=\"path\">request.field_059.description</code>", dump(&browser, &page, "#q=kpt"));
    assert!(list(&all).contains(found) && shown(&all).1 == "1 of 60 changes", "{}", list(&all));
    let everything = "document.getElementById('open').click();";
    let dom = dump(&browser, &used(&page, everything), "");
    assert_eq!(list(&dom).matches("<pre").count(), 80);
}

#[test]
fn events_open_to_their_findings() {
    let page = Pair::folded().page();
    let findings = findings_of(&page);
    assert_eq!((findings.matches("class=\"event\"").count(), attributes(findings, "data-kind").len()), (2, FIELDS + 2));
    let (before, several) = findings.split_once("<h3>Several APIs</h3>").expect("an edit in both");
    assert!(!before.contains("class=\"event\""), "what concerns several APIs comes first");
    for api in ["acme.depot.crate.send", "acme.depot.crate.track"] {
        assert!(
            several.contains(&format!(
                "<code class=\"api\">{api}</code> <code class=\"path\">response.sent.description</code>"
            )),
            "{api}"
        );
    }
    let Some(browser) = chromium() else { return };
    let dom = dump(&browser, &page, "");
    assert_eq!(shown(&dom), (Vec::new(), "62 of 62 changes"));
    let open = "const open = (number) => document.querySelectorAll('#list .event > summary')[number].click();";
    let dom = dump(&browser, &used(&page, &[open, "open(0);"].concat()), "");
    assert_eq!(shown(&dom).0, ["doc-field"; 2]);
    let more = "setTimeout(() => document.querySelector('.event button.more').click(), 100);";
    let dom = dump(&browser, &used(&page, &[open, "open(1);"].concat()), "");
    assert_eq!(shown(&dom).0.len(), 40);
    let dom = dump(&browser, &used(&page, &[open, "open(1);", more].concat()), "");
    assert_eq!(shown(&dom).0.len(), FIELDS);
    let dom = dump(&browser, &used(&page, &[COPIED, open, "open(0);", COPY_INSIDE].concat()), "#family=acme/depot");
    assert_eq!(shown(&dom).1, "62 of 62 changes");
    assert!(dom.contains("<title># acme.depot.crate.send response.sent.description: doc-field\n"), "{dom}");
    // A search leaves the rows that it finds.
    let dom = dump(&browser, &used(&page, &[open, "open(0);"].concat()), "#q=field_059%20the%20mark");
    assert_eq!(shown(&dom), (vec!["req-field-added-opt"], "1 of 62 changes"));
    assert!(list(&dom).contains("<code class=\"path\">request.field_059</code>"));
}

#[test]
fn an_approval_entry_is_copied_in_a_browser() {
    let Some(browser) = chromium() else { return };
    let pair = Pair::new();
    let click = "document.querySelector('#list .ids button').click();";
    let dom = dump(&browser, &used(&pair.page(), &[COPIED, click].concat()), "");
    assert!(list(&dom).contains(">Copied</button>"));
    let entry = dom.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")).expect("an entry").0;
    assert!(entry.starts_with("# acme.depot.crate.send request.lid: req-field-added-req\n"), "{entry}");
    // With its blanks filled in, it is an approval of that finding.
    let filled = [
        ("cause:", "cause: vendor"),
        ("reason:", "reason: announced"),
        ("who:", "who: A. Reviewer"),
        ("until:", "until: 2999-01-01"),
    ];
    let filled = filled.iter().fold(entry.to_owned(), |entry, (blank, value)| entry.replace(blank, value));
    fs::write(pair.0.path().join("after/approvals.yaml"), filled).expect("a file");
    let page = pair.page();
    assert_eq!(attributes(&page, "data-kind"), ["req-field-removed-opt", "doc-field-suspect", "doc-title", KINDS[0]]);
    assert!(page.contains("<h2>Approved ") && page.contains("<strong>Approved</strong>: vendor, by A. Reviewer"));
    assert_eq!(shown(&dump(&browser, &page, "#approved=hide")).1, "3 of 4 changes");
    // Without access to the clipboard, the entry is shown.
    let refused = COPIED.replace("document.title = text;", "throw new Error('refused');");
    let dom = dump(&browser, &used(&Pair::new().page(), &[refused.as_str(), click].concat()), "");
    assert!(list(&dom).contains("<pre># acme.depot.crate.send request.lid: req-field-added-req\n- fingerprint: "));
}

#[test]
fn findings_are_shown_without_scripts() {
    let Some(browser) = chromium() else { return };
    // A frame that runs no scripts, and a page around it that looks inside.
    let inside = Pair::new().page().replace('&', "&amp;").replace('"', "&quot;");
    let look = "const inside = document.querySelector('iframe').contentDocument; \
        const kinds = [...inside.querySelectorAll('details')].filter((row) => row.offsetHeight > 0).map((row) => row.dataset.kind); \
        document.title = `${kinds.join(' ')}, ${inside.getElementById('filters').offsetHeight}`;";
    let around = format!(
        "<!DOCTYPE html><title>-</title><iframe sandbox=\"allow-same-origin\" srcdoc=\"{inside}\"></iframe>\
         <script>addEventListener('load', () => {{ {look} }});</script>"
    );
    let dom = dump(&browser, &around, "");
    let expected = format!("<title> {}, 0</title>", KINDS.join(" "));
    assert!(dom.contains(&expected), "{}", dom.split("</title>").next().unwrap_or_default());
}
