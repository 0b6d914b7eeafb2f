//! What a platform documents about its errors for all APIs.

/// Errors that mean the same in all APIs of a platform.
#[derive(Debug)]
pub struct ErrorTable {
    /// By code, or by status. An API's own row for a status replaces the entry here.
    pub codes: &'static [KnownError],
    /// By sub code, or by the start of sub codes if the key ends in `*`.
    pub sub_codes: &'static [KnownError],
    /// By the text that an API's own table has for the code or status.
    pub texts: &'static [KnownError],
}

/// An error that means the same in all APIs of a platform.
#[derive(Debug, PartialEq, Eq)]
pub struct KnownError {
    pub(crate) key: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) hint: Option<&'static str>,
    pub(crate) clock: bool,
    pub(crate) message: Option<&'static str>,
}

impl KnownError {
    /// Describes the error with this code, sub code or text.
    pub const fn new(key: &'static str, meaning: &'static str) -> Self {
        Self { key, meaning, hint: None, clock: false, message: None }
    }

    /// Sets what to do about the error.
    pub const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Marks the error as one that rejects the time of the request.
    pub const fn clock(mut self) -> Self {
        self.clock = true;
        self
    }

    /// Sets the message that the platform sends with the error. It can have the placeholders `{parameter}` and `{sub_code}`.
    pub const fn message(mut self, message: &'static str) -> Self {
        self.message = Some(message);
        self
    }
}

impl ErrorTable {
    /// A table without entries.
    pub const NONE: Self = Self { codes: &[], sub_codes: &[], texts: &[] };

    /// Returns the entry of a sub code: its own, or that without the detail after a colon, or the longest start of it.
    pub(crate) fn sub_code(&self, sub_code: &str) -> Option<&'static KnownError> {
        let general = sub_code.split_once(':').map_or(sub_code, |(general, _)| general);
        let starts = self.sub_codes.iter().filter_map(|entry| Some((entry.key.strip_suffix('*')?, entry)));
        let longest = || starts.filter(|(start, _)| sub_code.starts_with(start)).max_by_key(|(start, _)| start.len());
        find(self.sub_codes, sub_code)
            .or_else(|| find(self.sub_codes, general))
            .or_else(|| longest().map(|(_, entry)| entry))
    }
}

/// Returns the entry with this key.
pub(crate) fn find(entries: &'static [KnownError], key: &str) -> Option<&'static KnownError> {
    entries.iter().find(|entry| entry.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: ErrorTable = ErrorTable {
        codes: &[],
        sub_codes: &[
            KnownError::new("isp.*", "isp.*").hint("wait"),
            KnownError::new("isp.top-*", "isp.top-*"),
            KnownError::new("isv.missing", "isv.missing"),
        ],
        texts: &[],
    };

    #[test]
    fn sub_codes_are_found_by_name_then_by_the_longest_start() {
        let key = |sub_code| TABLE.sub_code(sub_code).map(|entry| entry.key);
        assert_eq!(key("isv.missing"), Some("isv.missing"));
        assert_eq!(key("isv.missing:nicks"), Some("isv.missing"));
        assert_eq!(key("isp.busy"), Some("isp.*"));
        assert_eq!(key("isp.top-parse-error"), Some("isp.top-*"));
        assert_eq!(key("isv.missing-more"), None);
        assert_eq!(key("*"), None);
    }
}
