//! The folders of a run: the specs, and the crate beside them.

use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::files::{self, Kind};

/// Name of the specs folder, unless `--specs` names another.
const SPECS: &str = "specs";
/// Name of the generated crate's folder, unless `--out` names another.
const OUT: &str = "generated";

/// Name of the folder of fetched pages, unless `--pages` names another.
#[cfg(feature = "call")]
const PAGES: &str = "pages";

/// The reason why there is no specs folder.
#[derive(Debug)]
pub(super) enum Error {
    /// The folder that `--specs` names does not exist.
    Missing(PathBuf),
    /// `--specs` names a file.
    NotAFolder(PathBuf),
    /// Neither the current folder nor one above has a specs folder.
    NotFound,
    /// The folder is found by its name, and is a link. Links are followed only if the user names them.
    Linked(PathBuf, &'static str),
    /// The folder of fetched pages is in the specs folder.
    #[cfg(feature = "call")]
    Inside(PathBuf),
    /// The current folder is unknown.
    Io(io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "the specs folder `{}` does not exist", path.display()),
            Self::NotAFolder(path) => write!(f, "the specs folder `{}` is not a folder", path.display()),
            Self::NotFound => f.write_str(
                "no specs folder found: there is no `specs/crate.yaml` in this folder or in a folder above it\n\
                 help: name the specs folder with `--specs DIR`, or create one with `apograph init`",
            ),
            Self::Linked(path, option) => write!(
                f,
                "`{0}` is a symbolic link, which is not followed\nhelp: if this is intended, use `{option} {0}`",
                path.display()
            ),
            #[cfg(feature = "call")]
            Self::Inside(path) => {
                write!(
                    f,
                    "`{}` is in the specs folder, which contains specs only\nhelp: name another folder with `--pages`",
                    path.display()
                )
            }
            Self::Io(error) => write!(f, "cannot read the current folder: {error}"),
        }
    }
}

/// Returns the specs folder: the one named by the user, else the nearest one at or above the current folder.
pub(super) fn specs(named: Option<&Path>) -> Result<PathBuf, Error> {
    let Some(named) = named else {
        let found = nearest(&std::env::current_dir().map_err(Error::Io)?).ok_or(Error::NotFound)?;
        return unlinked(found, "--specs");
    };
    if named.is_dir() {
        Ok(named.to_owned())
    } else if named.exists() {
        Err(Error::NotAFolder(named.to_owned()))
    } else {
        Err(Error::Missing(named.to_owned()))
    }
}

/// Returns the folder in which specs are created.
pub(super) fn new_specs(named: Option<&Path>) -> Result<PathBuf, Error> {
    named.map_or_else(|| unlinked(PathBuf::from(SPECS), "--specs"), |named| Ok(named.to_owned()))
}

/// Returns the folder of the generated crate: the one named by the user, else the one that crate.yaml keeps, else the one next to
/// the specs folder.
pub(super) fn out(named: Option<&Path>, kept: Option<&str>, specs: &Path) -> Result<PathBuf, Error> {
    named.map_or_else(|| unlinked(whole(kept, specs), "--out"), |named| Ok(named.to_owned()))
}

/// Returns the folder of the crate of all APIs, whether or not the folder is a link.
pub(super) fn whole(kept: Option<&str>, specs: &Path) -> PathBuf {
    kept.map_or_else(|| beside(specs, OUT), |kept| below(specs, kept))
}

/// Returns a relative path from a folder on, without steps that lead back.
pub(super) fn below(folder: &Path, path: &str) -> PathBuf {
    let start = if folder == Path::new(".") { PathBuf::new() } else { folder.to_owned() };
    let found = Path::new(path).components().fold(start, |mut found, step| {
        let leads_back = step == Component::ParentDir && found.file_name().is_some();
        if leads_back {
            found.pop();
        } else {
            found.push(step);
        }
        found
    });
    if found.as_os_str().is_empty() { PathBuf::from(".") } else { found }
}

/// Returns why a folder that crate.yaml names is not written: a repository must not lead a run out of it, nor into its specs.
pub(super) fn is_outside(out: &Path, specs: &Path) -> Option<&'static str> {
    let real = |path: &Path| {
        let absolute = std::path::absolute(path).ok()?;
        let existing = absolute.ancestors().find_map(|path| path.canonicalize().ok());
        existing.filter(|path| path.is_dir())
    };
    let (specs, out) = (real(specs)?, real(out)?);
    let around = specs.parent().unwrap_or(&specs);
    let repository = around.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(around);
    if out.starts_with(&specs) {
        Some("is in the specs folder, which contains specs only")
    } else if out.starts_with(repository) {
        None
    } else {
        Some("leads out of the repository")
    }
}

/// Whether neither of two folders is in the other one, through links or otherwise. They need not exist.
pub(super) fn are_apart(one: &Path, other: &Path) -> bool {
    match (real(one), real(other)) {
        (Some(one), Some(other)) => !one.starts_with(&other) && !other.starts_with(&one),
        _ => false,
    }
}

/// Returns the absolute path of a folder, without links in the part of it that exists.
fn real(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    let mut existing = absolute.ancestors().filter_map(|ancestor| Some((ancestor, ancestor.canonicalize().ok()?)));
    let (ancestor, real) = existing.next()?;
    let rest = absolute.strip_prefix(ancestor).ok()?;
    Some(below(&real, &rest.to_string_lossy()))
}

/// Returns the path of a folder next to the specs folder.
fn beside(specs: &Path, name: &str) -> PathBuf {
    if specs == Path::new(".") {
        Path::new("..").join(name)
    } else if specs.file_name().is_some() {
        specs.with_file_name(name)
    } else {
        specs.join("..").join(name)
    }
}

/// Returns the folder of fetched pages: the one named by the user, else the one next to the specs folder. Fails for one inside
/// the specs folder, which may contain specs only.
#[cfg(feature = "call")]
pub(super) fn pages(named: Option<&Path>, specs: &Path) -> Result<PathBuf, Error> {
    let folder = match named {
        Some(named) => named.to_owned(),
        None => unlinked(beside(specs, PAGES), "--pages")?,
    };
    // A folder that does not exist yet is inside if its nearest existing ancestor is.
    let absolute = std::path::absolute(&folder).map_err(Error::Io)?;
    let existing = absolute.ancestors().find_map(|path| path.canonicalize().ok());
    let inside = existing.zip(specs.canonicalize().ok()).is_some_and(|(path, specs)| path.starts_with(specs));
    if inside { Err(Error::Inside(folder)) } else { Ok(folder) }
}

/// Refuses a folder that is a link, which a repository could contain to lead a run out of it.
fn unlinked(folder: PathBuf, option: &'static str) -> Result<PathBuf, Error> {
    match files::kind(&folder) {
        Ok(Some(Kind::Symlink)) => Err(Error::Linked(folder, option)),
        _ => Ok(folder),
    }
}

/// Searches upwards for a specs folder, as git searches for its own, and no further than the repository's root. The
/// result is relative to `here`, so that paths in messages are short.
fn nearest(here: &Path) -> Option<PathBuf> {
    for folder in here.ancestors() {
        let specs = folder.join(SPECS);
        if specs.join("crate.yaml").is_file() {
            let path = relative(&specs, here);
            return Some(if path.as_os_str().is_empty() { PathBuf::from(".") } else { path });
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    // Incomplete, but better reported as such than as missing.
    here.join(SPECS).is_dir().then(|| PathBuf::from(SPECS))
}

/// Returns the path from one absolute folder to another, or `to` itself if they share no root.
pub(super) fn relative(to: &Path, from: &Path) -> PathBuf {
    let (to_steps, from_steps): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (to.components().collect(), from.components().collect());
    let shared = to_steps.iter().zip(&from_steps).take_while(|(to, from)| to == from).count();
    if shared == 0 {
        return to.to_owned();
    }
    let up = from_steps[shared..].iter().map(|_| Component::ParentDir);
    up.chain(to_steps[shared..].iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn paths_lead_up_and_down() {
        assert_eq!(relative(Path::new("/a/b/c"), Path::new("/a/d")), Path::new("../b/c"));
        assert_eq!(relative(Path::new("/a"), Path::new("/a/d")), Path::new(".."));
    }

    #[test]
    fn specs_are_found_from_below_up_to_the_repository() {
        let top = tempfile::tempdir().expect("a folder");
        let repository = top.path().join("repository");
        for folder in ["specs/top/alsc", "src/deep", "inner/.git", "inner/src", "other/specs"] {
            fs::create_dir_all(repository.join(folder)).expect("a folder");
        }
        let found =
            |from: &str| nearest(&repository.join(from)).map(|path| path.display().to_string().replace('\\', "/"));
        assert_eq!(found("src"), None);
        fs::write(repository.join("specs/crate.yaml"), "").expect("a file");
        assert_eq!(found(""), Some("specs".to_owned()));
        assert_eq!(found("src/deep"), Some("../../specs".to_owned()));
        assert_eq!(found("specs"), Some(".".to_owned()));
        assert_eq!(found("specs/top/alsc"), Some("../..".to_owned()));
        assert_eq!(found("inner/src"), None, "another repository");
        assert_eq!(found("other"), Some("../specs".to_owned()), "one without crate.yaml is passed over");
        fs::remove_file(repository.join("specs/crate.yaml")).expect("a file");
        assert_eq!(found("other"), Some("specs".to_owned()), "but better than none");
    }

    #[test]
    fn the_crate_is_next_to_the_specs() {
        let default = |specs: &str| {
            let found = out(None, None, Path::new(specs)).expect("a folder that is not a link");
            found.display().to_string().replace('\\', "/")
        };
        let specs = ["specs", "../specs", "/a/specs/", ".", "..", "../.."];
        let expected =
            ["generated", "../generated", "/a/generated", "../generated", "../../generated", "../../../generated"];
        assert_eq!(specs.map(default), expected);
        assert_eq!(out(Some(Path::new("x")), Some("../y"), Path::new("specs")).expect("a folder"), Path::new("x"));
        let kept = |specs: &str| out(None, Some("../crates/y"), Path::new(specs)).expect("a folder");
        for (specs, expected) in [("specs", "crates/y"), (".", "../crates/y"), ("../a/specs", "../a/crates/y")] {
            assert_eq!(kept(specs), Path::new(expected), "{specs}");
        }
    }

    #[test]
    fn folders_in_each_other_are_told() {
        let top = tempfile::tempdir().expect("a folder");
        let path = |path: &str| top.path().join(path);
        fs::create_dir_all(path("a/b")).expect("a folder");
        for (one, other, expected) in [
            ("a/b", "a/b", false),
            ("a/b", "a/b/new/deep", false),
            ("a", "a/b", false),
            ("a/new", "a/b/../new", false),
            ("a/b", "a/c", true),
            ("new/one", "new/two", true),
            ("new/x/../one", "new/one", false),
        ] {
            assert_eq!(are_apart(&path(one), &path(other)), expected, "{one} {other}");
            assert_eq!(are_apart(&path(other), &path(one)), expected, "{other} {one}");
        }
    }

    #[test]
    fn a_crate_stays_in_its_repository() {
        let top = tempfile::tempdir().expect("a folder");
        let specs = top.path().join("repository/api/specs");
        fs::create_dir_all(&specs).expect("a folder");
        let is_outside = |path: &str| is_outside(&below(&specs, path), &specs);
        assert_eq!(is_outside("../generated/deep"), None);
        assert!(is_outside("../../crates").is_some() && is_outside("inside").is_some());
        fs::create_dir_all(top.path().join("repository/.git")).expect("a folder");
        assert_eq!(is_outside("../../crates"), None);
        assert!(is_outside("../../../crates").is_some());
    }
}
