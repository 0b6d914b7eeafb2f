//! What the passes know about a platform.

use crate::model::Protocol;
use crate::recipe::Scheme;
use crate::spec::PlatformSpecs;

/// The parts of a platform that its endpoints depend on.
pub(super) struct Context<'a> {
    /// The platform file.
    pub(super) specs: &'a PlatformSpecs,
    /// How requests and answers travel.
    pub(super) protocol: &'a Protocol,
    /// The signature.
    pub(super) scheme: &'a Scheme,
}
