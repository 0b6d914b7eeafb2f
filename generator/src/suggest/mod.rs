//! Proposes fixes for facts that a page states only in prose, each with the part of the text that states it.
//!
//! The texts are read by the classes of facts by which `diff` judges changes of prose. A proposal is for a person to
//! accept: where a text can be read in two ways, there is none.

mod clauses;
mod limits;
mod marks;
mod values;

use crate::diff::prose::facts;
use crate::model::{Arity, Item};
use crate::resolve::types::{self, Element};
use crate::source::SpecPath;
use crate::spec::{EndpointSpec, Entries, FieldSpec, FixSpec, NowSpec, ValueSpec};
use crate::terms::TypeMeaning;

use limits::Measured;

/// Maximum size of a text that is read, in bytes: every part of it is tried as a quote. The longest real text seen so far has
/// about 6,000.
const LONGEST: usize = 8_000;

/// A fact of a field, and the part of its description that states it.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Proposal {
    key: &'static str,
    now: Value,
    quote: String,
    why: &'static str,
}

/// The value of a proposed fact.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Value {
    Text(String),
    Values(Entries<ValueSpec>),
}

/// Proposes fixes for a transcript without its fixes. `own` contains the type words of its platform, and `is_fixed` decides
/// for which facts there is a fix already.
pub fn suggest(spec: &EndpointSpec, own: &Entries<TypeMeaning>, is_fixed: &dyn Fn(&SpecPath) -> bool) -> Vec<FixSpec> {
    let mut reader = Reader { own, is_fixed, fixes: Vec::new() };
    let root = SpecPath::root();
    reader.fields(&spec.request, &root.key("request"), Side::Request);
    reader.fields(&spec.response, &root.key("response"), Side::Response);
    reader.fixes
}

/// The side of a field. Requests are checked before they are sent; answers are decoded whatever they contain.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Side {
    Request,
    Response,
}

struct Reader<'a> {
    own: &'a Entries<TypeMeaning>,
    is_fixed: &'a dyn Fn(&SpecPath) -> bool,
    fixes: Vec<FixSpec>,
}

impl Reader<'_> {
    /// Reads the fields of an object. The reader of the file has limited how deep they are nested.
    fn fields(&mut self, fields: &Entries<FieldSpec>, above: &SpecPath, side: Side) {
        for (name, field) in fields {
            let path = above.key(name.as_str());
            let text = field.description.as_deref().filter(|text| text.len() <= LONGEST).unwrap_or_default();
            for proposal in self.proposals(field, text, side, fields) {
                let at = path.key(proposal.key);
                if !(self.is_fixed)(&at) {
                    self.fixes.push(fix(at, proposal, field));
                }
            }
            self.fields(&field.fields, &path.key("fields"), side);
        }
    }

    fn proposals(&self, field: &FieldSpec, text: &str, side: Side, siblings: &Entries<FieldSpec>) -> Vec<Proposal> {
        let (measured, whole) = (self.measured(field), facts(text));
        let mut proposals = Vec::new();
        if side == Side::Request {
            proposals.extend(marks::required(field.required, text, &whole));
            if let Some(measured) = measured {
                proposals.extend(limits::read(measured, text, &whole));
                proposals.extend(marks::default(measured, text, &whole, &|name| siblings.get(name).is_some()));
            }
        }
        if let Some(Measured::Integer | Measured::Text) = measured {
            proposals.extend(values::read(measured == Some(Measured::Integer), text, &whole));
        }
        proposals.retain(|proposal| !has(field, proposal.key) && fits_example(field, proposal));
        proposals
    }

    /// Returns what the limits of a field bound. `None` if its type has none.
    fn measured(&self, field: &FieldSpec) -> Option<Measured> {
        let word = types::read(field, self.own).ok()?;
        match (word.arity, word.element) {
            (Arity::Many, _) => Some(Measured::List),
            (Arity::One, Element::Value(Item::Text)) => Some(Measured::Text),
            (Arity::One, Element::Value(Item::Integer)) => Some(Measured::Integer),
            (Arity::One, Element::Value(Item::Decimal)) => Some(Measured::Decimal),
            _ => None,
        }
    }
}

/// Whether the page states a fact in a key of its own. A required mark is replaced.
fn has(field: &FieldSpec, key: &str) -> bool {
    match key {
        "max_length" => field.max_length.is_some(),
        "max_items" => field.max_items.is_some(),
        "min" => field.min.is_some(),
        "max" => field.max.is_some(),
        "default" => field.default.is_some(),
        "values" => !field.values.is_empty() || !field.fields.is_empty(),
        _ => false,
    }
}

/// Whether the page's example is one of the proposed values, or within the proposed limit: else the text is about something
/// else, or the example is.
fn fits_example(field: &FieldSpec, proposal: &Proposal) -> bool {
    let Some(example) = field.example.as_deref().map(str::trim).filter(|example| !example.is_empty()) else {
        return true;
    };
    let number = |text: &str| text.parse::<f64>().ok();
    match (&proposal.now, proposal.key) {
        (Value::Values(values), _) => values.get(example).is_some(),
        (Value::Text(now), "max_length") => now.parse().is_ok_and(|most: usize| example.chars().count() <= most),
        (Value::Text(now), "max") => number(example).zip(number(now)).is_none_or(|(example, most)| example <= most),
        (Value::Text(now), "min") => number(example).zip(number(now)).is_none_or(|(example, least)| example >= least),
        _ => true,
    }
}

fn fix(at: SpecPath, proposal: Proposal, field: &FieldSpec) -> FixSpec {
    let was = field.required.word().filter(|_| proposal.key == "required").map(str::to_owned);
    let now = match proposal.now {
        Value::Text(text) => NowSpec::Text(text),
        Value::Values(values) => NowSpec::Values(values),
    };
    let from = Some(SpecPath::root().key("description"));
    FixSpec { at, was, now: Some(now), from, quote: Some(proposal.quote), why: proposal.why.to_owned(), link: None }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::{Diagnostic, Diagnostics};
    use crate::source::Sources;
    use crate::spec::{self, SourceSpec, write};
    use crate::terms::{Layout, SessionNeed};

    /// Pieces of descriptions, and what may confuse their readers.
    fn any_text() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "最多",
            "不超过",
            "至少",
            "大于",
            "最大值",
            "at most ",
            "50",
            "1,000",
            "1.5",
            "-3",
            "个",
            "字符",
            "长度",
            "位",
            "天",
            "，",
            ", ",
            "。",
            "；",
            "\n",
            "<br/>",
            "(",
            ")",
            "【",
            "】",
            "必填",
            "选填",
            "required",
            "默认",
            "默认为",
            "default ",
            "20",
            "0",
            "1",
            "2",
            "A",
            "OK",
            "open",
            ":",
            "-",
            "=",
            "男",
            "女",
            "否",
            "是",
            "表示",
            "如",
            "例如：",
            "时",
            "当",
            "、",
            "/",
            "等",
            " ",
            "\"",
            "'",
            "{",
            "}",
            "#",
            "\u{3000}",
            "\u{200b}",
            "&lt;",
            "<",
            "`",
            "取值",
            "状态",
            "😀",
            "\u{301}",
            "1688",
        ]);
        vec(pieces, 0..24).prop_map(|pieces| pieces.concat().trim().to_owned())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn loading_accepts_every_suggestion(texts in vec(any_text(), 6)) {
            let types = ["String", "Number", "Price", "Number[]", "Boolean", "Date"];
            let fields = types.iter().zip(texts).map(|(word, text)| {
                let field = FieldSpec { type_word: (*word).to_owned(), description: Some(text), ..FieldSpec::default() };
                (*word, field)
            });
            let source = SourceSpec { page: None, layout: Layout::known("top-text"), sha256: Some("0".repeat(64)) };
            let fields: Entries<FieldSpec> = fields.collect();
            let session = Some(SessionNeed::None);
            let spec = EndpointSpec { request: fields.clone(), response: fields, session, ..EndpointSpec::new("a.b", source) };
            let fixes = suggest(&spec, &Entries::new(), &|_| false);
            let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
            let texts = [write::transcript(&spec), spec::fixes_text(&fixes)];
            let [transcript, fixes] = texts;
            if fixes != "[]\n" {
                let shown = fixes.clone();
                let loaded = spec::load_fixed(("a.yaml", transcript), ("a.fix.yaml", fixes), &mut sources, &mut diagnostics);
                let errors: Vec<&Diagnostic> = diagnostics.iter().collect();
                prop_assert!(loaded.is_some() && errors.is_empty(), "{errors:?}\n{shown}");
            }
        }
    }
}
