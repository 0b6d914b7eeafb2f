//! The text of Rust files, item by item, with the blank lines that prettyplease leaves out.
//!
//! Items arrive as tokens, which prettyplease formats, or as [`text`], whose layout is known: a catalogue has a hundred
//! thousand fields, and parsing each of them again would be most of a run's work.

pub mod text;

use std::borrow::Cow;
use std::mem;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use crate::tree::BANNER;

/// The Rust source of one output file.
#[derive(Debug, Default)]
pub struct SourceFile {
    /// Source of the file, for the banner.
    pub origin: String,
    /// Module docs, one line each.
    pub docs: Vec<String>,
    /// The items, each rendered separately.
    pub items: Vec<Item>,
}

/// An item of a file.
#[derive(Clone, Debug)]
pub enum Item {
    /// Tokens, which are formatted here.
    Tokens(TokenStream),
    /// Text in its final form.
    Text(String),
}

impl SourceFile {
    /// Returns a file with these items.
    pub fn new<I: Into<Item>>(origin: String, docs: Vec<String>, items: impl IntoIterator<Item = I>) -> Self {
        Self { origin, docs, items: items.into_iter().map(Into::into).collect() }
    }
}

impl From<TokenStream> for Item {
    fn from(tokens: TokenStream) -> Self {
        Self::Tokens(tokens)
    }
}

impl From<String> for Item {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Renders a Rust file: banner, module docs, and items separated by blank lines.
#[must_use]
pub fn rust(file: &SourceFile) -> String {
    let mut text = banner("//", &file.origin);
    if !file.docs.is_empty() {
        text.push('\n');
    }
    for line in &file.docs {
        text.push_str(format!("//! {line}").trim_end());
        text.push('\n');
    }
    let mut before = Kind::Other;
    for (index, item) in file.items.iter().enumerate() {
        let rendered = match item {
            Item::Tokens(tokens) => Cow::Owned(item_text(tokens)),
            Item::Text(text) => Cow::Borrowed(text.as_str()),
        };
        let kind = Kind::of(&rendered);
        if index == 0 || kind == Kind::Other || kind != before {
            text.push('\n');
        }
        text.push_str(&rendered);
        before = kind;
    }
    text
}

/// Returns the first line of a file in a language with line comments.
#[must_use]
pub fn banner(comment_sign: &str, origin: &str) -> String {
    format!("{comment_sign} {}\n", notice(origin))
}

/// Returns the first line of a Markdown file.
#[must_use]
pub fn markdown_banner(origin: &str) -> String {
    format!("<!-- {} -->\n", notice(origin))
}

fn notice(origin: &str) -> String {
    format!("{BANNER} from {origin}. Do not edit: change the spec and run it again.")
}

/// Kinds of items; `use` and `mod` lines are not separated by blank lines.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Kind {
    Use,
    Module,
    Other,
}

impl Kind {
    fn of(rendered: &str) -> Self {
        let starts = |word: &str| rendered.starts_with(word) || rendered.starts_with(&format!("pub {word}"));
        let single_line = rendered.lines().count() == 1;
        if starts("use ") {
            Self::Use
        } else if starts("mod ") && single_line {
            Self::Module
        } else {
            Self::Other
        }
    }
}

fn item_text(item: &TokenStream) -> String {
    match syn::parse2::<syn::File>(escape_literals(item.clone())) {
        Ok(file) => match file.items.as_slice() {
            [syn::Item::Macro(found)] => table_text(&found.mac),
            _ => space_out_methods(&prettyplease::unparse(&file)),
        },
        Err(error) => {
            debug_assert!(false, "emission wrote no Rust: {error}");
            format!("{item}\n")
        }
    }
}

/// Formats a macro whose content is statements, one per line: prettyplease does not know where they end.
fn table_text(table: &syn::Macro) -> String {
    let mut text = format!("{}! {{\n", joined(table.path.to_token_stream()));
    let mut line = TokenStream::new();
    for token in table.tokens.clone() {
        let ends = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == ';');
        line.extend([token]);
        if ends {
            text.push_str("    ");
            text.push_str(&joined(mem::take(&mut line)));
            text.push('\n');
        }
    }
    text.push_str("}\n");
    text
}

/// Formats the tokens of one line: `name: "name" [Required, MaxLength(9)];`
fn joined(tokens: TokenStream) -> String {
    let mut text = String::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
                text.push_str(&format!(" [{}]", joined(group.stream())));
            }
            TokenTree::Group(group) => text.push_str(&format!("({})", joined(group.stream()))),
            TokenTree::Punct(mark) => text.push(mark.as_char()),
            word => {
                if text.ends_with([',', ':']) && !text.ends_with("::") {
                    text.push(' ');
                }
                text.push_str(&word.to_string());
            }
        }
    }
    text
}

/// Formats statements, one line each or more, without indentation.
#[must_use]
pub fn statements(tokens: &TokenStream) -> Vec<String> {
    let text = item_text(&quote! { fn statements() { #tokens } });
    let body = text.lines().skip(1).filter(|line| *line != "}");
    body.map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()).collect()
}

/// Whether a character changes the writing direction, which rustc rejects in literals.
fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Escapes characters that change the writing direction in the text of a literal.
fn escaped(literal: &str) -> String {
    let escape = |c: char| if turns(c) { c.escape_unicode().to_string() } else { c.to_string() };
    literal.chars().map(escape).collect()
}

/// Escapes characters that change the writing direction in all literals.
fn escape_literals(tokens: TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => TokenTree::Group(Group::new(group.delimiter(), escape_literals(group.stream()))),
            TokenTree::Literal(literal) if literal.to_string().contains(turns) => {
                escaped(&literal.to_string()).parse().map_or(TokenTree::Literal(literal), TokenTree::Literal)
            }
            other => other,
        })
        .collect()
}

/// Adds blank lines between the methods of an impl or trait, which prettyplease leaves out.
fn space_out_methods(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut before = "";
    for line in text.lines() {
        if ends_member(before) && starts_member(line) {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
        before = line;
    }
    spaced
}

fn ends_member(line: &str) -> bool {
    line == "    }" || (member(line).is_some_and(|text| !text.starts_with("//")) && line.ends_with(';'))
}

fn starts_member(line: &str) -> bool {
    member(line).is_some_and(|text| ["#[", "///", "fn ", "pub fn "].iter().any(|start| text.starts_with(start)))
}

/// Returns the text of a line that is indented once.
fn member(line: &str) -> Option<&str> {
    line.strip_prefix("    ").filter(|text| !text.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_set_apart() {
        let item =
            quote! { impl A { const X: u8 = 0; const Y: u8 = 0; fn a(&self) { b(); } #[inline] fn c(&self) { d(); } } };
        assert_eq!(
            item_text(&item),
            "impl A {\n    const X: u8 = 0;\n    const Y: u8 = 0;\n\n    fn a(&self) {\n        b();\n    }\n\n    #[inline]\n    fn c(&self) {\n        d();\n    }\n}\n"
        );
    }

    #[test]
    fn a_comment_that_ends_like_a_member_stays_with_its_method() {
        let item = quote! { impl A { #[doc = " One;"] fn a() {} } };
        assert_eq!(item_text(&item), "impl A {\n    /// One;\n    fn a() {}\n}\n");
    }

    #[test]
    fn a_table_has_a_line_per_statement() {
        let item = quote! { crate::rt::object! { A; a: "a"; r#b: "b" [Required, List("c"), MaxLength(9)]; } };
        assert_eq!(
            item_text(&item),
            "crate::rt::object! {\n    A;\n    a: \"a\";\n    r#b: \"b\" [Required, List(\"c\"), MaxLength(9)];\n}\n"
        );
    }

    #[test]
    fn a_file_opens_with_the_banner() {
        let file = SourceFile {
            origin: "specs/a.yaml".to_owned(),
            docs: vec!["One.".to_owned()],
            items: vec![
                quote! { use a::b; }.into(),
                quote! { mod c; }.into(),
                "mod d;\n".to_owned().into(),
                quote! { struct E; }.into(),
            ],
        };
        assert_eq!(
            rust(&file),
            "// @generated by `apograph generate` from specs/a.yaml. Do not edit: change the spec and run it again.\n\
             \n//! One.\n\nuse a::b;\n\nmod c;\nmod d;\n\nstruct E;\n"
        );
    }
}
