//! The table of change kinds: a kind is a fact that a revision edits, on a side of the call if the fact has one.
//!
//! A published id keeps its meaning; adding a kind means adding one line here, with its titles in both languages.

use crate::model::SideName;

/// The kind of a change. Every kind is an associated constant.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Kind {
    /// The side of the call. `None` where a fact belongs to neither, or to both alike.
    pub(super) side: Option<SideName>,
    pub(super) fact: Fact,
    pub(super) edit: Edit,
}

/// The fact that changes.
#[rustfmt::skip]
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Fact {
    Spec, Fix, Api, Feature, LockedNames, ApiDeprecation, Method, Path, Parameter, RequiredSession, Session, Idempotence,
    SignedValue, OwnEnvelope, Platform, Gateway, DefaultGateway, Encryption, InsecureMark, Family, FamilyPrefixes,
    FeatureGroup, FeatureFamilies,
    BodyEncoding, DefaultMethod, ApiParameter, CommonParameter, Header, BlankRule, ListEncoding, FileForm,
    DateFormat, DecimalForm, JsonForm, TypeTable, AnswerLists, Envelope, SuccessRule, ErrorEnvelope, RetryClass,
    RetryWait, KnownError, KnownErrorText, KnownErrorMessage, ClockErrors, PlatformTitle, FamilyTitle, FeatureTitle,
    RequiredCredential, Credential, CredentialProtection, SignScheme, SignMethod, DefaultSignMethod, SignRule,
    SignedValues, Timestamp, Nonce, Vectors, MockServer, Package, PackageVersion, PackageLicense, PackageDescription,
    RustVersion, DefaultFamily, ChosenApis, Field, RequiredField, Type, RequiredMark, Default, ValueSet, Value, Length, Range,
    Items, FieldDeprecation, LogMark, ListWrapper, Limits, Error, ErrorMeaning, ErrorText, Status, StatusMeaning,
    StatusText, Title, ApiText, FieldText, FieldStatement, ApiStatement, DeprecationStatement, DeprecationReason,
    ValueText, Example, RequestSample, ResponseSample, ErrorSample, PageAddress, Category, Digest, PageLayout,
    Doubt, RenamedFrom, Table,
}

/// What happens to the fact.
#[rustfmt::skip]
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Edit {
    Skipped, Added, Removed, Renamed, RustRenamed, Moved, Changed, OptionalToRequired, RequiredToOptional, Replaced,
    Reordered, Widened, Narrowed, Respelled, JsonRepacked, ToList, ToSingle, ToJson, ToObject, ToOrFromMap,
    Recursion, Elsewhere, Renumbered, ToText, ToNumber, Tightened, Loosened,
}

/// The words of a kind.
struct Words {
    id: &'static str,
    english: &'static str,
    chinese: &'static str,
}

/// Generates the constants and the table of words. A line has one constant, or one for each side of the call.
macro_rules! kinds {
    ($([$($side:ident $name:ident $id:literal)+] $fact:ident.$edit:ident = $english:literal, $chinese:literal;)*) => {
        #[allow(non_upper_case_globals, reason = "kinds are matched like the variants of an enum")]
        impl Kind {
            $($(
                #[doc = concat!("`", $id, "`: ", $english, ".")]
                pub const $name: Self = Self { side: kinds!(@$side), fact: Fact::$fact, edit: Edit::$edit };
            )+)*

            /// All kinds, in table order.
            pub const ALL: &'static [Self] = &[$($(Self::$name,)+)*];

            const fn words(self) -> Words {
                match self {
                    $($(Self::$name => Words { id: $id, english: $english, chinese: $chinese },)+)*
                    // Only the constants exist.
                    _ => Words { id: "", english: "", chinese: "" },
                }
            }
        }
    };
    (@Neither) => { None };
    (@Request) => { Some(SideName::Request) };
    (@Response) => { Some(SideName::Response) };
}

impl Kind {
    /// Returns the stable id.
    pub const fn id(self) -> &'static str {
        self.words().id
    }

    /// Returns a short title of the change.
    pub const fn what(self) -> &'static str {
        self.words().english
    }

    /// Returns the title in Chinese.
    pub(super) const fn what_chinese(self) -> &'static str {
        self.words().chinese
    }
}

#[rustfmt::skip]
kinds! {
    // The API itself.
    [Neither ApiAdded "api-added"] Api.Added = "API added", "新增 API";
    [Neither ApiRemoved "api-removed"] Api.Removed = "API removed", "API 已移除";
    [Neither ApiWireRenamed "api-wire-renamed"] Api.Renamed = "API renamed by the vendor", "API 更名";
    [Neither ApiRustRenamed "api-rust-renamed"] Api.RustRenamed = "Rust name of the request type changed", "请求类型的 Rust 名称变更";
    [Neither ApiMoved "api-moved"] Api.Moved = "API moved to another module", "API 移到另一个模块";
    [Neither ApiFeatureAdded "api-feature-added"] Feature.Added = "another Cargo feature enables the API too", "API 也可由另一个 Cargo feature 启用";
    [Neither ApiFeatureMoved "api-feature-moved"] Feature.Moved = "API moved to another Cargo feature", "API 移到另一个 Cargo feature";
    [Neither LockLetGo "lock-let-go"] LockedNames.Removed = "names released from the lock", "锁文件不再保留部分名称";
    [Neither ApiDeprecated "api-deprecated"] ApiDeprecation.Added = "API deprecated", "API 已弃用";
    [Neither ApiUndeprecated "api-undeprecated"] ApiDeprecation.Removed = "API no longer deprecated", "API 不再标记为弃用";
    [Neither MethodChanged "method-changed"] Method.Changed = "HTTP method changed", "HTTP 方法变更";
    [Neither PathChanged "path-changed"] Path.Changed = "path changed", "路径变更";
    [Neither ParamLocation "param-location"] Parameter.Moved = "parameter moved to another part of the request", "参数移到请求的其他位置";
    [Neither AuthNoneToRequired "auth-none-to-required"] RequiredSession.Added = "session now required", "现在必须授权（session）";
    [Neither AuthNoneToOptional "auth-none-to-optional"] Session.Added = "session now accepted", "现在可携带授权（session）";
    [Neither AuthOptionalToRequired "auth-optional-to-required"] Session.OptionalToRequired = "session changed from optional to required", "授权（session）由可选变为必需";
    [Neither AuthRequiredToOptional "auth-required-to-optional"] Session.RequiredToOptional = "session changed from required to optional", "授权（session）由必需变为可选";
    [Neither AuthRemoved "auth-removed"] Session.Removed = "session no longer accepted", "不再接受授权（session）";
    [Neither IdempotentLost "idempotent-lost"] Idempotence.Removed = "call no longer safe to repeat", "调用不再可以安全重试";
    [Neither IdempotentGained "idempotent-gained"] Idempotence.Added = "call now safe to repeat", "调用现在可以安全重试";
    [Neither SignFact "sign-fact"] SignedValue.Changed = "fact that the signature covers changed", "API 参与签名的信息变更";
    [Neither RespEnvelopeOwn "resp-envelope-own"] OwnEnvelope.Changed = "API-specific envelope member changed", "该 API 特有的响应外层字段变更";
    // The specs themselves.
    [Neither SpecNotCompared "spec-not-compared"] Spec.Skipped = "not compared, because the spec has errors", "规格文件有误，未作比较";
    [Neither FixStale "fix-stale"] Fix.Skipped = "fix no longer applies, and is left out of the comparison", "修正项不再适用，比较时未采用";
    // Gateways, transport, envelope: the platform file.
    [Neither PlatformAdded "platform-added"] Platform.Added = "platform added", "新增平台";
    [Neither PlatformRemoved "platform-removed"] Platform.Removed = "platform removed", "平台已移除";
    [Neither HostAdded "host-added"] Gateway.Added = "gateway added", "新增网关";
    [Neither HostRemoved "host-removed"] Gateway.Removed = "gateway removed", "网关已移除";
    [Neither HostChanged "host-changed"] Gateway.Changed = "gateway address changed", "网关地址变更";
    [Neither HostDefault "host-default"] DefaultGateway.Changed = "default gateway changed", "默认网关变更";
    [Neither SchemeChanged "scheme-changed"] Encryption.Added = "gateway changed from http to https", "网关由 http 改为 https";
    [Neither SchemeDowngraded "scheme-downgraded"] Encryption.Removed = "gateway changed from https to http", "网关由 https 降为 http";
    [Neither HostInsecure "host-insecure"] InsecureMark.Added = "gateway marked as insecure", "网关标记为不安全";
    [Neither HostSecured "host-secured"] InsecureMark.Removed = "gateway no longer marked as insecure", "网关不再标记为不安全";
    [Neither FamilyDeclared "family-declared"] Family.Added = "family declared", "新声明 API 分组";
    [Neither FamilyUndeclared "family-undeclared"] Family.Removed = "family no longer declared", "API 分组已取消声明";
    [Neither FeatureDeclared "feature-declared"] FeatureGroup.Added = "Cargo feature of several families declared", "新声明包含多个 API 分组的 Cargo feature";
    [Neither FeatureUndeclared "feature-undeclared"] FeatureGroup.Removed = "Cargo feature of several families no longer declared", "包含多个 API 分组的 Cargo feature 已取消声明";
    [Neither FeatureFamilies "feature-families"] FeatureFamilies.Changed = "families of a Cargo feature changed", "Cargo feature 包含的 API 分组变更";
    [Neither FamilyPrefixes "family-prefixes"] FamilyPrefixes.Changed = "prefixes of a family changed", "API 分组的前缀变更";
    [Neither ReqEncoding "req-encoding"] BodyEncoding.Changed = "encoding of request bodies changed", "请求体编码变更";
    [Neither MethodDefault "method-default"] DefaultMethod.Changed = "default HTTP method changed", "默认 HTTP 方法变更";
    [Neither ApiParamChanged "api-param-changed"] ApiParameter.Changed = "parameter that names the API changed", "指明 API 名称的公共参数变更";
    [Neither CommonParamAdded "common-param-added"] CommonParameter.Added = "common parameter added", "新增公共参数";
    [Neither CommonParamChanged "common-param-changed"] CommonParameter.Changed = "common parameter changed", "公共参数变更";
    [Neither CommonParamRemoved "common-param-removed"] CommonParameter.Removed = "common parameter removed", "公共参数已移除";
    [Neither HeaderAdded "header-added"] Header.Added = "common header added", "新增公共请求头";
    [Neither HeaderChanged "header-changed"] Header.Changed = "common header changed", "公共请求头变更";
    [Neither HeaderRemoved "header-removed"] Header.Removed = "common header removed", "公共请求头已移除";
    [Neither ReqNullRule "req-null-rule"] BlankRule.Changed = "handling of blank values changed", "空值的处理方式变更";
    [Neither ReqListEncoding "req-list-encoding"] ListEncoding.Changed = "encoding of lists in requests changed", "请求中列表的编码变更";
    [Neither ReqFileForm "req-file-form"] FileForm.Changed = "encoding of file uploads changed", "文件上传的编码方式变更";
    [Neither DateFormat "date-format"] DateFormat.Changed = "format or zone of dates changed", "日期格式或时区变更";
    [Neither DecimalForm "decimal-form"] DecimalForm.Changed = "decimals switched between number and text", "小数在数字与文本形式之间切换";
    [Neither JsonForm "json-form"] JsonForm.Changed = "JSON members switched between value and text", "JSON 成员在值与文本形式之间切换";
    [Neither TypeTable "type-table"] TypeTable.Changed = "meaning of a type word changed", "类型名称的含义变更";
    [Neither RespLists "resp-lists"] AnswerLists.Changed = "encoding of lists in responses changed", "响应中列表的编码变更";
    [Neither RespEnvelope "resp-envelope"] Envelope.Changed = "response envelope changed", "响应外层结构变更";
    [Neither RespSuccessRule "resp-success-rule"] SuccessRule.Changed = "set of success statuses changed", "表示成功的状态码变更";
    [Neither ErrEnvelope "err-envelope"] ErrorEnvelope.Changed = "error envelope changed", "错误响应外层结构变更";
    [Neither ErrRetryClass "err-retry-class"] RetryClass.Changed = "set of retryable errors changed", "可重试的错误范围变更";
    [Neither ErrWait "err-wait"] RetryWait.Changed = "message that contains the retry delay changed", "含重试等待时间的错误信息变更";
    [Neither ErrKnownAdded "err-known-added"] KnownError.Added = "error added to the platform's table", "平台错误表新增错误";
    [Neither ErrKnownRemoved "err-known-removed"] KnownError.Removed = "error removed from the platform's table", "平台错误表中的错误已移除";
    [Neither ErrKnownText "err-known-text"] KnownErrorText.Changed = "meaning or hint in the platform's table of errors changed", "平台错误表中的含义或处理建议变更";
    [Neither ErrKnownMessage "err-known-message"] KnownErrorMessage.Changed = "message that the platform sends with an error changed", "平台随错误返回的信息变更";
    [Neither ErrClock "err-clock"] ClockErrors.Changed = "set of errors that reject the time of a request changed", "表示请求时间被拒绝的错误范围变更";
    [Neither DocPlatform "doc-platform"] PlatformTitle.Changed = "platform title changed", "平台标题变更";
    [Neither DocFeature "doc-feature"] FeatureTitle.Changed = "feature title changed", "Cargo feature 标题变更";
    [Neither DocFamily "doc-family"] FamilyTitle.Changed = "family title changed", "API 分组标题变更";
    // Credentials and signing: the platform file.
    [Neither CredentialAddedReq "credential-added-req"] RequiredCredential.Added = "required credential added", "新增必需的凭据";
    [Neither CredentialAddedOpt "credential-added-opt"] Credential.Added = "optional credential added", "新增可选的凭据";
    [Neither CredentialRemoved "credential-removed"] Credential.Removed = "credential removed", "凭据已移除";
    [Neither CredentialKind "credential-kind"] Credential.Replaced = "kind of credential changed", "凭据类型变更";
    [Neither CredentialExposed "credential-exposed"] CredentialProtection.Removed = "credential loses protection", "凭据的保护级别降低";
    [Neither CredentialHidden "credential-hidden"] CredentialProtection.Added = "credential gains protection", "凭据的保护级别提高";
    [Neither CredentialOptional "credential-optional"] Credential.RequiredToOptional = "credential changed from required to optional", "凭据由必需变为可选";
    [Neither CredentialRequired "credential-required"] Credential.OptionalToRequired = "credential changed from optional to required", "凭据由可选变为必需";
    [Neither CredentialOrder "credential-order"] Credential.Reordered = "order of credentials changed", "凭据顺序变更";
    [Neither SignScheme "sign-scheme"] SignScheme.Renamed = "signing scheme renamed", "签名方案更名";
    [Neither SignAlgAdded "sign-alg-added"] SignMethod.Added = "signature method added", "新增签名方式";
    [Neither SignAlgRemoved "sign-alg-removed"] SignMethod.Removed = "signature method removed", "签名方式已移除";
    [Neither SignAlgDefault "sign-alg-default"] DefaultSignMethod.Changed = "default signature method changed", "默认签名方式变更";
    [Neither SignRuleChanged "sign-rule-changed"] SignRule.Changed = "signing rule changed", "签名规则变更";
    [Neither SignFacts "sign-facts"] SignedValues.Changed = "set of API values covered by the signature changed", "参与签名的 API 信息项有增减";
    [Neither TimestampFormat "timestamp-format"] Timestamp.Changed = "format or zone of the timestamp changed", "时间戳格式或时区变更";
    [Neither SignNonce "sign-nonce"] Nonce.Changed = "nonce format changed", "随机串（nonce）格式变更";
    [Neither DocVectors "doc-vectors"] Vectors.Changed = "signature test vectors changed", "签名测试向量变更";
    [Neither DocServer "doc-server"] MockServer.Changed = "behavior of the mock server changed", "模拟服务器行为变更";
    // The generated package: the crate file.
    [Neither CrateRenamed "crate-renamed"] Package.Renamed = "package renamed", "包更名";
    [Neither CrateVersion "crate-version"] PackageVersion.Changed = "package version changed", "包版本变更";
    [Neither CrateLicense "crate-license"] PackageLicense.Changed = "package license changed", "包许可证变更";
    [Neither DocCrate "doc-crate"] PackageDescription.Changed = "package description changed", "包描述变更";
    [Neither Msrv "msrv"] RustVersion.Changed = "minimum supported Rust version changed", "最低支持的 Rust 版本变更";
    [Neither FeatureDefaultAdded "feature-default-added"] DefaultFamily.Added = "family now enabled by default", "API 分组现在默认启用";
    [Neither FeatureDefaultMoved "feature-default-moved"] DefaultFamily.Moved = "default families enabled by another feature", "默认启用的 API 分组改由另一个 feature 启用";
    [Neither FeatureDefaultRemoved "feature-default-removed"] DefaultFamily.Removed = "family no longer enabled by default", "API 分组不再默认启用";
    [Neither ApisChosen "apis-chosen"] ChosenApis.Added = "more APIs in the crate", "包中包含更多 API";
    [Neither ApisLeftOut "apis-left-out"] ChosenApis.Removed = "fewer APIs in the crate", "包中不再包含部分 API";
    // Request fields.
    [Request ReqFieldAddedOpt "req-field-added-opt"] Field.Added = "optional field added", "新增可选字段";
    [Request ReqFieldAddedReq "req-field-added-req"] RequiredField.Added = "required field added", "新增必填字段";
    [Request ReqFieldRemovedOpt "req-field-removed-opt"] Field.Removed = "optional field removed", "可选字段已移除";
    [Request ReqFieldRemovedReq "req-field-removed-req"] RequiredField.Removed = "required field removed", "必填字段已移除";
    [Request ReqFieldRenamed "req-field-renamed" Response RespFieldRenamed "resp-field-renamed"] Field.Renamed = "field renamed", "字段更名";
    [Request ReqFieldRustRenamed "req-field-rust-renamed" Response RespFieldRustRenamed "resp-field-rust-renamed"] Field.RustRenamed = "Rust name of the field changed", "字段的 Rust 名称变更";
    [Request ReqNestingMoved "req-nesting-moved" Response RespNestingMoved "resp-nesting-moved"] Field.Moved = "field moved", "字段移动";
    [Request ReqTypeWidened "req-type-widened" Response RespTypeWidened "resp-type-widened"] Type.Widened = "type widened", "类型放宽";
    [Request ReqTypeNarrowed "req-type-narrowed" Response RespTypeNarrowed "resp-type-narrowed"] Type.Narrowed = "type narrowed", "类型收窄";
    [Request ReqTypeIncompatible "req-type-incompatible" Response RespTypeIncompatible "resp-type-incompatible"] Type.Replaced = "type changed incompatibly", "类型变更且不兼容";
    [Request ReqTypeWord "req-type-word" Response RespTypeWord "resp-type-word"] Type.Respelled = "type spelled differently", "类型写法变更";
    [Request ReqTypeRenamed "req-type-renamed" Response RespTypeRenamed "resp-type-renamed"] Type.Renamed = "vendor's name of the object type changed", "对象在文档中的名称变更";
    [Request ReqTypeRustRenamed "req-type-rust-renamed" Response RespTypeRustRenamed "resp-type-rust-renamed"] Type.RustRenamed = "Rust name of the field's type changed", "字段类型的 Rust 名称变更";
    [Request ReqReprJson "req-repr-json" Response RespReprJson "resp-repr-json"] Type.JsonRepacked = "field switched between JSON text and JSON value", "字段在 JSON 文本与 JSON 值之间切换";
    [Request ReqScalarToList "req-scalar-to-list" Response RespScalarToList "resp-scalar-to-list"] Type.ToList = "single value became a list", "单个值变为列表";
    [Request ReqListToScalar "req-list-to-scalar" Response RespListToScalar "resp-list-to-scalar"] Type.ToSingle = "list became a single value", "列表变为单个值";
    [Request ReqStructToJson "req-struct-to-json" Response RespStructToJson "resp-struct-to-json"] Type.ToJson = "object became opaque JSON", "对象变为不透明 JSON";
    [Request ReqJsonToStruct "req-json-to-struct" Response RespJsonToStruct "resp-json-to-struct"] Type.ToObject = "opaque JSON became an object", "不透明 JSON 变为对象";
    [Request ReqMapTypes "req-map-types" Response RespMapTypes "resp-map-types"] Type.ToOrFromMap = "map replaced by another type, or the reverse", "字段变为映射（map）类型，或不再是映射类型";
    [Request ReqRecursion "req-recursion" Response RespRecursion "resp-recursion"] Type.Recursion = "object became recursive, or no longer is", "对象变为递归结构，或不再是递归结构";
    [Request ReqOptionalToRequired "req-optional-to-required"] Field.OptionalToRequired = "field changed from optional to required", "字段由可选变为必填";
    [Request ReqRequiredToOptional "req-required-to-optional"] Field.RequiredToOptional = "field changed from required to optional", "字段由必填变为可选";
    [Request ReqTypeMergedSplit "req-type-merged-split" Response RespTypeMergedSplit "resp-type-merged-split"] Type.Elsewhere = "Rust type changed because of a change elsewhere", "因其他变更，字段的 Rust 类型随之变更";
    [Request ReqRequiredUnknown "req-required-unknown"] RequiredMark.Changed = "doubt about the required mark raised or settled", "是否必填变为存疑，或已确定";
    [Request ReqDefaultAdded "req-default-added"] Default.Added = "default added", "新增默认值";
    [Request ReqDefaultChanged "req-default-changed"] Default.Changed = "default changed", "默认值变更";
    [Request ReqDefaultRemoved "req-default-removed"] Default.Removed = "default removed", "默认值已移除";
    [Request ReqEnumOpened "req-enum-opened" Response RespEnumOpened "resp-enum-opened"] ValueSet.Removed = "value set became free text", "枚举变为自由文本";
    [Request ReqEnumClosed "req-enum-closed" Response RespEnumClosed "resp-enum-closed"] ValueSet.Added = "free text became a value set", "自由文本变为枚举";
    [Request ReqEnumValueAdded "req-enum-value-added" Response RespEnumValueAdded "resp-enum-value-added"] Value.Added = "value added", "新增枚举值";
    [Request ReqEnumValueRemoved "req-enum-value-removed" Response RespEnumValueRemoved "resp-enum-value-removed"] Value.Removed = "value removed", "枚举值已移除";
    [Request ReqEnumValueRenumbered "req-enum-value-renumbered" Response RespEnumValueRenumbered "resp-enum-value-renumbered"] Value.Renumbered = "value now has another wire text", "枚举值的传输值变更（名称不变）";
    [Request ReqEnumLabel "req-enum-label" Response RespEnumLabel "resp-enum-label"] Value.Renamed = "name of a value changed", "枚举值的名称变更";
    [Request ReqEnumToText "req-enum-to-text" Response RespEnumToText "resp-enum-to-text"] ValueSet.ToText = "value set changed from numbers to text", "枚举值由数字改为文本";
    [Request ReqEnumToNumber "req-enum-to-number" Response RespEnumToNumber "resp-enum-to-number"] ValueSet.ToNumber = "value set changed from text to numbers", "枚举值由文本改为数字";
    [Request ReqLenTightened "req-len-tightened"] Length.Tightened = "length limit tightened or added", "长度限制收紧或新增";
    [Request ReqLenLoosened "req-len-loosened"] Length.Loosened = "length limit loosened or removed", "长度限制放宽或取消";
    [Request ReqRangeTightened "req-range-tightened"] Range.Tightened = "range tightened or added", "取值范围收紧或新增";
    [Request ReqRangeLoosened "req-range-loosened"] Range.Loosened = "range loosened or removed", "取值范围放宽或取消";
    [Request ReqItemsTightened "req-items-tightened"] Items.Tightened = "list limit tightened or added", "列表长度限制收紧或新增";
    [Request ReqItemsLoosened "req-items-loosened"] Items.Loosened = "list limit loosened or removed", "列表长度限制放宽或取消";
    [Request ReqDeprecated "req-deprecated" Response RespDeprecated "resp-deprecated"] FieldDeprecation.Added = "field deprecated", "字段已弃用";
    [Request ReqUndeprecated "req-undeprecated" Response RespUndeprecated "resp-undeprecated"] FieldDeprecation.Removed = "field no longer deprecated", "字段不再标记为弃用";
    // Fields of both sides.
    [Neither LogShown "log-shown"] LogMark.Added = "value now shown in logs", "字段的值现在会显示在日志中";
    [Neither LogHidden "log-hidden"] LogMark.Removed = "value no longer shown in logs", "字段的值不再显示在日志中";
    // Response fields.
    [Response RespFieldAdded "resp-field-added"] Field.Added = "field added", "新增字段";
    [Response RespFieldRemoved "resp-field-removed"] Field.Removed = "field removed", "字段已移除";
    [Response RespListWrapper "resp-list-wrapper"] ListWrapper.Changed = "inner key of a wrapped list changed", "嵌套列表的内层字段名变更";
    [Response RespPresence "resp-presence"] RequiredMark.Changed = "required mark in the response changed", "响应字段的必填标记变更";
    [Response RespDefault "resp-default"] Default.Changed = "default in the response changed", "响应中的默认值变更";
    [Response RespLimits "resp-limits"] Limits.Changed = "documented limit changed", "文档标注的限制变更";
    // Errors and statuses.
    [Neither ErrAdded "err-added"] Error.Added = "error added", "新增错误";
    [Neither ErrRemoved "err-removed"] Error.Removed = "error removed", "错误已移除";
    [Neither ErrRenumbered "err-renumbered"] Error.Renumbered = "error code changed, same meaning", "错误码变更（含义不变）";
    [Neither ErrMeaning "err-meaning"] ErrorMeaning.Changed = "error code now has another meaning", "错误码含义变更";
    [Neither ErrText "err-text"] ErrorText.Changed = "error text changed", "错误说明文字变更";
    [Neither StatusAdded "status-added"] Status.Added = "status added", "新增状态码";
    [Neither StatusRemoved "status-removed"] Status.Removed = "status removed", "状态码已移除";
    [Neither StatusRenumbered "status-renumbered"] Status.Renumbered = "status code changed, same meaning", "状态码变更（含义不变）";
    [Neither StatusMeaning "status-meaning"] StatusMeaning.Changed = "status code now has another meaning", "状态码含义变更";
    [Neither StatusText "status-text"] StatusText.Changed = "status text changed", "状态说明文字变更";
    // Documentation only.
    [Neither DocTitle "doc-title"] Title.Changed = "title changed", "标题变更";
    [Neither DocApi "doc-api"] ApiText.Changed = "API description changed", "API 描述变更";
    [Neither DocField "doc-field"] FieldText.Changed = "description changed", "描述变更";
    [Neither DocFieldSuspect "doc-field-suspect"] FieldStatement.Changed = "description states another fact, but no structured key changed", "描述内容有实质变化，但字段定义未变";
    [Neither DocApiSuspect "doc-api-suspect"] ApiStatement.Changed = "API description states another fact, but no structured key changed", "API 描述内容有实质变化，但字段定义未变";
    [Neither DocDeprecatedText "doc-deprecated-text"] DeprecationStatement.Added = "text now calls it deprecated, but it is not marked as deprecated", "文档称已弃用，但尚未标记为弃用";
    [Neither DocUndeprecatedText "doc-undeprecated-text"] DeprecationStatement.Removed = "text no longer calls it deprecated", "文档不再称其已弃用";
    [Neither DocDeprecation "doc-deprecation"] DeprecationReason.Changed = "deprecation reason changed", "弃用原因变更";
    [Neither DocEnumValue "doc-enum-value"] ValueText.Changed = "description of a value changed", "枚举值说明变更";
    [Neither DocExample "doc-example"] Example.Changed = "example changed", "示例变更";
    [Neither DocSampleReq "doc-sample-req"] RequestSample.Changed = "request sample changed", "请求示例变更";
    [Neither DocSampleResp "doc-sample-resp"] ResponseSample.Changed = "response sample changed", "响应示例变更";
    [Neither DocSampleErr "doc-sample-err"] ErrorSample.Changed = "error sample changed", "错误示例变更";
    [Neither DocUrl "doc-url"] PageAddress.Changed = "page address changed", "文档地址变更";
    [Neither DocCategory "doc-category"] Category.Changed = "position in the vendor's catalogue changed", "在平台文档目录中的位置变更";
    [Neither DocRetrieved "doc-retrieved"] Digest.Changed = "page digest changed", "文档页面校验值变更";
    [Neither DocLayout "doc-layout"] PageLayout.Changed = "page layout changed", "文档页面版式变更";
    [Neither DocDoubt "doc-doubt"] Doubt.Changed = "doubt raised or settled", "新增或消除疑点";
    [Neither DocRenamedFrom "doc-renamed-from"] RenamedFrom.Changed = "`renamed_from` changed", "曾用名备注变更";
    // Order.
    [Request OrderFieldsReq "order-fields-req"] Field.Reordered = "order of request fields changed", "请求字段顺序变更";
    [Response OrderFieldsResp "order-fields-resp"] Field.Reordered = "order of response fields changed", "响应字段顺序变更";
    [Neither OrderEnum "order-enum"] Value.Reordered = "order of values changed", "枚举值顺序变更";
    [Neither OrderTables "order-tables"] Table.Reordered = "order of errors, statuses or samples changed", "错误、状态或示例的顺序变更";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_unique_and_in_kebab_case() {
        let ids: BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.id()).collect();
        assert_eq!(ids.len(), Kind::ALL.len());
        assert!(ids.iter().all(|id| !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
        assert_eq!(Kind::ALL.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }

    #[test]
    fn every_kind_has_words_of_both_languages() {
        let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        for kind in Kind::ALL {
            assert!(kind.what_chinese().chars().any(is_chinese), "{}", kind.id());
            assert!(!kind.what().is_empty() && !kind.what().chars().any(is_chinese), "{}", kind.id());
        }
    }

    #[test]
    fn ids_of_fields_begin_with_their_side() {
        for kind in Kind::ALL.iter().filter(|kind| !kind.id().starts_with("order-")) {
            let side = match kind.side {
                Some(SideName::Request) => "req-",
                Some(SideName::Response) => "resp-",
                None => continue,
            };
            assert!(kind.id().starts_with(side), "{}", kind.id());
        }
    }
}
