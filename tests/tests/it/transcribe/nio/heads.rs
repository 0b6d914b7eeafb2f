//! What stands above the tables: title, description and address.

use super::pages::{CARDS, ENGLISH};
use super::{body, contains, written};

const DESCRIPTION: &str = "- at: ''\n  about: description\n  note: ambiguous\n";
const NAME: &str = "- at: ''\n  about: name\n  note: ambiguous\n";

#[test]
fn title_and_description_are_settled_by_their_order_alone() {
    let text = body(CARDS);
    assert!(text.contains("title: 查箱\ndescription: 按层查箱\n") && !text.contains("about: description"), "{text}");
    let (_, rest) = CARDS.split_once("GET\n").expect("a method");
    let (_, untitled) = CARDS.split_once("\n\n").expect("a title");
    let address = rest.lines().next().expect("an address");
    let swapped = format!("GET\n{address}\n{}", CARDS.replacen(&format!("GET\n{address}\n"), "", 1));
    for (page, description) in [
        (untitled.to_owned(), "按层查箱"),
        (swapped, "查箱 按层查箱"),
        (format!("Last updated\n{CARDS}"), "Last updated 查箱 按层查箱"),
    ] {
        let text = body(&page);
        assert!(!text.contains("\ntitle:"), "{text}");
        contains(&text, &[&format!("description: {description}\n"), DESCRIPTION]);
    }
    let several = "- at: ''\n  about: description\n  note: cells-merged\n";
    contains(&body(ENGLISH), &["title: Find Crates\ndescription: Finds crates, page by page.\n", several]);
}

#[test]
fn of_two_addresses_the_sample_confirms_one() {
    let page = format!("https://docs.example.com/help/api\n{ENGLISH}");
    let text = body(&page);
    contains(&text, &["api: depot.crateList\n", "path: /depot/crateList\n"]);
    assert!(!text.contains("about: path") && !text.contains("about: name"), "{text}");
    // No sample: neither is confirmed, unless --api names it.
    let page = page.replace("    https://api.example.com/depot/crateList\n", "");
    contains(&body(&page), &["- at: ''\n  about: path\n  note: repeated\n", NAME]);
    let (run, text) = written(&page, &["--api", "depot.crateList"]);
    let text = text.unwrap_or(run.err);
    contains(&text, &["path: /depot/crateList\n"]);
    assert!(!text.contains("about: path") && !text.contains("about: name"), "{text}");
    let page =
        ENGLISH.replace("    https://api.example.com/depot/crateList\n", "    https://api.example.com/depot/other\n");
    contains(&body(&page), &["api: depot.crateList\n", "- at: ''\n  about: path\n  note: sample-disagrees\n", NAME]);
}

#[test]
fn a_page_of_another_api_is_refused() {
    let (run, text) = written(CARDS, &["--api", "depot.other"]);
    assert!(text.is_none() && run.err.contains("E1010") && run.err.contains("depot.crate.find"), "{}", run.err);
    let (run, text) = written(CARDS, &["--api", "Depot.Crate.Find"]);
    contains(&text.unwrap_or(run.err), &["path: /depot/crate/find\n"]);
    // The last segment of a sample's address may be a value.
    let page = CARDS.replacen("https://api.example.com/depot/crate/find?shelfId={shelfId}&from={from}\n", "", 1);
    let (run, text) = written(&page, &["--api", "depot.crate"]);
    contains(&text.unwrap_or(run.err), &["- at: ''\n  about: path\n  note: sample-only\n"]);
}

#[test]
fn a_plus_in_a_query_is_a_blank() {
    let text = body(&CARDS.replace("shelfId=7,8&from", "shelfId=top+shelf&from"));
    contains(&text, &["    example: top shelf\n"]);
}
