//! Folders of text files, read whole and written whole.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The texts of a folder by their paths in it, with `/` between the steps.
pub type Texts = BTreeMap<String, String>;

/// Reads every file below a folder but `.gitkeep` and what `generate` records for its next run; a missing folder is empty.
///
/// # Panics
///
/// If a file cannot be read or is not UTF-8.
#[must_use]
pub fn read(folder: &Path) -> Texts {
    let mut texts = Texts::new();
    collect(folder, "", &mut texts);
    texts
}

fn collect(folder: &Path, above: &str, texts: &mut Texts) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path();
        let name = format!("{above}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if name.ends_with(".apograph") {
            continue;
        }
        if path.is_dir() {
            collect(&path, &format!("{name}/"), texts);
        } else if !name.ends_with(".gitkeep") {
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            texts.insert(name, text);
        }
    }
}

/// Writes texts into a folder, and leaves its other files alone.
///
/// # Panics
///
/// If a file cannot be written.
pub fn write(folder: &Path, texts: &Texts) {
    for (path, text) in texts {
        let place = folder.join(path);
        place
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&place, text))
            .unwrap_or_else(|error| panic!("{}: {error}", place.display()));
    }
}

/// Gives a folder these texts and no others. Files that have their text already keep their times, so cargo does not build them
/// again.
///
/// # Panics
///
/// If a file cannot be written or removed.
pub fn replace(folder: &Path, texts: &Texts) {
    let known = read(folder);
    for path in known.keys().filter(|path| !texts.contains_key(*path)) {
        fs::remove_file(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    let changed = texts.iter().filter(|(path, text)| known.get(*path) != Some(*text));
    write(folder, &changed.map(|(path, text)| (path.clone(), text.clone())).collect());
}
