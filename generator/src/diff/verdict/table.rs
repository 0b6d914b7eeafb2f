//! The verdict of each kind, in the order of the table of kinds.
//!
//! Judged is the crate that is really generated: request structs are `#[non_exhaustive]` with public `Option` fields
//! and setters, `new()` takes nothing, required marks and limits are checked when a request is encoded, response
//! fields are `Option`, value sets are open enums, errors are a table, and decoding is lenient and counted.

use super::{Bump, Level, Wire};
use crate::diff::Kind as K;

use Level::{Doc, Error, Hidden, Info, Warning};
use Touch::{Adds, Breaks, Depends, Name, Nothing, Place, Presence, Type};

/// What of the generated code a kind of change touches.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Touch {
    /// No public item.
    Nothing,
    /// Something is added, whatever else there is.
    Adds,
    /// Depends on what is used.
    Depends,
    /// Something goes.
    Breaks,
    /// Whether the field is there.
    Presence,
    /// The field's name.
    Name,
    /// The field's struct and name.
    Place,
    /// The field's type.
    Type,
}

/// What a kind of change means, whatever stands before and after.
pub(super) struct Row {
    pub(super) touch: Touch,
    pub(super) wire: Wire,
    pub(super) behaviour: bool,
    pub(super) docs: bool,
    pub(super) level: Level,
    /// The least bump, for what no plane shows.
    pub(super) least: Bump,
    pub(super) why: &'static str,
    /// The same where a lock keeps what callers name; nothing if `why` holds there, too.
    pub(super) kept: Option<&'static str>,
}

impl Row {
    const fn if_kept(mut self, why: &'static str) -> Self {
        self.kept = Some(why);
        self
    }

    const fn at_least(mut self, least: Bump) -> Self {
        self.least = least;
        self
    }

    const fn docs(mut self) -> Self {
        self.docs = true;
        self
    }

    const fn acts(mut self) -> Self {
        self.behaviour = true;
        self
    }

    /// Whether the row's source verdict comes from comparing items.
    pub(super) const fn is_about_items(&self) -> bool {
        matches!(self.touch, Presence | Name | Place | Type)
    }
}

const fn new(touch: Touch, wire: Wire, level: Level, why: &'static str) -> Row {
    Row { touch, wire, behaviour: false, docs: false, level, least: Bump::None, why, kept: None }
}

/// Nothing changes for callers.
const fn quiet(level: Level, why: &'static str) -> Row {
    new(Nothing, Wire::Works, level, why)
}

/// Only the docs change.
const fn text(level: Level, why: &'static str) -> Row {
    quiet(level, why).docs()
}

/// Old binaries work.
const fn works(touch: Touch, level: Level, why: &'static str) -> Row {
    new(touch, Wire::Works, level, why)
}

/// Whether old binaries work depends on what they do.
const fn depends(touch: Touch, level: Level, why: &'static str) -> Row {
    new(touch, Wire::Depends, level, why).acts()
}

/// Old binaries fail.
const fn fails(touch: Touch, why: &'static str) -> Row {
    new(touch, Wire::Fails, Error, why).acts()
}

/// The one verdict of a kind. Long because a table is.
#[rustfmt::skip]
pub(super) const fn row(kind: K) -> Row {
    match kind {
        // The API itself.
        K::ApiAdded => works(Adds, Info, "there is a new module and its types").docs(),
        K::ApiRemoved => fails(Breaks, "its module is gone, and the page says no more that the call is answered").docs().if_kept("the page says no more that the call is answered: old binaries go on sending it, new ones fail before that"),
        K::ApiWireRenamed => fails(Breaks, "calls of the old name are no longer documented, and modules and types are named after the new one").docs().if_kept("calls of the old name are no longer documented"),
        K::ApiRustRenamed => works(Breaks, Error, "the request type and its response have other names; nothing changes on the wire").docs(),
        K::ApiMoved => works(Breaks, Error, "its types stand under another path; nothing changes on the wire").docs(),
        K::ApiFeatureMoved => works(Breaks, Error, "callers have to turn on another Cargo feature; nothing changes on the wire").docs(),
        K::LockLetGo => works(Breaks, Error, "callers' code names them, and nothing keeps them any more; nothing changes on the wire").docs(),
        K::ApiDeprecated => works(Adds, Warning, "callers get a deprecation warning").docs(),
        K::ApiUndeprecated => text(Info, "callers no longer get a deprecation warning"),
        K::MethodChanged => fails(Nothing, "old binaries send the request with the old method"),
        K::PathChanged => fails(Nothing, "old binaries send the request to the old path"),
        K::ParamLocation => fails(Nothing, "old binaries send the parameter where it is no longer read"),
        K::AuthNoneToRequired => fails(Nothing, "old binaries send no session with the call").docs(),
        K::AuthNoneToOptional => text(Info, "a session of the client is sent now").acts().at_least(Bump::Minor),
        K::AuthOptionalToRequired => depends(Nothing, Error, "calls without a session fail").docs(),
        K::AuthRequiredToOptional => text(Info, "calls without a session are no longer refused before they are sent").acts(),
        K::AuthRemoved => depends(Nothing, Warning, "a session of the client is no longer sent; old binaries still send it").docs(),
        K::IdempotentLost => quiet(Error, "the client no longer repeats the call by itself").acts().at_least(Bump::Minor),
        K::IdempotentGained => quiet(Info, "the client may repeat the call by itself").acts().at_least(Bump::Minor),
        K::SignFact => fails(Nothing, "old binaries sign another fact"),
        K::RespEnvelopeOwn => fails(Nothing, "old binaries look for the status or message under another name"),
        // Gateways, transport, envelope.
        K::PlatformAdded => works(Adds, Info, "there is a new module with everything of the platform").docs(),
        K::PlatformRemoved => fails(Breaks, "the platform's module is gone"),
        K::HostAdded => works(Adds, Info, "`Environment` has another variant").docs(),
        K::HostRemoved => fails(Breaks, "a variant of `Environment` is gone, and old binaries may call that gateway").docs(),
        K::HostChanged => fails(Nothing, "old binaries call the old address").docs(),
        K::HostDefault => quiet(Warning, "clients that choose no gateway call another one").acts().at_least(Bump::Minor),
        K::SchemeChanged => depends(Nothing, Warning, "old binaries call by the old scheme").docs().at_least(Bump::Minor),
        K::FamilyDeclared | K::FamilyUndeclared => quiet(Hidden, "what it does to APIs is told with them"),
        K::FamilyPrefixes => quiet(Info, "modules and types are named after what the prefix leaves; the APIs that it moves are told apart"),
        K::ReqEncoding => fails(Nothing, "old binaries send bodies that are no longer read"),
        K::MethodDefault => quiet(Info, "what it does to APIs is told with them"),
        K::CommonParamAdded => depends(Nothing, Warning, "the client sends it by itself; old binaries do not").at_least(Bump::Minor),
        K::CommonParamChanged => depends(Nothing, Warning, "the client sends the new value by itself; old binaries send the old one").at_least(Bump::Minor),
        K::CommonParamRemoved => depends(Nothing, Warning, "the client no longer sends it; old binaries do").at_least(Bump::Minor),
        K::HeaderAdded => depends(Nothing, Warning, "the client sends it by itself; old binaries do not").at_least(Bump::Minor),
        K::HeaderChanged => depends(Nothing, Warning, "the client sends the new value by itself; old binaries send the old one").at_least(Bump::Minor),
        K::HeaderRemoved => quiet(Info, "the client no longer sends it").acts(),
        K::ReqNullRule => depends(Nothing, Warning, "blank values are sent and were not, or the reverse"),
        K::ReqListEncoding => fails(Nothing, "old binaries write lists in a form that is no longer read"),
        K::ReqFileForm => fails(Nothing, "files travel in another way; the fields whose type it changes are told apart"),
        K::DateFormat => fails(Nothing, "old binaries write and read dates in another form or zone"),
        K::DecimalForm => fails(Nothing, "old binaries write decimals in another form"),
        K::JsonForm => fails(Nothing, "old binaries write JSON members in another form"),
        K::TypeTable => quiet(Info, "the fields whose type it changes are told apart"),
        K::RespLists => quiet(Warning, "old binaries read both forms, and count that it was not the documented one").acts(),
        K::RespEnvelope => fails(Nothing, "old binaries look for the answer under another name"),
        K::RespSuccessRule => fails(Nothing, "old binaries take failures for successes, or the reverse"),
        K::ErrEnvelope => fails(Nothing, "old binaries do not find what an error says"),
        K::ErrRetryClass => quiet(Warning, "the client tries other errors again").acts().at_least(Bump::Minor),
        K::ErrWait => quiet(Info, "the client waits another time before it tries again").acts(),
        K::DocPlatform | K::DocFamily => text(Doc, "only the docs name it"),
        // Credentials and signing.
        K::CredentialAddedReq => fails(Breaks, "`Credentials::new` takes one argument more, which old binaries do not send"),
        K::CredentialAddedOpt => works(Adds, Info, "`Credentials` has another setter"),
        K::CredentialRemoved => depends(Breaks, Error, "an argument of `Credentials::new`, or a setter, is gone"),
        K::CredentialKind => fails(Depends, "`Credentials` takes another type of it, or sends it in another way"),
        K::CredentialOptional => works(Breaks, Error, "`Credentials::new` takes one argument less"),
        K::CredentialRequired => fails(Breaks, "`Credentials::new` takes one argument more"),
        K::CredentialOrder => works(Depends, Error, "arguments of `Credentials::new` change places").acts(),
        K::SignScheme => quiet(Hidden, "only the docs of the signature name it"),
        K::SignAlgAdded => works(Adds, Info, "`SignMethod` has another variant").docs(),
        K::SignAlgRemoved => fails(Breaks, "a variant of `SignMethod` is gone, and old binaries may sign by it").docs(),
        K::SignAlgDefault => quiet(Warning, "clients that choose no signature sign in another way").acts().at_least(Bump::Minor),
        K::SignRuleChanged => fails(Nothing, "old binaries send a signature that is no longer right"),
        K::SignFacts => fails(Nothing, "old binaries sign without a fact that is asked for, or with one too many"),
        K::TimestampFormat => fails(Nothing, "old binaries write the time in another form or zone"),
        K::SignNonce => depends(Nothing, Warning, "the client makes another nonce; old binaries make the old one").at_least(Bump::Minor),
        K::DocVectors => quiet(Info, "the generated tests of the signature change"),
        // The generated package.
        K::CrateRenamed => works(Breaks, Error, "callers name the package in their manifest and in every path"),
        K::CrateVersion => quiet(Info, "a release"),
        K::CrateLicense => quiet(Warning, "callers' own rules may not allow it"),
        K::DocCrate => text(Doc, "the registry shows it"),
        K::Msrv => works(Nothing, Warning, "callers on an older Rust cannot build it").at_least(Bump::Minor),
        K::FeatureDefaultAdded => works(Adds, Info, "callers compile more unless they turn defaults off"),
        K::FeatureDefaultRemoved => works(Breaks, Error, "callers that rely on the default have to turn the feature on"),
        // Request fields.
        K::ReqFieldAddedOpt => works(Presence, Info, "callers may set it").docs(),
        K::ReqFieldAddedReq => fails(Presence, "old binaries do not send it, and new ones are refused until they set it").docs(),
        K::ReqFieldRemovedOpt => depends(Presence, Error, "old binaries that send it are refused or ignored").docs(),
        K::ReqFieldRemovedReq => depends(Presence, Error, "old binaries go on sending it, and are refused or ignored").docs(),
        K::ReqFieldRenamed => fails(Name, "old binaries send the old name").docs(),
        K::ReqFieldRustRenamed => works(Name, Info, "nothing changes on the wire").docs(),
        K::ReqNestingMoved => fails(Place, "old binaries send it in the old place").docs(),
        K::ReqTypeWidened => works(Type, Warning, "what old binaries send is still taken").docs(),
        K::ReqTypeNarrowed => depends(Type, Error, "old binaries may send what is no longer taken").docs(),
        K::ReqTypeIncompatible => fails(Type, "old binaries send another type").docs(),
        K::ReqTypeWord => works(Type, Info, "the new word means the same").docs(),
        K::ReqTypeRenamed => works(Type, Info, "type names do not travel").docs(),
        K::ReqTypeRustRenamed => works(Type, Info, "nothing changes on the wire").docs(),
        K::ReqReprJson => depends(Type, Error, "old binaries send text where a JSON value is expected, or the reverse").at_least(Bump::Minor),
        K::ReqScalarToList => depends(Type, Error, "old binaries send a single value where a list is expected").docs(),
        K::ReqListToScalar => fails(Type, "old binaries send a list where a single value is expected").docs(),
        K::ReqStructToJson => depends(Type, Error, "the page no longer says what the JSON holds").docs(),
        K::ReqJsonToStruct => depends(Type, Warning, "old binaries send whatever JSON they made").docs(),
        K::ReqMapTypes => depends(Type, Error, "old binaries send another shape").docs(),
        K::ReqRecursion => works(Type, Warning, "the value stands in a `Box`, or no longer does").docs(),
        K::ReqOptionalToRequired => fails(Nothing, "calls that leave it out are refused, by the client before they are sent").docs(),
        K::ReqRequiredToOptional => text(Info, "the client no longer refuses calls that leave it out").acts(),
        K::ReqTypeMergedSplit => works(Type, Error, "the type is called or made otherwise because of a change elsewhere; nothing changes on the wire").docs(),
        K::ReqRequiredUnknown => quiet(Doc, "what is in doubt is not checked"),
        K::ReqDefaultAdded | K::ReqDefaultChanged => text(Warning, "callers that leave it out get another result").acts(),
        K::ReqDefaultRemoved => depends(Nothing, Warning, "callers that leave it out can no longer rely on the default").docs(),
        K::ReqEnumOpened => works(Type, Info, "any text is taken").docs(),
        K::ReqEnumClosed => depends(Type, Error, "the field's type is an open enum now; the setter takes text as before").docs(),
        K::ReqEnumValueAdded => works(Adds, Info, "the enum has another variant").docs(),
        K::ReqEnumValueRemoved => depends(Breaks, Error, "a variant is gone, and old binaries may send its value").docs().if_kept("old binaries may send its value"),
        K::ReqEnumValueRenumbered => fails(Nothing, "the same variant sends another value").docs(),
        K::ReqEnumLabel => works(Breaks, Error, "the variant has another name; the value stays").docs(),
        K::ReqEnumToText => fails(Breaks, "old binaries send numbers; the enum is no longer made from `i64`"),
        K::ReqEnumToNumber => fails(Adds, "old binaries send text; the enum is made from `i64`, too"),
        K::ReqLenTightened | K::ReqRangeTightened | K::ReqItemsTightened => depends(Nothing, Warning, "calls beyond the limit are refused, by the client before they are sent").docs(),
        K::ReqLenLoosened | K::ReqRangeLoosened | K::ReqItemsLoosened => text(Info, "the client lets larger values pass; old binaries still refuse them").acts(),
        K::ReqDeprecated => works(Adds, Warning, "callers get a deprecation warning").docs(),
        K::ReqUndeprecated => text(Info, "callers no longer get a deprecation warning"),
        // Response fields.
        K::RespFieldAdded => works(Presence, Info, "old binaries count it as unknown and go on").docs(),
        K::RespFieldRemoved => depends(Presence, Error, "old binaries find nothing in it").docs(),
        K::RespFieldRenamed => depends(Name, Error, "old binaries find nothing under the old name").docs().at_least(Bump::Minor),
        K::RespFieldRustRenamed => works(Name, Info, "nothing changes on the wire").docs(),
        K::RespNestingMoved => depends(Place, Error, "old binaries find nothing in the old place").docs(),
        K::RespTypeWidened => depends(Type, Warning, "values that do not fit the old type leave the field of old binaries empty, and are counted").docs(),
        K::RespTypeNarrowed => works(Type, Info, "what comes still fits the old type").docs(),
        K::RespTypeIncompatible => fails(Type, "values do not fit the old type: the field of old binaries stays empty").docs(),
        K::RespTypeWord => works(Type, Info, "the new word means the same").docs(),
        K::RespTypeRenamed => works(Type, Info, "type names do not travel").docs(),
        K::RespTypeRustRenamed => works(Type, Info, "nothing changes on the wire").docs(),
        K::RespReprJson => works(Type, Info, "both forms are read").acts(),
        K::RespScalarToList => fails(Type, "a list does not fit a single value: the field of old binaries stays empty").docs(),
        K::RespListToScalar => works(Type, Error, "old binaries read a single value as a list of one").docs().acts(),
        K::RespListWrapper => quiet(Info, "any sole key is read; another one than documented is counted").acts(),
        K::RespStructToJson | K::RespJsonToStruct => fails(Type, "what comes does not fit the old type: the field of old binaries stays empty").docs(),
        K::RespMapTypes => depends(Type, Error, "what comes may not fit the old type").docs(),
        K::RespRecursion => works(Type, Warning, "the value stands in a `Box`, or no longer does").docs(),
        K::RespPresence => quiet(Info, "every field of an answer is optional, whatever the page promises"),
        K::RespDefault => text(Info, "an answer is read as it comes"),
        K::RespTypeMergedSplit => works(Type, Error, "the type is called or made otherwise because of a change elsewhere; nothing changes on the wire").docs(),
        K::RespEnumOpened => works(Type, Warning, "the enum is gone").docs(),
        K::RespEnumClosed => works(Type, Warning, "the field's type is an open enum now").docs(),
        K::RespEnumValueAdded => works(Adds, Info, "the enum has another variant; the value was `Unknown` before").docs().acts(),
        K::RespEnumValueRemoved => works(Breaks, Error, "a variant is gone; its value would be `Unknown`").docs().acts().if_kept("its value no longer comes"),
        K::RespEnumValueRenumbered => depends(Nothing, Error, "old binaries take the new value for `Unknown`, or the old one for another").docs().at_least(Bump::Minor),
        K::RespEnumLabel => works(Breaks, Error, "the variant has another name; the value stays").docs(),
        K::RespEnumToText => works(Breaks, Error, "both forms are read; the enum is no longer made from `i64`").acts(),
        K::RespEnumToNumber => works(Adds, Info, "both forms are read; the enum is made from `i64`, too").acts(),
        K::RespLimits => text(Info, "nothing checks it; callers may have made room by it").acts(),
        K::RespDeprecated => works(Adds, Warning, "callers get a deprecation warning").docs(),
        K::RespUndeprecated => text(Info, "callers no longer get a deprecation warning"),
        // Errors and statuses.
        K::ErrAdded | K::StatusAdded => text(Info, "codes are open: callers may look for it"),
        K::ErrRemoved | K::StatusRemoved => text(Warning, "callers that look for it may wait in vain"),
        K::ErrRenumbered | K::StatusRenumbered => depends(Nothing, Error, "callers that look for the old code no longer find it").docs().at_least(Bump::Minor),
        K::ErrMeaning | K::StatusMeaning => depends(Nothing, Error, "callers that look for the code act on another meaning, and nothing else shows it").docs().at_least(Bump::Major),
        K::ErrText | K::StatusText => text(Doc, "only the docs tell it"),
        // Words only.
        K::DocTitle | K::DocApi | K::DocField | K::DocDeprecation | K::DocEnumValue | K::DocExample | K::DocUrl => text(Doc, "only the docs tell it"),
        K::DocFieldSuspect | K::DocApiSuspect => text(Warning, "the text changes a fact that no structured key tells: is there really no change of structure?").acts(),
        K::DocDeprecatedText => text(Warning, "callers get no warning until a fix sets `deprecated`").acts(),
        K::DocUndeprecatedText => text(Info, "was it deprecated by a fix?"),
        K::DocSampleReq | K::DocSampleResp | K::DocSampleErr => quiet(Doc, "samples are no part of the crate"),
        K::DocCategory => quiet(Doc, "modules and features do not follow the vendor's catalogue"),
        K::DocRetrieved | K::DocLayout => quiet(Hidden, "it is how the page came, not what it says"),
        K::DocDoubt => quiet(Doc, "what is in doubt is the best guess"),
        K::DocRenamedFrom => quiet(Hidden, "it confirms a rename to this tool"),
        // Order.
        K::OrderFieldsReq | K::OrderFieldsResp | K::OrderEnum => quiet(Info, "fields and variants are named, never counted"),
        K::OrderTables => quiet(Hidden, "rows are found by their code"),
    }
}
