//! Characters that no file of the specs folder may contain, and characters of two widths.
//!
//! YAML 1.1 ends a line at U+0085, U+2028 and U+2029, and YAML 1.2 does not; editors and reviews show other control
//! characters as they like, or not at all. Readers would see two different files, so each file is free of them.

use std::ops::Range;

/// A character that is not allowed, and its bytes in the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct BadCharacter {
    /// The character.
    pub(crate) character: char,
    /// Its bytes.
    pub(crate) span: Range<usize>,
}

/// Returns the usual form of a Latin letter, digit or sign that is as wide as a Chinese character; other characters stay.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// Returns the characters of a text that are not allowed: control characters other than a tab, a line feed and a carriage
/// return before a line feed, the line breaks of YAML 1.1, byte order marks and U+FFFE and U+FFFF.
pub(crate) fn bad_characters(text: &str) -> impl Iterator<Item = BadCharacter> + '_ {
    // Most locks are plain ASCII, which is checked many bytes at a time.
    let is_plain = text.bytes().all(|byte| matches!(byte, b'\t' | b'\n' | b' '..=b'~'));
    let mut characters = if is_plain { "" } else { text }.char_indices().peekable();
    std::iter::from_fn(move || {
        while let Some((at, character)) = characters.next() {
            let is_bad = match character {
                '\t' | '\n' => false,
                '\r' => characters.peek().is_none_or(|(_, next)| *next != '\n'),
                '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => true,
                other => other.is_control(),
            };
            if is_bad {
                return Some(BadCharacter { character, span: at..at + character.len_utf8() });
            }
        }
        None
    })
}

impl BadCharacter {
    /// Returns what is wrong, for a message.
    pub(crate) fn message(&self) -> String {
        let code = u32::from(self.character);
        match self.character {
            '\r' => "a carriage return (U+000D) is only allowed before a line feed".to_owned(),
            '\u{85}' | '\u{2028}' | '\u{2029}' => {
                format!("U+{code:04X} is not allowed: only some readers end a line there")
            }
            character if character.is_control() => format!("the control character U+{code:04X} is not allowed"),
            _ => format!("the character U+{code:04X} is not allowed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tabs_and_line_feeds_are_control_characters_of_a_text() {
        let bad = |text: &str| bad_characters(text).map(|bad| (bad.character, bad.span.start)).collect::<Vec<_>>();
        assert_eq!(bad("a\tb\nc\r\n 顾客 \u{a0}\u{200e}\u{10ffff}\n"), []);
        assert_eq!(bad("\r\r\n\r"), [('\r', 0), ('\r', 3)]);
        assert_eq!(bad("顾\u{85}客\u{2028}\u{0}"), [('\u{85}', 3), ('\u{2028}', 8), ('\0', 11)]);
        let all = (0..=0x9f_u8).map(char::from).filter(|c| !bad(&c.to_string()).is_empty()).count();
        assert_eq!(all, 32 - 2 + 1 + 32);
    }
}
