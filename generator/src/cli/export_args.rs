//! The arguments of `export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Arguments of `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Format of the documents.
    #[arg(value_enum, value_name = "FORMAT")]
    pub format: ExportFormat,
    /// APIs to export: names, or patterns with `*` and `?` [default: all APIs].
    #[arg(value_name = "API")]
    pub apis: Vec<String>,
    /// Folder for the documents. Documents of an earlier export in the same format that are no longer exported are removed;
    /// other files are kept.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Specs folder [default: `specs` in this folder, or in the nearest folder above that has one].
    #[arg(long, value_name = "DIR")]
    pub specs: Option<PathBuf>,
    /// Lock file, which keeps names stable [default: api.lock in the specs folder].
    #[arg(long, value_name = "PATH")]
    pub lock: Option<PathBuf>,
    /// Exit with status 1 if any document is missing, differs or is old; write nothing.
    #[arg(long)]
    pub check: bool,
}

/// The format of exported documents.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// OpenAPI 3.1: requests with their parameters, bodies and signature, answers and errors.
    #[value(name = "openapi")]
    OpenApi,
    /// JSON Schema 2020-12: the fields of requests, and answers.
    JsonSchema,
}
