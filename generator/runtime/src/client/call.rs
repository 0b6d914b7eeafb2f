//! One call with options of its own.

use core::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::options::CallOptions;
use super::raw::RawRequest;
use super::subject::Subject;
use crate::base_url;
use crate::encode::Checks;
use crate::error::BaseUrlError;
use crate::operation::Method;
use crate::protocol::Platform;
use crate::retry::{Repeat, RetryPolicy};
use crate::secret::Secret;
use crate::value::MapValue;

/// A call with options, created by `call` or `raw` of a [`BlockingClient`](crate::BlockingClient), of an
/// [`AsyncClient`](crate::AsyncClient), or of a [`Client`](crate::Client), which only signs it.
#[must_use = "a call does nothing until `send` or `request` is called"]
pub struct Call<'a, C, P: Platform, S> {
    pub(super) client: &'a C,
    pub(super) subject: S,
    pub(super) options: CallOptions<P>,
}

impl<'a, C, P: Platform, S> Call<'a, C, P, S> {
    pub(super) fn new(client: &'a C, subject: S) -> Self {
        Self { client, subject, options: CallOptions::default() }
    }

    /// Sends this session (access token), even if the API's page mentions none. The call fails if the session is blank or
    /// the platform has no sessions: the client's session never takes its place.
    pub fn session(mut self, session: impl Into<Secret>) -> Self {
        self.options.session = Some(session.into());
        self
    }

    /// Adds a parameter by its wire name, for what the page does not document; it is signed like every other parameter.
    ///
    /// It replaces a field of the request with the same name, also in the path. A form contains the value as text, a JSON
    /// body as JSON. A blank name is a violation, and so is a blank value that replaces a required field.
    pub fn param(mut self, name: impl Into<String>, value: impl Into<MapValue>) -> Self {
        let name = name.into();
        self.options.extra.retain(|(known, _)| *known != name);
        self.options.extra.push((name, value.into()));
        self
    }

    /// Sets how long the whole call may take, its retries included. [`attempt_timeout`](Self::attempt_timeout) limits each
    /// attempt.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Sets how long one attempt may take.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options.attempt_timeout = Some(timeout);
        self
    }

    /// Sets the policy for repeating failed attempts.
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.options.retries = Some(policy);
        self
    }

    /// Sends the call to another base URL.
    ///
    /// # Errors
    ///
    /// As for [`Client::with_base_url`](crate::Client::with_base_url).
    pub fn base_url(mut self, url: &str) -> Result<Self, BaseUrlError> {
        base_url::check(url)?;
        self.options.base_url = Some(Arc::from(url));
        Ok(self)
    }

    /// Turns the checks of the request on or off.
    pub fn checks(mut self, checks: Checks) -> Self {
        self.options.checks = Some(checks);
        self
    }

    /// Signs with another method.
    pub fn sign_method(mut self, method: P::SignMethod) -> Self {
        self.options.sign_method = Some(method);
        self
    }

    /// States that repeating this call does no harm, for example because it only reads. The client then repeats it after
    /// every retryable error.
    pub fn idempotent(mut self) -> Self {
        self.options.repeat = Repeat::Always;
        self
    }

    /// Repeats the call after every retryable error, even though the platform may then execute it twice.
    pub fn retry_unsafe(mut self) -> Self {
        self.options.repeat = Repeat::Always;
        self
    }
}

impl<C, P: Platform> Call<'_, C, P, RawRequest> {
    /// Sets the HTTP method; the default is `POST`.
    pub fn method(mut self, method: Method) -> Self {
        self.subject.set_method(method);
        self
    }

    /// Sets the path below the base URL, on platforms where each API has its own. `{name}` in it is replaced with the
    /// parameter of that name, percent-encoded; everything else is sent as it is, and must be percent-encoded already.
    ///
    /// A path with a query, a fragment or a `.` or `..` segment violates [`Rule::InvalidPath`](crate::Rule::InvalidPath).
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.subject.path = path.into();
        self
    }

    /// Sets a fact that the platform's signature reads from every API, such as its version (`op.<name>` in the recipe).
    /// Signing fails with [`SignError::MissingFact`](crate::SignError::MissingFact) as long as one is missing.
    pub fn fact(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        self.subject.facts.retain(|(known, _)| *known != name);
        self.subject.facts.push((name, value.into()));
        self
    }
}

// The names of extra parameters are shown, their values are not: they may be personal data.
impl<C, P: Platform, S: Subject> fmt::Debug for Call<'_, C, P, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.options.extra.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Call")
            .field("api", &self.subject.outgoing().name)
            .field("extra", &names)
            .finish_non_exhaustive()
    }
}
