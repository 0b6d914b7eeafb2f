//! Checks the test vectors.

use std::collections::BTreeMap;
use std::time::Duration;

use apograph_runtime::PrivateKey;
use apograph_runtime::sign::{Location, Parts};

use super::report::{Report, Spot};
use super::run;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::recipe::scheme::{Assignment, Credential, CredentialKind, Methods, Plan, Scheme};
use crate::recipe::{Expectation, Target, Vector, fields, zone};
use crate::spec::recipe::{RequestSpec, SchemeSpec, VectorSpec, VectorsSpec};

/// Private keys beside the recipe, by the names of their files. `None` if those files were not read: vectors that name one are
/// left out then.
pub(super) type Keys = Option<BTreeMap<String, String>>;

/// Adds the vectors to the scheme. They are run only if there are no findings so far.
pub(super) fn check(mut scheme: Scheme, spec: &SchemeSpec, keys: &Keys, spot: &Spot, report: &mut Report) -> Scheme {
    let vectors_spot = spot.key("vectors");
    match &spec.vectors {
        Some(VectorsSpec::Known(vectors)) if !vectors.is_empty() => {
            let is_sound = !report.has_errors();
            names_differ(vectors, &vectors_spot, report);
            let is_known = |(_, vector): &(usize, &VectorSpec)| keys.is_some() || !names_file(vector, &scheme);
            let known: Vec<(usize, &VectorSpec)> = vectors.iter().enumerate().filter(is_known).collect();
            let is_whole = known.len() == vectors.len();
            let read = |(index, vector)| {
                Reader { scheme: &scheme, keys, spot: vectors_spot.index(index), report }.vector(vector)
            };
            scheme.vectors = known.into_iter().filter_map(read).collect();
            if is_sound {
                let signed: Vec<Option<Parts>> =
                    scheme.vectors.iter().map(|vector| run::run(&scheme, vector, report)).collect();
                scheme.vectors.iter_mut().zip(signed).for_each(|(vector, signed)| vector.signed = signed);
                if is_whole {
                    variants_are_covered(&scheme, report);
                }
            }
        }
        Some(VectorsSpec::None(reason)) if !reason.trim().is_empty() => {}
        _ => {
            let finding = Diagnostic::new(Code::NoVector, spot.name(), "the scheme has no vectors");
            report.add(finding.help("add `vectors`, or state why that is not possible: `vectors: {none: <reason>}`"));
        }
    }
    scheme
}

/// Whether a private key of a vector is a file beside the recipe.
fn names_file(vector: &VectorSpec, scheme: &Scheme) -> bool {
    let keys = scheme.credentials.iter().filter(|known| known.kind == CredentialKind::PrivateKey);
    keys.filter_map(|known| vector.credentials.get(&known.name)).any(|text| PrivateKey::from_text(text).is_err())
}

fn names_differ(vectors: &[VectorSpec], spot: &Spot, report: &mut Report) {
    for (index, vector) in vectors.iter().enumerate() {
        if let Some(first) = vectors.iter().take(index).position(|other| other.name == vector.name) {
            let message = format!("two vectors are named {}", quoted(&vector.name));
            let finding = Diagnostic::new(Code::BadVector, spot.index(index).key("name").value(), message);
            report.add(finding.label(spot.index(first).key("name").value(), "first vector with this name"));
        }
    }
}

fn variants_are_covered(scheme: &Scheme, report: &mut Report) {
    let Methods::Variants { all, .. } = &scheme.methods else { return };
    for (index, variant) in all.iter().enumerate() {
        if !scheme.vectors.iter().any(|vector| vector.variant == index) {
            let message = format!("no vector for the variant `{}`", variant.name);
            report.add(Diagnostic::new(Code::VariantWithoutVector, variant.origin.clone(), message));
        }
    }
}

/// Resolves one vector. An invalid vector is reported and left out.
struct Reader<'a> {
    scheme: &'a Scheme,
    keys: &'a Keys,
    spot: Spot,
    report: &'a mut Report,
}

impl<'a> Reader<'a> {
    fn vector(mut self, spec: &VectorSpec) -> Option<Vector> {
        let (variant, plan) = self.variant(spec)?;
        let credentials = self.credentials(spec);
        let clock = self.clock(spec, plan);
        self.nonces(spec, plan);
        self.facts(spec);
        let request = self.request(&spec.request, spec);
        let expect = self.expect(spec, plan);
        Some(Vector {
            name: spec.name.clone(),
            source: spec.source.clone(),
            variant,
            credentials,
            clock: clock?,
            nonces: spec.nonce.iter().map(owned).collect(),
            facts: spec.op.iter().map(owned).collect(),
            request: request?,
            expect,
            signed: None,
            origin: self.spot.key("name").value(),
        })
    }

    fn bad(&mut self, spot: &Spot, message: impl Into<String>) {
        self.report.add(Diagnostic::new(Code::BadVector, spot.value(), message));
    }

    fn variant(&mut self, spec: &VectorSpec) -> Option<(usize, &'a Plan)> {
        let scheme: &'a Scheme = self.scheme;
        let spot = self.spot.key("variant");
        let names: Vec<&str> = scheme.plans().filter_map(|(name, _)| name).collect();
        let index = match &spec.variant {
            None if names.is_empty() => Some(0),
            None => None,
            Some(name) => names.iter().position(|known| known == name),
        };
        let found = index.and_then(|index| scheme.plans().nth(index).map(|(_, plan)| (index, plan)));
        if found.is_none() {
            let known = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            self.bad(&spot, format!("the vector needs a variant, one of: {known}"));
        }
        found
    }

    fn credentials(&mut self, spec: &VectorSpec) -> Vec<Option<String>> {
        let spot = self.spot.key("credentials");
        let known = &self.scheme.credentials;
        for name in spec.credentials.names() {
            if !known.iter().any(|credential| credential.name == name) {
                let names: Vec<&str> = known.iter().map(|credential| credential.name.as_str()).collect();
                self.report.unknown_word(spot.key(name).name(), "credential", name, names);
            }
        }
        for credential in known.iter().filter(|credential| !credential.optional) {
            if spec.credentials.get(&credential.name).is_none() {
                self.bad(&spot, format!("the vector lacks the credential `{}`", credential.name));
            }
        }
        for credential in known.iter().filter(|credential| !credential.optional) {
            self.usable(&spot, credential, spec.credentials.get(&credential.name));
        }
        let value = |known: &Credential| spec.credentials.get(&known.name).map(|text| self.value(known, text));
        known.iter().map(value).collect()
    }

    /// Returns the value of a credential: a private key may be the name of a file beside the recipe.
    fn value(&self, known: &Credential, text: &str) -> String {
        let file = (known.kind == CredentialKind::PrivateKey).then(|| self.keys.as_ref()?.get(text)).flatten();
        file.cloned().unwrap_or_else(|| text.to_owned())
    }

    /// Reports a credential that the generated constructor would refuse, because the vector's test could not run.
    fn usable(&mut self, spot: &Spot, known: &Credential, value: Option<&String>) {
        let Some(text) = value else { return };
        let name = &known.name;
        if known.kind == CredentialKind::PrivateKey {
            if PrivateKey::from_text(&self.value(known, text)).is_err() {
                let files: Vec<&str> = self.keys.iter().flat_map(BTreeMap::keys).map(String::as_str).collect();
                let message = format!("the credential {} is neither a private key nor a file with one", quoted(name));
                let finding = Diagnostic::new(Code::BadVector, spot.key(name).value(), message);
                let known = if files.is_empty() { "none".to_owned() } else { files.join(", ") };
                self.report
                    .add(finding.help(format!("files beside the recipe, `<name>.pem` or `keys/<name>.pem`: {known}")));
            }
        } else if let Err(error) = apograph_runtime::credential::<String>("value", text.as_str()) {
            self.bad(&spot.key(name), format!("the credential {} {}", quoted(name), error.problem()));
        }
    }

    fn clock(&mut self, spec: &VectorSpec, plan: &Plan) -> Option<Duration> {
        let spot = self.spot.key("clock");
        let Some(text) = &spec.clock else {
            if plan.clocks.is_empty() {
                return Some(Duration::ZERO);
            }
            self.bad(&spot, "the vector lacks `clock`, which the scheme reads");
            return None;
        };
        let instant = zone::since_1970(text);
        if instant.is_none() {
            let forms = "`2026-01-02T03:04:05+08:00`, with or without a fraction, or as Unix seconds or milliseconds";
            self.bad(&spot, format!("{} is not a point in time after 1970, written as {forms}", quoted(text)));
        }
        instant
    }

    fn nonces(&mut self, spec: &VectorSpec, plan: &Plan) {
        let spot = self.spot.key("nonce");
        for nonce in &plan.nonces {
            if spec.nonce.get(&nonce.name).is_none() {
                self.bad(&spot, format!("the vector lacks the nonce `{}`", nonce.name));
            }
        }
        for name in spec.nonce.names() {
            if !plan.nonces.iter().any(|nonce| nonce.name == name) {
                let names: Vec<&str> = plan.nonces.iter().map(|nonce| nonce.name.as_str()).collect();
                self.report.unknown_word(spot.key(name).name(), "nonce", name, names);
            }
        }
    }

    fn facts(&mut self, spec: &VectorSpec) {
        let spot = self.spot.key("op");
        let supplied: Vec<&str> = spec.op.names().collect();
        for fact in self.scheme.operation_facts().filter(|fact| !supplied.contains(fact)) {
            self.bad(&spot, format!("the vector lacks the fact `{fact}`"));
        }
        for name in supplied {
            if !self.scheme.facts.iter().any(|fact| fact.name == name) {
                let names: Vec<&str> = self.scheme.facts.iter().map(|fact| fact.name.as_str()).collect();
                self.report.unknown_word(spot.key(name).name(), "fact", name, names);
            }
        }
    }

    fn request(&mut self, request: &RequestSpec, spec: &VectorSpec) -> Option<Parts> {
        let spot = self.spot.key("request");
        let method = &request.method;
        if method.is_empty() || !method.bytes().all(|byte| byte.is_ascii_uppercase()) {
            self.bad(&spot.key("method"), "an HTTP method must be in capitals");
        }
        if request.body.is_some() && !(request.form.is_empty() && request.files.is_empty()) {
            self.bad(&spot.key("body"), "a request cannot have both a body and a form");
        }
        let mut parts = match Parts::new(method, &request.url) {
            Ok(parts) => parts.with_body(request.body.clone().unwrap_or_default()),
            Err(error) => {
                self.bad(&spot.key("url"), error.to_string());
                return None;
            }
        };
        let fields =
            [(Location::Query, &request.query), (Location::Form, &request.form), (Location::Headers, &request.headers)];
        for (location, pairs) in fields {
            for (name, values) in pairs.iter() {
                values.0.iter().for_each(|value| parts.push(location, name, value.as_str()));
            }
        }
        let parts = request.files.iter().fold(parts, |parts, file| parts.with_file(file));
        let parts = spec.api.iter().fold(parts, |parts, api| parts.with_api(api));
        let parts = request.api_path.iter().fold(parts, |parts, path| parts.with_operation_path(path));
        Some(parts.with_facts(&spec.op.iter().map(|(name, value)| (name, value.as_str())).collect::<Vec<_>>()))
    }

    fn expect(&mut self, spec: &VectorSpec, plan: &Plan) -> Vec<Expectation> {
        let spot = self.spot.key("expect");
        if spec.expect.is_empty() {
            self.bad(&spot, "the vector has an empty `expect`");
        }
        let mut expectations = Vec::new();
        for (name, text) in spec.expect.iter() {
            match target(name, plan) {
                Some(target) => {
                    let origin = spot.key(name).value();
                    expectations.push(Expectation { target, text: text.clone(), origin });
                }
                None => {
                    let finding = Diagnostic::new(
                        Code::BadVector,
                        spot.key(name).name(),
                        format!("the scheme does not produce {}", quoted(name)),
                    );
                    self.report.add(finding.help(format!("it produces: {}", targets(plan).join(", "))));
                }
            }
        }
        expectations
    }
}

fn owned((name, value): (&str, &String)) -> (String, String) {
    (name.to_owned(), value.clone())
}

fn target(name: &str, plan: &Plan) -> Option<Target> {
    let step = plan.lets.iter().position(|step| step.name == name).map(Target::Let);
    let clock = || plan.clocks.iter().position(|clock| clock.name == name).map(Target::Clock);
    let field = || {
        let start = if name.starts_with(fields::SET) { fields::SET.len() } else { 0 };
        let dot = start + name.get(start..)?.find('.')?;
        let (word, field) = (name.get(..dot)?, name.get(dot + 1..)?);
        let location = fields::location(word, &plan.sets)?;
        let is_same = |name: &str| match location {
            Location::Headers => name.eq_ignore_ascii_case(field),
            _ => name == field,
        };
        let is_set = |known: &&Assignment| known.location == location && is_same(&known.name);
        plan.puts.iter().chain(&plan.places).find(is_set).map(|known| Target::Field(location, known.name.clone()))
    };
    step.or_else(clock).or_else(field)
}

fn targets(plan: &Plan) -> Vec<String> {
    let names = plan.clocks.iter().map(|clock| clock.name.clone());
    let names = names.chain(plan.lets.iter().map(|step| step.name.clone()));
    let set = plan.puts.iter().chain(&plan.places);
    names.chain(set.map(|field| format!("{}.{}", fields::word(field.location, &plan.sets), field.name))).collect()
}
