//! One transcript to one endpoint.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Endpoint, ErrorRow, Origin, Side, SideName};
use crate::source::{Place, SpecPath};
use crate::spec::{EndpointSpec, EndpointSpecs, PlatformSpec};
use crate::terms::{BodyForm, FileForm, SessionNeed};

use super::context::Context;
use super::envelope::{self, Opened};
use super::objects::{SideBuilder, TypeRules};
use super::placement;

/// Resolves one transcript. `stem` is the API's name without the prefix of its family.
pub(super) fn resolve(
    spec: &EndpointSpecs,
    stem: String,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Endpoint {
    check_path(spec, context, diagnostics);
    check_facts(spec, context, diagnostics);
    let EndpointSpec { api, title, description, source, .. } = &spec.spec;
    let names = envelope::own_names(&spec.spec);
    let opened = Opened::of(&spec.spec, context.protocol, &context.specs.spec.values.types);
    let request_spec = &context.specs.spec.request;
    let method = spec.spec.method.unwrap_or(request_spec.method);
    let body = spec.spec.body.filter(|body| *body != request_spec.body);
    let places = placement::resolve(spec, method, context, diagnostics);
    let rules = rules(&context.specs.spec, body);
    let [mut request, response] = sides(spec, &rules, &opened, diagnostics);
    placement::mark(&mut request, &places, method);
    Endpoint {
        api: api.clone(),
        stem,
        file_stem: spec.leaf.clone(),
        spec_path: format!("{}/{}/{}.yaml", context.specs.name, spec.family, spec.leaf),
        title: title.clone().unwrap_or_default(),
        description: description.clone().unwrap_or_default(),
        page: source.page.clone().unwrap_or_default(),
        method,
        path: spec.spec.path.clone().unwrap_or_default(),
        body,
        session: session(spec, context, diagnostics),
        root: opened.root,
        errors: error_rows(&spec.spec),
        statuses: spec.spec.statuses.iter().map(|(code, meaning)| (code.to_owned(), meaning.clone())).collect(),
        idempotent: spec.spec.idempotent,
        facts: spec.spec.op.iter().map(|(name, value)| (name.to_owned(), value.clone())).collect(),
        status_names: names.status.to_vec(),
        message_names: names.message.to_vec(),
        data: opened.data,
        deprecated: spec.spec.deprecated.clone(),
        rust_name: spec.spec.rust_name.clone().map(|name| (name, spec.value(&SpecPath::root().key("rust_name")))),
        request,
        response,
        origin: Origin::Spec(spec.value(&SpecPath::root().key("api"))),
    }
}

/// The rules for types, with the API's own form of the body.
fn rules(platform: &PlatformSpec, body: Option<BodyForm>) -> TypeRules<'_> {
    let has_files = matches!(body.unwrap_or(platform.request.body), BodyForm::Multipart | BodyForm::Raw);
    TypeRules {
        words: &platform.values.types,
        lists: platform.response.lists,
        files: has_files || platform.request.files == FileForm::Multipart,
    }
}

/// Resolves the fields of request and response.
pub(crate) fn sides(
    spec: &EndpointSpecs,
    rules: &TypeRules<'_>,
    opened: &Opened<'_>,
    diagnostics: &mut Diagnostics,
) -> [Side; 2] {
    let request = SideBuilder::new(spec, rules, SideName::Request, diagnostics).request(&spec.spec.request);
    [request, SideBuilder::new(spec, rules, SideName::Response, diagnostics).response(opened)]
}

/// Returns the session need. On platforms with a session token every transcript must state it; other platforms have no
/// token to send.
fn session(spec: &EndpointSpecs, context: &Context<'_>, diagnostics: &mut Diagnostics) -> SessionNeed {
    let has_token = context.scheme.has_token();
    match spec.spec.session {
        Some(SessionNeed::Optional | SessionNeed::Required) if !has_token => {
            let place = spec.value(&SpecPath::root().key("session"));
            diagnostics.push(Diagnostic::new(
                Code::NoSession,
                place,
                "the signature of this platform has no session token",
            ));
            SessionNeed::None
        }
        Some(need) => need,
        None if has_token => {
            diagnostics.push(
                Diagnostic::new(
                    Code::NoSession,
                    Place::file(spec.file),
                    "the transcript does not state whether a session is needed",
                )
                .help("add `session: none`, `optional` or `required`"),
            );
            SessionNeed::Optional
        }
        None => SessionNeed::None,
    }
}

fn error_rows(spec: &EndpointSpec) -> Vec<ErrorRow> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let row = |error: &crate::spec::ErrorSpec| ErrorRow {
        code: text(&error.code),
        message: text(&error.message),
        solution: text(&error.solution),
    };
    spec.errors.iter().map(row).collect()
}

/// A path is absolute, plain, and its placeholders are fields of the request or filled by the signature.
fn check_path(spec: &EndpointSpecs, context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(path) = &spec.spec.path else { return };
    let mut report = |message: String| {
        let place = spec.value(&SpecPath::root().key("path"));
        diagnostics.push(Diagnostic::new(Code::BadPath, place, message));
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/{}".contains(c);
    if !path.starts_with('/') || !path.chars().all(plain) || path.split('/').any(|step| step == "..") {
        report(format!(
            "`{path}` is not a valid path: it must start with `/` and contain neither `..` nor special characters"
        ));
        return;
    }
    for segment in path.split('/').filter(|segment| segment.contains(['{', '}'])) {
        let name = segment.strip_prefix('{').and_then(|open| open.strip_suffix('}')).unwrap_or_default();
        let is_signed = || context.scheme.path_names().any(|known| known == name);
        if spec.spec.request.get(name).is_none() && !is_signed() {
            report(format!("`{segment}` is not a field of the request"));
        }
    }
}

/// What the signature asks of every operation must be there.
fn check_facts(spec: &EndpointSpecs, context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for fact in context.scheme.operation_facts().filter(|fact| spec.spec.op.get(fact).is_none()) {
        diagnostics.push(
            Diagnostic::new(
                Code::MissingFact,
                Place::file(spec.file),
                format!("missing `op.{fact}`, which the signature of this platform needs"),
            )
            .help(format!("add to the fix file: `- at: op.{fact}`, `now: …`, `why: …`")),
        );
    }
}
