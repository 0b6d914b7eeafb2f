//! Writes transcripts in canonical form: keys in the order of their structs, defaults left out.

use serde::Serialize;
use serde_yaml::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Place, Sources};

use super::{EndpointSpec, FixSpec, load};

/// Writes a transcript in canonical form. Parsing it returns the same spec, except for what only fixes can set.
pub fn transcript(spec: &EndpointSpec) -> String {
    yaml(spec)
}

/// Writes entries of a fix file.
pub fn fixes_text(fixes: &[FixSpec]) -> String {
    yaml(&fixes)
}

/// Writes a value as a file of the specs folder may contain it.
pub(super) fn yaml(spec: &impl Serialize) -> String {
    // Writing to memory cannot fail: every key is text, and every value can be serialized.
    let text = serde_yaml::to_string(spec).unwrap_or_default();
    if text.contains(SEPARATORS) || text.contains(BLANK_BLOCK) { with_escapes(spec, &text) } else { text }
}

/// The line breaks of YAML 1.1 that serde's writer does not escape.
const SEPARATORS: [char; 2] = ['\u{2028}', '\u{2029}'];
/// Characters that are written as escapes, and the escapes that YAML has for them.
const ESCAPES: [(char, &str); 3] = [('\u{2028}', r"\L"), ('\u{2029}', r"\P"), ('\n', r"\n")];
/// The head of a block that begins with an empty line: its text may be nothing but line breaks.
const BLANK_BLOCK: &str = "|2+\n\n";

/// Writes a spec with escapes for [`SEPARATORS`], which no file may contain, and for texts of nothing but line breaks, which
/// the two readers of a file read differently as blocks.
///
/// The writer quotes and escapes control characters. So it gets a control character for each separator, and its escape is
/// replaced afterwards. `text` is what it wrote before: an escape that occurs in it could mean something else.
fn with_escapes(spec: &impl Serialize, text: &str) -> String {
    let free = ('\u{80}'..='\u{9f}').filter(|control| *control != '\u{85}');
    let mut free = free.filter(|control| !text.contains(&escape(*control)));
    // Only a text made for it contains the escapes of all control characters; it keeps its separators, and is not read.
    let (Some(line), Some(paragraph), Some(newline)) = (free.next(), free.next(), free.next()) else {
        return text.to_owned();
    };
    let stand_ins = [line, paragraph, newline];
    let mut value = serde_yaml::to_value(spec).unwrap_or_default();
    replace(&mut value, &|text| {
        let is_blank = text.chars().all(|c| c == '\n');
        let escaped = ESCAPES.iter().zip(stand_ins).filter(|((from, _), _)| *from != '\n' || is_blank);
        escaped.fold(text.to_owned(), |text, ((from, _), to)| text.replace(*from, &to.to_string()))
    });
    let written = serde_yaml::to_string(&value).unwrap_or_default();
    stand_ins.iter().zip(ESCAPES).fold(written, |text, (from, (_, to))| text.replace(&escape(*from), to))
}

/// The escape of a control character that serde's writer uses.
fn escape(control: char) -> String {
    format!("\\x{:02X}", u32::from(control))
}

/// Replaces every text in a value.
fn replace(value: &mut Value, with: &dyn Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = with(text),
        Value::Sequence(items) => items.iter_mut().for_each(|item| replace(item, with)),
        Value::Mapping(entries) => {
            let old = std::mem::take(entries);
            entries.extend(old.into_iter().map(|(mut key, mut value)| {
                replace(&mut key, with);
                replace(&mut value, with);
                (key, value)
            }));
        }
        _ => {}
    }
}

/// Returns the canonical text of a transcript. Reports why if rewriting would lose something, and returns `None`.
pub fn fmt(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<String> {
    let spec = load::transcript(file, sources, diagnostics)?;
    let comments = sources.tree(file).map_or(&[][..], |tree| &tree.comments);
    for comment in comments {
        let place = Place::bytes(file, comment.clone());
        let message = "rewriting this transcript would lose the comment";
        diagnostics
            .push(Diagnostic::new(Code::Comments, place, message).help("move it to the `why` of a fix, or remove it"));
    }
    comments.is_empty().then(|| transcript(&spec))
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;

    use super::*;
    use crate::source::tree::Tree;
    use crate::source::{Segment, SpecPath};
    use crate::spec::{DoubtSpec, Entries, ErrorSpec, FieldSpec, SourceSpec};
    use crate::terms::{About, HttpMethod, Layout, Note, Required, SessionNeed};

    fn is_read_alike(text: &str) -> bool {
        crate::yaml::disagreement(text, &Tree::read(text)).is_none()
    }

    /// Texts as pages have them, and such as YAML is known to trip over.
    fn any_text() -> impl Strategy<Value = String> {
        let odd = prop::sample::select(vec![
            "",
            " ",
            "~",
            "null",
            "true",
            "no",
            "0",
            "1.0",
            "0x1F",
            "007",
            "1_000",
            "-",
            "- a",
            "?",
            ":",
            "a: b",
            "a #b",
            "#",
            "&a",
            "*a",
            "!a",
            "%",
            "@",
            "`",
            "{",
            "[",
            "}",
            "]",
            ",",
            "|",
            ">",
            "'",
            "\"",
            "---",
            "...",
            "<<",
            "=",
            " a",
            "a ",
            "\ta",
            "a\t",
            "\n",
            "a\n",
            "\na",
            "\n\na\n\n",
            " \n a\n",
            "a\n b\n\n c",
            "a\r\nb",
            "\r",
            "a\n---\nb",
            "\u{feff}a",
            "a\u{85}b",
            "a\u{2028}b\u{2029}",
            "\u{1b}[31m",
            "\u{0}",
            "\u{7f}",
            "\u{a0}",
            "\u{3000}",
            "\u{202e}x",
            "保存和更新顾客",
            "😀\u{200d}👩",
            "\u{ffff}",
            "\u{10ffff}",
            "e\u{301}",
            "2001-01-01",
            "1e3",
            ".inf",
            "12:30:45",
            "a\n\tb\n",
            "\n  indented\nless\n",
            "trailing  \nspaces  \n",
            "x\n\n\n",
            "\u{a0}\n",
            "\u{2028}\na",
            "a\n\u{85}b",
            "'quoted'\n\"twice\"",
            "key: |\n  block\n",
        ])
        .prop_map(str::to_owned);
        let mixed = "[ -~\n\t顾客，。😀\u{85}\u{2028}\u{feff}\u{1}\r#:&*!|>'\"%@`]{0,40}";
        prop_oneof![odd, mixed, any::<String>(), "[a-z\n ]{0,200}", "\\PC{0,30}"]
    }

    fn any_field() -> impl Strategy<Value = FieldSpec> {
        let leaf = (
            any_text(),
            option::of(any_text()),
            option::of(any_text()),
            0..3u8,
            option::of(any::<u64>()),
            option::of(any_text()),
        )
            .prop_map(|(type_word, items, example, required, max_length, description)| FieldSpec {
                type_word,
                items,
                example,
                max_length,
                description,
                required: [Required::No, Required::Yes, Required::Unknown]
                    .get(usize::from(required))
                    .copied()
                    .unwrap_or_default(),
                ..FieldSpec::default()
            });
        leaf.prop_recursive(3, 12, 4, |inner| {
            (any_text(), vec((any_text(), inner), 0..4)).prop_map(|(type_word, fields)| FieldSpec {
                type_word,
                fields: fields.into_iter().collect(),
                ..FieldSpec::default()
            })
        })
    }

    fn any_path() -> impl Strategy<Value = SpecPath> {
        let segment = prop_oneof![any_text().prop_map(Segment::Key), (0..99usize).prop_map(Segment::Index)];
        vec(segment, 0..5).prop_map(|segments| SpecPath::root().extend(&segments))
    }

    fn any_spec() -> impl Strategy<Value = EndpointSpec> {
        let texts =
            || vec((any_text(), any_text()), 0..4).prop_map(|entries| entries.into_iter().collect::<Entries<String>>());
        let fields = || {
            vec((any_text(), any_field()), 0..4).prop_map(|fields| fields.into_iter().collect::<Entries<FieldSpec>>())
        };
        let error = (option::of(any_text()), option::of(any_text()), option::of(any_text()));
        let errors = vec(error.prop_map(|(code, message, solution)| ErrorSpec { code, message, solution }), 0..3);
        let doubts = vec(any_path().prop_map(|at| DoubtSpec { at, about: About::Type, note: Note::CellLost }), 0..3);
        (any_text(), option::of(any_text()), fields(), fields(), errors, texts(), texts(), doubts).prop_map(
            |(api, description, request, response, errors, statuses, samples, doubts)| EndpointSpec {
                request,
                response,
                errors,
                statuses,
                samples,
                doubts,
                description,
                ..plain(api)
            },
        )
    }

    fn plain(api: String) -> EndpointSpec {
        let source = SourceSpec { page: None, layout: Layout::known("top-text"), sha256: Some("0".repeat(64)) };
        let (method, session) = (Some(HttpMethod::Post), Some(SessionNeed::Optional));
        EndpointSpec { method, session, ..EndpointSpec::new(api, source) }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn reading_what_is_written_gives_the_same(spec in any_spec()) {
            let text = transcript(&spec);
            let read: EndpointSpec = serde_yaml::from_str(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
            prop_assert_eq!(&read, &spec, "{}", text);
            prop_assert_eq!(&transcript(&read), &text);
            let mut sources = Sources::new();
            let file = sources.add("a.yaml", text.clone());
            prop_assert!(is_read_alike(sources.text(file)), "{:?}", text);
        }

        #[test]
        fn a_text_survives(text in any_text()) {
            let spec = EndpointSpec { description: Some(text), ..plain("a".into()) };
            let written = transcript(&spec);
            prop_assert_eq!(serde_yaml::from_str::<EndpointSpec>(&written).ok(), Some(spec), "{}", written);
            let tree = Tree::read(&written);
            prop_assert!(tree.problems.is_empty() && tree.complete && tree.comments.is_empty(), "{:?}", tree);
        }
    }

    #[test]
    fn line_breaks_of_yaml_1_1_are_escaped_whatever_stands_beside_them() {
        for text in
            ["a\u{2028}b", "\\x80\u{2029} \u{80}", "\u{2028}\n\\L\u{2029}\n", "\u{85}\u{2028}", "'\u{2028}\"\\x81"]
        {
            let spec = EndpointSpec { description: Some(text.to_owned()), ..plain(text.to_owned()) };
            let written = transcript(&spec);
            assert!(!written.contains(['\u{85}', '\u{2028}', '\u{2029}']), "{written}");
            assert_eq!(serde_yaml::from_str::<EndpointSpec>(&written).ok(), Some(spec), "{written}");
        }
        let spec = EndpointSpec { description: Some("a\u{2028}b\u{2029}".to_owned()), ..plain("a".into()) };
        assert!(transcript(&spec).contains("description: \"a\\Lb\\P\"\n"), "{}", transcript(&spec));
    }

    #[test]
    fn both_readers_read_what_is_written() {
        const SIGNS: [char; 6] = ['\n', ' ', '\t', 'a', '#', '\u{2028}'];
        let mut texts = vec![String::new()];
        for _ in 0..3 {
            let longer = texts.iter().flat_map(|text| SIGNS.map(|sign| format!("{text}{sign}"))).collect::<Vec<_>>();
            texts.extend(longer);
            texts.sort();
            texts.dedup();
        }
        let mut failures = Vec::new();
        for text in texts {
            let fields = |text: &str| {
                let field = FieldSpec { description: Some(text.to_owned()), ..FieldSpec::default() };
                Entries::from_iter([("b".to_owned(), field)])
            };
            let outer = FieldSpec { example: Some(text.clone()), fields: fields(&text), ..FieldSpec::default() };
            let spec = EndpointSpec {
                description: Some(text.clone()),
                request: Entries::from_iter([("a".to_owned(), outer)]),
                samples: Entries::from_iter([(text.clone(), text.clone())]),
                ..plain("a".into())
            };
            let written = transcript(&spec);
            let mut sources = Sources::new();
            let file = sources.add("a.yaml", written.clone());
            let is_same = serde_yaml::from_str::<EndpointSpec>(&written).ok() == Some(spec);
            if !is_same || !is_read_alike(sources.text(file)) {
                failures.push(text);
            }
        }
        assert!(failures.is_empty(), "{} {failures:?}", failures.len());
    }

    fn formatted(text: &str) -> (Option<String>, Vec<&'static str>) {
        let mut sources = Sources::new();
        let file = sources.add("a.yaml", text);
        let mut diagnostics = Diagnostics::new();
        let text = fmt(file, &sources, &mut diagnostics);
        (text, diagnostics.iter().map(|diagnostic| diagnostic.code().id()).collect())
    }

    #[test]
    fn formatting_orders_keys_and_leaves_defaults_out() {
        let canonical = transcript(&plain("a".into()));
        let shuffled =
            "source: {sha256: '{}', layout: top-text}\nrequest: {}\nsession: optional\nmethod: POST\napi: a\n";
        assert_eq!(
            formatted(&shuffled.replace("{}'", &format!("{}'", "0".repeat(64)))),
            (Some(canonical.clone()), vec![])
        );
        assert_eq!(formatted(&canonical), (Some(canonical.clone()), vec![]));
        let hand = canonical.replace("top-text", "hand").replace(&format!("  sha256: '{}'\n", "0".repeat(64)), "");
        assert!(hand.contains("source:\n  layout: hand\n") && !hand.contains("sha256"), "{hand}");
        assert_eq!(formatted(&hand), (Some(hand.clone()), vec![]));
        assert_eq!(formatted(&canonical.replace("api:", "# why\napi:")), (None, vec!["E0113"]));
        assert_eq!(formatted(&canonical.replace("method:", "methd:")), (None, vec!["E0103"]));
    }
}
