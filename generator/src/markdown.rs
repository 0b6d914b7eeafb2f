//! Turns texts into Markdown that shows them as they are.

/// Formats a vendor's text as Markdown lines: each paragraph is one line, with empty lines between them.
///
/// Control characters become spaces, and runs of white space one space. Everything that Markdown or rustdoc would read
/// as markup is escaped, and bare addresses become links.
pub(crate) fn prose(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.split(['\n', '\r']) {
        let words: Vec<String> = line
            .split(|c: char| c.is_whitespace() || is_invisible(c))
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

/// Returns the first line of a vendor's text as Markdown; empty if there is none.
pub(crate) fn first_line(text: &str) -> String {
    prose(text).into_iter().next().unwrap_or_default()
}

/// Formats a value as inline code.
pub(crate) fn code(value: &str) -> String {
    let value: String = value.chars().map(|c| if is_invisible(c) { ' ' } else { c }).collect();
    let longest = value.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let blank = if value.starts_with(['`', ' ']) || value.ends_with(['`', ' ']) || value.is_empty() { " " } else { "" };
    format!("{fence}{blank}{value}{blank}{fence}")
}

/// Joins paragraphs with empty lines.
pub(crate) fn paragraphs(parts: impl IntoIterator<Item = Vec<String>>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(part);
    }
    lines
}

/// Formats a table of texts. Returns no lines if there are no rows.
pub(crate) fn table<'a, const N: usize>(head: [&str; N], rows: impl Iterator<Item = [&'a str; N]>) -> Vec<String> {
    let cells = |cells: [&str; N]| format!("| {} |", cells.map(|cell| prose(cell).join(" ")).join(" | "));
    let rows: Vec<String> = rows.map(cells).collect();
    if rows.is_empty() {
        return rows;
    }
    let rule = format!("|{}", "---|".repeat(N));
    [format!("| {} |", head.join(" | ")), rule].into_iter().chain(rows).collect()
}

/// Whether a character is a control character, changes the writing direction, or is invisible: rustc rejects some of
/// them.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Formats a word, with every address in it as a link.
fn word(word: &str) -> String {
    let starts = |text: &str| ["http://", "https://"].iter().filter_map(|scheme| text.find(scheme)).min();
    let (mut linked, mut rest) = (String::new(), word);
    while let Some(start) = starts(rest) {
        let (before, from) = rest.split_at(start);
        let (address, after) = from.split_at(from.find(|c: char| !is_address(c)).unwrap_or(from.len()));
        linked.push_str(&format!("{}<{address}>", escape(before)));
        rest = after;
    }
    linked + &escape(rest)
}

fn is_address(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#@!$&'+,;=%".contains(c)
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        // An underscore within a word is not markup.
        let within = before.is_alphanumeric() && rest.peek().is_some_and(|after| after.is_alphanumeric());
        if matches!(c, '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '~' | '|' | '$' | '&') || (c == '_' && !within) {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}

/// Escapes the start of a line that would be a heading, a list or a rule.
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
            ("_x_ a_b (_c_)", "\\_x\\_ a_b (\\_c\\_)"),
            ("a\u{202e}b", "a b"),
            ("见https://a.b/c、http://d.e,好", "见<https://a.b/c>、<http://d.e,>好"),
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
