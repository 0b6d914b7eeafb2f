//! A page of TOP as flattened text: T1, T2 (with limits), T3 (with line numbers).

use super::assemble::{Parts, assemble};
use super::outline::{self, Outline};
use super::rows::{self, Side, Stray};
use crate::diagnostic::Code;
use crate::source::SpecPath;
use crate::spec::{About, ErrorSpec, Layout, Note};
use crate::transcribe::align;
use crate::transcribe::page::Page;
use crate::transcribe::sample::{java, xml};
use crate::transcribe::spec::Draft;
use crate::transcribe::tree::filled;
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
    let stray = |Stray(line): Stray<'_>| {
        Refusal::new(Code::StrayLine, line.bytes(), "this line belongs to no row of the table")
            .help("a row begins with a name; rows below it stand behind bullets")
    };
    let begin = parts.first().map_or(page.start, |line| line.at);
    let head = outline::head(&parts.head);
    let (java, xml) = (java::read(&parts.java), xml::read(&parts.xml));
    let table = |lines, side| rows::read(lines, side).and_then(|rows| align::check(&rows, side).map(|()| rows));
    let read = Parts {
        layout: Layout::TopText,
        head,
        begin,
        request: table(&parts.request, Side::Request).map_err(stray)?,
        response: table(&parts.response, Side::Response).map_err(stray)?,
        java: (parts.java, java),
        xml: (parts.xml, xml),
    };
    let mut draft = assemble(page, options, read)?;
    for line in &parts.errors {
        error(&mut draft, line.text());
    }
    Ok(draft)
}

/// A row of the error table: its first word is the code; where message and solution part is not to be seen.
pub(crate) fn error(draft: &mut Draft, text: &str) {
    let (code, message) = text.split_once(' ').unwrap_or((text, ""));
    let message = message.trim();
    if message.contains(' ') {
        let at = SpecPath::root().key("errors").index(draft.spec.errors.len());
        draft.doubt(at, About::Error, Note::CellsMerged);
    }
    draft.spec.errors.push(ErrorSpec { code: filled(code), message: filled(message), solution: None });
}
