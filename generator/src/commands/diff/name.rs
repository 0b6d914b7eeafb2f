//! What the arguments of `diff` name: a path, a revision, or a range of revisions.
//!
//! A name of something on disk is a path. Everything else is a revision, with or without `git:`.

use std::path::{Path, PathBuf};

use super::git::Git;

/// The two revisions of a comparison.
pub(super) struct Names {
    pub(super) old: Name,
    pub(super) new: Name,
}

/// One revision of a comparison.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Name {
    /// A folder or a file on disk.
    Path(PathBuf),
    /// A revision of the repository, perhaps with a path in it.
    Revision {
        /// The argument, for messages.
        argument: String,
        revision: String,
        path: Option<String>,
    },
}

impl Name {
    /// Returns where a folder or file that reports show is in its repository. `None` outside of a repository.
    pub(super) fn in_repository(&self, shown: &str) -> Option<String> {
        let path = match self {
            Self::Path(path) => path,
            Self::Revision { revision, .. } => {
                return shown.strip_prefix(revision)?.strip_prefix(':').map(str::to_owned);
            }
        };
        let folder = Path::new(if shown.is_empty() { "." } else { shown });
        let (folder, name) = if folder.is_dir() { (folder, None) } else { (path.parent()?, path.file_name()) };
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let prefix = Git { folder }.prefix().ok()?;
        let name = name.map(|name| name.to_string_lossy().into_owned());
        Some(
            [Some(prefix).filter(|prefix| !prefix.is_empty()), name]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("/"),
        )
    }
}

/// Reads the arguments. A name that is both a path and a revision is the path, which `note` tells the user.
pub(super) fn read(
    [old, new]: [Option<&str>; 2],
    specs: &Path,
    git: &Git<'_>,
    note: &mut dyn FnMut(String),
) -> Result<Names, String> {
    if let Some(argument) = old
        && let Some(range) = range(argument)
    {
        if new.is_some() {
            return Err(format!("`{argument}` names both revisions, so no other can be given"));
        }
        return ends(argument, &range, git);
    }
    let named = |argument: Option<&str>, otherwise: Name, note: &mut dyn FnMut(String)| {
        argument.map_or(Ok(otherwise), |argument| name(argument, git, note))
    };
    let old = named(old, revision("git:HEAD", "HEAD"), note)?;
    Ok(Names { old, new: named(new, Name::Path(specs.to_owned()), note)? })
}

fn name(argument: &str, git: &Git<'_>, note: &mut dyn FnMut(String)) -> Result<Name, String> {
    if let Some(name) = argument.strip_prefix("git:") {
        return Ok(revision(argument, name));
    }
    let path = Path::new(argument);
    let is_revision = || git.commit(split(argument).0).is_ok();
    if path.symlink_metadata().is_ok() {
        let is_plain = !argument.starts_with('.') && !path.is_absolute() && !argument.ends_with('/');
        if is_plain && is_revision() {
            note(format!(
                "note: `{argument}` is both a path and a revision; the path is compared\n\
                 help: write `git:{argument}` for the revision"
            ));
        }
        return Ok(Name::Path(path.to_owned()));
    }
    if is_revision() {
        return Ok(revision(argument, argument));
    }
    Err(format!("{argument}: neither an existing path nor a revision"))
}

fn revision(argument: &str, name: &str) -> Name {
    let (revision, path) = split(name);
    Name::Revision {
        argument: argument.to_owned(),
        revision: revision.to_owned(),
        path: path.map(|path| path.trim_end_matches('/').to_owned()),
    }
}

/// Splits `REV:PATH`. A colon in braces belongs to the revision: `HEAD@{10:30}`.
fn split(name: &str) -> (&str, Option<&str>) {
    match outside_braces(name, ":") {
        Some(at) => (&name[..at], Some(&name[at + 1..])),
        None => (name, None),
    }
}

/// Returns where a text first occurs outside of braces.
fn outside_braces(name: &str, wanted: &str) -> Option<usize> {
    let mut depth = 0_usize;
    name.char_indices().find_map(|(at, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0 && name[at..].starts_with(wanted)).then_some(at)
    })
}

/// `A..B` or `A...B`.
#[derive(PartialEq, Eq, Debug)]
struct Range<'a> {
    from: &'a str,
    to: &'a str,
    /// Whether it starts where both parted: three dots.
    is_from_fork: bool,
}

/// Parses a range. One end may be left out, which is then HEAD.
fn range<'a>(argument: &'a str) -> Option<Range<'a>> {
    let name = match argument.strip_prefix("git:") {
        Some(name) => name,
        None if Path::new(argument).symlink_metadata().is_ok() => return None,
        None => argument,
    };
    let at = outside_braces(name, "..")?;
    let (from, rest) = (&name[..at], &name[at + 2..]);
    let (to, is_from_fork) = rest.strip_prefix('.').map_or((rest, false), |to| (to, true));
    // `../specs` and `HEAD:a/../b` are paths.
    let is_path = from.contains(':') || from.ends_with('/') || to.starts_with('/') || to.contains("..");
    let is_empty = from.is_empty() && to.is_empty();
    let or_head = |name: &'a str| if name.is_empty() { "HEAD" } else { name };
    (!is_path && !is_empty).then(|| Range { from: or_head(from), to: or_head(to), is_from_fork })
}

fn ends(argument: &str, range: &Range<'_>, git: &Git<'_>) -> Result<Names, String> {
    let failed = |error| format!("{argument}: {error}");
    let from = if range.is_from_fork {
        let ends = [range.from, range.to].map(|end| git.commit(end));
        let [from, to] = ends;
        git.fork(&from.map_err(failed)?, &to.map_err(failed)?).map_err(failed)?
    } else {
        range.from.to_owned()
    };
    Ok(Names { old: revision(argument, &from), new: revision(argument, range.to) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_not_paths() {
        let ends = |text| range(text).map(|range| (range.from, range.to, range.is_from_fork));
        assert_eq!(ends("v1..v2"), Some(("v1", "v2", false)));
        assert_eq!(ends("git:v1...v2"), Some(("v1", "v2", true)));
        assert_eq!(ends("HEAD~3.."), Some(("HEAD~3", "HEAD", false)));
        assert_eq!(ends("..topic/x"), Some(("HEAD", "topic/x", false)));
        for path in ["..", "git:..", "git:...", "../no-such", "no/../such", "HEAD:a/../b", "HEAD^{/a..b}", "a..b..c"] {
            assert_eq!(ends(path), None, "{path}");
        }
    }

    #[test]
    fn a_colon_in_braces_belongs_to_the_revision() {
        assert_eq!(split("HEAD:specs"), ("HEAD", Some("specs")));
        assert_eq!(split("HEAD@{10:30}:specs"), ("HEAD@{10:30}", Some("specs")));
        assert_eq!(split("HEAD@{10:30}"), ("HEAD@{10:30}", None));
    }
}
