//! The record of the document service.

use serde_json::{Value, json};

use super::{Api, Field};

pub(super) fn record(api: &Api) -> Value {
    json!({
        "success": true,
        "code": null,
        "errMsg": null,
        "data": {
            "name": api.name,
            "apiChineseName": api.title,
            "description": "",
            "labels": [{"displayName": if api.session { "必须用户授权" } else { "不需用户授权" }}],
            "requestParams": parameters(&api.request, true),
            "responseParams": parameters(&api.response, false),
            "errorCodes": [],
            "rspSampleXml": super::xml::sample(api),
        }
    })
}

fn parameters(fields: &[Field], request: bool) -> Value {
    let parameter = |field: &Field| {
        json!({
            "name": field.name,
            "type": field.type_word(),
            "required": request.then_some(field.required),
            "demoValue": some(&field.example),
            "description": some(&field.description),
            "defaultValue": field.limits.default,
            "maxLength": field.limits.max_length,
            "maxListSize": field.limits.max_items,
            "minValue": null,
            "maxValue": null,
            "subParams": if field.is_object() { parameters(&field.fields, request) } else { Value::Null },
        })
    };
    fields.iter().map(parameter).collect()
}

fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}
