//! Odd texts: descriptions, and samples of another type than their field's.

use serde_json::Value;

use super::{Quirk, object, shown, told};

/// Each in the description of an API, of a field, and of a member.
const TEXTS: &[(&str, &str, &str)] = &[
    ("HTML", "html", "<p>第一</p><br/>第<b>二</b><script>alert(1)</script> List<String> a<b"),
    ("HTML entities", "entities", "&nbsp;&lt;xml&gt; &amp;amp; &#65; &bogus;"),
    ("brackets", "brackets", "[订单] [a](b) [x]: y ![z](w) [`Crate`] ]["),
    ("comment marks", "comments", "/* a */ // b /// c //! d */ /** e"),
    ("control signs", "controls", "a\u{0}b\u{1}c\u{7f}d\u{85}e\u{1b}[31m"),
    ("tabs and line breaks", "breaks", "\t第一\r\n\r\n  第二\n\n\n    第三\r第四\u{2028}第五"),
    ("signs that turn or hide", "bidi", "a\u{202e}b\u{2066}c\u{200b}d\u{feff}e\u{ad}f"),
    ("backslashes and quotes", "quotes", "C:\\x \\u0041 \\ \"a\" 'b' “c” ''' \"\"\" \"# r#\""),
    ("backticks and fences", "ticks", "`a` ``b ```rust\nfn main() {}\n``` ~~~"),
    ("signs that are special in YAML", "yaml", "- &a *b !c %d @e : #f | > {g: [h]} ? i, ~"),
    ("a text that YAML reads as something else", "nulls", "null"),
    ("a line that starts a document", "documents", "--- \n...\n%YAML 1.2"),
    ("white space at both ends", "blanks", " \u{a0}\u{3000}说明\u{3000}\u{a0} "),
    ("nothing", "nothing", ""),
    ("only white space", "white", " \t "),
    ("a bare address", "urls", "见http://example.com/a?b=1&c=<d>,和www.example.com。"),
    ("braces", "braces", "{\"a\": {\"b\": [1]}} {{x}} ${y} {0}"),
    ("a table and a heading", "markdown", "# 标题\n| a | b |\n|---|---|\n* 一\n1. 二\n> 三\n    四"),
    ("one sign", "single", "区"),
    ("signs outside of the basic plane", "astral", "\u{1f4e6}\u{20bb7}e\u{301}"),
    ("says deprecated", "deprecated", "已废弃,请使用new_id 【deprecated】"),
    ("two languages", "languages", "订单编号(order id),必填 required"),
];

const SAMPLES: &[(&str, &str)] = &[
    ("Boolean", "ture"),
    ("Boolean", "SUCCESS"),
    ("Boolean", "0"),
    ("Number", "{}"),
    ("Number", "9007199254740993"),
    ("Number", "12345678901234567890"),
    ("Number", "1.50"),
    ("Number", "十"),
    ("String", "1234567890123456789012"),
    ("String", "null"),
    ("String", "\"\""),
    ("String", "-"),
    ("String", "<a b=\"c\">d</a>"),
    ("String", "“x”\\n\u{0}"),
    ("Date", "Thu Mar 14 15:16:52 CST 2024"),
    ("Date", "1681222262000"),
    ("Date", "2017-02-33"),
    ("Date", "昨天"),
    ("Json", "{'k': v}"),
    ("Json", "[1,2"),
    ("Price", "¥1"),
    ("Number[]", "123,234"),
    ("Number[]", "[1,2]"),
    ("String[]", "[a, b]"),
    ("String[]", "{}"),
    ("String[]", "[]"),
    ("byte[]", "0x00"),
    ("byte[]", "见说明"),
];

pub(super) fn all() -> Vec<Quirk> {
    let long = "箱".repeat(3_659);
    let texts = TEXTS.iter().copied().chain([("more than 3,000 signs", "long", long.as_str())]);
    let quirks = texts.map(|(kind, word, text)| {
        let fields = [told("id", text), object("crate_info", "CrateInfo", [told("note", text)])];
        Quirk { description: text.to_owned(), ..Quirk::new(kind, &format!("acme.text.{word}.get")).both(&fields) }
    });
    let fields: Vec<Value> =
        SAMPLES.iter().enumerate().map(|(index, (word, sample))| shown(&format!("f_{index}"), word, sample)).collect();
    quirks.chain([Quirk::new("samples of another type", "acme.text.samples.get").both(&fields)]).collect()
}
