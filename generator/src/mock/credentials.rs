//! The credentials that the gateway accepts.

use apograph_runtime::Secret;

use crate::model::Platform;
use crate::recipe::CredentialKind;

/// The credentials that a gateway accepts for one platform, in the order of its signing scheme.
#[derive(Clone)]
pub struct Credentials(pub(super) Vec<Option<Secret>>);

/// The private key for tests. Everybody knows it. It is one line, because `apograph mock` prints it as a variable.
const KEY: &str = include_str!("key.txt").trim_ascii();

impl Credentials {
    /// Creates the documented credentials for tests.
    #[must_use]
    pub fn for_tests(platform: &Platform) -> Self {
        let value = |kind| match kind {
            CredentialKind::Id => "12345678",
            CredentialKind::Secret => "mock-secret",
            CredentialKind::Token => "mock-session",
            CredentialKind::PrivateKey => KEY,
        };
        Self(platform.scheme.credentials.iter().map(|known| Some(Secret::from(value(known.kind)))).collect())
    }

    /// Creates credentials, in the order of the platform's scheme. Any session is accepted if there is none.
    #[must_use]
    pub fn new(values: Vec<Option<Secret>>) -> Self {
        Self(values)
    }

    /// Returns the values, in the order of the platform's scheme.
    #[must_use]
    pub fn values(&self) -> &[Option<Secret>] {
        &self.0
    }
}

/// Shows no value.
impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Credentials").field(&self.0.len()).finish()
    }
}
