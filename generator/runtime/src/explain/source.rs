//! Finds the credentials in a text by the sources that the signing function noted.

use super::marked::{Mark, Origin};
use crate::sign::{Location, Noted, NotedField, NotedPair, NotedPiece, StepForm, is_blank, same_name};

/// What is known about the sources of texts.
#[derive(Copy, Clone)]
pub(super) struct Sources<'a> {
    pub(super) noted: &'a Noted,
    /// Names of the secrets and tokens.
    pub(super) confidential: &'a [String],
}

impl<'a> Sources<'a> {
    /// Returns the credentials in the value of a field.
    pub(super) fn field(&self, location: Location, name: &str, value: &str) -> Vec<Mark<'a>> {
        let is_it = |known: &&NotedField| known.location == location && same_name(location, &known.name, name);
        let field = self.noted.fields.iter().rfind(is_it);
        field.map(|field| self.pieces(&field.pieces, value, self.noted.steps.len())).unwrap_or_default()
    }

    /// Returns the credentials in a pair as it is joined.
    pub(super) fn item(&self, pair: &NotedPair) -> Vec<Mark<'a>> {
        let marks = self.field(pair.location, &pair.name, &pair.value);
        // Formats have the value behind the name.
        match pair.item.rfind(pair.value.as_str()) {
            Some(at) => marks.into_iter().map(|mark| mark.moved(at)).collect(),
            None => Vec::new(),
        }
    }

    /// Returns the credentials in the text of the step at this index.
    pub(super) fn step(&self, index: usize) -> Vec<Mark<'a>> {
        let Some(step) = self.noted.steps.get(index) else { return Vec::new() };
        let Ok(text) = core::str::from_utf8(&step.value) else { return Vec::new() };
        match self.noted.texts.iter().rfind(|(name, _)| *name == step.name) {
            Some((_, pieces)) => self.pieces(pieces, text, index),
            None => self.joined(self.noted.pairs.get(step.pairs.clone()).unwrap_or_default(), text),
        }
    }

    /// Returns the credentials in joined pairs.
    fn joined(&self, pairs: &'a [NotedPair], text: &str) -> Vec<Mark<'a>> {
        let length: usize = pairs.iter().map(|pair| pair.item.len()).sum();
        let separators = text.len().saturating_sub(length);
        let separator = separators.checked_div(pairs.len().saturating_sub(1)).unwrap_or_default();
        let (mut marks, mut at) = (Vec::new(), 0);
        for pair in pairs {
            if text.get(at..at + pair.item.len()) != Some(pair.item.as_str()) {
                return Vec::new();
            }
            marks.extend(self.item(pair).into_iter().map(|mark| mark.moved(at)));
            at += pair.item.len() + separator;
        }
        marks
    }

    /// Returns the credentials in a text of these pieces. Only steps before this index can be among them. A text that has been
    /// changed since then has no marks.
    fn pieces(&self, pieces: &'a [NotedPiece], text: &str, before: usize) -> Vec<Mark<'a>> {
        let (mut marks, mut at) = (Vec::new(), 0);
        for piece in pieces {
            let end = at + piece.text.len();
            if text.get(at..end) != Some(piece.text.as_str()) {
                return Vec::new();
            }
            marks.extend(self.piece(piece, before).into_iter().map(|mark| mark.moved(at)));
            at = end;
        }
        if at == text.len() { marks } else { Vec::new() }
    }

    fn piece(&self, piece: &'a NotedPiece, before: usize) -> Vec<Mark<'a>> {
        let whole = |origin| vec![Mark { range: 0..piece.text.len(), origin }];
        let name = piece.name.as_str();
        if name.is_empty() || is_blank(&piece.text) {
            return Vec::new();
        }
        if self.confidential.iter().any(|known| known == name) {
            return whole(Origin::Secret(name));
        }
        let step = self.noted.steps.iter().take(before).rposition(|step| step.name == name);
        match step.and_then(|index| Some((index, self.noted.steps.get(index)?))) {
            Some((_, step)) if step.form == StepForm::Key => whole(Origin::Secret(name)),
            Some((index, step)) if *step.value == piece.text.as_bytes() => self.step(index),
            Some(_) => Vec::new(),
            None if self.noted.masks.iter().any(|mask| mask.name == name) => whole(Origin::Secret(name)),
            None => whole(Origin::Id),
        }
    }
}
