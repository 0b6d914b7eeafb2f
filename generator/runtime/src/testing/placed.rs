//! Members at paths of an answer: the reverse of looking them up.

use crate::encode::push_text;

/// An object that is being written.
#[derive(Default)]
pub(super) struct Placed(Vec<(String, Node)>);

enum Node {
    /// JSON of a value.
    Value(String),
    Members(Placed),
}

impl Placed {
    /// Adds a value, which is JSON, at a path: names with dots between them.
    pub(super) fn put(&mut self, path: &str, json: String) {
        let path = path.strip_prefix('/').unwrap_or(path);
        let Some((name, rest)) = path.split_once('.') else {
            return self.put_member(path, json);
        };
        let existing = self.0.iter_mut().find_map(|(known, node)| match node {
            Node::Members(members) if known == name => Some(members),
            _ => None,
        });
        if let Some(members) = existing {
            return members.put(rest, json);
        }
        let mut members = Self::default();
        members.put(rest, json);
        self.0.push((name.to_owned(), Node::Members(members)));
    }

    /// Adds a value, which is JSON, under a name.
    pub(super) fn put_member(&mut self, name: &str, json: String) {
        self.0.push((name.to_owned(), Node::Value(json)));
    }

    /// Adds the members to the JSON object `object`.
    pub(super) fn added_to(&self, object: &str) -> String {
        let mut out = object.strip_suffix('}').unwrap_or(object).to_owned();
        for (name, node) in &self.0 {
            if out.len() > 1 {
                out.push(',');
            }
            push_text(&mut out, name);
            out.push(':');
            match node {
                Node::Value(json) => out.push_str(json),
                Node::Members(members) => out.push_str(&members.added_to("{}")),
            }
        }
        out.push('}');
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_one_object_are_together() {
        let mut placed = Placed::default();
        placed.put("a.b", "1".to_owned());
        placed.put("/c", "2".to_owned());
        placed.put("a.d.e", "3".to_owned());
        assert_eq!(placed.added_to(r#"{"x":0}"#), r#"{"x":0,"a":{"b":1,"d":{"e":3}},"c":2}"#);
        assert_eq!(Placed::default().added_to("{}"), "{}");
    }
}
