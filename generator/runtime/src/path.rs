//! The wire path of a value: `task_request.task_list[3].input_params`.

use core::fmt::Write;

/// A path that grows when decoding enters a value and shrinks when it leaves.
#[derive(Default)]
pub(crate) struct Path {
    text: String,
}

/// The length of a path before a step, for returning to it.
#[derive(Copy, Clone)]
pub(crate) struct Mark(usize);

impl Path {
    /// Enters the member `name`. Names that could be read as several steps are quoted.
    pub(crate) fn member(&mut self, name: &str) -> Mark {
        let mark = Mark(self.text.len());
        if name.is_empty() || name.contains(|char: char| matches!(char, '.' | '[' | ']' | '"') || char.is_control()) {
            self.quoted(name);
            return mark;
        }
        if !self.text.is_empty() {
            self.text.push('.');
        }
        self.cut(name);
        mark
    }

    fn quoted(&mut self, name: &str) {
        self.text.push_str("[\"");
        self.cut(&name.escape_debug().to_string());
        self.text.push_str("\"]");
    }

    /// Appends a name, cut to a maximum length because servers choose it.
    fn cut(&mut self, name: &str) {
        const LONGEST: usize = 64;
        match name.char_indices().nth(LONGEST) {
            Some((end, _)) => {
                self.text.push_str(name.get(..end).unwrap_or_default());
                self.text.push('…');
            }
            None => self.text.push_str(name),
        }
    }

    /// Enters the item at `index`.
    pub(crate) fn item(&mut self, index: usize) -> Mark {
        let mark = Mark(self.text.len());
        // Writing to a string cannot fail.
        let _ = write!(self.text, "[{index}]");
        mark
    }

    /// Enters every item of a list.
    pub(crate) fn items(&mut self) -> Mark {
        let mark = Mark(self.text.len());
        self.text.push_str("[]");
        mark
    }

    /// Leaves the step that returned `mark`.
    pub(crate) fn back(&mut self, mark: Mark) {
        self.text.truncate(mark.0);
    }

    /// Returns the path as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_down_and_back() {
        let mut path = Path::default();
        path.member("task_list");
        let mark = path.item(3);
        path.member("input_params");
        assert_eq!(path.as_str(), "task_list[3].input_params");
        path.back(mark);
        path.items();
        assert_eq!(path.as_str(), "task_list[]");
    }

    #[test]
    fn odd_names_are_quoted_and_long_ones_cut() {
        let mut path = Path::default();
        path.member("a");
        path.member("reentry.employee");
        path.member("");
        assert_eq!(path.as_str(), r#"a["reentry.employee"][""]"#);
        let mut path = Path::default();
        path.member(&"长".repeat(100));
        assert_eq!(path.as_str().chars().count(), 65);
    }
}
