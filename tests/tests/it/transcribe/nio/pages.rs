//! Invented pages, and their transcripts without digest and samples.

/// I2e: a text table with the column of required marks.
pub const ENGLISH: &str = include_str!("../../../../pages/nio-table-english.txt");

/// What it says.
pub const ENGLISH_BODY: &str = "api: depot.crateList
title: Find Crates
description: Finds crates, page by page.
category: Crates
method: POST
path: /depot/crateList
source:
  layout: nio-table
request:
  current:
    type: Int
    required: true
    example: '1'
    description: Current page, 1-N
  size:
    type: Int
    example: '20'
    description: Crates per page
  params:
    type: JSONObject
    required: true
    description: What to look for
    fields:
      colours:
        type: List<String>
        required: unknown
        example: red
        description: Colours of crates
      shelfId:
        type: Long
        description: Shelf; kind=2 Required
      tags:
        type: Map <String>
        example: '{\"层\":\"top\",\"n\":null}'
        description: Own words
      note:
        type: String
response:
  status:
    type: String
    example: '0'
    description: 0 is success
  reason:
    type: String
    example: success
    description: Why it failed
  data:
    type: JSONObject
    description: One page
    fields:
      total:
        type: Int
        example: '1'
        description: Crates in all
      size:
        type: Int
        example: '20'
        description: Crates per page
      current:
        type: Int
        example: '1'
        description: Current page
      pages:
        type: Int
        example: '1'
        description: Pages in all
      records:
        type: JSONArray
        description: Crates
        fields:
          crateId:
            type: Long
            example: '7'
            description: Number of the crate
          size:
            type: Object
            description: Width and height
            fields:
              width:
                type: Double
                example: '1.5'
                description: Width in cm
          sealed:
            type: Boolean
            example: 'true'
            description: Whether it is closed
          status:
            type: Integer
            example: '2'
            description: Where it is
statuses:
  '0': success
  '-22': Parameter exception
doubts:
- at: ''
  about: description
  note: cells-merged
- at: request.params.fields.colours
  about: required
  note: column-empty
- at: request.params.fields.shelfId
  about: required
  note: cells-merged
- at: statuses.-22
  about: status
  note: page-cut
- at: samples.request_json
  about: sample
  note: repaired
- at: ''
  about: end
  note: label-missing
";

/// I1: a block for each parameter, called with a query.
pub const CARDS: &str = include_str!("../../../../pages/nio-cards.txt");

/// What it says.
pub const CARDS_BODY: &str = "api: depot.crate.find
title: 查箱
description: 按层查箱
method: GET
path: /depot/crate/find
source:
  layout: nio-cards
request:
  shelfId:
    type: String
    required: true
    example: 7,8
    description: 层号
  from:
    type: String
    example: 2031-05-06T07:08:09+08:00
    description: 起始时间
  mode:
    type: Int
    description: mode=2 必填 方式
response:
  status:
    type: String
    description: 状态码
  reason:
    type: String
    description: 原因
  array:
    type: JSONArray
    description: 箱子
    fields:
      crateId:
        type: String
        description: 箱号
      status:
        type: String
        description: 箱况
statuses:
  '0': 成功
  '-1': 认证 错误
doubts:
- at: request.mode
  about: required
  note: ambiguous
- at: response.array.fields.crateId
  about: nesting
  note: sample-missing
- at: response.array.fields.status
  about: nesting
  note: sample-missing
- at: ''
  about: end
  note: label-missing
";

/// I3: the title, the method and all headings are gone; one row is broken, one has slipped.
pub const PIPES: &str = include_str!("../../../../pages/nio-pipes.txt");

/// What it says.
pub const PIPES_BODY: &str = "api: v3.depot.crate.fill
method: POST
path: /v3/depot/crate/fill
source:
  layout: nio-pipes
request:
  crateId:
    type: Long
    required: true
    example: '7'
    description: 箱号
  items:
    type: Array
    description: 条目
    fields:
      name:
        type: String
        example: bolt
        description: 名称 (type=1 必填)
  shelf:
    type: Integer
    required: unknown
    example: '3'
    description: 层
response:
  code:
    type: String
    example: '0'
    description: 状态码
  msg:
    type: String
    example: success
    description: 说明
  data:
    type: List
    items: String
    example: bolt
    description: 未装入的条目
statuses:
  '0': 成功
  '-9': 满
doubts:
- at: ''
  about: path
  note: sample-only
- at: request.crateId
  about: type
  note: sample-disagrees
- at: request.items.fields.name
  about: required
  note: ambiguous
- at: request.shelf
  about: required
  note: cell-lost
- at: statuses.-9
  about: status
  note: page-cut
- at: ''
  about: end
  note: label-missing
";
