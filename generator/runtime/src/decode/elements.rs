//! Reads XML into a small tree of elements.
//!
//! The root's name comes first: other markup, such as a gateway's error page, is not read any further. Everything takes
//! linear time, and the tree is counted by the budget. Rejected are document types, entities beyond XML's own, text that
//! is not well-formed, and elements with more attributes than any real one.

use std::borrow::Cow;
use std::num::NonZeroU32;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::budget::{Budget, copied};
use crate::sign::is_blank;

/// Maximum number of attributes of one element, declarations of namespaces included; elements of answers have one or two.
const MAX_ATTRIBUTES: usize = 256;

/// Bytes that the reader needs for each open element, beside its name.
const LEVEL: usize = 2 * size_of::<usize>();

/// An element without the text of its children.
pub(super) struct Element<'a> {
    /// The name without its prefix.
    pub(super) name: &'a str,
    /// The text of an element without child elements.
    pub(super) text: Cow<'a, str>,
    /// Number of texts with content beside child elements or comments.
    pub(super) texts: u32,
    attributes: (u32, u32),
    first_child: Option<NonZeroU32>,
    last_child: Option<NonZeroU32>,
    next: Option<NonZeroU32>,
}

impl Element<'_> {
    pub(super) fn has_children(&self) -> bool {
        self.first_child.is_some()
    }
}

/// All elements of a document. The first one is the root, which is nobody's child.
#[derive(Default)]
pub(super) struct Elements<'a> {
    list: Vec<Element<'a>>,
    attributes: Vec<&'a str>,
    /// Bytes of the texts that are copies, because they consist of several parts or contained references.
    copied: usize,
}

impl<'a> Elements<'a> {
    pub(super) fn root(&self) -> Option<&Element<'a>> {
        self.list.first()
    }

    pub(super) fn children<'e>(&'e self, parent: &Element<'a>) -> impl Iterator<Item = &'e Element<'a>> {
        let element = |at: Option<NonZeroU32>| self.list.get(at?.get() as usize);
        core::iter::successors(element(parent.first_child), move |child| element(child.next))
    }

    /// Returns the names of an element's attributes without their prefixes, except for declarations of namespaces.
    pub(super) fn attributes(&self, element: &Element<'a>) -> &[&'a str] {
        let (start, end) = element.attributes;
        self.attributes.get(start as usize..end as usize).unwrap_or_default()
    }

    pub(super) fn release(self, budget: &mut Budget) {
        budget.release_list(self.list);
        budget.release_list(self.attributes);
        budget.release(self.copied);
    }
}

/// Reads a document whose root element's name `is_root` accepts; `None` for other markup, or if the budget is exhausted.
pub(super) fn read<'a>(text: &'a str, is_root: impl Fn(&str) -> bool, budget: &mut Budget) -> Option<Elements<'a>> {
    let source = text.trim_start();
    let mut reader = Reader::from_str(source);
    reader.config_mut().check_comments = true;
    let mut tree = Tree { source, elements: Elements::default(), open: Vec::new(), deepest: 0, run: false, budget };
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => tree.start(&tag, &is_root)?,
            Event::Empty(tag) => {
                tree.start(&tag, &is_root)?;
                tree.end();
            }
            Event::End(_) => tree.end(),
            Event::Text(text) => tree.text(text.xml10_content())?,
            Event::CData(_) if tree.open.is_empty() => return None,
            Event::CData(text) => tree.text(text.xml10_content())?,
            Event::GeneralRef(_) if tree.open.is_empty() => return None,
            Event::GeneralRef(reference) => tree.text(character(&reference)?)?,
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => tree.end_text(),
            Event::DocType(_) => return None,
            Event::Eof => break,
        }
    }
    (tree.open.is_empty() && !tree.elements.list.is_empty()).then_some(tree.elements)
}

/// Returns the character of a reference; U+FFFD for half a surrogate pair.
pub(crate) fn character(reference: &str) -> Option<Cow<'static, str>> {
    let Some(code) = reference.strip_prefix('#') else { return resolve_xml_entity(reference).map(Cow::Borrowed) };
    let (digits, radix) = code.strip_prefix('x').map_or((code, 10), |digits| (digits, 16));
    // A number with a sign is not a reference.
    let number = u32::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'))?;
    Some(Cow::Owned(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER).to_string()))
}

/// A tree that is being read.
struct Tree<'a, 'b> {
    source: &'a str,
    elements: Elements<'a>,
    /// Positions of the open elements.
    open: Vec<u32>,
    /// Largest number of elements that were open at once.
    deepest: usize,
    /// Whether the text since the last tag or comment has content.
    run: bool,
    budget: &'b mut Budget,
}

impl<'a> Tree<'a, '_> {
    fn start(&mut self, tag: &BytesStart<'_>, is_root: impl Fn(&str) -> bool) -> Option<()> {
        self.end_text();
        let name = self.name(tag.name().as_ref(), tag.local_name().as_ref())?;
        let is_first = self.elements.list.is_empty();
        if is_first != self.open.is_empty() || is_first && !is_root(name) {
            return None;
        }
        let attributes = self.attributes(tag)?;
        let position = u32::try_from(self.elements.list.len()).ok()?;
        self.adopt(position);
        let element = Element {
            name,
            text: Cow::Borrowed(""),
            texts: 0,
            attributes,
            first_child: None,
            last_child: None,
            next: None,
        };
        let fits = self.budget.push(&mut self.elements.list, element) && self.budget.push(&mut self.open, position);
        if self.open.len() > self.deepest {
            self.deepest = self.open.len();
            self.budget.spend(LEVEL + tag.name().as_ref().len());
        }
        fits.then_some(())
    }

    /// Makes the element at `position` the last child of the innermost open element.
    fn adopt(&mut self, position: u32) {
        let position = NonZeroU32::new(position);
        let Some(parent) = self.innermost() else { return };
        parent.text = Cow::Borrowed("");
        parent.first_child = parent.first_child.or(position);
        if let Some(before) = core::mem::replace(&mut parent.last_child, position)
            && let Some(before) = self.elements.list.get_mut(before.get() as usize)
        {
            before.next = position;
        }
    }

    /// Returns the range of the element's attributes, which are read and checked.
    fn attributes(&mut self, tag: &BytesStart<'_>) -> Option<(u32, u32)> {
        let start = self.elements.attributes.len();
        for (index, attribute) in tag.attributes().enumerate() {
            let attribute = attribute.ok().filter(|_| index < MAX_ATTRIBUTES)?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            if attribute.value.contains('<') || !value.chars().all(is_char) {
                return None;
            }
            let name = self.name(attribute.key.as_ref(), attribute.key.local_name().as_ref())?;
            let is_counted = attribute.key.as_namespace_binding().is_none();
            if is_counted && !self.budget.push(&mut self.elements.attributes, name) {
                return None;
            }
        }
        Some((u32::try_from(start).ok()?, u32::try_from(self.elements.attributes.len()).ok()?))
    }

    fn end(&mut self) {
        self.end_text();
        self.open.pop();
    }

    fn text(&mut self, text: Cow<'a, str>) -> Option<()> {
        if !text.chars().all(is_char) || self.open.is_empty() && !text.trim_ascii().is_empty() {
            return None;
        }
        self.run |= !is_blank(&text);
        let Some(element) = self.innermost().filter(|element| !element.has_children()) else { return Some(()) };
        let before = copied(&element.text);
        if element.text.is_empty() {
            element.text = text;
        } else {
            element.text.to_mut().push_str(&text);
        }
        let grown = copied(&element.text).saturating_sub(before);
        self.elements.copied += grown;
        self.budget.spend(grown).then_some(())
    }

    /// Ends the text before a tag or comment.
    fn end_text(&mut self) {
        if core::mem::take(&mut self.run)
            && let Some(element) = self.innermost()
        {
            element.texts = element.texts.saturating_add(1);
        }
    }

    fn innermost(&mut self) -> Option<&mut Element<'a>> {
        let position = *self.open.last()?;
        self.elements.list.get_mut(position as usize)
    }

    /// Returns `local` as part of the source if `name`, of which it is a part, is a name.
    fn name(&self, name: &str, local: &str) -> Option<&'a str> {
        let mut chars = name.chars();
        let starts = |char: char| char.is_alphabetic() || char == '_' || char == ':';
        let continues =
            |char: char| char.is_alphanumeric() || !char.is_ascii() || matches!(char, '_' | ':' | '-' | '.');
        let is_name = chars.next().is_some_and(starts) && chars.all(continues) && !local.is_empty();
        let start = local.as_ptr().addr().checked_sub(self.source.as_ptr().addr()).filter(|_| is_name)?;
        self.source.get(start..start + local.len())
    }
}

/// Whether XML allows a character.
fn is_char(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(xml: &str) -> Option<usize> {
        read(xml, |name| name == "a", &mut Budget::of(xml.len())).map(|elements| elements.list.len())
    }

    #[test]
    fn the_root_comes_first() {
        // Nothing behind the root's name is looked at.
        let looked_at = core::cell::Cell::new(0);
        let refuse = |_: &str| {
            looked_at.set(looked_at.get() + 1);
            false
        };
        let attributes: String = (0..10_000).map(|number| format!(" a{number}=\"\"")).collect();
        let mut budget = Budget::of(0);
        assert!(read(&format!("<html{attributes}><b/></html>"), refuse, &mut budget).is_none());
        assert_eq!((looked_at.get(), budget.spent()), (1, 0));
    }

    #[test]
    fn attributes_of_an_element_are_limited() {
        let with = |number: usize| {
            let attributes: String = (0..number).map(|number| format!(" xmlns:a{number}=\"u\"")).collect();
            count(&format!("<a><b{attributes}/></a>"))
        };
        assert_eq!((with(MAX_ATTRIBUTES), with(MAX_ATTRIBUTES + 1)), (Some(2), None));
    }

    #[test]
    fn what_is_not_well_formed_is_rejected() {
        for xml in [
            "<a>",
            "<a></b>",
            "<a/><a/>",
            "<a/>x",
            "x<a/>",
            "<a b=\"1\" b=\"2\"/>",
            "<a b/>",
            "<a b=\"<\"/>",
            "<a>&x;</a>",
            "<a>&</a>",
            "<a>\u{1}</a>",
            "<a><1/></a>",
            "<a b=\"&x;\"/>",
            "<a/><![CDATA[]]>",
            "<!DOCTYPE a><a/>",
            "<a>&#0;</a>",
            "<a>&#1;</a>",
            "<a><!-- -- --></a>",
            "",
        ] {
            assert_eq!(count(xml), None, "{xml}");
        }
        assert_eq!(
            count("<?xml version=\"1.0\"?><!--c--><a b='1' c:d=\"&lt;\">x&#x4e2d;<b/> <c:d></c:d ></a> <?p?>"),
            Some(3)
        );
    }

    #[test]
    fn a_tree_beyond_the_budget_is_not_read() {
        let xml = format!("<a>{}</a>", "<b/>".repeat(1_000));
        let mut budget = Budget::new(500 * size_of::<Element<'_>>());
        assert!(read(&xml, |_| true, &mut budget).is_none());
        assert!(budget.is_exhausted() && budget.spent() <= 500 * size_of::<Element<'_>>());
    }
}
