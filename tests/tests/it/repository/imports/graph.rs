//! Cycles in the graph of files.

use std::collections::{BTreeMap, BTreeSet};

use super::scan::Import;

/// Groups of files that depend on each other, directly or through others.
pub fn cycles(imports: &[Import]) -> Vec<BTreeSet<String>> {
    let mut direct: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for import in imports {
        if let Some(target) = &import.depends_on {
            direct.entry(&import.file).or_default().insert(target);
        }
    }
    let reached: BTreeMap<&str, BTreeSet<&str>> = direct.keys().map(|file| (*file, reachable(file, &direct))).collect();
    let reaches = |from: &str, to: &str| reached.get(from).is_some_and(|files| files.contains(to));
    let mut groups: Vec<BTreeSet<String>> = Vec::new();
    for file in reached.keys().filter(|file| reaches(file, file)) {
        let group = reached.keys().filter(|other| reaches(file, other) && reaches(other, file));
        let group: BTreeSet<String> = group.map(|file| (*file).to_owned()).collect();
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

fn reachable<'a>(file: &'a str, direct: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next = vec![file];
    while let Some(file) = next.pop() {
        let targets = direct.get(file).into_iter().flatten();
        next.extend(targets.filter(|target| reached.insert(**target)));
    }
    reached
}
