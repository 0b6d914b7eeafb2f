//! A platform for the runtime's client whose signature is interpreted.

use std::sync::Arc;

use apograph_runtime::sign::{Moment, Parts, SignError};
use apograph_runtime::{self as rt, Client, Secret, SystemClock, SystemNonce};

use super::platform::Platform;
use crate::recipe::{self, CredentialKind, Scheme};

/// Any platform of the model: the credentials contain its recipe, and the client its protocol.
#[derive(Copy, Clone, Debug)]
pub struct Interpreted;

impl Interpreted {
    /// Creates a client of `platform`, without a base URL.
    #[must_use]
    pub fn client(platform: &Platform<'_>, credentials: Credentials) -> Client<Self> {
        Client::with_sources(credentials, SystemClock, SystemNonce::default()).with_protocol(platform.protocol())
    }
}

/// Credentials of a caller, with the recipe that uses them.
#[derive(Clone)]
pub struct Credentials {
    recipe: Arc<Recipe>,
    /// In the scheme's order; `None` for an optional credential that is absent.
    values: Vec<Option<Secret>>,
}

struct Recipe {
    scheme: Scheme,
    /// Index of the variant of the signature.
    variant: usize,
    /// Values of the nonces that are not drawn, by name.
    nonces: Vec<(String, String)>,
}

impl Credentials {
    /// Creates credentials for a variant of `scheme`, in its order; `None` for an optional credential that is absent. `nonces`
    /// are known ones, by name.
    #[must_use]
    pub fn new(scheme: &Scheme, variant: usize, values: Vec<Option<Secret>>, nonces: Vec<(String, String)>) -> Self {
        Self { recipe: Arc::new(Recipe { scheme: scheme.clone(), variant, nonces }), values }
    }
}

impl rt::Credentials for Credentials {
    fn secrets(&self) -> Vec<(&str, Option<&Secret>)> {
        let known = self.recipe.scheme.credentials.iter().zip(&self.values);
        let confidential = known.filter(|(known, _)| known.kind != CredentialKind::Id);
        confidential.map(|(known, value)| (known.name.as_str(), value.as_ref())).collect()
    }

    fn session(&self) -> Option<&Secret> {
        self.values.get(self.recipe.scheme.session()?)?.as_ref()
    }

    fn with_session(mut self, session: Option<Secret>) -> Self {
        let index = self.recipe.scheme.session();
        if let Some(value) = index.and_then(|index| self.values.get_mut(index)) {
            *value = session;
        }
        self
    }
}

/// Required by the trait and never used: clients get their base URL from `with_base_url`, and their requests fail without.
#[derive(Copy, Clone, Debug, Default)]
pub struct NoEnvironment;

impl rt::Environment for NoEnvironment {
    fn base_url(self) -> &'static str {
        ""
    }
}

impl rt::Platform for Interpreted {
    type Credentials = Credentials;
    type SignMethod = ();
    type Environment = NoEnvironment;
    /// Never used: [`Interpreted::client`] sets that of the platform.
    const PROTOCOL: rt::Protocol = rt::Protocol {
        request: rt::RequestRules::COMMON,
        values: rt::ValueRules::COMMON,
        response: rt::ResponseRules {
            envelope: rt::Envelope::Http(rt::HttpEnvelope { names: rt::EnvelopeNames::NONE }),
            request_id_header: None,
        },
        retry: rt::RetryRules { codes: &[], sub_codes: &[], except_sub_codes: &[], wait: None },
        errors: rt::ErrorTable::NONE,
    };

    fn sign(parts: &mut Parts, credentials: &Credentials, (): (), moment: &Moment<'_>) -> Result<(), SignError> {
        let Recipe { scheme, variant, nonces } = &*credentials.recipe;
        let known: Vec<(&str, &str)> = nonces.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        recipe::sign(scheme, *variant, &credentials.values, &moment.with_known_nonces(&known), parts)
    }
}
