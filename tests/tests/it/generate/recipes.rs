//! Signing schemes of other platforms: published signatures come out of the interpreter and of generated code, and the two
//! agree on random schemes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::{Duration, UNIX_EPOCH};

use apograph::recipe::{
    self, ClockFormat, CredentialKind, Filter, ItemPiece, PairOrder, PairsStep, Piece, Problem, RequestText, Scheme,
    Source, Step, TextFilter, Vector, Verifier,
};
use apograph_runtime::sign::{Location, Moment, Parts};
use apograph_runtime::{Secret, SystemNonce};
use apograph_tests::folder::Texts;
use apograph_tests::fuzz::Seeds;
use apograph_tests::recipes::random::sample;
use apograph_tests::recipes::sample::{ID, NONCE, Request, SECRET, Sample};
use apograph_tests::recipes::{self, DUMP, dump};
use apograph_tests::rustc::Compiler;
use apograph_tests::{corpus, folder, generation, root};

#[test]
fn published_signatures_come_out_of_both_implementations() {
    let specs = recipes::published_specs();
    // Generating runs every vector in the interpreter.
    let files = generation::files(&specs, None);
    let compiler = Compiler::default();
    compiler.build(&BTreeMap::from([(recipes::CRATE.to_owned(), (*files).clone())]));
    let said = compiler.run(&recipes::program(&files["tests/signing.rs"]));
    assert_eq!(said, "");
}

/// Signs the request of a vector in the interpreter, with another value of one credential.
fn signed(scheme: &Scheme, vector: &Vector, other: Option<(usize, &str)>) -> Parts {
    let mut secrets = vector.secrets();
    if let Some((index, text)) = other {
        secrets[index] = Some(Secret::from(text));
    }
    let nonces: Vec<(&str, &str)> = vector.nonces.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let nonce = SystemNonce::default();
    let moment = Moment::new(UNIX_EPOCH + vector.clock, &nonce).with_known_nonces(&nonces);
    let mut parts = vector.request.clone();
    recipe::sign(scheme, vector.variant, &secrets, &moment, &mut parts).expect("a signature");
    parts
}

/// The specs of this repository, of the golden cases and of the published schemes.
fn all_specs() -> Vec<Texts> {
    let own = folder::read(&root().join("specs"));
    let golden = corpus::cases("golden").into_iter().map(|case| folder::read(&case.folder.join("specs")));
    [own, recipes::published_specs()].into_iter().chain(golden).collect()
}

/// Another value of a secret, or another private key.
fn other_value(kind: CredentialKind, value: &str) -> Option<String> {
    let keys = folder::read(&root().join("tests/recipes/keys"));
    match kind {
        CredentialKind::Secret => Some("c0ffee00".to_owned()),
        CredentialKind::PrivateKey => keys.into_values().find(|key| key.trim() != value.trim()),
        CredentialKind::Id | CredentialKind::Token => None,
    }
}

#[test]
fn every_vector_fails_with_another_secret() {
    let mut tried = 0;
    for checked in all_specs().iter().map(|specs| generation::check(specs, None)) {
        for platform in &checked.model.platforms {
            tried += platform.scheme.vectors.iter().map(|vector| secrets_of(&platform.scheme, vector)).sum::<usize>();
        }
    }
    assert!(tried >= 120, "only {tried} secrets");
}

/// Returns the number of secrets that were tried.
fn secrets_of(scheme: &Scheme, vector: &Vector) -> usize {
    let plan = scheme.plans().nth(vector.variant).expect("a plan").1;
    let fields = recipe::known_fields(plan, vector);
    assert!(!fields.is_empty(), "{}: no field is known", vector.name);
    let is_same = |parts: &Parts| fields.iter().all(|(at, name, text)| parts.field(*at, name).as_deref() == Some(text));
    assert!(is_same(&signed(scheme, vector, None)), "{}", vector.name);
    let mut tried = 0;
    for (index, known) in scheme.credentials.iter().enumerate() {
        let Some(other) = vector.credentials[index].as_ref().and_then(|value| other_value(known.kind, value)) else {
            continue;
        };
        // Some fields that a vector knows do not depend on the secret; and a variant may not use it.
        let reach = recipe::reach(plan, vector);
        let is_read = reach.as_ref().is_none_or(|reach| reach.sources.contains(&Source::Credential(index)));
        let is_known =
            reach.is_none_or(|reach| fields.iter().any(|(at, name, _)| (*at, name) == (reach.location, &reach.field)));
        if is_read && is_known {
            assert!(!is_same(&signed(scheme, vector, Some((index, &other)))), "{} {}", vector.name, known.name);
            tried += 1;
        }
    }
    tried
}

#[test]
fn a_server_accepts_what_is_signed_and_nothing_else() {
    let checked = generation::check(&recipes::published_specs(), None);
    let (mut accepted, mut unseen) = (0, 0);
    for platform in &checked.model.platforms {
        let scheme = &platform.scheme;
        for vector in &scheme.vectors {
            let (credentials, now) = (vector.secrets(), UNIX_EPOCH + vector.clock);
            let server = Verifier { scheme, credentials: &credentials, now, tolerance: Duration::from_secs(60) };
            let signed = signed(scheme, vector, None);
            let verdict = server.verify(&signed);
            let is_unseen = |problem: &Problem| matches!(problem, Problem::Uncheckable { .. });
            if verdict.is_accepted() {
                accepted += 1;
                let plan = scheme.plans().nth(vector.variant).expect("a plan").1;
                // A part of a path is already in it here, see `mock::placed`.
                let cover = recipe::cover(plan).filter(|cover| cover.field.location != Location::Path);
                if let Some(field) = cover.map(|cover| cover.field) {
                    let mut other = signed.clone();
                    other.put(field.location, &field.name, "c0ffee");
                    let verdict = server.verify(&other);
                    assert!(!verdict.is_accepted(), "{} {}", platform.name, vector.name);
                }
            } else {
                // The request does not carry a time or nonce that it covers.
                let problems = &verdict.problems;
                assert!(problems.iter().all(is_unseen), "{} {}: {problems:?}", platform.name, vector.name);
                unseen += 1;
            }
        }
    }
    assert!(accepted > unseen * 3, "{accepted} requests are accepted, {unseen} cannot be checked");
}

/// Every construct that the schemes must show.
const CONSTRUCTS: &[&str] = &[
    "text",
    "pairs",
    "join",
    "hmac",
    "pk_sign",
    "only",
    "except",
    "drop",
    "name",
    "value",
    "merge",
    "sort item",
    "sort none",
    "sort names",
    "item",
    "item_empty",
    "from query",
    "from form",
    "from headers",
    "from json",
    "from xml",
    "from sets",
    "put",
    "place in body",
    "digests",
    "encoders",
    "nopad",
    "decoders",
    "letter case",
    "white space",
    "percent",
    "paths",
    "JSON",
    "lengths",
    "{api_path}",
    "{header.x?}",
    "optional",
    "unix_ms",
    "http_date",
    "plus",
    "nonce",
    "facts",
    "variants",
    "reveal",
];

/// Returns the constructs that a scheme uses.
fn constructs(scheme: &Scheme, signing: &str) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut add = |word: &'static str, has: bool| found.extend(has.then_some(word));
    for (variant, plan) in scheme.plans() {
        add("variants", variant.is_some());
        for clock in &plan.clocks {
            add("unix_ms", clock.format == ClockFormat::UnixMillis);
            add("http_date", clock.format == ClockFormat::HttpDate);
            add("plus", clock.plus != 0);
        }
        add("nonce", !plan.nonces.is_empty());
        add("put", !plan.puts.is_empty());
        add("place in body", plan.places.iter().any(|field| in_body(field.location)));
        for step in &plan.lets {
            match &step.step {
                Step::Text(_) => add("text", true),
                Step::Join(_) => add("join", true),
                Step::Hmac { .. } => add("hmac", true),
                Step::PkSign { .. } => add("pk_sign", true),
                Step::Pairs(pairs) => of_pairs(pairs, &mut add),
            }
        }
        for template in plan.used_templates() {
            template.sources().for_each(|source| add("{header.x?}", matches!(source, Source::OptionalHeader(_))));
            let api = [Source::Request(RequestText::Api), Source::Request(RequestText::ApiPath)];
            add("{api_path}", template.sources().any(|source| api.contains(source)));
            for piece in &template.pieces {
                if let Piece::Value { filters, .. } = piece {
                    filters.iter().for_each(|filter| add(kind(*filter), true));
                }
            }
        }
    }
    add("facts", !scheme.facts.is_empty());
    add("optional", scheme.credentials.iter().any(|known| known.optional));
    // Not part of a checked scheme.
    add("reveal", signing.contains("reveal: ["));
    found
}

fn in_body(location: Location) -> bool {
    matches!(location, Location::Form | Location::Json | Location::Xml)
}

fn of_pairs(pairs: &PairsStep, add: &mut impl FnMut(&'static str, bool)) {
    add("pairs", true);
    add("only", pairs.only.is_some());
    add("except", !pairs.except.is_empty());
    add("drop", pairs.drop_empty || pairs.drop_files);
    add("name", !pairs.names.is_empty());
    add("value", !pairs.values.is_empty());
    add("merge", pairs.merge.is_some());
    add("sort item", pairs.order == PairOrder::Item);
    add("sort none", pairs.order == PairOrder::None);
    add("sort names", matches!(pairs.order, PairOrder::Names(_)));
    let default = [ItemPiece::Key(Vec::new()), ItemPiece::Literal("=".to_owned()), ItemPiece::Value(Vec::new())];
    add("item", pairs.item != default);
    add("item_empty", pairs.item_empty.is_some());
    for location in &pairs.from {
        add(
            match location {
                Location::Query | Location::Path => "from query",
                Location::Form => "from form",
                Location::Headers => "from headers",
                Location::Json => "from json",
                Location::Xml => "from xml",
                Location::Set(_) => "from sets",
            },
            true,
        );
    }
    pairs.filters().for_each(|filter| add(kind(*filter), true));
}

fn kind(filter: Filter) -> &'static str {
    match filter {
        Filter::Digest(_) => "digests",
        Filter::Hex | Filter::HexUpper | Filter::Base64 | Filter::Base64Url => "encoders",
        Filter::Text(TextFilter::NoPad) => "nopad",
        Filter::Length(_) => "lengths",
        Filter::Unbase64 | Filter::Unhex => "decoders",
        Filter::Text(TextFilter::Lower | TextFilter::Upper | TextFilter::Title) => "letter case",
        Filter::Text(TextFilter::Trim | TextFilter::Squeeze) => "white space",
        Filter::Text(TextFilter::NormalizePath | TextFilter::SlashEnd) => "paths",
        Filter::Text(TextFilter::Json | TextFilter::SortJson) => "JSON",
        Filter::Text(_) => "percent",
    }
}

/// Scheme × construct, as a Markdown table.
fn table() -> String {
    let mut text = String::from("| scheme | vectors | constructs |\n|---|---|---|\n");
    let mut seen = BTreeSet::new();
    let checked = generation::check(&recipes::published_specs(), None);
    for ((name, signing), platform) in recipes::published().iter().zip(&checked.model.platforms) {
        assert_eq!(*name, platform.name);
        let used = constructs(&platform.scheme, signing);
        let words: Vec<&str> = CONSTRUCTS.iter().copied().filter(|word| used.contains(word)).collect();
        let _ = writeln!(text, "| {name} | {} | {} |", platform.scheme.vectors.len(), words.join(", "));
        seen.extend(used);
    }
    let missing: Vec<&&str> = CONSTRUCTS.iter().filter(|word| !seen.contains(*word)).collect();
    assert!(missing.is_empty(), "no scheme shows {missing:?}");
    text
}

#[test]
fn the_table_names_every_scheme_and_construct() {
    let path = root().join("tests/recipes/README.md");
    let text = std::fs::read_to_string(&path).expect("the table");
    let before = text.split("| scheme |").next().unwrap_or_default();
    let current = format!("{before}{}", table());
    if std::env::var_os("APOGRAPH_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, current).expect("the table");
    } else {
        assert_eq!(text, current, "APOGRAPH_BLESS=1 writes the table");
    }
}

/// Signs a request of a random scheme in the interpreter.
fn interpreted(scheme: &Scheme, request: &Request) -> String {
    let secrets = [Some(Secret::from(ID)), Some(Secret::from(SECRET)), request.token.map(Secret::from)];
    let (nonce, known) = (SystemNonce::default(), [("n", NONCE)]);
    let moment = Moment::new(UNIX_EPOCH + request.time, &nonce).with_known_nonces(&known);
    let mut parts = request.parts();
    let signed = recipe::sign(scheme, request.variant, &secrets, &moment, &mut parts);
    dump(&parts, signed)
}

#[test]
fn random_schemes_are_signed_alike_by_both_implementations() {
    let samples: Vec<Sample> = Seeds::of(120).map(sample).collect();
    let specs = recipes::specs(samples.iter().map(|sample| (sample.name.clone(), sample.signing.clone())));
    let checked = generation::check(&specs, None);
    let files = generation::emit(&checked, "runtime", apograph::emit::Workspace::Member);
    let files = files.files().map(|(path, text)| (path.as_str().to_owned(), text.to_owned())).collect();
    let (mut expected, mut program) = (String::new(), String::new());
    for sample in &samples {
        let platform =
            checked.model.platforms.iter().find(|platform| platform.name == sample.name).expect("a platform");
        let _ = writeln!(program, "fn {}() {{\nlet nonce = SystemNonce::default();", sample.name);
        for (index, request) in sample.requests.iter().enumerate() {
            let _ = writeln!(expected, "{} {index}\n{}", sample.name, interpreted(&platform.scheme, request));
            let _ = writeln!(
                program,
                "println!(\"{} {index}\");\n{}\nprintln!();",
                sample.name,
                request.statements(sample)
            );
        }
        program.push_str("}\n");
    }
    let calls: String = samples.iter().map(|sample| format!("{}();\n", sample.name)).collect();
    let dump = DUMP.replace("use apograph_runtime::sign::", "use crates::rt::sign::");
    let program = format!(
        "use std::time::{{Duration, UNIX_EPOCH}};\nuse crates::recipes;\nuse crates::rt::{{Platform, SystemNonce, sign::Moment}};\n\
         {dump}\n{program}\nfn main() {{\n{calls}}}\n"
    );
    let compiler = Compiler::default();
    compiler.build(&BTreeMap::from([(recipes::CRATE.to_owned(), files)]));
    let said = compiler.run(&program);
    let differing = said.split("\n\n").zip(expected.split("\n\n")).find(|(one, other)| one != other);
    if let Some((compiled, interpreted)) = differing {
        let name = interpreted.split(' ').next().unwrap_or_default();
        let signing = samples.iter().find(|sample| sample.name == name).map_or("", |sample| sample.signing.as_str());
        panic!("generated code:\n{compiled}\ninterpreter:\n{interpreted}\n{signing}");
    }
    assert_eq!(said.len(), expected.len());
    let signed = expected.matches("sign\" \"v1 ").count() + expected.matches("Sign\" \"v1 ").count();
    assert!(signed * 2 > samples.len() * 3, "only {signed} requests of {} schemes can be signed", samples.len());
}
