//! The top-level members of a JSON body, and the elements of a flat XML body, as named values that a signature reads and sets.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::Event;

use super::SignError;
use super::words::push_json_text;
use crate::decode::{Form, Raw, character};

/// A member of the body.
pub(super) struct Member<'a> {
    pub(super) name: Cow<'a, str>,
    /// A JSON text or an element's content, otherwise the JSON text of the value as it is in the body.
    pub(super) value: Cow<'a, str>,
    /// The JSON text of the value; `None` in XML.
    pub(super) json: Option<&'a str>,
}

/// Returns the top-level members of a JSON object in their order. An empty body has none.
pub(super) fn of_json(body: &[u8]) -> Result<Vec<Member<'_>>, SignError> {
    let text = std::str::from_utf8(body).map_err(|_| SignError::BodyNotJson)?;
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let object = Raw::parse(text).ok().filter(|raw| raw.form() == Form::Object).ok_or(SignError::BodyNotJson)?;
    let members = object.members().map(|member| {
        let raw = member.value;
        let value = if raw.form() == Form::Text { raw.text().0 } else { Cow::Borrowed(raw.as_str()) };
        Member { name: member.name, value, json: Some(raw.as_str()) }
    });
    Ok(members.collect())
}

/// Returns the body with a text as the value of a member: at its place, or at the end.
pub(super) fn put_json(body: &[u8], name: &str, value: &str) -> Result<Vec<u8>, SignError> {
    let mut text = String::new();
    push_json_text(&mut text, value);
    let mut members = written(of_json(body)?);
    match members.iter_mut().find(|(known, _)| known == name) {
        Some((_, known)) => *known = Cow::Owned(text),
        None => members.push((Cow::Borrowed(name), Cow::Owned(text))),
    }
    Ok(object(&members))
}

/// Returns the body without a member.
pub(super) fn remove_json(body: &[u8], name: &str) -> Result<Vec<u8>, SignError> {
    let mut members = written(of_json(body)?);
    let before = members.len();
    members.retain(|(known, _)| known != name);
    Ok(if members.len() == before { body.to_vec() } else { object(&members) })
}

type Written<'a> = (Cow<'a, str>, Cow<'a, str>);

fn written(members: Vec<Member<'_>>) -> Vec<Written<'_>> {
    members.into_iter().map(|member| (member.name, Cow::Borrowed(member.json.unwrap_or_default()))).collect()
}

fn object(members: &[Written<'_>]) -> Vec<u8> {
    let mut out = String::from("{");
    for (index, (name, json)) in members.iter().enumerate() {
        out.push_str(if index == 0 { "" } else { "," });
        push_json_text(&mut out, name);
        out.push(':');
        out.push_str(json);
    }
    out.push('}');
    out.into_bytes()
}

/// Returns the elements within the root of an XML document with their texts, in their order. An element with children has the
/// texts in them. An empty body has none.
pub(super) fn of_xml(body: &[u8]) -> Result<Vec<Member<'_>>, SignError> {
    let elements = elements(body)?;
    Ok(elements
        .into_iter()
        .map(|element| Member { name: element.name.into(), value: element.text.into(), json: None })
        .collect())
}

/// Returns the body with a text as the content of an element: at its place, or as the last one. An empty body becomes a document
/// whose root is `xml`.
pub(super) fn put_xml(body: &[u8], name: &str, value: &str) -> Result<Vec<u8>, SignError> {
    let element = format!("<{name}>{}</{name}>", escape(value));
    if body.is_empty() {
        return Ok(format!("<xml>{element}</xml>").into_bytes());
    }
    let elements = elements(body)?;
    let known = elements.iter().find(|known| known.name == name).map(|known| known.start..known.end);
    let range = known.map_or_else(|| root_end(body).map(|end| end..end), Ok)?;
    Ok(spliced(body, range, element.as_bytes()))
}

/// Returns the body without an element.
pub(super) fn remove_xml(body: &[u8], name: &str) -> Result<Vec<u8>, SignError> {
    let elements = elements(body)?;
    let known = elements.iter().rev().filter(|known| known.name == name);
    Ok(known.fold(body.to_vec(), |body, known| spliced(&body, known.start..known.end, b"")))
}

fn spliced(body: &[u8], range: std::ops::Range<usize>, with: &[u8]) -> Vec<u8> {
    let (before, after) = (body.get(..range.start).unwrap_or_default(), body.get(range.end..).unwrap_or_default());
    [before, with, after].concat()
}

/// An element within the root and the bytes that it takes.
#[derive(Default)]
struct Element {
    name: String,
    text: String,
    start: usize,
    end: usize,
}

/// Returns where the end tag of the root starts.
fn root_end(body: &[u8]) -> Result<usize, SignError> {
    let end = body.iter().enumerate().rev().find(|(_, byte)| **byte == b'<');
    end.map(|(at, _)| at).filter(|at| body.get(at + 1) == Some(&b'/')).ok_or(SignError::BodyNotXml)
}

fn elements(body: &[u8]) -> Result<Vec<Element>, SignError> {
    let refused = || SignError::BodyNotXml;
    let text = std::str::from_utf8(body).map_err(|_| refused())?;
    let mut reader = Reader::from_str(text);
    let mut walk = Walk::default();
    loop {
        let start = usize::try_from(reader.buffer_position()).map_err(|_| refused())?;
        let event = reader.read_event().map_err(|_| refused())?;
        let end = usize::try_from(reader.buffer_position()).map_err(|_| refused())?;
        match event {
            Event::Eof => break,
            Event::DocType(_) => return Err(refused()),
            event => walk.event(&event, start, end).ok_or_else(refused)?,
        }
    }
    let is_whole = walk.depth == 0 && (walk.has_root || body.is_empty());
    is_whole.then_some(walk.elements).ok_or_else(refused)
}

#[derive(Default)]
struct Walk {
    elements: Vec<Element>,
    open: Element,
    depth: usize,
    has_root: bool,
}

impl Walk {
    /// Reads one event. `None` if the document is malformed.
    fn event(&mut self, event: &Event<'_>, start: usize, end: usize) -> Option<()> {
        match event {
            Event::Start(tag) => {
                if self.depth == 1 {
                    let name = tag.name().as_ref().to_owned();
                    self.open = Element { name, start, ..Element::default() };
                }
                self.has_root = true;
                self.depth += 1;
            }
            Event::Empty(tag) => {
                if self.depth == 1 {
                    let name = tag.name().as_ref().to_owned();
                    self.elements.push(Element { name, text: String::new(), start, end });
                }
                self.has_root = true;
            }
            Event::End(_) => {
                self.depth = self.depth.checked_sub(1)?;
                if self.depth == 1 {
                    self.elements.push(Element { end, ..std::mem::take(&mut self.open) });
                }
            }
            Event::Text(text) if self.depth > 1 => self.open.text.push_str(&text.xml10_content()),
            Event::CData(text) if self.depth > 1 => self.open.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if self.depth > 1 => self.open.text.push_str(&character(reference)?),
            _ => {}
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(members: Result<Vec<Member<'_>>, SignError>) -> Vec<String> {
        let members = members.unwrap_or_else(|error| panic!("{error}"));
        members.iter().map(|member| format!("{}={}", member.name, member.value)).collect()
    }

    fn text(body: Result<Vec<u8>, SignError>) -> String {
        String::from_utf8(body.unwrap_or_else(|error| panic!("{error}"))).unwrap()
    }

    #[test]
    fn members_of_json_keep_their_text() {
        let body = br#" {"a": "x\u0031\n", "n": 1.50, "b": true, "o": {"k": [1, 2]}, "z": null, "": ""} "#;
        assert_eq!(shown(of_json(body)), ["a=x1\n", "n=1.50", "b=true", "o={\"k\": [1, 2]}", "z=null", "="]);
        assert_eq!(shown(of_json(b"")), [""; 0]);
        for body in [&b"[]"[..], b"1", b"{", b"{}x", b"\xff"] {
            assert_eq!(of_json(body).err(), Some(SignError::BodyNotJson));
        }
    }

    #[test]
    fn members_of_json_are_set_and_removed() {
        assert_eq!(text(put_json(b"", "sign", "a\"b")), r#"{"sign":"a\"b"}"#);
        assert_eq!(text(put_json(br#"{"a":1.0,"b":2}"#, "a", "x")), r#"{"a":"x","b":2}"#);
        let signed = put_json(br#"{"a":{"k": 1}}"#, "sign", "x").unwrap();
        assert_eq!(text(Ok(signed.clone())), r#"{"a":{"k": 1},"sign":"x"}"#);
        assert_eq!(text(remove_json(&signed, "sign")), r#"{"a":{"k": 1}}"#);
        assert_eq!(text(remove_json(b"{ }", "sign")), "{ }");
    }

    #[test]
    fn elements_have_their_texts() {
        let body =
            b"<?xml version=\"1.0\"?>\n<xml> <a>1 &lt;&#50; </a><b><![CDATA[<c>]]></b><none/><d><e>x</e>y</d></xml>";
        assert_eq!(shown(of_xml(body)), ["a=1 <2 ", "b=<c>", "none=", "d=xy"]);
        assert_eq!(shown(of_xml(b"")), [""; 0]);
        for body in [&b"text"[..], b"<a><b></a>", b"<a>", b"\xff", b"<!DOCTYPE a><a/>"] {
            assert_eq!(of_xml(body).err(), Some(SignError::BodyNotXml));
        }
    }

    #[test]
    fn elements_are_set_and_removed() {
        assert_eq!(text(put_xml(b"", "sign", "a<b")), "<xml><sign>a&lt;b</sign></xml>");
        assert_eq!(text(put_xml(b"<r><a>1</a>\n</r>\n", "a", "2")), "<r><a>2</a>\n</r>\n");
        let signed = put_xml(b"<r><a>1</a></r>", "sign", "x").unwrap();
        assert_eq!(text(Ok(signed.clone())), "<r><a>1</a><sign>x</sign></r>");
        assert_eq!(text(remove_xml(&signed, "sign")), "<r><a>1</a></r>");
        assert_eq!(put_xml(b"<r/>", "a", "1"), Err(SignError::BodyNotXml));
    }
}
