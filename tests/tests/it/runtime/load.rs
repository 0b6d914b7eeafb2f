//! Many calls at the same time through both drivers, against a gateway of which every twentieth answer has a fault.
//!
//! `APOGRAPH_LOAD_CALLS=100000` makes that many calls with each driver, measures the memory, and writes a report to
//! standard error. Run these tests alone then: `cargo test -p apograph-tests --test it runtime::load`.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use apograph_apis::top::alsc::crm_open_customer_save::{
    CrmOpenCustomerSave, CrmOpenCustomerSaveResponse, CustomerSaveOpenReq,
};
use apograph_apis::top::{self, Top};
use apograph_apis::{Answer, Client, Error, to_json};
use apograph_runtime::{
    AsyncClient, BlockingClient, Clock, HttpOptions, Proxy, ReqwestTransport, RetryPolicy, SystemClock,
    TransportProblem, UreqTransport,
};
use apograph_tests::faults::{CALL, FAULTS, Fault, FaultyGateway, SECRET, fault};
use tokio::runtime::Builder;

/// Calls of each driver, unless the environment asks for more.
const CALLS: usize = 500;

/// Calls that are in progress at the same time.
const AT_ONCE: usize = 64;

/// Attempts of a call.
const ATTEMPTS: usize = 4;

/// It gives the answers to the first attempts of [`CALLS`] calls all kinds of faults.
const SEED: u64 = 4249;

/// One call of this many goes to a port at which nobody listens.
const UNREACHABLE: usize = 200;

/// A port at which nobody listens: it belongs to a service that no longer exists.
const NOBODY: &str = "http://127.0.0.1:1/";

/// The time limit of attempts that may stall. Only their calls have it, so that no other call depends on the machine's speed.
const SHORT: Duration = Duration::from_millis(250);

/// What the page shows as the answer.
const SAMPLE: &str = r#"{"result":{"biz_success":true,"result":true,"result_code":"0","result_desc":"成功","result_view":"成功"},
    "request_id":"r1"}"#;

/// Each test measures the whole process.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

#[test]
fn threads_lose_no_call() {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let load = Load::start();
    let transport = UreqTransport::new(&direct()).expect("a transport");
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(call) = load.next() {
                    let (client, attempts) = load.client(call);
                    let client = BlockingClient::new(client, transport.clone());
                    let outcome = client.call(&customer()).param(CALL, call as i64).idempotent().send();
                    load.end(call, outcome, &attempts);
                }
            });
        }
    });
    load.measure_end();
    drop(transport);
    load.check("blocking");
}

#[test]
fn tasks_lose_no_call() {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let load = Arc::new(Load::start());
    let transport = ReqwestTransport::new(&direct()).expect("a transport");
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let tasks: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let (load, transport) = (Arc::clone(&load), transport.clone());
            runtime.spawn(async move {
                while let Some(call) = load.next() {
                    let (client, attempts) = load.client(call);
                    let client = AsyncClient::new(client, transport.clone());
                    let outcome = client.call(&customer()).param(CALL, call as i64).idempotent().send().await;
                    load.end(call, outcome, &attempts);
                }
            })
        })
        .collect();
    runtime.block_on(async {
        for task in tasks {
            task.await.expect("a task");
        }
    });
    load.measure_end();
    drop((transport, runtime));
    load.check("async");
}

fn direct() -> HttpOptions {
    HttpOptions::new().with_proxy(Proxy::None)
}

fn customer() -> CrmOpenCustomerSave {
    let customer = CustomerSaveOpenReq::new().brand_id("1").channel("2").name("刘德华 +%&=@").operator_id("3");
    CrmOpenCustomerSave::new().param_customer_save_open_req(customer.request_id("r").shop_id("5"))
}

/// A clock that advances by a second at each reading, and counts them: no two signatures have the same time.
#[derive(Clone, Default)]
struct Readings(Arc<AtomicU64>);

impl Clock for Readings {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_767_294_245 + self.0.fetch_add(1, Ordering::SeqCst))
    }

    fn monotonic(&self) -> Duration {
        SystemClock.monotonic()
    }
}

/// How an attempt or a call ended.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum End {
    Success,
    Transport(TransportProblem),
    Http(u16),
    Platform,
    Decode,
}

const BROKEN: End = End::Transport(TransportProblem::Broken);

const LATE: End = End::Transport(TransportProblem::Timeout);

const NOT_CONNECTED: End = End::Transport(TransportProblem::Connect);

impl End {
    fn of(error: Option<&Error>) -> Self {
        match error {
            None => Self::Success,
            Some(Error::Transport(error)) => Self::Transport(error.problem()),
            Some(Error::Http(error)) => Self::Http(error.http_status().as_u16()),
            Some(Error::Platform(error)) if error.code == "15" => Self::Platform,
            Some(Error::Decode(_)) => Self::Decode,
            Some(other) => panic!("no fault of the gateway explains {other:?}"),
        }
    }

    /// How an attempt ends whose answer has this fault.
    fn after(fault: Option<Fault>) -> Self {
        match fault {
            None | Some(Fault::Gzip | Fault::Slow | Fault::WrongType | Fault::Closing | Fault::Closed) => Self::Success,
            Some(Fault::Dropped | Fault::HalfHead | Fault::HalfBody | Fault::HalfChunk) => BROKEN,
            Some(Fault::ServerError) => Self::Http(500),
            Some(Fault::BadGateway) => Self::Http(502),
            Some(Fault::Unavailable) => Self::Http(503),
            Some(Fault::Redirect) => Self::Http(302),
            Some(Fault::Failed) => Self::Platform,
            Some(Fault::Page | Fault::HalfJson) => Self::Decode,
            Some(Fault::HalfGzip) => Self::Transport(TransportProblem::Protocol),
            Some(Fault::Stalled) => LATE,
        }
    }

    fn may_pass(self) -> bool {
        [BROKEN, LATE, NOT_CONNECTED, Self::Http(502), Self::Http(503), Self::Platform].contains(&self)
    }
}

/// What the attempts of a call ended with, in their order.
type Attempts = Arc<Mutex<Vec<End>>>;

/// Calls to one gateway, and what became of them.
struct Load {
    gateway: FaultyGateway,
    client: Client<Top>,
    readings: Readings,
    calls: usize,
    next: AtomicUsize,
    began: Instant,
    /// The sample, decoded.
    expected: String,
    totals: Mutex<Totals>,
}

/// Numbers of a load.
#[derive(Default)]
struct Totals {
    outcomes: BTreeMap<String, usize>,
    attempts: BTreeMap<String, usize>,
    /// Attempts that reached nobody: no connection, or an idle one that the gateway had closed.
    unreached: usize,
    /// Attempts of hasty calls without an answer: the gateway may have seen them, now or later.
    unclear: usize,
    /// Memory after a tenth of the calls, and after all.
    memory: [Option<u64>; 2],
}

impl Load {
    fn start() -> Self {
        let calls = calls().unwrap_or(CALLS);
        let gateway = FaultyGateway::start(SEED, calls, SAMPLE);
        let readings = Readings::default();
        let credentials = top::Credentials::new("12345678", SECRET).expect("credentials");
        let client = Client::new(credentials)
            .with_clock(readings.clone())
            .with_retries(RetryPolicy::standard().with_attempts(ATTEMPTS as u32))
            .with_base_url(&gateway.gateway().url("/router/rest"))
            .expect("a plain URL");
        let expected = client.answer::<CrmOpenCustomerSave>(http::Response::new(SAMPLE)).expect("an answer");
        let expected = to_json(&expected.value);
        let (next, began, totals) = (AtomicUsize::new(0), Instant::now(), Mutex::default());
        Self { gateway, client, readings, calls, next, began, expected, totals }
    }

    /// The number of the next call.
    fn next(&self) -> Option<usize> {
        let call = self.next.fetch_add(1, Ordering::SeqCst);
        if call == self.calls / 10 {
            self.totals().memory[0] = memory();
        }
        (call < self.calls).then_some(call)
    }

    fn totals(&self) -> MutexGuard<'_, Totals> {
        self.totals.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The client for a call, and how its attempts end.
    fn client(&self, call: usize) -> (Client<Top>, Attempts) {
        let attempts = Attempts::default();
        let seen = Arc::clone(&attempts);
        let client = self.client.clone().with_on_attempt(move |attempt| {
            seen.lock().unwrap_or_else(PoisonError::into_inner).push(End::of(attempt.error));
        });
        let client = if is_hasty(call) { client.with_attempt_timeout(SHORT) } else { client };
        let client = if is_unreachable(call) { client.with_base_url(NOBODY).expect("a plain URL") } else { client };
        (client, attempts)
    }

    /// Checks and counts a call that has ended.
    fn end(&self, call: usize, outcome: Result<Answer<CrmOpenCustomerSaveResponse>, Error>, attempts: &Attempts) {
        let attempts = attempts.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = outcome.map(|answer| assert_eq!(to_json(&answer.value), self.expected));
        let end = End::of(outcome.as_ref().err());
        let (last, before) = attempts.split_last().expect("an attempt");
        assert_eq!(*last, end, "call {call}: {attempts:?}");
        assert!(before.iter().all(|end| end.may_pass()), "call {call}: {attempts:?}");
        assert!(!end.may_pass() || attempts.len() == ATTEMPTS, "call {call}: {attempts:?}");

        let (unreached, unclear) =
            if is_hasty(call) { (0, unclear(call, &attempts)) } else { (self.unreached(call, &attempts), 0) };
        let mut totals = self.totals();
        totals.unreached += unreached;
        totals.unclear += unclear;
        *totals.outcomes.entry(format!("{end:?}")).or_default() += 1;
        for end in attempts.iter() {
            *totals.attempts.entry(format!("{end:?}")).or_default() += 1;
        }
    }

    /// Asserts that each attempt of a call ended as the fault of its answer makes it end, and returns how many attempts
    /// reached nobody.
    fn unreached(&self, call: usize, attempts: &[End]) -> usize {
        if is_unreachable(call) {
            assert_eq!(attempts, [NOT_CONNECTED; ATTEMPTS], "call {call}");
        }
        let arrivals = self.gateway.arrivals(call);
        let mut expected = (0..arrivals).map(|attempt| End::after(fault(SEED, call, attempt))).peekable();
        let unreached = attempts.iter().filter(|end| expected.next_if_eq(end).is_none());
        let unreached: Vec<_> = unreached.copied().collect();
        assert!(unreached.iter().all(|end| [BROKEN, NOT_CONNECTED].contains(end)), "call {call}: {attempts:?}");
        assert_eq!(attempts.len() - unreached.len(), arrivals, "call {call}: {attempts:?}");
        unreached.len()
    }

    fn measure_end(&self) {
        self.totals().memory[1] = memory();
    }

    /// Asserts that the numbers add up. The transport is gone.
    fn check(&self, driver: &str) {
        let time = self.began.elapsed();
        // A request of a call that has given up may still be on its way.
        let end = Instant::now() + Duration::from_secs(60);
        while self.gateway.gateway().open_connections() > 0 {
            assert!(Instant::now() < end, "connections stay open without their transport");
            thread::sleep(Duration::from_millis(1));
        }
        let totals = self.totals();
        let (timestamps, connections) = (self.gateway.timestamps(), self.gateway.gateway().connections());
        let signed = self.readings.0.load(Ordering::SeqCst) as usize;
        let report = self.report(&totals, timestamps.len());
        if calls().is_some() {
            let _ = writeln!(std::io::stderr(), "{driver}, {time:?}: {report}");
        }
        assert_eq!(totals.outcomes.values().sum::<usize>(), self.calls, "{report}");
        assert_eq!(totals.attempts.values().sum::<usize>(), signed, "each attempt is signed once: {report}");
        assert!(timestamps.is_sorted_by(|one, next| one < next), "no signed request arrives twice: {report}");
        assert_eq!((self.gateway.rejected(), self.gateway.followed()), (0, 0), "{report}");
        let missing = signed.checked_sub(timestamps.len() + totals.unreached).expect(&report);
        assert!(missing <= totals.unclear, "{report}");
        assert!(totals.outcomes["Success"] * 100 >= self.calls * 95, "{report}");
        // A call that finds no idle connection opens one, and may then get another that has become idle before it is open.
        assert!(connections <= 2 * AT_ONCE + self.gateway.ended() + totals.unclear, "{report}");
        if let (Some(_), [Some(early), Some(late)]) = (calls(), totals.memory) {
            assert!(late <= early + early / 2, "{report}");
        }
    }

    fn report(&self, totals: &Totals, arrived: usize) -> String {
        let Totals { outcomes, attempts, unreached, unclear, memory } = totals;
        let mut faults = BTreeMap::<String, usize>::new();
        for call in 0..self.calls {
            let of_call = (0..self.gateway.arrivals(call)).filter_map(|attempt| fault(SEED, call, attempt));
            of_call.for_each(|fault| *faults.entry(format!("{fault:?}")).or_default() += 1);
        }
        let (signed, ended) = (self.readings.0.load(Ordering::SeqCst), self.gateway.ended());
        format!(
            "{} calls: {outcomes:?}\nfaults: {faults:?}\n{signed} signatures, attempts: {attempts:?}\n\
             {arrived} requests arrived, {unreached} did not, {unclear} may have\n\
             {} connections, {ended} of them ended by faults\npages of memory after a tenth and at the end: {memory:?}",
            self.calls,
            self.gateway.gateway().connections(),
        )
    }
}

#[test]
fn the_first_attempts_meet_all_faults() {
    for expected in FAULTS {
        let is_met = |call: usize| !is_unreachable(call) && fault(SEED, call, 0) == Some(expected);
        assert!((0..CALLS).any(is_met), "{expected:?}");
    }
}

/// Asserts that each attempt of a hasty call ended early or as the fault of one of its answers makes it end, and returns how
/// many ended without an answer.
fn unclear(call: usize, attempts: &[End]) -> usize {
    let expected: Vec<_> = (0..ATTEMPTS).map(|attempt| End::after(fault(SEED, call, attempt))).collect();
    let has_no_answer = |end: &&End| [LATE, BROKEN].contains(end);
    assert!(attempts.iter().all(|end| has_no_answer(&end) || expected.contains(end)), "call {call}: {attempts:?}");
    attempts.iter().filter(has_no_answer).count()
}

/// Whether an answer to the call may stall.
fn is_hasty(call: usize) -> bool {
    let mut faults = (0..ATTEMPTS).filter_map(|attempt| fault(SEED, call, attempt));
    !is_unreachable(call) && faults.any(|fault| fault == Fault::Stalled)
}

fn is_unreachable(call: usize) -> bool {
    call % UNREACHABLE == UNREACHABLE - 1
}

/// The number of calls that the environment asks for.
fn calls() -> Option<usize> {
    let text = std::env::var("APOGRAPH_LOAD_CALLS").ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("APOGRAPH_LOAD_CALLS must be a number, not {text:?}")))
}

/// The memory of this process in pages, where the system tells it.
fn memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    text.split(' ').nth(1)?.parse().ok()
}
