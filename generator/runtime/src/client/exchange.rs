//! One call as a state machine without I/O: the blocking and the asynchronous driver do what it says.

use core::time::Duration;

use super::Client;
use super::attempt::{Attempt, OnAttempt};
use super::options::CallOptions;
use super::subject::Outgoing;
use super::trace::Trace;
use crate::answer::Answer;
use crate::error::{Error, TransportError};
use crate::object::Object;
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
    /// The wait before the next attempt, until it is over.
    pending: Option<Duration>,
    /// Whether the next attempt has a place in the client's rate.
    is_admitted: bool,
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
        let limits = Limits { attempt: client.attempt_timeout, total: options.timeout.unwrap_or(client.timeout) };
        let schedule = Schedule::new(client.retries, limits, repeatable, client.clock.monotonic());
        let trace = Trace::call(outgoing.name, client.session_use(outgoing.operation, options));
        let present = Present::default();
        Self {
            client,
            outgoing,
            options,
            schedule,
            pending: None,
            is_admitted: false,
            has_corrected: false,
            present,
            trace,
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
    /// What makes the request impossible, or [`Error::Transport`] if the call has no time left.
    pub(crate) fn next(&mut self) -> Result<Step, Error> {
        if let Some(wait) = self.pending.take() {
            return Ok(Step::Wait(wait));
        }
        let now = self.client.clock.monotonic();
        if let Some(limiter) = self.client.limiter.as_ref().filter(|_| !self.is_admitted) {
            let wait = limiter.reserve(now, self.schedule.left(now)).map_err(|_| self.schedule.expired())?;
            self.is_admitted = true;
            if !wait.is_zero() {
                return Ok(Step::Wait(wait));
            }
        }
        self.is_admitted = false;
        let allowed = self.schedule.begin(now)?;
        let request = self.client.sign(&self.outgoing, self.options)?;
        self.present = Present { allowed, began: now, sent_bytes: request.body().len() };
        self.trace.begin(self.schedule.made());
        Ok(Step::Send(request, allowed))
    }

    /// Takes the outcome of an attempt. Returns the answer without its value, which is in `target`, or nothing if the
    /// call goes on.
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
        let named = outcome.map_err(|error| self.schedule.name_timeout(error, self.present.allowed).into());
        let opened = named.and_then(|response| self.client.open(self.outgoing.operation, response.into(), target));
        let now = self.client.clock.monotonic();
        let retry_in = opened.as_ref().err().and_then(|error| self.after(error, now));
        self.report(&opened, received, now, retry_in);
        match (opened, retry_in) {
            (Ok(answer), _) => Ok(Some(answer)),
            (Err(error), None) => Err(error),
            (Err(_), Some(wait)) => {
                self.pending = Some(wait).filter(|wait| !wait.is_zero());
                clear(target);
                Ok(None)
            }
        }
    }

    /// Returns the wait before the next attempt, or `None` if `error` ends the call.
    fn after(&mut self, error: &Error, now: Duration) -> Option<Duration> {
        if self.is_corrected(error) {
            return self.schedule.again();
        }
        if let (Some(limiter), Some(wait)) = (&self.client.limiter, error.retry_after()) {
            limiter.pause_until(now.saturating_add(wait));
        }
        self.schedule.after(error, now, self.client.random())
    }

    /// Corrects the clock if the platform rejected the time of the request and that is the reason. A call corrects it only
    /// once: a second rejection has another reason.
    fn is_corrected(&mut self, error: &Error) -> bool {
        let skew = error.clock_skew().filter(|skew| skew.is_significant() && !self.has_corrected);
        let Some((correction, skew)) = self.client.correction.as_ref().zip(skew) else { return false };
        correction.set(skew);
        self.has_corrected = true;
        true
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

/// Empties every field, which a failed attempt may have filled.
fn clear(target: &mut dyn Object) {
    for index in 0..target.shape().fields().len() {
        if let Some(field) = target.field_mut(index) {
            field.clear();
        }
    }
}
