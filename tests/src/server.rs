//! An HTTP server for one request, on a port of this machine.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use apograph_runtime::{BlockingClient, Client, HttpOptions, Platform, Proxy, RetryPolicy, UreqTransport};

use crate::form::{Pairs, pairs};

/// A client that stops talking is given up after this.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A request as it came over the wire.
#[derive(Clone, Debug, Default)]
pub struct Arrived {
    /// `POST`
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Names as they came, with their values.
    pub headers: Pairs,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Arrived {
    /// The only value of a header, whose name matches without case.
    ///
    /// # Panics
    ///
    /// If it came twice.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "`{name}` came twice");
        value
    }

    /// The path without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The pairs of the query.
    #[must_use]
    pub fn query(&self) -> Pairs {
        self.target.split_once('?').map(|(_, query)| pairs(query)).unwrap_or_default()
    }

    /// The body as text.
    ///
    /// # Panics
    ///
    /// If it is not UTF-8.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap_or_else(|error| panic!("{error}"))
    }

    /// The pairs of the form in the body.
    #[must_use]
    pub fn form(&self) -> Pairs {
        pairs(self.text())
    }
}

/// A server that answers one request and is gone.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    thread: JoinHandle<Arrived>,
}

impl Server {
    /// Starts a server that writes what `answer` makes of the request, byte for byte, and closes the connection.
    ///
    /// # Panics
    ///
    /// If this machine has no free port.
    #[must_use]
    pub fn start(answer: impl FnOnce(&Arrived) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap_or_else(|error| panic!("{error}"));
        let address = listener.local_addr().unwrap_or_else(|error| panic!("{error}"));
        let thread = thread::spawn(move || serve(&listener, answer));
        Self { address, thread }
    }

    /// The server's URL with a path.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What arrived; empty if nobody called.
    ///
    /// # Panics
    ///
    /// If the server's answer did.
    #[must_use]
    pub fn arrived(self) -> Arrived {
        // A server to which nobody came still waits for a client.
        drop(TcpStream::connect(self.address));
        self.thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

/// A transport to servers on this machine, whatever proxy the environment names.
///
/// # Panics
///
/// Never: it has no option that could be wrong.
#[must_use]
pub fn direct() -> UreqTransport {
    let options = HttpOptions::new().with_proxy(Proxy::None);
    UreqTransport::new(&options).unwrap_or_else(|error| panic!("{error}"))
}

/// A client that calls a server on this machine once: the servers here answer one request.
#[must_use]
pub fn loopback<P: Platform>(client: Client<P>) -> BlockingClient<P> {
    BlockingClient::new(client.with_retries(RetryPolicy::off()), direct())
}

/// An answer in HTTP with this status line and type.
#[must_use]
pub fn reply(status: &str, content_type: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
        .into_bytes()
}

fn serve(listener: &TcpListener, answer: impl FnOnce(&Arrived) -> Vec<u8>) -> Arrived {
    let Ok((mut stream, _)) = listener.accept() else { return Arrived::default() };
    let whole = stream.set_read_timeout(Some(PATIENCE)).ok().and_then(|()| read(&mut stream));
    let Some(arrived) = whole else { return Arrived::default() };
    // The client may have gone: then what arrived is all there is to tell.
    drop(stream.write_all(&answer(&arrived)));
    arrived
}

/// Returns the request once its head and the announced length of its body have arrived.
pub(crate) fn read(stream: &mut impl Read) -> Option<Arrived> {
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        if let Some(arrived) = parse(&bytes) {
            return Some(arrived);
        }
        let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(buffer.get(..count)?);
    }
}

fn parse(bytes: &[u8]) -> Option<Arrived> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(bytes.get(..end)?);
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let mut arrived = Arrived { method: first.next()?.into(), target: first.next()?.into(), ..Arrived::default() };
    let headers = lines.filter_map(|line| line.split_once(':'));
    arrived.headers = headers.map(|(name, value)| (name.into(), value.trim().into())).collect();
    let length = arrived.header("content-length").map_or(Some(0), |length| length.parse().ok())?;
    arrived.body = bytes.get(end + 4..end + 4 + length)?.to_vec();
    Some(arrived)
}
