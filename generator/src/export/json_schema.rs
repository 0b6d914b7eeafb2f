//! Documents of JSON Schema 2020-12: one for each platform with all types, and two for each API, whose roots are the request and
//! the answer.

use super::api::{Api, Home, Source};
use super::node::{Members, Node};
use super::schema::documented;
use super::{Format, answer};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
const DEFINITIONS: &str = "$defs";
/// The name of the platform's errors. Types of APIs have no hyphen in their names.
const ERROR: &str = "platform-error";

fn home(has_modules: bool) -> Home {
    Home { path: "#/$defs/", has_modules }
}

/// Returns the schemas of all types of a platform.
pub(super) fn of_platform(source: &Source<'_>, apis: &[Api<'_>]) -> Node {
    let home = home(true);
    let mut definitions = Members::new();
    for api in apis {
        let own = [request(source, api, home), answer_of(source, api, home)];
        own.into_iter().chain(source.definitions(api, home)).for_each(|(name, schema)| definitions.put(name, schema));
    }
    definitions.put(ERROR, answer::error(&source.platform.protocol, None));
    document(&source.platform.title, Members::new()).with(DEFINITIONS, definitions).into()
}

/// Returns the schemas of an API's request and of its answer.
pub(super) fn of_api(source: &Source<'_>, api: &Api<'_>) -> [Node; 2] {
    let home = home(false);
    let (request_name, request) = request(source, api, home);
    let (answer_name, answer) = answer_of(source, api, home);
    let types = source.definitions(api, home);
    let request_types = source.request_types(api, home);
    let used = request_types.used(documented(&request_types.side.root));
    let mut request_definitions = Members::new().with(&request_name, request);
    for id in used {
        request_definitions.put(home.name(api, &request_types.name(id)), request_types.definition(id));
    }
    let is_of_request = |name: &String| request_definitions.has(name);
    let mut answer_definitions = Members::new().with(&answer_name, answer);
    for (name, schema) in types.into_iter().filter(|(name, _)| !is_of_request(name)) {
        answer_definitions.put(name, schema);
    }
    answer_definitions.put(ERROR, answer::error(&source.platform.protocol, None));
    [(request_name, request_definitions), (answer_name, answer_definitions)].map(|(name, definitions)| {
        let root = Members::reference(format!("{}{name}", home.path));
        document(&api.endpoint.api, root).with(DEFINITIONS, definitions).into()
    })
}

fn document(title: &str, root: Members) -> Members {
    let head = Members::new().with("$schema", DIALECT).with(Format::JsonSchema.mark(), Format::JsonSchema.command());
    head.with_filled("title", title).and(root)
}

/// Returns the schema of an API's fields as one object, which is what `apograph sign --request` reads.
fn request(source: &Source<'_>, api: &Api<'_>, home: Home) -> (String, Node) {
    let types = source.request_types(api, home);
    let name = api.names.request.as_str();
    let schema = types.object(documented(&types.side.root), &types.rules);
    (home.name(api, name), Members::new().with("title", name).and(schema).into())
}

/// Returns the schema of an API's answers.
fn answer_of(source: &Source<'_>, api: &Api<'_>, home: Home) -> (String, Node) {
    let answer = source.answer(api, home);
    let error = answer.error.unwrap_or_else(|| Members::reference(format!("{}{ERROR}", home.path)));
    let schema = Members::new().with("anyOf", vec![answer.success, error]);
    (home.name(api, &format!("{}-answer", api.names.request)), schema.into())
}
