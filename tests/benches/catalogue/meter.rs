//! What a process and its children use.
//!
//! The system adds up what the children of a process used when they have ended, so each command is run by a process that
//! runs nothing else: this program again, with a flag.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// The argument that makes this program the parent of one command.
pub(crate) const FLAG: &str = "--meter";

/// What a command used.
#[derive(Clone, Copy)]
pub(crate) struct Usage {
    pub(crate) wall: Duration,
    /// Of all processors together, in user and system mode.
    pub(crate) cpu: Duration,
    /// The most memory of one process.
    pub(crate) peak_bytes: u64,
}

/// Runs a command and measures it. Its output goes to files in `folder`.
pub(crate) fn measure(command: &Command, folder: &Path) -> Result<Usage, String> {
    let (report, said) = (folder.join("usage"), folder.join("said"));
    let file = |path: &Path| fs::File::create(path).map_err(|error| format!("{}: {error}", path.display()));
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut meter = Command::new(this);
    meter.arg(FLAG).arg(&report).arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        meter.current_dir(folder);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => meter.env(name, value),
            None => meter.env_remove(name),
        };
    }
    let started = Instant::now();
    let status = meter.stdin(Stdio::null()).stdout(Stdio::null()).stderr(file(&said)?).status();
    let wall = started.elapsed();
    if !status.map_err(|error| error.to_string())?.success() {
        return Err(format!("{command:?} failed:\n{}", fs::read_to_string(&said).unwrap_or_default()));
    }
    let report = fs::read_to_string(&report).map_err(|error| error.to_string())?;
    let numbers: Vec<u64> = report.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    match numbers.as_slice() {
        [cpu, peak_bytes] => Ok(Usage { wall, cpu: Duration::from_micros(*cpu), peak_bytes: *peak_bytes }),
        _ => Err(format!("no usage in {report:?}")),
    }
}

/// Runs the command of the arguments, and writes what it used to the file that they name first.
pub(crate) fn child(arguments: &[String]) -> ExitCode {
    let [report, program, rest @ ..] = arguments else { return ExitCode::FAILURE };
    let is_success = Command::new(OsString::from(program)).args(rest).status().is_ok_and(|status| status.success());
    let written = of_children().map(|(cpu, peak)| fs::write(report, format!("{} {peak}", cpu.as_micros())));
    if is_success && matches!(written, Some(Ok(()))) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(unix)]
fn of_children() -> Option<(Duration, u64)> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?;
    let cpu = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    // Only macOS counts in bytes.
    let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
    Some((Duration::from_micros(u64::try_from(cpu).ok()?), u64::try_from(usage.max_rss()).ok()? * unit))
}

#[cfg(not(unix))]
fn of_children() -> Option<(Duration, u64)> {
    eprintln!("processes are measured on Unix only");
    None
}
