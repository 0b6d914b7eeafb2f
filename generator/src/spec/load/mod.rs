//! Loads files into [`Specs`]. The result does not depend on the order of the files.

mod folder;
mod read;

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::files::{Limit, ReadError};
use crate::parallel;
use crate::source::{FileId, Place, Sources, SpecPath};
use crate::terms::{is_folder_name, is_leaf_name};

use super::approval::{self, Approvals};
use super::content;
use super::fix::{self, FixFile};
use super::limits;
use super::pages;
use super::schema;
use super::{
    ApprovalSpec, CrateSpec, EndpointSpec, EndpointSpecs, FixSpec, Loaded, PagesSpec, PlatformSpec, PlatformSpecs,
    Specs,
};

pub use folder::{Folder, load_dir};
pub(crate) use folder::{list_dir, load_some, refused};
use read::read;

/// Maximum size of a file in the specs folder, apart from the lock: transcripts, fixes, platform files, approvals. The largest
/// spec in this repository has about 10 KB.
pub const LARGEST: Limit = Limit::mib(2);

/// The crate file's name in the specs folder.
pub const CRATE: &str = "crate.yaml";

/// The approvals' name in the specs folder.
pub const APPROVALS: &str = "approvals.yaml";

/// Loads specs from texts. Paths are relative to the specs folder (`top/platform.yaml`); diagnostics show them below
/// `root`.
pub fn load_texts(
    root: &str,
    files: Vec<(String, String)>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Specs {
    Placed::new(root, files, sources, diagnostics).load(&KnownPlatforms::new(), sources, diagnostics)
}

/// Name of a platform → what its file contains, if that has been parsed already.
pub(crate) type KnownPlatforms = BTreeMap<String, PlatformSpec>;

/// The files of a specs folder, sorted into its layout and not parsed yet: several folders can be parsed in parallel.
pub(crate) struct Placed(Layout);

impl Placed {
    /// Adds the files to `sources`.
    pub(crate) fn new(
        root: &str,
        files: impl IntoIterator<Item = (String, String)>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let files: BTreeMap<String, String> = files.into_iter().collect();
        let mut layout = Layout::new(root);
        for (path, text) in files {
            let file = add(root, &path, text, sources, diagnostics);
            layout.place(&path, file, diagnostics);
        }
        layout.complete(sources);
        Self(layout)
    }

    /// Parses the files, except the files of the known platforms.
    pub(crate) fn load(self, known: &KnownPlatforms, sources: &Sources, diagnostics: &mut Diagnostics) -> Specs {
        self.0.load(known, sources, diagnostics)
    }
}

/// Adds a file to `sources`. Reports a file that is too large and drops its text.
fn add(root: &str, path: &str, text: String, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<FileId> {
    let shown = shown(root, path);
    if !LARGEST.admits(text.len() as u64) {
        too_large(sources.add(shown, ""), diagnostics);
        return None;
    }
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Some(sources.add(shown, text))
}

fn too_large(file: FileId, diagnostics: &mut Diagnostics) {
    let error = ReadError::TooLarge(LARGEST);
    diagnostics.push(Diagnostic::new(error.code(), Place::file(file), error.to_string()));
}

fn shown(root: &str, path: &str) -> String {
    if root.is_empty() { path.to_owned() } else { format!("{root}/{path}") }
}

/// Name of the file in a platform's folder that contains how its pages are written.
pub const PAGES: &str = "pages.yaml";

/// File in a platform's folder that describes its protocol for readers.
const DOCUMENT: &str = "PROTOCOL.md";

/// The files of a specs folder, for the help of a finding.
const EXPECTED: &str = "expected crate.yaml, api.lock, approvals.yaml, README.md, <platform>/platform.yaml, <platform>/pages.yaml, \
    <platform>/PROTOCOL.md, <platform>/keys/<name>.pem, <platform>/<family>/<leaf>.yaml or <leaf>.fix.yaml";

/// The files by their role in the specs folder.
struct Layout {
    root: String,
    package: Slot,
    platforms: BTreeMap<String, PlatformFiles>,
}

/// A file with a role in the layout.
#[derive(Default)]
enum Slot {
    #[default]
    Missing,
    /// The file is missing but required. The id only serves to report it.
    Required(FileId),
    /// The file exists and cannot be used; this has been reported.
    Unreadable,
    Found(FileId),
}

impl Slot {
    fn new(file: Option<FileId>) -> Self {
        file.map_or(Self::Unreadable, Self::Found)
    }
}

#[derive(Default)]
struct PlatformFiles {
    platform: Slot,
    pages: Slot,
    document: Slot,
    keys: BTreeMap<String, Slot>,
    endpoints: BTreeMap<(String, String), EndpointFiles>,
}

#[derive(Default)]
struct EndpointFiles {
    transcript: Slot,
    fixes: Slot,
}

impl Layout {
    fn new(root: &str) -> Self {
        Self { root: root.to_owned(), package: Slot::Missing, platforms: BTreeMap::new() }
    }

    /// Sorts a file into the layout. An unreadable file is sorted in as well, so that it is not reported as missing.
    fn place(&mut self, path: &str, file: Option<FileId>, diagnostics: &mut Diagnostics) {
        let slot = Slot::new(file);
        let parts: Vec<&str> = path.split('/').collect();
        if is_ignored(path) {
            return;
        }
        match parts.as_slice() {
            [CRATE] => self.package = slot,
            [platform, "platform.yaml"] if is_folder_name(platform) => self.platform(platform).platform = slot,
            [platform, PAGES] if is_folder_name(platform) => self.platform(platform).pages = slot,
            [platform, DOCUMENT] if is_folder_name(platform) => self.platform(platform).document = slot,
            [platform, rest @ ..]
                if is_folder_name(platform) && path.ends_with(".pem") && matches!(rest, [_] | ["keys", _]) =>
            {
                self.platform(platform).keys.insert(rest.join("/"), slot);
            }
            [platform, family, leaf] if is_folder_name(platform) && is_folder_name(family) => {
                match leaf.strip_suffix(".fix.yaml").or_else(|| leaf.strip_suffix(".yaml")) {
                    Some(stem) if is_leaf_name(stem) => {
                        let key = ((*family).to_owned(), stem.to_owned());
                        let files = self.platform(platform).endpoints.entry(key).or_default();
                        let fixes = leaf.ends_with(".fix.yaml");
                        *(if fixes { &mut files.fixes } else { &mut files.transcript }) = slot;
                    }
                    _ => misplaced(&parts, file, diagnostics),
                }
            }
            _ => misplaced(&parts, file, diagnostics),
        }
    }

    fn platform(&mut self, name: &str) -> &mut PlatformFiles {
        self.platforms.entry(name.to_owned()).or_default()
    }

    /// Adds the required files that are missing, so that they can be reported.
    fn complete(&mut self, sources: &mut Sources) {
        let root = &self.root;
        let mut require = |slot: &mut Slot, path: &str| {
            if matches!(slot, Slot::Missing) {
                *slot = Slot::Required(sources.add(shown(root, path), ""));
            }
        };
        require(&mut self.package, CRATE);
        for (name, files) in &mut self.platforms {
            require(&mut files.platform, &format!("{name}/platform.yaml"));
        }
    }

    /// Keeps only the transcripts that are `wanted`, with their fixes.
    fn retain(&mut self, wanted: &dyn Fn(&[&str]) -> bool, sources: &Sources) {
        for platform in self.platforms.values_mut() {
            platform.endpoints.retain(|_, files| {
                let texts = [&files.transcript, &files.fixes].into_iter().filter_map(|slot| match slot {
                    Slot::Found(file) => Some(sources.text(*file)),
                    Slot::Missing | Slot::Required(_) | Slot::Unreadable => None,
                });
                wanted(&texts.collect::<Vec<_>>())
            });
        }
    }

    fn load(self, known: &KnownPlatforms, sources: &Sources, diagnostics: &mut Diagnostics) -> Specs {
        let crate_spec = match self.package {
            Slot::Found(file) => {
                read::<CrateSpec>(file, &schema::PACKAGE, sources, diagnostics).map(|spec| Loaded { file, spec })
            }
            Slot::Required(file) => missing(file, diagnostics),
            Slot::Missing | Slot::Unreadable => None,
        };
        let mut platforms = Vec::new();
        for (name, files) in self.platforms {
            let known = known.get(&name).cloned();
            platforms.extend(load_platform_folder(name, files, known, sources, diagnostics));
        }
        Specs { crate_spec, platforms }
    }
}

fn missing<T>(file: FileId, diagnostics: &mut Diagnostics) -> Option<T> {
    diagnostics.push(Diagnostic::new(Code::MissingFile, Place::file(file), "this file is missing"));
    None
}

fn load_platform_folder(
    name: String,
    files: PlatformFiles,
    known: Option<PlatformSpec>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<PlatformSpecs> {
    let platform = match files.platform {
        Slot::Found(file) => {
            let spec = known.or_else(|| platform_file(file, sources, diagnostics));
            spec.map(|spec| Loaded { file, spec })
        }
        Slot::Required(file) => missing(file, diagnostics),
        Slot::Missing | Slot::Unreadable => None,
    };
    let pages = match files.pages {
        Slot::Found(file) => pages_file(file, sources, diagnostics),
        Slot::Missing | Slot::Required(_) | Slot::Unreadable => None,
    };
    let loaded = parallel::map(files.endpoints, |((family, leaf), files)| {
        let mut found = Diagnostics::new();
        (load_endpoint(family, leaf, files, sources, &mut found), found)
    });
    let mut endpoints = Vec::with_capacity(loaded.len());
    for (endpoint, found) in loaded {
        endpoints.extend(endpoint);
        diagnostics.extend(found);
    }
    let protocol_document = match files.document {
        Slot::Found(file) => Some(sources.text(file).to_owned()),
        Slot::Missing | Slot::Required(_) | Slot::Unreadable => None,
    };
    let keys = files.keys.into_iter().filter_map(|(path, slot)| match slot {
        Slot::Found(file) => Some((path, sources.text(file).to_owned())),
        Slot::Missing | Slot::Required(_) | Slot::Unreadable => None,
    });
    let keys = Some(keys.collect());
    let Loaded { file, spec } = platform?;
    Some(PlatformSpecs { name, file, spec, pages, protocol_document, keys, endpoints })
}

fn load_endpoint(
    family: String,
    leaf: String,
    files: EndpointFiles,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<EndpointSpecs> {
    let fixes = match files.fixes {
        Slot::Found(file) => {
            let entries = read::<Vec<FixSpec>>(file, &schema::FIXES, sources, diagnostics);
            let fixes = entries.map(|entries| FixFile { file, entries });
            fixes.filter(|fixes| limits::fixes(fixes, diagnostics))
        }
        _ => None,
    };
    let file = match (files.transcript, &files.fixes) {
        (Slot::Found(file), _) => file,
        (Slot::Missing, Slot::Found(fix_file)) => {
            let message = format!("fix file without a transcript: `{leaf}.yaml` is missing");
            diagnostics.push(Diagnostic::new(Code::OrphanFix, Place::file(*fix_file), message));
            return None;
        }
        _ => return None,
    };
    let spec = transcript(file, sources, diagnostics)?;
    content::check_transcript(file, &spec, diagnostics);
    let fix_file = fixes.as_ref().map(|fixes| fixes.file);
    if matches!(files.fixes, Slot::Unreadable) || (fix_file.is_none() && matches!(files.fixes, Slot::Found(_))) {
        return None; // without its fixes, a transcript contains known errors
    }
    let (spec, origins) = fix::apply(file, spec, fixes.as_ref(), diagnostics);
    Some(EndpointSpecs { family, leaf, file, fix_file, spec, origins })
}

/// Reads one transcript, without its fixes.
pub(super) fn transcript(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<EndpointSpec> {
    let spec = read(file, &schema::TRANSCRIPT, sources, diagnostics)?;
    limits::transcript(file, &spec, diagnostics).then_some(spec)
}

/// Reads one transcript from its text, without its fixes.
pub fn load_transcript(
    path: &str,
    text: String,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<EndpointSpec> {
    load_transcript_file(path, text, sources, diagnostics).map(|(_, spec)| spec)
}

/// Reads one transcript from its text, without its fixes, and returns it with its file.
pub(crate) fn load_transcript_file(
    path: &str,
    text: String,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<(FileId, EndpointSpec)> {
    let file = add("", path, text, sources, diagnostics)?;
    Some((file, transcript(file, sources, diagnostics)?))
}

/// Reads one transcript and its fixes from their texts, each with its path, and reports the fixes that do not apply.
pub fn load_fixed(
    transcript: (&str, String),
    fixes: (&str, String),
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<EndpointSpecs> {
    let mut slot = |(path, text): (&str, String)| Slot::new(add("", path, text, sources, diagnostics));
    let files = EndpointFiles { transcript: slot(transcript), fixes: slot(fixes) };
    load_endpoint(String::new(), String::new(), files, sources, diagnostics)
}

/// Returns the paths that the entries of a fix file name, in the order of the file. Empty if the file has errors.
pub(crate) fn fixed_paths(file: FileId, sources: &Sources) -> Vec<SpecPath> {
    let entries = read::<Vec<FixSpec>>(file, &schema::FIXES, sources, &mut Diagnostics::new());
    entries.unwrap_or_default().into_iter().map(|entry| entry.at).collect()
}

/// Reads one platform file from its text.
pub fn load_platform(
    path: &str,
    text: String,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<PlatformSpec> {
    let file = add("", path, text, sources, diagnostics)?;
    platform_file(file, sources, diagnostics)
}

fn platform_file(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<PlatformSpec> {
    let spec = read(file, &schema::PLATFORM, sources, diagnostics)?;
    limits::platform(file, &spec, diagnostics).then_some(spec)
}

/// Reads one `pages.yaml` from its text. Returns `None` if anything in it is invalid.
pub fn load_pages(path: &str, text: String, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<PagesSpec> {
    let file = add("", path, text, sources, diagnostics)?;
    pages_file(file, sources, diagnostics)
}

fn pages_file(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<PagesSpec> {
    let spec = read(file, &schema::PAGES, sources, diagnostics)?;
    let before = diagnostics.len();
    pages::check(file, &spec, diagnostics);
    (diagnostics.len() == before).then_some(spec)
}

/// Reads `approvals.yaml` from its text. Returns `None` if anything in it is invalid.
pub fn load_approvals(
    path: &str,
    text: String,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Approvals> {
    let file = add("", path, text, sources, diagnostics)?;
    let specs = read::<Vec<ApprovalSpec>>(file, &schema::APPROVALS, sources, diagnostics)?;
    approval::checked(file, specs, diagnostics)
}

/// Whether a path below the specs folder is not a spec: dot-files, readmes and, at the top, files of other commands.
pub(crate) fn is_ignored(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    parts.iter().any(|part| part.starts_with('.'))
        || parts.last() == Some(&"README.md")
        || matches!(parts.as_slice(), [name] if name.ends_with(".lock") || *name == APPROVALS)
}

/// Reports a file that has no role because of its name or its folder.
fn misplaced(parts: &[&str], file: Option<FileId>, diagnostics: &mut Diagnostics) {
    let Some(file) = file else { return };
    let folders = parts.split_last().map_or(&[][..], |(_, folders)| folders);
    let bad_folder = folders.iter().take(2).find(|folder| !is_folder_name(folder));
    let place = Place::file(file);
    let stem = |leaf: &&str| leaf.strip_suffix(".yaml").map(str::to_owned);
    diagnostics.push(match (bad_folder, parts) {
        (Some(folder), _) => Diagnostic::new(Code::BadName, place, format!("`{folder}` is not a valid folder name"))
            .help("the name becomes a module: lower-case letters, digits and `_`, starting with a letter"),
        (None, [_, _, leaf]) if stem(leaf).is_some() => {
            Diagnostic::new(Code::BadName, place, format!("`{leaf}` is not a valid file name"))
                .help("the name becomes a module: lower-case letters, digits and `_`")
        }
        _ => Diagnostic::new(Code::UnknownFile, place, "unexpected file in the specs folder").help(EXPECTED),
    });
}

#[cfg(test)]
mod tests;
