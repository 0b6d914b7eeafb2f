//! What the page opens on: counts, and the filters. The counts need no script.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::diff::Kind;
use crate::diff::event::Overview;
use crate::diff::report::Report;
use crate::diff::verdict::Level;

use super::super::{counts, demand};
use super::text::{escape, phrase};
use super::{EFFECTS, Shape, family};

/// Levels to filter by, worst first.
const LEVELS: [Level; 5] = [Level::Error, Level::Warning, Level::Info, Level::Doc, Level::Hidden];

/// Writes the counts.
pub(super) fn counted(report: &Report, overview: &Overview, to: &mut String) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(to, "<header>\n<h1>Spec changes: {}</h1>", escape(&counts(report)));
    let _ = writeln!(to, "<p>Result: {}</p>", escape(&demand(report)));
    if let Some(lock) = report.about_lock() {
        let _ = writeln!(to, "<p class=\"soft\">{}</p>", phrase(&lock));
    }
    to.push_str("<div class=\"facts\">\n");
    let [decide, look, know] = overview.sections.each_ref().map(|section| section.findings);
    let changes = [
        Tile { class: "error", ..Tile::linked("to decide on", decide, "level", "error") },
        Tile { class: "warning", ..Tile::linked("to look at", look, "level", "warning") },
        Tile::linked("to know", know, "level", "info,doc,hidden"),
        Tile::new("approved", report.approved().count()),
    ];
    tiles("Changes", &changes, to);
    tiles("APIs", &apis(overview), to);
    let effects = overview.effects;
    let effects = EFFECTS.iter().zip([effects.source, effects.wire, effects.behaviour, effects.docs]);
    let effects: Vec<Tile> = effects.map(|((word, name), count)| Tile::linked(name, count, "effect", word)).collect();
    tiles("Effects", &effects, to);
    kinds(overview, to);
    to.push_str("</div>\n</header>\n");
}

/// A number with its name.
struct Tile {
    name: &'static str,
    count: usize,
    /// Filter that shows what is counted: its name and value.
    filter: Option<(&'static str, &'static str)>,
    class: &'static str,
}

impl Tile {
    fn new(name: &'static str, count: usize) -> Self {
        Self { name, count, filter: None, class: "" }
    }

    fn linked(name: &'static str, count: usize, filter: &'static str, value: &'static str) -> Self {
        Self { filter: Some((filter, value)), ..Self::new(name, count) }
    }
}

/// APIs by what happened to them.
fn apis(overview: &Overview) -> Vec<Tile> {
    let apis = &overview.apis;
    vec![
        Tile { class: "error", ..Tile::new("breaking", apis.breaking) },
        Tile { class: "warning", ..Tile::new("to look at", apis.to_look_at) },
        Tile::linked("added", apis.added, "kind", Kind::ApiAdded.id()),
        Tile::linked("removed", apis.removed, "kind", Kind::ApiRemoved.id()),
        Tile::linked("renamed", apis.renamed, "kind", Kind::ApiWireRenamed.id()),
        Tile::new("compatible", apis.compatible),
        Tile::new("docs only", apis.docs_only),
        Tile::new("approved", apis.approved),
        Tile::new("unchanged", apis.unchanged.unwrap_or_default()),
    ]
}

/// Writes the numbers that are not zero.
fn tiles(title: &str, tiles: &[Tile], to: &mut String) {
    if tiles.iter().all(|tile| tile.count == 0) {
        return;
    }
    let _ = write!(to, "<div><h2>{title}</h2>\n<ul class=\"tiles\">");
    for tile in tiles.iter().filter(|tile| tile.count > 0) {
        let class = if tile.class.is_empty() { String::new() } else { format!(" class=\"{}\"", tile.class) };
        let text = format!("<strong>{}</strong> {}", tile.count, tile.name);
        let text = match tile.filter {
            Some((filter, value)) => format!("<a href=\"#{filter}={value}\">{text}</a>"),
            None => text,
        };
        let _ = write!(to, "<li{class}>{text}</li>");
    }
    to.push_str("</ul></div>\n");
}

fn kinds(overview: &Overview, to: &mut String) {
    if overview.kinds.is_empty() {
        return;
    }
    let number = overview.kinds.len();
    let _ = write!(to, "<details class=\"kinds\">\n<summary>Changes by kind: {number}</summary>\n<ul>");
    for count in &overview.kinds {
        let (id, what) = (count.kind.id(), escape(count.kind.what()));
        let _ = write!(to, "<li><a href=\"#kind={id}\"><strong>{}</strong> {what}</a></li>", count.findings);
    }
    to.push_str("</ul>\n</details>\n");
}

/// Writes the filters. They are hidden until the script runs, because they do nothing without it.
pub(super) fn filters(report: &Report, shape: Shape<'_>, to: &mut String) {
    let has = |level: &Level| report.findings.iter().any(|finding| finding.verdict.level == *level);
    let levels: Vec<(&str, &str)> =
        LEVELS.iter().filter(|level| has(level)).map(|level| (level.word(), level.word())).collect();
    let kinds: BTreeSet<&str> = report.findings.iter().map(|finding| finding.change.kind.id()).collect();
    let families: BTreeSet<String> =
        report.findings.iter().filter_map(|finding| family(finding, shape.sources)).collect();
    let approved = if report.approved().next().is_some() { "" } else { " hidden" };
    let _ = write!(
        to,
        "<form id=\"filters\" role=\"search\" aria-label=\"Filters\" autocomplete=\"off\" hidden>\n\
         <input type=\"search\" id=\"q\" aria-label=\"Search\" placeholder=\"Search names, texts, values\">\n\
         <details id=\"choices\" open>\n<summary>Filters</summary>\n<div>\n{}{}{}{}\
         <label{approved}><input type=\"checkbox\" id=\"approved\" checked> approved</label>\n\
         </div>\n</details>\n\
         <div><button type=\"reset\">Show all</button>\n<button type=\"button\" id=\"open\">Open rows</button>\n\
         <output id=\"shown\" aria-live=\"polite\"></output></div>\n</form>\n",
        checks("level", &levels),
        checks("effect", &EFFECTS),
        select("kind", "all kinds", kinds.into_iter()),
        select("family", "all families", families.iter().map(String::as_str)),
    );
}

/// Formats check boxes for these values, each with its label.
fn checks(name: &str, values: &[(&str, &str)]) -> String {
    let check = |(value, label): &(&str, &str)| {
        format!("<label><input type=\"checkbox\" name=\"{name}\" value=\"{value}\"> {label}</label>")
    };
    let checks: String = values.iter().map(check).collect();
    format!("<fieldset aria-label=\"{name}\">{checks}</fieldset>\n")
}

/// Formats a choice. It is hidden if there is nothing to choose.
fn select<'v>(id: &str, all: &str, values: impl Iterator<Item = &'v str>) -> String {
    let options: Vec<String> = values.map(|value| format!("<option>{}</option>", escape(value))).collect();
    let hidden = if options.len() < 2 { " hidden" } else { "" };
    let options = options.concat();
    format!("<select id=\"{id}\" aria-label=\"{id}\"{hidden}><option value=\"\">{all}</option>{options}</select>\n")
}
