//! A mock server of the repository's specs, in this process.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use apograph::diagnostic::Diagnostics;
use apograph::mock::{Entry, Gateway, Limits, Options, Server};
use apograph::resolve;

use crate::specs;

/// The secret that the server accepts.
pub const SECRET: &str = "mock-secret";

/// The app key or API key that the server accepts.
pub const KEY: &str = "12345678";

/// The session that the server accepts.
pub const SESSION: &str = "mock-session";

/// A mock server, and what it has answered.
#[derive(Debug)]
pub struct Mock {
    server: Server,
    log: Arc<Mutex<Vec<Entry>>>,
}

/// A gateway of the repository's specs.
///
/// # Panics
///
/// If the specs have errors.
#[must_use]
pub fn gateway(options: Options) -> Gateway {
    let specs = specs::shared();
    let mut diagnostics = Diagnostics::new();
    let model = resolve::resolve(specs, &mut diagnostics);
    assert!(!diagnostics.has_errors());
    Gateway::new(specs, model, options)
}

/// A gateway of the repository's specs without options, for tests that do not depend on the requests before theirs.
///
/// # Panics
///
/// If the specs have errors.
#[must_use]
pub fn shared() -> &'static Gateway {
    static GATEWAY: LazyLock<Gateway> = LazyLock::new(|| gateway(Options::default()));
    &GATEWAY
}

impl Mock {
    /// Starts a server on a free port.
    #[must_use]
    pub fn start(options: Options) -> Self {
        Self::with_limits(options, Limits::default())
    }

    /// Starts a server with other limits.
    ///
    /// # Panics
    ///
    /// If there is no free port.
    #[must_use]
    pub fn with_limits(options: Options, limits: Limits) -> Self {
        let log = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&log);
        let record = move |entry: &Entry| shared.lock().unwrap_or_else(PoisonError::into_inner).push(entry.clone());
        let server = Server::start("127.0.0.1:0", Arc::new(gateway(options)), limits, record);
        Self { server: server.unwrap_or_else(|error| panic!("{error}")), log }
    }

    /// The base URL of a platform.
    ///
    /// # Panics
    ///
    /// If there is no such platform.
    #[must_use]
    pub fn url(&self, platform: &str) -> String {
        let urls = self.server.base_urls();
        let url = urls.into_iter().find(|(name, _)| name == platform).map(|(_, url)| url);
        url.unwrap_or_else(|| panic!("no platform `{platform}`"))
    }

    /// The server.
    #[must_use]
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// What was answered, in order.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
