//! Why a request has the signature that it has.

mod compare;
mod display;
#[cfg(test)]
mod equal_tests;
mod marked;
mod mask;
mod report;
mod source;
#[cfg(test)]
mod tests;

use core::fmt;

use zeroize::Zeroizing;

pub use compare::{Comparison, Encoding, Excerpt};

use self::mask::Masks;
use crate::show;
use crate::sign::Location;

/// How a request was signed: its parameters in order, the text to sign, the steps of the signature, and the request.
///
/// `Display` writes it for people. Secrets and tokens are replaced by their names (`<app_secret>`, `<session>`), but other
/// values are shown, and may be personal data; `Debug` shows names and lengths only. [`compare`](Self::compare) finds the
/// first difference to a text that another client signed.
pub struct SigningReport {
    method: String,
    /// The URL without its query.
    address: String,
    query: String,
    body: String,
    is_body_signed: bool,
    parameters: Vec<SentParameter>,
    steps: Vec<SigningStep>,
    /// Index of the step with the text to sign.
    signed: Option<usize>,
    /// The text to sign without masks, in parts: what may be shown, and secrets with their names. Never shown.
    signed_parts: Vec<SignedPart>,
    /// The pairs in the text to sign, in its order.
    items: Vec<Item>,
    masks: Masks,
    /// Names of the secrets and tokens of the platform, sent or not.
    confidential: Vec<String>,
    request: http::Request<Vec<u8>>,
}

/// A parameter or header as it is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct SentParameter {
    location: Location,
    name: String,
    value: String,
    coverage: Coverage,
}

/// Whether the signature covers a parameter.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Coverage {
    /// A change of the parameter changes the signature.
    Signed,
    /// The parameter can be changed without a new signature.
    Unsigned,
    /// The parameter is the signature itself.
    Signature,
}

/// A named step of the signature, in the order of the platform's recipe.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningStep {
    name: String,
    text: String,
}

/// A part of the text to sign.
struct SignedPart {
    text: Zeroizing<String>,
    /// Name of the secret that it is.
    mask: Option<String>,
}

/// A pair in the text to sign, with masks.
struct Item {
    name: String,
    value: String,
    /// Name and value in the format of the recipe.
    text: String,
}

impl SigningReport {
    /// Returns every parameter and header: what was put into the path, the query, the form, files, what was put into a JSON or XML
    /// body, and headers.
    pub fn parameters(&self) -> &[SentParameter] {
        &self.parameters
    }

    /// Returns the steps of the signature in their order.
    pub fn steps(&self) -> &[SigningStep] {
        &self.steps
    }

    /// Returns the text whose digest is the signature, exactly as it was signed except for masks. Bytes that are not text
    /// are in hexadecimal.
    pub fn text_to_sign(&self) -> Option<&str> {
        self.signed_step().map(SigningStep::text)
    }

    /// Returns the signature as it is sent.
    pub fn signature(&self) -> Option<&str> {
        let mut parameters = self.parameters.iter();
        parameters.find(|parameter| parameter.coverage == Coverage::Signature).map(SentParameter::value)
    }

    /// Whether the signature covers the body as a whole. The parameters of a form may be signed without it.
    pub fn is_body_signed(&self) -> bool {
        self.is_body_signed
    }

    /// Returns the signed request, which can be sent once.
    ///
    /// Do not log it: its URL, headers and body contain the session and other values without masks.
    pub fn request(&self) -> &http::Request<Vec<u8>> {
        &self.request
    }

    /// Returns the signed request without a copy; see [`request`](Self::request).
    pub fn into_request(self) -> http::Request<Vec<u8>> {
        self.request
    }

    fn signed_step(&self) -> Option<&SigningStep> {
        self.signed.and_then(|index| self.steps.get(index))
    }
}

impl SentParameter {
    /// Returns where it is sent.
    pub fn location(&self) -> Location {
        self.location
    }

    /// Returns its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns its value before it is encoded, with masks. Empty for a file.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Returns whether the signature covers it.
    pub fn coverage(&self) -> Coverage {
        self.coverage
    }
}

impl SigningStep {
    /// Returns its name in the platform's recipe.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns its text with masks, or its bytes in lower-case hexadecimal. A value that is as sensitive as a key is one mask.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for SigningReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningReport")
            .field("method", &self.method)
            .field("parameters", &self.parameters)
            .field("steps", &self.steps)
            .field("body_bytes", &self.request.body().len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for SentParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}: ", self.location, show::Line(&self.name))?;
        show::text(f, "Text", &self.value)
    }
}

impl fmt::Debug for SigningStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", show::Line(&self.name))?;
        show::text(f, "Text", &self.text)
    }
}
