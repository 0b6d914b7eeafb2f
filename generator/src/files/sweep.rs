//! Temporary files, and what killed runs left of them.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::kind::{Kind, kind};

/// Ends the name of every temporary file, so that no other program's file is taken for one.
const END: &str = ".apograph-tmp";

/// Number of temporary files that this process has made.
static MADE: AtomicU32 = AtomicU32::new(0);

/// Age after which a temporary file is taken for that of a killed run, where the system has no list of processes. A run
/// takes seconds.
const OLD: Duration = Duration::from_secs(60 * 60);

/// Returns a new path for a temporary file in a folder: `.<process>-<number>.apograph-tmp`.
pub(super) fn temporary(folder: &Path) -> PathBuf {
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    folder.join(format!(".{}-{number}{END}", process::id()))
}

/// Removes the temporary files that killed runs left in a folder.
///
/// A file that cannot be removed does no harm: no command reads it.
pub fn sweep(folder: &Path) {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if is_leftover(&path) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Whether a file is a temporary file of a run that has ended.
#[must_use]
pub fn is_leftover(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str);
    let Some((process, number)) = name.and_then(maker) else { return false };
    if !matches!(kind(path), Ok(Some(Kind::File))) {
        return false;
    }
    if process == process::id() {
        // Containers give every run the same process id. This run has not made this file yet.
        return number >= MADE.load(Ordering::Relaxed);
    }
    let processes = Path::new("/proc");
    if processes.join("self").exists() {
        return !processes.join(process.to_string()).exists();
    }
    let age = fs::metadata(path).and_then(|found| found.modified()).ok().and_then(|time| time.elapsed().ok());
    age.is_some_and(|age| age > OLD)
}

/// Parses the process and the number in the name of a temporary file.
fn maker(name: &str) -> Option<(u32, u32)> {
    let (process, number) = name.strip_prefix('.')?.strip_suffix(END)?.split_once('-')?;
    Some((process.parse().ok()?, number.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_temporary_files_are_known() {
        let path = temporary(Path::new("a"));
        let name = path.file_name().and_then(OsStr::to_str).expect("a name");
        assert_eq!(maker(name).map(|(process, _)| process), Some(process::id()));
        assert_eq!(maker(".12-3.apograph-tmp"), Some((12, 3)));
        for other in ["12-3.apograph-tmp", ".12.apograph-tmp", ".12-3.tmp", ".a.12-3.apograph-tmp", ".x-3.apograph-tmp"]
        {
            assert_eq!(maker(other), None, "{other}");
        }
    }

    #[test]
    fn files_of_this_run_are_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let made = temporary(folder.path());
        let later = folder.path().join(format!(".{}-{}{END}", process::id(), u32::MAX));
        for path in [&made, &later] {
            fs::write(path, "").expect("a file");
        }
        sweep(folder.path());
        assert_eq!([made.exists(), later.exists()], [true, false]);
    }
}
