//! The arguments of `mock`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use clap::builder::ValueParser;

use crate::mock::{Every, Fail, FaultError, Latency, duration};

/// Arguments of `mock`.
#[derive(Debug, Args)]
pub struct MockArgs {
    /// Specs folder [default: `specs` in this folder, or in the nearest folder above that has one].
    #[arg(long, value_name = "DIR")]
    pub specs: Option<PathBuf>,
    /// Address to listen at; port 0 is any free port. Other machines reach the server only at an address of this machine's
    /// network, or at 0.0.0.0.
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:0")]
    pub address: SocketAddr,
    /// File with the credentials to accept: lines `NAME=value`. Platforms that it does not mention accept credentials for
    /// tests, which are printed.
    #[arg(long, alias = "env", value_name = "FILE")]
    pub credentials: Option<PathBuf>,
    /// Serve these APIs only: names, or patterns with `*` and `?`. Repeatable.
    #[arg(long, value_name = "PATTERN")]
    pub only: Vec<String>,
    /// Answer with an error: `code=7`, with `sub_code=…` or without, or an HTTP `status=503`; for each N-th request
    /// (`every=N`), with a probability (`rate=0.1`), for one API or some (`api=PATTERN`, as with --only). Each error counts only the requests to APIs
    /// that match and whose platform documents the code. Repeatable.
    #[arg(long, value_name = "code=C,every=N")]
    pub fail: Vec<Fail>,
    /// Delay every answer: `200ms`, or a range from which each delay is chosen, `200ms..1s`.
    #[arg(long, value_name = "TIME[..TIME]")]
    pub latency: Option<Latency>,
    /// Close the connection in place of an answer: `every=N` or `rate=P`.
    #[arg(long, value_name = "every=N")]
    pub drop: Option<Every>,
    /// Break off an answer in the middle of its body: `every=N` or `rate=P`.
    #[arg(long, value_name = "every=N")]
    pub truncate: Option<Every>,
    /// Number that chooses delays and the requests of a `rate`.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// Greatest accepted difference between the time of a request and the server's.
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = ValueParser::new(span))]
    pub tolerance: Duration,
}

fn span(text: &str) -> Result<Duration, FaultError> {
    duration(text)
}
