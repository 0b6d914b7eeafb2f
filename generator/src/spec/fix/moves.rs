//! Fixes that rename a field (`….name`) or move it to another parent (`….nesting`).

use crate::diagnostic::nearest;
use crate::source::{Segment, SpecPath};
use crate::spec::{EndpointSpec, Entries, FieldSpec, FixSpec, NowSpec};

use super::Fixer;
use super::slot::NotFound;

/// Whether a path names a field's name or nesting.
pub(super) fn is_move(path: &SpecPath) -> bool {
    let is_key = matches!(path.last_key(), Some("name" | "nesting"));
    is_key && path.parent().and_then(place_of).is_some()
}

/// Splits a field's path into the path of its parent (`request`, `request.a`) and its name.
fn place_of(field: &SpecPath) -> Option<(SpecPath, &str)> {
    let name = field.last_key()?;
    let list = field.parent()?;
    match list.segments().as_slice() {
        [Segment::Key(side)] if side == "request" || side == "response" => Some((list.clone(), name)),
        [_, _, ..] if list.last_key() == Some("fields") => Some((list.parent()?.clone(), name)),
        _ => None,
    }
}

/// Returns the path of a parent's fields.
fn list_of(parent: &SpecPath) -> SpecPath {
    if parent.segments().len() == 1 { parent.clone() } else { parent.key("fields") }
}

/// Returns the fields at the path of a list of fields.
fn fields<'a>(spec: &'a mut EndpointSpec, list: &SpecPath) -> Option<&'a mut Entries<FieldSpec>> {
    let segments = list.segments();
    let (side, mut rest) = segments.split_first()?;
    let mut fields = match side {
        Segment::Key(side) if side == "request" => &mut spec.request,
        Segment::Key(side) if side == "response" => &mut spec.response,
        _ => return None,
    };
    while let [Segment::Key(name), Segment::Key(inner), below @ ..] = rest {
        if inner != "fields" {
            return None;
        }
        fields = &mut fields.get_mut(name)?.fields;
        rest = below;
    }
    rest.is_empty().then_some(fields)
}

impl Fixer<'_> {
    /// Renames or moves a field, or confirms its name or parent.
    pub(super) fn restructure(&mut self, index: usize, fix: &FixSpec, spec: &mut EndpointSpec) {
        let Some(field) = fix.at.parent() else { return };
        let Some((parent, name)) = place_of(field) else { return };
        let (parent, name) = (self.origins.current(&parent), name.to_owned());
        let known = fields(spec, &list_of(&parent)).and_then(|fields| fields.get(&name)).is_some();
        if !known {
            return self.unknown_field(index, fix, field, spec);
        }
        let doubted = self.doubts.have(fix);
        let renames = fix.at.last_key() == Some("name");
        let found = if renames {
            name.clone()
        } else {
            place_of(field).map_or_else(String::new, |(parent, _)| parent.to_string())
        };
        let now = match (&fix.was, &fix.now) {
            (None, None) if doubted => return,
            (None, None) => {
                return self.idle(index, "this fix has neither `was` nor `now`, and there is no such doubt to confirm");
            }
            (was, _) if was.as_ref() != Some(&found) => return self.differs(index, fix, Some(&found)),
            (_, Some(NowSpec::Text(now))) => now,
            _ => return self.bad_value(index, fix, "must be text"),
        };
        if *now == found {
            if !doubted {
                self.idle(index, "this fix changes nothing and settles no doubt");
            }
            return;
        }
        let moved = if renames {
            rename(spec, &list_of(&parent), &name, now)
        } else {
            let target = now.parse().map(|target| self.origins.current(&target));
            target
                .map_err(|error| format!("must be a path: {error}"))
                .and_then(|target| nest(spec, &parent, &name, &target))
        };
        match moved {
            Ok(to) => self.origins.moved(list_of(&parent).key(name), to),
            Err(problem) => self.bad_value(index, fix, &problem),
        }
    }

    fn unknown_field(&mut self, index: usize, fix: &FixSpec, field: &SpecPath, spec: &mut EndpointSpec) {
        // A field is unknown exactly if its `type` is.
        if let Err(mut unknown) = super::find(spec, &field.key("type")) {
            let key = fix.at.last_key().unwrap_or_default();
            let corrected = unknown.nearest.take().and_then(|path| path.parent().map(|field| field.key(key)));
            self.unknown(index, "at", &fix.at, &NotFound { nearest: corrected, ..unknown });
        }
    }
}

/// Renames a field in place. Returns its new path.
fn rename(spec: &mut EndpointSpec, list: &SpecPath, name: &str, now: &str) -> Result<SpecPath, String> {
    let siblings = fields(spec, list).ok_or("has no parent")?;
    if now.is_empty() || siblings.get(now).is_some() {
        return Err(format!("cannot be `{now}`: another field already has that name"));
    }
    siblings.rename(name, now);
    Ok(list.key(now))
}

/// Moves a field to the end of another parent's fields. Returns its new path.
fn nest(spec: &mut EndpointSpec, parent: &SpecPath, name: &str, target: &SpecPath) -> Result<SpecPath, String> {
    let (from, to) = (list_of(parent), list_of(target));
    let field = from.key(name);
    if from.segments().first() != to.segments().first() {
        return Err("must be a parent on the same side: a field cannot move between request and response".into());
    }
    if target.below(&field).is_some() {
        return Err("cannot be inside the field itself".into());
    }
    match fields(spec, &to) {
        None => return Err(no_parent(spec, target)),
        Some(siblings) if siblings.get(name).is_some() => {
            return Err(format!("cannot be `{target}`, which already has a field `{name}`"));
        }
        Some(_) => {}
    }
    let taken = fields(spec, &from).and_then(|siblings| siblings.remove(name)).ok_or("has no parent")?;
    if let Some(siblings) = fields(spec, &to) {
        siblings.insert(name, taken);
    }
    Ok(to.key(name))
}

fn no_parent(spec: &mut EndpointSpec, target: &SpecPath) -> String {
    let name = target.last_key().unwrap_or_default();
    let near = target.parent().and_then(|list| fields(spec, list)).and_then(|siblings| nearest(name, siblings.names()));
    let help = near.and_then(|near| target.parent().map(|list| format!("; did you mean `{}`?", list.key(near))));
    format!("must be `request`, `response` or the path of a field, not `{target}`{}", help.unwrap_or_default())
}
