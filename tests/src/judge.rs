//! The facts of a transcript held against the truth, one by one. A wrong fact is excused by nothing but a doubt about
//! that very fact.
//!
//! Rows of both are in the order of the page, whatever objects they were put in, so they can be matched in order; a
//! field is in the right place if its object is the match of the truth's.

use apograph::source::SpecPath;
use apograph::spec::{EndpointSpec, Entries, FieldSpec};
use apograph::terms::{About, Note, Required, SessionNeed};
use serde_json::Value;

/// What is wrong with a transcript.
#[derive(Default)]
pub struct Judgement {
    /// Names, types, marks and places that are wrong.
    pub tree: Vec<Wrong>,
    /// Examples and descriptions that are wrong.
    pub texts: Vec<Wrong>,
    /// How many fields were written.
    pub fields: usize,
    /// How many of them have the right example.
    pub examples: usize,
    /// How many of them have the right description.
    pub descriptions: usize,
    /// Whether the need of a session is right.
    pub session: bool,
}

/// A wrong fact.
pub struct Wrong {
    /// What it is.
    pub what: String,
    /// Whether the transcript doubts it.
    pub doubted: bool,
}

/// A row of the truth or of a transcript.
struct Row {
    name: String,
    path: SpecPath,
    /// The row of the object around it.
    parent: Option<usize>,
    type_word: String,
    required: Required,
    example: String,
    description: String,
}

/// Holds a transcript against the truth: `{api, session, request, response}`, a field being `{name, base, list, required,
/// example, description, kids}`.
///
/// Where rows may be lost, as on pages that were damaged, a row that is not there may also be accounted for by its own
/// remains, in the sample or in the row before.
#[must_use]
pub fn judge(api: &str, spec: &EndpointSpec, truth: &Value, rows_lost: bool) -> Judgement {
    let mut judgement = Judgement::default();
    let mut judge = Judge { spec, rows_lost, judgement: &mut judgement };
    judge.fact(spec.api == api, &SpecPath::root(), About::Name, || "the API's name".to_owned());
    let session = spec.session.is_some_and(|need| need != SessionNeed::None);
    let session_is_right = truth["session"].as_bool() == Some(session);
    judge.fact(session_is_right, &SpecPath::root(), About::Session, || "the session".to_owned());
    for (side, fields) in [("request", &spec.request), ("response", &spec.response)] {
        let (mut found, mut wanted) = (Vec::new(), Vec::new());
        flatten_spec(fields, &SpecPath::root().key(side), None, &mut found);
        flatten_truth(&truth[side], &SpecPath::root().key(side), None, &mut wanted);
        judge.side(side, &found, &wanted);
    }
    judgement.session = session_is_right;
    judgement
}

struct Judge<'a> {
    spec: &'a EndpointSpec,
    rows_lost: bool,
    judgement: &'a mut Judgement,
}

impl Judge<'_> {
    fn is_doubted(&self, at: &SpecPath, about: About) -> bool {
        self.spec.doubts.iter().any(|doubt| doubt.at == *at && doubt.about == about)
    }

    fn fact(&mut self, right: bool, at: &SpecPath, about: About, what: impl Fn() -> String) {
        if !right {
            self.judgement.tree.push(Wrong { what: what(), doubted: self.is_doubted(at, about) });
        }
    }

    fn side(&mut self, side: &str, found: &[Row], wanted: &[Row]) {
        let matches = matches(found, wanted);
        for (row, matched) in found.iter().zip(&matches) {
            self.judgement.fields += 1;
            let truth = matched.and_then(|at| wanted.get(at));
            let Some(truth) = truth else {
                self.fact(false, &row.path, About::Nesting, || format!("{} is no row of the page", row.path));
                continue;
            };
            let parent = row.parent.map(|at| matches[at]);
            let placed = parent == truth.parent.map(Some);
            self.fact(placed, &row.path, About::Nesting, || format!("{} belongs to {}", row.path, truth.path));
            let typed = row.type_word == truth.type_word;
            self.fact(typed, &row.path, About::Type, || {
                format!("{} is {}, not {}", row.path, truth.type_word, row.type_word)
            });
            let marked = side == "response" || row.required == truth.required;
            self.fact(marked, &row.path, About::Required, || format!("{}: {:?}", row.path, truth.required));
            self.text(About::Example, row, &row.example, &truth.example);
            self.text(About::Description, row, &row.description, &truth.description);
        }
        for (at, row) in wanted.iter().enumerate() {
            if !matches.contains(&Some(at)) {
                let doubted = self.is_accounted_for(side, at, found, wanted, &matches);
                self.judgement.tree.push(Wrong { what: format!("{} is missing", row.path), doubted });
            }
        }
    }

    fn text(&mut self, about: About, row: &Row, found: &str, wanted: &str) {
        if fold(found) == fold(wanted) {
            match about {
                About::Example => self.judgement.examples += 1,
                _ => self.judgement.descriptions += 1,
            }
        } else {
            let what = format!("{} {about:?} {found:?}, not {wanted:?}", row.path);
            self.judgement.texts.push(Wrong { what, doubted: self.is_doubted(&row.path, about) });
        }
    }

    /// Whether a doubt says why a row is missing: its name, or that of an object around it that is missing too, stood
    /// twice on the level where the row belongs, or on one where a row of the name was put in doubt.
    fn is_accounted_for(
        &self,
        side: &str,
        missing: usize,
        found: &[Row],
        wanted: &[Row],
        matches: &[Option<usize>],
    ) -> bool {
        if self.rows_lost {
            // The row's own cells may be gone: the sample still has it, or what is left of it ran into the row before.
            let before = found.iter().zip(matches).rfind(|(_, matched)| **matched < Some(missing));
            let merged = before.is_some_and(|(row, _)| self.is_doubted(&row.path, About::Example));
            if merged || self.is_sample_only(side) {
                return true;
            }
        }
        let outermost = std::iter::successors(Some(missing), |at| wanted[*at].parent)
            .take_while(|at| !matches.contains(&Some(*at)))
            .last()
            .unwrap_or(missing);
        let row = &wanted[outermost];
        let twice = wanted.iter().filter(|other| other.parent == row.parent && other.name == row.name).count() > 1;
        found.iter().filter(|kept| kept.name == row.name && self.is_doubted(&kept.path, About::Name)).any(|kept| {
            let same_level = kept.parent.map(|at| matches[at]) == row.parent.map(Some);
            twice && same_level || self.is_doubted(&kept.path, About::Nesting)
        })
    }

    /// Whether the transcript says that a side's sample has more than its table.
    fn is_sample_only(&self, side: &str) -> bool {
        let sample = if side == "request" { "request_java" } else { "response_xml" };
        let at = SpecPath::root().key("samples").key(sample);
        self.spec.doubts.iter().any(|doubt| doubt.at == at && doubt.note == Note::SampleOnly)
    }
}

/// The truth's row of each row found: rows of one name, in order, as many as possible, the most alike ones.
fn matches(found: &[Row], wanted: &[Row]) -> Vec<Option<usize>> {
    let width = wanted.len() + 1;
    let mut best = vec![0_u64; (found.len() + 1) * width];
    for f in (0..found.len()).rev() {
        for w in (0..wanted.len()).rev() {
            let skipped = best[(f + 1) * width + w].max(best[f * width + w + 1]);
            let taken = likeness(found, f, wanted, w).map_or(0, |like| like + best[(f + 1) * width + w + 1]);
            best[f * width + w] = skipped.max(taken);
        }
    }
    let mut matches = vec![None; found.len()];
    let (mut f, mut w) = (0, 0);
    while f < found.len() && w < wanted.len() {
        let here = best[f * width + w];
        if likeness(found, f, wanted, w).is_some_and(|like| here == like + best[(f + 1) * width + w + 1]) {
            matches[f] = Some(w);
            (f, w) = (f + 1, w + 1);
        } else if here == best[(f + 1) * width + w] {
            f += 1;
        } else {
            w += 1;
        }
    }
    matches
}

fn likeness(found: &[Row], f: usize, wanted: &[Row], w: usize) -> Option<u64> {
    let (one, other) = (&found[f], &wanted[w]);
    let parent = |rows: &[Row], row: &Row| row.parent.map(|at| rows[at].name.clone());
    (one.name == other.name).then(|| {
        1_000_000
            + 8 * u64::from(one.type_word == other.type_word)
            + 4 * u64::from(parent(found, one) == parent(wanted, other))
            + 2 * u64::from(fold(&one.description) == fold(&other.description))
            + u64::from(fold(&one.example) == fold(&other.example))
    })
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn flatten_spec(fields: &Entries<FieldSpec>, at: &SpecPath, parent: Option<usize>, rows: &mut Vec<Row>) {
    for (name, field) in fields {
        let path = at.key(name);
        rows.push(Row {
            name: name.to_owned(),
            path: path.clone(),
            parent,
            type_word: field.type_word.clone(),
            required: field.required,
            example: field.example.clone().unwrap_or_default(),
            description: field.description.clone().unwrap_or_default(),
        });
        let own = rows.len() - 1;
        flatten_spec(&field.fields, &path.key("fields"), Some(own), rows);
    }
}

fn flatten_truth(fields: &Value, at: &SpecPath, parent: Option<usize>, rows: &mut Vec<Row>) {
    for field in fields.as_array().into_iter().flatten() {
        let text = |key: &str| field[key].as_str().unwrap_or_default().to_owned();
        let path = at.key(text("name"));
        let list = if field["list"].as_bool() == Some(true) { "[]" } else { "" };
        rows.push(Row {
            name: text("name"),
            path: path.clone(),
            parent,
            type_word: text("base") + list,
            required: if field["required"].as_bool() == Some(true) { Required::Yes } else { Required::No },
            example: text("example"),
            description: text("description"),
        });
        let own = rows.len() - 1;
        flatten_truth(&field["kids"], &path.key("fields"), Some(own), rows);
    }
}
