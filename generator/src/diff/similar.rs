//! How alike two texts, names or member lists are.

use std::collections::BTreeMap;

/// Shared pairs of neighbouring characters, 0 (none) to 1 (all); white space does not count.
pub(super) fn texts(left: &str, right: &str) -> f64 {
    let (left, right) = (pairs(left), pairs(right));
    let total = left.values().sum::<usize>() + right.values().sum::<usize>();
    if total == 0 {
        return 0.0;
    }
    let shared: usize = left.iter().map(|(pair, count)| right.get(pair).copied().unwrap_or(0).min(*count)).sum();
    2.0 * shared as f64 / total as f64
}

fn pairs(text: &str) -> BTreeMap<(char, char), usize> {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut pairs = BTreeMap::new();
    // A text of one character is a pair with nothing.
    if let [only] = chars.as_slice() {
        pairs.insert((*only, '\0'), 1);
    }
    for pair in chars.windows(2) {
        if let [first, second] = pair {
            *pairs.entry((*first, *second)).or_insert(0) += 1;
        }
    }
    pairs
}

/// How alike two wire names are; 1 if they differ in letter case and separators only.
pub(super) fn names(left: &str, right: &str) -> f64 {
    let plain =
        |name: &str| -> String { name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    texts(&plain(left), &plain(right))
}

/// The share of names that two lists have in common.
pub(super) fn lists<'a>(left: impl Iterator<Item = &'a str>, right: impl Iterator<Item = &'a str>) -> f64 {
    let (left, right): (Vec<_>, Vec<_>) = (left.collect(), right.collect());
    let total = left.len() + right.len();
    if total == 0 {
        return 0.0;
    }
    let shared = left.iter().filter(|name| right.contains(name)).count();
    2.0 * shared as f64 / total as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_grows_with_what_is_shared() {
        assert_eq!(texts("顾客姓名", "顾客 姓名"), 1.0);
        assert_eq!(texts("a", "b"), 0.0);
        assert_eq!(texts("", ""), 0.0);
        assert!(texts("顾客姓名", "顾客的姓名") > 0.5);
        assert_eq!(names("crate_id", "crateId"), 1.0);
        assert!(names("height", "weight") < 1.0);
        assert_eq!(lists(["a", "b"].into_iter(), ["b", "c"].into_iter()), 0.5);
    }
}
