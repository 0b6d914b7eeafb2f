//! Filters, and pairs that are filtered, as the interpreter applies them.

use apograph_runtime::sign::{self, Pairs, Parts, SignError};
use zeroize::Zeroizing;

use crate::recipe::scheme::{ItemPiece, PairsStep};
use crate::recipe::{Filter, TextFilter};

/// Applies a filter. The check has made sure that text filters are applied to text.
pub(in crate::recipe) fn filtered(value: Zeroizing<Vec<u8>>, filter: &Filter) -> Result<Zeroizing<Vec<u8>>, SignError> {
    let text = || std::str::from_utf8(&value).unwrap_or_default();
    Ok(Zeroizing::new(match filter {
        Filter::Digest(algorithm) => algorithm.digest(&value),
        Filter::Hex => sign::hex(&value).into_bytes(),
        Filter::HexUpper => sign::hex_upper(&value).into_bytes(),
        Filter::Base64 => sign::base64(&value).into_bytes(),
        Filter::Base64Url => sign::base64_url(&value).into_bytes(),
        Filter::Length(digits) => sign::byte_length(&value, usize::from(*digits)).into_bytes(),
        Filter::Unbase64 => sign::unbase64(text())?,
        Filter::Unhex => sign::unhex(text())?,
        Filter::Text(filter) => filter.apply(text()).into_bytes(),
    }))
}

/// Applies filters to a name or value of a pair.
fn filtered_text(text: &str, filters: &[Filter]) -> Result<String, SignError> {
    let value = filters.iter().try_fold(Zeroizing::new(text.as_bytes().to_vec()), filtered)?;
    Ok(String::from_utf8_lossy(&value).into_owned())
}

/// Formats one pair.
pub(super) fn formatted(step: &PairsStep, name: &str, value: &str) -> Result<String, SignError> {
    let pieces = match &step.item_empty {
        Some(pieces) if value.is_empty() => pieces,
        _ => &step.item,
    };
    let texts = pieces.iter().map(|piece| match piece {
        ItemPiece::Literal(literal) => Ok(literal.clone()),
        ItemPiece::Key(filters) => filtered_text(name, filters),
        ItemPiece::Value(filters) => filtered_text(value, filters),
    });
    texts.collect()
}

pub(super) fn chosen<'p>(step: &PairsStep, parts: &'p Parts) -> Result<Pairs<'p>, SignError> {
    let mut pairs = Pairs::read(parts, &step.from)?;
    if let Some(only) = &step.only {
        pairs = pairs.only(&strs(only));
    }
    pairs = pairs.except(&strs(&step.except));
    if step.drop_empty {
        pairs = pairs.without_empty();
    }
    if step.drop_files {
        pairs = pairs.without_files();
    }
    let (json, values) = match step.values.split_first() {
        Some((Filter::Text(TextFilter::Json), rest)) => (true, rest),
        _ => (false, step.values.as_slice()),
    };
    if json {
        pairs = pairs.json_values();
    }
    let pairs = pairs.names(|name| filtered_text(name, &step.names))?.values(|value| filtered_text(value, values))?;
    Ok(match &step.merge {
        Some(separator) => pairs.merged(separator),
        None => pairs,
    })
}

pub(super) fn strs(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}
