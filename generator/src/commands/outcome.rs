//! How a command ended.

/// How a command ended.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Well.
    Done,
    /// With findings that ask for an answer: exit code 1.
    Found,
}
