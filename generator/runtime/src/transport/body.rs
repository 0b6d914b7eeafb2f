//! Bodies of answers: decompressed and limited, alike for both transports.

use std::io::{self, Write};

use flate2::write::MultiGzDecoder;
use http::HeaderMap;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, HeaderValue};

use crate::error::{TransportError, TransportProblem};

/// Asks for a compressed answer, unless the request asks for an encoding itself.
pub(super) fn accept_gzip(headers: &mut HeaderMap) {
    headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("gzip"));
}

/// Whether a request has a body, perhaps an empty one. A body is sent with its length: some servers refuse a `POST`
/// without `Content-Length: 0`.
pub(super) fn has_body(request: &http::Request<Vec<u8>>) -> bool {
    !request.body().is_empty() || !request.method().is_safe()
}

/// Takes a body piece by piece.
pub(super) struct Collector {
    body: Body,
    /// How many more bytes may arrive.
    left: u64,
    is_empty: bool,
}

enum Body {
    Plain(Limited),
    Gzip(Box<MultiGzDecoder<Limited>>),
}

/// Bytes up to a limit.
struct Limited {
    bytes: Vec<u8>,
    limit: u64,
    is_exceeded: bool,
}

impl Collector {
    /// Creates a collector of up to `limit` decompressed bytes. Removes the headers that do not hold for the
    /// decompressed body.
    pub(super) fn new(headers: &mut HeaderMap, limit: u64) -> Self {
        let limited = Limited { bytes: Vec::new(), limit, is_exceeded: false };
        let encoding = headers.get(CONTENT_ENCODING).map_or(&[][..], HeaderValue::as_bytes).trim_ascii();
        if [&b"gzip"[..], b"x-gzip"].iter().any(|gzip| encoding.eq_ignore_ascii_case(gzip)) {
            headers.remove(CONTENT_ENCODING);
            headers.remove(CONTENT_LENGTH);
            // Data that cannot be compressed becomes a little longer. More would be headers and members without data.
            let left = limit.saturating_add(limit / 16).saturating_add(1024);
            return Self { body: Body::Gzip(Box::new(MultiGzDecoder::new(limited))), left, is_empty: true };
        }
        Self { body: Body::Plain(limited), left: limit, is_empty: true }
    }

    pub(super) fn push(&mut self, piece: &[u8]) -> Result<(), TransportError> {
        self.is_empty &= piece.is_empty();
        self.left = self.left.checked_sub(piece.len() as u64).ok_or_else(too_long)?;
        match &mut self.body {
            Body::Plain(limited) => limited.write_all(piece).map_err(|_| too_long()),
            Body::Gzip(decoder) => decoder.write_all(piece).map_err(|_| decoder_failure(decoder.get_ref())),
        }
    }

    /// Returns the whole body.
    pub(super) fn finish(self) -> Result<Vec<u8>, TransportError> {
        match self.body {
            Body::Plain(limited) => Ok(limited.bytes),
            // An answer without a body has no compressed one either.
            Body::Gzip(_) if self.is_empty => Ok(Vec::new()),
            Body::Gzip(mut decoder) => match decoder.try_finish() {
                Ok(()) => Ok(std::mem::take(&mut decoder.get_mut().bytes)),
                Err(_) => Err(decoder_failure(decoder.get_ref())),
            },
        }
    }
}

fn too_long() -> TransportError {
    TransportError::new(TransportProblem::TooLong)
}

fn decoder_failure(limited: &Limited) -> TransportError {
    if limited.is_exceeded {
        return too_long();
    }
    TransportError::new(TransportProblem::Protocol).with_cause("the answer is not valid gzip")
}

impl Write for Limited {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if self.bytes.len() as u64 + piece.len() as u64 > self.limit {
            self.is_exceeded = true;
            return Err(io::Error::other("the limit is exceeded"));
        }
        self.bytes.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    /// The body of an answer with this encoding that arrives in pieces of one byte.
    fn collected(encoding: &'static str, bytes: &[u8], limit: u64) -> Result<Vec<u8>, TransportProblem> {
        let mut headers = HeaderMap::from_iter([(CONTENT_ENCODING, HeaderValue::from_static(encoding))]);
        let mut collector = Collector::new(&mut headers, limit);
        for byte in bytes {
            collector.push(&[*byte]).map_err(|error| error.problem())?;
        }
        collector.finish().map_err(|error| error.problem())
    }

    #[test]
    fn gzip_of_any_name_is_decoded() {
        for encoding in ["gzip", " GZip ", "x-gzip"] {
            assert_eq!(collected(encoding, &gzip(b"text"), 4).as_deref(), Ok(&b"text"[..]), "{encoding}");
            assert_eq!(collected(encoding, &gzip(b"text"), 3), Err(TransportProblem::TooLong));
            assert_eq!(collected(encoding, b"", 0).as_deref(), Ok(&b""[..]));
        }
        for encoding in ["", "br", "gzip, gzip"] {
            assert_eq!(collected(encoding, b"text", 4).as_deref(), Ok(&b"text"[..]), "{encoding}");
            assert_eq!(collected(encoding, b"text", 3), Err(TransportProblem::TooLong));
        }
    }

    #[test]
    fn what_is_not_gzip_is_refused() {
        let whole = gzip(b"text text text");
        for cut in 1..whole.len() {
            assert_eq!(collected("gzip", &whole[..cut], 99), Err(TransportProblem::Protocol), "{cut}");
        }
        let mut wrong_sum = whole.clone();
        wrong_sum[whole.len() - 5] ^= 1;
        for bytes in [&b"{}"[..], &wrong_sum, &[whole.as_slice(), b"more"].concat()] {
            assert_eq!(collected("gzip", bytes, 99), Err(TransportProblem::Protocol));
        }
    }

    /// The names of files in headers and empty members weigh nothing when they are decompressed.
    #[test]
    fn gzip_without_data_is_limited_too() {
        let endless_name = [&[0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3][..], &[b'a'; 5000]].concat();
        assert_eq!(collected("gzip", &endless_name, 1000), Err(TransportProblem::TooLong));
        assert_eq!(collected("gzip", &gzip(b"").repeat(500), 1000), Err(TransportProblem::TooLong));
    }

    #[test]
    fn data_that_cannot_be_compressed_fits() {
        let noise: Vec<u8> = (0..1000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(collected("gzip", &gzip(&noise), 1000).as_ref(), Ok(&noise));
    }
}
