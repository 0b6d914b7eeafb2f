//! The verdict of each kind. That of a changed type is derived from the side and from what becomes of its values; the
//! other kinds have a row, in the order of the table of kinds.
//!
//! A row's level is that of a change that breaks no caller and no request; [`level`](super::level) raises it.
//!
//! Verdicts describe the crate as it is generated: request structs are `#[non_exhaustive]` with public `Option` fields
//! and setters, `new()` takes no arguments, required marks and limits are checked when a request is encoded, response
//! fields are `Option`, value sets are open enums, errors are a table, and decoding is lenient and counts coercions.

use super::{Bump, Level, Wire};
use crate::diff::Kind as K;
use crate::diff::kind::{Edit, Fact};
use crate::model::SideName;

use Level::{Doc, Error, Hidden, Info, Warning};
use Touch::{Adds, Breaks, Depends, Name, Nothing, Place, Presence, Type};

/// The part of the generated code that a kind of change affects.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Touch {
    /// No public item.
    Nothing,
    /// Adds an item, whatever the rest of the crate contains.
    Adds,
    /// May break callers, depending on what they use.
    Depends,
    /// Removes an item.
    Breaks,
    /// Whether the field exists.
    Presence,
    /// The field's name.
    Name,
    /// The field's struct and name.
    Place,
    /// The field's type.
    Type,
}

/// What a kind of change means, independent of the old and new values.
pub(super) struct Row {
    pub(super) touch: Touch,
    pub(super) wire: Wire,
    pub(super) behaviour: bool,
    pub(super) docs: bool,
    pub(super) level: Level,
    /// Minimum bump, for what none of the effects shows.
    pub(super) least: Bump,
    pub(super) why: &'static str,
    /// Replaces `why` where a lock keeps what callers use. `None` if `why` holds there too.
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

    /// Replaces what the kind alone tells of the wire by what becomes of the values of a changed type.
    pub(super) const fn on_wire(self, kind: K, wire: Wire) -> Self {
        match (kind.fact, kind.side) {
            (Fact::Type, Some(side)) => retyped(side, kind.edit, Some(wire)),
            (Fact::SignRule, _) => signed(wire),
            _ => Self { wire, ..self },
        }
    }

    /// Returns whether the source verdict comes from comparing items.
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
    new(touch, Wire::Fails, Warning, why).acts()
}

/// Returns the verdict of a changed type. Without `wire`, the edit alone decides.
const fn retyped(side: SideName, edit: Edit, wire: Option<Wire>) -> Row {
    use SideName::{Request, Response};
    match edit {
        Edit::Respelled => return works(Type, Info, "the new spelling means the same type").docs(),
        Edit::Renamed => return works(Type, Info, "type names are not sent on the wire").docs(),
        Edit::RustRenamed => return works(Type, Info, "nothing changes on the wire").docs(),
        Edit::Recursion => return works(Type, Warning, "recursion adds or removes a `Box`").docs(),
        Edit::Elsewhere => {
            return works(
                Type,
                Warning,
                "the type has another name or shape because of a change elsewhere; nothing changes on the wire",
            )
            .docs();
        }
        _ => {}
    }
    // Requests contain what the old type allows, and answers what the new one does.
    let wire = match (wire, side, edit) {
        (Some(wire), ..) => wire,
        (None, Request, Edit::Widened) | (None, Response, Edit::Narrowed) => Wire::Works,
        (None, _, Edit::Replaced) => Wire::Fails,
        (None, ..) => Wire::Depends,
    };
    let why = reason(side, edit, wire);
    let row = match wire {
        Wire::Works => works(Type, Info, why),
        Wire::Depends => depends(Type, Warning, why),
        Wire::Fails => fails(Type, why),
    };
    match (edit, side) {
        // The Rust type and its docs stay.
        (Edit::JsonRepacked, Request) => row.at_least(Bump::Minor),
        (Edit::JsonRepacked, Response) => row.acts(),
        _ => row.docs(),
    }
}

/// Returns the verdict of a changed signing rule.
const fn signed(wire: Wire) -> Row {
    match wire {
        Wire::Works => {
            quiet(Info, "requests of old binaries are still valid, because the credential is optional").acts()
        }
        Wire::Depends => {
            depends(Nothing, Warning, "requests of old binaries are valid only with, or only without, the credential")
        }
        Wire::Fails => fails(Nothing, "old binaries send a signature that is no longer valid"),
    }
}

/// Returns what becomes of values when a type changes.
#[rustfmt::skip]
const fn reason(side: SideName, edit: Edit, wire: Wire) -> &'static str {
    use SideName::{Request, Response};
    use Wire::{Depends, Fails, Works};
    match (side, edit, wire) {
        (Request, Edit::JsonRepacked, Depends | Fails) => "old binaries send text where a JSON value is expected, or the reverse",
        (Request, Edit::ToList, Works) => "a single value is also a list of one",
        (Request, Edit::ToList, Depends) => "old binaries may send a single value where a list is expected",
        (Request, Edit::ToList, Fails) => "old binaries send a single value where a list is expected",
        (Request, Edit::ToSingle, Depends) => "old binaries may send several values where a single one is expected",
        (Request, Edit::ToSingle, Fails) => "old binaries send a list where a single value is expected",
        (Request, Edit::ToObject | Edit::ToOrFromMap, Depends) => "old binaries may send JSON of another shape",
        (Request, _, Works) => "the vendor still accepts what old binaries send",
        (Request, _, Depends) => "old binaries may send values that are no longer accepted",
        (Request, _, Fails) => "old binaries send values that are no longer accepted",
        (Response, Edit::JsonRepacked | Edit::ToJson | Edit::ToObject, Works) => "old binaries read both JSON text and objects",
        (Response, Edit::ToList, Works) => "old binaries keep the list as JSON text",
        (Response, Edit::ToList, Depends) => "a list of several values does not fit a single value and leaves the field empty in old binaries",
        (Response, Edit::ToSingle, Works) => "old binaries read a single value as a list of one",
        (Response, Edit::Widened, Works) => "old binaries keep any text",
        (Response, _, Works) => "the new values still fit the old type",
        (Response, _, Depends) => "in old binaries, values that do not fit the old type leave the field empty and are counted",
        (Response, _, Fails) => "the new values do not fit the old type, so the field stays empty in old binaries",
    }
}

/// Returns the verdict of a kind. Long because it is a table.
#[rustfmt::skip]
pub(super) const fn row(kind: K) -> Row {
    match kind {
        K { side: Some(side), fact: Fact::Type, edit } => retyped(side, edit, None),
        // The specs themselves.
        K::SpecNotCompared => depends(Nothing, Error, "it cannot be compared"),
        K::FixStale => quiet(Warning, "the transcript is compared without this entry"),
        // The API itself.
        K::ApiAdded => works(Adds, Info, "the crate gains a module with the API's types").docs(),
        K::ApiRemoved => fails(Breaks, "the module is gone, and the vendor no longer documents the call").docs().if_kept("the vendor no longer documents the call: old binaries still send it, new ones fail before sending"),
        K::ApiWireRenamed => fails(Breaks, "the vendor no longer documents the old name, and the module and its types are named after the new one").docs().if_kept("the vendor no longer documents the old name"),
        K::ApiRustRenamed => works(Breaks, Warning, "the request and response types are renamed; nothing changes on the wire").docs(),
        K::ApiMoved => works(Breaks, Warning, "the API's types have another path; nothing changes on the wire").docs(),
        K::ApiFeatureAdded => works(Adds, Info, "callers can enable the API by another Cargo feature; the old one still enables it").docs(),
        K::ApiFeatureMoved => works(Breaks, Warning, "callers must enable another Cargo feature; nothing changes on the wire").docs(),
        K::LockLetGo => works(Breaks, Warning, "callers may use these names, and the lock no longer keeps them; nothing changes on the wire").docs(),
        K::ApiDeprecated | K::ReqDeprecated | K::RespDeprecated => works(Adds, Warning, "callers get a deprecation warning").docs(),
        K::ApiUndeprecated | K::ReqUndeprecated | K::RespUndeprecated => text(Info, "callers no longer get a deprecation warning"),
        K::MethodChanged => fails(Nothing, "old binaries send the request with the old method"),
        K::PathChanged => fails(Nothing, "old binaries send the request to the old path"),
        K::ParamLocation => fails(Nothing, "old binaries send the parameter in a place where it is no longer read"),
        K::AuthNoneToRequired => fails(Nothing, "old binaries send the call without a session").docs(),
        K::AuthNoneToOptional => text(Warning, "the client now sends its session with the call").acts().at_least(Bump::Minor),
        K::AuthOptionalToRequired => depends(Nothing, Error, "calls without a session fail").docs(),
        K::AuthRequiredToOptional => text(Info, "the client no longer rejects calls without a session").acts(),
        K::AuthRemoved => depends(Nothing, Warning, "the client no longer sends its session; old binaries still do").docs(),
        K::IdempotentLost => quiet(Error, "`Operation::is_idempotent` is now false: callers must no longer repeat the call automatically").acts().at_least(Bump::Minor),
        K::LogShown => quiet(Error, "`Debug` of the type now shows the field's value, so logs may contain it").acts().docs().at_least(Bump::Minor),
        K::LogHidden => quiet(Info, "`Debug` of the type shows only the value's kind and length").acts().docs(),
        K::IdempotentGained => quiet(Info, "the client may retry the call automatically").acts().at_least(Bump::Minor),
        K::SignFact => fails(Nothing, "old binaries sign the old value"),
        K::RespEnvelopeOwn => fails(Nothing, "old binaries look for the status or message under the old name"),
        // Gateways, transport, envelope.
        K::PlatformAdded => works(Adds, Info, "the crate gains a module for the platform").docs(),
        K::PlatformRemoved => fails(Breaks, "the platform's module is gone"),
        K::HostAdded => works(Adds, Info, "`Environment` gains a variant").docs(),
        K::HostRemoved => fails(Breaks, "a variant of `Environment` is gone, and old binaries may still call that gateway").docs(),
        K::HostChanged => fails(Nothing, "old binaries call the old address").docs(),
        K::HostDefault => quiet(Error, "clients that do not choose a gateway now call another one").acts().at_least(Bump::Minor),
        K::SchemeChanged => depends(Nothing, Warning, "old binaries still use http").docs().at_least(Bump::Minor),
        K::SchemeDowngraded => depends(Nothing, Error, "the new client sends everything unencrypted; old binaries still use https").docs().at_least(Bump::Minor),
        K::HostInsecure => quiet(Error, "requests to this gateway are not encrypted: everybody between the client and the gateway can read and change them").acts().docs(),
        K::HostSecured => text(Info, "the docs no longer warn about the gateway"),
        K::FamilyDeclared | K::FamilyUndeclared | K::FeatureDeclared | K::FeatureUndeclared | K::FeatureFamilies => quiet(Hidden, "effects on APIs are listed with the APIs"),
        K::FamilyPrefixes => quiet(Info, "modules and types are named by what follows the prefix; moved APIs are listed separately"),
        K::ReqEncoding => fails(Nothing, "old binaries send bodies in a form that is no longer accepted"),
        K::MethodDefault => quiet(Info, "effects on APIs are listed with the APIs"),
        K::ApiParamChanged => fails(Nothing, "the gateway learns from this parameter which API is called, and old binaries still send the old one"),
        K::CommonParamAdded | K::HeaderAdded => depends(Nothing, Warning, "the new client sends it automatically; old binaries do not send it").at_least(Bump::Minor),
        K::CommonParamChanged | K::HeaderChanged => depends(Nothing, Warning, "the new client sends the new value automatically; old binaries send the old value").at_least(Bump::Minor),
        K::CommonParamRemoved => depends(Nothing, Warning, "the new client no longer sends it; old binaries still do").at_least(Bump::Minor),
        K::HeaderRemoved => quiet(Info, "the new client no longer sends it").acts(),
        K::ReqNullRule => depends(Nothing, Warning, "the new client sends blank values that were left out before, or the reverse"),
        K::ReqListEncoding => fails(Nothing, "old binaries send lists in a form that is no longer accepted"),
        K::ReqFileForm => fails(Nothing, "files are sent in another way; fields whose type changes are listed separately"),
        K::DateFormat => fails(Nothing, "old binaries write and read dates in the old format or zone"),
        K::DecimalForm => fails(Nothing, "old binaries send decimals in the old form"),
        K::JsonForm => fails(Nothing, "old binaries send JSON members in the old form"),
        K::TypeTable => quiet(Info, "fields whose type changes are listed separately"),
        K::RespLists => quiet(Warning, "old binaries accept both forms, and count a coercion").acts(),
        K::RespEnvelope => fails(Nothing, "old binaries look for the response under the old name"),
        K::RespSuccessRule => fails(Nothing, "old binaries treat failures as successes, or the reverse"),
        K::ErrEnvelope => fails(Nothing, "old binaries cannot read the code and message of an error"),
        K::ErrRetryClass => quiet(Warning, "`Error::is_retryable` is now true for a different set of errors").acts().at_least(Bump::Minor),
        K::ErrKnownAdded => quiet(Info, "error messages explain this code; a server failure (HTTP 5xx) with it now counts as an answer of the platform").acts(),
        K::ErrKnownRemoved => quiet(Warning, "error messages no longer explain this code; a server failure (HTTP 5xx) with it no longer counts as an answer of the platform").acts(),
        K::ErrKnownText => quiet(Doc, "error messages contain another text").acts(),
        K::ErrKnownMessage => quiet(Doc, "only tests see it: `apograph mock` and `testing::Failure` send another message").acts(),
        K::ErrClock => quiet(Warning, "`Error::is_clock` is now true for a different set of errors").acts().at_least(Bump::Minor),
        K::ErrWait => quiet(Info, "the new client reads the retry delay from another message").acts(),
        K::DocPlatform | K::DocFamily | K::DocFeature => text(Doc, "only the docs contain it"),
        // Credentials and signing.
        K::CredentialAddedReq => fails(Breaks, "`Credentials::new` takes one more argument, and old binaries do not send this credential"),
        K::CredentialAddedOpt => works(Adds, Info, "`Credentials` gains a setter"),
        K::CredentialRemoved => depends(Breaks, Warning, "an argument of `Credentials::new`, or a setter, is gone"),
        K::CredentialKind => fails(Depends, "the credential has another type in `Credentials`, or is sent elsewhere"),
        K::CredentialExposed => works(Depends, Error, "the client may now send the credential, or show it in `Debug`, logs and reports").acts(),
        K::CredentialHidden => quiet(Info, "the recipe can no longer send the credential as it is"),
        K::CredentialOptional => works(Breaks, Warning, "`Credentials::new` takes one argument fewer"),
        K::CredentialRequired => fails(Breaks, "`Credentials::new` takes one more argument"),
        K::CredentialOrder => works(Depends, Warning, "the arguments of `Credentials::new` change order").acts(),
        K::SignScheme => quiet(Hidden, "only the docs contain the scheme's name"),
        K::SignAlgAdded => works(Adds, Info, "`SignMethod` gains a variant").docs(),
        K::SignAlgRemoved => fails(Breaks, "a variant of `SignMethod` is gone, and old binaries may still use it").docs(),
        K::SignAlgDefault => quiet(Error, "clients that do not choose a signature method now use another one").acts().at_least(Bump::Minor),
        K::SignRuleChanged => signed(Wire::Fails),
        K::SignFacts => fails(Nothing, "old binaries sign too few values, or too many"),
        K::TimestampFormat => fails(Nothing, "old binaries send the timestamp in the old format or zone"),
        K::SignNonce => depends(Nothing, Warning, "the new client generates nonces in another format; old binaries use the old one").at_least(Bump::Minor),
        K::DocServer => quiet(Info, "`apograph mock` answers differently"),
        K::DocVectors => quiet(Info, "the generated signature tests change"),
        // The generated package.
        K::CrateRenamed => works(Breaks, Warning, "callers use the package name in their manifest and in every path"),
        K::CrateVersion => quiet(Info, "a release of the package"),
        K::CrateLicense => quiet(Warning, "callers' license policies may not allow the new license"),
        K::DocCrate => text(Doc, "visible in the package registry only"),
        K::Msrv => works(Nothing, Warning, "callers with an older Rust toolchain cannot build the crate").at_least(Bump::Minor),
        K::FeatureDefaultAdded => works(Adds, Info, "callers compile more unless they disable default features"),
        K::FeatureDefaultMoved => quiet(Info, "a feature that is on by default enables the same families"),
        K::FeatureDefaultRemoved => works(Breaks, Warning, "callers that rely on the default must enable the feature"),
        K::ApisChosen => works(Adds, Info, "callers can use more APIs"),
        K::ApisLeftOut => works(Breaks, Warning, "callers of the APIs that are left out no longer compile"),
        // Request fields.
        K::ReqFieldAddedOpt => works(Presence, Info, "callers may set the field").docs(),
        K::ReqFieldAddedReq => fails(Presence, "old binaries do not send the field, and new callers must set it").docs(),
        K::ReqFieldRemovedOpt => depends(Presence, Warning, "old binaries may still send the field, and the vendor may ignore it or reject the call").docs(),
        K::ReqFieldRemovedReq => depends(Presence, Warning, "old binaries still send the field, and the vendor may ignore it or reject the call").docs(),
        K::ReqFieldRenamed => fails(Name, "old binaries send the field under the old name").docs(),
        K::ReqFieldRustRenamed | K::RespFieldRustRenamed => works(Name, Info, "nothing changes on the wire").docs(),
        K::ReqNestingMoved => fails(Place, "old binaries send the field in the old place").docs(),
        K::ReqOptionalToRequired => depends(Nothing, Error, "calls without the field fail; the new client rejects them before sending").docs().at_least(Bump::Minor),
        K::ReqRequiredToOptional => text(Info, "the new client no longer rejects calls without the field").acts(),
        K::ReqRequiredUnknown => quiet(Doc, "the client does not check a required mark that is in doubt"),
        K::ReqDefaultAdded | K::ReqDefaultChanged => text(Warning, "callers that leave the field out get another result").acts(),
        K::ReqDefaultRemoved => depends(Nothing, Warning, "callers that leave the field out can no longer rely on the default").docs(),
        K::ReqEnumOpened => works(Type, Info, "the field accepts any text").docs(),
        K::ReqEnumClosed => depends(Type, Warning, "the field's type is now an open enum; the setter still accepts text").docs(),
        K::ReqEnumValueAdded => works(Adds, Info, "the enum gains a variant").docs(),
        K::ReqEnumValueRemoved => depends(Breaks, Warning, "a variant is gone, and old binaries may still send its value").docs().if_kept("old binaries may still send its value"),
        K::ReqEnumValueRenumbered => fails(Nothing, "the same variant sends another value").docs(),
        K::ReqEnumLabel | K::RespEnumLabel => works(Breaks, Warning, "the variant is renamed; its value stays the same").docs(),
        K::ReqEnumToText => fails(Breaks, "old binaries send numbers; the enum can no longer be built from `i64`"),
        K::ReqEnumToNumber => fails(Adds, "old binaries send text; the enum can now also be built from `i64`"),
        K::ReqLenTightened | K::ReqRangeTightened | K::ReqItemsTightened => depends(Nothing, Warning, "calls beyond the limit fail; the new client rejects them before sending").docs(),
        K::ReqLenLoosened | K::ReqRangeLoosened | K::ReqItemsLoosened => text(Info, "the new client accepts values that old binaries still reject").acts(),
        // Response fields.
        K::RespFieldAdded => works(Presence, Info, "old binaries ignore the field and count it as unknown").docs(),
        K::RespFieldRemoved => depends(Presence, Warning, "the field stays empty in old binaries").docs(),
        K::RespFieldRenamed => depends(Name, Warning, "old binaries look for the old name, so the field stays empty").docs().at_least(Bump::Minor),
        K::RespNestingMoved => depends(Place, Warning, "old binaries look in the old place, so the field stays empty").docs(),
        K::RespListWrapper => quiet(Info, "the client accepts any single key, and counts a coercion if it is not the documented one").acts(),
        K::RespPresence => quiet(Info, "every response field is optional in Rust, whatever the page promises"),
        K::RespDefault => text(Info, "the client does not fill in defaults of response fields"),
        K::RespEnumOpened => works(Type, Warning, "the enum is gone").docs(),
        K::RespEnumClosed => works(Type, Warning, "the field's type is now an open enum").docs(),
        K::RespEnumValueAdded => works(Adds, Info, "the enum gains a variant; the value was `Unknown` before").docs().acts(),
        K::RespEnumValueRemoved => works(Breaks, Warning, "a variant is gone; its value would now be `Unknown`").docs().acts().if_kept("the vendor no longer sends its value"),
        K::RespEnumValueRenumbered => depends(Nothing, Warning, "old binaries read the new value as `Unknown` or as another variant").docs().at_least(Bump::Minor),
        K::RespEnumToText => works(Breaks, Warning, "the client accepts both forms; the enum can no longer be built from `i64`").acts(),
        K::RespEnumToNumber => works(Adds, Info, "the client accepts both forms; the enum can now also be built from `i64`").acts(),
        K::RespLimits => text(Info, "the client does not check this limit, but callers may rely on it").acts(),
        // Errors and statuses.
        K::ErrAdded | K::StatusAdded => text(Info, "callers can now handle this code"),
        K::ErrRemoved | K::StatusRemoved => text(Warning, "callers that handle this code may never receive it"),
        K::ErrRenumbered | K::StatusRenumbered => depends(Nothing, Warning, "callers that handle the old code no longer receive it").docs().at_least(Bump::Minor),
        K::ErrMeaning | K::StatusMeaning => depends(Nothing, Warning, "callers that handle this code now misinterpret it, and nothing warns them").docs().at_least(Bump::Major),
        K::ErrText | K::StatusText => text(Doc, "only the docs contain this text"),
        // Documentation only.
        K::DocTitle | K::DocApi | K::DocField | K::DocDeprecation | K::DocEnumValue | K::DocExample | K::DocUrl => text(Doc, "only the docs contain this text"),
        K::DocFieldSuspect | K::DocApiSuspect => text(Warning, "the text states another fact, which no structured key records: check whether the structure changed too").acts(),
        K::DocDeprecatedText => text(Warning, "callers get no warning until a fix sets `deprecated`").acts(),
        K::DocUndeprecatedText => text(Info, "check whether a fix still marks it as deprecated"),
        K::DocSampleReq | K::DocSampleResp | K::DocSampleErr => quiet(Doc, "samples are not part of the crate"),
        K::DocCategory => quiet(Doc, "modules and features do not follow the vendor's catalogue"),
        K::DocRetrieved | K::DocLayout => quiet(Hidden, "only the form of the page changed, not what it documents"),
        K::DocDoubt => quiet(Doc, "the spec contains the best guess while a doubt is open"),
        K::DocRenamedFrom => quiet(Hidden, "it only confirms a rename for `apograph diff`"),
        // Order.
        K::OrderFieldsReq | K::OrderFieldsResp | K::OrderEnum => quiet(Info, "fields and variants are identified by name, not by position"),
        K::OrderTables => quiet(Hidden, "rows are identified by their code, not by position"),
        // No kind has another combination of side, fact and edit.
        _ => NO_KIND,
    }
}

const NO_KIND: Row = quiet(Warning, "");

/// A kind without a row does not compile.
const _: () = {
    let mut kinds = K::ALL;
    while let [kind, rest @ ..] = kinds {
        assert!(!row(*kind).why.is_empty(), "every kind needs a row with a reason");
        kinds = rest;
    }
};
