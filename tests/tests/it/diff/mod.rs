//! `apograph diff`: what it reports about two revisions of specs, and whether its predictions hold.

mod approvals;
mod approve;
mod broken;
mod corpus;
mod events;
mod gates;
mod git_driver;
mod hostile;
mod html;
mod meanings;
mod mirrors;
mod mutations;
mod outputs;
mod over_lock;
mod prediction;
mod revisions;
mod set_version;
mod summary;
mod upgrades;
mod wire;
mod witnesses;

/// The specs of an invented crate that has one API, which the tests change.
const PLATFORM: &str = include_str!("../../../diff/base/acme/platform.yaml");
const PACKAGE: &str = include_str!("../../../diff/base/crate.yaml");
const TRANSCRIPT: &str = include_str!("../../../diff/base/acme/depot/crate_send.yaml");
