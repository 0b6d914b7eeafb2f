//! Types are compared as they are resolved: by the rules of each revision's platform, and also where the generated crate has
//! no type for a row.

use apograph::diagnostic::{Color, Diagnostics, render};
use apograph::diff::{self, Subject, Texts};
use apograph::source::Sources;

use super::{PACKAGE, PLATFORM, TRANSCRIPT};

const STATUS: &str = "    status: {status: [code], message: [reason], success: ['0']}\n";

/// Text in a file of the old revision, and what replaces it in the new one.
type Edit = (&'static str, &'static str);

/// `request.label.type req-type-narrowed breaks fails`, for each finding about the API.
fn findings(platforms: [&str; 2], fields: [&str; 2]) -> Vec<String> {
    let head = TRANSCRIPT.split("request:").next().unwrap_or_default();
    let sides: [Texts; 2] = std::array::from_fn(|side| {
        let files = [
            ("crate.yaml", PACKAGE.to_owned()),
            ("acme/platform.yaml", platforms[side].to_owned()),
            ("acme/depot/crate_send.yaml", format!("{head}{}", fields[side])),
        ];
        Texts { files: files.map(|(path, text)| (path.to_owned(), text)).into(), ..Texts::default() }
    });
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let revisions = diff::read(sides, &mut sources, &mut diagnostics);
    let [old, new] = revisions.unwrap_or_else(|| panic!("{}", render(&diagnostics, &sources, Color::Never)));
    let is_of_api = |finding: &diff::Finding| matches!(finding.subject, Subject::Api { .. });
    let found = diff::compare(old, new).findings.into_iter().filter(is_of_api);
    let line = |finding: diff::Finding| {
        let (change, verdict) = (finding.change, finding.verdict);
        let words = serde_json::to_value(&verdict).expect("words");
        let word = |key: &str| words[key].as_str().unwrap_or_default().to_owned();
        format!("{} {} {} {}", change.path, change.kind.id(), word("source"), word("wire"))
    };
    found.map(line).collect()
}

fn replaced(text: &str, (from, to): Edit) -> String {
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

#[test]
fn a_file_that_cannot_be_sent_any_more_is_another_type_of_the_field() {
    let platform = replaced(PLATFORM, ("files: multipart", "files: none"));
    let fields = "request: {photo: {type: 'byte[]'}}\nresponse: {photo: {type: 'byte[]'}}\n";
    assert_eq!(
        findings([PLATFORM, &platform], [fields, fields]),
        ["request.photo.type req-type-incompatible breaks fails"]
    );
}

#[test]
fn a_list_has_an_inner_key_only_where_lists_are_wrapped() {
    let platform = replaced(PLATFORM, ("lists: wrapped", "lists: bare"));
    let fields =
        ["Row", "Line"].map(|row| format!("response: {{rows: {{type: '{row}[]', fields: {{a: {{type: Date}}}}}}}}\n"));
    let fields = [fields[0].as_str(), fields[1].as_str()];
    let renamed = "response.rows.type resp-type-renamed breaks works";
    assert_eq!(findings([&platform, &platform], fields), [renamed]);
    assert_eq!(findings([PLATFORM, &platform], fields), [renamed]);
    let rewrapped = "response.rows.type resp-list-wrapper unaffected works";
    assert_eq!(findings([PLATFORM, PLATFORM], fields), [renamed, rewrapped]);
}

#[test]
fn rows_of_the_envelope_have_types() {
    let start = PLATFORM.find("    root:").expect("an envelope");
    let end = PLATFORM.find("retry:").expect("the next key");
    let platform = format!("{}{STATUS}{}", &PLATFORM[..start], &PLATFORM[end..]);
    assert_eq!(
        findings(
            [&platform, &platform],
            [
                "response: {code: {type: Number}, data: {type: Number}}\n",
                "response: {code: {type: String}, data: {type: Number}}\n"
            ]
        ),
        ["response.code.type resp-type-widened unaffected depends"]
    );
}

#[test]
fn members_of_a_json_value_have_types_but_are_not_the_object_around_them() {
    let fields = |member: &str| {
        format!(
            "response: {{whole: {{type: Whole, fields: {{text: {{type: String, fields: {{part: {{type: {member}}}}}}}}}}}}}\n"
        )
    };
    let change = |old: &str, new: &str| {
        let fields = [old, new].map(fields);
        findings([PLATFORM, PLATFORM], [&fields[0], &fields[1]])
    };
    let path = "response.whole.fields.text.fields.part.type";
    assert_eq!(change("Number", "String"), [format!("{path} resp-type-widened unaffected depends")]);
    // Nothing of the crate is boxed there.
    assert_eq!(change("Part", "Whole"), [format!("{path} resp-type-word unaffected works")]);
}
