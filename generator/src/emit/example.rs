//! A first call for readers of the generated package: one API, a client and a signed request.

mod testing;

use crate::model::{Arity, Endpoint, Field, Item, Model, Platform};
use crate::names::{EndpointNames, FamilyNames, Names, PlatformNames};

/// Maximum number of fields that the example sets.
const MAX_FIELDS: usize = 3;

/// Maximum length of a text in the example, in characters.
const MAX_TEXT: usize = 40;

/// A call that the example can show, with the feature that it needs.
pub(super) struct Example<'a> {
    /// The feature of the API's family.
    pub(super) feature: &'a str,
    package: &'a str,
    platform: &'a Platform,
    platform_names: &'a PlatformNames,
    family: &'a FamilyNames,
    endpoint: &'a Endpoint,
    names: &'a EndpointNames,
}

/// Picks the first API of the default families, or else of all families. Removed and deprecated APIs are skipped.
pub(super) fn pick<'a>(model: &'a Model, names: &'a Names) -> Option<Example<'a>> {
    let platforms = model.platforms.iter().zip(&names.platforms);
    let families = platforms.flat_map(|(platform, platform_names)| {
        let families = platform.families.iter().zip(&platform_names.families);
        families.map(move |(family, family_names)| (platform, platform_names, family, family_names))
    });
    let mut examples = families.filter_map(|(platform, platform_names, family, family_names)| {
        let endpoints = family.endpoints.iter().zip(&family_names.endpoints);
        let is_current = |endpoint: &Endpoint| !endpoint.origin.is_lock() && endpoint.deprecated.is_none();
        let (endpoint, endpoint_names) = endpoints.into_iter().find(|(endpoint, _)| is_current(endpoint))?;
        Some(Example {
            feature: &family.feature,
            package: names.package.as_str(),
            platform,
            platform_names,
            family: family_names,
            endpoint,
            names: endpoint_names,
        })
    });
    let first = examples.next()?;
    let is_default = |example: &Example<'_>| model.package.default_features.iter().any(|on| on == example.feature);
    if is_default(&first) {
        return Some(first);
    }
    Some(examples.find(is_default).unwrap_or(first))
}

impl Example<'_> {
    /// Returns the example as a Rust block in Markdown.
    pub(super) fn lines(&self) -> Vec<String> {
        let (package, platform, marker) = (self.package, &self.platform_names.module, &self.platform_names.marker);
        let (family, module, request) = (&self.family.module, &self.names.module, &self.names.request);
        let credentials: Vec<String> = self.credentials().collect();
        let fields: String = self.fields().collect();
        let text = format!(
            "```rust,no_run
use {package}::{platform}::{family}::{module}::{request};
use {package}::{platform}::{{Credentials, {marker}}};
use {package}::{{Client, Error}};

fn main() -> Result<(), Error> {{
    let client = Client::<{marker}>::new(Credentials::new({credentials}){mark});
    let call = {request}::new(){fields};
    let request = client.request(&call)?; // signed: send it with any HTTP client
    println!(\"{{}} {{}}\", request.method(), request.uri().path());
    Ok(())
}}
```",
            credentials = credentials.join(", "),
            // A constructor without parameters cannot fail.
            mark = if credentials.is_empty() { "" } else { "?" }
        );
        text.lines().map(str::to_owned).collect()
    }

    /// Returns the arguments of `Credentials::new`.
    fn credentials(&self) -> impl Iterator<Item = String> {
        let all = self.platform.scheme.credentials.iter().zip(&self.platform_names.scheme.credentials);
        let required = all.filter(|(credential, _)| !credential.optional);
        required.map(|(_, names)| format!("\"your {}\"", names.field))
    }

    /// Returns setters for the first required fields that have a simple value.
    fn fields(&self) -> impl Iterator<Item = String> {
        let fields = self.endpoint.request.root.iter().zip(&self.names.request_side.root.0);
        let set = fields.filter_map(|(field, name)| value(field).map(|value| format!(".{name}({value})")));
        set.take(MAX_FIELDS)
    }
}

/// Returns a Rust literal for a required text or number, from the page's example.
fn value(field: &Field) -> Option<String> {
    let example = field.example.as_deref()?;
    if !field.required || field.arity != Arity::One {
        return None;
    }
    match field.item {
        Item::Text if !example.is_empty() && example.chars().count() <= MAX_TEXT => Some(format!("{example:?}")),
        Item::Integer => example.parse::<i32>().ok().map(|number| number.to_string()),
        _ => None,
    }
}
