//! What documents contain.

use apograph::export::Format;
use serde_json::{Value, json};

use super::{at, documents};

fn of_repository(path: &str) -> Value {
    let documents = documents("specs", Some("specs/api.lock"), Format::OpenApi);
    documents.get(path).unwrap_or_else(|| panic!("no {path}")).clone()
}

#[test]
fn a_gateway_with_one_path_has_a_fragment_for_each_api() {
    let platform = of_repository("top.openapi.json");
    let paths: Vec<&str> = at(&platform, "/paths").as_object().expect("paths").keys().map(String::as_str).collect();
    let expected = [
        "/router/rest#method=alibaba.alsc.crm.open.customer.save",
        "/router/rest#method=alibaba.lingyang.utouch.submit.initiative.batch.task",
        "/router/rest#method=alibaba.lvms.lvr.importcallcustomer",
    ];
    assert_eq!(paths, expected);
    let urls: Vec<_> =
        at(&platform, "/servers").as_array().expect("servers").iter().map(|server| &server["url"]).collect();
    assert_eq!(urls, ["https://gw.api.taobao.com", "https://api.taobao.com", "https://gw.api.tbsandbox.com"]);
    let api = of_repository("top/alsc/crm_open_customer_save.openapi.json");
    let operation = at(&api, "/paths/~1router~1rest/post");
    let name = json!({"type": "string", "const": "alibaba.alsc.crm.open.customer.save"});
    assert_eq!(operation["parameters"][0]["schema"], name);
    // The page of this API asks for no session.
    assert_eq!(operation["security"], json!([{"app_key": [], "sign": []}]));
    let form = "/requestBody/content/application~1x-www-form-urlencoded";
    let encoding = at(operation, form)["encoding"].clone();
    assert_eq!(encoding, json!({"param_customer_save_open_req": {"contentType": "application/json"}}));
    let request = at(&api, "/components/schemas/CrmOpenCustomerSave/properties/param_customer_save_open_req");
    assert_eq!(request["$ref"], "#/components/schemas/CustomerSaveOpenReq");
}

#[test]
fn limits_marks_values_and_statuses_are_those_of_page_and_fixes() {
    let api = of_repository("nio/aivoice/import_customer.openapi.json");
    let operation = at(&api, "/paths/~1aivoice~1importCustomer/post");
    assert_eq!(operation["x-statuses"]["-56"], "超出导入限制,最多支持导入100条用户");
    assert!(
        operation["description"].as_str().expect("text").contains("| \\-56 | 超出导入限制,最多支持导入100条用户 |")
    );
    assert_eq!(operation["security"], json!([{"Api-Key": [], "Sign": []}]));
    assert_eq!(operation["parameters"], json!([{"$ref": "#/components/parameters/header.Timestamp"}]));
    let body = at(operation, "/requestBody/content/application~1json");
    assert_eq!(body["example"]["customerPersons"][1]["name"], "starai2");
    let schemas = at(&api, "/components/schemas");
    assert_eq!(schemas["ImportCustomer"]["required"], json!(["appId", "jobId", "customerPersons"]));
    assert_eq!(schemas["ImportCustomer"]["properties"]["customerPersons"]["maxItems"], 100);
    assert_eq!(schemas["ImportCustomer"]["properties"]["callRecordDup"]["default"], false);
    assert_eq!(schemas["CustomerPerson"]["properties"]["phoneNumber"]["maxLength"], 32);
    let values = json!([
        {"title": "documented value", "type": "string", "enum": ["MALE", "FEMALE"], "x-enumDescriptions": {"MALE": "男", "FEMALE": "女"}},
        {"title": "other value", "type": "string"},
    ]);
    assert_eq!(schemas["Gender"]["anyOf"], values);
    let answer = at(operation, "/responses/200/content/application~1json");
    assert_eq!(answer["schema"]["anyOf"][0]["allOf"][1]["properties"]["status"]["enum"], json!(["0", 0]));
    assert_eq!(answer["example"]["status"], "0");
}

#[test]
fn the_signature_is_explained() {
    let api = of_repository("nio/aivoice/import_customer.openapi.json");
    let text = api["info"]["description"].as_str().expect("a description");
    let expected = "\
# Signature

Credentials: `api_key` (public), `api_secret` (secret, never sent).

1. Set `Api-Key` (headers) to `{api_key}`.
2. Set `Timestamp` (headers) to `{timestamp}`.
3. `base` is `{api_key}{api_secret}{timestamp}`.
4. `sign` is `{base|md5|hex}`.
5. Set `Sign` (headers) to `{sign}`.
";
    assert!(text.contains(expected), "{text}");
    // OpenAPI ignores parameters with this name.
    let wechat = of_repository("wechatpay.openapi.json");
    let scheme = at(&wechat, "/components/securitySchemes/Authorization");
    assert_eq!((&scheme["type"], &scheme["in"]), (&json!("apiKey"), &json!("header")));
    assert!(!wechat.to_string().contains(r#""name":"Accept""#));
}

#[test]
fn wrappers_and_roots_are_described() {
    let alipay = of_repository("alipay/trade/query.openapi.json");
    let operation = at(&alipay, "/paths/~1gateway.do/post");
    let form = at(operation, "/requestBody/content/application~1x-www-form-urlencoded");
    assert_eq!(form["encoding"], json!({"biz_content": {"contentType": "application/json"}}));
    let wrapper = at(&alipay, "/components/schemas/Query/properties/biz_content");
    assert!(wrapper["properties"]["out_trade_no"].is_object(), "{wrapper}");
    let success = at(operation, "/responses/200/content/application~1json/schema/anyOf/0");
    assert!(success.to_string().contains("alipay_trade_query_response"), "{success}");
}

#[test]
fn tombstones_are_left_out() {
    let documents = documents("tests/lock/removed/after", Some("tests/lock/removed/expected.lock"), Format::OpenApi);
    let paths: Vec<&str> = documents.keys().map(String::as_str).collect();
    assert_eq!(paths, ["acme.openapi.json", "acme/depot/crate_send.openapi.json"]);
    let api = &documents["acme/depot/crate_send.openapi.json"];
    let names: Vec<&String> =
        at(api, "/components/schemas/CrateSend/properties").as_object().expect("fields").keys().collect();
    // `from` and other fields are in the lock only.
    assert_eq!(names, ["level", "route", "to"]);
}
