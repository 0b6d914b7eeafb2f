//! Settings that the transports of this crate share.

use core::fmt;
use core::time::Duration;

use crate::error::{TransportError, TransportProblem};

/// Maximum time for connecting; the platforms' own clients use the same.
// specs/top/PROTOCOL.md#how-parameters-travel
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

/// Maximum size of a decompressed response in bytes, to protect the caller's memory.
const BODY_LIMIT: u64 = 64 * 1024 * 1024;

/// Idle connections that are kept open: enough for 64 threads or tasks that call one gateway at the same time.
const IDLE_CONNECTIONS: usize = 64;

/// How long an idle connection is kept open. Gateways close theirs later, so that few requests meet a closed one.
pub(super) const IDLE_TIME: Duration = Duration::from_secs(15);

/// Settings of a transport: time for connecting, limits, proxy, certificates.
///
/// Certificates are always verified, against the built-in Mozilla roots and those added with
/// [`with_root_certificate`](Self::with_root_certificate). Redirects are never followed.
#[derive(Clone)]
pub struct HttpOptions {
    pub(super) connect_timeout: Duration,
    pub(super) body_limit: u64,
    pub(super) idle_connections: usize,
    pub(super) user_agent: String,
    pub(super) proxy: Proxy,
    /// Certificates in PEM.
    pub(super) roots: Vec<Vec<u8>>,
}

/// How a transport reaches the gateway.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Proxy {
    /// Through the proxy that `HTTPS_PROXY`, for `http` URLs `HTTP_PROXY`, or otherwise `ALL_PROXY` contains; the
    /// variables may have lower-case names. Hosts in `NO_PROXY` are reached directly: domains with their subdomains,
    /// addresses, networks such as `10.0.0.0/8`, or `*` for all. A domain or address may have a port,
    /// `example.com:8080`, and is then reached directly at this port only.
    ///
    /// The variables are read when the transport is created, and a malformed one is an error. `HTTP_PROXY` is ignored
    /// under CGI, where the client can set it with a header.
    #[default]
    Environment,
    /// Directly, for servers on this machine or in its network.
    None,
    /// Through the HTTP proxy at this URL, `http[s]://[user:password@]host[:port]`.
    Url(String),
}

impl HttpOptions {
    /// Creates the default settings: 15 seconds for connecting, responses of up to 64 MiB, the proxy that the
    /// environment names, and the built-in root certificates.
    pub fn new() -> Self {
        Self {
            connect_timeout: CONNECT_TIMEOUT,
            body_limit: BODY_LIMIT,
            idle_connections: IDLE_CONNECTIONS,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")).to_owned(),
            proxy: Proxy::default(),
            roots: Vec::new(),
        }
    }

    /// Sets how long connecting may take, TLS included. It never takes longer than the attempt may take.
    #[must_use]
    pub fn with_connect_timeout(self, connect_timeout: Duration) -> Self {
        Self { connect_timeout, ..self }
    }

    /// Sets the maximum size of a decompressed response in bytes.
    #[must_use]
    pub fn with_body_limit(self, body_limit: u64) -> Self {
        Self { body_limit, ..self }
    }

    /// Sets how many idle connections are kept open, for at most 15 seconds each.
    #[must_use]
    pub fn with_idle_connections(self, idle_connections: usize) -> Self {
        Self { idle_connections, ..self }
    }

    /// Sets the `User-Agent` header.
    #[must_use]
    pub fn with_user_agent(self, user_agent: impl Into<String>) -> Self {
        Self { user_agent: user_agent.into(), ..self }
    }

    /// Sets how the gateway is reached.
    #[must_use]
    pub fn with_proxy(self, proxy: Proxy) -> Self {
        Self { proxy, ..self }
    }

    /// Accepts servers whose certificate is signed by one of these root certificates too. `pem` contains them in PEM.
    #[must_use]
    pub fn with_root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.roots.push(pem.into());
        self
    }

    /// Returns the value of `User-Agent`.
    pub(super) fn user_agent_header(&self) -> Result<http::HeaderValue, TransportError> {
        let failure = TransportError::new(TransportProblem::Configuration);
        let value = http::HeaderValue::from_str(&self.user_agent);
        value.map_err(|_| failure.with_cause("the user agent contains characters that a header must not contain"))
    }
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self::new()
    }
}

// Not derived: a proxy's URL may contain a password.
impl fmt::Debug for HttpOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpOptions")
            .field("connect_timeout", &self.connect_timeout)
            .field("body_limit", &self.body_limit)
            .field("idle_connections", &self.idle_connections)
            .field("user_agent", &self.user_agent)
            .field("proxy", &self.proxy)
            .field("roots", &self.roots.len())
            .finish()
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "Environment",
            Self::None => "None",
            Self::Url(_) => "Url(***)",
        })
    }
}
