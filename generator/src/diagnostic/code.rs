//! The table of codes. A published code never changes its meaning. A new code is a new line, and an explanation in
//! `explanations/`.
//!
//! 01xx YAML · 02xx spec content · 03xx fixes and doubts · 04xx resolving · 05xx names · 06xx recipes ·
//! 07xx vectors · 08xx lock and output files ·
//! 10xx pages · 11xx approvals.

/// The severity of a finding.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// The run stops before it writes anything.
    Error,
    /// The run continues.
    Warning,
}

impl Severity {
    /// Returns the word that reports use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Defines the enum and its lookups from the table below, so that a code is one line.
macro_rules! codes {
    ($($name:ident = $id:literal, $why:literal;)*) => {
        /// The kind of a finding.
        #[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum Code {
            $(#[doc = concat!($id, ": ", $why, ".")] $name,)*
        }

        impl Code {
            /// All codes, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Returns the stable id: `E` for an error, `W` for a warning, and four digits.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// Returns what the code means, in one line.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $why,)* }
            }
        }
    };
}

codes! {
    // 01xx: reading YAML
    Syntax = "E0101", "the file is not valid YAML";
    RepeatedKey = "E0102", "a mapping contains the same key twice";
    UnknownKey = "E0103", "the format has no such key here";
    WrongKind = "E0104", "a mapping, a list or a single value is expected here";
    WrongValue = "E0105", "the value does not have the expected form";
    MissingKey = "E0106", "a required key is missing";
    NotPlainData = "E0107", "the file uses YAML features beyond plain data";
    TooLarge = "E0108", "the file is too large or too deeply nested";
    BadKey = "E0109", "a key is not plain text";
    EmptyFile = "E0110", "the file is empty";
    NotUtf8 = "E0111", "the file is not valid UTF-8";
    Unreadable = "E0112", "a file or folder cannot be read";
    Comments = "E0113", "rewriting the transcript would delete its comments";
    TooMany = "E0114", "the file has more findings than are reported";
    // 02xx: spec content and the layout of the specs folder
    MissingFile = "E0201", "a required file is missing";
    UnknownFile = "E0202", "a file or folder does not belong in the specs folder";
    BadName = "E0203", "the name of a file or folder cannot become a Rust module";
    Symlink = "E0204", "symbolic links are not allowed in the specs folder";
    OrphanFix = "E0205", "a fix file has no transcript";
    RequiredInResponse = "E0206", "a response field has a required mark";
    UndoubtedUnknown = "E0207", "an unknown mark is not listed as a doubt";
    BadDoubt = "E0208", "a doubt does not match its transcript, or is listed twice";
    // 03xx: fixes and doubts
    UnknownPath = "E0301", "a fix names a fact that does not exist";
    WasDiffers = "E0302", "the transcript does not contain the value that a fix replaces";
    RepeatedFix = "E0303", "two fixes set the same fact";
    IdleFix = "E0304", "a fix changes nothing and settles no doubt";
    BadFixValue = "E0305", "a fix sets a value that the fact cannot have";
    UnsettledDoubt = "W0306", "no fix settles a doubt of the transcript";
    QuoteDiffers = "E0307", "the page no longer contains the text that a fix quotes";
    // 04xx: resolving
    UnknownType = "E0401", "a type cannot be parsed";
    ScalarWithMembers = "W0402", "a scalar type has members, so the field becomes a JSON value";
    NestedFile = "W0403", "a file is nested where no encoding is documented, so the field becomes a JSON value";
    UnlikelyType = "W0404", "the type of a field without members is not a known word";
    ValuesOfNoText = "E0405", "a set of values does not fit the type of its field";
    WrongFamily = "E0406", "an API is in the folder of another family";
    UndeclaredFamily = "W0407", "a family is not declared in the platform file";
    RepeatedApi = "E0408", "an API is transcribed twice";
    NoSession = "E0410", "the session requirement of an API is missing or does not fit its platform";
    ReservedParameter = "E0411", "a parameter has the name of another one that is set on every call";
    BadPath = "E0412", "the path of an API is not absolute and plain, or refers to no request field";
    MissingFact = "E0413", "an API lacks a fact that its platform's signature needs";
    BadEnvironment = "E0414", "an environment is not a valid gateway address";
    BadDate = "E0415", "the format or zone of dates is not supported";
    BadEnvelope = "E0416", "an envelope is incomplete or contradicts itself";
    BadWait = "E0417", "`retry.wait` does not contain `{seconds}` exactly once";
    BadPackage = "E0418", "Cargo or crates.io would reject the package's name, version, keywords or categories";
    UnknownFamily = "E0419", "a default family does not exist";
    NotConserved = "E0420", "a field or API was lost on the way to the crate, which is a bug in apograph";
    OneScheme = "E0421", "a platform does not have exactly one signing scheme";
    BadApiName = "E0422", "the name of an API contains characters that no platform uses";
    TakenFeature = "E0423", "a Cargo feature of families has a name that generated crates use already";
    UnmatchedError = "E0424", "no answer can match an entry of a platform's table of errors";
    BadMessage = "E0425", "a message in a platform's table of errors has a placeholder that nothing fills, or a single brace";
    BadPlacement = "E0426", "a field cannot be sent where the spec puts it";
    BadFeature = "E0427", "a declared feature has no families, unknown ones, or a name that does not fit";
    UnmatchedOnly = "E0428", "an entry of `only` matches no API";
    // 05xx: names
    NoIdentifier = "E0501", "a name contains nothing that a Rust identifier can be made of";
    NameClash = "E0502", "two items would get the same Rust name";
    UselessName = "E0503", "a Rust name in a fix is the default name";
    UnusableName = "E0504", "a Rust name in a fix or in the lock is not allowed";
    ReservedModule = "E0505", "a folder has the name of a module that Rust or generated code uses";
    MisnamedFile = "E0506", "the name of a transcript differs from its module's";
    // 06xx: signing recipes
    RecipeTemplate = "E0601", "a template cannot be parsed";
    RecipeUnknownName = "E0602", "a template uses a name that is not declared above it";
    RecipeName = "E0603", "a name is declared twice, reserved or invalid";
    RecipeWord = "E0604", "a word is not part of the recipe language here";
    RecipeKind = "E0606", "raw bytes are used as text, or text as raw bytes";
    RecipeSecret = "E0607", "the recipe would send a secret, or a digest of nothing but secrets";
    RecipeUnsettled = "E0608", "a part of the request is read before it is complete";
    RecipeSignsItself = "E0609", "a placed field is among the pairs that are signed";
    RecipeUnused = "E0610", "nothing that is sent depends on a declared name";
    RecipeClock = "E0611", "a clock has no valid format and offset";
    RecipeStep = "E0612", "a step is unknown or incomplete";
    RecipeVariant = "E0613", "a variant is incomplete, or the default variant does not exist";
    RecipeOptional = "E0614", "the `?` of an optional name is missing or misplaced";
    // 07xx: vectors of signing recipes
    NoVector = "E0701", "a signing scheme has no vectors";
    VariantWithoutVector = "W0702", "a variant of a signing scheme has no vector";
    BadVector = "E0703", "a vector is incomplete or contradictory";
    VectorFails = "E0704", "the request of a vector cannot be signed";
    VectorMismatch = "E0705", "the recipe does not reproduce a vector";
    // 08xx: output files
    BadLock = "E0801", "a line of the lock cannot be parsed";
    LostPlatform = "E0802", "the lock contains APIs of a platform that the specs no longer have";
    UnlockedUnknown = "E0803", "an API to unlock is not in the lock";
    MissingLock = "E0804", "the lock of a generated crate is missing";
    // 10xx: pages
    UnknownPage = "E1001", "the page is in no known layout";
    NotRead = "E1002", "pages of this kind are not transcribed";
    ErrorPage = "E1003", "the page is an error page or a failed answer";
    PageCut = "E1004", "the page ends before all of its tables";
    PageTooLarge = "E1005", "the page is too large";
    BrokenJson = "E1006", "the page is JSON but not a record of an API";
    NoApiName = "E1007", "the page does not contain the name of its API";
    StrayLine = "E1008", "a line of a table belongs to no row";
    NoFamily = "E1009", "no family was found for the API";
    OtherApi = "E1010", "the page is of another API than the one named by `--api`";
    OtherPlatform = "E1011", "the page is of another platform than the one named by `--platform`";
    TakenPlace = "E1012", "the path of the transcript is taken";
    PageMissed = "E1013", "a page cannot be fetched";
    HandWritten = "W1014", "the page of a hand-written transcript is not compared";
    CannotDeclare = "E1015", "families cannot be inserted into a platform file";
    // 11xx: approvals
    ApprovalExpired = "E1101", "an approval has expired";
    ApprovalUnmatched = "E1102", "an approval matches no change";
    RepeatedApproval = "E1103", "two approvals have the same fingerprint";
}

impl Code {
    /// Returns whether the finding means that the run failed, rather than that its input is wrong: a file that cannot be
    /// read, or a wrong argument.
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::Unreadable | Self::UnlockedUnknown)
    }

    /// Returns the severity of findings with this code, unless the run denies them.
    pub const fn severity(self) -> Severity {
        match self.id().as_bytes() {
            [b'W', ..] => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_well_formed() {
        let mut ids: Vec<_> = Code::ALL.iter().map(|code| code.id().split_at(1)).collect();
        assert!(ids.iter().all(|(letter, digits)| ["E", "W"].contains(letter) && digits.len() == 4));
        let sorted = ids.is_sorted_by_key(|(_, digits)| *digits);
        assert!(sorted, "the table is in the order of its ids");
        ids.dedup_by_key(|(_, digits)| *digits);
        assert_eq!(ids.len(), Code::ALL.len());
    }
}
