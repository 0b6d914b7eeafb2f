//! Vendor prose to rustdoc: one attribute per line, nothing in it taken for markup.

use proc_macro2::TokenStream;
use quote::quote;

/// Doc attributes for the lines.
pub(super) fn attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote! { #(#[doc = #lines])* }
}

/// A vendor's text as markdown lines: every paragraph one line, empty lines between them.
///
/// Control characters become blanks, runs of white space one blank; what markdown or rustdoc would read as markup is
/// escaped, and bare addresses become links.
pub(super) fn prose(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.split(['\n', '\r']) {
        let words: Vec<String> = line
            .split(|c: char| c.is_whitespace() || c.is_control())
            .filter(|word| !word.is_empty())
            .map(word)
            .collect();
        if words.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(escape_start(words.join(" ")));
    }
    lines
}

/// A value as inline code.
pub(super) fn code(value: &str) -> String {
    let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let longest = value.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let blank = if value.starts_with(['`', ' ']) || value.ends_with(['`', ' ']) || value.is_empty() { " " } else { "" };
    format!("{fence}{blank}{value}{blank}{fence}")
}

/// Paragraphs one below the other.
pub(super) fn paragraphs(parts: impl IntoIterator<Item = Vec<String>>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(part);
    }
    lines
}

fn word(word: &str) -> String {
    match word.find("http://").into_iter().chain(word.find("https://")).min() {
        Some(start) => {
            let (before, rest) = word.split_at(start);
            let end = rest.find(|c: char| !is_address(c)).unwrap_or(rest.len());
            let (address, after) = rest.split_at(end);
            format!("{}<{address}>{}", escape(before), escape(after))
        }
        None => escape(word),
    }
}

fn is_address(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#@!$&'+,;=%".contains(c)
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '~' | '|' | '$' | '&') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escape_outer_underscores(&escaped)
}

/// An underscore within a word is no markup; one at its border is.
fn escape_outer_underscores(word: &str) -> String {
    let inner = word.trim_matches('_');
    if inner.len() == word.len() {
        return word.to_owned();
    }
    word.replace('_', "\\_")
}

/// A line must not start like a heading, a list or a rule.
fn escape_start(line: String) -> String {
    let after_digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - after_digits.len();
    if digits > 0 && after_digits.starts_with(['.', ')']) {
        return format!("{}\\{after_digits}", &line[..digits]);
    }
    if line.starts_with(['#', '-', '+', '=']) { format!("\\{line}") } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped() {
        for (text, expected) in [
            ("crm_back(1, \"CRM后台\")", "crm_back(1, \"CRM后台\")"),
            ("see [1] <b>x</b>", "see \\[1\\] \\<b\\>x\\</b\\>"),
            ("# top", "\\# top"),
            ("1. one", "1\\. one"),
            ("a\u{0}b\tc", "a b c"),
            ("详见https://a.b/c?d=1,好", "详见<https://a.b/c?d=1,>好"),
            ("_x_ a_b", "\\_x\\_ a_b"),
        ] {
            assert_eq!(prose(text), [expected], "{text:?}");
        }
    }

    #[test]
    fn lines_become_paragraphs() {
        assert_eq!(prose("a\r\n\n b "), ["a", "", "b"]);
    }

    #[test]
    fn code_survives_backticks() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("x"), "`x`");
        assert_eq!(code(""), "`  `");
    }
}
