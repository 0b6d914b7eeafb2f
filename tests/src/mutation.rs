//! Pages and specs spoilt at random, always the same way for the same seed.

use crate::fuzz;

/// A small generator of numbers (SplitMix64): the same seed gives the same spoilt page everywhere.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    /// Starts from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number below `end`, or 0 if `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { (self.next_u64() % end as u64) as usize }
    }

    /// One of the items, or nothing of none.
    pub fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items.get(self.below(items.len())).copied().unwrap_or_default()
    }
}

/// The page with each of its lines in turn doubled, missing, and cut off with all that follows; in a sample, with one of
/// the three, in turn, at every second line.
pub fn broken_at_each_line(page: &str) -> impl Iterator<Item = String> {
    let lines: Vec<&str> = page.lines().collect();
    let is_whole = fuzz::is_whole();
    (0..lines.len()).flat_map(move |at| {
        let (before, after) = lines.split_at(at);
        let (line, rest) = (after[0], &after[1..]);
        let broken = [[before, &[line, line], rest].concat(), [before, rest].concat(), before.to_vec()];
        let tried =
            broken.into_iter().enumerate().filter(move |(index, _)| is_whole || at % 2 == 0 && *index == at / 2 % 3);
        tried.map(|(_, lines)| lines.join("\n")).collect::<Vec<_>>()
    })
}

/// Texts that mean something to a reader of pages.
const PAGE_SIGNS: &[&str] = &[
    "└",
    "•",
    "  • ",
    "  • └ a",
    "\t",
    "|",
    "---|",
    "| |",
    "必须",
    "可选",
    "[]",
    " []",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "//",
    "<",
    ">",
    "</a>",
    "<a>",
    "<td>",
    "</table>",
    "<ul><li>",
    "&quot;",
    "obj1",
    "list2",
    "req.setA(\"",
    ");",
    "1\n2\n3\n",
    "请求参数",
    "响应参数",
    "公共参数",
    "请求示例",
    "响应示例",
    "错误码解释",
    "名称 类型 示例值 描述",
    "参数 说明 是否必填 类型",
    "Request URL:",
    "默认值:",
    "最大长度:9",
    "String",
    "Number",
    "null",
    "\u{feff}",
    "\u{a0}",
    "\u{0}",
    "\r\n",
    "中",
    "𠀀",
    "--api",
    "99999999999999999999",
    "-",
    "…",
    "\\",
    "a.b.c (d)",
];

/// Texts that mean something to a reader of YAML or of a lock, and characters that two readers may take differently.
const SPEC_SIGNS: &[&str] = &[
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{0}",
    "\u{1b}",
    "\u{7f}",
    "\u{9b}",
    "\u{c}",
    "\r",
    "\r\n",
    "\n",
    "\n\n",
    "\t",
    "\n\t",
    " \t",
    "\t#",
    " ",
    "  ",
    "\n  ",
    "\n ",
    "\u{a0}",
    "\u{3000}",
    "\u{200e}",
    "&a ",
    "*a",
    "*a : ",
    "<<: *a\n",
    "<<: ",
    "!!str ",
    "! ",
    "!<x> ",
    "%YAML 1.1\n---\n",
    "\n---\n",
    "--- ",
    "\n...\n",
    "...",
    "? ",
    "\n? a\n: b\n",
    "- ",
    "-",
    "-\t",
    ": ",
    ":",
    ":\t",
    " #",
    "#",
    "# ",
    ",",
    ", ",
    "{",
    "}",
    "[",
    "]",
    "[a: b]",
    "{a, b}",
    "{a: , b}",
    "{\"a\":1}",
    "{a:b}",
    "'",
    "\"",
    "''",
    "\"\"",
    "\\",
    "\\\n",
    "\\u2028",
    "\\x41",
    "\\/",
    "\\N",
    "\\\t",
    "|",
    "|+",
    "|2",
    "|-\n",
    ">",
    ">-\n  a\n\n  b\n",
    "|\n  a\n b\n",
    "| # c\n",
    "|1-\n",
    "@",
    "`",
    "%",
    "=",
    "~",
    "null",
    "true",
    "0x1F",
    "1e3",
    ".nan",
    ".inf",
    "0o7",
    "007",
    "1_000",
    "2001-01-01",
    "12:30",
    "yes",
    "- - - ",
    "a: b",
    "\na: b\n",
    "客",
    "𠀀",
    "r#x",
    "removed",
    " as x",
    "boxed",
];

/// The page with one to eight random defects.
#[must_use]
pub fn spoil(page: &str, others: &[String], random: &mut Random) -> Vec<u8> {
    spoil_with(&Defects { most: 8, signs: PAGE_SIGNS, repeats: 3 }, page, others, random)
}

/// The file of a specs folder with one or two random defects.
#[must_use]
pub fn spoil_spec(spec: &str, others: &[String], random: &mut Random) -> Vec<u8> {
    spoil_with(&Defects { most: 2, signs: SPEC_SIGNS, repeats: 1 }, spec, others, random)
}

/// How a text is spoilt.
struct Defects {
    most: usize,
    /// Texts that are put in.
    signs: &'static [&'static str],
    /// A sign is repeated by up to forty times a number below this one.
    repeats: usize,
}

fn spoil_with(defects: &Defects, page: &str, others: &[String], random: &mut Random) -> Vec<u8> {
    let mut text = page.to_owned();
    for _ in 0..=random.below(defects.most) {
        text = match random.below(4) {
            0 => lines(&text, random),
            1 => insert(defects, &text, random),
            2 => splice(&text, others, random),
            _ => remove(&text, random),
        };
    }
    let mut bytes = text.into_bytes();
    if random.below(16) == 0 {
        let at = random.below(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte = random.next_u64() as u8;
        }
    }
    bytes
}

/// Removes, doubles, swaps or repeats lines.
fn lines(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let (one, other) = (random.below(lines.len()), random.below(lines.len()));
    let line = lines.get(one).copied().unwrap_or_default();
    match random.below(5) {
        0 => drop(lines.remove(one)),
        1 => lines.insert(other, line),
        2 => lines.swap(one, other),
        3 => lines.truncate(one),
        _ => {
            let repeated = vec![line; 1 + random.below(200)];
            lines.splice(one..one, repeated);
        }
    }
    lines.join("\n")
}

fn insert(defects: &Defects, text: &str, random: &mut Random) -> String {
    let (head, tail) = text.split_at(border(text, random));
    let sign = random.pick(defects.signs).repeat(1 + random.below(defects.repeats) * random.below(40));
    format!("{head}{sign}{tail}")
}

fn remove(text: &str, random: &mut Random) -> String {
    let from = border(text, random);
    let length = 1 + random.below(60);
    let kept = text[from..].char_indices().nth(length).map_or("", |(at, _)| &text[from + at..]);
    format!("{}{kept}", &text[..from])
}

/// Puts a piece of this or another page in.
fn splice(text: &str, others: &[String], random: &mut Random) -> String {
    let other = others.get(random.below(others.len() + 1)).map_or(text, String::as_str);
    let (one, two) = (border(other, random), border(other, random));
    let piece = &other[one.min(two)..one.max(two)];
    let (head, tail) = text.split_at(border(text, random));
    format!("{head}{piece}{tail}")
}

/// A place between two signs.
fn border(text: &str, random: &mut Random) -> usize {
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
