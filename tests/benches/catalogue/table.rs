//! Results as tables in Markdown.

use std::fmt;

use crate::meter::Usage;

/// The steps of one catalogue.
pub(crate) struct Table {
    apis: usize,
    rows: Vec<(&'static str, Usage)>,
}

impl Table {
    pub(crate) fn new(apis: usize) -> Self {
        Self { apis, rows: Vec::new() }
    }

    pub(crate) fn push(&mut self, step: &'static str, usage: Usage) {
        self.rows.push((step, usage));
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n| {} APIs | wall | CPU | peak memory |\n|---|---:|---:|---:|", self.apis)?;
        for (step, usage) in &self.rows {
            let (wall, cpu) = (usage.wall.as_secs_f64(), usage.cpu.as_secs_f64());
            writeln!(f, "| {step} | {wall:.2} s | {cpu:.2} s | {} MB |", usage.peak_bytes / 1_000_000)?;
        }
        Ok(())
    }
}

/// CPU time per API, of each catalogue relative to the smallest: 1 everywhere is linear growth.
pub(crate) fn growth(tables: &[Table]) -> String {
    let Some((smallest, larger)) = tables.split_first().filter(|(_, larger)| !larger.is_empty()) else {
        return String::new();
    };
    let per_api = |table: &Table, usage: &Usage| usage.cpu.as_secs_f64() / table.apis as f64;
    let heads: String = larger.iter().map(|table| format!(" {} APIs |", table.apis)).collect();
    let mut text = format!("\n| CPU per API, to that of {} APIs |{heads}\n|---|", smallest.apis);
    text.push_str(&"---:|".repeat(larger.len()));
    for (index, (step, first)) in smallest.rows.iter().enumerate() {
        text.push_str(&format!("\n| {step} |"));
        for table in larger {
            let ratio = table.rows.get(index).map(|(_, usage)| per_api(table, usage) / per_api(smallest, first));
            text.push_str(&ratio.map_or(" – |".to_owned(), |ratio| format!(" {ratio:.2} |")));
        }
    }
    text + "\n"
}
