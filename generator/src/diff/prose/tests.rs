//! Invented texts for each class of facts, in both languages.

use proptest::prelude::*;

use crate::spec::FieldSpec;

use super::*;

fn judged(old: &str, new: &str) -> Judgement {
    judge(Some(old), Some(new), &[Marks::default(), Marks::default()])
}

fn says(old: &str, new: &str) -> Finding {
    judged(old, new).finding
}

/// Asserts that each change is one of the class, in both directions.
fn changes(class: Class, pairs: &[(&str, &str)]) {
    for (old, new) in pairs {
        for (old, new) in [(old, new), (new, old)] {
            let judgement = judged(old, new);
            let classes: Vec<Class> = judgement.facts.iter().map(|change| change.class).collect();
            assert!(classes.contains(&class), "{old} / {new}: {classes:?}");
            assert_ne!(judgement.finding, Finding::Words, "{old} / {new}");
        }
    }
}

/// Asserts that each change is wording.
fn wording(pairs: &[(&str, &str)]) {
    for (old, new) in pairs {
        assert_eq!(judged(old, new), Judgement { finding: Finding::Words, facts: Vec::new() }, "{old} / {new}");
    }
}

#[test]
fn units() {
    changes(
        Class::Unit,
        &[
            ("金额(元)", "金额(分)"),
            ("时间戳,单位秒", "时间戳,单位毫秒"),
            ("停留时长（天）", "停留时长（小时）"),
            ("附件不超过200KB", "附件不超过200MB"),
            ("重量,以克计", "重量,以千克计"),
            ("精确到分", "精确到元"),
            ("有效期3天", "有效期3个工作日"),
            ("Weight in kg", "Weight in g"),
            ("Delay (s)", "Delay (ms)"),
            ("Price in cents", "Price in dollars"),
            ("金额以万元计", "金额以元计"),
        ],
    );
    wording(&[
        ("单价:元", "单价：元"),
        ("地分局", "地方分局"),
        ("time (ms)", "time in milliseconds"),
        ("秒杀", "秒杀价"),
    ]);
}

#[test]
fn numbers() {
    changes(
        Class::Number,
        &[
            ("每页数量,最大值100", "每页数量,最大值50"),
            ("10位时间戳", "13位时间戳"),
            ("100", "50"),
            ("三个月内的订单", "六个月内的订单"),
            ("一次最多一百个", "一次最多五十个"),
            ("最近一年", "最近半年"),
            ("Ids, at most 20", "Ids, up to thirty"),
            ("two hundred and fifty rows", "two hundred rows"),
            ("twenty-five crates", "twenty-six crates"),
            ("最多1万条", "最多2万条"),
        ],
    );
    wording(&[
        ("１００以内", "100以内"),
        ("twenty-five crates", "25 crates"),
        ("一百二十个", "120个"),
        ("最多1万条", "最多10000条"),
        ("1,000 rows", "1000 rows"),
        ("第三方编号", "外部编号"),
        ("统一的一个编号", "统一编号"),
        ("占位111111", "占位222222"),
        ("号码13800000000", "号码13900000000"),
    ]);
}

#[test]
fn values() {
    changes(
        Class::Value,
        &[
            ("1:大包装 2:小包装", "1:小包装 2:大包装"),
            ("1:大包装 2:小包装", "1:大包装 2:小包装 3:散装"),
            ("0女,1男", "0男,1女"),
            ("F:头等舱;Y:经济舱", "F:头等舱;C:商务舱;Y:经济舱"),
            ("Y表示封箱,N表示未封箱", "N表示封箱,Y表示未封箱"),
            ("排序,asc升序 desc降序", "排序,asc降序 desc升序"),
            ("true:已封 false:未封", "true:未封 false:已封"),
            ("true if the crate is sealed", "false if the crate is sealed"),
            ("创建(create)、取消(cancel)", "创建(create)、取消(cancel)、关闭(close)"),
            ("状态,可选值:OPEN、CLOSED", "状态,可选值:OPEN、CLOSED、FROZEN"),
            ("状态,取值open, closed", "状态,取值open, closed, frozen"),
            ("Sort direction: asc/desc", "Sort direction: asc"),
            ("Kind: wood, steel", "Kind: wood, steel, paper"),
            ("状态:待付款、已付款", "状态:待付款、已付款、已取消"),
            ("0,正常;1,停用的", "0,停用的;1,正常"),
            ("填depot_id", "填crate_id"),
            ("温层（常温、冷藏、冷冻）", "温层（常温、冷藏）"),
            ("(A入库B出库)", "(A出库B入库)"),
        ],
    );
    wording(&[
        ("1:男,2:女", "2:女,1:男"),
        ("状态:OPEN、CLOSED", "状态:CLOSED、OPEN"),
        ("Kind: wood, steel", "Kind: steel, wood"),
        ("Use the WMS to read it", "Use the ERP to read it"),
        ("isSealed", "是否封箱"),
        ("箱号(sku)", "箱号"),
        ("接口文档V2", "接口文档"),
    ]);
}

#[test]
fn requiredness() {
    changes(
        Class::Requiredness,
        &[
            ("收件人", "【必选】收件人"),
            ("收件人[必填]", "收件人[可空]"),
            ("公司名称（可选）", "公司名称（必选）"),
            ("手机号,不能为空", "手机号,可不填"),
            ("当type=2时必填", "当type=3时必填"),
            ("税号", "税号,type为2时必填"),
            ("仓库,自提时填写", "仓库"),
            ("a或b", "a和b二选一"),
            ("手机与邮箱不能同时为空", "手机与邮箱"),
            ("箱号", "箱号(可以随便填写,以实际为准)"),
            ("The carrier's note", "The carrier's note, required"),
            ("Required when type is 2", "Required when type is 3"),
            ("May be omitted", "Must not be empty"),
        ],
    );
    wording(&[
        ("是否必填：是", "必填"),
        ("可不填", "非必填"),
        ("Optional. The note.", "The note (optional)"),
        ("该字段必传", "必填"),
        ("可选择的颜色", "颜色"),
    ]);
}

#[test]
fn defaults() {
    changes(
        Class::Default,
        &[
            ("默认升序", "默认降序"),
            ("不传默认返回全部", "不传默认返回空"),
            ("为空则取仓库编号", "仓库编号"),
            ("Defaults to true", "Defaults to false"),
            ("asc by default", "desc by default"),
        ],
    );
    wording(&[("默认为1", "默认值:1"), ("默认倒序", "默认降序")]);
}

#[test]
fn formats() {
    changes(
        Class::Format,
        &[
            ("日期,格式yyyy-MM-dd", "日期,格式yyyyMMdd"),
            ("yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"),
            ("时间（北京时间）", "时间（UTC时间）"),
            ("多个用逗号分隔", "多个用分号分隔"),
            ("用“|”分隔", "用“,”分隔"),
            ("明细,JSON格式", "明细,XML格式"),
            ("Time in GMT+8", "Time in UTC"),
            ("separated by commas", "separated by semicolons"),
            ("入仓日期", "入仓日期(没有时分秒)"),
            ("date, dd/MM/yyyy", "date, MM/dd/yyyy"),
        ],
    );
    wording(&[("格式为yyyy-MM-dd", "格式：yyyy-MM-dd"), ("用英文逗号隔开", "以英文逗号分隔")]);
}

#[test]
fn comparisons() {
    changes(
        Class::Comparison,
        &[
            ("不能早于开始时间", "不能晚于开始时间"),
            ("大于0", "大于等于0"),
            ("30天以内", "30天以上"),
            ("at least 5 crates", "at most 5 crates"),
            ("must exceed 3", "must not exceed 3"),
            ("later than the start", "earlier than the start"),
        ],
    );
    wording(&[
        ("不能大于50", "不超过50"),
        ("at most 20 ids", "up to 20 ids"),
        ("以下状态", "如下状态"),
        ("see above", "see there"),
        ("最低价", "价格"),
    ]);
}

#[test]
fn negations() {
    changes(
        Class::Negation,
        &[
            ("支持模糊查询", "不支持模糊查询"),
            ("可以修改", "不可以修改"),
            ("含税价", "不含税价"),
            ("A crate can be reopened", "A crate cannot be reopened"),
            ("Deleted rows are included", "Deleted rows are excluded"),
            ("Case sensitive", "Case insensitive"),
        ],
    );
    wording(&[("不支持修改", "无法修改"), ("不含运费", "不包含运费"), ("cannot be changed", "can not be changed")]);
}

#[test]
fn multiplicity_access_secrecy_retirement() {
    changes(
        Class::Multiplicity,
        &[("只支持单个", "支持多个"), ("单选", "多选"), ("Only one crate number", "Multiple crate numbers")],
    );
    changes(
        Class::Access,
        &[
            ("查询库存", "查询库存,仅对白名单商家开放"),
            ("手机号", "手机号,需要授权"),
            ("Exports the ledger", "Exports the ledger. Requires a special permission."),
        ],
    );
    changes(Class::Secrecy, &[("身份证号", "身份证号,加密"), ("姓名,明文", "姓名,脱敏"), ("Card", "Card, masked")]);
    changes(
        Class::Retirement,
        &[
            ("面单号", "面单号,逐步停用"),
            ("礼品卡", "礼品卡,暂不支持"),
            ("Carrier", "Carrier. Will be removed next year."),
            ("Coupon", "Coupon (not supported yet)"),
        ],
    );
}

#[test]
fn noise_is_no_fact() {
    wording(&[
        ("顾客的名称", "顾客名称"),
        ("The customer's name", "Name of the customer"),
        ("Sends a crate", "Send a crate."),
        ("详见 https://doc.acme.example/a/1024.html", "详见 https://doc.acme.example/b/2048.html"),
        ("见articleId=107343", "见articleId=119002"),
        ("手机号,如13800000000", "手机号,如13900000000"),
        ("Crate id, e.g. 12", "Crate id, e.g. 345"),
        ("示例:{\"a\":1}", "示例:{\"a\":2}"),
        ("调用acme.depot.list获取", "通过acme.depot.query获取"),
        ("状态<br/>0:开", "状态0:开"),
    ]);
}

#[test]
fn deprecation_in_words_is_found() {
    for text in ["顾客等级(已废弃)", "该字段已下线", "不再使用,请用level", "Deprecated: use level", "no longer used"]
    {
        assert_eq!(says("顾客等级", text), Finding::Deprecated, "{text}");
        assert_eq!(says(text, "顾客等级"), Finding::Undeprecated, "{text}");
    }
    assert_eq!(says("订单是否下线支付", "订单是否为线下支付"), Finding::Words);
}

#[test]
fn the_facts_are_named() {
    let named = |old: &str, new: &str| {
        let facts = judged(old, new).facts;
        facts
            .iter()
            .map(|change| [change.phrase().to_string(), change.phrase_chinese().to_string()])
            .collect::<Vec<_>>()
    };
    assert_eq!(named("运费，单位：分", "运费，单位：元"), [["unit: `分` → `元`", "单位：`分` → `元`"]]);
    assert_eq!(named("编号", "编号，必填"), [["requiredness added: `必填`", "必填条件新增：`必填`"]]);
    let values = ["one", "two", "three", "four", "five", "six"].map(|value| format!("`{value}`")).join("、");
    let [english, _] = named("类型", &format!("类型：{values}")).remove(0);
    assert_eq!(english, "value added: `one`, `two`, `three`, `four`, …");
}

/// A field with the keys.
fn field(keys: &str) -> Marks {
    let field: FieldSpec = serde_yaml::from_str(&format!("{{type: String, {keys}}}")).expect("a field");
    Marks::of(&field)
}

#[test]
fn what_the_keys_state_is_no_news() {
    let judged = |[old, new]: [&str; 2], [before, after]: [&str; 2]| {
        judge(Some(old), Some(new), &[field(before), field(after)]).finding
    };
    let added = ["收件人", "收件人,必填"];
    assert_eq!(judged(added, ["", "required: true"]), Finding::Words);
    assert_eq!(judged(added, ["required: true", "required: true"]), Finding::Words);
    assert_eq!(judged(added, ["required: true", ""]), Finding::Suspect, "the opposite");
    assert_eq!(judged(added, ["", ""]), Finding::Suspect);
    let condition = ["仓库", "仓库,type=2时必填"];
    assert_eq!(judged(condition, ["", "required: true"]), Finding::Suspect, "a condition that contradicts the mark");
    let fewer = ["最多20个", "最多10个"];
    assert_eq!(judged(fewer, ["max_items: 20", "max_items: 10"]), Finding::Words);
    assert_eq!(judged(fewer, ["max_items: 20", "max_items: 30"]), Finding::Suspect);
    assert_eq!(judged(["最多100个", "最多50个,必填"], ["max_items: 100", "max_items: 50"]), Finding::Suspect);
    assert_eq!(judged(["默认1", "默认2"], ["default: '1'", "default: '2'"]), Finding::Words);
    let several = ["编号", "编号,支持多个"];
    assert_eq!(judged(several, ["", "items: String"]), Finding::Words);
    assert_eq!(judged(["编号", "编号,单个"], ["", "items: String"]), Finding::Suspect);
}

#[test]
fn hostile_texts_cost_little() {
    for piece in [
        "{\"",
        "[",
        "\"a",
        "1:a,",
        "若",
        "必填",
        "必填,若",
        "默认",
        "一",
        "百",
        "如a",
        "不",
        "分隔",
        "yyyy-",
        "a-",
        "(a",
        "、a",
    ] {
        let text = piece.repeat(40_000);
        assert_eq!(says(&text, &text), Finding::Words, "{piece}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_two_texts_can_be_judged_and_shown(
        old in "([ -~]|[最大必填默认不若时分元个三百、(:=\"0-9,。；\n]|\\PC){0,60}",
        new in "([ -~]|[最大必填默认不若时分元个三百、(:=\"0-9,。；\n]|\\PC){0,60}",
    ) {
        prop_assert_eq!(says(&old, &old), Finding::Words);
        let forth = says(&old, &new);
        let back = match says(&new, &old) {
            Finding::Deprecated => Finding::Undeprecated,
            Finding::Undeprecated => Finding::Deprecated,
            same => same,
        };
        prop_assert_eq!(forth, back);
        let marked = marked(&old, &new);
        for (pieces, text) in [(&marked.old, &old), (&marked.new, &new)] {
            let shown: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
            prop_assert!(pieces.iter().all(|piece| !piece.text.is_empty()));
            let mut rest = text.chars();
            prop_assert!(shown.chars().all(|c| rest.any(|other| other == c)), "{shown:?} is not in {text:?}");
        }
    }
}
