//! The sample of an answer.

use super::{Api, Field};

/// The sample, one element a line but for leaves.
pub(super) fn sample(api: &Api) -> String {
    let root = api.short_name().replace(['.', '-'], "_") + "_response";
    let mut text = format!("<{root}>\n");
    members(&api.response, 1, &mut text);
    text + &format!("</{root}>\n")
}

fn members(fields: &[Field], depth: usize, text: &mut String) {
    for field in fields {
        let name = &field.name;
        let indent = "    ".repeat(depth);
        match (field.is_object(), field.list) {
            (false, false) => *text += &format!("{indent}<{name}>{}</{name}>\n", field.example),
            (false, true) => {
                let item = field.base.to_lowercase();
                *text += &format!("{indent}<{name}>\n");
                // The vendor cuts an example at its commas, whatever they mean.
                for value in field.example.split(',') {
                    *text += &format!("{indent}    <{item}>{value}</{item}>\n");
                }
                *text += &format!("{indent}</{name}>\n");
            }
            (true, false) => {
                *text += &format!("{indent}<{name}>\n");
                members(&field.fields, depth + 1, text);
                *text += &format!("{indent}</{name}>\n");
            }
            (true, true) => {
                let item = item_name(&field.base);
                *text += &format!("{indent}<{name}>\n{indent}    <{item}>\n");
                members(&field.fields, depth + 2, text);
                *text += &format!("{indent}    </{item}>\n{indent}</{name}>\n");
            }
        }
    }
}

/// The name of a list's elements: every capital of the type opens a segment.
fn item_name(base: &str) -> String {
    let mut name = String::new();
    for sign in base.chars() {
        if sign.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(sign.to_lowercase());
    }
    name
}
