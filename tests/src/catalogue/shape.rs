//! How many fields an API has, on how many levels, and what each of them is.

use std::collections::BTreeSet;

use crate::mutation::Random;
use crate::pages::{Field, Limits};

use super::words::{NOUNS, PARTS, PROSE, SCALARS, SHARED};

/// Fields of an API, request and answer together: share of the APIs in millionths, and the most fields that they have.
const FIELDS: &[(usize, usize)] = &[
    (50_000, 4),
    (100_000, 6),
    (250_000, 8),
    (500_000, 14),
    (750_000, 29),
    (900_000, 45),
    (950_000, 64),
    (990_000, 122),
    (999_000, 300),
    (1_000_000, 629),
];

/// Levels below the first: share of the APIs in per mille.
const LEVELS: &[(usize, usize)] = &[(172, 0), (537, 1), (811, 2), (936, 3), (983, 4), (995, 5), (1_000, 6)];

/// Request and answer of an API.
pub(super) fn sides(random: &mut Random) -> (Vec<Field>, Vec<Field>) {
    let fields = number_of_fields(random);
    let levels = LEVELS.iter().scan(random.below(1_000), |share, level| Some((*share < level.0, level.1)));
    let levels = levels.filter(|(is_within, _)| *is_within).map(|(_, levels)| levels).next().unwrap_or_default();
    let sent = 1 + fields * (15 + random.below(40)) / 100;
    let mut writer = Writer { random, objects: Vec::new(), in_request: true };
    // Most requests are flat.
    let request_levels = if writer.random.below(7) == 0 { levels } else { 0 };
    let request = writer.level(sent, request_levels);
    writer.in_request = false;
    // What an answer repeats of the request is not required there.
    writer.objects.iter_mut().for_each(as_received);
    let response = writer.level(fields.saturating_sub(sent).max(1), levels);
    (request, response)
}

/// A description of an API: its title, often with more behind it.
pub(super) fn description(title: &str, random: &mut Random) -> String {
    let mut text = title.to_owned();
    for _ in 0..random.below(4) {
        text.push('。');
        text.push_str(random.pick(PROSE));
    }
    text
}

fn number_of_fields(random: &mut Random) -> usize {
    let share = random.below(1_000_000);
    let (mut from, mut least) = (0, 3);
    for (until, most) in FIELDS {
        if share < *until {
            return least + (most - least) * (share - from) / (until - from);
        }
        (from, least) = (*until, *most);
    }
    least
}

/// Writes the levels of one API.
struct Writer<'r> {
    random: &'r mut Random,
    /// Objects so far, which later ones may repeat.
    objects: Vec<Field>,
    in_request: bool,
}

impl Writer<'_> {
    /// A level of `fields` fields, those below it included, with exactly so many levels below if the fields suffice.
    fn level(&mut self, fields: usize, levels: usize) -> Vec<Field> {
        let mut names = BTreeSet::new();
        if levels == 0 || fields < 2 {
            return (0..fields.max(1)).map(|_| self.leaf(&mut names)).collect();
        }
        let leaves = self.random.below((fields / (levels + 1)).min(12) + 1);
        let below = fields - leaves;
        let objects = (below / 9).clamp(1, 8);
        let mut all: Vec<Field> = (0..leaves).map(|_| self.leaf(&mut names)).collect();
        for index in 0..objects {
            // The first one goes down all levels; the others stop before.
            let deep = if index == 0 { levels - 1 } else { self.random.below(levels) };
            all.push(self.object((below / objects).saturating_sub(1), deep, &mut names));
        }
        all
    }

    fn object(&mut self, fields: usize, levels: usize, names: &mut BTreeSet<String>) -> Field {
        let name = self.name(names);
        if self.random.below(12) == 0
            && let Some(known) = self.objects.get(self.random.below(self.objects.len()))
            && height(&known.fields) <= levels
        {
            return Field { name, ..known.clone() };
        }
        let base = match self.random.below(3) {
            0 => self.random.pick(SHARED).to_owned(),
            _ => capitalized(&name) + self.random.pick(&["", "Dto", "DTO", "VO", "Info"]),
        };
        let fields = self.level(fields, levels);
        let object = Field {
            name,
            base,
            list: self.random.below(3) == 0,
            required: self.in_request && self.random.below(2) == 0,
            example: String::new(),
            description: self.random.pick(PROSE).to_owned(),
            limits: Limits::default(),
            fields,
        };
        self.objects.push(object.clone());
        object
    }

    fn leaf(&mut self, names: &mut BTreeSet<String>) -> Field {
        let (base, list) = self.scalar();
        let is_text = base == "String" && !list;
        let limits = Limits {
            default: None,
            max_length: (is_text && self.random.below(20) == 0).then_some(64),
            max_items: (list && self.random.below(2) == 0).then_some(20),
        };
        Field {
            name: self.name(names),
            base: base.to_owned(),
            list,
            required: self.in_request && self.random.below(2) == 0,
            example: if self.random.below(4) == 0 { String::new() } else { self.example(base).to_owned() },
            description: self.prose(),
            limits: if self.in_request { limits } else { Limits::default() },
            fields: Vec::new(),
        }
    }

    fn scalar(&mut self) -> (&'static str, bool) {
        let mut share = self.random.below(1_000);
        for (weight, base, list) in SCALARS {
            match share.checked_sub(*weight) {
                Some(left) => share = left,
                None => return (base, *list),
            }
        }
        ("String", false)
    }

    fn example(&mut self, base: &str) -> &'static str {
        match base {
            "Number" => self.random.pick(&["1", "12", "9007199254740993", "20"]),
            "Boolean" => self.random.pick(&["true", "false"]),
            "Date" => "2031-05-06 07:08:09",
            "BigDecimal" | "Price" => self.random.pick(&["3.14", "100", "0.50"]),
            "Json" => "{\"k\":\"v\"}",
            "byte[]" => "/tmp/a.png",
            _ => self.random.pick(&["A-17", "OPEN", "箱子", "2031050600012", "http://example.com/a?b=1", "1,2"]),
        }
    }

    /// A sentence; one in twenty is long, one in a thousand very long.
    fn prose(&mut self) -> String {
        let sentences = match self.random.below(1_000) {
            0 => 60,
            1..50 => 5,
            50..200 => 2,
            _ => 1,
        };
        (0..sentences).map(|_| self.random.pick(PROSE)).collect::<Vec<_>>().join(";")
    }

    /// A name that the level does not have yet.
    fn name(&mut self, names: &mut BTreeSet<String>) -> String {
        let mut name = match self.random.below(4) {
            0 => self.random.pick(PARTS).to_owned(),
            _ => format!("{}_{}", self.random.pick(NOUNS), self.random.pick(PARTS)),
        };
        while !names.insert(name.clone()) {
            name = format!("{}_{name}", self.random.pick(NOUNS));
        }
        name
    }
}

/// Makes a field of a request one of an answer.
fn as_received(field: &mut Field) {
    field.required = false;
    field.limits = Limits::default();
    field.fields.iter_mut().for_each(as_received);
}

/// The number of levels below these fields.
fn height(fields: &[Field]) -> usize {
    let objects = fields.iter().filter(|field| !field.fields.is_empty());
    objects.map(|object| 1 + height(&object.fields)).max().unwrap_or_default()
}

fn capitalized(name: &str) -> String {
    let segment = |segment: &str| {
        let mut signs = segment.chars();
        signs.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + signs.as_str())
    };
    name.split('_').map(segment).collect()
}
