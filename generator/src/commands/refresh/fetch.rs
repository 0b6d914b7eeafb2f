//! Requests pages: one at a time, with a pause, and only if they have changed.

use std::time::Duration;

use apograph_runtime::{Transport, TransportError, TransportProblem};
use http::header::{ACCEPT, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION};
use serde::{Deserialize, Serialize};

use super::address::{Address, Elsewhere};
use crate::diagnostic::quoted;

/// Maximum number of redirects of a request. Browsers follow 20; a page that needs more than a few is misconfigured.
const MOST_REDIRECTS: usize = 5;

/// Failed requests in a row after which no more are sent: the server is down, or wants to be left alone.
const MOST_FAILURES: usize = 5;

/// What a server knows a version of a page by.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct Validators {
    /// The address of the page, behind all redirects: at another address, they mean nothing.
    address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_modified: Option<String>,
}

impl Validators {
    fn of(address: &Address, headers: &HeaderMap) -> Self {
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Self { address: address.uri().to_string(), etag: text(ETAG), last_modified: text(LAST_MODIFIED) }
    }
}

/// What a server has answered.
pub(super) enum Fetched {
    Page(Vec<u8>, Validators),
    NotModified,
}

/// Why a page cannot be had.
#[derive(Debug)]
pub(super) struct Missed {
    pub(super) message: String,
    pub(super) help: Option<String>,
    /// Whether other pages of the server cannot be had either.
    is_general: bool,
}

impl Missed {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, is_general: false }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    fn general(self) -> Self {
        Self { is_general: true, ..self }
    }
}

/// Requests pages through a transport.
pub(super) struct Fetcher<'t> {
    transport: &'t dyn Transport,
    timeout: Duration,
    pause: Duration,
    /// Hosts to which redirects from other hosts are followed.
    hosts: &'t [String],
    has_sent: bool,
    /// Failed requests in a row.
    failures: usize,
}

impl<'t> Fetcher<'t> {
    pub(super) fn new(transport: &'t dyn Transport, timeout: Duration, pause: Duration, hosts: &'t [String]) -> Self {
        Self { transport, timeout, pause, hosts, has_sent: false, failures: 0 }
    }

    /// Requests a page, unless the version that is known by its validators is still current.
    pub(super) fn fetch(&mut self, address: &str, known: Option<&Validators>) -> Result<Fetched, Missed> {
        if self.failures >= MOST_FAILURES {
            return Err(Missed::new(format!("not requested, because the last {MOST_FAILURES} requests failed")));
        }
        let fetched = self.follow(address, known);
        let has_failed = fetched.as_ref().is_err_and(|missed| missed.is_general);
        self.failures = if has_failed { self.failures + 1 } else { 0 };
        fetched
    }

    fn follow(&mut self, address: &str, known: Option<&Validators>) -> Result<Fetched, Missed> {
        let mut address = Address::parse(address).map_err(Missed::new)?;
        for _ in 0..=MOST_REDIRECTS {
            let known = known.filter(|known| known.address == address.uri().to_string());
            let response = self.send(&address, known)?;
            match response.status().as_u16() {
                200 => {
                    let validators = Validators::of(&address, response.headers());
                    return Ok(Fetched::Page(response.into_body(), validators));
                }
                304 if known.is_some() => return Ok(Fetched::NotModified),
                301 | 302 | 303 | 307 | 308 => address = self.redirected(&address, response.headers())?,
                status => return Err(refused(status)),
            }
        }
        Err(Missed::new(format!("the server redirects more than {MOST_REDIRECTS} times")))
    }

    fn send(&mut self, address: &Address, known: Option<&Validators>) -> Result<http::Response<Vec<u8>>, Missed> {
        if self.has_sent && !self.pause.is_zero() {
            self.transport.wait(self.pause);
        }
        self.has_sent = true;
        let mut request =
            http::Request::get(address.uri()).header(ACCEPT, "text/html, application/json, text/*, */*;q=0.5");
        if let Some(known) = known {
            let conditions = [(IF_NONE_MATCH, &known.etag), (IF_MODIFIED_SINCE, &known.last_modified)];
            for (name, value) in conditions {
                request = value.iter().fold(request, |request, value| request.header(&name, value));
            }
        }
        let request = request.body(Vec::new()).map_err(|_| Missed::new("the address cannot be requested"))?;
        self.transport.send(request, self.timeout).map_err(|error| failed(&error))
    }

    fn redirected(&self, address: &Address, headers: &HeaderMap) -> Result<Address, Missed> {
        let location = headers.get(LOCATION).and_then(|location| location.to_str().ok());
        let location = location.ok_or_else(|| Missed::new("the server redirects without a location"))?;
        address.redirected(location, self.hosts).map_err(|elsewhere| {
            let to = quoted(location);
            match elsewhere {
                Elsewhere::Invalid(error) => Missed::new(format!("the server redirects to {to}: {error}")),
                Elsewhere::Insecure => Missed::new(format!("the server redirects from `https` to `http`: {to}")),
                Elsewhere::OtherHost(host) => Missed::new(format!("the server redirects to another host: {to}")).help(
                    format!("if the page has moved there, use `--follow-to {host}`, or change the page's address"),
                ),
            }
        })
    }
}

fn failed(error: &TransportError) -> Missed {
    let missed = Missed::new(error.to_string());
    if error.problem() == TransportProblem::TooLong { missed } else { missed.general() }
}

fn refused(status: u16) -> Missed {
    let missed = Missed::new(format!("the server answered with HTTP status {status}"));
    match status {
        429 => missed.help("`--pause` sets a longer pause between two requests").general(),
        500.. => missed.general(),
        _ => missed,
    }
}
