//! The version in the text of `crate.yaml`, which can be replaced without any other change of the text.

use std::ops::Range;

use crate::source::tree::{Content, Tree};

/// The value of `version` in a text.
#[derive(Debug)]
pub struct PackageVersion<'t> {
    text: &'t str,
    value: String,
    span: Range<usize>,
}

impl<'t> PackageVersion<'t> {
    /// Finds the version. Returns `None` if the text contains none.
    pub fn find(text: &'t str) -> Option<Self> {
        let root = Tree::read(text).root?;
        let Content::Mapping(entries) = root.content else { return None };
        let entry = entries.iter().find(|entry| entry.key == "version")?;
        match &entry.value.content {
            Content::Scalar { text: value, .. } => {
                Some(Self { text, value: value.clone(), span: entry.value.span.clone() })
            }
            _ => None,
        }
    }

    /// Returns the version.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Returns the text with another version. `None` if the present one is not written on a single line.
    pub fn replaced(&self, version: &str) -> Option<String> {
        let written = self.text.get(self.span.clone())?;
        let quote = ["'", "\""].into_iter().find(|quote| written.starts_with(quote)).unwrap_or_default();
        if written != format!("{quote}{}{quote}", self.value) {
            return None;
        }
        let (before, after) = (self.text.get(..self.span.start)?, self.text.get(self.span.end..)?);
        let text = format!("{before}{quote}{version}{quote}{after}");
        let is_replaced = PackageVersion::find(&text).is_some_and(|found| found.value == version);
        is_replaced.then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::PackageVersion;

    #[test]
    fn only_the_value_is_replaced() {
        let replaced = |text: &str| PackageVersion::find(text).and_then(|found| found.replaced("0.4.0"));
        for line in ["version: 0.3.1", "version: '0.3.1' # why", "version:   \"0.3.1\"", "'version': 0.3.1"] {
            let text = format!("# version: 0.3.1\r\nname: a # 0.3.1\n{line}\nrust-version: '0.3.1'\n");
            let expected = format!(
                "# version: 0.3.1\r\nname: a # 0.3.1\n{}\nrust-version: '0.3.1'\n",
                line.replace("0.3.1", "0.4.0")
            );
            assert_eq!(replaced(&text), Some(expected), "{line}");
        }
        assert_eq!(replaced("{name: a, version: 0.3.1}").as_deref(), Some("{name: a, version: 0.4.0}"));
        for text in ["", "name: a\n", "version: [1]\n", "version: >-\n  0.3.1\n", "version: \"0.3\\x2E1\"\n"] {
            assert_eq!(replaced(text), None, "{text}");
        }
    }
}
