//! `apograph completions` and `apograph man`: what shells and `man` need to know about the command line.

use std::fs;
use std::io;

use clap::CommandFactory as _;
use clap_mangen::Man;

use super::outcome::Outcome;
use super::terminal::Terminal;
use crate::cli::{Cli, CompletionsArgs, ManArgs};
use crate::diagnostic::quoted;

const PROGRAM: &str = "apograph";

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
        let written = fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(Cli::command(), folder));
        return match written {
            Ok(()) => Outcome::Done,
            Err(error) => terminal.fail(format_args!("{}: {error}", folder.display())),
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

/// Renders the page of a subcommand, or of the program. `None` if there is no such subcommand.
fn page(name: Option<&str>) -> io::Result<Option<String>> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let command = match name {
        Some(name) => program.find_subcommand(name).filter(|command| !command.is_hide_set()).cloned(),
        None => Some(program),
    };
    let Some(command) = command else { return Ok(None) };
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    Ok(Some(String::from_utf8_lossy(&page).into_owned()))
}
