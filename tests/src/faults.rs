//! A gateway of TOP for load tests: some of its answers have faults, which a seed chooses.

use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::form::value;
use crate::gateway::{Gateway, Reply, answer, gzip};
use crate::mutation::Random;
use crate::server::Arrived;
use crate::verify::top_accepts;

/// The app secret of the gateway's only app.
pub const SECRET: &str = "helloworld";

/// The parameter in which a request carries the number of its call.
pub const CALL: &str = "call";

/// How many of a hundred answers have a fault.
const PERCENT: usize = 5;

/// How late a slow answer is.
const SLOWNESS: Duration = Duration::from_millis(30);

const JSON: &str = "Content-Type: application/json;charset=UTF-8\r\n";

const HTML: &str = "Content-Type: text/html\r\n";

/// What is wrong with an answer.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no answer: the connection is closed.
    Dropped,
    /// The head breaks off, and the connection is closed.
    HalfHead,
    /// The body breaks off, and the connection is closed.
    HalfBody,
    /// A chunk of the body breaks off, and the connection is closed.
    HalfChunk,
    /// HTTP status 500 with a page.
    ServerError,
    /// HTTP status 502 with a page.
    BadGateway,
    /// HTTP status 503 with a page.
    Unavailable,
    /// An error of the platform that may pass.
    Failed,
    /// A page instead of JSON.
    Page,
    /// The JSON breaks off, although the body is as long as announced.
    HalfJson,
    /// The gzip breaks off, although the body is as long as announced.
    HalfGzip,
    /// A redirect to another host.
    Redirect,
    /// The answer breaks off, and the connection stays open.
    Stalled,
    /// Nothing: the answer is compressed.
    Gzip,
    /// The answer is late.
    Slow,
    /// The content type is that of a page.
    WrongType,
    /// Nothing, but the connection is closed afterwards, which the answer announces.
    Closing,
    /// Nothing, but the connection is closed afterwards, which the answer does not announce.
    Closed,
}

/// All faults.
pub const FAULTS: [Fault; 18] = [
    Fault::Dropped,
    Fault::HalfHead,
    Fault::HalfBody,
    Fault::HalfChunk,
    Fault::ServerError,
    Fault::BadGateway,
    Fault::Unavailable,
    Fault::Failed,
    Fault::Page,
    Fault::HalfJson,
    Fault::HalfGzip,
    Fault::Redirect,
    Fault::Stalled,
    Fault::Gzip,
    Fault::Slow,
    Fault::WrongType,
    Fault::Closing,
    Fault::Closed,
];

/// The fault of the answer to an attempt, if it has one. The same for the same seed, whatever the order of requests.
#[must_use]
pub fn fault(seed: u64, call: usize, attempt: usize) -> Option<Fault> {
    let mut random = Random::new(seed ^ ((call as u64) << 8) ^ attempt as u64);
    let is_faulty = random.below(100) < PERCENT;
    is_faulty.then(|| FAULTS[random.below(FAULTS.len())])
}

impl Fault {
    /// Whether the connection cannot be used after the answer.
    fn ends_connection(self) -> bool {
        match self {
            Self::Dropped | Self::HalfHead | Self::HalfBody | Self::HalfChunk => true,
            // The client does not read on.
            Self::HalfGzip => true,
            Self::Stalled | Self::Closing | Self::Closed => true,
            _ => false,
        }
    }

    /// The reply, which would be `sample` without the fault.
    fn reply(self, sample: &[u8], elsewhere: &str) -> Reply {
        let page = |status| Reply::Keep(answer(status, HTML, b"<html><body>Sorry</body></html>"));
        let half = |bytes: &[u8]| bytes[..bytes.len() / 2].to_vec();
        let whole = answer("200 OK", JSON, sample);
        match self {
            Self::Dropped => Reply::Close(Vec::new()),
            Self::HalfHead => Reply::Close(whole[..30].to_vec()),
            Self::HalfBody => Reply::Close(whole[..whole.len() - 5].to_vec()),
            Self::HalfChunk => {
                let head = format!("HTTP/1.1 200 OK\r\n{JSON}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n", sample.len());
                Reply::Close([head.into_bytes(), half(sample)].concat())
            }
            Self::ServerError => page("500 Internal Server Error"),
            Self::BadGateway => page("502 Bad Gateway"),
            Self::Unavailable => page("503 Service Unavailable"),
            Self::Failed => Reply::Keep(answer("200 OK", JSON, &refusal("15", "isp.remote-service-timeout"))),
            Self::Page => page("200 OK"),
            Self::HalfJson => Reply::Keep(answer("200 OK", JSON, &half(sample))),
            Self::HalfGzip => Reply::Keep(answer("200 OK", &compressed(), &half(&gzip(sample)))),
            Self::Redirect => Reply::Keep(answer("302 Found", &format!("Location: {elsewhere}\r\n"), b"")),
            Self::Stalled => Reply::Stall(half(&whole)),
            Self::Gzip => Reply::Keep(answer("200 OK", &compressed(), &gzip(sample))),
            Self::Slow => {
                thread::sleep(SLOWNESS);
                Reply::Keep(whole)
            }
            Self::WrongType => Reply::Keep(answer("200 OK", HTML, sample)),
            Self::Closing => Reply::Close(answer("200 OK", &format!("{JSON}Connection: close\r\n"), sample)),
            Self::Closed => Reply::Close(whole),
        }
    }
}

fn compressed() -> String {
    format!("{JSON}Content-Encoding: gzip\r\n")
}

fn refusal(code: &str, sub_code: &str) -> Vec<u8> {
    format!(r#"{{"error_response":{{"code":{code},"msg":"Refused","sub_code":"{sub_code}"}}}}"#).into_bytes()
}

/// The gateway, with another host to which it redirects.
#[derive(Debug)]
pub struct FaultyGateway {
    gateway: Gateway,
    elsewhere: Gateway,
    log: Arc<Log>,
}

/// What the gateway keeps of the requests: little, and its memory is allocated at the start.
#[derive(Debug)]
struct Log {
    seed: u64,
    /// The accepted requests of each call.
    arrivals: Vec<AtomicU8>,
    /// The digits of the timestamps of all accepted requests.
    timestamps: Mutex<Vec<u64>>,
    rejected: AtomicUsize,
    ended: AtomicUsize,
}

impl FaultyGateway {
    /// Starts a gateway for `calls` calls, which have the numbers from 0. It answers `sample`, with the faults of `seed`.
    #[must_use]
    pub fn start(seed: u64, calls: usize, sample: &str) -> Self {
        let log = Arc::new(Log {
            seed,
            arrivals: (0..calls).map(|_| AtomicU8::new(0)).collect(),
            timestamps: Mutex::new(Vec::with_capacity(2 * calls)),
            rejected: AtomicUsize::new(0),
            ended: AtomicUsize::new(0),
        });
        let elsewhere = Gateway::plain(|_| Reply::Close(Vec::new()));
        let (shared, sample, location) = (Arc::clone(&log), sample.to_owned(), elsewhere.url("/"));
        let gateway = Gateway::unrecorded(move |arrived| shared.reply(arrived, sample.as_bytes(), &location));
        Self { gateway, elsewhere, log }
    }

    /// The gateway itself.
    #[must_use]
    pub fn gateway(&self) -> &Gateway {
        &self.gateway
    }

    /// How many clients followed a redirect.
    #[must_use]
    pub fn followed(&self) -> usize {
        self.elsewhere.connections()
    }

    /// How many requests of a call have arrived.
    #[must_use]
    pub fn arrivals(&self, call: usize) -> usize {
        self.log.arrivals[call].load(Ordering::SeqCst).into()
    }

    /// The timestamps of all requests that have arrived, sorted.
    #[must_use]
    pub fn timestamps(&self) -> Vec<u64> {
        let mut timestamps = self.log.timestamps.lock().unwrap_or_else(PoisonError::into_inner).clone();
        timestamps.sort_unstable();
        timestamps
    }

    /// How many requests had a wrong signature.
    #[must_use]
    pub fn rejected(&self) -> usize {
        self.log.rejected.load(Ordering::SeqCst)
    }

    /// How many answers made their connection unusable.
    #[must_use]
    pub fn ended(&self) -> usize {
        self.log.ended.load(Ordering::SeqCst)
    }
}

impl Log {
    fn reply(&self, arrived: &Arrived, sample: &[u8], elsewhere: &str) -> Reply {
        let parameters = [arrived.query(), arrived.form()].concat();
        let Some((call, timestamp)) = accepted(&parameters).filter(|(call, _)| *call < self.arrivals.len()) else {
            self.rejected.fetch_add(1, Ordering::SeqCst);
            return Reply::Keep(answer("200 OK", JSON, &refusal("25", "isv.invalid-signature")));
        };
        self.timestamps.lock().unwrap_or_else(PoisonError::into_inner).push(timestamp);
        let attempt = self.arrivals[call].fetch_add(1, Ordering::SeqCst);
        let Some(fault) = fault(self.seed, call, attempt.into()) else {
            return Reply::Keep(answer("200 OK", JSON, sample));
        };
        if fault.ends_connection() {
            self.ended.fetch_add(1, Ordering::SeqCst);
        }
        fault.reply(sample, elsewhere)
    }
}

/// The number of the call and the digits of the timestamp, if the signature is right.
fn accepted(parameters: &[(String, String)]) -> Option<(usize, u64)> {
    let call = value(parameters, CALL)?.parse().ok()?;
    let digits: String = value(parameters, "timestamp")?.chars().filter(char::is_ascii_digit).collect();
    top_accepts(parameters, SECRET).then_some((call, digits.parse().ok()?))
}
