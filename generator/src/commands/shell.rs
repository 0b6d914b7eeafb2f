//! Commands that messages suggest, ready for a shell.

use std::path::Path;

/// An `apograph` command line.
pub(super) struct CommandLine(String);

impl CommandLine {
    /// Starts a command line of a subcommand.
    pub(super) fn new(subcommand: &str) -> Self {
        Self(format!("apograph {subcommand}"))
    }

    /// Adds an option with a path, if the user gave it.
    pub(super) fn path(self, option: &str, value: Option<&Path>) -> Self {
        self.text(option, value.map(|path| path.to_string_lossy()).as_deref())
    }

    /// Adds an option with a value, if the user gave it.
    pub(super) fn text(self, option: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => Self(format!("{} {option} {}", self.0, quoted(value))),
            None => self,
        }
    }

    /// Adds an option with each of its values.
    pub(super) fn each(self, option: &str, values: &[String]) -> Self {
        values.iter().fold(self, |line, value| line.text(option, Some(value)))
    }

    /// Adds a flag, if the user gave it.
    pub(super) fn flag(self, flag: &str, given: bool) -> Self {
        if given { Self(format!("{} {flag}", self.0)) } else { self }
    }

    /// Adds plain arguments.
    pub(super) fn words(self, words: &[String]) -> Self {
        words.iter().fold(self, |line, word| Self(format!("{} {}", line.0, quoted(word))))
    }
}

impl std::fmt::Display for CommandLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Quotes a word for a shell where needed.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._/\\:^=~+".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_user_gave_is_repeated() {
        let line = CommandLine::new("fmt").path("--specs", None).text("--lock", None).flag("--check", false);
        assert_eq!(line.to_string(), "apograph fmt");
        let line = CommandLine::new("generate").path("--specs", Some(Path::new("my specs"))).flag("--unlock", true);
        let line = line.words(&["a.b".to_owned(), "it's".to_owned()]);
        assert_eq!(line.to_string(), "apograph generate --specs 'my specs' --unlock a.b 'it'\\''s'");
    }
}
