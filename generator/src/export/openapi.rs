//! Documents of OpenAPI 3.1: one for each platform, and one for each API.

use super::api::{Api, Source};
use super::gateway::Gateway;
use super::node::{Members, Node};
use super::operation::{error_name, home, operation, shared_name};
use super::prose;
use super::recipe_text::explained;
use super::request::system_parameter;
use super::system::{Origin, SystemField};
use super::{Format, answer};
use crate::markdown::code;
use crate::model::Endpoint;
use crate::recipe::Location;
use crate::terms::SessionNeed;

/// Version of OpenAPI. The patch release does not matter to tools, but some know the first one only.
const VERSION: &str = "3.1.0";

/// Returns the document of a platform with these APIs.
pub(super) fn of_platform(source: &Source<'_>, apis: &[Api<'_>]) -> Node {
    let endpoints: Vec<&Endpoint> = apis.iter().map(|api| api.endpoint).collect();
    let gateway = Gateway::of(source.platform, endpoints.iter().copied());
    let paths = gateway.paths(&endpoints);
    let document = Document { source, gateway, apis, paths, has_modules: true };
    let title = &source.platform.title;
    document.build(if title.is_empty() { &source.platform.name } else { title }, String::new())
}

/// Returns the document of an API.
pub(super) fn of_api(source: &Source<'_>, api: &Api<'_>) -> Node {
    let gateway = Gateway::of(source.platform, std::iter::once(api.endpoint));
    let paths = vec![gateway.path(api.endpoint)];
    let apis = std::slice::from_ref(api);
    Document { source, gateway, apis, paths, has_modules: false }.build(api.title(), code(&api.endpoint.api))
}

struct Document<'d, 'm> {
    source: &'d Source<'m>,
    gateway: Gateway<'m>,
    apis: &'d [Api<'m>],
    /// The keys of the APIs' paths.
    paths: Vec<String>,
    has_modules: bool,
}

impl Document<'_, '_> {
    fn build(&self, title: &str, introduction: String) -> Node {
        let (mut paths, mut schemas) = (Members::new(), Members::new());
        for (api, path) in self.apis.iter().zip(&self.paths) {
            let described = operation(self.source, api, home(self.has_modules));
            let method = api.endpoint.method.word().to_ascii_lowercase();
            match paths.get_mut(path) {
                Some(Node::Object(item)) => item.put(method, described.operation),
                _ => paths.put(path, Members::new().with(method, described.operation)),
            }
            described.schemas.into_iter().for_each(|(name, schema)| schemas.put(name, schema));
        }
        let error = answer::error(&self.source.platform.protocol, None);
        schemas.put(error_name(self.source), Members::new().with("title", "Error").and(error));
        let document = Members::new()
            .with("openapi", VERSION)
            .with(Format::OpenApi.mark(), Format::OpenApi.command())
            .with("info", self.info(title, introduction))
            .with("servers", self.gateway.servers())
            .with("tags", self.tags())
            .with("paths", paths)
            .with("components", self.components(schemas));
        document.into()
    }

    fn info(&self, title: &str, introduction: String) -> Members {
        let platform = self.source.platform;
        let others = self.gateway.others().map(|other| format!("{} ({})", code(&other.url), other.name));
        let others: Vec<String> = others.collect();
        let others = if others.is_empty() { String::new() } else { format!("Other gateways: {}.", others.join(", ")) };
        let errors = prose::common_tables(&platform.protocol.errors);
        let description = prose::sections([introduction, others, explained(&platform.scheme), errors]);
        let version = Some(self.source.version).filter(|version| !version.is_empty()).unwrap_or("0.0.0");
        Members::new().with("title", title).with("version", version).with("description", description)
    }

    /// Returns the families of the APIs.
    fn tags(&self) -> Vec<Members> {
        let mut tags: Vec<Members> = Vec::new();
        let mut last = None;
        for api in self.apis {
            if last.replace(&api.family.name) == Some(&api.family.name) {
                continue;
            }
            let title = Some(&api.family.title).filter(|title| !title.is_empty());
            let tag = Members::new().with("name", &api.family.name);
            tags.push(tag.with_some("x-displayName", title).with_some("description", title));
        }
        tags
    }

    fn components(&self, schemas: Members) -> Members {
        let system = &self.source.system;
        let parameters = system.iter().filter(|field| is_shared(field));
        let parameters = parameters.filter_map(|field| {
            let place = if field.location == Location::Headers { "header" } else { "query" };
            Some((shared_name(field)?, system_parameter(field, place, field.is_required, "").into()))
        });
        let has_session = self.apis.iter().any(|api| api.endpoint.session != SessionNeed::None);
        let used = system.iter().filter(|field| has_session || !matches!(field.origin, Origin::Session));
        let security = used.filter_map(|field| Some((field.security_name()?, field.security_scheme().into())));
        Members::new()
            .with("schemas", schemas)
            .with_filled("parameters", parameters.collect::<Members>())
            .with_filled("securitySchemes", security.collect::<Members>())
    }
}

/// Whether all APIs have the same parameter for a field.
fn is_shared(field: &SystemField) -> bool {
    field.security_name().is_none() && !field.is_left_out() && !matches!(field.origin, Origin::Api | Origin::Session)
}
