//! Masks the other text as the text to sign is masked, as far as both are the same.

use crate::explain::mask::mask;
use crate::explain::{SignedPart, SigningReport};

/// What two texts have in common at one end.
#[derive(Default)]
struct Shared {
    /// Length in the other text, in bytes.
    length: usize,
    /// The parts with masks, in their order.
    shown: Vec<String>,
    /// Number of parts that are the same as a whole.
    parts: usize,
}

/// Returns the other text with masks. Where it is the same as the text to sign, up to the first difference and behind the last
/// one, it has the same masks; elsewhere, secrets are found by their values.
pub(super) fn masked(report: &SigningReport, text: &str) -> String {
    let start = start(report, text);
    let rest = text.get(start.length..).unwrap_or_default();
    let end = end(report, report.signed_parts.get(start.parts..).unwrap_or_default(), rest);
    let between = rest.get(..rest.len() - end.length).unwrap_or_default();
    [start.shown.concat(), report.masks.masked(between), end.shown.concat()].concat()
}

fn start(report: &SigningReport, text: &str) -> Shared {
    let mut shared = Shared::default();
    for part in &report.signed_parts {
        let rest = text.get(shared.length..).unwrap_or_default();
        if let Some((length, shown)) = whole(part, |known| rest.starts_with(known)) {
            shared.shown.push(shown);
            shared.length += length;
            shared.parts += 1;
            continue;
        }
        if part.mask.is_none() {
            let same = part.text.chars().zip(rest.chars()).take_while(|(part, rest)| part == rest);
            let same: usize = same.map(|(char, _)| char.len_utf8()).sum();
            // A secret that begins in front of the difference is masked as a whole.
            let same = report.masks.around(rest, same).map_or(same, |secret| secret.start);
            shared.shown.push(rest.get(..same).unwrap_or_default().to_owned());
            shared.length += same;
        }
        break;
    }
    shared
}

fn end(report: &SigningReport, parts: &[SignedPart], text: &str) -> Shared {
    let mut shared = Shared::default();
    for part in parts.iter().rev() {
        let rest = text.get(..text.len() - shared.length).unwrap_or_default();
        if let Some((length, shown)) = whole(part, |known| rest.ends_with(known)) {
            shared.shown.push(shown);
            shared.length += length;
            continue;
        }
        if part.mask.is_none() {
            let same = part.text.chars().rev().zip(rest.chars().rev()).take_while(|(part, rest)| part == rest);
            let same: usize = same.map(|(char, _)| char.len_utf8()).sum();
            let from = rest.len() - same;
            let from = report.masks.around(rest, from).map_or(from, |secret| secret.end);
            shared.shown.push(rest.get(from..).unwrap_or_default().to_owned());
            shared.length += rest.len() - from;
        }
        break;
    }
    shared.shown.reverse();
    shared
}

/// Returns the length in the other text, and how it is shown, if the other text has the whole part or its mask.
fn whole(part: &SignedPart, has: impl Fn(&str) -> bool) -> Option<(usize, String)> {
    let mask = part.mask.as_deref().map(mask);
    let shown = mask.clone().unwrap_or_else(|| part.text.as_str().to_owned());
    let mut forms = [Some(part.text.as_str()), mask.as_deref()].into_iter().flatten();
    forms.find(|form| has(form)).map(|form| (form.len(), shown))
}
