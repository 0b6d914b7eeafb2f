//! Pages that are not read: what they are instead, by what is on them.

use super::outline::REQUEST_HEADER;
use super::rows::{is_name, mark};
use crate::diagnostic::Code;
use crate::transcribe::Refusal;
use crate::transcribe::page::{Line, Page};

/// What pages of other kinds say, in small letters.
const CAPTCHA: [&str; 6] = ["验证码", "滑动验证", "安全验证", "人机验证", "captcha", "unusual traffic"];
const LOGIN: [&str; 6] = ["登录", "登陆", "sign in", "log in", "login", "password"];
const FAILURE: [&str; 9] = ["404", "403", "500", "502", "503", "not found", "forbidden", "error", "出错"];

/// A page that is shown instead of another is no longer than this; longer ones have such words by chance.
const SHORT: usize = 4000;

/// What a page without tables is, by the words of its title and text.
pub(crate) fn kind(title: &str, text: &str) -> Option<&'static str> {
    let (title, text) = (title.to_lowercase(), text.to_lowercase());
    let is_short = text.chars().take(SHORT).count() < SHORT;
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word) || is_short && text.contains(word));
    if has(&CAPTCHA) {
        Some("a check for robots, not the page of an API")
    } else if has(&LOGIN) {
        Some("a page to log in with, not the page of an API")
    } else if has(&FAILURE) {
        Some("an error page, not the page of an API")
    } else {
        None
    }
}

const TEXT: &str = "expected: a page of TOP as flattened text or copied from a browser, from its title to its error \
                    codes; saved HTML; or the JSON of getDocument.json";

/// Refuses flattened pages of layouts that are known and not read.
pub(crate) fn known(page: &Page<'_>) -> Option<Refusal> {
    let lines = page.lines();
    let find = |test: &dyn Fn(&str) -> bool| lines.iter().find(|line| test(line.text.trim())).copied();
    let refuse = |line: Line<'_>, message: &str| Some(Refusal::new(Code::NotRead, line.bytes(), message).help(TEXT));
    if let Some(line) = find(&|text| text.starts_with('|') && text.contains("是否必需")) {
        return refuse(
            line,
            "this is a page of the old wiki: its header has `是否必需`; it is out of date and not read",
        );
    }
    if let Some(line) = find(&|text| text.starts_with("└  ") && !text.contains('\t')) {
        return refuse(line, "this is an old doc.htm page: its cells are padded with white space; it is not read");
    }
    if let Some(line) = truth_values(&lines) {
        let message = "this is a copy from elsewhere: its marks are `true` and `false` where TOP has `必须` and `可选`";
        return refuse(line, message);
    }
    None
}

/// The first row of a request table whose marks are truth values.
fn truth_values<'a>(lines: &[Line<'a>]) -> Option<Line<'a>> {
    let rows = lines.iter().skip_while(|line| line.text.trim() != REQUEST_HEADER).skip(1);
    let first = rows.copied().find(|line| !line.text.trim().is_empty())?;
    let words: Vec<&str> = first.text.split_whitespace().collect();
    let has_value = words.iter().skip(1).take(3).any(|word| matches!(*word, "true" | "false"));
    let has_mark = words.iter().skip(1).take(3).any(|word| mark(word).is_some());
    (words.first().is_some_and(|name| is_name(name)) && has_value && !has_mark).then_some(first)
}

/// Refuses a page of text that has no table of parameters.
pub(crate) fn unknown(page: &Page<'_>, begin: usize) -> Refusal {
    let lines: Vec<Line<'_>> = page.lines().into_iter().filter(|line| !line.text.trim().is_empty()).collect();
    if let Some(what) = kind("", page.text) {
        return Refusal::new(Code::ErrorPage, begin..begin, format!("this is {what}")).help(TEXT);
    }
    let is_title = |line: &Line<'_>| line.text.trim().chars().count() <= 40;
    let message = if page.text.contains("MIME-Version:") {
        "this is a web archive; save the page as HTML, and not as one file".to_owned()
    } else if lines.len() > 1 && lines.iter().all(is_title) && !page.text.contains("TaobaoClient") {
        let count = lines.len();
        format!("the page is a list of {count} titles, like the side bar of a category: it has no table of parameters")
    } else {
        "the page has no table of parameters".to_owned()
    };
    Refusal::new(Code::UnknownPage, begin..begin, message).help(TEXT)
}

/// Refuses the page of an API that the platform calls.
pub(crate) fn callback(at: usize) -> Refusal {
    let message = "this is a callback API, which the platform calls: its samples are JSON; it is not read";
    Refusal::new(Code::NotRead, at..at, message).help("expected: an API that is called, with the sample of a client")
}
