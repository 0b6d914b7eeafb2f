use apograph_runtime::sign::{Location, Parts, SignError};

/// Everything that was signed and will be sent, one part a line, or the error.
#[must_use]
pub fn dump(parts: &Parts, signed: Result<(), SignError>) -> String {
    if let Err(error) = signed {
        return format!("error {error}\n");
    }
    let mut lines = format!("{} {} {:?}\n", parts.method(), parts.url(), parts.query_text());
    for location in [Location::Path, Location::Query, Location::Form, Location::Headers] {
        for (name, value) in parts.pairs(location) {
            lines.push_str(&format!("{location:?} {name:?} {value:?}\n"));
        }
    }
    lines.push_str(&format!("{:?}\n", String::from_utf8_lossy(parts.body())));
    lines
}
