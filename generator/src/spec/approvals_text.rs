//! Adds entries to the text of `approvals.yaml`, and leaves every other byte of it as it is.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostics, safe};
use crate::source::Sources;
use crate::source::tree::{Content, Node, Tree};
use crate::terms::Cause;

use super::approval::ApprovalSpec;
use super::load::{APPROVALS, LARGEST, load_approvals};
use super::write;

/// An entry to be added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewApproval {
    /// The entry.
    pub entry: ApprovalSpec,
    /// What it approves, for readers of the file: a comment behind the fingerprint.
    pub remark: String,
}

/// The reason why entries cannot be added to a file.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum CannotAdd {
    /// The list is written in brackets.
    Brackets,
    /// The file would be too large to be read.
    TooLarge,
    /// The result would not be the old entries and the new ones.
    Form,
}

impl fmt::Display for CannotAdd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Brackets => f.write_str(
                "entries cannot be added to a list in brackets\n\
                 help: write each entry on lines of its own, the first of them beginning with `- `",
            ),
            Self::TooLarge => write!(f, "with the new entries, the file would be larger than {LARGEST}"),
            Self::Form => f.write_str(
                "entries cannot be added to a file of this form\n\
                 help: write each entry on lines of its own, the first of them beginning with `- `, and nothing but \
                 comments after the last entry",
            ),
        }
    }
}

/// Returns the text of the entries alone, as a file that has no others contains them.
pub fn approvals_text(new: &[NewApproval]) -> String {
    new.iter().map(|approval| Form { indent: "", line_break: "\n" }.write(approval)).collect()
}

/// Returns the text with the new entries: each in its place if the entries are sorted by fingerprint, else at the end.
///
/// # Errors
///
/// If the result would be anything else than a file with the old and the new entries.
pub fn add_approvals(text: &str, new: &[NewApproval]) -> Result<String, CannotAdd> {
    // Editors of Windows begin a file with a byte order mark.
    let (mark, text) = text.strip_prefix('\u{feff}').map_or(("", text), |rest| ("\u{feff}", rest));
    let added = if text.is_empty() { approvals_text(new) } else { inserted(text, new)? };
    if !LARGEST.admits((mark.len() + added.len()) as u64) {
        return Err(CannotAdd::TooLarge);
    }
    let mut expected = if text.is_empty() { BTreeMap::new() } else { entries(text).ok_or(CannotAdd::Form)? };
    for NewApproval { entry, .. } in new {
        let ApprovalSpec { fingerprint, cause, reason, who, until } = entry.clone();
        let until = super::day(&until).ok_or(CannotAdd::Form)?;
        expected.insert(fingerprint, (cause, reason, who, until));
    }
    if entries(&added).as_ref() == Some(&expected) { Ok(format!("{mark}{added}")) } else { Err(CannotAdd::Form) }
}

/// What an entry contains apart from its fingerprint.
type Facts = (Cause, String, String, Date);

/// Returns the entries of a file. `None` if it is invalid.
fn entries(text: &str) -> Option<BTreeMap<String, Facts>> {
    let read = load_approvals(APPROVALS, text.to_owned(), &mut Sources::new(), &mut Diagnostics::new())?;
    let facts = read.entries.into_iter().map(|(fingerprint, entry)| {
        let facts = (entry.cause, entry.reason, entry.who, entry.until);
        (fingerprint, facts)
    });
    Some(facts.collect())
}

fn inserted(text: &str, new: &[NewApproval]) -> Result<String, CannotAdd> {
    let tree = Tree::read(text);
    let Some(Node { span, content: Content::List(items) }) = &tree.root else { return Err(CannotAdd::Form) };
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let rest = text.get(span.start..).unwrap_or_default();
    let Some(first) = items.first() else {
        let form = Form { indent: "", line_break };
        return in_place_of_brackets(text, span.start, &new.iter().map(|new| form.write(new)).collect::<String>());
    };
    if rest.starts_with('[') {
        return Err(CannotAdd::Brackets);
    }
    let start = line_of_dash(text, first).ok_or(CannotAdd::Form)?;
    let indent = text.get(start..).and_then(|line| line.split_once('-')).map_or("", |(indent, _)| indent);
    if !indent.chars().all(|c| c == ' ') {
        return Err(CannotAdd::Form);
    }
    let form = Form { indent, line_break };
    // Offset → entries. Sorting is stable, so entries at one offset stay in their order.
    let mut pieces: Vec<(usize, &NewApproval)> = Vec::new();
    if let Some(old) = ascending(items) {
        let mut sorted: Vec<&NewApproval> = new.iter().collect();
        sorted.sort_by(|left, right| left.entry.fingerprint.cmp(&right.entry.fingerprint));
        for approval in sorted {
            let before = old.partition_point(|fingerprint| *fingerprint < approval.entry.fingerprint.as_str());
            let offset = offset_after(text, items, before, start).ok_or(CannotAdd::Form)?;
            pieces.push((offset, approval));
        }
    } else {
        pieces.extend(new.iter().map(|approval| (text.len(), approval)));
    }
    let mut result = String::new();
    let mut from = 0;
    for (offset, approval) in pieces {
        result.push_str(text.get(from..offset).unwrap_or_default());
        from = offset;
        if !result.is_empty() && !result.ends_with('\n') {
            result.push_str(line_break);
        }
        result.push_str(&form.write(approval));
    }
    result.push_str(text.get(from..).unwrap_or_default());
    Ok(result)
}

/// Replaces an empty list, `[]`.
fn in_place_of_brackets(text: &str, start: usize, entries: &str) -> Result<String, CannotAdd> {
    let (before, list) = text.split_at_checked(start).ok_or(CannotAdd::Form)?;
    let rest = list.strip_prefix('[').map(str::trim_start).and_then(|list| list.strip_prefix(']'));
    let rest = rest.ok_or(CannotAdd::Form)?;
    if rest.is_empty() {
        return Ok(format!("{before}{entries}"));
    }
    Ok(format!("{before}{}{rest}", entries.trim_end_matches(['\r', '\n'])))
}

/// Returns the fingerprints if there are several and each is greater than the one before.
fn ascending(items: &[Node]) -> Option<Vec<&str>> {
    let fingerprint = |item| match item {
        &Node { content: Content::Mapping(ref entries), .. } => {
            let entry = entries.iter().find(|entry| entry.key == "fingerprint")?;
            match &entry.value.content {
                Content::Scalar { text, .. } => Some(text.as_str()),
                _ => None,
            }
        }
        _ => None,
    };
    let found: Vec<&str> = items.iter().map(fingerprint).collect::<Option<_>>()?;
    (found.len() > 1 && found.is_sorted_by(|left, right| left < right)).then_some(found)
}

/// Returns the offset at which an entry goes behind the first `before` items. `first` is the line of the first item.
///
/// Comments above the first item are taken for the head of the file; comments above another item belong to the item.
fn offset_after(text: &str, items: &[Node], before: usize, first: usize) -> Option<usize> {
    let Some(last) = before.checked_sub(1).and_then(|last| items.get(last)) else { return Some(first) };
    let Some(next) = items.get(before) else { return Some(text.len()) };
    let mut offset = line_of_dash(text, next)?;
    let lines = |offset: usize| text.get(last.span.end..offset)?.strip_suffix('\n')?.rsplit_once('\n');
    while let Some((above, line)) = lines(offset) {
        let line = line.trim();
        if !(line.is_empty() || line.starts_with('#')) {
            break;
        }
        offset = last.span.end + above.len() + 1;
    }
    Some(offset)
}

/// Returns where the line starts that contains the dash of an item.
fn line_of_dash(text: &str, item: &Node) -> Option<usize> {
    let before = text.get(..item.span.start)?.trim_end().strip_suffix('-')?;
    Some(before.rfind('\n').map_or(0, |line| line + 1))
}

/// How entries are written.
#[derive(Copy, Clone)]
struct Form<'a> {
    /// The spaces before each line.
    indent: &'a str,
    line_break: &'a str,
}

impl Form<'_> {
    fn write(self, NewApproval { entry, remark }: &NewApproval) -> String {
        let Self { indent, line_break } = self;
        let mut text = String::new();
        for (number, line) in write::yaml(entry).lines().enumerate() {
            if line.is_empty() {
                text.push_str(line_break);
                continue;
            }
            let dash = if number == 0 { "- " } else { "  " };
            let remark = if number == 0 { format!(" # {}", safe(remark, false)) } else { String::new() };
            text.push_str(&format!("{indent}{dash}{line}{remark}{line_break}"));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(fingerprint: char, reason: &str) -> NewApproval {
        let entry = ApprovalSpec {
            fingerprint: fingerprint.to_string().repeat(16),
            cause: Cause::Vendor,
            reason: reason.to_owned(),
            who: "A".to_owned(),
            until: "2026-12-31".to_owned(),
        };
        NewApproval { entry, remark: format!("{fingerprint}") }
    }

    /// An entry as it is written.
    fn entry(fingerprint: char) -> String {
        let quote = if fingerprint.is_ascii_digit() { "'" } else { "" };
        let digits = fingerprint.to_string().repeat(16);
        format!(
            "- fingerprint: {quote}{digits}{quote} # {fingerprint}\n  cause: vendor\n  reason: why\n  who: A\n  until: \
             2026-12-31\n"
        )
    }

    /// An entry as people write it.
    fn old(fingerprint: char) -> String {
        let digits = fingerprint.to_string().repeat(16);
        format!(
            "- {{fingerprint: '{digits}', cause: policy, reason: \"x\", who: B, until: 2026-01-01}} # {fingerprint}\n"
        )
    }

    fn added(text: &str, fingerprints: &str) -> String {
        let new: Vec<NewApproval> = fingerprints.chars().map(|fingerprint| new(fingerprint, "why")).collect();
        add_approvals(text, &new).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    #[test]
    fn entries_go_to_the_end_of_an_unsorted_file() {
        assert_eq!(added("", "ba"), entry('b') + &entry('a'));
        let text = format!("# head\n{}\n# of c\n{}# end\n", old('d'), old('c'));
        assert_eq!(added(&text, "ba"), text.clone() + &entry('b') + &entry('a'));
        // The order of one entry is unknown.
        assert_eq!(added(&old('c'), "ba"), old('c') + &entry('b') + &entry('a'));
        let unended = text.trim_end();
        assert_eq!(added(unended, "b"), format!("{unended}\n{}", entry('b')));
        assert_eq!(added("\u{feff}", "a"), format!("\u{feff}{}", entry('a')));
    }

    #[test]
    fn entries_go_to_their_place_in_a_sorted_file() {
        let [b, d, f] = ['b', 'd', 'f'].map(old);
        let text = format!("# head\n{b}\n# of d\n\n# still of d\n{d}{f}# end\n");
        let [a, c, e, z] = ['1', 'c', 'e', 'f'].map(entry);
        assert_eq!(added(&text, "ec1"), format!("# head\n{a}{b}{c}\n# of d\n\n# still of d\n{d}{e}{f}# end\n"));
        let text = format!("{b}{d}# end");
        assert_eq!(added(&text, "f"), format!("{text}\n{z}"));
    }

    #[test]
    fn the_form_of_the_file_is_kept() {
        let indented = |text: &str| text.lines().map(|line| format!("  {line}\n")).collect::<String>();
        let text = indented(&old('b'));
        assert_eq!(added(&text, "a"), text.clone() + &indented(&entry('a')));
        let windows = |text: &str| text.replace('\n', "\r\n");
        let text = windows(&(old('b') + "# d\n" + &old('d')));
        let expected = windows(&(old('b') + &entry('c') + "# d\n" + &old('d')));
        assert_eq!(added(&text, "c"), expected);
        assert_eq!(added("# none yet\n[]\n", "a"), format!("# none yet\n{}", entry('a')));
        assert_eq!(added("[ ]", "a"), entry('a'));
        assert_eq!(added("[] # none\n", "a"), format!("{} # none\n", entry('a').trim_end()));
    }

    #[test]
    fn every_reason_is_read_as_it_was_given() {
        for reason in
            ["a\n\n b\n", "'", "- a: b # c", "\u{2028}\u{85}\u{1b}", " ", "2026-01-01", "null", "\"", "，。", "|"]
        {
            for text in [String::new(), old('b'), indented_sorted()] {
                let result = add_approvals(&text, &[new('c', reason)]);
                let read = result.as_deref().map(entries);
                if reason.trim().is_empty() {
                    assert_eq!(result, Err(CannotAdd::Form));
                } else {
                    let read = read.ok().flatten().expect("approvals");
                    assert_eq!(read.get(&"c".repeat(16)).map(|facts| facts.1.as_str()), Some(reason), "{result:?}");
                }
            }
        }
    }

    fn indented_sorted() -> String {
        format!("  {}  {}", old('b'), old('d'))
    }

    #[test]
    fn other_files_are_refused() {
        let one = "fingerprint: aaaaaaaaaaaaaaaa, cause: vendor, reason: x, who: A, until: 2026-01-01";
        for (text, expected) in [
            (format!("[{{{one}}}]\n"), CannotAdd::Brackets),
            (old('a') + "...\n", CannotAdd::Form),
            (old('c'), CannotAdd::Form),
            ("a: 1\n".to_owned(), CannotAdd::Form),
            ("# nothing\n".to_owned(), CannotAdd::Form),
            ("- {".to_owned(), CannotAdd::Form),
            (format!("{}#{}\n", old('a'), "x".repeat(2 * 1024 * 1024)), CannotAdd::TooLarge),
        ] {
            assert_eq!(add_approvals(&text, &[new('c', "why")]), Err(expected), "{}", text.get(..40).unwrap_or(&text));
        }
    }
}
