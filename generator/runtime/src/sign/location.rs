//! Places in a request.

/// Where in a request a named value is. A signing recipe sets its fields in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// The path, which has a placeholder for the value.
    Path,
    /// The URL's query.
    Query,
    /// The form body.
    Form,
    /// The top level of a JSON body.
    Json,
    /// The elements within the root of an XML body.
    Xml,
    /// The headers; their names are case-insensitive.
    Headers,
    /// Pairs that are signed and never sent. A recipe may have several sets.
    Set(u8),
}

/// Whether two names are the same at a location.
pub(crate) fn same_name(location: Location, a: &str, b: &str) -> bool {
    match location {
        Location::Path | Location::Query | Location::Form | Location::Json | Location::Xml | Location::Set(_) => a == b,
        Location::Headers => a.eq_ignore_ascii_case(b),
    }
}
