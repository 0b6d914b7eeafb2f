//! `README.md` of the generated package: what it is, its features, and a first call.

use super::feature::{self, Feature};
use super::{docs, example, platform};
use crate::model::{Model, Package};
use crate::names::Names;
use crate::render::markdown_banner;
use crate::terms::{FIXED_FEATURES, FULL, FixedFeature};

/// Returns `README.md`.
pub(super) fn file(model: &Model, names: &Names, is_embedded: bool) -> String {
    let package = &model.package;
    let lines = docs::paragraphs([
        vec![format!("# {}", package.name)],
        docs::prose(&package.description),
        usage(model, names),
        tests(model, names),
        vec!["## Features".to_owned()],
        features(model),
        behaviour(),
        vec![
            "## License".to_owned(),
            String::new(),
            format!("{}.{}", docs::code(&package.license), runtime(is_embedded)),
        ],
    ]);
    format!("{}\n{}\n", markdown_banner("specs/crate.yaml"), lines.join("\n"))
}

/// Returns the license of the runtime, if the package contains it.
fn runtime(is_embedded: bool) -> &'static str {
    if is_embedded {
        " The module `rt` has the license of apograph, whose texts are in `src/rt`: MIT or Apache-2.0."
    } else {
        ""
    }
}

/// How to depend on the package, and a first call if there is an API to call.
fn usage(model: &Model, names: &Names) -> Vec<String> {
    let Some(example) = example::pick(model, names) else { return Vec::new() };
    docs::paragraphs([
        vec!["## First call".to_owned()],
        dependency(&model.package, example.feature),
        example.lines(),
        DRIVERS.lines().map(str::to_owned).collect(),
    ])
}

/// The ways to send a request.
const DRIVERS: &str = "\
With the feature `async`, `into_async` creates an `AsyncClient` with the same methods. Without a transport, `Client`
itself works with any HTTP library, and does no I/O: `client.request(&call)` returns a signed `http::Request`, and
`client.answer(response)` decodes an `http::Response`.";

/// What the mock does.
const TESTING: &str = "\
Enable the feature `testing` in `[dev-dependencies]`: a `Mock` then answers calls in the process. Requests are signed,
sent and decoded as in production, and failures come in sequence, without waiting.";

/// How to test code that calls the APIs.
fn tests(model: &Model, names: &Names) -> Vec<String> {
    let Some(example) = example::pick(model, names) else { return Vec::new() };
    docs::paragraphs([
        vec!["## Tests of your code".to_owned()],
        TESTING.lines().map(str::to_owned).collect(),
        example.test_lines(),
    ])
}

/// Returns the lines of a manifest with which the first call compiles.
pub(super) fn dependency(package: &Package, feature: &str) -> Vec<String> {
    let Package { name, version, .. } = package;
    vec![
        "```toml".to_owned(),
        "[dependencies]".to_owned(),
        format!("# The path of this package; once it is published, `version = \"{version}\"`."),
        format!(
            "{name} = {{ path = \"generated\", default-features = false, features = [\"blocking\", \"{feature}\"] }}"
        ),
        "```".to_owned(),
    ]
}

/// What to do without the feature `system`.
const WITHOUT_SYSTEM: &str = "\
For `wasm32-unknown-unknown`, turn `system`, `async` and `blocking` off. `Client::with_sources` creates a client with a
clock and a source of nonces of your own.";

/// Returns the row of a feature that every generated crate has.
fn fixed_feature(feature: &FixedFeature) -> String {
    let default = if feature.is_default { "yes" } else { "no" };
    let more = if feature.includes_system { "; includes `system`" } else { "" };
    format!("| `{}` | {default} | {}{more} |", feature.name, feature.content)
}

/// Returns the table of features.
pub(super) fn features(model: &Model) -> Vec<String> {
    let defaults = &model.package.default_features;
    let mut lines = vec![
        "A family of APIs is compiled only with one of its features.".to_owned(),
        String::new(),
        "| feature | default | content |".to_owned(),
        "|---|---|---|".to_owned(),
    ];
    for feature in feature::all(&model.platforms) {
        let default = if defaults.iter().any(|default| default == feature.name) { "yes" } else { "no" };
        lines.push(format!("| {} | {default} | {} |", docs::code(feature.name), content(&feature)));
    }
    lines.push(format!("| `{FULL}` | no | all families of APIs |"));
    lines.extend(FIXED_FEATURES.iter().map(fixed_feature));
    lines.push(String::new());
    lines.extend(WITHOUT_SYSTEM.lines().map(str::to_owned));
    lines
}

/// `本地生活API: 1 API`
fn content(feature: &Feature<'_>) -> String {
    let title = feature.content(|title| docs::prose(title).join(" "));
    let apis = platform::count(feature.apis());
    if title.is_empty() { apis } else { format!("{title}: {apis}") }
}

/// Describes behaviour that could surprise callers.
fn behaviour() -> Vec<String> {
    let text = "\
## Requests and answers

* Every field is optional in the types. Required marks and limits are checked when a request is encoded, and all
  violations are reported at once; `Client::with_checks(Checks::Off)` turns the checks off.
* Decoding is lenient. Each deviation from the documented format is recorded as a coercion in `answer.coercions`.
* Documented value sets are open enums: a value that is not documented is kept as it is.
* `Debug` shows kinds and lengths instead of values, because requests and answers carry personal data.";
    text.lines().map(str::to_owned).collect()
}
