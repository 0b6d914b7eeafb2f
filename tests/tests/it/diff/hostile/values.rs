//! Values that try to be more than text in some format, and their harmless counterparts.

/// Each is short enough to be shown whole, because long values are cut.
pub(super) const HOSTILE: &[&str] = &[
    // Markup.
    "``<details><summary>no findings</summary>",
    "<img src=x onerror=alert(x)>",
    "</td></pre></code></details></section>",
    "</script><script>alert(x)</script>",
    "\"' onmouseover='x' x=\"><b>",
    "]]> <![CDATA[ <!doctype html> <?x ?>",
    "--> <!-- apograph diff -->",
    "<!-- apograph diff -->",
    "&lt;b&gt; &#x3c;i&#x3e; &copy; &amp",
    // Markdown.
    "![x](http://a.example/b)",
    "[a](javascript:alert(x)) <javascript:alert(x)>",
    "[a]: http://b.example",
    "# a\n## b\n- c\n1. d\n> e\n***",
    "a | b |\n|---|---|\n| c | d |",
    "*a* **b** _c_ __d__ ~~e~~ \\*f\\*",
    "a\\",
    "\\`<b>\\`",
    "``` x\n~~~ y\n```",
    "`",
    "a`b",
    "``",
    "a ``` b ```` c ````` d",
    "`````````x`",
    " ` ",
    "  x  ",
    // What a forge makes of words.
    "@team and @user/team",
    "x #1 gh-1 owner/repo#2 www.b.example https://b.example a@b.example",
    "$x$ $`y`$ :smile: abcdefabcdef",
    // Workflow commands.
    "::error::x",
    "%0a::warning file=x::y",
    // Without `=`: `title=y` would be a fact of a description, which the harmless twin lacks.
    "x\n::warning file::z",
    "x\r\n::stop-commands::y\r::z",
    "##[error]x",
    // Links and placeholders of SARIF messages.
    "[a](b) \\[c](d) {0} {{x}} }",
    // Characters that a terminal acts on.
    "\u{1b}[31mx\u{1b}]8;;http://x\u{7}y\u{1b}c",
    "\u{9b}31mx\u{9d}y\u{85}z\u{7f}\u{8}\u{0}",
    "a\tb\u{b}c\u{c}d",
    // Characters that nobody sees, or that turn the text around.
    "a\u{202e}b\u{2066}c\u{2069}d\u{200e}e\u{200f}f\u{61c}g",
    "\u{feff}a\u{ad}b\u{180e}c\u{200b}d\u{2060}e\u{34f}f\u{3164}g",
    "a\u{2028}b\u{2029}c",
    "a\u{e0001}\u{e0061}\u{e007f}b\u{fe0f}c\u{e0100}\u{e01ef}d",
];

/// Replaces everything but words and blanks. The facts of both texts are the same, and so are their findings.
pub(super) fn harmless(value: &str) -> String {
    let is_word = |c: char| (c.is_alphanumeric() || c == '_') && !is_hidden(c);
    value.chars().map(|c| if is_word(c) || c == ' ' { c } else { '·' }).collect()
}

/// Whether a character is a control character or is not shown. A list of its own, apart from that of the program.
pub(super) fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    c.is_control()
        || matches!(u32::from(c),
            0xad | 0x34f | 0x61c | 0x3164 | 0x180e | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfe00..=0xfe0f
            | 0xfeff | 0xfff9..=0xfffb | 0xe0000..=0xe0fff)
}
