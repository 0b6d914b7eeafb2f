//! Paths of APIs: the placeholders in them, and the names that they make.

use std::collections::BTreeSet;

use super::field::Field;
use crate::spec::MOST_FIELDS;
use crate::terms::{About, Note, Required};

/// The name of the placeholder that a segment of a path is.
pub(crate) fn placeholder(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// The names of a path's placeholders.
pub(crate) fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(placeholder)
}

/// The name that a path makes: its segments with dots between, placeholders left out.
pub(crate) fn api_name(path: &str) -> Option<String> {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let named: Vec<&str> =
        path.split('/').filter(|segment| !segment.is_empty() && !segment.contains(['{', '}'])).collect();
    (named.len() > 1 && named.iter().all(|segment| segment.chars().all(is_sign))).then(|| named.join("."))
}

/// Puts the steps into braces that represent a value, although the page does not mark them, as in `/crates/CRATE_ID`: steps in capitals that
/// have the name of a field. Returns `None` if the path has no such step, otherwise the path and why it is in doubt.
pub(crate) fn mark_placeholders(path: &str, fields: &[Field]) -> Option<(String, Note)> {
    let is_sign = |c: char| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit();
    let is_value = |step: &&str| step.len() > 2 && step.contains('_') && step.chars().all(is_sign);
    let is_field = |step: &str| fields.iter().any(|field| field.name == step);
    let steps = || path.split('/').filter(is_value);
    let note = if steps().any(is_field) { Note::Derived } else { Note::Ambiguous };
    let mark = |step: &str| match is_value(&step) && is_field(step) {
        true => format!("{{{step}}}"),
        false => step.to_owned(),
    };
    steps().next()?;
    Some((path.split('/').map(mark).collect::<Vec<_>>().join("/"), note))
}

/// Makes whole steps of placeholders within steps, as in `/v{version}/crates`, which transcripts cannot have: the value if the page has
/// an example of it, otherwise a placeholder. Returns `None` if the path has no such step.
pub(crate) fn whole_steps(path: &str, fields: &mut Vec<Field>) -> Option<String> {
    let is_part =
        |step: &str| step.contains(['{', '}']) && placeholder(step).is_none_or(|name| name.contains(['{', '}']));
    if !path.split('/').any(is_part) {
        return None;
    }
    let is_plain = |value: &&str| !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
    let mut steps: Vec<String> = Vec::new();
    for step in path.split('/') {
        let parts = step.split_once('{').filter(|_| is_part(step));
        let Some((before, (name, behind))) = parts.and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        else {
            steps.push(if is_part(step) { step.replace(['{', '}'], "") } else { step.to_owned() });
            continue;
        };
        let field = fields.iter().position(|field| field.name == name);
        let value = field.and_then(|at| fields.get(at)).and_then(|field| field.example.as_deref()).filter(is_plain);
        match value.filter(|_| !behind.contains(['{', '}'])) {
            Some(value) => {
                steps.push(format!("{before}{value}{behind}"));
                fields.retain(|field| field.name != name);
            }
            None => steps.push(format!("{{{name}}}")),
        }
    }
    Some(steps.join("/"))
}

/// Adds a field for every placeholder of a path that has none. A field that has no mark is required.
pub(crate) fn add_placeholders(path: &str, fields: &mut Vec<Field>) {
    let names: BTreeSet<&str> = placeholders(path).take(MOST_FIELDS + 1).collect();
    let is_unmarked = |field: &&mut Field| field.required == Required::Unknown && names.contains(field.name.as_str());
    for field in fields.iter_mut().filter(is_unmarked) {
        field.required = Required::Yes;
        field.doubts.retain(|(about, _)| *about != About::Required);
        field.doubt(About::Required, Note::Derived);
    }
    let mut known: BTreeSet<String> = fields.iter().map(|field| field.name.clone()).collect();
    for name in placeholders(path).take(MOST_FIELDS + 1).filter(|name| known.insert((*name).to_owned())) {
        let mut field = Field { name: name.to_owned(), type_word: "String".to_owned(), ..Field::default() };
        field.required = Required::Yes;
        field.doubt(About::Type, Note::Derived);
        field.doubt(About::Required, Note::Derived);
        fields.push(field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_paths_without_placeholders() {
        assert_eq!(api_name("/depot/crate/{crateId}").as_deref(), Some("depot.crate"));
        assert_eq!(api_name("/v3/cc/crate/send").as_deref(), Some("v3.cc.crate.send"));
        assert_eq!((api_name("/depot"), api_name("/a b/c")), (None, None));
    }

    #[test]
    fn steps_are_whole() {
        let field = |name: &str, example: Option<&str>| Field {
            name: name.to_owned(),
            example: example.map(str::to_owned),
            ..Field::default()
        };
        let mut fields = vec![field("version", Some("1")), field("no", None)];
        let whole = whole_steps("/v{version}/crates/c-{no}/{tag}/{a}{b}", &mut fields);
        assert_eq!(whole.as_deref(), Some("/v1/crates/{no}/{tag}/{a}"));
        assert_eq!(fields, [field("no", None)]);
        assert_eq!(whole_steps("/v1/crates/{no}", &mut fields), None);
    }
}
