//! From the parts of a page to a transcript, whatever layout they were read from.

use std::ops::Range;

use super::api::{called, fits, has_root, is_same};
use super::title::Head;
use crate::diagnostic::Code;
use crate::source::SpecPath;
use crate::terms::{About, Note, SessionNeed};
use crate::transcribe::draft::Draft;
use crate::transcribe::field::{TOO_DEEP, filled};
use crate::transcribe::page::Page;
use crate::transcribe::row::Side;
use crate::transcribe::sample::MOST_NODES;
use crate::transcribe::sample::java::Java;
use crate::transcribe::sample::xml::Xml;
use crate::transcribe::sites::top::flat::Aligned;
use crate::transcribe::{Options, Refusal};

/// What was read of a page.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    /// The layout.
    pub(crate) layout: &'static str,
    /// The text above the tables. Its name is empty if the page has lost it.
    pub(crate) head: Head<'a>,
    /// Byte offset of the page's start, to report a missing name there.
    pub(crate) begin: usize,
    /// The request.
    pub(crate) request: Aligned,
    /// The response.
    pub(crate) response: Aligned,
    /// The request sample as printed, and as read.
    pub(crate) java: (String, Java),
    /// The response sample as printed, and as read.
    pub(crate) xml: (String, Xml),
}

/// Makes the transcript, but for the error table.
pub(crate) fn assemble(page: &Page<'_>, options: &Options, parts: Parts<'_>) -> Result<Draft, Refusal> {
    let Parts { head, begin, java: (java_text, java), xml: (xml_text, xml), .. } = parts;
    let (class, root) = (java.class.as_deref(), xml.root.as_deref());
    let api = match &options.api {
        Some(asked) if head.api.is_empty() && fits(asked, class, root) => asked,
        Some(asked) if head.api.is_empty() => {
            return Err(other(asked, class.or(root).unwrap_or_default(), begin..begin));
        }
        Some(asked) => {
            is_asked(asked, head.api, head.at..head.at)?;
            called(asked, head.api)
        }
        None if head.api.is_empty() => return Err(nameless(class, root, begin)),
        None => head.api,
    };
    let mut draft = Draft::new(parts.layout, page, api);
    draft.spec.title = filled(head.title);
    draft.spec.description = filled(&head.description);
    draft.spec.category = filled(head.category);
    if head.is_merged {
        draft.doubt(SpecPath::root(), About::Description, Note::CellsMerged);
    }
    session(&mut draft, &java);
    let is_lost = head.api.is_empty();
    let note = match (class, root) {
        (None, None) if is_lost => Some(Note::SampleMissing),
        _ if is_lost && !has_root(api) || !is_lost && head.api != api => Some(Note::Ambiguous),
        _ if !fits(api, class, root) => Some(Note::SampleDisagrees),
        _ => None,
    };
    note.into_iter().for_each(|note| draft.doubt(SpecPath::root(), About::Name, note));
    add(&mut draft, Side::Request, parts.request, java_text)?;
    add(&mut draft, Side::Response, parts.response, xml_text)?;
    Ok(draft)
}

/// Rejects samples with more values than a page can have.
pub(crate) fn check(page: &Page<'_>, java: &Java, xml: &Xml) -> Result<(), Refusal> {
    if java.sample.is_too_large() || xml.sample.is_too_large() {
        let message = format!("a sample has more than {MOST_NODES} values");
        return Err(Refusal::new(Code::PageTooLarge, page.start..page.start, message));
    }
    Ok(())
}

/// Rejects a page whose API has no name.
fn nameless(class: Option<&str>, root: Option<&str>, begin: usize) -> Refusal {
    let found = match (class, root) {
        (Some(class), _) => format!(", but the class `{class}`"),
        (None, Some(root)) => format!(", but the element `{root}`"),
        (None, None) => String::new(),
    };
    Refusal::new(Code::NoApiName, begin..begin, format!("the page does not contain the API's name{found}")).help(
        "give the name with --api; word breaks within a segment and a leading `taobao.` cannot be recovered from the page",
    )
}

/// Whether the call passes a session.
fn session(draft: &mut Draft, java: &Java) {
    draft.spec.session = Some(match java.session {
        Some(true) => SessionNeed::Required,
        Some(false) => SessionNeed::None,
        None => SessionNeed::Optional,
    });
    if java.session.is_none() {
        draft.doubt(SpecPath::root(), About::Session, Note::SampleMissing);
    }
}

/// Adds one half and its sample.
fn add(draft: &mut Draft, side: Side, aligned: Aligned, sample: String) -> Result<(), Refusal> {
    if aligned.too_deep {
        return Err(Refusal::of_page(Code::TooLarge, TOO_DEEP));
    }
    let name = sample_name(side);
    let has_sample = !sample.is_empty();
    if has_sample {
        draft.spec.samples.insert(name, sample);
    }
    draft.fields(side, aligned.fields)?;
    if aligned.sample_only && has_sample {
        draft.doubt(SpecPath::root().key("samples").key(name), About::Sample, Note::SampleOnly);
    }
    Ok(())
}

/// The name of a half's sample.
pub(crate) fn sample_name(side: Side) -> &'static str {
    match side {
        Side::Request => "request_java",
        Side::Response => "response_xml",
    }
}

/// Rejects a page that documents another API than the requested one.
pub(crate) fn is_asked(asked: &str, own: &str, at: Range<usize>) -> Result<(), Refusal> {
    if is_same(asked, own) { Ok(()) } else { Err(other(asked, own, at)) }
}

fn other(asked: &str, found: &str, at: Range<usize>) -> Refusal {
    let message = format!("the page documents `{found}`, not `{asked}`");
    Refusal::new(Code::OtherApi, at, message)
        .help("give the API that the page documents with --api, or leave --api out")
}
