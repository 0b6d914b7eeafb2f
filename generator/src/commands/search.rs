//! `apograph search`: finds APIs by words of their names, titles and descriptions.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::folders;
use super::outcome::Outcome;
use super::report::{Answer, Report, Summary, answered};
use super::specs_read::note_errors;
use super::terminal::Terminal;
use crate::catalogue::{self, Hit, Kind, Occurrence, Query};
use crate::cli::{OutputFormat, SearchArgs};
use crate::diagnostic::counted;
use crate::spec;

/// Number of APIs that are shown to people, unless they ask for more.
const SHOWN: usize = 20;

/// Columns in front of a word that are shown of a long text.
const BEFORE: usize = 20;

/// Shows the APIs that contain all words, each with the places.
pub(super) fn search(args: &SearchArgs, terminal: &mut Terminal<'_>) -> Outcome {
    answered("search", args.document, terminal, |report, terminal| {
        found(args, report, terminal).unwrap_or_else(|outcome| outcome)
    })
}

fn found(args: &SearchArgs, report: &mut Report, terminal: &mut Terminal<'_>) -> Result<Outcome, Outcome> {
    let query = Query::new(&args.words);
    if query.words().len() == 0 {
        return Err(terminal.fail("there are no words to search for"));
    }
    let folder = folders::specs(args.specs.as_deref()).map_err(|error| terminal.fail(error))?;
    let Report { sources, diagnostics, .. } = report;
    let specs = spec::load_some(&folder, &|files| query.may_match(files), sources, diagnostics);
    let mut hits = catalogue::search(&specs, &query);
    let outcome = note_errors(diagnostics, args.specs.as_deref(), terminal);
    let all = hits.len();
    let limit = args.limit.or((args.document.format == OutputFormat::Text).then_some(SHOWN));
    hits.truncate(limit.unwrap_or(usize::MAX));
    let width = terminal.result_width();
    hits.iter().for_each(|hit| terminal.say_document(entry(hit, width)));
    terminal.complain(match all - hits.len() {
        0 => format!("{} found", counted(all, "API")),
        _ => format!("{} found, the first {} shown; `--limit` shows more", counted(all, "API"), hits.len()),
    });
    report.summary = Summary::Search { hits: all };
    report.answer = Some(Answer::Hits(hits));
    Ok(if all == 0 { outcome.max(Outcome::Findings) } else { outcome })
}

/// Returns the lines of an API: its name and title, and the places of the words that neither contains.
fn entry(hit: &Hit, width: usize) -> String {
    let title = hit.title.as_deref().map(one_line).unwrap_or_default();
    let mut lines = vec![format!("{}  {title}", hit.api).trim_end().to_owned()];
    let inside = hit.occurrences.iter().filter(|found| !matches!(found.kind, Kind::Api | Kind::Title));
    for found in inside {
        let line = place(found, width);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// Returns the place of a word, with the part of the text around it.
fn place(found: &Occurrence, width: usize) -> String {
    let at = if found.field.is_empty() { "description".to_owned() } else { found.field.join(".") };
    let head = format!("  {at}");
    match found.kind {
        Kind::FieldName => head,
        _ => {
            let rest = width.saturating_sub(head.width() + 2).max(BEFORE * 2);
            format!("{head}  {}", around(&one_line(&found.text), &found.word, rest))
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cuts a text to a width, so that the word in it shows.
fn around(text: &str, word: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let at = catalogue::position(text, word).unwrap_or_default();
    let before: Vec<char> = text.chars().take(at).collect();
    let start = before.len() - fitting(before.iter().rev().copied(), BEFORE);
    let mark = if start > 0 { "…" } else { "" };
    let rest: Vec<char> = text.chars().skip(start).collect();
    let shown = fitting(rest.iter().copied(), width.saturating_sub(2));
    let end = if shown < rest.len() { "…" } else { "" };
    format!("{mark}{}{end}", rest.iter().take(shown).collect::<String>().trim())
}

/// Returns how many of the characters fit into a width.
fn fitting(characters: impl Iterator<Item = char>, width: usize) -> usize {
    let mut columns = 0;
    let fits = |c: &char| {
        columns += c.width().unwrap_or_default();
        columns <= width
    };
    characters.take_while(fits).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_around_the_word() {
        let text = "交易的状态,可选值:等待买家付款,等待卖家发货,等待买家确认收货,交易成功,交易关闭。默认不限";
        assert_eq!(around(text, "交易", 30), "交易的状态,可选值:等待买家付…");
        assert_eq!(around(text, "关闭", 40), "…认收货,交易成功,交易关闭。默认不限");
        assert_eq!(around(text, "不限", 40), "…成功,交易关闭。默认不限");
        assert_eq!(around("short TEXT", "text", 40), "short TEXT");
        for width in [30, 40, 80] {
            assert!(around(text, "关闭", width).width() <= width);
        }
    }
}
