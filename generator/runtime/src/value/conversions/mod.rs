//! Conversions from and to the types of other crates, each behind a feature.

#[cfg(any(feature = "chrono", test))]
mod chrono;
#[cfg(any(feature = "jiff", test))]
mod jiff;
#[cfg(any(feature = "rust_decimal", test))]
mod rust_decimal;
#[cfg(test)]
mod tests;
