//! Names that a generated identifier must not take.

use crate::terms::RuntimeName;

/// Keywords of every edition, the reserved ones too: as a value, module or field name they get a trailing underscore.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "Self",
];

/// Methods that every generated struct has, `testing::With` included: a setter of that name would hide them from callers.
const MEMBERS: &[&str] = &[
    "borrow",
    "clone",
    "clone_from",
    "default",
    "eq",
    "fmt",
    "from",
    "into",
    "ne",
    "new",
    "to_owned",
    "try_from",
    "try_into",
    "with",
];

/// Names of the prelude that generated code relies on.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// What a platform's own module and the crate's root define beside the families and platforms.
const MODULES: &[&str] = &["apograph_runtime", "http", "protocol", "rt", "signing", "testing"];

/// Files and folders of a package that Cargo gives a meaning.
const CARGO_FILES: &[&str] = &["benches", "bin", "build", "examples", "lib", "main", "tests"];

/// Crates that come with Rust, and the first steps of its paths: a module of that name would be taken for them.
const RUST_PATHS: &[&str] = &["alloc", "core", "crate", "proc_macro", "self", "std", "super", "test"];

/// Types without an import: a module of that name hides them.
const PRIMITIVE_TYPES: &[&str] = &[
    "bool", "char", "f16", "f32", "f64", "f128", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16", "u32",
    "u64", "u128", "usize",
];

/// Types that a platform's module defines beside the one that represents the platform.
const PLATFORM_TYPES: &[&str] = &["Credentials", "Environment", "SignMethod"];

/// Returns the type that represents a platform. `Platform` is appended if its module already has that name.
#[must_use]
pub fn escape_marker(name: String) -> String {
    if is_taken_type(&name) || PLATFORM_TYPES.contains(&name.as_str()) { name + "Platform" } else { name }
}

/// Whether the text is a keyword of some edition. syn knows those of its own edition only.
#[must_use]
pub fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// Appends an underscore to a keyword.
#[must_use]
pub fn escape_keyword(name: String) -> String {
    if is_keyword(&name) { name + "_" } else { name }
}

/// Appends an underscore to a keyword and to a name that would hide a method of every generated struct.
#[must_use]
pub fn escape_member(name: String) -> String {
    if MEMBERS.contains(&name.as_str()) { name + "_" } else { escape_keyword(name) }
}

/// Whether a nested type must not have this name: the prelude or an import from the runtime has it.
#[must_use]
pub fn is_taken_type(name: &str) -> bool {
    PRELUDE.contains(&name) || RuntimeName::from_word(name).is_some()
}

/// Whether a platform or family module may not be called so.
#[must_use]
pub fn is_taken_module(name: &str) -> bool {
    [MODULES, CARGO_FILES, RUST_PATHS, PRIMITIVE_TYPES].iter().any(|names| names.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setters_hide_no_method() {
        for name in ["new", "with", "try_into"] {
            assert_eq!(escape_member(name.to_owned()), format!("{name}_"));
        }
        assert_eq!(escape_member("within".to_owned()), "within");
    }
}
