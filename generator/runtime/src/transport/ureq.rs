//! A transport over HTTP and HTTPS that blocks the calling thread: `ureq`.

use core::fmt;
use core::time::Duration;
use std::io::Read;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, AsSendBody};

use super::body::{Collector, accept_gzip, has_body};
use super::failure::{Stage, io_failure, tls_failure};
use super::http_options::{HttpOptions, IDLE_TIME};
use super::proxy::Routes;
use super::{Transport, tls};
use crate::error::{Timeout, TransportError, TransportProblem};

/// Maximum time limit: more than a century. The library fails to add much longer ones to the time.
const LONGEST: Duration = Duration::from_secs(u32::MAX as u64);

/// Sends requests over HTTP/1.1 on the calling thread, and keeps connections open for later requests. Cheap to
/// clone; clones share the connections.
///
/// Its settings are those of [`HttpOptions`]. Each call looks up the gateway's name, on a thread of its own, even if a
/// connection is open. The limit for connecting applies to the lookup and to the rest separately, and each of them may
/// take at most half of the time of an attempt.
///
/// # Repeated requests
///
/// It never sends a request twice. If the server closes an idle connection at the moment at which a request goes out on
/// it, the call fails with [`TransportProblem::Broken`], and
/// [`may_have_been_received`](TransportError::may_have_been_received) is true, although most servers have not seen the
/// request. To make this rare, connections are closed after 15 idle seconds.
///
/// # Logs
///
/// `ureq` and `ureq-proto` log through the crate `log`. Their level `TRACE` shows the whole request and answer, with
/// sessions and personal data: allow these two crates `DEBUG` at most, for example with
/// `RUST_LOG=trace,ureq=debug,ureq_proto=debug`.
#[derive(Clone)]
pub struct UreqTransport {
    agents: Arc<Routes<Agent>>,
    connect_timeout: Duration,
    body_limit: u64,
}

impl UreqTransport {
    /// Creates a transport with its own connection pool. It opens no connection.
    ///
    /// # Errors
    ///
    /// [`TransportError`] with [`TransportProblem::Configuration`] if the user agent is not a header value, a root
    /// certificate cannot be read, or the URL of a proxy or a proxy variable is malformed.
    pub fn new(options: &HttpOptions) -> Result<Self, TransportError> {
        // The library panics at a wrong one.
        options.user_agent_header()?;
        let roots = tls::roots(&options.roots)?;
        let agents = Routes::new(&options.proxy, |proxy| agent(options, &roots, proxy))?;
        Ok(Self { agents: Arc::new(agents), connect_timeout: options.connect_timeout, body_limit: options.body_limit })
    }

    fn exchange(
        &self,
        request: http::Request<impl AsSendBody>,
        timeout: Duration,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        let agent = self.agents.for_uri(request.uri());
        // The library does not report that the time of the whole exchange was over while it connected. So looking up the
        // name and connecting are over before it: each has half of the time at most.
        let connect_timeout = self.connect_timeout.min(timeout / 2);
        let failure = |error: ureq::Error| failure(&error, connect_timeout);
        let configured = agent.configure_request(request).timeout_global(Some(timeout.min(LONGEST)));
        let limit = Some(connect_timeout.min(LONGEST));
        let request = configured.timeout_resolve(limit).timeout_connect(limit).build();
        let response = agent.run(request).map_err(failure)?;
        let (mut parts, mut body) = response.into_parts();
        // They contain the request's URL.
        parts.extensions.clear();
        let mut collector = Collector::new(&mut parts.headers, self.body_limit);
        let (mut reader, mut buffer) = (body.as_reader(), vec![0; 16 * 1024]);
        loop {
            let count = reader.read(&mut buffer).map_err(|error| failure(error.into()))?;
            match buffer.get(..count) {
                Some(piece) if count > 0 => collector.push(piece)?,
                _ => return Ok(http::Response::from_parts(parts, collector.finish()?)),
            }
        }
    }
}

/// Creates the client for requests through `proxy`.
fn agent(
    options: &HttpOptions,
    roots: &[CertificateDer<'static>],
    proxy: Option<&str>,
) -> Result<Agent, TransportError> {
    let proxy = proxy.map(ureq::Proxy::new).transpose().map_err(|error| classified(&error))?;
    let config = Agent::config_builder()
        .proxy(proxy)
        .tls_config(TlsConfig::builder().root_certs(root_certs(roots)).build())
        .http_status_as_error(false)
        .max_redirects(0)
        .max_idle_connections(options.idle_connections)
        .max_idle_connections_per_host(options.idle_connections)
        .max_idle_age(IDLE_TIME)
        .user_agent(options.user_agent.as_str())
        .build();
    Ok(config.into())
}

/// Returns the built-in roots and `roots`.
fn root_certs(roots: &[CertificateDer<'static>]) -> RootCerts {
    if roots.is_empty() {
        return RootCerts::WebPki;
    }
    let built_in = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().map(|root| Certificate::from_der(root));
    built_in.chain(roots.iter().map(|root| Certificate::from_der(root).to_owned())).into()
}

impl Transport for UreqTransport {
    fn send(
        &self,
        mut request: http::Request<Vec<u8>>,
        timeout: Duration,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        accept_gzip(request.headers_mut());
        if has_body(&request) { self.exchange(request, timeout) } else { self.exchange(request.map(drop), timeout) }
    }
}

/// Classifies `error` of an exchange. `connect_timeout` is its limit for connecting.
fn failure(error: &ureq::Error, connect_timeout: Duration) -> TransportError {
    if let ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) = error {
        return TransportError::timed_out(Timeout::Connect, connect_timeout);
    }
    classified(error)
}

/// Classifies `error`. Most of its texts are dropped, because some of them quote the URL.
fn classified(error: &ureq::Error) -> TransportError {
    use ureq::Error as Ureq;
    TransportError::new(match error {
        Ureq::Io(error) => return io_failure(error, Stage::Unknown),
        Ureq::Rustls(error) => return tls_failure(error),
        Ureq::Timeout(_) => TransportProblem::Timeout,
        Ureq::HostNotFound | Ureq::ConnectionFailed | Ureq::ConnectProxyFailed(_) => TransportProblem::Connect,
        Ureq::Tls(_) | Ureq::TlsRequired => TransportProblem::Tls,
        Ureq::InvalidProxyUrl | Ureq::Pem(_) => TransportProblem::Configuration,
        _ => TransportProblem::Protocol,
    })
}

// Not derived: the agents' own `Debug` shows their proxies, whose URLs may contain passwords.
impl fmt::Debug for UreqTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UreqTransport").finish_non_exhaustive()
    }
}
