//! The table of change kinds. A published id keeps its meaning; adding a kind means adding one line here.

/// Generates the enum and its lookups from the table below, so that each kind takes one line.
macro_rules! kinds {
    ($($name:ident = $id:literal, $what:literal;)*) => {
        /// The kind of a change.
        #[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Kind {
            $(#[doc = concat!("`", $id, "`: ", $what, ".")] $name,)*
        }

        impl Kind {
            /// All kinds, in table order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Returns the stable id.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// Returns a short title of the change.
            pub const fn what(self) -> &'static str {
                match self { $(Self::$name => $what,)* }
            }
        }
    };
}

kinds! {
    // The API itself.
    ApiAdded = "api-added", "API added";
    ApiRemoved = "api-removed", "API removed";
    ApiWireRenamed = "api-wire-renamed", "API renamed by the vendor";
    ApiRustRenamed = "api-rust-renamed", "Rust name of the request type changed";
    ApiMoved = "api-moved", "API moved to another module";
    ApiFeatureMoved = "api-feature-moved", "API moved to another Cargo feature";
    LockLetGo = "lock-let-go", "names released from the lock";
    ApiDeprecated = "api-deprecated", "API deprecated";
    ApiUndeprecated = "api-undeprecated", "API no longer deprecated";
    MethodChanged = "method-changed", "HTTP method changed";
    PathChanged = "path-changed", "path changed";
    ParamLocation = "param-location", "parameter moved into or out of the path";
    AuthNoneToRequired = "auth-none-to-required", "session now required";
    AuthNoneToOptional = "auth-none-to-optional", "session now accepted";
    AuthOptionalToRequired = "auth-optional-to-required", "session changed from optional to required";
    AuthRequiredToOptional = "auth-required-to-optional", "session changed from required to optional";
    AuthRemoved = "auth-removed", "session no longer accepted";
    IdempotentLost = "idempotent-lost", "call no longer safe to repeat";
    IdempotentGained = "idempotent-gained", "call now safe to repeat";
    SignFact = "sign-fact", "fact that the signature covers changed";
    RespEnvelopeOwn = "resp-envelope-own", "API-specific envelope member changed";
    // The specs themselves.
    SpecNotCompared = "spec-not-compared", "not compared, because the spec has errors";
    FixStale = "fix-stale", "fix no longer applies, and is left out of the comparison";
    // Gateways, transport, envelope: the platform file.
    PlatformAdded = "platform-added", "platform added";
    PlatformRemoved = "platform-removed", "platform removed";
    HostAdded = "host-added", "gateway added";
    HostRemoved = "host-removed", "gateway removed";
    HostChanged = "host-changed", "gateway address changed";
    HostDefault = "host-default", "default gateway changed";
    SchemeChanged = "scheme-changed", "gateway changed from http to https";
    SchemeDowngraded = "scheme-downgraded", "gateway changed from https to http";
    HostInsecure = "host-insecure", "gateway marked as insecure";
    HostSecured = "host-secured", "gateway no longer marked as insecure";
    FamilyDeclared = "family-declared", "family declared";
    FamilyUndeclared = "family-undeclared", "family no longer declared";
    FamilyPrefixes = "family-prefixes", "prefixes of a family changed";
    ReqEncoding = "req-encoding", "encoding of request bodies changed";
    MethodDefault = "method-default", "default HTTP method changed";
    ApiParamChanged = "api-param-changed", "parameter that names the API changed";
    CommonParamAdded = "common-param-added", "common parameter added";
    CommonParamChanged = "common-param-changed", "common parameter changed";
    CommonParamRemoved = "common-param-removed", "common parameter removed";
    HeaderAdded = "header-added", "common header added";
    HeaderChanged = "header-changed", "common header changed";
    HeaderRemoved = "header-removed", "common header removed";
    ReqNullRule = "req-null-rule", "handling of blank values changed";
    ReqListEncoding = "req-list-encoding", "encoding of lists in requests changed";
    ReqFileForm = "req-file-form", "encoding of file uploads changed";
    DateFormat = "date-format", "format or zone of dates changed";
    DecimalForm = "decimal-form", "decimals switched between number and text";
    JsonForm = "json-form", "JSON members switched between value and text";
    TypeTable = "type-table", "meaning of a type word changed";
    RespLists = "resp-lists", "encoding of lists in responses changed";
    RespEnvelope = "resp-envelope", "response envelope changed";
    RespSuccessRule = "resp-success-rule", "set of success statuses changed";
    ErrEnvelope = "err-envelope", "error envelope changed";
    ErrRetryClass = "err-retry-class", "set of retryable errors changed";
    ErrWait = "err-wait", "message that contains the retry delay changed";
    ErrKnownAdded = "err-known-added", "error added to the platform's table";
    ErrKnownRemoved = "err-known-removed", "error removed from the platform's table";
    ErrKnownText = "err-known-text", "meaning or hint in the platform's table of errors changed";
    ErrKnownMessage = "err-known-message", "message that the platform sends with an error changed";
    ErrClock = "err-clock", "set of errors that reject the time of a request changed";
    DocPlatform = "doc-platform", "platform title changed";
    DocFamily = "doc-family", "family title changed";
    // Credentials and signing: the platform file.
    CredentialAddedReq = "credential-added-req", "required credential added";
    CredentialAddedOpt = "credential-added-opt", "optional credential added";
    CredentialRemoved = "credential-removed", "credential removed";
    CredentialKind = "credential-kind", "kind of credential changed";
    CredentialExposed = "credential-exposed", "credential loses protection";
    CredentialOptional = "credential-optional", "credential changed from required to optional";
    CredentialRequired = "credential-required", "credential changed from optional to required";
    CredentialOrder = "credential-order", "order of credentials changed";
    SignScheme = "sign-scheme", "signing scheme renamed";
    SignAlgAdded = "sign-alg-added", "signature method added";
    SignAlgRemoved = "sign-alg-removed", "signature method removed";
    SignAlgDefault = "sign-alg-default", "default signature method changed";
    SignRuleChanged = "sign-rule-changed", "signing rule changed";
    SignFacts = "sign-facts", "set of API values covered by the signature changed";
    TimestampFormat = "timestamp-format", "format or zone of the timestamp changed";
    SignNonce = "sign-nonce", "nonce format changed";
    DocVectors = "doc-vectors", "signature test vectors changed";
    DocServer = "doc-server", "behavior of the mock server changed";
    // The generated package: the crate file.
    CrateRenamed = "crate-renamed", "package renamed";
    CrateVersion = "crate-version", "package version changed";
    CrateLicense = "crate-license", "package license changed";
    DocCrate = "doc-crate", "package description changed";
    Msrv = "msrv", "minimum supported Rust version changed";
    FeatureDefaultAdded = "feature-default-added", "family now enabled by default";
    FeatureDefaultRemoved = "feature-default-removed", "family no longer enabled by default";
    // Request fields.
    ReqFieldAddedOpt = "req-field-added-opt", "optional field added";
    ReqFieldAddedReq = "req-field-added-req", "required field added";
    ReqFieldRemovedOpt = "req-field-removed-opt", "optional field removed";
    ReqFieldRemovedReq = "req-field-removed-req", "required field removed";
    ReqFieldRenamed = "req-field-renamed", "field renamed";
    ReqFieldRustRenamed = "req-field-rust-renamed", "Rust name of the field changed";
    ReqNestingMoved = "req-nesting-moved", "field moved";
    ReqTypeWidened = "req-type-widened", "type widened";
    ReqTypeNarrowed = "req-type-narrowed", "type narrowed";
    ReqTypeIncompatible = "req-type-incompatible", "type changed incompatibly";
    ReqTypeWord = "req-type-word", "type spelled differently";
    ReqTypeRenamed = "req-type-renamed", "vendor's name of the object type changed";
    ReqTypeRustRenamed = "req-type-rust-renamed", "Rust name of the field's type changed";
    ReqReprJson = "req-repr-json", "field switched between JSON text and JSON value";
    ReqScalarToList = "req-scalar-to-list", "single value became a list";
    ReqListToScalar = "req-list-to-scalar", "list became a single value";
    ReqStructToJson = "req-struct-to-json", "object became opaque JSON";
    ReqJsonToStruct = "req-json-to-struct", "opaque JSON became an object";
    ReqMapTypes = "req-map-types", "map replaced by another type, or the reverse";
    ReqRecursion = "req-recursion", "object became recursive, or no longer is";
    ReqOptionalToRequired = "req-optional-to-required", "field changed from optional to required";
    ReqRequiredToOptional = "req-required-to-optional", "field changed from required to optional";
    ReqTypeMergedSplit = "req-type-merged-split", "Rust type changed because of a change elsewhere";
    ReqRequiredUnknown = "req-required-unknown", "doubt about the required mark raised or settled";
    ReqDefaultAdded = "req-default-added", "default added";
    ReqDefaultChanged = "req-default-changed", "default changed";
    ReqDefaultRemoved = "req-default-removed", "default removed";
    ReqEnumOpened = "req-enum-opened", "value set became free text";
    ReqEnumClosed = "req-enum-closed", "free text became a value set";
    ReqEnumValueAdded = "req-enum-value-added", "value added";
    ReqEnumValueRemoved = "req-enum-value-removed", "value removed";
    ReqEnumValueRenumbered = "req-enum-value-renumbered", "value now has another wire text";
    ReqEnumLabel = "req-enum-label", "name of a value changed";
    ReqEnumToText = "req-enum-to-text", "value set changed from numbers to text";
    ReqEnumToNumber = "req-enum-to-number", "value set changed from text to numbers";
    ReqLenTightened = "req-len-tightened", "length limit tightened or added";
    ReqLenLoosened = "req-len-loosened", "length limit loosened or removed";
    ReqRangeTightened = "req-range-tightened", "range tightened or added";
    ReqRangeLoosened = "req-range-loosened", "range loosened or removed";
    ReqItemsTightened = "req-items-tightened", "list limit tightened or added";
    ReqItemsLoosened = "req-items-loosened", "list limit loosened or removed";
    ReqDeprecated = "req-deprecated", "field deprecated";
    ReqUndeprecated = "req-undeprecated", "field no longer deprecated";
    // Fields of both sides.
    LogShown = "log-shown", "value now shown in logs";
    LogHidden = "log-hidden", "value no longer shown in logs";
    // Response fields.
    RespFieldAdded = "resp-field-added", "field added";
    RespFieldRemoved = "resp-field-removed", "field removed";
    RespFieldRenamed = "resp-field-renamed", "field renamed";
    RespFieldRustRenamed = "resp-field-rust-renamed", "Rust name of the field changed";
    RespNestingMoved = "resp-nesting-moved", "field moved";
    RespTypeWidened = "resp-type-widened", "type widened";
    RespTypeNarrowed = "resp-type-narrowed", "type narrowed";
    RespTypeIncompatible = "resp-type-incompatible", "type changed incompatibly";
    RespTypeWord = "resp-type-word", "type spelled differently";
    RespTypeRenamed = "resp-type-renamed", "vendor's name of the object type changed";
    RespTypeRustRenamed = "resp-type-rust-renamed", "Rust name of the field's type changed";
    RespReprJson = "resp-repr-json", "field switched between JSON text and JSON value";
    RespScalarToList = "resp-scalar-to-list", "single value became a list";
    RespListToScalar = "resp-list-to-scalar", "list became a single value";
    RespListWrapper = "resp-list-wrapper", "inner key of a wrapped list changed";
    RespStructToJson = "resp-struct-to-json", "object became opaque JSON";
    RespJsonToStruct = "resp-json-to-struct", "opaque JSON became an object";
    RespMapTypes = "resp-map-types", "map replaced by another type, or the reverse";
    RespRecursion = "resp-recursion", "object became recursive, or no longer is";
    RespTypeMergedSplit = "resp-type-merged-split", "Rust type changed because of a change elsewhere";
    RespPresence = "resp-presence", "required mark in the response changed";
    RespDefault = "resp-default", "default in the response changed";
    RespEnumOpened = "resp-enum-opened", "value set became free text";
    RespEnumClosed = "resp-enum-closed", "free text became a value set";
    RespEnumValueAdded = "resp-enum-value-added", "value added";
    RespEnumValueRemoved = "resp-enum-value-removed", "value removed";
    RespEnumValueRenumbered = "resp-enum-value-renumbered", "value now has another wire text";
    RespEnumLabel = "resp-enum-label", "name of a value changed";
    RespEnumToText = "resp-enum-to-text", "value set changed from numbers to text";
    RespEnumToNumber = "resp-enum-to-number", "value set changed from text to numbers";
    RespLimits = "resp-limits", "documented limit changed";
    RespDeprecated = "resp-deprecated", "field deprecated";
    RespUndeprecated = "resp-undeprecated", "field no longer deprecated";
    // Errors and statuses.
    ErrAdded = "err-added", "error added";
    ErrRemoved = "err-removed", "error removed";
    ErrRenumbered = "err-renumbered", "error code changed, same meaning";
    ErrMeaning = "err-meaning", "error code now has another meaning";
    ErrText = "err-text", "error text changed";
    StatusAdded = "status-added", "status added";
    StatusRemoved = "status-removed", "status removed";
    StatusRenumbered = "status-renumbered", "status code changed, same meaning";
    StatusMeaning = "status-meaning", "status code now has another meaning";
    StatusText = "status-text", "status text changed";
    // Documentation only.
    DocTitle = "doc-title", "title changed";
    DocApi = "doc-api", "API description changed";
    DocField = "doc-field", "description changed";
    DocFieldSuspect = "doc-field-suspect", "description states another fact, but no structured key changed";
    DocApiSuspect = "doc-api-suspect", "API description states another fact, but no structured key changed";
    DocDeprecatedText = "doc-deprecated-text", "text now calls it deprecated, but it is not marked as deprecated";
    DocUndeprecatedText = "doc-undeprecated-text", "text no longer calls it deprecated";
    DocDeprecation = "doc-deprecation", "deprecation reason changed";
    DocEnumValue = "doc-enum-value", "description of a value changed";
    DocExample = "doc-example", "example changed";
    DocSampleReq = "doc-sample-req", "request sample changed";
    DocSampleResp = "doc-sample-resp", "response sample changed";
    DocSampleErr = "doc-sample-err", "error sample changed";
    DocUrl = "doc-url", "page address changed";
    DocCategory = "doc-category", "position in the vendor's catalogue changed";
    DocRetrieved = "doc-retrieved", "page digest changed";
    DocLayout = "doc-layout", "page layout changed";
    DocDoubt = "doc-doubt", "doubt raised or settled";
    DocRenamedFrom = "doc-renamed-from", "`renamed_from` changed";
    // Order.
    OrderFieldsReq = "order-fields-req", "order of request fields changed";
    OrderFieldsResp = "order-fields-resp", "order of response fields changed";
    OrderEnum = "order-enum", "order of values changed";
    OrderTables = "order-tables", "order of errors, statuses or samples changed";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_unique_and_in_kebab_case() {
        let ids: BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.id()).collect();
        assert_eq!(ids.len(), Kind::ALL.len());
        assert!(ids.iter().all(|id| id.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
    }
}
