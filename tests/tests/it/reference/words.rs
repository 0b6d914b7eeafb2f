//! Words that lines and tables of the reference list: the program reads each, and knows no other.

use std::collections::BTreeSet;

use apograph::recipe;
use apograph::terms::{About, Note};
use apograph_tests::reference::Reference;

use super::context::{check, clean, platform, specs, transcript, yard};
use super::keys::{doubts, variants};

#[test]
fn each_word_that_a_line_of_the_platform_lists_is_accepted() {
    let reference = Reference::read();
    let all = variants(&yard(&reference));
    assert!(all.len() > 20, "{}", all.len());
    for text in all {
        let (checked, codes, report) = check(&specs(&text, "", ""));
        assert!(checked.is_some() && codes.is_empty(), "{report}{text}");
    }
    for text in reference.yaml("Envelopes").iter().flat_map(|block| variants(block)) {
        clean(&specs(&platform(&text), "", ""));
    }
}

#[test]
fn each_word_that_a_line_of_the_transcript_lists_is_read() {
    let reference = Reference::read();
    let all = variants(reference.yaml("Transcripts")[0]);
    assert!(all.len() > 8, "{}", all.len());
    for text in all {
        // Not every method and body can send these fields.
        let (_, codes, report) = check(&specs(&platform("{}"), &text, ""));
        assert!(codes.iter().all(|code| !code.starts_with("E01")), "{report}");
    }
}

#[test]
fn each_doubt_is_reported() {
    let reference = Reference::read();
    let words: BTreeSet<&str> =
        reference.table("Doubts", "note").rows.iter().flat_map(|row| &row[0].code).map(String::as_str).collect();
    assert_eq!(words, Note::WORDS.iter().copied().collect());
    let doubts = doubts(&reference);
    assert_eq!(doubts.len(), About::WORDS.len() + Note::WORDS.len());
    for transcript in doubts {
        let (checked, codes, report) = check(&specs(&platform("{}"), &transcript, ""));
        assert!(checked.is_some() && codes == ["W0306"], "{report}");
    }
}

/// The words of a cell, ranges as `Int8` to `Int64` written out.
fn words(text: &str) -> Vec<String> {
    text.split(", ")
        .flat_map(|part| match part.split_once(" to ") {
            None => vec![part.to_owned()],
            Some((first, last)) => {
                let stem = first.trim_end_matches(|c: char| c.is_ascii_digit());
                let bits = |word: &str| {
                    word.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().expect("a number")
                };
                [8, 16, 32, 64]
                    .into_iter()
                    .filter(|n| (bits(first)..=bits(last)).contains(n))
                    .map(|n| format!("{stem}{n}"))
                    .collect()
            }
        })
        .collect()
}

/// Text in which the reference uses the words of recipes: blocks, and the examples of tables.
fn recipe_examples(reference: &Reference) -> String {
    let sections = ["Signing recipes", "Steps", "Templates and filters", "Vectors"];
    let blocks = reference.blocks.iter().filter(|block| sections.contains(&block.section.as_str()));
    let tables = reference.tables.iter().filter(|table| sections.contains(&table.section.as_str()));
    // A row of `pairs` or of a template has a result behind its example; a filter's row is one itself.
    let rows = tables.flat_map(|table| &table.rows).filter(|row| row.len() > 2);
    let cells = rows.flatten().flat_map(|cell| &cell.code).map(String::as_str);
    blocks.map(|block| block.text.as_str()).chain(cells).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_word_of_recipes_has_an_example() {
    let reference = Reference::read();
    let examples = recipe_examples(&reference);
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c))).map(str::to_owned).collect()
    };
    let used = words(&examples);
    let mut missing = Vec::new();
    for vocabulary in recipe::vocabulary() {
        for word in &vocabulary.words {
            let is_used = match word.split_once([':', '<']) {
                None => used.contains(word),
                Some((stem, _)) => used.iter().any(|known| known.starts_with(stem)),
            };
            if !is_used {
                missing.push(format!("{} {word}", vocabulary.kind));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
    let table = reference.table("Templates and filters", "filter");
    let documented: Vec<&str> = table.rows.iter().map(|row| row[0].text.as_str()).collect();
    let filters = recipe::vocabulary().into_iter().find(|words| words.kind == "filter").expect("filters").words;
    assert_eq!(
        documented.iter().collect::<BTreeSet<_>>(),
        filters.iter().map(String::as_str).collect::<Vec<_>>().iter().collect()
    );
}

#[test]
fn each_type_word_has_its_meaning() {
    let reference = Reference::read();
    let table = reference.table("Type words", "meaning");
    let mut meanings = Vec::new();
    for row in &table.rows {
        let mut fields = String::from("response:\n");
        let listed = words(&row[1].text);
        for (index, word) in listed.iter().enumerate() {
            let word = word.replace("Map<…>", "Map<String,Long>").replace("T[]", "Long[]").replace("<T>", "<Long>");
            let word = if word == "no word at all" { "''".to_owned() } else { format!("'{word}'") };
            fields.push_str(&format!("  f{index}: {{type: {word}}}\n"));
        }
        let checked = clean(&specs(&platform("{}"), &transcript(&fields), ""));
        let response = &checked.model.platforms[0].families[0].endpoints[0].response;
        let types: BTreeSet<String> =
            response.root.iter().map(|field| format!("{:?} {:?}", field.arity, field.item)).collect();
        meanings.push((row[0].text.clone(), types.into_iter().collect::<Vec<_>>().join(", ")));
    }
    let meanings: Vec<(&str, &str)> = meanings.iter().map(|(row, types)| (row.as_str(), types.as_str())).collect();
    // A file and an object without members are no text of an answer: they are JSON there.
    assert_eq!(
        meanings,
        [
            ("text", "One Text"),
            ("64-bit integer", "One Integer"),
            ("decimal, kept as text", "One Decimal"),
            ("boolean", "One Boolean"),
            ("point in time, kept as text", "One Date"),
            ("JSON", "One Json"),
            ("map", "One Map"),
            ("file", "One Opaque"),
            ("list", "Many Integer, Many Opaque"),
            ("object without a name; JSON if it has no members", "One Opaque"),
        ]
    );
}
