//! Renders findings as text, in the style of rustc.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;

use crate::source::{FileId, Place, Position, Sources};

use super::code::Severity;
use super::finding::{Diagnostic, Diagnostics};
use super::order::{Extent, Rest, first_of_each_code, sorted};
use super::text::{counted, safe};
use super::view::{View, is_there, line_column, locate};
use super::wrap::wrapped;

/// Maximum distance of two marks in one excerpt of a line, in characters. A terminal shows one stretch of a long line.
const WIDE: usize = 80;

/// Maximum distance of two marks in one excerpt, in lines. The renderer looks at every line between them.
const TALL: usize = 200;

/// Whether rendered text contains colors.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Color {
    /// Plain text.
    Never,
    /// ANSI escape sequences, for a terminal.
    Ansi,
}

/// Renders all findings, sorted by file, line, column and code, each with an empty line after it.
pub fn render(diagnostics: &Diagnostics, sources: &Sources, color: Color) -> String {
    render_some(diagnostics, sources, color, Extent::All)
}

/// Renders the findings within an extent, and one line for each code of which some are left out.
pub fn render_some(diagnostics: &Diagnostics, sources: &Sources, color: Color, extent: Extent) -> String {
    let renderer = match color {
        Color::Never => Renderer::plain(),
        Color::Ansi => Renderer::styled(),
    };
    let mut findings = sorted(diagnostics, sources);
    let rest = match extent {
        Extent::All => Vec::new(),
        Extent::FirstOfEachCode => first_of_each_code(&mut findings),
    };
    let mut text = String::new();
    for finding in findings {
        text.push_str(renderer.render(&[group(finding, sources)]).trim_end());
        text.push_str("\n\n");
    }
    for Rest { code, count, files } in rest {
        let place = if files > 0 { format!(" in {}", counted(files, "file")) } else { String::new() };
        text.push_str(&format!("… and {count} more {}{place}; `--all` shows them\n", code.id()));
    }
    text
}

/// Returns line and column of a place, both from 1, or `None` for a whole file.
pub fn position(place: &Place, sources: &Sources) -> Option<(usize, usize)> {
    locate(place, sources).map(|span| line_column(place.file, span.start, sources))
}

/// Returns `2 errors and 1 warning`, or an empty text if there are no findings.
pub fn summary(diagnostics: &Diagnostics) -> String {
    let count = |number: usize, word: &str| (number > 0).then(|| counted(number, word));
    let parts = [count(diagnostics.errors(), "error"), count(diagnostics.warnings(), "warning")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" and ")
}

/// The level of a finding as it is shown.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Tone {
    Error,
    Warning,
    Info,
    Note,
}

impl Tone {
    const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Note => "note",
        }
    }

    fn level(self) -> Level<'static> {
        match self {
            Self::Error => Level::ERROR,
            Self::Warning => Level::WARNING,
            Self::Info => Level::INFO,
            Self::Note => Level::NOTE,
        }
    }
}

/// A finding as it is shown. Diagnostics and changes of specs look the same.
pub(crate) struct Shown<'a> {
    pub(crate) tone: Tone,
    pub(crate) id: &'a str,
    pub(crate) message: &'a str,
    /// The place and its label.
    pub(crate) primary: Option<(&'a Place, Option<&'a str>)>,
    pub(crate) labels: Vec<(&'a Place, &'a str)>,
    /// The lines below the source.
    pub(crate) notes: Vec<(Footer, String)>,
    /// Whether the source is shown. Otherwise only the primary place is named.
    pub(crate) with_source: bool,
    /// Columns that the text may take. `None` for lines of any length.
    pub(crate) width: Option<usize>,
}

/// The kind of a line below the source.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Footer {
    Help,
    Note,
}

/// Renders one finding.
pub(crate) fn show(shown: &Shown<'_>, sources: &Sources, color: Color) -> String {
    let renderer = match color {
        Color::Never => Renderer::plain(),
        Color::Ansi => Renderer::styled(),
    };
    let renderer = match shown.width {
        Some(width) => renderer.term_width(width),
        None => renderer,
    };
    renderer.render(&[shown_group(shown, sources)]).trim_end().to_owned()
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let tone = match diagnostic.severity {
        Severity::Error => Tone::Error,
        Severity::Warning => Tone::Warning,
    };
    let shown = Shown {
        tone,
        id: diagnostic.code.id(),
        message: &diagnostic.message,
        primary: diagnostic.place.as_ref().map(|place| (place, diagnostic.primary.as_deref())),
        labels: diagnostic.labels.iter().map(|(place, label)| (place, label.as_str())).collect(),
        notes: diagnostic.help.iter().map(|help| (Footer::Help, help.clone())).collect(),
        with_source: true,
        width: None,
    };
    shown_group(&shown, sources)
}

fn shown_group<'a>(shown: &Shown<'_>, sources: &'a Sources) -> Group<'a> {
    // The renderer puts `error[id]: ` before the first line, and as many blanks before the others.
    let head = shown.tone.word().len() + shown.id.len() + 4;
    let message = fitted(&safe(shown.message, false), shown.width, head);
    let mut group = Group::with_title(shown.tone.level().primary_title(message).id(shown.id.to_owned()));
    for (file, marks) in by_file(shown).into_iter().filter(|_| shown.with_source) {
        group = excerpt(group, file, &marks, sources);
    }
    if let Some((place, _)) = shown.primary.as_ref().filter(|_| !shown.with_source) {
        group = group.element(origin(place, sources));
    }
    for (footer, text) in &shown.notes {
        let level = match footer {
            Footer::Help => Level::HELP,
            Footer::Note => Level::NOTE,
        };
        group = group.element(level.message(fitted(&safe(text, true), shown.width, NOTE)));
    }
    group
}

/// Columns before the text of a note: a margin for the line number, and `= note: `.
const NOTE: usize = 13;

/// Breaks lines that are wider than what `before` leaves of the width.
fn fitted(text: &str, width: Option<usize>, before: usize) -> String {
    let Some(width) = width else { return text.to_owned() };
    // On a narrow terminal, lines that are too long are better than lines of one word.
    let left = width.saturating_sub(before).max(30);
    text.split('\n').map(|line| wrapped(line, left, 0)).collect::<Vec<_>>().join("\n")
}

/// The file, line and column of a place.
fn origin<'a>(place: &Place, sources: &Sources) -> Origin<'a> {
    let origin = Origin::path(safe(sources.path(place.file), false));
    match position(place, sources) {
        Some((line, column)) => origin.line(line).char_column(column),
        None => origin,
    }
}

/// A place to mark in one file.
struct Mark<'a> {
    place: &'a Place,
    label: Option<&'a str>,
    kind: AnnotationKind,
}

/// Groups the places by file. The file of the primary place comes first, the others follow in the order of their labels.
fn by_file<'a>(shown: &Shown<'a>) -> Vec<(FileId, Vec<Mark<'a>>)> {
    let primary =
        shown.primary.iter().map(|(place, label)| Mark { place, label: *label, kind: AnnotationKind::Primary });
    let context =
        shown.labels.iter().map(|(place, label)| Mark { place, label: Some(label), kind: AnnotationKind::Context });
    let mut files: Vec<(FileId, Vec<Mark<'a>>)> = Vec::new();
    for mark in primary.chain(context) {
        let file = mark.place.file;
        match files.iter_mut().find(|(known, _)| *known == file) {
            Some((_, marks)) => marks.push(mark),
            None => files.push((file, vec![mark])),
        }
    }
    files
}

/// A mark and its range of bytes.
type Found<'a> = (&'a Mark<'a>, Range<usize>);

/// Adds the excerpts of a file: one snippet, and one more for each mark too far away.
fn excerpt<'a>(mut group: Group<'a>, file: FileId, marks: &[Mark<'_>], sources: &'a Sources) -> Group<'a> {
    let is_shown = |mark: &&Mark<'_>| mark.kind == AnnotationKind::Primary || is_there(mark.place, sources);
    let found: Vec<Found<'_>> =
        marks.iter().filter(is_shown).filter_map(|mark| Some((mark, locate(mark.place, sources)?))).collect();
    for mark in marks.iter().filter(|mark| locate(mark.place, sources).is_none()) {
        let path = safe(sources.path(file), false);
        let label = safe(mark.label.unwrap_or_default(), false);
        group = match (mark.kind, &mark.place.at) {
            (AnnotationKind::Primary, _) => group.element(Origin::path(path)),
            (_, Position::File) => group.element(Level::NOTE.message(format!("{path}: {label}"))),
            _ => group,
        };
    }
    for together in apart(file, found, sources) {
        group = group.element(snippet(file, &together, sources));
    }
    group
}

/// Groups marks so that no two marks of a group are far apart.
fn apart<'a>(file: FileId, found: Vec<Found<'a>>, sources: &Sources) -> Vec<Vec<Found<'a>>> {
    let far = |one: &Range<usize>, other: &Range<usize>| {
        let [(line, column), (other_line, other_column)] =
            [one, other].map(|span| line_column(file, span.start, sources));
        if line == other_line { column.abs_diff(other_column) > WIDE } else { line.abs_diff(other_line) > TALL }
    };
    let mut groups: Vec<Vec<Found<'a>>> = Vec::new();
    for (mark, span) in found {
        match groups.iter_mut().find(|group| group.iter().all(|(_, known)| !far(known, &span))) {
            Some(group) => group.push((mark, span)),
            None => groups.push(vec![(mark, span)]),
        }
    }
    groups
}

fn snippet<'a>(file: FileId, found: &[Found<'_>], sources: &Sources) -> Snippet<'a, Annotation<'a>> {
    let spans: Vec<_> = found.iter().map(|(_, span)| span.clone()).collect();
    let view = View::new(file, &spans, sources);
    let annotations = found
        .iter()
        .zip(view.spans)
        .map(|((mark, _), span)| mark.kind.span(span).label(mark.label.map(|label| safe(label, false))));
    let annotations: Vec<_> = annotations.collect();
    let path = safe(sources.path(file), false);
    Snippet::source(view.text).line_start(view.first_line).path(path).annotations(annotations)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::Code;
    use crate::diagnostic::text::with_hidden;
    use crate::source::SpecPath;

    fn show(text: &str, marked: &str) -> String {
        let mut sources = Sources::new();
        let file = sources.add("specs/a.yaml", text);
        let start = text.find(marked).expect("the marked text");
        let place = Place::bytes(file, start..start + marked.len());
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(Diagnostic::new(Code::UnknownKey, place, "no such key").here("here").help("do it"));
        render(&diagnostics, &sources, Color::Never)
    }

    /// The first hidden character.
    fn hidden(text: &str) -> Option<char> {
        with_hidden(text).find(|(c, hidden)| *hidden && *c != '\n').map(|(c, _)| c)
    }

    #[test]
    fn marks_stand_under_wide_text() {
        let shown = "\
error[E0103]: no such key
 --> specs/a.yaml:2:6
  |
2 | 保存顾客: 更新 x
  |           ^^^^ here
  |
  = help: do it

";
        assert_eq!(show("a: 1\n保存顾客: 更新 x\nb: 2\n", "更新"), shown.replace(":2:6", ":2:7"));
    }

    #[test]
    fn nothing_reaches_the_terminal_that_it_may_act_on() {
        let text = show("a: \u{1b}[31m\u{9b}31m \u{202e}\u{200b}\u{2028} \u{7} xy\r\nb: 1\n", "xy");
        assert!(text.contains("a: ␛[31m�31m ��� ␇ xy\n"), "{text}");
        assert!(text.contains("specs/a.yaml:1:20"), "{text}");
        assert_eq!(hidden(&text), None);
        let mut diagnostics = Diagnostics::new();
        let message = "a\u{1b}[31m\nb";
        diagnostics.push(Diagnostic::general(Code::Unreadable, message).help("c\u{1b}\nd"));
        let text = render(&diagnostics, &Sources::new(), Color::Never);
        assert_eq!(text, "error[E0112]: a\\u{1b}[31m\\nb\n |\n = help: c\\u{1b}\n         d\n\n");
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        for filler in ["字", "x", "\u{1b}", "\u{301}", "👩\u{200d}"] {
            let text = show(&format!("k: {} hit {}", filler.repeat(5_000), filler.repeat(500_000)), "hit");
            assert!(text.len() < 3_000 && text.contains(" hit "), "{}", text.len());
            let marks = text.lines().find(|line| line.contains("^^^ here"));
            assert!(marks.is_some(), "{text}");
        }
    }

    #[test]
    fn positions_at_the_ends_are_shown() {
        for (text, at, header) in
            [("", 0..0, ":1:1"), ("a: 1\n", 5..5, ":2:1"), ("a", 7..9, ":1:2"), ("字", 1..2, ":1:1")]
        {
            let mut sources = Sources::new();
            let file = sources.add("a.yaml", text);
            let mut diagnostics = Diagnostics::new();
            diagnostics.push(Diagnostic::new(Code::Syntax, Place::bytes(file, at), "x"));
            let shown = render(&diagnostics, &sources, Color::Never);
            assert!(shown.contains(&format!("a.yaml{header}\n")), "{shown}");
        }
    }

    #[test]
    fn findings_are_sorted_and_labels_may_lie_in_other_files() {
        let mut sources = Sources::new();
        let other = sources.add("b.yaml", "x: 1\n");
        let file = sources.add("a.yaml", "one:\n  two: 2\nlist:\n- a: 1\n");
        let path = |text: &str| text.parse::<SpecPath>().expect("a path");
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(Diagnostic::new(Code::Syntax, Place::file(other), "last"));
        let late = Diagnostic::new(Code::Syntax, Place::value(file, path("list[0].zzz")), "second");
        diagnostics
            .push(late.label(Place::key(file, path("one.two")), "near").label(Place::value(other, path("x")), "far"));
        diagnostics.push(Diagnostic::new(Code::UnsettledDoubt, Place::value(file, path("one.two")), "first"));
        diagnostics.push(Diagnostic::new(Code::UnsettledDoubt, Place::value(file, path("one.two")), "first"));
        let shown = "\
warning[W0306]: first
 --> a.yaml:2:8
  |
2 |   two: 2
  |        ^

error[E0101]: second
 --> a.yaml:4:3
  |
2 |   two: 2
  |   --- near
3 | list:
4 | - a: 1
  |   ^^^^
  |
 ::: b.yaml:1:4
  |
1 | x: 1
  |    - far

error[E0101]: last
--> b.yaml

";
        assert_eq!(render(&diagnostics, &sources, Color::Never), shown);
        assert_eq!(summary(&diagnostics), "2 errors and 2 warnings");
        diagnostics.deny(Code::UnsettledDoubt);
        assert_eq!((diagnostics.errors(), diagnostics.warnings()), (4, 0));
        assert!(render(&diagnostics, &sources, Color::Ansi).contains("\u{1b}["));
    }

    #[test]
    fn files_without_a_text_are_named() {
        let mut sources = Sources::new();
        let (file, other) = (sources.add("a.yaml", ""), sources.add("b.yaml", ""));
        let path = || SpecPath::root().key("a");
        let mut diagnostics = Diagnostics::new();
        let first = Diagnostic::new(Code::Syntax, Place::value(file, path()), "x");
        diagnostics.push(first.label(Place::file(other), "beside it").label(Place::value(other, path()), "nowhere"));
        let shown = "error[E0101]: x\n--> a.yaml\n = note: b.yaml: beside it\n\n";
        assert_eq!(render(&diagnostics, &sources, Color::Never), shown);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn anything_can_be_shown(
            text in "([ -~]|[\n\r\t]|[顾客。😀]|[\u{0}-\u{1f}\u{7f}-\u{9f}\u{200d}\u{301}\u{2028}\u{202e}]|\n){0,300}",
            ranges in proptest::collection::vec((0..900usize, 0..900usize), 1..5),
            label in "\\PC{0,20}|\n|",
        ) {
            let mut sources = Sources::new();
            let file = sources.add("a.yaml", text.as_str());
            let mut places = ranges.into_iter().map(|(from, to)| Place::bytes(file, from..to));
            let first = places.next().unwrap_or_else(|| Place::file(file));
            let diagnostic = Diagnostic::new(Code::Syntax, first, label.as_str()).here(label.as_str());
            let mut diagnostics = Diagnostics::new();
            diagnostics.push(places.fold(diagnostic, |diagnostic, place| diagnostic.label(place, label.as_str())));
            let shown = render(&diagnostics, &sources, Color::Never);
            prop_assert!(shown.starts_with("error[E0101]"));
            prop_assert_eq!(hidden(&shown), None, "{}", shown);
        }
    }
}
