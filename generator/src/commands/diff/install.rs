//! `apograph diff --install-git-driver`: makes `git diff` report what changes of specs mean.

use std::path::Path;

use super::git::Git;
use crate::commands::outcome::Outcome;
use crate::commands::terminal::Terminal;
use crate::files::{self, Limit, Staged};

/// Key of the driver in git's configuration.
const KEY: &str = "diff.apograph.command";

/// Maximum size of `.gitattributes`. git ignores a larger file than 100 MB; real ones have a few KB.
const LARGEST: Limit = Limit::mib(4);

/// Sets the driver in the repository's own configuration, and adds the specs to its `.gitattributes`. Existing lines stay.
pub(super) fn install(specs: &Path, terminal: &mut Terminal<'_>) -> Outcome {
    match try_to(specs) {
        Ok(done) => {
            done.into_iter().for_each(|line| terminal.say(line));
            Outcome::Done
        }
        Err(error) => terminal.fail(error),
    }
}

/// Returns what was done, line by line.
fn try_to(specs: &Path) -> Result<Vec<String>, String> {
    if !specs.is_dir() {
        return Err(format!("the specs folder `{}` does not exist", specs.display()));
    }
    let git = Git { folder: specs };
    let program = std::env::current_exe().map_err(|error| format!("cannot find the path of this program: {error}"))?;
    let program = program.to_str().ok_or("the path of this program is not UTF-8")?;
    let command = format!("{} git-diff-driver", quoted(&program.replace('\\', "/")));
    let attribute = format!("{} diff=apograph", pattern(&git.prefix()?));
    let top = git.line(&["rev-parse", "--show-toplevel"])?;
    // Prepared before git is configured, so that nothing is done if the file cannot be written.
    let attributes = with_line(Path::new(&top), &attribute)?;
    let mut done = Vec::new();
    // git fails if the key is not set.
    let is_set = git.line(&["config", "--local", "--get", KEY]).is_ok_and(|set| set == command);
    if is_set {
        done.push(format!("already in .git/config: {KEY} = {command}"));
    } else {
        git.line(&["config", "--local", KEY, &command])?;
        done.push(format!("set in .git/config: {KEY} = {command}"));
    }
    if let Some(attributes) = attributes {
        attributes.commit().map_err(|error| error.to_string())?;
        done.push(format!("added to .gitattributes: {attribute}"));
    } else {
        done.push(format!("already in .gitattributes: {attribute}"));
    }
    done.push(
        "`git diff` now reports what changes of specs mean; `git diff --no-ext-diff` shows changed lines".to_owned(),
    );
    Ok(done)
}

/// Quotes a word for the shell that git runs drivers with.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Returns the pattern of all YAML files below a folder, for `.gitattributes`.
fn pattern(folder: &str) -> String {
    let mut plain = String::new();
    for c in folder.chars() {
        if matches!(c, '*' | '?' | '[' | '\\') {
            plain.push('\\');
        }
        plain.push(c);
    }
    let pattern = if plain.is_empty() { "/**/*.yaml".to_owned() } else { format!("/{plain}/**/*.yaml") };
    if pattern.contains(|c: char| c.is_whitespace() || c == '"') {
        format!("\"{}\"", pattern.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        pattern
    }
}

/// Prepares `.gitattributes` with one line more. Returns `None` if the line is there already.
fn with_line(top: &Path, line: &str) -> Result<Option<Staged>, String> {
    let file = top.join(".gitattributes");
    files::sweep(top);
    let read = files::optional(files::read_text(top, &file, LARGEST));
    let before = read.map_err(|error| format!("{}: {error}", file.display()))?.unwrap_or_default();
    if before.lines().any(|known| known.trim() == line) {
        return Ok(None);
    }
    let end = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    let text = format!("{before}{end}{line}\n");
    // The file belongs to people, so it must still be the one that was read.
    let staged = Staged::new(top, &file, &text, &|found| found == before.as_bytes());
    staged.map(Some).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_name_one_folder() {
        assert_eq!(pattern("specs"), "/specs/**/*.yaml");
        assert_eq!(pattern(""), "/**/*.yaml");
        assert_eq!(pattern("a [b]"), "\"/a \\\\[b]/**/*.yaml\"");
    }

    #[test]
    fn the_shell_reads_one_word() {
        assert_eq!(quoted("/o'clock/it"), "'/o'\\''clock/it'");
    }
}
