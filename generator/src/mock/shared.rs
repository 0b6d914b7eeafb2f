//! What the threads of a server share.

use std::collections::BTreeMap;
use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::entry::Entry;
use super::gateway::Gateway;

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
pub(super) type Log = Box<dyn Fn(&Entry) + Send + Sync>;

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

impl Shared {
    pub(super) fn new(gateway: Arc<Gateway>, limits: Limits, log: Log) -> Self {
        Self {
            gateway,
            limits,
            log,
            is_stopped: AtomicBool::new(false),
            open: Mutex::default(),
            closed: Condvar::new(),
        }
    }

    /// Ends the waiting for clients.
    pub(super) fn stop(&self) {
        // Under the lock, so that no thread misses it between its look and its wait.
        let _open = self.open();
        self.is_stopped.store(true, Ordering::SeqCst);
        self.closed.notify_all();
    }

    /// Closes all connections, and waits until their threads have noticed.
    pub(super) fn close_all(&self) {
        let mut open = self.open();
        while !open.is_empty() {
            open.values().for_each(|stream| drop(stream.shutdown(Shutdown::Both)));
            open = self.closed.wait(open).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn open(&self) -> MutexGuard<'_, BTreeMap<u64, TcpStream>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until another connection is allowed, and registers it.
    pub(super) fn register(&self, number: u64, stream: &TcpStream) -> io::Result<()> {
        let copy = stream.try_clone()?;
        let mut open = self.open();
        while open.len() >= self.limits.connections && !self.is_stopped() {
            open = self.closed.wait(open).unwrap_or_else(PoisonError::into_inner);
        }
        open.insert(number, copy);
        Ok(())
    }

    /// Waits until the time has passed or the server is stopped.
    pub(super) fn pause(&self, time: Duration) {
        if !time.is_zero() {
            let is_running = |_: &mut BTreeMap<u64, TcpStream>| !self.is_stopped();
            drop(self.closed.wait_timeout_while(self.open(), time, is_running));
        }
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::SeqCst)
    }
}

/// A connection in the list of open ones, until it is dropped.
pub(super) struct Registered {
    shared: Arc<Shared>,
    number: u64,
}

impl Registered {
    pub(super) fn new(shared: &Arc<Shared>, number: u64) -> Self {
        Self { shared: Arc::clone(shared), number }
    }

    pub(super) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.shared.open().remove(&self.number);
        self.shared.closed.notify_all();
    }
}
