//! The examples in the docs of generated crates, as code.
//!
//! Doc tests of generated crates are off, because vendors' texts could contain code. Examples that the generator writes are
//! compiled by the test `generate::examples` instead.

use crate::folder::Texts;

/// First line of an example. The generator escapes every backtick of a vendor's text, so none begins like this.
const FENCE: &str = "```rust,no_run";

/// An example of a generated crate.
pub struct Example {
    /// File and line of its first line.
    pub place: String,
    /// Its code, with the lines that readers do not see.
    pub code: String,
    /// Number of lines that readers see.
    pub visible_lines: usize,
}

impl Example {
    /// Whether it shows a call of one API, as a function that takes a client. The others are whole programs.
    #[must_use]
    pub fn is_of_an_api(&self) -> bool {
        self.code.contains("fn example(client: ")
    }
}

/// Returns the examples in the docs of a crate's sources.
#[must_use]
pub fn of_crate(files: &Texts) -> Vec<Example> {
    let sources = files.iter().filter(|(path, _)| path.starts_with("src/") && path.ends_with(".rs"));
    sources.flat_map(|(path, text)| of_file(path, text)).collect()
}

fn of_file(path: &str, text: &str) -> Vec<Example> {
    let docs = |line: &'_ str| {
        let line = line.trim_start();
        let text = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"))?;
        Some(text.strip_prefix(' ').unwrap_or(text).to_owned())
    };
    let mut examples = Vec::new();
    let mut open: Option<Example> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let Some(line) = docs(line) else { continue };
        match &mut open {
            None if line == FENCE => {
                let place = format!("{path}:{}", number + 1);
                open = Some(Example { place, code: String::new(), visible_lines: 0 });
            }
            None => {}
            Some(_) if line == "```" => examples.extend(open.take()),
            Some(example) => {
                let hidden = line.strip_prefix("# ");
                example.visible_lines += usize::from(hidden.is_none());
                example.code.push_str(hidden.unwrap_or(&line));
                example.code.push('\n');
            }
        }
    }
    examples
}
