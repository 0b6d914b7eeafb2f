//! Table and sample, read side by side: rows become fields with the nesting that the sample shows.

pub(crate) mod split;

mod build;
mod heads;
mod levels;
mod search;
mod types;
mod values;

use std::collections::{BTreeMap, VecDeque};

use crate::terms::{About, Note, Required};

use crate::transcribe::field::Field;
use crate::transcribe::row::{Side, UnattachedLine};
use crate::transcribe::sample::text::fold;
use crate::transcribe::sample::{Literal, Naming, Tree};
use crate::transcribe::sites::top::rows::{Below, PageRow, Texts};
use search::{Edge, Found, Search, Step};
use split::{Evidence, Shown, Split};

/// A table as a tree.
#[derive(Debug, Default)]
pub(crate) struct Aligned {
    /// The fields.
    pub(crate) fields: Vec<Field>,
    /// Whether the sample has something that the table lacks.
    pub(crate) sample_only: bool,
    /// Whether objects are nested more deeply than a transcript can express.
    pub(crate) too_deep: bool,
}

/// Finds a cell that does not belong to any row: the first one below a top row does not start a row.
pub(crate) fn check<'a>(rows: &[PageRow<'a>], side: Side) -> Result<(), UnattachedLine<'a>> {
    let first = |row: &PageRow<'a>| match row.below.first() {
        Some(Below::Cell { line, .. }) if heads::head(&row.below, 0, side).is_none() => Some(*line),
        _ => None,
    };
    rows.iter().find_map(first).map_or(Ok(()), |line| Err(UnattachedLine(line)))
}

/// Reads a table with its sample.
pub(crate) fn align(rows: &[PageRow<'_>], side: Side, sample: &Tree) -> Aligned {
    let mut aligned = Aligned::default();
    let (nodes, left) = match_top(rows.iter().map(|row| (&row.row.field, !row.below.is_empty())), sample);
    aligned.sample_only = left;
    let mut states = search::MOST_STATES;
    let first_cut = first_cut(&nodes, sample);
    for (at, (row, node)) in rows.iter().zip(nodes).enumerate() {
        let mut field = row.row.field.clone();
        if let Some(texts) = row.texts() {
            match row.below.as_slice() {
                [] => leaf(&mut field, texts, side, sample, node.ok_or(at >= first_cut)),
                _ => object(&mut field, texts, sample, node),
            }
            limits(&mut field, texts);
        }
        let type_is_gone = row.row.field.type_word.is_empty() || field.type_word.is_empty();
        guess_type(&mut field, type_is_gone, !row.below.is_empty());
        if row.texts().is_some() {
            types::doubt_top(&mut field, row, side, node.map(|node| (sample, node)));
        }
        if !row.below.is_empty() {
            below(row, side, sample, node, &mut states, &mut field, &mut aligned);
        }
        aligned.fields.push(field);
    }
    aligned
}

/// The sample's node of each field, by name; and whether nodes are left over. The fields come with whether rows are below them.
pub(crate) fn match_top<'f>(
    fields: impl Iterator<Item = (&'f Field, bool)> + Clone,
    sample: &Tree,
) -> (Vec<Option<usize>>, bool) {
    let mut by_key: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
    for index in sample.children(0) {
        if let Some(node) = sample.nodes.get(index) {
            by_key.entry(&node.key).or_default().push_back(index);
        }
    }
    let mut matched = Vec::new();
    for (field, _) in fields.clone() {
        let key = sample.naming.key(&field.name);
        let mut take = |key: &str| by_key.get_mut(key).and_then(VecDeque::pop_front);
        // The setter of a JSON value ends in `String`.
        let is_json = field.type_word.starts_with("Json") && sample.naming == Naming::Setter;
        let found = take(&key).or_else(|| if is_json { take(&format!("{key}string")) } else { None });
        matched.push(found);
    }
    if let Some(index) = by_key.remove("").and_then(|mut nodes| nodes.pop_back()) {
        match_open(fields, sample, index, &mut matched);
    }
    let left = by_key.values().any(|nodes| !nodes.is_empty());
    (matched, left)
}

/// Matches the object in which the sample breaks off, which has no name yet: it is the first object after the rows that the
/// sample has, if that is of its type.
fn match_open<'f>(
    fields: impl Iterator<Item = (&'f Field, bool)>,
    sample: &Tree,
    index: usize,
    matched: &mut [Option<usize>],
) {
    let Some(node) = sample.nodes.get(index).filter(|node| node.cut) else { return };
    let first = matched.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    let object = fields.zip(matched).skip(first).find(|((_, is_object), _)| *is_object);
    if let Some(((field, _), matched)) = object
        && node.type_word.as_deref() == Some(field.type_word.as_str())
    {
        *matched = Some(index);
    }
}

/// Returns the first row that would come after the place where the sample breaks off.
fn first_cut(nodes: &[Option<usize>], sample: &Tree) -> usize {
    let after_last = nodes.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    if sample.cut { after_last } else { nodes.len() }
}

/// Gives a field without members its texts. `node` is its own, or whether the sample breaks off before it.
fn leaf(field: &mut Field, texts: &Texts<'_>, side: Side, sample: &Tree, node: Result<usize, bool>) {
    let word = &mut field.type_word;
    let mut rest = texts.rest.clone();
    let own = node.ok().filter(|_| side == Side::Response && word.ends_with("[]") && *word != "byte[]");
    let text = own.filter(|node| !sample.has_children(*node)).and_then(|node| own_text(sample, node));
    let plain = text.filter(|text| !text.is_empty());
    if plain.is_some_and(|text| fold(text).take(2).eq("[]".chars())) {
        // A list has elements in the sample: these brackets are the example. Those of a file belong to its type.
        let base = word.trim_end_matches("[]").len();
        let base = if word.starts_with("byte[]") { "byte[]".len() } else { base };
        let brackets = "[] ".repeat((word.len() - base) / 2);
        word.truncate(base);
        rest = format!("{brackets}{rest}").trim_end().to_owned();
    }
    let is_answer = side == Side::Response && texts.listed.is_none();
    if let Some(value) = types::value_for_type(word, &[&rest], sample, node.ok()).filter(|_| is_answer) {
        rest = format!("{value} {rest}").trim_end().to_owned();
        word.clear();
    }
    let is_list = word.ends_with("[]");
    split_texts(texts, &rest, Shown::new(sample, node, word).evidence(), word).give(field);
    if plain.is_some() && is_list {
        field.doubt(About::Type, Note::SampleDisagrees);
    }
    if node.is_err() && side == Side::Response && is_list {
        // `String [] …`: it is unclear whether the brackets belong to the type.
        field.doubt(About::Type, Note::SampleMissing);
    }
}

fn own_text(sample: &Tree, node: usize) -> Option<&str> {
    match &sample.nodes.get(node)?.literal {
        Literal::Text(text) => Some(text),
        _ => None,
    }
}

/// Gives a field with members its texts.
fn object(field: &mut Field, texts: &Texts<'_>, sample: &Tree, node: Option<usize>) {
    split_texts(texts, &texts.rest, Evidence::Object, &field.type_word).give(field);
    if field.type_word.is_empty() {
        let class = node.and_then(|node| sample.nodes.get(node)).and_then(|node| node.class.clone());
        field.type_word = class.unwrap_or_default();
    }
}

fn split_texts(texts: &Texts<'_>, rest: &str, evidence: Evidence<'_>, type_word: &str) -> Split {
    match texts.listed {
        Some(description) if rest.is_empty() => split::cells(&[description], evidence, type_word),
        Some(description) => split::cells(&[rest, description], evidence, type_word),
        None if texts.limits.is_empty() || matches!(evidence, Evidence::Object) => {
            split::row(rest, evidence, type_word)
        }
        // The description would stand among the limits; the row itself has the example only.
        None if rest.is_empty() => split::cells(&[], evidence, type_word),
        None => split::cells(&[rest], evidence, type_word),
    }
}

/// Gives a field its limits.
fn limits(field: &mut Field, texts: &Texts<'_>) {
    texts.limits.iter().for_each(|limit| limit.set(field));
    if texts.listed.is_none() && texts.limits.len() > 1 {
        // The description would be the last of the list, and this one may be it.
        field.doubt(About::Default, Note::Ambiguous);
    }
}

/// A row without a type gets a guess, and a doubt.
pub(crate) fn guess_type(field: &mut Field, missing: bool, object: bool) {
    if missing {
        field.doubt(About::Type, Note::ColumnEmpty);
        if field.type_word.is_empty() {
            field.type_word = if object { "Object" } else { "String" }.to_owned();
        }
    }
}

/// A request's row without a mark.
fn mark_missing(field: &mut Field) {
    field.required = Required::Unknown;
    field.doubt(About::Required, Note::ColumnEmpty);
}

/// The rows below a top row.
fn below(
    row: &PageRow<'_>,
    side: Side,
    sample: &Tree,
    node: Option<usize>,
    states: &mut usize,
    field: &mut Field,
    aligned: &mut Aligned,
) {
    let mut best: Option<(bool, u32, Search<'_>, Found<'_>)> = None;
    let ways = match node {
        Some(node) => sample.wrappings(node, &row.row.field.type_word),
        None => vec![(false, 0)],
    };
    let starts = heads::starts(&row.below, side);
    let none = Tree::none(sample.naming, sample.cut || sample.is_empty());
    let mut tied = false;
    for (wrapped, price) in ways {
        let (start, end) = node.map_or((0, 0), |node| sample.inside(node, wrapped));
        let sample = if node.is_some() { sample } else { &none };
        let mut search = Search::new((&row.below, &starts), side, sample, (start, end));
        let Some(found) = search.run(states) else { continue };
        let cost = price + found.cost;
        tied = best.as_ref().is_some_and(|(_, known, ..)| *known == cost);
        if best.as_ref().is_none_or(|(_, known, ..)| cost < *known) {
            let sure = cost == 0;
            best = Some((wrapped, cost, search, found));
            if sure {
                break;
            }
        }
    }
    match best {
        Some((wrapped, _, search, found)) => {
            if tied || wrapped && !row.row.field.type_word.ends_with("[]") {
                field.doubt(About::Type, Note::SampleDisagrees);
            }
            let shaky = node.is_some_and(|node| sample.is_shaky(node)) || is_shaky(&search, &found, sample);
            build::fields(&search, &found, shaky, field, aligned);
        }
        None => build::without_sample(&row.below, side, field),
    }
}

/// Whether the sample's nesting cannot be relied upon: an object of the table or of the sample is not in the other, or
/// one is not closed as it should be.
fn is_shaky(search: &Search<'_>, found: &Found<'_>, sample: &Tree) -> bool {
    let is_object = |edge: &Edge| search.head(edge.from).is_some_and(|head| !head.leaf);
    found.path.iter().any(|edge| match &edge.step {
        Step::Row(row) => match row.node {
            Some(node) => sample.is_shaky(node),
            None => is_object(edge) && !sample.is_empty() && !sample.is_cut_before(edge.from.node),
        },
        Step::Skip => sample.has_children(edge.from.node),
        Step::Close => false,
    })
}
