//! Field tables: the name of a generated type, and the marks and limits of its fields.

/// Name and fields of a generated type.
#[derive(Debug)]
pub struct Shape {
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub fields: &'static [Field],
    #[doc(hidden)]
    pub content: Content,
}

/// What the fields of a type take.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Each field takes the member with its name.
    Members,
    /// The only field takes all members, as JSON.
    Whole,
}

impl Shape {
    /// Describes a type called `name`, with `fields` in the order of the spec.
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        Self { name, fields, content: Content::Members }
    }

    /// Describes a type whose only field takes all members of an object, as JSON.
    pub(crate) const fn whole(name: &'static str, fields: &'static [Field]) -> Self {
        Self { name, fields, content: Content::Whole }
    }

    /// Whether the only field takes all members of an object.
    pub(crate) const fn is_whole(&self) -> bool {
        matches!(self.content, Content::Whole)
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
        if self.is_whole() {
            return None;
        }
        let named = |(_, field): &(usize, &Field)| field.wire == wire && !field.is_superseded();
        let (before, after) = self.fields.split_at(hint.min(self.fields.len()));
        let late = after.iter().enumerate().find(named).map(|(index, _)| index + before.len());
        late.or_else(|| before.iter().enumerate().find(named).map(|(index, _)| index))
    }
}

/// A field: its wire name, and the marks and limits on its page.
///
/// Its members are public, so that the tables of generated types are constants that the compiler need not evaluate: calls
/// of constant functions for each field cost callers compile time.
#[derive(Debug)]
pub struct Field {
    #[doc(hidden)]
    pub wire: &'static str,
    #[doc(hidden)]
    pub marks: &'static [Mark<'static>],
}

/// A mark or limit of a field.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Mark<'a> {
    /// The page marks the field as required.
    Required,
    /// A [`Json`](crate::Json) field that represents an object without documented members: it is always sent as a JSON
    /// value.
    Opaque,
    /// The field sends text: a [`Date`](crate::Date), [`Decimal`](crate::Decimal) or [`Json`](crate::Json) is sent as the
    /// text that it holds.
    ///
    /// The vendor's page calls the field a text, and callers use the type that it had before.
    AsText,
    /// An earlier field of the type has the same wire name: this one is sent only if that field is not set, and never
    /// filled from an answer.
    Superseded,
    /// `Debug` shows the field's value, which may then be in logs.
    Shown,
    /// In answers, an object encloses the list; this is the name of its only member.
    // specs/top/PROTOCOL.md#list-wrapping
    List(&'a str),
    /// Text has at most this many characters.
    MaxLength(usize),
    /// A list has at most this many items.
    MaxItems(usize),
    /// The smallest number allowed, as decimal text.
    Min(&'a str),
    /// The greatest number allowed, as decimal text.
    Max(&'a str),
}

impl Field {
    /// Describes an optional field with the wire name `wire`, without limits.
    pub const fn new(wire: &'static str) -> Self {
        Self { wire, marks: &[] }
    }

    /// Returns the field's wire name.
    pub const fn wire(&self) -> &'static str {
        self.wire
    }

    /// Whether the page marks the field as required.
    pub fn is_required(&self) -> bool {
        self.has(Mark::Required)
    }

    pub(crate) fn is_opaque(&self) -> bool {
        self.has(Mark::Opaque)
    }

    pub(crate) fn is_text(&self) -> bool {
        self.has(Mark::AsText)
    }

    pub(crate) fn is_superseded(&self) -> bool {
        self.has(Mark::Superseded)
    }

    pub(crate) fn is_shown(&self) -> bool {
        self.has(Mark::Shown)
    }

    /// Returns the name of the only member of the object that encloses the list in answers.
    pub(crate) fn list_key(&self) -> Option<&'static str> {
        self.find(|mark| if let Mark::List(key) = mark { Some(key) } else { None })
    }

    pub(crate) fn max_length(&self) -> Option<usize> {
        self.find(|mark| if let Mark::MaxLength(chars) = mark { Some(chars) } else { None })
    }

    pub(crate) fn max_items(&self) -> Option<usize> {
        self.find(|mark| if let Mark::MaxItems(items) = mark { Some(items) } else { None })
    }

    pub(crate) fn min(&self) -> Option<&'static str> {
        self.find(|mark| if let Mark::Min(limit) = mark { Some(limit) } else { None })
    }

    pub(crate) fn max(&self) -> Option<&'static str> {
        self.find(|mark| if let Mark::Max(limit) = mark { Some(limit) } else { None })
    }

    fn has(&self, mark: Mark<'_>) -> bool {
        self.marks.contains(&mark)
    }

    fn find<T>(&self, value: impl FnMut(Mark<'static>) -> Option<T>) -> Option<T> {
        self.marks.iter().copied().find_map(value)
    }
}
