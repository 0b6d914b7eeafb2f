//! Generated crates and code that calls them, compiled by a few runs of rustc.
//!
//! Each crate is a module of one library, and each caller a module of another. They link the runtime that cargo has built
//! for this package, so nothing is built twice.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;
use tempfile::TempDir;

use crate::folder::{self, Texts};
use crate::root;

/// The name by which callers know the crate that they call.
pub const CRATE: &str = "acme_apis";

/// The name of the library of which all crates are modules.
pub const CRATES: &str = "crates";

/// A folder in which crates and callers are compiled.
pub struct Compiler {
    folder: TempDir,
    runtime: PathBuf,
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
        Self { folder, runtime: RUNTIME.clone() }
    }
}

impl Compiler {
    /// Compiles crates, each under the name of a module. Their features are those that are on by default.
    ///
    /// # Panics
    ///
    /// With the errors if any crate does not compile.
    pub fn crates(&self, crates: &BTreeMap<String, Texts>) {
        assert_eq!(self.library(CRATES, Artifact::Metadata, crates), "");
    }

    /// Compiles a library with one module per crate; returns the errors.
    fn library(&self, name: &str, artifact: Artifact, crates: &BTreeMap<String, Texts>) -> String {
        let mut library = String::from("pub use ::apograph_runtime as rt;\n");
        let mut known: BTreeMap<&Texts, &str> = BTreeMap::new();
        for (name, files) in crates {
            // Most cases start from the same crate.
            if let Some(same) = known.get(files) {
                library.push_str(&format!("pub use self::{same} as {name};\n"));
                continue;
            }
            known.insert(files, name);
            let features = default_features(files);
            let sources = files.iter().filter(|(path, _)| path.starts_with("src/"));
            let sources = sources.map(|(path, text)| (path.clone(), as_module(text, &features))).collect();
            folder::write(&self.folder.path().join(name), &sources);
            library.push_str(&format!("#[path = \"{name}/src/lib.rs\"] pub mod {name};\n"));
        }
        rendered(&self.compile(name, artifact, &library, &self.runtime()))
    }

    /// Builds crates that programs can [`run`](Self::run). Their features are those that are on by default.
    ///
    /// # Panics
    ///
    /// With the errors if any crate does not compile.
    pub fn build(&self, crates: &BTreeMap<String, Texts>) {
        assert_eq!(self.library(CRATES, Artifact::Library, crates), "");
    }

    /// Builds a program that calls the crates that were [built](Self::build), and runs it; returns what it writes. The
    /// program imports the crates from [`CRATES`].
    ///
    /// # Panics
    ///
    /// With the errors if it does not compile, or if it fails.
    #[must_use]
    pub fn run(&self, program: &str) -> String {
        let linked = self.folder.path().join(format!("lib{CRATES}.rlib")).to_string_lossy().into_owned();
        assert_eq!(rendered(&self.compile("program", Artifact::Program, program, &[CRATES.to_owned(), linked])), "");
        let output = Command::new(self.folder.path().join("program")).output();
        let output = output.unwrap_or_else(|error| panic!("the program: {error}"));
        let written = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{written}{}", String::from_utf8_lossy(&output.stderr));
        written
    }

    /// The name and file of the runtime, to link it.
    fn runtime(&self) -> [String; 2] {
        ["apograph_runtime".to_owned(), self.runtime.to_string_lossy().into_owned()]
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
        let mut library = String::new();
        for Caller { name, callee, text } in callers {
            // On the same line, so that errors name the lines of the caller.
            let text = format!("use crates::{callee} as {CRATE}; {text}");
            folder::write(self.folder.path(), &Texts::from([(format!("callers/{name}.rs"), text)]));
            library.push_str(&format!("#[path = \"callers/{name}.rs\"] pub mod {name};\n"));
        }
        let crates = self.folder.path().join("libcrates.rmeta").to_string_lossy().into_owned();
        let mut failed: BTreeMap<String, String> = BTreeMap::new();
        for error in self.compile("all_callers", Artifact::Metadata, &library, &["crates".to_owned(), crates]) {
            let caller = caller(&error).unwrap_or_else(|| panic!("{error}"));
            failed.entry(caller).or_default().push_str(error["rendered"].as_str().unwrap_or_default());
        }
        failed
    }

    /// Compiles a crate that links another; returns the errors as rustc describes them in JSON.
    fn compile(&self, name: &str, artifact: Artifact, text: &str, [link, linked]: &[String; 2]) -> Vec<Value> {
        let source = format!("{name}.rs");
        folder::write(self.folder.path(), &Texts::from([(source.clone(), text.to_owned())]));
        let dependencies = self.runtime.parent().unwrap_or(Path::new("")).display();
        let mut command = Command::new(tool("RUSTC", "rustc"));
        let (crate_type, emit) = match artifact {
            Artifact::Metadata => ("lib", "metadata"),
            Artifact::Library => ("lib", "link"),
            Artifact::Program => ("bin", "link"),
        };
        command.current_dir(&self.folder).args(["--edition", "2024", "--crate-type", crate_type, "--crate-name", name]);
        command.args(["--emit", emit, "--cap-lints", "allow", "--error-format", "json", "-L"]);
        command.arg(format!("dependency={dependencies}")).arg("--extern").arg(format!("{link}={linked}")).arg(source);
        let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let said = String::from_utf8_lossy(&output.stderr);
        let messages = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        // The last error only counts the others.
        let is_error = |message: &Value| message["level"] == "error" && message["spans"] != Value::Array(Vec::new());
        let errors: Vec<Value> = messages.filter(is_error).collect();
        assert_eq!(output.status.success(), errors.is_empty(), "{command:?}: {said}");
        errors
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
