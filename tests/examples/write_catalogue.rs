//! Writes two revisions of an invented catalogue, for measuring: `cargo run --release -p apograph-tests --example
//! write_catalogue -- FOLDER [APIS] [SEED]` makes `FOLDER/before` and `FOLDER/after`.
//!
//! Shaped like the public catalogue of TOP: a quarter of the APIs differs between the revisions, most of those in order
//! or in words only; an API has some 25 fields on four levels, and prose in Chinese. The same seed, the same bytes.

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// xorshift64*: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap_or(1)).unwrap_or_default()
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words.get(self.below(words.len())).copied().unwrap_or_default()
    }
}

const NOUNS: &[&str] = &[
    "crate", "depot", "pallet", "truck", "route", "order", "item", "shelf", "label", "driver", "invoice", "refund",
    "price", "stock", "batch", "parcel", "store", "buyer", "seller", "contract", "coupon", "ticket", "room", "guest",
];
const VERBS: &[&str] = &["get", "query", "save", "update", "cancel", "create", "sync", "upload", "confirm", "list"];
const TYPES: &[&str] = &["String", "String", "String", "Number", "Number", "Boolean", "Date", "Price", "Number[]"];
const PROSE: &[&str] = &[
    "订单编号",
    "每页数量,最大值100",
    "顾客的姓名,必填",
    "状态,可选值:OPEN、CLOSED",
    "创建时间",
    "金额,单位:分",
    "Number of the crate",
    "备注信息,长度不超过200个字符",
    "仓库编码",
    "是否加急",
    "分页的页码,默认1",
    "扩展字段",
];

struct Field {
    name: String,
    type_word: String,
    required: bool,
    prose: usize,
    limit: Option<usize>,
    fields: Vec<Field>,
}

struct Api {
    name: String,
    family: String,
    leaf: String,
    title: String,
    request: Vec<Field>,
    response: Vec<Field>,
}

fn fields(random: &mut Random, most: usize, levels: usize, request: bool) -> Vec<Field> {
    let count = 1 + random.below(most);
    (0..count)
        .map(|index| {
            let nests = levels > 0 && random.below(5) == 0;
            let noun = random.pick(NOUNS);
            let name = format!("{noun}_{}_{index}", random.pick(VERBS));
            let (type_word, fields) = if nests {
                let list = if random.below(2) == 0 { "[]" } else { "" };
                // Names of types are made of their place, so that no two shapes share one.
                let unique = random.next() % 1_000_000;
                (format!("{}{noun}{unique}{list}", "T"), fields(random, most, levels - 1, request))
            } else {
                (random.pick(TYPES).to_owned(), Vec::new())
            };
            Field {
                name,
                type_word,
                required: request && random.below(3) == 0,
                prose: random.below(PROSE.len()),
                limit: (random.below(6) == 0).then(|| 10 + random.below(200)),
                fields,
            }
        })
        .collect()
}

fn api(random: &mut Random, index: usize) -> Api {
    let family = random.pick(NOUNS).to_owned();
    let leaf = format!("{}_{}_a{index}", random.pick(NOUNS), random.pick(VERBS));
    Api {
        name: format!("acme.{family}.{}", leaf.replace('_', ".")),
        title: format!("{} {index}", random.pick(PROSE)),
        request: fields(random, 12, 3, true),
        response: fields(random, 10, 3, false),
        family,
        leaf,
    }
}

fn write_fields(fields: &[Field], indent: usize, to: &mut String) {
    for field in fields {
        let pad = " ".repeat(indent);
        let _ = writeln!(to, "{pad}{}:\n{pad}  type: '{}'", field.name, field.type_word);
        if field.required {
            let _ = writeln!(to, "{pad}  required: true");
        }
        let _ = writeln!(to, "{pad}  example: '{}'", field.prose * 7);
        if let Some(limit) = field.limit.filter(|_| field.type_word == "String") {
            let _ = writeln!(to, "{pad}  max_length: {limit}");
        }
        let _ = writeln!(to, "{pad}  description: '{}'", PROSE.get(field.prose).copied().unwrap_or_default());
        if !field.fields.is_empty() {
            let _ = writeln!(to, "{pad}  fields:");
            write_fields(&field.fields, indent + 4, to);
        }
    }
}

fn text(api: &Api, layout: &str) -> String {
    let mut text = format!(
        "api: {}\ntitle: '{}'\nsession: required\nsource:\n  layout: {layout}\n  sha256: {}\nrequest:\n",
        api.name,
        api.title,
        "0".repeat(64)
    );
    write_fields(&api.request, 2, &mut text);
    text.push_str("response:\n");
    write_fields(&api.response, 2, &mut text);
    text.push_str("errors:\n- code: isv.invalid-parameter\n  message: 参数错误\n  solution: 请检查参数后重试\n");
    text
}

/// What a year does to an API.
fn age(api: &mut Api, random: &mut Random) {
    let request = random.below(2) == 0;
    let side = if request { &mut api.request } else { &mut api.response };
    match random.below(20) {
        0..=8 => side.reverse(),
        9..=12 => side.push(Field {
            name: format!("added_{}", random.below(1_000)),
            type_word: "String".to_owned(),
            required: request && random.below(20) == 0,
            prose: random.below(PROSE.len()),
            limit: None,
            fields: Vec::new(),
        }),
        13 | 14 => {
            let index = random.below(side.len());
            if side.len() > 1 {
                side.remove(index);
            }
        }
        15 => side.iter_mut().for_each(|field| field.limit = None),
        16 => side
            .iter_mut()
            .take(1)
            .filter(|field| field.fields.is_empty())
            .for_each(|field| field.type_word = "String".to_owned()),
        _ => side.iter_mut().take(2).for_each(|field| field.prose = (field.prose + 1) % PROSE.len()),
    }
}

fn write(folder: &Path, apis: &[Api], layout: impl Fn(usize) -> &'static str) -> std::io::Result<()> {
    let platform = include_str!("../diff/base/acme/platform.yaml");
    let declared: String =
        NOUNS.iter().map(|noun| format!("  {noun}: {{title: {noun}, prefixes: [acme.{noun}]}}\n")).collect();
    let platform = platform.replace("  depot: {title: Depots, prefixes: [acme.depot]}\n", &declared);
    fs::create_dir_all(folder.join("acme"))?;
    fs::write(folder.join("acme/platform.yaml"), platform)?;
    fs::write(folder.join("crate.yaml"), include_str!("../diff/base/crate.yaml"))?;
    for (index, api) in apis.iter().enumerate() {
        let family = folder.join("acme").join(&api.family);
        fs::create_dir_all(&family)?;
        fs::write(family.join(format!("{}.yaml", api.leaf)), text(api, layout(index)))?;
    }
    Ok(())
}

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number =
        |index: usize, default: usize| arguments.get(index).and_then(|text| text.parse().ok()).unwrap_or(default);
    let folder = Path::new(arguments.first().map_or("catalogue", String::as_str));
    let mut random = Random(u64::try_from(number(2, 7)).unwrap_or(7).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut apis: Vec<Api> = (0..number(1, 5_000)).map(|index| api(&mut random, index)).collect();
    write(&folder.join("before"), &apis, |_| "top-json")?;
    for api in &mut apis {
        if random.below(4) == 0 {
            age(api, &mut random);
        }
    }
    write(&folder.join("after"), &apis, |_| "top-json")
}
