//! A transport that answers with the closures of a test.

use core::fmt;
use core::marker::PhantomData;
use core::sync::atomic::{AtomicU64, Ordering};
use core::time::Duration;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::call::{AttemptNumber, MockCall, RecordedCall, SessionPlace, named_api};
use super::clock::{TestClock, TestNonce};
use super::failure::{Context, Failure};
use super::handler::{Handler, Refusal};
use super::read::SentRequest;
use super::values::TestCredentials;
use super::write::{AnswerLayout, Written};
use crate::client::{AsyncClient, BlockingClient, Client};
use crate::error::{TransportError, TransportProblem};
use crate::operation::Endpoint;
use crate::protocol::Platform;
use crate::transport::{AsyncTransport, Transport, TransportFuture};
use crate::value::Json;

/// A platform in the process: a transport for tests, of both drivers. Clones share everything.
///
/// A call without a handler fails with an error that names the handlers that there are.
pub struct Mock<P> {
    shared: Arc<Shared>,
    platform: PhantomData<fn() -> P>,
}

#[derive(Default)]
struct Shared {
    handlers: Mutex<Vec<Arc<Handler>>>,
    calls: Mutex<Vec<RecordedCall>>,
    waits: Mutex<Vec<Duration>>,
    layout: Mutex<AnswerLayout>,
    answered: AtomicU64,
}

/// What a [`Mock`] does about the calls of one API.
#[derive(Debug)]
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
}

impl<P: Platform> Mock<P> {
    /// Creates a mock without handlers.
    pub fn new() -> Self {
        Self { shared: Arc::default(), platform: PhantomData }
    }

    /// Answers calls of the endpoint `E`. A later handler of the same endpoint replaces an earlier one.
    pub fn on<E>(
        &self,
        answer: impl Fn(&MockCall<E>) -> Result<E::Response, Failure> + Send + Sync + 'static,
    ) -> Expectation
    where
        E: Endpoint<Platform = P> + Default,
        P::Credentials: TestCredentials,
    {
        let place = session_place::<E>();
        self.add(Handler::typed(
            &E::OPERATION,
            Box::new(move |recorded, layout, request_id| {
                let call = MockCall::<E>::of(recorded, place.as_ref()).map_err(Refusal::Unreadable)?;
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
        let place = session_place::<E>();
        self.add(Handler::typed(
            &E::OPERATION,
            Box::new(move |recorded, _, _| {
                let call = MockCall::<E>::of(recorded, place.as_ref()).map_err(Refusal::Unreadable)?;
                let json = answer(&call).map_err(Refusal::Wanted)?;
                Ok(Written::json(json.as_str().to_owned()))
            }),
        ))
    }

    /// Answers calls without types of the API `name` with a whole body. Where each API has its own path, `name` is the path.
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

    /// Returns the mock with another layout of its answers.
    #[must_use]
    pub fn with_layout(self, layout: AnswerLayout) -> Self {
        *locked(&self.shared.layout) = layout;
        self
    }

    /// Returns all attempts of all calls, in the order of their arrival.
    pub fn calls(&self) -> Vec<RecordedCall> {
        locked(&self.shared.calls).clone()
    }

    /// Returns the attempts of calls of the endpoint `E`, in the order of their arrival. Requests that cannot be decoded are
    /// left out.
    pub fn calls_of<E>(&self) -> Vec<MockCall<E>>
    where
        E: Endpoint<Platform = P> + Default,
        P::Credentials: TestCredentials,
    {
        let place = session_place::<E>();
        let calls = self.calls().into_iter().filter(|call| call.api == E::OPERATION.name());
        calls.filter_map(|call| MockCall::of(&call, place.as_ref()).ok()).collect()
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
        let api = match (named, &handler) {
            (Some(name), _) => name.to_owned(),
            (None, Some(handler)) => handler.name.clone(),
            (None, None) => format!("{} {}", sent.method(), sent.path()),
        };
        let attempt = request.extensions().get::<AttemptNumber>().map_or(1, |number| number.0);
        let call = RecordedCall { api, attempt, timeout, sent, headers: request.headers().clone() };
        locked(&self.shared.calls).push(call.clone());
        match handler {
            Some(handler) => self.handle(&handler, &call),
            None => Err(self.unhandled(&call.api)),
        }
    }

    fn handle(&self, handler: &Handler, call: &RecordedCall) -> Result<http::Response<Vec<u8>>, TransportError> {
        let request_id = format!("mock-{}", self.shared.answered.fetch_add(1, Ordering::Relaxed) + 1);
        let layout = *locked(&self.shared.layout);
        let planned = handler.next_failure();
        let answer = match &planned {
            Some(failure) if !failure.needs_answer() => Err(Refusal::Wanted(failure.clone())),
            _ => handler.answer(call, layout, &request_id),
        };
        let (answer, failure) = match (answer, planned) {
            (Ok(answer), None) => return Ok(answer.into_response()),
            (Ok(answer), Some(planned)) => (Some(answer), planned),
            (Err(Refusal::Wanted(failure)), _) => (None, failure),
            (Err(Refusal::Unreadable(error)), _) => return Err(unreadable(error)),
        };
        let (protocol, operation) = (&P::PROTOCOL, handler.operation);
        failure
            .outcome(answer, &Context { protocol, operation, layout, request_id: &request_id, timeout: call.timeout })
    }

    fn unhandled(&self, api: &str) -> TransportError {
        let handlers = locked(&self.shared.handlers);
        let names: Vec<_> = handlers.iter().map(|handler| format!("`{}`", handler.name)).collect();
        let known = if names.is_empty() { "it has none".to_owned() } else { format!("it has {}", names.join(", ")) };
        let cause = format!("the mock has no handler for `{api}`; {known}");
        TransportError::new(TransportProblem::Configuration).with_cause(cause)
    }
}

impl<P: Platform<Credentials: TestCredentials>> Mock<P> {
    /// Returns a client with credentials for tests, whose clock stands still. It becomes a driver with
    /// `AsyncClient::new(client, mock.clone())` or `BlockingClient::new(client, mock.clone())`.
    pub fn client(&self) -> Client<P> {
        Client::with_sources(P::Credentials::for_test(), TestClock, TestNonce::default())
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

/// Returns the handler that fits best, and of several the last one.
fn best(handlers: &[Arc<Handler>], sent: &SentRequest, api: Option<&str>) -> Option<Arc<Handler>> {
    let fits = handlers.iter().filter_map(|handler| Some((handler.fit(sent, api)?, handler)));
    fits.max_by_key(|(fit, _)| *fit).map(|(_, handler)| Arc::clone(handler))
}

fn unreadable(error: super::ReadError) -> TransportError {
    TransportError::new(TransportProblem::Protocol).with_cause(error)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<P: Platform> Default for Mock<P> {
    fn default() -> Self {
        Self::new()
    }
}

// Not derived: that would require the platform type to be `Clone`.
impl<P> Clone for Mock<P> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), platform: PhantomData }
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
