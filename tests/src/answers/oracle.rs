//! Where every value of an answer went.

use std::collections::BTreeMap;

use apograph_runtime::{CoercionKind, Coercions};

use super::node::{LONE, Leaf, Node, marks_of};

/// A decoded answer, as far as the oracle needs it.
#[derive(Debug)]
pub struct Decoded {
    /// The value, as `to_json` writes it.
    pub json: String,
    /// Metadata, with the names that its member may have.
    pub metadata: Vec<(&'static [&'static str], String)>,
    /// What was counted.
    pub coercions: Coercions,
}

/// Checks that each of `leaves` is in the decoded answer under its own name, or that its loss is counted.
///
/// # Errors
///
/// What was lost or misplaced.
pub fn check(leaves: &[Leaf], decoded: &Decoded) -> Result<(), String> {
    let output = Node::parse(&decoded.json).leaves();
    let values = output.iter().map(|leaf| Place { text: &leaf.text, home: Home::Below(&leaf.names) });
    let metadata = decoded.metadata.iter().map(|(names, text)| Place { text, home: Home::Named(names) });
    let places: Vec<Place<'_>> = values.chain(metadata).collect();
    let mut by_mark: BTreeMap<&str, Vec<&Place<'_>>> = BTreeMap::new();
    for place in &places {
        marks_of(place.text).for_each(|mark| by_mark.entry(mark).or_default().push(place));
    }
    leaves.iter().try_for_each(|leaf| {
        let (is_kept, is_loss): (bool, fn(CoercionKind) -> bool) = match marks_of(&leaf.text).next() {
            Some(mark) => {
                let own = by_mark.get(mark).map_or(&[][..], Vec::as_slice);
                if !own.iter().all(|place| place.home.is_of(leaf)) {
                    return Err(format!("`{}` at {:?} is in the wrong place", leaf.text, leaf.names));
                }
                (!own.is_empty(), is_loss)
            }
            // Not unique: some value under this name must be equal.
            None => {
                let is_kept = |place: &Place<'_>| place.home.is_of(leaf) && is_equal(&leaf.text, place.text);
                (places.iter().any(is_kept), is_loss_or_other)
            }
        };
        if is_kept || is_counted(leaf, &decoded.coercions, is_loss) {
            return Ok(());
        }
        Err(format!("`{}` at {:?} is lost, and nothing counts it", leaf.text, leaf.names))
    })
}

/// A text that was decoded.
struct Place<'a> {
    text: &'a str,
    home: Home<'a>,
}

/// Which values of an answer a decoded text may come from.
enum Home<'a> {
    /// Those below these names, in this order.
    Below(&'a [String]),
    /// Those below any of these names.
    Named(&'a [&'a str]),
}

impl Home<'_> {
    fn is_of(&self, leaf: &Leaf) -> bool {
        match self {
            Self::Below(names) => is_subsequence(names, &leaf.names),
            Self::Named(names) => leaf.names.iter().any(|name| names.contains(&name.as_str())),
        }
    }
}

/// Whether a text of the decoded value has the content of a scalar that is not unique.
fn is_equal(scalar: &str, place: &str) -> bool {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    let same_number = || number(scalar).is_some_and(|one| number(place) == Some(one));
    // A text may contain the JSON of several values, where some characters are escapes.
    let is_escaped = |char: char| char.is_control() || matches!(char, LONE | '\\' | '"');
    let is_inside = || match scalar {
        "" => place.replace('\\', "").contains("\"\""),
        _ => scalar.split(is_escaped).all(|part| place.contains(part)),
    };
    place == scalar || is_inside() || same_number()
}

/// Kinds that mean that a value is not in the decoded object.
fn is_loss(kind: CoercionKind) -> bool {
    use CoercionKind::{Duplicate, EmptyText, Misfit, TooDeep, UnknownField};
    matches!(kind, Duplicate | EmptyText | Misfit | TooDeep | UnknownField)
}

/// Also kinds that replace a scalar which is not unique: by a boolean, or by the empty value that it contains as JSON.
fn is_loss_or_other(kind: CoercionKind) -> bool {
    use CoercionKind::{NumberAsBoolean, TextAsBoolean, TextAsJson};
    is_loss(kind) || matches!(kind, NumberAsBoolean | TextAsBoolean | TextAsJson)
}

/// Whether a coercion of the wanted kinds is at the value or above it.
fn is_counted(leaf: &Leaf, coercions: &Coercions, is_wanted: fn(CoercionKind) -> bool) -> bool {
    let steps: Vec<String> = leaf.names.iter().map(|name| step(name)).collect();
    coercions.dropped() > 0
        || coercions
            .iter()
            .any(|coercion| is_wanted(coercion.kind()) && is_subsequence(&split(coercion.path()), &steps))
}

/// Whether `part` is `whole` without some of its items: paths lack the names of envelopes and lists.
fn is_subsequence(part: &[String], whole: &[String]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|item| rest.any(|other| other == item))
}

/// A name as paths of coercions contain it.
fn step(name: &str) -> String {
    let is_plain = !name.is_empty() && !name.chars().any(|char| ".[]\"".contains(char) || char.is_control());
    let text = if is_plain { name.to_owned() } else { name.escape_debug().to_string() };
    let mut short: String = text.chars().take(64).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    if is_plain { short } else { format!("[\"{short}\"]") }
}

/// The steps of a path, without those into lists.
fn split(path: &str) -> Vec<String> {
    let (mut steps, mut rest) = (Vec::new(), path);
    while !rest.is_empty() {
        let length = match rest.as_bytes()[0] {
            b'.' => 1,
            b'[' if rest.starts_with("[]") => 2,
            b'[' => rest.find("\"]").map_or(rest.len(), |end| end + 2),
            _ => rest.find(['.', '[']).unwrap_or(rest.len()),
        };
        let (one, after) = rest.split_at(length);
        if one != "." && one != "[]" {
            steps.push(one.to_owned());
        }
        rest = after;
    }
    steps
}
