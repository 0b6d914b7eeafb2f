//! A transport that blocks the calling thread.

use core::fmt;
use core::time::Duration;

use ureq::{Agent, Body};

use super::{HttpOptions, Proxy, Transport};
use crate::error::{TransportError, TransportProblem};

/// Sends requests over HTTP/1.1 on the calling thread, and keeps connections open for later requests. Cheap to clone.
///
/// Its settings are those of [`HttpOptions`].
#[derive(Clone)]
pub struct UreqTransport {
    agent: Agent,
    body_limit: u64,
}

impl UreqTransport {
    /// Creates a transport with its own connection pool.
    ///
    /// # Errors
    ///
    /// [`TransportError`] if the options cannot be used.
    pub fn new(options: &HttpOptions) -> Result<Self, TransportError> {
        let proxy = match &options.proxy {
            Proxy::Environment => ureq::Proxy::try_from_env(),
            Proxy::None => None,
            Proxy::Url(url) => Some(ureq::Proxy::new(url).map_err(|error| transport_error(&error))?),
        };
        let config = Agent::config_builder()
            .proxy(proxy)
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(options.connect_timeout))
            .user_agent(options.user_agent.as_str())
            .build();
        Ok(Self { agent: config.into(), body_limit: options.body_limit })
    }

    fn timed<B: ureq::AsSendBody>(&self, request: http::Request<B>, timeout: Duration) -> http::Request<B> {
        self.agent.configure_request(request).timeout_global(Some(timeout)).build()
    }
}

// Not derived: the agent's own `Debug` shows its proxy, whose URL may contain a password.
impl fmt::Debug for UreqTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UreqTransport").finish_non_exhaustive()
    }
}

impl Transport for UreqTransport {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        timeout: Duration,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        // An empty body of a method that may have one is sent with `Content-Length: 0`.
        let no_body = request.body().is_empty() && request.method().is_safe();
        let response = if no_body {
            self.agent.run(self.timed(request.map(drop), timeout))
        } else {
            self.agent.run(self.timed(request, timeout))
        };
        let (parts, mut body) = response.map_err(|error| transport_error(&error))?.into_parts();
        let body = read(&mut body, self.body_limit)?;
        Ok(http::Response::from_parts(parts, body))
    }
}

fn read(body: &mut Body, max: u64) -> Result<Vec<u8>, TransportError> {
    body.with_config().limit(max).read_to_vec().map_err(|error| transport_error(&error))
}

/// Classifies `error`. Most of its texts are dropped, because some of them quote the URL.
fn transport_error(error: &ureq::Error) -> TransportError {
    let problem = match error {
        ureq::Error::Timeout(_) => TransportProblem::Timeout,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => TransportProblem::Connect,
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => TransportProblem::Connect,
        ureq::Error::Io(_) => TransportProblem::Broken,
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_) => TransportProblem::Tls,
        ureq::Error::BodyExceedsLimit(_) => TransportProblem::TooLong,
        _ => TransportProblem::Protocol,
    };
    let plain = match error {
        ureq::Error::Io(error) => Some(error.kind().to_string()),
        ureq::Error::Rustls(error) => Some(error.to_string()),
        _ => None,
    };
    let failure = TransportError::new(problem);
    plain.map_or(failure, |text| TransportError::new(problem).with_cause(text))
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpListener};
    use std::thread::{self, JoinHandle};

    use super::*;

    /// The time limit of attempts that end before it.
    const LONG: Duration = Duration::from_secs(30);

    fn transport(options: &HttpOptions) -> UreqTransport {
        UreqTransport::new(&options.clone().with_proxy(Proxy::None)).expect("usable options")
    }

    fn direct() -> UreqTransport {
        transport(&HttpOptions::new())
    }

    /// Starts a server that answers one request with `answer` and returns what it read.
    fn server(answer: &'static [u8]) -> (SocketAddr, JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let handle = thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a client");
            let mut read = Vec::new();
            let mut buffer = [0; 4096];
            while !complete(&read) {
                match stream.read(&mut buffer) {
                    Ok(count) if count > 0 => read.extend_from_slice(&buffer[..count]),
                    _ => break,
                }
            }
            let _ = stream.write_all(answer);
            String::from_utf8_lossy(&read).into_owned()
        });
        (address, handle)
    }

    /// Whether the head and the whole body have arrived.
    fn complete(read: &[u8]) -> bool {
        let text = String::from_utf8_lossy(read).to_ascii_lowercase();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            return false;
        };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        body.len() >= length.and_then(|length| length.trim().parse().ok()).unwrap_or(0)
    }

    fn request(method: &str, address: SocketAddr, body: &[u8]) -> http::Request<Vec<u8>> {
        let uri = format!("http://{address}/rest?session=token");
        http::Request::builder().method(method).uri(uri).header("X-Test", "1").body(body.to_vec()).expect("a request")
    }

    #[test]
    fn a_request_goes_out_as_it_is_and_any_status_is_an_answer() {
        let (address, handle) = server(b"HTTP/1.1 500 Oops\r\nContent-Length: 4\r\nX-Back: 2\r\n\r\nbody");
        let response = direct().send(request("POST", address, b"a=1"), LONG).expect("an answer");
        assert_eq!((response.status().as_u16(), response.body().as_slice()), (500, b"body".as_slice()));
        assert_eq!(response.headers()["x-back"], "2");
        let sent = handle.join().expect("the server");
        assert!(sent.starts_with("POST /rest?session=token HTTP/1.1\r\n"), "{sent}");
        assert!(sent.to_ascii_lowercase().contains("x-test: 1\r\n") && sent.ends_with("\r\n\r\na=1"), "{sent}");
    }

    #[test]
    fn requests_without_a_body_go_out() {
        for method in ["GET", "DELETE", "POST", "PUT"] {
            let (address, handle) = server(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
            let response = direct().send(request(method, address, b""), LONG);
            assert_eq!(response.map(http::Response::into_body).ok().as_deref(), Some(b"{}".as_slice()), "{method}");
            assert!(handle.join().expect("the server").starts_with(method));
        }
    }

    #[test]
    fn redirects_are_answers() {
        let (address, handle) = server(b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
        let response = direct().send(request("GET", address, b""), LONG).expect("an answer");
        assert_eq!(response.status().as_u16(), 302);
        drop(handle.join());
    }

    #[test]
    fn long_answers_are_refused() {
        let (address, handle) = server(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345");
        let transport = transport(&HttpOptions::new().with_body_limit(4));
        let error = transport.send(request("GET", address, b""), LONG).expect_err("too long");
        assert_eq!(error.problem(), TransportProblem::TooLong);
        drop(handle.join());
    }

    #[test]
    fn errors_tell_the_kind_and_no_query() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let late = direct().send(request("GET", address, b""), Duration::from_millis(50)).expect_err("nobody answers");
        assert_eq!(late.problem(), TransportProblem::Timeout);
        drop(listener);
        let refused = direct().send(request("POST", address, b"a"), LONG).expect_err("nobody listens");
        assert_eq!(refused.problem(), TransportProblem::Connect);
        let (address, handle) = server(b"");
        let broken = direct().send(request("GET", address, b""), LONG).expect_err("closed");
        assert!(broken.is_retryable(), "{broken:?}");
        drop(handle.join());
        for error in [late, refused, broken] {
            assert!(!format!("{error} {error:?}").contains("token"));
        }
    }
}
