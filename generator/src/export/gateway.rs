//! Servers and paths.

use std::collections::BTreeMap;

use super::node::Members;
use crate::model::{Endpoint, Environment, ParameterValue, Platform};

/// The servers of a document, and the path that all of its operations begin with.
pub(super) struct Gateway<'m> {
    platform: &'m Platform,
    /// What follows the address of each server; empty if the servers' URLs contain it.
    base: String,
}

impl<'m> Gateway<'m> {
    /// Chooses the servers for these APIs. The key of a path cannot be empty, so if an API has no path of its own, the path of
    /// the gateway becomes part of every key.
    pub(super) fn of<'e>(platform: &'m Platform, mut endpoints: impl Iterator<Item = &'e Endpoint>) -> Self {
        let needs_path = endpoints.any(|endpoint| endpoint.path.is_empty());
        let url = platform.environments.first().map_or("", |environment| &environment.url);
        let base = if needs_path { path_of(url) } else { "" };
        Self { platform, base: base.to_owned() }
    }

    /// Returns the servers: the gateways with the path that the keys begin with.
    pub(super) fn servers(&self) -> Vec<Members> {
        let servers = self.platform.environments.iter().filter_map(|environment| {
            let url = self.server(environment)?;
            let note = if environment.insecure { ", not encrypted" } else { "" };
            Some(Members::new().with("url", url).with("description", format!("{}{note}", environment.name)))
        });
        servers.collect()
    }

    fn server<'e>(&self, environment: &'e Environment) -> Option<&'e str> {
        environment.url.trim_end_matches('/').strip_suffix(&self.base)
    }

    /// Returns the gateways that no server describes, because their paths differ.
    pub(super) fn others(&self) -> impl Iterator<Item = &'m Environment> {
        self.platform.environments.iter().filter(|environment| self.server(environment).is_none())
    }

    /// Returns the path of an API, as a key of `paths`.
    pub(super) fn path(&self, endpoint: &Endpoint) -> String {
        let slash = if endpoint.path.is_empty() || endpoint.path.starts_with('/') { "" } else { "/" };
        let path = format!("{}{slash}{}", self.base, endpoint.path);
        if path.is_empty() { "/".to_owned() } else { path }
    }

    /// Returns the paths of several APIs in one document, where each pair of a path and a method has one operation.
    ///
    /// APIs that share both get a fragment, which no client sends: the address stays that of the gateway. Other descriptions of
    /// such gateways do the same; a query in a key is not valid.
    pub(super) fn paths(&self, endpoints: &[&Endpoint]) -> Vec<String> {
        let mut uses: BTreeMap<String, Vec<&Endpoint>> = BTreeMap::new();
        for endpoint in endpoints {
            uses.entry(without_names(&self.path(endpoint))).or_default().push(endpoint);
        }
        let path = |endpoint: &&Endpoint| {
            let path = self.path(endpoint);
            let of_path = uses.get(&without_names(&path)).map(Vec::as_slice).unwrap_or_default();
            if self.is_shared(endpoint, of_path) { format!("{path}#{}", self.fragment(endpoint)) } else { path }
        };
        endpoints.iter().map(path).collect()
    }

    /// Whether an API is not the only one with its path and method. A gateway with one path for all APIs is always shared, so that
    /// the first API's key does not change when the second one is added.
    fn is_shared(&self, endpoint: &Endpoint, of_path: &[&Endpoint]) -> bool {
        let others = || of_path.iter().filter(|other| other.api != endpoint.api);
        let is_by_name = self.api_parameter().is_some() && endpoint.path.is_empty();
        is_by_name || others().any(|other| other.method == endpoint.method || other.path != endpoint.path)
    }

    fn fragment(&self, endpoint: &Endpoint) -> String {
        match self.api_parameter().filter(|_| endpoint.path.is_empty()) {
            Some(name) => format!("{name}={}", endpoint.api),
            None => endpoint.api.clone(),
        }
    }

    /// Returns the name of the parameter that names the API.
    fn api_parameter(&self) -> Option<&'m str> {
        let mut parameters = self.platform.protocol.parameters.iter();
        let named = parameters.find(|parameter| matches!(parameter.value, ParameterValue::Api));
        named.map(|parameter| parameter.name.as_str())
    }
}

/// Returns the path of a URL, without a slash at the end.
fn path_of(url: &str) -> &str {
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    let start = url[after_scheme..].find('/').map_or(url.len(), |at| after_scheme + at);
    url[start..].trim_end_matches('/')
}

/// Returns a path without the names of its placeholders. Paths that differ in these names only are the same.
fn without_names(path: &str) -> String {
    let mut pieces = path.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |path, piece| {
        let rest = piece.split_once('}').map_or(piece, |(_, rest)| rest);
        path + "{}" + rest
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_have_paths() {
        for (url, path) in [
            ("https://a.b/router/rest", "/router/rest"),
            ("https://a.b/", ""),
            ("https://a.b:80", ""),
            ("https://a.b/x/", "/x"),
        ] {
            assert_eq!(path_of(url), path, "{url}");
        }
    }

    #[test]
    fn names_of_placeholders_do_not_tell_paths_apart() {
        assert_eq!(without_names("/a/{x}/b{y}"), "/a/{}/b{}");
        assert_eq!(without_names("/a/{x}"), without_names("/a/{y}"));
        assert_ne!(without_names("/a/{x}"), without_names("/a/x"));
    }
}
