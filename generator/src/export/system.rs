//! The fields that every request of a platform has: fixed parameters, and what its signature sets.

use std::collections::BTreeSet;

use super::node::{Members, Node};
use super::recipe_text::{Words, clock, plans};
use super::schema::key;
use crate::markdown::code;
use crate::model::{ParameterValue, Platform};
use crate::recipe::{Assignment, Credential, CredentialKind, Location, Piece, Plan, Scheme, Source, cover};
use crate::terms::{ParameterPlace, SessionNeed};

/// Headers that OpenAPI does not describe as parameters.
const NOT_PARAMETERS: [&str; 3] = ["accept", "authorization", "content-type"];

/// A field that every request has.
#[derive(Debug)]
pub(super) struct SystemField {
    /// Where it is sent.
    pub(super) location: Location,
    /// Its wire name.
    pub(super) name: String,
    /// Where its value comes from.
    pub(super) origin: Origin,
    /// Whether every request has it.
    pub(super) is_required: bool,
    /// What it is, as Markdown.
    description: String,
}

/// Where the value of a field comes from.
#[derive(Debug)]
pub(super) enum Origin {
    /// The name of the API.
    Api,
    /// A constant, or one constant for each variant of the signature; the first is that of the default.
    Constant(Vec<String>),
    /// A credential of the caller that is sent as it is.
    Credential,
    /// The user's session.
    Session,
    /// The time of the call.
    Clock,
    /// A text that no other call has.
    Nonce,
    /// The signature.
    Signature,
    /// Anything else.
    Computed,
}

/// Returns the fields that every request of a platform has, in the order in which they are set.
pub(super) fn fields(platform: &Platform) -> Vec<SystemField> {
    let parameters = platform.protocol.parameters.iter().map(|parameter| {
        let (origin, description) = match &parameter.value {
            ParameterValue::Api => (Origin::Api, "Name of the API."),
            ParameterValue::Fixed(text) => (Origin::Constant(vec![text.clone()]), "Constant of the protocol."),
        };
        let location = match parameter.place {
            ParameterPlace::Query => Location::Query,
            ParameterPlace::Form => Location::Form,
            ParameterPlace::Headers => Location::Headers,
        };
        let (name, description) = (parameter.name.clone(), description.to_owned());
        SystemField { location, name, origin, is_required: true, description }
    });
    let mut fields: Vec<SystemField> = parameters.collect();
    fields.extend(signing_fields(&platform.scheme));
    fields
}

fn signing_fields(scheme: &Scheme) -> Vec<SystemField> {
    let plans: Vec<&Plan> = plans(scheme).into_iter().map(|(_, plan)| plan).collect();
    let mut seen = BTreeSet::new();
    let mut fields = Vec::new();
    for plan in &plans {
        for field in plan.puts.iter().chain(&plan.places) {
            let is_sent = !matches!(field.location, Location::Set(_));
            if is_sent && seen.insert((field.location, &field.name)) {
                fields.push(signing_field(scheme, &plans, plan, field));
            }
        }
    }
    fields
}

fn signing_field(scheme: &Scheme, plans: &[&Plan], plan: &Plan, field: &Assignment) -> SystemField {
    let of_plan = |plan: &&Plan| plan.puts.iter().chain(&plan.places).find(|other| is_same(other, field)).cloned();
    let all: Vec<Option<Assignment>> = plans.iter().map(of_plan).collect();
    let constants: Option<Vec<String>> = all.iter().flatten().map(constant).collect();
    let optional = field.template.sources().any(|source| is_optional(scheme, source));
    let (origin, description) = match constants {
        Some(mut constants) => {
            let mut seen = BTreeSet::new();
            constants.retain(|text| seen.insert(text.clone()));
            let what = if constants.len() > 1 { "Variant of the signature." } else { "Constant of the signature." };
            (Origin::Constant(constants), what.to_owned())
        }
        None => origin(scheme, plan, field),
    };
    let is_required = !optional && all.iter().all(Option::is_some);
    SystemField { location: field.location, name: field.name.clone(), origin, is_required, description }
}

fn is_same(one: &Assignment, other: &Assignment) -> bool {
    one.location == other.location && one.name == other.name
}

/// Returns the text of a field that is always the same.
fn constant(field: &Assignment) -> Option<String> {
    let literal = |piece: &Piece| match piece {
        Piece::Literal(text) => Some(text.clone()),
        Piece::Value { .. } => None,
    };
    field.template.pieces.iter().map(literal).collect()
}

fn is_optional(scheme: &Scheme, source: &Source) -> bool {
    match source {
        Source::Credential(index) => scheme.credentials.get(*index).is_some_and(|known| known.optional),
        Source::Fact(index) => scheme.facts.get(*index).is_some_and(|known| known.optional),
        Source::OptionalHeader(_) => true,
        _ => false,
    }
}

fn origin(scheme: &Scheme, plan: &Plan, field: &Assignment) -> (Origin, String) {
    let words = Words { scheme, plan };
    if cover(plan).is_some_and(|cover| is_same(cover.field, field)) {
        let text = format!(
            "Signature of the request: {}, see `Signature` in the introduction.",
            words.template(&field.template)
        );
        return (Origin::Signature, text);
    }
    match field.template.pieces.as_slice() {
        [Piece::Value { source: Source::Credential(index), filters, .. }] if filters.is_empty() => {
            let origin = if scheme.session() == Some(*index) { Origin::Session } else { Origin::Credential };
            (origin, scheme.credentials.get(*index).map(credential).unwrap_or_default())
        }
        [Piece::Value { source: Source::Clock(index), filters, .. }] if filters.is_empty() => {
            let format = plan.clocks.get(*index).map(|known| clock(&known.format)).unwrap_or_default();
            (Origin::Clock, format!("Time of the call: {format}."))
        }
        [Piece::Value { source: Source::Nonce(_), filters, .. }] if filters.is_empty() => {
            (Origin::Nonce, "Random text that no other call has.".to_owned())
        }
        _ => (Origin::Computed, format!("Computed: {}.", words.template(&field.template))),
    }
}

fn credential(credential: &Credential) -> String {
    let what = match credential.kind {
        CredentialKind::Id => "public, identifies the caller",
        CredentialKind::Token => "a token of the user for whom the call is made",
        CredentialKind::Secret | CredentialKind::PrivateKey => "secret",
    };
    format!("Credential {}: {what}.", code(&credential.name))
}

impl SystemField {
    /// Returns the name of the security scheme that describes the field, if one does.
    ///
    /// Viewers ask for these values once. Fields of a body cannot be security schemes.
    pub(super) fn security_name(&self) -> Option<String> {
        let is_elsewhere = matches!(self.location, Location::Query | Location::Headers);
        let is_credential = match self.origin {
            Origin::Credential => self.is_required,
            Origin::Session | Origin::Signature => true,
            _ => self.is_header("authorization"),
        };
        (is_elsewhere && is_credential).then(|| key(&self.name))
    }

    /// Returns the security scheme.
    pub(super) fn security_scheme(&self) -> Members {
        let place = if self.location == Location::Headers { "header" } else { "query" };
        let scheme = Members::new().with("type", "apiKey").with("in", place).with("name", &self.name);
        scheme.with("description", &self.description).with_some("x-computed", self.computed())
    }

    /// Whether OpenAPI describes the field elsewhere, or not at all.
    pub(super) fn is_left_out(&self) -> bool {
        NOT_PARAMETERS.iter().any(|name| self.is_header(name))
    }

    fn is_header(&self, name: &str) -> bool {
        self.location == Location::Headers && self.name.eq_ignore_ascii_case(name)
    }

    /// Whether requests of an API have the field, and whether they need it. `None` if they do not have it.
    pub(super) fn need(&self, session: SessionNeed) -> Option<bool> {
        match (&self.origin, session) {
            (Origin::Session, SessionNeed::None) => None,
            (Origin::Session, need) => Some(need == SessionNeed::Required),
            _ => Some(self.is_required),
        }
    }

    /// Returns the schema of the value, with its description, for requests of the API `api`.
    pub(super) fn schema(&self, api: &str) -> Members {
        let text = Members::new().with("type", "string");
        let schema = match &self.origin {
            Origin::Api => text.with("const", api),
            Origin::Constant(texts) => match texts.as_slice() {
                [only] => text.with("const", only),
                [first, ..] => {
                    let all: Vec<Node> = texts.iter().map(Node::from).collect();
                    text.with("enum", all).with("default", first)
                }
                [] => text,
            },
            _ => text,
        };
        schema.with("description", &self.description).with_some("x-computed", self.computed())
    }

    /// Returns what computes the value, for tools that complete requests.
    fn computed(&self) -> Option<&'static str> {
        match self.origin {
            Origin::Clock => Some("clock"),
            Origin::Nonce => Some("nonce"),
            Origin::Signature => Some("signature"),
            Origin::Computed => Some("template"),
            Origin::Api | Origin::Constant(_) | Origin::Credential | Origin::Session => None,
        }
    }
}
