//! Readers of the formats that a report is written in, none of them the program's own: what is markup there, without
//! the texts.

use html5gum::{Token, Tokenizer};
use pulldown_cmark::{Event, Options, Parser};

/// Returns the events of GitHub markdown: the texts outside of code as they are, those in code as `…`.
pub(super) fn markdown(text: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH;
    let mut in_block = false;
    let mut events: Vec<String> = Vec::new();
    for event in Parser::new_ext(text, options) {
        match &event {
            Event::Start(pulldown_cmark::Tag::CodeBlock(_)) => in_block = true,
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => in_block = false,
            _ => {}
        }
        let shown = match event {
            Event::Text(_) if in_block => "…".to_owned(),
            Event::Text(text) => format!("text {text}"),
            Event::Code(_) => "code …".to_owned(),
            event => format!("{event:?}"),
        };
        // The parser may split a text at characters that could have been markup.
        match (events.last_mut(), shown.strip_prefix("text ")) {
            (Some(last), Some(more)) if last.starts_with("text ") => last.push_str(more),
            (Some(last), None) if last == "…" && shown == "…" => {}
            _ => events.push(shown),
        }
    }
    events
}

/// Returns the tags of a page with their attributes, and the texts of scripts and styles. Marks of changed words are left
/// out, because their number depends on the words.
pub(super) fn html(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut raw = false;
    for token in Tokenizer::new(page) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                raw = name == "script" || name == "style";
                if name == "ins" || name == "del" {
                    assert!(tag.attributes.is_empty(), "{page}");
                    continue;
                }
                let mut line = format!("<{name}");
                for (key, value) in &tag.attributes {
                    let key = String::from_utf8_lossy(key);
                    let value = if key == "data-text" { "…".into() } else { String::from_utf8_lossy(value) };
                    line.push_str(&format!(" {key}={value}"));
                }
                found.push(line);
            }
            Token::EndTag(tag) => {
                raw = false;
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                found.extend((name != "ins" && name != "del").then(|| format!("</{name}")));
            }
            Token::String(text) if raw => found.push(String::from_utf8_lossy(&text).into_owned()),
            Token::String(_) => {}
            other => found.push(format!("{other:?}")),
        }
    }
    found
}

/// Returns the workflow commands that GitHub's runner finds in a log: names and the keys of their properties. Lines that
/// are no commands are kept as they are.
pub(super) fn commands(log: &str) -> Vec<String> {
    let lines = log.split(['\n', '\r']).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let command = line.trim_start().strip_prefix("::").and_then(|rest| rest.split_once("::"));
            let Some((head, _)) = command else { return line.to_owned() };
            let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
            let keys: Vec<&str> =
                properties.split(',').map(|property| property.split('=').next().unwrap_or_default()).collect();
            format!("{name} {}", keys.join(","))
        })
        .collect()
}

/// Returns the styles that a text asks a terminal for, and the text without them.
pub(super) fn styles(text: &str) -> (Vec<String>, String) {
    let mut styles = Vec::new();
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(part.len());
        assert!(part[end..].starts_with('m'), "{part:?}");
        styles.push(part[..end].to_owned());
        plain.push_str(&part[end + 1..]);
    }
    styles.sort();
    styles.dedup();
    (styles, plain)
}

/// Returns a SARIF message as viewers show it. `None` if it has a link or a placeholder.
pub(super) fn message(text: &str) -> Option<String> {
    let mut shown = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '{' | '}' => shown.push(rest.next_if_eq(&c)?),
            '[' | ']' => return None,
            '\\' => {
                let mut count = 1;
                while rest.next_if_eq(&'\\').is_some() {
                    count += 1;
                }
                // Backslashes are escapes only where a bracket follows.
                let Some(bracket) = rest.next_if(|c| matches!(c, '[' | ']')) else {
                    shown.push_str(&"\\".repeat(count));
                    continue;
                };
                if count % 2 == 0 {
                    return None;
                }
                shown.push_str(&"\\".repeat(count / 2));
                shown.push(bracket);
            }
            c => shown.push(c),
        }
    }
    Some(shown)
}

/// Returns the first words of the lines of a terminal report that begin a finding, a section or the result.
pub(super) fn unindented(text: &str) -> Vec<String> {
    let heads = text.lines().filter(|line| line.starts_with(|c: char| !matches!(c, ' ' | '0'..='9' | '…' | '.')));
    heads.map(|line| line.split([' ', '[']).next().unwrap_or_default().to_owned()).collect()
}
