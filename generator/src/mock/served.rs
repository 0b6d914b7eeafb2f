//! One platform of the gateway.

use std::collections::BTreeMap;

use super::Credentials;
use crate::dynamic;
use crate::model::{Endpoint, Platform};
use crate::recipe::masked;
use crate::spec::PlatformSpecs;

/// A platform that the gateway serves.
#[derive(Debug)]
pub struct Served {
    pub(super) tables: dynamic::Platform<'static>,
    pub(super) credentials: Credentials,
    /// Paths of the platform's gateways, without a slash at the end.
    pub(super) base_paths: Vec<String>,
    /// Samples of answers by API.
    samples: BTreeMap<String, Vec<String>>,
}

impl Served {
    pub(super) fn new(platform: &'static Platform, specs: Option<&PlatformSpecs>, credentials: Credentials) -> Self {
        let mut base_paths: Vec<String> =
            platform.environments.iter().map(|environment| path_of(&environment.url)).collect();
        base_paths.sort_unstable();
        base_paths.dedup();
        let endpoints = specs.into_iter().flat_map(|specs| &specs.endpoints);
        let samples = endpoints.map(|endpoint| {
            let samples = endpoint.spec.samples.iter();
            let answers = samples.filter(|(name, _)| dynamic::is_answer(name));
            (endpoint.spec.api.clone(), answers.map(|(_, text)| text.clone()).collect())
        });
        Self { tables: dynamic::Platform::new(platform), credentials, base_paths, samples: samples.collect() }
    }

    /// Returns what the specs mean.
    #[must_use]
    pub fn platform(&self) -> &'static Platform {
        self.tables.model()
    }

    /// Returns the credentials that are accepted.
    #[must_use]
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Returns the path of the platform's default gateway, which follows the server's address in the base URL.
    #[must_use]
    pub fn base_path(&self) -> String {
        self.platform().environments.first().map(|environment| path_of(&environment.url)).unwrap_or_default()
    }

    /// Replaces secrets and sessions that a client sent in the place of something else.
    pub(super) fn masked(&self, received: &str) -> String {
        masked(&self.platform().scheme, self.credentials.values(), received)
    }

    pub(super) fn samples_of(&self, endpoint: &Endpoint) -> &[String] {
        self.samples.get(&endpoint.api).map(Vec::as_slice).unwrap_or_default()
    }
}

fn path_of(url: &str) -> String {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = after_scheme.split_once('/').map_or(String::new(), |(_, path)| format!("/{path}"));
    path.trim_end_matches('/').to_owned()
}
