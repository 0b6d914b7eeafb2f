//! Pages of TOP.

use apograph::diagnostic::Code;
use apograph::terms::{About, Note, SessionNeed};

use super::{doubts, end, field, is_doubted, read, spec, texts};

const API: &str = "taobao.depot.bin.find";
const ROOT: &str = "depot_bin_find_response";

/// The parts of a flattened page.
struct Page<'a> {
    request: &'a str,
    response: &'a str,
    java: &'a str,
    xml: &'a str,
}

const PAGE: Page<'_> = Page {
    request: "label String 必须 oak 标记",
    response: "done Boolean true 结束",
    java: "req.setLabel(\"oak\");\n",
    xml: "<done>true</done>",
};

impl Page<'_> {
    fn whole(&self) -> String {
        format!(
            "{API} (找箱)\n\n找到箱子\n\n公共参数\n\n请求参数\n\n名称 类型 是否必须 示例值 更多限制 描述\n{}\n\n响应参数\n\n\
             名称 类型 示例值 描述\n{}\n\n请求示例\n\n  • JAVA\n  • .NET\n\
             TaobaoClient client = new DefaultTaobaoClient(url, appkey, secret);\n\
             DepotBinFindRequest req = new DepotBinFindRequest();\n{}\
             DepotBinFindResponse rsp = client.execute(req, sessionKey);\nSystem.out.println(rsp.getBody());\n\n\
             响应示例\n\n  • XML示例\n  • JSON示例\n<{ROOT}>\n    {}\n</{ROOT}>\n\n异常示例\n\n  • XML示例\n<error_response>\n\
             </error_response>\n\n错误码解释\n\n错误码 错误描述 解决方案\n\nAPI工具\n\nFAQ\n",
            self.request, self.response, self.java, self.xml
        )
    }

    /// The page up to a text, which is the last that is left.
    fn up_to(&self, last: &str) -> String {
        let whole = self.whole();
        let at = whole.find(last).unwrap_or_else(|| panic!("{last} is not in {whole}"));
        whole[..at + last.len()].to_owned()
    }
}

#[test]
fn the_sample_of_a_complex_row_is_no_part_of_its_description() {
    let row = |rest: &str| {
        let response = format!("bin Bin {rest}\n  • └ code\n  • String\n  • 7\n  • 编码");
        let spec = spec(&Page { response: &response, xml: "<bin><code>7</code></bin>", ..PAGE }.whole());
        let (example, description) = texts(field(&spec.response, &["bin"]));
        let doubted = [About::Example, About::Description].map(|about| is_doubted(&spec, "response.bin", about));
        assert_eq!(doubted[0], doubted[1], "{rest}");
        (example.to_owned(), description.to_owned(), doubted[0])
    };
    let of = |example: &str, description: &str, doubted| (example.to_owned(), description.to_owned(), doubted);
    assert_eq!(row("4711 木箱"), of("4711", "木箱", true));
    assert_eq!(
        row("{ \"code\": \"7\", \"box\": [1, {\"w\": 1}] } 木箱"),
        of("{ \"code\": \"7\", \"box\": [1, {\"w\": 1}] }", "木箱", false)
    );
    assert_eq!(row("{ code: 7, [a b] } 木箱"), of("{ code: 7, [a b] }", "木箱", true));
    assert_eq!(row("一个 木箱"), of("", "一个 木箱", true));
    assert_eq!(row("木箱"), of("", "木箱", false));
}

#[test]
fn a_page_without_its_call_leaves_the_session_open() {
    for last in ["req.setLabel(\"oak\");\n", "client.execute(re", "client.execute(req, sess"] {
        let spec = spec(&PAGE.up_to(last));
        assert_eq!(spec.session, Some(SessionNeed::Optional), "{last}");
        assert!(is_doubted(&spec, "", About::Session) && doubts(&spec).contains(&end(Note::PageCut)), "{last}");
    }
    let settled = spec(&PAGE.up_to("client.execute(req, sessionKey)"));
    assert_eq!(settled.session, Some(SessionNeed::Required));
    assert!(!is_doubted(&settled, "", About::Session));
}

#[test]
fn a_sample_without_its_root_is_used() {
    let response = "code String 7 编码\nsize Size 尺寸\n  • └ width\n  • Number\n  • 1\n  • 宽度";
    let page = Page { response, xml: "<code>7</code>\n<size>\n<width>1</width>\n</size>", ..PAGE }.whole();
    let page = page.replace(&format!("<{ROOT}>\n    "), "").replace(&format!("\n</{ROOT}>"), "");
    let spec = spec(&page);
    assert_eq!(texts(field(&spec.response, &["code"])), ("7", "编码"));
    assert_eq!(texts(field(&spec.response, &["size", "width"])), ("1", "宽度"));
    assert_eq!(doubts(&spec), []);
}

#[test]
fn limits_of_child_rows_are_limits() {
    let request = "bin Bin 必须 木箱\n  • └ label\n  • String\n  • 必须\n  • oak\n  • 默认值:elm\n  • 最大长度:20\n  • 标记\n  • └ count\n  \
                   • Number\n  • 可选\n  • 最大值:9\n  • 件数\n  • └ note\n  • String\n  • 可选\n  • 最大长度:5";
    let java = "DepotBinFindRequest.Bin obj1 = new DepotBinFindRequest.Bin();\nobj1.setLabel(\"oak\");\nobj1.setNote(\"\");\n\
                req.setBin(obj1);\n";
    let spec = spec(&Page { request, java, ..PAGE }.whole());
    let bin = field(&spec.request, &["bin"]);
    let label = field(&bin.fields, &["label"]);
    assert_eq!((texts(label), label.max_length, label.default.as_deref()), (("oak", "标记"), Some(20), Some("elm")));
    let count = field(&bin.fields, &["count"]);
    assert_eq!((texts(count), count.max.as_deref()), (("", "件数"), Some("9")));
    // The last limit may be the description.
    assert_eq!(field(&bin.fields, &["note"]).max_length, Some(5));
    let note = "request.bin.fields.note";
    assert!(is_doubted(&spec, note, About::Default) && is_doubted(&spec, note, About::Description));
    assert!(spec.doubts.iter().all(|doubt| doubt.at.to_string() == note), "{:?}", spec.doubts);
}

#[test]
fn limits_of_child_rows_are_limits_in_saved_pages_too() {
    let cells = |limits: &str| {
        format!(
            "<title>{API}</title><p>{API} (找箱)</p><h2>请求参数</h2><table><tr><th>名称<th>类型<th>是否必须<th>示例值<th>更多限制\
             <th>描述</tr><tr><td>bin<td>Bin<td>必须<td><td><td>木箱</td></tr><tr><td colspan=6><ul><li>└ label<li>String<li>必须\
             <li>oak{limits}<li>标记</ul></td></tr></table><h2>响应参数</h2><table><tr><th>名称<th>类型<th>示例值<th>描述</tr>\
             <tr><td>done<td>Boolean<td>true<td>结束</tr></table><h2>请求示例</h2><pre>TaobaoClient client = new A();\n\
             DepotBinFindRequest req = new DepotBinFindRequest();\nDepotBinFindRequest.Bin obj1 = new DepotBinFindRequest.Bin();\n\
             obj1.setLabel(\"oak\");\nreq.setBin(obj1);\nDepotBinFindResponse rsp = client.execute(req);</pre></html>"
        )
    };
    for limits in [
        "<li><ul><li>默认值:elm<li>最大长度:20</ul></li>",
        "<li>默认值:elm<li>最大长度:20",
        "<li>默认值:elm<br>最大长度:20",
    ] {
        let spec = spec(&cells(limits));
        let label = field(&spec.request, &["bin", "label"]);
        assert_eq!(
            (texts(label), label.max_length, label.default.as_deref()),
            (("oak", "标记"), Some(20), Some("elm")),
            "{limits}"
        );
    }
}

#[test]
fn what_stands_before_a_cut_counts_as_ever() {
    let request = "bin Bin 必须 木箱\n  • └ label\n  • String\n  • 必须\n  • oak\n  • └ size\n  • Number\n  • 必须\n  • 5\n  • 尺寸";
    let java = "DepotBinFindRequest.Bin obj1 = new DepotBinFindRequest.Bin();\nobj1.setLabel(\"oak\");\nobj1.setSize(5L);\nreq.setBin(obj1);\n";
    let page = Page { request, java, ..PAGE };
    for last in ["obj1.setLabel(\"oak\");", "obj1.setSi", "obj1.setSize(5"] {
        let spec = spec(&page.up_to(last));
        assert_eq!(texts(field(&spec.request, &["bin", "label"])), ("oak", ""), "{last}");
        assert_eq!(texts(field(&spec.request, &["bin", "size"])), ("5", "尺寸"), "{last}");
        assert!(!is_doubted(&spec, "request.bin.fields.label", About::Example), "{:?}", spec.doubts);
        assert!(!spec.doubts.iter().any(|doubt| doubt.about == About::Nesting), "{:?}", spec.doubts);
    }
    let request = "label String 必须 oak 标记\nnote String 必须 blue 附言\nsize String 必须 5 尺寸";
    let page = Page { request, java: "req.setLabel(\"oak\");\nreq.setNote(\"blue\");\nreq.setSize(\"5\");\n", ..PAGE };
    let spec = spec(&page.up_to("req.setSi"));
    assert_eq!(texts(field(&spec.request, &["note"])), ("blue", "附言"));
    assert!(!is_doubted(&spec, "request.note", About::Example) && is_doubted(&spec, "request.size", About::Example));
}

#[test]
fn a_type_settles_which_word_is_the_example() {
    let response = "done Boolean true 结束\ncount Number 12 件数\nstate Number 1 待发货 2 已发货\nnote String red 附言";
    let spec = spec(&Page { response, ..PAGE }.up_to("<do"));
    assert_eq!(texts(field(&spec.response, &["done"])), ("true", "结束"));
    assert_eq!(texts(field(&spec.response, &["count"])), ("12", "件数"));
    let doubted =
        ["done", "count", "state", "note"].map(|name| is_doubted(&spec, &format!("response.{name}"), About::Example));
    assert_eq!(doubted, [false, false, true, true]);
}

#[test]
fn a_cut_in_a_closing_tag_costs_one_doubt() {
    let response = "bin Bin 木箱\n  • └ code\n  • String\n  • 7\n  • 编码\n  • box\n  • Box []\n  • 盒子\n  • └ id\n  • Number\n  • 3\n  • 号码";
    let xml = "<bin>\n        <code>7</code>\n        <box>\n            <box>\n                <id>3</id>\n            </box>\n        </box>\n    </bin>";
    let page = Page { response, xml, ..PAGE };
    for last in [
        "</id>\n",
        "</id>\n            </bo",
        "            </box>\n        </box>\n    </bi",
        &format!("</bin>\n</{ROOT}"),
    ] {
        let spec = spec(&page.up_to(last));
        assert_eq!(texts(field(&spec.response, &["bin", "box", "id"])), ("3", "号码"), "{last}");
        assert_eq!(doubts(&spec), [end(Note::PageCut)], "{last}");
    }
    // The value in which the page breaks off is none.
    let spec = spec(&page.up_to("<id>3"));
    assert!(
        is_doubted(&spec, "response.bin.fields.box.fields.id", About::Nesting)
            || field(&spec.response, &["bin", "box", "id"]).example.as_deref() == Some("3")
    );
}

/// A page with pipes.
fn pipes(header: &str, more: &str) -> String {
    format!(
        "找到箱子\n{header}label | String | 必须 | oak | 标记 |\nnote | String | 可选 | hi | 附言 |\n名称 | 类型 | 示例值 | 描述 |\n\
         ---|---|---|---|\nbin | Bin | 木箱 | |\n|\n1 2 3 4 5 | TaobaoClient client = new DefaultTaobaoClient(url, appkey, secret); \
         DepotBinFindRequest req = new DepotBinFindRequest(); req.setLabel( \"oak\" ); DepotBinFindResponse rsp = \
         client.execute(req); System.out.println(rsp.getBody()); |\n{more}"
    )
}

const STRETCHED: &str =
    "名称 | 类型 | 是否必须 | 示例值 | 更多限制 | 描述 | |||\n---|---|---|---|---|---|---|---|---|\n";

#[test]
fn a_stretched_header_is_a_header() {
    let spec = read(&pipes(STRETCHED, ""), Some(API)).expect("a transcript");
    assert_eq!(spec.description.as_deref(), Some("找到箱子"));
    assert_eq!(texts(field(&spec.request, &["label"])), ("oak", "标记"));
    assert_eq!(texts(field(&spec.request, &["note"])), ("hi", "附言"));
    let unknown = STRETCHED.replace("更多限制", "备注一");
    let refusal = read(&pipes(&unknown, ""), Some(API)).expect_err("a refusal");
    assert_eq!(refusal.code, Code::NotRead, "{}", refusal.message);
}

#[test]
fn a_tag_that_is_cut_gives_no_example() {
    let spec = read(
        &pipes(STRETCHED, "1 2 3 | < depot_bin_find_response > < bin > < code >7</ code > < width >12</"),
        Some(API),
    );
    let spec = spec.expect("a transcript");
    assert_eq!(field(&spec.response, &["bin", "code"]).example.as_deref(), Some("7"));
    assert_eq!(field(&spec.response, &["bin", "width"]).example, None);
    assert!(doubts(&spec).contains(&end(Note::PageCut)));
}

#[test]
fn pages_that_end_with_their_response_table_are_refused() {
    let (text, _) =
        PAGE.whole().split_once("\n请求示例").map(|(text, rest)| (text.to_owned(), rest.len())).expect("a sample");
    let tabs = text.replace(' ', "\t").replace("找箱", "");
    let (pipes, _) =
        pipes(STRETCHED, "").split_once("1 2 3").map(|(text, rest)| (text.to_owned(), rest.len())).expect("a sample");
    for page in [text, tabs, pipes] {
        let refusal = read(&page, Some(API)).expect_err("a refusal");
        assert_eq!(refusal.code, Code::PageCut, "{}\n{page}", refusal.message);
    }
}

#[test]
fn a_row_from_the_last_line_is_not_taken() {
    let page = PAGE.whole().replace("解决方案\n\nAPI工具\n\nFAQ\n", "解决方案\nisv.none 没有\nisv.no-bin 没有箱");
    let codes = |page: &str| spec(page).errors.iter().filter_map(|error| error.code.clone()).collect::<Vec<_>>();
    assert_eq!(codes(&page), ["isv.none"]);
    assert!(is_doubted(&spec(&page), "errors[0]", About::Error));
    assert_eq!(codes(&format!("{page}\n")), ["isv.none", "isv.no-bin"]);
    assert_eq!(codes(&format!("{page}\n\nAPI工具")), ["isv.none", "isv.no-bin"]);
    assert!(!doubts(&spec(&format!("{page}\n\nAPI工具"))).contains(&end(Note::PageCut)));
}

#[test]
fn a_name_without_its_root_is_in_doubt_where_only_a_class_shows_it() {
    let name = |api: &str| read(&pipes(STRETCHED, ""), Some(api)).map(|spec| is_doubted(&spec, "", About::Name));
    assert_eq!((name(API), name("depot.bin.find")), (Ok(false), Ok(true)));
}

#[test]
fn lists_of_files_keep_both_brackets() {
    let request = "scan byte[] [] 必须 /tmp/a.png 扫描\nbin Bin 必须 木箱\n  • └ photo\n  • byte [] []\n  • 必须\n  • /tmp/b.png\n  • 照片";
    let java = "req.setScan(new FileItem(\"/tmp/a.png\"));\nDepotBinFindRequest.Bin obj1 = new DepotBinFindRequest.Bin();\n\
                obj1.setPhoto(new FileItem(\"/tmp/b.png\"));\nreq.setBin(obj1);\n";
    for xml in ["<scan></scan>", "<scan>\n<byte[]></byte[]>\n</scan>", "<scan>/tmp/c.png</scan>", "<scan>[]</scan>"] {
        let response = "scan byte[] [] 扫描";
        let spec = spec(&Page { request, response, java, xml }.whole());
        let word = |fields, path: &[&str]| field(fields, path).type_word.clone();
        assert_eq!(word(&spec.request, &["scan"]), "byte[][]");
        assert_eq!(word(&spec.request, &["bin", "photo"]), "byte[][]");
        let is_right = word(&spec.response, &["scan"]) == "byte[][]";
        assert!(is_right || is_doubted(&spec, "response.scan", About::Type), "{xml}: {:?}", spec.response);
        assert!(!spec.doubts.iter().any(|doubt| doubt.at.to_string().starts_with("request")), "{:?}", spec.doubts);
    }
}
