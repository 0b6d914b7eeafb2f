//! Which APIs a command is about: names, and patterns in which `*` matches any text and `?` any character.

use std::collections::BTreeSet;
use std::fmt;

use crate::diagnostic::{nearest, quoted};
use crate::terms::{glob, is_pattern};

/// Maximum number of names that the message about an unknown one proposes.
const MOST_PROPOSED: usize = 3;

/// The APIs whose names match one of the patterns. Without patterns, all APIs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Selection(Vec<String>);

/// A pattern that matches no API.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unmatched {
    /// The position of the pattern.
    pub index: usize,
    pattern: String,
    /// What the user may have meant.
    proposed: Vec<String>,
}

impl Selection {
    /// Creates a selection of the APIs that match at least one of these patterns.
    #[must_use]
    pub fn new(patterns: &[String]) -> Self {
        Self(patterns.to_owned())
    }

    /// Whether every API is selected, because there are no patterns.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the patterns.
    pub fn patterns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether an API is selected.
    #[must_use]
    pub fn contains(&self, api: &str) -> bool {
        self.is_everything() || self.0.iter().any(|pattern| glob(pattern, api))
    }

    /// Checks that each pattern matches one of the APIs.
    ///
    /// # Errors
    ///
    /// The first pattern that matches none of them.
    pub fn check(&self, apis: &[&str]) -> Result<(), Unmatched> {
        let unmatched = self.0.iter().enumerate().find(|(_, pattern)| !apis.iter().any(|api| glob(pattern, api)));
        let Some((index, pattern)) = unmatched else { return Ok(()) };
        let proposed =
            if is_pattern(pattern) { proposed_pattern(pattern, apis) } else { proposed_names(pattern, apis) };
        Err(Unmatched { index, pattern: pattern.clone(), proposed })
    }
}

/// Proposes the most similar name, or else names that contain the text.
fn proposed_names(name: &str, apis: &[&str]) -> Vec<String> {
    if let Some(near) = nearest(name, apis.iter().copied()) {
        return vec![near.to_owned()];
    }
    let part = name.to_lowercase();
    let contain = apis.iter().filter(|api| !part.is_empty() && api.to_lowercase().contains(&part));
    contain.take(MOST_PROPOSED).map(|api| (*api).to_owned()).collect()
}

/// Proposes the pattern with another beginning: the most similar one that a name has up to the same dot.
fn proposed_pattern(pattern: &str, apis: &[&str]) -> Vec<String> {
    let literal = pattern.find(['*', '?']).and_then(|end| pattern.get(..end)).unwrap_or(pattern);
    let Some((head, _)) = literal.rsplit_once('.') else { return Vec::new() };
    let dots = head.matches('.').count();
    let heads: BTreeSet<&str> = apis.iter().filter_map(|api| up_to_dot(api, dots)).collect();
    let rest = pattern.get(head.len()..).unwrap_or_default();
    let near = nearest(head, heads).map(|near| format!("{near}{rest}"));
    near.filter(|near| apis.iter().any(|api| glob(near, api))).into_iter().collect()
}

/// Returns what is in front of a dot of the name; dots are counted from 0.
fn up_to_dot(name: &str, dot: usize) -> Option<&str> {
    name.match_indices('.').nth(dot).and_then(|(at, _)| name.get(..at))
}

impl Unmatched {
    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> String {
        let what = if is_pattern(&self.pattern) { "no API matches" } else { "unknown API" };
        format!("{what} {}", quoted(&self.pattern))
    }

    /// What the user may have meant.
    #[must_use]
    pub fn help(&self) -> String {
        let quoted: Vec<String> = self.proposed.iter().map(|name| format!("`{name}`")).collect();
        match quoted.split_last() {
            None => "`apograph list` lists all APIs, and `apograph search` finds them by words".to_owned(),
            Some((last, [])) => format!("did you mean {last}?"),
            Some((last, others)) => format!("did you mean {} or {last}?", others.join(", ")),
        }
    }
}

impl fmt::Display for Unmatched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\nhelp: {}", self.message(), self.help())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const APIS: [&str; 4] = ["taobao.trade.get", "taobao.trade.fullinfo.get", "alibaba.alsc.shop.save", "nio.sync"];

    fn selection(patterns: &[&str]) -> Selection {
        Selection(patterns.iter().map(|pattern| (*pattern).to_owned()).collect())
    }

    #[test]
    fn names_and_patterns_select() {
        let selected = |patterns: &[&str]| {
            let selection = selection(patterns);
            APIS.map(|api| selection.contains(api))
        };
        assert_eq!(selected(&[]), [true; 4]);
        assert_eq!(selected(&["nio.sync", "taobao.*.get"]), [true, true, false, true]);
        assert_eq!(selected(&["taobao.trade"]), [false; 4], "a name is not a part of a name");
        assert_eq!(selection(&["nio.sync", "taobao.*.get"]).check(&APIS), Ok(()));
    }

    #[test]
    fn what_matches_nothing_is_reported_with_what_is_near() {
        for (pattern, expected) in [
            (
                "taobao.trade.fulinfo.get",
                "unknown API `taobao.trade.fulinfo.get`\nhelp: did you mean `taobao.trade.fullinfo.get`?",
            ),
            ("Trade", "unknown API `Trade`\nhelp: did you mean `taobao.trade.get` or `taobao.trade.fullinfo.get`?"),
            ("alibaba.alsk.*", "no API matches `alibaba.alsk.*`\nhelp: did you mean `alibaba.alsc.*`?"),
            ("taobao.trda.*.g?t", "no API matches `taobao.trda.*.g?t`\nhelp: did you mean `taobao.trade.*.g?t`?"),
            (
                "taobao.trda.x*",
                "no API matches `taobao.trda.x*`\nhelp: `apograph list` lists all APIs, and `apograph search` finds them by words",
            ),
            (
                "*.x",
                "no API matches `*.x`\nhelp: `apograph list` lists all APIs, and `apograph search` finds them by words",
            ),
        ] {
            let unmatched = selection(&["nio.*", pattern]).check(&APIS).expect_err(pattern);
            assert_eq!((unmatched.index, unmatched.to_string().as_str()), (1, expected));
        }
    }
}
