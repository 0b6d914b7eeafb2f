//! Fields that every call has, of the signature and of `request.parameters`, against the requests that have to carry them.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::recipe::{Assignment, Location, Scheme};
use crate::source::{Place, SpecPath};
use crate::spec::{API_NAME, EndpointSpecs, PlatformSpecs};
use crate::terms::{BodyForm, FieldPlace, HttpMethod, ParameterPlace, SessionNeed};

/// Reports fields that a request would lose, that would replace a field of the caller, or that would be sent as they are
/// written although they look like templates.
pub(super) fn check(specs: &PlatformSpecs, scheme: &Scheme, diagnostics: &mut Diagnostics) {
    check_texts(specs, diagnostics);
    check_bodies(specs, scheme, diagnostics);
    check_paths(specs, scheme, diagnostics);
    specs.endpoints.iter().for_each(|spec| check_members(spec, specs, scheme, diagnostics));
    check_token(specs, scheme, diagnostics);
}

/// Common parameters by place, name and text.
fn common(specs: &PlatformSpecs) -> impl Iterator<Item = (ParameterPlace, &str, &str)> {
    let all = &specs.spec.request.parameters;
    let places = [
        (ParameterPlace::Query, &all.query),
        (ParameterPlace::Form, &all.form),
        (ParameterPlace::Headers, &all.headers),
    ];
    places.into_iter().flat_map(|(place, entries)| entries.iter().map(move |(name, text)| (place, name, text.as_str())))
}

fn common_path(place: ParameterPlace, name: &str) -> SpecPath {
    SpecPath::root().key("request").key("parameters").key(place.word()).key(name)
}

/// Common parameters are fixed texts or the API's name, and headers have one line.
fn check_texts(specs: &PlatformSpecs, diagnostics: &mut Diagnostics) {
    for (place, name, text) in common(specs) {
        let at = Place::value(specs.file, common_path(place, name));
        if text != API_NAME
            && let Some(hole) = hole(text)
        {
            let message = format!(
                "{} would be sent as it is: a common parameter is fixed text or only `{API_NAME}`",
                quoted(hole)
            );
            let help = format!("use a template in the recipe: `put: {{{}: {{{name}: …}}}}`", place.word());
            diagnostics.push(Diagnostic::new(Code::RecipeUnknownName, at, message).help(help));
        } else if place == ParameterPlace::Headers && text.chars().any(|c| c.is_control() && c != '\t') {
            let message = "a header cannot contain a line break or another control character";
            diagnostics.push(Diagnostic::new(Code::RecipeTemplate, at, message));
        }
    }
}

/// Returns the first name in braces. Other braces may belong to JSON.
fn hole(text: &str) -> Option<&str> {
    text.match_indices('{').find_map(|(start, _)| {
        let inside = text.get(start + 1..)?;
        let end = inside.find('}')?;
        let name = inside.get(..end)?;
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.?|:".contains(c));
        is_name.then(|| text.get(start..start + end + 2)).flatten()
    })
}

/// A field that travels in the body.
struct InBody<'a> {
    name: &'a str,
    place: Place,
    /// Whether it is a common parameter: a request without a body has it in the query.
    is_common: bool,
    /// The form of the bodies that can have it.
    form: BodyForm,
}

impl InBody<'_> {
    /// Returns why a request has no place for the field.
    fn problem(&self, method: HttpMethod, body: BodyForm) -> Option<String> {
        let needed = match self.form {
            BodyForm::Json => "JSON",
            BodyForm::Xml => "XML",
            BodyForm::Form | BodyForm::Multipart | BodyForm::Raw => "a form",
        };
        if !method.has_body() {
            let nothing = if self.form == BodyForm::Form { "form" } else { "body" };
            return (!self.is_common)
                .then(|| format!("a request with the method `{}` has no {nothing}", method.word()));
        }
        let fits = self.form == body || (self.form == BodyForm::Form && body == BodyForm::Multipart);
        (!fits).then(|| format!("the body is `{}`, not {needed}", body.word()))
    }
}

/// The body in which a field of the signature travels.
fn body_of(location: Location) -> Option<BodyForm> {
    match location {
        Location::Form => Some(BodyForm::Form),
        Location::Json => Some(BodyForm::Json),
        Location::Xml => Some(BodyForm::Xml),
        Location::Path | Location::Query | Location::Headers | Location::Set(_) => None,
    }
}

fn in_body<'a>(specs: &'a PlatformSpecs, scheme: &'a Scheme) -> Vec<InBody<'a>> {
    let mut found: Vec<InBody<'a>> = Vec::new();
    for (field, form) in fields(scheme).filter_map(|field| Some((field, body_of(field.location)?))) {
        // Variants share fields.
        if !found.iter().any(|known| known.place == field.origin) {
            found.push(InBody { name: &field.name, place: field.origin.clone(), is_common: false, form });
        }
    }
    let parameters = common(specs).filter(|(place, ..)| *place == ParameterPlace::Form);
    found.extend(parameters.map(|(place, name, _)| {
        let place = Place::value(specs.file, common_path(place, name));
        InBody { name, place, is_common: true, form: BodyForm::Form }
    }));
    found
}

fn fields(scheme: &Scheme) -> impl Iterator<Item = &Assignment> {
    scheme.plans().flat_map(|(_, plan)| plan.puts.iter().chain(&plan.places))
}

/// Reports fields in a body that a request does not have: once if no request has it, or else for each request.
fn check_bodies(specs: &PlatformSpecs, scheme: &Scheme, diagnostics: &mut Diagnostics) {
    let fields = in_body(specs, scheme);
    let usual = (specs.spec.request.method, specs.spec.request.body);
    let own = |spec: &EndpointSpecs| (spec.spec.method.unwrap_or(usual.0), spec.spec.body.unwrap_or(usual.1));
    let mut reported: Vec<&EndpointSpecs> = Vec::new();
    for field in &fields {
        let without: Vec<(&EndpointSpecs, String)> = specs
            .endpoints
            .iter()
            .filter_map(|spec| field.problem(own(spec).0, own(spec).1).map(|problem| (spec, problem)))
            .collect();
        let of_all = match without.first() {
            Some((_, problem)) if without.len() == specs.endpoints.len() => Some(problem.clone()),
            None if specs.endpoints.is_empty() => field.problem(usual.0, usual.1),
            _ => None,
        };
        if let Some(problem) = of_all {
            let message = format!("{} would be lost: {problem}", quoted(field.name));
            diagnostics.push(
                Diagnostic::new(Code::BadPlacement, field.place.clone(), message)
                    .help("put it in the query or the headers"),
            );
            continue;
        }
        for (spec, problem) in without {
            if !reported.iter().any(|known| std::ptr::eq(*known, spec)) {
                reported.push(spec);
                diagnostics.push(without_body(spec, field, &problem));
            }
        }
    }
}

fn without_body(spec: &EndpointSpecs, field: &InBody<'_>, problem: &str) -> Diagnostic {
    let at = |key: &str| spec.value(&SpecPath::root().key(key));
    let place = match (spec.spec.method, spec.spec.body) {
        (Some(method), _) if !method.has_body() => at("method"),
        (_, Some(_)) => at("body"),
        _ => Place::file(spec.file),
    };
    let message = format!("this API cannot send {}: {problem}", quoted(field.name));
    let finding =
        Diagnostic::new(Code::BadPlacement, place, message).label(field.place.clone(), "put in the body here");
    finding.help("put it in the query or the headers")
}

/// Reports APIs whose path, below a base URL, lacks a placeholder that the signature fills.
fn check_paths(specs: &PlatformSpecs, scheme: &Scheme, diagnostics: &mut Diagnostics) {
    for name in scheme.path_names() {
        let hole = format!("{{{name}}}");
        if specs.spec.environments.iter().all(|(_, environment)| environment.url.contains(&hole)) {
            continue;
        }
        let origin = fields(scheme).find(|field| field.location == Location::Path && field.name == name);
        let without = |spec: &&EndpointSpecs| !spec.spec.path.as_deref().unwrap_or_default().contains(&hole);
        for spec in specs.endpoints.iter().filter(without) {
            let place = match spec.spec.path {
                Some(_) => spec.value(&SpecPath::root().key("path")),
                None => Place::file(spec.file),
            };
            let message = format!("the path has no placeholder `{hole}`, which the signature fills");
            let finding = Diagnostic::new(Code::BadPlacement, place, message);
            let label = |field: &Assignment| field.origin.clone();
            diagnostics.push(match origin.map(label) {
                Some(origin) => finding.label(origin, "set here"),
                None => finding,
            });
        }
    }
}

/// Reports members of a JSON or XML body with the name of one that the signature sets.
fn check_members(spec: &EndpointSpecs, specs: &PlatformSpecs, scheme: &Scheme, diagnostics: &mut Diagnostics) {
    let location = match spec.spec.body.unwrap_or(specs.spec.request.body) {
        BodyForm::Json => Location::Json,
        BodyForm::Xml => Location::Xml,
        BodyForm::Form | BodyForm::Multipart | BodyForm::Raw => return,
    };
    let path = spec.spec.path.as_deref().unwrap_or_default();
    let is_in_body = |wire: &str, place: Option<FieldPlace>| match place {
        None => !path.contains(&format!("{{{wire}}}")),
        Some(place) => place == FieldPlace::Body,
    };
    for (wire, _) in spec.spec.request.iter().filter(|(wire, field)| is_in_body(wire, field.place)) {
        if fields(scheme).any(|set| set.location == location && set.name == wire) {
            let place = Place::key(spec.file, SpecPath::root().key("request").key(wire));
            let message = format!("`{wire}` has the name of a parameter that is set on every call");
            diagnostics.push(Diagnostic::new(Code::ReservedParameter, place, message));
        }
    }
}

/// Reports a token that every caller must have, although an API needs no session.
fn check_token(specs: &PlatformSpecs, scheme: &Scheme, diagnostics: &mut Diagnostics) {
    let token = scheme.session().and_then(|index| scheme.credentials.get(index)).filter(|token| !token.optional);
    let without = specs.endpoints.iter().find(|spec| spec.spec.session == Some(SessionNeed::None));
    if let Some((token, spec)) = token.zip(without) {
        let message = format!("the token {} would be sent to APIs that need no session", quoted(&token.name));
        let finding = Diagnostic::new(Code::NoSession, token.origin.clone(), message);
        let finding = finding.label(spec.value(&SpecPath::root().key("session")), "an API without a session");
        diagnostics.push(finding.help(format!("let callers omit it: `optional: [{}]`", token.name)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_braces_are_templates() {
        assert_eq!(hole("a{b}c"), Some("{b}"));
        assert_eq!(hole("x.{api}"), Some("{api}"));
        assert_eq!(hole("{op.x?|md5|hex}"), Some("{op.x?|md5|hex}"));
        for text in ["", "{}", "{\"a\":1}", "{", "a}", "{1}", "[{}]"] {
            assert_eq!(hole(text), None, "{text}");
        }
    }
}
