//! The blocks and tables of specs/README.md, as a reader of Markdown sees them.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::root;

/// A block of code.
#[derive(Clone, Debug)]
pub struct Block {
    /// The heading above it.
    pub section: String,
    /// The language of the fence; empty without one.
    pub language: String,
    /// The text.
    pub text: String,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The heading above it.
    pub section: String,
    /// The cells of the first row.
    pub header: Vec<Cell>,
    /// The cells of the others.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// The text, code included.
    pub text: String,
    /// The pieces of code in it.
    pub code: Vec<String>,
}

/// The reference of the spec format.
#[derive(Debug, Default)]
pub struct Reference {
    /// Its blocks of code.
    pub blocks: Vec<Block>,
    /// Its tables.
    pub tables: Vec<Table>,
}

impl Reference {
    /// Reads the reference.
    ///
    /// # Panics
    ///
    /// If there is none.
    #[must_use]
    pub fn read() -> Self {
        let text = std::fs::read_to_string(root().join("specs/README.md")).expect("the reference");
        let mut reader = Reader::default();
        Parser::new_ext(&text, Options::ENABLE_TABLES).for_each(|event| reader.event(event));
        reader.found
    }

    /// The YAML of a section, in order.
    #[must_use]
    pub fn yaml(&self, section: &str) -> Vec<&str> {
        let blocks = self.blocks.iter().filter(|block| block.section == section && block.language == "yaml");
        blocks.map(|block| block.text.as_str()).collect()
    }

    /// The table of a section whose first column has this header.
    ///
    /// # Panics
    ///
    /// If there is none.
    #[must_use]
    pub fn table(&self, section: &str, first: &str) -> &Table {
        let is_it =
            |table: &&Table| table.section == section && table.header.first().is_some_and(|cell| cell.text == first);
        self.tables.iter().find(is_it).unwrap_or_else(|| panic!("no table of `{first}` below `{section}`"))
    }
}

#[derive(Default)]
struct Reader {
    found: Reference,
    section: String,
    is_heading: bool,
    block: Option<Block>,
    cell: Option<Cell>,
    row: Vec<Cell>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                self.section.clear();
                self.is_heading = true;
            }
            Event::End(TagEnd::Heading(_)) => self.is_heading = false,
            Event::Start(Tag::CodeBlock(kind)) => {
                let language =
                    if let CodeBlockKind::Fenced(language) = kind { language.to_string() } else { String::new() };
                self.block = Some(Block { section: self.section.clone(), language, text: String::new() });
            }
            Event::End(TagEnd::CodeBlock) => self.found.blocks.extend(self.block.take()),
            Event::Start(Tag::Table(_)) => {
                self.found.tables.push(Table { section: self.section.clone(), ..Table::default() });
            }
            Event::Start(Tag::TableCell) => self.cell = Some(Cell::default()),
            Event::End(TagEnd::TableCell) => self.row.extend(self.cell.take()),
            Event::End(TagEnd::TableHead) => {
                let row = std::mem::take(&mut self.row);
                self.found.tables.last_mut().expect("a table").header = row;
            }
            Event::End(TagEnd::TableRow) => {
                let row = std::mem::take(&mut self.row);
                self.found.tables.last_mut().expect("a table").rows.push(row);
            }
            Event::Text(text) => self.text(&text),
            Event::Code(code) => {
                self.text(&code);
                if let Some(cell) = &mut self.cell {
                    cell.code.push(code.to_string());
                }
            }
            Event::SoftBreak => self.text(" "),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(block) = &mut self.block {
            block.text.push_str(text);
        } else if let Some(cell) = &mut self.cell {
            cell.text.push_str(text);
        } else if self.is_heading {
            self.section.push_str(text);
        }
    }
}
