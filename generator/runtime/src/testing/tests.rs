//! Reading reverses what clients send, and decoding reverses what is written.

mod mocks;
mod requests;
mod values;
mod wire;

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use crate::fixture::{All, Item};
use crate::{Date, Decimal, Json, Map, MapValue};

/// Texts of all kinds, blank ones included.
fn text() -> BoxedStrategy<String> {
    let odd = ["", " ", "a&b=c+d%20", "\"\\/\t\r\n", "中👍 é", "[1]", "null", "<a>&amp;", "\u{1}"].map(str::to_owned);
    prop_oneof![select(odd.to_vec()), any::<String>()].boxed()
}

/// Texts that are plain to every reader: not blank, not JSON, without control characters.
fn word() -> BoxedStrategy<String> {
    "w[a-z &<>'\"中]{0,8}w".boxed()
}

fn number() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        any::<i64>().prop_map(Decimal::from),
        select(vec!["0.10", "-1.5e-7", "1E400", "12345678901234567890.5"]).prop_map(Decimal::from),
    ]
}

fn json() -> impl Strategy<Value = Json> {
    let texts = ["[1, {\"a\": null}]", "{}", "\"[1]\"", "\"中\\u0001\"", "true", "-1.50"];
    select(texts.to_vec()).prop_map(Json::from)
}

fn map(text: BoxedStrategy<String>) -> impl Strategy<Value = Map> {
    let value = prop_oneof![
        Just(MapValue::Null),
        any::<bool>().prop_map(MapValue::Bool),
        number().prop_map(MapValue::Number),
        text.clone().prop_map(MapValue::Text),
        Just(MapValue::Json(Json::from("[{}, 1]"))),
    ];
    vec((text, value), 0..4).prop_map(Map::from)
}

fn item(text: BoxedStrategy<String>) -> impl Strategy<Value = Item> {
    let leaf = (any::<i64>(), of(text), of(any::<bool>())).prop_map(|(id, name, flag)| Item {
        id: Some(id),
        name,
        flag,
        ..Item::default()
    });
    leaf.prop_recursive(3, 8, 3, |inner| {
        (inner.clone(), of(inner.clone()), of(vec(inner, 0..3))).prop_map(|(item, child, items)| Item {
            child: child.map(Box::new),
            items,
            ..item
        })
    })
}

fn all(text: BoxedStrategy<String>) -> impl Strategy<Value = All> {
    let scalars = (
        of(text.clone()),
        of(any::<i64>()),
        of(any::<bool>()),
        of(text.clone().prop_map(Date::from)),
        of(number()),
        of(select(vec!["0", "1", "7"]).prop_map(crate::open_enum)),
        of(text.clone().prop_map(crate::open_enum)),
    );
    let lists = (
        of(vec(text.clone(), 0..4)),
        of(vec(any::<i64>(), 0..4)),
        of(vec(item(text.clone()), 0..3)),
        of(vec(vec(any::<i64>(), 0..3), 0..3)),
        of(vec(select(vec!["0", "1", "7"]).prop_map(crate::open_enum), 0..3)),
        of(vec(json(), 0..3)),
    );
    let others = (of(json()), of(json()), of(map(text.clone())), of(item(text)));
    (scalars, lists, others).prop_map(|(scalars, lists, others)| {
        let (text, number, yes, when, price, gender, channel) = scalars;
        let (names, numbers, items, rows, genders, jsons) = lists;
        let (extra, opaque, map, item) = others;
        All {
            text,
            number,
            yes,
            when,
            price,
            extra,
            opaque,
            map,
            gender,
            channel,
            item,
            names,
            numbers,
            items,
            rows,
            genders,
            jsons,
        }
    })
}
