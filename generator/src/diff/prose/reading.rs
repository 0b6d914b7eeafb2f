//! A text as the classes of facts read it: tokens without blanks, in clauses.

use std::ops::Range;

use super::noise::without_noise;
use super::plain::plain;
use super::tokens::{self, tokens};

/// Signs that end a clause.
const ENDS: &[&str] = &[",", ";", "。", "!", "?", "\n", "(", ")", "[", "]", "、", ".", "{", "}"];

/// Maximum tokens between a pair of quotation marks.
const QUOTED: usize = 6;

/// Maximum tokens of a clause on each side of a word. Bounds the cost of long sentences.
const NEAR: usize = 40;

/// Letters that stand for parts of dates and times.
const PARTS: &str = "yYmMdDhHsST";

/// The kind of a token.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Number,
    /// Latin letters, and digits and underscores after them.
    Word,
    /// A single ideograph, or a letter of another script.
    Letter,
    /// A form of dates: `yyyy-MM-dd`.
    Pattern,
    /// Any other character.
    Sign,
}

/// A token of a text.
#[derive(Copy, Clone, Debug)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    pub(super) kind: Kind,
    /// Whether a blank precedes the token.
    pub(super) spaced: bool,
    /// Whether the token is between quotation marks.
    pub(super) quoted: bool,
    /// Whether a fact has been made of the token.
    pub(super) taken: bool,
}

impl Token<'_> {
    /// Returns whether the token is one of the signs, outside quotation marks.
    pub(super) fn is_one_of(&self, signs: &[&str]) -> bool {
        self.kind == Kind::Sign && !self.quoted && signs.contains(&self.text)
    }

    fn ends_clause(&self) -> bool {
        self.is_one_of(ENDS)
    }
}

/// A text without its noise.
pub(super) struct Cleaned(String);

impl Cleaned {
    pub(super) fn new(text: &str) -> Self {
        Self(without_noise(&plain(text)))
    }
}

/// The tokens of a text. Classes take those that they have understood.
pub(super) struct Reading<'t> {
    pub(super) tokens: Vec<Token<'t>>,
    /// The tokens in lower case, for the search of words.
    small: Vec<String>,
    /// Whether the text has no ideographs.
    pub(super) is_latin: bool,
}

impl<'t> Reading<'t> {
    pub(super) fn new(cleaned: &'t Cleaned) -> Self {
        let tokens = unquoted(patterns(&cleaned.0, raw(&cleaned.0)));
        let is_latin = !tokens.iter().any(|token| token.kind == Kind::Letter);
        let small = tokens.iter().map(|token| token.text.to_lowercase()).collect();
        Self { tokens, small, is_latin }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Returns the token at an index, unless it has been taken.
    pub(super) fn free(&self, index: usize) -> Option<&Token<'t>> {
        self.tokens.get(index).filter(|token| !token.taken)
    }

    /// Returns the token at an index in lower case, unless it has been taken.
    pub(super) fn free_small(&self, index: usize) -> Option<&str> {
        self.free(index)?;
        self.small.get(index).map(String::as_str)
    }

    /// Returns whether the token at an index is one of the signs.
    pub(super) fn is_sign(&self, index: usize, signs: &[&str]) -> bool {
        self.tokens.get(index).is_some_and(|token| token.is_one_of(signs))
    }

    pub(super) fn is_kind(&self, index: usize, kind: Kind) -> bool {
        self.tokens.get(index).is_some_and(|token| token.kind == kind)
    }

    pub(super) fn take(&mut self, range: Range<usize>) {
        self.tokens.get_mut(range).into_iter().flatten().for_each(|token| token.taken = true);
    }

    /// Returns the clause around an index, or the part of it that is near.
    pub(super) fn clause(&self, index: usize) -> Range<usize> {
        let farthest = index.saturating_sub(NEAR);
        let before = self.tokens.get(farthest..index).unwrap_or_default();
        let start = before.iter().rposition(Token::ends_clause).map_or(farthest, |at| farthest + at + 1);
        start..self.clause_end(index)
    }

    /// Returns the end of the clause at an index, or of the part of it that is near.
    pub(super) fn clause_end(&self, index: usize) -> usize {
        let after = self.tokens.get(index..).unwrap_or_default();
        let length = after.iter().take(NEAR).position(Token::ends_clause);
        length.map_or((index + NEAR).min(self.len()), |length| index + length)
    }

    /// Returns the tokens as the text spells them.
    pub(super) fn shown(&self, range: Range<usize>) -> String {
        let mut shown = String::new();
        for token in self.tokens.get(range).unwrap_or_default() {
            if token.spaced && !shown.is_empty() {
                shown.push(' ');
            }
            shown.push_str(token.text);
        }
        shown
    }

    /// Returns the tokens in lower case, without those that do not change a meaning.
    pub(super) fn key(&self, range: Range<usize>) -> String {
        let mut key = String::new();
        for token in self.tokens.get(range).unwrap_or_default() {
            let small = token.text.to_lowercase();
            let is_article = matches!(small.as_str(), "的" | "a" | "an" | "the" | "is" | "are" | "了" | "\"" | "'");
            if !is_article {
                key.extend(small.chars().filter(|c| *c != '_'));
                if token.kind == Kind::Word {
                    key.push(' ');
                }
            }
        }
        key.trim_end().to_owned()
    }
}

/// A token with its place in the text.
struct Placed<'t> {
    token: Token<'t>,
    range: Range<usize>,
}

fn raw(text: &str) -> Vec<Placed<'_>> {
    let mut placed = Vec::new();
    let (mut at, mut spaced) = (0, true);
    for found in tokens(text) {
        let range = at..at + found.text.len();
        at = range.end;
        let kind = match found.kind {
            tokens::Kind::Blank if !found.text.contains('\n') => {
                spaced = true;
                continue;
            }
            tokens::Kind::Number => Kind::Number,
            tokens::Kind::Word => Kind::Word,
            tokens::Kind::Sign if found.text.chars().all(char::is_alphabetic) => Kind::Letter,
            tokens::Kind::Sign | tokens::Kind::Blank => Kind::Sign,
        };
        let text = if found.text.contains('\n') { "\n" } else { found.text };
        placed.push(Placed { token: Token { text, kind, spaced, quoted: false, taken: false }, range });
        spaced = false;
    }
    placed
}

/// Joins the tokens of each date form and of each name with hyphens.
fn patterns<'t>(text: &'t str, placed: Vec<Placed<'t>>) -> Vec<Token<'t>> {
    let mut joined = Vec::with_capacity(placed.len());
    let mut at = 0;
    while let Some(first) = placed.get(at) {
        let is_pattern = is_pattern_start(&placed, at);
        let end = if is_pattern { pattern_end(&placed, at) } else { name_end(&placed, at) };
        let last = placed.get(end - 1).unwrap_or(first);
        let text = text.get(first.range.start..last.range.end).unwrap_or(first.token.text);
        let is_single = end == at + 1 && !is_year(first.token);
        let kind = if is_pattern && !is_single { Kind::Pattern } else { first.token.kind };
        let token = Token { text, kind, ..first.token };
        joined.push(token);
        at = end;
    }
    joined
}

/// Returns the end of the word at an index, or of a name such as `non-direct-rate`. Two words are a compound.
fn name_end(placed: &[Placed<'_>], at: usize) -> usize {
    let token = |index: usize| placed.get(index).map(|placed| placed.token);
    let is_joined = |index: usize| token(index).is_some_and(|token| !token.spaced);
    let is_word = |index: usize| token(index).is_some_and(|token| token.kind == Kind::Word);
    let mut end = at + 1;
    while is_word(at)
        && is_word(end + 1)
        && is_joined(end + 1)
        && is_joined(end)
        && token(end).is_some_and(|sign| sign.text == "-")
    {
        end += 2;
    }
    if end > at + 3 { end } else { at + 1 }
}

fn is_part(token: &Token<'_>) -> bool {
    token.kind == Kind::Word && token.text.len() < 16 && token.text.chars().all(|c| PARTS.contains(c))
}

fn is_year(token: Token<'_>) -> bool {
    is_part(&token) && token.text.to_lowercase().starts_with("yy")
}

fn is_pattern_start(placed: &[Placed<'_>], at: usize) -> bool {
    let token = |index: usize| placed.get(index).map(|placed| placed.token);
    let is_sign = |index: usize, signs: &str| token(index).is_some_and(|sign| signs.contains(sign.text));
    let Some(first) = token(at).filter(is_part) else { return false };
    let is_time = first.text.eq_ignore_ascii_case("hh") && is_sign(at + 1, ":");
    // `dd/MM/yyyy`
    let ends_in_year = is_sign(at + 1, "-/.") && is_sign(at + 3, "-/.") && token(at + 4).is_some_and(is_year);
    is_year(first) || is_time || ends_in_year && token(at + 2).is_some_and(|month| is_part(&month))
}

fn pattern_end(placed: &[Placed<'_>], at: usize) -> usize {
    let mut end = at + 1;
    loop {
        let joins =
            |index: usize| placed.get(index).is_some_and(|placed| "-/:.'年月日时分秒".contains(placed.token.text));
        let signs = (end..end + 2).take_while(|index| joins(*index)).count();
        match placed.get(end + signs) {
            Some(next) if is_part(&next.token) && (signs > 0 || next.token.spaced) => end += signs + 1,
            _ => return end,
        }
    }
}

/// Removes quotation marks, and marks what is between them.
fn unquoted(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let is_mark = |token: &Token<'_>| token.kind == Kind::Sign && matches!(token.text, "\"" | "'");
    let mut left = Vec::with_capacity(tokens.len());
    let mut quoted = 0..0;
    for (at, token) in tokens.iter().enumerate() {
        if !is_mark(token) {
            left.push(Token { quoted: quoted.contains(&at), ..*token });
        } else if at != quoted.end || quoted.is_empty() {
            let is_apostrophe = token.text == "'" && !token.spaced;
            let inner = tokens.get(at + 1..).unwrap_or_default().iter().take(QUOTED);
            let length = inner.take_while(|token| !is_mark(token) && token.text != "\n").count();
            let is_closed = tokens.get(at + 1 + length).is_some_and(is_mark);
            if is_closed && !is_apostrophe {
                quoted = at + 1..at + 1 + length;
            }
        }
    }
    left
}
