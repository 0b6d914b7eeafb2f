//! Field tables: the name of a generated type, and the marks and limits of its fields.

/// Name and fields of a generated type.
#[derive(Debug)]
pub struct Shape {
    name: &'static str,
    fields: &'static [Field],
    whole: bool,
}

impl Shape {
    /// Describes a type called `name`, with `fields` in the order of the spec.
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        Self { name, fields, whole: false }
    }

    /// Describes a type whose only field takes all members of an object, as JSON.
    pub(crate) const fn whole(name: &'static str, fields: &'static [Field]) -> Self {
        Self { name, fields, whole: true }
    }

    /// Whether the only field takes all members of an object.
    pub(crate) const fn is_whole(&self) -> bool {
        self.whole
    }

    /// Returns the Rust name of the type.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the fields in the order of the spec.
    pub const fn fields(&self) -> &'static [Field] {
        self.fields
    }

    /// Whether a field is called `wire`. The field that takes all members has no name of its own.
    pub(crate) fn has(&self, wire: &str) -> bool {
        self.find(wire, 0).is_some()
    }

    /// Finds the index of the field called `wire`, searching from `hint` on and then from the start.
    ///
    /// Members usually arrive in the order of the table, so the hint makes the search cheap.
    pub(crate) fn find(&self, wire: &str, hint: usize) -> Option<usize> {
        if self.whole {
            return None;
        }
        let named = |(_, field): &(usize, &Field)| field.wire == wire && !field.superseded;
        let (before, after) = self.fields.split_at(hint.min(self.fields.len()));
        let late = after.iter().enumerate().find(named).map(|(index, _)| index + before.len());
        late.or_else(|| before.iter().enumerate().find(named).map(|(index, _)| index))
    }
}

/// A field: its wire name, and the marks and limits on its page.
#[derive(Debug)]
pub struct Field {
    pub(crate) wire: &'static str,
    pub(crate) required: bool,
    pub(crate) opaque: bool,
    pub(crate) as_text: bool,
    pub(crate) superseded: bool,
    pub(crate) shown: bool,
    pub(crate) inner: Option<&'static str>,
    pub(crate) max_length: Option<usize>,
    pub(crate) max_items: Option<usize>,
    pub(crate) min: Option<&'static str>,
    pub(crate) max: Option<&'static str>,
}

impl Field {
    /// Describes an optional field with the wire name `wire`, without limits.
    pub const fn new(wire: &'static str) -> Self {
        Self {
            wire,
            required: false,
            opaque: false,
            as_text: false,
            superseded: false,
            shown: false,
            inner: None,
            max_length: None,
            max_items: None,
            min: None,
            max: None,
        }
    }

    /// Marks the field as required.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Marks a [`Json`](crate::Json) field that represents an object without documented members: it is always sent as a
    /// JSON value.
    pub const fn opaque(mut self) -> Self {
        self.opaque = true;
        self
    }

    /// Makes the field send text: a [`Date`](crate::Date), [`Decimal`](crate::Decimal) or [`Json`](crate::Json) is sent as
    /// the text that it holds.
    ///
    /// The vendor's page calls the field a text, and callers use the type that it had before.
    pub const fn as_text(mut self) -> Self {
        self.as_text = true;
        self
    }

    /// Marks a field whose wire name an earlier field of the type has: it is sent only if that field is not set, and
    /// never filled from an answer.
    pub const fn superseded(mut self) -> Self {
        self.superseded = true;
        self
    }

    /// Makes `Debug` show the field's value, which may then be in logs.
    pub const fn shown(mut self) -> Self {
        self.shown = true;
        self
    }

    /// Sets the name of the only member of the object that encloses the list in answers.
    // specs/top/PROTOCOL.md#list-wrapping
    pub const fn list(mut self, inner: &'static str) -> Self {
        self.inner = Some(inner);
        self
    }

    /// Limits text to `chars` characters.
    pub const fn max_length(mut self, chars: usize) -> Self {
        self.max_length = Some(chars);
        self
    }

    /// Limits a list to `items` items.
    pub const fn max_items(mut self, items: usize) -> Self {
        self.max_items = Some(items);
        self
    }

    /// Sets the smallest number allowed, as decimal text.
    pub const fn min(mut self, limit: &'static str) -> Self {
        self.min = Some(limit);
        self
    }

    /// Sets the greatest number allowed, as decimal text.
    pub const fn max(mut self, limit: &'static str) -> Self {
        self.max = Some(limit);
        self
    }

    /// Returns the field's wire name.
    pub const fn wire(&self) -> &'static str {
        self.wire
    }

    /// Whether the page marks the field as required.
    pub const fn is_required(&self) -> bool {
        self.required
    }
}
