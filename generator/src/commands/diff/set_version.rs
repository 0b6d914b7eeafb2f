//! `apograph diff --set-version`: writes the version that the changes require to `crate.yaml`.

use super::Compared;
use crate::commands::outcome::Outcome;
use crate::commands::terminal::Terminal;
use crate::diff::verdict::Bump;
use crate::diff::{Scope, numbers};
use crate::files;
use crate::spec::{self, PackageVersion};

/// Sets the version. Messages go to standard error, because the report is on standard output.
pub(super) fn set_version(compared: &Compared, terminal: &mut Terminal<'_>) -> Outcome {
    match try_to(compared) {
        Ok(line) => {
            terminal.complain(line);
            Outcome::Done
        }
        Err(error) => terminal.fail(format_args!("the version was not set: {error}")),
    }
}

/// Returns what was done.
fn try_to(Compared { report, scope, home, .. }: &Compared) -> Result<String, String> {
    let (Some(home), Scope::Whole) = (home, scope) else {
        return Err("`--set-version` needs two whole revisions, of which the new one is a specs folder".to_owned());
    };
    let path = home.join("crate.yaml");
    let shown = path.display();
    if report.bump() == Bump::None {
        return Ok(format!("{shown}: not changed, because no change requires a new version"));
    }
    let next = report.next_version().ok_or_else(|| match report.version.as_str() {
        "" => "the old revision has no version".to_owned(),
        version => format!("the old version `{version}` is not of the form `1.2.3`"),
    })?;
    let text = files::read_text(home, &path, spec::LARGEST).map_err(|error| format!("{shown}: {error}"))?;
    // Editors of Windows begin a file with a byte order mark.
    let (mark, body) = text.strip_prefix('\u{feff}').map_or(("", text.as_str()), |rest| ("\u{feff}", rest));
    let version = PackageVersion::find(body).ok_or_else(|| format!("{shown}: there is no `version`"))?;
    let present = numbers(version.value())
        .ok_or_else(|| format!("{shown}: the version `{}` is not of the form `1.2.3`", version.value()))?;
    if Some(present) >= numbers(&next) {
        let value = version.value();
        return Ok(format!(
            "{shown}: not changed, because its version {value} is high enough: the changes require {next}"
        ));
    }
    let replaced =
        version.replaced(&next).ok_or_else(|| format!("{shown}: `version` is not written on a single line"))?;
    files::sweep(home);
    // The file belongs to people, so it must still be the one that was read.
    files::replace(home, &path, format!("{mark}{replaced}"), &|found| found == text.as_bytes())
        .map_err(|error| error.to_string())?;
    Ok(format!("{shown}: version {} → {next}; `apograph generate` writes it to the crate", version.value()))
}
