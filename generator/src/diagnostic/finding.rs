//! Findings, collected over a run.

use super::code::{Code, Severity};
use crate::source::Place;

/// A finding: a code, what is wrong, where, and how to fix it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    pub(super) code: Code,
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) place: Option<Place>,
    pub(super) primary: Option<String>,
    pub(super) labels: Vec<(Place, String)>,
    pub(super) help: Vec<String>,
}

impl Diagnostic {
    /// Creates a finding at a place. Messages start in lower case and have no full stop at the end.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { place: Some(place), ..Self::general(code, message) }
    }

    /// Creates a finding about the run as a whole, which has no place.
    pub fn general(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            place: None,
            primary: None,
            labels: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Sets the label of the place itself.
    #[must_use]
    pub fn here(mut self, text: impl Into<String>) -> Self {
        self.primary = Some(text.into());
        self
    }

    /// Adds a related place, in the same file or another.
    #[must_use]
    pub fn label(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push((place, text.into()));
        self
    }

    /// Adds a line about what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Returns the stable code.
    pub fn code(&self) -> Code {
        self.code
    }

    /// Returns the severity: that of the code, unless the run denies the code.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Returns whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Returns what is wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns what to do, line by line.
    pub fn help_lines(&self) -> &[String] {
        &self.help
    }

    /// Returns the related places.
    pub fn related(&self) -> impl Iterator<Item = &Place> {
        self.labels.iter().map(|(place, _)| place)
    }

    /// Returns where it is wrong.
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }
}

/// All findings of a run, in the order of their discovery. [`render`](super::render()) sorts them by place.
#[derive(Clone, Default, Debug)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Creates an empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Removes the findings for which `keep` returns false.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// Turns all warnings with this code that are already in the list into errors.
    pub fn deny(&mut self, code: Code) {
        for diagnostic in self.list.iter_mut().filter(|diagnostic| diagnostic.code == code) {
            diagnostic.severity = Severity::Error;
        }
    }

    /// Returns whether the list contains an error.
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// Returns whether there are no findings.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns the number of findings of every severity.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns the number of errors.
    pub fn errors(&self) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.is_error()).count()
    }

    /// Returns the number of warnings.
    pub fn warnings(&self) -> usize {
        self.len() - self.errors()
    }

    /// Returns the findings in the order of their discovery.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: T) {
        self.list.extend(diagnostics);
    }
}
