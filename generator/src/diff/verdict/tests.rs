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
fn users_must_upgrade_only_for_what_rebuilding_mends() {
    let mut seen = 0;
    for (kind, verdict) in verdicts() {
        let id = kind.id();
        match (verdict.wire, kind.edit) {
            (Wire::Works | Wire::Depends, _) => assert!(!verdict.must_upgrade, "{id}: old binaries work"),
            (Wire::Fails, Edit::Removed) => assert!(!verdict.must_upgrade, "{id}: no rebuilding brings it back"),
            (Wire::Fails, Edit::OptionalToRequired) => assert!(!verdict.must_upgrade, "{id}: the old crate has it"),
            (Wire::Fails, edit) if kind.fact == Fact::Type && verdict.source == Source::Unaffected => {
                assert_eq!(verdict.must_upgrade, edit == Edit::JsonRepacked, "{id}: the crate sends the same");
            }
            (Wire::Fails, _) => assert!(verdict.must_upgrade, "{id}"),
        }
        seen += usize::from(verdict.must_upgrade);
    }
    assert!(seen > 20, "{seen}");
    for kind in [Kind::ApiRemoved, Kind::PlatformRemoved, Kind::HostRemoved, Kind::ErrRemoved, Kind::StatusRemoved] {
        assert!(verdicts().filter(|(of, _)| *of == kind).all(|(_, verdict)| !verdict.must_upgrade), "{}", kind.id());
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
