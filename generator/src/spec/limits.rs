//! Maximum numbers of entries in a file. A file with more is not a transcript of a page, and everything that comes of it
//! (names, types, findings, generated code) would be too large to review.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Place, SpecPath};

use super::fix::FixFile;
use super::{EndpointSpec, Entries, FieldSpec, NowSpec, PlatformSpec};

/// Maximum number of fields of an API, request and response together. The largest of the 5,312 APIs of TOP has 629.
pub const MOST_FIELDS: usize = 10_000;

/// Maximum number of samples of an API. A page has at most eight.
pub const MOST_SAMPLES: usize = 100;

/// Maximum number of rows in a table of errors, and of statuses. No page seen so far has a hundred.
pub const MOST_ROWS: usize = 10_000;

/// Maximum number of fixes of an API: several for each field of the largest API.
pub const MOST_FIXES: usize = 5_000;

/// Maximum number of documented values of the fields of an API.
pub const MOST_VALUES: usize = 10_000;

/// Maximum number of environments, of families, of features and of own type words of a platform, and of parameters that it sets in one
/// place.
pub const MOST_OF_A_PLATFORM: usize = 1_000;

/// Returns whether a transcript keeps the limits, or reports the first entry above one.
pub(super) fn transcript(file: FileId, spec: &EndpointSpec, diagnostics: &mut Diagnostics) -> bool {
    keeps("a transcript", file, excess_of(spec), diagnostics)
}

/// Returns the limit that a transcript exceeds, `100 samples`: it could be written, but not read again.
pub(crate) fn exceeded(spec: &EndpointSpec) -> Option<String> {
    excess_of(spec).map(|(_, most, noun)| format!("{most} {noun}"))
}

fn excess_of(spec: &EndpointSpec) -> Option<Excess> {
    let root = SpecPath::root();
    let fields = || {
        let mut left = MOST_FIELDS;
        let sides = [("request", &spec.request), ("response", &spec.response)];
        sides.into_iter().find_map(|(side, fields)| excess_field(fields, &root.key(side), &mut left))
    };
    fields()
        .map(|path| (path, MOST_FIELDS, "fields"))
        .or_else(|| excess_entry(&spec.samples, &root.key("samples"), MOST_SAMPLES, "samples"))
        .or_else(|| excess_entry(&spec.statuses, &root.key("statuses"), MOST_ROWS, "statuses"))
        .or_else(|| {
            let above = spec.errors.len() > MOST_ROWS;
            above.then(|| (root.key("errors").index(MOST_ROWS), MOST_ROWS, "errors"))
        })
}

/// Returns whether a fix file keeps the limits, or reports the first entry above one.
pub(super) fn fixes(fixes: &FixFile, diagnostics: &mut Diagnostics) -> bool {
    let root = SpecPath::root();
    let above = fixes.entries.len() > MOST_FIXES;
    let excess = above.then(|| (root.index(MOST_FIXES), MOST_FIXES, "fixes"));
    let mut left = MOST_VALUES;
    let values = || {
        fixes.entries.iter().enumerate().find_map(|(index, fix)| {
            let Some(NowSpec::Values(values)) = &fix.now else { return None };
            let excess = values.names().nth(left);
            left = left.saturating_sub(values.len());
            excess.map(|name| (root.index(index).key("now").key(name), MOST_VALUES, "values"))
        })
    };
    keeps("a fix file", fixes.file, excess.or_else(values), diagnostics)
}

/// Returns whether a platform file keeps the limits, or reports the first entry above one.
pub(super) fn platform(file: FileId, spec: &PlatformSpec, diagnostics: &mut Diagnostics) -> bool {
    let root = SpecPath::root();
    let most = MOST_OF_A_PLATFORM;
    let parameters = root.key("request").key("parameters");
    let sets = &spec.request.parameters;
    let (errors, table) = (root.key("errors"), &spec.errors);
    let excess = excess_entry(&spec.environments, &root.key("environments"), most, "environments")
        .or_else(|| excess_entry(&spec.families, &root.key("families"), most, "families"))
        .or_else(|| excess_entry(&spec.features, &root.key("features"), most, "features"))
        .or_else(|| excess_entry(&spec.values.types, &root.key("values").key("types"), most, "type words"))
        .or_else(|| excess_entry(&sets.query, &parameters.key("query"), most, "parameters"))
        .or_else(|| excess_entry(&sets.form, &parameters.key("form"), most, "parameters"))
        .or_else(|| excess_entry(&sets.headers, &parameters.key("headers"), most, "parameters"))
        .or_else(|| excess_entry(&table.codes, &errors.key("codes"), MOST_ROWS, "errors"))
        .or_else(|| excess_entry(&table.sub_codes, &errors.key("sub_codes"), MOST_ROWS, "errors"))
        .or_else(|| excess_entry(&table.texts, &errors.key("texts"), MOST_ROWS, "errors"));
    keeps("a platform file", file, excess, diagnostics)
}

/// The path of the first entry above a limit, the limit, and a word for the entries.
type Excess = (SpecPath, usize, &'static str);

fn keeps(what: &str, file: FileId, excess: Option<Excess>, diagnostics: &mut Diagnostics) -> bool {
    let Some((path, most, noun)) = excess else { return true };
    let message = format!("{what} has more than {most} {noun}");
    diagnostics.push(Diagnostic::new(Code::TooLarge, Place::key(file, path), message).here("the first one too many"));
    false
}

fn excess_entry<V>(entries: &Entries<V>, at: &SpecPath, most: usize, noun: &'static str) -> Option<Excess> {
    entries.names().nth(most).map(|name| (at.key(name), most, noun))
}

/// Counts the fields down from `left`. Returns the path of the first field above the limit.
fn excess_field(fields: &Entries<FieldSpec>, at: &SpecPath, left: &mut usize) -> Option<SpecPath> {
    for (wire, field) in fields {
        let Some(less) = left.checked_sub(1) else { return Some(at.key(wire)) };
        *left = less;
        if !field.fields.is_empty()
            && let Some(path) = excess_field(&field.fields, &at.key(wire).key("fields"), left)
        {
            return Some(path);
        }
    }
    None
}
