//! The request of a call, and the findings about it: with line and column, all at once, and without its values.

use apograph_runtime::{Violation, Violations};

use super::input::Input;
use crate::commands::terminal::Terminal;
use crate::diagnostic::{counted, nearest, quoted};
use crate::dynamic::{Api, Body, Fault, Problem, deviation};

/// A request that was read.
pub(super) struct Request {
    pub(super) input: Input,
    pub(super) body: Body,
}

/// One finding about the request.
struct Finding {
    /// `None` for a parameter of the command line.
    offset: Option<usize>,
    is_warning: bool,
    message: String,
}

impl Request {
    /// Reads the request of an API.
    ///
    /// # Errors
    ///
    /// The message for the user, if the text is not JSON.
    pub(super) fn read(input: Input, api: &Api) -> Result<Self, String> {
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&input.text) {
            let text = error.to_string();
            let message = text.split(" at line ").next().unwrap_or_default();
            return Err(format!(
                "{}:{}:{}: not valid JSON: {message}",
                input.name,
                error.line(),
                error.column().max(1)
            ));
        }
        let body = api.read_request(&input.text);
        Ok(Self { input, body })
    }

    /// Whether the request cannot be sent as it is.
    pub(super) fn has_errors(&self) -> bool {
        self.body.has_errors()
    }

    /// Reports what is wrong with the request: what the reader found and, of the page's rules, those that are violated
    /// elsewhere. `params` are the names of parameters from the command line.
    pub(super) fn report(&self, violations: Option<&Violations>, params: &[&str], terminal: &mut Terminal<'_>) {
        let problems = self.body.problems.iter().map(|problem| Finding {
            offset: Some(problem.offset),
            is_warning: problem.fault.is_warning(),
            message: message(problem),
        });
        let violations = violations.into_iter().flatten();
        let violations = violations.filter(|violation| !self.body.has_error_at(violation.path()));
        let mut findings: Vec<Finding> =
            problems.chain(violations.map(|violation| self.violation(violation, params))).collect();
        findings.sort_by_key(|finding| finding.offset);
        let mut places = self.input.places(findings.iter().filter_map(|finding| finding.offset));
        for Finding { offset, is_warning, message } in &findings {
            let place = offset.and_then(|_| places.next()).unwrap_or_else(|| "--param".to_owned());
            let tone = if *is_warning { "warning" } else { "error" };
            terminal.complain(format_args!("{tone}: {place}: {message}"));
        }
        let errors = findings.iter().filter(|finding| !finding.is_warning).count();
        if errors > 0 {
            terminal.complain(format_args!("{} in the request", counted(errors, "error")));
        }
    }

    fn violation(&self, violation: &Violation, params: &[&str]) -> Finding {
        let is_param = params.contains(&violation.path());
        let offset = (!is_param).then(|| self.body.offset(violation.path()));
        let message = format!("{} {}", quoted(violation.path()), violation.rule());
        Finding { offset, is_warning: false, message }
    }
}

fn message(problem: &Problem) -> String {
    let path = quoted(&problem.path);
    match &problem.fault {
        Fault::Unknown { name, known } => {
            let similar = nearest(name, known.iter().copied());
            let hint = similar.map_or_else(String::new, |similar| format!(": did you mean `{similar}`?"));
            format!("{path} is not a field of the request{hint}")
        }
        Fault::Duplicate => format!("{path} occurs twice"),
        Fault::Type { expected, found } if problem.path.is_empty() => format!("expected {expected}, found {found}"),
        Fault::Type { expected, found } => format!("{path}: expected {expected}, found {found}"),
        Fault::Unlisted => format!("{path} has a value that its page does not list"),
        Fault::Coerced(kind) => format!("{path} {}", deviation(*kind)),
        Fault::TooLarge => "the request takes too much memory".to_owned(),
    }
}
