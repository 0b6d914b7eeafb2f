//! Versions of the generated package.

/// Returns the three numbers of a version of the form `1.2.3`, which compare like the versions. `None` for other forms.
pub fn numbers(version: &str) -> Option<[u64; 3]> {
    let parts: Vec<u64> = version.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    parts.try_into().ok()
}
