//! The words of an invented catalogue.

pub(super) const NOUNS: &[&str] = &[
    "basket", "depot", "pallet", "truck", "route", "order", "item", "shelf", "label", "driver", "invoice", "refund",
    "price", "stock", "batch", "parcel", "store", "buyer", "seller", "contract", "coupon", "ticket", "room", "guest",
];

pub(super) const VERBS: &[&str] =
    &["get", "query", "save", "update", "cancel", "create", "sync", "upload", "confirm", "list"];

/// What the name of a field ends with.
pub(super) const PARTS: &[&str] = &[
    "id", "code", "name", "type", "status", "amount", "time", "lines", "count", "remark", "address", "phone", "url",
    "level", "weight", "mark",
];

/// Types of fields without members, as often as in the catalogue of TOP.
pub(super) const SCALARS: &[(usize, &str, bool)] = &[
    (700, "String", false),
    (198, "Number", false),
    (50, "Boolean", false),
    (30, "Date", false),
    (14, "String", true),
    (3, "Number", true),
    (2, "BigDecimal", false),
    (1, "Json", false),
    (1, "byte[]", false),
    (1, "Price", false),
];

/// Names of types that thousands of APIs use, each in its own shape.
pub(super) const SHARED: &[&str] = &["Result", "Data", "Module", "Response", "ResultDTO"];

pub(super) const TITLES: &[&str] = &[
    "查询订单",
    "新增商品",
    "更新库存",
    "取消运单",
    "同步门店信息",
    "上传发票",
    "确认收货(新)",
    "查询优惠券列表",
    "批量修改价格",
    "Query pallets",
];

pub(super) const PROSE: &[&str] = &[
    "编码",
    "订单编号",
    "顾客的姓名",
    "状态",
    "创建时间",
    "备注",
    "金额,单位:分",
    "仓库编码",
    "是否加急",
    "扩展字段",
    "Number of the basket",
    "每页数量,最大值100",
    "状态,可选值:OPEN、CLOSED",
    "备注信息,长度不超过200个字符",
    "分页的页码,默认1",
    "返回值",
    "库存类型(1:可售 2:残次 3:冻结)",
    "外部系统的订单编号,同一商家内不可重复",
    "查询的开始时间,格式为yyyy-MM-dd HH:mm:ss,与结束时间最多相差30天",
];
