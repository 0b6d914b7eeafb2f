//! Servers on this machine that keep connections open, count them, break them, and speak TLS.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;
use rcgen::{CertificateParams, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::server::{Arrived, PATIENCE, read};

/// What a gateway does about a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Writes these bytes, and waits for the next request on the connection.
    Keep(Vec<u8>),
    /// Writes these bytes, and closes the connection.
    Close(Vec<u8>),
    /// Writes these bytes, and then nothing more, until the client closes the connection.
    Stall(Vec<u8>),
}

/// A server on a port of this machine, for any number of connections and requests.
#[derive(Debug)]
pub struct Gateway {
    address: SocketAddr,
    scheme: &'static str,
    seen: Arc<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    connections: AtomicUsize,
    /// Connections that are open now.
    open: AtomicUsize,
    requests: Mutex<Vec<Arrived>>,
}

impl Gateway {
    /// Starts a gateway over plain HTTP.
    #[must_use]
    pub fn plain(answer: impl Fn(&Arrived) -> Reply + Send + Sync + 'static) -> Self {
        Self::start("http", move |mut stream, seen| serve(&mut stream, &seen.recording(&answer)))
    }

    /// Starts a gateway over plain HTTP that does not keep the requests, for more of them than fit into memory.
    #[must_use]
    pub fn unrecorded(answer: impl Fn(&Arrived) -> Reply + Send + Sync + 'static) -> Self {
        Self::start("http", move |mut stream, _| serve(&mut stream, &answer))
    }

    /// Starts a gateway over TLS with a certificate.
    #[must_use]
    pub fn tls(certified: &Certified, answer: impl Fn(&Arrived) -> Reply + Send + Sync + 'static) -> Self {
        let config = certified.config();
        Self::start("https", move |stream, seen| {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap_or_else(|error| panic!("{error}"));
            let mut stream = StreamOwned::new(connection, stream);
            serve(&mut stream, &seen.recording(&answer));
            stream.conn.send_close_notify();
            drop(stream.flush());
        })
    }

    /// Starts a server that does whatever `client` does with each connection, as soon as something has arrived on it.
    #[must_use]
    pub fn raw(scheme: &'static str, client: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        Self::start(scheme, move |stream, _| {
            drop(stream.peek(&mut [0]));
            client(stream);
        })
    }

    /// Starts a server that resets each connection as soon as something arrives, and reads nothing.
    #[must_use]
    pub fn resetting(scheme: &'static str) -> Self {
        // A socket that is closed with unread bytes is reset.
        Self::raw(scheme, drop)
    }

    fn start(scheme: &'static str, client: impl Fn(TcpStream, &Seen) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap_or_else(|error| panic!("{error}"));
        let address = listener.local_addr().unwrap_or_else(|error| panic!("{error}"));
        let (seen, client) = (Arc::new(Seen::default()), Arc::new(client));
        let shared = Arc::clone(&seen);
        // It waits for clients until the program ends.
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                shared.open.fetch_add(1, Ordering::SeqCst);
                drop(stream.set_read_timeout(Some(PATIENCE)));
                let (client, open) = (Arc::clone(&client), Open(Arc::clone(&shared)));
                thread::spawn(move || client(stream, &open.0));
            }
        });
        Self { address, scheme, seen }
    }

    /// The gateway's URL with a path.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}://{}{path}", self.scheme, self.address)
    }

    /// The gateway's URL with a path and with the name of this machine instead of its address.
    #[must_use]
    pub fn named_url(&self, path: &str) -> String {
        format!("{}://localhost:{}{path}", self.scheme, self.address.port())
    }

    /// How many connections were opened.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// How many connections are open now.
    #[must_use]
    pub fn open_connections(&self) -> usize {
        self.seen.open.load(Ordering::SeqCst)
    }

    /// The requests that arrived.
    #[must_use]
    pub fn requests(&self) -> Vec<Arrived> {
        self.seen.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Seen {
    /// `answer`, with each request kept before it.
    fn recording(&self, answer: &impl Fn(&Arrived) -> Reply) -> impl Fn(&Arrived) -> Reply {
        |arrived| {
            self.requests.lock().unwrap_or_else(PoisonError::into_inner).push(arrived.clone());
            answer(arrived)
        }
    }
}

/// A connection that is counted as open until this is dropped.
struct Open(Arc<Seen>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

/// An answer of HTTP with these headers, each with its line end, and this body.
#[must_use]
pub fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// The bytes in gzip.
///
/// # Panics
///
/// Never: memory takes all bytes.
#[must_use]
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap_or_else(|error| panic!("{error}"));
    encoder.finish().unwrap_or_else(|error| panic!("{error}"))
}

fn serve(stream: &mut (impl Read + Write), answer: &impl Fn(&Arrived) -> Reply) {
    while let Some(arrived) = read(stream) {
        let reply = answer(&arrived);
        let (Reply::Keep(bytes) | Reply::Close(bytes) | Reply::Stall(bytes)) = &reply;
        if stream.write_all(bytes).and_then(|()| stream.flush()).is_err() {
            return;
        }
        match reply {
            Reply::Keep(_) => {}
            Reply::Close(_) => return,
            Reply::Stall(_) => drop(stream.read(&mut [0])),
        }
    }
}

/// A certificate with its key.
#[derive(Debug)]
pub struct Certified {
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Certified {
    /// Makes a certificate for `name` that is signed with its own key. `change` may alter it.
    ///
    /// # Panics
    ///
    /// If `name` cannot be in a certificate.
    #[must_use]
    pub fn self_signed(name: &str, change: impl FnOnce(&mut CertificateParams)) -> Self {
        let key = KeyPair::generate().unwrap_or_else(|error| panic!("{error}"));
        let mut params = CertificateParams::new([name.to_owned()]).unwrap_or_else(|error| panic!("{error}"));
        change(&mut params);
        let certificate = params.self_signed(&key).unwrap_or_else(|error| panic!("{error}"));
        Self { certificate, key }
    }

    /// The certificate in PEM.
    #[must_use]
    pub fn pem(&self) -> String {
        self.certificate.pem()
    }

    fn config(&self) -> Arc<ServerConfig> {
        let key = PrivateKeyDer::try_from(self.key.serialize_der()).unwrap_or_else(|error| panic!("{error}"));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = config.unwrap_or_else(|error| panic!("{error}")).with_no_client_auth();
        let chain = vec![self.certificate.der().clone()];
        Arc::new(config.with_single_cert(chain, key).unwrap_or_else(|error| panic!("{error}")))
    }
}
