//! Lists in every shape.

use super::*;

fn items(json: &str) -> (Option<Vec<Item>>, Vec<String>) {
    let (all, notes) = read::<All>(&format!(r#"{{"items":{json}}}"#));
    (all.items, notes)
}

fn names(json: &str) -> (Option<Vec<String>>, Vec<String>) {
    let (all, notes) = read::<All>(&format!(r#"{{"names":{json}}}"#));
    (all.names, notes)
}

fn texts(texts: &[&str]) -> Option<Vec<String>> {
    Some(texts.iter().map(|text| (*text).to_owned()).collect())
}

#[test]
fn wrapped_and_bare_lists_are_at_home() {
    for json in [r#"{"item":[{"id":1},{"id":2}]}"#, r#"[{"id":1},{"id":2}]"#] {
        assert_eq!(items(json), (Some(vec![item(1), item(2)]), vec![]), "{json}");
    }
    assert_eq!(names(r#"{"string":["a","b"]}"#), (texts(&["a", "b"]), vec![]));
}

#[test]
fn other_keys_are_found() {
    assert_eq!(names(r#"{"text":["a"]}"#), (texts(&["a"]), vec!["names: ListKey".to_owned()]));
    let more = ["names: ListKey", "names.total: UnknownField"].map(str::to_owned).to_vec();
    assert_eq!(names(r#"{"total":1,"name":["a"]}"#), (texts(&["a"]), more));
    assert_eq!(items(r#"{"thing":[{"id":1}]}"#), (Some(vec![item(1)]), vec!["items: ListKey".to_owned()]));
}

#[test]
fn empty_lists_come_in_many_forms() {
    for json in ["{}", "[]", r#"{"item":[]}"#, r#"{"item":null}"#] {
        assert_eq!(items(json), (Some(vec![]), vec![]), "{json}");
    }
    for json in [r#""""#, r#"{"item":""}"#] {
        assert_eq!(items(json), (Some(vec![]), vec!["items: EmptyText".to_owned()]), "{json}");
    }
    assert_eq!(items("null"), (None, vec![]));
}

#[test]
fn one_value_becomes_the_only_item() {
    let single = vec!["items: SingleAsList".to_owned()];
    for json in [r#"{"id":1}"#, r#"{"item":{"id":1}}"#] {
        assert_eq!(items(json), (Some(vec![item(1)]), single.clone()), "{json}");
    }
    assert_eq!(names(r#""a,b""#), (texts(&["a,b"]), vec!["names: SingleAsList".to_owned()]));
    let (all, notes) = read::<All>(r#"{"numbers":"5"}"#);
    assert_eq!(all.numbers, Some(vec![5]));
    assert_eq!(notes, ["numbers: SingleAsList", "numbers[]: TextAsNumber"]);
}

#[test]
fn an_item_with_a_list_of_its_own_is_no_wrapper() {
    let (value, notes) = items(r#"{"items":[{"id":2}]}"#);
    let expected = Item { items: Some(vec![item(2)]), ..Item::default() };
    assert_eq!((value, notes), (Some(vec![expected]), vec!["items: SingleAsList".to_owned()]));
}

#[test]
fn lists_come_as_text() {
    let note = |field: &str| vec![format!("{field}: TextAsJson")];
    assert_eq!(items(r#""[{\"id\":1}]""#), (Some(vec![item(1)]), note("items")));
    assert_eq!(names(r#""[\"a\"]""#), (texts(&["a"]), note("names")));
}

#[test]
fn items_that_do_not_fit_are_counted() {
    let (all, notes) = read::<All>(r#"{"numbers":[1,"x",null,3,{}],"genders":[0,"1",9],"rows":[[1],[],[2,3]]}"#);
    assert_eq!(all.numbers, Some(vec![1, 3]));
    assert_eq!(all.genders.map(|list| list.len()), Some(3));
    assert_eq!(all.rows, Some(vec![vec![1], vec![], vec![2, 3]]));
    let expected = [
        "genders[]: TextAsNumber",
        "genders[]: UnlistedValue",
        "numbers[]: Misfit (2 times)",
        "numbers[]: DroppedItem",
    ];
    assert_eq!(notes, expected);
    assert_eq!(names("{\"a\":1,\"b\":2}"), (None, vec!["names: Misfit".to_owned()]));
}
