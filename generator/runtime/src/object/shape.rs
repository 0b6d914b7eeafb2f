//! Field tables: what a generated type is called, and the marks and limits of its fields.

/// What a generated type is called and holds.
#[derive(Debug)]
pub struct Shape {
    name: &'static str,
    fields: &'static [Field],
}

impl Shape {
    /// A type called `name` with `fields` in the spec's order.
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        Self { name, fields }
    }

    /// The Rust name of the type.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The fields, in the spec's order.
    pub const fn fields(&self) -> &'static [Field] {
        self.fields
    }

    /// The index of the field called `wire`, looked for from `hint` on and then from the start.
    ///
    /// Members usually arrive in the table's order, so the hint makes the search cheap.
    pub(crate) fn find(&self, wire: &str, hint: usize) -> Option<usize> {
        let named = |(_, field): &(usize, &Field)| field.wire == wire && !field.superseded;
        let (before, after) = self.fields.split_at(hint.min(self.fields.len()));
        let late = after.iter().enumerate().find(named).map(|(index, _)| index + before.len());
        late.or_else(|| before.iter().enumerate().find(named).map(|(index, _)| index))
    }
}

/// One field: its name on the wire, and the marks and limits that its page states.
#[derive(Debug)]
pub struct Field {
    pub(crate) wire: &'static str,
    pub(crate) required: bool,
    pub(crate) opaque: bool,
    pub(crate) as_text: bool,
    pub(crate) superseded: bool,
    pub(crate) inner: Option<&'static str>,
    pub(crate) max_length: Option<usize>,
    pub(crate) max_items: Option<usize>,
    pub(crate) min: Option<&'static str>,
    pub(crate) max: Option<&'static str>,
}

impl Field {
    /// An optional field called `wire` on the wire, without limits.
    pub const fn new(wire: &'static str) -> Self {
        Self {
            wire,
            required: false,
            opaque: false,
            as_text: false,
            superseded: false,
            inner: None,
            max_length: None,
            max_items: None,
            min: None,
            max: None,
        }
    }

    /// Marked as required by its page.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// A [`Json`](crate::Json) field that stands for an object without documented members: always a raw JSON value.
    pub const fn opaque(mut self) -> Self {
        self.opaque = true;
        self
    }

    /// A field that its page calls a text: a [`Date`](crate::Date), [`Decimal`](crate::Decimal) or [`Json`](crate::Json)
    /// of the caller's is sent as the text that it holds.
    pub const fn as_text(mut self) -> Self {
        self.as_text = true;
        self
    }

    /// A field whose wire name an earlier field of the type has: it is sent if that field is not set, and never filled
    /// from an answer.
    pub const fn superseded(mut self) -> Self {
        self.superseded = true;
        self
    }

    /// A list that answers wrap in an object whose only member is `inner`.
    // specs/top/PROTOCOL.md#list-wrapping
    pub const fn list(mut self, inner: &'static str) -> Self {
        self.inner = Some(inner);
        self
    }

    /// At most `chars` characters of text.
    pub const fn max_length(mut self, chars: usize) -> Self {
        self.max_length = Some(chars);
        self
    }

    /// At most `items` items in the list.
    pub const fn max_items(mut self, items: usize) -> Self {
        self.max_items = Some(items);
        self
    }

    /// A number no smaller than `limit` (decimal text).
    pub const fn min(mut self, limit: &'static str) -> Self {
        self.min = Some(limit);
        self
    }

    /// A number no greater than `limit` (decimal text).
    pub const fn max(mut self, limit: &'static str) -> Self {
        self.max = Some(limit);
        self
    }

    /// The field's name on the wire.
    pub const fn wire(&self) -> &'static str {
        self.wire
    }

    /// Whether the page marks the field as required.
    pub const fn is_required(&self) -> bool {
        self.required
    }
}
