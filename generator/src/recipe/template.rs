//! Parses templates: `text {name} {name?|filter|filter:N} {{literal braces}}`.

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RawPiece {
    /// Literal text.
    Literal(String),
    /// A name between braces.
    Hole(Hole),
}

/// The text between braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hole {
    pub(super) name: String,
    /// Whether the name is followed by `?`.
    pub(super) question: bool,
    /// The filters, as written.
    pub(super) filters: Vec<String>,
}

/// Splits a template.
///
/// # Errors
///
/// A message about the first syntax error.
pub(super) fn parse(template: &str) -> Result<Vec<RawPiece>, String> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        literal.push_str(before);
        if let Some(after) = from.strip_prefix("{{") {
            literal.push('{');
            rest = after;
        } else if let Some(after) = from.strip_prefix("}}") {
            literal.push('}');
            rest = after;
        } else {
            let inside = from.strip_prefix('{').ok_or("unmatched `}`")?;
            let (inside, after) = inside.split_once('}').ok_or("unmatched `{`")?;
            push_literal(&mut pieces, &mut literal);
            pieces.push(RawPiece::Hole(hole(inside)?));
            rest = after;
        }
    }
    literal.push_str(rest);
    push_literal(&mut pieces, &mut literal);
    Ok(pieces)
}

fn push_literal(pieces: &mut Vec<RawPiece>, literal: &mut String) {
    if !literal.is_empty() {
        pieces.push(RawPiece::Literal(std::mem::take(literal)));
    }
}

fn hole(inside: &str) -> Result<Hole, String> {
    let mut words = inside.split('|');
    let first = words.next().unwrap_or_default();
    let (name, question) = match first.strip_suffix('?') {
        Some(name) => (name, true),
        None => (first, false),
    };
    let well_formed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if name.is_empty() || !name.chars().all(well_formed) {
        return Err(format!("`{{{inside}}}` does not start with a name"));
    }
    let filters: Vec<String> = words.map(str::to_owned).collect();
    if filters.iter().any(String::is_empty) {
        return Err(format!("`{{{inside}}}` has a `|` without a filter"));
    }
    Ok(Hole { name: name.to_owned(), question, filters })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> RawPiece {
        RawPiece::Literal(text.to_owned())
    }

    fn named(name: &str, question: bool, filters: &[&str]) -> RawPiece {
        let filters = filters.iter().map(|filter| (*filter).to_owned()).collect();
        RawPiece::Hole(Hole { name: name.to_owned(), question, filters })
    }

    #[test]
    fn names_filters_and_marks_are_read() {
        assert_eq!(parse("{base|md5|hex}"), Ok(vec![named("base", false, &["md5", "hex"])]));
        assert_eq!(
            parse("a{op.api_path?}b{header.X-Date|len:4}"),
            Ok(vec![
                literal("a"),
                named("op.api_path", true, &[]),
                literal("b"),
                named("header.X-Date", false, &["len:4"]),
            ])
        );
    }

    #[test]
    fn doubled_braces_are_literal() {
        assert_eq!(parse("{{\"a\":{x}}}"), Ok(vec![literal("{\"a\":"), named("x", false, &[]), literal("}")]));
        assert_eq!(parse("{{{x}}}"), Ok(vec![literal("{"), named("x", false, &[]), literal("}")]));
        assert_eq!(parse("}}{{"), Ok(vec![literal("}{")]));
        assert_eq!(parse(""), Ok(vec![]));
        assert_eq!(parse("中%2F&"), Ok(vec![literal("中%2F&")]));
    }

    #[test]
    fn what_is_no_template_is_refused() {
        for (template, message) in [
            ("a{b", "unmatched `{`"),
            ("a}b", "unmatched `}`"),
            ("{}", "`{}` does not start with a name"),
            ("{|md5}", "`{|md5}` does not start with a name"),
            ("{a b}", "`{a b}` does not start with a name"),
            ("{a{b}", "`{a{b}` does not start with a name"),
            ("{a||hex}", "`{a||hex}` has a `|` without a filter"),
            ("{a|}", "`{a|}` has a `|` without a filter"),
        ] {
            assert_eq!(parse(template), Err(message.to_owned()), "{template}");
        }
    }
}
