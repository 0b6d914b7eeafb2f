//! Checks the declarations of a scheme: credentials, facts, clocks and nonces.

use apograph_runtime::sign::Moment;

use super::report::{Report, Spot};
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::recipe::scheme::{Clock, ClockFormat, Credential, CredentialKind, Fact, NonceForm, NonceName, RequestText};
use crate::recipe::zone;
use crate::spec::recipe::{ClockSpec, SchemeSpec};

pub(in crate::recipe) const CREDENTIAL_KINDS: &[&str] = &["id", "token", "secret", "private_key"];
pub(in crate::recipe) const NONCE_FORMS: &[&str] = &["uuid4", "hex:N", "alnum:N", "digits:N", "increasing"];
/// The formats of clocks that are words.
pub(in crate::recipe) const CLOCK_FORMATS: &[(&str, ClockFormat)] =
    &[("unix", ClockFormat::Unix), ("unix_ms", ClockFormat::UnixMillis), ("http_date", ClockFormat::HttpDate)];

/// Resolves the credentials, in order.
pub(super) fn credentials(spec: &SchemeSpec, spot: &Spot, report: &mut Report) -> Vec<Credential> {
    let mut credentials = Vec::new();
    for (name, word) in &spec.credentials {
        let spot = spot.key("credentials").key(name);
        let kind = match word.as_str() {
            "id" => CredentialKind::Id,
            "token" => CredentialKind::Token,
            "secret" => CredentialKind::Secret,
            "private_key" => CredentialKind::PrivateKey,
            other => {
                report.unknown_word(spot.value(), "kind of credential", other, CREDENTIAL_KINDS.iter().copied());
                CredentialKind::Id
            }
        };
        name_is_free(name, &spot, report);
        let optional = spec.optional.contains(name);
        credentials.push(Credential { name: name.clone(), kind, optional, origin: spot.name() });
    }
    credentials
}

/// Resolves the facts, in order.
pub(super) fn facts(spec: &SchemeSpec, spot: &Spot, report: &mut Report) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    for (index, name) in spec.op.iter().enumerate() {
        let place = spot.key("op").index(index).value();
        if facts.iter().any(|fact| fact.name == *name) {
            let message = format!("the fact {} is listed twice", quoted(name));
            report.add(Diagnostic::new(Code::RecipeName, place, message));
            continue;
        }
        if !is_name(name) {
            let message = format!("{} is not a valid name of a fact", quoted(name));
            report.add(Diagnostic::new(Code::RecipeName, place.clone(), message).help(NAME_HELP));
        }
        let optional = spec.optional.contains(&format!("op.{name}"));
        facts.push(Fact { name: name.clone(), optional, origin: place });
    }
    facts
}

/// Checks that every name under `optional` is a credential or a fact.
pub(super) fn optional_names(spec: &SchemeSpec, spot: &Spot, report: &mut Report) {
    let facts: Vec<String> = spec.op.iter().map(|name| format!("op.{name}")).collect();
    let known = || spec.credentials.names().chain(facts.iter().map(String::as_str));
    for (index, name) in spec.optional.iter().enumerate() {
        if !known().any(|known| known == name) {
            let place = spot.key("optional").index(index).value();
            report.unknown_word(place, "credential or fact", name, known().collect::<Vec<_>>());
        }
    }
}

/// Checks that every name under `reveal` is a secret or token.
pub(super) fn revealed_names(spec: &SchemeSpec, spot: &Spot, report: &mut Report) {
    let confidential = spec.credentials.iter().filter(|(_, kind)| matches!(kind.as_str(), "secret" | "token"));
    let known: Vec<&str> = confidential.map(|(name, _)| name).collect();
    for (index, name) in spec.reveal.iter().enumerate() {
        if !known.contains(&name.as_str()) {
            let place = spot.key("reveal").index(index).value();
            report.unknown_word(place, "secret", name, known.iter().copied());
        }
    }
}

/// Reports names in `any_case` that no variant sets after signing.
pub(super) fn any_case_names(spec: &SchemeSpec, spot: &Spot, report: &mut Report) {
    let places = [&spec.place].into_iter().chain(spec.variants.values().map(|variant| &variant.place));
    let known: Vec<&str> = places.flat_map(|place| place.values()).flat_map(|fields| fields.names()).collect();
    for (index, name) in spec.any_case.iter().enumerate() {
        if !known.contains(&name.as_str()) {
            let place = spot.key("any_case").index(index).value();
            report.unknown_word(place, "field in `place`", name, known.iter().copied());
        }
    }
}

/// Resolves a clock.
pub(super) fn clock(name: &str, spec: &ClockSpec, spot: &Spot, report: &mut Report) -> Clock {
    name_is_free(name, spot, report);
    let word = CLOCK_FORMATS.iter().find(|(word, _)| *word == spec.format).map(|(_, format)| format.clone());
    let format = match (word, spec.zone.as_deref()) {
        (Some(format), zone) => {
            if zone.is_some() {
                let message = format!("the format `{}` has no zone", spec.format);
                report.add(Diagnostic::new(Code::RecipeClock, spot.key("zone").value(), message));
            }
            format
        }
        (None, zone) => {
            let pattern = &spec.format;
            let zone = zone.map_or(0, |text| zone_of(text, spot, report));
            pattern_is_known(pattern, spot, report);
            ClockFormat::Pattern { pattern: pattern.clone(), zone }
        }
    };
    Clock { name: name.to_owned(), format, plus: spec.plus, used: false, origin: spot.name() }
}

fn zone_of(text: &str, spot: &Spot, report: &mut Report) -> i32 {
    zone::zone_offset(text).unwrap_or_else(|| {
        let message = format!("{} is not a fixed offset from UTC", quoted(text));
        let finding = Diagnostic::new(Code::RecipeClock, spot.key("zone").value(), message);
        report.add(finding.help("write an offset such as `+08:00`; a named zone may have daylight saving time"));
        0
    })
}

/// Whether a time can be formatted with this strftime pattern.
pub(crate) fn is_clock_pattern(pattern: &str) -> bool {
    let source = apograph_runtime::SystemNonce::default();
    pattern.contains('%') && Moment::new(std::time::UNIX_EPOCH, &source).datetime(pattern, 0, 0).is_ok()
}

fn pattern_is_known(pattern: &str, spot: &Spot, report: &mut Report) {
    if !is_clock_pattern(pattern) {
        let message = format!("{} is neither `unix`, `unix_ms`, `http_date` nor a strftime pattern", quoted(pattern));
        report.add(Diagnostic::new(Code::RecipeClock, spot.key("format").value(), message));
    }
}

/// Resolves the nonces, in order.
pub(super) fn nonces(spec: &SchemeSpec, spot: &Spot, report: &mut Report) -> Vec<NonceName> {
    let mut nonces = Vec::new();
    for (name, word) in &spec.nonce {
        let spot = spot.key("nonce").key(name);
        name_is_free(name, &spot, report);
        let form = nonce_form(word).unwrap_or_else(|| {
            report.unknown_word(spot.value(), "form of a nonce", word, NONCE_FORMS.iter().copied());
            NonceForm::Uuid4
        });
        nonces.push(NonceName { name: name.clone(), form, used: false, origin: spot.name() });
    }
    nonces
}

fn nonce_form(word: &str) -> Option<NonceForm> {
    let (kind, count) = word.split_once(':').unwrap_or((word, ""));
    let count = || count.parse().ok().filter(|count: &u8| *count > 0);
    match kind {
        "uuid4" if word == kind => Some(NonceForm::Uuid4),
        "increasing" if word == kind => Some(NonceForm::Increasing),
        "hex" => count().map(NonceForm::Hex),
        "alnum" => count().map(NonceForm::Alnum),
        "digits" => count().map(NonceForm::Digits),
        _ => None,
    }
}

const NAME_HELP: &str = "a name consists of ASCII letters, digits, `_` and `-`, and starts with a letter";

/// Checks that a name is well-formed and not that of a part of the request.
pub(super) fn name_is_free(name: &str, spot: &Spot, report: &mut Report) {
    name_is_valid(name, spot, report);
    if RequestText::ALL.iter().any(|(word, text)| *word == name && !text.can_be_hidden()) {
        let message = format!("`{{{name}}}` is predefined and cannot be declared");
        report.add(Diagnostic::new(Code::RecipeName, spot.name(), message));
    }
}

/// Checks that a name is well-formed. A step may have the name of a part of the request, which it then hides from everything
/// below it: the canonical form of the query is usually called `query` too.
pub(super) fn name_is_valid(name: &str, spot: &Spot, report: &mut Report) {
    if !is_name(name) {
        let message = format!("{} is not a valid name", quoted(name));
        report.add(Diagnostic::new(Code::RecipeName, spot.name(), message).help(NAME_HELP));
    }
}

fn is_name(name: &str) -> bool {
    let well_formed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(well_formed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonce_words_are_read() {
        assert_eq!(nonce_form("uuid4"), Some(NonceForm::Uuid4));
        assert_eq!(nonce_form("digits:10"), Some(NonceForm::Digits(10)));
        for word in ["uuid", "uuid4:3", "hex", "hex:", "hex:0", "hex:256", "alnum:x", "increasing:1"] {
            assert_eq!(nonce_form(word), None, "{word}");
        }
    }

    #[test]
    fn names_are_plain_words() {
        assert!(is_name("SignatureNonce") && is_name("a-b_3"));
        assert!(!is_name("") && !is_name("3a") && !is_name("a.b") && !is_name("a b") && !is_name("客"));
    }
}
