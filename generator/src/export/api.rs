//! One API of a platform, and what its schemas and operation need of the platform.

use std::collections::BTreeMap;

use apograph_runtime::testing::{AnswerLayout, write_answer};

use super::node::{Members, Node};
use super::rules::{Rules, Text};
use super::schema::{Types, documented, key};
use super::system::{self, SystemField};
use super::{answer, request};
use crate::dynamic::{self, is_answer, sample_answer};
use crate::model::{Endpoint, Envelope, Family, Platform};
use crate::names::{EndpointNames, FamilyNames, PlatformNames};
use crate::spec::{Entries, PlatformSpecs};
use crate::terms::BodyForm;

/// What the documents of a platform are made of.
pub(super) struct Source<'m> {
    pub(super) platform: &'m Platform,
    pub(super) names: &'m PlatformNames,
    /// Version of the package.
    pub(super) version: &'m str,
    /// The fields that every request has.
    pub(super) system: Vec<SystemField>,
    tables: dynamic::Platform<'m>,
    /// Samples by API.
    samples: BTreeMap<&'m str, &'m Entries<String>>,
}

/// One API.
#[derive(Copy, Clone)]
pub(super) struct Api<'m> {
    pub(super) family: &'m Family,
    pub(super) family_names: &'m FamilyNames,
    pub(super) endpoint: &'m Endpoint,
    pub(super) names: &'m EndpointNames,
    /// Position among the platform's endpoints.
    index: usize,
}

/// How the schemas of a document refer to each other.
#[derive(Copy, Clone)]
pub(super) struct Home {
    /// The path of all schemas: `#/$defs/`.
    pub(super) path: &'static str,
    /// Whether the document has several APIs, whose types need the API's module in front of their names.
    pub(super) has_modules: bool,
}

impl<'m> Source<'m> {
    pub(super) fn new(
        platform: &'m Platform,
        names: &'m PlatformNames,
        version: &'m str,
        specs: Option<&'m PlatformSpecs>,
    ) -> Self {
        let endpoints = specs.into_iter().flat_map(|specs| &specs.endpoints);
        let samples = endpoints.map(|endpoint| (endpoint.spec.api.as_str(), &endpoint.spec.samples));
        Self {
            platform,
            names,
            version,
            system: system::fields(platform),
            tables: dynamic::Platform::new(platform),
            samples: samples.collect(),
        }
    }

    /// Returns the APIs that the pages have. APIs of the lock alone are left out.
    pub(super) fn apis(&self) -> Vec<Api<'m>> {
        let families = self.platform.families.iter().zip(&self.names.families);
        let all = families.flat_map(|(family, family_names)| {
            let endpoints = family.endpoints.iter().zip(&family_names.endpoints);
            endpoints.map(move |(endpoint, names)| (family, family_names, endpoint, names))
        });
        let all = all.enumerate().map(|(index, (family, family_names, endpoint, names))| Api {
            family,
            family_names,
            endpoint,
            names,
            index,
        });
        all.filter(|api| !api.endpoint.origin.is_lock()).collect()
    }

    /// Returns the samples of an API whose names are wanted.
    pub(super) fn samples(&self, api: &Api<'_>) -> impl Iterator<Item = (&'m str, &'m str)> {
        let samples =
            self.samples.get(api.endpoint.api.as_str()).copied().into_iter().flat_map(|samples| samples.iter());
        samples.map(|(name, text)| (name, text.as_str()))
    }

    /// Returns the sample of the request's body, if it is JSON.
    pub(super) fn request_sample(&self, api: &Api<'_>) -> Option<Node> {
        let mut samples = self.samples(api).filter(|(name, _)| name.starts_with("request_json"));
        samples.find_map(|(_, text)| Node::read(text).filter(|node| matches!(node, Node::Object(_))))
    }

    /// Returns a successful answer: the page's sample as requests with the platform's parameters get it, or one made from the
    /// examples of the fields.
    pub(super) fn answer_sample(&self, api: &Api<'_>) -> Option<Node> {
        let tables = self.tables.api_at(api.index)?;
        let answers = self.samples(api).filter(|(name, _)| is_answer(name)).map(|(_, text)| text);
        let record = sample_answer(answers, &self.tables, api.endpoint, tables);
        let layout = if self.is_simplified() { AnswerLayout::Simplified } else { AnswerLayout::Wrapped };
        let written = write_answer(&record, self.tables.protocol(), tables.operation(), layout, None);
        Node::read(&written.body)
    }

    fn is_simplified(&self) -> bool {
        self.platform.protocol.is_simplified()
    }

    /// Whether the answers of an API are XML, as its requests are.
    pub(super) fn is_markup(&self, api: &Api<'_>) -> bool {
        let protocol = &self.platform.protocol;
        let form = request::body_form(api.endpoint, protocol);
        form == Some(BodyForm::Xml) && !matches!(protocol.envelope, Envelope::Root(_))
    }

    /// Returns the types of an API's request.
    pub(super) fn request_types(&self, api: &Api<'m>, home: Home) -> Types<'m> {
        let form = request::body_form(api.endpoint, &self.platform.protocol);
        let text = if form == Some(BodyForm::Xml) { Text::Xml } else { Text::Json };
        let rules = Rules::of_requests(&self.platform.protocol, text);
        Types { side: &api.endpoint.request, names: &api.names.request_side, rules, home: home.prefix(api) }
    }

    /// Returns the types of an API's answer.
    pub(super) fn response_types(&self, api: &Api<'m>, home: Home) -> Types<'m> {
        let protocol = &self.platform.protocol;
        let text = if self.is_markup(api) { Text::Xml } else { Text::Json };
        let is_wrapped = matches!(protocol.envelope, Envelope::Root(_))
            && !(protocol.is_simplified() && protocol.envelope.success().is_empty());
        let rules = Rules::of_answers(protocol, is_wrapped, text);
        Types { side: &api.endpoint.response, names: &api.names.response_side, rules, home: home.prefix(api) }
    }

    /// Returns the schemas of an API's own types: of the nested types, and of the answer's members.
    pub(super) fn definitions(&self, api: &Api<'m>, home: Home) -> Vec<(String, Node)> {
        let mut found = Vec::new();
        let (request, response) = (self.request_types(api, home), self.response_types(api, home));
        for types in [&request, &response] {
            let used = types.used(documented(&types.side.root));
            found.extend(used.into_iter().map(|id| (home.name(api, &types.name(id)), types.definition(id).into())));
        }
        let members = response.object(documented(&response.side.root), &response.rules);
        let members = Members::new().with("title", api.names.response.as_str()).and(members);
        found.push((home.name(api, api.names.response.as_str()), members.into()));
        found
    }

    /// Returns the schemas of an API's answers: of success, and of an error that only this API has.
    pub(super) fn answer(&self, api: &Api<'m>, home: Home) -> answer::Answer {
        let members = Members::reference(home.reference(api, api.names.response.as_str()));
        answer::answer(api.endpoint, &self.platform.protocol, members)
    }
}

impl Home {
    fn prefix(self, api: &Api<'_>) -> String {
        if self.has_modules { format!("{}{}.", self.path, api.module()) } else { self.path.to_owned() }
    }

    /// Returns the name of an API's type.
    pub(super) fn name(self, api: &Api<'_>, name: &str) -> String {
        let name = key(name);
        if self.has_modules { format!("{}.{name}", api.module()) } else { name }
    }

    /// Returns the reference to an API's type.
    pub(super) fn reference(self, api: &Api<'_>, name: &str) -> String {
        format!("{}{}", self.path, self.name(api, name))
    }
}

impl Api<'_> {
    /// Returns the module of the API below that of the platform, with dots.
    fn module(&self) -> String {
        format!("{}.{}", key(self.family_names.module.as_str()), key(self.names.module.as_str()))
    }

    /// Returns the title of the page, or else the API's name.
    pub(super) fn title(&self) -> &str {
        Some(self.endpoint.title.as_str()).filter(|title| !title.is_empty()).unwrap_or(&self.endpoint.api)
    }
}
