use super::*;
use crate::diagnostic::{Color, render};
use crate::model::Item;

fn read_text(text: &str) -> (Lock, String) {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let file = sources.add("api.lock", text);
    let lock = read(file, &sources, &mut diagnostics);
    (lock, render(&diagnostics, &sources, Color::Never))
}

const HEAD: &str = "lock 1\n\nacme acme.depot.send\n  feature acme-depot\n  module depot::send\n";

#[test]
fn everything_that_a_lock_says_is_read() {
    let text = format!(
        "# words\n{HEAD}  request Send\n    list as boxes: Box_[] in box removed\n    self as self_: Box_ boxed\n    \"a b\\\"\" as a_b: Level\n  request struct Box_\n    as as as_: text\n  request enum Level: number removed\n    1 as removed\n    -1 as Low removed\n  response SendResponse\n"
    );
    let (mut lock, said) = read_text(&text);
    assert_eq!(said, "");
    let api = lock.take("acme").remove("acme.depot.send").expect("the API");
    assert_eq!((api.family.as_str(), api.module.0.as_str()), ("depot", "send"));
    let root = &api.request.objects[0];
    assert_eq!(root.name.0, "Send");
    let removed: Vec<bool> = root.fields.iter().map(|field| field.removed).collect();
    assert_eq!((root.removed, removed.as_slice()), (false, [true, false, false].as_slice()));
    let fields: Vec<_> = root
        .fields
        .iter()
        .map(|field| (field.wire.as_str(), field.name.0.as_str(), field.item, field.arity, field.list_key.as_deref()))
        .collect();
    assert_eq!(
        fields,
        [
            ("list", "boxes", LockedItem::Object(1), Arity::Many, Some("box")),
            ("self", "self_", LockedItem::Object(1), Arity::Boxed, None),
            ("a b\"", "a_b", LockedItem::Enum(0), Arity::One, None),
        ]
    );
    assert_eq!(api.request.objects[1].fields[0].item, LockedItem::Value(Item::Text));
    let values: Vec<_> =
        api.request.enums[0].values.iter().map(|value| (value.wire.as_str(), value.variant.as_str())).collect();
    assert_eq!(values, [("1", "removed"), ("-1", "Low")]);
    assert!(api.response.objects[0].fields.is_empty() && lock.platforms.is_empty());
}

#[test]
fn what_is_not_understood_is_shown_where_it_stands() {
    let wrong = |lines: &str| read_text(&format!("{HEAD}  request Send\n{lines}  response SendResponse\n")).1;
    for (lines, message, at) in [
        ("    a: txt\n", "`txt` is neither a scalar nor a type of this side", ":7:8"),
        ("    a\n", "expected `:` at the end of `a`", ":7:5"),
        ("    a b: text\n", "expected `:`", ":7:7"),
        ("    a: text gone\n", "expected the end of the line", ":7:13"),
        ("    a:  text\n", "invalid word", ":7:8"),
        ("    a-b: text\n", "`a-b` is not a valid Rust name", ":7:5"),
        ("    appId as r#fn: text\n", "`r#fn` is not a valid Rust name", ":7:14"),
        ("    a as x//y: text\n", "`x//y` is not a valid Rust name", ":7:10"),
        ("    a as x\u{200e}: text\n", "is not a valid Rust name", ":7:10"),
        ("  request enum Level: text\n    a as r#A\n", "`r#A` is not a valid Rust name", ":8:10"),
        ("  request struct Box/**/\n", "`Box/**/` is not a valid Rust name", ":7:18"),
        ("    a\u{2028}: text\n", "U+2028", ":7:6"),
        ("    a as b: text # \u{85}\n", "U+0085", ":7:20"),
        ("    a as type: text\n", "`type` is not a valid Rust name", ":7:10"),
        ("    a: text\n    a: date\n", "duplicate `a`", ":8:5"),
        ("   a: text\n", "unexpected line", ":7:4"),
        ("\ta: text\n", "unexpected line", ":7:"),
        ("      a: text\n", "unexpected line", ":7:7"),
        ("  request Again\n", "expected `struct` or `enum`, found `Again`", ":7:11"),
        ("  request enum Level: date\n", "expected `text` or `number`", ":7:23"),
        ("  answer Send\n", "unexpected `answer`", ":7:3"),
        ("  feature acme-depot\n", "duplicate `acme-depot`", ":7:11"),
        ("<<<<<<< ours\n", "unresolved merge conflict", ":7:1"),
        ("Depot x\n", "`Depot` is not a valid platform name", ":7:1"),
    ] {
        let said = wrong(lines);
        assert!(said.contains("error[E0801]") && said.contains(message) && said.contains(at), "{lines}\n{said}");
    }
}

#[test]
fn a_lock_is_whole_and_of_this_form() {
    for (text, message) in [
        ("", "expected `lock 1`"),
        ("lock 2\n", "expected `lock 1`"),
        ("lock 1\n  feature acme-depot\n", "unexpected line"),
        ("lock 1\nacme acme.depot.send\n", "needs a feature, module, request and response"),
        ("lock 1\nacme a\n  feature other-depot\n", "starts with `acme-`"),
        ("lock 1\nacme a\n  module send\n", "expected a module of the form `family::api`"),
    ] {
        let (_, said) = read_text(text);
        assert!(said.contains("error[E0801]") && said.contains(message), "{text}\n{said}");
    }
    let whole = format!("{HEAD}  request A\n  response B\n");
    let twice = whole.clone() + whole.trim_start_matches("lock 1\n");
    assert!(read_text(&twice).1.contains("duplicate API `acme.depot.send`"), "{}", read_text(&twice).1);
    let (_, said) = read_text(&whole.replace("  feature acme-depot\n", ""));
    assert!(said.contains("needs a feature, module, request and response"), "{said}");
}

#[test]
fn a_type_that_holds_itself_has_a_box() {
    let read = |side: &str| read_text(&format!("{HEAD}{}  response R\n", side.trim_start_matches('\n'))).1;
    let said = read("\n  request Send\n    node: Node removed\n  request struct Node removed\n    next: Node\n");
    assert!(said.contains("error[E0801]: `next` needs `boxed`") && said.contains(":9:11"), "{said}");
    let cycle =
        "  request A\n    b: B\n  request struct B\n    c: C\n  request struct C\n    b: B removed\n    bs: B[]\n";
    let said = read(cycle);
    assert!(said.contains("error[E0801]: `b` needs `boxed`") && said.contains(":11:8"), "{said}");
    assert_eq!(read(&cycle.replace("b: B removed", "b: B boxed removed")), "");
    assert_eq!(read(&cycle.replace("c: C\n", "c: C[]\n")), "");
}

#[test]
fn a_family_is_named_like_a_folder_that_may_be_a_module() {
    for (family, message) in [
        ("signing", "a module cannot be named `signing`"),
        ("str", "a module cannot be named `str`"),
        ("Shop", "`Shop` is not a valid family name"),
        ("客", "`客` is not a valid family name"),
    ] {
        let text = HEAD.replace("depot::", &format!("{family}::"));
        let (_, said) = read_text(&format!("{text}  request A\n  response B\n"));
        assert!(said.contains("error[E0801]") && said.contains(message) && said.contains(":5:10"), "{family}\n{said}");
    }
}

#[test]
fn a_tombstone_may_have_the_wire_name_of_its_successor() {
    let fields = "    a as a_integer: integer\n    a: text removed\n    a as a_date: date removed\n";
    let (mut lock, said) = read_text(&format!("{HEAD}  request Send\n{fields}  response R\n"));
    assert_eq!(said, "");
    let api = lock.take("acme").remove("acme.depot.send").expect("the API");
    let found = api.request.objects[0].fields.iter().map(|field| (field.name.0.as_str(), field.removed));
    assert_eq!(found.collect::<Vec<_>>(), [("a_integer", false), ("a", true), ("a_date", true)]);
}

#[test]
fn everything_in_a_removed_api_is_removed() {
    let head = HEAD.replace("depot.send\n  feature", "depot.send removed\n  feature");
    let text = format!("{head}  request Send\n    a: B\n  request struct B\n    c: text\n  response R\n");
    let (mut lock, said) = read_text(&text);
    assert_eq!(said, "");
    let api = lock.take("acme").remove("acme.depot.send").expect("the API");
    assert!(api.request.objects.iter().all(|object| object.removed && object.fields.iter().all(|field| field.removed)));
}

#[test]
fn a_file_that_is_no_lock_is_told_once() {
    let (_, said) = read_text(&format!("lock 1\n{}", "<<<<<<<\n".repeat(500)));
    assert_eq!(said.matches("error[E0801]").count(), MOST_FINDINGS, "{said}");
}

#[test]
fn apis_are_let_go_by_name() {
    let text = format!("{HEAD}  request A\n  response B\n");
    let mut lock = read_text(&text).0;
    let message = lock.forget(&["acme.depot.sent".to_owned()]).expect_err("no such API");
    assert!(message.contains("did you mean `acme.depot.send`?"), "{message}");
    assert!(lock.forget(&["acme.depot.send".to_owned()]).is_ok() && lock.platforms.is_empty());
}

proptest::proptest! {
    #[test]
    fn no_text_is_too_odd_to_be_refused(at in 0..200_usize, length in 0..40_usize, odd in "[ \\n\":a客A#\\[\\]\\\\]{0,6}") {
        let whole = format!(
            "{HEAD}  request Send\n    \"a b\" as a_b: Box_[] in box\n  request struct Box_\n    客: text\n  response R\n"
        );
        let cut = |at: usize| (0..=at.min(whole.len())).rev().find(|at| whole.is_char_boundary(*at)).unwrap_or(0);
        let text = format!("{}{odd}{}", &whole[..cut(at)], &whole[cut(at + length)..]);
        let (lock, said) = read_text(&text);
        proptest::prop_assert!(lock.platforms.len() <= 2 && !said.contains("panicked"));
    }
}

#[test]
fn an_api_with_too_many_lines_is_refused() {
    let fields: String = (0..MOST_LINES).map(|n| format!("    f{n}: text\n")).collect();
    let (_, said) = read_text(&format!("{HEAD}  request Send\n{fields}  response SendResponse\n"));
    // Two lines above it and the head of the type count too.
    let last = MOST_LINES - 3;
    assert!(said.starts_with("error[E0108]: `acme.depot.send` has more than 20000 lines\n"), "{said}");
    assert!(said.contains(&format!("|     f{last}: text\n")), "{said}");
}
