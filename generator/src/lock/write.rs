//! Names as the text of the next lock: one line for each name, sorted, so that a page that only changes its order changes
//! nothing here. Git shows the line of the API above each hunk.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::types::VALUES;
use crate::model::{Arity, Endpoint, Family, Field, Item, Model, Origin, Platform, Side};
use crate::names::{EndpointNames, FamilyNames, FieldNames, Names, SideNames};
use crate::parallel;

/// The first line of a lock.
pub(super) const HEAD: &str = "# Rust names that callers use, and that stay: see specs/README.md. Written by `apograph generate`, reviewed like code.\n";

/// The version of the format, on a line of its own.
pub(super) const VERSION: &str = "lock 1";

/// The mark behind every tombstone.
pub(super) const REMOVED_MARK: &str = "removed";

/// Returns the text of the lock that keeps these names.
#[must_use]
pub fn text(model: &Model, names: &Names) -> String {
    text_around(model, names, &BTreeMap::new())
}

/// The texts of APIs in a lock, by platform and API.
pub(crate) type Blocks<'a> = BTreeMap<(&'a str, &'a str), &'a str>;

/// Returns the texts of the APIs in a lock that [`text`] has written.
pub(crate) fn blocks(text: &str) -> Blocks<'_> {
    let starts = text.match_indices("\n\n").map(|(at, _)| at + 1);
    let ends = starts.clone().skip(1).chain([text.len()]);
    let blocks = starts.zip(ends).filter_map(|(start, end)| {
        let block = text.get(start..end)?;
        let mut words = block.lines().nth(1)?.split(' ');
        Some(((words.next()?, words.next()?), block))
    });
    blocks.collect()
}

/// Returns the text of the lock that keeps these names, where the texts of some APIs are known already.
pub(crate) fn text_around(model: &Model, names: &Names, known: &Blocks<'_>) -> String {
    let mut text = format!("{HEAD}{VERSION}\n");
    for (platform, names) in model.platforms.iter().zip(&names.platforms) {
        let families = platform.families.iter().zip(&names.families);
        let endpoints = families.flat_map(|(family, family_names)| {
            let endpoints = family.endpoints.iter().zip(&family_names.endpoints);
            endpoints.map(move |(endpoint, names)| (family, family_names, endpoint, names))
        });
        let mut apis: Vec<(&str, String)> = parallel::map(endpoints, |(family, family_names, endpoint, names)| {
            let known = known.get(&(platform.name.as_str(), endpoint.api.as_str())).map(|known| (*known).to_owned());
            (endpoint.api.as_str(), known.unwrap_or_else(|| api(platform, family, family_names, endpoint, names)))
        });
        apis.sort();
        apis.iter().for_each(|(_, api)| text.push_str(api));
    }
    text
}

fn api(
    platform: &Platform,
    family: &Family,
    family_names: &FamilyNames,
    endpoint: &Endpoint,
    names: &EndpointNames,
) -> String {
    let mut text = format!("\n{} {}{}\n", platform.name, endpoint.api, removed(endpoint.origin.is_lock()));
    let features: BTreeSet<&str> = family.features().collect();
    features.iter().for_each(|feature| push(&mut text, 1, format_args!("feature {feature}")));
    push(&mut text, 1, format_args!("module {}::{}", family_names.module, names.module));
    let owner = &endpoint.origin;
    side(&mut text, ["request", names.request.as_str()], &endpoint.request, &names.request_side, owner);
    side(&mut text, ["response", names.response.as_str()], &endpoint.response, &names.response_side, owner);
    text
}

fn side(text: &mut String, [word, root]: [&str; 2], side: &Side, names: &SideNames, owner: &Origin) {
    push(text, 1, format_args!("{word} {root}"));
    fields(text, &side.root, &names.root, names, owner);
    let mut types: Vec<(&str, String)> = Vec::new();
    for (object, (name, members)) in side.objects.iter().zip(&names.objects) {
        let mut block = String::new();
        push(&mut block, 1, format_args!("{word} struct {name}{}", removed(object.origin.is_tombstone_in(owner))));
        fields(&mut block, &object.fields, members, names, &object.origin);
        types.push((name.as_str(), block));
    }
    for (set, set_names) in side.enums.iter().zip(&names.enums) {
        let mut block = String::new();
        let name = &set_names.name;
        push(
            &mut block,
            1,
            format_args!("{word} enum {name}: {}{}", set.wire.word(), removed(set.origin.is_tombstone_in(owner))),
        );
        let values = set.values.iter().zip(&set_names.variants);
        let lines = values.map(|(value, variant)| {
            format!(
                "{}{}{}",
                plain(&value.wire),
                renamed(&value.wire, variant.as_str()),
                removed(value.origin.is_tombstone_in(&set.origin))
            )
        });
        sorted(&mut block, lines.collect());
        types.push((name.as_str(), block));
    }
    types.sort();
    types.iter().for_each(|(_, block)| text.push_str(block));
}

fn fields(text: &mut String, fields: &[Field], names: &FieldNames, types: &SideNames, owner: &Origin) {
    let lines = fields.iter().zip(&names.0).map(|(field, name)| {
        let word = item(field.item, types);
        let ty = match field.arity {
            Arity::One => word.to_owned(),
            Arity::Boxed => format!("{word} boxed"),
            Arity::Many => format!("{word}[]"),
        };
        let key = field.list_key.as_deref().map(|key| format!(" in {}", plain(key))).unwrap_or_default();
        let place = field.place.map(|place| format!(" at {}", place.word())).unwrap_or_default();
        let renamed = renamed(&field.wire, name.as_str());
        format!("{}{renamed}: {ty}{key}{place}{}", plain(&field.wire), removed(field.origin.is_tombstone_in(owner)))
    });
    sorted(text, lines.collect());
}

fn sorted(text: &mut String, mut lines: Vec<String>) {
    lines.sort();
    lines.iter().for_each(|line| push(text, 2, format_args!("{line}")));
}

fn push(text: &mut String, level: usize, line: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "{:width$}{line}", "", width = 2 * level);
}

/// The word of a value, or the name of the API's own type.
fn item(item: Item, names: &SideNames) -> &str {
    match item {
        Item::Object(id) => names.object(id).as_str(),
        Item::Enum(id) => names.enumeration(id).as_str(),
        value => VALUES.iter().find(|(_, known)| *known == value).map_or("", |(word, _)| word),
    }
}

fn removed(is_tombstone: bool) -> String {
    if is_tombstone { format!(" {REMOVED_MARK}") } else { String::new() }
}

/// ` as name` if the Rust name differs from the wire name.
fn renamed(wire: &str, rust: &str) -> String {
    if wire == rust { String::new() } else { format!(" as {rust}") }
}

/// The wire name as one word, quoted if it would be ambiguous otherwise.
fn plain(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_-.$@/".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) { word.to_owned() } else { format!("{word:?}") }
}
