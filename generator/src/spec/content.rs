//! Checks of a transcript that its schema cannot express.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::source::{FileId, Place, Segment, SpecPath};
use crate::terms::{About, Required};

use super::{DoubtSpec, EndpointSpec, Entries, FieldSpec};

/// Reports everything in a transcript that cannot come from a page.
pub(super) fn check_transcript(file: FileId, spec: &EndpointSpec, diagnostics: &mut Diagnostics) {
    let root = SpecPath::root();
    let mut report = |code, path: SpecPath, message: String| {
        diagnostics.push(Diagnostic::new(code, Place::value(file, path), message));
    };
    if spec.api.is_empty() {
        report(Code::WrongValue, root.key("api"), "the API name is empty".into());
    }
    if spec.source.sha256.as_ref().is_some_and(|digest| !is_sha256(digest)) {
        let message = "expected a SHA-256 digest: 64 lower-case hexadecimal digits".into();
        report(Code::WrongValue, root.key("source").key("sha256"), message);
    }
    let mut fields = Fields { file, found: Vec::new(), unknown: Vec::new() };
    fields.walk(&spec.request, &root.key("request"), false);
    fields.walk(&spec.response, &root.key("response"), true);
    diagnostics.extend(fields.found);
    check_doubts(file, spec, fields.unknown, diagnostics);
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

struct Fields {
    file: FileId,
    found: Vec<Diagnostic>,
    /// Fields marked `required: unknown`.
    unknown: Vec<SpecPath>,
}

impl Fields {
    fn report(&mut self, code: Code, place: Place, message: impl Into<String>, help: &str) {
        self.found.push(Diagnostic::new(code, place, message).help(help));
    }

    /// Checks the fields of an object. The reader of the file has limited how deep they are nested.
    fn walk(&mut self, fields: &Entries<FieldSpec>, above: &SpecPath, response: bool) {
        for (name, field) in fields {
            let path = above.key(name);
            if name.is_empty() {
                let place = Place::key(self.file, path.clone());
                self.report(Code::BadKey, place, "the field name is empty", "write the name that is used on the wire");
            }
            if field.type_word.trim().is_empty() {
                let place = Place::value(self.file, path.key("type"));
                self.report(
                    Code::WrongValue,
                    place,
                    "the type is empty",
                    "write the type word of the page, or a guess and a doubt",
                );
            }
            if response && !field.required.is_no() {
                let place = Place::value(self.file, path.key("required"));
                let help = "remove it: an answer is decoded even if fields are missing";
                self.report(Code::RequiredInResponse, place, "`required` is not allowed in a response field", help);
            } else if field.required == Required::Unknown {
                self.unknown.push(path.clone());
            }
            self.walk(&field.fields, &path.key("fields"), response);
        }
    }
}

fn check_doubts(file: FileId, spec: &EndpointSpec, unknown: Vec<SpecPath>, diagnostics: &mut Diagnostics) {
    let mut known = BTreeSet::new();
    for (index, doubt) in spec.doubts.iter().enumerate() {
        let place = |key: &str| Place::value(file, SpecPath::root().key("doubts").index(index).key(key));
        if !known.insert((&doubt.at, doubt.about)) {
            let message = format!("duplicate doubt about `{}` of {}", doubt.about.word(), subject(&doubt.at));
            diagnostics.push(Diagnostic::new(Code::BadDoubt, place("at"), message));
        }
        match target(spec, &doubt.at) {
            None => {
                let message = format!("the transcript has no {}", quoted(&doubt.at.to_string()));
                diagnostics.push(Diagnostic::new(Code::BadDoubt, place("at"), message).help(
                    "`at` is the path of a field, a row of `errors`, a status or a sample, or empty for the API itself",
                ));
            }
            Some(target) if !fits(target, doubt.about) => {
                let message = format!("a doubt about {} cannot be about `{}`", subject(&doubt.at), doubt.about.word());
                diagnostics.push(Diagnostic::new(Code::BadDoubt, place("about"), message));
            }
            Some(_) => {}
        }
    }
    for path in unknown.into_iter().filter(|path| !known.contains(&(path, About::Required))) {
        let message = format!("`{path}.required` is `unknown`, but there is no doubt about it");
        let place = Place::value(file, path.key("required"));
        let help = format!("add a doubt: `at: {path}`, `about: required` and a `note`");
        diagnostics.push(Diagnostic::new(Code::UndoubtedUnknown, place, message).help(help));
    }
}

fn subject(path: &SpecPath) -> String {
    if path.is_root() { "the API".into() } else { quoted(&path.to_string()) }
}

#[derive(Copy, Clone)]
enum Target {
    Api,
    Field,
    Error,
    Status,
    Sample,
}

/// Returns what a doubt's `at` refers to.
fn target(spec: &EndpointSpec, at: &SpecPath) -> Option<Target> {
    let key = |name: &str| Segment::Key(name.into());
    match at.segments().as_slice() {
        [] => Some(Target::Api),
        [list, Segment::Index(index)] if **list == key("errors") => spec.errors.get(*index).map(|_| Target::Error),
        [map, Segment::Key(name)] if **map == key("statuses") => spec.statuses.get(name).map(|_| Target::Status),
        [map, Segment::Key(name)] if **map == key("samples") => spec.samples.get(name).map(|_| Target::Sample),
        [side, rest @ ..] if **side == key("request") => field(&spec.request, rest),
        [side, rest @ ..] if **side == key("response") => field(&spec.response, rest),
        _ => None,
    }
}

fn field(fields: &Entries<FieldSpec>, path: &[&Segment]) -> Option<Target> {
    match path {
        [Segment::Key(name)] => fields.get(name).map(|_| Target::Field),
        [Segment::Key(name), Segment::Key(inner), rest @ ..] if inner == "fields" => {
            field(&fields.get(name)?.fields, rest)
        }
        _ => None,
    }
}

fn fits(target: Target, about: About) -> bool {
    match target {
        Target::Api => {
            let about_apis =
                [About::Name, About::Description, About::Session, About::Method, About::Path, About::Body, About::End];
            about_apis.contains(&about)
        }
        Target::Error => about == About::Error,
        Target::Status => about == About::Status,
        Target::Sample => about == About::Sample,
        Target::Field => {
            let about_fields = [
                About::Nesting,
                About::Required,
                About::Type,
                About::Name,
                About::Example,
                About::Description,
                About::Default,
                About::In,
            ];
            about_fields.contains(&about)
        }
    }
}

/// Whether a doubt's subject exists and has the fact in doubt.
pub(super) fn is_sound(spec: &EndpointSpec, doubt: &DoubtSpec) -> bool {
    target(spec, &doubt.at).is_some_and(|target| fits(target, doubt.about))
}
