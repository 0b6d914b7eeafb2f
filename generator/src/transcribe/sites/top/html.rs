//! A saved page of TOP: the rows of its tables, with the lists in and below their cells as blocks of their own.

use super::{foreign, grid, words};
use crate::diagnostic::Code;
use crate::transcribe::draft::Draft;
use crate::transcribe::page::block::{Block, Cell, Kind, List, Table};
use crate::transcribe::page::{Page, TOO_LARGE, folded, html};
use crate::transcribe::{Options, Refusal};

/// Reads a page, or rejects it and names what it is instead.
pub(crate) fn read(page: &Page<'_>, options: &Options) -> Result<Draft, Refusal> {
    let mut found = html::read(page.text, page.start);
    if found.is_too_large {
        return Err(Refusal::of_page(Code::PageTooLarge, TOO_LARGE));
    }
    let mut blocks = Vec::new();
    found.blocks.drain(..).for_each(|block| flatten(block, &mut blocks));
    let opens = |block: &&mut Block| block.single().and_then(words::heading).is_some();
    blocks.iter_mut().filter(opens).for_each(grid::open);
    if !grid::has_tables(&blocks) {
        return Err(foreign::saved(page, &found, &blocks));
    }
    grid::read(page, options, &blocks, (super::HTML, found.is_whole))
}

/// Adds a block, a table as one block for each row.
fn flatten(block: Block, blocks: &mut Vec<Block>) {
    match block.kind {
        Kind::Table(table) => rows(table, blocks),
        Kind::List(list) => lists(block.at.start, &[list], blocks),
        _ => blocks.push(block),
    }
}

fn rows(table: Table, blocks: &mut Vec<Block>) {
    for row in table.rows {
        let mut cells = Vec::new();
        for mut cell in row.cells.into_iter().filter(|cell| !cell.spanned) {
            let tables = std::mem::take(&mut cell.tables);
            cells.push(cell);
            if !tables.is_empty() {
                // Cells to the left of a nested table come before its rows.
                write(row.at.start, std::mem::take(&mut cells), blocks);
                tables.into_iter().for_each(|table| rows(table, blocks));
            }
        }
        write(row.at.start, cells, blocks);
        row.below.into_iter().for_each(|block| flatten(block, blocks));
    }
}

/// Writes a row: as code if it is code beside its line numbers, otherwise its cells and the lists that are rows.
fn write(at: usize, cells: Vec<Cell>, blocks: &mut Vec<Block>) {
    if cells.len() <= 2 && cells.iter().any(|cell| !cell.code.is_empty()) {
        let texts = cells.into_iter().map(|cell| if cell.code.is_empty() { cell.text } else { cell.code });
        let codes = texts.map(|text| text.strip_prefix('\n').unwrap_or(&text).trim_end().replace('\u{a0}', " "));
        return blocks.extend(codes.map(|code| Block { at: at..at, kind: Kind::Code(code) }));
    }
    let (last, alone) = (cells.len().saturating_sub(1), cells.len() == 1);
    let (mut texts, mut below) = (Vec::new(), Vec::new());
    for (index, cell) in cells.into_iter().enumerate() {
        let is_rows = !cell.lists.is_empty() && (alone || index == last && is_children(&cell.lists));
        texts.push(if is_rows { cell.beside } else { cell.text }.trim().to_owned());
        below.extend(cell.lists.into_iter().filter(|_| is_rows));
    }
    if texts.iter().any(|text| !text.is_empty()) {
        blocks.push(Block::row(at..at, texts));
    }
    lists(at, &below, blocks);
}

/// Whether lists in the last cell are child rows and no part of its text.
fn is_children(lists: &[List]) -> bool {
    lists.iter().any(|list| list.items.first().is_some_and(|item| item.trim_start().starts_with('└')))
}

/// Writes lists. Limits in a list of their own belong to the item around it: they are one cell of a child row.
fn lists(at: usize, lists: &[List], blocks: &mut Vec<Block>) {
    let mut written: Vec<List> = Vec::new();
    let mut goes_on = false;
    for List { depth, items } in lists {
        let items = items.iter().map(|item| folded(item));
        let is_limits = items.clone().all(|item| words::limit(&item).is_some());
        match written.last_mut() {
            Some(above) if is_limits && above.depth < *depth => {
                let around = above.items.last_mut();
                around.into_iter().for_each(|cell| items.clone().for_each(|item| cell.extend([" ", &item])));
                goes_on = true;
            }
            Some(above) if goes_on && above.depth == *depth => above.items.extend(items),
            _ => {
                written.push(List { depth: *depth, items: items.collect() });
                goes_on = false;
            }
        }
    }
    let filled = written.into_iter().filter(|list| list.items.iter().any(|item| !item.is_empty()));
    blocks.extend(filled.map(|list| Block { at: at..at, kind: Kind::List(list) }));
}
