//! The credentials of a call: from a file or the environment, never from arguments, which other users of the machine see.

use apograph_runtime::{Secret, credential, private_key};

use super::env_file::Variables;
use crate::model::Platform;
use crate::recipe::CredentialKind;

/// Returns the variable of a credential: `APOGRAPH_TOP_APP_KEY`.
pub(in crate::commands) fn variable(platform: &str, credential: &str) -> String {
    let name = format!("APOGRAPH_{platform}_{credential}");
    name.chars().map(|char| if char.is_ascii_alphanumeric() { char.to_ascii_uppercase() } else { '_' }).collect()
}

/// Reads the credentials in the order of the platform's recipe. A variable of `file` takes precedence over one of
/// `environment`.
///
/// # Errors
///
/// The messages for the user about everything that is missing or cannot be right.
pub(in crate::commands) fn read(
    platform: &Platform,
    file: &Variables,
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<Option<Secret>>, Vec<String>> {
    let mut problems = Vec::new();
    let values = platform.scheme.credentials.iter().map(|known| {
        let variable = variable(&platform.name, &known.name);
        let in_file = file.iter().find(|(name, _)| *name == variable).map(|(_, value)| Secret::from(value.as_str()));
        let Some(value) = in_file.or_else(|| environment(&variable).map(Secret::from)) else {
            if !known.optional {
                problems.push(format!(
                    "the credential `{}` of the platform `{}` is missing: `{variable}` is not set",
                    known.name, platform.name
                ));
            }
            return None;
        };
        let checked = match known.kind {
            // A PEM file ends with a line end.
            CredentialKind::PrivateKey => private_key("", value.clone()).map(|_| value),
            _ => credential::<Secret>("", value),
        };
        match checked {
            Ok(secret) => Some(secret),
            Err(error) => {
                problems.push(format!("`{variable}` {}", error.problem()));
                None
            }
        }
    });
    let values = values.collect();
    if problems.is_empty() { Ok(values) } else { Err(problems) }
}
