//! Functions stay short. Test code is not counted.
//!
//! The files are formatted by rustfmt, so a function ends at the first line that closes a brace at its own indentation.

use std::fs;

use apograph_tests::code::rust_files;
use apograph_tests::root;

/// Maximum lines of a function, signature included.
const LONGEST: usize = 60;

/// Maximum median of all functions of a folder: what it was when the limit was introduced.
const MEDIAN: usize = 8;

/// Maximum 90th percentile, likewise.
const P90: usize = 22;

/// Functions above [`LONGEST`]: plain tables with one line per kind of change.
const TABLES: [(&str, &str); 1] = [("generator/src/diff/verdict/table.rs", "row")];

#[test]
fn functions_are_short() {
    for folder in ["generator/src", "generator/runtime/src"] {
        let mut all: Vec<(usize, String, String)> = Vec::new();
        for path in rust_files(folder) {
            let text = fs::read_to_string(root().join(&path)).expect("a Rust file");
            all.extend(functions(&text).into_iter().map(|(lines, name)| (lines, path.clone(), name)));
        }
        all.sort();
        let is_table = |path: &str, name: &str| TABLES.contains(&(path, name));
        let long: Vec<_> = all.iter().filter(|(lines, path, name)| *lines > LONGEST && !is_table(path, name)).collect();
        assert!(long.is_empty(), "functions of more than {LONGEST} lines: {long:#?}");
        let at = |share: f64| all.get((all.len() as f64 * share) as usize).map(|(lines, ..)| *lines);
        let (median, p90) = (at(0.5).expect("functions"), at(0.9).expect("functions"));
        assert!(median <= MEDIAN && p90 <= P90, "{folder}: median {median} and p90 {p90} lines");
    }
}

#[test]
fn tables_are_still_there() {
    for (path, name) in TABLES {
        let text = fs::read_to_string(root().join(path)).expect("the file of a table");
        assert!(functions(&text).iter().any(|(lines, known)| known == name && *lines > LONGEST), "{path}: {name}");
    }
}

#[test]
fn functions_are_found_and_measured() {
    let text = "
pub(crate) const fn one() {}

impl A {
    fn three(
        &self,
    ) {}

    fn four<'a>() -> &'a str {
        |a| { a };
        fn inside() {}
    }
}

trait B {
    fn declared(&self);
}

#[cfg(test)]
mod tests {
    fn tested() {}
}

#[cfg(test)]
mod others;

fn two() {
}
";
    let found = functions(text).into_iter().map(|(lines, name)| format!("{name} {lines}")).collect::<Vec<_>>();
    assert_eq!(found, ["one 1", "three 3", "four 4", "two 2"]);
}

/// Returns the length and the name of each function with a body. Functions inside functions are part of them.
fn functions(text: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let end = match (line.trim() == "#[cfg(test)]", function_name(line)) {
            (true, _) => end_of_item(&lines, at + 1),
            (false, Some(_)) => end_of_item(&lines, at),
            (false, None) => at,
        };
        let has_body = lines.get(end).is_some_and(|last| last.ends_with('}'));
        if let Some(name) = function_name(line).filter(|_| has_body) {
            found.push((end + 1 - at, name.to_owned()));
        }
        at = end + 1;
    }
    found
}

/// Returns the index of the last line of the item that starts at a line.
fn end_of_item(lines: &[&str], start: usize) -> usize {
    let rest = || lines.iter().enumerate().skip(start);
    let head_end = rest().find(|(_, line)| line.ends_with(['{', '}', ';']));
    let Some((at, head)) = head_end else { return lines.len() };
    if !head.ends_with('{') {
        return at;
    }
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = lines.get(start).map_or(0, |line| indent(line));
    let close = rest()
        .skip(1)
        .find(|(_, line)| line.trim_start().starts_with('}') && indent(line) == own && !line.ends_with('{'));
    close.map_or(lines.len(), |(at, _)| at)
}

/// Returns the name of the function whose signature starts at a line.
fn function_name(line: &str) -> Option<&str> {
    let mut words = line.trim_start().split_inclusive(' ').map(str::trim_end);
    let is_modifier = |word: &str| matches!(word, "pub" | "const" | "async" | "unsafe") || word.starts_with("pub(");
    let word = words.find(|word| !is_modifier(word))?;
    let rest = words.next().filter(|_| word == "fn")?;
    rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next()
}
