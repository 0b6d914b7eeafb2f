//! HTML into blocks. Nothing is kept of the tree but the tables and lists that are open: however deep tags are nested or left
//! open, they cost neither memory nor stack.

use std::ops::Range;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::block::{Block, Kind, MOST_BLOCKS};
use super::spans::{Lists, Tables};

/// What was found on a page.
#[derive(Debug, Default)]
pub(crate) struct Html {
    /// The blocks.
    pub(crate) blocks: Vec<Block>,
    /// The title of the document.
    pub(crate) title: String,
    /// Whether the document has scripts.
    pub(crate) has_scripts: bool,
    /// Whether it asks for a password.
    pub(crate) asks_password: bool,
    /// Whether its end tag is there.
    pub(crate) is_whole: bool,
    /// Whether it has more cells or blocks than any page.
    pub(crate) is_too_large: bool,
}

/// How text is treated.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Mode {
    /// Lines and cells.
    Flow,
    /// The title of the document.
    Title,
    /// Code, up to the end of this tag.
    Code(String),
    /// Ignored, up to the end of this tag. Counts the open tags of the same name.
    Skip(String, usize),
}

/// Elements whose content is not part of the page's text.
const SKIPPED: [&str; 12] =
    ["script", "style", "nav", "template", "svg", "noscript", "button", "iframe", "object", "select", "canvas", "head"];

/// Elements within a line. All others end it.
const INLINE: [&str; 25] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd", "label",
    "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u",
];

struct Walk {
    found: Html,
    mode: Mode,
    tables: Tables,
    /// The lists outside of cells.
    lists: Lists,
    line: String,
    line_at: usize,
    /// The level of the open heading.
    heading: Option<u8>,
    code: String,
}

/// Reads HTML. `start` is the position of the text in the page.
pub(crate) fn read(text: &str, start: usize) -> Html {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut walk = Walk {
        found: Html::default(),
        mode: Mode::Flow,
        tables: Tables::default(),
        lists: Lists::default(),
        line: String::new(),
        line_at: start,
        heading: None,
        code: String::new(),
    };
    for token in Tokenizer::new_with_emitter(text, emitter) {
        match token {
            Ok(Token::StartTag(tag)) => walk.start(&tag, start + tag.span.start),
            Ok(Token::EndTag(tag)) => walk.end(&String::from_utf8_lossy(&tag.name), start + tag.span.end),
            Ok(Token::String(text)) => walk.text(&String::from_utf8_lossy(&text.value), start + text.span.start),
            _ => {}
        }
        if walk.tables.is_too_large() || walk.found.blocks.len() > MOST_BLOCKS {
            walk.found.is_too_large = true;
            break;
        }
    }
    walk.finish(start + text.len())
}

impl Walk {
    fn start(&mut self, tag: &StartTag<usize>, at: usize) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let attribute =
            |name: &str| tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned());
        self.found.has_scripts |= name == "script";
        self.found.asks_password |= name == "input" && attribute("type").is_some_and(|kind| kind == "password");
        match &mut self.mode {
            Mode::Skip(skipped, _) if skipped == "head" => {
                match name.as_str() {
                    "title" => self.mode = Mode::Title,
                    "body" => self.mode = Mode::Flow,
                    _ => {}
                }
                return;
            }
            Mode::Skip(skipped, depth) => {
                *depth += usize::from(*skipped == name && !tag.self_closing);
                return;
            }
            Mode::Code(_) => return self.break_code(&name),
            Mode::Title | Mode::Flow => {}
        }
        match name.as_str() {
            "title" if self.found.title.is_empty() => self.mode = Mode::Title,
            name if SKIPPED.contains(&name) && !tag.self_closing => self.mode = Mode::Skip(name.to_owned(), 0),
            "pre" | "textarea" => self.start_code(&name, at),
            "code" if !self.tables.in_cell() && !self.lists.in_list() && self.line.trim().is_empty() => {
                self.start_code(&name, at);
            }
            "br" => self.push("\n", at),
            "table" => {
                self.end_line(at);
                if !self.tables.in_table() {
                    self.end_lists();
                }
                self.tables.start_table(at);
            }
            "ul" | "ol" | "li" => {
                self.end_line(at);
                let lists = self.lists();
                if name == "li" { lists.start_item() } else { lists.start_list() }
            }
            "tr" => {
                self.end_line(at);
                self.tables.start_row(at);
            }
            "td" | "th" => {
                self.end_line(at);
                let span = |name: &str| attribute(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1);
                self.tables.start_cell(at, name == "th", [span("colspan"), span("rowspan")]);
            }
            _ if INLINE.contains(&name.as_str()) => {}
            _ => self.end_line(at),
        }
        self.heading = heading(&name).or(self.heading);
        if let Some(blanks) = attribute("style").and_then(|style| indent(&style)) {
            self.tables.indent(blanks);
        }
    }

    fn end(&mut self, name: &str, at: usize) {
        self.found.is_whole |= matches!(name, "html" | "body");
        match &mut self.mode {
            Mode::Skip(skipped, depth) if skipped == name => {
                match depth.checked_sub(1) {
                    Some(less) => *depth = less,
                    None => self.mode = Mode::Flow,
                }
                return;
            }
            Mode::Skip(..) => return,
            Mode::Code(tag) if tag == name => return self.end_code(at),
            Mode::Code(_) => return,
            Mode::Title => {
                self.mode = Mode::Flow;
                return;
            }
            Mode::Flow => {}
        }
        match name {
            "table" => {
                self.end_line(at);
                self.end_table(at);
            }
            "ul" | "ol" | "li" => {
                self.end_line(at);
                let lists = self.lists();
                if name == "li" {
                    lists.end_item()
                } else {
                    lists.end_list()
                }
                if !self.lists.in_list() {
                    self.end_lists();
                }
            }
            "tr" => self.tables.end_row(at),
            "td" | "th" => self.tables.end_cell(),
            _ if INLINE.contains(&name) => {}
            _ => self.end_line(at),
        }
        if heading(name).is_some() {
            self.heading = None;
        }
    }

    fn text(&mut self, text: &str, at: usize) {
        match self.mode {
            Mode::Skip(..) => {}
            Mode::Title => self.found.title.push_str(text),
            Mode::Code(_) => self.code.push_str(text),
            Mode::Flow if self.tables.in_cell() => self.tables.push(&text.replace(['\n', '\r'], " ")),
            Mode::Flow => self.push(text, at),
        }
    }

    fn push(&mut self, text: &str, at: usize) {
        if self.tables.in_cell() {
            return self.tables.push(text);
        }
        if text == "\n" && self.heading.is_none() {
            return self.end_line(at);
        }
        if self.line.trim().is_empty() {
            self.line_at = at;
        }
        self.line.push_str(text);
    }

    fn end_line(&mut self, at: usize) {
        if self.tables.in_cell() {
            return self.tables.push("\n");
        }
        let line = std::mem::take(&mut self.line);
        let text = super::folded(&line);
        if text.is_empty() {
            return;
        }
        let at = self.line_at..at.max(self.line_at);
        match self.heading {
            Some(level) => self.put(at, Kind::Heading(level, text)),
            None if self.lists.in_list() => self.lists.push(&format!("{text}\n")),
            None => self.put(at, Kind::Text(text)),
        }
    }

    /// The lists to which a tag belongs.
    fn lists(&mut self) -> &mut Lists {
        self.tables.lists().unwrap_or(&mut self.lists)
    }

    /// Adds a block to the page, or to the table in which it is between two rows.
    fn put(&mut self, at: Range<usize>, kind: Kind) {
        self.end_lists();
        let block = self.tables.put(Block { at, kind });
        self.found.blocks.extend(block);
    }

    fn end_lists(&mut self) {
        for list in self.lists.take() {
            let block = self.tables.put(Block { at: self.line_at..self.line_at, kind: Kind::List(list) });
            self.found.blocks.extend(block);
        }
    }

    fn end_table(&mut self, at: usize) {
        if let Some(Block { at, kind }) = self.tables.end_table(at) {
            self.put(at, kind);
        }
    }

    fn start_code(&mut self, name: &str, at: usize) {
        self.end_line(at);
        self.line_at = at;
        self.mode = Mode::Code(name.to_owned());
    }

    /// A line break within code.
    fn break_code(&mut self, name: &str) {
        if name == "br" || matches!(name, "li" | "div" | "p" | "tr") && !self.code.ends_with('\n') {
            self.code.push('\n');
        }
    }

    /// Ends code. An element for code may be a part of a line too.
    fn end_code(&mut self, at: usize) {
        let is_inline = matches!(&self.mode, Mode::Code(tag) if tag == "code");
        self.mode = Mode::Flow;
        let code = std::mem::take(&mut self.code);
        if self.tables.in_cell() {
            return self.tables.push_code(code.trim_end());
        }
        let text = code.trim();
        if is_inline && !text.contains('\n') && !text.starts_with('<') {
            return self.push(&code, self.line_at);
        }
        let text = code.strip_prefix('\n').unwrap_or(&code).trim_end().replace('\u{a0}', " ");
        if !text.trim().is_empty() {
            self.put(self.line_at..at, Kind::Code(text));
        }
    }

    fn finish(mut self, end: usize) -> Html {
        if matches!(self.mode, Mode::Code(_)) {
            self.end_code(end);
        }
        self.end_line(end);
        self.end_lists();
        while self.tables.in_table() {
            self.end_table(end);
        }
        self.found.title = super::folded(&self.found.title);
        self.found
    }
}

fn heading(name: &str) -> Option<u8> {
    match name {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        _ => None,
    }
}

/// How far a style moves a text to the right, in blanks.
fn indent(style: &str) -> Option<usize> {
    /// Pixels for one blank.
    const BLANK: usize = 5;
    let style = style.to_ascii_lowercase();
    let at =
        ["padding-left:", "margin-left:", "text-indent:"].iter().find_map(|key| Some(style.find(key)? + key.len()))?;
    let value = style.get(at..)?.trim_start();
    let end = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
    let (number, unit) = value.split_at(end);
    let number: usize = number.parse().ok().filter(|number| *number <= 1_000)?;
    let pixels = if unit.starts_with("em") { number * 16 } else { number };
    (pixels >= BLANK).then_some(pixels / BLANK)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcribe::page::block::List;

    #[test]
    fn lists_are_kept_in_cells_between_rows_and_outside_of_tables() {
        let found = read(
            "<ul><li>a<p>b<li><li>c<ul><li>d</ul></ul><code>x</code> y<table><tr><td>n<ul><li>e<li></ul>m</td></tr>f<tr><td>\
             <pre>g\n</pre></table></body>",
            0,
        );
        let list = |depth, items: &[&str]| {
            Kind::List(List { depth, items: items.iter().map(|item| (*item).to_owned()).collect() })
        };
        let [outer, inner, text, table] = found.blocks.as_slice() else { panic!("{:?}", found.blocks) };
        assert_eq!((&outer.kind, &inner.kind), (&list(1, &["a\nb\n", "", "c\n"]), &list(2, &["d\n"])));
        assert_eq!(text.kind, Kind::Text("x y".into()));
        let Kind::Table(table) = &table.kind else { panic!("{table:?}") };
        let cells: Vec<_> = table.rows.iter().flat_map(|row| &row.cells).collect();
        let [first, second] = cells.as_slice() else { panic!("{cells:?}") };
        assert_eq!((first.text.as_str(), first.beside.as_str(), first.lists.len()), ("n\ne\nm", "n\nm", 1));
        assert_eq!(second.code, "g");
        assert_eq!(table.rows.first().map(|row| row.below.len()), Some(1));
        assert!(found.is_whole);
    }
}
