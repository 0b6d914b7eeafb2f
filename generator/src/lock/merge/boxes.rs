//! Tombstones can close a cycle of types that the page does not have; one field on it must be boxed.

use crate::model::{Arity, Field, Item, Object};

/// The arity of a field that had the arity `before`: callers see whether there is a box, so it stays as it was.
pub(super) fn kept(now: Arity, before: Arity) -> Arity {
    match (now, before) {
        (Arity::One | Arity::Boxed, Arity::One | Arity::Boxed) => before,
        _ => now,
    }
}

/// Boxes fields until no type holds itself: new fields before those that callers know (by object and field).
pub(super) fn mend(objects: &mut [Object], is_known: &dyn Fn(usize, usize) -> bool) {
    let mut holds: Vec<Vec<usize>> = vec![Vec::new(); objects.len()];
    for known in [true, false] {
        for owner in 0..objects.len() {
            for field in 0..objects[owner].fields.len() {
                let member = &mut objects[owner].fields[field];
                let Some(target) = held(member).filter(|_| is_known(owner, field) == known) else { continue };
                if reaches(&holds, target, owner) {
                    member.arity = Arity::Boxed;
                } else {
                    holds[owner].push(target);
                }
            }
        }
    }
}

/// The type that a field holds in place.
fn held(field: &Field) -> Option<usize> {
    match (field.item, field.arity) {
        (Item::Object(id), Arity::One) => Some(id.0),
        _ => None,
    }
}

/// Whether a value of the type `from` holds one of the type `to`, or is one.
fn reaches(holds: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; holds.len()];
    let mut waiting = vec![from];
    while let Some(next) = waiting.pop() {
        if next == to {
            return true;
        }
        if !std::mem::replace(&mut seen[next], true) {
            waiting.extend(&holds[next]);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Limits, ObjectId, Origin, ValueForm};
    use crate::source::{Place, Sources};

    fn object(place: &Place, fields: &[(usize, Arity, bool)]) -> Object {
        let field = |(target, arity, _): &(usize, Arity, bool)| Field {
            wire: format!("f{target}"),
            item: Item::Object(ObjectId(*target)),
            arity: *arity,
            form: ValueForm::Own,
            list_key: None,
            place: None,
            required: false,
            limits: Limits::default(),
            log_shown: false,
            default: None,
            example: None,
            description: String::new(),
            deprecated: None,
            renamed_from: None,
            rust_name: None,
            origin: Origin::Spec(place.clone()),
        };
        Object {
            vendor_name: String::new(),
            path: Vec::new(),
            fields: fields.iter().map(field).collect(),
            rust_type: None,
            origin: Origin::Spec(place.clone()),
        }
    }

    fn arities(one: &[(usize, Arity, bool)], other: &[(usize, Arity, bool)]) -> [Vec<Arity>; 2] {
        let place = Place::file(Sources::new().add("lock", ""));
        let mut objects = [object(&place, one), object(&place, other)];
        mend(&mut objects, &|owner, field| [one, other][owner][field].2);
        objects.map(|object| object.fields.iter().map(|field| field.arity).collect())
    }

    #[test]
    fn a_cycle_gets_one_box_where_no_caller_knows_the_field() {
        use Arity::{Boxed, Many, One};
        assert_eq!(arities(&[(1, One, false)], &[(0, One, true)]), [vec![Boxed], vec![One]]);
        assert_eq!(arities(&[(1, One, true)], &[(0, One, false)]), [vec![One], vec![Boxed]]);
        assert_eq!(arities(&[(1, One, true)], &[(0, One, true)]), [vec![One], vec![Boxed]]);
        assert_eq!(arities(&[(0, One, true)], &[(0, One, false)]), [vec![Boxed], vec![One]]);
        assert_eq!(arities(&[(1, Many, true)], &[(0, One, false)]), [vec![Many], vec![One]]);
        assert_eq!(arities(&[(1, Boxed, true)], &[(0, One, false)]), [vec![Boxed], vec![One]]);
    }

    #[test]
    fn callers_see_whether_there_is_a_box_and_whether_there_are_many() {
        use Arity::{Boxed, Many, One};
        assert_eq!((kept(One, Boxed), kept(Boxed, One)), (Boxed, One));
        assert_eq!((kept(Many, One), kept(One, Many)), (Many, One));
    }
}
