//! Serves a gateway over HTTP, with a thread per connection.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{Entry, Gateway, connection};

/// How much a client may ask for.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Maximum size of a request's line and headers in bytes, at least 8192.
    pub head: usize,
    /// Maximum size of a request's body in bytes.
    pub body: usize,
    /// Time in which the head of a request must arrive, counted from the answer before it.
    pub idle: Duration,
    /// Time in which a request's body must arrive.
    pub request: Duration,
    /// Maximum number of connections at the same time; more clients wait.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // Clients of form platforms may send all parameters in the URL.
            head: 64 << 10,
            // The largest file that a documented API accepts has a few megabytes.
            body: 32 << 20,
            idle: Duration::from_secs(60),
            request: Duration::from_secs(30),
            connections: 256,
        }
    }
}

/// Is called with each request that was answered.
type Log = Box<dyn Fn(&Entry) + Send + Sync>;

/// What the threads of a server share.
pub(super) struct Shared {
    pub(super) gateway: Arc<Gateway>,
    pub(super) limits: Limits,
    pub(super) log: Log,
    is_stopped: AtomicBool,
    /// The open connections by number.
    open: Mutex<BTreeMap<u64, TcpStream>>,
    closed: Condvar,
}

/// A running server. It stops when it is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens at an address, and answers until it is stopped. `log` is called with each request that was answered.
    ///
    /// # Errors
    ///
    /// If the address cannot be listened at.
    pub fn start(
        address: impl ToSocketAddrs,
        gateway: Arc<Gateway>,
        limits: Limits,
        log: impl Fn(&Entry) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            gateway,
            limits,
            log: Box::new(log),
            is_stopped: AtomicBool::new(false),
            open: Mutex::default(),
            closed: Condvar::new(),
        });
        let accepting = Arc::clone(&shared);
        let thread = thread::Builder::new().name("mock".to_owned()).spawn(move || accept(&listener, &accepting))?;
        Ok(Self { address, shared, thread: Some(thread) })
    }

    /// Returns the address that the server listens at.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the base URL of each platform, by name.
    #[must_use]
    pub fn base_urls(&self) -> Vec<(String, String)> {
        let served = self.shared.gateway.served().iter();
        let url = |path: String| format!("http://{}{path}", self.address);
        served.map(|served| (served.platform().name.clone(), url(served.base_path()))).collect()
    }

    /// Waits until the server fails to accept clients.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }

    /// Closes all connections and stops.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.is_stopped.store(true, Ordering::SeqCst);
        // Accepting waits for a client.
        drop(TcpStream::connect(self.address));
        self.shared.open().values().for_each(|stream| drop(stream.shutdown(Shutdown::Both)));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
        let mut open = self.shared.open();
        while !open.is_empty() {
            open.values().for_each(|stream| drop(stream.shutdown(Shutdown::Both)));
            open = self.shared.closed.wait(open).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Shared {
    fn open(&self) -> MutexGuard<'_, BTreeMap<u64, TcpStream>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until another connection is allowed, and registers it.
    fn register(&self, number: u64, stream: &TcpStream) -> io::Result<()> {
        let copy = stream.try_clone()?;
        let mut open = self.open();
        while open.len() >= self.limits.connections && !self.is_stopped() {
            open = self.closed.wait(open).unwrap_or_else(PoisonError::into_inner);
        }
        open.insert(number, copy);
        Ok(())
    }

    fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::SeqCst)
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    /// How long to wait if no client can be accepted, for example because too many files are open.
    const PAUSE: Duration = Duration::from_millis(50);
    for (stream, number) in listener.incoming().zip(0..) {
        if shared.is_stopped() {
            return;
        }
        let Ok(stream) = stream else {
            thread::sleep(PAUSE);
            continue;
        };
        let registered = Registered { shared: Arc::clone(shared), number };
        if shared.register(number, &stream).is_err() || shared.is_stopped() {
            continue;
        }
        let spawned = thread::Builder::new().spawn(move || connection::serve(stream, &registered.shared));
        // Without a thread, the connection is closed.
        drop(spawned);
    }
}

/// A connection in the list of open ones, until it is dropped.
struct Registered {
    shared: Arc<Shared>,
    number: u64,
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.shared.open().remove(&self.number);
        self.shared.closed.notify_all();
    }
}
