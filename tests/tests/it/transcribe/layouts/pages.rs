//! An invented API, written as a page in every layout of TOP.

pub(crate) const API: &str = "acme.depot.crate.send";

/// A row with its level, 0 for the first. Empty cells are empty texts; limits have line breaks between.
pub(crate) struct Row {
    pub(crate) level: usize,
    pub(crate) name: &'static str,
    pub(crate) word: &'static str,
    pub(crate) required: bool,
    pub(crate) example: &'static str,
    pub(crate) limits: &'static str,
    pub(crate) description: &'static str,
    pub(crate) leaf: bool,
}

pub(crate) const fn row(
    level: usize,
    name: &'static str,
    word: &'static str,
    required: bool,
    [example, limits, description]: [&'static str; 3],
) -> Row {
    let leaf = !matches!(word.as_bytes(), [b'C', ..] | [b'R', ..] | [b'I', ..] | [b'S', b'h', ..]);
    Row { level, name, word, required, example, limits, description, leaf }
}

pub(crate) const REQUEST: [Row; 9] = [
    row(0, "note", "String", false, ["a b c", "", "附言 可空"]),
    row(0, "count", "Number", true, ["", "默认值:1\n最大长度:9", "件数"]),
    row(0, "crate", "Crate", true, ["", "", "箱子"]),
    row(1, "tag", "String", true, ["red-7", "", "标"]),
    row(1, "shelf_list", "ShelfDTO []", false, ["", "", "层板"]),
    row(2, "width", "Number", true, ["12", "", "宽度"]),
    row(2, "hint", "String", false, ["", "", "提示"]),
    row(1, "sealed", "Boolean", false, ["true", "", "是否封口"]),
    row(0, "stamp", "Date", false, ["2031-05-06 07:08:09", "", "时间"]),
];

pub(crate) const RESPONSE: [Row; 6] = [
    row(0, "result", "Result", false, ["", "", "结果"]),
    row(1, "code", "String", false, ["0", "", "编码"]),
    row(1, "items", "Item []", false, ["", "", "条目"]),
    row(2, "code", "String", false, ["", "", "条目编码"]),
    row(1, "message", "String", false, ["好", "", "说明"]),
    row(0, "done", "Boolean", false, ["true", "", "完"]),
];

pub(crate) const JAVA: &str = "TaobaoClient client = new DefaultTaobaoClient(url, appkey, secret);
AcmeDepotCrateSendRequest req = new AcmeDepotCrateSendRequest();
req.setNote(\"a b c\");
AcmeDepotCrateSendRequest.Crate obj1 = new AcmeDepotCrateSendRequest.Crate();
obj1.setTag(\"red-7\");
List<AcmeDepotCrateSendRequest.ShelfDTO> list3 = new ArrayList<AcmeDepotCrateSendRequest.ShelfDTO>();
AcmeDepotCrateSendRequest.ShelfDTO obj4 = new AcmeDepotCrateSendRequest.ShelfDTO();
list3.add(obj4);
obj4.setWidth(12L);
obj4.setHint(\"\");
obj1.setShelfList(list3);
obj1.setSealed(true);
req.setCrate(obj1);
req.setStamp(StringUtils.parseDateTime(\"2031-05-06 07:08:09\"));
AcmeDepotCrateSendResponse rsp = client.execute(req, sessionKey);
System.out.println(rsp.getBody());
";

pub(crate) const XML: &str = "<acme_depot_crate_send_response>
    <result>
        <code>0</code>
        <items>
            <item>
                <code></code>
            </item>
        </items>
        <message>好</message>
    </result>
    <done>true</done>
</acme_depot_crate_send_response>
";

pub(crate) fn cells(row: &Row, side: Side) -> Vec<String> {
    let mark = if row.required { "必须" } else { "可选" };
    let name = if row.level > 0 && row.leaf { format!("└ {}", row.name) } else { row.name.to_owned() };
    let texts = match side {
        Side::Request => vec![&*name, row.word, mark, row.example, row.limits, row.description],
        Side::Response => vec![&*name, row.word, row.example, row.description],
    };
    texts.into_iter().map(str::to_owned).collect()
}

#[derive(Copy, Clone, PartialEq)]
pub(crate) enum Side {
    Request,
    Response,
}

impl Side {
    pub(crate) fn rows(self) -> &'static [Row] {
        if self == Self::Request { &REQUEST } else { &RESPONSE }
    }

    pub(crate) fn header(self) -> Vec<&'static str> {
        match self {
            Self::Request => vec!["名称", "类型", "是否必须", "示例值", "更多限制", "描述"],
            Self::Response => vec!["名称", "类型", "示例值", "描述"],
        }
    }
}

/// The page with its tables written by the test; what stands around them is the same in text and copy.
pub(crate) fn text_page(table: impl Fn(Side) -> String, error: &str) -> String {
    format!(
        "文档中心 > API类目 > 木箱\n\n{API} (寄箱(一))\n\n把箱子寄出去\n\n公共参数\n\n请求参数\n\n{}\n响应参数\n\n{}\n请求示例\n\n\
         JAVA\n.NET\n{JAVA}\n响应示例\n\nXML示例\nJSON示例\n{XML}\n异常示例\n\n<error_response>\n</error_response>\n\n\
         错误码解释\n\n{error}\n\nAPI工具\n",
        table(Side::Request),
        table(Side::Response)
    )
}

/// T1, and T2 from the first limits on.
pub(crate) fn flattened() -> String {
    let table = |side: Side| {
        let mut text = side.header().join(" ") + "\n";
        for row in side.rows() {
            let full: Vec<String> = cells(row, side).into_iter().filter(|cell| !cell.is_empty()).collect();
            if row.level > 0 {
                let kept = full.iter().filter(|cell| cell.chars().count() > 1 || cell.is_ascii());
                text.extend(kept.map(|cell| format!("  • {cell}\n")));
            } else {
                text.push_str(&full.join(" "));
                text.push('\n');
            }
        }
        text
    };
    text_page(table, "错误码 错误描述 解决方案\nisv.no-crate 没有箱子")
}

/// How a browser's copy shows child rows.
#[derive(Copy, Clone, Debug)]
pub(crate) enum Children {
    /// Rows like all others.
    Bare,
    /// Rows behind bullets.
    Bullets,
    /// Each cell on its own line.
    Lines,
}

pub(crate) fn copied(children: Children) -> String {
    let table = |side: Side| {
        let mut text = side.header().join("\t") + "\n";
        for row in side.rows() {
            let cells = cells(row, side);
            let line = cells.join("\t").replace("\t默认值", "\t\n默认值").replace("9\t", "9\n\t");
            match children {
                Children::Lines if row.level > 0 => {
                    text.extend(cells.iter().filter(|cell| !cell.is_empty()).map(|cell| format!("{cell}\n")));
                }
                Children::Bullets if row.level > 0 => text.push_str(&format!("  • {line}\n")),
                _ => text.push_str(&format!("{line}\n")),
            }
        }
        text
    };
    text_page(table, "错误码\t错误描述\t解决方案\nisv.no-crate\t没有箱子\t换一个")
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// How a saved page shows child rows.
#[derive(Copy, Clone, Debug)]
pub(crate) enum Lists {
    /// A list for each row.
    One,
    /// One list for all rows below a row, its items not closed.
    All,
    /// Rows of a table in a cell.
    Table,
}

pub(crate) fn html(lists: Lists) -> String {
    let table = |side: Side| {
        let head: String = side.header().iter().map(|cell| format!("<th><span>{cell}</span></th>")).collect();
        let mut text = format!("<table><thead><tr>{head}</tr></thead><tbody>");
        let rows = side.rows();
        for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.level == 0) {
            let cells = cells(row, side).into_iter().map(|cell| match cell.contains('\n') {
                true => cell.lines().map(|line| format!("<li>{line}</li>")).collect::<String>(),
                false => escape(&cell),
            });
            let cells = cells.map(|cell| match cell.starts_with("<li>") {
                true => format!("<td><ul>{cell}</ul></td>"),
                false => format!("<td>\n  <div>{}</div>\n</td>", cell.replace("附言 ", "附言<br>")),
            });
            text.push_str(&format!("<tr>{}</tr>", cells.collect::<String>()));
            let below: Vec<&Row> = rows.iter().skip(at + 1).take_while(|row| row.level > 0).collect();
            if below.is_empty() {
                continue;
            }
            let (open, close, item) = match lists {
                Lists::One => ("<ul>", "</ul>", "li"),
                Lists::All => ("", "", "li"),
                Lists::Table => ("<tr>", "</tr>", "td"),
            };
            let inner: String = below
                .iter()
                .map(|row| {
                    let items: String = self::cells(row, side).iter().map(|cell| format!("<{item}>{cell}")).collect();
                    format!("{open}{items}{close}")
                })
                .collect();
            let inner = match lists {
                Lists::One => inner,
                Lists::All => format!("<ul>{inner}</ul>"),
                Lists::Table => format!("<table>{inner}</table>"),
            };
            text.push_str(&format!("<tr><td colspan=6>{inner}</td></tr>"));
        }
        text + "</tbody></table>"
    };
    let numbers: String = (1..=JAVA.lines().count()).map(|n| format!("{n}\n")).collect();
    format!(
        "<!DOCTYPE html><html><head><title>寄箱</title><script>if (1 < 2) {{ \"<table>\" }}</script></head><body>\
         <nav><ul><li>请求参数</li><li>taobao.other.api (别的)</li></ul></nav>\
         <div>文档中心 &gt; API类目 &gt; 木箱</div><h1>{API} <small>(寄箱(一))</small></h1><p>把箱子寄出去</p>\
         <h2>公共参数</h2><table><tr><th>名称<th>类型<th>是否必须<th>描述<tr><td>method<td>String<td>是<td>接口</table>\
         <h2>请求参数</h2>{}<h2>响应参数</h2>{}<h2>请求示例</h2><ul><li>JAVA</li><li>.NET</li></ul>\
         <table><tr><td><pre>{numbers}</pre></td><td><pre>{}</pre></td></tr></table>\
         <h2>响应示例</h2><pre>{}</pre><pre>{{\"json\": 1}}</pre><h2>异常示例</h2><pre>&lt;error_response/&gt;</pre>\
         <h2>错误码解释</h2><table><tr><th>错误码</th><th>错误描述</th><th>解决方案</th></tr>\
         <tr><td>isv.no-crate</td><td>没有箱子</td><td>换一个</td></tr></table></body></html>",
        table(Side::Request),
        table(Side::Response),
        escape(JAVA),
        XML.lines().map(|line| format!("<span>{}</span><br>", escape(line))).collect::<String>(),
    )
}

/// T4: tails slid to the left, children and limits dropped, samples on one line.
pub(crate) fn pipes(numbered: bool) -> String {
    let table = |side: Side| {
        let header = side.header();
        let mut text = header.join(" | ") + " |\n" + &"---|".repeat(header.len()) + "\n";
        for (at, row) in side.rows().iter().enumerate().filter(|(_, row)| row.level == 0) {
            let cells: Vec<String> = cells(row, side);
            let full: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
            if row.limits.is_empty() {
                let gone = header.len() - full.len();
                text.push_str(&format!("{} |{}\n", full.join(" | "), if gone > 0 { " |" } else { "" }));
            } else {
                text.push_str(&format!("{} |\n|\n{} |\n", full[..full.len() - 2].join(" | "), row.description));
            }
            if side.rows().get(at + 1).is_some_and(|row| row.level > 0) {
                text.push_str("|||\n");
            }
        }
        text
    };
    let code = |text: &str| {
        let count: String = (1..=text.lines().count()).map(|n| format!("{n} ")).collect();
        let line = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
        if numbered { format!("{count}| {line} |\n") } else { format!("| {line} |\n") }
    };
    format!(
        "把箱子寄出去\n{}{}{}{}1 2 | < error_response > </ error_response > |\n错误码 | 错误描述 | 解决方案 |\n---|---|---|\n\
         isv.no-crate | 没有箱子 | 换一个 |\n",
        table(Side::Request),
        table(Side::Response),
        code(&JAVA.replace("(\"", "( \"").replace("\")", "\" )").replace("(true)", "( true )")),
        code(&XML.replace('<', "< ").replace("< /", "</ ").replace('>', " >")),
    )
}
