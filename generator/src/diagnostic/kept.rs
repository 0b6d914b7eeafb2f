//! Findings as data that a later run can show again.

use serde::{Deserialize, Serialize};

use super::code::Code;
use super::finding::Diagnostic;
use crate::source::{FileId, Part, Place, Position, SpecPath};

/// A finding, with paths of files in place of their ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptFinding {
    code: String,
    message: String,
    place: Option<KeptPlace>,
    primary: Option<String>,
    labels: Vec<(KeptPlace, String)>,
    help: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KeptPlace {
    file: String,
    at: KeptPosition,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum KeptPosition {
    Key(SpecPath),
    Value(SpecPath),
    Bytes(usize, usize),
    File,
}

impl KeptFinding {
    /// Returns a finding as data. `file` returns the path of a file by which a later run finds it; without one, there is none.
    pub(crate) fn of(finding: &Diagnostic, file: &dyn Fn(FileId) -> Option<String>) -> Option<Self> {
        let place = |place: &Place| {
            let at = match &place.at {
                Position::Path(path, Part::Key) => KeptPosition::Key(path.clone()),
                Position::Path(path, Part::Value) => KeptPosition::Value(path.clone()),
                Position::Bytes(range) => KeptPosition::Bytes(range.start, range.end),
                Position::File => KeptPosition::File,
            };
            Some(KeptPlace { file: file(place.file)?, at })
        };
        let labels = finding.labels.iter().map(|(at, text)| Some((place(at)?, text.clone())));
        Some(Self {
            code: finding.code.id().to_owned(),
            message: finding.message.clone(),
            place: match &finding.place {
                Some(at) => Some(place(at)?),
                None => None,
            },
            primary: finding.primary.clone(),
            labels: labels.collect::<Option<_>>()?,
            help: finding.help.clone(),
        })
    }

    /// Returns the finding. `file` returns the id of a file. `None` if there is no such code or file.
    pub(crate) fn finding(&self, file: &mut dyn FnMut(&str) -> Option<FileId>) -> Option<Diagnostic> {
        let code = *Code::ALL.iter().find(|code| code.id() == self.code)?;
        let place = self.place.as_ref().map(|place| place.restored(file));
        let labels = self.labels.iter().map(|(place, text)| Some((place.restored(file)?, text.clone())));
        let labels = labels.collect::<Option<_>>()?;
        let place = match place {
            Some(place) => Some(place?),
            None => None,
        };
        let (primary, help) = (self.primary.clone(), self.help.clone());
        Some(Diagnostic { place, primary, labels, help, ..Diagnostic::general(code, self.message.as_str()) })
    }

    /// Returns the path of the file that it is in.
    #[must_use]
    pub(crate) fn file(&self) -> Option<&str> {
        self.place.as_ref().map(|place| place.file.as_str())
    }

    /// Returns whether it has this code.
    #[must_use]
    pub(crate) fn is(&self, code: Code) -> bool {
        self.code == code.id()
    }
}

impl KeptPlace {
    fn restored(&self, file: &mut dyn FnMut(&str) -> Option<FileId>) -> Option<Place> {
        let file = file(&self.file)?;
        Some(match &self.at {
            KeptPosition::Key(path) => Place::key(file, path.clone()),
            KeptPosition::Value(path) => Place::value(file, path.clone()),
            KeptPosition::Bytes(start, end) => Place::bytes(file, *start..*end),
            KeptPosition::File => Place::file(file),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn a_finding_comes_back_as_it_was() {
        let mut sources = Sources::new();
        let (one, other) = (sources.add("s/one.yaml", "a: 1"), sources.add("s/other.yaml", "b: 2"));
        let path = SpecPath::root().key("a.b").index(3);
        let findings = [
            Diagnostic::new(Code::UnlikelyType, Place::value(one, path.clone()), "m").here("h").help("x").help("y"),
            Diagnostic::new(Code::UnlikelyType, Place::bytes(other, 1..3), "m").label(Place::key(one, path), "l"),
            Diagnostic::new(Code::UndeclaredFamily, Place::file(one), "m"),
            Diagnostic::general(Code::UnlikelyType, "m"),
        ];
        for finding in &findings {
            let kept = KeptFinding::of(finding, &|file| Some(sources.path(file).to_owned())).expect("known files");
            let text = serde_json::to_string(&kept).expect("JSON");
            let kept: KeptFinding = serde_json::from_str(&text).expect("a finding");
            assert_eq!(kept.finding(&mut |path| sources.find(path)).as_ref(), Some(finding));
        }
        assert_eq!(KeptFinding::of(&findings[0], &|_| None), None);
    }
}
