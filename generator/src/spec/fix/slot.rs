//! Facts of a transcript, found by path, as text that can be read and set.

use crate::diagnostic::{nearest, quoted};
use crate::source::{Segment, SpecPath};
use crate::spec::{EndpointSpec, Entries, ErrorSpec, FieldSpec, NowSpec, ValueSpec};
use crate::terms::{BodyForm, DecimalText, FieldPlace, HttpMethod, Required, SessionNeed};

const API_FACTS: &[&str] =
    &["title", "description", "category", "method", "path", "body", "session", "rust_name", "deprecated", "idempotent"];
const API_GROUPS: &[&str] = &["request", "response", "errors", "statuses", "samples", "op", "envelope"];
const ENVELOPE_FACTS: &[&str] = &["status", "message", "root", "data"];
const ERROR_FACTS: &[&str] = &["code", "message", "solution"];
const FIELD_FACTS: &[&str] = &[
    "type",
    "items",
    "in",
    "required",
    "default",
    "example",
    "max_length",
    "max_items",
    "min",
    "max",
    "description",
    "values",
    "rust_name",
    "rust_type",
    "deprecated",
    "renamed_from",
    "log",
    "name",
    "nesting",
];

/// A fact that can be read and set.
pub(super) enum Slot<'a> {
    Text(&'a mut Option<String>),
    /// Cannot be removed.
    Fixed(&'a mut String),
    Number(&'a mut Option<u64>),
    Decimal(&'a mut Option<String>),
    Required(&'a mut Required),
    Method(&'a mut Option<HttpMethod>),
    Body(&'a mut Option<BodyForm>),
    Place(&'a mut Option<FieldPlace>),
    Session(&'a mut Option<SessionNeed>),
    Flag(&'a mut bool),
    /// `show`, or absent.
    Log(&'a mut bool),
    /// Written as a comma-separated list.
    Names(&'a mut Vec<String>),
    Entry(&'a mut Entries<String>, String),
    Values(&'a mut Entries<ValueSpec>),
}

/// Why a path does not lead to a fact.
#[derive(Debug)]
pub(super) struct NotFound {
    pub(super) reason: String,
    /// The part of the path that exists.
    pub(super) known: SpecPath,
    /// The path with its first unknown step corrected.
    pub(super) nearest: Option<SpecPath>,
    /// The valid next steps.
    pub(super) candidates: Vec<String>,
}

impl NotFound {
    /// `rest` begins with the unknown step.
    fn new(known: &SpecPath, rest: &[&Segment], candidates: Vec<String>) -> Self {
        let (reason, meant) = match rest {
            [Segment::Key(key), below @ ..] => {
                let meant = nearest(key, candidates.iter().map(String::as_str));
                let path = meant.map(|meant| known.key(meant).extend(below.iter().copied()));
                (format!("there is no {}", quoted(&known.key(key.as_str()).to_string())), path)
            }
            [Segment::Index(index), ..] => (format!("there is no {}", quoted(&known.index(*index).to_string())), None),
            [] => ("it is not a single value".into(), None),
        };
        Self { reason, known: known.clone(), nearest: meant, candidates }
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Maximum number of names that are suggested for an unknown one. The largest object seen so far has 130 fields.
const MOST_SUGGESTED: usize = 200;

fn names<V>(entries: &Entries<V>) -> Vec<String> {
    entries.names().take(MOST_SUGGESTED).map(str::to_owned).collect()
}

/// Finds the fact at a path of the transcript.
pub(super) fn find<'a>(spec: &'a mut EndpointSpec, path: &SpecPath) -> Result<Slot<'a>, NotFound> {
    let root = SpecPath::root();
    let segments = path.segments();
    let [Segment::Key(group), rest @ ..] = segments.as_slice() else {
        return Err(NotFound::new(&root, &segments, words(API_FACTS)));
    };
    let below = root.key(group.as_str());
    match group.as_str() {
        "request" => field_fact(&mut spec.request, &below, rest),
        "response" => field_fact(&mut spec.response, &below, rest),
        "errors" => error_fact(&mut spec.errors, &below, rest),
        "statuses" => entry(&mut spec.statuses, &below, rest),
        "samples" => entry(&mut spec.samples, &below, rest),
        "op" => entry(&mut spec.op, &below, rest),
        "envelope" => match rest {
            [Segment::Key(key)] if key == "status" => Ok(Slot::Names(&mut spec.envelope.status)),
            [Segment::Key(key)] if key == "message" => Ok(Slot::Names(&mut spec.envelope.message)),
            [Segment::Key(key)] if key == "root" => Ok(Slot::Text(&mut spec.envelope.root)),
            [Segment::Key(key)] if key == "data" => Ok(Slot::Text(&mut spec.envelope.data)),
            _ => Err(NotFound::new(&below, rest, words(ENVELOPE_FACTS))),
        },
        "api" | "source" | "doubts" => Err(NotFound {
            reason: "it describes how the page was read".into(),
            known: below,
            nearest: None,
            candidates: Vec::new(),
        }),
        _ if !rest.is_empty() => Err(NotFound::new(&root, &segments, words(API_GROUPS))),
        _ => api_fact(spec, group).ok_or_else(|| NotFound::new(&root, &segments, words(API_FACTS))),
    }
}

fn api_fact<'a>(spec: &'a mut EndpointSpec, key: &str) -> Option<Slot<'a>> {
    Some(match key {
        "title" => Slot::Text(&mut spec.title),
        "description" => Slot::Text(&mut spec.description),
        "category" => Slot::Text(&mut spec.category),
        "method" => Slot::Method(&mut spec.method),
        "path" => Slot::Text(&mut spec.path),
        "body" => Slot::Body(&mut spec.body),
        "session" => Slot::Session(&mut spec.session),
        "rust_name" => Slot::Text(&mut spec.rust_name),
        "deprecated" => Slot::Text(&mut spec.deprecated),
        "idempotent" => Slot::Flag(&mut spec.idempotent),
        _ => return None,
    })
}

fn entry<'a>(entries: &'a mut Entries<String>, at: &SpecPath, rest: &[&Segment]) -> Result<Slot<'a>, NotFound> {
    match rest {
        [Segment::Key(key)] => Ok(Slot::Entry(entries, key.clone())),
        _ => Err(NotFound::new(at, rest, names(entries))),
    }
}

fn error_fact<'a>(errors: &'a mut [ErrorSpec], at: &SpecPath, rest: &[&Segment]) -> Result<Slot<'a>, NotFound> {
    let rows = errors.len();
    let [Segment::Index(index), fact @ ..] = rest else { return Err(NotFound::new(at, rest, Vec::new())) };
    let Some(error) = errors.get_mut(*index) else {
        let reason = format!("the error table has {rows} rows, counted from 0");
        return Err(NotFound { reason, ..NotFound::new(at, rest, Vec::new()) });
    };
    match fact {
        [Segment::Key(key)] if key == "code" => Ok(Slot::Text(&mut error.code)),
        [Segment::Key(key)] if key == "message" => Ok(Slot::Text(&mut error.message)),
        [Segment::Key(key)] if key == "solution" => Ok(Slot::Text(&mut error.solution)),
        _ => Err(NotFound::new(&at.index(*index), fact, words(ERROR_FACTS))),
    }
}

fn field_fact<'a>(fields: &'a mut Entries<FieldSpec>, at: &SpecPath, rest: &[&Segment]) -> Result<Slot<'a>, NotFound> {
    let [Segment::Key(name), below @ ..] = rest else { return Err(NotFound::new(at, rest, names(fields))) };
    if fields.get(name).is_none() {
        return Err(NotFound::new(at, rest, names(fields)));
    }
    let Some(field) = fields.get_mut(name) else { return Err(NotFound::new(at, rest, Vec::new())) };
    let at = at.key(name.as_str());
    match below {
        [Segment::Key(key)] => fact(field, key).ok_or_else(|| NotFound::new(&at, below, words(FIELD_FACTS))),
        [Segment::Key(key), inner @ ..] if key == "fields" => field_fact(&mut field.fields, &at.key("fields"), inner),
        _ => Err(NotFound::new(&at, below, words(FIELD_FACTS))),
    }
}

fn fact<'a>(field: &'a mut FieldSpec, key: &str) -> Option<Slot<'a>> {
    Some(match key {
        "type" => Slot::Fixed(&mut field.type_word),
        "items" => Slot::Text(&mut field.items),
        "in" => Slot::Place(&mut field.place),
        "required" => Slot::Required(&mut field.required),
        "default" => Slot::Text(&mut field.default),
        "example" => Slot::Text(&mut field.example),
        "max_length" => Slot::Number(&mut field.max_length),
        "max_items" => Slot::Number(&mut field.max_items),
        "min" => Slot::Decimal(&mut field.min),
        "max" => Slot::Decimal(&mut field.max),
        "description" => Slot::Text(&mut field.description),
        "values" => Slot::Values(&mut field.values),
        "rust_name" => Slot::Text(&mut field.rust_name),
        "rust_type" => Slot::Text(&mut field.rust_type),
        "deprecated" => Slot::Text(&mut field.deprecated),
        "renamed_from" => Slot::Text(&mut field.renamed_from),
        "log" => Slot::Log(&mut field.log_shown),
        _ => return None,
    })
}

impl Slot<'_> {
    /// Returns the fact as text. `None` if it is absent.
    pub(super) fn get(&self) -> Option<String> {
        match self {
            Self::Text(text) | Self::Decimal(text) => (*text).clone(),
            Self::Fixed(text) => Some((*text).clone()),
            Self::Number(number) => number.map(|number| number.to_string()),
            Self::Required(required) => required.word().map(str::to_owned),
            Self::Method(method) => method.map(|method| method.word().to_owned()),
            Self::Body(body) => body.map(|body| body.word().to_owned()),
            Self::Place(place) => place.map(|place| place.word().to_owned()),
            Self::Session(session) => session.map(|session| session.word().to_owned()),
            Self::Flag(flag) => flag.then(|| "true".to_owned()),
            Self::Log(shown) => shown.then(|| "show".to_owned()),
            Self::Names(names) => (!names.is_empty()).then(|| names.join(", ")),
            Self::Entry(entries, key) => entries.get(key).cloned(),
            Self::Values(values) => (!values.is_empty()).then(|| values.names().collect::<Vec<_>>().join(", ")),
        }
    }

    /// Sets the fact, or removes it if `now` is `None`.
    ///
    /// # Errors
    ///
    /// What the value must be, as the end of a sentence that begins with the fact's path.
    pub(super) fn set(&mut self, now: Option<&NowSpec>) -> Result<(), String> {
        let text = match (now, &mut *self) {
            (Some(NowSpec::Values(new)), Self::Values(values)) if !new.is_empty() => {
                **values = new.clone();
                return Ok(());
            }
            (Some(_), Self::Values(_)) => return Err("must be a mapping: wire value → {name, doc}".into()),
            (Some(NowSpec::Values(_)), _) => return Err("must be text, not a mapping".into()),
            (Some(NowSpec::Text(text)), _) => Some(text.as_str()),
            (None, _) => None,
        };
        match self {
            Self::Text(slot) => **slot = text.map(str::to_owned),
            Self::Fixed(slot) => **slot = text.ok_or("cannot be removed")?.to_owned(),
            Self::Decimal(slot) => **slot = text.map(decimal).transpose()?,
            Self::Number(slot) => **slot = text.map(number).transpose()?,
            Self::Required(slot) => **slot = text.map_or(Ok(Required::No), required)?,
            Self::Method(slot) => {
                **slot = text.map(|text| word(HttpMethod::from_word(text), HttpMethod::WORDS)).transpose()?
            }
            Self::Body(slot) => {
                **slot = text.map(|text| word(BodyForm::from_word(text), BodyForm::WORDS)).transpose()?
            }
            Self::Place(slot) => {
                **slot = text.map(|text| word(FieldPlace::from_word(text), FieldPlace::WORDS)).transpose()?
            }
            Self::Session(slot) => {
                **slot = text.map(|text| word(SessionNeed::from_word(text), SessionNeed::WORDS)).transpose()?
            }
            Self::Flag(slot) => **slot = text.map_or(Ok(false), |text| mark(text, "true"))?,
            Self::Log(slot) => **slot = text.map_or(Ok(false), |text| mark(text, "show"))?,
            Self::Names(slot) => **slot = text.map_or_else(Vec::new, split),
            Self::Entry(entries, key) => match text {
                Some(text) => drop(entries.insert(key.as_str(), text.to_owned())),
                None => drop(entries.remove(key)),
            },
            Self::Values(values) => **values = Entries::new(),
        }
        Ok(())
    }
}

fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "must be a non-negative integer".to_owned())
}

fn decimal(text: &str) -> Result<String, String> {
    DecimalText::read(text).map(|_| text.to_owned()).ok_or_else(|| "must be a decimal number".to_owned())
}

fn required(text: &str) -> Result<Required, String> {
    Required::from_word(text).ok_or_else(|| "must be `true`, `unknown` or removed".to_owned())
}

fn mark(text: &str, set: &str) -> Result<bool, String> {
    if text == set { Ok(true) } else { Err(format!("must be `{set}` or omitted")) }
}

fn word<T>(value: Option<T>, words: &[&str]) -> Result<T, String> {
    value.ok_or_else(|| format!("must be one of {}", words.join(", ")))
}

fn split(text: &str) -> Vec<String> {
    text.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}
