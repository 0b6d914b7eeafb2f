//! The words of the reference by which pages are read. `transcribe::frame` has a page for the first block.

use std::fs;

use apograph_tests::command::apograph;
use apograph_tests::reference::Reference;
use apograph_tests::{folder, root};

/// A page that nobody understands without the words.
const PAGE: &str = "\
## 修订
| 版 | 日 |
|---|---|
| 1 | 2024 |

名目: 发箱

用途: 发出一只箱子

动作: PUT

请求地址: /depot/crates/{crate_id}

## 抬头域
| 域 | 称 | 类型 | 必填 |
|---|---|---|---|
| X-Auth | 令牌 | String | 要 |

## 公用域
| 域 | 称 | 类型 | 必填 |
|---|---|---|---|
| app | 应用 | String | 要 |

## 请求参数
| 序 | 参数 | 称 | 类型 | 必填 | 限 | 缺 | 例 | 处 | 说明 |
|---|---|---|---|---|---|---|---|---|---|
| 1 | crate_id | 箱号 | String | 要 | 20 | | C-1 | path | |
| 2 | level | 等级 | Integer | 否 | | 1 | 2 | body | 不低于: 1 |
| 3 | tags | 标签 | String[] | 看 | | | | body | 至多条: 5 |
| 4 | memo | 备注 | String | 否 | | | | body | 至多字: 40 |
| 5 | size | 大小 | Integer | 否 | | | | 查询处 | 不高于: 3 |
| 6 | mode | 方式 | String | 否 | | | | body | 缺省为: 快 |

## 响应参数
| 参数 | 类型 | 说明 |
|---|---|---|
| parcel | String | 包裹 |

## 样张
```json
{\"parcel\": \"P-1\"}
```

## 错误码
| 号 | 讯 | 策 |
|---|---|---|
| 14 | 单号重复 | 换一个 |

| 态 | 讯 |
|---|---|
| 7 | 处理中 |

## 相关
| 参数 | 类型 | 说明 |
|---|---|---|
| other | String | 与此无关 |
";

const EXPECTED: &str = "\
api: depot.crates
title: 发箱
description: 发出一只箱子
method: PUT
path: /depot/crates/{crate_id}
source:
  layout: markdown
request:
  crate_id:
    type: String
    required: true
    example: C-1
    max_length: 20
    description: 箱号
  level:
    type: Integer
    default: '1'
    example: '2'
    min: '1'
    description: 等级
  tags:
    type: String[]
    max_items: 5
    description: 标签
  memo:
    type: String
    max_length: 40
    description: 备注
  size:
    type: Integer
    in: query
    max: '3'
    description: 大小
  mode:
    type: String
    default: 快
    description: 方式
response:
  parcel:
    type: String
    description: 包裹
errors:
- code: '14'
  message: 单号重复
  solution: 换一个
statuses:
  '7': 处理中
samples:
  response_json: |
    {\"parcel\": \"P-1\"}
";

#[test]
fn the_other_words_are_read() {
    let reference = Reference::read();
    let specs = tempfile::tempdir().expect("a folder");
    folder::write(specs.path(), &folder::read(&root().join("tests/frame/base")));
    fs::write(specs.path().join("shop/pages.yaml"), reference.yaml("pages.yaml")[1]).expect("the words");
    let page = specs.path().join("page.md");
    fs::write(&page, PAGE).expect("a page");
    let arguments =
        ["transcribe", "--specs", &specs.path().to_string_lossy(), "--platform", "shop", &page.to_string_lossy()]
            .map(str::to_owned);
    let run = apograph(arguments);
    let texts = folder::read(specs.path());
    let transcript = texts.iter().find(|(path, _)| path.matches('/').count() == 2);
    let (_, text) = transcript.unwrap_or_else(|| panic!("{}{}", run.out, run.err));
    let (read, doubts) = text.split_once("doubts:").expect("doubts");
    let read: Vec<&str> = read.lines().filter(|line| !line.starts_with("  sha256:")).collect();
    assert_eq!(read.join("\n"), EXPECTED.trim_end());
    assert!(doubts.contains("at: request.tags\n  about: required\n  note: ambiguous\n"), "{doubts}");
}
