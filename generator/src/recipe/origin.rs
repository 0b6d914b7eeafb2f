//! Names the sources of a template's pieces, for reports of signatures.

use super::scheme::{Assignment, Kind, Let, Piece, Plan, Scheme, Source, Step, Template};

/// Returns, for each piece of a step's text, the name of the credential, step or mask that it is, and an empty name for
/// everything else. `None` if no piece has a name, or the step is no text.
#[must_use]
pub fn step_origins<'p>(scheme: &'p Scheme, plan: &'p Plan, step: &'p Let) -> Option<Vec<&'p str>> {
    let template = match &step.step {
        Step::Text(template) => template,
        Step::Hmac { over, .. } | Step::PkSign { over, .. } => over,
        Step::Pairs(_) | Step::Join(_) => return None,
    };
    // The value of a single piece with filters is masked as a whole.
    let is_filtered = matches!(template.pieces.as_slice(), [Piece::Value { filters, .. }] if !filters.is_empty());
    let names = (!is_filtered).then(|| origins(scheme, plan, template))?;
    (template.kind == Kind::Text && names.iter().any(|name| !name.is_empty())).then_some(names)
}

/// Returns the names for the pieces of a field. `None` unless it contains a credential.
#[must_use]
pub fn field_origins<'p>(scheme: &'p Scheme, plan: &'p Plan, field: &'p Assignment) -> Option<Vec<&'p str>> {
    has_credential(field).then(|| origins(scheme, plan, &field.template))
}

/// Whether a field contains a credential as it is.
#[must_use]
pub fn has_credential(field: &Assignment) -> bool {
    field
        .template
        .pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Value { source: Source::Credential(_), filters, .. } if filters.is_empty()))
}

fn origins<'p>(scheme: &'p Scheme, plan: &'p Plan, template: &'p Template) -> Vec<&'p str> {
    let name = |piece: &'p Piece| match piece {
        Piece::Value { source, filters, .. } if filters.is_empty() => match source {
            Source::Credential(index) => scheme.credentials.get(*index).map(|known| known.name.as_str()),
            Source::Let(index) => plan.lets.get(*index).map(|step| step.name.as_str()),
            _ => None,
        },
        _ => piece.mask(),
    };
    template.pieces.iter().map(|piece| name(piece).unwrap_or_default()).collect()
}
