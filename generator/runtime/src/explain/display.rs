//! Writes a report for people.

use core::fmt;

use super::{Coverage, SentParameter, SigningReport};
use crate::show::Cut;
use crate::sign::Location;

/// Maximum length of a value in the table of parameters, in characters. The request below it contains headers as a whole.
const VALUE: usize = 100;

/// Maximum length of a query, body or step, in characters, so that a report fits on a screen.
const BODY: usize = 1_000;

impl fmt::Display for SigningReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_parameters(f)?;
        self.write_steps(f)?;
        if let Some(step) = self.signed_step() {
            writeln!(f, "\ntext to sign (step `{}`):\n{}", step.name, step.text)?;
        }
        if let Some(signature) = self.signature() {
            writeln!(f, "\nsignature:\n{signature}")?;
        }
        self.write_request(f)
    }
}

impl SigningReport {
    fn write_parameters(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "parameters:")?;
        let widest = self.parameters.iter().map(|parameter| parameter.name.chars().count()).max();
        let width = widest.unwrap_or_default();
        self.parameters.iter().try_for_each(|parameter| write_parameter(f, parameter, width))
    }

    /// Writes the steps except those that are part of the text to sign, or the signature.
    fn write_steps(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text_to_sign().unwrap_or_default();
        let is_repeated = |shown: &str| text.contains(shown) || self.signature() == Some(shown);
        let steps: Vec<_> = self.steps.iter().filter(|step| !is_repeated(&step.text)).collect();
        if steps.is_empty() {
            return Ok(());
        }
        writeln!(f, "\nsteps:")?;
        let width = steps.iter().map(|step| step.name.chars().count()).max().unwrap_or_default();
        steps.iter().try_for_each(|step| writeln!(f, "  {:width$}  {}", step.name, Cut::start(&step.text, BODY)))
    }

    fn write_request(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.query.is_empty() { "" } else { "?" };
        write!(f, "\nrequest:\n{} {}{mark}{}", self.method, self.address, Cut::start(&self.query, BODY))?;
        let headers = self.parameters.iter().filter(|parameter| parameter.location == Location::Headers);
        for header in headers {
            // A signature has to be complete where the request is.
            write!(f, "\n{}: {}", header.name, Cut::start(&header.value, usize::MAX))?;
        }
        if self.body.is_empty() { Ok(()) } else { write!(f, "\n\n{}", Cut::start(&self.body, BODY)) }
    }
}

fn write_parameter(f: &mut fmt::Formatter<'_>, parameter: &SentParameter, width: usize) -> fmt::Result {
    let location = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Form => "form",
        Location::Json => "json",
        Location::Xml => "xml",
        Location::Headers => "header",
        Location::Set(_) => "set",
    };
    let coverage = match parameter.coverage {
        Coverage::Signed => "signed",
        Coverage::Unsigned => "not signed",
        Coverage::Signature => "signature",
    };
    let value = Cut::start(&parameter.value, VALUE);
    writeln!(f, "  {location:6}  {:width$}  {coverage:10}  {value}", parameter.name)
}
