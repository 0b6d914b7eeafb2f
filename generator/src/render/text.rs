//! Parts of items whose layout does not depend on their content, written line by line.
//!
//! Only a line that is too long has to be broken, and this is left to prettyplease: [`fitted`] passes it on.

use proc_macro2::Literal;

use super::escaped;

/// Longest line of code that is not broken, in bytes. prettyplease breaks shorter ones too: where signatures are broken, a crate has
/// more lines, and they are no easier to read.
const WIDTH: usize = 120;

/// What is around a part of an item, so that it can be parsed by itself.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Around {
    /// Nothing: the part is an item.
    Nothing,
    /// The attributes of an item.
    Item,
    /// A field of a struct.
    Struct,
    /// A variant of an enum.
    Enum,
    /// A method.
    Impl,
}

impl Around {
    /// Returns the lines before and after the part.
    fn lines(self) -> [&'static str; 2] {
        match self {
            Self::Nothing => ["", ""],
            Self::Item => ["", "struct Item;\n"],
            Self::Struct => ["struct Item {\n", "}\n"],
            Self::Enum => ["enum Item {\n", "}\n"],
            Self::Impl => ["impl Item {\n", "}\n"],
        }
    }
}

/// Returns a part of an item as it is if all of its lines fit, otherwise with the line breaks of prettyplease.
#[must_use]
pub fn fitted(code: String, around: Around) -> String {
    if code.lines().all(|line| line.len() <= WIDTH) {
        return code;
    }
    let [before, after] = around.lines();
    match syn::parse_file(&format!("{before}{code}{after}")) {
        Ok(file) => {
            let text = prettyplease::unparse(&file);
            let within = text.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            within.map_or(code, str::to_owned)
        }
        Err(error) => {
            debug_assert!(false, "emission wrote no Rust: {error}");
            code
        }
    }
}

/// Returns doc comments, one for each line.
#[must_use]
pub fn docs(lines: &[String], indent: &str) -> String {
    let mut text = String::new();
    for line in lines {
        let blank = if line.is_empty() { "" } else { " " };
        text.push_str(format!("{indent}///{blank}{line}").trim_end_matches(' '));
        text.push('\n');
    }
    text
}

/// Returns a string literal.
#[must_use]
pub fn literal(text: &str) -> String {
    escaped(&Literal::string(text).to_string())
}
