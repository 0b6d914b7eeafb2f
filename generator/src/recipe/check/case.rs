//! A test vector with what it tests.

use std::time::UNIX_EPOCH;

use apograph_runtime::SystemNonce;
use apograph_runtime::sign::Moment;

use crate::recipe::Vector;
use crate::recipe::interpret::Run;
use crate::recipe::scheme::{Plan, Scheme};
use crate::recipe::signatures::Signatures;

/// A vector with its plan.
pub(super) struct Case<'a> {
    pub(super) scheme: &'a Scheme,
    pub(super) plan: &'a Plan,
    pub(super) vector: &'a Vector,
}

impl Case<'_> {
    /// Calls a function with the run of the vector.
    pub(super) fn with_run<T>(&self, action: impl FnOnce(&Run<'_>) -> T) -> T {
        let source = SystemNonce::default();
        let nonces = &self.vector.nonces;
        let known: Vec<(&str, &str)> = nonces.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let moment = Moment::new(UNIX_EPOCH + self.vector.clock, &source).with_known_nonces(&known);
        let (credentials, signatures) = (self.vector.secrets(), Signatures::default());
        let (scheme, plan) = (self.scheme, self.plan);
        action(&Run { scheme, plan, credentials: &credentials, moment: &moment, signatures: &signatures })
    }
}
