//! Finds the API of a request.

use apograph_runtime::Operation;
use apograph_runtime::sign::Location;
use apograph_runtime::testing::SentRequest;

use super::{Issue, Served};
use crate::dynamic::Api;
use crate::model::{Endpoint, Occasion, Parameter, ParameterValue, Subject};
use crate::selection::Selection;
use crate::terms::ParameterPlace;

/// What a request is for.
pub(super) enum Route<'g> {
    /// An API.
    Api(&'g Served, &'static Endpoint, &'g Api),
    /// No known API of this platform.
    Unknown(&'g Served, Issue),
    /// No platform has such a path.
    Nowhere,
}

/// Finds the platform by the path, and the API by the path or by the parameter that names it.
pub(super) fn route<'g>(served: &'g [Served], method: &str, sent: &SentRequest, only: &Selection) -> Route<'g> {
    let mut unknown = None;
    for served in served {
        let named =
            served.platform().protocol.parameters.iter().find(|known| matches!(known.value, ParameterValue::Api));
        let found = match named {
            Some(parameter) if served.base_paths.iter().any(|base| is_same_path(base, sent.path())) => {
                by_name(served, parameter, sent)
            }
            // A platform may name its APIs in a parameter and give them paths, too.
            Some(_) => by_path(served, method, sent, |endpoint| !endpoint.path.is_empty()),
            None => by_path(served, method, sent, |_| true),
        };
        match found {
            Ok(Some(endpoint)) if only.contains(&endpoint.api) => {
                if let Some((endpoint, api)) = served.tables.api(&endpoint.api) {
                    return Route::Api(served, endpoint, api);
                }
            }
            Ok(Some(endpoint)) => {
                let reason = format!("`{}` is not served: it does not match --only", endpoint.api);
                let name = named.map(|parameter| parameter.name.clone()).unwrap_or_default();
                let issue = Issue::new(Occasion::Invalid(Subject::Field(name)), reason);
                unknown = unknown.or(Some(Route::Unknown(served, issue)));
            }
            Ok(None) => {}
            Err(issue) => unknown = unknown.or(Some(Route::Unknown(served, issue))),
        }
    }
    unknown.unwrap_or(Route::Nowhere)
}

fn by_name(served: &Served, parameter: &Parameter, sent: &SentRequest) -> Result<Option<&'static Endpoint>, Issue> {
    let subject = || Subject::Field(parameter.name.clone());
    let Some(name) = value_of(parameter, sent).filter(|name| !name.trim().is_empty()) else {
        let reason = format!("the parameter `{}`, which names the API, is missing", parameter.name);
        return Err(Issue::new(Occasion::Missing(subject()), reason));
    };
    served.tables.endpoints().find(|endpoint| endpoint.api == name).map(Some).ok_or_else(|| {
        let shown: String = served.masked(name).chars().take(200).collect();
        Issue::new(Occasion::Invalid(subject()), format!("no spec describes the API `{shown}`"))
    })
}

fn by_path(
    served: &Served,
    method: &str,
    sent: &SentRequest,
    has_path: fn(&Endpoint) -> bool,
) -> Result<Option<&'static Endpoint>, Issue> {
    let at_path = |endpoint: &&'static Endpoint| {
        served.tables.api(&endpoint.api).is_some_and(|(_, api)| is_below(&served.base_paths, api.operation(), sent))
    };
    let endpoints = served.tables.endpoints().filter(|endpoint| has_path(endpoint));
    let found: Vec<_> = endpoints.filter(at_path).collect();
    let fits = |endpoint: &&&'static Endpoint| endpoint.method.word() == method;
    Ok(found.iter().find(fits).or(found.first()).copied())
}

/// Whether the path is that of an operation, directly below one of the base paths.
fn is_below(base_paths: &[String], operation: &Operation, sent: &SentRequest) -> bool {
    let segments = |path: &str| path.strip_prefix('/').unwrap_or(path).split('/').count();
    let mut below = base_paths.iter().filter_map(|base| sent.path().strip_prefix(base.as_str()));
    below.any(|rest| segments(rest) == segments(operation.path())) && sent.is_at(operation)
}

/// Returns the value of a common parameter, as it was sent. Servers read query and form as one set of parameters.
pub(super) fn value_of<'s>(parameter: &Parameter, sent: &'s SentRequest) -> Option<&'s str> {
    let find = |location, is_same: &dyn Fn(&str) -> bool| {
        sent.pairs(location).iter().find(|(name, _)| is_same(name)).map(|(_, value)| value.as_str())
    };
    match parameter.place {
        ParameterPlace::Headers => find(Location::Headers, &|name| name.eq_ignore_ascii_case(&parameter.name)),
        ParameterPlace::Query | ParameterPlace::Form => {
            let is_same = |name: &str| name == parameter.name;
            find(Location::Query, &is_same).or_else(|| find(Location::Form, &is_same))
        }
    }
}

fn is_same_path(base: &str, path: &str) -> bool {
    base == path.trim_end_matches('/')
}
