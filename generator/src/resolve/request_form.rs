//! The parts of a platform's request rules that decide where fields travel.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::model::Parameter;
use crate::recipe::{Scheme, parameter_problem};
use crate::source::{Place, SpecPath};
use crate::spec::PlatformSpecs;
use crate::terms::{BodyForm, ParameterPlace};

/// Reports a wrapper without a form, a root that is not an element, and patterns that match no name.
pub(super) fn check(specs: &PlatformSpecs, diagnostics: &mut Diagnostics) {
    let request = &specs.spec.request;
    let at = |key: &str| SpecPath::root().key("request").key(key);
    let mut report = |path: SpecPath, message: String, help: &str| {
        let finding = Diagnostic::new(Code::BadPlacement, Place::value(specs.file, path), message);
        diagnostics.push(if help.is_empty() { finding } else { finding.help(help) });
    };
    if let Some(wrapper) = &request.wrapper {
        if wrapper.trim().is_empty() {
            report(at("wrapper"), "the wrapper has no name".to_owned(), "");
        }
        if !matches!(request.body, BodyForm::Form | BodyForm::Multipart) {
            let body = request.body.word();
            let message = format!("the wrapper is a parameter of a form, but bodies are `{body}`");
            report(at("wrapper"), message, "remove it, or write `body: form`");
        }
    }
    if let Some(root) = request.xml_root.as_ref().filter(|root| !is_element(root)) {
        report(at("xml_root"), format!("{} is not the name of an XML element", quoted(root)), "");
    }
    let places = [("query", &request.places.query), ("headers", &request.places.headers)];
    for (key, patterns) in places {
        for (index, pattern) in patterns.iter().enumerate() {
            let name = pattern.strip_suffix('*').unwrap_or(pattern);
            let header = (key == "headers").then(|| parameter_problem(ParameterPlace::Headers, name)).flatten();
            let problem = match header {
                _ if name.trim().is_empty() => "matches every field",
                _ if name.contains('*') => "has a `*` that is not at its end",
                Some(problem) => problem,
                None => continue,
            };
            report(at("places").key(key).index(index), format!("{} {problem}", quoted(pattern)), "");
        }
    }
}

/// Whether XML allows an element of this name.
fn is_element(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// Reports a wrapper with the name of another parameter.
pub(super) fn check_unique(
    parameters: &[Parameter],
    scheme: &Scheme,
    specs: &PlatformSpecs,
    diagnostics: &mut Diagnostics,
) {
    let Some(wrapper) = &specs.spec.request.wrapper else { return };
    let common = parameters.iter().filter(|known| known.place != ParameterPlace::Headers);
    let mut names = common.map(|known| known.name.as_str()).chain(scheme.parameter_names());
    if names.any(|name| name == wrapper) {
        let place = Place::value(specs.file, SpecPath::root().key("request").key("wrapper"));
        let message = format!("{} has the name of a parameter that is set on every call", quoted(wrapper));
        diagnostics.push(Diagnostic::new(Code::ReservedParameter, place, message));
    }
}
