//! How alike two texts, names or member lists are.

use std::cmp::Ordering;
use std::collections::BTreeSet;

/// A text's pairs of neighbouring characters, sorted: made once, compared often.
#[derive(Clone, Debug)]
pub(super) struct Profile(Vec<(char, char)>);

impl Profile {
    /// The profile of a text; white space does not count.
    pub(super) fn of_text(text: &str) -> Self {
        Self::of(text.chars().filter(|c| !c.is_whitespace()))
    }

    /// The profile of a wire name; letter case and separators do not count.
    pub(super) fn of_name(name: &str) -> Self {
        Self::of(name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase))
    }

    fn of(chars: impl Iterator<Item = char>) -> Self {
        let chars: Vec<char> = chars.collect();
        let mut pairs: Vec<(char, char)> = match chars.as_slice() {
            // A text of one character is a pair with nothing.
            [only] => vec![(*only, '\0')],
            chars => chars.iter().copied().zip(chars.iter().copied().skip(1)).collect(),
        };
        pairs.sort_unstable();
        Self(pairs)
    }

    /// The share of pairs that both have, 0 (none) to 1 (all).
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        let total = self.0.len() + other.0.len();
        if total == 0 {
            return 0.0;
        }
        let (mut left, mut right) = (self.0.as_slice(), other.0.as_slice());
        let mut shared = 0usize;
        while let ([one, left_rest @ ..], [another, right_rest @ ..]) = (left, right) {
            match one.cmp(another) {
                Ordering::Less => left = left_rest,
                Ordering::Greater => right = right_rest,
                Ordering::Equal => {
                    shared += 1;
                    (left, right) = (left_rest, right_rest);
                }
            }
        }
        2.0 * shared as f64 / total as f64
    }
}

/// How alike two texts are.
pub(super) fn texts(left: &str, right: &str) -> f64 {
    Profile::of_text(left).likeness(&Profile::of_text(right))
}

/// The share of names that two lists have in common.
pub(super) fn lists<'a>(left: impl Iterator<Item = &'a str>, right: impl Iterator<Item = &'a str>) -> f64 {
    let left: Vec<_> = left.collect();
    let mut total = left.len();
    let right: BTreeSet<_> = right.inspect(|_| total += 1).collect();
    if total == 0 {
        return 0.0;
    }
    let shared = left.iter().filter(|name| right.contains(*name)).count();
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
        let names = |left, right| Profile::of_name(left).likeness(&Profile::of_name(right));
        assert_eq!(names("crate_id", "crateId"), 1.0);
        assert!(names("height", "weight") < 1.0);
        assert_eq!(lists(["a", "b"].into_iter(), ["b", "c"].into_iter()), 0.5);
    }
}
