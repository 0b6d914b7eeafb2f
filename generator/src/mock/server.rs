//! Serves a gateway over HTTP, with a thread per connection.

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::connection;
use super::entry::Entry;
use super::gateway::Gateway;
use super::shared::{Limits, Registered, Shared};

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
        let shared = Arc::new(Shared::new(gateway, limits, Box::new(log)));
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
        self.shared.stop();
        // Accepting waits for a client.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
        self.shared.close_all();
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
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
        let registered = Registered::new(shared, number);
        if shared.register(number, &stream).is_err() || shared.is_stopped() {
            continue;
        }
        let spawned = thread::Builder::new().spawn(move || connection::serve(stream, registered.shared()));
        // Without a thread, the connection is closed.
        drop(spawned);
    }
}
