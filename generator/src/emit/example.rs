//! Calls as examples for readers of the generated package: a whole program, and one call per API.

mod testing;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::rt::Rt;
use super::sample::{self, Sample};
use crate::model::{Endpoint, Envelope, Family, Model, Platform, Protocol};
use crate::names::{EndpointNames, FamilyNames, Identifier, Names, PlatformNames};
use crate::render;
use crate::terms::SessionNeed;

/// Number of fields of an object that examples set, optional ones included. Less if the example would be too long.
const FIELDS: usize = 3;

/// Maximum number of lines of an API's example that readers see. More only if the required fields need them.
const MAX_LINES: usize = 12;

/// Where the client of an API's example comes from.
const CLIENT: &str = "The [first call](crate#first-call) shows how to create `client`.";

/// Names that a whole program imports: an API with a type of such a name is not picked for it.
const IMPORTED: [&str; 6] = ["Client", "Credentials", "Error", "Failure", "Mock", "With"];

/// Where an API is in the generated package.
#[derive(Copy, Clone)]
pub(super) struct Path<'a> {
    /// The package, as code calls it.
    pub(super) package: &'a Identifier,
    /// How its platform's requests and answers travel.
    pub(super) protocol: &'a Protocol,
    /// Its platform.
    pub(super) platform: &'a PlatformNames,
    /// The module of its family.
    pub(super) family: &'a Identifier,
}

/// Returns an API's example: the request is built, sent, and its answer printed. The call of an API that was removed fails, so
/// it has none.
pub(super) fn call(endpoint: &Endpoint, names: &EndpointNames, path: Path<'_>) -> Vec<String> {
    if endpoint.origin.is_lock() {
        return Vec::new();
    }
    let Path { package, platform, .. } = path;
    let field =
        endpoint.response.root.iter().zip(&names.response_side.root.0).find(|(field, _)| !field.origin.is_lock());
    let printed = field.map(|(_, name)| quote! { .#name });
    let sent = quote! {
        let answer = client.send(&call)?;
        println!("{:?}", answer.value #printed);
    };
    let (types, statements) = fitting(endpoint, names, path.protocol, &sent);
    let mut lines: Vec<String> = ["# Example", "", CLIENT, "", "```rust,no_run"].map(str::to_owned).into();
    lines.extend(uses(names, path, &types));
    // Full paths: these lines are hidden from readers, and the API's own types may have any name.
    lines.push(format!(
        "# fn example(client: &{package}::BlockingClient<{package}::{}::{}>) -> Result<(), {package}::Error> {{",
        platform.module, platform.marker
    ));
    lines.extend(statements);
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// Returns the call with as many fields in the request as fit, and the names of the types in it.
fn fitting(
    endpoint: &Endpoint,
    names: &EndpointNames,
    protocol: &Protocol,
    sent: &TokenStream,
) -> (BTreeSet<String>, Vec<String>) {
    let call = |fill| {
        let Sample { statements, types } = sample::request(endpoint, names, protocol, fill);
        (types, render::statements(&quote! { #statements #sent }))
    };
    let fits = |(types, lines): &(BTreeSet<String>, Vec<String>)| {
        1 + usize::from(types.contains(Rt::File.word())) + lines.len() <= MAX_LINES
    };
    (1..=FIELDS).rev().map(call).find(fits).unwrap_or_else(|| call(0))
}

/// Returns the imports of an API's types.
fn uses(names: &EndpointNames, path: Path<'_>, types: &BTreeSet<String>) -> Vec<String> {
    let Path { package, platform, family, .. } = path;
    let mut lines = vec![format!("use {package}::{}::{family}::{}::*;", platform.module, names.module)];
    if types.contains(Rt::File.word()) {
        lines.push(format!("use {package}::{};", Rt::File.word()));
    }
    lines
}

/// A program that makes one call, with the feature that it needs.
pub(super) struct Program<'a> {
    /// The feature of the API's family.
    pub(super) feature: &'a str,
    platform: &'a Platform,
    path: Path<'a>,
    endpoint: &'a Endpoint,
    names: &'a EndpointNames,
}

/// Picks an API for the program: of the default families if there is one, then without the need for a session, then the
/// first. Removed and deprecated APIs are skipped.
pub(super) fn pick<'a>(model: &'a Model, names: &'a Names) -> Option<Program<'a>> {
    candidates(model, names).into_iter().find(Program::is_suitable)
}

/// Returns the APIs that [`pick`] looks into, by platform and API: the one that it picks, and those that it would prefer.
pub(crate) fn examples(model: &Model, names: &Names) -> BTreeSet<(String, String)> {
    let candidates = candidates(model, names);
    let picked = candidates.iter().position(Program::is_suitable);
    let seen = candidates.iter().take(picked.map_or(candidates.len(), |picked| picked + 1));
    seen.map(|program| (program.platform.name.clone(), program.endpoint.api.clone())).collect()
}

/// Returns the programs for all APIs, the most suitable first.
fn candidates<'a>(model: &'a Model, names: &'a Names) -> Vec<Program<'a>> {
    let platforms = model.platforms.iter().zip(&names.platforms);
    let families = platforms.flat_map(|(platform, platform_names)| {
        let families = platform.families.iter().zip(&platform_names.families);
        families.map(move |(family, family_names)| (platform, platform_names, family, family_names))
    });
    let programs = families.flat_map(|(platform, platform_names, family, family_names)| {
        let path = Path {
            package: &names.package,
            protocol: &platform.protocol,
            platform: platform_names,
            family: &family_names.module,
        };
        of_family(platform, path, family, family_names)
    });
    let mut programs: Vec<Program<'_>> = programs.collect();
    let is_default = |program: &Program<'_>| model.package.default_features.iter().any(|on| on == program.feature);
    programs.sort_by_key(|program| (!is_default(program), program.session().is_some()));
    programs
}

fn of_family<'a>(
    platform: &'a Platform,
    path: Path<'a>,
    family: &'a Family,
    names: &'a FamilyNames,
) -> impl Iterator<Item = Program<'a>> {
    family.endpoints.iter().zip(&names.endpoints).map(move |(endpoint, names)| Program {
        feature: &family.feature,
        platform,
        path,
        endpoint,
        names,
    })
}

impl Program<'_> {
    /// Whether new code should call the API, and no type of it has the name of an import.
    fn is_suitable(&self) -> bool {
        let Self { path, endpoint, names, .. } = self;
        let types = sample::request(endpoint, names, path.protocol, FIELDS).types;
        let is_free = |name: &str| !types.contains(name);
        endpoint.deprecated.is_none()
            && !endpoint.origin.is_lock()
            && IMPORTED.into_iter().chain([path.platform.marker.as_str()]).all(is_free)
    }

    /// Returns the setter of the session, if the API needs one and the constructor of the credentials does not ask for it.
    fn session(&self) -> Option<&Identifier> {
        let scheme = &self.platform.scheme;
        let session = scheme.session().filter(|_| self.endpoint.session == SessionNeed::Required)?;
        let is_optional = scheme.credentials.get(session)?.optional;
        let names = self.path.platform.scheme.credentials.get(session)?;
        is_optional.then_some(&names.setter)
    }

    /// Returns the program as a Rust block in Markdown.
    pub(super) fn lines(&self) -> Vec<String> {
        let Self { platform, path, endpoint, names, .. } = self;
        let (package, module, marker) = (path.package, &path.platform.module, &path.platform.marker);
        let Sample { statements, types } = sample::request(endpoint, names, path.protocol, FIELDS);
        let client = self.client();
        let mut lines = vec!["```rust,no_run".to_owned()];
        lines.extend(uses(names, *path, &types));
        let before = format!(
            "use {package}::{module}::{{Credentials, {marker}}};
use {package}::{{Client, Error}};

fn main() -> Result<(), Error> {{
{client}
"
        );
        lines.extend(before.lines().map(str::to_owned));
        lines.extend(render::statements(&statements).into_iter().map(|line| format!("    {line}")));
        let refused = match platform.protocol.envelope {
            Envelope::Root(_) | Envelope::Http(_) => {
                r#"Err(Error::Platform(error)) => println!("code {}: {:?}", error.code, error.meaning),"#
            }
            Envelope::Status(_) => {
                r#"Err(Error::Status(error)) => println!("status {}: {:?}", error.status, error.meaning),"#
            }
        };
        let after = format!(
            "    match client.send(&call) {{
        Ok(answer) => println!(\"{{:?}}\", answer.value),
        {refused}
        Err(error) => return Err(error),
    }}
    Ok(())
}}
```"
        );
        lines.extend(after.lines().map(str::to_owned));
        lines
    }

    /// Returns the statements that create the client.
    fn client(&self) -> String {
        let all = self.platform.scheme.credentials.iter().zip(&self.path.platform.scheme.credentials);
        let required = all.filter(|(credential, _)| !credential.optional);
        let required = required.map(|(_, names)| placeholder(&names.field)).collect::<Vec<_>>().join(", ");
        // A constructor without parameters cannot fail.
        let mark = if required.is_empty() { "" } else { "?" };
        let mut credentials = format!("Credentials::new({required}){mark}");
        let mut lines = Vec::new();
        if let Some(setter) = self.session() {
            lines.push(format!("    let credentials = {credentials}.{setter}(\"your session\");"));
            credentials = "credentials".to_owned();
        }
        lines.push("    // One client for the whole program: its clones share the connections.".to_owned());
        lines.push(format!(
            "    let client = Client::<{}>::new({credentials}).into_blocking()?;",
            self.path.platform.marker
        ));
        lines.join("\n")
    }
}

/// `"your app key"`
fn placeholder(field: &Identifier) -> String {
    format!("\"your {}\"", field.as_str().trim_matches('_').replace('_', " "))
}
