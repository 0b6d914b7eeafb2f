//! JSON samples as pages print them: trailing and missing commas, comments, quotes of the wrong kind, ends that are
//! missing. Reading never fails; what had to be changed to make it JSON is known afterwards.

use std::ops::Range;

use serde::de::IgnoredAny;

/// Objects in objects are read as deep as this.
const DEEPEST: usize = 48;

/// So many samples are told apart; what follows the last belongs to it.
const MOST: usize = 16;

/// A value of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Json {
    /// Members in the order of the page.
    Object(Vec<(String, Json)>),
    /// Elements.
    Array(Vec<Json>),
    /// A text, escapes resolved.
    Text(String),
    /// A number, `true` or `false`, or a word that stands without quotes.
    Plain(String),
    /// `null`
    Null,
}

/// How reliable a sample's text is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Valid JSON.
    Sound,
    /// Valid JSON after commas, quotes and comments were repaired.
    Mended,
    /// Not JSON; the value may be incomplete.
    Broken,
}

/// A sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sample {
    /// The parsed value.
    pub(crate) value: Json,
    /// The text, as printed or repaired.
    pub(crate) text: String,
    /// How reliable the text is.
    pub(crate) state: State,
}

/// Reads the samples of a text, one after the other.
pub(crate) fn read(text: &str) -> Vec<Sample> {
    let mut samples = Vec::new();
    let mut rest = text;
    loop {
        let start = rest.len() - rest.trim_start().len();
        rest = rest.get(start..).unwrap_or_default();
        if rest.is_empty() {
            return samples;
        }
        let (sample, end) = one(rest, samples.len() + 1 < MOST);
        samples.push(sample);
        rest = rest.get(end..).unwrap_or_default();
    }
}

/// The bytes of the value at the start of a text. `None` if nothing closes it, or if it has what JSON cannot have.
pub(crate) fn length(text: &str) -> Option<usize> {
    let mut reader = Reader { text, at: 0, edits: Vec::new(), broken: false };
    reader.value(0);
    (!reader.broken).then_some(reader.at)
}

/// Reads one sample, and returns where it ends. Trailing text that does not start another sample belongs to it, and makes
/// it broken.
fn one(text: &str, may_follow: bool) -> (Sample, usize) {
    let mut reader = Reader { text, at: 0, edits: Vec::new(), broken: false };
    let value = reader.value(0);
    reader.blanks();
    let follows = may_follow && reader.rest().starts_with(['{', '[']) && reader.at > 0;
    let end = if follows { reader.at } else { text.len() };
    let printed = lines(text.get(..end).unwrap_or_default());
    if !reader.broken && is_json(&printed) {
        return (Sample { value, text: printed, state: State::Sound }, end);
    }
    let mended = lines(&edited(text.get(..end).unwrap_or_default(), &reader.edits));
    let sample = if !reader.broken && is_json(&mended) {
        Sample { value, text: mended, state: State::Mended }
    } else {
        Sample { value, text: printed, state: State::Broken }
    };
    (sample, end)
}

/// The text as lines, the last one ended.
fn lines(text: &str) -> String {
    let mut plain = text.trim_end().to_owned();
    plain.push('\n');
    plain
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// One change of the text.
struct Edit {
    range: Range<usize>,
    with: &'static str,
}

fn edited(text: &str, edits: &[Edit]) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        plain.push_str(text.get(at..edit.range.start).unwrap_or_default());
        plain.push_str(edit.with);
        at = edit.range.end.max(at);
    }
    plain.push_str(text.get(at..).unwrap_or_default());
    plain
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// In the order of the text.
    edits: Vec<Edit>,
    /// Whether something is missing that cannot be restored.
    broken: bool,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn edit(&mut self, range: Range<usize>, with: &'static str) {
        let place = self.edits.partition_point(|edit| edit.range.start <= range.start);
        self.edits.insert(place, Edit { range, with });
    }

    /// Skips white space and comments; comments are taken out of the text.
    fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start().len();
            self.at += blank;
            let rest = self.rest();
            let length = if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else {
                return;
            };
            let before = self.text.get(..self.at).unwrap_or_default();
            let kept = before.trim_end_matches([' ', '\t']);
            let start = if kept.ends_with('\n') { kept.len() - 1 } else { kept.len() };
            self.edit(start..self.at + length, "");
            self.at += length;
        }
    }

    fn value(&mut self, depth: usize) -> Json {
        self.blanks();
        match self.peek() {
            Some('{' | '[') if depth >= DEEPEST => {
                self.broken = true;
                self.at = self.text.len();
                Json::Null
            }
            Some('{') => self.object(depth),
            Some('[') => self.array(depth),
            Some('"' | '“' | '”') => {
                let text = self.string();
                if self.is_at_end(depth) && self.broken { Json::Null } else { Json::Text(text) }
            }
            _ => {
                let value = self.plain();
                if self.is_at_end(depth) { Json::Null } else { value }
            }
        }
    }

    /// Whether the text ends in an object or list: the last value may be incomplete.
    fn is_at_end(&self, depth: usize) -> bool {
        depth > 0 && self.rest().trim_start().is_empty()
    }

    fn object(&mut self, depth: usize) -> Json {
        let mut members = Vec::new();
        self.items('}', |reader| {
            let name = match reader.peek() {
                Some('"' | '“' | '”') => reader.string(),
                _ => reader.word(),
            };
            reader.blanks();
            if reader.peek() == Some(':') {
                reader.at += 1;
                members.push((name, reader.value(depth + 1)));
                return true;
            }
            reader.broken = true;
            false
        });
        Json::Object(members)
    }

    fn array(&mut self, depth: usize) -> Json {
        let mut elements = Vec::new();
        self.items(']', |reader| {
            elements.push(reader.value(depth + 1));
            true
        });
        Json::Array(elements)
    }

    /// Reads the items between brackets one by one. `item` returns whether to continue.
    fn items(&mut self, close: char, mut item: impl FnMut(&mut Self) -> bool) {
        self.at += 1;
        // The comma after the last item, and the end of that item where it has no comma.
        let (mut comma, mut end) = (None, None);
        loop {
            self.blanks();
            match self.peek() {
                Some(c) if c == close => {
                    self.at += 1;
                    if let Some(comma) = comma {
                        self.edit(comma..comma + 1, "");
                    }
                    return;
                }
                Some(',') => {
                    if comma.is_some() || end.is_none() {
                        self.edit(self.at..self.at + 1, "");
                    } else {
                        comma = Some(self.at);
                    }
                    self.at += 1;
                }
                None | Some('}' | ']' | ':') => {
                    self.broken = true;
                    return;
                }
                Some(_) => {
                    if let Some(end) = end.filter(|_| comma.is_none()) {
                        self.edit(end..end, ",");
                    }
                    comma = None;
                    let before = self.at;
                    if !item(self) || self.at == before {
                        self.broken = true;
                        return;
                    }
                    end = Some(self.at);
                }
            }
        }
    }

    /// A text in quotes, straight or curved. One that is not closed on its line ends with it.
    fn string(&mut self) -> String {
        let mut plain = String::new();
        self.quote();
        while let Some(c) = self.peek() {
            match c {
                '"' | '”' => {
                    self.quote();
                    return plain;
                }
                '\n' => break,
                '\\' => {
                    self.at += 1;
                    self.escape(&mut plain);
                }
                c => {
                    plain.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
        self.broken = true;
        plain
    }

    fn quote(&mut self) {
        let length = self.peek().map_or(0, char::len_utf8);
        if length > 1 {
            self.edit(self.at..self.at + length, "\"");
        }
        self.at += length;
    }

    fn escape(&mut self, plain: &mut String) {
        let Some(c) = self.peek() else { return };
        self.at += c.len_utf8();
        match c {
            'n' => plain.push('\n'),
            't' => plain.push('\t'),
            'r' => plain.push('\r'),
            'u' => {
                let digits = self.rest().get(..4).unwrap_or_default();
                let code = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
                self.at += if code.is_some() { 4 } else { 0 };
                plain.push(code.unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            c => plain.push(c),
        }
    }

    fn plain(&mut self) -> Json {
        match self.word() {
            word if word == "null" => Json::Null,
            word => Json::Plain(word),
        }
    }

    /// What stands up to the next sign of JSON.
    fn word(&mut self) -> String {
        let rest = self.rest();
        let end = rest.find([',', ':', '}', ']', '\n', '"']).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default().trim().to_owned()
    }
}

/// The value on one line, without blanks.
pub(crate) fn compact(value: &Json) -> String {
    match value {
        Json::Object(members) => {
            let members: Vec<_> =
                members.iter().map(|(name, value)| format!("{}:{}", quoted(name), compact(value))).collect();
            format!("{{{}}}", members.join(","))
        }
        Json::Array(elements) => {
            let elements: Vec<_> = elements.iter().map(compact).collect();
            format!("[{}]", elements.join(","))
        }
        Json::Text(text) => quoted(text),
        Json::Plain(text) => text.clone(),
        Json::Null => "null".to_owned(),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_comments_and_quotes_are_mended() {
        let text = "{\n  \"a\": 1, // one\n  // two\n  “b”: [\"x\" \"y\",],\n  \"c\": {\"证件\": null,}\n  \"d\": \"http://x\"\n}";
        let samples = read(text);
        let sample = samples.first().expect("a sample");
        assert_eq!((samples.len(), sample.state), (1, State::Mended));
        let expected =
            "{\n  \"a\": 1,\n  \"b\": [\"x\", \"y\"],\n  \"c\": {\"证件\": null},\n  \"d\": \"http://x\"\n}\n";
        assert_eq!(sample.text, expected);
        assert_eq!(compact(&sample.value), r#"{"a":1,"b":["x","y"],"c":{"证件":null},"d":"http://x"}"#);
    }

    #[test]
    fn what_is_json_stays_as_printed_and_the_next_sample_follows() {
        let samples = read("{ \"a\" : true }\n\n[1,2]\n");
        let texts: Vec<_> = samples.iter().map(|sample| (sample.text.as_str(), sample.state)).collect();
        assert_eq!(texts, [("{ \"a\" : true }\n", State::Sound), ("[1,2]\n", State::Sound)]);
    }

    #[test]
    fn what_is_cut_is_broken_and_says_what_it_has() {
        for text in ["{\"a\": {\"b\": 1", "{\"a\": {\"b\": 1}", "{\"a\": {\"b\": \"1\n}", "\"a\": 1,", "{\"a\" 1}"] {
            let samples = read(text);
            assert!(samples.iter().all(|sample| sample.state == State::Broken), "{text}: {samples:?}");
        }
        let deep = "[".repeat(5_000);
        assert_eq!(read(&deep).first().map(|sample| sample.state), Some(State::Broken));
    }
}
