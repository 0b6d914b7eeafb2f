//! The folder `specs/` of an invented catalogue.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

use crate::pages::Field;

use super::{Catalogue, Entry};

const PLATFORM: &str = include_str!("../../diff/base/acme/platform.yaml");
const CRATE: &str = include_str!("../../diff/base/crate.yaml");

pub(super) fn write(catalogue: &Catalogue, folder: &Path) -> io::Result<()> {
    let declared = |family: &String| format!("  {family}: {{title: {family}, prefixes: [acme.{family}]}}\n");
    let declared: String = catalogue.families.iter().map(declared).collect();
    let platform = PLATFORM.replace("  depot: {title: Depots, prefixes: [acme.depot]}\n", &declared);
    fs::create_dir_all(folder.join("acme"))?;
    fs::write(folder.join("acme/platform.yaml"), platform)?;
    // Whichever families there are, the crate's defaults name none of them.
    let no_default: String = CRATE.lines().filter(|line| !line.starts_with("default_families")).map(line).collect();
    fs::write(folder.join("crate.yaml"), no_default)?;
    for entry in &catalogue.apis {
        let family = folder.join("acme").join(&entry.family);
        let prefix = format!("acme.{}.", entry.family);
        let leaf = entry.api.name.strip_prefix(&prefix).unwrap_or(&entry.api.name).replace('.', "_");
        fs::create_dir_all(&family)?;
        fs::write(family.join(format!("{leaf}.yaml")), text(entry))?;
    }
    Ok(())
}

fn line(text: &str) -> String {
    format!("{text}\n")
}

fn text(entry: &Entry) -> String {
    let api = &entry.api;
    let mut text = format!("api: {}\ntitle: '{}'\ndescription: '{}'\n", api.name, api.title, entry.description);
    let session = if api.session { "required" } else { "none" };
    let _ = writeln!(text, "session: {session}\nsource:\n  layout: top-json\n  sha256: {}\nrequest:", "0".repeat(64));
    write_fields(&api.request, 2, &mut text);
    text.push_str("response:\n");
    write_fields(&api.response, 2, &mut text);
    text.push_str("errors:\n- code: isv.invalid-parameter\n  message: 参数错误\n  solution: 请检查参数后重试\n");
    text
}

fn write_fields(fields: &[Field], indent: usize, to: &mut String) {
    for field in fields {
        let pad = " ".repeat(indent);
        let _ = writeln!(to, "{pad}{}:\n{pad}  type: '{}'", field.name, field.type_word());
        if field.required {
            let _ = writeln!(to, "{pad}  required: true");
        }
        if !field.example.is_empty() {
            let _ = writeln!(to, "{pad}  example: '{}'", field.example);
        }
        if let Some(most) = field.limits.max_length {
            let _ = writeln!(to, "{pad}  max_length: {most}");
        }
        if let Some(most) = field.limits.max_items {
            let _ = writeln!(to, "{pad}  max_items: {most}");
        }
        let _ = writeln!(to, "{pad}  description: '{}'", field.description);
        if !field.fields.is_empty() {
            let _ = writeln!(to, "{pad}  fields:");
            write_fields(&field.fields, indent + 4, to);
        }
    }
}
