//! HTML output: one self-contained page that shows both revisions side by side, with filters.
//!
//! Specs come from pages that we do not control: every text is escaped, and the content security policy allows only
//! the script whose digest it names.

use std::fmt::Write;

use apograph_runtime::sign;

use crate::diagnostic::safe;
use crate::diff::phrase::{Part, Phrase};
use crate::diff::prose::{Piece, marked};
use crate::diff::report::{Finding, Report, Subject};
use crate::diff::verdict::{Level, Source, Verdict, Wire};
use crate::source::{Place, Sources};

use super::json::is_prose;
use super::spot::Spot;
use super::{counts, demand, grounds};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Maximum characters of a value that are shown. A sample can have a million.
const SHOWN: usize = 4_000;

/// Levels to filter by, worst first.
const LEVELS: [Level; 5] = [Level::Error, Level::Warning, Level::Info, Level::Doc, Level::Hidden];
const PLANES: [&str; 4] = ["source", "wire", "behaviour", "docs"];

/// Writes the report as one HTML page.
pub fn html(report: &Report, sources: &Sources) -> String {
    let mut page = head();
    // Writing to a `String` cannot fail.
    let _ = writeln!(page, "<h1>Spec changes: {}</h1>", escape(&counts(report)));
    let _ = writeln!(page, "<p>Result: {}</p>", escape(&demand(report)));
    page.push_str(&filters(report));
    page.push_str("<main>\n");
    for findings in report.findings.chunk_by(|one, other| one.subject == other.subject) {
        section(findings, sources, &mut page);
    }
    let _ = write!(page, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n");
    page
}

fn head() -> String {
    let digest = |text: &str| format!("'sha256-{}'", sign::base64(&sign::sha256(text.as_bytes())));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; \
         form-action 'none'; style-src {}; script-src {}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>Spec changes</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n",
        digest(STYLE),
        digest(SCRIPT),
    )
}

/// Hidden until the script runs, because filters do nothing without it.
fn filters(report: &Report) -> String {
    let checks = |name: &str, values: &[&str]| -> String {
        let check = |value: &&str| {
            format!("<label><input type=\"checkbox\" name=\"{name}\" value=\"{value}\"> {value}</label>")
        };
        values.iter().map(check).collect()
    };
    let has = |level: &Level| report.findings.iter().any(|finding| finding.verdict.level == *level);
    let levels: Vec<&str> = LEVELS.iter().filter(|level| has(level)).map(|level| level.word()).collect();
    format!(
        "<form id=\"filters\" role=\"search\" aria-label=\"Filters\" autocomplete=\"off\" hidden>\n\
         <fieldset><legend>Plane</legend>{}</fieldset>\n\
         <fieldset><legend>Level</legend>{}</fieldset>\n\
         <label>Filter by API, field or kind <input type=\"search\" id=\"q\"></label>\n\
         <label><input type=\"checkbox\" id=\"approved\" checked> show approved changes</label>\n\
         <button type=\"reset\">Show all</button>\n\
         <output id=\"shown\" aria-live=\"polite\"></output>\n</form>\n",
        checks("plane", &PLANES),
        checks("level", &levels),
    )
}

fn section(findings: &[Finding], sources: &Sources, to: &mut String) {
    let Some(first) = findings.first() else { return };
    let kind = match first.subject {
        Subject::Platform(_) => "Platform ",
        Subject::Package | Subject::Api { .. } => "",
    };
    let _ = writeln!(to, "<section>\n<h2>{kind}{}</h2>", escape(first.subject.name()));
    for finding in findings {
        article(finding, sources, to);
    }
    to.push_str("</section>\n");
}

fn article(finding: &Finding, sources: &Sources, to: &mut String) {
    let (change, verdict) = (&finding.change, &finding.verdict);
    let (path, id, level) = (change.path.to_string(), change.kind.id(), verdict.level.word());
    let fingerprint = finding.fingerprint();
    let text = format!("{} {path} {id} {fingerprint}", finding.subject.name()).to_lowercase();
    let approved = if finding.approval.is_some() { "yes" } else { "no" };
    let _ = writeln!(
        to,
        "<article data-level=\"{level}\" data-planes=\"{}\" data-approved=\"{approved}\" \
         data-text=\"{}\">",
        touched(verdict),
        escape(&text),
    );
    let _ = writeln!(
        to,
        "<h3><span class=\"level\">{level}</span> <code>{}</code>: {}</h3>",
        escape(&path),
        phrase(&change.kind_in_words()),
    );
    let _ = writeln!(to, "<p class=\"soft\">{} · <code>{id}</code> · <code>{fingerprint}</code></p>", effects(verdict));
    if let Some(approval) = &finding.approval {
        let _ = writeln!(to, "<p><strong>Approved</strong>: {}</p>", escape(&grounds(approval).unquoted()));
    }
    if !verdict.why.is_empty() {
        let _ = writeln!(to, "<p>{}</p>", phrase(&Phrase::marked(&verdict.why)));
    }
    if let Some(witness) = &finding.witness {
        let _ = writeln!(to, "<p>No longer compiles: <code>{}</code></p>", escape(witness));
    }
    if let Some(help) = &finding.help {
        let _ = writeln!(to, "<p>Help: {}</p>", phrase(help));
    }
    pair(finding, sources, to);
    to.push_str("</article>\n");
}

/// Both values side by side.
fn pair(finding: &Finding, sources: &Sources, to: &mut String) {
    let change = &finding.change;
    let (old, new) = match (&change.old, &change.new) {
        (Some(old), Some(new)) if is_prose(change.kind) => {
            let marked = marked(old, new);
            (Some(pieces(&marked.old, "del")), Some(pieces(&marked.new, "ins")))
        }
        (old, new) => {
            let shown = |text: &Option<String>| text.as_deref().filter(|text| !text.is_empty()).map(value);
            (shown(old), shown(new))
        }
    };
    to.push_str("<div class=\"pair\">\n");
    for (label, text, place) in [("Before", old, &finding.old_place), ("After", new, &finding.new_place)] {
        let place = place.as_ref().map(|place| spot(place, sources)).unwrap_or_default();
        let _ = write!(to, "<div><p class=\"soft\">{label}{place}</p>");
        if let Some(text) = text {
            // A box that scrolls must be reachable by the keyboard.
            let _ = write!(to, "<pre tabindex=\"0\" role=\"group\" aria-label=\"{label}\">{text}</pre>");
        }
        to.push_str("</div>\n");
    }
    to.push_str("</div>\n");
}

fn spot(place: &Place, sources: &Sources) -> String {
    let spot = Spot::new(place, sources);
    let line = spot.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!(" · <code>{}{line}</code>", escape(&spot.path))
}

/// The planes that a change affects, for the filter.
fn touched(verdict: &Verdict) -> String {
    let touches = [verdict.source != Source::Unaffected, verdict.wire != Wire::Works, verdict.behaviour, verdict.docs];
    let words = PLANES.iter().zip(touches).filter(|(_, touches)| *touches).map(|(plane, _)| *plane);
    words.collect::<Vec<_>>().join(" ")
}

/// `source breaks, old binaries work, docs change; bump: major`
fn effects(verdict: &Verdict) -> String {
    let must = if verdict.must_upgrade { "; <strong>users must upgrade</strong>" } else { "" };
    format!("{}; bump: {}{must}", verdict.effects(), verdict.bump.word())
}

fn value(text: &str) -> String {
    let (shown, is_cut) = cut(text, SHOWN);
    escape(shown) + if is_cut { "…" } else { "" }
}

fn pieces(pieces: &[Piece], tag: &str) -> String {
    let mut text = String::new();
    let mut left = SHOWN;
    for piece in pieces {
        let (shown, is_cut) = cut(&piece.text, left);
        left -= shown.chars().count().min(left);
        let shown = escape(shown);
        text.push_str(&if piece.differs { format!("<{tag}>{shown}</{tag}>") } else { shown });
        if is_cut {
            text.push('…');
            break;
        }
    }
    text
}

/// Returns the first characters of a text, and whether there are more.
fn cut(text: &str, most: usize) -> (&str, bool) {
    match text.char_indices().nth(most) {
        Some((end, _)) => (text.get(..end).unwrap_or(text), true),
        None => (text, false),
    }
}

/// Formats a sentence.
fn phrase(phrase: &Phrase) -> String {
    let text = |part: &Part| match part {
        Part::Words(text) => escape(text),
        Part::Code(text) => format!("<code>{}</code>", escape(text)),
    };
    phrase.parts().iter().map(text).collect()
}

/// Escapes text for content and attributes. Invisible and direction-changing characters are spelled out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in safe(text, true).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_markup() {
        assert_eq!(
            escape("<a b=\"c\" d='e'>&amp;\u{202e}\u{0}"),
            "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;\\u{202e}\\u{0}"
        );
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
    }

    #[test]
    fn back_quotes_are_code() {
        let why = Phrase::marked("`A<b>` is now `c`");
        assert_eq!(phrase(&why), "<code>A&lt;b&gt;</code> is now <code>c</code>");
    }

    #[test]
    fn long_values_are_cut_between_characters() {
        assert_eq!(cut("甲乙丙", 2), ("甲乙", true));
        assert_eq!(cut("甲乙丙", 3), ("甲乙丙", false));
        let piece = |text: &str, differs| Piece { text: text.into(), differs };
        let long = "甲".repeat(SHOWN);
        assert_eq!(pieces(&[piece("a", false), piece(&long, true)], "ins").matches('甲').count(), SHOWN - 1);
        assert_eq!(pieces(&[piece("a", false), piece("<", true)], "ins"), "a<ins>&lt;</ins>");
    }
}
