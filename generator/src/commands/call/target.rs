//! Which API of which platform, on which gateway.

use apograph_runtime::Client;

use crate::cli::RequestArgs;
use crate::diagnostic::{nearest, quoted};
use crate::dynamic::Interpreted;
use crate::model::{Endpoint, Model, Platform};

/// Finds the platform and the API.
///
/// # Errors
///
/// The message for the user.
pub(super) fn api<'m>(args: &RequestArgs, model: &'m Model) -> Result<(&'m Platform, &'m Endpoint), String> {
    let platforms: Vec<&Platform> = match &args.platform {
        Some(name) => vec![platform(name, model)?],
        None => model.platforms.iter().collect(),
    };
    let found: Vec<(&Platform, &Endpoint)> = platforms
        .iter()
        .flat_map(|platform| endpoints(platform).map(|endpoint| (*platform, endpoint)))
        .filter(|(_, endpoint)| endpoint.api == args.api)
        .collect();
    match found.as_slice() {
        [only] => Ok(*only),
        [] => {
            let endpoints = platforms.iter().flat_map(|platform| endpoints(platform));
            let names: Vec<&str> = endpoints.map(|endpoint| endpoint.api.as_str()).collect();
            Err(unknown("API", &args.api, &names, "the names are those of the specs, such as "))
        }
        several => {
            let names: Vec<String> = several.iter().map(|(platform, _)| format!("`{}`", platform.name)).collect();
            let (api, names) = (quoted(&args.api), names.join(", "));
            Err(format!("several platforms have the API {api}: {names}\nhelp: name one with `--platform`"))
        }
    }
}

fn platform<'m>(name: &str, model: &'m Model) -> Result<&'m Platform, String> {
    let found = model.platforms.iter().find(|platform| platform.name == name);
    found.ok_or_else(|| {
        let names: Vec<&str> = model.platforms.iter().map(|platform| platform.name.as_str()).collect();
        unknown("platform", name, &names, "the platforms are the folders of the specs, such as ")
    })
}

fn endpoints(platform: &Platform) -> impl Iterator<Item = &Endpoint> {
    platform.families.iter().flat_map(|family| &family.endpoints)
}

/// Returns the message about a name that does not exist. Without a similar one, it shows the first.
pub(super) fn unknown(what: &str, name: &str, known: &[&str], otherwise: &str) -> String {
    let help = match (nearest(name, known.iter().copied()), known.first()) {
        (Some(similar), _) => format!("\nhelp: did you mean `{similar}`?"),
        (None, Some(first)) => format!("\nhelp: {otherwise}`{first}`"),
        (None, None) => String::new(),
    };
    format!("unknown {what} {}{help}", quoted(name))
}

/// A gateway.
pub(super) struct Gateway<'a> {
    url: &'a str,
    /// Whether requests to it may be read by others, as the platform file states.
    is_insecure: bool,
    /// Whether the user has named it with `--base-url`.
    is_argument: bool,
}

/// Finds the gateway that the arguments name.
///
/// # Errors
///
/// The message for the user.
pub(super) fn gateway<'a>(args: &'a RequestArgs, platform: &'a Platform) -> Result<Gateway<'a>, String> {
    if let Some(url) = &args.base_url {
        return Ok(Gateway { url, is_insecure: false, is_argument: true });
    }
    let environments = &platform.environments;
    let found = match &args.environment {
        None => environments.first().ok_or_else(|| format!("the platform `{}` has no gateway", platform.name)),
        Some(name) => environments.iter().find(|environment| environment.name == *name).ok_or_else(|| {
            let names: Vec<&str> = environments.iter().map(|environment| environment.name.as_str()).collect();
            unknown("environment", name, &names, "the environments are those of the platform file, such as ")
        }),
    }?;
    Ok(Gateway { url: &found.url, is_insecure: found.insecure, is_argument: false })
}

impl Gateway<'_> {
    /// Returns the client with this gateway.
    ///
    /// # Errors
    ///
    /// The message for the user, if its URL is not that of a gateway.
    pub(super) fn set(&self, client: Client<Interpreted>) -> Result<Client<Interpreted>, String> {
        let set =
            if self.is_insecure { client.with_insecure_base_url(self.url) } else { client.with_base_url(self.url) };
        set.map_err(|error| match self.is_argument {
            true => {
                format!("`--base-url`: {error}\nhelp: expected `https://host[:port][/path]`, or `http` on this machine")
            }
            false => error.to_string(),
        })
    }
}
