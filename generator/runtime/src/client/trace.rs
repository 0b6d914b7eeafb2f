//! Spans for the crate `tracing`, with its feature; nothing without it.

use core::future::Future;

use super::attempt::Attempt;
use crate::error::Error;
#[cfg(feature = "tracing")]
use crate::error::without_detail;

/// What happens to the session of a client in a call.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum SessionUse {
    /// The client has no session.
    None,
    /// It is sent.
    Sent,
    /// The API's page needs none, so it is not sent.
    Withheld,
}

/// The spans of a call: one for the call, and one inside for the present attempt.
pub(crate) struct Trace {
    #[cfg(feature = "tracing")]
    call: tracing::Span,
    #[cfg(feature = "tracing")]
    attempt: tracing::Span,
}

#[cfg(not(feature = "tracing"))]
impl Trace {
    pub(crate) fn call(_api: &str, _session: SessionUse) -> Self {
        Self {}
    }

    pub(crate) fn begin(&mut self, _number: u32) {}

    pub(crate) fn end(&mut self, _attempt: &Attempt<'_>) {}

    pub(crate) fn refuse(&self, _error: &Error) {}

    /// Runs `exchange` inside the attempt's span.
    pub(crate) fn run<T>(&self, exchange: impl FnOnce() -> T) -> T {
        exchange()
    }

    /// Runs a future inside the attempt's span.
    pub(crate) fn within<F: Future>(&self, exchange: F) -> F {
        exchange
    }
}

#[cfg(feature = "tracing")]
impl Trace {
    pub(crate) fn call(api: &str, session: SessionUse) -> Self {
        let session = match session {
            SessionUse::None => "none",
            SessionUse::Sent => "sent",
            SessionUse::Withheld => "withheld",
        };
        Self { call: tracing::info_span!("call", api, session), attempt: tracing::Span::none() }
    }

    pub(crate) fn begin(&mut self, number: u32) {
        use tracing::field::Empty;

        self.attempt = tracing::info_span!(
            parent: &self.call,
            "attempt",
            number,
            http_status = Empty,
            code = Empty,
            sub_code = Empty,
            request_id = Empty,
            duration_ms = Empty,
            sent_bytes = Empty,
            received_bytes = Empty,
            retry_in_ms = Empty,
        );
    }

    pub(crate) fn end(&mut self, attempt: &Attempt<'_>) {
        let millis = |time: core::time::Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let text = |text: &str| crate::show::Line(text).to_string();
        let span = core::mem::replace(&mut self.attempt, tracing::Span::none());
        span.record("http_status", attempt.http_status);
        span.record("code", attempt.error.and_then(|error| error.code()).map(text));
        span.record("sub_code", attempt.error.and_then(|error| error.sub_code()).map(without_detail).map(text));
        span.record("request_id", attempt.request_id.map(text));
        span.record("duration_ms", millis(attempt.duration));
        span.record("sent_bytes", attempt.sent_bytes);
        span.record("received_bytes", attempt.received_bytes);
        span.record("retry_in_ms", attempt.retry_in.map(millis));
        span.in_scope(|| match attempt.error {
            None => tracing::debug!("answered"),
            Some(error) => tracing::warn!(%error, "failed"),
        });
    }

    /// Records that the call ends without another attempt.
    pub(crate) fn refuse(&self, error: &Error) {
        tracing::warn!(parent: &self.call, %error, "no time left");
    }

    /// Runs `exchange` inside the attempt's span.
    pub(crate) fn run<T>(&self, exchange: impl FnOnce() -> T) -> T {
        self.attempt.in_scope(exchange)
    }

    /// Runs a future inside the attempt's span.
    pub(crate) fn within<F: Future>(&self, exchange: F) -> tracing::instrument::Instrumented<F> {
        tracing::Instrument::instrument(exchange, self.attempt.clone())
    }
}
