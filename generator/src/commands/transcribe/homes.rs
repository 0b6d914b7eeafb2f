//! The paths of transcripts below the specs folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::request::Request;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::files::{self, Kind, ReadError};
use crate::source::{FileId, Place, Sources};
use crate::spec::{self, EndpointSpec, NameForm, PlatformSpec};
use crate::transcribe::{Families, Home, Refusal, has_layouts, platform_of};

/// The platforms of a run, with their families.
pub(super) struct Homes<'a> {
    request: &'a Request<'a>,
    platforms: BTreeMap<String, Platform>,
}

struct Platform {
    file: FileId,
    spec: PlatformSpec,
    families: Families,
    /// The existing transcripts by API, once a new one has been looked for among them.
    placed: Option<BTreeMap<String, (String, String)>>,
}

/// The path of a transcript, and the family that decides it.
pub(super) struct Target {
    /// The platform's name.
    pub(super) platform: String,
    /// Path of the transcript.
    pub(super) path: PathBuf,
    /// The family, with the prefix to declare if the platform file does not declare it.
    pub(super) home: Home,
}

impl<'a> Homes<'a> {
    /// Reads the platform files that the pages need. Returns `None` if one of them cannot be read.
    pub(super) fn read<'s>(
        request: &'a Request<'a>,
        specs: impl Iterator<Item = &'s EndpointSpec>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let mut homes = Self { request, platforms: BTreeMap::new() };
        let mut needed: Vec<String> =
            specs.map(|spec| homes.platform(spec)).chain(request.args.platform.clone()).collect();
        needed.sort();
        needed.dedup();
        for platform in needed {
            let known = read(&request.specs, &platform, sources, diagnostics);
            homes.platforms.extend(known.map(|known| (platform, known)));
        }
        (!diagnostics.has_errors()).then_some(homes)
    }

    fn platform(&self, spec: &EndpointSpec) -> String {
        let own = || platform_of(&spec.source.layout).unwrap_or_default().to_owned();
        self.request.args.platform.clone().unwrap_or_else(own)
    }

    /// Returns the content of a platform's file.
    pub(super) fn spec(&self, platform: &str) -> Option<&PlatformSpec> {
        self.platforms.get(platform).map(|platform| &platform.spec)
    }

    /// Returns a platform's file and its content.
    pub(super) fn platform_file(&self, platform: &str) -> Option<(FileId, &PlatformSpec)> {
        self.platforms.get(platform).map(|platform| (platform.file, &platform.spec))
    }

    /// Finds the path of a transcript.
    pub(super) fn target(&mut self, spec: &EndpointSpec) -> Result<Target, Refusal> {
        let platform = self.platform(spec);
        if let Some(own) = platform_of(&spec.source.layout).filter(|own| *own != platform)
            && has_layouts(&platform)
        {
            let message = format!("this is a page of `{own}`, but `--platform` is `{platform}`");
            let help = format!("remove `--platform`, or use `--platform {own}`");
            return Err(Refusal::of_page(Code::OtherPlatform, message).help(&help));
        }
        let no_family = |why: String| Refusal::of_page(Code::NoFamily, format!("no family for `{}`: {why}", spec.api));
        let Some(known) = self.platforms.get_mut(&platform) else {
            return Err(no_family(format!("unknown platform `{platform}`")));
        };
        let home = known.families.place(&spec.api, NameForm::of(spec), self.request.args.family.as_deref());
        let mut home = home.map_err(|error| no_family(error.to_string()))?;
        let folder = self.request.specs.join(&platform);
        let path = |home: &Home| folder.join(&home.family).join(format!("{}.yaml", home.leaf));
        let can_be_elsewhere = home.undeclared.is_some() && self.request.args.family.is_none();
        if can_be_elsewhere && !path(&home).exists() {
            // An API stays where it is, whatever its family would be called today.
            let placed = known.placed.get_or_insert_with(|| placed(&self.request.specs, &folder));
            if let Some((family, leaf)) = placed.get(&spec.api) {
                home = Home { family: family.clone(), leaf: leaf.clone(), undeclared: None };
            }
        }
        let path = path(&home);
        Ok(Target { platform, path, home })
    }
}

/// A spec that no page of a catalogue is about.
pub(super) struct Unpaged {
    /// Path of the transcript.
    pub(super) path: PathBuf,
    /// The API's name, if the transcript contains it.
    pub(super) api: Option<String>,
}

impl Homes<'_> {
    /// Returns the platform and the API of a transcript, which identify its page.
    pub(super) fn identity(&self, spec: &EndpointSpec) -> (String, String) {
        (self.platform(spec), spec.api.clone())
    }

    /// Returns the specs of the run's platforms that are about none of these APIs.
    pub(super) fn unpaged(&self, pages: &BTreeSet<(String, String)>) -> Vec<Unpaged> {
        let mut found = Vec::new();
        for platform in self.platforms.keys() {
            for path in entries(&self.request.specs.join(platform)).iter().flat_map(|family| entries(family)) {
                if !is_transcript(&path) {
                    continue;
                }
                let api = api_of(&self.request.specs, &path).map(|(api, _)| api);
                let has_page = api.as_ref().is_some_and(|api| pages.contains(&(platform.clone(), api.clone())));
                if !has_page && !is_hand_written(&self.request.specs, &path) {
                    found.push(Unpaged { path, api });
                }
            }
        }
        found
    }
}

fn is_transcript(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".yaml") && !name.ends_with(".fix.yaml") && !name.starts_with('.')
}

/// Reads a platform's folder. Its families are the declared ones and the folders that contain a transcript.
fn read(specs: &Path, platform: &str, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Platform> {
    let folder = specs.join(platform);
    let path = folder.join("platform.yaml");
    let shown = path.to_string_lossy().replace('\\', "/");
    let text = match files::read_text(specs, &path, spec::LARGEST) {
        Ok(text) => text,
        Err(error) => {
            let code = if matches!(error, ReadError::Missing) { Code::MissingFile } else { error.code() };
            let message = format!("cannot read the platform file: {error}");
            let help = "name the platform with `--platform`, and the specs folder with `--specs`";
            let place = Place::file(sources.add(shown, ""));
            diagnostics.push(Diagnostic::new(code, place, message).help(help));
            return None;
        }
    };
    let spec = spec::load_platform(&shown, text, sources, diagnostics)?;
    let file = sources.find(&shown)?;
    let mut families = Families::new(platform, &spec);
    for folder in entries(&folder) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let (Ok(Some(Kind::Folder)), Some((api, form))) = (files::kind(&folder), first_api(specs, &folder)) {
            families.learn(&name, &api, form);
        }
    }
    Some(Platform { file, spec, families, placed: None })
}

/// Returns the family and the file name of every transcript of a platform, by API.
fn placed(specs: &Path, folder: &Path) -> BTreeMap<String, (String, String)> {
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut found = BTreeMap::new();
    for family in entries(folder) {
        for path in entries(&family).iter().filter(|path| is_transcript(path)) {
            if let Some((api, _)) = api_of(specs, path) {
                found.insert(api, (name(&family), name(path)));
            }
        }
    }
    found
}

/// Returns the API of the first transcript in a folder.
fn first_api(specs: &Path, folder: &Path) -> Option<(String, NameForm)> {
    let paths = entries(folder);
    paths.iter().filter(|path| path.extension().is_some_and(|end| end == "yaml")).find_map(|path| api_of(specs, path))
}

/// Returns the API of a transcript. Looks at single lines instead of parsing the file.
fn api_of(specs: &Path, path: &Path) -> Option<(String, NameForm)> {
    let text = files::read_text(specs, path, spec::LARGEST).ok()?;
    let api = text.lines().find_map(|line| line.strip_prefix("api:"))?;
    let has_path = text.lines().any(|line| line.starts_with("path:"));
    let form = if has_path { NameForm::Path } else { NameForm::Rooted };
    Some((api.trim().trim_matches(['\'', '"']).to_owned(), form))
}

/// Returns whether people wrote a transcript, so that no page belongs to it.
fn is_hand_written(specs: &Path, path: &Path) -> bool {
    let text = files::read_text(specs, path, spec::LARGEST).unwrap_or_default();
    let spec = spec::load_transcript(&path.to_string_lossy(), text, &mut Sources::new(), &mut Diagnostics::new());
    spec.is_some_and(|spec| spec.source.layout.is_hand())
}

/// Returns the paths of a folder's entries, sorted. A folder that cannot be read has none here; reading or writing a
/// transcript in it reports why.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}
