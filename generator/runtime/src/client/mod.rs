//! The client: settings, requests, answers, and the drivers that send them.

mod asynchronous;
mod attempt;
mod blocking;
mod by_table;
mod call;
mod exchange;
mod options;
mod raw;
mod sign;
mod subject;
mod table;
mod trace;

use core::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::answer::Answer;
use crate::base_url;
use crate::clock::Clock;
use crate::decode;
use crate::encode::Checks;
use crate::error::{BaseUrlError, Error};
use crate::explain::SigningReport;
use crate::nonce::Nonce;
use crate::object::Object;
use crate::operation::{Endpoint, Operation};
use crate::protocol::{Credentials, Environment, Platform, Protocol};
use crate::received::Received;
use crate::retry::{Limiter, RateLimit, RetryPolicy};
use crate::secret::Secret;
use crate::skew::ClockCorrection;

pub use asynchronous::AsyncClient;
pub use attempt::Attempt;
use attempt::OnAttempt;
pub use blocking::BlockingClient;
pub use call::Call;
use options::CallOptions;
pub use raw::RawRequest;
pub(crate) use subject::Outgoing;
pub use subject::Subject;
pub use table::TableRequest;

/// A client of one platform: credentials, base URL, retries, time limits. Cheap to clone.
///
/// It does no I/O. With a transport it becomes a [`BlockingClient`] or an [`AsyncClient`], whose `send` does everything.
/// For any other HTTP library, [`Client::request`] returns a signed [`http::Request`], and [`Client::answer`] decodes the
/// [`http::Response`].
///
/// # Example
///
/// A call with any HTTP library, which works for every API of every platform:
///
/// ```
/// # use apograph_runtime::{Client, Endpoint, Error, http};
/// fn exchange<E: Endpoint>(
///     client: &Client<E::Platform>,
///     call: &E,
///     send: impl Fn(http::Request<Vec<u8>>) -> http::Response<Vec<u8>>,
/// ) -> Result<E::Response, Error> {
///     let request = client.request(call)?; // checked and signed
///     let answer = client.answer::<E>(send(request))?;
///     Ok(answer.value)
/// }
/// ```
///
/// Settings are methods that return the client:
///
/// ```
/// # use std::time::Duration;
/// # use apograph_runtime::{Client, Platform, RateLimit, RetryPolicy};
/// fn patient<P: Platform>(client: Client<P>) -> Client<P> {
///     client
///         .with_retries(RetryPolicy::standard().with_attempts(5))
///         .with_timeout(Duration::from_secs(60)) // of the whole call, waits included
///         .with_rate_limit(RateLimit::per_second(20))
/// }
/// ```
pub struct Client<P: Platform> {
    protocol: &'static Protocol,
    credentials: Arc<P::Credentials>,
    base_url: Arc<str>,
    sign_method: P::SignMethod,
    clock: Arc<dyn Clock>,
    nonce: Arc<dyn Nonce>,
    checks: Checks,
    retries: RetryPolicy,
    attempt_timeout: Duration,
    timeout: Duration,
    limiter: Option<Arc<Limiter>>,
    correction: Option<Arc<ClockCorrection>>,
    on_attempt: Option<OnAttempt>,
}

/// Default time limit of an attempt; the platforms' own clients wait as long for an answer.
// specs/top/PROTOCOL.md#how-parameters-travel
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);

/// Default time limit of a call: the attempts of the standard policy and their waits.
const TIMEOUT: Duration = Duration::from_secs(120);

impl<P: Platform> Client<P> {
    /// Creates a client with the platform's first environment, its default signature, all checks on, and the system's
    /// clock and random source.
    #[cfg(any(feature = "system", test))]
    pub fn new(credentials: P::Credentials) -> Self {
        Self::with_sources(credentials, crate::SystemClock, crate::SystemNonce::default())
    }

    /// Creates a client with the same settings as `new` (feature `system`), but with the given clock and source of nonces.
    /// Use it on targets without an operating system: in a browser, with `Date.now()` and `crypto.getRandomValues()`.
    pub fn with_sources(credentials: P::Credentials, clock: impl Clock + 'static, nonce: impl Nonce + 'static) -> Self {
        Self {
            protocol: const { &P::PROTOCOL },
            credentials: Arc::new(credentials),
            base_url: P::Environment::default().base_url().into(),
            sign_method: P::SignMethod::default(),
            clock: Arc::new(clock),
            nonce: Arc::new(nonce),
            checks: Checks::On,
            retries: RetryPolicy::standard(),
            attempt_timeout: ATTEMPT_TIMEOUT,
            timeout: TIMEOUT,
            limiter: None,
            correction: None,
            on_attempt: None,
        }
    }

    /// Returns the client with another environment.
    #[must_use]
    pub fn with_environment(self, environment: P::Environment) -> Self {
        self.elsewhere(environment.base_url())
    }

    /// Returns the client with another base URL, such as a mirror, a proxy or a test server.
    ///
    /// # Errors
    ///
    /// [`BaseUrlError`] unless the URL has the form `https://host[:port][/path]`. `http` is accepted if the host is
    /// `localhost`, `[::1]` or in 127.0.0.0/8.
    pub fn with_base_url(self, url: &str) -> Result<Self, BaseUrlError> {
        base_url::check(url)?;
        Ok(self.elsewhere(url))
    }

    /// Returns the client with another base URL, which may be `http` for any host.
    ///
    /// Everybody between the client and the host can then read and change requests and answers: sessions and personal
    /// data are sent as they are. Use this only in a network that you trust.
    ///
    /// # Errors
    ///
    /// [`BaseUrlError`] unless the URL has the form `https://host[:port][/path]`, or the same with `http`.
    pub fn with_insecure_base_url(self, url: &str) -> Result<Self, BaseUrlError> {
        base_url::check_insecure(url)?;
        Ok(self.elsewhere(url))
    }

    /// Returns the client with another base URL, and without what the client has learnt from the server before.
    fn elsewhere(self, base_url: &str) -> Self {
        Self {
            base_url: base_url.into(),
            limiter: self.limiter.map(|limiter| Arc::new(limiter.fresh())),
            correction: self.correction.map(|_| Arc::default()),
            ..self
        }
    }

    /// Returns the client with another signature method.
    #[must_use]
    pub fn with_sign_method(self, sign_method: P::SignMethod) -> Self {
        Self { sign_method, ..self }
    }

    /// Returns the client with another session (access token). No effect on platforms without sessions.
    ///
    /// The session is sent only to APIs whose page marks it as required or optional ([`Session`](crate::Session)), so that no other API
    /// sees it.
    #[must_use]
    pub fn with_session(self, session: impl Into<Secret>) -> Self {
        let credentials = P::Credentials::clone(&self.credentials).with_session(Some(session.into()));
        Self { credentials: Arc::new(credentials), ..self }
    }

    /// Returns the client with another clock.
    #[must_use]
    pub fn with_clock(self, clock: impl Clock + 'static) -> Self {
        Self { clock: Arc::new(clock), ..self }
    }

    /// Returns the client with another source of nonces.
    #[must_use]
    pub fn with_nonce(self, nonce: impl Nonce + 'static) -> Self {
        Self { nonce: Arc::new(nonce), ..self }
    }

    /// Returns the client with the checks of requests on or off.
    #[must_use]
    pub fn with_checks(self, checks: Checks) -> Self {
        Self { checks, ..self }
    }

    /// Returns the client with another policy for repeating failed attempts. No effect on [`Client::request`].
    #[must_use]
    pub fn with_retries(self, retries: RetryPolicy) -> Self {
        Self { retries, ..self }
    }

    /// Returns the client with another time limit for one attempt; the default is 30 seconds.
    #[must_use]
    pub fn with_attempt_timeout(self, attempt_timeout: Duration) -> Self {
        Self { attempt_timeout, ..self }
    }

    /// Returns the client with another time limit for a whole call, retries included; the default is two minutes.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Returns the client with a limit on the rate of its attempts, which its clones share. Calls wait for their turn. If
    /// the platform refuses calls for a stated time, every call waits until it has passed. A call whose time limit leaves
    /// no room for the wait fails with [`TransportProblem::RateLimited`](crate::TransportProblem::RateLimited), or with the
    /// error of its last attempt.
    #[must_use]
    pub fn with_rate_limit(self, limit: RateLimit) -> Self {
        Self { limiter: Some(Arc::new(Limiter::new(limit))), ..self }
    }

    /// Returns the client with a correction of its clock, which its clones share.
    ///
    /// If the platform rejects the time of a request, the difference to the `Date` header of the answer is added to the
    /// clock from then on, and the call is repeated at once if the retry policy has an attempt left.
    #[must_use]
    pub fn with_clock_correction(self) -> Self {
        Self { correction: Some(Arc::default()), ..self }
    }

    /// Returns the client with a function that is called after each attempt, for logs and metrics; it replaces an earlier
    /// one. It runs on the calling thread, and must not block. It is not called for attempts whose future is dropped.
    #[must_use]
    pub fn with_on_attempt(self, on_attempt: impl Fn(&Attempt<'_>) + Send + Sync + 'static) -> Self {
        Self { on_attempt: Some(OnAttempt(Arc::new(on_attempt))), ..self }
    }

    /// Encodes and signs `call`. Call this again for every attempt, because the signature contains the time.
    ///
    /// Do not log the result: its URL and headers may contain the session, and `http`'s own `Debug` shows the URL.
    ///
    /// # Errors
    ///
    /// [`Error::Violations`] with every rule of the page that the request violates, [`Error::MissingSession`],
    /// [`Error::Removed`], [`Error::Sign`], [`Error::BaseUrl`] and [`Error::Request`].
    pub fn request<E: Endpoint<Platform = P>>(&self, call: &E) -> Result<http::Request<Vec<u8>>, Error> {
        self.sign(&Outgoing::typed(call), &CallOptions::default())
    }

    /// Encodes and signs `call` as [`Client::request`] does, and returns how: every parameter, the text to sign with secrets
    /// masked, the signature, and the request. To explain a call with options, use [`Call::explain`].
    ///
    /// # Errors
    ///
    /// As for [`Client::request`].
    pub fn explain<E: Endpoint<Platform = P>>(&self, call: &E) -> Result<SigningReport, Error> {
        self.report(&Outgoing::typed(call), &CallOptions::default())
    }

    /// Starts a call with options of its own; [`Call::request`] signs it.
    pub fn call<'a, E: Endpoint<Platform = P>>(&'a self, request: &'a E) -> Call<'a, Self, P, &'a E> {
        Call::new(self, request)
    }

    /// Starts an untyped call of the API `name`: [`Call::request`] signs it, and [`Client::answer_raw`] decodes the answer. The
    /// client's session is not sent, because it is unknown whether the API needs one: pass it with [`Call::session`].
    pub fn raw(&self, name: impl Into<String>) -> Call<'_, Self, P, RawRequest> {
        Call::new(self, RawRequest::new(name))
    }

    /// Decodes the answer to a request of the endpoint `E`. The answer or error keeps the status, headers and body of the
    /// response; a body that is a `Vec<u8>` is not copied.
    ///
    /// # Errors
    ///
    /// [`Error::Removed`] for an API that the vendor no longer documents; [`Error::Platform`] or [`Error::Status`] if
    /// the platform refused the call; [`Error::Http`] if the HTTP status is an error and the body has no error of the
    /// platform; [`Error::Decode`] if the answer cannot be decoded at all. A value that does not fit its field is not
    /// an error: see [`Answer::coercions`].
    pub fn answer<E: Endpoint<Platform = P>>(
        &self,
        response: http::Response<impl Into<Vec<u8>>>,
    ) -> Result<Answer<E::Response>, Error> {
        let mut value = E::Response::default();
        let answer = self.open(&E::OPERATION, response.into(), &mut value)?;
        Ok(answer.with_value(value))
    }

    /// Returns the client with the transport [`UreqTransport`](crate::UreqTransport), with its default settings and connections of its own.
    ///
    /// # Errors
    ///
    /// [`TransportError`](crate::TransportError) if the environment names a proxy that cannot be used.
    #[cfg(feature = "blocking")]
    pub fn into_blocking(self) -> Result<BlockingClient<P>, crate::TransportError> {
        Ok(BlockingClient::new(self, crate::UreqTransport::new(&crate::HttpOptions::new())?))
    }

    /// Returns the client with the transport [`ReqwestTransport`](crate::ReqwestTransport), with its default settings and
    /// connections of its own. Calls need a tokio runtime.
    ///
    /// # Errors
    ///
    /// [`TransportError`](crate::TransportError) if the environment names a proxy that cannot be used.
    #[cfg(feature = "async")]
    pub fn into_async(self) -> Result<AsyncClient<P>, crate::TransportError> {
        Ok(AsyncClient::new(self, crate::ReqwestTransport::new(&crate::HttpOptions::new())?))
    }

    /// Decodes the answer to a call of `operation` into `target`.
    fn open(&self, operation: &Operation, received: Received, target: &mut dyn Object) -> Result<Answer<()>, Error> {
        check_documented(operation)?;
        let reply = decode::answer(received, operation, self.protocol, target)
            .map_err(|error| error.with_clock_skew(|| self.clock.now()))?;
        Ok(Answer {
            value: (),
            request_id: reply.request_id,
            status: reply.status,
            message: reply.message,
            coercions: reply.coercions,
            attempts: 1,
            received: reply.received,
        })
    }

    /// Returns a random number for the wait before an attempt. Without a random source, the wait has its full length.
    fn random(&self) -> u64 {
        let mut bytes = [0; 8];
        self.nonce.fill(&mut bytes).map_or(u64::MAX, |()| u64::from_le_bytes(bytes))
    }
}

impl<P: Platform, S: Subject> Call<'_, Client<P>, P, S> {
    /// Encodes and signs the call.
    ///
    /// # Errors
    ///
    /// As for [`Client::request`].
    pub fn request(self) -> Result<http::Request<Vec<u8>>, Error> {
        self.client.sign(&self.subject.outgoing(), &self.options)
    }

    /// Encodes and signs the call, and returns how.
    ///
    /// # Errors
    ///
    /// As for [`Client::request`].
    pub fn explain(self) -> Result<SigningReport, Error> {
        self.client.report(&self.subject.outgoing(), &self.options)
    }
}

/// Rejects an API that the vendor no longer documents.
fn check_documented(operation: &Operation) -> Result<(), Error> {
    if operation.is_removed() { Err(Error::Removed { api: operation.name() }) } else { Ok(()) }
}

// Not derived: that would require the platform type to be `Clone`.
impl<P: Platform> Clone for Client<P> {
    fn clone(&self) -> Self {
        Self {
            protocol: self.protocol,
            credentials: Arc::clone(&self.credentials),
            base_url: Arc::clone(&self.base_url),
            sign_method: self.sign_method,
            clock: Arc::clone(&self.clock),
            nonce: Arc::clone(&self.nonce),
            checks: self.checks,
            retries: self.retries,
            attempt_timeout: self.attempt_timeout,
            timeout: self.timeout,
            limiter: self.limiter.clone(),
            correction: self.correction.clone(),
            on_attempt: self.on_attempt.clone(),
        }
    }
}

impl<P: Platform> fmt::Debug for Client<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url)
            .field("sign_method", &self.sign_method)
            .field("checks", &self.checks)
            .field("retries", &self.retries)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
