//! Checked signing schemes: every name is resolved, and every variant is a flat list of statements.

use std::collections::BTreeSet;

pub use apograph_runtime::sign::{KeyAlgorithm, Location, NonceForm};

pub use super::joined::{ItemPiece, JoinStep, PairOrder, PairsStep};
pub use super::resolved::{Kind, Piece, RequestText, Secrecy, Source, Template};
use super::{Algorithm, Filter, Vector, fields};
use crate::source::Place;
use crate::terms::ParameterPlace;

/// A platform's checked signing scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Its name in the platform file.
    pub name: String,
    /// The credentials of a caller, in order.
    pub credentials: Vec<Credential>,
    /// The facts that every operation provides, in order.
    pub facts: Vec<Fact>,
    /// The variants of the signature.
    pub methods: Methods,
    /// Fields set after signing that the platform compares without regard to upper and lower case. Only a server reads this.
    pub any_case: Vec<String>,
    /// Test vectors. The scheme passed all of them when it was checked.
    pub vectors: Vec<Vector>,
    /// Where it is declared.
    pub origin: Place,
}

/// The variants of the signature.
#[derive(Clone, Debug)]
pub enum Methods {
    /// There is only one plan.
    Single(Plan),
    /// The caller chooses a variant.
    Variants {
        /// The variants, in order; never empty.
        all: Vec<Variant>,
        /// Index of the variant that a new client uses.
        default: usize,
    },
}

/// A variant of the signature.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name in the platform file.
    pub name: String,
    /// Its plan.
    pub plan: Plan,
    /// Where it is declared.
    pub origin: Place,
}

/// The statements of a signature, in the order of the fields.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Texts made from the time of the attempt.
    pub clocks: Vec<Clock>,
    /// Nonces.
    pub nonces: Vec<NonceName>,
    /// Sets of pairs that are never sent, by name. [`Location::Set`] contains a position here.
    pub sets: Vec<String>,
    /// Fields set before signing, in the order of their locations.
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
    /// Its kind.
    pub kind: CredentialKind,
    /// Whether a caller may omit it.
    pub optional: bool,
    /// Where it is declared.
    pub origin: Place,
}

/// The kind of a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialKind {
    /// Public: an application's key or id.
    Id,
    /// Sent but confidential: a session or access token.
    Token,
    /// Never sent.
    Secret,
    /// Never sent, and only signed with.
    PrivateKey,
}

/// A fact that operations provide.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its name, without `op.`.
    pub name: String,
    /// Whether an operation may omit it.
    pub optional: bool,
    /// Where it is declared.
    pub origin: Place,
}

/// A text made from the time of the attempt.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Its name in the platform file.
    pub name: String,
    /// Its format.
    pub format: ClockFormat,
    /// Seconds to add to the time.
    pub plus: i64,
    /// Whether a request depends on it; only for comparing with vectors otherwise.
    pub used: bool,
    /// Where it is declared.
    pub origin: Place,
}

/// The format of a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClockFormat {
    /// Unix seconds.
    Unix,
    /// Unix milliseconds.
    UnixMillis,
    /// As in headers of HTTP: `Sun, 06 Nov 1994 08:49:37 GMT`.
    HttpDate,
    /// A strftime pattern.
    Pattern {
        /// The pattern.
        pattern: String,
        /// Seconds east of UTC.
        zone: i32,
    },
}

/// A nonce.
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

/// A field and its text.
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
    /// Its operation.
    pub step: Step,
    /// Text or bytes.
    pub kind: Kind,
    /// Whether it may be sent and shown.
    pub secrecy: Secrecy,
    /// Whether it is a digest of secrets alone, which reports never show.
    pub is_key: bool,
    /// Whether a request depends on it; only for comparing with vectors otherwise.
    pub used: bool,
    /// Where it is declared.
    pub origin: Place,
}

/// The operation of a step.
#[derive(Clone, Debug)]
pub enum Step {
    /// Fills a template.
    Text(Template),
    /// Selects pairs, filters, sorts and joins them.
    Pairs(PairsStep),
    /// Joins templates.
    Join(JoinStep),
    /// A public-key signature.
    PkSign {
        /// The algorithm.
        algorithm: KeyAlgorithm,
        /// Index of the credential with the private key.
        key: usize,
        /// The text to sign.
        over: Template,
    },
    /// A keyed digest.
    Hmac {
        /// The digest algorithm.
        algorithm: Algorithm,
        /// The key.
        key: Template,
        /// The text to digest.
        over: Template,
    },
}

impl Scheme {
    /// Returns every plan with the name of its variant, in order.
    pub fn plans(&self) -> impl Iterator<Item = (Option<&str>, &Plan)> {
        let (single, all) = match &self.methods {
            Methods::Single(plan) => (Some((None, plan)), &[] as &[Variant]),
            Methods::Variants { all, .. } => (None, all.as_slice()),
        };
        single.into_iter().chain(all.iter().map(|variant| (Some(variant.name.as_str()), &variant.plan)))
    }

    /// Returns the index of the variant with this name, or of the one that a new client uses. A scheme without variants has
    /// no names.
    #[must_use]
    pub fn variant(&self, name: Option<&str>) -> Option<usize> {
        match (&self.methods, name) {
            (Methods::Single(_), name) => name.is_none().then_some(0),
            (Methods::Variants { default, .. }, None) => Some(*default),
            (Methods::Variants { all, .. }, Some(name)) => all.iter().position(|variant| variant.name == name),
        }
    }

    /// Returns the names of the facts that every operation must provide.
    pub fn operation_facts(&self) -> impl Iterator<Item = &str> {
        self.facts.iter().filter(|fact| !fact.optional).map(|fact| fact.name.as_str())
    }

    /// Returns the names of the parameters that some variant sets in the path, query or body. No request may have such a
    /// field.
    pub fn parameter_names(&self) -> impl Iterator<Item = &str> {
        let is_parameter = |location| {
            matches!(location, Location::Path | Location::Query | Location::Form | Location::Json | Location::Xml)
        };
        let fields = self.plans().flat_map(|(_, plan)| plan.puts.iter().chain(&plan.places));
        let parameters = fields.filter(|field| is_parameter(field.location)).map(|field| field.name.as_str());
        parameters.collect::<BTreeSet<_>>().into_iter()
    }

    /// Returns the names of the placeholders in paths that some variant fills.
    pub fn path_names(&self) -> impl Iterator<Item = &str> {
        let fields = self.plans().flat_map(|(_, plan)| plan.puts.iter().chain(&plan.places));
        let in_path = fields.filter(|field| field.location == Location::Path).map(|field| field.name.as_str());
        in_path.collect::<BTreeSet<_>>().into_iter()
    }

    /// Returns what some variant sets, by place and name. A field may be there more than once.
    pub fn fields(&self) -> impl Iterator<Item = (ParameterPlace, &str)> {
        let fields = self.plans().flat_map(|(_, plan)| plan.puts.iter().chain(&plan.places));
        fields.filter_map(|field| Some((fields::place(field.location)?, field.name.as_str())))
    }

    /// Returns the index of the user's session: the token, if there is exactly one.
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

    /// Returns the runtime features that the generated code needs: `hmac`, `md5`, `rsa`, `sha1`, `sha2`.
    #[must_use]
    pub fn runtime_features(&self) -> BTreeSet<&'static str> {
        self.plans().flat_map(|(_, plan)| plan.features()).collect()
    }
}

impl Plan {
    /// Returns every template that a request depends on.
    pub fn used_templates(&self) -> impl Iterator<Item = &Template> {
        let lets = self.lets.iter().filter(|step| step.used).flat_map(|step| step.step.templates());
        self.puts.iter().chain(&self.places).map(|field| &field.template).chain(lets)
    }

    /// Whether a request depends on this source.
    #[must_use]
    pub fn uses(&self, wanted: &Source) -> bool {
        let is_key = |step: &Let| step.used && step.step.key().map(Source::Credential).as_ref() == Some(wanted);
        self.used_templates().flat_map(Template::sources).any(|source| source == wanted) || self.lets.iter().any(is_key)
    }

    fn features(&self) -> BTreeSet<&'static str> {
        let filters = self.used_templates().flat_map(|template| &template.pieces).flat_map(Piece::filters);
        let of_pairs = self.lets.iter().filter_map(|step| match &step.step {
            Step::Pairs(pairs) if step.used => Some(pairs.filters()),
            _ => None,
        });
        let filters = filters.chain(of_pairs.flatten());
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
        if self.lets.iter().any(|step| step.used && step.step.key().is_some()) {
            features.insert("rsa");
        }
        features.extend(digests);
        features
    }
}

impl Let {
    /// Returns the values that a report of the step masks by names of their own. A report only contains used steps, and
    /// masks a key by the name of its step.
    pub fn masked_pieces(&self) -> impl Iterator<Item = &Piece> {
        let templates = if self.used { self.step.templates() } else { Vec::new() };
        let is_text = matches!(self.step, Step::Text(_));
        let is_whole = |template: &Template| self.is_key && is_text && template.pieces.len() == 1;
        let templates = templates.into_iter().filter(|template| !is_whole(template));
        let mut masked: Vec<&Piece> = Vec::new();
        for piece in templates.flat_map(|template| &template.pieces) {
            if piece.mask().is_some() && !masked.iter().any(|known| known.mask() == piece.mask()) {
                masked.push(piece);
            }
        }
        masked.into_iter()
    }
}

impl Step {
    /// Returns the text that the step signs or digests with a key.
    pub(crate) fn over(&self) -> Option<&Template> {
        match self {
            Self::Hmac { over, .. } | Self::PkSign { over, .. } => Some(over),
            Self::Text(_) | Self::Pairs(_) | Self::Join(_) => None,
        }
    }

    /// Returns the index of the private key that the step signs with.
    pub(crate) fn key(&self) -> Option<usize> {
        match self {
            Self::PkSign { key, .. } => Some(*key),
            _ => None,
        }
    }

    /// Returns the templates of the step.
    pub(crate) fn templates(&self) -> Vec<&Template> {
        match self {
            Self::Text(template) => vec![template],
            Self::Pairs(_) => Vec::new(),
            Self::Join(join) => join.parts.iter().collect(),
            Self::PkSign { over, .. } => vec![over],
            Self::Hmac { key, over, .. } => vec![key, over],
        }
    }
}
