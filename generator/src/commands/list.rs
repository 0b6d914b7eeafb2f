//! `apograph list`: the APIs of the specs, and where they are in the crate.

use unicode_width::UnicodeWidthStr;

use super::folders;
use super::lock_file;
use super::outcome::Outcome;
use super::report::{Answer, Report, Summary, answered};
use super::specs_read::note_errors;
use super::terminal::Terminal;
use crate::catalogue::{self, ListedApi, Locations};
use crate::cli::ListArgs;
use crate::diagnostic::{counted, safe};
use crate::selection::Selection;
use crate::spec;

/// Lists the APIs, one on each line.
pub(super) fn list(args: &ListArgs, terminal: &mut Terminal<'_>) -> Outcome {
    answered("list", args.document, terminal, |report, terminal| {
        listed(args, report, terminal).unwrap_or_else(|outcome| outcome)
    })
}

fn listed(args: &ListArgs, report: &mut Report, terminal: &mut Terminal<'_>) -> Result<Outcome, Outcome> {
    let folder = folders::specs(args.specs.as_deref()).map_err(|error| terminal.fail(error))?;
    let Report { sources, diagnostics, .. } = report;
    let specs = spec::load_dir(&folder, sources, diagnostics);
    let selection = Selection::new(&args.apis);
    selection.check(&specs.apis()).map_err(|unmatched| terminal.fail(unmatched))?;
    let lock = lock_file::file(args.lock.as_deref(), &folder, sources, diagnostics);
    let locations = Locations::read(lock.map_or("", |file| sources.text(file)));
    let apis = catalogue::list(&specs, &selection, &locations, sources, diagnostics);
    let outcome = note_errors(diagnostics, args.specs.as_deref(), terminal);
    let doubts = apis.iter().map(|api| api.doubts).sum();
    terminal.say_document(table(&apis));
    terminal.complain(format_args!("{}, {}", counted(apis.len(), "API"), counted(doubts, "doubt")));
    report.summary = Summary::List { apis: apis.len(), doubts };
    report.answer = Some(Answer::Apis(apis));
    Ok(outcome)
}

/// The columns in front of the title.
const HEAD: [&str; 4] = ["API", "FAMILY", "MODULE", "DOUBTS"];

/// Returns the table, with aligned columns. The titles are last, because they are long and their characters wide.
fn table(apis: &[ListedApi]) -> String {
    let rows: Vec<([String; 4], String)> = apis.iter().map(row).collect();
    let width = |column: usize| {
        let cells = rows.iter().map(|(cells, _)| cells[column].width());
        cells.max().unwrap_or_default().max(HEAD[column].width())
    };
    let widths = [width(0), width(1), width(2)];
    let line = |cells: [&str; 4], title: &str| {
        let [api, family, module, doubts] = cells;
        let padded = [(api, widths[0]), (family, widths[1]), (module, widths[2])];
        let padded = padded.map(|(cell, width)| format!("{cell}{}  ", " ".repeat(width - cell.width())));
        format!("{}{doubts:>6}  {title}", padded.concat()).trim_end().to_owned()
    };
    let head = line(HEAD, "TITLE");
    let lines = rows.iter().map(|(cells, title)| line(cells.each_ref().map(String::as_str), title));
    [head].into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}

fn row(api: &ListedApi) -> ([String; 4], String) {
    let module = api.rust.as_deref().unwrap_or("-");
    let cells = [&api.api, &api.family, module, &api.doubts.to_string()];
    let title = api.title.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    (cells.map(|cell| safe(cell, false)), safe(&title, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let api = |api: &str, rust: Option<&str>, title: &str, doubts| ListedApi {
            platform: "acme".to_owned(),
            api: api.to_owned(),
            title: Some(title.to_owned()),
            family: "depot".to_owned(),
            rust: rust.map(str::to_owned),
            doubts,
            spec: String::new(),
        };
        let apis =
            [api("acme.depot.send", Some("acme::depot::send"), "发送\n箱子 ", 12), api("acme.箱\u{1b}", None, "", 0)];
        let expected = "\
API              FAMILY  MODULE             DOUBTS  TITLE
acme.depot.send  depot   acme::depot::send      12  发送 箱子
acme.箱\\u{1b}    depot   -                       0";
        assert_eq!(table(&apis), expected);
    }
}
