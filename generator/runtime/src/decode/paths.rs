//! Paths of an envelope's members: names with dots between them, and `/` in front of those that start at the whole answer.

use super::raw::{Member, Raw};

/// Splits a path into its first name and the rest.
pub(super) fn split(path: &str) -> (&str, Option<&str>) {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)))
}

/// Whether a path starts at the whole answer, wherever the other members of the envelope are.
pub(super) fn is_absolute(path: &str) -> bool {
    path.starts_with('/')
}

/// Whether a path is a mere name, which a reader finds without looking into other members.
pub(super) fn is_name(path: &str) -> bool {
    !path.contains(['/', '.'])
}

/// Whether `name` is the first name of any of `paths`.
pub(super) fn leads(paths: &[&str], name: &str) -> bool {
    paths.iter().any(|path| split(path).0 == name)
}

/// Returns the values at `rest`, a path below `value`: all of them if a name occurs more than once, the last one first.
pub(super) fn below<'a>(value: Raw<'a>, rest: Option<&str>) -> Option<Raw<'a>> {
    let Some(rest) = rest else { return Some(value) };
    let (name, rest) = split(rest);
    let last = value.members().filter(|member| member.name == name).last()?;
    below(last.value, rest)
}

/// Returns the value at `path` among `members`.
pub(super) fn find<'a>(members: &[Member<'a>], path: &str) -> Option<Raw<'a>> {
    let (name, rest) = split(path);
    let last = members.iter().rfind(|member| member.name == name)?;
    below(last.value, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_the_last_member_of_a_name() {
        let raw = Raw::of_valid(r#"{"a":{"b":1},"a":{"b":2,"b":{"c":3}},"d":4}"#);
        let members: Vec<_> = raw.members().collect();
        let at = |path| find(&members, path).map(Raw::as_str);
        assert_eq!(at("d"), Some("4"));
        assert_eq!(at("/d"), Some("4"));
        assert_eq!(at("a.b.c"), Some("3"));
        assert_eq!((at("a.c"), at("d.e"), at("e")), (None, None, None));
    }
}
