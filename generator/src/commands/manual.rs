//! `apograph completions` and `apograph man`: what shells and `man` need to know about the command line.

use std::io;
use std::path::Path;

use clap::CommandFactory as _;
use clap_mangen::Man;

use super::outcome::Outcome;
use super::terminal::Terminal;
use crate::cli::{Cli, CompletionsArgs, ManArgs};
use crate::diagnostic::quoted;
use crate::files;

const PROGRAM: &str = "apograph";

/// First line of every man page: a comment, by which a page is known as ours.
const HEAD: &str = ".\\\" Written by `apograph man`.\n";

/// Prints the completion script for a shell.
pub(super) fn completions(args: &CompletionsArgs, terminal: &mut Terminal<'_>) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), PROGRAM, &mut script);
    terminal.write(&String::from_utf8_lossy(&script));
    Outcome::Done
}

/// Prints a man page, or writes all of them to a folder.
pub(super) fn man(args: &ManArgs, terminal: &mut Terminal<'_>) -> Outcome {
    if let Some(folder) = &args.out {
        return match write_all(folder) {
            Ok(()) => Outcome::Done,
            Err(error) => terminal.fail(error),
        };
    }
    match page(args.command.as_deref()) {
        Ok(Some(page)) => {
            terminal.write(&page);
            Outcome::Done
        }
        Ok(None) => {
            let name = quoted(args.command.as_deref().unwrap_or_default());
            terminal.fail(format_args!("unknown subcommand {name}\nhelp: `apograph --help` lists the subcommands"))
        }
        Err(error) => terminal.fail(error),
    }
}

/// Writes the pages of the program and of every subcommand.
fn write_all(folder: &Path) -> Result<(), String> {
    files::sweep(folder);
    let program = program();
    let shown = program.get_subcommands().filter(|command| !command.is_hide_set());
    for command in [&program].into_iter().chain(shown) {
        let page = Man::new(command.clone());
        let path = folder.join(page.get_filename());
        let text = render(&page).map_err(|error| error.to_string())?;
        let is_page = |found: &[u8]| found.starts_with(HEAD.as_bytes());
        files::replace(folder, &path, &text, &is_page).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Renders the page of a subcommand, or of the program. `None` if there is no such subcommand.
fn page(name: Option<&str>) -> io::Result<Option<String>> {
    let program = program();
    let command = match name {
        Some(name) => program.find_subcommand(name).filter(|command| !command.is_hide_set()).cloned(),
        None => Some(program),
    };
    command.map(|command| render(&Man::new(command))).transpose()
}

fn program() -> clap::Command {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    program
}

fn render(page: &Man) -> io::Result<String> {
    let mut text = HEAD.as_bytes().to_vec();
    page.render(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
