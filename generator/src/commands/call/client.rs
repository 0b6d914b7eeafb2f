//! The client of a call: credentials, variant of the signature, time and gateway.

use apograph_runtime::{Checks, Client, FixedClock, Secret};

use super::env_file::{self, Variables};
use super::input::Input;
use super::{credentials, failure, target, time};
use crate::cli::RequestArgs;
use crate::dynamic::{Credentials, Interpreted, Platform};
use crate::model;
use crate::recipe::{Plan, Source};

/// A client, and the session that the arguments ask to send with every call.
pub(super) struct Signer {
    pub(super) client: Client<Interpreted>,
    pub(super) session: Option<Secret>,
    /// Whether the credentials have a session.
    pub(super) has_session: bool,
}

/// Creates the client that the arguments describe. Adds everything that is wrong with them to `failures`.
pub(super) fn signer(args: &RequestArgs, tables: &Platform<'_>, failures: &mut Vec<String>) -> Option<Signer> {
    let platform = tables.model();
    let values = values(args, platform).map_err(|problems| failures.extend(problems)).ok();
    let variant = variant(args, platform).map_err(|error| failures.push(error)).ok();
    let plan = variant.and_then(|variant| platform.scheme.plans().nth(variant)).map(|(_, plan)| plan);
    let nonces = plan.and_then(|plan| nonces(args, plan).map_err(|error| failures.push(error)).ok());
    let time = plan.and_then(|plan| {
        let time = args.timestamp.as_deref().map(|text| time::parse(text, plan)).transpose();
        time.map_err(|error| failures.push(error)).ok()
    });
    let reserved: Vec<String> = args.param.iter().filter_map(|(name, _)| reserved(name, platform)).collect();
    let is_reserved = !reserved.is_empty();
    failures.extend(reserved);
    let gateway = target::gateway(args, platform).map_err(|error| failures.push(error)).ok();
    let values = values?;
    let has_session = platform.scheme.session().is_some_and(|index| values.get(index).is_some_and(Option::is_some));
    let session = session(args, platform, &values).map_err(|error| failures.push(error)).ok();
    let client = Interpreted::client(tables, Credentials::new(&platform.scheme, variant?, values, nonces?));
    let client = match time? {
        Some(time) => client.with_clock(FixedClock::new(time)),
        None => client,
    };
    let client = client.with_checks(if args.no_checks { Checks::Off } else { Checks::On });
    let client = gateway?.set(client).map_err(|error| failures.push(error)).ok()?;
    if is_reserved {
        return None;
    }
    Some(Signer { client, session: session?, has_session })
}

/// Reads the credentials, from the file first.
fn values(args: &RequestArgs, platform: &model::Platform) -> Result<Vec<Option<Secret>>, Vec<String>> {
    let file = match &args.credentials {
        Some(path) => env_file::parse(&Input::read_file(path).map_err(|error| vec![error])?)?,
        None => Variables::new(),
    };
    credentials::read(platform, &file, &|name| std::env::var(name).ok()).map_err(|mut problems| {
        if let Some(last) = problems.last_mut() {
            last.push_str(
                "\nhelp: set it in the environment, or in a file that `--credentials` names, as a line `NAME=value`",
            );
        }
        problems
    })
}

/// Finds the variant of the signature.
fn variant(args: &RequestArgs, platform: &model::Platform) -> Result<usize, String> {
    let wanted = args.sign_method.as_deref();
    platform.scheme.variant(wanted).ok_or_else(|| {
        let names: Vec<&str> = platform.scheme.plans().filter_map(|(name, _)| name).collect();
        if names.is_empty() {
            return format!("the platform `{}` has only one signature: remove `--sign-method`", platform.name);
        }
        target::unknown("sign method", wanted.unwrap_or_default(), &names, "the recipe has variants such as ")
    })
}

/// Returns the message about a parameter that the signature sets. Its value may be a token, which others would see among the
/// arguments.
fn reserved(name: &str, platform: &model::Platform) -> Option<String> {
    let scheme = &platform.scheme;
    scheme.parameter_names().find(|known| *known == name)?;
    let plans = scheme.plans().map(|(_, plan)| plan);
    let templates = plans.flat_map(|plan| plan.puts.iter().chain(&plan.places)).filter(|field| field.name == name);
    let source = templates.flat_map(|field| field.template.sources()).next();
    let help = match source {
        Some(Source::Credential(index)) if scheme.session() == Some(*index) => {
            "`--send-session` sends the session of the credentials".to_owned()
        }
        Some(Source::Credential(index)) => {
            let known = scheme.credentials.get(*index)?;
            format!("set the variable `{}`", credentials::variable(&platform.name, &known.name))
        }
        Some(Source::Clock(_)) => "`--timestamp` sets the time".to_owned(),
        Some(Source::Nonce(_)) => "`--nonce` sets the nonce".to_owned(),
        None if scheme.plans().count() > 1 => "`--sign-method` chooses the variant of the signature".to_owned(),
        _ => "remove it".to_owned(),
    };
    Some(format!("`--param` cannot set `{name}`, which the signature sets\nhelp: {help}"))
}

/// Returns the nonces that the user has set.
fn nonces(args: &RequestArgs, plan: &Plan) -> Result<Vec<(String, String)>, String> {
    let Some(text) = &args.nonce else { return Ok(Vec::new()) };
    if plan.nonces.is_empty() {
        return Err("the signature has no nonce: remove `--nonce`".to_owned());
    }
    Ok(plan.nonces.iter().map(|nonce| (nonce.name.clone(), text.clone())).collect())
}

/// Returns the session that is sent whatever the page says.
fn session(
    args: &RequestArgs,
    platform: &model::Platform,
    values: &[Option<Secret>],
) -> Result<Option<Secret>, String> {
    if !args.send_session {
        return Ok(None);
    }
    let Some(index) = platform.scheme.session() else {
        return Err(format!("the platform `{}` has no sessions: remove `--send-session`", platform.name));
    };
    match values.get(index) {
        Some(Some(session)) => Ok(Some(session.clone())),
        _ => Err(format!("`--send-session` needs a session\n{}", failure::session_help(platform))),
    }
}
