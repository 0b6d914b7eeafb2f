//! Percent encodings, and paths.

/// Encodes everything but letters, digits and `- . _ ~` as `%XX` (RFC 3986).
pub fn rfc3986(text: &str) -> String {
    encoded(text, b"-._~")
}

/// Encodes as [`rfc3986`] does, but leaves slashes alone.
pub fn rfc3986_path(text: &str) -> String {
    encoded(text, b"-._~/")
}

/// Encodes as JavaScript's `encodeURIComponent` does: letters, digits and `- _ . ! ~ * ' ( )` are literal.
pub fn component(text: &str) -> String {
    encoded(text, b"-_.!~*'()")
}

/// Encodes as a form does: space as `+`; letters, digits and `* - . _` are literal.
pub fn form(text: &str) -> String {
    encoded(text, b" *-._").replace(' ', "+")
}

fn encoded(text: &str, marks: &[u8]) -> String {
    let is_literal = |byte: u8| byte.is_ascii_alphanumeric() || marks.contains(&byte);
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if is_literal(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend([byte >> 4, byte & 0x0f].map(upper_digit));
        }
    }
    out
}

fn upper_digit(half: u8) -> char {
    char::from_digit(half.into(), 16).unwrap_or('0').to_ascii_uppercase()
}

/// Replaces percent escapes; a plus stays a plus. Bytes that are not UTF-8 become U+FFFD.
pub fn percent_decoded(text: &str) -> String {
    // In a form, a plus is a space and an ampersand ends the value, so both are escaped first.
    let form = ["=", text].concat().replace('+', "%2B").replace('&', "%26");
    form_urlencoded::parse(form.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

/// Removes empty segments and `.`, and each `..` with the segment before it. The path starts with a slash, and ends with one if
/// it did before.
pub fn normalize_path(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(kept.pop()),
            other => kept.push(other),
        }
    }
    let end = if path.ends_with('/') && !kept.is_empty() { "/" } else { "" };
    ["/", &kept.join("/"), end].concat()
}

/// Adds a slash at the end unless there is one.
pub fn slash_end(path: &str) -> String {
    let end = if path.ends_with('/') { "" } else { "/" };
    [path, end].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_encoding_has_its_own_literals() {
        let text = "aZ9-._~*!'()/ +%中";
        assert_eq!(rfc3986(text), "aZ9-._~%2A%21%27%28%29%2F%20%2B%25%E4%B8%AD");
        assert_eq!(rfc3986_path(text), "aZ9-._~%2A%21%27%28%29/%20%2B%25%E4%B8%AD");
        assert_eq!(component(text), "aZ9-._~*!'()%2F%20%2B%25%E4%B8%AD");
        assert_eq!(form(text), "aZ9-._%7E*%21%27%28%29%2F+%2B%25%E4%B8%AD");
    }

    #[test]
    fn escapes_are_decoded_and_a_plus_is_kept() {
        assert_eq!(percent_decoded("a%20b+c%2B%E4%B8%AD&=%zz"), "a b+c+中&=%zz");
        assert_eq!(percent_decoded(&rfc3986("a b+中%")), "a b+中%");
    }

    /// The cases of the test suite of AWS Signature Version 4, and some around them.
    #[test]
    fn paths_lose_empty_and_dot_segments() {
        for (path, normal) in [
            ("", "/"),
            ("/", "/"),
            ("//", "/"),
            ("/./", "/"),
            ("/example/..", "/"),
            ("/example1/example2/../..", "/"),
            ("/./example", "/example"),
            ("//example//", "/example/"),
            ("/a/b/..", "/a"),
            ("/a/./", "/a/"),
            ("/../a", "/a"),
            ("a/..b/.c", "/a/..b/.c"),
        ] {
            assert_eq!(normalize_path(path), normal, "{path}");
        }
    }

    #[test]
    fn a_slash_is_added_once() {
        assert_eq!([slash_end(""), slash_end("/a"), slash_end("/a/")], ["/", "/a/", "/a/"]);
    }
}
