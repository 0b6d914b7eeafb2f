//! What a year does to an API.

use crate::mutation::Random;
use crate::pages::{Api, Field};

use super::words::PROSE;

pub(super) fn age(api: &mut Api, random: &mut Random) {
    let in_request = random.below(2) == 0;
    let side = if in_request { &mut api.request } else { &mut api.response };
    match random.below(20) {
        0..=8 => side.reverse(),
        9..=12 => side.push(Field {
            name: format!("added_{}", random.below(1_000)),
            base: "String".to_owned(),
            required: in_request && random.below(20) == 0,
            description: random.pick(PROSE).to_owned(),
            ..Field::default()
        }),
        13 | 14 if side.len() > 1 => drop(side.remove(random.below(side.len()))),
        15 => side.iter_mut().for_each(|field| field.limits.max_length = None),
        16 => change_type(side),
        _ => side.iter_mut().take(2).for_each(|field| field.description = random.pick(PROSE).to_owned()),
    }
}

fn change_type(side: &mut [Field]) {
    if let Some(field) = side.first_mut().filter(|field| field.fields.is_empty()) {
        field.base = "String".to_owned();
        field.list = false;
    }
}
