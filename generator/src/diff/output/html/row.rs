//! One finding: a line that opens.

use std::fmt::Write;

use crate::diff::change::is_prose;
use crate::diff::phrase::Phrase;
use crate::diff::prose::marked;
use crate::diff::report::{Finding, Subject};
use crate::diff::verdict::{Source, Verdict, Wire};
use crate::source::{Place, Sources};

use super::super::grounds;
use super::super::spot::Spot;
use super::text::{escape, parts, phrase, pieces, value};
use super::{EFFECTS, Shape, family};

/// Where a row is.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Nesting {
    /// Below the name of its API.
    Group,
    /// Inside an event, whose findings may be of several APIs.
    Event {
        /// Whether the row has to name its API.
        names_api: bool,
    },
}

/// Writes a finding. The script searches everything but `<p>`, `<small>` and `<b>`, which are for our own words.
pub(super) fn row(finding: &Finding, nesting: Nesting, shape: Shape<'_>, to: &mut String) {
    let (change, verdict) = (&finding.change, &finding.verdict);
    let inner = if nesting == Nesting::Group { "" } else { " inner" };
    let of_family = match nesting {
        Nesting::Event { names_api: true } => family(finding, shape.sources).map(|name| escape(&name)),
        _ => None,
    };
    let of_family = of_family.map(|name| format!(" data-family=\"{name}\"")).unwrap_or_default();
    let approved = if finding.approval.is_some() { " data-approved" } else { "" };
    let (id, level) = (change.kind.id(), verdict.level.word());
    // Writing to a `String` cannot fail.
    let _ = writeln!(
        to,
        "<details class=\"row{inner}\" data-level=\"{level}\" data-effects=\"{}\" data-kind=\"{id}\"{of_family}{approved}{}>\n\
         <summary><b>{level}</b> {}</summary>",
        touched(verdict),
        shape.open(),
        headline(finding, nesting),
    );
    let _ = writeln!(
        to,
        "<div class=\"ids\"><small>{}</small><code>{id}</code><code class=\"fingerprint\">{}</code></div>",
        effects(verdict),
        finding.fingerprint(),
    );
    if let Some(approval) = &finding.approval {
        let _ = writeln!(to, "<p><strong>Approved</strong>: {}</p>", escape(&grounds(approval).unquoted()));
    }
    if !verdict.why.is_empty() {
        let _ = writeln!(to, "<p>{}</p>", phrase(&Phrase::marked(&verdict.why)));
    }
    if let Some(witness) = &finding.witness {
        let _ = writeln!(to, "<div><small>No longer compiles:</small> <code>{}</code></div>", escape(witness));
    }
    if let Some(help) = &finding.help {
        let _ = writeln!(to, "<p>Help: {}</p>", phrase(help));
    }
    pair(finding, shape.sources, to);
    to.push_str("</details>\n");
}

/// ``acme.depot.crate.send request.label: optional field removed: `String` ``
fn headline(finding: &Finding, nesting: Nesting) -> String {
    let mut line = String::new();
    if nesting == (Nesting::Event { names_api: true }) {
        let _ = write!(line, "<code class=\"api\">{}</code> ", name(&finding.subject));
    }
    if let Some(path) = finding.path_to_show() {
        let _ = write!(line, "<code class=\"path\">{}</code> ", escape(&path));
    }
    // An open row shows the values below.
    let (words, whole) = (finding.change.kind_in_words(), finding.describe());
    match whole.parts().strip_prefix(words.parts()) {
        Some(values) if !values.is_empty() => {
            let _ = write!(line, "{}<span>{}</span>", phrase(&words), parts(values));
        }
        _ => line.push_str(&phrase(&whole)),
    }
    if finding.verdict.must_upgrade {
        line.push_str(" <small>must upgrade</small>");
    }
    line
}

/// Returns the name of a spec.
pub(super) fn name(subject: &Subject) -> String {
    match subject {
        Subject::Platform(name) => format!("Platform {}", escape(name)),
        Subject::Package | Subject::Api { .. } => escape(subject.name()),
    }
}

/// The two values side by side, or the only one.
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
        if text.is_none() && place.is_none() {
            continue;
        }
        let place = place.as_ref().map(|place| spot(place, sources)).unwrap_or_default();
        let _ = write!(to, "<div><p class=\"soft\">{label}{place}</p>");
        if let Some(text) = text {
            // A box that scrolls must be reachable by the keyboard.
            let _ = write!(to, "<pre tabindex=\"0\" role=\"group\" aria-label=\"{label}\">{text}</pre>");
        }
        if let Some(text) = &finding.text {
            let _ = write!(to, "<div>{}</div>", value(text));
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

/// Returns the words of the effects that a change has, for the filter.
fn touched(verdict: &Verdict) -> String {
    let touches = [verdict.source != Source::Unaffected, verdict.wire != Wire::Works, verdict.behaviour, verdict.docs];
    let words = EFFECTS.iter().zip(touches).filter(|(_, touches)| *touches).map(|((word, _), _)| *word);
    words.collect::<Vec<_>>().join(" ")
}

/// `source breaks, old binaries work, docs change; bump: major`
fn effects(verdict: &Verdict) -> String {
    let must = if verdict.must_upgrade { "; <strong>users must upgrade</strong>" } else { "" };
    format!("{}; bump: {}{must}", verdict.effects(), verdict.bump.word())
}
