//! One call as a state machine without I/O: the blocking and the asynchronous driver do what it says.

use core::time::Duration;

use super::Client;
use super::options::CallOptions;
use super::subject::Outgoing;
use crate::answer::Answer;
use crate::error::{Error, TransportError};
use crate::object::Object;
use crate::protocol::Platform;
use crate::retry::{Limits, Repeat, Schedule};

/// What a driver does next.
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
    /// How long the present attempt may take.
    allowed: Duration,
}

impl<'a, P: Platform> Exchange<'a, P> {
    pub(crate) fn new(
        client: &'a Client<P>,
        outgoing: Outgoing<'a>,
        options: &'a CallOptions<P>,
    ) -> Result<Self, Error> {
        let repeatable = options.repeat == Repeat::Always || outgoing.operation.is_idempotent();
        let limits = Limits { attempt: client.attempt_timeout, total: options.timeout.unwrap_or(client.timeout) };
        let schedule = Schedule::new(client.retries, limits, repeatable, client.clock.monotonic());
        Ok(Self { client, outgoing, options, schedule, pending: None, is_admitted: false, allowed: Duration::ZERO })
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
        self.allowed = self.schedule.begin(now)?;
        Ok(Step::Send(self.client.sign(&self.outgoing, self.options)?, self.allowed))
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
        let named = outcome.map_err(|error| self.schedule.name_timeout(error, self.allowed).into());
        let error = match named.and_then(|response| self.client.open(self.outgoing.operation, response, target)) {
            Ok(answer) => return Ok(Some(answer)),
            Err(error) => error,
        };
        let now = self.client.clock.monotonic();
        if let (Some(limiter), Some(wait)) = (&self.client.limiter, error.retry_after()) {
            limiter.pause_until(now.saturating_add(wait));
        }
        match self.schedule.after(&error, now, self.client.random()) {
            Some(wait) => {
                self.pending = Some(wait).filter(|wait| !wait.is_zero());
                clear(target);
                Ok(None)
            }
            None => Err(error),
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
