//! Licence texts that a generated package carries.
//!
//! A licence text has no comments, so no banner marks it as generated: a file is ours if it is exactly the known text.

/// A licence whose text this program knows.
#[derive(Debug)]
pub struct License {
    /// Identifier in SPDX expressions.
    id: &'static str,
    /// Name of its file.
    pub file: &'static str,
    /// The text.
    pub text: &'static str,
}

const KNOWN: [License; 2] = [
    License { id: "Apache-2.0", file: "LICENSE-APACHE", text: include_str!("../LICENSE-APACHE") },
    License { id: "MIT", file: "LICENSE-MIT", text: include_str!("../LICENSE-MIT") },
];

/// Returns the known licences that an SPDX expression names.
pub fn named_by(expression: &str) -> impl Iterator<Item = &'static License> {
    let is_part_of_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '+');
    let ids: Vec<&str> = expression.split(|c| !is_part_of_id(c)).collect();
    KNOWN.iter().filter(move |license| ids.contains(&license.id))
}

/// Returns the licences of the runtime, for crates that contain its sources.
pub fn of_runtime() -> impl Iterator<Item = &'static License> {
    KNOWN.iter()
}

/// Whether a file at this path with this content is a licence text that the program wrote.
#[must_use]
pub fn is_known(path: &str, content: &[u8]) -> bool {
    let file = path.strip_prefix("src/rt/").unwrap_or(path);
    KNOWN.iter().any(|license| license.file == file && license.text.as_bytes() == content)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(expression: &str) -> Vec<&str> {
        named_by(expression).map(|license| license.file).collect()
    }

    #[test]
    fn licences_are_found_in_expressions() {
        assert_eq!(files("MIT OR Apache-2.0"), ["LICENSE-APACHE", "LICENSE-MIT"]);
        assert_eq!(files("(MIT)"), ["LICENSE-MIT"]);
        assert_eq!(files("MIT-0 OR LicenseRef-MIT"), Vec::<&str>::new());
    }
}
