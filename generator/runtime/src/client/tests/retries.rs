//! Retries through both drivers, against a transport that decides when time passes.

use core::future::Future;
use core::pin::pin;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard};
use std::time::{SystemTime, UNIX_EPOCH};

use super::*;
use crate::transport::{AsyncTransport, Transport, TransportFuture};
use crate::{Answer, Clock, RateLimit, Timeout};

/// Milliseconds since the world's beginning, and what happened at which of them.
#[derive(Default)]
struct Events {
    now: u64,
    /// What the server does with each request: how long it takes, and its answer.
    script: VecDeque<(u64, Result<&'static str, TransportProblem>)>,
    sent: Vec<Sent>,
}

/// A request that was sent: when, its signed time, and how long it might have taken.
#[derive(Debug, PartialEq, Eq)]
struct Sent {
    at: u64,
    timestamp: String,
    allowed: u64,
}

/// A clock and transport without a real clock or network.
#[derive(Clone, Default)]
pub(super) struct World(Arc<Mutex<Events>>);

impl World {
    pub(super) fn new(script: impl IntoIterator<Item = (u64, Result<&'static str, TransportProblem>)>) -> Self {
        Self(Arc::new(Mutex::new(Events { script: script.into_iter().collect(), ..Events::default() })))
    }

    fn events(&self) -> MutexGuard<'_, Events> {
        self.0.lock().expect("no test panics while it holds the lock")
    }

    pub(super) fn client(&self) -> Client<FormPlatform> {
        client::<FormPlatform>().with_clock(self.clone())
    }

    fn blocking(&self) -> BlockingClient<FormPlatform> {
        BlockingClient::new(self.client(), self.clone())
    }

    fn exchange(
        &self,
        request: &http::Request<Vec<u8>>,
        timeout: Duration,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        let mut events = self.events();
        let timestamp = request.uri().query().and_then(|query| query.split_once("timestamp=")).map(|(_, rest)| rest);
        let timestamp = timestamp.and_then(|rest| rest.split('&').next()).unwrap_or_default().to_owned();
        let allowed = u64::try_from(timeout.as_millis()).expect("a short time");
        let at = events.now;
        events.sent.push(Sent { at, timestamp, allowed });
        let (time, outcome) = events.script.pop_front().expect("the script has a line for each request");
        events.now += time;
        outcome.map(|body| http::Response::new(body.into())).map_err(TransportError::new)
    }

    fn pass(&self, time: Duration) {
        self.events().now += u64::try_from(time.as_nanos().div_ceil(1_000_000)).expect("a short wait");
    }

    /// When each request was sent.
    fn times(&self) -> Vec<u64> {
        self.events().sent.iter().map(|sent| sent.at).collect()
    }
}

impl Clock for World {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + self.monotonic()
    }

    fn monotonic(&self) -> Duration {
        Duration::from_millis(self.events().now)
    }
}

impl Transport for World {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        timeout: Duration,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        self.exchange(&request, timeout)
    }

    fn wait(&self, time: Duration) {
        self.pass(time);
    }
}

/// The same world for asynchronous code.
struct Later(World);

impl AsyncTransport for Later {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        timeout: Duration,
    ) -> TransportFuture<'_, Result<http::Response<Vec<u8>>, TransportError>> {
        Box::pin(async move { self.0.exchange(&request, timeout) })
    }

    fn wait(&self, time: Duration) -> TransportFuture<'_, ()> {
        Box::pin(async move { self.0.pass(time) })
    }
}

/// Runs a future that never has to wait for anything real.
fn run<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the future waits"),
    }
}

/// A source of numbers that are always the greatest, so that waits have their full length.
struct Longest;

impl Nonce for Longest {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), crate::NonceError> {
        bytes.fill(255);
        Ok(())
    }

    fn increasing(&self, millis: u64) -> u64 {
        millis
    }
}

pub(super) const GOOD: Result<&str, TransportProblem> = Ok(r#"{"a_form_call_response":{"code":"x"}}"#);
pub(super) const BANNED: Result<&str, TransportProblem> =
    Ok(r#"{"error_response":{"code":7,"msg":"App Call Limited","sub_msg":"This ban will last for 2 more seconds"}}"#);
const FAILED: Result<&str, TransportProblem> = Ok(r#"{"error_response":{"code":15,"sub_code":"isp.down"}}"#);

fn code(outcome: Result<Answer<crate::fixture::FormAnswer>, Error>) -> Option<String> {
    outcome.expect("an answer").value.code
}

#[test]
fn each_attempt_is_signed_again_and_both_drivers_do_the_same() {
    let script = [(1_000, Err(TransportProblem::Connect)), (2_000, Err(TransportProblem::Connect)), (0, GOOD)];
    let (one, other) = (World::new(script), World::new(script));
    let blocking = BlockingClient::new(one.client().with_nonce(Longest), one.clone());
    assert_eq!(code(blocking.send(&call())).as_deref(), Some("x"));
    let asynchronous = AsyncClient::new(other.client().with_nonce(Longest), Later(other.clone()));
    assert_eq!(code(run(asynchronous.send(&call()))).as_deref(), Some("x"));
    assert_eq!(one.events().sent, other.events().sent);
    let sent = |at, timestamp: &str| Sent { at, timestamp: timestamp.to_owned(), allowed: 30_000 };
    let first = sent(0, "1970-01-01+08%3A00%3A00");
    // The random waits are just below their limits, 100 and 200 ms.
    let expected = [first, sent(1_100, "1970-01-01+08%3A00%3A01"), sent(3_300, "1970-01-01+08%3A00%3A03")];
    assert_eq!(one.events().sent, expected);
}

#[test]
fn only_what_is_safe_is_repeated() {
    for (outcome, safe) in
        [(Err(TransportProblem::Broken), false), (FAILED, false), (Err(TransportProblem::Connect), true)]
    {
        let world = World::new([(0, outcome), (0, GOOD)]);
        assert_eq!(world.blocking().send(&call()).is_ok(), safe, "{outcome:?}");
        let world = World::new([(0, outcome), (0, GOOD)]);
        assert!(world.blocking().call(&call()).idempotent().send().is_ok(), "{outcome:?}");
    }
    let world = World::new([(0, Err(TransportProblem::Certificate))]);
    assert!(world.blocking().call(&call()).retry_unsafe().send().is_err(), "a bad certificate stays bad");
}

#[test]
fn the_platforms_wait_is_kept_unless_the_call_has_no_time_for_it() {
    let world = World::new([(0, BANNED), (0, GOOD)]);
    assert!(world.blocking().call(&call()).idempotent().send().is_ok());
    assert!((2_000..=2_100).contains(&world.times()[1]), "{:?}", world.times());
    let world = World::new([(0, BANNED)]);
    let hasty = world.blocking().call(&call()).idempotent().timeout(Duration::from_secs(2)).send();
    assert_eq!(hasty.expect_err("no time").retry_after(), Some(Duration::from_secs(2)));
    assert_eq!(world.events().now, 0, "nothing was waited for");
}

#[test]
fn retries_can_be_off_and_end() {
    let failures = || World::new([(0, FAILED); 9]);
    for (policy, attempts) in
        [(RetryPolicy::off(), 1), (RetryPolicy::standard(), 3), (RetryPolicy::off().with_attempts(5), 5)]
    {
        let world = failures();
        let client = BlockingClient::new(world.client().with_retries(policy), world.clone());
        assert!(client.call(&call()).idempotent().send().is_err());
        assert_eq!(world.times().len(), attempts, "{policy:?}");
    }
}

#[test]
fn a_time_out_is_that_of_the_attempt_or_of_the_call() {
    let late = || World::new([(500, Err(TransportProblem::Timeout)), (500, Err(TransportProblem::Timeout))]);
    let outcome = |world: &World, attempt, total| {
        let client = world.client().with_nonce(Longest).with_retries(RetryPolicy::standard().with_attempts(2));
        let client =
            client.with_attempt_timeout(Duration::from_millis(attempt)).with_timeout(Duration::from_millis(total));
        let error = BlockingClient::new(client, world.clone()).call(&call()).idempotent().send().expect_err("late");
        let Error::Transport(error) = error else { panic!("{error}") };
        error.timeout().expect("a time-out")
    };
    let world = late();
    assert_eq!(outcome(&world, 500, 5_000), (Timeout::Attempt, Duration::from_millis(500)));
    let world = late();
    assert_eq!(outcome(&world, 500, 900), (Timeout::Total, Duration::from_millis(900)));
    assert_eq!(world.events().sent.iter().map(|sent| sent.allowed).collect::<Vec<_>>(), [500, 300]);
}

#[test]
fn a_rate_limit_waits_and_a_ban_holds_every_call() {
    let world = World::new([(0, GOOD), (0, GOOD), (0, BANNED), (0, GOOD)]);
    let client = BlockingClient::new(world.client().with_rate_limit(RateLimit::per_second(2)), world.clone());
    for _ in 0..2 {
        assert!(client.send(&call()).is_ok());
    }
    assert!(client.send(&call()).is_err());
    assert!(client.clone().send(&call()).is_ok());
    assert_eq!(world.times(), [0, 500, 1_000, 3_000]);
    let short = client.call(&call()).timeout(Duration::from_millis(500)).send().expect_err("no time to wait");
    assert!(matches!(&short, Error::Transport(error) if error.problem() == TransportProblem::RateLimited), "{short}");
    assert!(!short.may_have_been_received() && short.is_retryable());
    assert_eq!((world.times().len(), world.events().now), (4, 3_000), "nothing was sent, nothing was waited for");
}

#[test]
fn a_call_that_has_no_time_for_its_turn_ends_with_its_own_error() {
    let world = World::new([(0, FAILED)]);
    let client = world.client().with_rate_limit(RateLimit::new(1, Duration::from_secs(10)));
    let call = call();
    let error =
        BlockingClient::new(client, world.clone()).call(&call).idempotent().timeout(Duration::from_secs(5)).send();
    assert_eq!(error.expect_err("no time").sub_code(), Some("isp.down"));
}

#[test]
fn a_rate_limit_works_with_a_clock_that_stands_still() {
    #[derive(Clone)]
    struct Still;
    impl Clock for Still {
        fn now(&self) -> SystemTime {
            UNIX_EPOCH
        }

        fn monotonic(&self) -> Duration {
            Duration::ZERO
        }
    }
    let world = World::new([(0, GOOD), (0, GOOD)]);
    let client = world.client().with_clock(Still).with_rate_limit(RateLimit::per_second(1));
    let client = BlockingClient::new(client, world.clone());
    assert!(client.send(&call()).is_ok() && client.send(&call()).is_ok());
    assert_eq!(world.times(), [0, 1_000]);
}

#[test]
fn an_earlier_attempt_may_have_been_received() {
    let script = [TransportProblem::Broken, TransportProblem::Connect, TransportProblem::Connect];
    let world = World::new(script.map(|problem| (0, Err(problem))));
    let error = world.blocking().call(&call()).retry_unsafe().send().expect_err("three failures");
    assert!(matches!(&error, Error::Transport(error) if error.problem() == TransportProblem::Connect));
    assert!(error.may_have_been_received());
}

#[test]
fn a_header_of_a_proxy_pauses_the_client_for_a_minute_at_most() {
    let world = World::new([(0, GOOD)]);
    let server = world.clone();
    let transport = move |request: http::Request<Vec<u8>>| {
        if server.events().now > 0 {
            return server.exchange(&request, Duration::from_secs(1));
        }
        let response = http::Response::builder().status(503).header("Retry-After", "86400");
        Ok(response.body(Vec::new()).expect("a response"))
    };
    let client = world.client().with_rate_limit(RateLimit::per_second(1));
    let refused = BlockingClient::new(client.clone(), transport).send(&call()).expect_err("a proxy's error");
    assert_eq!(refused.retry_after(), Some(Duration::from_secs(86_400)));
    assert!(BlockingClient::new(client, world.clone()).send(&call()).is_ok());
    assert_eq!(world.times(), [60_000]);
}

#[test]
fn an_answer_has_the_number_of_its_attempts() {
    let world = World::new([(0, Err(TransportProblem::Connect)), (0, GOOD)]);
    assert_eq!(world.blocking().send(&call()).expect("an answer").attempts(), 2);
}

#[test]
fn a_call_has_its_own_retries_and_limits() {
    let world = World::new([(0, Err(TransportProblem::Connect))]);
    let call = call();
    let single = world.blocking();
    let single = single.call(&call).retries(RetryPolicy::off()).attempt_timeout(Duration::from_millis(7)).send();
    assert!(single.is_err());
    assert_eq!(world.events().sent[0].allowed, 7);
}

/// A server that accepts only its own time, which is 1,000 seconds ahead.
fn punctual(
    world: &World,
    headers: &'static [(&'static str, &'static str)],
) -> impl Fn(http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> + Send + Sync + 'static {
    let world = world.clone();
    move |request| {
        let is_right = request.uri().query().is_some_and(|query| query.contains("1970-01-01+08%3A16%3A40"));
        world.events().sent.push(Sent { at: 0, timestamp: is_right.to_string(), allowed: 0 });
        let body = if is_right { GOOD } else { Ok(r#"{"error_response":{"code":31,"msg":"Invalid timestamp"}}"#) };
        let mut response = http::Response::builder();
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        Ok(response.body(body.expect("an answer").into()).expect("a response"))
    }
}

#[test]
fn a_rejected_time_names_the_difference_of_the_clocks_and_can_be_corrected() {
    const DATE: &[(&str, &str)] = &[("Date", "Thu, 01 Jan 1970 00:16:40 GMT")];
    let world = World::new([]);
    let error = BlockingClient::new(world.client(), punctual(&world, DATE)).send(&call()).expect_err("a wrong time");
    assert!(error.to_string().contains("this machine's clock is 1000 s behind the server's"), "{error}");
    assert_eq!(world.times().len(), 1);

    let corrected = BlockingClient::new(world.client().with_clock_correction(), punctual(&world, DATE));
    assert!(corrected.send(&call()).is_ok(), "not idempotent, but the platform rejected the first attempt");
    assert!(corrected.clone().send(&call()).is_ok());
    assert_eq!(world.times().len(), 4, "the second call is right at once");

    let world = World::new([]);
    let blind = BlockingClient::new(world.client().with_clock_correction(), punctual(&world, &[]));
    let error = blind.send(&call()).expect_err("no Date header");
    assert_eq!((error.clock_skew(), world.times().len()), (None, 1));
}

#[test]
fn a_correction_that_became_wrong_is_replaced() {
    // The server's clock is that of the world plus `ahead` seconds; its `Date` header is true unless `lie` is set.
    let (ahead, lie) = (Arc::new(Mutex::new(1000_u64)), Arc::new(Mutex::new(0_u64)));
    let world = World::new([]);
    let (server_ahead, server_lie) = (Arc::clone(&ahead), Arc::clone(&lie));
    let transport = move |request: http::Request<Vec<u8>>| {
        let ahead = *server_ahead.lock().expect("no panic");
        let zone = crate::Zone::east(28_800);
        let date = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        let right = crate::clock::format_time(date(ahead), "%Y-%m-%d+%H%%3A%M%%3A%S", zone).expect("a time");
        let is_right = request.uri().query().is_some_and(|query| query.contains(&right));
        let body = if is_right { GOOD } else { Ok(r#"{"error_response":{"code":31,"msg":"Invalid timestamp"}}"#) };
        let header = date(ahead + *server_lie.lock().expect("no panic"));
        let header = crate::clock::format_time(header, "%a, %d %b %Y %H:%M:%S GMT", crate::Zone::UTC).expect("a time");
        let response = http::Response::builder().header("Date", header);
        Ok(response.body(body.expect("an answer").into()).expect("a response"))
    };
    let client = BlockingClient::new(world.client().with_clock_correction(), transport);
    assert!(client.send(&call()).is_ok());
    // The machine's clock is mended.
    *ahead.lock().expect("no panic") = 0;
    assert!(client.send(&call()).is_ok());
    // A server lies once.
    *ahead.lock().expect("no panic") = 500;
    *lie.lock().expect("no panic") = 9 * 3600;
    assert!(client.send(&call()).is_err());
    *lie.lock().expect("no panic") = 0;
    assert!(client.send(&call()).is_ok());
}

/// A runtime with several threads moves calls between them.
#[test]
fn asynchronous_calls_cross_threads() {
    fn crosses<T: Send>(_: T) {}
    fn generic_crosses<E: Endpoint<Platform = FormPlatform>>(client: &AsyncClient<FormPlatform>, request: &E) {
        crosses(client.send(request));
    }
    let client = AsyncClient::new(client::<FormPlatform>(), Later(World::default()));
    generic_crosses(&client, &call());
    crosses(client.call(&call()).idempotent().send());
    crosses(client.raw("an.api").send());
}
