//! What `apograph diff` writes for programs and reviews, its exit codes, and revisions in git.

use std::fs;
use std::path::Path;
use std::process::Command;

use apograph::diff::Kind;
use apograph_tests::command::{Run, apograph};
use apograph_tests::schema::check;
use serde_json::Value;

use super::{PACKAGE, PLATFORM, TRANSCRIPT};

/// A specs folder with one API.
fn specs(folder: &Path, transcript: &str) {
    fs::create_dir_all(folder.join("acme/depot")).expect("folders");
    for (path, text) in
        [("crate.yaml", PACKAGE), ("acme/platform.yaml", PLATFORM), ("acme/depot/crate_send.yaml", transcript)]
    {
        fs::write(folder.join(path), text).expect("a file");
    }
}

/// An error, a warning with prose, and a note.
fn changed() -> String {
    TRANSCRIPT
        .replace(
            "  label: {type: String, description: What stands on the lid}\n",
            "  lid: {type: Number, required: true}\n",
        )
        .replace(
            "description: Whether it left",
            "description: 'Whether it left, at most 5 days\n    ago, % of @all [x]: `y`'",
        )
        .replace("title: Send a crate", "title: Send one crate")
}

struct Pair(tempfile::TempDir);

impl Pair {
    fn new(before: &str, after: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        specs(&folder.path().join("before"), before);
        specs(&folder.path().join("after"), after);
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_string_lossy().into_owned()
    }

    fn diff(&self, options: &[&str]) -> Run {
        let (before, after) = (self.path("before"), self.path("after"));
        apograph(["diff", before.as_str(), after.as_str()].into_iter().chain(options.iter().copied()))
    }
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
}

#[test]
fn nothing_to_tell_is_nothing_written() {
    for format in ["text", "json", "markdown", "github", "sarif", "html"] {
        let run = Pair::new(TRANSCRIPT, TRANSCRIPT).diff(&["--format", format, "--fail-on", "warn"]);
        assert!(run.success && run.out.is_empty() && run.err.is_empty(), "{format}: {}{}", run.out, run.err);
        // Neither has a page that was fetched again and documents the same.
        let run = Pair::new(TRANSCRIPT, &TRANSCRIPT.replace("sha256: 0", "sha256: 1")).diff(&["--format", format]);
        assert!(run.success && run.out.is_empty(), "{format}: {}", run.out);
    }
}

#[test]
fn changes_of_order_are_counted() {
    let label = "  label: {type: String, description: What stands on the lid}\n";
    let one = TRANSCRIPT.replace(label, &format!("{label}  lid: {{type: String}}\n"));
    let other = TRANSCRIPT.replace(label, &format!("  lid: {{type: String}}\n{label}"));
    let run = Pair::new(&one, &other).diff(&[]);
    assert_eq!(run.out, "1 change of order not shown; list with --all\n1 info; no new version needed\n");
    let titled = other.replace("title: Send a crate", "title: Send one crate");
    let pair = Pair::new(&one, &titled);
    let run = pair.diff(&[]);
    assert!(run.out.contains("[doc-title, patch, ") && !run.out.contains("order-fields-req"), "{}", run.out);
    assert!(run.out.contains("\n1 change of order not shown; list with --all\n1 info and 1 doc; "), "{}", run.out);
    assert!(pair.diff(&["--all"]).out.contains("[order-fields-req, none, "));
    for format in ["json", "sarif", "markdown"] {
        assert!(pair.diff(&["--format", format]).out.contains("order-fields-req"), "{format}");
    }
}

#[test]
fn failing_is_asked_for() {
    let error = changed();
    let warning = TRANSCRIPT.replace("Whether it left", "Whether it left (required)");
    let major = TRANSCRIPT
        .replace("  label: {type: String, description: What stands on the lid}\n", "")
        .replace("request:\n", "");
    let note = TRANSCRIPT.replace("title: Send a crate", "title: Send one crate");
    for (after, failing) in [
        (&error, &["error", "warning", "major", "must-upgrade"][..]),
        (&warning, &["warning"]),
        (&major, &["error", "warning", "major"]),
        (&note, &[]),
    ] {
        let pair = Pair::new(TRANSCRIPT, after);
        assert_eq!(pair.diff(&["--fail-on", "warn"]).success, !failing.contains(&"warning"), "the short word");
        assert!(pair.diff(&[]).success);
        for limit in ["error", "warning", "major", "must-upgrade"] {
            let run = pair.diff(&["--fail-on", limit]);
            assert_eq!(run.success, !failing.contains(&limit), "{limit}: {}", run.out);
        }
    }
}

#[test]
fn the_json_report_is_what_its_schema_says() {
    let schema: Value = serde_json::from_str(&apograph(["diff", "--schema"]).out).expect("the schema");
    let pair = Pair::new(TRANSCRIPT, &changed());
    let report = json(&pair.diff(&["--format", "json", "--all"]));
    check(&report, &schema, &schema, "");
    assert_eq!(report["bump"], "major");
    assert_eq!((&report["version"], &report["next_version"]), (&"0.3.1".into(), &"0.4.0".into()));
    let findings = report["findings"].as_array().expect("findings");
    let ids: Vec<&str> = findings.iter().filter_map(|finding| finding["id"].as_str()).collect();
    assert_eq!(ids, ["doc-title", "req-field-added-req", "req-field-removed-opt", "doc-field-suspect"]);
    let removed = &findings[2];
    assert_eq!(removed["rust"]["old"], "CrateSend::label: Option<String>");
    assert_eq!(removed["rust"]["witness"], "let _ = |value: String| CrateSend::new().label(value);");
    assert_eq!((&removed["before"]["line"], &removed["before"]["column"]), (&7.into(), &3.into()));
    assert!(removed.get("after").is_none());
    let prose = &findings[3]["prose"];
    assert_eq!(prose["old"][0]["text"], "Whether it left");
    assert_eq!(prose["new"][1]["differs"], true);
    // The schema knows every kind, and no other.
    let listed = schema["$defs"]["finding"]["properties"]["id"]["enum"].as_array().expect("ids");
    let listed: Vec<&str> = listed.iter().filter_map(Value::as_str).collect();
    assert_eq!(listed, Kind::ALL.iter().map(|kind| kind.id()).collect::<Vec<_>>());
}

#[test]
fn annotations_are_one_command_a_line() {
    let run = Pair::new(TRANSCRIPT, &changed()).diff(&["--format", "github"]);
    let lines: Vec<&str> = run.out.lines().collect();
    let starts: Vec<&str> = lines.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(starts, ["::error", "::error", "::warning", "::notice"], "{}", run.out);
    let added = lines.first().expect("a line");
    assert!(
        added.contains(
            "after/acme/depot/crate_send.yaml,line=7,col=3,title=acme.depot.crate.send [req-field-added-req]::"
        ),
        "{added}"
    );
    assert!(lines.iter().any(|line| line.contains("%25 of @all")), "{}", run.out);
}

#[test]
fn sarif_names_its_rules() {
    let log = json(&Pair::new(TRANSCRIPT, &changed()).diff(&["--format", "sarif"]));
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    for result in run["results"].as_array().expect("results") {
        let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok()).expect("an index");
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note", "none"].contains(&result["level"].as_str().expect("a level")));
        let spot = &result["locations"][0]["physicalLocation"];
        assert!(
            spot["artifactLocation"]["uri"].as_str().is_some_and(|uri| uri.ends_with("acme/depot/crate_send.yaml"))
        );
        // What is gone has no line in the new file.
        assert_eq!(spot["region"]["startLine"].is_u64(), result["ruleId"] != "req-field-removed-opt");
    }
}

#[test]
fn a_comment_keeps_to_markdown_and_to_the_length_that_github_takes() {
    let run = Pair::new(TRANSCRIPT, &changed()).diff(&["--format", "markdown"]);
    for part in [
        "### Spec changes: 2 errors, 1 warning and 1 doc",
        "**Result: major version bump needed: 0.3.1 → 0.4.0; users must upgrade**",
        "no longer compiles: `let _ = |value: String| CrateSend::new().label(value);`",
        "  + Whether it left[, at most 5 days ago, % of @all [x]: `y`]\n",
    ] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    let field = |index: usize, limit: usize| {
        let text = "<b>@x</b> 长".repeat(40);
        format!("  field_{index}: {{type: String, description: 'At most {} {text}'}}\n", index + limit)
    };
    let many = |limit| {
        let fields: String = (0..300).map(|index| field(index, limit)).collect();
        TRANSCRIPT.replace("response:\n", &format!("{fields}response:\n"))
    };
    let run = Pair::new(&many(1), &many(2)).diff(&["--format", "markdown", "--all"]);
    assert!(run.out.chars().count() < 65_536, "{}", run.out.chars().count());
    assert_eq!(run.out.matches("<details").count(), run.out.matches("</details>").count());
    let listed = run.out.matches("(`doc-field-suspect`").count();
    assert!(listed > 20, "{listed}");
    assert!(
        run.out.contains(&format!("\nFindings that do not fit here: {}.", 300 - listed)),
        "{}",
        run.out.lines().last().unwrap_or_default()
    );
}

#[test]
fn single_specs_are_compared() {
    let pair = Pair::new(TRANSCRIPT, &changed());
    let spec = |side: &str| pair.path(&format!("{side}/acme/depot/crate_send.yaml"));
    let run = apograph(["diff", spec("before").as_str(), spec("after").as_str()]);
    assert!(run.out.contains("CrateSend::new().label(value)"), "{}{}", run.out, run.err);
    // Away from its folder a spec has no Rust names, and is compared all the same.
    let loose = [pair.path("one.yaml"), pair.path("two.yaml")];
    fs::write(&loose[0], TRANSCRIPT).expect("a file");
    fs::write(&loose[1], changed()).expect("a file");
    let run = apograph(["diff", loose[0].as_str(), loose[1].as_str()]);
    assert!(run.out.contains("req-field-removed-opt") && !run.out.contains("CrateSend"), "{}{}", run.out, run.err);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let pair = Pair::new(TRANSCRIPT, &TRANSCRIPT.replace("type: String", "type: 3!"));
    let run = pair.diff(&[]);
    assert!(!run.success && run.out.contains("error[spec-not-compared]: acme.depot.crate.send"), "{}", run.out);
    assert!(
        run.err.contains("error[E0401]") && run.err.ends_with("the report is about everything else\n"),
        "{}",
        run.err
    );
    let run = apograph(["diff", "no/such/folder", pair.path("after").as_str()]);
    assert!(!run.success && run.err.starts_with("error: no/such/folder: "), "{}", run.err);
    for revision in ["git:--output=x", "git:", "git:no-such-revision"] {
        let run = apograph(["diff", revision, pair.path("after").as_str(), "--specs", pair.path("after").as_str()]);
        assert!(!run.success && run.err.starts_with(&format!("error: {revision}: ")), "{}", run.err);
    }
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=A Name", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(identity).args(arguments);
    let output = command.output().expect("git");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn revisions_in_git_are_compared() {
    let folder = tempfile::tempdir().expect("a folder");
    let (repository, specs_folder) = (folder.path().join("repository"), folder.path().join("repository/nested/specs"));
    fs::create_dir_all(&repository).expect("a folder");
    git(&repository, &["init", "--quiet"]);
    git(&repository, &["commit", "--quiet", "--allow-empty", "-m", "nothing yet"]);
    specs(&specs_folder, TRANSCRIPT);
    git(&repository, &["add", "."]);
    git(&repository, &["commit", "--quiet", "-m", "one"]);
    git(&repository, &["tag", "v1"]);
    let at = specs_folder.to_string_lossy().into_owned();
    let diff = |arguments: &[&str]| {
        apograph(["diff"].into_iter().chain(arguments.iter().copied()).chain(["--specs", at.as_str()]))
    };
    assert_eq!(diff(&[]).out, "", "the working tree is what was committed");
    specs(&specs_folder, &changed());
    let run = diff(&[]);
    assert!(run.out.contains("--> HEAD:nested/specs/acme/depot/crate_send.yaml:7:3"), "{}{}", run.out, run.err);
    git(&repository, &["commit", "--quiet", "-am", "two"]);
    assert_eq!(diff(&[]).out, "");
    let by_tag = diff(&["git:v1", "git:HEAD"]);
    assert!(by_tag.out.contains("req-field-removed-opt"), "{}{}", by_tag.out, by_tag.err);
    let by_path = diff(&["git:v1:nested/specs", "git:HEAD:nested/specs"]);
    assert_eq!(by_path.out, by_tag.out);
    let one = "nested/specs/acme/depot/crate_send.yaml";
    let single = diff(&[&format!("git:v1:{one}"), &format!("git:HEAD:{one}")]);
    assert_eq!(single.out, by_tag.out);
    // Before there were specs, everything is new.
    let first = diff(&["git:v1~1", "git:v1"]);
    assert!(first.out.contains("[api-added, minor, "), "{}{}", first.out, first.err);
    // Annotations name the file as it is called in the repository, however the folder is named.
    let gone = diff(&["git:v1", "--format", "github"]);
    assert!(gone.out.contains("::error file=nested/specs/acme/depot/crate_send.yaml,title="), "{}", gone.out);
    specs(&specs_folder, TRANSCRIPT);
    let [back, log] = ["github", "sarif"].map(|format| diff(&["--format", format]));
    assert!(back.out.contains(" file=nested/specs/acme/depot/crate_send.yaml,line=9,col="), "{}", back.out);
    assert!(log.out.contains("\"uri\": \"nested/specs/acme/depot/crate_send.yaml\""), "{}", log.out);
    assert!(!log.out.contains(&at), "{}", log.out);
}
