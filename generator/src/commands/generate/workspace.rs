//! A hint for crates inside a Cargo workspace that does not list them: Cargo refuses to build those.

use std::path::{Path, PathBuf};

use crate::files::{self, Limit};
use crate::terms::glob;

/// The manifest of a package or workspace.
pub(super) const MANIFEST: &str = "Cargo.toml";

/// Maximum size of a workspace's manifest. Real ones have some 50 KB at most.
const LARGEST: Limit = Limit::mib(1);

/// Returns a note if the crate in this folder is inside a workspace whose manifest does not mention it.
///
/// The manifest is not parsed: any text in it that matches the crate's path counts. A crate can also be a member because
/// another member depends on it, so this is a hint and not a finding.
pub(super) fn note(out: &Path) -> Option<String> {
    let out = out.canonicalize().ok()?;
    let (root, manifest) = workspace_around(&out)?;
    let steps: Vec<_> = out.strip_prefix(&root).ok()?.iter().map(|step| step.to_str()).collect::<Option<_>>()?;
    let path = steps.join("/");
    (!mentions(&manifest, &path)).then(|| {
        format!(
            "note: the workspace of `{}` does not seem to contain `{path}`, and then Cargo does not build it\n\
             help: add `{path}` to `members` there, or generate it with `--standalone` (`standalone: true` in crate.yaml)",
            root.join(MANIFEST).display()
        )
    })
}

/// The folder of the nearest manifest above that has a workspace, and its text.
fn workspace_around(out: &Path) -> Option<(PathBuf, String)> {
    out.ancestors().skip(1).find_map(|folder| {
        let text = files::read_text(folder, &folder.join(MANIFEST), LARGEST).ok()?;
        let is_workspace = text.lines().any(|line| line.trim_start().starts_with("[workspace]"));
        is_workspace.then(|| (folder.to_owned(), text))
    })
}

/// Whether a manifest has a text that is the path, a pattern that matches it, or a folder that contains it.
fn mentions(manifest: &str, path: &str) -> bool {
    let lines = manifest.lines().map(|line| line.split('#').next().unwrap_or_default());
    let texts = lines.flat_map(|line| line.split(['"', '\'']).skip(1).step_by(2));
    let mut paths = texts.map(|text| text.trim_start_matches("./").trim_end_matches('/'));
    paths.any(|known| {
        let rest = path.strip_prefix(known);
        glob(known, path) || rest.is_some_and(|rest| !known.is_empty() && rest.starts_with('/'))
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_path_a_pattern_and_a_folder_mention_a_crate() {
        for manifest in [
            "members = ['crates/apis']",
            "members = [\n  \"app\",\n  \"./crates/apis/\",\n]",
            "members = [\"crates/*\"]",
            "exclude = [\"crates\"]",
            "apis = { path = \"crates/apis\" }",
        ] {
            assert!(mentions(manifest, "crates/apis"), "{manifest}");
        }
        for manifest in ["", "members = [\"crates/api\", \"apis\", \"\"]", "# members = [\"crates/apis\"]"] {
            assert!(!mentions(manifest, "crates/apis"), "{manifest}");
        }
    }

    #[test]
    fn the_nearest_workspace_is_asked() {
        let top = tempfile::tempdir().expect("a folder");
        let at = |path: &str| top.path().join(path);
        fs::create_dir_all(at("inner/generated")).expect("a folder");
        let note = || note(&at("inner/generated"));
        assert_eq!(note(), None);
        fs::write(at("Cargo.toml"), "[workspace]\nmembers = [\"inner/generated\"]\n").expect("a manifest");
        assert_eq!(note(), None);
        fs::write(at("inner/Cargo.toml"), "[package]\nname = \"app\"\n").expect("a manifest");
        assert_eq!(note(), None, "a package is not a workspace");
        fs::write(at("inner/Cargo.toml"), "[package]\nname = \"app\"\n\n[workspace]\n").expect("a manifest");
        let text = note().expect("a note");
        assert!(text.contains("inner/Cargo.toml` does not seem to contain `generated`"), "{text}");
    }
}
