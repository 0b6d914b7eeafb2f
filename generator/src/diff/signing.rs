//! Compares two revisions of a signing scheme.

use crate::source::SpecPath;
use crate::spec::Entries;
use crate::spec::recipe::{SchemeSpec, VariantSpec};

use super::listed::At;
use super::verdict::Wire;
use super::{Change, Kind, order};

/// Compares the schemes. A platform has exactly one, so another name is a rename.
pub(super) fn compare(old: &Entries<SchemeSpec>, new: &Entries<SchemeSpec>, at: &mut At<'_>) {
    let (was, is) = (old.iter().next(), new.iter().next());
    let (Some((before, old)), Some((name, new))) = (was, is) else {
        // Resolving rejects a platform without a scheme, but the compared specs may still lack it.
        let name = |scheme: Option<(&str, &SchemeSpec)>| scheme.map(|(name, _)| name.to_owned());
        let changed = was.is_some() != is.is_some();
        at.to.extend(changed.then(|| Change::new(Kind::SignScheme, at.path.clone(), name(was), name(is))));
        return;
    };
    if before != name {
        let change = Change::new(Kind::SignScheme, at.path.key(name), Some(before.to_owned()), Some(name.to_owned()));
        at.to.push(Change { old_path: Some(at.path.key(before)), ..change });
    }
    let first = at.to.len();
    let before = at.path.key(before);
    scheme(old, new, &mut at.key(name));
    let after = at.path.key(name);
    if before != after {
        for change in at.to.iter_mut().skip(first) {
            change.old_path = change.path.below(&after).map(|steps| before.extend(steps));
        }
    }
}

fn scheme(old: &SchemeSpec, new: &SchemeSpec, at: &mut At<'_>) {
    credentials(old, new, at);
    revealed([old, new], &mut at.key("reveal"));
    at.key("clock").entries([Kind::TimestampFormat; 3], &old.clock, &new.clock);
    at.key("nonce").entries([Kind::SignNonce; 3], &old.nonce, &new.nonce);
    at.set("op", Kind::SignFacts, &old.op, &new.op);
    let credentials = [&old.credentials, &new.credentials];
    placed(credentials, [&old.put, &new.put], &mut at.key("put"));
    at.key("let").entries([Kind::SignRuleChanged; 3], &old.lets, &new.lets);
    steps_order(old.lets.names(), new.lets.names(), "let", at);
    placed(credentials, [&old.place, &new.place], &mut at.key("place"));
    at.set("any_case", Kind::DocServer, &old.any_case, &new.any_case);
    variants(credentials, [&old.variants, &new.variants], &mut at.key("variants"));
    at.fact("default", Kind::SignAlgDefault, old.default.clone(), new.default.clone());
    at.whole("vectors", Kind::DocVectors, old.vectors.as_ref(), new.vectors.as_ref());
}

/// Name → kind, of both revisions.
type Credentials<'a> = [&'a Entries<String>; 2];

/// Location → name → template.
fn placed(credentials: Credentials<'_>, [old, new]: [&Entries<Entries<String>>; 2], at: &mut At<'_>) {
    let none = Entries::new();
    for (location, after) in new.iter() {
        templates(credentials, [old.get(location).unwrap_or(&none), after], &mut at.key(location));
    }
    for (location, before) in old.iter().filter(|(location, _)| new.get(location).is_none()) {
        templates(credentials, [before, &none], &mut at.key(location));
    }
}

fn templates(credentials: Credentials<'_>, [old, new]: [&Entries<String>; 2], at: &mut At<'_>) {
    let first = at.to.len();
    at.entries([Kind::SignRuleChanged; 3], old, new);
    for change in at.to.iter_mut().skip(first) {
        let name = change.path.last_key().unwrap_or_default();
        change.wire = optional_credential(credentials, [old.get(name), new.get(name)]);
    }
}

/// Returns what becomes of old requests if an optional credential comes or goes, or becomes optional or required. `None` for
/// another change.
fn optional_credential([old, new]: Credentials<'_>, templates: [Option<&String>; 2]) -> Option<Wire> {
    // Name, and whether it is optional.
    let credential = |template: &'_ String| {
        let text = template.strip_prefix('{')?.strip_suffix('}')?;
        Some(text.strip_suffix('?').map_or((text.to_owned(), false), |name| (name.to_owned(), true)))
    };
    match templates.map(|template| template.map(credential)) {
        // New clients without the credential send the same.
        [None, Some(Some((name, true)))] if old.get(&name).is_none() => Some(Wire::Works),
        [Some(Some((name, true))), None] if new.get(&name).is_none() => Some(Wire::Depends),
        [Some(Some((before, was_optional))), Some(Some((after, is_optional)))]
            if before == after && was_optional != is_optional =>
        {
            Some(if is_optional { Wire::Works } else { Wire::Depends })
        }
        _ => None,
    }
}

/// Steps act in their order.
fn steps_order<'a>(old: impl Iterator<Item = &'a str>, new: impl Iterator<Item = &'a str>, key: &str, at: &mut At<'_>) {
    if order::differs(old, new) {
        at.to.push(Change::new(Kind::SignRuleChanged, at.path.key(key), None, None));
    }
}

fn credentials(old: &SchemeSpec, new: &SchemeSpec, at: &mut At<'_>) {
    let mut names = at.key("credentials");
    for (name, kind) in new.credentials.iter() {
        let before = old.credentials.get(name).cloned();
        let optional = new.optional.iter().any(|optional| optional == name);
        let change = match (&before, optional) {
            (None, true) => Kind::CredentialAddedOpt,
            (None, false) => Kind::CredentialAddedReq,
            (Some(before), _) if protection(kind) < protection(before) => Kind::CredentialExposed,
            (Some(_), _) => Kind::CredentialKind,
        };
        names.fact(name, change, before, Some(kind.clone()));
    }
    for (name, kind) in old.credentials.iter().filter(|(name, _)| new.credentials.get(name).is_none()) {
        names.fact(name, Kind::CredentialRemoved, Some(kind.clone()), None);
    }
    // Only those that `Credentials::new` takes have an order.
    let needed = |scheme: &'_ SchemeSpec| -> Vec<String> {
        let names = scheme.credentials.names().filter(|name| !scheme.optional.iter().any(|optional| optional == name));
        names.map(str::to_owned).collect()
    };
    let (before, after) = (needed(old), needed(new));
    if order::differs(before.iter().map(String::as_str), after.iter().map(String::as_str)) {
        let path: SpecPath = at.path.key("credentials");
        let listed = |names: &[String]| Some(names.join(", "));
        at.to.push(Change::new(Kind::CredentialOrder, path, listed(&before), listed(&after)));
    }
    optional([old, new], &mut at.key("optional"));
}

/// Compares the secrets that may be sent as they are.
fn revealed([old, new]: [&SchemeSpec; 2], at: &mut At<'_>) {
    for (index, name) in new.reveal.iter().enumerate().filter(|(_, name)| !old.reveal.contains(name)) {
        at.to.push(Change::new(Kind::CredentialExposed, at.path.index(index), None, Some(name.clone())));
    }
    for (index, name) in old.reveal.iter().enumerate().filter(|(_, name)| !new.reveal.contains(name)) {
        at.to.push(Change::new(Kind::CredentialHidden, at.path.index(index), Some(name.clone()), None));
    }
}

/// What is done for a kind of credential: an `id` is shown and sent, a `token` is sent but never shown, and a `secret` is
/// neither. An unknown kind counts as protected.
fn protection(kind: &str) -> u8 {
    match kind {
        "id" => 0,
        "token" => 1,
        _ => 2,
    }
}

/// Compares the optional marks of credentials that both schemes have. Added and removed ones are reported elsewhere.
fn optional([old, new]: [&SchemeSpec; 2], at: &mut At<'_>) {
    let text = |word: &str, name: &str| Some(format!("{word} {name}"));
    let mut marked = |kind, [one, other]: [&SchemeSpec; 2], [before, after]: [&str; 2]| {
        for (index, name) in one.optional.iter().enumerate().filter(|(_, name)| !other.optional.contains(name)) {
            if one.credentials.get(name).is_some() != other.credentials.get(name).is_some() {
                continue;
            }
            let kind = if name.starts_with("op.") { Kind::SignFacts } else { kind };
            at.to.push(Change::new(kind, at.path.index(index), text(before, name), text(after, name)));
        }
    };
    marked(Kind::CredentialOptional, [new, old], ["required", "optional"]);
    marked(Kind::CredentialRequired, [old, new], ["optional", "required"]);
}

fn variants(credentials: Credentials<'_>, [old, new]: [&Entries<VariantSpec>; 2], at: &mut At<'_>) {
    for (name, variant) in new.iter() {
        let Some(before) = old.get(name) else {
            at.fact(name, Kind::SignAlgAdded, None, Some(name.to_owned()));
            continue;
        };
        let mut at = at.key(name);
        at.key("clock").entries([Kind::TimestampFormat; 3], &before.clock, &variant.clock);
        placed(credentials, [&before.put, &variant.put], &mut at.key("put"));
        at.key("let").entries([Kind::SignRuleChanged; 3], &before.lets, &variant.lets);
        steps_order(before.lets.names(), variant.lets.names(), "let", &mut at);
        placed(credentials, [&before.place, &variant.place], &mut at.key("place"));
    }
    for (name, _) in old.iter().filter(|(name, _)| new.get(name).is_none()) {
        at.fact(name, Kind::SignAlgRemoved, Some(name.to_owned()), None);
    }
}
