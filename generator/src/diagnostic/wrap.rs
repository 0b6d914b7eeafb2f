//! Breaks lines for terminals. Wide characters, such as ideographs, take two columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Breaks a line so that it fits `width` columns; later lines start with `indent` blanks. Breaks at blanks and between
/// ideographs, and within a word only if it is longer than a line, then
/// rather after a point, a colon or a slash. Characters of no width stay with those before them.
pub(crate) fn wrapped(line: &str, width: usize, indent: usize) -> String {
    let mut out = String::with_capacity(line.len() + 16);
    let mut column = 0;
    for word in words(line) {
        let columns = word.trim_end().width();
        if column > indent && column + columns > width {
            new_line(&mut out, indent);
            column = indent;
        }
        if column + columns <= width {
            out.push_str(word);
            column += word.width();
            continue;
        }
        for part in word.split_inclusive(['.', ':', '/']) {
            if column > indent && column + part.trim_end().width() > width {
                new_line(&mut out, indent);
                column = indent;
            }
            for c in part.chars() {
                let columns = c.width().unwrap_or(0);
                if column > indent && column + columns > width {
                    new_line(&mut out, indent);
                    column = indent;
                }
                out.push(c);
                column += columns;
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn new_line(out: &mut String, indent: usize) {
    out.truncate(out.trim_end().len());
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

/// Splits a line into pieces that are not broken, each with the blanks after it.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let mut before: Option<char> = None;
        let end = rest.char_indices().find_map(|(at, c)| {
            let breaks = before.replace(c).is_some_and(|before| may_break(before, c));
            breaks.then_some(at)
        });
        let (word, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        rest = after;
        (!word.is_empty()).then_some(word)
    })
}

fn may_break(before: char, c: char) -> bool {
    let is_wide = |c: char| c.width() == Some(2);
    let is_closing = |c: char| "，。；：！？、）】」』》…,.;:!?)]}".contains(c);
    let is_opening = |c: char| "（【「『《([{".contains(c);
    match (before, c) {
        (_, ' ') => false,
        (' ', _) => true,
        (before, c) => (is_wide(before) || is_wide(c)) && !is_closing(c) && !is_opening(before) && c.width() != Some(0),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_break_at_blanks_and_between_ideographs() {
        for (line, width, expected) in [
            ("one two three", 8, "one two\n  three"),
            ("one two", 7, "one two"),
            ("店铺编号，必填", 10, "店铺编号，\n  必填"),
            ("request.a.b.c", 8, "request.\n  a.b.c"),
            ("a 店铺 b", 5, "a 店\n  铺\n  b"),
            ("", 10, ""),
        ] {
            assert_eq!(wrapped(line, width, 2), expected, "{line}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_is_lost_and_everything_fits(line in "([a-z.,]|[店铺，。]| ){0,80}", width in 10usize..40) {
            let text = wrapped(&line, width, 2);
            prop_assert!(text.lines().all(|line| line.width() <= width), "{}", text);
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&text), letters(&line));
        }
    }
}
