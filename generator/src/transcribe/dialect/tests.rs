use super::*;

fn dialect(yaml: &str) -> Dialect {
    let spec = spec::load_pages("pages.yaml", yaml.to_owned(), &mut Sources::new(), &mut Diagnostics::new());
    Dialect::new(Some(&spec.expect("words")))
}

#[test]
fn the_built_in_dictionaries_can_be_read() {
    for text in
        [include_str!("words.yaml"), include_str!("../sites/nio/words.yaml"), include_str!("../sites/top/words.yaml")]
    {
        let (mut sources, mut found) = (Sources::new(), Diagnostics::new());
        let spec = spec::load_pages("words.yaml", text.to_owned(), &mut sources, &mut found);
        assert_eq!(found.len(), 0, "{found:?}");
        assert_eq!(spec, Some(read(text)));
    }
}

#[test]
fn no_word_has_two_meanings() {
    fn repeated<'w, T: PartialEq>(lists: impl Iterator<Item = (T, &'w Words)>) -> Vec<String> {
        let mut words: Vec<String> = lists.flat_map(|(_, words)| words.0.iter().map(|word| fold(word))).collect();
        words.sort();
        let mut again: Vec<String> =
            words.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone()).collect();
        again.dedup();
        again
    }
    assert_eq!(repeated(BUILT_IN.columns.lists()), [] as [String; 0]);
    assert_eq!(repeated(BUILT_IN.sections.lists()), [] as [String; 0]);
    assert_eq!(repeated(BUILT_IN.marks.lists()), [] as [String; 0]);
    assert_eq!(repeated(BUILT_IN.labels.lists()), [] as [String; 0]);
    assert_eq!(repeated((&BUILT_IN.types).into_iter().map(|(word, words)| (word, words))), [] as [String; 0]);
}

#[test]
fn headings_have_numbers_and_other_words_around_them() {
    let dialect = Dialect::new(None);
    for heading in [
        "2.1 请求参数",
        "三、请求参数:",
        "【请求参数】",
        "表3 请求Body参数",
        "Request Parameters",
        "# 2.3 入参",
        "业务请求参数(biz_content)",
    ] {
        let section = dialect.section(heading).or_else(|| dialect.section_within(heading));
        assert_eq!(section, Some(Section::Request), "{heading}");
    }
    for (heading, expected) in [
        ("响应参数示例", Section::Sample),
        ("Sample of the request parameters", Section::Sample),
        ("公共请求参数", Section::Common),
        ("表4 响应Header参数", Section::Headers),
        ("返回参数说明", Section::Response),
        ("业务错误码说明", Section::Errors),
    ] {
        assert_eq!(dialect.section_within(heading), Some(expected), "{heading}");
    }
    assert_eq!(dialect.section_within("参数"), None);
}

#[test]
fn a_platform_adds_words_and_overrides_them() {
    let dialect = dialect(
        "columns: {name: [货品], ignore: [示例]}\ntypes: {Money: [金额]}\nendpoint: {api: {patterns: ['接口 {} 的说明'], form: 'depot.{}'}}\n",
    );
    assert_eq!((dialect.column("货品"), dialect.column("示例")), (Some(Column::Name), Some(Column::Ignore)));
    assert_eq!(
        (dialect.column("Type "), dialect.column("是否必填(Required)")),
        (Some(Column::Type), Some(Column::Required))
    );
    assert_eq!(dialect.type_word("金额").as_deref(), Some("Money"));
    assert_eq!(
        (dialect.type_word("STRING").as_deref(), dialect.type_word("字符串").as_deref()),
        (Some("STRING"), Some("String"))
    );
    let api = &dialect.endpoint.api;
    assert_eq!(api.capture("接口 crate.send 的说明").map(|fact| api.formed(fact)).as_deref(), Some("depot.crate.send"));
}
