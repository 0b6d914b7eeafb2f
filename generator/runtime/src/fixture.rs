//! Types as the generator writes them, for this crate's own tests.

use crate::*;

/// Defines a struct and its field table.
macro_rules! define_object {
    ($name:ident { $($field:ident: $type:ty = $wire:literal $([$($mark:tt)*])?;)* }) => {
        pub(crate) struct $name { $(pub(crate) $field: Option<$type>),* }

        crate::object! { $name; $($field: $wire $([$($mark)*])?;)* }
    };
}

/// Defines an open enum and its listed values.
macro_rules! define_open_enum {
    ($name:ident $wire:ident { $($value:literal $variant:ident),* }) => {
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub(crate) enum $name { $($variant,)* Unknown(UnknownValue) }

        crate::open_enum! { $name: $wire; $($variant: $value;)* }
    };
}

define_open_enum!(Gender Number { "0" Female, "1" Male });
define_open_enum!(Channel Text { "APP" App, "WEB" Web });

define_object!(Item {
    id: i64 = "id" [Required];
    name: String = "name" [MaxLength(4)];
    flag: bool = "flag";
    child: Box<Item> = "child";
    items: Vec<Item> = "items" [List("item")];
});

define_object!(All {
    text: String = "text";
    number: i64 = "number" [Min("1"), Max("20")];
    yes: bool = "yes";
    when: Date = "when";
    price: Decimal = "price" [Min("0.5")];
    extra: Json = "extra";
    opaque: Json = "opaque" [Opaque];
    map: Map = "map";
    gender: Gender = "gender";
    channel: Channel = "channel";
    item: Item = "item";
    names: Vec<String> = "names" [List("string"), MaxLength(8)];
    numbers: Vec<i64> = "numbers" [List("number")];
    items: Vec<Item> = "items" [List("item"), MaxItems(2)];
    rows: Vec<Vec<i64>> = "rows";
    genders: Vec<Gender> = "genders" [List("gender")];
    jsons: Vec<Json> = "jsons" [List("json")];
});

define_object!(Marked {
    text: String = "text" [Shown];
    hidden: String = "hidden";
    number: i64 = "number" [Shown];
    when: Date = "when" [Shown];
    price: Decimal = "price" [Shown];
    extra: Json = "extra" [Shown];
    map: Map = "map" [Shown];
    channel: Channel = "channel" [Shown];
    names: Vec<String> = "names" [List("string"), Shown];
});

define_object!(Evolved {
    status_integer: i64 = "status";
    price: Decimal = "price" [AsText, MaxLength(8)];
    when: Date = "when" [AsText];
    extras: Vec<Json> = "extras" [AsText];
    status: String = "status" [Superseded];
});

define_object!(FormCall {
    id: String = "id" [Required];
    body: All = "body";
    names: Vec<String> = "names";
    items: Vec<Item> = "items";
    file: File = "file";
    when: Date = "when";
    extra: Json = "extra";
    map: Map = "map";
});

define_object!(Needs {
    text: String = "text" [Required];
    channel: Channel = "channel" [Required];
    when: Date = "when" [Required];
    price: Decimal = "price" [Required];
    extra: Json = "extra" [Required];
});

define_object!(NeedsCall {
    needs: Needs = "needs";
    list: Vec<Needs> = "list";
    text: String = "text" [Required];
});

define_object!(FormAnswer {
    result: All = "result";
    data: Vec<Item> = "data" [List("initiative_item")];
    code: String = "code";
    numbers: Vec<i64> = "numbers" [List("number")];
});

define_object!(WithRequestId {
    request_id: String = "request_id";
});

define_object!(JsonCall {
    voice_id: String = "voiceId" [Required];
    all: All = "all";
    numbers: Vec<i64> = "numbers";
    file: File = "file";
});

define_object!(JsonAnswer {
    data: Vec<String> = "data";
    status: String = "status";
});

/// What calls without types are decoded into.
pub(crate) type RawAnswer = <RawRequest as Subject>::Target;

define_object!(RawFormCall {});

define_object!(RawJsonCall {});

/// The same fields behind another endpoint.
macro_rules! endpoint {
    ($call:ident, $platform:ident, $answer:ident, $operation:expr) => {
        impl Endpoint for $call {
            type Platform = $platform;
            type Response = $answer;
            const OPERATION: Operation = $operation;
        }
    };
}

const ROWS: &[ErrorRow] = &[ErrorRow { code: "isv.invalid-parameter", message: "bad", solution: "mend" }];

endpoint!(
    FormCall,
    FormPlatform,
    FormAnswer,
    Operation::new("a.form.call", Method::Post, "").root("a_form_call_response").errors(ROWS)
);
endpoint!(NeedsCall, JsonPlatform, JsonAnswer, Operation::new("a.needs", Method::Post, "/a/needs"));
endpoint!(
    WithRequestId,
    FormPlatform,
    WithRequestId,
    Operation::new("a.id", Method::Post, "").root("a_id_response").session(Session::Required)
);
endpoint!(
    JsonCall,
    JsonPlatform,
    JsonAnswer,
    Operation::new("a.json", Method::Post, "/a/json").statuses(&[
        ("0", "success"),
        ("-32", "no such task"),
        ("-4", "时间戳过期")
    ])
);
endpoint!(
    Item,
    JsonPlatform,
    JsonAnswer,
    Operation::new("a.item", Method::Get, "/a/{id}/item")
        .session(Session::None)
        .status_names(&["code"])
        .message_names(&["msg"])
);

endpoint!(Evolved, JsonPlatform, JsonAnswer, Operation::new("a.evolved", Method::Post, "/a/evolved"));

endpoint!(RawFormCall, FormPlatform, RawAnswer, Operation::new("", Method::Post, ""));
endpoint!(RawJsonCall, JsonPlatform, RawAnswer, Operation::new("", Method::Post, ""));

#[derive(Clone, Debug)]
pub(crate) struct Keys {
    pub(crate) key: String,
    pub(crate) secret: Secret,
    pub(crate) session: Option<Secret>,
}

impl Keys {
    pub(crate) fn new() -> Self {
        Self { key: "12345678".to_owned(), secret: "helloworld".into(), session: None }
    }
}

impl Credentials for Keys {
    fn secrets(&self) -> Vec<(&'static str, Option<&Secret>)> {
        vec![("secret", Some(&self.secret)), ("session", self.session.as_ref())]
    }

    fn session(&self) -> Option<&Secret> {
        self.session.as_ref()
    }

    fn with_session(self, session: Option<Secret>) -> Self {
        Self { session, ..self }
    }
}

impl testing::TestCredentials for Keys {
    fn for_test() -> Self {
        Self { session: Some("test session".into()), ..Self::new() }
    }
}

#[derive(Copy, Clone, Default)]
pub(crate) enum Site {
    #[default]
    Production,
    Overseas,
}

impl Environment for Site {
    fn base_url(self) -> &'static str {
        match self {
            Self::Production => "https://gw.example/router/rest",
            Self::Overseas => "https://overseas.example/router/rest",
        }
    }
}

const DATE: DateForm = DateForm { pattern: "%Y-%m-%d %H:%M:%S", zone: Zone::east(28_800) };

pub(crate) struct FormPlatform;

impl Platform for FormPlatform {
    type Credentials = Keys;
    type SignMethod = ();
    type Environment = Site;
    const PROTOCOL: Protocol = Protocol {
        request: RequestRules {
            body: BodyForm::Form,
            content_type: "application/x-www-form-urlencoded;charset=UTF-8",
            parameters: &[
                Parameter { location: Location::Query, name: "method", value: ParameterValue::Api },
                Parameter { location: Location::Query, name: "format", value: ParameterValue::Fixed("json") },
            ],
            blank: Blank::Drop,
            scalar_lists: ScalarLists::Comma,
            ..RequestRules::COMMON
        },
        values: ValueRules { date: DATE, decimal: DecimalForm::Text, json: JsonForm::Text, ..ValueRules::COMMON },
        response: ResponseRules {
            envelope: Envelope::Root(RootEnvelope {
                suffix: "_response",
                error: "error_response",
                names: EnvelopeNames {
                    code: &["code"],
                    message: &["msg"],
                    sub_code: &["sub_code"],
                    sub_message: &["sub_msg"],
                    request_id: &["request_id"],
                    ..EnvelopeNames::NONE
                },
                success: &[],
            }),
            request_id_header: None,
        },
        retry: RetryRules {
            codes: &["7"],
            sub_codes: &["isp."],
            except_sub_codes: &["isp.top-parse-error"],
            wait: Some(("This ban will last for ", " more second")),
        },
        errors: ErrorTable {
            codes: &[
                KnownError::new("25", "wrong signature").hint("compare the texts"),
                KnownError::new("27", "wrong session").message("Invalid session:{sub_code}"),
                KnownError::new("31", "wrong time").hint("set the clock").clock(),
                KnownError::new("40", "missing parameter").message("Missing required arguments:{parameter}"),
            ],
            sub_codes: &[KnownError::new("isv.*", "the caller's fault").message("非法参数")],
            texts: &[],
        },
    };

    fn sign(parts: &mut Parts, keys: &Keys, (): (), moment: &Moment<'_>) -> Result<(), SignError> {
        moment.note_field(Location::Query, "app_key", &[("key", &keys.key)]);
        parts.put_query("app_key", &keys.key);
        if let Some(session) = &keys.session {
            moment.note_field(Location::Query, "session", &[("session", session.expose())]);
            parts.put_query("session", session.expose());
        }
        parts.put_query("timestamp", moment.datetime("%Y-%m-%d %H:%M:%S", 28_800, 0)?);
        let params = sign::Pairs::of(parts, &[Location::Query, Location::Form])
            .noted(moment)
            .without_files()
            .join("", |k, v| sign::concat(&[k, v]));
        moment.note("params", &params);
        let text = moment.secret_text(
            "text",
            &[("secret", keys.secret.expose()), ("params", &params), ("secret", keys.secret.expose())],
        );
        moment.note("text", &text);
        moment.note_signature(Location::Query, "sign", "text", &[]);
        parts.put_query("sign", keys.secret.expose().len().to_string());
        Ok(())
    }
}

pub(crate) struct JsonPlatform;

impl Platform for JsonPlatform {
    type Credentials = Keys;
    type SignMethod = ();
    type Environment = Site;
    const PROTOCOL: Protocol = Protocol {
        request: RequestRules {
            body: BodyForm::Json,
            content_type: "application/json;charset=UTF-8",
            parameters: &[],
            blank: Blank::Keep,
            scalar_lists: ScalarLists::Comma,
            ..RequestRules::COMMON
        },
        values: ValueRules { date: DATE, decimal: DecimalForm::Number, json: JsonForm::Value, ..ValueRules::COMMON },
        response: ResponseRules {
            envelope: Envelope::Status(StatusEnvelope {
                names: EnvelopeNames { code: &["status", "code"], message: &["reason", "msg"], ..EnvelopeNames::NONE },
                success: &["0"],
                absent: Absent::Error,
            }),
            request_id_header: None,
        },
        retry: RetryRules { codes: &["-18"], sub_codes: &[], except_sub_codes: &[], wait: None },
        errors: ErrorTable {
            codes: &[KnownError::new("-1", "wrong keys").hint("check the keys").message("bad keys")],
            sub_codes: &[],
            texts: &[KnownError::new("时间戳过期", "the timestamp has expired").hint("set the clock").clock()],
        },
    };

    fn sign(parts: &mut Parts, keys: &Keys, (): (), moment: &Moment<'_>) -> Result<(), SignError> {
        parts.put_header("Api-Key", &keys.key);
        parts.put_header("Timestamp", moment.unix(0));
        Ok(())
    }
}
