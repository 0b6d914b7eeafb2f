//! A page of TOP as flattened text: T1, T2 (with limits), T3 (with line numbers).

use super::outline::{self, Outline};
use super::rows::{self, Side, Stray};
use crate::diagnostic::Code;
use crate::source::SpecPath;
use crate::spec::{About, ErrorSpec, Layout, Note, SessionNeed};
use crate::transcribe::align::{self, Aligned};
use crate::transcribe::page::Page;
use crate::transcribe::sample::{java, xml};
use crate::transcribe::spec::Draft;
use crate::transcribe::tree::{TOO_DEEP, filled};
use crate::transcribe::{Options, Refusal};

/// A table with more lines is none: the largest known has a tenth of this.
const MOST_LINES: usize = 20_000;

/// Reads a page.
pub(crate) fn read(page: &Page<'_>, options: &Options) -> Result<Draft, Refusal> {
    let parts = Outline::read(page)?;
    for part in [&parts.request, &parts.response, &parts.errors] {
        if let Some(line) = part.get(MOST_LINES) {
            let message = format!("a table has more than {MOST_LINES} lines");
            return Err(Refusal::new(Code::PageTooLarge, line.line.bytes(), message));
        }
    }
    let head = outline::head(&parts.head);
    let (api, head) = match (&options.api, head) {
        (Some(api), head) => (api.clone(), head.unwrap_or_default()),
        (None, Some(head)) => (head.api.to_owned(), head),
        (None, None) => {
            let at = parts.first().map_or(page.start..page.start, |line| line.bytes());
            let message = "no line of the page names the API";
            return Err(Refusal::new(Code::NoApiName, at, message).help("give its name with --api"));
        }
    };
    let stray = |Stray(line): Stray<'_>| {
        Refusal::new(Code::StrayLine, line.bytes(), "this line belongs to no row of the table")
            .help("a row begins with a name; rows below it stand behind bullets")
    };
    let java = java::read(&parts.java);
    let xml = xml::read(&parts.xml);
    let table = |lines, side| rows::read(lines, side).and_then(|rows| align::check(&rows, side).map(|()| rows));
    let request = table(&parts.request, Side::Request).map_err(stray)?;
    let response = table(&parts.response, Side::Response).map_err(stray)?;
    let mut draft = Draft::new(Layout::TopText, page, &api);
    draft.spec.title = filled(head.title);
    draft.spec.description = filled(&head.description);
    draft.spec.category = filled(head.category);
    draft.spec.session = Some(if java.session == Some(true) { SessionNeed::Required } else { SessionNeed::None });
    if java.session.is_none() {
        draft.doubt(SpecPath::root(), About::Session, Note::SampleMissing);
    }
    if !fits(&api, java.class.as_deref(), xml.root.as_deref()) {
        draft.doubt(SpecPath::root(), About::Name, Note::SampleDisagrees);
    }
    let request = align::align(&request, Side::Request, &java.sample);
    let response = align::align(&response, Side::Response, &xml.sample);
    add(&mut draft, Side::Request, request, "request_java", parts.java)?;
    add(&mut draft, Side::Response, response, "response_xml", parts.xml)?;
    for line in &parts.errors {
        error(&mut draft, line.text());
    }
    Ok(draft)
}

fn add(draft: &mut Draft, side: Side, aligned: Aligned, name: &str, sample: String) -> Result<(), Refusal> {
    if aligned.too_deep {
        return Err(Refusal::new(Code::TooLarge, 0..0, TOO_DEEP));
    }
    let has_sample = !sample.is_empty();
    if has_sample {
        draft.spec.samples.insert(name, sample);
    }
    draft.fields(side, aligned.fields);
    if aligned.sample_only && has_sample {
        draft.doubt(SpecPath::root().key("samples").key(name), About::Sample, Note::SampleOnly);
    }
    Ok(())
}

/// Whether class and root element are those of the API.
fn fits(api: &str, class: Option<&str>, root: Option<&str>) -> bool {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
    };
    let name = plain(api.strip_prefix("taobao.").unwrap_or(api));
    let full = plain(api);
    let is = |found: Option<&str>, end: &str| {
        found.is_none_or(|found| {
            let found = plain(found);
            found == format!("{name}{end}") || found == format!("{full}{end}")
        })
    };
    is(class, "request") && is(root, "response")
}

/// A row of the error table: its first word is the code; where message and solution part is not to be seen.
fn error(draft: &mut Draft, text: &str) {
    let (code, message) = text.split_once(' ').unwrap_or((text, ""));
    let message = message.trim();
    if message.contains(' ') {
        let at = SpecPath::root().key("errors").index(draft.spec.errors.len());
        draft.doubt(at, About::Error, Note::CellsMerged);
    }
    draft.spec.errors.push(ErrorSpec { code: filled(code), message: filled(message), solution: None });
}
