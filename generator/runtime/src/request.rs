//! From signed parts to an HTTP request.

use http::header::{HeaderName, HeaderValue};

use crate::encode::{Draft, boundary, multipart};
use crate::error::Error;
use crate::sign::{Location, Parts};

/// A request that is being signed.
pub(crate) struct Unsigned<'a> {
    draft: Draft<'a>,
    boundary: Option<String>,
    /// Headers from before signing.
    plain: Vec<(String, String)>,
}

impl<'a> Unsigned<'a> {
    pub(crate) fn new(mut draft: Draft<'a>) -> Self {
        let boundary = draft.is_multipart.then(|| multipart_boundary(&draft));
        if let Some(boundary) = &boundary {
            draft.parts.put_header("Content-Type", multipart_type(boundary));
        }
        let plain = draft.parts.pairs(Location::Headers).to_vec();
        Self { draft, boundary, plain }
    }

    /// Returns what the platform signs.
    pub(crate) fn parts(&mut self) -> &mut Parts {
        &mut self.draft.parts
    }

    /// Returns the request as it is sent.
    pub(crate) fn finish(self) -> Result<http::Request<Vec<u8>>, Error> {
        let parts = &self.draft.parts;
        let query = parts.query_text();
        let mark = if query.is_empty() { "" } else { "?" };
        let mut request = http::Request::builder().method(parts.method()).uri(format!("{}{mark}{query}", parts.url()));
        for (name, value) in parts.pairs(Location::Headers) {
            let known = self.plain.iter().any(|(plain, text)| plain == name && text == value);
            request = request.header(header_name(name)?, header_value(value, known)?);
        }
        Ok(request.body(self.into_body())?)
    }

    fn into_body(self) -> Vec<u8> {
        let Draft { parts, files, .. } = self.draft;
        match &self.boundary {
            Some(boundary) => multipart(boundary, parts.pairs(Location::Form), &files),
            None if parts.body().is_empty() => parts.form_text().into_bytes(),
            None => parts.into_body(),
        }
    }
}

fn multipart_boundary(draft: &Draft<'_>) -> String {
    let texts = draft.parts.pairs(Location::Form).iter().map(|(_, text)| text.as_bytes());
    boundary(texts.chain(draft.files.iter().map(|part| part.file.bytes())))
}

fn multipart_type(boundary: &str) -> String {
    format!("multipart/form-data; boundary={boundary}")
}

fn header_name(name: &str) -> Result<HeaderName, http::Error> {
    Ok(HeaderName::from_bytes(name.as_bytes())?)
}

/// Marks headers that signing added as sensitive, because they are keys, tokens and signatures.
fn header_value(text: &str, known: bool) -> Result<HeaderValue, http::Error> {
    let mut value = HeaderValue::from_str(text)?;
    value.set_sensitive(!known);
    Ok(value)
}
