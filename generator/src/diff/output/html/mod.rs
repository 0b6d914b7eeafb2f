//! HTML output: one self-contained page that opens on an overview, with findings as rows that open, and with filters.
//!
//! Specs come from pages that we do not control: every text is escaped, and the content security policy allows only
//! the script whose digest it names.
//!
//! The findings are inside `<noscript>`. Browsers without scripts show all of them. Browsers with scripts keep them as
//! one text, from which the script makes the rows that are shown: a report of thousands of APIs costs them a few hundred
//! elements.

mod list;
mod overview;
mod row;
mod text;

use apograph_runtime::sign;

use crate::diff::report::{Finding, Report, Subject};
use crate::source::Sources;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = concat!(include_str!("findings.js"), include_str!("list.js"), include_str!("page.js"));

/// The effects of a change: the word of filters and of JSON, and the label.
const EFFECTS: [(&str, &str); 4] =
    [("source", "source"), ("wire", "old binaries"), ("behaviour", "behaviour"), ("docs", "docs")];

/// Maximum findings whose rows are open from the start.
const FEW: usize = 12;

/// How rows are written.
#[derive(Copy, Clone)]
struct Shape<'s> {
    sources: &'s Sources,
    /// Whether rows are open from the start.
    is_open: bool,
}

impl Shape<'_> {
    /// Returns the attribute that opens a row.
    fn open(self) -> &'static str {
        if self.is_open { " open" } else { "" }
    }
}

/// Writes the report as one HTML page.
pub fn html(report: &Report, sources: &Sources) -> String {
    let mut page = head();
    let shape = Shape { sources, is_open: report.findings.len() <= FEW };
    let overview = report.overview();
    overview::counted(report, &overview, &mut page);
    overview::filters(report, shape, &mut page);
    page.push_str("<main>\n<div id=\"list\"></div>\n<noscript id=\"all\">\n");
    list::list(report, &overview, shape, &mut page);
    page.push_str("</noscript>\n</main>\n<script>");
    page.push_str(SCRIPT);
    page.push_str("</script>\n</body>\n</html>\n");
    page
}

fn head() -> String {
    let digest = |text: &str| format!("'sha256-{}'", sign::base64(&sign::sha256(text.as_bytes())));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; \
         form-action 'none'; style-src {}; script-src {}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>Spec changes</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n",
        digest(STYLE),
        digest(SCRIPT),
    )
}

/// Returns the platform and the family of an API, which are the folders of its file: `depot/boxes`. `None` outside a specs
/// folder, where files are in no family.
fn family(finding: &Finding, sources: &Sources) -> Option<String> {
    let Subject::Api { platform, .. } = &finding.subject else { return None };
    let place = finding.new_place.as_ref().or(finding.old_place.as_ref())?;
    let mut folders = sources.path(place.file).rsplit('/').skip(1);
    let (family, above) = (folders.next()?, folders.next()?);
    (above == platform).then(|| format!("{platform}/{family}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_and_style_end_where_the_page_ends_them() {
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</script") && !SCRIPT.contains("<!--"));
    }
}
