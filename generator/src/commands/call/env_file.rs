//! Files with credentials: lines `NAME=value`, blank lines, and comments after `#`.
//!
//! A value in single quotes is taken as it is. In double quotes, `\n`, `\"` and `\\` are escapes. Without quotes, it ends
//! before white space and `#`. Messages contain names and places, never values.

use zeroize::Zeroizing;

use super::input::Input;

/// The variables of a file in their order.
pub(in crate::commands) type Variables = Vec<(String, Zeroizing<String>)>;

/// Parses a file.
///
/// # Errors
///
/// All messages for the user, each with its place.
pub(in crate::commands) fn parse(input: &Input) -> Result<Variables, Vec<String>> {
    let (mut variables, mut problems) = (Variables::new(), Vec::new());
    for (index, line) in input.text.lines().enumerate() {
        let located = |message: &str| format!("{}:{}: {message}", input.name, index + 1);
        match variable(line) {
            Ok(None) => {}
            Ok(Some((name, _))) if variables.iter().any(|(known, _)| known == name) => {
                problems.push(located(&format!("the variable `{name}` is set twice")));
            }
            Ok(Some((name, value))) => variables.push((name.to_owned(), value)),
            Err(message) => problems.push(located(message)),
        }
    }
    if problems.is_empty() { Ok(variables) } else { Err(problems) }
}

/// Parses a line. Returns `None` for one without a variable.
fn variable(line: &str) -> Result<Option<(&str, Zeroizing<String>)>, &'static str> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let line = line.strip_prefix("export ").unwrap_or(line);
    let (name, rest) = line.split_once('=').ok_or("expected NAME=value")?;
    let name = name.trim();
    let is_name = |char: char| char.is_ascii_alphanumeric() || char == '_';
    if name.is_empty() || !name.chars().all(is_name) {
        return Err("the name of a variable consists of letters, digits and `_`");
    }
    Ok(Some((name, value(rest.trim())?)))
}

fn value(text: &str) -> Result<Zeroizing<String>, &'static str> {
    let (value, rest) = if let Some(quoted) = text.strip_prefix('\'') {
        let (value, rest) = quoted.split_once('\'').ok_or("the closing `'` is missing")?;
        (Zeroizing::new(value.to_owned()), rest)
    } else if let Some(quoted) = text.strip_prefix('"') {
        escaped(quoted)?
    } else {
        let comment = text.char_indices().find(|(at, char)| {
            *char == '#'
                && text.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace))
        });
        let value = text.get(..comment.map_or(text.len(), |(at, _)| at)).unwrap_or_default().trim_end();
        (Zeroizing::new(value.to_owned()), "")
    };
    let rest = rest.trim();
    if rest.is_empty() || rest.starts_with('#') { Ok(value) } else { Err("there is text after the closing quote") }
}

/// Returns the value up to the closing double quote, and the text after it.
fn escaped(text: &str) -> Result<(Zeroizing<String>, &str), &'static str> {
    // In one allocation, because growing would leave copies in memory.
    let mut value = Zeroizing::new(String::with_capacity(text.len()));
    let mut chars = text.chars();
    loop {
        match chars.next().ok_or("the closing `\"` is missing")? {
            '"' => return Ok((value, chars.as_str())),
            '\\' => value.push(match chars.next() {
                Some('n') => '\n',
                Some(char @ ('"' | '\\' | '$')) => char,
                _ => return Err("a backslash precedes `n`, `\"`, `\\` or `$` only"),
            }),
            char => value.push(char),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Variables, Vec<String>> {
        parse(&Input { name: "x.env".to_owned(), text: text.to_owned().into() })
    }

    #[test]
    fn lines_are_variables() {
        let text = "# keys\n\nA=1\r\n export B = two words # comment\nC='a # b'\nD=\"q\\\"\\\\n\\n\" # x\nE=\nF=a#b\nG= # nothing\n";
        let expected =
            [("A", "1"), ("B", "two words"), ("C", "a # b"), ("D", "q\"\\n\n"), ("E", ""), ("F", "a#b"), ("G", "")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned().into()));
        assert_eq!(parsed(text), Ok(expected.to_vec()));
    }

    #[test]
    fn problems_have_their_line_and_no_value() {
        let text =
            "hunter2\nA=1\nA=hunter2\nB='hunter2\nC=\"hunter2\nD=\"\\hunter2\"\nE='1'hunter2\nhun-ter2=1\n=hunter2";
        let problems = parsed(text).expect_err("problems");
        let lines: Vec<&str> = problems.iter().filter_map(|problem| problem.split(':').nth(1)).collect();
        assert_eq!(lines, ["1", "3", "4", "5", "6", "7", "8", "9"]);
        assert!(problems.iter().all(|problem| problem.starts_with("x.env:") && !problem.contains("hunter2")));
        assert_eq!(problems.get(1).map(String::as_str), Some("x.env:3: the variable `A` is set twice"));
    }
}
