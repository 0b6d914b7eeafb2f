//! Bodies of requests and answers.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};

/// Why a connection is closed in the middle of an answer.
#[derive(Debug)]
pub(super) struct Lost;

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the answer is lost on purpose")
    }
}

impl std::error::Error for Lost {}

/// The body of an answer, which may break off.
pub(super) struct Outgoing {
    bytes: Option<Bytes>,
    /// The announced length.
    length: u64,
    end: End,
}

/// What follows the bytes of a body.
#[derive(Copy, Clone, PartialEq, Eq)]
enum End {
    /// Nothing.
    Complete,
    /// The connection is closed as soon as the bytes have been sent.
    Unsent,
    /// The connection is closed.
    Sent,
}

impl Outgoing {
    pub(super) fn new(body: Vec<u8>, is_truncated: bool) -> Self {
        let length = u64::try_from(body.len()).unwrap_or(u64::MAX);
        let mut bytes = Bytes::from(body);
        if is_truncated {
            bytes.truncate(bytes.len() / 2);
        }
        let end = if is_truncated { End::Unsent } else { End::Complete };
        Self { bytes: Some(bytes).filter(|bytes| !bytes.is_empty()), length, end }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = Lost;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Lost>>> {
        if let Some(bytes) = self.bytes.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        match self.end {
            End::Complete => Poll::Ready(None),
            // hyper drops what it has not sent when a body fails, and sends it while a body is pending.
            End::Unsent => {
                self.end = End::Sent;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            End::Sent => Poll::Ready(Some(Err(Lost))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none() && self.end == End::Complete
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}

/// Why a body was not read.
pub(super) enum ReadError {
    /// It is longer than allowed.
    TooLong,
    /// The connection failed, or the body is malformed.
    Broken(hyper::Error),
}

/// Reads a whole body of at most `limit` bytes.
pub(super) async fn read(mut body: Incoming, limit: usize) -> Result<Vec<u8>, ReadError> {
    let is_long = |length: u64| usize::try_from(length).map_or(true, |length| length > limit);
    if is_long(body.size_hint().lower()) {
        return Err(ReadError::TooLong);
    }
    let mut bytes = Vec::new();
    while let Some(frame) = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        if let Ok(data) = frame.map_err(ReadError::Broken)?.into_data() {
            if bytes.len() + data.len() > limit {
                return Err(ReadError::TooLong);
            }
            bytes.extend_from_slice(&data);
        }
    }
    Ok(bytes)
}
