//! Names and words that no spec may have.

use apograph::diagnostic::Code;
use apograph::terms::{About, Note};

use super::{doubts, field, read, spec, texts};

fn record(name: &str, parameter: &str) -> String {
    format!(
        r#"{{"data": {{"name": "{name}", "labels": [{{"displayName": "不需用户授权"}}], "responseParams": [], "requestParams": [{{{parameter}}}]}}}}"#
    )
}

#[test]
fn names_have_nothing_hidden() {
    for name in ["\\u200btag", "ta\\ufeffg", "ta\\u00adg", "\\u202etag", "tag\\u2060", "tag\\t", "`tag`"] {
        let spec =
            spec(&record("acme.depot.send", &format!(r#""name": "{name}", "type": "String", "required": true"#)));
        assert_eq!(spec.request.names().collect::<Vec<_>>(), ["tag"]);
        assert!(
            doubts(&spec).contains(&("request.tag".into(), About::Name, Note::Repaired)),
            "{name}: {:?}",
            spec.doubts
        );
    }
    let refusal =
        read(&record("acme.depot.send", r#""name": "\u200b", "type": "String""#), None).expect_err("a refusal");
    assert_eq!(refusal.code, Code::StrayLine);
}

#[test]
fn api_names_have_no_other_characters() {
    for name in ["acme/depot.send", "acme.depot.\\u202esend", "acme.depot send", "acme.depot.`send`"] {
        let refusal = read(&record(name, r#""name": "tag", "type": "String""#), None).expect_err(name);
        assert_eq!(refusal.code, Code::BadApiName, "{}", refusal.message);
    }
}

#[test]
fn a_word_that_is_no_type_is_corrected_and_doubted() {
    for word in ["-", "a-b", "List<a-b>", "Map<String"] {
        let spec = spec(&record("acme.depot.send", &format!(r#""name": "tag", "type": "{word}", "required": true"#)));
        assert_eq!(field(&spec.request, &["tag"]).type_word, "String");
        assert!(doubts(&spec).contains(&("request.tag".into(), About::Type, Note::Repaired)), "{word}");
    }
    let spec = spec(&record("acme.depot.send", r#""name": "tag", "type": "byte[] []", "required": true"#));
    assert_eq!((field(&spec.request, &["tag"]).type_word.as_str(), spec.doubts.len()), ("byte[][]", 0));
}

#[test]
fn kinds_of_files_are_kept_with_the_description() {
    let spec = spec(&record(
        "acme.depot.send",
        r#""name": "photo", "type": "byte[]", "required": true, "description": "照片", "fileExt": "jpg,png""#,
    ));
    assert_eq!(texts(field(&spec.request, &["photo"])), ("", "照片 支持的文件类型:jpg,png"));
}

#[test]
fn an_array_of_records_is_refused_and_says_what_to_do() {
    let one = record("acme.depot.send", r#""name": "tag", "type": "String""#);
    let refusal = read(&format!("[{one}, {one}]"), None).expect_err("a refusal");
    assert!(refusal.message.contains("array") && refusal.help.is_some(), "{}", refusal.message);
}

#[test]
fn the_vendors_root_may_be_left_out_of_a_name() {
    let page = record("taobao.depot.send", r#""name": "tag", "type": "String", "required": true"#);
    let spec = read(&page, Some("depot.send")).expect("a transcript");
    assert_eq!((spec.api.as_str(), spec.doubts.len()), ("taobao.depot.send", 0));
}

#[test]
fn a_limit_that_is_no_number_is_left_out_and_doubted() {
    let spec = spec(&record(
        "acme.depot.send",
        r#""name": "size", "type": "Number", "required": true, "minValue": "1e5", "maxValue": 9"#,
    ));
    let size = field(&spec.request, &["size"]);
    assert_eq!((size.min.as_deref(), size.max.as_deref()), (None, Some("9")));
    assert_eq!(doubts(&spec), [("request.size".into(), About::Default, Note::Repaired)]);
}
