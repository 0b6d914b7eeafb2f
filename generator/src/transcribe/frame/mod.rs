//! Reads the page of any platform: its blocks are sorted by headings and headers (`outline`), the rows of tables read (`row`) and
//! put into one another (`nest`, `attach`), with the words of the platform's `pages.yaml` over the built-in ones.
//!
//! ```text
//! page::Block ─ outline ─▶ FieldTable { home, rows: Row } ─ nest, attach ─▶ field::Field ─▶ Draft
//! ```
//!
//! What the page does not settle is a doubt, and what cannot be read at all is refused.

mod addresses;
mod aligned;
mod attach;
mod best;
mod bodies;
pub(crate) mod columns;
mod embedded;
mod evidence;
mod facts;
mod home;
mod listed;
mod markup;
mod names;
mod notes;
mod outline;
mod parts;
mod places;
pub(crate) mod row;
mod samples;
mod shared;
mod single;
mod stacked;
mod tables;

use std::collections::BTreeSet;

use attach::Types;
use columns::Columns;
use parts::{FieldTable, Home, Outline};
use places::Placing;
use samples::Named;

use super::dialect::Dialect;
use super::draft::Draft;
use super::field::{Field, filled};
use super::nest::rows::{self, Evidence};
use super::nest::settle::{Settling, Shows};
use super::page::block::{Cell, TableRow};
use super::page::{self, Blocks, Known, Page};
use super::row::{Row, Side, answer};
use super::sample::Tree;
use super::{Options, PlatformWords, Refusal, path};
use crate::diagnostic::Code;
use crate::source::SpecPath;
use crate::spec::ErrorSpec;
use crate::terms::{About, FieldPlace, Note, SessionNeed};

/// Reads a page.
pub(crate) fn read(page: &Page<'_>, options: &Options, platform: &PlatformWords) -> Result<Draft, Refusal> {
    let dialect = &*platform.dialect;
    let is_heading = |text: &str| dialect.section(text).is_some();
    let is_title = |text: &str| dialect.is_title(text);
    let is_header = |cells: &[&str]| {
        let row = TableRow::new(0..0, cells.iter().copied().map(Cell::new).collect());
        Columns::are_headers(&row, dialect)
    };
    let mut blocks = page::blocks(page, Known { is_heading: &is_heading, is_title: &is_title, is_header: &is_header })?;
    let is_html = blocks.layout == "html";
    blocks.blocks = embedded::join(stacked::tables(blocks.blocks, dialect)?, page, is_html, dialect);
    let mut outline = outline::read(&blocks.blocks, dialect)?;
    home::settle(&mut outline)?;
    let samples = samples::named(&outline.samples);
    let shapes = [Side::Request, Side::Response].map(|side| samples::shape(&samples, side));
    let [_, answer] = &shapes;
    check(page, &outline, !answer.is_empty())?;
    single::check(&outline, &samples)?;
    let mut draft = head(page, options, &blocks, &outline, dialect)?;
    // The page may break off in its last table, or in a row of it that is not recognized as one.
    let is_open = outline.list_below.is_some_and(|end| !page.before(end).ends_with('|'));
    let is_cut = !blocks.is_whole && (outline.ends_in_table || outline.is_last_table || is_open);
    let is_cut_in_fields = is_cut && outline.errors.is_empty() && outline.statuses.is_empty();
    if is_cut_in_fields {
        doubt_last_row(&mut outline);
        doubt_above_last(&mut outline);
    }
    let lists = [Side::Request, Side::Response].map(|side| list_doubt(&outline, &samples, side));
    let sides = fields(&mut outline, &shapes, platform)?;
    home::check_left(&outline, &sides, &shapes)?;
    add(&mut draft, sides, &Reading { options, platform, outline: &outline, lists, is_cut_in_fields })?;
    if is_cut {
        draft.doubt_end(Note::PageCut);
    }
    codes(&mut draft, &outline, is_cut);
    samples.iter().for_each(|sample| draft.sample(&sample.kind, &sample.text, sample.doubt()));
    if platform.has_session {
        draft.spec.session = Some(SessionNeed::Optional);
        draft.doubt(SpecPath::root(), About::Session, Note::SampleMissing);
    }
    Ok(draft)
}

/// What a page shows besides its fields.
struct Reading<'a> {
    options: &'a Options,
    platform: &'a PlatformWords,
    outline: &'a Outline,
    /// Why the members of the request, or of the answer, are in doubt: it is a list, which transcripts cannot have.
    lists: [Option<Note>; 2],
    /// Whether the page may break off in its last field.
    is_cut_in_fields: bool,
}

/// Why the members of a side are in doubt that is a list at its root, as its samples or a row about the whole of it show.
fn list_doubt(outline: &Outline, samples: &[Named], side: Side) -> Option<Note> {
    let is_list = |table: &FieldTable| table.home == Home::Side(side) && table.is_list;
    match samples::is_list(samples, side) {
        true => Some(Note::SampleDisagrees),
        false => outline.tables.iter().any(is_list).then_some(Note::Ambiguous),
    }
}

/// Adds the fields of both sides to a transcript.
fn add(draft: &mut Draft, sides: [(Side, Vec<Field>); 2], reading: &Reading<'_>) -> Result<(), Refusal> {
    let Reading { platform, outline, .. } = *reading;
    let dialect = &*platform.dialect;
    let is_name_derived = reading.options.api.is_none() && outline.facts.api.value().is_none();
    places::body(draft, &outline.facts, &platform.rules);
    for ((side, mut fields), list) in sides.into_iter().zip(reading.lists) {
        if side == Side::Request {
            fields.retain(|field| !dialect.omits(&field.name) && !platform.reserved.contains(&field.name));
            mark_placeholders(draft, &mut fields, is_name_derived);
        }
        let queries = outline.facts.queries.iter().filter(|(path, _)| outline.facts.path.value() == Some(path));
        let queries: BTreeSet<&str> = queries.flat_map(|(_, names)| names).map(String::as_str).collect();
        let placing = Placing { spec: &draft.spec, rules: &platform.rules, dialect, queries: &queries };
        places::settle(&mut fields, side, &placing);
        if let Some(note) = list {
            let in_body = fields.iter_mut().filter(|field| matches!(field.place, None | Some(FieldPlace::Body)));
            in_body.for_each(|field| field.doubt(About::Nesting, note));
        }
        if reading.is_cut_in_fields && side == Side::Response {
            doubt_last(&mut fields);
        }
        draft.fields(side, fields)?;
    }
    Ok(())
}

/// What may be missing at the end of a row in which a page breaks off.
const AT_THE_END: [About; 4] = [About::Type, About::Example, About::Default, About::Description];

/// Doubts the last row of the last table, if that is about a field or type of another one.
fn doubt_last_row(outline: &mut Outline) {
    let table = outline.tables.last_mut().filter(|table| table.home != Home::Side(Side::Response));
    if let Some(row) = table.and_then(|table| table.rows.last_mut()) {
        AT_THE_END.into_iter().for_each(|about| row.field.doubt(about, Note::PageCut));
    }
}

/// Doubts the description of the row above the last one, if that has lost cells: it may be the rest of the row above.
fn doubt_above_last(outline: &mut Outline) {
    let rows = outline.tables.last_mut().map(|table| table.rows.as_mut_slice());
    if let Some([.., above, last]) = rows
        && last.field.doubts.contains(&(About::Description, Note::CellLost))
    {
        above.field.doubt(About::Description, Note::PageCut);
    }
}

/// Doubts the last row of a page that may break off in it.
fn doubt_last(fields: &mut [Field]) {
    let Some(mut field) = fields.last_mut() else { return };
    while !field.fields.is_empty() {
        let Some(member) = field.fields.last_mut() else { return };
        field = member;
    }
    AT_THE_END.into_iter().for_each(|about| field.doubt(about, Note::PageCut));
}

/// Rejects pages without the tables of an API, and pages that end before them.
fn check(page: &Page<'_>, outline: &Outline, has_answer: bool) -> Result<(), Refusal> {
    let has = |side| outline.tables.iter().any(|table| table.home == Home::Side(side));
    if outline.tables.is_empty() {
        return Err(Refusal::new(Code::UnknownPage, page.start..page.start, "the page has no table of parameters that can be read").help(
            "if the page has one, list its words in the platform's pages.yaml: headers under `columns`, headings under `sections`",
        ));
    }
    let missing = match (
        has(Side::Request) || outline.has_heading[0],
        has_answer || has(Side::Response) || outline.has_heading[1],
    ) {
        (false, _) => "request parameters",
        (_, false) => "response parameters",
        _ => return Ok(()),
    };
    let at = page.start + page.text.len();
    Err(Refusal::new(Code::PageCut, at..at, format!("the page has no {missing}"))
        .help("save the whole page, or list the words of their heading under `sections` in the platform's pages.yaml"))
}

/// The transcript with what is known about the API itself.
fn head(
    page: &Page<'_>,
    options: &Options,
    blocks: &Blocks,
    outline: &Outline,
    dialect: &Dialect,
) -> Result<Draft, Refusal> {
    let facts = &outline.facts;
    let path = facts.path.value().or(facts.called.as_ref()).cloned();
    let derived = path.as_deref().and_then(path::api_name);
    let Some(api) = options.api.clone().or_else(|| facts.api.value().cloned()).or(derived) else {
        return Err(Refusal::new(
            Code::NoApiName,
            page.start..page.start,
            "the page does not contain the API's name or path",
        )
        .help("give the name with --api, or show how it is found under `endpoint` in the platform's pages.yaml"));
    };
    let mut draft = Draft::new(blocks.layout, page, &api);
    let root = SpecPath::root;
    let is_derived = options.api.is_none() && facts.api.value().is_none();
    if options.api.is_none() && facts.api.is_ambiguous || is_derived && facts.path.is_ambiguous {
        draft.doubt(root(), About::Name, Note::Ambiguous);
    } else if is_derived && facts.path.value().is_none() {
        draft.doubt(root(), About::Name, Note::SampleOnly);
    }
    draft.spec.method = facts.method.value().copied();
    if facts.method.is_ambiguous {
        draft.doubt(root(), About::Method, Note::Ambiguous);
    }
    draft.spec.path = path;
    if facts.path.is_ambiguous {
        draft.doubt(root(), About::Path, Note::Ambiguous);
    } else if facts.path.value().is_none() && facts.called.is_some() {
        // A sample may have values in its path.
        draft.doubt(root(), About::Path, Note::SampleOnly);
    }
    let title = facts
        .title
        .value()
        .cloned()
        .or_else(|| facts::first_title(&blocks.blocks, &blocks.title, dialect).map(|(title, _)| title));
    draft.spec.title = title.as_deref().and_then(filled);
    let prose: Vec<&str> = outline
        .prose
        .iter()
        .map(String::as_str)
        .filter(|line| Some(*line) != title.as_deref() && !line.starts_with(&api))
        .collect();
    let labelled = facts.description.value().cloned().filter(|_| prose.is_empty());
    draft.spec.description = labelled.or_else(|| filled(&prose.join("\n")));
    let is_sure = if outline.is_described { !outline.has_other_prose } else { outline.is_below_title };
    if draft.spec.description.is_some() && !is_sure {
        draft.doubt(root(), About::Description, Note::Ambiguous);
    }
    Ok(draft)
}

/// The fields of both sides.
fn fields(
    outline: &mut Outline,
    shapes: &[Tree; 2],
    platform: &PlatformWords,
) -> Result<[(Side, Vec<Field>); 2], Refusal> {
    let tables = std::mem::take(&mut outline.tables);
    let (types, others): (Vec<FieldTable>, Vec<FieldTable>) =
        tables.into_iter().partition(|table| matches!(table.home, Home::Named(_)));
    let mut types = Types::new(types);
    let mut sides = [(Side::Request, Vec::new()), (Side::Response, Vec::new())];
    let mut foreign = Vec::new();
    let names = others.iter().flat_map(|table| &table.rows).filter_map(|row| rows::object_of(&row.field.name));
    let objects: BTreeSet<String> = names.map(str::to_owned).collect();
    for mut table in others {
        let Home::Side(side) = table.home else {
            foreign.extend(table.rows);
            continue;
        };
        let at = usize::from(side == Side::Response);
        if side == Side::Response {
            answer(&mut table.rows);
        }
        let (Some(shape), Some((_, fields))) = (shapes.get(at), sides.get_mut(at)) else { continue };
        let is_described = &|row: &Row| objects.contains(&row.field.name) || types.describe(row);
        let mut read = rows::nest(table.rows, &Evidence { side, tree: shape, is_described });
        evidence::named(&mut read, &table.names, shape);
        evidence::add(fields, read);
    }
    let ([_, (_, answer)], [_, shape]) = (&mut sides, shapes);
    if answer.is_empty() {
        answer.extend(evidence::derived(shape));
    } else if !platform.has_root {
        shared::wrap(answer, &outline.common, shape, platform.rules.data.as_deref());
    }
    for ((side, fields), shape) in sides.iter_mut().zip(shapes) {
        types.attach(fields, *side, shape, &mut Vec::new())?;
        let anchor = rows::anchor(fields.iter().map(|field| field.name.as_str()), shape);
        let has_root = platform.has_root && *side == Side::Response;
        evidence::within(fields, shape, anchor.unwrap_or_default(), has_root);
        evidence::compare(fields, shape, anchor.unwrap_or_default());
        evidence::elsewhere(fields, shape, anchor.unwrap_or_default());
        evidence::types(fields, shape, anchor.unwrap_or_default());
        evidence::words(fields, shape, anchor.unwrap_or_default());
        let settling = Settling { tree: shape, shows: Shows::Elements, dialect: &platform.dialect };
        settling.settle(fields, anchor, &mut Vec::new());
    }
    types.used_elsewhere(&foreign);
    match types.unused() {
        Some(table) => {
            Err(home::homeless(&table.at, "no field has the name or type that the heading of this table contains"))
        }
        None => Ok(sides),
    }
}

/// Makes placeholders of the steps of the path that represent a value, and adds the fields for them.
fn mark_placeholders(draft: &mut Draft, fields: &mut Vec<Field>, is_name_derived: bool) {
    if let Some((marked, note)) = draft.spec.path.as_deref().and_then(|own| path::mark_placeholders(own, fields)) {
        draft.doubt(SpecPath::root(), About::Path, note);
        if let Some(name) = path::api_name(&marked).filter(|_| is_name_derived) {
            draft.spec.api = name;
        }
        draft.spec.path = Some(marked);
    }
    if let Some(whole) = draft.spec.path.as_deref().and_then(|own| path::whole_steps(own, fields)) {
        draft.doubt(SpecPath::root(), About::Path, Note::Derived);
        draft.spec.path = Some(whole);
    }
    path::add_placeholders(draft.spec.path.as_deref().unwrap_or_default(), fields);
}

/// Adds the tables of error codes and statuses.
fn codes(draft: &mut Draft, outline: &Outline, is_cut: bool) {
    let count = outline.errors.len();
    for (index, row) in outline.errors.iter().enumerate() {
        let is_last = is_cut && index + 1 == count;
        let error = ErrorSpec { code: row.code.clone(), message: row.message.clone(), solution: row.solution.clone() };
        draft.spec.errors.push(error);
        if let Some(note) = row.doubt.or(is_last.then_some(Note::PageCut)) {
            draft.doubt(SpecPath::root().key("errors").index(index), About::Error, note);
        }
    }
    for row in &outline.statuses {
        let (Some(code), Some(message)) = (&row.code, &row.message) else { continue };
        draft.status(code.clone(), message.clone(), row.doubt);
    }
}
