//! The explanation of each code, for `apograph explain`. The texts are in `explanations/`, one file for each group.

use super::code::Code;

/// Start of a heading; the code's id follows. YAML comments in examples are indented, so they are no headings.
const HEADING: &str = "# ";

/// Returns what a code means, why it matters, an example that causes it, and how to fix it.
#[must_use]
pub fn explanation(code: Code) -> &'static str {
    section(group(code), code.id()).unwrap_or_default()
}

/// Returns the text of the group that a code belongs to.
fn group(code: Code) -> &'static str {
    match code.id().get(1..3) {
        Some("01") => include_str!("explanations/01-yaml.md"),
        Some("02") => include_str!("explanations/02-content.md"),
        Some("03") => include_str!("explanations/03-fixes.md"),
        Some("04") => include_str!("explanations/04-resolving.md"),
        Some("05") => include_str!("explanations/05-names.md"),
        Some("06") => include_str!("explanations/06-recipes.md"),
        Some("07") => include_str!("explanations/07-vectors.md"),
        Some("08") => include_str!("explanations/08-output.md"),
        Some("10") => include_str!("explanations/10-pages.md"),
        Some("11") => include_str!("explanations/11-approvals.md"),
        _ => "",
    }
}

/// Returns the text below the heading of an id.
fn section(text: &'static str, id: &str) -> Option<&'static str> {
    let start = text.find(&format!("{HEADING}{id}\n"))?;
    let (_, body) = text.get(start..)?.split_once('\n')?;
    let end = body.find(&format!("\n{HEADING}")).unwrap_or(body.len());
    body.get(..end).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Length of the shortest text that can explain anything, in characters.
    const SHORTEST: usize = 150;

    #[test]
    fn every_code_is_explained_with_an_example() {
        for code in Code::ALL {
            let text = explanation(*code);
            let id = code.id();
            assert!(text.chars().count() > SHORTEST, "{id} is not explained");
            let example = text.split_once("\n    ").map(|(before, _)| before);
            assert!(example.is_some_and(|before| before.contains("xample")), "{id} has no example");
            assert!(text.contains("\nFix: "), "{id}: how is it fixed?");
            assert!(text.lines().all(|line| line.chars().count() <= 100), "{id} has a line that is too long");
        }
    }

    #[test]
    fn every_explanation_has_a_code() {
        let texts = Code::ALL.iter().map(|code| group(*code));
        let headings = texts.flat_map(str::lines).filter_map(|line| line.strip_prefix(HEADING));
        for heading in headings {
            assert!(Code::ALL.iter().any(|code| code.id() == heading), "{heading} is not a code");
        }
    }
}
