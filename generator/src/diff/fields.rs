//! The fields of one side, level by level, by wire name.

use std::collections::BTreeMap;

use crate::model::SideName;
use crate::source::SpecPath;
use crate::spec::{Entries, FieldSpec};
use crate::terms::{FileForm, HttpMethod, Required};

use super::facts;
use super::matching::{self, Matches};
use super::pair::Pair;
use super::shape::{Basis, Rules, Shape};
use super::{Change, Kind, order};

/// Compares one side. `method` is that of the old revision.
pub(super) fn compare(
    side: SideName,
    old: &Entries<FieldSpec>,
    new: &Entries<FieldSpec>,
    method: HttpMethod,
    rules: [&Rules<'_>; 2],
    to: &mut Vec<Change>,
) {
    let same_rules = rules[0].words == rules[1].words && rules[0].lists == rules[1].lists;
    if old == new && same_rules {
        return;
    }
    let root = SpecPath::root().key(match side {
        SideName::Request => "request",
        SideName::Response => "response",
    });
    let matches = matching::find(&root, old, new, rules);
    let mut walk = Walk { side, method, rules, same_rules, matches: &matches, around: [Vec::new(), Vec::new()], to };
    walk.level([&root, &root], old, new);
}

struct Walk<'w> {
    side: SideName,
    /// HTTP method of the old revision.
    method: HttpMethod,
    rules: [&'w Rules<'w>; 2],
    /// Whether equal texts mean the same in both revisions.
    same_rules: bool,
    matches: &'w Matches<'w>,
    /// Names of the objects around the level, of each revision.
    around: [Vec<String>; 2],
    to: &'w mut Vec<Change>,
}

impl Walk<'_> {
    fn kind(&self, request: Kind, response: Kind) -> Kind {
        match self.side {
            SideName::Request => request,
            SideName::Response => response,
        }
    }

    fn level(&mut self, [old_at, new_at]: [&SpecPath; 2], old: &Entries<FieldSpec>, new: &Entries<FieldSpec>) {
        for (wire, spec) in new.iter() {
            let path = new_at.key(wire);
            match old.get(wire) {
                Some(before) => self.pair([&old_at.key(wire), &path], before, spec),
                None => self.without_namesake(&path, spec),
            }
        }
        for (wire, spec) in old.iter().filter(|(wire, _)| new.get(wire).is_none()) {
            let path = old_at.key(wire);
            if !self.matches.continues(&path) {
                let request = if is_required(spec) { Kind::ReqFieldRemovedReq } else { Kind::ReqFieldRemovedOpt };
                let kind = self.kind(request, Kind::RespFieldRemoved);
                self.to.push(Change::new(kind, path, Some(facts::whole_type(spec)), None));
            }
        }
        self.order([old_at, new_at], old, new);
    }

    fn order(&mut self, [old_at, new_at]: [&SpecPath; 2], old: &Entries<FieldSpec>, new: &Entries<FieldSpec>) {
        // A renamed field keeps its place under its new name.
        let mut renamed: BTreeMap<&str, &str> = BTreeMap::new();
        for name in new.names().filter(|_| !self.matches.is_empty()) {
            let before = self.matches.before(&new_at.key(name)).map(|node| &node.path);
            if let Some(wire) = before.filter(|path| path.parent() == Some(old_at)).and_then(SpecPath::last_key) {
                renamed.insert(wire, name);
            }
        }
        let names = old.names().map(|wire| renamed.get(wire).copied().unwrap_or(wire));
        if order::differs(names, new.names()) {
            let kind = self.kind(Kind::OrderFieldsReq, Kind::OrderFieldsResp);
            let listed = |names: Vec<&str>| Some(names.join(", "));
            let (before, after) = (listed(old.names().collect()), listed(new.names().collect()));
            let change = Change::new(kind, new_at.clone(), before, after);
            self.to.push(Change { old_path: (old_at != new_at).then(|| old_at.clone()), ..change });
        }
    }

    /// A field that is new, renamed or moved.
    fn without_namesake(&mut self, path: &SpecPath, spec: &FieldSpec) {
        if self.matched(path, spec) {
            return;
        }
        let request = if is_required(spec) { Kind::ReqFieldAddedReq } else { Kind::ReqFieldAddedOpt };
        let kind = self.kind(request, Kind::RespFieldAdded);
        self.to.push(Change::new(kind, path.clone(), None, Some(facts::whole_type(spec))));
        self.logged(path, spec);
        self.members_of_new(path, spec);
    }

    fn matched(&mut self, path: &SpecPath, spec: &FieldSpec) -> bool {
        let Some(before) = self.matches.before(path).cloned() else { return false };
        // A field that moved and was renamed at once is looked for under its new name.
        let kind = if before.path.last_key() == path.last_key() {
            self.kind(Kind::ReqNestingMoved, Kind::RespNestingMoved)
        } else {
            self.kind(Kind::ReqFieldRenamed, Kind::RespFieldRenamed)
        };
        let change = Change::new(kind, path.clone(), Some(before.path.to_string()), Some(path.to_string()));
        self.to.push(Change { old_path: Some(before.path.clone()), ..change });
        self.pair([&before.path, path], before.spec, spec);
        true
    }

    /// Reports a new field whose value is shown in logs: that it was added does not tell.
    fn logged(&mut self, path: &SpecPath, spec: &FieldSpec) {
        if spec.log_shown {
            self.to.push(Change::new(Kind::LogShown, path.key("log"), None, Some("show".to_owned())));
        }
    }

    /// Reports the fields of a new object that were moved into it, and those whose values are shown in logs.
    fn members_of_new(&mut self, path: &SpecPath, spec: &FieldSpec) {
        let level = path.key("fields");
        for (wire, member) in spec.fields.iter() {
            let path = level.key(wire);
            if !self.matched(&path, member) {
                self.logged(&path, member);
                self.members_of_new(&path, member);
            }
        }
    }

    /// Reads a field's type in one of the two revisions.
    fn shape(&self, revision: usize, path: &SpecPath, spec: &FieldSpec) -> Shape {
        let rules = self.rules[revision];
        let shape = Shape::read(spec, rules, &self.around[revision]);
        let has_uploads = self.side == SideName::Request && rules.sending.files == FileForm::Multipart;
        if has_uploads && is_top(path) { shape } else { shape.without_uploads() }
    }

    fn pair(&mut self, [old_path, path]: [&SpecPath; 2], old: &FieldSpec, new: &FieldSpec) {
        if old == new && old_path == path && self.same_rules && self.around[0] == self.around[1] {
            return;
        }
        let before = self.shape(0, old_path, old);
        let after = self.shape(1, path, new);
        let written = self.rules[0].sending.written(self.method, is_top(old_path));
        let old_path_if_other = (old_path != path).then_some(old_path);
        let pair = Pair { side: self.side, path, old_path: old_path_if_other, old, new, written };
        facts::compare(&pair, self.rules, [&before, &after], self.to);
        if old.fields.is_empty() || new.fields.is_empty() {
            // The type change covers the members, except fields that moved here from elsewhere.
            return self.members_of_new(path, new);
        }
        let names = [before, after].map(|shape| shape.name.filter(|_| shape.basis == Basis::Object));
        for (around, name) in self.around.iter_mut().zip(&names) {
            around.extend(name.clone());
        }
        self.level([&old_path.key("fields"), &path.key("fields")], &old.fields, &new.fields);
        for (around, name) in self.around.iter_mut().zip(&names) {
            around.truncate(around.len() - usize::from(name.is_some()));
        }
    }
}

fn is_required(field: &FieldSpec) -> bool {
    field.required == Required::Yes
}

/// Whether a path names a field of the request or response itself.
fn is_top(path: &SpecPath) -> bool {
    path.segments().len() == 2
}
