//! Tables whose cells can be taken for others, and what is made of them.

use super::{contains, written};

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

#[test]
fn a_row_that_slipped_does_not_take_the_next_one() {
    let rows = "crateId | Long |\nname | String |\nnote | 备注 | 否 | String |";
    let text = request(&format!("{PIPES}{rows}"));
    contains(&text, &["  crateId:\n    type: Long\n", "  name:\n    type: String\n", "  note:\n"]);
    for name in ["crateId", "name"] {
        let at = format!("request.{name}");
        contains(&text, &[&doubt(&at, "required", "cell-lost"), &doubt(&at, "description", "cell-lost")]);
    }
    settled(&text, "request.note");
    // A name that has lost its row, and what may be the row or the next one.
    let text = request(&format!("{PIPES}items |\nKind | 否 | Array |\nnote | 备注 | 否 | String |"));
    contains(
        &text,
        &[&doubt("request.items", "name", "ambiguous"), &doubt("request.items", "type", "ambiguous"), "  note:\n"],
    );
    // A mark that may be the description, and the other way round.
    let text = request(&format!("{PIPES}flag | 是 | Boolean | |"));
    contains(
        &text,
        &[&doubt("request.flag", "required", "cell-lost"), &doubt("request.flag", "description", "cell-lost")],
    );
}

#[test]
fn a_row_without_a_type_does_not_take_the_next_one() {
    let answer = "参数 说明 类型\nstatus S String\nreason R\ndata D Object\nid I Long";
    let text = read(&page("name\nString\n名称", "{}", answer));
    contains(
        &text,
        &["  reason:\n    type: String\n    description: R\n", "  data:\n    type: Object\n    description: D\n"],
    );
    for (at, about) in [("reason", "type"), ("reason", "description"), ("data", "name")] {
        contains(&text, &[&doubt(&format!("response.{at}"), about, "ambiguous")]);
    }
    let rows = format!("{ENGLISH}name The name Yes String\nkind Kind of crate Yes\nsize Size of it No Int");
    let text = read(&page(&rows, "{\"name\": \"x\", \"kind\": \"y\"}", ANSWER));
    contains(
        &text,
        &["  kind:\n    type: String\n    required: true\n", "  size:\n    type: Int\n    description: Size of it\n"],
    );
    for (at, about) in [("kind", "type"), ("kind", "required"), ("kind", "description"), ("size", "name")] {
        contains(&text, &[&doubt(&format!("request.{at}"), about, "ambiguous")]);
    }
    // A type that may as well end the description, and one that stands on a line of its own.
    let text = request(&format!("{ENGLISH}stamp When it came Yes Timestamp"));
    contains(
        &text,
        &[&doubt("request.stamp", "description", "cells-merged"), &doubt("request.stamp", "type", "column-empty")],
    );
    let text = request(&format!("{ENGLISH}stamp When it came Yes\nLong"));
    contains(&text, &["  stamp:\n    type: Long\n    required: true\n", &doubt("request.stamp", "type", "ambiguous")]);
}

#[test]
fn rows_with_other_names_are_refused() {
    let rows = "size 每页 Int\ndata.total 总数 Int";
    refused(&page(&format!("{CHINESE}{rows}"), "{}", ANSWER), "E1008");
    refused(&page("name\nString\n名称", "{}", &format!("参数 说明 类型\n{rows}")), "E1008");
    for row in ["user.name 用户 String", "2fa 二次 Boolean"] {
        refused(&page(&format!("{CHINESE}name 名称 String\n{row}"), "{}", ANSWER), "E1008");
    }
    let text = request(&format!("{CHINESE}name 名称 String\n(最多100)"));
    contains(
        &text,
        &[
            "    type: String\n",
            "    description: 名称 (最多100)\n",
            &doubt("request.name", "description", "ambiguous"),
        ],
    );
}

#[test]
fn descriptions_that_the_text_has_lost_are_in_doubt() {
    for text in [request(&format!("{CHINESE}kind String")), cards("kind String size Int 每页")] {
        contains(&text, &[&doubt("request.kind", "description", "column-empty")]);
    }
    settled(&request(&format!("{ENGLISH}kind No String")), "request.kind");
    let statuses = |rows: &str| page("name\nString\n名称", "{}", ANSWER).replace("0 成功\n", rows);
    let lost = read(&statuses("0\n-1 失败\n"));
    contains(&lost, &["  '0': ''\n", &doubt("statuses.0", "status", "column-empty")]);
    let merged = read(&statuses("0 成功\n-2 每秒\n100 次\n"));
    contains(&merged, &[&doubt("statuses.-2", "status", "ambiguous"), &doubt("statuses.100", "status", "ambiguous")]);
    contains(&read(&statuses("0\n成功\n-1 失败\n")), &["'0': 成功\n"]);
}

#[test]
fn notes_between_the_rows_of_a_table_with_pipes_belong_to_no_other_row() {
    let answer = "参数 | 说明 | 类型 |\n---|---|---|\nstatus | 状态码 | String |\n注:每个箱子一个。\nreason | 原因 | String |\n\
                  data | 数据 | Object |\n注:以后再查。";
    let text = read(&page(&format!("{PIPES}name | 名称 | 是 | String |"), "{}", answer));
    contains(
        &text,
        &[
            "  status:\n    type: String\n    description: 状态码 注:每个箱子一个。\n",
            "  reason:\n    type: String\n    description: 原因\n",
            "  data:\n    type: Object\n    description: 数据 注:以后再查。\n",
            &doubt("response.status", "description", "ambiguous"),
            &doubt("response.data", "description", "ambiguous"),
        ],
    );
    settled(&text, "response.reason");
    let statuses = "status | 状态说明 |\n---|---|\n0 | 成功 |\n-9 | 满 |\n";
    let call = page("name\nString\n名称", "{}", ANSWER).replace("status 状态说明\n0 成功\n", statuses);
    assert!(!read(&call).contains("- at: statuses.0\n"));
    contains(&read(&format!("{call}下一篇\n")), &["  '-9': 满\n", &doubt("statuses.-9", "status", "ambiguous")]);
}

#[test]
fn the_rows_of_a_second_table_may_be_about_something_else() {
    let header = "参数 说明 类型\n";
    let answer = format!("{ANSWER}\n{header}crateId 箱号 String\nremark 备注 String");
    let text = read(&page("name\nString\n名称", "{}", &answer));
    for name in ["crateId", "remark"] {
        let at = format!("response.data.fields.{name}");
        contains(&text, &[&doubt(&at, "name", "ambiguous"), &format!("- at: {at}\n  about: nesting\n")]);
    }
    settled(&text, "response.data");
}

#[test]
fn each_cell_may_be_a_line_if_none_is_lost() {
    let answer = "参数 说明 类型\n\nstatus\n\n状态码,0 成功\n\nString\n\ndata\n\ndata\n\nObject";
    let text = read(&page("name\nString\n名称", "{}", answer));
    contains(
        &text,
        &[
            "  status:\n    type: String\n    description: 状态码,0 成功\n",
            "  data:\n    type: Object\n    description: data\n",
        ],
    );
    settled(&text, "response.status");
    settled(&text, "response.data");
    let text = request(&format!("{ENGLISH}name\nThe name\nYes\nString\nsize\nIts size\nNo\nInt"));
    contains(
        &text,
        &[
            "  name:\n    type: String\n    required: true\n    description: The name\n",
            "  size:\n    type: Int\n    description: Its size\n",
        ],
    );
    settled(&text, "request.name");
    let text = read(&page("name\nString\n名称", "{}", &answer.replace("\n\n状态码,0 成功", "")));
    assert!(text.contains("- at: response."), "{text}");
}

#[test]
fn a_header_may_stand_behind_the_last_line_of_a_call() {
    let page = "Crates\nhttps://api.example.com/depot/crate/list\nRequest URL:\n    https://api.example.com/depot/crate/list\n\
                RequestMethod:\n    GET\nRequest Headers:\n    Sign: 0123| Parameters | Description | Type | \n|---|---|---|\n\
                | status | The status | String | \n| data | Crates | Long | \n| status | Description | \n|---|---|\n\
                | 0 | success | \n";
    contains(
        &read(page),
        &[
            "method: GET\npath: /depot/crate/list\n",
            "  status:\n    type: String\n    description: The status\n",
            "  data:\n    type: Long\n    description: Crates\n",
            "    Sign: 0123\n",
            "  '0': success\n",
        ],
    );
}

#[test]
fn a_comment_above_a_call_belongs_to_it() {
    let page = "// List them\nRequest URL:\nhttps://api.example.com/depot/crate/list?size=2\nRequest Method:\nGET\n\
                // Or this way\nRequest URL:\nhttps://api.example.com/depot/crate/list\nRequest Method:\nPOST\nRequest Body:\n\
                {\n\"size\":2\n}\n参数 | 说明 | 类型 |\n---|---|---|\nstatus | 状态码 | String |\n";
    let text = read(page);
    assert!(!text.contains("\ndescription: "), "{text}");
    contains(&text, &["  request_headers: |\n    // List them\n", "  request_headers_2: |\n    // Or this way\n"]);
}
