//! Files to upload.

use core::fmt;

/// A file: its name, media type and bytes. A request with a file is sent as `multipart/form-data`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct File {
    name: String,
    content_type: String,
    bytes: Vec<u8>,
}

impl File {
    /// Media type of a file without one; the official clients send the same.
    // specs/top/PROTOCOL.md#files
    pub(crate) const UNTYPED: &'static str = "application/octet-stream";

    /// Creates a file called `name` with the media type `application/octet-stream`.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), content_type: Self::UNTYPED.to_owned(), bytes: bytes.into() }
    }

    /// Returns the file with the media type `content_type`.
    pub fn with_content_type(self, content_type: impl Into<String>) -> Self {
        Self { content_type: content_type.into(), ..self }
    }

    /// Returns the file's name, which the server receives.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the media type.
    pub fn content_type(&self) -> &str {
        &self.content_type
    }

    /// Returns the content.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::show::count(f, "File", self.bytes.len(), "bytes")
    }
}
