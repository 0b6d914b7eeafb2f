//! Finds the values of an operation's placeholders in the path of a request.

use crate::sign::percent_decoded;

/// Returns the values of the placeholders of `template`, percent-decoded, if `path` ends like it. What precedes is the
/// base URL's path, which a server need not know.
pub(super) fn values<'t>(template: &'t str, path: &str) -> Option<Vec<(&'t str, String)>> {
    let decoded = |(name, text)| (name, percent_decoded(text));
    encoded_values(template, path).map(|values| values.into_iter().map(decoded).collect())
}

/// Returns the path of an operation as it was sent, except that the placeholders with these names are left as they are.
pub(super) fn with_placeholders(template: &str, path: &str, names: &[&str]) -> String {
    let values = encoded_values(template, path).unwrap_or_default();
    let filled = values.into_iter().filter(|(name, _)| !names.contains(name));
    filled.fold(template.to_owned(), |path, (name, text)| path.replacen(&format!("{{{name}}}"), text, 1))
}

/// Returns the values of the placeholders as they were sent.
fn encoded_values<'t, 'p>(template: &'t str, path: &'p str) -> Option<Vec<(&'t str, &'p str)>> {
    let template = template.trim_start_matches('/');
    if template.is_empty() {
        return Some(Vec::new());
    }
    let mut values = Vec::new();
    let mut segments = path.rsplit('/');
    for pattern in template.rsplit('/') {
        let mut found = segment(pattern, segments.next()?)?;
        found.append(&mut values);
        values = found;
    }
    Some(values)
}

/// Returns the end of `path` that has as many segments as `template`, and the slash above it if the template has one.
pub(super) fn below<'p>(template: &str, path: &'p str) -> &'p str {
    let slashes = template.matches('/').count() + usize::from(!template.starts_with('/'));
    let from = match path.rmatch_indices('/').nth(slashes - 1) {
        _ if template.is_empty() => path.len(),
        Some((slash, _)) if template.starts_with('/') => slash,
        Some((slash, _)) => slash + 1,
        None => 0,
    };
    &path[from..]
}

/// Matches one segment.
fn segment<'t, 'p>(pattern: &'t str, text: &'p str) -> Option<Vec<(&'t str, &'p str)>> {
    let (mut pattern, mut text, mut values) = (pattern, text, Vec::new());
    while let Some((before, name, after)) = placeholder(pattern) {
        let rest = text.strip_prefix(before)?;
        let literal = after.split('{').next().unwrap_or_default();
        let end = if literal.len() == after.len() {
            // Only literal text follows.
            rest.len().checked_sub(literal.len()).filter(|_| rest.ends_with(literal))?
        } else {
            rest.find(literal)?
        };
        let (value, behind) = rest.split_at_checked(end).filter(|(value, _)| !value.is_empty())?;
        values.push((name, value));
        (pattern, text) = (after, behind);
    }
    (pattern == text).then_some(values)
}

/// Splits at the first placeholder: what precedes it, its name, what follows it.
fn placeholder(pattern: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = pattern.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_an_operation_is_split_off() {
        let found =
            [("", "/router/rest"), ("/order/get", "/rest/order/get"), ("order/{id}", "/rest/order/7"), ("/a/b", "/b")];
        let found = found.map(|(template, path)| below(template, path));
        assert_eq!(found, ["", "/order/get", "order/7", "/b"]);
    }

    #[test]
    fn placeholders_can_be_left_as_they_are() {
        assert_eq!(with_placeholders("/a/{id}/{sign}", "/base/a/1%2f2/x", &["sign"]), "/a/1%2f2/{sign}");
        assert_eq!(with_placeholders("/a/{id}", "/base/a/1", &[]), "/a/1");
    }

    #[test]
    fn placeholders_are_found_below_any_base_path() {
        let found = |template, path| values(template, path);
        let pair = |name, value: &str| (name, value.to_owned());
        assert_eq!(found("", "/router/rest"), Some(vec![]));
        assert_eq!(found("/a/{id}/item", "/base/a/%2F+%26%E4%B8%AD/item"), Some(vec![pair("id", "/+&中")]));
        assert_eq!(
            found("a/{x}-{y}/{z}.json", "/a/1-2-3/q.json"),
            Some(vec![pair("x", "1"), pair("y", "2-3"), pair("z", "q")])
        );
        for path in ["/a/1", "/b/1/item", "/a//item", "/a/1/items", ""] {
            assert_eq!(found("/a/{id}/item", path), None, "{path}");
        }
    }
}
