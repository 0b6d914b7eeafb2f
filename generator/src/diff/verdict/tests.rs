//! Rules that hold for every kind.

use super::*;
use crate::source::SpecPath;

/// Errors although no caller's source breaks and old binaries do not always fail.
const ALARMS: &[(Kind, &str)] = &[
    (Kind::SpecNotCompared, "nobody knows what it breaks"),
    (Kind::AuthOptionalToRequired, "calls without a session fail"),
    (Kind::ReqOptionalToRequired, "calls without the field fail"),
    (Kind::IdempotentLost, "calls may be made twice"),
    (Kind::HostDefault, "calls go elsewhere"),
    (Kind::SignAlgDefault, "calls are signed otherwise"),
    (Kind::SchemeDowngraded, "calls are no longer encrypted"),
    (Kind::HostInsecure, "calls are not encrypted"),
    (Kind::LogShown, "logs may contain secrets"),
];

/// A change of the kind, with what becomes of values if a type changes.
fn verdicts() -> impl Iterator<Item = (Kind, Verdict)> {
    let with = |kind: Kind, wire: Option<Wire>| {
        let path = SpecPath::root().key("request").key("a");
        let change = Change { wire, ..Change::new(kind, path, Some("x".to_owned()), Some("y".to_owned())) };
        // Without items, the source of a changed type is assumed to break.
        [None, Some(Items::default())].map(|items| (kind, judge(&change, items.as_ref())))
    };
    Kind::ALL.iter().flat_map(move |kind| {
        let is_type = kind.fact == Fact::Type;
        let wires = [None, Some(Wire::Works), Some(Wire::Depends), Some(Wire::Fails)];
        wires.into_iter().take(if is_type { 4 } else { 1 }).flat_map(move |wire| with(*kind, wire))
    })
}

#[test]
fn every_kind_has_a_reason() {
    for (kind, verdict) in verdicts() {
        assert!(!verdict.why.is_empty(), "{}", kind.id());
    }
}

#[test]
fn errors_break_some_source_or_some_request() {
    for (kind, verdict) in verdicts() {
        let breaks_source = matches!(verdict.source, Source::Breaks | Source::Depends);
        let breaks_requests = verdict.wire == Wire::Fails && kind.side != Some(SideName::Response);
        let is_alarm = ALARMS.iter().any(|(alarm, _)| *alarm == kind);
        let expected = breaks_source || breaks_requests || is_alarm;
        assert_eq!(verdict.level == Level::Error, expected, "{}: {verdict:?}", kind.id());
    }
}
