//! Rejects pages of other kinds, and names the kind from what is on the page.

use super::outline::REQUEST_HEADER;
use super::rows::{is_name, mark};
use crate::diagnostic::Code;
use crate::transcribe::Refusal;
use crate::transcribe::page::{Line, Page};

/// Lower-case words that pages of other kinds contain.
const CAPTCHA: [&str; 6] = ["验证码", "滑动验证", "安全验证", "人机验证", "captcha", "unusual traffic"];
const LOGIN: [&str; 6] = ["登录", "登陆", "sign in", "log in", "login", "password"];
const FAILURE: [&str; 9] = ["404", "403", "500", "502", "503", "not found", "forbidden", "error", "出错"];

/// Maximum characters of a page that replaces another, such as a login page. Longer pages contain such words by chance.
const SHORT: usize = 4000;

/// Returns the kind of a page without tables, from the words of its title and text.
pub(crate) fn kind(title: &str, text: &str) -> Option<&'static str> {
    let (title, text) = (title.to_lowercase(), text.to_lowercase());
    let is_short = text.chars().take(SHORT).count() < SHORT;
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word) || is_short && text.contains(word));
    if has(&CAPTCHA) {
        Some("a CAPTCHA page, not an API page")
    } else if has(&LOGIN) {
        Some("a login page, not an API page")
    } else if has(&FAILURE) {
        Some("an error page, not an API page")
    } else {
        None
    }
}

const TEXT: &str = "expected a whole TOP page, from its title to its error codes, as flattened text, as a copy from a \
                    browser or as saved HTML; or the JSON of getDocument.json";

/// Rejects flattened pages in layouts that are known but not supported.
pub(crate) fn known(page: &Page<'_>) -> Option<Refusal> {
    let lines = page.lines();
    let find = |test: &dyn Fn(&str) -> bool| lines.iter().find(|line| test(line.text.trim())).copied();
    let refuse = |line: Line<'_>, message: &str| Some(Refusal::new(Code::NotRead, line.bytes(), message).help(TEXT));
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
    if let Some(line) = truth_values(&lines) {
        let message =
            "this is a third-party copy: its required marks are `true` and `false` instead of `必须` and `可选`";
        return refuse(line, message);
    }
    None
}

/// Returns the first row of a request table if its required mark is `true` or `false`.
fn truth_values<'a>(lines: &[Line<'a>]) -> Option<Line<'a>> {
    let rows = lines.iter().skip_while(|line| line.text.trim() != REQUEST_HEADER).skip(1);
    let first = rows.copied().find(|line| !line.text.trim().is_empty())?;
    let words: Vec<&str> = first.text.split_whitespace().collect();
    let has_value = words.iter().skip(1).take(3).any(|word| matches!(*word, "true" | "false"));
    let has_mark = words.iter().skip(1).take(3).any(|word| mark(word).is_some());
    (words.first().is_some_and(|name| is_name(name)) && has_value && !has_mark).then_some(first)
}

/// Rejects a text page that has no parameter table.
pub(crate) fn unknown(page: &Page<'_>, begin: usize) -> Refusal {
    let lines: Vec<Line<'_>> = page.lines().into_iter().filter(|line| !line.text.trim().is_empty()).collect();
    if let Some(what) = kind("", page.text) {
        return Refusal::new(Code::ErrorPage, begin..begin, format!("this is {what}")).help(TEXT);
    }
    let is_title = |line: &Line<'_>| line.text.trim().chars().count() <= 40;
    let message = if page.text.contains("MIME-Version:") {
        "this is a web archive; save the page as HTML instead".to_owned()
    } else if lines.len() > 1 && lines.iter().all(is_title) && !page.text.contains("TaobaoClient") {
        let count = lines.len();
        format!("the page has no parameter table: it is a list of {count} titles, like the sidebar of a category")
    } else {
        "the page has no parameter table".to_owned()
    };
    Refusal::new(Code::UnknownPage, begin..begin, message).help(TEXT)
}

/// Rejects the page of a callback API.
pub(crate) fn callback(at: usize) -> Refusal {
    let message = "this is a callback API (its request sample is JSON); callbacks are not supported";
    Refusal::new(Code::NotRead, at..at, message).help("expected an API that clients call, with a client code sample")
}
