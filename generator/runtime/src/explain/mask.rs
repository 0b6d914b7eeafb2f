//! Replaces secrets and tokens in texts with their names.

use core::cmp::Reverse;
use core::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use super::marked::{Content, Mark, Marked, Origin};
use crate::sign::{hex, hex_upper, is_blank};

/// The secrets of a signature in every form in which a text may contain them. Zeroed on drop, never shown.
#[derive(Default)]
pub(crate) struct Masks {
    needles: Vec<Needle>,
    names: Vec<String>,
}

struct Needle {
    name: String,
    bytes: Zeroizing<Vec<u8>>,
}

/// A part of a text.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) struct Segment<'a> {
    pub(super) text: &'a str,
    /// Name of the secret that it is, which is shown in its place.
    pub(super) mask: Option<&'a str>,
}

/// Minimum length of a secret in bytes for it to be masked in a digest, and for its hexadecimal and base64 forms to be
/// masked. Shorter ones occur in any digest by chance.
const MIN_IN_DIGEST: usize = 4;

impl Masks {
    /// Adds a secret as it is, and as JSON, forms and URLs contain it. Blank ones are not secret: they are not sent.
    pub(super) fn add(&mut self, name: &str, secret: &str) {
        if is_blank(secret) {
            return;
        }
        let once = Zeroizing::new(json_escaped(secret));
        self.push(name, secret.as_bytes().to_vec());
        self.push(name, json_escaped(&once).into_bytes());
        self.push(name, once.as_bytes().to_vec());
        let form: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        self.push(name, form.replace('+', "%20").into_bytes());
        self.push(name, form.into_bytes());
        self.push(name, percent_encoded(secret).into_bytes());
        self.add_encoded(name, secret.as_bytes());
    }

    /// Adds the encodings of a value that contains a secret or is a key.
    pub(super) fn add_encoded(&mut self, name: &str, value: &[u8]) {
        if value.len() < MIN_IN_DIGEST {
            return;
        }
        self.push(name, hex(value).into_bytes());
        self.push(name, hex_upper(value).into_bytes());
        for engine in [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD] {
            self.push(name, engine.encode(value).into_bytes());
        }
    }

    /// Adds a value that is as sensitive as a key.
    pub(super) fn add_key(&mut self, name: &str, value: &[u8]) {
        if !value.is_empty() {
            self.push(name, value.to_vec());
        }
        self.add_encoded(name, value);
    }

    fn push(&mut self, name: &str, bytes: Vec<u8>) {
        let bytes = Zeroizing::new(bytes);
        if !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
        }
        if !self.needles.iter().any(|known| known.bytes == bytes) {
            self.needles.push(Needle { name: name.to_owned(), bytes });
        }
    }

    /// Returns the names of the secrets.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether the bytes contain a secret.
    pub(super) fn occur_in(&self, bytes: &[u8]) -> bool {
        self.needles.iter().any(|needle| occurrences(bytes, &needle.bytes).next().is_some())
    }

    /// Whether a text differs from the text to sign, which has masks, in upper and lower case only.
    pub(super) fn is_same_without_case(&self, expected: &str, text: &str) -> bool {
        let folded = |needle: &Needle| Needle {
            name: needle.name.to_ascii_lowercase(),
            bytes: Zeroizing::new(needle.bytes.to_ascii_lowercase()),
        };
        let folded = Self { needles: self.needles.iter().map(folded).collect(), names: Vec::new() };
        let text = Zeroizing::new(text.to_ascii_lowercase());
        folded.masked(&text) == folded.masked(&expected.to_ascii_lowercase())
    }

    /// Returns a text of values with every secret replaced.
    pub(super) fn masked(&self, text: &str) -> String {
        self.shown(&Marked::plain(Content::Values, text))
    }

    /// Returns the text with every secret replaced.
    pub(super) fn shown(&self, marked: &Marked<'_>) -> String {
        let mut shown = String::new();
        for segment in self.segments(marked) {
            match segment.mask {
                Some(name) => push_mask(&mut shown, name),
                None => shown.push_str(segment.text),
            }
        }
        shown
    }

    /// Returns bytes in hexadecimal with every secret replaced.
    pub(super) fn masked_hex(&self, bytes: &[u8]) -> String {
        let mut shown = String::new();
        let mut at = 0;
        for (range, name) in self.regions(Content::Values, bytes, &[]) {
            shown.push_str(&hex(bytes.get(at..range.start).unwrap_or_default()));
            push_mask(&mut shown, name);
            at = range.end;
        }
        shown.push_str(&hex(bytes.get(at..).unwrap_or_default()));
        shown
    }

    /// Splits a text into secrets and what may be shown.
    pub(super) fn segments<'a>(&'a self, marked: &Marked<'a>) -> Vec<Segment<'a>> {
        let segment = |range: Range<usize>, mask| Segment { text: marked.text.get(range).unwrap_or_default(), mask };
        let mut segments = Vec::new();
        let mut at = 0;
        for (range, name) in self.regions(marked.content, marked.text.as_bytes(), &marked.marks) {
            segments.push(segment(at..range.start, None));
            at = range.end;
            segments.push(segment(range, Some(name)));
        }
        segments.push(segment(at..marked.text.len(), None));
        segments.retain(|segment| segment.mask.is_some() || !segment.text.is_empty());
        segments
    }

    /// Returns the place of the secret that contains this place of a text, not at its ends.
    pub(super) fn around(&self, text: &str, at: usize) -> Option<Range<usize>> {
        let regions = self.regions(Content::Values, text.as_bytes(), &[]).into_iter().map(|(range, _)| range);
        regions.into_iter().find(|range| range.start < at && at < range.end)
    }

    /// Returns the union of the marked secrets and of all other occurrences of secrets, in order. Occurrences that overlap
    /// become one, so that no end of a secret is left over.
    fn regions<'a>(&'a self, content: Content, bytes: &[u8], marks: &[Mark<'a>]) -> Vec<(Range<usize>, &'a str)> {
        let shortest = if content == Content::Digest { MIN_IN_DIGEST } else { 0 };
        let mut found: Vec<(Range<usize>, &str)> = Vec::new();
        found.extend(marks.iter().filter_map(|mark| match mark.origin {
            Origin::Secret(name) => Some((mark.range.clone(), name)),
            Origin::Id => None,
        }));
        for needle in self.needles.iter().filter(|needle| needle.bytes.len() >= shortest) {
            for at in occurrences(bytes, &needle.bytes) {
                let rest = unexplained(at..at + needle.bytes.len(), bytes, marks);
                found.extend(rest.into_iter().map(|range| (range, needle.name.as_str())));
            }
        }
        found.sort_by_key(|(range, _)| (range.start, Reverse(range.end)));
        let mut regions: Vec<(Range<usize>, &str)> = Vec::new();
        for (range, name) in found {
            match regions.last_mut() {
                Some((last, _)) if range.start < last.end => last.end = last.end.max(range.end),
                _ => regions.push((range, name)),
            }
        }
        regions
    }
}

/// Returns the parts of an occurrence that the marks do not explain. A credential with the same value explains it, and what
/// is masked already is not masked again.
fn unexplained(occurrence: Range<usize>, bytes: &[u8], marks: &[Mark<'_>]) -> Vec<Range<usize>> {
    let mut parts = vec![occurrence.clone()];
    for mark in marks.iter().filter(|mark| mark.overlaps(&occurrence)) {
        let is_equal = bytes.get(mark.range.clone()) == bytes.get(occurrence.clone());
        match mark.origin {
            Origin::Secret(_) if is_equal => return Vec::new(),
            Origin::Id if !is_equal => continue,
            Origin::Secret(_) | Origin::Id => {}
        }
        let outside =
            |part: Range<usize>| [part.start..part.end.min(mark.range.start), part.start.max(mark.range.end)..part.end];
        parts = parts.into_iter().flat_map(outside).filter(|part| !part.is_empty()).collect();
    }
    parts
}

/// Returns how a secret with this name is shown.
pub(super) fn mask(name: &str) -> String {
    let mut shown = String::new();
    push_mask(&mut shown, name);
    shown
}

fn push_mask(shown: &mut String, name: &str) {
    shown.push('<');
    shown.push_str(name);
    shown.push('>');
}

fn occurrences<'a>(bytes: &'a [u8], needle: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let windows = bytes.windows(needle.len().max(1)).enumerate();
    windows.filter(move |(_, window)| *window == needle).map(|(at, _)| at)
}

fn json_escaped(text: &str) -> String {
    let quoted = Zeroizing::new(serde_json::to_string(text).unwrap_or_default());
    quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned()
}

/// Encodes as in the path of a URL.
fn percent_encoded(text: &str) -> String {
    // In one allocation, because growing would leave copies in memory.
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push_str(&hex_upper(&[byte]));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masks(secrets: &[(&str, &str)]) -> Masks {
        let mut masks = Masks::default();
        secrets.iter().for_each(|(name, secret)| masks.add(name, secret));
        masks
    }

    #[test]
    fn secrets_are_replaced_wherever_they_are() {
        let masks = masks(&[("secret", "hunter 2\"密"), ("session", "tok")]);
        for (text, shown) in [
            ("hunter 2\"密a1hunter 2\"密", "<secret>a1<secret>"),
            (r#"{"a":"hunter 2\"密"}"#, r#"{"a":"<secret>"}"#),
            ("hunter+2%22%E5%AF%86&x", "<secret>&x"),
            ("/hunter%202%22%E5%AF%86/x", "/<secret>/x"),
            ("atoktokb", "a<session><session>b"),
            ("aG", "aG"),
            ("", ""),
        ] {
            assert_eq!(masks.masked(text), shown);
        }
        assert_eq!(masks.masked(&format!("Basic {}", STANDARD.encode("hunter 2\"密"))), "Basic <secret>");
    }

    #[test]
    fn overlapping_secrets_leave_no_rest() {
        let masks = masks(&[("secret", "aa"), ("session", "ab")]);
        assert_eq!(masks.masked("xaaab"), "x<secret>");
        assert_eq!(masks.masked("aab"), "<secret>");
        assert_eq!(masks.masked("ba"), "ba");
    }

    #[test]
    fn blank_secrets_and_short_digests_are_shown() {
        assert_eq!(masks(&[("session", "  ")]).masked("a  b"), "a  b");
        let masks = masks(&[("secret", "a")]);
        assert_eq!(masks.masked_hex(b"xay"), "78<secret>79");
        assert_eq!(masks.masked_hex(&[0x61, 0x1a]), "<secret>1a");
        assert_eq!(masks.shown(&Marked::plain(Content::Digest, "9a61")), "9a61");
    }
}
