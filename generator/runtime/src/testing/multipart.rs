//! Reads `multipart/form-data`, as browsers and HTTP libraries write it.

use crate::value::File;

/// The parts of a form.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Form {
    pub(super) texts: Vec<(String, String)>,
    pub(super) files: Vec<(String, File)>,
}

/// Reads `body`, whose `Content-Type` is `content_type`. Returns `None` if it is not a complete form.
pub(super) fn read(content_type: &str, body: &[u8]) -> Option<Form> {
    let boundary = parameter(content_type, "boundary").filter(|boundary| !boundary.is_empty())?;
    let delimiter = format!("\r\n--{boundary}");
    let first = delimiter.as_bytes().get(2..)?;
    // The first delimiter has no line end before it if nothing precedes it.
    let mut rest = match body.strip_prefix(first) {
        Some(rest) => rest,
        None => split(body, delimiter.as_bytes())?.1,
    };
    let mut form = Form::default();
    while !rest.starts_with(b"--") {
        let (_, after) = split(rest, b"\r\n")?;
        // A part without headers begins with the empty line that ends them.
        let (head, after) = match after.strip_prefix(b"\r\n") {
            Some(after) => (&b""[..], after),
            None => split(after, b"\r\n\r\n")?,
        };
        let (content, after) = split(after, delimiter.as_bytes())?;
        form.add(core::str::from_utf8(head).ok()?, content)?;
        rest = after;
    }
    Some(form)
}

impl Form {
    fn add(&mut self, head: &str, content: &[u8]) -> Option<()> {
        let header = |wanted: &str| {
            let pairs = head.split("\r\n").filter_map(|line| line.split_once(':'));
            pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim()).next()
        };
        let disposition = header("Content-Disposition")?;
        let name = unescaped(&parameter(disposition, "name")?);
        match parameter(disposition, "filename") {
            Some(file) => {
                let file = File::new(unescaped(&file), content);
                let file = match header("Content-Type") {
                    Some(content_type) => file.with_content_type(content_type),
                    None => file,
                };
                self.files.push((name, file));
            }
            None => self.texts.push((name, String::from_utf8_lossy(content).into_owned())),
        }
        Some(())
    }
}

/// Returns what precedes and what follows the first `mark`.
fn split<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes.windows(mark.len()).position(|window| window == mark)?;
    Some((bytes.get(..at)?, bytes.get(at + mark.len()..)?))
}

/// Returns the parameter `name` of a header's value, such as `boundary`, quoted or not.
fn parameter(value: &str, name: &str) -> Option<String> {
    let mut rest = value.split_once(';')?.1;
    loop {
        let (key, after) = rest.split_once('=')?;
        let (text, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted_text(quoted)?,
            None => {
                let end = after.find(';').unwrap_or(after.len());
                let (text, after) = after.split_at_checked(end)?;
                (text.trim().to_owned(), after)
            }
        };
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(text);
        }
        rest = after.split_once(';')?.1;
    }
}

/// Returns a quoted text from behind its opening quote, and what follows it.
fn quoted_text(quoted: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut chars = quoted.chars();
    loop {
        match chars.next()? {
            '"' => return Some((text, chars.as_str())),
            // Browsers do not escape backslashes: one before the last quote ends the text.
            '\\' if chars.as_str().strip_prefix('"').is_some_and(|rest| rest.contains('"')) => {
                text.extend(chars.next())
            }
            char => text.push(char),
        }
    }
}

/// Replaces the escapes of browsers.
fn unescaped(name: &str) -> String {
    name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n").replace("%00", "\0")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn parts_of_other_writers_are_read() {
        // The official client begins with a line end and puts no space behind a colon.
        let body = "\r\n--B\r\nContent-Disposition:form-data;name=\"t\"\r\nContent-Type:text/plain\r\n\r\n中\r\n\r\n--B\r\n\
            content-disposition: form-data; filename=\"a\\\"b;.png\"; name=f\r\n\r\n\u{1}--B\r\n--B--\r\nepilogue";
        let form = read("multipart/form-data; charset=UTF-8; boundary=\"B\"", body.as_bytes()).expect("a form");
        assert_eq!(form.texts, texts(&[("t", "中\r\n")]));
        assert_eq!(form.files, [("f".to_owned(), File::new("a\"b;.png", *b"\x01--B"))]);
    }

    #[test]
    fn a_form_that_breaks_off_is_none() {
        let whole = "--B\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nx\r\n--B--";
        assert!(read("multipart/form-data; boundary=B", whole.as_bytes()).is_some());
        for end in 0..whole.len() {
            assert_eq!(read("multipart/form-data; boundary=B", &whole.as_bytes()[..end]), None, "{end}");
        }
        assert_eq!(read("multipart/form-data", whole.as_bytes()), None);
        assert_eq!(read("multipart/form-data; boundary=", whole.as_bytes()), None);
        assert_eq!(read("multipart/form-data; boundary=B", b"--B--\r\n"), Some(Form::default()));
    }
}
