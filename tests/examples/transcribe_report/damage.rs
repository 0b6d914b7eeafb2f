//! Pages that lost or mixed up lines on their way, the same ones in every run.

use std::str::FromStr;

/// What happens to lines.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `sample`: lines of the samples are gone.
    Sample,
    /// `swap`: neighbouring lines of the samples have changed places.
    Swap,
    /// `twice`: lines of the samples stand twice.
    Twice,
    /// `cells`: lines of the tables are gone.
    Cells,
    /// `cut`: the page ends somewhere in its last part, given in percent.
    Cut,
}

/// A kind of damage and how much of it.
#[derive(Copy, Clone, Debug)]
pub struct Damage {
    kind: Kind,
    percent: u64,
}

impl FromStr for Damage {
    type Err = String;

    /// Reads `sample:4`.
    fn from_str(text: &str) -> Result<Self, String> {
        let kinds = [
            ("sample", Kind::Sample),
            ("swap", Kind::Swap),
            ("twice", Kind::Twice),
            ("cells", Kind::Cells),
            ("cut", Kind::Cut),
        ];
        let (word, percent) = text.split_once(':').ok_or("damage is said as `KIND:PERCENT`")?;
        let found = kinds.iter().find(|(known, _)| *known == word);
        let kind = found.ok_or_else(|| format!("`{word}` is no kind of damage"))?.1;
        Ok(Self { kind, percent: percent.parse().map_err(|_| format!("`{percent}` is no percentage"))? })
    }
}

/// Where a line stands.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Part {
    Table,
    Code,
    Other,
}

impl Damage {
    /// Whether rows can be gone from tables.
    pub fn takes_rows(&self) -> bool {
        matches!(self.kind, Kind::Cells)
    }

    /// The page with the damage.
    pub fn apply(&self, page: &[u8], seed: u64) -> Vec<u8> {
        let text = String::from_utf8_lossy(page);
        let mut chance = Chance(seed);
        let mut lines: Vec<(Part, &str)> = parts(&text);
        if self.kind == Kind::Cut {
            let least = lines.len() - lines.len() * self.percent as usize / 100;
            lines.truncate(least + (chance.next() as usize) % (lines.len() - least).max(1));
        }
        let mut damaged: Vec<&str> = Vec::with_capacity(lines.len());
        let mut at = 0;
        while let Some((part, line)) = lines.get(at) {
            at += 1;
            let wanted = if self.kind == Kind::Cells { Part::Table } else { Part::Code };
            if *part != wanted || self.kind == Kind::Cut || !chance.falls(self.percent) {
                damaged.push(line);
                continue;
            }
            match (self.kind, lines.get(at)) {
                (Kind::Swap, Some((Part::Code, next))) => {
                    damaged.extend([next, line]);
                    at += 1;
                }
                (Kind::Twice, _) => damaged.extend([line, line]),
                (Kind::Swap, _) => damaged.push(line),
                _ => {}
            }
        }
        damaged.concat().into_bytes()
    }
}

/// The lines of a page, each with its part.
fn parts(text: &str) -> Vec<(Part, &str)> {
    let mut part = Part::Other;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let word = line.trim().trim_start_matches("• ");
        part = match word {
            "公共参数" | "请求示例" | "响应示例" | "异常示例" | "请求参数" | "响应参数" => {
                Part::Other
            }
            _ if word.starts_with("名称 类型 ") => Part::Table,
            _ if part == Part::Other && (word.starts_with("TaobaoClient ") || word.ends_with("_response>")) => {
                Part::Code
            }
            _ => part,
        };
        let is_header = word.starts_with("名称 类型 ");
        lines.push((if is_header { Part::Other } else { part }, line));
    }
    lines
}

/// Numbers that look random (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn falls(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }
}
