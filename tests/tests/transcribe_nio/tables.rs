//! Tables whose cells can be taken for others, and what is made of them.

use crate::{contains, written};

/// A page with these lines in its tables, and this body in its sample call.
fn page(request: &str, body: &str, response: &str) -> String {
    format!(
        "装箱\n\nPOST\nhttps://api.example.com/depot/crate/fill\n装箱用\n\u{a0}\n请求参数\n{request}\n\u{a0}\n请求示例\n\
         Request URL:\n    https://api.example.com/depot/crate/fill\nRequest Method:\n    POST\nRequest Headers:\n    \
         Sign: 0123\nRequest Body:\n{body}\n\u{a0}\n响应参数\n{response}\n\u{a0}\n响应状态码\nstatus 状态说明\n0 成功\n"
    )
}

const ANSWER: &str = "参数 说明 类型\nstatus 状态码 String\nreason 原因 String\ndata 数据 Object";
const CHINESE: &str = "参数 说明 是否必填 类型\n";
const ENGLISH: &str = "Parameters Description Required Type\n";
const PIPES: &str = "参数 | 说明 | 是否必填 | 类型 |\n---|---|---|---|\n";

fn read(page: &str) -> String {
    let (run, text) = written(page, &[]);
    text.unwrap_or_else(|| panic!("{}{}\n{page}", run.out, run.err))
}

/// The transcript of a request's table.
fn request(rows: &str) -> String {
    read(&page(rows, "{}", ANSWER))
}

/// The transcript of cards, their lines set apart by blanks.
fn cards(lines: &str) -> String {
    request(&lines.replace(' ', "\n"))
}

fn doubt(at: &str, about: &str, note: &str) -> String {
    format!("- at: {at}\n  about: {about}\n  note: {note}\n")
}

fn settled(text: &str, at: &str) {
    assert!(!text.contains(&format!("- at: {at}\n")), "{at} is in doubt:\n{text}");
}

fn refused(page: &str, code: &str) {
    let (run, text) = written(page, &[]);
    assert!(text.is_none() && run.err.contains(code), "{}{}\n{page}", run.out, run.err);
}

#[test]
fn the_last_word_of_a_description_is_no_mark() {
    for row in ["sealed 是否封口, 默认 false Boolean", "kind 类别 可选 String", "flag 取值 Y/N, 缺省 N String"]
    {
        let text = request(&format!("{CHINESE}{row}"));
        let (name, rest) = row.split_once(' ').expect("a name");
        let (description, word) = rest.rsplit_once(' ').expect("a type");
        let field = format!("  {name}:\n    type: {word}\n    required: unknown\n    description: {description}\n");
        let at = format!("request.{name}");
        contains(&text, &[&field, &doubt(&at, "required", "cells-merged"), &doubt(&at, "description", "cells-merged")]);
    }
    for row in ["mode The mode, default true Boolean", "sealed Whether sealed: Yes or No Boolean"] {
        let text = request(&format!("{ENGLISH}{row}"));
        let name = row.split(' ').next().expect("a name");
        let description = row.rsplit_once(' ').expect("a type").0.split_once(' ').expect("a name").1;
        contains(
            &text,
            &["    required: unknown\n", description, &doubt(&format!("request.{name}"), "required", "cells-merged")],
        );
    }
    let text = request(&format!("{ENGLISH}mode The mode Yes Int\nsize No Int"));
    contains(&text, &["    required: true\n    description: The mode\n", "  size:\n    type: Int\nresponse"]);
    settled(&text, "request.mode");
}

#[test]
fn headings_are_also_names_and_descriptions() {
    for word in ["language", "feedback", "REQUEST"] {
        let text = cards(&format!("name String 必填 名称 {word} String 必填 语言 speed Int 语速"));
        let field = format!("  {word}:\n    type: String\n    required: true\n    description: 语言\n");
        contains(&text, &["description: 名称\n", &field, "  speed:\n    type: Int\n    description: 语速\n"]);
        for at in ["name", "speed", word] {
            settled(&text, &format!("request.{at}"));
        }
    }
    let text = cards("code String 必填 状态码 name String 名称");
    contains(
        &text,
        &["    required: true\n    description: 状态码\n", "  name:\n    type: String\n    description: 名称\n"],
    );
    let answer = "code String 状态码 language String 语言 msg String 说明".replace(' ', "\n");
    let text = read(&page("name\nString\n名称", "{}", &answer));
    contains(
        &text,
        &["  code:\n    type: String\n    description: 状态码\n", "  language:\n", "  msg:\n", "'0': 成功"],
    );
    let text = read(&page("name\nString\n名称", "{}", &ANSWER.replace("原因 String", "原因\nJava\nString")));
    contains(&text, &["  data:\n    type: Object\n", &doubt("response.reason", "description", "ambiguous")]);
    let text = read(&page("name\nString\n名称", "{}", &ANSWER.replace("原因 String", "原因\n[\"a\"]\nString")));
    contains(&text, &["  data:\n    type: Object\n", &doubt("response.reason", "description", "ambiguous")]);
}

#[test]
fn cards_may_have_types_that_no_list_has() {
    let text = cards("name String 必填 名称 stamp Date 时间戳 count Number 数量 speed Int 语速");
    for (name, word, description) in
        [("stamp", "Date", "时间戳"), ("count", "Number", "数量"), ("speed", "Int", "语速")]
    {
        contains(&text, &[&format!("  {name}:\n    type: {word}\n    description: {description}\n")]);
        settled(&text, &format!("request.{name}"));
    }
    for word in ["Timestamp", "timestamp"] {
        let text = cards(&format!("name String 必填 名称 stamp {word} 时间戳 speed Int 语速"));
        let field = format!("  stamp:\n    type: {word}\n    description: 时间戳\n");
        contains(&text, &[&field, &doubt("request.stamp", "type", "ambiguous"), "  speed:\n"]);
    }
    let text =
        read(&page(&"name String 必填 名称 stamp Date 必填 时间戳".replace(' ', "\n"), "{\"stamp\": \"1\"}", ANSWER));
    contains(&text, &["  stamp:\n    type: Date\n    required: true\n"]);
    assert!(!text.contains("  Date:"), "{text}");
    // A word that may be a description, or the name of another card.
    let text = cards("name String 必填 名称 foo bar baz speed Int 语速");
    contains(&text, &[&doubt("request.name", "description", "ambiguous"), &doubt("request.foo", "name", "ambiguous")]);
}

#[test]
fn names_may_be_words_for_types() {
    let text = cards("lat Double 必填 latitude long Double 必填 longitude");
    for (name, description) in [("lat", "latitude"), ("long", "longitude")] {
        contains(
            &text,
            &[&format!("  {name}:\n    type: Double\n    required: true\n    description: {description}\n")],
        );
        settled(&text, &format!("request.{name}"));
    }
    assert!(!text.contains("  Double:"), "{text}");
}

#[test]
fn cards_with_other_names_are_refused() {
    refused(&page(&"name String 名称 user.name String 用户".replace(' ', "\n"), "{}", ANSWER), "E1008");
}
