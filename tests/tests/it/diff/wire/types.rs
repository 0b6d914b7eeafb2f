//! Every type that a field can have, with values of it as clients send them and as servers answer them.

/// What one element of a field is.
pub struct Element {
    pub name: &'static str,
    /// The vendor's word for it.
    word: &'static str,
    /// Members, in the form of a spec.
    members: &'static str,
    /// Documented values, in the form of a fix.
    values: &'static str,
    /// Values that callers send: the JSON of the generated type.
    sent: &'static [&'static str],
    /// Values as servers write them: numbers also as text, and JSON also as its text.
    answered: &'static [&'static str],
}

const fn element(
    name: &'static str,
    word: &'static str,
    sent: &'static [&'static str],
    answered: &'static [&'static str],
) -> Element {
    Element { name, word, members: "", values: "", sent, answered }
}

const DATE: &str = r#""2024-03-12 14:05:56""#;
const OBJECT: &str = r#"{"a":"x"}"#;
/// A JSON value of any shape.
const JSON: &[&str] = &[OBJECT, r#"[{"a":"x"},{"a":"y"}]"#];
const OBJECT_TEXT: &str = r#""{\"a\":\"x\"}""#;

/// A page that documents JSON where an object was documented answers with the object, but callers may send any JSON.
pub const ELEMENTS: &[Element] = &[
    element(
        "text",
        "String",
        &[
            r#""red""#,
            r#""1""#,
            r#""true""#,
            DATE,
            OBJECT_TEXT,
            r#""[\"red\"]""#,
            r#""[1]""#,
            r#""[true]""#,
            r#""[\"2024-03-12 14:05:56\"]""#,
            r#""[{\"a\":\"x\"}]""#,
        ],
        &[r#""red""#, r#""12""#, r#""true""#, DATE, OBJECT_TEXT],
    ),
    element("integer", "Number", &["12", "1"], &["12", "1", r#""12""#]),
    element("decimal", "Price", &["12.50", "1"], &["12.50", r#""12.50""#, "12"]),
    element("boolean", "Boolean", &["true", "false"], &["true", r#""false""#]),
    element("date", "Date", &[DATE], &[DATE]),
    element("json", "Json", &[OBJECT_TEXT, r#""[{\"a\":\"x\"},{\"a\":\"y\"}]""#], &[OBJECT, OBJECT_TEXT]),
    element("opaque", "JSONObject", JSON, &[OBJECT, OBJECT_TEXT]),
    element("map", "Map", &[OBJECT, r#"{"k":"v"}"#], &[OBJECT, r#"{"k":"v"}"#, r#""{\"k\":\"v\"}""#]),
    element("bytes", "byte[]", JSON, &[r#""aGVsbG8=""#]),
    Element { members: "fields: {a: {type: String}}", ..element("object", "Row", &[OBJECT], &[OBJECT, OBJECT_TEXT]) },
    Element {
        values: "{red: {name: Red}, blue: {name: Blue}}",
        ..element("text set", "String", &[r#""red""#, r#""blue""#], &[r#""red""#, r#""blue""#])
    },
    Element {
        values: "{'1': {name: One}, '2': {name: Two}}",
        ..element("number set", "Number", &["1", "2"], &["1", r#""2""#])
    },
];

/// A field's type.
#[derive(Copy, Clone)]
pub struct Type {
    pub element: &'static Element,
    pub is_list: bool,
}

impl Type {
    /// All types.
    pub fn all() -> Vec<Self> {
        let of = |element| [false, true].map(|is_list| Self { element, is_list });
        ELEMENTS.iter().flat_map(of).collect()
    }

    pub fn name(self) -> String {
        if self.is_list { format!("list of {}", self.element.name) } else { self.element.name.to_owned() }
    }

    /// The field in a transcript.
    pub fn spec(self) -> String {
        let Element { word, members, .. } = self.element;
        let comma = if members.is_empty() { "" } else { ", " };
        format!("{{type: '{word}{}'{comma}{members}}}", if self.is_list { "[]" } else { "" })
    }

    /// The field's entry in a fix file.
    pub fn fix(self, path: &str) -> Option<String> {
        let values = self.element.values;
        (!values.is_empty()).then(|| format!("- {{at: {path}.values, now: {values}, why: invented}}\n"))
    }

    /// What callers send. A file is uploaded only where the platform documents how.
    pub fn sent(self, is_upload: bool) -> Vec<String> {
        const FILE: &[&str] = &[r#"{"name":"a.txt","content_type":"text/plain","base64":"aGVsbG8="}"#];
        let Element { word, sent, .. } = self.element;
        let items = if is_upload && *word == "byte[]" { FILE } else { sent };
        if !self.is_list {
            return items.iter().map(|item| (*item).to_owned()).collect();
        }
        let single = items.iter().map(|item| format!("[{item}]"));
        single.chain(items.first().map(|first| format!("[{first},{}]", items.last().unwrap_or(first)))).collect()
    }

    /// What servers answer: a list bare, wrapped in an object, with one item, and one item without a list.
    pub fn answered(self) -> Vec<String> {
        let items = self.element.answered;
        if !self.is_list {
            return items.iter().map(|item| (*item).to_owned()).collect();
        }
        let key = self.element.word.trim_end_matches("[]").to_lowercase();
        let lists =
            |item: &&str| [format!("[{item},{item}]"), format!("{{\"{key}\":[{item},{item}]}}"), format!("[{item}]")];
        // A single value of JSON is not packed into text.
        let is_text = |item: &&str| item.starts_with("\"{") && self.element.word != "String";
        let singles = items.iter().filter(|item| !is_text(item)).map(|item| (*item).to_owned());
        items.iter().flat_map(lists).chain(singles).collect()
    }
}
