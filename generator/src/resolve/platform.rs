//! The platform file without its signature: gateways and protocol.

use apograph_runtime::{BaseUrlError, base_url};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::model::{DateFormat, Environment, Parameter, ParameterValue, Protocol, Retry};
use crate::recipe::{Scheme, parameter_problem};
use crate::source::{Place, SpecPath};
use crate::spec::{API_NAME, Entries, EnvironmentSpec, ParametersSpec, PlatformSpecs};
use crate::terms::ParameterPlace;

use super::{envelope_form, error_table, request_form};

/// Date format of a platform that declares none. It is the most common format on pages.
const COMMON_DATE: (&str, i32) = ("%Y-%m-%d %H:%M:%S", 8 * 3600);

/// How the platform speaks.
pub(super) fn protocol(specs: &PlatformSpecs, diagnostics: &mut Diagnostics) -> Option<Protocol> {
    let envelope = envelope_form::resolve(specs, diagnostics);
    let date = date(specs, diagnostics);
    let retry = retry(specs, diagnostics);
    let errors = error_table::resolve(specs, envelope.as_ref(), diagnostics);
    let request = &specs.spec.request;
    let values = &specs.spec.values;
    let parameters = parameters(&request.parameters);
    check_names(&parameters, specs, diagnostics);
    request_form::check(specs, diagnostics);
    Some(Protocol {
        body: request.body,
        content_type: request.content_type.clone(),
        parameters,
        blank: request.blank,
        scalar_lists: request.scalar_lists,
        wrapper: request.wrapper.clone(),
        xml_root: request.xml_root.clone(),
        signed_path: Vec::new(),
        keys: request.json_keys,
        date: date?,
        decimal: values.decimal,
        integer: values.integer,
        nulls: values.nulls,
        json: values.json,
        envelope: envelope?,
        request_id_header: specs.spec.response.request_id_header.clone(),
        retry,
        errors,
    })
}

pub(super) fn at(specs: &PlatformSpecs, keys: &[&str]) -> Place {
    Place::value(specs.file, keys.iter().fold(SpecPath::root(), |path, key| path.key(*key)))
}

fn parameters(spec: &ParametersSpec) -> Vec<Parameter> {
    let placed = |place: ParameterPlace, entries: &Entries<String>| {
        let value =
            |text: &str| if text == API_NAME { ParameterValue::Api } else { ParameterValue::Fixed(text.to_owned()) };
        let parameter = |(name, text): (&str, &String)| Parameter { place, name: name.to_owned(), value: value(text) };
        entries.iter().map(parameter).collect::<Vec<_>>()
    };
    let places = [
        (ParameterPlace::Query, &spec.query),
        (ParameterPlace::Form, &spec.form),
        (ParameterPlace::Headers, &spec.headers),
    ];
    places.into_iter().flat_map(|(place, entries)| placed(place, entries)).collect()
}

/// Reports common parameters that nothing but the client can set.
fn check_names(parameters: &[Parameter], specs: &PlatformSpecs, diagnostics: &mut Diagnostics) {
    for Parameter { place, name, .. } in parameters {
        if let Some(problem) = parameter_problem(*place, name) {
            diagnostics.push(about(Code::RecipeName, (*place, name), problem, specs));
        }
    }
}

/// Reports common parameters whose names the scheme or another one has. A gateway would choose between the two, and a fixed
/// session would be sent in place of a missing one.
pub(super) fn check_unique(
    parameters: &[Parameter],
    scheme: &Scheme,
    specs: &PlatformSpecs,
    diagnostics: &mut Diagnostics,
) {
    for (index, Parameter { place, name, .. }) in parameters.iter().enumerate() {
        let field = (*place, name.as_str());
        let mut before = parameters.iter().take(index).map(|other| (other.place, other.name.as_str()));
        let problem = if scheme.fields().any(|other| is_same(field, other)) {
            "has the name of a parameter that the signing scheme sets"
        } else if before.any(|other| is_same(field, other)) {
            "has the name of another common parameter"
        } else {
            continue;
        };
        diagnostics.push(about(Code::ReservedParameter, field, problem, specs));
    }
    request_form::check_unique(parameters, scheme, specs, diagnostics);
}

fn about(code: Code, (place, name): (ParameterPlace, &str), problem: &str, specs: &PlatformSpecs) -> Diagnostic {
    let path = SpecPath::root().key("request").key("parameters").key(place.word()).key(name);
    Diagnostic::new(code, Place::key(specs.file, path), format!("{} {problem}", quoted(name)))
}

/// Whether a gateway may take one parameter for the other. Query and form are often read as one.
fn is_same((place, name): (ParameterPlace, &str), (other_place, other): (ParameterPlace, &str)) -> bool {
    match [place, other_place].map(|place| place == ParameterPlace::Headers) {
        [true, true] => name.eq_ignore_ascii_case(other),
        [false, false] => name == other,
        _ => false,
    }
}

/// The gateways: at least one, each with a base URL that a client accepts.
pub(super) fn environments(specs: &PlatformSpecs, diagnostics: &mut Diagnostics) -> Vec<Environment> {
    if specs.spec.environments.is_empty() {
        let message = "the platform has no environment";
        diagnostics.push(Diagnostic::new(Code::BadEnvironment, at(specs, &["environments"]), message));
    }
    let mut environments = Vec::new();
    for (name, environment) in specs.spec.environments.iter() {
        diagnostics.extend(check_address(name, environment, specs));
        let EnvironmentSpec { url, insecure } = environment.clone();
        environments.push(Environment { name: name.to_owned(), url, insecure });
    }
    environments
}

/// Applies the rule of the runtime. `insecure` waives encryption, and must be necessary: a mark without effect would
/// hide a later change of the address to `http`.
fn check_address(name: &str, environment: &EnvironmentSpec, specs: &PlatformSpecs) -> Option<Diagnostic> {
    let url = quoted(&environment.url);
    let value = at(specs, &["environments", name]);
    let finding = |place: Place, message: String, help: &str| {
        Some(Diagnostic::new(Code::BadEnvironment, place, message).help(help))
    };
    match (base_url::check(&environment.url), environment.insecure) {
        (Ok(()), false) | (Err(BaseUrlError::Insecure), true) => None,
        (Ok(()), true) => finding(
            at(specs, &["environments", name, "insecure"]),
            format!("`insecure` has no effect, because {url} is encrypted or a loopback address"),
            "remove `insecure`",
        ),
        (Err(BaseUrlError::Insecure), false) => finding(
            value,
            format!("requests to {url} are not encrypted"),
            "write `https://…`; if the gateway has no such address, write `{url: 'http://…', insecure: true}`",
        ),
        (Err(error), _) => finding(
            value,
            format!("{url} is not a valid base URL: {error}"),
            "write `https://host/path`, without user name, query and fragment",
        ),
    }
}

fn date(specs: &PlatformSpecs, diagnostics: &mut Diagnostics) -> Option<DateFormat> {
    let Some(date) = &specs.spec.values.date else {
        let (pattern, offset_seconds) = COMMON_DATE;
        return Some(DateFormat { pattern: pattern.to_owned(), offset_seconds });
    };
    let pattern_works = crate::recipe::is_clock_pattern(&date.format);
    if !pattern_works {
        let message = format!("`{}` is not a valid strftime pattern", date.format);
        diagnostics.push(Diagnostic::new(Code::BadDate, at(specs, &["values", "date", "format"]), message));
    }
    let Some(offset_seconds) = crate::recipe::zone_offset(&date.zone) else {
        let message = format!("`{}` is not a fixed offset", date.zone);
        diagnostics.push(
            Diagnostic::new(Code::BadDate, at(specs, &["values", "date", "zone"]), message)
                .help("write an offset such as `+08:00`"),
        );
        return None;
    };
    pattern_works.then(|| DateFormat { pattern: date.format.clone(), offset_seconds })
}

fn retry(specs: &PlatformSpecs, diagnostics: &mut Diagnostics) -> Retry {
    let retry = &specs.spec.retry;
    Retry {
        codes: retry.codes.clone(),
        sub_codes: retry.sub_codes.clone(),
        except_sub_codes: retry.except_sub_codes.clone(),
        wait: retry.wait.as_deref().and_then(|wait| wait_around(wait, specs, diagnostics)),
    }
}

/// Splits the sentence that names the wait at its `{seconds}`.
fn wait_around(wait: &str, specs: &PlatformSpecs, diagnostics: &mut Diagnostics) -> Option<(String, String)> {
    match wait.split("{seconds}").collect::<Vec<_>>().as_slice() {
        [before, after] if !before.is_empty() => Some(((*before).to_owned(), (*after).to_owned())),
        _ => {
            let message = format!("`{wait}` does not contain `{{seconds}}` exactly once, after some other text");
            diagnostics.push(Diagnostic::new(Code::BadWait, at(specs, &["retry", "wait"]), message));
            None
        }
    }
}
