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

    /// Leaves all steps.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
    }

    /// Returns the path as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the path as text.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

/// The steps to a value, of which a [`Path`] is written only when there is something to report.
#[derive(Default)]
pub(crate) struct Trail {
    steps: Vec<Step>,
    /// The names that keys enter, one after the other.
    keys: String,
}

#[derive(Copy, Clone)]
enum Step {
    Member(&'static str),
    /// Start and end of the name in the text of all keys.
    Key(usize, usize),
    Item(usize),
    Items,
}

impl Trail {
    /// Enters the member of a field.
    #[inline]
    pub(crate) fn member(&mut self, name: &'static str) -> Mark {
        self.enter(Step::Member(name))
    }

    /// Enters a member that is not a field, such as an entry of a map.
    pub(crate) fn key(&mut self, name: &str) -> Mark {
        let end = |step: &Step| if let Step::Key(_, end) = step { Some(*end) } else { None };
        let start = self.steps.iter().rev().find_map(end).unwrap_or_default();
        self.keys.truncate(start);
        self.keys.push_str(name);
        self.enter(Step::Key(start, self.keys.len()))
    }

    /// Enters the item at `index`.
    #[inline]
    pub(crate) fn item(&mut self, index: usize) -> Mark {
        self.enter(Step::Item(index))
    }

    /// Enters every item of a list.
    #[inline]
    pub(crate) fn items(&mut self) -> Mark {
        self.enter(Step::Items)
    }

    #[inline]
    fn enter(&mut self, step: Step) -> Mark {
        let mark = Mark(self.steps.len());
        self.steps.push(step);
        mark
    }

    /// Leaves the step that returned `mark`.
    #[inline]
    pub(crate) fn back(&mut self, mark: Mark) {
        self.steps.truncate(mark.0);
    }

    /// Appends the steps to `path`.
    pub(crate) fn write(&self, path: &mut Path) {
        for step in &self.steps {
            match step {
                Step::Member(name) => path.member(name),
                Step::Key(start, end) => path.member(self.keys.get(*start..*end).unwrap_or_default()),
                Step::Item(index) => path.item(*index),
                Step::Items => path.items(),
            };
        }
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
    fn a_trail_is_written_as_the_same_path() {
        let mut trail = Trail::default();
        trail.member("task_list");
        let mark = trail.item(3);
        trail.key("长");
        let inner = trail.member("a.b");
        trail.key("former");
        trail.back(inner);
        trail.key("k");
        let mut path = Path::default();
        trail.write(&mut path);
        assert_eq!(path.into_text(), "task_list[3].长.k");
        trail.back(mark);
        trail.items();
        let mut path = Path::default();
        trail.write(&mut path);
        assert_eq!(path.into_text(), "task_list[]");
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
