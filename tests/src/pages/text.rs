//! The page as flattened text: bullets for the cells below the first level, and nothing at all for empty cells.

use super::{Api, Field, java, xml};

/// Which page it is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// With samples as they are; a page whose parameters have limits is shifted by them.
    Plain,
    /// With a line number for each line of the samples before them.
    Numbered,
}

pub(super) fn page(api: &Api, shape: Shape) -> String {
    let mut page = Page { text: String::new(), shifted: false, open: false };
    page.head(api);
    page.part("请求参数", "名称 类型 是否必须 示例值 更多限制 描述");
    page.rows(&api.request, true);
    page.part("响应参数", "名称 类型 示例值 描述");
    page.rows(&api.response, false);
    page.heading("请求示例");
    page.cells(&["JAVA", ".NET", "PHP", "CURL", "Python", "C/C++", "NodeJS"]);
    page.code(&java::sample(api), shape);
    page.heading("响应示例");
    page.cells(&["XML示例", "JSON示例"]);
    page.code(&xml::sample(api), shape);
    page.heading("异常示例");
    page.cells(&["XML示例", "JSON示例"]);
    page.code("<error_response>\n    <code>50</code>\n</error_response>\n", shape);
    page.part("错误码解释", "错误码 错误描述 解决方案");
    for line in ["", "API工具", "", "如何获得此API", "", "FAQ", "", "返回", "顶部"] {
        page.line(line);
    }
    page.text
}

struct Page {
    text: String,
    /// Whether a list of limits stood above: it is never closed.
    shifted: bool,
    /// Whether such a list waits for its last item.
    open: bool,
}

impl Page {
    fn head(&mut self, api: &Api) {
        self.line("文档中心 > API类目 > 木箱");
        self.line("");
        self.line(&format!("{} ({})", api.name, api.title));
        self.heading("公共参数");
    }

    fn part(&mut self, heading: &str, header: &str) {
        self.heading(heading);
        self.line(header);
    }

    fn heading(&mut self, heading: &str) {
        self.line("");
        self.line(heading);
        self.line("");
    }

    /// A line at the left edge. Where a list of limits has no description, the next text becomes its last item.
    fn line(&mut self, text: &str) {
        if self.open && !text.is_empty() {
            self.open = false;
            self.text += &format!("  • {text}\n");
        } else {
            let shift = if self.shifted && !text.is_empty() { "    " } else { "" };
            self.text += &format!("{shift}{text}\n");
        }
    }

    fn cells(&mut self, cells: &[&str]) {
        for cell in cells {
            self.line(&format!("  • {cell}"));
        }
    }

    fn code(&mut self, code: &str, shape: Shape) {
        if shape == Shape::Numbered {
            for number in 1..=code.lines().count() {
                self.line(&number.to_string());
            }
        }
        for line in code.lines() {
            self.line(line);
        }
    }

    fn rows(&mut self, fields: &[Field], request: bool) {
        for field in fields {
            let limits = if request { limits(field) } else { Vec::new() };
            let mut cells = vec![field.name.clone(), type_cell(field, true)];
            cells.extend(request.then(|| mark(field).to_owned()));
            cells.push(field.example.clone());
            if limits.is_empty() {
                cells.push(field.description.clone());
            }
            cells.retain(|cell| is_kept(cell));
            self.line(&cells.join(" "));
            for limit in &limits {
                self.text += &format!("  • {limit}\n");
            }
            if !limits.is_empty() {
                (self.shifted, self.open) = (true, true);
                if is_kept(&field.description) {
                    self.line(&field.description);
                }
            }
            self.members(&field.fields, request);
        }
    }

    fn members(&mut self, fields: &[Field], request: bool) {
        for field in fields {
            let name = if field.is_object() { field.name.clone() } else { format!("└ {}", field.name) };
            let mut cells = vec![name, type_cell(field, false)];
            cells.extend(request.then(|| mark(field).to_owned()));
            cells.extend([field.example.clone(), field.description.clone()]);
            cells.retain(|cell| is_kept(cell));
            self.cells(&cells.iter().map(String::as_str).collect::<Vec<_>>());
            self.members(&field.fields, request);
        }
    }
}

fn limits(field: &Field) -> Vec<String> {
    let limits = &field.limits;
    let default = limits.default.as_ref().map(|value| format!("默认值:{value}"));
    let length = limits.max_length.map(|most| format!("最大长度:{most}"));
    let items = limits.max_items.map(|most| format!("最大列表长度:{most}"));
    [default, length, items].into_iter().flatten().collect()
}

fn mark(field: &Field) -> &'static str {
    if field.required { "必须" } else { "可选" }
}

/// The type: a blank before the brackets, but in `byte[]` on the first level.
fn type_cell(field: &Field, top: bool) -> String {
    let base = if top { field.base.clone() } else { field.base.replace("[]", " []") };
    format!("{base}{}", if field.list { " []" } else { "" })
}

/// Whether a cell is kept: empty ones are not, nor are those with a single CJK sign.
fn is_kept(cell: &str) -> bool {
    let mut signs = cell.chars();
    let first = signs.next();
    first.is_some_and(|sign| sign.is_ascii() || signs.next().is_some())
}
