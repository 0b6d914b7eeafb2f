//! A transport that answers with the closures of a test.

use core::fmt;
use core::marker::PhantomData;
use core::sync::atomic::{AtomicU64, Ordering};
use core::time::Duration;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::call::{MockCall, RecordedCall, SessionPlace, named_api};
use super::clock::{TestClock, TestNonce};
use super::failure::{Context, Failure};
use super::handler::{Handler, Refusal};
use super::read::SentRequest;
use super::values::TestCredentials;
use super::write::{AnswerLayout, Written};
use crate::client::{AsyncClient, BlockingClient, Client};
use crate::error::{TransportError, TransportProblem};
use crate::operation::{Endpoint, Method, Operation};
use crate::protocol::{Credentials, Platform};
use crate::transport::{AsyncTransport, Transport, TransportFuture};
use crate::value::Json;

/// A platform in the process: a transport for tests, of both drivers. Clones share handlers and calls.
///
/// A call without a handler fails with [`TransportProblem::Unhandled`] and the names of the handlers.
///
/// The mock trusts its callers: it verifies no signature and requires no session, and it leaves required marks and limits
/// to the client, which checks them unless it has [`Checks::Off`](crate::Checks::Off). See
/// [`session`](MockCall::session), [`check`](MockCall::check) and [`client_without_session`](Self::client_without_session)
/// for tests of these.
pub struct Mock<P> {
    shared: Arc<Shared>,
    layout: AnswerLayout,
    platform: PhantomData<fn() -> P>,
}

#[derive(Default)]
struct Shared {
    handlers: Mutex<Vec<Arc<Handler>>>,
    calls: Mutex<Vec<RecordedCall>>,
    waits: Mutex<Vec<Duration>>,
    /// Where the platform's session is sent, for APIs without a handler with types.
    place: Option<SessionPlace>,
    answered: AtomicU64,
}

/// What a [`Mock`] does about the calls of one API, and how often it did it.
#[derive(Clone, Debug)]
pub struct Expectation {
    handler: Arc<Handler>,
}

impl Expectation {
    /// Lets the next attempts fail, one after the other, before the closure answers. Failures that have been added before
    /// come first.
    pub fn fail_first(self, failures: impl IntoIterator<Item = Failure>) -> Self {
        self.handler.fail(failures);
        self
    }

    /// Adds a header to the successful answers, such as `Date`. For the headers of a failure, see
    /// [`Failure::with_header`].
    ///
    /// # Panics
    ///
    /// If HTTP forbids the name or the value.
    pub fn with_header(self, name: &str, value: &str) -> Self {
        let (name, value) = super::failure::header(name, value);
        self.handler.dress(|dress| drop(dress.headers.insert(name, value)));
        self
    }

    /// Gives the successful answers another HTTP status than 200.
    pub fn with_http_status(self, status: http::StatusCode) -> Self {
        self.handler.dress(|dress| dress.status = status);
        self
    }

    /// Returns the number of attempts so far, those that failed included.
    pub fn calls(&self) -> usize {
        self.handler.calls()
    }

    /// Returns how many failures no attempt has had yet.
    pub fn remaining_failures(&self) -> usize {
        self.handler.remaining_failures()
    }
}

impl<P: Platform<Credentials: TestCredentials>> Mock<P> {
    /// Creates a mock without handlers.
    pub fn new() -> Self {
        const OPERATION: &Operation = &Operation::new("", Method::Post, "");
        let place = SessionPlace::of::<P>(&P::Credentials::for_test(), OPERATION);
        let shared = Arc::new(Shared { place, ..Shared::default() });
        Self { shared, layout: AnswerLayout::default(), platform: PhantomData }
    }
}

impl<P: Platform> Mock<P> {
    /// Answers calls of the endpoint `E`. A later handler of the same endpoint replaces an earlier one, together with its
    /// failures that no attempt has had yet: see [`Expectation::remaining_failures`].
    pub fn on<E>(
        &self,
        answer: impl Fn(&MockCall<E>) -> Result<E::Response, Failure> + Send + Sync + 'static,
    ) -> Expectation
    where
        E: Endpoint<Platform = P> + Default,
        P::Credentials: TestCredentials,
    {
        self.add(Handler::typed(
            &E::OPERATION,
            session_place::<E>(),
            Box::new(move |recorded, layout, request_id| {
                let call = MockCall::<E>::of(recorded).map_err(Refusal::Unreadable)?;
                let value = answer(&call).map_err(Refusal::Wanted)?;
                Ok(MockCall::<E>::write(&value, layout, request_id))
            }),
        ))
    }

    /// Answers calls of the endpoint `E` with a whole body, such as the sample of the API's page.
    pub fn on_json<E>(
        &self,
        answer: impl Fn(&MockCall<E>) -> Result<Json, Failure> + Send + Sync + 'static,
    ) -> Expectation
    where
        E: Endpoint<Platform = P> + Default,
        P::Credentials: TestCredentials,
    {
        self.add(Handler::typed(
            &E::OPERATION,
            session_place::<E>(),
            Box::new(move |recorded, _, _| {
                let call = MockCall::<E>::of(recorded).map_err(Refusal::Unreadable)?;
                let json = answer(&call).map_err(Refusal::Wanted)?;
                Ok(Written::json(json.as_str().to_owned()))
            }),
        ))
    }

    /// Answers calls of the API `name` with a whole body, whether the client has its type or not. Where each API has its
    /// own path, `name` is the path, or its last segments.
    ///
    /// Of handlers that fit a call, the last one answers, whether it has types or not.
    pub fn on_raw(
        &self,
        name: impl Into<String>,
        answer: impl Fn(&RecordedCall) -> Result<Json, Failure> + Send + Sync + 'static,
    ) -> Expectation {
        self.add(Handler::raw(
            name.into(),
            Box::new(move |recorded, _, _| {
                let json = answer(recorded).map_err(Refusal::Wanted)?;
                Ok(Written::json(json.as_str().to_owned()))
            }),
        ))
    }

    fn add(&self, handler: Handler) -> Expectation {
        let handler = Arc::new(handler);
        let mut handlers = locked(&self.shared.handlers);
        handlers.retain(|other| other.name != handler.name);
        handlers.push(Arc::clone(&handler));
        Expectation { handler }
    }

    /// Returns the mock with another layout of its answers, for the clients that are created with it. Other clones keep
    /// theirs.
    #[must_use]
    pub fn with_layout(self, layout: AnswerLayout) -> Self {
        Self { layout, ..self }
    }

    /// Returns all attempts of all calls, in the order of their arrival.
    pub fn calls(&self) -> Vec<RecordedCall> {
        locked(&self.shared.calls).clone()
    }

    /// Returns the attempts of calls of the endpoint `E`, in the order of their arrival, whatever answered them.
    ///
    /// # Panics
    ///
    /// If a request cannot be decoded as `E`: without it, the list would be wrong. [`calls`](Self::calls) has every request.
    #[track_caller]
    #[expect(clippy::panic, reason = "a test must not pass because a call is missing")]
    pub fn calls_of<E>(&self) -> Vec<MockCall<E>>
    where
        E: Endpoint<Platform = P> + Default,
        P::Credentials: TestCredentials,
    {
        let mut calls = Vec::new();
        for call in self.calls().iter().filter(|call| call.is_of(&E::OPERATION, &P::PROTOCOL)) {
            match MockCall::of(call) {
                Ok(call) => calls.push(call),
                Err(error) => panic!("a call of `{}` cannot be decoded: {error}", call.shown()),
            }
        }
        calls
    }

    /// Returns the waits between attempts, in their order. None of them takes any time.
    pub fn waits(&self) -> Vec<Duration> {
        locked(&self.shared.waits).clone()
    }

    fn respond(
        &self,
        request: &http::Request<Vec<u8>>,
        timeout: Duration,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        let sent = SentRequest::of(request).map_err(unreadable)?;
        let named = named_api(&sent, &P::PROTOCOL);
        let handler = best(&locked(&self.shared.handlers), &sent, named);
        let place = handler.as_ref().and_then(|handler| handler.place.as_ref()).or(self.shared.place.as_ref());
        let named = named.map(str::to_owned);
        let answerer = handler.as_ref().map(|handler| handler.answerer());
        let call = RecordedCall::new(request, sent, named.as_deref(), answerer, place, timeout);
        locked(&self.shared.calls).push(call.clone());
        match handler {
            Some(handler) => self.handle(&handler, &call),
            None => Err(self.unhandled(call.shown())),
        }
    }

    fn handle(&self, handler: &Handler, call: &RecordedCall) -> Result<http::Response<Vec<u8>>, TransportError> {
        let request_id = format!("mock-{}", self.shared.answered.fetch_add(1, Ordering::Relaxed) + 1);
        let layout = self.layout;
        let planned = handler.begin();
        let answer = match &planned {
            Some(failure) if !failure.is_executed() => Err(Refusal::Wanted(failure.clone())),
            _ => handler.answer(call, layout, &request_id),
        };
        let (answer, failure) = match (answer, planned) {
            (Ok(answer), None) => return Ok(handler.response(answer)),
            (Ok(answer), Some(planned)) => (Some(answer), planned),
            (Err(Refusal::Wanted(failure)), _) => (None, failure),
            (Err(Refusal::Unreadable(error)), _) => return Err(unreadable(error)),
        };
        let (protocol, operation) = (&P::PROTOCOL, handler.operation);
        failure
            .outcome(answer, &Context { protocol, operation, layout, request_id: &request_id, timeout: call.timeout() })
    }

    fn unhandled(&self, api: &str) -> TransportError {
        let handlers = locked(&self.shared.handlers);
        let names: Vec<_> = handlers.iter().map(|handler| format!("`{}`", handler.name)).collect();
        let known = if names.is_empty() { "it has none".to_owned() } else { format!("it has {}", names.join(", ")) };
        let cause = format!("the mock has no handler for `{api}`; {known}");
        TransportError::new(TransportProblem::Unhandled).with_cause(cause)
    }
}

impl<P: Platform<Credentials: TestCredentials>> Mock<P> {
    /// Returns a client with credentials for tests, session included, whose clock stands still. It becomes a driver with
    /// `AsyncClient::new(client, mock.clone())` or `BlockingClient::new(client, mock.clone())`.
    pub fn client(&self) -> Client<P> {
        self.client_with(P::Credentials::for_test())
    }

    /// Returns a client without a session, whose calls of APIs that require one fail.
    pub fn client_without_session(&self) -> Client<P> {
        self.client_with(P::Credentials::for_test().with_session(None))
    }

    /// Returns a client with these credentials, whose clock stands still.
    pub fn client_with(&self, credentials: P::Credentials) -> Client<P> {
        Client::with_sources(credentials, TestClock, TestNonce::default())
    }

    /// Returns an asynchronous client of the mock.
    pub fn async_client(&self) -> AsyncClient<P> {
        AsyncClient::new(self.client(), self.clone())
    }

    /// Returns a blocking client of the mock.
    pub fn blocking_client(&self) -> BlockingClient<P> {
        BlockingClient::new(self.client(), self.clone())
    }
}

impl<P: Platform> Transport for Mock<P> {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        timeout: Duration,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        self.respond(&request, timeout)
    }

    fn wait(&self, time: Duration) {
        locked(&self.shared.waits).push(time);
    }
}

impl<P: Platform> AsyncTransport for Mock<P> {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        timeout: Duration,
    ) -> TransportFuture<'_, Result<http::Response<Vec<u8>>, TransportError>> {
        Box::pin(async move { self.respond(&request, timeout) })
    }

    fn wait(&self, time: Duration) -> TransportFuture<'_, ()> {
        locked(&self.shared.waits).push(time);
        Box::pin(core::future::ready(()))
    }
}

fn session_place<E>() -> Option<SessionPlace>
where
    E: Endpoint<Platform: Platform<Credentials: TestCredentials>>,
{
    let credentials = <<E::Platform as Platform>::Credentials as TestCredentials>::for_test();
    SessionPlace::of::<E::Platform>(&credentials, &E::OPERATION)
}

/// Returns the handler of a request: the last one that fits, except that of paths with placeholders the most specific one
/// comes first.
fn best(handlers: &[Arc<Handler>], sent: &SentRequest, api: Option<&str>) -> Option<Arc<Handler>> {
    let fits = handlers.iter().filter(|handler| handler.fits(sent, api));
    fits.reduce(|earlier, handler| if handler.precedes(earlier) { handler } else { earlier }).cloned()
}

fn unreadable(error: super::ReadError) -> TransportError {
    TransportError::new(TransportProblem::Protocol).with_cause(error)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<P: Platform<Credentials: TestCredentials>> Default for Mock<P> {
    fn default() -> Self {
        Self::new()
    }
}

// Not derived: that would require the platform type to be `Clone`.
impl<P> Clone for Mock<P> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), layout: self.layout, platform: PhantomData }
    }
}

impl<P> fmt::Debug for Mock<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock")
            .field("handlers", &*locked(&self.shared.handlers))
            .field("calls", &locked(&self.shared.calls).len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Handler").field(&self.name).finish()
    }
}
