//! A checked signing scheme: every name resolved, every variant one straight list of statements.

use std::collections::BTreeSet;

pub use apograph_runtime::sign::{Location, NonceForm};

pub use super::terms::{Kind, Piece, RequestText, Secrecy, Source, Template};
use super::{Algorithm, Filter, Vector};
use crate::source::Place;

/// A platform's signature, checked.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Its name in the platform file.
    pub name: String,
    /// What a caller authenticates with, in order.
    pub credentials: Vec<Credential>,
    /// What every operation supplies, in order.
    pub facts: Vec<Fact>,
    /// The choices of signature.
    pub methods: Methods,
    /// Known answers; each came out right when the scheme was checked.
    pub vectors: Vec<Vector>,
    /// Where it is declared.
    pub origin: Place,
}

/// The choices of signature.
#[derive(Clone, Debug)]
pub enum Methods {
    /// There is only one way.
    Single(Plan),
    /// The caller chooses.
    Variants {
        /// The variants, in order; never empty.
        all: Vec<Variant>,
        /// Index of the variant of a new client.
        default: usize,
    },
}

/// A choice of signature.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name in the platform file.
    pub name: String,
    /// What it does.
    pub plan: Plan,
    /// Where it is declared.
    pub origin: Place,
}

/// What a signature does, in this order: clocks, nonces, puts, lets, places.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Texts written from the attempt's instant.
    pub clocks: Vec<Clock>,
    /// Values used once.
    pub nonces: Vec<NonceName>,
    /// Fields set before signing: query, then form, then headers.
    pub puts: Vec<Assignment>,
    /// The steps.
    pub lets: Vec<Let>,
    /// Fields set after signing.
    pub places: Vec<Assignment>,
}

/// A credential.
#[derive(Clone, Debug)]
pub struct Credential {
    /// Its name in the platform file.
    pub name: String,
    /// What it is.
    pub kind: CredentialKind,
    /// Whether a caller may lack it.
    pub optional: bool,
    /// Where it is declared.
    pub origin: Place,
}

/// What a credential is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialKind {
    /// Public: an application's key or number.
    Id,
    /// Sent, but nobody else's business: a session or access token.
    Token,
    /// Never sent.
    Secret,
}

/// A fact that operations supply.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its name, without `op.`.
    pub name: String,
    /// Whether an operation may lack it.
    pub optional: bool,
    /// Where it is declared.
    pub origin: Place,
}

/// A text written from the attempt's instant.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Its name in the platform file.
    pub name: String,
    /// How it is written.
    pub format: ClockFormat,
    /// Seconds added to the instant.
    pub plus: i64,
    /// Whether a request depends on it; only for comparing with vectors otherwise.
    pub used: bool,
    /// Where it is declared.
    pub origin: Place,
}

/// How an instant is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClockFormat {
    /// Unix seconds.
    Unix,
    /// By a strftime pattern.
    Pattern {
        /// The pattern.
        pattern: String,
        /// Seconds east of UTC.
        zone: i32,
    },
}

/// A value used once.
#[derive(Clone, Debug)]
pub struct NonceName {
    /// Its name in the platform file.
    pub name: String,
    /// Its form.
    pub form: NonceForm,
    /// Whether a request depends on it.
    pub used: bool,
    /// Where it is declared.
    pub origin: Place,
}

/// A field and the text it is set to.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// Where the field travels.
    pub location: Location,
    /// Its wire name.
    pub name: String,
    /// Its text. The field is left out if an optional value in it is absent.
    pub template: Template,
    /// Where it is declared.
    pub origin: Place,
}

/// A named step.
#[derive(Clone, Debug)]
pub struct Let {
    /// Its name in the platform file.
    pub name: String,
    /// What it does.
    pub step: Step,
    /// Text or bytes.
    pub kind: Kind,
    /// What may be shown of it.
    pub secrecy: Secrecy,
    /// Whether a request depends on it; only for comparing with vectors otherwise.
    pub used: bool,
    /// Where it is declared.
    pub origin: Place,
}

/// What a step does.
#[derive(Clone, Debug)]
pub enum Step {
    /// Fills a template.
    Text(Template),
    /// Chooses pairs, sorts them by name then value, and joins them.
    Pairs(PairsStep),
    /// A keyed digest.
    Hmac {
        /// The digest.
        algorithm: Algorithm,
        /// The key.
        key: Template,
        /// What is digested.
        over: Template,
    },
}

/// Chosen pairs, joined.
#[derive(Clone, Debug)]
pub struct PairsStep {
    /// Where they are taken from.
    pub from: Vec<Location>,
    /// Names to keep; a trailing `*` stands for any rest.
    pub only: Option<Vec<String>>,
    /// Names to leave out; a trailing `*` stands for any rest.
    pub except: Vec<String>,
    /// Whether blank names and values are left out.
    pub drop_empty: bool,
    /// Whether file parts are left out.
    pub drop_files: bool,
    /// What is written of each pair.
    pub item: Vec<ItemPiece>,
    /// What is written of a pair without a value, if that differs.
    pub item_empty: Option<Vec<ItemPiece>>,
    /// What stands between two items.
    pub separator: String,
}

/// A part of what is written of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemPiece {
    /// Text that stands for itself.
    Literal(String),
    /// The name.
    Key,
    /// The value.
    Value,
}

impl Scheme {
    /// Every plan with the name of its variant, in order.
    pub fn plans(&self) -> impl Iterator<Item = (Option<&str>, &Plan)> {
        let (single, all) = match &self.methods {
            Methods::Single(plan) => (Some((None, plan)), &[] as &[Variant]),
            Methods::Variants { all, .. } => (None, all.as_slice()),
        };
        single.into_iter().chain(all.iter().map(|variant| (Some(variant.name.as_str()), &variant.plan)))
    }

    /// Names of the facts that every operation must supply.
    pub fn operation_facts(&self) -> impl Iterator<Item = &str> {
        self.facts.iter().filter(|fact| !fact.optional).map(|fact| fact.name.as_str())
    }

    /// Names of the parameters that some variant sets in the query or the form: no request may have one of its own.
    pub fn parameter_names(&self) -> impl Iterator<Item = &str> {
        let fields = self.plans().flat_map(|(_, plan)| plan.puts.iter().chain(&plan.places));
        let parameters = fields.filter(|field| field.location != Location::Headers);
        parameters.map(|field| field.name.as_str()).collect::<BTreeSet<_>>().into_iter()
    }

    /// The credential that is the user's session: the one token, if there is exactly one.
    #[must_use]
    pub fn session(&self) -> Option<usize> {
        let mut tokens = self.credentials.iter().enumerate().filter(|(_, known)| known.kind == CredentialKind::Token);
        let (first, _) = tokens.next()?;
        tokens.next().is_none().then_some(first)
    }

    /// Whether calls can carry a user's session.
    #[must_use]
    pub fn has_token(&self) -> bool {
        self.session().is_some()
    }

    /// The runtime's features that the generated code needs: `hmac`, `md5`, `sha1`, `sha2`.
    #[must_use]
    pub fn runtime_features(&self) -> BTreeSet<&'static str> {
        self.plans().flat_map(|(_, plan)| plan.features()).collect()
    }
}

impl Plan {
    /// Every template that a request depends on.
    pub fn used_templates(&self) -> impl Iterator<Item = &Template> {
        let lets = self.lets.iter().filter(|step| step.used).flat_map(|step| step.step.templates());
        self.puts.iter().chain(&self.places).map(|field| &field.template).chain(lets)
    }

    /// Whether a request depends on this source.
    #[must_use]
    pub fn uses(&self, wanted: &Source) -> bool {
        self.used_templates().flat_map(Template::sources).any(|source| source == wanted)
    }

    fn features(&self) -> BTreeSet<&'static str> {
        let filters = self.used_templates().flat_map(|template| &template.pieces).flat_map(Piece::filters);
        let digests = filters.filter_map(|filter| match filter {
            Filter::Digest(algorithm) => Some(algorithm.feature()),
            _ => None,
        });
        let keyed = self.lets.iter().filter_map(|step| match &step.step {
            Step::Hmac { algorithm, .. } if step.used => Some(algorithm.feature()),
            _ => None,
        });
        let mut features: BTreeSet<_> = keyed.collect();
        if !features.is_empty() {
            features.insert("hmac");
        }
        features.extend(digests);
        features
    }
}

impl Step {
    /// The templates of the step.
    pub(crate) fn templates(&self) -> Vec<&Template> {
        match self {
            Self::Text(template) => vec![template],
            Self::Pairs(_) => Vec::new(),
            Self::Hmac { key, over, .. } => vec![key, over],
        }
    }
}
