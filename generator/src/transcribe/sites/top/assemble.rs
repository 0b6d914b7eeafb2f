//! From the parts of a page to a transcript, whatever layout they were read from.

use std::ops::Range;

use super::rows::TopRow;
use super::title::Head;
use crate::diagnostic::Code;
use crate::source::SpecPath;
use crate::terms::{About, Note, SessionNeed};
use crate::transcribe::draft::Draft;
use crate::transcribe::field::{TOO_DEEP, filled};
use crate::transcribe::nest::flat::{self, Aligned};
use crate::transcribe::page::Page;
use crate::transcribe::row::Side;
use crate::transcribe::sample::MOST_NODES;
use crate::transcribe::sample::java::Java;
use crate::transcribe::sample::xml::Xml;
use crate::transcribe::{Options, Refusal};

/// The root that classes and elements leave out of an API's name.
const ROOT: &str = "taobao.";

/// What was read of a page.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    /// The layout.
    pub(crate) layout: &'static str,
    /// The text above the tables.
    pub(crate) head: Option<Head<'a>>,
    /// Byte offset of the page's start, to report a missing head there.
    pub(crate) begin: usize,
    /// Rows of the request table.
    pub(crate) request: Vec<TopRow<'a>>,
    /// Rows of the response table.
    pub(crate) response: Vec<TopRow<'a>>,
    /// The request sample as printed, and as read.
    pub(crate) java: (String, Java),
    /// The response sample as printed, and as read.
    pub(crate) xml: (String, Xml),
}

/// Makes the transcript, but for the error table.
pub(crate) fn assemble(page: &Page<'_>, options: &Options, parts: Parts<'_>) -> Result<Draft, Refusal> {
    let (api, head) = match (&options.api, parts.head) {
        (Some(asked), Some(head)) => {
            is_asked(asked, head.api, head.at..head.at)?;
            (called(asked, head.api).to_owned(), head)
        }
        (Some(asked), None) => (asked.clone(), Head::default()),
        (None, Some(head)) => (head.api.to_owned(), head),
        (None, None) => {
            let message = "the page does not contain the API's name";
            return Err(
                Refusal::new(Code::NoApiName, parts.begin..parts.begin, message).help("give the name with --api")
            );
        }
    };
    let ((java_text, java), (xml_text, xml)) = (parts.java, parts.xml);
    let fits = fits(&api, java.class.as_deref(), xml.root.as_deref());
    if head.api.is_empty() && !fits {
        let found = java.class.as_deref().or(xml.root.as_deref()).unwrap_or_default();
        return Err(other(&api, found, parts.begin..parts.begin));
    }
    if java.sample.is_too_large() || xml.sample.is_too_large() {
        let message = format!("a sample has more than {MOST_NODES} values");
        return Err(Refusal::new(Code::PageTooLarge, page.start..page.start, message));
    }
    let mut draft = Draft::new(parts.layout, page, &api);
    draft.spec.title = filled(head.title);
    draft.spec.description = filled(&head.description);
    draft.spec.category = filled(head.category);
    if head.is_merged {
        draft.doubt(SpecPath::root(), About::Description, Note::CellsMerged);
    }
    session(&mut draft, &java);
    let differs = !head.api.is_empty() && head.api != api;
    if differs {
        draft.doubt(SpecPath::root(), About::Name, Note::Ambiguous);
    }
    if !fits {
        draft.doubt(SpecPath::root(), About::Name, Note::SampleDisagrees);
    }
    let request = flat::align(&parts.request, Side::Request, &java.sample);
    let response = flat::align(&parts.response, Side::Response, &xml.sample);
    add(&mut draft, Side::Request, request, java_text)?;
    add(&mut draft, Side::Response, response, xml_text)?;
    Ok(draft)
}

/// Whether the call passes a session.
pub(crate) fn session(draft: &mut Draft, java: &Java) {
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
pub(crate) fn add(draft: &mut Draft, side: Side, aligned: Aligned, sample: String) -> Result<(), Refusal> {
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

/// Returns the name to call an API by, of the requested one and the page's own: the page's, if the requested one only
/// leaves out the vendor's root.
pub(crate) fn called<'n>(asked: &'n str, own: &'n str) -> &'n str {
    if own.strip_prefix(ROOT) == Some(asked) { own } else { asked }
}

/// Returns whether a name begins with a root that APIs of the platform have. Classes leave out one of them, so they do not
/// show whether a name without a root is whole.
pub(crate) fn has_root(api: &str) -> bool {
    let root = api.split('.').next().unwrap_or_default();
    ["taobao", "alibaba", "tmall", "aliexpress", "alitrip", "yunos", "cainiao", "xiami", "youku", "aliyun"]
        .contains(&root)
}

fn other(asked: &str, found: &str, at: Range<usize>) -> Refusal {
    let message = format!("the page documents `{found}`, not `{asked}`");
    Refusal::new(Code::OtherApi, at, message)
        .help("give the API that the page documents with --api, or leave --api out")
}

/// Whether two names can be one API's: case, what parts the words and a leading `taobao.` do not count.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let bare = |api: &str| plain(without_root(api));
    bare(one) == bare(other)
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}

fn without_root(api: &str) -> &str {
    api.strip_prefix(ROOT).unwrap_or(api)
}

/// Whether class and root element are those of the API.
pub(crate) fn fits(api: &str, class: Option<&str>, root: Option<&str>) -> bool {
    let name = plain(without_root(api));
    let full = plain(api);
    let is = |found: Option<&str>, end: &str| {
        found.is_none_or(|found| {
            let found = plain(found);
            found == format!("{name}{end}") || found == format!("{full}{end}")
        })
    };
    is(class, "request") && is(root, "response")
}
