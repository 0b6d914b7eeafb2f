//! The command line program: parses arguments, runs one command, sets the exit status.

use std::io;
use std::process::ExitCode;

use apograph::cli::Cli;
use apograph::commands::{self, Terminal};
use apograph::diagnostic::Color;
use clap::Parser;

fn main() -> ExitCode {
    let parsed = Cli::try_parse();
    let (mut out, mut err) = (io::stdout().lock(), io::stderr());
    let cli = match parsed {
        Ok(cli) => cli,
        Err(message) => {
            return ExitCode::from(Terminal::new(&mut out, &mut err, Color::Never).usage(&message).status());
        }
    };
    let terminal = Terminal::new(&mut out, &mut err, commands::color(cli.color)).live(commands::is_live());
    let terminal = terminal.with_result_color(commands::result_color(cli.color));
    let mut terminal = terminal.with_result_width(commands::result_width());
    ExitCode::from(commands::run(&cli.command, &mut terminal).status())
}
