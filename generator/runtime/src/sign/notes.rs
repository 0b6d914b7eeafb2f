//! Notes of a signing function: the value of each step and what the signature covers, for a
//! [`SigningReport`](crate::SigningReport).

use core::ops::Range;
use std::cell::RefCell;

use zeroize::Zeroizing;

use super::{Location, SecretBytes, SecretText};

/// The value of a step.
#[derive(Copy, Clone)]
pub enum StepValue<'a> {
    /// Text. It may contain secrets and tokens.
    Text(&'a str),
    /// Bytes that may be shown, such as a digest.
    Bytes(&'a [u8]),
    /// Bytes that are as sensitive as a key.
    Key(&'a [u8]),
}

impl<'a> From<&'a str> for StepValue<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for StepValue<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a SecretText> for StepValue<'a> {
    fn from(text: &'a SecretText) -> Self {
        Self::Text(text.expose())
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for StepValue<'a> {
    fn from(bytes: &'a [u8; N]) -> Self {
        Self::Bytes(bytes)
    }
}

impl<'a> From<&'a Vec<u8>> for StepValue<'a> {
    fn from(bytes: &'a Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl<'a> From<&'a SecretBytes> for StepValue<'a> {
    fn from(bytes: &'a SecretBytes) -> Self {
        Self::Key(bytes.expose())
    }
}

impl<'a> StepValue<'a> {
    /// Returns the value as one that is never shown.
    fn into_key(self) -> Self {
        match self {
            Self::Text(text) => Self::Key(text.as_bytes()),
            Self::Bytes(bytes) | Self::Key(bytes) => Self::Key(bytes),
        }
    }
}

/// What a signing function notes while it runs. Everything is zeroed on drop.
#[derive(Default)]
pub struct Notes(RefCell<Noted>);

#[derive(Default)]
pub(crate) struct Noted {
    pub(crate) steps: Vec<NotedStep>,
    /// Parts of steps that are made from secrets.
    pub(crate) masks: Vec<NotedStep>,
    /// What texts of steps are made of, by step.
    pub(crate) texts: Vec<(String, Vec<NotedPiece>)>,
    /// What fields with credentials are made of.
    pub(crate) fields: Vec<NotedField>,
    /// The pairs that the text to sign contains, in its order.
    pub(crate) pairs: Vec<NotedPair>,
    pub(crate) signature: Option<NotedSignature>,
}

pub(crate) struct NotedStep {
    pub(crate) name: String,
    pub(crate) value: Zeroizing<Vec<u8>>,
    pub(crate) form: StepForm,
    /// Indexes of the pairs that the step joins.
    pub(crate) pairs: Range<usize>,
}

/// A part of a text.
pub(crate) struct NotedPiece {
    /// Name of the credential, step or mask that it is. Empty for everything else.
    pub(crate) name: String,
    pub(crate) text: Zeroizing<String>,
}

/// A field that contains a credential.
pub(crate) struct NotedField {
    pub(crate) location: Location,
    pub(crate) name: String,
    pub(crate) pieces: Vec<NotedPiece>,
}

/// The kind of a [`StepValue`].
#[derive(Copy, Clone, PartialEq, Eq)]
pub(crate) enum StepForm {
    Text,
    Bytes,
    Key,
}

/// A pair as a text contains it.
pub(crate) struct NotedPair {
    pub(crate) location: Location,
    pub(crate) name: String,
    pub(crate) value: Zeroizing<String>,
    /// Name and value in the format of the recipe.
    pub(crate) item: Zeroizing<String>,
}

pub(crate) struct NotedSignature {
    pub(crate) location: Location,
    pub(crate) name: String,
    /// Name of the step with the text to sign.
    pub(crate) text: String,
    /// Fields that the text contains besides its pairs; a name may end in `*`.
    pub(crate) covers: Vec<(Location, String)>,
}

impl NotedStep {
    fn new(name: &str, value: StepValue<'_>) -> Self {
        let (bytes, form) = match value {
            StepValue::Text(text) => (text.as_bytes(), StepForm::Text),
            StepValue::Bytes(bytes) => (bytes, StepForm::Bytes),
            StepValue::Key(bytes) => (bytes, StepForm::Key),
        };
        Self { name: name.to_owned(), value: Zeroizing::new(bytes.to_vec()), form, pairs: 0..0 }
    }
}

fn noted_pieces(pieces: &[(&str, &str)]) -> Vec<NotedPiece> {
    let piece =
        |(name, text): &(&str, &str)| NotedPiece { name: (*name).to_owned(), text: Zeroizing::new((*text).to_owned()) };
    pieces.iter().map(piece).collect()
}

impl Notes {
    pub(crate) fn into_noted(self) -> Noted {
        self.0.into_inner()
    }

    pub(super) fn step(&self, name: &str, value: StepValue<'_>) {
        let mut noted = self.0.borrow_mut();
        let first = noted.steps.last().map_or(0, |step| step.pairs.end);
        let pairs = first..noted.pairs.len();
        noted.steps.push(NotedStep { pairs, ..NotedStep::new(name, value) });
    }

    pub(super) fn pieces(&self, step: &str, pieces: &[(&str, &str)]) {
        self.0.borrow_mut().texts.push((step.to_owned(), noted_pieces(pieces)));
    }

    pub(super) fn field(&self, location: Location, name: &str, pieces: &[(&str, &str)]) {
        let field = NotedField { location, name: name.to_owned(), pieces: noted_pieces(pieces) };
        self.0.borrow_mut().fields.push(field);
    }

    pub(super) fn mask(&self, name: &str, value: StepValue<'_>) {
        self.0.borrow_mut().masks.push(NotedStep::new(name, value));
    }

    pub(super) fn key(&self, name: &str, value: StepValue<'_>) {
        self.step(name, value.into_key());
    }

    pub(super) fn pair(&self, location: Location, name: &str, value: &str, item: &str) {
        let pair = NotedPair {
            location,
            name: name.to_owned(),
            value: Zeroizing::new(value.to_owned()),
            item: Zeroizing::new(item.to_owned()),
        };
        self.0.borrow_mut().pairs.push(pair);
    }

    pub(super) fn signature(&self, location: Location, name: &str, text: &str, covers: &[(Location, &str)]) {
        self.0.borrow_mut().signature = Some(NotedSignature {
            location,
            name: name.to_owned(),
            text: text.to_owned(),
            covers: covers.iter().map(|(location, name)| (*location, (*name).to_owned())).collect(),
        });
    }
}
