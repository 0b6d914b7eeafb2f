//! One platform as the runtime's tables.

use std::sync::OnceLock;

use apograph_runtime as rt;

use super::api::Api;
use super::protocol;
use crate::model::{self, Endpoint};

/// The tables of one platform. Those of an endpoint are made when it is first used.
#[derive(Debug)]
pub struct Platform<'m> {
    model: &'m model::Platform,
    protocol: &'static rt::Protocol,
    apis: Vec<(&'m Endpoint, OnceLock<Api>)>,
}

impl<'m> Platform<'m> {
    /// Converts a platform.
    #[must_use]
    pub fn new(model: &'m model::Platform) -> Self {
        let endpoints = model.families.iter().flat_map(|family| &family.endpoints);
        Self {
            model,
            protocol: Box::leak(Box::new(protocol::table(&model.protocol))),
            apis: endpoints.map(|endpoint| (endpoint, OnceLock::new())).collect(),
        }
    }

    /// Returns what the specs mean.
    #[must_use]
    pub fn model(&self) -> &'m model::Platform {
        self.model
    }

    /// Returns the rules for requests and answers.
    #[must_use]
    pub fn protocol(&self) -> &'static rt::Protocol {
        self.protocol
    }

    /// Iterates over the endpoints, removed ones included.
    pub fn endpoints(&self) -> impl Iterator<Item = &'m Endpoint> {
        self.apis.iter().map(|(endpoint, _)| *endpoint)
    }

    /// Returns the tables of an endpoint of this platform by its position in [`Platform::endpoints`].
    #[must_use]
    pub fn api_at(&self, index: usize) -> Option<&Api> {
        self.apis.get(index).map(|(endpoint, api)| api.get_or_init(|| Api::of(endpoint)))
    }

    /// Returns the tables of the API with this name, with what the specs mean.
    #[must_use]
    pub fn api(&self, name: &str) -> Option<(&'m Endpoint, &Api)> {
        let (endpoint, api) = self.apis.iter().find(|(endpoint, _)| endpoint.api == name)?;
        Some((endpoint, api.get_or_init(|| Api::of(endpoint))))
    }
}
