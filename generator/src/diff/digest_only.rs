//! Transcripts that differ only in the page's digest: the page was fetched again and documents the same. A catalogue that
//! was fetched again has many of them, so they are found by comparing text, without parsing.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::source::{Place, Sources, SpecPath};

use super::{Change, Kind, Texts};

/// A transcript that differs only in its digest.
#[derive(Clone, Debug)]
pub(super) struct DigestOnly {
    pub(super) platform: String,
    pub(super) api: String,
    digests: [String; 2],
    /// Places of the digest in the old and the new revision.
    pub(super) places: [Place; 2],
}

impl DigestOnly {
    /// Returns the change that a comparison would find.
    pub(super) fn change(&self) -> Change {
        let path = SpecPath::root().key("source").key("sha256");
        let [old, new] = self.digests.clone();
        Change::new(Kind::DocRetrieved, path, Some(old), Some(new))
    }
}

/// Takes a transcript out of both revisions if it differs only in its digest and its fixes are equal.
pub(super) fn take(stem: &str, [old, new]: [&mut Texts; 2], sources: &mut Sources) -> Option<DigestOnly> {
    let (path, fixes) = (format!("{stem}.yaml"), format!("{stem}.fix.yaml"));
    let fix = new.files.get(&fixes);
    // A fix that mentions the digest has to be parsed.
    if old.files.get(&fixes) != fix || fix.is_some_and(|text| text.contains("sha256")) {
        return None;
    }
    let (before, after) = (old.files.get(&path)?, new.files.get(&path)?);
    let range = differing_digest(before, after)?;
    let api = top_level(after, "api: ")?.to_owned();
    let digests = [before, after].map(|text| text.get(range.clone()).unwrap_or_default().to_owned());
    let mut keep = |texts: &mut Texts| {
        texts.files.remove(&fixes);
        let text = texts.files.remove(&path).unwrap_or_default();
        Place::bytes(sources.add(texts.shown(&path), text), range.clone())
    };
    let places = [keep(old), keep(new)];
    let platform = stem.split('/').next().unwrap_or_default().to_owned();
    Some(DigestOnly { platform, api, digests, places })
}

/// Returns the range of the digest in both texts, if they differ in nothing else.
fn differing_digest(old: &str, new: &str) -> Option<Range<usize>> {
    const KEY: &str = "sha256: ";
    if old.len() != new.len() {
        return None;
    }
    let first = old.bytes().zip(new.bytes()).position(|(old, new)| old != new)?;
    let head = old.get(..first).or_else(|| old.get(..first.saturating_sub(1)))?;
    // The key is in the mapping `source`: all lines between them are indented.
    let source = if head.starts_with("source:\n") { 0 } else { head.rfind("\nsource:\n")? + 1 };
    let inside = head.get(source + "source:\n".len()..)?;
    let line = inside.rsplit('\n').next()?;
    if inside.split('\n').any(|line| !line.starts_with("  ")) || !line.trim_start().starts_with(KEY) {
        return None;
    }
    let start = first - line.len() + line.find(KEY)? + KEY.len();
    let quote = usize::from(old.as_bytes().get(start).is_some_and(|byte| matches!(byte, b'\'' | b'"')));
    let range = start + quote..start + quote + 64;
    let is_digest = |text: &str| {
        let digest = text.get(range.clone()).is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()));
        digest && text.get(range.end + quote..).is_some_and(|rest| rest.starts_with('\n'))
    };
    let same = old.get(range.end..) == new.get(range.end..);
    (is_digest(old) && is_digest(new) && same).then_some(range)
}

/// Returns the plain word after a key without indentation.
pub(super) fn top_level<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let word = text.lines().find_map(|line| line.strip_prefix(key))?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    (!word.is_empty() && word.chars().all(is_plain)).then_some(word)
}

/// Indexes transcripts by platform and API.
pub(super) fn by_api(transcripts: &[DigestOnly]) -> BTreeMap<(&str, &str), &DigestOnly> {
    transcripts.iter().map(|found| ((found.platform.as_str(), found.api.as_str()), found)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(digest: &str, title: &str) -> String {
        format!("api: acme.send\nsource:\n  layout: top-text\n  sha256: {digest}\ntitle: {title}\n")
    }

    #[test]
    fn only_a_digest_may_differ() {
        let (one, other) = ("0".repeat(64), format!("{}a", "1".repeat(63)));
        let before = text(&one, "x");
        let range = differing_digest(&before, &text(&other, "x")).expect("a digest");
        assert_eq!(&before[range], one);
        let quoted = |digest: &str| text(&format!("'{digest}'"), "x");
        assert!(differing_digest(&quoted(&one), &quoted(&other)).is_some());
        for after in [
            before.clone(),
            text(&other, "y"),
            text(&other, "xy"),
            text(&format!("{}g", "1".repeat(63)), "x"),
            text(&other, "x").replace("source:", "sauces:"),
            text(&one, "y"),
            quoted(&other),
        ] {
            assert_eq!(differing_digest(&before, &after), None, "{after}");
        }
        // A field named `sha256`, and a text that contains such lines.
        for [old, new] in [
            [&one, &other].map(|digest| format!("api: a\nsource:\n  layout: x\nrequest:\n  sha256: {digest}\n")),
            [&one, &other].map(|digest| format!("api: a\nx: |\n  source:\n  sha256: {digest}\n")),
        ] {
            assert_eq!(differing_digest(&old, &new), None, "{old}");
        }
    }

    #[test]
    fn names_are_plain_words() {
        assert_eq!(top_level("a: b\napi: acme.send\n", "api: "), Some("acme.send"));
        assert_eq!(top_level("api: 'acme.send'\n", "api: "), None);
        assert_eq!(top_level("  api: acme.send\n", "api: "), None);
    }
}
