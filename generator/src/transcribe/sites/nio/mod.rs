//! Pages of iTNIO: cards (I1), tables as text (I2), tables as pipes (I3, I4, I6), Chinese and English.

mod address;
mod cards;
mod cells;
mod flat;
mod outline;
mod statuses;
mod words;

use crate::transcribe::sample::Tree;
use address::{Address, Head};
use outline::{Form, Outline, Table};
use statuses::Status;
use words::Part;

pub(crate) use outline::sign;

use crate::diagnostic::Code;
use crate::source::SpecPath;
use crate::terms::{About, HttpMethod, Note, Required};
use crate::transcribe::draft::Draft;
use crate::transcribe::field::{Field, filled};
use crate::transcribe::nest::rows::{self, Evidence};
use crate::transcribe::nest::settle::{Settling, Shows};
use crate::transcribe::page::Page;
use crate::transcribe::row::{Row, Side};
use crate::transcribe::sample::calls::{self, Call, code};
use crate::transcribe::sample::json::{self, Json, Sample, State};
use crate::transcribe::sampled::{Sampled, Source};
use crate::transcribe::{Options, Refusal, path};

/// Maximum rows of a table. The largest table seen so far has about 75.
const MOST_ROWS: usize = 300;
/// Reads a page.
pub(crate) fn read(page: &Page<'_>, options: &Options) -> Result<Draft, Refusal> {
    let parts = Outline::read(page)?;
    check(page, &parts)?;
    let calls = calls::read(&parts.call);
    let head = Head::read(&parts.head);
    let mut address = Address::read(&head, &calls, options.api.as_deref());
    let api = api(page, &parts, options, &mut address)?;
    let samples = Samples::new(&parts, &calls, address.method);
    let request = request(&parts.request, &samples, &mut address)?;
    let response = response(&parts, &samples)?;
    let mut draft = Draft::new(layout(&parts), page, &api);
    draft.spec.title = filled(&head.title);
    draft.spec.description = filled(&head.description);
    draft.spec.category = filled(&head.category);
    draft.spec.method = address.method;
    draft.spec.path = address.path;
    for (about, note) in address.doubts.into_iter().chain(head.doubt.map(|note| (About::Description, note))) {
        draft.doubt(SpecPath::root(), about, note);
    }
    draft.fields(Side::Request, request.fields)?;
    draft.fields(Side::Response, response.fields)?;
    statuses(&mut draft, &parts)?;
    // Only headers show what the table has no row for.
    let mut headers_doubt = (request.sample_only && samples.bodies.is_empty()).then_some(Note::SampleOnly);
    for call in calls.iter().filter(|call| !call.text.is_empty()) {
        draft.sample("request_headers", &call.text, headers_doubt.take());
    }
    put(&mut draft, "request_json", &samples.bodies, request.sample_only);
    codes(&mut draft, &parts);
    put(&mut draft, "response_json", &samples.answers, response.sample_only);
    if !has_end(&parts, &samples) {
        draft.doubt_end(Note::LabelMissing);
    }
    Ok(draft)
}

/// Whether a page ends where pages of this kind do: below it comes what belongs to the site, or its last section, the sample
/// answer behind the code, is whole.
fn has_end(parts: &Outline<'_>, samples: &Samples) -> bool {
    let is_whole = |answer: &Sample| answer.state != State::Broken;
    match parts.last {
        Part::End => true,
        Part::Answer => !parts.codes.is_empty() && samples.answers.last().is_some_and(is_whole),
        _ => false,
    }
}

/// Adds the statuses.
fn statuses(draft: &mut Draft, parts: &Outline<'_>) -> Result<(), Refusal> {
    let mut lines = parts.statuses.as_slice();
    if let Some((_, whole)) = lines.split_last().filter(|_| parts.is_cut_in(Part::Statuses)) {
        lines = whole;
    }
    let mut rows = statuses::read(lines)?;
    if let Some(last) = rows.last_mut().filter(|_| parts.last == Part::Statuses) {
        last.doubt = last.doubt.or(Some(Note::PageCut));
    }
    for Status { code, meaning, doubt } in rows {
        draft.status(code, meaning, doubt);
    }
    Ok(())
}

/// Rejects callback pages and incomplete pages.
fn check(page: &Page<'_>, parts: &Outline<'_>) -> Result<(), Refusal> {
    let heads = parts.head.iter().chain(&parts.call);
    if let Some(line) = heads.into_iter().find(|line| words::is_push(line.text)) {
        let message = "this is a callback API (it names a push or callback address); callbacks are not supported";
        return Err(Refusal::new(Code::NotRead, line.bytes(), message).help("expected an API with a request address"));
    }
    let has_request = parts.has_request || parts.request.at.is_some() || !parts.call.is_empty();
    let has_response = !parts.response.lines.is_empty() || !parts.answer.is_empty();
    let missing = match (has_request, has_response) {
        (false, _) => "request parameters and no sample call",
        (_, false) => "response parameters",
        _ => return Ok(()),
    };
    let at = page.start + page.text.len();
    let message = format!("the page has no {missing}");
    Err(Refusal::new(Code::PageCut, at..at, message).help("copy the page again, from its title to its status codes"))
}

/// The API's name, and its path if no address shows it.
fn api(page: &Page<'_>, parts: &Outline<'_>, options: &Options, address: &mut Address) -> Result<String, Refusal> {
    let line = parts.request.at.or(parts.response.at).or_else(|| parts.head.first().copied());
    let at = line.map_or(page.start..page.start, |line| line.bytes());
    let derived = address.path.as_deref().and_then(path::api_name);
    if let Some(api) = &options.api {
        if let Some(own) = derived.filter(|own| !address.fits(own, api)) {
            let message = format!("the page documents `{own}` according to its address, not `{api}`");
            return Err(Refusal::new(Code::OtherApi, at, message)
                .help("give the API that the page documents with --api, or leave --api out"));
        }
        if !address.path.as_deref().is_some_and(address::is_plain) {
            address.doubts.retain(|(about, _)| *about != About::Path);
            address.path = Some(address::path_of(api));
            address.doubts.push((About::Path, Note::Derived));
        }
        return Ok(api.clone());
    }
    if let Some(api) = derived {
        if address.doubts.iter().any(|(about, note)| *about == About::Path && *note != Note::SampleOnly) {
            address.doubts.push((About::Name, Note::Ambiguous));
        }
        return Ok(api);
    }
    let message = "the page does not contain the API's address, from which its name is derived";
    Err(Refusal::new(Code::NoApiName, at, message)
        .help("give the name with --api: the path with dots, such as `depot.crate.send`"))
}

fn layout(parts: &Outline<'_>) -> &'static str {
    let forms = [&parts.request, &parts.response].map(|table| (table.form(), table.at.is_some()));
    if forms.contains(&(Form::Pipes, true)) {
        "nio-pipes"
    } else if parts.request.at.is_none() && !parts.request.lines.is_empty() {
        "nio-cards"
    } else {
        "nio-table"
    }
}

/// The JSON of a page.
struct Samples {
    /// Bodies of calls.
    bodies: Vec<Sample>,
    /// Answers.
    answers: Vec<Sample>,
}

impl Samples {
    /// Assigns the JSON below headers without a label: after a GET it is the response.
    fn new(parts: &Outline<'_>, calls: &[Call], method: Option<HttpMethod>) -> Self {
        let is_answer = |sample: &Sample| method == Some(HttpMethod::Get) || calls::is_answer(&sample.value);
        let (loose_answers, loose_bodies): (Vec<Sample>, Vec<Sample>) =
            calls.iter().flat_map(|call| &call.loose).cloned().partition(is_answer);
        let bodies = calls.iter().flat_map(|call| &call.bodies).cloned().chain(loose_bodies).collect();
        let text = code(&parts.answer);
        let start = text.find(['{', '[']).unwrap_or(text.len());
        let printed = json::read(text.get(start..).unwrap_or_default());
        Self { bodies, answers: loose_answers.into_iter().chain(printed).collect() }
    }
}

fn table_rows(table: &Table<'_>, side: Side, shape: &Tree) -> Result<Vec<Row>, Refusal> {
    let (lines, known) = (&table.lines, |name: &str| shape.knows(name));
    let mut rows = match table.header {
        None => cards::read(lines, side, &known)?,
        Some(header) => match header.form {
            Form::Pipes | Form::Tabs => cells::read(table, header.form, side)?,
            Form::Flat | Form::Cards => flat::read(lines, header, side, &known)?,
        },
    };
    if rows.len() > MOST_ROWS {
        let message = format!("a table has more than {MOST_ROWS} rows");
        let at = table.lines.get(MOST_ROWS).map(|line| line.bytes());
        return Err(Refusal { at, ..Refusal::of_page(Code::PageTooLarge, message) });
    }
    // A second table may be about something else, such as what is called back.
    for row in rows.iter_mut().filter(|row| table.next.is_some_and(|next| row.at.start > next)) {
        for about in [About::Name, About::Nesting] {
            row.field.doubt(about, Note::Ambiguous);
        }
    }
    Ok(rows)
}

/// The request: its rows, the sample bodies, and what addresses show.
fn request(table: &Table<'_>, samples: &Samples, address: &mut Address) -> Result<Built, Refusal> {
    let pairs = address.values.iter().map(|(name, value)| (name.clone(), Json::Text(value.clone())));
    let query = Json::Object(pairs.collect());
    let values: Vec<&Json> = samples.bodies.iter().map(|body| &body.value).chain([&query]).collect();
    let shape = Tree::of_json(&values, samples.bodies.iter().any(|body| body.state == State::Broken));
    let rows = table_rows(table, Side::Request, &shape)?;
    let mut built = built(rows, Side::Request, &shape, !samples.bodies.is_empty());
    address::fill(address, &mut built.fields);
    Ok(built)
}

/// The answer: its rows and the samples. If the page ends in the table, its last row may be incomplete.
fn response(parts: &Outline<'_>, samples: &Samples) -> Result<Built, Refusal> {
    let values: Vec<&Json> = samples.answers.iter().map(|answer| &answer.value).collect();
    let shape = Tree::of_json(&values, samples.answers.iter().any(|answer| answer.state == State::Broken));
    let mut rows = table_rows(&parts.response, Side::Response, &shape)?;
    if let Some(last) = rows.last_mut().filter(|_| parts.last == Part::Response) {
        for about in [About::Name, About::Nesting, About::Type, About::Description] {
            last.field.doubt(about, Note::PageCut);
        }
    }
    Ok(built(rows, Side::Response, &shape, true))
}

/// The fields of one side; those of the samples, if the text has lost the table.
fn built(rows: Vec<Row>, side: Side, tree: &Tree, typed: bool) -> Built {
    if rows.is_empty() {
        return Built { fields: sampled(tree, side, typed), sample_only: false };
    }
    let mut fields = rows::nest(rows, &Evidence { side, tree, is_described: &|_| false });
    let shows = if typed { Shows::Types } else { Shows::Examples };
    let settling = Settling { tree, shows, dialect: &words::WORDS };
    let anchor = rows::anchor(fields.iter().map(|field| field.name.as_str()), tree);
    settling.settle(&mut fields, anchor, &mut Vec::new());
    Built { sample_only: settling.is_short(&fields, 0), fields }
}

/// The fields that the samples show, if the text has lost the table.
fn sampled(tree: &Tree, side: Side, is_typed: bool) -> Vec<Field> {
    let all = [(About::Type, Note::SampleOnly), (About::Description, Note::PageCut), (About::Required, Note::PageCut)];
    let [type_word, description, _] = all;
    let (required, doubts) = match side {
        Side::Request => (Required::Unknown, &all[..]),
        Side::Response => (Required::No, &[type_word, description][..]),
    };
    let source = if is_typed { Source::Json } else { Source::Query };
    Sampled { shape: tree, source, has_examples: true, required, doubts, is_name: |_| true }.fields(0, 0)
}

/// What the rows of one side came to.
#[derive(Debug, Default)]
struct Built {
    fields: Vec<Field>,
    /// Whether the samples show a member that has no row.
    sample_only: bool,
}

/// Adds the samples of a kind, with what is in doubt about them.
fn put(draft: &mut Draft, kind: &str, samples: &[Sample], sample_only: bool) {
    for (at, read) in samples.iter().enumerate() {
        let note = match read.state {
            _ if sample_only && at == 0 => Some(Note::SampleOnly),
            State::Sound => None,
            State::Mended => Some(Note::Repaired),
            State::Broken => Some(Note::PageCut),
        };
        draft.sample(kind, &read.text, note);
    }
}

/// Adds the samples by language.
fn codes(draft: &mut Draft, parts: &Outline<'_>) {
    for (at, lines) in parts.codes.iter().enumerate() {
        let kind = parts.languages.get(at).map_or_else(|| "request_code".to_owned(), |word| format!("request_{word}"));
        draft.sample(&kind, &code(lines), None);
    }
}
