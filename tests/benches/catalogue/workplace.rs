//! A catalogue in a temporary folder: its pages, specs with its families, and room for the crate.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use apograph_tests::catalogue::Catalogue;
use tempfile::TempDir;

use crate::options::Options;

/// The same pages in every run.
const SEED: u64 = 7;

/// Where the pages come from.
pub(crate) enum Pages {
    Invented(usize),
    Folder { pages: PathBuf, later: Option<PathBuf> },
}

impl Pages {
    /// The catalogues that the options name.
    pub(crate) fn all(options: &Options) -> Vec<Self> {
        match &options.pages {
            Some(pages) => vec![Self::Folder { pages: pages.clone(), later: options.later.clone() }],
            None => options.sizes.iter().map(|size| Self::Invented(*size)).collect(),
        }
    }
}

/// A catalogue to measure.
pub(crate) struct Workplace {
    folder: TempDir,
    pub(crate) apis: usize,
    pub(crate) program: PathBuf,
    pub(crate) runtime: PathBuf,
    platform: PathBuf,
    /// Folder of JSON pages.
    pub(crate) pages: PathBuf,
    /// The same at a later date.
    pub(crate) later: Option<PathBuf>,
}

impl Workplace {
    pub(crate) fn new(pages: &Pages, options: &Options) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let (pages, later) = match pages {
            Pages::Folder { pages, later } => (pages.clone(), later.clone()),
            Pages::Invented(size) => {
                let [pages, later] = ["pages", "later"].map(|name| folder.path().join(name));
                let catalogue = Catalogue::new(*size, SEED);
                let written = catalogue.write_pages(&pages);
                written.and_then(|()| catalogue.aged(SEED).write_pages(&later)).map_err(|error| error.to_string())?;
                (pages, Some(later))
            }
        };
        let apis = names(&pages)?.len();
        let (program, runtime, platform) = (options.program.clone(), options.runtime.clone(), options.platform.clone());
        let place = Self { folder, apis, program, runtime, platform, pages, later };
        place.prepare(&place.specs(), &place.pages)?;
        if let Some(later) = &place.later {
            place.prepare(&place.later_specs(), later)?;
            place.run(&place.transcribe(later, &place.later_specs()))?;
        }
        Ok(place)
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn specs(&self) -> PathBuf {
        self.path().join("specs")
    }

    pub(crate) fn later_specs(&self) -> PathBuf {
        self.path().join("later_specs")
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.path().join("out")
    }

    pub(crate) fn command(&self, name: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(name);
        command
    }

    pub(crate) fn transcribe(&self, pages: &Path, specs: &Path) -> Command {
        let mut command = self.command("transcribe");
        command.arg(pages).arg("--specs").arg(specs);
        command
    }

    /// A folder of specs that has no transcripts yet.
    fn prepare(&self, specs: &Path, pages: &Path) -> Result<(), String> {
        let families = families(&names(pages)?);
        declare(&self.platform, specs, &families).map_err(|error| format!("{}: {error}", self.platform.display()))
    }

    /// Runs a command that is not measured.
    pub(crate) fn run(&self, command: &Command) -> Result<(), String> {
        crate::meter::measure(command, self.path()).map(drop)
    }
}

/// The names of the APIs, which are those of the pages' files.
fn names(pages: &Path) -> Result<Vec<String>, String> {
    let files = fs::read_dir(pages).map_err(|error| format!("{}: {error}", pages.display()))?;
    let names =
        files.filter_map(|file| file.ok()?.file_name().into_string().ok()?.strip_suffix(".json").map(str::to_owned));
    Ok(names.collect())
}

/// The families of the APIs with their prefixes: the first two segments of the names.
fn families(names: &[String]) -> BTreeMap<String, String> {
    let prefix = |name: &String| name.match_indices('.').nth(1).map_or(name.clone(), |(end, _)| name[..end].to_owned());
    names.iter().map(|name| (prefix(name).replace(['.', '-'], "_").to_lowercase(), prefix(name))).collect()
}

/// What crate.yaml must have.
const PACKAGE: &str =
    "name: measured\nversion: 0.1.0\ndescription: Measured\nlicense: MIT OR Apache-2.0\nrust-version: '1.88'\n";

/// Writes the folder's files, with these families in the platform's.
fn declare(platform: &Path, specs: &Path, families: &BTreeMap<String, String>) -> std::io::Result<()> {
    let text = fs::read_to_string(platform)?;
    let lines = families.iter().map(|(name, prefix)| format!("  {name}: {{title: {name}, prefixes: [{prefix}]}}\n"));
    let lines: String = lines.collect();
    fs::create_dir_all(specs.join("top"))?;
    fs::write(specs.join("crate.yaml"), PACKAGE)?;
    fs::write(specs.join("top/platform.yaml"), text.replacen("families:\n", &format!("families:\n{lines}"), 1))
}
