//! Every place of a YAML file that holds a text, and the file with another text there.

use serde_yaml::Value;

/// One step down.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Step {
    Entry(usize),
    Item(usize),
    /// The key of an entry itself.
    KeyOf(usize),
}

/// A place in a file.
pub(super) type Spot = Vec<Step>;

/// Returns the places of all texts, keys included.
pub(super) fn spots(file: &Value) -> Vec<Spot> {
    let mut found = Vec::new();
    collect(file, &[], &mut found);
    found
}

fn collect(value: &Value, above: &[Step], to: &mut Vec<Spot>) {
    let step = |step: Step| [above, &[step]].concat();
    match value {
        Value::Mapping(entries) => {
            for (index, (_, value)) in entries.iter().enumerate() {
                to.push(step(Step::KeyOf(index)));
                collect(value, &step(Step::Entry(index)), to);
            }
        }
        Value::Sequence(items) => {
            items.iter().enumerate().for_each(|(index, value)| collect(value, &step(Step::Item(index)), to));
        }
        Value::String(_) => to.push(above.to_vec()),
        _ => {}
    }
}

/// Returns the text at a place.
pub(super) fn text_at<'f>(file: &'f Value, spot: &[Step]) -> Option<&'f str> {
    let mut value = file;
    for step in spot {
        value = match (value, step) {
            (Value::Mapping(entries), Step::KeyOf(index)) => entries.iter().nth(*index)?.0,
            (Value::Mapping(entries), Step::Entry(index)) => entries.iter().nth(*index)?.1,
            (Value::Sequence(items), Step::Item(index)) => items.get(*index)?,
            _ => return None,
        };
    }
    value.as_str()
}

/// Returns the file with another text at a place.
pub(super) fn with(text: &str, spot: &[Step], other: &str) -> String {
    let (mut out, mut value) = (String::new(), parse(text));
    replace(&mut value, spot, other);
    write(&value, &mut out);
    out.push('\n');
    out
}

/// Parses a file.
pub(super) fn parse(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn replace(value: &mut Value, spot: &[Step], other: &str) {
    let Some((first, rest)) = spot.split_first() else {
        *value = Value::String(other.to_owned());
        return;
    };
    let inner = match (value, first) {
        (Value::Mapping(entries), Step::KeyOf(at)) => {
            let renamed = |(index, (key, value))| (if index == *at { Value::from(other) } else { key }, value);
            *entries = std::mem::take(entries).into_iter().enumerate().map(renamed).collect();
            return;
        }
        (Value::Mapping(entries), Step::Entry(at)) => entries.iter_mut().nth(*at).map(|(_, value)| value),
        (Value::Sequence(items), Step::Item(at)) => items.get_mut(*at),
        _ => None,
    };
    replace(inner.expect("a place of this file"), rest, other);
}

/// Writes a value with every text in double quotes, in which YAML allows any character as an escape.
fn write(value: &Value, to: &mut String) {
    match value {
        Value::Mapping(entries) => {
            to.push_str("{\n");
            for (key, value) in entries {
                write(key, to);
                to.push_str(": ");
                write(value, to);
                to.push_str(",\n");
            }
            to.push('}');
        }
        Value::Sequence(items) => {
            to.push_str("[\n");
            for value in items {
                write(value, to);
                to.push_str(",\n");
            }
            to.push(']');
        }
        Value::String(text) => to.push_str(&quoted(text)),
        other => to.push_str(serde_yaml::to_string(other).expect("a scalar").trim_end()),
    }
}

/// Quotes a text for YAML.
pub(super) fn quoted(text: &str) -> String {
    let escaped = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_ascii_graphic() || c == ' ' || c.is_alphanumeric() && !super::values::is_hidden(c) => c.to_string(),
        c => format!("\\U{:08X}", u32::from(c)),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}
