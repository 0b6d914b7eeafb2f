//! Labels of numbers, as in `0:女 1:男`. Two lists with the same numbers and words may mean the opposite.

use super::fact::{Class, Fact};
use super::tokens::{Kind, Token};

/// Separators between a number and its meaning.
const BETWEEN: &[&str] = &[":", "=", "-", "—", "–"];
/// Signs that end a meaning.
const ENDS: &[&str] = &[",", ";", "。", "、", ")", "]", "】", "/", "|", "\n", "("];
/// Maximum characters of a label. Longer text is a sentence.
const LONGEST: usize = 24;

/// Returns each number of a text together with its label.
pub(super) fn labels(tokens: &[Token<'_>]) -> Vec<Fact> {
    let numbers = tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Number);
    numbers.filter_map(|(at, number)| label(number.text, tokens.get(at + 1..)?)).collect()
}

fn label(number: &str, after: &[Token<'_>]) -> Option<Fact> {
    let mut rest = after.iter().skip_while(|token| token.kind == Kind::Blank);
    rest.next().filter(|token| BETWEEN.contains(&token.text))?;
    let ends = |token: &&Token<'_>| token.kind != Kind::Number && !ENDS.contains(&token.text);
    let meaning: String = rest.take_while(ends).filter(|token| token.kind != Kind::Blank).map(|t| t.text).collect();
    let is_label = !meaning.is_empty() && meaning.chars().count() <= LONGEST;
    is_label.then(|| Fact { class: Class::Name, text: format!("{number}={}", meaning.to_lowercase()) })
}
