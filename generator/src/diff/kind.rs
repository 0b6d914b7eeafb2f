//! The one table of kinds of change. An id, once published, keeps its meaning; a new kind is one more line.

/// Makes the enum and its lookups from the table below, so that a kind is one line.
macro_rules! kinds {
    ($($name:ident = $id:literal, $what:literal;)*) => {
        /// What kind of change it is.
        #[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Kind {
            $(#[doc = concat!("`", $id, "`: ", $what, ".")] $name,)*
        }

        impl Kind {
            /// Every kind, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable id.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// What happened, in a few words.
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
    ApiWireRenamed = "api-wire-renamed", "the API's own name changed";
    ApiRustRenamed = "api-rust-renamed", "Rust name of the request type changed";
    ApiMoved = "api-moved", "API moved to another module";
    ApiFeatureMoved = "api-feature-moved", "API moved to another Cargo feature";
    LockLetGo = "lock-let-go", "the lock lets go of names";
    ApiDeprecated = "api-deprecated", "API deprecated";
    ApiUndeprecated = "api-undeprecated", "API no longer deprecated";
    MethodChanged = "method-changed", "HTTP method changed";
    PathChanged = "path-changed", "path changed";
    ParamLocation = "param-location", "parameter moved into or out of the path";
    AuthNoneToRequired = "auth-none-to-required", "a session is now required";
    AuthNoneToOptional = "auth-none-to-optional", "a session is now accepted";
    AuthOptionalToRequired = "auth-optional-to-required", "the session is required and was optional";
    AuthRequiredToOptional = "auth-required-to-optional", "the session is optional and was required";
    AuthRemoved = "auth-removed", "a session is no longer accepted";
    IdempotentLost = "idempotent-lost", "the call is no longer safe to repeat";
    IdempotentGained = "idempotent-gained", "the call is safe to repeat now";
    SignFact = "sign-fact", "a fact that the signature covers changed";
    RespEnvelopeOwn = "resp-envelope-own", "the API's own name of an envelope member changed";
    // Gateways, transport, envelope: the platform file.
    PlatformAdded = "platform-added", "platform added";
    PlatformRemoved = "platform-removed", "platform removed";
    HostAdded = "host-added", "gateway added";
    HostRemoved = "host-removed", "gateway removed";
    HostChanged = "host-changed", "address of a gateway changed";
    HostDefault = "host-default", "another gateway is the default";
    SchemeChanged = "scheme-changed", "a gateway is reached by http and was by https, or the reverse";
    FamilyDeclared = "family-declared", "family declared";
    FamilyUndeclared = "family-undeclared", "family no longer declared";
    FamilyPrefixes = "family-prefixes", "prefixes of a family changed";
    ReqEncoding = "req-encoding", "encoding of request bodies changed";
    MethodDefault = "method-default", "HTTP method of the pages that name none changed";
    CommonParamAdded = "common-param-added", "parameter added that is set on every call";
    CommonParamChanged = "common-param-changed", "parameter changed that is set on every call";
    CommonParamRemoved = "common-param-removed", "parameter removed that was set on every call";
    HeaderAdded = "header-added", "header added that is set on every call";
    HeaderChanged = "header-changed", "header changed that is set on every call";
    HeaderRemoved = "header-removed", "header removed that was set on every call";
    ReqNullRule = "req-null-rule", "what happens to blank values changed";
    ReqListEncoding = "req-list-encoding", "encoding of lists in requests changed";
    ReqFileForm = "req-file-form", "whether files can be sent changed";
    DateFormat = "date-format", "format or zone of dates changed";
    DecimalForm = "decimal-form", "decimals travel as numbers and were text, or the reverse";
    JsonForm = "json-form", "JSON members travel as values and were text, or the reverse";
    TypeTable = "type-table", "meaning of a type word changed";
    RespLists = "resp-lists", "form of lists in answers changed";
    RespEnvelope = "resp-envelope", "envelope of answers changed";
    RespSuccessRule = "resp-success-rule", "which statuses mean success changed";
    ErrEnvelope = "err-envelope", "envelope of errors changed";
    ErrRetryClass = "err-retry-class", "which errors may be tried again changed";
    ErrWait = "err-wait", "text that tells how long to wait changed";
    DocPlatform = "doc-platform", "title of the platform changed";
    DocFamily = "doc-family", "title of a family changed";
    // Credentials and signing: the platform file.
    CredentialAddedReq = "credential-added-req", "credential added that every client needs";
    CredentialAddedOpt = "credential-added-opt", "credential added that may be left out";
    CredentialRemoved = "credential-removed", "credential removed";
    CredentialKind = "credential-kind", "kind of a credential changed";
    CredentialOptional = "credential-optional", "credential may be left out now";
    CredentialRequired = "credential-required", "credential may no longer be left out";
    CredentialOrder = "credential-order", "order of the credentials changed";
    SignScheme = "sign-scheme", "signing scheme has another name";
    SignAlgAdded = "sign-alg-added", "choice of signature added";
    SignAlgRemoved = "sign-alg-removed", "choice of signature removed";
    SignAlgDefault = "sign-alg-default", "default signature changed";
    SignRuleChanged = "sign-rule-changed", "rule of the signature changed";
    SignFacts = "sign-facts", "facts that the signature asks of every API changed";
    TimestampFormat = "timestamp-format", "format or zone of the timestamp changed";
    SignNonce = "sign-nonce", "form of the nonce changed";
    DocVectors = "doc-vectors", "known answers of the signature changed";
    // The generated package: the crate file.
    CrateRenamed = "crate-renamed", "the package has another name";
    CrateVersion = "crate-version", "version of the package changed";
    CrateLicense = "crate-license", "license of the package changed";
    DocCrate = "doc-crate", "description of the package changed";
    Msrv = "msrv", "oldest Rust version changed";
    FeatureDefaultAdded = "feature-default-added", "family is on by default now";
    FeatureDefaultRemoved = "feature-default-removed", "family is no longer on by default";
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
    ReqTypeIncompatible = "req-type-incompatible", "type replaced";
    ReqTypeWord = "req-type-word", "type spelt in another way";
    ReqTypeRenamed = "req-type-renamed", "the vendor's name of the object changed";
    ReqTypeRustRenamed = "req-type-rust-renamed", "Rust name of the field's type changed";
    ReqReprJson = "req-repr-json", "JSON text became a JSON value, or the reverse";
    ReqScalarToList = "req-scalar-to-list", "single value became a list";
    ReqListToScalar = "req-list-to-scalar", "list became a single value";
    ReqStructToJson = "req-struct-to-json", "object became opaque JSON";
    ReqJsonToStruct = "req-json-to-struct", "opaque JSON became an object";
    ReqMapTypes = "req-map-types", "map became something else, or the reverse";
    ReqRecursion = "req-recursion", "object holds itself now, or no longer does";
    ReqOptionalToRequired = "req-optional-to-required", "required and was optional";
    ReqRequiredToOptional = "req-required-to-optional", "optional and was required";
    ReqTypeMergedSplit = "req-type-merged-split", "the field has another Rust type because of a change elsewhere";
    ReqRequiredUnknown = "req-required-unknown", "whether the field is required came into doubt, or out of it";
    ReqDefaultAdded = "req-default-added", "default added";
    ReqDefaultChanged = "req-default-changed", "default changed";
    ReqDefaultRemoved = "req-default-removed", "default removed";
    ReqEnumOpened = "req-enum-opened", "value set became free text";
    ReqEnumClosed = "req-enum-closed", "free text became a value set";
    ReqEnumValueAdded = "req-enum-value-added", "value added";
    ReqEnumValueRemoved = "req-enum-value-removed", "value removed";
    ReqEnumValueRenumbered = "req-enum-value-renumbered", "value of the same name travels as another text";
    ReqEnumLabel = "req-enum-label", "name of a value changed";
    ReqEnumToText = "req-enum-to-text", "value set travels as text and was numbers";
    ReqEnumToNumber = "req-enum-to-number", "value set travels as numbers and was text";
    ReqLenTightened = "req-len-tightened", "length limit tightened or first set";
    ReqLenLoosened = "req-len-loosened", "length limit loosened or dropped";
    ReqRangeTightened = "req-range-tightened", "range tightened or first set";
    ReqRangeLoosened = "req-range-loosened", "range loosened or dropped";
    ReqItemsTightened = "req-items-tightened", "list limit tightened or first set";
    ReqItemsLoosened = "req-items-loosened", "list limit loosened or dropped";
    ReqDeprecated = "req-deprecated", "field deprecated";
    ReqUndeprecated = "req-undeprecated", "field no longer deprecated";
    // Response fields.
    RespFieldAdded = "resp-field-added", "field added";
    RespFieldRemoved = "resp-field-removed", "field removed";
    RespFieldRenamed = "resp-field-renamed", "field renamed";
    RespFieldRustRenamed = "resp-field-rust-renamed", "Rust name of the field changed";
    RespNestingMoved = "resp-nesting-moved", "field moved";
    RespTypeWidened = "resp-type-widened", "type widened";
    RespTypeNarrowed = "resp-type-narrowed", "type narrowed";
    RespTypeIncompatible = "resp-type-incompatible", "type replaced";
    RespTypeWord = "resp-type-word", "type spelt in another way";
    RespTypeRenamed = "resp-type-renamed", "the vendor's name of the object changed";
    RespTypeRustRenamed = "resp-type-rust-renamed", "Rust name of the field's type changed";
    RespReprJson = "resp-repr-json", "JSON text became a JSON value, or the reverse";
    RespScalarToList = "resp-scalar-to-list", "single value became a list";
    RespListToScalar = "resp-list-to-scalar", "list became a single value";
    RespListWrapper = "resp-list-wrapper", "inner key of a wrapped list changed";
    RespStructToJson = "resp-struct-to-json", "object became opaque JSON";
    RespJsonToStruct = "resp-json-to-struct", "opaque JSON became an object";
    RespMapTypes = "resp-map-types", "map became something else, or the reverse";
    RespRecursion = "resp-recursion", "object holds itself now, or no longer does";
    RespTypeMergedSplit = "resp-type-merged-split", "the field has another Rust type because of a change elsewhere";
    RespPresence = "resp-presence", "mark of presence in the answer changed";
    RespDefault = "resp-default", "default in the answer changed";
    RespEnumOpened = "resp-enum-opened", "value set became free text";
    RespEnumClosed = "resp-enum-closed", "free text became a value set";
    RespEnumValueAdded = "resp-enum-value-added", "value added";
    RespEnumValueRemoved = "resp-enum-value-removed", "value removed";
    RespEnumValueRenumbered = "resp-enum-value-renumbered", "value of the same name travels as another text";
    RespEnumLabel = "resp-enum-label", "name of a value changed";
    RespEnumToText = "resp-enum-to-text", "value set travels as text and was numbers";
    RespEnumToNumber = "resp-enum-to-number", "value set travels as numbers and was text";
    RespLimits = "resp-limits", "documented size changed";
    RespDeprecated = "resp-deprecated", "field deprecated";
    RespUndeprecated = "resp-undeprecated", "field no longer deprecated";
    // Errors and statuses.
    ErrAdded = "err-added", "error added";
    ErrRemoved = "err-removed", "error removed";
    ErrRenumbered = "err-renumbered", "error of the same meaning has another code";
    ErrMeaning = "err-meaning", "error of the same code means something else";
    ErrText = "err-text", "text of an error changed";
    StatusAdded = "status-added", "status added";
    StatusRemoved = "status-removed", "status removed";
    StatusRenumbered = "status-renumbered", "status of the same meaning has another code";
    StatusMeaning = "status-meaning", "status of the same code means something else";
    StatusText = "status-text", "text of a status changed";
    // Words only.
    DocTitle = "doc-title", "title changed";
    DocApi = "doc-api", "description of the API changed";
    DocField = "doc-field", "description changed";
    DocFieldSuspect = "doc-field-suspect", "description changed in a fact that the structure does not show";
    DocApiSuspect = "doc-api-suspect", "description of the API changed in a fact that the structure does not show";
    DocDeprecatedText = "doc-deprecated-text", "the text says that it is deprecated, and nothing marks it so";
    DocUndeprecatedText = "doc-undeprecated-text", "the text no longer says that it is deprecated";
    DocDeprecation = "doc-deprecation", "reason of the deprecation changed";
    DocEnumValue = "doc-enum-value", "text of a value changed";
    DocExample = "doc-example", "example changed";
    DocSampleReq = "doc-sample-req", "request sample changed";
    DocSampleResp = "doc-sample-resp", "response sample changed";
    DocSampleErr = "doc-sample-err", "error sample changed";
    DocUrl = "doc-url", "address of the page changed";
    DocCategory = "doc-category", "place in the vendor's catalogue changed";
    DocRetrieved = "doc-retrieved", "the page's bytes changed";
    DocLayout = "doc-layout", "the page was read in another form";
    DocDoubt = "doc-doubt", "doubt raised or settled";
    DocRenamedFrom = "doc-renamed-from", "note of an earlier name changed";
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
