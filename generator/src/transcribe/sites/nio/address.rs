//! Method, path and name of an API, from its own lines and from sample calls.

use apograph_runtime::sign::percent_decoded;

use super::words;
use crate::terms::{About, HttpMethod, Note};
use crate::transcribe::field::{Field, filled};
use crate::transcribe::page::Line;
use crate::transcribe::path::{add_placeholders, api_name, placeholder};
use crate::transcribe::sample::calls::{self, Call};

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
    /// Whether method, address and description follow each other as on most pages.
    is_usual: bool,
    /// Why the description is in doubt.
    pub(super) doubt: Option<Note>,
}

impl Head {
    /// Reads the lines: title, method, address, description. In any other order, a title cannot be told from a
    /// description.
    pub(super) fn read(lines: &[Line<'_>]) -> Self {
        let mut head = Self::default();
        let (mut above, mut below) = (Vec::new(), Vec::new());
        for line in lines {
            let text = line.text.trim();
            if let Some(url) = calls::address(text) {
                head.urls.push(url);
            } else if let Some(method) = HttpMethod::from_word(text) {
                head.methods.push(method);
                head.is_usual = head.urls.is_empty();
            } else if text.contains(" > ") && head.category.is_empty() && above.is_empty() && below.is_empty() {
                head.category = text.rsplit('>').next().unwrap_or_default().trim().to_owned();
            } else if head.urls.is_empty() && head.methods.is_empty() {
                above.push(text);
            } else {
                below.push(text);
                head.is_usual &= !head.urls.is_empty();
            }
        }
        head.describe(&above, &below);
        head
    }

    fn describe(&mut self, above: &[&str], below: &[&str]) {
        let has_address = !self.methods.is_empty() || !self.urls.is_empty();
        match (above, below) {
            ([title], below) if has_address => {
                (*title).clone_into(&mut self.title);
                self.description = below.join(" ");
                self.doubt = match below {
                    [_, _, ..] => Some(Note::CellsMerged),
                    _ => (!self.is_usual).then_some(Note::Ambiguous),
                };
            }
            ([], []) => {}
            _ => {
                self.description = above.iter().chain(below).copied().collect::<Vec<_>>().join(" ");
                self.doubt = Some(Note::Ambiguous);
            }
        }
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
    /// Whether only sample calls show the path.
    is_sampled: bool,
    /// What is in doubt about the API.
    pub(super) doubts: Vec<(About, Note)>,
    /// A last segment that sample calls have and the path has not.
    pub(super) extra: Option<String>,
}

impl Address {
    /// Reads the addresses of a page: of several the one that `api` names, then the one that is called.
    pub(super) fn read(head: &Head, calls: &[Call], api: Option<&str>) -> Self {
        let mut address = Self::default();
        address.find_method(head, calls);
        let samples: Vec<&str> = calls.iter().filter_map(|call| call.url.as_deref()).collect();
        let own: Vec<Parts<'_>> = head.urls.iter().filter_map(|url| parts(url)).collect();
        let called: Vec<Parts<'_>> = samples.iter().filter_map(|url| parts(url)).collect();
        let all = || if own.is_empty() { called.iter() } else { own.iter() };
        let is_named = |parts: &&Parts<'_>| api.is_some_and(|api| is_named(parts.path, api));
        let is_called =
            |parts: &&Parts<'_>| called.iter().any(|call| !matches!(filled_in(parts.path, call.path), Filled::Other));
        let named = all().find(is_named);
        let Some(first) = named.or_else(|| all().find(is_called)).or_else(|| all().next()) else { return address };
        address.path = Some(first.path.to_owned());
        address.is_sampled = own.is_empty();
        let is_settled = named.is_some() || is_called(&first);
        if own.is_empty() {
            address.doubts.push((About::Path, Note::SampleOnly));
        } else if own.iter().any(|other| other.path != first.path) && !is_settled {
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
        if disagrees && !address.doubts.iter().any(|(about, _)| *about == About::Path) {
            address.doubts.push((About::Path, Note::SampleDisagrees));
        }
        let own = own.iter().filter(|own| own.path == first.path);
        for (name, value) in own.chain(&called).flat_map(|parts| query(parts.query)) {
            address.values.push((name, value));
        }
        address
    }

    /// Whether the name that the path makes is that of an API. The address of a sample may end with a value.
    pub(super) fn fits(&self, own: &str, api: &str) -> bool {
        let (own, api) = (own.to_lowercase(), api.to_lowercase());
        let rest = own.strip_prefix(&api);
        rest.is_some_and(|rest| rest.is_empty() || self.is_sampled && rest.starts_with('.'))
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

/// Whether a path makes the name of an API.
fn is_named(path: &str, api: &str) -> bool {
    api_name(path).is_some_and(|name| name.eq_ignore_ascii_case(api))
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
            Some(name) if placeholder(sample).is_none() => values.push((name.to_owned(), percent_decoded(sample))),
            Some(_) => {}
            None if own == sample => {}
            None => return Filled::Other,
        }
    }
    match sample.get(own.len()..) {
        Some([]) => Filled::Values(values),
        Some([extra]) => Filled::Longer(placeholder(extra).map_or_else(|| percent_decoded(extra), |_| String::new())),
        _ => Filled::Other,
    }
}

/// Returns the names and values of a query. A placeholder is not a value.
fn query(query: &str) -> Vec<(String, String)> {
    // In a query, a plus represents a blank.
    let pairs = query.split('&').filter_map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = if placeholder(value).is_some() { "" } else { value };
        words::is_name(name).then(|| (name.to_owned(), percent_decoded(&value.replace('+', " "))))
    });
    pairs.collect()
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
    add_placeholders(path, fields);
}

/// Returns whether a spec can have the path: it is plain, and each placeholder is a segment of its own.
pub(super) fn is_plain(path: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/{}".contains(c);
    let is_segment = |segment: &str| {
        segment != ".." && (!segment.contains(['{', '}']) || placeholder(segment).is_some_and(words::is_name))
    };
    path.starts_with('/') && path.chars().all(is_plain) && path.split('/').all(is_segment)
}

/// The path that a name was made of.
pub(super) fn path_of(api: &str) -> String {
    format!("/{}", api.replace('.', "/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_percent_decoded() {
        let pairs = query("from=2031-05-06T07%3A08%3A09%2B08%3A00&id={id}&x=%zz&=1&word=top+shelf");
        let expected = [("from", "2031-05-06T07:08:09+08:00"), ("id", ""), ("x", "%zz"), ("word", "top shelf")];
        assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
