//! `apograph diff --install-git-driver`: makes `git diff` report what changes of specs mean.

use std::fs;
use std::path::Path;

use super::git::Git;
use crate::commands::outcome::Outcome;
use crate::commands::terminal::Terminal;

/// Key of the driver in git's configuration.
const KEY: &str = "diff.apograph.command";

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
    let mut done = Vec::new();
    // git fails if the key is not set.
    let is_set = git.line(&["config", "--local", "--get", KEY]).is_ok_and(|set| set == command);
    if is_set {
        done.push(format!("already in .git/config: {KEY} = {command}"));
    } else {
        git.line(&["config", "--local", KEY, &command])?;
        done.push(format!("set in .git/config: {KEY} = {command}"));
    }
    let attribute = format!("{} diff=apograph", pattern(&git.prefix()?));
    let file = Path::new(&git.line(&["rev-parse", "--show-toplevel"])?).join(".gitattributes");
    if add_line(&file, &attribute).map_err(|error| format!("{}: {error}", file.display()))? {
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

/// Adds a line to a file. Returns false if the line was there already.
fn add_line(file: &Path, line: &str) -> std::io::Result<bool> {
    let mut text = if file.exists() { fs::read_to_string(file)? } else { String::new() };
    if text.lines().any(|known| known.trim() == line) {
        return Ok(false);
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(line);
    text.push('\n');
    fs::write(file, text)?;
    Ok(true)
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
