//! Settings of one call, in place of its client's.

use std::sync::Arc;
use std::time::Duration;

use crate::encode::Checks;
use crate::protocol::Platform;
use crate::retry::{Repeat, RetryPolicy};
use crate::secret::Secret;
use crate::value::MapValue;

/// The settings of one call. The client's settings are used in place of those that are absent.
pub(crate) struct CallOptions<P: Platform> {
    pub(crate) session: Option<Secret>,
    /// Parameters by wire name.
    pub(crate) extra: Vec<(String, MapValue)>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retries: Option<RetryPolicy>,
    pub(crate) base_url: Option<Arc<str>>,
    pub(crate) checks: Option<Checks>,
    pub(crate) sign_method: Option<P::SignMethod>,
    pub(crate) repeat: Repeat,
}

// Not derived: that would require the platform type to have a default.
impl<P: Platform> Default for CallOptions<P> {
    fn default() -> Self {
        Self {
            session: None,
            extra: Vec::new(),
            timeout: None,
            attempt_timeout: None,
            retries: None,
            base_url: None,
            checks: None,
            sign_method: None,
            repeat: Repeat::default(),
        }
    }
}
