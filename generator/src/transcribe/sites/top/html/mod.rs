//! A saved page of TOP: HTML into blocks.
//!
//! Only the tags that make tables, lists, lines and code are looked at. Nothing is kept of the tree but the tables and
//! lists that are open, and of those no more than a page could have: however deep tags are nested or left open, it
//! costs neither memory nor stack.

mod foreign;
mod table;

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::block::{Block, Kind};
use super::grid;
use crate::transcribe::draft::Draft;
use crate::transcribe::page::Page;
use crate::transcribe::{Options, Refusal};
use table::Tables;

/// Reads a page, or rejects it and names what it is instead.
pub(crate) fn read(page: &Page<'_>, options: &Options) -> Result<Draft, Refusal> {
    let read = Walk::over(page);
    if !grid::has_tables(&read.blocks) {
        return Err(foreign::refusal(page, &read));
    }
    grid::read(page, options, &read.blocks, (super::HTML, read.has_end))
}

/// What a walk over the tags has found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The blocks.
    blocks: Vec<Block>,
    /// The page's own title.
    title: String,
    /// Whether the page asks for a password.
    asks_password: bool,
    /// Whether the document has its end tag.
    has_end: bool,
}

/// How text is treated.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Mode {
    /// Lines, cells and items.
    Flow,
    /// The title.
    Title,
    /// Code, up to the end of this tag.
    Code(String),
    /// Ignored, up to the end of this tag. Counts the open tags of the same name.
    Skip(String, usize),
}

struct Walk {
    found: Found,
    mode: Mode,
    tables: Tables,
    line: String,
    line_at: usize,
    code: String,
}

/// Elements whose content is not part of the page's text.
const SKIPPED: [&str; 11] =
    ["script", "style", "nav", "template", "svg", "noscript", "button", "iframe", "object", "select", "canvas"];

/// What ends a line.
const BLOCKS: [&str; 36] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "section",
    "summary",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "ul",
];

impl Walk {
    fn over(page: &Page<'_>) -> Found {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let mut walk = Self {
            found: Found::default(),
            mode: Mode::Flow,
            tables: Tables::new(),
            line: String::new(),
            line_at: page.start,
            code: String::new(),
        };
        for token in Tokenizer::new_with_emitter(page.text, emitter) {
            match token {
                Ok(Token::StartTag(tag)) => {
                    let name = String::from_utf8_lossy(&tag.name);
                    let is_password =
                        tag.attributes.get(b"type".as_slice()).is_some_and(|kind| ***kind == *b"password");
                    walk.found.asks_password |= name == "input" && is_password;
                    walk.start(&name, tag.self_closing, page.start + tag.span.start);
                }
                Ok(Token::EndTag(tag)) if matches!(&**tag.name, b"body" | b"html") => walk.found.has_end = true,
                Ok(Token::EndTag(tag)) => walk.end(&String::from_utf8_lossy(&tag.name), page.start + tag.span.start),
                Ok(Token::String(text)) => {
                    walk.text(&String::from_utf8_lossy(&text.value), page.start + text.span.start)
                }
                _ => {}
            }
        }
        walk.end_code();
        walk.end_line();
        walk.tables.end_all(&mut walk.found.blocks);
        walk.found
    }

    fn start(&mut self, name: &str, self_closing: bool, at: usize) {
        match &mut self.mode {
            Mode::Skip(skipped, depth) => {
                *depth += usize::from(skipped == name && !self_closing);
                return;
            }
            Mode::Code(_) => {
                if matches!(name, "br" | "li" | "div" | "p" | "tr") && (name == "br" || !self.code.ends_with('\n')) {
                    self.code.push('\n');
                }
                return;
            }
            Mode::Title | Mode::Flow => {}
        }
        match name {
            "title" if self.found.title.is_empty() => self.mode = Mode::Title,
            // An element of this name ends itself.
            _ if SKIPPED.contains(&name) && self_closing => {}
            _ if SKIPPED.contains(&name) || name == "title" => self.mode = Mode::Skip(name.to_owned(), 0),
            "pre" | "textarea" => self.start_code(name, at),
            "code" if self.line.trim().is_empty() && !self.tables.in_text() => self.start_code(name, at),
            "br" => self.push("\n", at),
            "tr" | "td" | "th" | "table" | "ul" | "ol" | "li" => {
                self.end_line();
                self.tables.start(name, at, &mut self.found.blocks);
            }
            _ if BLOCKS.contains(&name) => self.end_line(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, at: usize) {
        match &mut self.mode {
            Mode::Skip(skipped, depth) if skipped == name => {
                match depth.checked_sub(1) {
                    Some(less) => *depth = less,
                    None => self.mode = Mode::Flow,
                }
                return;
            }
            Mode::Skip(..) => return,
            Mode::Code(tag) => {
                if tag == name {
                    self.end_code();
                }
                return;
            }
            Mode::Title => {
                self.mode = Mode::Flow;
                return;
            }
            Mode::Flow => {}
        }
        if matches!(name, "tr" | "td" | "th" | "table" | "ul" | "ol" | "li") {
            self.end_line();
            self.tables.end(name, at, &mut self.found.blocks);
        } else if BLOCKS.contains(&name) {
            self.end_line();
        }
    }

    fn text(&mut self, text: &str, at: usize) {
        match self.mode {
            Mode::Skip(..) => {}
            Mode::Title => self.found.title.push_str(text),
            Mode::Code(_) => self.code.push_str(text),
            Mode::Flow => self.push(text, at),
        }
    }

    fn push(&mut self, text: &str, at: usize) {
        if self.tables.in_text() {
            self.tables.push(text);
            return;
        }
        if self.line.trim().is_empty() {
            self.line_at = at;
        }
        self.line.push_str(text);
    }

    fn end_line(&mut self) {
        if self.tables.in_text() {
            self.tables.push("\n");
        }
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.found.blocks.push(Block::text(self.line_at, super::block::folded(&line)));
        }
    }

    fn start_code(&mut self, name: &str, at: usize) {
        self.end_line();
        self.line_at = at;
        self.mode = Mode::Code(name.to_owned());
    }

    /// Code in a cell may be a sample beside its line numbers, or just the cell's text: its row decides.
    fn end_code(&mut self) {
        let Mode::Code(tag) = std::mem::replace(&mut self.mode, Mode::Flow) else { return };
        let code = std::mem::take(&mut self.code);
        if self.tables.in_text() {
            self.tables.code(&code);
        } else if tag == "code" && !code.trim().contains('\n') && !is_code(&code) {
            self.push(&code, self.line_at);
        } else {
            let text = code.strip_prefix('\n').unwrap_or(&code).trim_end().replace('\u{a0}', " ");
            self.found.blocks.push(Block { at: self.line_at, text, kind: Kind::Code });
        }
    }
}

fn is_code(text: &str) -> bool {
    ["<", "TaobaoClient "].iter().any(|start| text.trim_start().starts_with(start))
}
