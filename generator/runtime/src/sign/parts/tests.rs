use super::*;

fn parts(url: &str) -> Parts {
    Parts::new("POST", url).unwrap()
}

#[test]
fn a_url_is_split_as_written() {
    let parts = parts("https://host.example:8443/router/rest?a=1&b=%E4%B8%AD+x");
    assert_eq!((parts.scheme(), parts.host()), ("https", "host.example:8443"));
    assert_eq!(parts.path(), "/router/rest");
    assert_eq!(parts.get(Location::Query, "b"), Some("中 x"));
    assert_eq!(parts.path_query(), "/router/rest?a=1&b=%E4%B8%AD+x");
    assert_eq!(parts.url(), "https://host.example:8443/router/rest");
}

#[test]
fn base_and_operation_paths_meet_in_one_slash() {
    for (base, operation, whole) in [
        ("https://h", "", "/"),
        ("https://h/", "/a/b", "/a/b"),
        ("https://h", "a", "/a"),
        ("https://h/rest/", "/a", "/rest/a"),
        ("https://h/rest/", "", "/rest/"),
    ] {
        assert_eq!(parts(base).with_operation_path(operation).path(), whole, "{base} {operation}");
    }
}

/// Only the request of a vector is without a path of the operation; every call has one.
#[test]
fn a_path_is_only_empty_if_nothing_sets_it() {
    assert_eq!((parts("https://h").path(), parts("https://h?a=1").url()), ("".into(), "https://h".to_owned()));
    let call = parts("https://h/rest").with_operation_path("/order/get").with_api("order.get");
    assert_eq!((call.api(), call.api_path(), call.path()), ("order.get", "/order/get", "/rest/order/get".into()));
    assert_eq!((call.base_url(), call.header("host")), ("https://h/rest".to_owned(), Ok("h")));
}

#[test]
fn placeholders_of_the_path_are_filled() {
    let mut call = parts("https://h/{version}").with_operation_path("/a/{key}");
    call.put_path("version", "2.0").unwrap();
    call.put_path("key", "x/中").unwrap();
    assert_eq!(call.path(), "/2.0/a/x%2F%E4%B8%AD");
    assert_eq!(call.field(Location::Path, "key").as_deref(), Some("x/中"));
    assert_eq!(call.put_path("none", ""), Err(SignError::MissingPlaceholder("none".to_owned())));
}

#[test]
fn members_of_the_body_are_fields() {
    let mut json = parts("https://h/").with_body(r#"{"a": 1}"#);
    json.put_json("sign", "x").unwrap();
    assert_eq!((json.body(), json.field(Location::Json, "a").as_deref()), (&br#"{"a":1,"sign":"x"}"#[..], Some("1")));
    json.remove(Location::Json, "sign");
    assert_eq!((json.body(), json.get(Location::Json, "a")), (&br#"{"a":1}"#[..], None));
    assert_eq!(json.put_xml("a", "1"), Err(SignError::BodyNotXml));
    let mut set = parts("https://h/");
    set.put(Location::Set(2), "key", "hush");
    assert_eq!(set.field(Location::Set(2), "key").as_deref(), Some("hush"));
    assert!(!format!("{set:?}").contains("hush"));
}

#[test]
fn odd_urls_are_refused_and_a_password_is_not_repeated() {
    for url in ["", "host/path", "ftp://host", "https:///path", "https://h/#top", "https://h/ x", "https://h/中"] {
        assert_eq!(Parts::new("GET", url), Err(SignError::Url(url.to_owned())));
    }
    let refused = Parts::new("GET", "https://user:hunter2@host/").unwrap_err();
    assert!(!refused.to_string().contains("hunter2"), "{refused}");
}

#[test]
fn put_leaves_one_value_in_the_first_place() {
    let mut parts = parts("https://h/?a=1&b=2&a=3&c=4");
    parts.put_query("a", "9");
    parts.put_query("d", "5");
    assert_eq!(parts.query_text(), "a=9&b=2&c=4&d=5");
    parts.push(Location::Query, "a", "again");
    parts.remove(Location::Query, "a");
    assert_eq!(parts.query_text(), "b=2&c=4&d=5");
}

#[test]
fn header_names_match_without_case() {
    let mut parts = parts("https://h/");
    parts.put_header("Api-Key", "1");
    parts.put_header("api-key", "2");
    assert_eq!(parts.pairs(Location::Headers), [("api-key".to_owned(), "2".to_owned())]);
    assert_eq!(parts.header("API-KEY"), Ok("2"));
    assert_eq!(parts.header("sign"), Err(SignError::MissingHeader("sign".to_owned())));
}

#[test]
fn the_body_is_its_bytes_or_else_the_form() {
    let mut form = parts("https://h/");
    form.put_form("a b", "中*-._~");
    assert_eq!(form.body_text().unwrap(), "a+b=%E4%B8%AD*-._%7E");
    assert_eq!(form.clone().with_file("image").body_text(), Err(SignError::BodyWithFiles));
    assert_eq!(form.clone().with_body("{}").body_text().unwrap(), "{}");
    assert_eq!(form.with_body([0xff]).body_text(), Err(SignError::BodyNotText));
}

#[test]
fn facts_are_looked_up_by_name() {
    let parts = parts("https://h/").with_facts(&[("action", "Save")]);
    assert_eq!(parts.fact("action"), Ok("Save"));
    assert_eq!(parts.fact("other"), Err(SignError::MissingFact("other".to_owned())));
    assert_eq!(parts.optional_fact("other"), None);
}

#[test]
fn debug_shows_names_only() {
    let mut parts = parts("https://h/?session=token");
    parts.put_form("phone", "555");
    let shown = format!("{parts:?}");
    assert!(shown.contains("session") && shown.contains("phone"), "{shown}");
    assert!(!shown.contains("token") && !shown.contains("555"), "{shown}");
}
