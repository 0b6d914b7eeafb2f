//! Pages with the oddities that the data of real catalogues has, one API per kind, each about an invented depot.
//!
//! Every kind was counted in the public catalogue of TOP, in its pages, or in those of iTNIO; the numbers of hits are not
//! repeated here. Names, types and texts are invented.

use serde_json::{Value, json};

mod texts;

/// A page with one kind of oddity, as the document service gives it.
#[derive(Clone, Debug)]
pub struct Quirk {
    /// What is odd.
    pub kind: &'static str,
    /// The name of the API.
    pub api: String,
    title: String,
    description: String,
    request: Vec<Value>,
    response: Vec<Value>,
}

impl Quirk {
    fn new(kind: &'static str, api: &str) -> Self {
        Self {
            kind,
            api: api.to_owned(),
            title: "寄箱".to_owned(),
            description: "把箱子寄出去".to_owned(),
            request: Vec::new(),
            response: Vec::new(),
        }
    }

    fn request(mut self, fields: impl IntoIterator<Item = Value>) -> Self {
        self.request.extend(fields);
        self
    }

    fn response(mut self, fields: impl IntoIterator<Item = Value>) -> Self {
        self.response.extend(fields);
        self
    }

    /// The fields on both sides, to be read from either.
    fn both(self, fields: &[Value]) -> Self {
        self.request(fields.iter().cloned()).response(fields.iter().cloned())
    }

    /// The record of the document service.
    #[must_use]
    pub fn record(&self) -> Value {
        json!({"success": true, "data": {
            "name": self.api,
            "apiChineseName": self.title,
            "description": self.description,
            "labels": [{"displayName": "不需用户授权"}],
            "requestParams": self.request,
            "responseParams": self.response,
            "errorCodes": [],
        }})
    }

    /// How many fields the page lists.
    #[must_use]
    pub fn rows(&self) -> usize {
        rows(&self.request) + rows(&self.response)
    }
}

fn rows(fields: &[Value]) -> usize {
    fields.iter().map(|field| 1 + field["subParams"].as_array().map_or(0, |members| rows(members))).sum()
}

/// A field without members.
fn leaf(name: &str, type_word: &str) -> Value {
    json!({"name": name, "type": type_word, "required": false, "demoValue": "1", "description": "说明"})
}

/// A field with a text of the page in its description.
fn told(name: &str, description: &str) -> Value {
    json!({"name": name, "type": "String", "required": false, "demoValue": "1", "description": description})
}

/// A field with a sample.
fn shown(name: &str, type_word: &str, sample: &str) -> Value {
    json!({"name": name, "type": type_word, "required": false, "demoValue": sample, "description": "说明"})
}

/// A field with members.
fn object(name: &str, type_word: &str, members: impl IntoIterator<Item = Value>) -> Value {
    let members: Vec<Value> = members.into_iter().collect();
    json!({"name": name, "type": type_word, "required": true, "description": "说明", "subParams": members})
}

/// All kinds.
#[must_use]
pub fn all() -> Vec<Quirk> {
    [types(), fields(), levels(), trees(), names(), limits(), texts::all()].concat()
}

fn types() -> Vec<Quirk> {
    let words = |words: &[&str]| -> Vec<Value> {
        words.iter().enumerate().map(|(index, word)| leaf(&format!("field_{index}"), word)).collect()
    };
    let of = |name: &'static str, word: &str| object(name, word, [leaf("a", "String"), leaf("b", "Number")]);
    let prelude =
        ["Result", "Option", "Some", "Ok", "Err", "Vec", "Box", "String", "Default", "Clone", "Debug", "Self"];
    let wanted = ["Error", "Request", "Response", "Map", "Json", "Client", "Date", "Endpoint", "Operation", "Session"];
    let named = |list: &[&'static str]| -> Vec<Value> {
        list.iter()
            .enumerate()
            .map(|(index, word)| {
                of(["f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "g0", "g1"][index], word)
            })
            .collect()
    };
    vec![
        Quirk::new("scalars of every spelling", "acme.type.scalars.get").both(&words(&[
            "String",
            "Number",
            "Boolean",
            "Date",
            "Json",
            "BigDecimal",
            "Price",
            "byte",
            "byte[]",
            "Field List",
            "Integer",
            "Long",
            "Double",
            "Float",
            "Short",
            "Object",
            "HashMap",
            "Map",
            "List",
            "Struct",
            "T",
            "Void",
        ])),
        Quirk::new("lists with and without a space", "acme.type.lists.get").both(&words(&[
            "String []",
            "String[]",
            "Number []",
            "Date[]",
            "Json []",
            "Price[]",
            "BigDecimal []",
            "Boolean[]",
            "Integer[]",
            "Long[]",
            "T[]",
            "Object []",
            "byte[][]",
            "String[][]",
        ])),
        Quirk::new("types named like the Rust prelude", "acme.type.prelude.get").both(&named(&prelude)),
        Quirk::new("types named like those of the crate", "acme.type.wanted.get").both(&named(&wanted)),
        Quirk::new("named types without fields", "acme.type.empty.get")
            .both(&words(&["Tips", "Tips[]", "null", "null[]"])),
        Quirk::new("no type at all", "acme.type.missing.get").both(&[
            json!({"name": "untyped", "type": null, "description": "说明"}),
            json!({"name": "blank", "type": "", "description": "说明"}),
            json!({"name": "absent"}),
            json!({"name": "untyped_with_members", "type": null, "subParams": [leaf("a", "String")]}),
        ]),
        Quirk::new("scalars with members", "acme.type.filled.get").both(&[
            of("text", "String"),
            of("price", "Price"),
            of("prices", "Price[]"),
            of("map", "Map"),
            of("json", "Json"),
            of("doubles", "Double[]"),
            of("file", "byte[]"),
            of("when", "Date"),
        ]),
        Quirk::new("more than a hundred fields in a type", "acme.type.wide.get").request([object(
            "wide",
            "Wide",
            (0..131).map(|index| leaf(&format!("f_{index}"), "String")),
        )]),
        Quirk::new("629 fields in an API", "acme.type.huge.get").response((0..37).map(|index| {
            let members = (0..16).map(|member| leaf(&format!("m_{member}"), "Number"));
            object(&format!("group_{index}"), &format!("Group{index}"), members)
        })),
    ]
}

fn fields() -> Vec<Quirk> {
    let named = |kind, api, names: &[&str]| {
        let fields: Vec<Value> = names.iter().map(|name| leaf(name, "String")).collect();
        Quirk::new(kind, api).both(&fields)
    };
    vec![
        named(
            "capital letters",
            "acme.field.capitals.get",
            &["OwnerId", "QPS", "is_3D", "appKey", "Owner_Id", "aB_cD"],
        ),
        named(
            "keywords and names of the language",
            "acme.field.keywords.get",
            &[
                "type",
                "match",
                "async",
                "await",
                "dyn",
                "box",
                "priv",
                "self",
                "Self",
                "super",
                "crate",
                "fn",
                "impl",
                "try",
                "yield",
                "gen",
                "union",
                "static",
                "mod",
                "loop",
                "u8",
                "str",
                "bool",
                "macro_rules",
            ],
        ),
        named(
            "names of the type's own methods",
            "acme.field.methods.get",
            &["new", "default", "clone", "fmt", "eq", "fields", "table", "shape", "serialize", "drop", "into", "value"],
        ),
        named(
            "acronyms that were split",
            "acme.field.acronyms.get",
            &["crate_d_t_o", "r_q", "s_k_us", "a_e_list", "v_o"],
        ),
        named("digits", "acme.field.digits.get", &["last_12_months", "code_1", "code1", "200_status", "3d", "x_200_y"]),
        named(
            "more than fifty signs",
            "acme.field.long.get",
            &["param_depot_optimization_query_pay_driver_account_of_the_crate_d_t_o"],
        ),
        named(
            "dots, dashes and underscores at an end",
            "acme.field.signs.get",
            &["depot.crate", "depot-crate", "_t", "t_", "a__b", "$price", "list[0]", "c d", "箱子"],
        ),
        named("names of the protocol and the envelope", "acme.field.protocol.get", &["status", "data", "body", "url"]),
        Quirk::new("members of the answer named like the envelope's", "acme.field.envelope.get").response(
            ["code", "msg", "request_id", "sub_code", "sub_msg", "error_response"].map(|name| leaf(name, "String")),
        ),
        Quirk::new("words as wrong as they are on the page", "acme.field.typos.get").both(&[
            leaf("acction_price", "Price"),
            leaf("yestoday_count", "Number"),
            leaf("er_msg", "String"),
        ]),
    ]
}

fn levels() -> Vec<Quirk> {
    let tree = || object("result", "Tree", [leaf("a", "String"), leaf("b", "Number")]);
    vec![
        Quirk::new("a name twice on a level", "acme.level.twice.get").both(&[
            leaf("remark", "String"),
            leaf("other", "Number"),
            leaf("remark", "String"),
        ]),
        Quirk::new("a name twice with all below it", "acme.level.trees.get").response([tree(), tree()]),
        Quirk::new("a name twice with two types", "acme.level.types.get").response([tree(), leaf("result", "String")]),
        Quirk::new("names that differ in case or underscores", "acme.level.alike.get")
            .both(&["open_id", "openid", "OPENID", "Open_ids"].map(|name| leaf(name, "String"))),
    ]
}

fn trees() -> Vec<Quirk> {
    let money = |name: &str| object(name, "Money", [leaf("cent", "Number"), leaf("currency", "String")]);
    let other = |name: &str| object(name, "Money", [leaf("amount", "Price")]);
    let unrolled =
        (0..6).fold(leaf("end", "String"), |below, _| object("children", "Node[]", [leaf("id", "Number"), below]));
    let deep = (0..7).rev().fold(leaf("end", "String"), |below, level| {
        object(&format!("level_{level}"), &format!("Level{level}"), [below])
    });
    vec![
        Quirk::new("a type in several places", "acme.tree.reused.get").both(&[money("price"), money("freight")]),
        Quirk::new("a type name with several shapes", "acme.tree.shapes.get").both(&[
            money("price"),
            other("freight"),
            object("tax", "Money", [leaf("cent", "String")]),
        ]),
        Quirk::new("a type that only has the name of the one around it", "acme.tree.around.get").both(&[object(
            "result",
            "Result",
            [leaf("ok", "Boolean"), object("result", "Result", [leaf("id", "Number")])],
        )]),
        Quirk::new("a record in itself, unrolled", "acme.tree.unrolled.get").both(&[unrolled]),
        Quirk::new("a record in itself, without fields below", "acme.tree.itself.get").both(&[object(
            "node",
            "Node",
            [leaf("id", "Number"), leaf("next", "Node"), leaf("all", "Node[]")],
        )]),
        Quirk::new("type names that differ in case or signs", "acme.tree.cases.get").both(&[
            object("a", "FundDTO", [leaf("x", "Number")]),
            object("b", "FundDto", [leaf("y", "Number")]),
            object("c", "Fund_Dto", [leaf("z", "Number")]),
            object("d", "fundDto", [leaf("w", "Number")]),
        ]),
        Quirk::new("type names of other signs", "acme.tree.signs.get").both(&[
            object("a", "com.acme.Crate", [leaf("x", "Number")]),
            object("b", "Crate<String>", [leaf("y", "Number")]),
            object("c", "Map<String, Crate>", [leaf("z", "Number")]),
            object("d", "箱子", [leaf("w", "Number")]),
            object("e", "3D", [leaf("v", "Number")]),
        ]),
        Quirk::new("seven levels", "acme.tree.deep.get").both(&[deep]),
        Quirk::new("a field named like its parent", "acme.tree.parent.get").both(&[object(
            "data",
            "Data",
            [object("data", "DataList[]", [leaf("data", "String")])],
        )]),
        Quirk::new("an answer that is a list, a text and JSON", "acme.tree.bare.get").response([
            leaf("results", "String[]"),
            leaf("module", "Json"),
            leaf("success", "Boolean"),
        ]),
        Quirk::new("result of many shapes, first", "acme.tree.result.first.get").response([object(
            "result",
            "Result",
            [leaf("module", "String")],
        )]),
        Quirk::new("result of many shapes, second", "acme.tree.result.second.get").response([object(
            "result",
            "Result[]",
            [leaf("model", "Number"), object("result", "Result", [])],
        )]),
    ]
}

fn names() -> Vec<Quirk> {
    let named = |kind, api| Quirk::new(kind, api).both(&[leaf("id", "Number")]);
    let mut bracketed = named("brackets in the title", "acme.api.title.get");
    bracketed.title = "流量充值（根据号码）(新)【测试】 `x` [y] <b>z</b>".to_owned();
    let mut untitled = named("no title and no description", "acme.api.untitled.get");
    (untitled.title, untitled.description) = (String::new(), String::new());
    vec![
        bracketed,
        untitled,
        Quirk::new("neither parameters nor answer", "acme.api.nothing.get"),
        named("a keyword as the last segment", "acme.api.store.type"),
        named("a keyword as the whole leaf", "acme.api.return"),
        named("capitals in the name", "acme.api.cardInfo"),
        named("more than eight segments", "acme.api.depot.derby.member.voucher.card.aps.refund.item"),
        named("a date, dashes and capitals in the name", "acme.aliyuncs.com.CreateAppForBid.2013-07-01"),
        named("the same on another date", "acme.aliyuncs.com.CreateAppForBid.2014-08-15"),
        named("a family with a dash", "m-acme.aliyuncs.com.CreateInstance.2015-03-01"),
        named("names that are alike without dots, first", "acme.api.coupontemplate.query"),
        named("names that are alike without dots, second", "acme.api.coupon.template.query"),
        named("names that are alike but for case, first", "acme.api.synVideo"),
        named("names that are alike but for case, second", "acme.api.synvideo"),
    ]
}

fn limits() -> Vec<Quirk> {
    let limited = |name: &str, type_word: &str, key: &str, limit: Value| {
        let mut field = leaf(name, type_word);
        field[key] = limit;
        field
    };
    vec![Quirk::new("limits that fit no type", "acme.limit.odd.get").request([
        limited("a", "Number", "maxLength", json!(10)),
        limited("b", "String", "maxListSize", json!(20)),
        limited("c", "String[]", "maxListSize", json!(20)),
        limited("d", "Number", "minValue", json!(1)),
        limited("e", "Number", "maxValue", json!(65_535)),
        limited("f", "String", "maxLength", json!(0)),
        limited("g", "String", "maxLength", json!(-1)),
        limited("h", "String", "maxLength", json!("32")),
        limited("i", "String", "maxLength", json!("many")),
        limited("j", "String", "defaultValue", json!("默认 \"x\"")),
        limited("k", "Number", "defaultValue", json!("none")),
    ])]
}
