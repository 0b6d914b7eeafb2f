//! Writes into the parts of a request: what an API's fields and a recipe set.

use super::{Pair, Parts};
use crate::sign::location::{Location, same_name};
use crate::sign::{SignError, members, rfc3986};

impl Parts {
    /// Sets a name to one value, at the position of its first value or at the end. Nothing happens if the body cannot have the
    /// member, or the path has no such placeholder: see [`try_put`](Self::try_put).
    pub fn put(&mut self, location: Location, name: &str, value: impl Into<String>) {
        let _ = self.try_put(location, name, value);
    }

    /// Sets a name to one value, at the position of its first value or at the end.
    ///
    /// # Errors
    ///
    /// [`SignError`] if the body cannot have the member, or the path has no placeholder of this name.
    pub fn try_put(&mut self, location: Location, name: &str, value: impl Into<String>) -> Result<(), SignError> {
        match location {
            Location::Json => self.put_json(name, value),
            Location::Xml => self.put_xml(name, value),
            Location::Path => self.put_path(name, value),
            Location::Query | Location::Form | Location::Headers | Location::Set(_) => {
                self.put_pair(location, name, value.into());
                Ok(())
            }
        }
    }

    fn put_pair(&mut self, location: Location, name: &str, value: String) {
        let pairs = self.pairs_mut(location);
        let Some(first) = pairs.iter().position(|(known, _)| same_name(location, known, name)) else {
            pairs.push((name.to_owned(), value));
            return;
        };
        let mut at = 0;
        pairs.retain(|(known, _)| {
            at += 1;
            at <= first + 1 || !same_name(location, known, name)
        });
        if let Some(pair) = pairs.get_mut(first) {
            *pair = (name.to_owned(), value);
        }
    }

    /// Sets a member of a JSON body to a text.
    ///
    /// # Errors
    ///
    /// [`SignError::BodyNotJson`] unless the body is empty or a JSON object.
    pub fn put_json(&mut self, name: &str, value: impl Into<String>) -> Result<(), SignError> {
        self.body = members::put_json(&self.body, name, &value.into())?;
        self.note_member(Location::Json, name);
        Ok(())
    }

    /// Sets the text of an element within the root of an XML body. The root of an empty body becomes `xml`.
    ///
    /// # Errors
    ///
    /// [`SignError::BodyNotXml`] unless the body is empty or an XML document.
    pub fn put_xml(&mut self, name: &str, value: impl Into<String>) -> Result<(), SignError> {
        self.body = members::put_xml(&self.body, name, &value.into())?;
        self.note_member(Location::Xml, name);
        Ok(())
    }

    fn note_member(&mut self, location: Location, name: &str) {
        if !self.put_members.iter().any(|(at, known)| (*at, known.as_str()) == (location, name)) {
            self.put_members.push((location, name.to_owned()));
        }
    }

    /// Writes a value, percent-encoded, in the place of `{name}` in the path.
    ///
    /// # Errors
    ///
    /// [`SignError::MissingPlaceholder`] if the path has no such placeholder.
    pub fn put_path(&mut self, name: &str, value: impl Into<String>) -> Result<(), SignError> {
        let (hole, value) = (format!("{{{name}}}"), value.into());
        let paths = [Some(&mut self.base_path), self.operation_path.as_mut()].into_iter().flatten();
        let mut is_there = false;
        for path in paths.filter(|path| path.contains(&hole)) {
            *path = path.replace(&hole, &rfc3986(&value));
            is_there = true;
        }
        if !is_there {
            return Err(SignError::MissingPlaceholder(name.to_owned()));
        }
        self.placed.push((name.to_owned(), value));
        Ok(())
    }

    /// Appends a pair, even if the name is already there.
    pub fn push(&mut self, location: Location, name: impl Into<String>, value: impl Into<String>) {
        self.pairs_mut(location).push((name.into(), value.into()));
    }

    /// Removes every pair of a name.
    pub fn remove(&mut self, location: Location, name: &str) {
        let others = match location {
            Location::Json => members::remove_json(&self.body, name),
            Location::Xml => members::remove_xml(&self.body, name),
            _ => Ok(std::mem::take(&mut self.body)),
        };
        // A body without members has nothing to remove.
        self.body = others.unwrap_or_else(|_| std::mem::take(&mut self.body));
        self.pairs_mut(location).retain(|(known, _)| !same_name(location, known, name));
    }

    /// Reverses the pairs of one location, to test that a signature does not depend on their order.
    pub fn reverse(&mut self, location: Location) {
        self.pairs_mut(location).reverse();
    }

    /// Sets a query parameter; see [`Parts::put`].
    pub fn put_query(&mut self, name: &str, value: impl Into<String>) {
        self.put(Location::Query, name, value);
    }

    /// Sets a form parameter; see [`Parts::put`].
    pub fn put_form(&mut self, name: &str, value: impl Into<String>) {
        self.put(Location::Form, name, value);
    }

    /// Sets a header; see [`Parts::put`].
    pub fn put_header(&mut self, name: &str, value: impl Into<String>) {
        self.put(Location::Headers, name, value);
    }

    /// Sets a pair of a set; see [`Parts::put`].
    pub fn put_set(&mut self, set: u8, name: &str, value: impl Into<String>) {
        self.put(Location::Set(set), name, value);
    }

    fn pairs_mut(&mut self, location: Location) -> &mut Vec<Pair> {
        match location {
            // Members of a body are not pairs.
            Location::Path | Location::Json | Location::Xml => &mut self.placed,
            Location::Query => &mut self.query,
            Location::Form => &mut self.form,
            Location::Headers => &mut self.headers,
            Location::Set(index) => {
                let index = usize::from(index);
                if self.sets.0.len() <= index {
                    self.sets.0.resize(index + 1, Vec::new());
                }
                &mut self.sets.0[index]
            }
        }
    }
}
