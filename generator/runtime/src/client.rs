//! The client: settings, requests, answers.

use core::fmt;
use std::borrow::Cow;
use std::sync::Arc;

use crate::answer::Answer;
use crate::base_url;
use crate::clock::{Clock, SystemClock};
use crate::decode;
use crate::encode::{self, Checks};
use crate::error::{BaseUrlError, Error};
use crate::nonce::{Nonce, SystemNonce};
use crate::operation::{Endpoint, Operation, Session};
use crate::protocol::{Credentials, Environment, Platform};
use crate::request::Unsigned;
use crate::secret::Secret;
use crate::sign::{Moment, is_blank};
use crate::transport::Transport;

/// A client of one platform: credentials, base URL, clock. Cheap to clone; holds no connection.
///
/// It does no I/O: [`Client::request`] returns a signed [`http::Request`] for any HTTP library, and [`Client::answer`]
/// decodes the [`http::Response`]. [`Client::send`] does both with a [`Transport`].
pub struct Client<P: Platform> {
    credentials: Arc<P::Credentials>,
    base_url: Arc<str>,
    sign_method: P::SignMethod,
    clock: Arc<dyn Clock>,
    nonce: Arc<dyn Nonce>,
    checks: Checks,
}

impl<P: Platform> Client<P> {
    /// Creates a client with the platform's first environment, its default signature, the system clock, and all checks
    /// on.
    pub fn new(credentials: P::Credentials) -> Self {
        Self {
            credentials: Arc::new(credentials),
            base_url: P::Environment::default().base_url().into(),
            sign_method: P::SignMethod::default(),
            clock: Arc::new(SystemClock),
            nonce: Arc::new(SystemNonce::default()),
            checks: Checks::On,
        }
    }

    /// Returns the client with another environment.
    #[must_use]
    pub fn with_environment(self, environment: P::Environment) -> Self {
        Self { base_url: environment.base_url().into(), ..self }
    }

    /// Returns the client with another base URL, such as a mirror, a proxy or a test server.
    ///
    /// # Errors
    ///
    /// [`BaseUrlError`] unless the URL has the form `https://host[:port][/path]`. `http` is accepted if the host is
    /// `localhost`, `[::1]` or in 127.0.0.0/8.
    pub fn with_base_url(self, url: &str) -> Result<Self, BaseUrlError> {
        base_url::check(url)?;
        Ok(Self { base_url: url.into(), ..self })
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
        Ok(Self { base_url: url.into(), ..self })
    }

    /// Returns the client with another signature method.
    #[must_use]
    pub fn with_sign_method(self, sign_method: P::SignMethod) -> Self {
        Self { sign_method, ..self }
    }

    /// Returns the client with another session (access token). No effect on platforms without sessions.
    ///
    /// The session is sent only to APIs whose page marks it as required or optional ([`Session`]), so that no other API
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

    /// Encodes and signs `call`. Call this again for every attempt, because the signature contains the time.
    ///
    /// Do not log the result: its URL and headers may contain the session, and `http`'s own `Debug` shows the URL.
    ///
    /// # Errors
    ///
    /// [`Error::Violations`] with every rule of the page that the request violates, [`Error::MissingSession`],
    /// [`Error::Removed`], [`Error::Sign`], [`Error::BaseUrl`] and [`Error::Request`].
    pub fn request<E: Endpoint<Platform = P>>(&self, call: &E) -> Result<http::Request<Vec<u8>>, Error> {
        let operation = &E::OPERATION;
        check_documented(operation)?;
        let credentials = self.credentials_for(operation)?;
        let draft = encode::draft(call, operation, &P::PROTOCOL, &self.base_url, self.checks)?;
        let mut unsigned = Unsigned::new(draft);
        let moment = Moment::new(self.clock.now(), &*self.nonce);
        P::sign(unsigned.parts(), &credentials, self.sign_method, &moment)?;
        unsigned.finish()
    }

    fn credentials_for(&self, operation: &Operation) -> Result<Cow<'_, P::Credentials>, Error> {
        let session = self.credentials.session();
        // A blank token counts as missing: the signature leaves it out, so it must not be sent. specs/top/PROTOCOL.md#blank-values
        let usable = session.is_some_and(|session| !is_blank(session.expose()));
        match operation.session_need() {
            Session::Required if !usable => Err(Error::MissingSession { api: operation.name() }),
            Session::Required | Session::Optional if usable => Ok(Cow::Borrowed(&self.credentials)),
            // Only endpoints that use the token see it.
            _ if session.is_some() => Ok(Cow::Owned(P::Credentials::clone(&self.credentials).with_session(None))),
            _ => Ok(Cow::Borrowed(&self.credentials)),
        }
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
        check_documented(&E::OPERATION)?;
        let mut value = E::Response::default();
        let reply = decode::answer(response.into(), &E::OPERATION, &P::PROTOCOL, &mut value)?;
        Ok(Answer {
            value,
            request_id: reply.request_id,
            status: reply.status,
            message: reply.message,
            coercions: reply.coercions,
            received: reply.received,
        })
    }

    /// Signs `call`, sends it once, and decodes the answer.
    ///
    /// # Errors
    ///
    /// As for [`Client::request`] and [`Client::answer`], and [`Error::Transport`] if no answer arrived.
    pub fn send<E: Endpoint<Platform = P>>(
        &self,
        transport: &(impl Transport + ?Sized),
        call: &E,
    ) -> Result<Answer<E::Response>, Error> {
        let response = transport.send(self.request(call)?)?;
        self.answer::<E>(response)
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
            credentials: Arc::clone(&self.credentials),
            base_url: Arc::clone(&self.base_url),
            sign_method: self.sign_method,
            clock: Arc::clone(&self.clock),
            nonce: Arc::clone(&self.nonce),
            checks: self.checks,
        }
    }
}

impl<P: Platform> fmt::Debug for Client<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url)
            .field("sign_method", &self.sign_method)
            .field("checks", &self.checks)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[path = "client_tests.rs"]
mod tests;
