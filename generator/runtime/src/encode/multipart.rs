//! `multipart/form-data`: text parts, then files.

use crate::value::File;

/// A file and the name of its parameter.
pub(crate) struct FilePart<'a> {
    pub(crate) name: &'static str,
    pub(crate) file: &'a File,
}

/// Prefix of every boundary, followed by a number of fixed width.
const PREFIX: &str = "apograph-boundary-";
const DIGITS: usize = 8;

/// Returns a boundary that none of `contents` contains: the first free number, so that equal contents have equal bytes.
pub(crate) fn boundary<'a>(contents: impl Iterator<Item = &'a [u8]>) -> String {
    let mut taken: Vec<usize> = contents.flat_map(numbers).collect();
    taken.sort_unstable();
    taken.dedup();
    let free = taken.iter().enumerate().find(|(index, number)| index != *number).map(|(index, _)| index);
    format!("{PREFIX}{:0DIGITS$}", free.unwrap_or(taken.len()))
}

/// Finds the numbers of the boundaries in `content`.
fn numbers(content: &[u8]) -> impl Iterator<Item = usize> {
    let width = PREFIX.len() + DIGITS;
    content.windows(width).filter_map(|window| {
        let digits = window.strip_prefix(PREFIX.as_bytes())?;
        core::str::from_utf8(digits).ok()?.parse().ok()
    })
}

/// Returns the body: `texts` as `text/plain` parts, then `files`.
pub(crate) fn multipart(boundary: &str, texts: &[(String, String)], files: &[FilePart<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, text) in texts {
        let disposition = format!("form-data; name=\"{}\"", escaped(name));
        part(&mut body, boundary, &disposition, "text/plain; charset=UTF-8", text.as_bytes());
    }
    for FilePart { name, file } in files {
        let disposition = format!("form-data; name=\"{}\"; filename=\"{}\"", escaped(name), escaped(file.name()));
        part(&mut body, boundary, &disposition, file.content_type(), file.bytes());
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body
}

fn part(body: &mut Vec<u8>, boundary: &str, disposition: &str, content_type: &str, content: &[u8]) {
    let head = format!("--{boundary}\r\nContent-Disposition: {disposition}\r\nContent-Type: {content_type}\r\n\r\n");
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n");
}

/// Escapes a name for a quoted header value, as browsers do; other text stays raw UTF-8.
fn escaped(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A").replace('\0', "%00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_boundary_occurs_in_no_content() {
        let choose = |contents: &[&str]| boundary(contents.iter().map(|text| text.as_bytes()));
        assert_eq!(choose(&[]), "apograph-boundary-00000000");
        assert_eq!(choose(&["apograph-boundary-00000001"]), "apograph-boundary-00000000");
        let both = ["x--apograph-boundary-00000000", "apograph-boundary-00000001!"];
        assert_eq!(choose(&both), "apograph-boundary-00000002");
    }

    #[test]
    fn parts_are_framed_and_names_escaped() {
        let file = File::new("a\"b\r\n图.png", [1, 2]).with_content_type("image/png");
        let body = multipart("B", &[("t".to_owned(), "中".to_owned())], &[FilePart { name: "img", file: &file }]);
        let expected = "--B\r\nContent-Disposition: form-data; name=\"t\"\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n\
             中\r\n--B\r\nContent-Disposition: form-data; name=\"img\"; filename=\"a%22b%0D%0A图.png\"\r\n\
             Content-Type: image/png\r\n\r\n\u{1}\u{2}\r\n--B--\r\n";
        assert_eq!(String::from_utf8_lossy(&body), expected);
    }
}
