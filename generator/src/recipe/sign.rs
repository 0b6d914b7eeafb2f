//! Signs a request by interpreting a plan, as a generated crate does by compiled code.

use apograph_runtime::Secret;
use apograph_runtime::sign::{Moment, Parts, SignError};

use super::interpret::Run;
use super::scheme::{Plan, Scheme};

/// Signs a request. The credentials are in the scheme's order, `None` for an optional one that is absent.
///
/// # Errors
///
/// [`SignError`] if the request lacks what the recipe reads, the random source fails or the time cannot be written.
pub fn sign(
    scheme: &Scheme,
    plan: &Plan,
    credentials: &[Option<Secret>],
    moment: &Moment<'_>,
    parts: &mut Parts,
) -> Result<(), SignError> {
    let credentials: Vec<Option<String>> =
        credentials.iter().map(|value| value.as_ref().map(|secret| secret.expose().to_owned())).collect();
    Run { scheme, plan, credentials: &credentials, moment }.sign(parts).map(drop)
}
