//! Inserts families into the text of a platform file: everything that is in the file already stays, byte for byte.
//!
//! The new text is parsed again and must contain what the old one did, and the families. Otherwise it is not used.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{FamilySpec, PlatformSpec};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::tree::{Content, Entry, Node};
use crate::source::{FileId, Place, Sources, SpecPath};

/// Columns of a line of a family that is the first one.
const INDENT: usize = 2;

/// Returns the text of a platform file in which these families are declared behind the others: name → prefix. A family that
/// the file declares already is left out.
///
/// # Errors
///
/// A finding about the place where they cannot be inserted.
pub fn declare_families(
    file: FileId,
    spec: &PlatformSpec,
    families: &BTreeMap<String, String>,
    sources: &Sources,
) -> Result<String, Box<Diagnostic>> {
    let text = sources.text(file);
    let new = families.iter().filter(|(name, _)| spec.families.get(name).is_none());
    let new: Vec<(&str, &str)> = new.map(|(name, prefix)| (name.as_str(), prefix.as_str())).collect();
    if new.is_empty() {
        return Ok(text.to_owned());
    }
    let lines: Vec<String> = new.iter().map(|(name, prefix)| line(name, prefix)).collect();
    let root = sources.tree(file).and_then(|tree| tree.root.as_ref());
    let edited = root.and_then(|root| Some(Insertion::new(text, root)?.insert(text, &lines)));
    edited.filter(|edited| is_extended(edited, spec, &new)).ok_or_else(|| {
        let place = Place::key(file, SpecPath::root().key("families"));
        let message = "the families cannot be inserted into this file without changing its other lines";
        let lines = lines.iter().map(|line| format!("  {line}\n")).collect::<String>();
        let help = format!("write `families` as a block, or add them yourself:\n{}", lines.trim_end());
        Box::new(Diagnostic::new(Code::CannotDeclare, place, message).help(help))
    })
}

/// Whether a text declares what a platform file declared, and these families.
fn is_extended(text: &str, before: &PlatformSpec, new: &[(&str, &str)]) -> bool {
    let mut expected = before.clone();
    for (name, prefix) in new {
        let family = FamilySpec { title: (*name).to_owned(), prefixes: vec![(*prefix).to_owned()] };
        expected.families.insert(*name, family);
    }
    let found = super::load_platform("platform.yaml", text.to_owned(), &mut Sources::new(), &mut Diagnostics::new());
    found == Some(expected)
}

/// `alsc: {title: alsc, prefixes: [alibaba.alsc]}`
fn line(name: &str, prefix: &str) -> String {
    let [name, prefix] = [name, prefix].map(quoted_if_needed);
    format!("{name}: {{title: {name}, prefixes: [{prefix}]}}")
}

/// Quotes a word that YAML does not read as this text: `null`, `1.2`.
fn quoted_if_needed(word: &str) -> String {
    let is_text = matches!(serde_yaml::from_str(word), Ok(serde_yaml::Value::String(text)) if text == word);
    if is_text { word.to_owned() } else { format!("'{}'", word.replace('\'', "''")) }
}

/// Where the families are inserted, and in which form.
struct Insertion {
    at: usize,
    /// What comes before all of them.
    before: String,
    /// What comes before each line.
    lead: String,
    /// What separates two lines.
    between: String,
    /// What comes after all of them.
    after: String,
}

impl Insertion {
    fn new(text: &str, root: &Node) -> Option<Self> {
        let Content::Mapping(entries) = &root.content else { return None };
        let Some(families) = entries.iter().find(|entry| entry.key == "families") else {
            return Self::of_key(text, entries.iter().find(|entry| entry.key == "request")?);
        };
        let is_flow = text.get(families.value.span.start..)?.starts_with('{');
        match &families.value.content {
            Content::Mapping(known) if is_flow => Self::in_flow(text, &families.value, known.last()),
            Content::Mapping(known) => Self::behind(text, known.last()?, true),
            Content::Scalar { text: value, plain: true } if value.is_empty() => Self::behind(text, families, false),
            _ => None,
        }
    }

    /// The key itself, in front of the key `request` and the comments above it.
    fn of_key(text: &str, request: &Entry) -> Option<Self> {
        let mut at = line_start(text, request.key_span.start);
        let lead = indentation(text, at..request.key_span.start)?;
        while let Some(above) = text.get(..at)?.strip_suffix('\n').map(|above| line_start(text, above.len())) {
            if !text.get(above..at)?.trim_start().starts_with('#') {
                break;
            }
            at = above;
        }
        let end = line_end(text);
        let before = format!("{lead}families:{end}");
        let lead = format!("{lead}{:INDENT$}", "");
        Some(Self { at, before, lead, between: end.to_owned(), after: end.to_owned() })
    }

    /// In the lines below an entry: beside it, or one level deeper.
    fn behind(text: &str, entry: &Entry, is_beside: bool) -> Option<Self> {
        let start = line_start(text, entry.key_span.start);
        let mut lead = indentation(text, start..entry.key_span.start)?.to_owned();
        if !is_beside {
            lead.push_str(&" ".repeat(INDENT));
        }
        let last = end_of(text, &entry.value)?.max(entry.key_span.end);
        let end = line_end(text);
        let rest = text.get(last..)?;
        let (at, before, after) = match rest.find('\n') {
            // A block of text ends with its line.
            _ if text.get(..last)?.ends_with('\n') => (last, "", end),
            Some(length) => (last + length + 1, "", end),
            None => (text.len(), end, ""),
        };
        let [before, after, between] = [before, after, end].map(str::to_owned);
        Some(Self { at, before, lead, between, after })
    }

    /// Within braces: one per line, unless the known ones share a line.
    fn in_flow(text: &str, families: &Node, last: Option<&Entry>) -> Option<Self> {
        let end = line_end(text);
        let Some(last) = last else {
            let lead = " ".repeat(2 * INDENT);
            let [before, after] = [end.to_owned(), format!("{end}{:INDENT$}", "")];
            return Some(Self { at: families.span.start + 1, before, lead, between: format!(",{end}"), after });
        };
        let own_line = indentation(text, line_start(text, last.key_span.start)..last.key_span.start);
        let (lead, between) = match own_line {
            Some(lead) => (lead.to_owned(), format!(",{end}")),
            None => (String::new(), ", ".to_owned()),
        };
        let at = end_of(text, &last.value)?;
        Some(Self { at, before: between.clone(), lead, between, after: String::new() })
    }

    fn insert(&self, text: &str, lines: &[String]) -> String {
        let (head, tail) = text.split_at_checked(self.at).unwrap_or((text, ""));
        let lines: Vec<String> = lines.iter().map(|line| format!("{}{line}", self.lead)).collect();
        [head, &self.before, &lines.join(&self.between), &self.after, tail].concat()
    }
}

/// Returns the end of a value, with the brackets around it.
fn end_of(text: &str, node: &Node) -> Option<usize> {
    let last = match &node.content {
        Content::Mapping(entries) => entries.last().map(|entry| &entry.value),
        Content::List(items) => items.last(),
        Content::Scalar { .. } | Content::Alias => return Some(node.span.end),
    };
    let close = match text.get(node.span.start..)?.chars().next()? {
        '{' => Some('}'),
        '[' => Some(']'),
        _ => None,
    };
    let end = match last {
        Some(last) => end_of(text, last)?,
        None => node.span.start + usize::from(close.is_some()),
    };
    match close {
        None => Some(end),
        Some(close) => closing(text, end, close),
    }
}

/// Returns the position behind the closing bracket, if only blanks, commas and comments come before it.
fn closing(text: &str, from: usize, close: char) -> Option<usize> {
    let mut in_comment = false;
    for (at, c) in text.get(from..)?.char_indices() {
        match c {
            '\n' => in_comment = false,
            _ if in_comment => {}
            '#' => in_comment = true,
            ',' | ' ' | '\t' | '\r' => {}
            _ => return (c == close).then_some(from + at + close.len_utf8()),
        }
    }
    None
}

/// The line breaks of a file.
fn line_end(text: &str) -> &'static str {
    if text.split_once('\n').is_some_and(|(first, _)| first.ends_with('\r')) { "\r\n" } else { "\n" }
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

/// Returns the blanks in a range. `None` if there is anything else.
fn indentation(text: &str, range: Range<usize>) -> Option<&str> {
    text.get(range).filter(|blanks| blanks.chars().all(|c| c == ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REST: &str = "request: {body: form, method: POST, content_type: text/plain}\nresponse:\n  lists: wrapped\n  envelope: {http: {code: c, message: m}}\n";
    const HEAD: &str = "title: A\nenvironments: {production: 'https://a.example.com'}\nsigning:\n  s: {credentials: {key: id}, let: {a: {text: '{key}'}}, place: {query: {sign: '{a}'}}, vectors: {none: invented}}\n";

    fn declared(text: &str) -> Result<String, String> {
        let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
        let spec = super::super::load_platform("p.yaml", text.to_owned(), &mut sources, &mut diagnostics);
        let spec = spec.unwrap_or_else(|| panic!("{diagnostics:?}\n{text}"));
        let file = sources.find("p.yaml").expect("the file");
        let mut families: BTreeMap<String, String> =
            ["null", "vans"].map(|name| (name.to_owned(), format!("acme.{name}"))).into();
        families.extend(spec.families.names().map(|known| (known.to_owned(), "acme.other".to_owned())));
        declare_families(file, &spec, &families, &sources).map_err(|finding| finding.message().to_owned())
    }

    /// The lines that are inserted, with their indentation.
    fn lines(indent: &str, end: &str) -> String {
        ["'null': {title: 'null', prefixes: [acme.null]}", "vans: {title: vans, prefixes: [acme.vans]}"]
            .map(|line| format!("{indent}{line}{end}"))
            .concat()
    }

    #[test]
    fn every_other_byte_stays() {
        let cases = [
            // No key, below comments that belong to the next one.
            ("", String::new()),
            ("families:\n", format!("families:\n{}", lines("  ", "\n"))),
            ("families:   # none yet\n", format!("families:   # none yet\n{}", lines("  ", "\n"))),
            ("families: {}\n", format!("families: {{\n{}\n  }}\n", lines("    ", ",\n").trim_end_matches(",\n"))),
            (
                "families: {known: {title: K, prefixes: [k, ]}, } # one\n",
                format!(
                    "families: {{known: {{title: K, prefixes: [k, ]}}, {}, }} # one\n",
                    lines("", ", ").trim_end_matches(", ")
                ),
            ),
            (
                "families: {\n    known: {title: K, prefixes: [k]} # one\n  }\n",
                format!(
                    "families: {{\n    known: {{title: K, prefixes: [k]}},\n{} # one\n  }}\n",
                    lines("    ", ",\n").trim_end_matches(",\n")
                ),
            ),
            (
                "families:\n    # first\n    known: {title: K, prefixes: [k]}   # one\n    # last\n",
                format!(
                    "families:\n    # first\n    known: {{title: K, prefixes: [k]}}   # one\n{}    # last\n",
                    lines("    ", "\n")
                ),
            ),
            (
                "families:\n  known:\n    title: \"K\"\n    prefixes:\n    - k   # one\n",
                format!("families:\n  known:\n    title: \"K\"\n    prefixes:\n    - k   # one\n{}", lines("  ", "\n")),
            ),
            (
                "families:\n  known:\n    prefixes: [k]\n    title: |\n      K\n\n",
                format!("families:\n  known:\n    prefixes: [k]\n    title: |\n      K\n\n{}", lines("  ", "\n")),
            ),
        ];
        for (families, expected) in cases {
            let expected = if families.is_empty() { format!("families:\n{}", lines("  ", "\n")) } else { expected };
            let known = |text: &str| format!("{HEAD}{text}# about requests\n{REST}");
            assert_eq!(declared(&known(families)), Ok(known(&expected)), "{families}");
            // Other line breaks stay, too.
            let [text, expected] = [families, &expected].map(|text| known(text).replace('\n', "\r\n"));
            assert_eq!(declared(&text), Ok(expected), "{families}");
        }
        // The last line may have no line break.
        let text = format!("{HEAD}{REST}{}", "families:\n  known: {title: K, prefixes: [k]}");
        let expected = format!("{text}\n{}", lines("  ", "\n").trim_end());
        assert_eq!(declared(&text), Ok(expected));
    }

    #[test]
    fn what_cannot_be_extended_is_reported() {
        let flow = format!(
            "{{title: A, environments: {{p: 'https://a.example.com'}}, {}}}",
            "signing: {s: {credentials: {key: id}, let: {a: {text: '{key}'}}, place: {query: {sign: '{a}'}}, vectors: {none: invented}}}, request: {body: form, method: POST, content_type: text/plain}, response: {lists: wrapped, envelope: {http: {code: c, message: m}}}"
        );
        let found = declared(&flow);
        assert!(found.as_ref().is_err_and(|message| message.contains("cannot be inserted")), "{found:?}");
    }
}
