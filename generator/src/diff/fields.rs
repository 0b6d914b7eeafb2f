//! The fields of one side, level by level, by wire name.

use std::collections::BTreeMap;

use crate::model::{Side, SideName};
use crate::source::SpecPath;
use crate::spec::{Entries, FieldSpec};
use crate::terms::{HttpMethod, Required};

use super::facts;
use super::matching::{self, Matches};
use super::pair::Pair;
use super::rows::{Level, Row};
use super::rules::Sending;
use super::{Change, Kind, order};

/// The fields of one side in one revision.
pub(super) struct Fields<'a> {
    pub(super) page: &'a Entries<FieldSpec>,
    pub(super) types: &'a Side,
}

/// What the fields depend on.
#[derive(Copy, Clone)]
pub(super) struct Setting {
    pub(super) side: SideName,
    /// How clients of the old revision send requests.
    pub(super) sending: Sending,
    /// HTTP method of the old revision.
    pub(super) method: HttpMethod,
    /// Whether equal pages have equal types in both revisions.
    pub(super) same_rules: bool,
}

/// Compares one side.
pub(super) fn compare([old, new]: [Fields<'_>; 2], setting: Setting, to: &mut Vec<Change>) {
    if old.page == new.page && setting.same_rules {
        return;
    }
    let root = SpecPath::root().key(match setting.side {
        SideName::Request => "request",
        SideName::Response => "response",
    });
    let [old, new] = [old, new].map(|fields| Level::root(fields.page, fields.types, &root));
    let matches = matching::find(&root, &old, &new);
    let mut walk = Walk { setting, matches: &matches, is_in_renamed: false, to };
    walk.level([&root, &root], &old, &new);
}

struct Walk<'w> {
    setting: Setting,
    matches: &'w Matches<'w>,
    /// Whether an object around the level has another name in the new revision: a field may be of that object again.
    is_in_renamed: bool,
    to: &'w mut Vec<Change>,
}

impl Walk<'_> {
    fn kind(&self, request: Kind, response: Kind) -> Kind {
        match self.setting.side {
            SideName::Request => request,
            SideName::Response => response,
        }
    }

    fn level(&mut self, [old_at, new_at]: [&SpecPath; 2], old: &Level<'_>, new: &Level<'_>) {
        for (wire, row) in new.iter() {
            let path = new_at.key(wire);
            match old.get(wire) {
                Some(before) => self.pair([&old_at.key(wire), &path], before, row),
                None => self.without_namesake(&path, row),
            }
        }
        for (wire, row) in old.iter().filter(|(wire, _)| new.get(wire).is_none()) {
            let path = old_at.key(wire);
            if !self.matches.continues(&path) {
                let request = if is_required(row.page) { Kind::ReqFieldRemovedReq } else { Kind::ReqFieldRemovedOpt };
                let kind = self.kind(request, Kind::RespFieldRemoved);
                self.to.push(Change::new(kind, path, Some(facts::whole_type(row.page)), None));
            }
        }
        self.order([old_at, new_at], old, new);
    }

    fn order(&mut self, [old_at, new_at]: [&SpecPath; 2], old: &Level<'_>, new: &Level<'_>) {
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
    fn without_namesake(&mut self, path: &SpecPath, row: Row<'_>) {
        if self.matched(path, row) {
            return;
        }
        let request = if is_required(row.page) { Kind::ReqFieldAddedReq } else { Kind::ReqFieldAddedOpt };
        let kind = self.kind(request, Kind::RespFieldAdded);
        self.to.push(Change::new(kind, path.clone(), None, Some(facts::whole_type(row.page))));
        self.logged(path, row.page);
        self.members_of_new(path, row);
    }

    fn matched(&mut self, path: &SpecPath, row: Row<'_>) -> bool {
        let Some(before) = self.matches.before(path).cloned() else { return false };
        // A field that moved and was renamed at once is looked for under its new name.
        let kind = if before.path.last_key() == path.last_key() {
            self.kind(Kind::ReqNestingMoved, Kind::RespNestingMoved)
        } else {
            self.kind(Kind::ReqFieldRenamed, Kind::RespFieldRenamed)
        };
        let change = Change::new(kind, path.clone(), Some(before.path.to_string()), Some(path.to_string()));
        self.to.push(Change { old_path: Some(before.path.clone()), ..change });
        self.pair([&before.path, path], before.row, row);
        true
    }

    /// Reports a new field whose value is shown in logs: that it was added does not tell.
    fn logged(&mut self, path: &SpecPath, page: &FieldSpec) {
        if page.log_shown {
            self.to.push(Change::new(Kind::LogShown, path.key("log"), None, Some("show".to_owned())));
        }
    }

    /// Reports the fields of a new object that were moved into it, and those whose values are shown in logs.
    fn members_of_new(&mut self, path: &SpecPath, row: Row<'_>) {
        let level = path.key("fields");
        for (wire, member) in row.members(&level).iter() {
            let path = level.key(wire);
            if !self.matched(&path, member) {
                self.logged(&path, member.page);
                self.members_of_new(&path, member);
            }
        }
    }

    fn pair(&mut self, [old_path, path]: [&SpecPath; 2], old: Row<'_>, new: Row<'_>) {
        let Setting { side, sending, method, same_rules } = self.setting;
        if old.page == new.page && old_path == path && same_rules && !self.is_in_renamed {
            return;
        }
        let written = sending.written(method, is_top(old_path), old.ty.field.place);
        facts::compare(&Pair::new(side, [old_path, path], [old, new], written), self.to);
        if old.page.fields.is_empty() || new.page.fields.is_empty() {
            // The type change covers the members, except fields that moved here from elsewhere.
            return self.members_of_new(path, new);
        }
        let is_in_renamed = self.is_in_renamed;
        let are_objects = old.ty.is_object() && new.ty.is_object();
        self.is_in_renamed |= are_objects && old.ty.object_name() != new.ty.object_name();
        let [from, to] = [old_path, path].map(|path| path.key("fields"));
        self.level([&from, &to], &old.members(&from), &new.members(&to));
        self.is_in_renamed = is_in_renamed;
    }
}

fn is_required(field: &FieldSpec) -> bool {
    field.required == Required::Yes
}

/// Whether a path names a field of the request or response itself.
fn is_top(path: &SpecPath) -> bool {
    path.segments().len() == 2
}
