//! Rejects pages of other kinds, and names the kind from what is on the page.

use super::columns::Columns;
use super::words::{is_name, mark};
use crate::diagnostic::Code;
use crate::transcribe::Refusal;
use crate::transcribe::page::block::Block;
use crate::transcribe::page::html::Html;
use crate::transcribe::page::{Line, Page, foreign};
use crate::transcribe::row::Side;
use crate::transcribe::sites::Reader;

const TEXT: &str = "expected a whole TOP page, from its title to its error codes, as flattened text, as a copy from a \
                    browser or as saved HTML; or the JSON of getDocument.json";

/// Rejects flattened pages in layouts that are known but not supported.
pub(crate) fn known(page: &Page<'_>) -> Result<Option<Reader>, Refusal> {
    let lines = page.lines();
    let find = |test: &dyn Fn(&str) -> bool| lines.iter().find(|line| test(line.text.trim())).copied();
    let refuse = |line: Line<'_>, message: &str| Err(Refusal::new(Code::NotRead, line.bytes(), message).help(TEXT));
    if let Some(line) = find(&|text| text.starts_with('|') && text.contains("是否必需")) {
        return refuse(
            line,
            "this is an old wiki page (its table header contains `是否必需`), a layout that is not supported",
        );
    }
    if let Some(line) = find(&|text| text.starts_with("└  ") && !text.contains('\t')) {
        return refuse(
            line,
            "this is an old doc.htm page (its cells are padded with spaces), a layout that is not supported",
        );
    }
    if let Some(line) = truth_values(lines) {
        let message =
            "this is a third-party copy: its required marks are `true` and `false` instead of `必须` and `可选`";
        return refuse(line, message);
    }
    Ok(None)
}

/// Returns the first row of a request table if its required mark is `true` or `false`.
fn truth_values<'a>(lines: &[Line<'a>]) -> Option<Line<'a>> {
    let is_header =
        |line: &&Line<'_>| Columns::of_line(line.text).is_some_and(|columns| columns.side() == Side::Request);
    let rows = lines.iter().skip_while(|line| !is_header(line)).skip(1);
    let first = rows.copied().find(|line| !line.text.trim().is_empty())?;
    let words: Vec<&str> = first.text.split_whitespace().collect();
    let has_value = words.iter().skip(1).take(3).any(|word| matches!(*word, "true" | "false"));
    let has_mark = words.iter().skip(1).take(3).any(|word| mark(word).is_some());
    (words.first().is_some_and(|name| is_name(name)) && has_value && !has_mark).then_some(first)
}

/// Lower-case words of pages of another site.
const OTHERS: [&str; 6] = [
    "参数 说明",
    "parameters description",
    "parameter description",
    "request url:",
    "响应状态码",
    "response status code",
];

/// Rejects a saved page that has no parameter table.
pub(crate) fn saved(page: &Page<'_>, html: &Html, blocks: &[Block]) -> Refusal {
    let has_sign = |text: &str| {
        let text = text.replace('\t', " ").to_lowercase();
        OTHERS.iter().any(|sign| text.contains(sign))
    };
    if has_sign(&html.title) || blocks.iter().any(|block| has_sign(&block.text())) {
        return foreign::titled(page, html, Code::NotRead, "an iTNIO page")
            .help("name its platform with `--platform nio`");
    }
    foreign::html(page, html, blocks)
        .unwrap_or_else(|| foreign::titled(page, html, Code::UnknownPage, "a page without parameter tables"))
        .help(
            "expected the saved page of one TOP API with its request and response tables; save the page after the tables \
             have appeared",
        )
}

/// Rejects the page of a callback API.
pub(crate) fn callback(at: usize) -> Refusal {
    let message = "this is a callback API (its request sample is JSON); callbacks are not supported";
    Refusal::new(Code::NotRead, at..at, message).help("expected an API that clients call, with a client code sample")
}
