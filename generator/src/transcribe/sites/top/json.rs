//! The answer of TOP's own document service, `getDocument.json`, or its `data` alone.

use serde::Deserialize;
use serde_json::Value;

use crate::diagnostic::Code;
use crate::source::SpecPath;
use crate::spec::ErrorSpec;
use crate::terms::{About, Note, Required, SessionNeed};
use crate::transcribe::draft::Draft;
use crate::transcribe::field::{Field, filled};
use crate::transcribe::page::Page;
use crate::transcribe::row::Side;
use crate::transcribe::sites::top::{api, assemble};
use crate::transcribe::{Options, Refusal};

/// What surrounds the record.
#[derive(Deserialize)]
#[serde(expecting = "a response of the document service")]
struct Answer {
    success: Option<bool>,
    #[serde(rename = "errMsg")]
    message: Option<String>,
    data: Option<Record>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an API record")]
struct Record {
    name: Option<String>,
    api_chinese_name: Option<String>,
    description: Option<String>,
    labels: Option<Vec<Label>>,
    #[serde(default, deserialize_with = "present")]
    request_params: Option<Option<Vec<Parameter>>>,
    #[serde(default, deserialize_with = "present")]
    response_params: Option<Option<Vec<Parameter>>>,
    error_codes: Option<Vec<ErrorCode>>,
    rsp_sample_xml: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a label")]
struct Label {
    display_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a parameter")]
struct Parameter {
    name: Option<String>,
    #[serde(rename = "type")]
    type_word: Option<String>,
    required: Option<bool>,
    demo_value: Option<Value>,
    description: Option<String>,
    default_value: Option<Value>,
    max_length: Option<Value>,
    max_list_size: Option<Value>,
    min_value: Option<Value>,
    max_value: Option<Value>,
    file_ext: Option<Value>,
    sub_params: Option<Vec<Parameter>>,
}

#[derive(Deserialize)]
#[serde(expecting = "an error code")]
struct ErrorCode {
    #[serde(alias = "errorCode")]
    code: Option<Value>,
    #[serde(alias = "errorMsg", alias = "msg", alias = "description", alias = "errorDescription")]
    message: Option<String>,
    solution: Option<String>,
}

/// Distinguishes a key with the value `null` from a missing key.
fn present<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Reads a record.
pub(crate) fn read(page: &Page<'_>, options: &Options) -> Result<Draft, Refusal> {
    let record = record(page)?;
    let (Some(request), Some(response)) = (record.request_params, record.response_params) else {
        let message = "the JSON is not an API record: it lacks `requestParams` or `responseParams`";
        return Err(Refusal::new(Code::UnknownPage, page.start..page.start, message)
            .help("expected the response of getDocument.json, or its `data`"));
    };
    let named = record.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let Some(api) = options.api.as_deref().or(named) else {
        let message = "the record does not contain the API's name";
        return Err(Refusal::new(Code::NoApiName, page.start..page.start, message).help("give the name with --api"));
    };
    let api = named.map_or(api, |own| api::called(api, own));
    if let (Some(asked), Some(own)) = (options.api.as_deref(), named) {
        // The text contains the name literally, unless it is written with escapes.
        let at = page.start + page.text.find(own).unwrap_or_default();
        assemble::is_asked(asked, own, at..at)?;
    }
    let mut draft = Draft::new(super::JSON, page, api);
    if named.is_some_and(|own| own != api) {
        draft.doubt(SpecPath::root(), About::Name, Note::Ambiguous);
    }
    draft.spec.title = record.api_chinese_name.as_deref().and_then(filled);
    draft.spec.description = record.description.as_deref().and_then(filled);
    session(&mut draft, record.labels.as_deref().unwrap_or_default());
    draft.fields(Side::Request, fields(request.unwrap_or_default(), Side::Request))?;
    draft.fields(Side::Response, fields(response.unwrap_or_default(), Side::Response))?;
    for error in record.error_codes.unwrap_or_default() {
        let filled = |text: Option<String>| text.as_deref().and_then(filled);
        let (code, message) = (error.code.and_then(text), filled(error.message));
        draft.spec.errors.push(ErrorSpec { code, message, solution: filled(error.solution) });
    }
    if let Some(xml) = record.rsp_sample_xml.as_deref().and_then(filled) {
        draft.spec.samples.insert("response_xml", xml.replace("\r\n", "\n") + "\n");
    }
    Ok(draft)
}

fn record(page: &Page<'_>) -> Result<Record, Refusal> {
    let elements = page.text.trim_start().strip_prefix('[');
    if elements.is_some_and(|elements| elements.trim_start().starts_with('{')) {
        let message = "the JSON is an array, but a page is one API record";
        return Err(Refusal::new(Code::UnknownPage, page.start..page.start, message)
            .help("save each element of the array as a file of its own"));
    }
    let broken = |error: serde_json::Error| {
        let at = offset(page, error.line(), error.column());
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        Refusal::new(Code::BrokenJson, at..at, format!("this JSON cannot be parsed as an API record: {message}"))
            .help("expected the response of getDocument.json, or its `data`")
    };
    let answer: Answer = serde_json::from_str(page.text).map_err(broken)?;
    if answer.success == Some(false) {
        let reason = answer.message.as_deref().and_then(filled).map(|text| format!(": {text}")).unwrap_or_default();
        let message = format!("the document service reported a failure{reason}");
        return Err(Refusal::new(Code::ErrorPage, page.start..page.start, message).help("fetch the record again"));
    }
    match answer.data {
        Some(record) => Ok(record),
        None => serde_json::from_str(page.text).map_err(broken),
    }
}

/// The byte of a line and a column, both from 1.
fn offset(page: &Page<'_>, line: usize, column: usize) -> usize {
    let before: usize = page.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (before + column.saturating_sub(1)).min(page.text.len());
    while !page.text.is_char_boundary(at) {
        at -= 1;
    }
    page.start + at
}

/// Reads the label that states whether the call needs a user's authorisation.
fn session(draft: &mut Draft, labels: &[Label]) {
    let names = labels.iter().filter_map(|label| label.display_name.as_deref());
    let found: Vec<SessionNeed> = names.filter_map(|name| session_need(name.trim())).collect();
    draft.spec.session = Some(found.first().copied().unwrap_or(SessionNeed::Optional));
    match found.as_slice() {
        [_] => {}
        [] => draft.doubt(SpecPath::root(), About::Session, Note::LabelMissing),
        [first, more @ ..] if more.iter().all(|need| need == first) => {}
        _ => draft.doubt(SpecPath::root(), About::Session, Note::Repeated),
    }
}

fn session_need(label: &str) -> Option<SessionNeed> {
    match label {
        "必须用户授权" => Some(SessionNeed::Required),
        "可选用户授权" => Some(SessionNeed::Optional),
        "不需用户授权" | "无需用户授权" => Some(SessionNeed::None),
        _ => None,
    }
}

fn fields(parameters: Vec<Parameter>, side: Side) -> Vec<Field> {
    parameters.into_iter().map(|parameter| field(parameter, side)).collect()
}

fn field(parameter: Parameter, side: Side) -> Field {
    let word = parameter.type_word.as_deref().and_then(filled).map(|word| word.replace(" []", "[]"));
    let members = fields(parameter.sub_params.unwrap_or_default(), side);
    let mut field = Field {
        name: parameter.name.unwrap_or_default(),
        type_word: word.clone().unwrap_or_else(|| if members.is_empty() { "String" } else { "Object" }.to_owned()),
        default: parameter.default_value.and_then(text),
        example: parameter.demo_value.and_then(text),
        min: parameter.min_value.and_then(text),
        max: parameter.max_value.and_then(text),
        description: parameter.description.as_deref().and_then(filled),
        fields: members,
        ..Field::default()
    };
    field.max_length = parameter.max_length.and_then(text).and_then(|most| most.parse().ok());
    field.max_items = parameter.max_list_size.and_then(text).and_then(|most| most.parse().ok());
    field.accept_files(&parameter.file_ext.and_then(text).unwrap_or_default());
    if word.is_none() {
        field.doubt(About::Type, Note::ColumnEmpty);
    }
    if side == Side::Request {
        field.required = match parameter.required {
            Some(true) => Required::Yes,
            Some(false) => Required::No,
            None => Required::Unknown,
        };
        if parameter.required.is_none() {
            field.doubt(About::Required, Note::ColumnEmpty);
        }
    }
    field
}

/// A value as the page would show it.
fn text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => filled(&text),
        other => Some(other.to_string()),
    }
}
