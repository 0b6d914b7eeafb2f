//! The arguments of `sign` and `call`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use clap::builder::ValueParser;

/// Which request of which API, and what it is signed with.
#[derive(Debug, Args)]
pub struct RequestArgs {
    /// Name of the API, as the vendor's page writes it.
    #[arg(long, value_name = "NAME")]
    pub api: String,
    /// Platform of the API, for a name that several platforms have.
    #[arg(long, value_name = "NAME")]
    pub platform: Option<String>,
    /// The request: a file with one JSON object under the names of the page, or `-` for standard input.
    #[arg(long, value_name = "FILE")]
    pub request: PathBuf,
    /// Add a parameter that the page does not document, as text. It replaces a field with the same name. Repeatable.
    #[arg(long, value_name = "NAME=VALUE", value_parser = ValueParser::new(parameter))]
    pub param: Vec<(String, String)>,
    /// File with the credentials: lines `NAME=value`. They take precedence over variables of the environment.
    #[arg(long, alias = "env", value_name = "FILE")]
    pub credentials: Option<PathBuf>,
    /// Gateway by its name under `environments` in the platform file [default: the first one].
    #[arg(long, value_name = "NAME", conflicts_with = "base_url")]
    pub environment: Option<String>,
    /// Another gateway: `https://host[:port][/path]`, or `http` on this machine.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Variant of the signature [default: the platform's].
    #[arg(long, value_name = "NAME")]
    pub sign_method: Option<String>,
    /// Time of the request: Unix seconds, RFC 3339, or as the platform writes it [default: now].
    #[arg(long, value_name = "TIME")]
    pub timestamp: Option<String>,
    /// Nonce of the signature, on platforms that need one [default: a new one].
    #[arg(long, value_name = "TEXT")]
    pub nonce: Option<String>,
    /// Send the session even if the page does not mention one.
    #[arg(long)]
    pub send_session: bool,
    /// Accept requests that violate the required marks and limits of the page.
    #[arg(long)]
    pub no_checks: bool,
    /// Specs folder [default: `specs` in this folder, or in the nearest folder above that has one].
    #[arg(long, value_name = "DIR")]
    pub specs: Option<PathBuf>,
    /// Lock file, which keeps removed fields [default: api.lock in the specs folder].
    #[arg(long, value_name = "PATH")]
    pub lock: Option<PathBuf>,
}

/// Arguments of `sign`.
#[derive(Debug, Args)]
pub struct SignArgs {
    /// What is signed.
    #[command(flatten)]
    pub request: RequestArgs,
    /// Compare with the text (or the signature) that another client made, and report the first difference: TEXT itself,
    /// `@FILE`, or `-` for standard input. Prefer a file for a text that contains the secret.
    #[arg(long, value_name = "TEXT|@FILE", allow_hyphen_values = true)]
    pub against: Option<String>,
}

/// Why the command `call` fails in builds without the feature `call`.
#[cfg(not(feature = "call"))]
pub const CANNOT_SEND: &str = "this build of apograph cannot send requests\n\
    help: build one that can, for example with `cargo install --locked --path generator --features call` in a checkout; \
    `apograph sign` works without";

/// Arguments of `call`.
#[derive(Debug, Args)]
pub struct CallArgs {
    /// What is sent.
    #[command(flatten)]
    pub request: RequestArgs,
    /// Time limit of the whole call in seconds, retries included.
    #[arg(long, value_name = "SECONDS", default_value = "120", value_parser = ValueParser::new(seconds))]
    pub timeout: Duration,
    /// How often a failed call is repeated, if repeating it does no harm.
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    pub retries: u32,
}

fn parameter(text: &str) -> Result<(String, String), &'static str> {
    let (name, value) = text.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or("expected NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

fn seconds(text: &str) -> Result<Duration, &'static str> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.filter(|time| !time.is_zero()).ok_or("expected a number of seconds above 0")
}
