//! Tables whose names, types and descriptions are words that also mean something else come back, or what came back
//! otherwise is in doubt at that very fact.

use std::collections::BTreeSet;

use apograph::diagnostic::Code;
use apograph::source::SpecPath;
use apograph::spec::{EndpointSpec, Entries, FieldSpec};
use apograph::terms::{About, Required};
use apograph::transcribe::{Options, transcribe};
use apograph_tests::fuzz;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Headings, types and marks as names.
const NAMES: [&str; 24] = [
    "language", "feedback", "REQUEST", "code", "status", "msg", "long", "Date", "Number", "date", "text", "java",
    "Java", "name", "data", "size", "required", "no", "list", "count", "Boolean", "stamp", "kind", "go",
];
/// Types, listed or not; a row may have none.
const TYPES: [&str; 14] = [
    "String",
    "Int",
    "Long",
    "Double",
    "Boolean",
    "List<String>",
    "Map <String>",
    "Date",
    "Number",
    "Timestamp",
    "string",
    "Crate",
    "String",
    "",
];
/// Descriptions in Chinese: headings, marks at the end, one sign, none.
const CHINESE: [&str; 18] = [
    "名称",
    "状态码",
    "请求参数",
    "语言",
    "箱子 编号",
    "是否封口, 默认 false",
    "类别 可选",
    "取值 Y/N, 缺省 N",
    "",
    "码",
    "language",
    "latitude",
    "name 名称",
    "Long 型",
    "可选",
    "手机号必填",
    "时间 Date",
    "Java",
];
/// Descriptions in English.
const ENGLISH: [&str; 15] = [
    "The mode",
    "The mode, default true",
    "Whether sealed: Yes or No",
    "Status code",
    "",
    "language",
    "latitude",
    "Kind of crate",
    "Name String",
    "Date",
    "Required",
    "when it came, 1-N",
    "default is No",
    "Y/N, N",
    "feedback",
];

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Form {
    Cards,
    FlatChinese,
    FlatEnglish,
    Pipes,
    Tabs,
}

const FORMS: [Form; 5] = [Form::Cards, Form::FlatChinese, Form::FlatEnglish, Form::Pipes, Form::Tabs];

impl Form {
    /// Whether the text has lost cells of one Chinese sign.
    fn loses(self) -> bool {
        matches!(self, Self::Cards | Self::FlatChinese)
    }
}

#[derive(Clone, Debug)]
struct Row {
    name: &'static str,
    word: &'static str,
    required: bool,
    description: &'static str,
    /// Whether its empty cells stand at its end.
    slips: bool,
}

fn row(form: Form) -> impl Strategy<Value = Row> {
    let descriptions = if form == Form::FlatEnglish { &ENGLISH[..] } else { &CHINESE[..] };
    let words = prop::sample::select(&TYPES[..]);
    let cells =
        (prop::sample::select(&NAMES[..]), words, any::<bool>(), prop::sample::select(descriptions), any::<bool>());
    cells.prop_map(move |(name, word, required, description, slips)| {
        // Without a type, the end of a description is what every other row has for its type; and a row that has lost
        // everything but its name is a heading, or part of another row.
        let is_hopeless = word.is_empty() && (description == "Name String" || is_lost(description));
        Row { name, word: if is_hopeless { "String" } else { word }, required, description, slips }
    })
}

fn table() -> impl Strategy<Value = (Form, Vec<Row>, bool, bool)> {
    prop::sample::select(&FORMS[..]).prop_flat_map(|form| {
        let rows = vec(row(form), 1..7).prop_map(|rows| {
            let mut names = BTreeSet::new();
            rows.into_iter().filter(|row| names.insert(row.name)).collect()
        });
        (Just(form), rows, any::<bool>(), any::<bool>())
    })
}

/// The lines of a table as the page's text has them.
fn lines(form: Form, rows: &[Row], is_request: bool) -> String {
    let header = match (form, is_request) {
        (Form::Cards, _) => vec![],
        (Form::FlatEnglish, true) => vec!["Parameters", "Description", "Required", "Type"],
        (Form::FlatEnglish, false) => vec!["Parameters", "Description", "Type"],
        (_, true) => vec!["参数", "说明", "是否必填", "类型"],
        (_, false) => vec!["参数", "说明", "类型"],
    };
    let mut text = if header.is_empty() { String::new() } else { line(form, &header) };
    for row in rows {
        let mark = match form {
            Form::Cards if row.required => "必填",
            Form::Cards => "",
            Form::FlatEnglish if row.required => "Yes",
            Form::FlatEnglish => "No",
            _ if row.required => "是",
            _ => "否",
        };
        let mark = if is_request { mark } else { "" };
        let mut cells = vec![row.name, row.description];
        cells.extend(Some(mark).filter(|_| is_request));
        cells.push(row.word);
        if form == Form::Cards {
            cells = vec![row.name, row.word, mark, row.description];
        }
        if form == Form::Pipes && row.slips {
            let count = cells.len();
            cells.retain(|cell| !cell.is_empty());
            cells.resize(count, "");
        }
        text += &line(form, &cells);
    }
    text
}

fn is_lost(cell: &str) -> bool {
    cell.is_empty() || !cell.is_ascii() && cell.chars().count() == 1
}

fn line(form: Form, cells: &[&str]) -> String {
    let mut left: Vec<&str> = cells.to_vec();
    match form {
        Form::Pipes => format!("{} |\n", cells.join(" | ")),
        Form::Tabs => format!("{}\n", cells.join("\t")),
        Form::Cards => {
            left.retain(|cell| !is_lost(cell));
            format!("{}\n", left.join("\n"))
        }
        Form::FlatChinese | Form::FlatEnglish => {
            left.retain(|cell| !is_lost(cell));
            format!("{}\n", left.join(" "))
        }
    }
}

fn json(rows: &[Row]) -> String {
    let value = |row: &Row| match row.word {
        "Int" | "Long" | "Number" => "7",
        "Double" => "1.5",
        "Boolean" => "true",
        "List<String>" => "[\"a\"]",
        "Map <String>" => "{\"a\": \"b\"}",
        _ => "\"a\"",
    };
    let members: Vec<String> = rows.iter().map(|row| format!("\"{}\": {}", row.name, value(row))).collect();
    format!("{{{}}}", members.join(", "))
}

fn page(form: Form, rows: &[Row], is_request: bool, with_sample: bool) -> String {
    let other =
        if is_request { "参数 说明 类型\ndone 是否完成 Boolean\n" } else { "done\nBoolean\n是否完成\n" };
    let table = lines(form, rows, is_request);
    let (request, response) = if is_request { (table.as_str(), other) } else { (other, table.as_str()) };
    let sample = json(rows);
    let body = if is_request && with_sample { sample.as_str() } else { "{}" };
    let answer = if !is_request && with_sample { format!("\u{a0}\n响应示例\n{sample}\n") } else { String::new() };
    format!(
        "装箱\n\nPOST\nhttps://api.example.com/depot/crate/fill\n装箱用\n\u{a0}\n请求参数\n{request}\u{a0}\n请求示例\n\
         Request URL:\n    https://api.example.com/depot/crate/fill\nRequest Method:\n    POST\nRequest Body:\n{body}\n\
         \u{a0}\n响应参数\n{response}{answer}\u{a0}\n响应状态码\nstatus 状态说明\n0 成功\n-1 失败\n\n\
         LANGUAGE\n\nJava\n\nREQUEST\n\nclass A {{}}\n"
    )
}

/// The fields of one side, those in others too.
fn found<'a>(fields: &'a Entries<FieldSpec>, at: &SpecPath, all: &mut Vec<(&'a str, SpecPath, &'a FieldSpec)>) {
    for (name, field) in fields {
        let at = at.key(name);
        all.push((name, at.clone(), field));
        found(&field.fields, &at.key("fields"), all);
    }
}

fn compare(spec: &EndpointSpec, form: Form, rows: &[Row], is_request: bool) -> Result<(), String> {
    let (side, fields) = if is_request { ("request", &spec.request) } else { ("response", &spec.response) };
    let mut all = Vec::new();
    found(fields, &SpecPath::root().key(side), &mut all);
    let doubted = |at: &SpecPath, about| spec.doubts.iter().any(|doubt| doubt.at == *at && doubt.about == about);
    let mut before: Option<&SpecPath> = None;
    for row in rows {
        let Some((_, at, field)) = all.iter().find(|(name, ..)| *name == row.name) else {
            if before.is_some_and(|at| doubted(at, About::Description)) {
                continue;
            }
            return Err(format!("{} is gone", row.name));
        };
        before = Some(at);
        // The other one of its name, which is not written, may be the row.
        if doubted(at, About::Name) {
            continue;
        }
        if (field.type_word != row.word || row.word.is_empty()) && !doubted(at, About::Type) {
            return Err(format!("{} has the type {}", row.name, field.type_word));
        }
        let expected = if row.required && is_request { Required::Yes } else { Required::No };
        if field.required != expected && !doubted(at, About::Required) {
            return Err(format!("{} is required: {:?}", row.name, field.required));
        }
        let description = field.description.as_deref().unwrap_or_default();
        let is_equal = description == row.description && !(form.loses() && is_lost(row.description));
        let is_empty = description.is_empty() && row.description.is_empty();
        if !(is_equal || is_empty || doubted(at, About::Description)) {
            return Err(format!("{} has the description {description:?}", row.name));
        }
    }
    let invented =
        all.iter().find(|(name, at, _)| rows.iter().all(|row| row.name != *name) && !doubted(at, About::Name));
    if let Some((name, ..)) = invented {
        return Err(format!("{name} is invented"));
    }
    if spec.statuses.len() != 2 || spec.samples.get("request_java").is_none() {
        return Err("what follows the tables is gone".into());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: fuzz::cases(2_000), rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_with_two_meanings_are_read_or_in_doubt((form, rows, is_request, with_sample) in table()) {
        let page = page(form, &rows, is_request, with_sample);
        match transcribe(page.as_bytes(), &Options::default()) {
            Ok(spec) => {
                let result = compare(&spec, form, &rows, is_request);
                prop_assert!(result.is_ok(), "{}\n{}\n{:?}", result.unwrap_err(), page, spec.doubts);
            }
            // A row that nothing can be made of is refused, and where it stands is said.
            Err(refusal) => prop_assert_eq!(refusal.code, Code::StrayLine, "{:?}\n{}", refusal, page),
        }
    }
}
