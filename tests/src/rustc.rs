//! Generated crates and code that calls them, compiled by a few runs of rustc.
//!
//! Each crate is a module of one library, and each caller a module of another. They link the runtime that cargo has built
//! for this package, and what rustc found is kept, so nothing is built twice.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::sync::LazyLock;

use serde_json::Value;
use tempfile::TempDir;

use crate::folder::{self, Texts};
use crate::verify::sha256;
use crate::{kept, root};

/// The name by which callers know the crate that they call.
pub const CRATE: &str = "acme_apis";

/// The name of the library of which all crates are modules.
pub const CRATES: &str = "crates";

/// A folder in which crates and callers are compiled.
pub struct Compiler {
    folder: TempDir,
    library: RefCell<Option<Rc<Unit>>>,
}

/// What rustc compiles in one run.
struct Unit {
    name: &'static str,
    artifact: Artifact,
    sources: Texts,
    /// The library that it links; the runtime if there is none.
    links: Option<Rc<Unit>>,
    /// Digest of everything that it is made of.
    key: String,
}

impl Unit {
    fn new(name: &'static str, artifact: Artifact, text: String, mut sources: Texts, links: Option<Rc<Unit>>) -> Self {
        sources.insert(format!("{name}.rs"), text);
        let file = artifact.file(name);
        let below = links.as_ref().map_or(TOOLS.as_str(), |links| links.key.as_str());
        let files = sources.iter().flat_map(|(path, text)| [path.as_str(), text]);
        let key = kept::key([below, name, file.as_str()].into_iter().chain(files));
        Self { name, artifact, sources, links, key }
    }
}

/// Code that calls one of the crates.
pub struct Caller {
    /// Its name, an identifier.
    pub name: String,
    /// Name of the crate that it calls.
    pub callee: String,
    /// Its code: items that name the crate [`CRATE`].
    pub text: String,
}

impl Default for Compiler {
    fn default() -> Self {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("a temporary folder: {error}"));
        Self { folder, library: RefCell::default() }
    }
}

impl Compiler {
    /// Compiles crates, each under the name of a module. Their features are those that are on by default.
    ///
    /// # Panics
    ///
    /// With the errors if any crate does not compile.
    pub fn crates(&self, crates: &BTreeMap<String, Texts>) {
        self.library(Artifact::Metadata, crates);
    }

    /// Compiles a library with one module per crate.
    fn library(&self, artifact: Artifact, crates: &BTreeMap<String, Texts>) {
        let (mut library, mut sources) = (String::from("pub use ::apograph_runtime as rt;\n"), Texts::new());
        let mut known: BTreeMap<&Texts, &str> = BTreeMap::new();
        for (name, files) in crates {
            // Most cases start from the same crate.
            if let Some(same) = known.get(files) {
                library.push_str(&format!("pub use self::{same} as {name};\n"));
                continue;
            }
            known.insert(files, name);
            let features = default_features(files);
            let own = files.iter().filter(|(path, _)| path.starts_with("src/"));
            sources.extend(own.map(|(path, text)| (format!("{name}/{path}"), as_module(text, &features))));
            library.push_str(&format!("#[path = \"{name}/src/lib.rs\"] pub mod {name};\n"));
        }
        let unit = Rc::new(Unit::new(CRATES, artifact, library, sources, None));
        assert_eq!(rendered(&self.compiled(&unit).0), "");
        self.library.replace(Some(unit));
    }

    /// Builds crates that programs can [`run`](Self::run). Their features are those that are on by default.
    ///
    /// # Panics
    ///
    /// With the errors if any crate does not compile.
    pub fn build(&self, crates: &BTreeMap<String, Texts>) {
        self.library(Artifact::Library, crates);
    }

    /// Builds a program that calls the crates that were [built](Self::build), and runs it; returns what it writes. The
    /// program imports the crates from [`CRATES`].
    ///
    /// # Panics
    ///
    /// With the errors if it does not compile, or if it fails.
    #[must_use]
    pub fn run(&self, program: &str) -> String {
        self.run_with(program, &[])
    }

    /// The same with arguments.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run).
    #[must_use]
    pub fn run_with(&self, program: &str, arguments: &[String]) -> String {
        let links = self.library.borrow().clone();
        let unit = Unit::new("program", Artifact::Program, program.to_owned(), Texts::new(), links);
        let (errors, program) = self.compiled(&unit);
        assert_eq!(rendered(&errors), "");
        let output = Command::new(program).args(arguments).output();
        let output = output.unwrap_or_else(|error| panic!("the program: {error}"));
        let written = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{written}{}", String::from_utf8_lossy(&output.stderr));
        written
    }

    /// Compiles callers of the crates; returns those that do not compile, each with its errors.
    ///
    /// rustc stops after the phase in which it has found errors, so callers that failed are set aside and the others
    /// compiled again until none fails.
    ///
    /// # Panics
    ///
    /// If rustc fails for a reason that is not in a caller.
    #[must_use]
    pub fn callers(&self, callers: &[Caller]) -> BTreeMap<String, String> {
        let mut failed = BTreeMap::new();
        loop {
            let found = self.round(callers.iter().filter(|caller| !failed.contains_key(&caller.name)));
            if found.is_empty() {
                return failed;
            }
            failed.extend(found);
        }
    }

    fn round<'a>(&self, callers: impl Iterator<Item = &'a Caller>) -> BTreeMap<String, String> {
        let (mut library, mut sources) = (String::new(), Texts::new());
        for Caller { name, callee, text } in callers {
            // On the same line, so that errors name the lines of the caller.
            let text = format!("use crates::{callee} as {CRATE}; {text}");
            sources.insert(format!("callers/{name}.rs"), text);
            library.push_str(&format!("#[path = \"callers/{name}.rs\"] pub mod {name};\n"));
        }
        let unit = Unit::new("all_callers", Artifact::Metadata, library, sources, self.library.borrow().clone());
        let mut failed: BTreeMap<String, String> = BTreeMap::new();
        for error in self.compiled(&unit).0 {
            let caller = caller(&error).unwrap_or_else(|| panic!("{error}"));
            failed.entry(caller).or_default().push_str(error["rendered"].as_str().unwrap_or_default());
        }
        failed
    }

    /// The errors of a unit as rustc describes them in JSON, and the program if it is one: from an earlier run where its unit
    /// was the same.
    fn compiled(&self, unit: &Unit) -> (Vec<Value>, PathBuf) {
        kept::known(&unit.key).unwrap_or_else(|| self.compile(unit))
    }

    fn compile(&self, unit: &Unit) -> (Vec<Value>, PathBuf) {
        let linked = unit.links.as_ref().map_or_else(|| RUNTIME.clone(), |links| self.made(links));
        let link = unit.links.as_ref().map_or("apograph_runtime", |links| links.name);
        folder::write(self.folder.path(), &unit.sources);
        let mut command = Command::new(tool("RUSTC", "rustc"));
        let (crate_type, emit) = match unit.artifact {
            Artifact::Metadata => ("lib", "metadata"),
            Artifact::Library => ("lib", "link"),
            Artifact::Program => ("bin", "link"),
        };
        command.current_dir(&self.folder).args(["--edition", "2024", "--crate-type", crate_type]);
        command.args(["--crate-name", unit.name, "--emit", emit, "--cap-lints", "allow", "--error-format", "json"]);
        command.args(["-C", "strip=symbols", "-L"]);
        command.arg(format!("dependency={}", RUNTIME.parent().unwrap_or(Path::new("")).display()));
        command.arg("--extern").arg(format!("{link}={}", linked.display())).arg(format!("{}.rs", unit.name));
        let draft = matches!(unit.artifact, Artifact::Program).then(|| kept::draft(&unit.key));
        command.args(draft.iter().flat_map(|draft| [OsStr::new("-o"), draft.as_os_str()]));
        let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let said = String::from_utf8_lossy(&output.stderr);
        let messages = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        // The last error only counts the others.
        let is_error = |message: &Value| message["level"] == "error" && message["spans"] != Value::Array(Vec::new());
        let errors: Vec<Value> = messages.filter(is_error).collect();
        assert_eq!(output.status.success(), errors.is_empty(), "{command:?}: {said}");
        let place = kept::keep(&unit.key, &errors, draft.as_deref().filter(|_| errors.is_empty()));
        (errors, place)
    }

    /// The file of a library, which is not kept: it is made where something that links it has to be compiled.
    fn made(&self, library: &Unit) -> PathBuf {
        let file = self.folder.path().join(library.artifact.file(library.name));
        if !file.exists() {
            assert_eq!(rendered(&self.compile(library).0), "");
        }
        file
    }
}

/// What rustc makes of a crate.
#[derive(Clone, Copy)]
enum Artifact {
    /// A library that only other libraries can use, without code.
    Metadata,
    /// A library with code.
    Library,
    Program,
}

impl Artifact {
    /// Name of the file that rustc makes.
    fn file(self, name: &str) -> String {
        match self {
            Self::Metadata => format!("lib{name}.rmeta"),
            Self::Library => format!("lib{name}.rlib"),
            Self::Program => name.to_owned(),
        }
    }
}

/// The errors as rustc shows them.
fn rendered(errors: &[Value]) -> String {
    errors.iter().map(|error| error["rendered"].as_str().unwrap_or_default()).collect()
}

/// The caller in whose file an error is.
fn caller(error: &Value) -> Option<String> {
    let files = error["spans"].as_array()?.iter().filter_map(|span| span["file_name"].as_str());
    let mut names = files.filter_map(|file| file.strip_prefix("callers/")?.strip_suffix(".rs"));
    names.next().map(str::to_owned)
}

/// The library of the runtime, which every compiler of a test run links.
static RUNTIME: LazyLock<PathBuf> = LazyLock::new(runtime);

/// Digest of the compiler and of the runtime.
static TOOLS: LazyLock<String> = LazyLock::new(|| {
    let version = Command::new(tool("RUSTC", "rustc")).arg("-vV").output();
    let version = version.unwrap_or_else(|error| panic!("the version of rustc: {error}"));
    let runtime = std::fs::read(&*RUNTIME).unwrap_or_else(|error| panic!("{}: {error}", RUNTIME.display()));
    kept::key([String::from_utf8_lossy(&version.stdout).as_ref(), sha256(&runtime).as_str()])
});

/// Asks cargo for the library of the runtime that this package depends on, as it has been built for the tests that run.
fn runtime() -> PathBuf {
    let mut command = Command::new(tool("CARGO", "cargo"));
    command.current_dir(root()).args(["build", "--offline", "--package", "apograph-tests", "--lib"]);
    command.args(["--message-format", "json"]).args((!cfg!(debug_assertions)).then_some("--release"));
    // Build scripts that ask for the variables which cargo sets for this package would run again.
    let own = std::env::vars_os().map(|(name, _)| name).filter(|name| is_own(&name.to_string_lossy()));
    own.for_each(|name| {
        command.env_remove(name);
    });
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = String::from_utf8_lossy(&output.stdout);
    let artifacts = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let files = artifacts
        .filter(|artifact| artifact["target"]["name"] == "apograph_runtime")
        .flat_map(|artifact| artifact["filenames"].as_array().cloned().unwrap_or_default());
    let mut paths = files.filter_map(|file| file.as_str().map(PathBuf::from));
    paths
        .find(|path| path.extension() == Some(OsStr::new("rlib")))
        .unwrap_or_else(|| panic!("{command:?} builds no runtime: {}", String::from_utf8_lossy(&output.stderr)))
}

fn is_own(variable: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"].iter().any(|start| variable.starts_with(start))
}

/// A program of the toolchain: the one that an environment variable names, or that of the search path.
fn tool(variable: &str, name: &str) -> std::ffi::OsString {
    std::env::var_os(variable).unwrap_or_else(|| name.into())
}

/// The features that a generated manifest turns on by default.
fn default_features(files: &Texts) -> Vec<String> {
    let manifest = files.get("Cargo.toml").map(String::as_str).unwrap_or_default();
    let list = manifest.lines().find_map(|line| line.strip_prefix("default = ")).unwrap_or("[]");
    serde_json::from_str(list).unwrap_or_else(|error| panic!("{list}: {error}"))
}

/// The features of a condition, any of which fulfils it.
fn condition(line: &str) -> Option<Vec<&str>> {
    let one = line.trim().strip_prefix("#[cfg(")?.strip_suffix(")]")?;
    let list = one.strip_prefix("any(").and_then(|rest| rest.strip_suffix(')')).unwrap_or(one);
    let features = list.split(", ").map(|one| one.strip_prefix("feature = \"")?.strip_suffix('"'));
    features.collect()
}

/// The text with each condition on one line: a long one has several.
fn one_line_conditions(text: &str) -> String {
    let mut joined = String::new();
    let mut is_open = false;
    for line in text.lines() {
        let starts = line.trim() == "#[cfg(";
        let ends = is_open && line.trim() == ")]";
        joined.push_str(if is_open { line.trim() } else { line });
        is_open = (is_open || starts) && !ends;
        joined.push_str(if !is_open {
            "\n"
        } else if line.ends_with(',') {
            " "
        } else {
            ""
        });
    }
    joined
}

/// The text of a file for a crate that is a module: conditions on features are decided, because in one library each crate
/// has its own, and an endpoint finds its platform, which is in the crate's root, from its own place.
fn as_module(text: &str, features: &[String]) -> String {
    let line = |line: &str| match condition(line) {
        Some(known) if known.iter().any(|known| features.iter().any(|feature| feature == known)) => {
            "#[cfg(all())]".to_owned()
        }
        Some(_) => "#[cfg(any())]".to_owned(),
        None => line.to_owned(),
    };
    one_line_conditions(&text.replace("type Platform = crate::", "type Platform = super::super::super::"))
        .lines()
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}
