//! The sample of a request.

use super::{Api, Field};

/// The sample, its vendor's mistakes included.
pub(super) fn sample(api: &Api) -> String {
    let raised = |segment: &str| raise(segment);
    let class: String = api.short_name().split(['.', '-']).map(raised).collect();
    let mut writer = Writer { class: format!("{class}Request"), number: 0, text: String::new() };
    writer.text += "TaobaoClient client = new DefaultTaobaoClient(url, appkey, secret);\n";
    writer.text += &format!("{class}Request req = new {class}Request();\n");
    for field in &api.request {
        writer.field(field, "req", false);
    }
    let session = if api.session { ", sessionKey" } else { "" };
    writer.text +=
        &format!("{class}Response rsp = client.execute(req{session});\nSystem.out.println(rsp.getBody());\n");
    writer.text
}

struct Writer {
    class: String,
    /// The last number that a variable took.
    number: usize,
    text: String,
}

impl Writer {
    fn field(&mut self, field: &Field, receiver: &str, in_list: bool) {
        if !field.is_object() {
            if let Some(literal) = literal(field, receiver == "req") {
                let end = if field.base == "Json" && receiver == "req" { "String" } else { "" };
                self.text += &format!("{receiver}.set{}{end}({literal});\n", setter(&field.name));
            }
            return;
        }
        let class = format!("{}.{}", self.class, field.base);
        if !field.list {
            self.number += 1;
            let variable = format!("obj{}", self.number);
            self.text += &format!("{class} {variable} = new {class}();\n");
            self.members(field, &variable, false);
            self.text += &format!("{receiver}.set{}({variable});\n", setter(&field.name));
            return;
        }
        // A list directly in the element of a list skips one number more, and is set on a variable of that number.
        let odd = in_list.then(|| format!("list{}", self.number + 1));
        self.number += if in_list { 3 } else { 2 };
        let list = format!("list{}", self.number);
        self.number += 1;
        let item = format!("obj{}", self.number);
        self.text += &format!("List<{class}> {list} = new ArrayList<{class}>();\n{class} {item} = new {class}();\n");
        self.text += &format!("{list}.add({item});\n");
        self.members(field, &item, true);
        let receiver = odd.as_deref().unwrap_or(receiver);
        self.text += &format!("{receiver}.set{}({list});\n", setter(&field.name));
    }

    fn members(&mut self, field: &Field, variable: &str, in_list: bool) {
        for member in &field.fields {
            self.field(member, variable, in_list);
        }
    }
}

/// Returns the value of a leaf. `None` if the vendor leaves the line out.
fn literal(field: &Field, top: bool) -> Option<String> {
    let example = field.example.as_str();
    let quoted = || format!("\"{}\"", example.replace('\\', "\\\\").replace('"', "\\\""));
    match field.base.as_str() {
        "String" | "Json" => Some(quoted()),
        "byte[]" => Some(format!("new FileItem({})", quoted())),
        _ if example.is_empty() => None,
        "Number" if field.list && top => Some(quoted()),
        "Number" if field.list => Some(format!("new Long[] {{ {example} }};\n")),
        "Number" => Some(format!("{example}L")),
        "Date" => Some(format!("StringUtils.parseDateTime({})", quoted())),
        _ => Some(example.to_owned()),
    }
}

/// Segments raised and joined.
fn setter(name: &str) -> String {
    name.split('_').map(raise).collect()
}

fn raise(segment: &str) -> String {
    let mut signs = segment.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}
