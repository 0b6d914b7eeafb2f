//! Single values and objects.

use super::*;

#[test]
fn documented_values_are_no_coercions() {
    let (all, notes) = read::<All>(
        r#"{"text":"a\/中","number":7091800003790954036,"yes":true,"when":"2024-03-12 14:05:56","price":"0.10",
           "map":{"b":3000,"a":"x","n":null,"t":true,"d":[1]},"gender":1,"channel":"WEB","item":{"id":1}}"#,
    );
    assert_eq!(all.text.as_deref(), Some("a/中"));
    assert_eq!(all.number, Some(7_091_800_003_790_954_036));
    assert_eq!(all.when, Some("2024-03-12 14:05:56".into()));
    assert_eq!(all.price, Some("0.10".into()));
    let map = [
        ("b", 3000.into()),
        ("a", "x".into()),
        ("n", MapValue::Null),
        ("t", true.into()),
        ("d", Json::from("[1]").into()),
    ];
    assert_eq!(all.map, Some(Map::from(map)));
    assert_eq!((all.gender, all.channel), (Some(Gender::Male), Some(Channel::Web)));
    assert_eq!(all.item, Some(item(1)));
    assert_eq!(notes, [""; 0]);
}

#[test]
fn text_takes_anything() {
    for (json, text) in [("400", "400"), ("1.50", "1.50"), ("true", "true"), (r#"{"x": 1}"#, r#"{"x": 1}"#)] {
        let (all, notes) = read::<All>(&format!(r#"{{"text":{json}}}"#));
        assert_eq!(all.text.as_deref(), Some(text));
        assert_eq!(notes.len(), 1, "{json}");
    }
}

#[test]
fn numbers_come_as_text_and_with_a_fraction() {
    let cases = [
        (r#""123""#, Some(123), "number: TextAsNumber"),
        (r#""-5.0""#, Some(-5), "number: TextAsNumber"),
        ("5.0", Some(5), "number: DecimalAsInteger"),
        ("1e3", Some(1000), "number: DecimalAsInteger"),
        ("5.5", None, "number: Misfit"),
        ("9223372036854775808", None, "number: Misfit"),
        (r#""unfroze""#, None, "number: Misfit"),
        (r#""""#, None, "number: EmptyText"),
        ("true", None, "number: Misfit"),
        ("[1]", None, "number: Misfit"),
    ];
    for (json, number, note) in cases {
        let (all, notes) = read::<All>(&format!(r#"{{"number":{json}}}"#));
        assert_eq!((all.number, notes), (number, vec![note.to_owned()]), "{json}");
    }
}

#[test]
fn truth_values_come_as_text_and_numbers() {
    let cases = [
        (r#""TRUE""#, Some(true), "yes: TextAsBoolean"),
        (r#""false""#, Some(false), "yes: TextAsBoolean"),
        ("1", Some(true), "yes: NumberAsBoolean"),
        ("2", None, "yes: Misfit"),
        (r#""yes""#, None, "yes: Misfit"),
        (r#"" ""#, None, "yes: EmptyText"),
    ];
    for (json, yes, note) in cases {
        let (all, notes) = read::<All>(&format!(r#"{{"yes":{json}}}"#));
        assert_eq!((all.yes, notes), (yes, vec![note.to_owned()]), "{json}");
    }
}

#[test]
fn dates_and_decimals_keep_their_text() {
    let (all, notes) = read::<All>(r#"{"when":1710223556000,"price":12.50}"#);
    assert_eq!((all.when, all.price), (Some("1710223556000".into()), Some("12.50".into())));
    assert_eq!(notes, ["when: NumberAsDate"]);
    let (all, notes) = read::<All>(r#"{"when":"Thu Mar 14 15:16:52 CST 2024","price":{}}"#);
    assert_eq!(all.when, Some("Thu Mar 14 15:16:52 CST 2024".into()));
    assert_eq!((all.price, notes), (None, vec!["price: Misfit".to_owned()]));
}

#[test]
fn json_is_the_value_or_the_text_that_holds_it() {
    let cases = [
        (r#"{"extra":"{\"a\":1}"}"#, r#"{"a":1}"#),
        (r#"{"extra":{"a": 1.0}}"#, r#"{"a": 1.0}"#),
        (r#"{"extra":"plain"}"#, r#""plain""#),
        (r#"{"extra":""}"#, r#""""#),
    ];
    for (json, text) in cases {
        let (all, notes) = read::<All>(json);
        assert_eq!((all.extra, notes), (Some(text.into()), vec![]), "{json}");
    }
    let (all, _) = read::<All>(r#"{"opaque":"{\"a\":1}"}"#);
    assert_eq!(all.opaque, Some(r#""{\"a\":1}""#.into()));
}

#[test]
fn open_enums_keep_what_is_not_listed() {
    let (all, notes) = read::<All>(r#"{"gender":"1","channel":"FAX"}"#);
    assert_eq!(all.gender, Some(Gender::Male));
    assert_eq!(all.channel.as_ref().map(crate::wire_value), Some("FAX"));
    assert_eq!(notes, ["channel: UnlistedValue", "gender: TextAsNumber"]);
    let (all, notes) = read::<All>(r#"{"gender":1.0,"channel":5}"#);
    assert_eq!(all.gender, Some(Gender::Male));
    assert_eq!(all.channel.as_ref().map(crate::wire_value), Some("5"));
    assert_eq!(notes, ["channel: ScalarAsText", "channel: UnlistedValue"]);
}

#[test]
fn null_is_nothing_and_unknown_members_are_counted() {
    let (all, notes) = read::<All>(r#"{"text":null,"item":null,"names":null,"a.b":1,"map":null,"x":{}}"#);
    assert_eq!(all, All::default());
    assert_eq!(notes, ["[\"a.b\"]: UnknownField", "x: UnknownField"]);
}

#[test]
fn the_last_of_two_members_counts() {
    let (all, notes) = read::<All>(r#"{"number":1,"numbers":[1],"number":null,"numbers":[2],"map":{"a":1,"a":2}}"#);
    assert_eq!((all.number, all.numbers), (None, Some(vec![2])));
    assert_eq!(all.map, Some(Map::from([("a", 2.into())])));
    assert_eq!(notes, ["map: Duplicate", "number: Duplicate", "numbers: Duplicate"]);
}

#[test]
fn objects_come_as_text_and_as_lists() {
    let cases = [
        (r#""{\"id\":1}""#, Some(item(1)), "item: TextAsJson"),
        (r#"[{"id":1}]"#, Some(item(1)), "item: ListAsObject"),
        ("[]", Some(Item::default()), "item: EmptyListAsObject"),
        (r#""""#, None, "item: EmptyText"),
        ("7", None, "item: Misfit"),
        (r#"[{"id":1},{"id":2}]"#, None, "item: Misfit"),
    ];
    for (json, value, note) in cases {
        let (all, notes) = read::<All>(&format!(r#"{{"item":{json}}}"#));
        assert_eq!((all.item, notes), (value, vec![note.to_owned()]), "{json}");
    }
}

#[test]
fn recursion_ends() {
    let deep = format!("{}{}", r#"{"child":"#.repeat(10_000), "}".repeat(10_000));
    let deep = deep.replace(":}", ":{}}");
    let (value, notes) = read::<Item>(&deep);
    let mut depth = 0;
    let mut at = &value;
    while let Some(child) = &at.child {
        (depth, at) = (depth + 1, child);
    }
    assert_eq!((depth, notes.len()), (MAX_DEPTH, 1));
    assert!(notes[0].ends_with(".child: TooDeep"));
}

#[test]
fn a_superseded_field_is_never_filled() {
    for text in [r#"{"status": 1, "price": "on call"}"#, r#"{"price": "on call", "status": 1}"#] {
        let (evolved, found) = read::<Evolved>(text);
        assert_eq!((evolved.status_integer, evolved.status), (Some(1), None));
        assert_eq!(evolved.price.as_ref().map(Decimal::as_str), Some("on call"));
        assert!(found.is_empty(), "{found:?}");
    }
}
