//! A line of Rust that compiled against the old crate and does not against the new one.

use super::rust::Generated;
use super::verdict::{Items, Source, Verdict};
use super::{Change, Kind};
use crate::lock::FEATURE;
use crate::model::SideName;
use crate::names::{RustItem, reserved, words};
use crate::spec::PlatformSpec;

/// Returns the line, if the change breaks callers' source and one line can show it.
pub(super) fn of_api(
    change: &Change,
    verdict: &Verdict,
    items: Option<&Items>,
    old: &Generated<'_>,
    [package, crate_name]: [&str; 2],
) -> Option<String> {
    if verdict.source != Source::Breaks {
        return None;
    }
    match change.kind {
        Kind::ApiRemoved | Kind::ApiWireRenamed | Kind::ApiMoved | Kind::ApiRustRenamed => {
            return Some(format!("use {crate_name}::{}::{};", old.module(), old.names.request));
        }
        Kind::ApiFeatureMoved => return Some(manifest(package, change.old.as_deref()?.split(", ").next()?)),
        Kind::ReqEnumToText | Kind::RespEnumToText => {
            let RustItem::Named(set) = &items?.old.as_ref()?.ty.item else { return None };
            return Some(format!("let _ = {set}::from(0_i64);"));
        }
        Kind::ReqEnumValueRemoved | Kind::ReqEnumLabel | Kind::RespEnumValueRemoved | Kind::RespEnumLabel => {
            let path = change.path_before();
            let variant = old.member(path)?.variant(path.last_key()?)?;
            return Some(format!("let _ = {variant};"));
        }
        _ => {}
    }
    let Items { old: Some(old), new } = items? else { return None };
    let owner = &old.owner;
    let retyped = new.as_ref().is_some_and(|new| new.owner == old.owner && new.name == old.name);
    Some(match change.side() {
        Some(SideName::Request) if !retyped => {
            format!("let _ = |value: {}| {owner}::new().{}(value);", old.ty.value(), old.name)
        }
        _ if !retyped => format!("let _ = |it: {owner}| it.{};", old.name),
        _ => format!("let _ = |it: {owner}| -> {} {{ it.{} }};", old.ty, old.name),
    })
}

/// Returns the line for a change of a platform file.
pub(super) fn of_platform(change: &Change, verdict: &Verdict, old: &PlatformSpec) -> Option<String> {
    if verdict.source != Source::Breaks {
        return None;
    }
    let name = change.path_before().last_key();
    match change.kind {
        Kind::HostRemoved => Some(format!("let _ = Environment::{};", words::pascal(name?))),
        Kind::SignAlgRemoved => Some(format!("let _ = SignMethod::{};", words::pascal(name?))),
        Kind::CredentialAddedReq | Kind::CredentialOptional | Kind::CredentialRequired => {
            Some(format!("let _ = {};", credentials(old)))
        }
        Kind::CredentialRemoved
            if old.signing.values().any(|scheme| scheme.optional.iter().any(|known| Some(known.as_str()) == name)) =>
        {
            let new = credentials(old);
            // A constructor without parameters cannot fail.
            let unwrap = if new.ends_with("()") { "" } else { ".unwrap()" };
            Some(format!("let _ = {new}{unwrap}.with_{}(\"…\");", words::snake(name?)))
        }
        Kind::CredentialRemoved => Some(format!("let _ = {};", credentials(old))),
        _ => None,
    }
}

/// `Credentials::new("key", "secret")`
fn credentials(platform: &PlatformSpec) -> String {
    let needed = platform.signing.values().flat_map(|scheme| {
        scheme.credentials.names().filter(|name| !scheme.optional.iter().any(|optional| optional == name))
    });
    let arguments: Vec<String> = needed.map(|name| format!("{name:?}")).collect();
    format!("Credentials::new({})", arguments.join(", "))
}

/// The line of a caller's manifest with this feature.
fn manifest(package: &str, feature: &str) -> String {
    format!("{package} = {{ features = [\"{feature}\"] }}")
}

/// Returns the line for a module, type or feature that the lock released.
pub(super) fn of_lock(platform: &str, names: &[String], [package, crate_name]: [&str; 2]) -> Option<String> {
    if let Some(feature) = names.iter().find_map(|name| name.strip_prefix(FEATURE)) {
        return Some(manifest(package, feature));
    }
    // `family::api::Type`; longer paths are fields and variants.
    let path = names.iter().find(|name| name.matches("::").count() <= 2)?;
    Some(format!("use {crate_name}::{}::{path};", reserved::escape_keyword(platform.to_owned())))
}

/// Returns the line for a platform that was removed.
pub(super) fn of_platform_gone(name: &str, crate_name: &str) -> String {
    format!("use {crate_name}::{}::Credentials;", reserved::escape_keyword(name.to_owned()))
}
