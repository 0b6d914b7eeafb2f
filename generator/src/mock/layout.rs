//! The form of the answer that a request asks for.

use apograph_runtime::testing::{AnswerLayout, SentRequest};

use super::route::value_of;
use super::{Issue, Served};
use crate::model::{Occasion, Parameter, ParameterValue, Subject};

/// The name of a format that a client asks for.
const JSON: &str = "json";

/// The other format, which is what a server answers with unless a client asks for JSON.
const XML: &str = "xml";

/// Returns the form that the request asks for.
///
/// Our own clients ask for the form that is simplest to decode, by the platform's fixed parameters. A request without them
/// gets what a server sends by default: XML instead of JSON, or wrapped lists instead of simple ones. A platform without such a
/// parameter has the root member always.
pub(super) fn layout(served: &Served, sent: &SentRequest) -> (AnswerLayout, Vec<Issue>) {
    let parameters = &served.platform().protocol.parameters;
    let protocol = &served.platform().protocol;
    let mut layout = if protocol.is_simplified() { AnswerLayout::Simplified } else { AnswerLayout::Wrapped };
    let mut issues = Vec::new();
    for parameter in parameters {
        let ParameterValue::Fixed(fixed) = &parameter.value else { continue };
        match value_of(parameter, sent).map(str::trim) {
            Some(value) if value == fixed => {}
            None | Some("" | XML) if fixed == JSON => layout = AnswerLayout::Xml,
            Some(value) if fixed == JSON => issues.push(other(served, parameter, value, "`json` or `xml`")),
            None | Some("" | "false") if fixed == "true" => {
                layout = if layout == AnswerLayout::Xml { layout } else { AnswerLayout::Wrapped };
            }
            Some(value) if fixed == "true" => issues.push(other(served, parameter, value, "`true` or `false`")),
            None | Some("") => {
                let subject = Subject::Field(parameter.name.clone());
                let reason = format!("the parameter `{}` is missing", parameter.name);
                issues.push(Issue::new(Occasion::Missing(subject), reason));
            }
            Some(value) => issues.push(other(served, parameter, value, &format!("`{fixed}`"))),
        }
    }
    (layout, issues)
}

fn other(served: &Served, parameter: &Parameter, value: &str, expected: &str) -> Issue {
    let value: String = served.masked(value).chars().take(100).collect();
    let reason = format!("the parameter `{}` is `{value}`, expected {expected}", parameter.name);
    Issue::new(Occasion::Invalid(Subject::Field(parameter.name.clone())), reason)
}
