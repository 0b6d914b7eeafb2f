//! The text files that the arguments name.

use std::io::{self, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::files::{self, Limit};

/// Maximum size of a request or a file of credentials. The largest gateway known takes 10 MB in one request.
const LARGEST: Limit = Limit::mib(16);

/// Size in bytes up to which a file is read into one allocation, because growing would leave copies of credentials in memory.
const USUAL: usize = 64 << 10;

/// A text, and its name for messages. The text may contain credentials, so it is zeroed on drop.
pub(in crate::commands) struct Input {
    pub(in crate::commands) name: String,
    pub(in crate::commands) text: Zeroizing<String>,
}

impl Input {
    /// Reads a file, or standard input for `-`.
    ///
    /// # Errors
    ///
    /// The message for the user.
    pub(in crate::commands) fn read(path: &Path) -> Result<Self, String> {
        if path == Path::new("-") {
            return Ok(Self { name: "standard input".to_owned(), text: standard_input()? });
        }
        Self::read_file(path)
    }

    /// Reads a file. A link or pipe is followed: unlike a file in the specs, the user has named it, perhaps as `<(command)`.
    ///
    /// # Errors
    ///
    /// The message for the user.
    pub(in crate::commands) fn read_file(path: &Path) -> Result<Self, String> {
        let name = path.to_string_lossy().replace('\\', "/");
        let failed = |error: &dyn std::fmt::Display| format!("cannot read {name}: {error}");
        let text = files::open_named(path)
            .map_err(|error| error.to_string())
            .and_then(bounded)
            .map_err(|error| failed(&error))?;
        Ok(Self { text, name })
    }

    /// Returns `name:line:column` of ascending offsets in the text. The text is read once, however many there are.
    pub(super) fn places(&self, offsets: impl Iterator<Item = usize>) -> impl Iterator<Item = String> {
        let (mut at, mut line, mut column) = (0, 1, 1);
        offsets.map(move |offset| {
            for char in self.text.get(at..offset).unwrap_or_default().chars() {
                (line, column) = if char == '\n' { (line + 1, 1) } else { (line, column + 1) };
            }
            at = offset.max(at);
            format!("{}:{line}:{column}", self.name)
        })
    }
}

fn standard_input() -> Result<Zeroizing<String>, String> {
    bounded(io::stdin().lock()).map_err(|error| format!("cannot read standard input: {error}"))
}

/// Reads a text up to the limit, without a byte order mark.
fn bounded(reader: impl Read) -> Result<Zeroizing<String>, String> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(USUAL));
    reader.take(LARGEST.count() + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if !LARGEST.admits(bytes.len() as u64) {
        return Err(format!("it is larger than {LARGEST}"));
    }
    let text = core::str::from_utf8(&bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    Ok(Zeroizing::new(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters() {
        let input = Input { name: "x".to_owned(), text: "中a\n\nb\r\n".to_owned().into() };
        let places: Vec<String> = input.places([0, 3, 5, 6, 6, 9, 100].into_iter()).collect();
        assert_eq!(places, ["x:1:1", "x:1:2", "x:2:1", "x:3:1", "x:3:1", "x:4:1", "x:4:1"]);
    }
}
