//! Names of the runtime crate, and where it is found.

use super::define::terms;

terms! {
    /// A name of the runtime that an endpoint's file may import. No generated type may have one of these names.
    pub enum RuntimeName {
        /// A date.
        Date = "Date",
        /// A decimal number.
        Decimal = "Decimal",
        /// The trait of requests.
        Endpoint = "Endpoint",
        /// A row of an endpoint's error table.
        ErrorRow = "ErrorRow",
        /// A file to upload.
        File = "File",
        /// A JSON value.
        Json = "Json",
        /// A map from text to JSON scalars.
        Map = "Map",
        /// An HTTP method.
        Method = "Method",
        /// The facts about an endpoint.
        Operation = "Operation",
        /// Whether an endpoint needs a session.
        Session = "Session",
        /// A value that a value set does not list.
        UnknownValue = "UnknownValue",
    }

    /// What names a revision of a git repository.
    pub enum GitReference {
        /// `rev`: a commit.
        Rev = "rev",
        /// `tag`: a tag.
        Tag = "tag",
        /// `branch`: the newest commit of a branch.
        Branch = "branch",
    }
}

/// Whether the text is a version requirement: `0.1`, `^0.1.2`, `=1.0.0-rc.1`.
#[must_use]
pub fn is_requirement(text: &str) -> bool {
    let number = text.trim_start_matches(['=', '^', '~']);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
    number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_from_folders() {
        assert!(is_requirement("0.1.0") && is_requirement("^1") && is_requirement("=1.0.0-rc.1"));
        assert!(!is_requirement("../runtime") && !is_requirement("runtime"));
    }
}
