//! Splits a text into the tokens that are compared: numbers, Latin words, single ideographs, signs.

/// A token of a text.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) kind: Kind,
}

/// The kind of a token.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Number,
    /// Latin letters, and digits and underscores after them.
    Word,
    /// Any other character, one per token.
    Sign,
    Blank,
}

/// Splits a text into tokens, which together make up the text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = kind_of(first);
        let end = match kind {
            Kind::Sign => first.len_utf8(),
            Kind::Number => number_end(rest),
            Kind::Word => end_of(rest, |c| kind_of(c) == Kind::Word || c.is_ascii_digit() || c == '_'),
            Kind::Blank => end_of(rest, |c| kind_of(c) == Kind::Blank),
        };
        let (token, after) = rest.split_at(end);
        tokens.push(Token { text: token, kind });
        rest = after;
    }
    tokens
}

fn kind_of(c: char) -> Kind {
    match c {
        c if digit(c).is_some() => Kind::Number,
        c if c.is_ascii_alphabetic() => Kind::Word,
        c if c.is_whitespace() => Kind::Blank,
        _ => Kind::Sign,
    }
}

/// Returns the value of an ASCII or full-width digit.
pub(super) fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(c) - 0xff10, 10),
        _ => None,
    }
}

fn end_of(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// Returns the end of a number: digits, with points between digits, and commas before groups of three.
fn number_end(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let after = || text.get(at + 1..).unwrap_or_default();
        let belongs = match c {
            '.' => after().starts_with(|c: char| c.is_ascii_digit()),
            ',' => after().find(|c: char| !c.is_ascii_digit()).unwrap_or(after().len()) == 3,
            c => digit(c).is_some(),
        };
        if !belongs {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_text() {
        let text = "最大值1,000.5个, at most a_1 （２０）.";
        let cut = tokens(text);
        assert_eq!(cut.iter().map(|token| token.text).collect::<String>(), text);
        let of = |kind| cut.iter().filter(|token| token.kind == kind).map(|token| token.text).collect::<Vec<_>>();
        assert_eq!(of(Kind::Number), ["1,000.5", "２０"]);
        assert_eq!(of(Kind::Word), ["at", "most", "a_1"]);
    }
}
