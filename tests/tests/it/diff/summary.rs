//! `apograph diff --summary`: a draft of the release note, in English and Chinese.

use std::fs;
use std::path::Path;

use apograph_tests::command::{Run, apograph};

use super::{PACKAGE, PLATFORM, TRANSCRIPT};

fn write(folder: &Path, package: &str, transcripts: &[(&str, String)]) {
    fs::create_dir_all(folder.join("acme/depot")).expect("folders");
    fs::write(folder.join("crate.yaml"), package).expect("a file");
    fs::write(folder.join("acme/platform.yaml"), PLATFORM).expect("a file");
    for (name, text) in transcripts {
        fs::write(folder.join("acme/depot").join(name), text).expect("a file");
    }
}

fn called(name: &str) -> String {
    TRANSCRIPT.replace("crate.send", name).replace("Send a crate", "A `crate` <b>@all</b>")
}

/// Something for each part of the note.
fn pair(package: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let send = ("crate_send.yaml", TRANSCRIPT.to_owned());
    write(&folder.path().join("before"), package, &[send, ("crate_weigh.yaml", called("crate.weigh"))]);
    let sent = TRANSCRIPT
        .replace(
            "  label: {type: String, description: What stands on the lid}\n",
            "  lid: {type: Number, required: true}\n",
        )
        .replace("title: Send a crate", "title: Send one crate");
    let weighed = called("crate.weigh")
        .replace("What stands on the lid", "'What stands on the lid, deprecated'")
        .replace("Whether it left", "'Whether it left, at most 5'");
    let after = [("crate_send.yaml", sent), ("crate_weigh.yaml", weighed), ("crate_track.yaml", called("crate.track"))];
    write(&folder.path().join("after"), package, &after);
    folder
}

fn summary(folder: &Path, options: &[&str]) -> Run {
    let [before, after] = ["before", "after"].map(|side| folder.join(side).to_string_lossy().into_owned());
    apograph(["diff", before.as_str(), after.as_str()].into_iter().chain(options.iter().copied()))
}

const ENGLISH: &str = "## 0.4.0

Suggested version: 0.3.1 → 0.4.0 (major).

### Must upgrade

The vendor changed these; binaries built against the old version fail until they are rebuilt:

- `acme.depot.crate.send`
  - `request.lid`: required field added: `Number`

### Breaking

Code that uses these may need changes:

- `acme.depot.crate.send`
  - `request.label`: optional field removed: `String`; in Rust: `CrateSend::label: Option<String>`

### Deprecated

- `acme.depot.crate.weigh`
  - `request.label.description`: text now calls it deprecated, but it is not marked as deprecated: `What stands on the lid` → `What stands on the lid, deprecated`

### Added

- `acme.depot.crate.track`: API added: ``A `crate` <b>@all</b>``

### Behaviour

These still compile, but behave differently:

- `acme.depot.crate.weigh`
  - `response.sent.description`: description states another fact, but no structured key changed: number added: `5`; comparison added: `at most`

### Documentation

1 change to descriptions, samples or order.
";

const CHINESE: &str = "## 0.4.0

建议版本：0.3.1 → 0.4.0（主版本）。

### 必须升级

平台方已变更以下内容，用旧版本构建的程序会出错，必须升级并重新构建：

- `acme.depot.crate.send`
  - `request.lid`：新增必填字段：`Number`

### 不兼容变更

使用以下内容的代码可能需要修改：

- `acme.depot.crate.send`
  - `request.label`：可选字段已移除：`String`；Rust：`CrateSend::label: Option<String>`

### 弃用

- `acme.depot.crate.weigh`
  - `request.label.description`：文档称已弃用，但尚未标记为弃用：`What stands on the lid` → `What stands on the lid, deprecated`

### 新增

- `acme.depot.crate.track`：新增 API：``A `crate` <b>@all</b>``

### 行为变更

以下内容仍可正常编译，但行为有变化：

- `acme.depot.crate.weigh`
  - `response.sent.description`：描述内容有实质变化，但字段定义未变：数字新增：`5`；比较条件新增：`at most`

### 文档

共 1 项说明文字、示例或顺序变更，涉及 1 处。
";

#[test]
fn the_draft_tells_the_most_pressing_first() {
    let folder = pair(PACKAGE);
    assert_eq!(summary(folder.path(), &["--summary", "en"]).out, ENGLISH);
    assert_eq!(summary(folder.path(), &["--summary=zh"]).out, CHINESE);
    for options in [&["--summary"][..], &["--summary", "both"]] {
        assert_eq!(summary(folder.path(), options).out, format!("{ENGLISH}\n---\n\n{CHINESE}"));
    }
    // It fails as a report does.
    let run = summary(folder.path(), &["--summary", "en", "--fail-on", "must-upgrade"]);
    assert!(!run.success && run.out == ENGLISH);
}

#[test]
fn from_1_0_on_the_first_number_breaks() {
    let folder = pair(&PACKAGE.replace("0.3.1", "2.3.1"));
    let run = summary(folder.path(), &["--summary", "en"]);
    assert!(run.out.starts_with("## 3.0.0\n\nSuggested version: 2.3.1 → 3.0.0 (major).\n"), "{}", run.out);
}

#[test]
fn nothing_to_tell_is_nothing_written() {
    let folder = pair(PACKAGE);
    let after = folder.path().join("after").to_string_lossy().into_owned();
    let run = apograph(["diff", after.as_str(), after.as_str(), "--summary"]);
    assert!(run.success && run.out.is_empty() && run.err.is_empty());
}

#[test]
fn a_fix_of_the_transcript_is_told_as_one() {
    let folder = pair(PACKAGE);
    let json = summary(folder.path(), &["--format", "json"]).out;
    let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    let lid = findings.iter().find(|finding| finding["id"] == "req-field-added-req").expect("a finding");
    let fingerprint = lid["fingerprint"].as_str().expect("text");
    let entry =
        format!("- {{fingerprint: '{fingerprint}', cause: transcription-fix, reason: r, who: w, until: 2026-01-31}}\n");
    fs::write(folder.path().join("after/approvals.yaml"), entry).expect("a file");
    let run = summary(folder.path(), &["--summary", "en", "--today", "2026-01-31"]);
    assert!(!run.out.contains("Must upgrade"), "{}", run.out);
    let told = "`request.lid`: required field added: `Number` (our transcription was wrong; the API did not change)";
    assert!(run.out.contains(told), "{}", run.out);
}
