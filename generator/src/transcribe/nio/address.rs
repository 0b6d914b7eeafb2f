//! Method, path and name of an API, from its own lines and from sample calls.

use super::calls::{self, Call};
use super::words;
use crate::spec::{About, HttpMethod, Note, Required};
use crate::transcribe::page::Line;
use crate::transcribe::tree::{Field, filled};

/// What stands above the parameters.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The title.
    pub(super) title: String,
    /// The description.
    pub(super) description: String,
    /// The last part of the breadcrumb.
    pub(super) category: String,
    /// The methods.
    pub(super) methods: Vec<HttpMethod>,
    /// The addresses.
    pub(super) urls: Vec<String>,
}

impl Head {
    /// Reads the lines; the first text is the title unless an address stands above it.
    pub(super) fn read(lines: &[Line<'_>]) -> Self {
        let mut head = Self::default();
        let mut description = Vec::new();
        for line in lines {
            let text = line.text.trim();
            if let Some(url) = calls::address(text) {
                head.urls.push(url);
            } else if let Some(method) = words::method(text) {
                head.methods.push(method);
            } else if text.contains(" > ") && head.title.is_empty() {
                head.category = text.rsplit('>').next().unwrap_or_default().trim().to_owned();
            } else if head.title.is_empty() && head.urls.is_empty() && head.methods.is_empty() {
                head.title = text.to_owned();
            } else {
                description.push(text);
            }
        }
        head.description = description.join(" ");
        head
    }
}

/// Where an API is called.
#[derive(Debug, Default)]
pub(super) struct Address {
    /// The method, if anything names one.
    pub(super) method: Option<HttpMethod>,
    /// The path, if anything shows one. May hold placeholders.
    pub(super) path: Option<String>,
    /// Names and values of sample queries and of placeholders.
    pub(super) values: Vec<(String, String)>,
    /// What is in doubt about the API.
    pub(super) doubts: Vec<(About, Note)>,
    /// A last segment that sample calls have and the path has not.
    pub(super) extra: Option<String>,
}

impl Address {
    /// Reads the addresses of a page.
    pub(super) fn read(head: &Head, calls: &[Call]) -> Self {
        let mut address = Self::default();
        address.find_method(head, calls);
        let samples: Vec<&str> = calls.iter().filter_map(|call| call.url.as_deref()).collect();
        let own: Vec<Parts<'_>> = head.urls.iter().filter_map(|url| parts(url)).collect();
        let called: Vec<Parts<'_>> = samples.iter().filter_map(|url| parts(url)).collect();
        let Some(first) = own.first().or(called.first()) else { return address };
        address.path = Some(first.path.to_owned());
        if own.is_empty() {
            address.doubts.push((About::Path, Note::SampleOnly));
        } else if own.iter().any(|other| other.path != first.path) {
            address.doubts.push((About::Path, Note::Repeated));
        }
        let mut disagrees = false;
        for call in &called {
            match filled_in(first.path, call.path) {
                Filled::Values(values) => address.values.extend(values),
                Filled::Longer(extra) => address.extra = address.extra.take().or(Some(extra)),
                Filled::Other => disagrees = true,
            }
        }
        if disagrees && address.doubts.is_empty() {
            address.doubts.push((About::Path, Note::SampleDisagrees));
        }
        for (name, value) in own.iter().chain(&called).flat_map(|parts| query(parts.query)) {
            address.values.push((name, value));
        }
        address
    }

    fn find_method(&mut self, head: &Head, calls: &[Call]) {
        let sampled: Vec<HttpMethod> = calls.iter().flat_map(|call| call.methods.iter().copied()).collect();
        let named = if head.methods.is_empty() { &sampled } else { &head.methods };
        let several = named.iter().any(|method| Some(method) != named.first());
        self.method = match named.contains(&HttpMethod::Post) {
            true => Some(HttpMethod::Post),
            false => named.first().copied(),
        };
        if several {
            self.doubts.push((About::Method, Note::Ambiguous));
        } else if sampled.iter().any(|method| Some(*method) != self.method) {
            self.doubts.push((About::Method, Note::SampleDisagrees));
        } else if self.method.is_none() {
            let has_body = calls.iter().any(|call| !call.bodies.is_empty());
            let has_query = calls.iter().filter_map(|call| call.url.as_deref()).any(|url| url.contains('?'));
            self.method = Some(if has_query && !has_body { HttpMethod::Get } else { HttpMethod::Post });
            self.doubts.push((About::Method, Note::LabelMissing));
        }
    }
}

/// Path and query of an address.
struct Parts<'a> {
    path: &'a str,
    query: &'a str,
}

fn parts(url: &str) -> Option<Parts<'_>> {
    let (_, rest) = url.split_once("://")?;
    let (_, rest) = rest.split_at_checked(rest.find('/')?)?;
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let path = path.trim_end_matches('/');
    (!path.is_empty()).then_some(Parts { path, query })
}

/// The placeholder's name that a segment is.
fn placeholder(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}').filter(|name| words::is_name(name))
}

/// How a called path fits the path of the API.
enum Filled {
    /// It is that path with these values.
    Values(Vec<(String, String)>),
    /// It has one segment more.
    Longer(String),
    /// It is another.
    Other,
}

fn filled_in(path: &str, called: &str) -> Filled {
    let (own, sample): (Vec<_>, Vec<_>) = (path.split('/').collect(), called.split('/').collect());
    let mut values = Vec::new();
    for (own, sample) in own.iter().zip(&sample) {
        match placeholder(own) {
            Some(name) if placeholder(sample).is_none() => values.push((name.to_owned(), decoded(sample))),
            Some(_) => {}
            None if own == sample => {}
            None => return Filled::Other,
        }
    }
    match sample.get(own.len()..) {
        Some([]) => Filled::Values(values),
        Some([extra]) => Filled::Longer(placeholder(extra).map_or_else(|| decoded(extra), |_| String::new())),
        _ => Filled::Other,
    }
}

/// The names of a query with their values; a placeholder is none.
fn query(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter_map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = if placeholder(value).is_some() { "" } else { value };
        words::is_name(name).then(|| (name.to_owned(), decoded(value)))
    });
    pairs.collect()
}

/// The text that percent signs stand for; as it is, if that is none.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let code = more.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = more.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Makes path and fields fit: a segment that only sample calls have is the first parameter, and every placeholder has a
/// field.
pub(super) fn fill(address: &mut Address, fields: &mut Vec<Field>) {
    let Some(path) = address.path.as_mut() else { return };
    if let Some(value) = address.extra.take() {
        let known = address.doubts.iter().any(|(about, _)| *about == About::Path);
        let first = fields.first_mut().filter(|field| field.fields.is_empty() && !path.contains('{'));
        let note = match first {
            Some(field) => {
                *path = format!("{path}/{{{}}}", field.name);
                field.example = field.example.take().or_else(|| filled(&value));
                Note::Derived
            }
            None => Note::SampleDisagrees,
        };
        if !known {
            address.doubts.push((About::Path, note));
        }
    }
    for name in path.split('/').filter_map(placeholder) {
        if fields.iter().all(|field| field.name != name) {
            let mut field = Field { name: name.to_owned(), type_word: "String".into(), ..Field::default() };
            field.required = Required::Yes;
            field.doubt(About::Type, Note::PageCut);
            field.doubt(About::Required, Note::Derived);
            fields.push(field);
        }
    }
}

/// The name that a path makes: its segments with dots between, placeholders left out.
pub(super) fn api_name(path: &str) -> Option<String> {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let plain = |segment: &&&str| placeholder(segment).is_none();
    let named: Vec<&str> = segments.iter().filter(plain).copied().collect();
    let is_segment = |segment: &&str| segment.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    (named.len() > 1 && named.iter().all(is_segment)).then(|| named.join("."))
}

/// The path that a name was made of.
pub(super) fn path_of(api: &str) -> String {
    format!("/{}", api.replace('.', "/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_paths_without_placeholders() {
        assert_eq!(api_name("/depot/crate/{crateId}").as_deref(), Some("depot.crate"));
        assert_eq!(api_name("/v3/cc/crate/send").as_deref(), Some("v3.cc.crate.send"));
        assert_eq!((api_name("/depot"), api_name("/a b/c")), (None, None));
    }

    #[test]
    fn queries_are_decoded() {
        let pairs = query("from=2031-05-06T07%3A08%3A09%2B08%3A00&id={id}&x=%zz&=1");
        let expected = [("from", "2031-05-06T07:08:09+08:00"), ("id", ""), ("x", "%zz")];
        assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
