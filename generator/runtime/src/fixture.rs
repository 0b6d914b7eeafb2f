//! Types as the generator writes them, for this crate's own tests.

use core::fmt;

use crate::*;

/// Implements the field table and the delegating traits for a struct.
macro_rules! object {
    ($name:ident { $($index:literal $field:ident : $type:ty = $table:expr),* $(,)? }) => {
        #[derive(Clone, Default)]
        pub(crate) struct $name { $(pub(crate) $field: Option<$type>),* }

        impl Object for $name {
            fn shape(&self) -> &'static Shape {
                const SHAPE: Shape = Shape::new(stringify!($name), &[$($table),*]);
                &SHAPE
            }

            fn field(&self, index: usize) -> Option<&dyn Value> {
                match index { $($index => Some(&self.$field),)* _ => None }
            }

            fn field_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
                match index { $($index => Some(&mut self.$field),)* _ => None }
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool { crate::equal(self, other) }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { crate::debug(self, f) }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                crate::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::deserialize(deserializer)
            }
        }
    };
}

/// Implements an open enum.
macro_rules! open_enum {
    ($name:ident $wire:ident { $($value:literal $variant:ident),* }) => {
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub(crate) enum $name { $($variant,)* Unknown(UnknownValue) }

        impl OpenEnum for $name {
            const WIRE: Wire = Wire::$wire;
            const VALUES: &'static [(&'static str, Self)] = &[$(($value, Self::$variant)),*];

            fn unknown(value: UnknownValue) -> Self { Self::Unknown(value) }

            fn as_unknown(&self) -> Option<&UnknownValue> {
                match self { Self::Unknown(value) => Some(value), _ => None }
            }
        }

        impl Element for $name {
            const KIND: Kind = Kind::Enum;

            fn view(&self) -> View<'_> { enum_view(self) }

            fn slot(slot: &mut Option<Self>) -> Slot<'_> { enum_slot(slot) }
        }
    };
}

open_enum!(Gender Number { "0" Female, "1" Male });
open_enum!(Channel Text { "APP" App, "WEB" Web });

object!(Item {
    0 id: i64 = Field::new("id").required(),
    1 name: String = Field::new("name").max_length(4),
    2 flag: bool = Field::new("flag"),
    3 child: Box<Item> = Field::new("child"),
    4 items: Vec<Item> = Field::new("items").list("item"),
});

object!(All {
    0 text: String = Field::new("text"),
    1 number: i64 = Field::new("number").min("1").max("20"),
    2 yes: bool = Field::new("yes"),
    3 when: Date = Field::new("when"),
    4 price: Decimal = Field::new("price").min("0.5"),
    5 extra: Json = Field::new("extra"),
    6 opaque: Json = Field::new("opaque").opaque(),
    7 map: Map = Field::new("map"),
    8 gender: Gender = Field::new("gender"),
    9 channel: Channel = Field::new("channel"),
    10 item: Item = Field::new("item"),
    11 names: Vec<String> = Field::new("names").list("string").max_length(8),
    12 numbers: Vec<i64> = Field::new("numbers").list("number"),
    13 items: Vec<Item> = Field::new("items").list("item").max_items(2),
    14 rows: Vec<Vec<i64>> = Field::new("rows"),
    15 genders: Vec<Gender> = Field::new("genders").list("gender"),
    16 jsons: Vec<Json> = Field::new("jsons").list("json"),
});

object!(Marked {
    0 text: String = Field::new("text").shown(),
    1 hidden: String = Field::new("hidden"),
    2 number: i64 = Field::new("number").shown(),
    3 when: Date = Field::new("when").shown(),
    4 price: Decimal = Field::new("price").shown(),
    5 extra: Json = Field::new("extra").shown(),
    6 map: Map = Field::new("map").shown(),
    7 channel: Channel = Field::new("channel").shown(),
    8 names: Vec<String> = Field::new("names").list("string").shown(),
});

object!(Evolved {
    0 status_integer: i64 = Field::new("status"),
    1 price: Decimal = Field::new("price").as_text().max_length(8),
    2 when: Date = Field::new("when").as_text(),
    3 extras: Vec<Json> = Field::new("extras").as_text(),
    4 status: String = Field::new("status").superseded(),
});

object!(FormCall {
    0 id: String = Field::new("id").required(),
    1 body: All = Field::new("body"),
    2 names: Vec<String> = Field::new("names"),
    3 items: Vec<Item> = Field::new("items"),
    4 file: File = Field::new("file"),
    5 when: Date = Field::new("when"),
    6 extra: Json = Field::new("extra"),
    7 map: Map = Field::new("map"),
});

object!(Needs {
    0 text: String = Field::new("text").required(),
    1 channel: Channel = Field::new("channel").required(),
    2 when: Date = Field::new("when").required(),
    3 price: Decimal = Field::new("price").required(),
    4 extra: Json = Field::new("extra").required(),
});

object!(NeedsCall {
    0 needs: Needs = Field::new("needs"),
    1 list: Vec<Needs> = Field::new("list"),
    2 text: String = Field::new("text").required(),
});

object!(FormAnswer {
    0 result: All = Field::new("result"),
    1 data: Vec<Item> = Field::new("data").list("initiative_item"),
    2 code: String = Field::new("code"),
    3 numbers: Vec<i64> = Field::new("numbers").list("number"),
});

object!(WithRequestId {
    0 request_id: String = Field::new("request_id"),
});

object!(JsonCall {
    0 voice_id: String = Field::new("voiceId").required(),
    1 all: All = Field::new("all"),
    2 numbers: Vec<i64> = Field::new("numbers"),
    3 file: File = Field::new("file"),
});

object!(JsonAnswer {
    0 data: Vec<String> = Field::new("data"),
    1 status: String = Field::new("status"),
});

/// What calls without types are decoded into.
pub(crate) type RawAnswer = <RawRequest as Subject>::Target;

object!(RawFormCall {});

object!(RawJsonCall {});

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
        },
        values: ValueRules { date: DATE, decimal: DecimalForm::Text, json: JsonForm::Text },
        response: ResponseRules {
            envelope: Envelope::Root(RootEnvelope {
                suffix: "_response",
                error: "error_response",
                code: "code",
                message: "msg",
                sub_code: "sub_code",
                sub_message: "sub_msg",
                request_id: "request_id",
            }),
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
                KnownError::new("31", "wrong time").hint("set the clock").clock(),
            ],
            sub_codes: &[KnownError::new("isv.*", "the caller's fault")],
            texts: &[],
        },
    };

    fn sign(parts: &mut Parts, keys: &Keys, (): (), moment: &Moment<'_>) -> Result<(), SignError> {
        parts.put_query("app_key", &keys.key);
        if let Some(session) = &keys.session {
            parts.put_query("session", session.expose());
        }
        parts.put_query("timestamp", moment.datetime("%Y-%m-%d %H:%M:%S", 28_800, 0)?);
        let params = sign::Pairs::of(parts, &[Location::Query, Location::Form])
            .noted(moment)
            .without_files()
            .join("", |k, v| sign::concat(&[k, v]));
        moment.note("params", &params);
        let text = sign::SecretText::concat(&[keys.secret.expose(), &params, keys.secret.expose()]);
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
        },
        values: ValueRules { date: DATE, decimal: DecimalForm::Number, json: JsonForm::Value },
        response: ResponseRules {
            envelope: Envelope::Status(StatusEnvelope {
                status: &["status", "code"],
                message: &["reason", "msg"],
                success: &["0"],
            }),
        },
        retry: RetryRules { codes: &["-18"], sub_codes: &[], except_sub_codes: &[], wait: None },
        errors: ErrorTable {
            codes: &[KnownError::new("-1", "wrong keys").hint("check the keys")],
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
