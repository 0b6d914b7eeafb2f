//! The position of the check and its findings.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Place, SpecPath};

/// A node of the platform file.
#[derive(Clone)]
pub(super) struct Spot {
    file: FileId,
    path: SpecPath,
}

impl Spot {
    pub(super) fn new(file: FileId, path: SpecPath) -> Self {
        Self { file, path }
    }

    pub(super) fn key(&self, name: &str) -> Self {
        Self { file: self.file, path: self.path.key(name) }
    }

    pub(super) fn index(&self, index: usize) -> Self {
        Self { file: self.file, path: self.path.index(index) }
    }

    pub(super) fn value(&self) -> Place {
        Place::value(self.file, self.path.clone())
    }

    pub(super) fn name(&self) -> Place {
        Place::key(self.file, self.path.clone())
    }
}

/// The findings. A template that several variants share is checked once per variant and reported once.
#[derive(Default)]
pub(super) struct Report {
    found: Vec<Diagnostic>,
}

impl Report {
    pub(super) fn add(&mut self, diagnostic: Diagnostic) {
        if !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
    }

    /// Reports a word that is not one of `known`.
    pub(super) fn unknown_word<'a>(
        &mut self,
        place: Place,
        what: &str,
        word: &str,
        known: impl IntoIterator<Item = &'a str> + Clone,
    ) {
        let message = format!("unknown {what} {}", crate::diagnostic::quoted(word));
        let help = match crate::diagnostic::nearest(word, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("expected one of: {}", known.into_iter().collect::<Vec<_>>().join(", ")),
        };
        self.add(Diagnostic::new(Code::RecipeWord, place, message).help(help));
    }

    pub(super) fn has_errors(&self) -> bool {
        use crate::diagnostic::Severity;
        self.found.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
    }

    pub(super) fn give(self, diagnostics: &mut Diagnostics) {
        diagnostics.extend(self.found);
    }
}
