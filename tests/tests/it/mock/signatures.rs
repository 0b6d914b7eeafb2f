//! The check of a signature over all schemes of the repository: what is signed is accepted, and nothing else.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use apograph::diagnostic::Diagnostics;
use apograph::recipe::{self, CredentialKind, Plan, Problem, Scheme, Vector, Verdict, Verifier, reach};
use apograph::resolve;
use apograph::source::Sources;
use apograph::spec;
use apograph_runtime::sign::{Location, Moment, Parts};
use apograph_runtime::{Secret, SystemNonce};
use apograph_tests::{root, specs};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

const TOLERANCE: Duration = Duration::from_secs(600);

/// The schemes of the repository's specs and of the golden case about signatures.
fn schemes() -> Vec<Scheme> {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let golden = spec::load_dir(&root().join("tests/golden/signing/specs"), &mut sources, &mut diagnostics);
    let models = [specs::shared(), &golden].map(|specs| resolve::resolve(specs, &mut diagnostics));
    models.into_iter().flat_map(|model| model.platforms).map(|platform| platform.scheme).collect()
}

fn at(vector: &Vector) -> SystemTime {
    UNIX_EPOCH + vector.clock
}

fn plan<'s>(scheme: &'s Scheme, vector: &Vector) -> &'s Plan {
    scheme.plans().nth(vector.variant).map(|(_, plan)| plan).expect("a variant")
}

fn signed(scheme: &Scheme, vector: &Vector, credentials: &[Option<Secret>], mut parts: Parts) -> Parts {
    let source = SystemNonce::default();
    let nonces: Vec<_> = vector.nonces.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let moment = Moment::new(at(vector), &source).with_known_nonces(&nonces);
    recipe::sign(scheme, vector.variant, credentials, &moment, &mut parts).expect("a signature");
    parts
}

fn verify(scheme: &Scheme, vector: &Vector, received: &Parts) -> Verdict {
    Verifier { scheme, credentials: &vector.secrets(), now: at(vector), tolerance: TOLERANCE }.verify(received)
}

/// Whether the request carries everything that its signature covers, so that a server can check it.
fn is_checkable(verdict: &Verdict) -> bool {
    !verdict.problems.iter().any(|problem| matches!(problem, Problem::Uncheckable { .. }))
}

#[test]
fn every_vector_is_accepted_and_every_change_of_it_refused() {
    let (mut accepted, mut uncheckable, mut changes) = (0, 0, 0);
    for scheme in schemes() {
        for vector in &scheme.vectors {
            let parts = signed(&scheme, vector, &vector.secrets(), vector.request.clone());
            let verdict = verify(&scheme, vector, &parts);
            if !is_checkable(&verdict) {
                uncheckable += 1;
                continue;
            }
            assert!(verdict.is_accepted(), "{}: {:?}", vector.name, verdict.problems);
            accepted += 1;
            changes += refused_changes(&scheme, vector, &parts);
        }
    }
    // The stages' nonces are signed but not sent: that scheme only tests the language.
    assert!(accepted > 15 && uncheckable > 0 && changes > 100, "{accepted} {uncheckable} {changes}");
}

/// Changes each signed value and each secret, and returns the number of changes that were refused: all of them.
fn refused_changes(scheme: &Scheme, vector: &Vector, parts: &Parts) -> usize {
    let covered = reach(plan(scheme, vector), vector).expect("a signature").values;
    let mut changes = 0;
    for (location, name) in &covered {
        let mut changed = parts.clone();
        let value = parts.get(*location, name).expect("a value").to_owned();
        changed.put(*location, name, format!("{value}0"));
        assert!(!verify(scheme, vector, &changed).is_accepted(), "{}: {name}", vector.name);
        changes += 1;
    }
    for (index, known) in scheme.credentials.iter().enumerate() {
        let mut credentials = vector.secrets();
        if let (CredentialKind::Secret, Some(Some(secret))) = (known.kind, credentials.get_mut(index)) {
            *secret = Secret::new(format!("{}x", secret.expose()));
            let other = signed(scheme, vector, &credentials, vector.request.clone());
            assert!(!verify(scheme, vector, &other).is_accepted(), "{}: {}", vector.name, known.name);
            changes += 1;
        }
    }
    changes
}

#[test]
fn random_requests_are_accepted_and_their_changes_refused() {
    let schemes = schemes();
    let vectors: Vec<(&Scheme, &Vector)> =
        schemes.iter().flat_map(|scheme| scheme.vectors.iter().map(move |vector| (scheme, vector))).collect();
    let text = "[ -~中é👍\u{3000}\t\n]{0,12}";
    let pairs = proptest::collection::vec(("x[a-zA-Z_]{1,5}", text), 1..5);
    let mut runner = TestRunner::new(Config { cases: 64, failure_persistence: None, ..Config::default() });
    let strategy = (0..vectors.len(), pairs, any::<proptest::sample::Index>());
    let outcome = runner.run(&strategy, |(index, pairs, chosen)| {
        let (scheme, vector) = vectors[index];
        let mut vector = vector.clone();
        for (name, value) in &pairs {
            vector.request.put_query(name, value.clone());
        }
        let parts = signed(scheme, &vector, &vector.secrets(), vector.request.clone());
        let verdict = verify(scheme, &vector, &parts);
        prop_assume!(is_checkable(&verdict));
        prop_assert!(verdict.is_accepted(), "{:?}", verdict.problems);
        let covered = reach(plan(scheme, &vector), &vector).expect("a signature").values;
        let (name, value) = chosen.get(&pairs);
        if covered.contains(&(Location::Query, name.clone())) {
            let mut changed = parts.clone();
            changed.put_query(name, format!("{value}0"));
            let verdict = verify(scheme, &vector, &changed);
            prop_assert!(matches!(verdict.problems.as_slice(), [Problem::Signature(_)]), "{:?}", verdict.problems);
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}
