//! The one table of codes. A code, once published, keeps its meaning; a new one is one more line.
//!
//! 01xx reading YAML · 02xx spec content · 03xx fixes and doubts · 04xx resolving · 05xx names · 06xx recipes ·
//! 07xx vectors · 08xx output files · 09xx command line ·
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

/// Makes the enum and its lookups from the table below, so that a code is one line.
macro_rules! codes {
    ($($name:ident = $id:literal, $why:literal;)*) => {
        /// What kind of finding it is.
        #[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum Code {
            $(#[doc = concat!($id, ": ", $why, ".")] $name,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable id: `E` for an error, `W` for a warning, and four digits.
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
    Syntax = "E0101", "the file is not YAML";
    RepeatedKey = "E0102", "a mapping has a key twice; a plain reader would silently keep the last";
    UnknownKey = "E0103", "the format has no such key here";
    WrongKind = "E0104", "a mapping, a list or a single value stands where another is expected";
    WrongValue = "E0105", "the value is not of the form or not one of the words expected here";
    MissingKey = "E0106", "a key that the format demands is not there";
    NotPlainData = "E0107", "anchors, aliases, tags, directives and several documents are refused: a spec is plain data";
    TooLarge = "E0108", "the file is too large or nested too deeply to be a spec";
    BadKey = "E0109", "a key must be plain text";
    EmptyFile = "E0110", "the file holds nothing";
    NotUtf8 = "E0111", "the file is not UTF-8";
    Unreadable = "E0112", "the file or folder cannot be read";
    Comments = "E0113", "rewriting a transcript would lose its comments";
    TooMany = "E0114", "a file has so many findings that only the first are shown";
    // 02xx: spec content and the layout of the specs folder
    MissingFile = "E0201", "a file that the layout demands is not there";
    UnknownFile = "E0202", "the layout has no place for this file or folder";
    BadName = "E0203", "the name of a file or folder is not one that can become a module";
    Symlink = "E0204", "symbolic links are refused: they lead out of the specs folder";
    OrphanFix = "E0205", "a fix file has no transcript beside it";
    RequiredInResponse = "E0206", "the fields of a response have no required mark";
    UndoubtedUnknown = "E0207", "an unknown mark must be listed as a doubt";
    BadDoubt = "E0208", "a doubt names nothing in its transcript, or is listed twice";
    // 03xx: fixes and doubts
    UnknownPath = "E0301", "a fix names something that is no fact of its transcript";
    WasDiffers = "E0302", "the transcript no longer says what a fix corrects";
    RepeatedFix = "E0303", "two fixes set one fact";
    IdleFix = "E0304", "a fix changes nothing and settles no doubt";
    BadFixValue = "E0305", "the value a fix sets is not of the fact's form";
    UnsettledDoubt = "W0306", "a doubt of the transcript is not settled by a fix";
    // 04xx: resolving
    UnknownType = "E0401", "a type word is none";
    ScalarWithMembers = "W0402", "a scalar has members, so it is kept as a JSON value";
    NestedFile = "W0403", "a file stands where no encoding of files is documented, so it is kept as a JSON value";
    UnlikelyType = "W0404", "a named type without members is spelt almost like a common type";
    ValuesOfNoText = "E0405", "a set of values does not fit its field's type";
    WrongFamily = "E0406", "an API's name and its folder belong to different families";
    UndeclaredFamily = "W0407", "a family is not declared in the platform file";
    RepeatedApi = "E0408", "an API is transcribed twice";
    TooManyFamilies = "E0409", "there are more families than a registry takes Cargo features";
    NoSession = "E0410", "whether a call needs a session does not fit the platform";
    ReservedParameter = "E0411", "a business parameter is called like one that is set on every call";
    BadPath = "E0412", "a path is not absolute and plain, or names no field of the request";
    MissingFact = "E0413", "an API lacks a fact that its platform's signature needs";
    BadEnvironment = "E0414", "an environment is not the address of a gateway";
    BadDate = "E0415", "a date's pattern or zone cannot be written";
    BadEnvelope = "E0416", "an envelope is of two kinds, or of none";
    BadWait = "E0417", "the sentence that tells a wait has no place for its seconds";
    BadPackage = "E0418", "Cargo would not take the package's name or version";
    UnknownFamily = "E0419", "a family that is on by default does not exist";
    NotConserved = "E0420", "a field or API got lost on the way into the model: a defect of apograph";
    OneScheme = "E0421", "a platform has exactly one signing scheme";
    BadApiName = "E0422", "an API's name has signs that no platform uses in names";
    TakenFeature = "E0423", "a family's Cargo feature is one that every generated crate has";
    // 05xx: names
    NoIdentifier = "E0501", "a word holds nothing that a Rust identifier could";
    NameClash = "E0502", "two things would get one Rust name";
    UselessName = "E0503", "a name that people gave is the one that would be given anyway";
    UnusableName = "E0504", "a name that people gave cannot be a Rust name of its kind";
    ReservedModule = "E0505", "a folder is called like a module that Rust or generated code has";
    MisnamedFile = "E0506", "a transcript's file name is not its module's";
    // 06xx: signing recipes
    RecipeTemplate = "E0601", "a template cannot be read";
    RecipeUnknownName = "E0602", "a template uses a name that is not declared above it";
    RecipeName = "E0603", "a name is declared twice, is taken by the language, or cannot be a name";
    RecipeWord = "E0604", "a word of the recipe language is expected here";
    RecipeLater = "E0605", "the construct belongs to the recipe language and is not supported yet";
    RecipeKind = "E0606", "raw bytes stand where text is needed, or text where raw bytes are";
    RecipeSecret = "E0607", "a recipe never sends a secret, nor a digest of nothing but secrets";
    RecipeUnsettled = "E0608", "a text of the request is read before it is complete";
    RecipeSignsItself = "E0609", "a placed field is among the pairs that are signed";
    RecipeUnused = "E0610", "nothing that is sent depends on a declared name";
    RecipeClock = "E0611", "a clock has a format and a fixed offset";
    RecipeStep = "E0612", "a step is one of the language's steps, with all it needs";
    RecipeVariant = "E0613", "every variant makes what the scheme places, and the default is one of them";
    RecipeOptional = "E0614", "a name that may be absent, and only such a name, is marked with `?`";
    // 07xx: vectors of signing recipes
    NoVector = "E0701", "a signing scheme has a known answer, or says why it has none";
    VariantWithoutVector = "W0702", "a variant of a signing scheme has no known answer";
    BadVector = "E0703", "a known answer cannot be tried";
    VectorFails = "E0704", "the request of a known answer cannot be signed";
    VectorMismatch = "E0705", "a signing scheme does not give a known answer";
    // 08xx: output files
    BadLock = "E0801", "a line of the lock cannot be read";
    LostPlatform = "E0802", "the lock keeps APIs of a platform that the specs no longer have";
    UnlockedUnknown = "E0803", "an API that is to be unlocked is not in the lock";
    // 10xx: pages
    UnknownPage = "E1001", "the page is in none of the layouts that are known";
    NotRead = "E1002", "the page is of a kind that is known and not read";
    ErrorPage = "E1003", "the page is the answer to a request that failed";
    PageCut = "E1004", "the page breaks off before all its tables";
    PageTooLarge = "E1005", "the page is too large to be one";
    BrokenJson = "E1006", "the page is JSON, and no record of an API";
    NoApiName = "E1007", "the page does not name its API";
    StrayLine = "E1008", "a line of a table belongs to no row";
    NoFamily = "E1009", "no family takes the API";
    OtherApi = "E1010", "the page is another API's than the one that was named";
    OtherPlatform = "E1011", "the page is of another platform than the run";
    TakenPlace = "E1012", "the place of a transcript is taken";
    // 11xx: approvals
    ApprovalExpired = "E1101", "the day until which a change was approved is over";
    ApprovalUnmatched = "E1102", "an approval fits no change";
    RepeatedApproval = "E1103", "two approvals are of one change";
}

impl Code {
    /// Returns whether the finding means that the run failed, rather than that its input is wrong: a file that cannot be
    /// read, or a wrong argument.
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::Unreadable | Self::UnlockedUnknown)
    }

    /// How bad findings with this code are, unless the run denies warnings.
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
