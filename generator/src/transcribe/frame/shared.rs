//! Answers whose members are in an object that all APIs have: the page describes `result` of `{"code": 0, "result": {…}}` once for all
//! APIs, and the API's own table has its members only.

use crate::terms::{About, Note, Required};
use crate::transcribe::field::Field;
use crate::transcribe::nest::rows;
use crate::transcribe::row::{Row, Side};
use crate::transcribe::sample::Tree;

/// Puts the members into their object if the samples show them there, and doubts them if nothing shows where they are. `data` is the
/// object that the platform is known to have: what it contains needs no row of its own.
pub(super) fn wrap(fields: &mut Vec<Field>, common: &[(Side, Row)], shape: &Tree, data: Option<&str>) {
    let is_other = |row: &&Row| {
        let name = row.field.name.as_str();
        Some(name) != data && !fields.iter().any(|field| field.name == name)
    };
    let objects = common.iter().filter(|(side, _)| *side == Side::Response).map(|(_, row)| row);
    let objects: Vec<&Row> = objects.filter(is_other).collect();
    let anchor = rows::anchor(fields.iter().map(|field| field.name.as_str()), shape);
    let around = anchor.filter(|anchor| shape.children(0).any(|child| child == *anchor));
    let name = around.and_then(|at| shape.nodes.get(at)).map(|node| node.name.as_str());
    if let Some(row) = objects.iter().find(|row| Some(row.field.name.as_str()) == name) {
        let mut members = std::mem::take(fields);
        members.iter_mut().for_each(|member| member.doubt(About::Nesting, Note::Derived));
        let mut object = row.field.clone();
        object.doubts.retain(|(about, _)| *about != About::Required);
        fields.push(Field { required: Required::No, fields: members, ..object });
    } else if objects.len() == 1 && anchor != Some(0) {
        fields.iter_mut().for_each(|field| field.doubt(About::Nesting, Note::Ambiguous));
    }
}
