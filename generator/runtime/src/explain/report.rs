//! Makes a report of signed parts and the notes of the signing function.

use zeroize::Zeroizing;

use super::marked::{Content, Mark, Marked};
use super::mask::{Masks, mask};
use super::source::Sources;
use super::{Coverage, Item, SentParameter, SignedPart, SigningReport, SigningStep};
use crate::encode::Draft;
use crate::error::Error;
use crate::request::Unsigned;
use crate::secret::Secret;
use crate::sign::{Location, Noted, NotedSignature, NotedStep, Notes, Parts, StepForm, covers, same_name};

/// A signed request whose report is being made.
struct Explained<'a> {
    parts: &'a Parts,
    noted: Noted,
    masks: Masks,
    confidential: Vec<String>,
}

impl SigningReport {
    /// Makes the report of a request that a client has signed.
    pub(crate) fn new(
        mut unsigned: Unsigned<'_>,
        notes: Notes,
        secrets: &[(&str, Option<&Secret>)],
    ) -> Result<Self, Error> {
        let parts = unsigned.parts().clone();
        Ok(Explained::new(&parts, notes, secrets).report(unsigned.finish()?))
    }

    /// Makes the report of parts that have been signed without a client. Files have no bytes here.
    ///
    /// # Errors
    ///
    /// [`Error::Request`] unless the parts are a valid request.
    #[doc(hidden)]
    pub fn of_parts(parts: &Parts, notes: Notes, secrets: &[(&str, Option<&Secret>)]) -> Result<Self, Error> {
        Self::new(Unsigned::new(Draft { parts: parts.clone(), files: Vec::new(), is_multipart: false }), notes, secrets)
    }
}

impl<'a> Explained<'a> {
    fn new(parts: &'a Parts, notes: Notes, secrets: &[(&str, Option<&Secret>)]) -> Self {
        let noted = notes.into_noted();
        let mut masks = Masks::default();
        for (name, secret) in secrets {
            secret.iter().for_each(|secret| masks.add(name, secret.expose()));
        }
        for made in &noted.masks {
            match core::str::from_utf8(&made.value) {
                Ok(text) => masks.add(&made.name, text),
                Err(_) => masks.add_key(&made.name, &made.value),
            }
        }
        for step in &noted.steps {
            match step.form {
                StepForm::Key => masks.add_key(&step.name, &step.value),
                // A later step or field may encode it.
                StepForm::Text if masks.occur_in(&step.value) => masks.add_encoded(&step.name, &step.value),
                StepForm::Text | StepForm::Bytes => {}
            }
        }
        let confidential = secrets.iter().map(|(name, _)| (*name).to_owned()).collect();
        Self { parts, noted, masks, confidential }
    }

    /// Returns the report. `request` is made of the same parts.
    fn report(self, request: http::Request<Vec<u8>>) -> SigningReport {
        let parts = self.parts;
        let signed =
            self.signature().and_then(|known| self.noted.steps.iter().position(|step| step.name == known.text));
        SigningReport {
            method: parts.method().to_owned(),
            address: self.masks.masked(&parts.url()),
            query: self.encoded(Location::Query),
            body: self.body(request.body().len()),
            is_body_signed: self.covers(Location::Form, "*"),
            parameters: self.parameters(),
            steps: self.noted.steps.iter().enumerate().map(|(index, step)| self.step(index, step)).collect(),
            signed,
            signed_parts: signed.map(|index| self.signed_parts(index)).unwrap_or_default(),
            items: self.items(),
            masks: self.masks,
            confidential: self.confidential,
            request,
        }
    }

    fn signature(&self) -> Option<&NotedSignature> {
        self.noted.signature.as_ref()
    }

    fn parameters(&self) -> Vec<SentParameter> {
        let files = self.parts.files().iter().map(|name| (Location::Form, name.as_str(), ""));
        let [path, query, form, headers] =
            [Location::Path, Location::Query, Location::Form, Location::Headers].map(|location| self.fields(location));
        let parameter = |(location, name, value): (Location, &str, &str)| self.parameter(location, name, value);
        let members = self.parts.put_members().map(|(location, name, value)| self.parameter(location, name, &value));
        let before = path.chain(query).chain(form).chain(files).map(parameter);
        before.chain(members).chain(headers.map(parameter)).collect()
    }

    fn fields(&self, location: Location) -> impl Iterator<Item = (Location, &str, &str)> {
        self.parts.pairs(location).iter().map(move |(name, value)| (location, name.as_str(), value.as_str()))
    }

    fn sources(&self) -> Sources<'_> {
        Sources { noted: &self.noted, confidential: &self.confidential }
    }

    /// Returns the value of a field with its sources.
    fn value<'t>(&'t self, location: Location, name: &str, value: &'t str) -> Marked<'t> {
        let content = content(self.coverage(location, name, value));
        Marked { text: value, content, marks: self.sources().field(location, name, value) }
    }

    fn parameter(&self, location: Location, name: &str, value: &str) -> SentParameter {
        let coverage = self.coverage(location, name, value);
        let value = self.masks.shown(&self.value(location, name, value));
        SentParameter { location, name: self.masks.masked(name), value, coverage }
    }

    fn coverage(&self, location: Location, name: &str, value: &str) -> Coverage {
        let is_pair = || {
            self.noted.pairs.iter().any(|pair| pair.location == location && pair.name == name && *pair.value == value)
        };
        match self.signature() {
            Some(known) if known.location == location && same_name(location, &known.name, name) => Coverage::Signature,
            _ if is_pair() || self.covers(location, name) => Coverage::Signed,
            _ if is_member(location) && self.covers(Location::Form, "*") => Coverage::Signed,
            _ => Coverage::Unsigned,
        }
    }

    fn covers(&self, location: Location, name: &str) -> bool {
        let mut covered = self.signature().into_iter().flat_map(|known| &known.covers);
        covered.any(|(place, pattern)| *place == location && covers(pattern, location, name))
    }

    fn step(&self, index: usize, step: &NotedStep) -> SigningStep {
        let text = match (step.form, core::str::from_utf8(&step.value)) {
            (StepForm::Key, _) => mask(&step.name),
            (StepForm::Text, Ok(text)) => self.masks.shown(&self.text(index, text)),
            (StepForm::Bytes, _) | (StepForm::Text, Err(_)) => self.masks.masked_hex(&step.value),
        };
        SigningStep { name: step.name.clone(), text }
    }

    /// Returns the text of the step at this index with its sources.
    fn text<'t>(&'t self, index: usize, text: &'t str) -> Marked<'t> {
        let content = if self.is_signature(text) { Content::Digest } else { Content::Values };
        Marked { text, content, marks: self.sources().step(index) }
    }

    fn signed_parts(&self, index: usize) -> Vec<SignedPart> {
        let step = self.noted.steps.get(index).filter(|step| step.form == StepForm::Text);
        let text = step.and_then(|step| core::str::from_utf8(&step.value).ok()).unwrap_or_default();
        let parts = self.masks.segments(&self.text(index, text)).into_iter().map(|segment| SignedPart {
            text: Zeroizing::new(segment.text.to_owned()),
            mask: segment.mask.map(str::to_owned),
        });
        parts.collect()
    }

    fn is_signature(&self, text: &str) -> bool {
        self.signature().is_some_and(|known| self.parts.field(known.location, &known.name).as_deref() == Some(text))
    }

    /// Returns what the text to sign contains, in its order: its pairs, or else the fields that it covers.
    fn items(&self) -> Vec<Item> {
        let pairs = self.noted.pairs.iter().map(|pair| Item {
            name: self.masks.masked(&pair.name),
            value: self.masks.shown(&values(&pair.value, self.sources().field(pair.location, &pair.name, &pair.value))),
            text: self.masks.shown(&values(&pair.item, self.sources().item(pair))),
        });
        let mut items: Vec<Item> = pairs.collect();
        let fields =
            self.fields(Location::Query).chain(self.fields(Location::Form)).chain(self.fields(Location::Headers));
        for (location, name, value) in fields.filter(|(location, name, _)| self.covers(*location, name)) {
            let value = self.masks.shown(&values(value, self.sources().field(location, name, value)));
            items.push(Item { name: self.masks.masked(name), text: value.clone(), value });
        }
        items
    }

    /// Returns the pairs of a location as a form. Masks are not encoded.
    fn encoded(&self, location: Location) -> String {
        let mut shown = String::new();
        for (location, name, value) in self.fields(location) {
            shown.push_str(if shown.is_empty() { "" } else { "&" });
            self.push_encoded(&mut shown, &Marked::plain(Content::Values, name));
            shown.push('=');
            self.push_encoded(&mut shown, &self.value(location, name, value));
        }
        shown
    }

    fn push_encoded(&self, shown: &mut String, marked: &Marked<'_>) {
        for segment in self.masks.segments(marked) {
            match segment.mask {
                Some(name) => shown.push_str(&mask(name)),
                None => shown.extend(form_urlencoded::byte_serialize(segment.text.as_bytes())),
            }
        }
    }

    fn body(&self, length: usize) -> String {
        let parts = self.parts;
        match core::str::from_utf8(parts.body()) {
            _ if !parts.files().is_empty() => format!("(multipart form, {length} bytes)"),
            Ok("") => self.encoded(Location::Form),
            Ok(text) => self.masks.masked(text),
            Err(_) => format!("({length} bytes)"),
        }
    }
}

fn values<'a>(text: &'a str, marks: Vec<Mark<'a>>) -> Marked<'a> {
    Marked { text, content: Content::Values, marks }
}

/// Whether fields at this location are members of the body.
fn is_member(location: Location) -> bool {
    matches!(location, Location::Json | Location::Xml)
}

/// A short secret that occurs in a digest by chance is not masked there.
fn content(coverage: Coverage) -> Content {
    match coverage {
        Coverage::Signature => Content::Digest,
        Coverage::Signed | Coverage::Unsigned => Content::Values,
    }
}
