//! A page of TOP as flattened text: T1, T2 (with limits), T3 (with line numbers).

use super::assemble::{Parts, assemble};
use super::lines::Placed;
use super::outline::{self, Outline};
use super::rows;
use crate::diagnostic::Code;
use crate::source::SpecPath;
use crate::spec::ErrorSpec;
use crate::terms::{About, Note};
use crate::transcribe::draft::Draft;
use crate::transcribe::field::filled;
use crate::transcribe::nest::flat;
use crate::transcribe::page::Page;
use crate::transcribe::row::{Side, UnattachedLine};
use crate::transcribe::sample::{java, xml};
use crate::transcribe::{Options, Refusal};

/// Maximum lines of a table. The largest table seen so far has about 2,000.
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
    let reject = |UnattachedLine(line): UnattachedLine<'_>| {
        Refusal::new(Code::StrayLine, line.bytes(), "this line does not belong to any table row")
            .help("a row starts with a name; nested rows start with a bullet")
    };
    let begin = parts.first().map_or(page.start, |line| line.at);
    let head = outline::head(&parts.head);
    let (java, xml) = (java::read(&parts.java), xml::read(&parts.xml));
    let table = |lines, side| rows::read(lines, side).and_then(|rows| flat::check(&rows, side).map(|()| rows));
    let read = Parts {
        layout: super::TEXT,
        head,
        begin,
        request: table(&parts.request, Side::Request).map_err(reject)?,
        response: table(&parts.response, Side::Response).map_err(reject)?,
        java: (parts.java, java),
        xml: (parts.xml, xml),
    };
    let mut draft = assemble(page, options, read)?;
    let errors: Vec<&str> = parts.errors.iter().map(Placed::text).collect();
    let cut = (!parts.has_end).then(|| page.has_open_line());
    whole_rows(&errors, cut).iter().for_each(|text| error(&mut draft, text));
    if !parts.has_end {
        doubt_end(&mut draft);
    }
    Ok(draft)
}

/// The rows of the error table without one in whose line the page breaks off. `cut` is nothing if the page has its end,
/// otherwise whether its last line is open.
pub(crate) fn whole_rows<T>(rows: &[T], cut: Option<bool>) -> &[T] {
    match rows.split_last() {
        Some((_, whole)) if cut == Some(true) => whole,
        _ => rows,
    }
}

/// Notes that a page has lost its end: the last row of its error table may be incomplete.
pub(crate) fn doubt_end(draft: &mut Draft) {
    draft.doubt_end(Note::PageCut);
    if let Some(last) = draft.spec.errors.len().checked_sub(1) {
        draft.doubt(SpecPath::root().key("errors").index(last), About::Error, Note::PageCut);
    }
}

/// A row of the error table. Its first word is the code, if it is written like one; what follows may be the message, the
/// solution or both. Any other line continues the row above, or has lost its code.
pub(crate) fn error(draft: &mut Draft, text: &str) {
    let errors = SpecPath::root().key("errors");
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let (code, message) = if is_code(first) { (first, rest.trim()) } else { ("", text) };
    let above = draft.spec.errors.len().checked_sub(1).filter(|_| code.is_empty());
    if let (Some(at), Some(row)) = (above, draft.spec.errors.last_mut()) {
        // Nothing tells whether it ends the message or the solution.
        let cell = if row.solution.is_some() { &mut row.solution } else { &mut row.message };
        match cell {
            Some(text) => text.extend([" ", message]),
            None => *cell = filled(message),
        }
        draft.doubt(errors.index(at), About::Error, Note::CellsMerged);
        return;
    }
    if !message.is_empty() {
        let is_merged = message.contains(' ') && !code.is_empty();
        let note = if is_merged { Note::CellsMerged } else { Note::CellLost };
        draft.doubt(errors.index(draft.spec.errors.len()), About::Error, note);
    }
    draft.spec.errors.push(ErrorSpec { code: filled(code), message: filled(message), solution: None });
}

/// Whether a word can be the code of an error.
fn is_code(word: &str) -> bool {
    word.is_ascii() && word.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}
