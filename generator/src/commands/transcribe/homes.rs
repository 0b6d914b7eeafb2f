//! What stands below the specs folder already.

use std::fs;
use std::path::Path;

use crate::cli::TranscribeArgs;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Place, Sources};
use crate::spec::{self, EndpointSpec};
use crate::transcribe::Families;

/// The families of the platform: declared ones, and folders with a transcript.
pub(super) fn families(
    args: &TranscribeArgs,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Families> {
    let folder = args.specs.join(&args.platform);
    let path = folder.join("platform.yaml");
    let Ok(text) = fs::read_to_string(&path) else {
        let file = sources.add(path.to_string_lossy(), "");
        let message = format!("the platform `{}` has no platform.yaml", args.platform);
        let help = "name the platform with --platform, and the folder of the specs with --specs";
        diagnostics.push(Diagnostic::new(Code::MissingFile, Place::file(file), message).help(help));
        return None;
    };
    let platform = spec::load_platform(&path.to_string_lossy(), text, sources, diagnostics)?;
    let mut families = Families::new(&platform.families);
    let Ok(entries) = fs::read_dir(&folder) else { return Some(families) };
    let mut folders: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    for folder in folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(api) = first_api(&folder) {
            families.learn(&name, &api);
        }
    }
    Some(families)
}

/// The API of the first transcript in a folder, by its first line.
fn first_api(folder: &Path) -> Option<String> {
    let mut paths: Vec<_> = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().find_map(|path| {
        let text = fs::read_to_string(path).ok()?;
        text.lines().next()?.strip_prefix("api: ").map(|api| api.trim_matches('\'').to_owned())
    })
}

/// A transcript that stands already.
pub(super) struct Standing {
    /// Its text.
    pub(super) text: String,
    /// What it says.
    pub(super) spec: EndpointSpec,
}

/// The transcript at a path; nothing if there is none that can be read.
pub(super) fn standing(path: &Path) -> Option<Standing> {
    let text = fs::read_to_string(path).ok()?;
    let mut sources = Sources::new();
    let spec = spec::load_transcript(&path.to_string_lossy(), text.clone(), &mut sources, &mut Diagnostics::new())?;
    Some(Standing { text, spec })
}
