//! Names of folders in the specs folder.

/// Whether a name matches `[a-z][a-z0-9_]*`, because it becomes a module and part of a Cargo feature.
#[must_use]
pub fn is_folder_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && is_leaf_name(name)
}

/// Whether a name matches `[a-z0-9_]+`: API names may have segments that begin with a digit.
#[must_use]
pub fn is_leaf_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
