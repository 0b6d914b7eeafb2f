//! The envelope of a platform: one of three forms, and paths that lead somewhere.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::model::{Envelope, EnvelopeNames, HttpEnvelope, RootEnvelope, StatusEnvelope};
use crate::source::{Place, SpecPath};
use crate::spec::{HttpSpec, PathsSpec, PlatformSpecs, RootSpec, StatusSpec};

/// Resolves the envelope, and reports what is wrong with it.
pub(super) fn resolve(specs: &PlatformSpecs, diagnostics: &mut Diagnostics) -> Option<Envelope> {
    let spec = &specs.spec.response;
    let mut reader = Reader { specs, form: "", diagnostics };
    reader.header(spec.request_id_header.as_deref());
    match (&spec.envelope.root, &spec.envelope.status, &spec.envelope.http) {
        (Some(root), None, None) => reader.root(root),
        (None, Some(status), None) => Some(reader.status(status)),
        (None, None, Some(http)) => Some(reader.http(http)),
        _ => {
            reader.report(&[], "an envelope must have exactly one of `root`, `status` and `http`");
            None
        }
    }
}

/// The keys of members that all forms have.
const MEMBERS: [&str; 5] = ["message", "sub_code", "sub_message", "request_id", "beside"];

struct Reader<'a> {
    specs: &'a PlatformSpecs,
    /// The key of the form that is being read.
    form: &'static str,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn place(&self, keys: &[&str]) -> Place {
        let path = SpecPath::root().key("response").key("envelope");
        let path = if self.form.is_empty() { path } else { path.key(self.form) };
        Place::value(self.specs.file, keys.iter().fold(path, |path, key| path.key(*key)))
    }

    fn report(&mut self, keys: &[&str], message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(Code::BadEnvelope, self.place(keys), message));
    }

    fn header(&mut self, name: Option<&str>) {
        let Some(name) = name.filter(|name| http::HeaderName::from_bytes(name.as_bytes()).is_err()) else { return };
        let path = SpecPath::root().key("response").key("request_id_header");
        let message = format!("{} is not a valid name of a header", quoted(name));
        self.diagnostics.push(Diagnostic::new(Code::BadEnvelope, Place::value(self.specs.file, path), message));
    }

    fn root(&mut self, spec: &RootSpec) -> Option<Envelope> {
        self.form = "root";
        let (suffix, is_fixed) = match (&spec.suffix, &spec.name) {
            (Some(suffix), None) => (suffix, false),
            (None, Some(name)) => (name, true),
            _ => {
                self.report(&[], "an envelope with a root must have exactly one of `suffix` and `name`");
                return None;
            }
        };
        if suffix.is_empty() && is_fixed {
            self.report(&["name"], "the root has no name");
        }
        Some(Envelope::Root(RootEnvelope {
            strip: spec.strip.clone().unwrap_or_default(),
            suffix: suffix.clone(),
            is_fixed,
            error: spec.error.clone(),
            names: self.names(
                ("code", &spec.code),
                [&spec.message, &spec.sub_code, &spec.sub_message, &spec.request_id, &spec.beside],
                spec.data.as_deref(),
            ),
            success: spec.success.clone(),
        }))
    }

    fn status(&mut self, spec: &StatusSpec) -> Envelope {
        self.form = "status";
        if spec.success.is_empty() {
            self.report(&["success"], "no status means success");
        }
        Envelope::Status(StatusEnvelope {
            names: self.names(
                ("status", &spec.status),
                [&spec.message, &spec.sub_code, &spec.sub_message, &spec.request_id, &spec.beside],
                spec.data.as_deref(),
            ),
            success: spec.success.clone(),
            absent: spec.absent,
        })
    }

    fn http(&mut self, spec: &HttpSpec) -> Envelope {
        self.form = "http";
        Envelope::Http(HttpEnvelope {
            names: self.names(
                ("code", &spec.code),
                [&spec.message, &spec.sub_code, &spec.sub_message, &spec.request_id, &spec.beside],
                spec.data.as_deref(),
            ),
        })
    }

    /// The paths of the members that all forms have, in the order of [`MEMBERS`]. `code` is the key and the paths of the code.
    fn names(
        &mut self,
        (key, code): (&str, &PathsSpec),
        members: [&PathsSpec; MEMBERS.len()],
        data: Option<&str>,
    ) -> EnvelopeNames {
        let code = self.needed(key, code);
        let mut at = 0;
        let [message, sub_code, sub_message, request_id, beside] = members.map(|paths| {
            at += 1;
            self.paths(MEMBERS[at - 1], paths)
        });
        EnvelopeNames { code, message, sub_code, sub_message, request_id, beside, data: self.data(data) }
    }

    /// Paths of a member without which no error can be recognized.
    fn needed(&mut self, key: &str, spec: &PathsSpec) -> Vec<String> {
        if spec.is_empty() {
            self.report(&[key], format!("`{key}` contains no path"));
        }
        self.paths(key, spec)
    }

    fn paths(&mut self, key: &str, PathsSpec(paths): &PathsSpec) -> Vec<String> {
        for path in paths {
            let names = path.strip_prefix('/').unwrap_or(path);
            self.check(key, path, names);
        }
        paths.clone()
    }

    fn data(&mut self, path: Option<&str>) -> Option<String> {
        let path = path?;
        self.check("data", path, path);
        Some(path.to_owned())
    }

    fn check(&mut self, key: &str, path: &str, names: &str) {
        if names.split('.').any(|name| name.trim().is_empty() || name.contains('/')) {
            let message = if path.is_empty() {
                "the path is empty".to_owned()
            } else {
                format!("{} is not the path of a member", quoted(path))
            };
            let place = self.place(&[key]);
            self.diagnostics.push(
                Diagnostic::new(Code::BadEnvelope, place, message)
                    .help("write names with dots between them; `/` in front starts at the whole answer"),
            );
        }
    }
}
