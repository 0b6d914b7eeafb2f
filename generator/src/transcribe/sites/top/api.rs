//! Names of APIs, as pages, classes and response elements write them.

/// The root that classes and elements leave out of an API's name.
const ROOT: &str = "taobao.";

/// Returns the name to call an API by, of the requested one and the page's own: the page's, if the requested one only
/// leaves out the vendor's root.
pub(super) fn called<'n>(asked: &'n str, own: &'n str) -> &'n str {
    if own.strip_prefix(ROOT) == Some(asked) { own } else { asked }
}

/// Returns whether a name begins with a root that APIs of the platform have. Classes leave out one of them, so they do not
/// show whether a name without a root is whole.
pub(super) fn has_root(api: &str) -> bool {
    let root = api.split('.').next().unwrap_or_default();
    ["taobao", "alibaba", "tmall", "aliexpress", "alitrip", "yunos", "cainiao", "xiami", "youku", "aliyun"]
        .contains(&root)
}

/// Whether two names can be one API's: case, what parts the words and a leading `taobao.` do not count.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let bare = |api: &str| plain(without_root(api));
    bare(one) == bare(other)
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}

fn without_root(api: &str) -> &str {
    api.strip_prefix(ROOT).unwrap_or(api)
}

/// Whether class and root element are those of the API.
pub(super) fn fits(api: &str, class: Option<&str>, root: Option<&str>) -> bool {
    let name = plain(without_root(api));
    let full = plain(api);
    let is = |found: Option<&str>, end: &str| {
        found.is_none_or(|found| {
            let found = plain(found);
            found == format!("{name}{end}") || found == format!("{full}{end}")
        })
    };
    is(class, "request") && is(root, "response")
}
