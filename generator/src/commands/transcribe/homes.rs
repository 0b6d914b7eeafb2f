//! Where transcripts belong below the specs folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::TranscribeArgs;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{self, Sources};
use crate::spec::{self, EndpointSpec, NameForm, PlatformSpec};
use crate::terms::Layout;
use crate::transcribe::{Families, Home, Refusal};

/// The platforms of a run.
pub(super) struct Homes<'a> {
    args: &'a TranscribeArgs,
    platforms: BTreeMap<String, Platform>,
}

struct Platform {
    spec: PlatformSpec,
    families: Families,
}

/// The place of a transcript.
pub(super) struct Place {
    /// The platform's name.
    pub(super) platform: String,
    /// The transcript's file.
    pub(super) path: PathBuf,
    /// The family, with the prefix to declare if it is not declared.
    pub(super) home: Home,
}

impl<'a> Homes<'a> {
    /// Reads the platform files that the pages need; nothing if one of them cannot be read.
    pub(super) fn read<'s>(
        args: &'a TranscribeArgs,
        specs: impl Iterator<Item = &'s EndpointSpec>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let mut homes = Self { args, platforms: BTreeMap::new() };
        let mut needed: Vec<String> = specs.map(|spec| homes.platform(spec)).chain(args.platform.clone()).collect();
        needed.sort();
        needed.dedup();
        for platform in needed {
            let known = read(&args.specs.join(&platform), sources, diagnostics);
            homes.platforms.extend(known.map(|known| (platform, known)));
        }
        (!diagnostics.has_errors()).then_some(homes)
    }

    fn platform(&self, spec: &EndpointSpec) -> String {
        self.args.platform.clone().unwrap_or_else(|| spec.source.layout.platform().to_owned())
    }

    /// What a platform's file says.
    pub(super) fn spec(&self, platform: &str) -> Option<&PlatformSpec> {
        self.platforms.get(platform).map(|platform| &platform.spec)
    }

    /// Finds the place of a transcript.
    pub(super) fn place(&mut self, spec: &EndpointSpec) -> Result<Place, Refusal> {
        let platform = self.platform(spec);
        let own = spec.source.layout.platform();
        if Layout::PLATFORMS.contains(&platform.as_str()) && platform != own {
            let message = format!("this is a page of `{own}`, and --platform says `{platform}`");
            let help = format!("take --platform away, or say --platform {own}");
            return Err(Refusal::of_page(Code::OtherPlatform, message).help(&help));
        }
        let no_place = |why: String| Refusal::of_page(Code::NoFamily, format!("`{}` has no place: {why}", spec.api));
        let Some(known) = self.platforms.get_mut(&platform) else {
            return Err(no_place(format!("the platform `{platform}` is not known")));
        };
        let home = known.families.place(&spec.api, NameForm::of(spec), self.args.family.as_deref());
        let home = home.map_err(|error| no_place(error.to_string()))?;
        let path = self.args.specs.join(&platform).join(&home.family).join(format!("{}.yaml", home.leaf));
        Ok(Place { platform, path, home })
    }
}

/// Reads a platform's folder. Its families are the declared ones, and folders with a transcript.
fn read(folder: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Platform> {
    let path = folder.join("platform.yaml");
    let shown = path.to_string_lossy().replace('\\', "/");
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("the platform's file cannot be read: {error}");
            let help = "name the platform with --platform, and the folder of the specs with --specs";
            let place = source::Place::file(sources.add(shown, ""));
            diagnostics.push(Diagnostic::new(Code::MissingFile, place, message).help(help));
            return None;
        }
    };
    let spec = spec::load_platform(&shown, text, sources, diagnostics)?;
    let mut families = Families::new(&spec.families);
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut folders: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    for folder in folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some((api, form)) = first_api(&folder) {
            families.learn(&name, &api, form);
        }
    }
    Some(Platform { spec, families })
}

/// The API of the first transcript in a folder, by the lines that say it: no need to read the rest.
fn first_api(folder: &Path) -> Option<(String, NameForm)> {
    let mut paths: Vec<_> = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().find_map(|path| {
        let text = fs::read_to_string(path).ok()?;
        let api = text.lines().find_map(|line| line.strip_prefix("api:"))?;
        let has_path = text.lines().any(|line| line.starts_with("path:"));
        let form = if has_path { NameForm::Path } else { NameForm::Rooted };
        Some((api.trim().trim_matches(['\'', '"']).to_owned(), form))
    })
}
