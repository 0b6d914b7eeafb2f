//! One call as a state machine without I/O: the blocking and the asynchronous driver carry out its steps.

use core::time::Duration;

use super::Client;
use super::attempt::{Attempt, OnAttempt};
use super::options::CallOptions;
use super::subject::Outgoing;
use super::trace::Trace;
use crate::answer::Answer;
use crate::error::{Error, Timeout, TransportError, TransportProblem};
use crate::object::{Object, Value};
use crate::protocol::Platform;
use crate::retry::{Limits, Repeat, Schedule};

/// What a driver does next.
#[expect(clippy::large_enum_variant, reason = "most steps are the large one, and none is stored")]
pub(crate) enum Step {
    /// Wait this long.
    Wait(Duration),
    /// Send the request, for this long at most, and pass the outcome to [`Exchange::receive`].
    Send(http::Request<Vec<u8>>, Duration),
}

/// A call in progress.
pub(crate) struct Exchange<'a, P: Platform> {
    client: &'a Client<P>,
    outgoing: Outgoing<'a>,
    options: &'a CallOptions<P>,
    schedule: Schedule,
    /// The wait before the next attempt, until a driver has been told.
    pending: Option<Duration>,
    /// When the last wait or time-out ends. Time is at least this, even if a clock stands still.
    earliest: Duration,
    /// The error of the last attempt: the result of the call if it has no time for another attempt.
    last: Option<Error>,
    /// Whether this call has corrected the clock.
    has_corrected: bool,
    present: Present,
    trace: Trace,
}

/// The attempt that is being made.
#[derive(Default)]
struct Present {
    /// How long it may take.
    allowed: Duration,
    /// When it began, on the clock that never goes back.
    began: Duration,
    sent_bytes: usize,
}

impl<'a, P: Platform> Exchange<'a, P> {
    pub(crate) fn new(client: &'a Client<P>, outgoing: Outgoing<'a>, options: &'a CallOptions<P>) -> Self {
        let repeatable = options.repeat == Repeat::Always || outgoing.operation.is_idempotent();
        let limits = Limits {
            attempt: options.attempt_timeout.unwrap_or(client.attempt_timeout),
            total: options.timeout.unwrap_or(client.timeout),
        };
        let now = client.clock.monotonic();
        Self {
            client,
            outgoing,
            options,
            schedule: Schedule::new(options.retries.unwrap_or(client.retries), limits, repeatable, now),
            pending: None,
            earliest: now,
            last: None,
            has_corrected: false,
            present: Present::default(),
            trace: Trace::call(outgoing.name, client.session_use(outgoing.operation, options)),
        }
    }

    /// Returns the span that the transport works in.
    pub(crate) fn trace(&self) -> &Trace {
        &self.trace
    }

    /// Returns what to do next.
    ///
    /// # Errors
    ///
    /// What makes the request impossible. If the call has no time left, the error of its last attempt, or else
    /// [`Error::Transport`].
    pub(crate) fn next(&mut self) -> Result<Step, Error> {
        if let Some(wait) = self.pending.take() {
            return Ok(self.wait(wait));
        }
        let now = self.now();
        if let Some(wait) = self.client.limiter.as_ref().and_then(|limiter| limiter.admit(now).err()) {
            if wait >= self.schedule.left(now) {
                return Err(self.out_of_time(TransportError::new(TransportProblem::RateLimited)));
            }
            return Ok(self.wait(wait));
        }
        let allowed = self.schedule.begin(now).map_err(|error| self.out_of_time(error))?;
        // If an earlier attempt failed, its error is more useful than a failure to sign the next one.
        let request =
            self.client.sign(&self.outgoing, self.options).map_err(|error| self.last.take().unwrap_or(error))?;
        self.present = Present { allowed, began: now, sent_bytes: request.body().len() };
        self.trace.begin(self.schedule.made());
        Ok(Step::Send(announced(request, self.schedule.made(), self.outgoing.operation), allowed))
    }

    fn now(&self) -> Duration {
        self.client.clock.monotonic().max(self.earliest)
    }

    fn wait(&mut self, time: Duration) -> Step {
        self.earliest = self.now().saturating_add(time);
        Step::Wait(time)
    }

    fn out_of_time(&mut self, error: TransportError) -> Error {
        let error = self.last.take().unwrap_or_else(|| error.into());
        self.trace.refuse(&error);
        error
    }

    /// Takes the outcome of an attempt. Returns the answer without its value, which is in `target`, or nothing if there is
    /// another step.
    ///
    /// # Errors
    ///
    /// The attempt's error, if the call ends with it.
    pub(crate) fn receive(
        &mut self,
        outcome: Result<http::Response<Vec<u8>>, TransportError>,
        target: &mut dyn Object,
    ) -> Result<Option<Answer<()>>, Error> {
        let received = outcome.as_ref().ok().map(|response| (response.status().as_u16(), response.body().len()));
        let opened = match outcome {
            Ok(response) => self.client.open(self.outgoing.operation, response.into(), target),
            Err(error) => Err(self.name(error).into()),
        };
        if let Err(Error::Transport(error)) = &opened {
            self.elapse(error);
        }
        let now = self.now();
        let retry_in = opened.as_ref().err().and_then(|error| self.after(error, now));
        self.report(&opened, received, now, retry_in);
        match (opened, retry_in) {
            (Ok(answer), _) => Ok(Some(Answer { attempts: self.schedule.made(), ..answer })),
            (Err(error), None) => Err(error),
            (Err(error), Some(wait)) => {
                self.last = Some(error);
                self.pending = Some(wait).filter(|wait| !wait.is_zero());
                clear(target);
                Ok(None)
            }
        }
    }

    /// Adds to the error of an attempt what only the call knows: which limit was exceeded, and whether the platform may
    /// have received an earlier attempt.
    fn name(&self, error: TransportError) -> TransportError {
        let error = self.schedule.name_timeout(error, self.present.allowed);
        let received_before = self.last.as_ref().is_some_and(Error::may_have_been_received);
        if received_before { error.received_before() } else { error }
    }

    /// Lets the time of a time-out pass on a clock that stands still, as in tests.
    fn elapse(&mut self, error: &TransportError) {
        let Present { allowed, began, .. } = self.present;
        let waited = match error.timeout() {
            Some((Timeout::Connect, limit)) => limit.min(allowed),
            Some(_) => allowed,
            None => Duration::ZERO,
        };
        if self.now() == began {
            self.earliest = began.saturating_add(waited);
        }
    }

    /// Returns the wait before the next attempt, or `None` if `error` ends the call.
    fn after(&mut self, error: &Error, now: Duration) -> Option<Duration> {
        if let (Some(limiter), Some(pause)) = (&self.client.limiter, pause(error)) {
            limiter.pause_until(now.saturating_add(pause));
        }
        if self.is_corrected(error) {
            return self.schedule.again();
        }
        self.schedule.after(error, now, self.client.random())
    }

    /// Corrects the clock if the platform rejected the time of the request and the difference explains it. A call corrects
    /// the clock only once: a second rejection has another reason.
    fn is_corrected(&mut self, error: &Error) -> bool {
        let skew = error.clock_skew().filter(|_| !self.has_corrected);
        let Some((correction, skew)) = self.client.correction.as_ref().zip(skew) else { return false };
        self.has_corrected = correction.replace(skew);
        self.has_corrected
    }

    /// Tells observers about the attempt.
    fn report(
        &mut self,
        outcome: &Result<Answer<()>, Error>,
        received: Option<(u16, usize)>,
        now: Duration,
        retry_in: Option<Duration>,
    ) {
        let attempt = Attempt {
            api: self.outgoing.name,
            number: self.schedule.made(),
            duration: now.saturating_sub(self.present.began),
            sent_bytes: self.present.sent_bytes,
            received_bytes: received.map(|(_, bytes)| bytes),
            http_status: received.map(|(status, _)| status),
            request_id: match outcome {
                Ok(answer) => answer.request_id.as_deref(),
                Err(error) => error.request_id(),
            },
            error: outcome.as_ref().err(),
            retry_in,
        };
        self.trace.end(&attempt);
        if let Some(OnAttempt(observe)) = &self.client.on_attempt {
            observe(&attempt);
        }
    }
}

/// Longest pause of a whole client because of a `Retry-After` header. It may come from a proxy, and not be about this
/// client's rate.
const LONGEST_FOREIGN_PAUSE: Duration = Duration::from_secs(60);

/// Returns how long an error asks the whole client to pause.
fn pause(error: &Error) -> Option<Duration> {
    let pause = error.retry_after()?;
    Some(if matches!(error, Error::Http(_)) { pause.min(LONGEST_FOREIGN_PAUSE) } else { pause })
}

/// Tells a mock what is called, and in which attempt.
#[cfg(any(feature = "testing", test))]
fn announced(
    mut request: http::Request<Vec<u8>>,
    attempt: u32,
    operation: &crate::Operation,
) -> http::Request<Vec<u8>> {
    let (api, template) = (operation.name(), operation.path());
    request.extensions_mut().insert(crate::testing::Origin { attempt, api, template });
    request
}

#[cfg(not(any(feature = "testing", test)))]
fn announced(request: http::Request<Vec<u8>>, _: u32, _: &crate::Operation) -> http::Request<Vec<u8>> {
    request
}

/// Empties every field, which a failed attempt may have filled.
fn clear(target: &mut dyn Object) {
    target.fields_mut().into_iter().for_each(Value::clear);
}
