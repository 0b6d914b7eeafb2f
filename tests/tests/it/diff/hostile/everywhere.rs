//! One pair of specs that has the same value in every free place at once, names and the texts around them included.

use apograph::source::SpecPath;
use apograph_tests::folder::Texts;

use super::spots::quoted;

/// A transcript. `«v»` is the value, `«v x»` the value and a word, `«n x»` the same as a name, which has no control characters. The words of a description are a sentence of their
/// own, so that the value's signs do not change the facts in them.
const BEFORE: &str = "api: acme.depot.crate.send
title: «v»
description: «v»
category: «v»
session: none
source: {page: 'https://docs.example.com/a', layout: top-text, sha256: 0000000000000000000000000000000000000000000000000000000000000000}
request:
  «n a»: {type: String, required: true, default: «v», example: «v», description: «v»}
  «n b»:
    type: Order
    description: «v»
    fields:
      «n c»: {type: String, description: «v。 one»}
      «n d»: {type: String, description: «v»}
  «n e»: {type: String, description: What stands on the lid}
  «n f»: {type: String, description: «v»}
response:
  «n a»: {type: String, description: «v»}
  «n b»: {type: Boolean, description: Whether it left}
errors:
- {code: «v», message: «v», solution: «v»}
statuses: {«v»: «v»}
samples: {request_json: «v», response_json: «v»}
";

const FIX: &str =
    "- {at: AT, now: {«v»: {name: Apple, doc: «v»}, «v b»: {name: Pear}}, why: «v», link: 'https://example.com'}
- {at: deprecated, now: «v», why: «v»}
";

/// What the new revision has instead: every kind of finding with values in it.
const CHANGES: &[(&str, &str)] = &[
    ("title: «v»", "title: «v。 two»"),
    ("description: «v»\ncategory: «v»", "description: «v。 at most 5»\ncategory: «v two»"),
    ("docs.example.com/a", "docs.example.com/b"),
    (
        "default: «v», example: «v», description: «v»",
        "default: «v two», example: «v two», description: «v。 at most 5»",
    ),
    ("    type: Order\n    description: «v»", "    type: Order\n    description: «v。 deprecated»"),
    ("description: «v。 one»", "description: «v。 at most 5»"),
    ("      «n d»: {type: String, description: «v»}\n", "      «n d»: {type: Number, description: «v»}\n"),
    ("  «n e»:", "  «n g»:"),
    ("  «n b»: {type: Boolean", "  «n h»: {type: Boolean"),
    ("message: «v», solution: «v»", "message: «v two», solution: «v two»"),
    ("statuses: {«v»: «v»}", "statuses: {«v»: «v at most 5», «v two»: «v»}"),
    ("request_json: «v»", "request_json: «v two»"),
];

const FIX_CHANGES: &[(&str, &str)] =
    &[("doc: «v»}", "doc: «v two»}"), ("«v b»: {name: Pear}", "«v c»: {name: «v a»}"), ("now: «v»", "now: «v two»")];

/// Files beside the transcript.
const OTHERS: &[(&str, &[(&str, &str)])] = &[
    (
        "acme/platform.yaml",
        &[
            ("title: Acme", "title: «v»"),
            ("{title: Depots", "{title: «v»"),
            // A fixed value may have no braces.
            ("query: {method: '{api}'}", "query: {method: '{api}', «v»: fixed}"),
            ("codes: ['7']", "codes: ['7', «v»]"),
            ("vectors: {none: an invented platform has no published answers}", "vectors: {none: «v»}"),
        ],
    ),
    ("crate.yaml", &[("description: Invented APIs", "description: «v»")]),
];

/// Returns both sides with a value everywhere.
pub(super) fn sides(value: &str, base: &Texts) -> [Texts; 2] {
    let at = quoted(&SpecPath::root().key("request").key(format!("{} f", name(value))).key("values").to_string());
    let fix = |text: &str| filled(&text.replace("AT", &at), value);
    let mut after = base.clone();
    for (path, changes) in OTHERS {
        after.entry((*path).to_owned()).and_modify(|text| *text = filled(&changed(text, changes), value));
    }
    let mut before = base.clone();
    for (side, transcript, fixes) in [
        (&mut before, BEFORE.to_owned(), FIX.to_owned()),
        (&mut after, changed(BEFORE, CHANGES), changed(FIX, FIX_CHANGES)),
    ] {
        side.insert("acme/depot/crate_send.yaml".to_owned(), filled(&transcript, value));
        side.insert("acme/depot/crate_send.fix.yaml".to_owned(), fix(&fixes));
    }
    [before, after]
}

fn changed(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

/// Fills in the value, quoted for YAML.
fn filled(text: &str, value: &str) -> String {
    let mut parts = text.split('«');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((inside, rest)) = part.split_once('»') else {
            filled.push_str(&format!("«{part}"));
            continue;
        };
        match (inside.strip_prefix('v'), inside.strip_prefix('n')) {
            (Some(word), _) => filled.push_str(&(quoted(&format!("{value}{word}")) + rest)),
            (_, Some(word)) => filled.push_str(&(quoted(&format!("{}{word}", name(value))) + rest)),
            _ => filled.push_str(&format!("«{part}")),
        }
    }
    filled
}

/// The value without the characters that names cannot contain.
fn name(value: &str) -> String {
    value.replace(char::is_control, "?")
}
