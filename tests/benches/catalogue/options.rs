//! The command line.

use std::path::PathBuf;

use apograph_tests::root;

/// What is measured, and of what.
pub(crate) struct Options {
    /// Numbers of APIs of invented catalogues.
    pub(crate) sizes: Vec<usize>,
    /// A folder of JSON pages to measure instead.
    pub(crate) pages: Option<PathBuf>,
    /// The same pages at a later date, for `diff`.
    pub(crate) later: Option<PathBuf>,
    /// The program.
    pub(crate) program: PathBuf,
    /// The runtime that belongs to the program.
    pub(crate) runtime: PathBuf,
    /// The platform file that belongs to the program.
    pub(crate) platform: PathBuf,
    /// Whether the crates are compiled, too.
    pub(crate) compile: bool,
}

impl Options {
    pub(crate) fn parse(arguments: Vec<String>) -> Result<Self, String> {
        let mut options = Self {
            sizes: vec![250, 500, 937, 5_000],
            pages: None,
            later: None,
            program: PathBuf::from(env!("CARGO_BIN_EXE_apograph-tested")),
            runtime: root().join("generator/runtime"),
            platform: root().join("specs/top/platform.yaml"),
            compile: false,
        };
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "--sizes" => options.sizes = sizes(&value()?)?,
                "--pages" => options.pages = Some(absolute(&value()?)?),
                "--later" => options.later = Some(absolute(&value()?)?),
                "--program" => options.program = absolute(&value()?)?,
                "--runtime" => options.runtime = absolute(&value()?)?,
                "--platform" => options.platform = absolute(&value()?)?,
                "--compile" => options.compile = true,
                // Cargo passes it.
                "--bench" => {}
                _ => return Err(format!("unexpected argument {argument}")),
            }
        }
        Ok(options)
    }
}

fn sizes(list: &str) -> Result<Vec<usize>, String> {
    let size = |text: &str| text.parse().ok().filter(|size| *size > 0).ok_or_else(|| format!("{text} is no size"));
    list.split(',').map(size).collect()
}

fn absolute(path: &str) -> Result<PathBuf, String> {
    std::fs::canonicalize(path).map_err(|error| format!("{path}: {error}"))
}
