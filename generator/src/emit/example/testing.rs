//! A test of the first call, against a mock in the process.

use super::Example;
use crate::model::{Arity, Item};

impl Example<'_> {
    /// Returns the test as a Rust block in Markdown.
    pub(in crate::emit) fn test_lines(&self) -> Vec<String> {
        let (package, platform, marker) = (self.package, &self.platform_names.module, &self.platform_names.marker);
        let (family, module) = (&self.family.module, &self.names.module);
        let (request, response) = (&self.names.request, &self.names.response);
        let fields: String = self.fields().collect();
        // A request that lacks required fields is not sent.
        let run = if self.is_complete() { "" } else { ",no_run" };
        let filled = self.filled();
        let with = if filled.is_some() { ", With" } else { "" };
        let answer = filled.unwrap_or_else(|| format!("{response}::default()"));
        let text = format!(
            "```rust{run}
use {package}::Error;
use {package}::testing::{{Failure, Mock{with}}};
use {package}::{platform}::{family}::{module}::{{{request}, {response}}};
use {package}::{platform}::{marker};

fn main() -> Result<(), Error> {{
    let mock = Mock::<{marker}>::new();
    mock.on::<{request}>(|call| {{
        assert_eq!(call.attempt(), 2);
        Ok({answer})
    }})
    .fail_first([Failure::unreachable()]);
    let call = {request}::new(){fields};
    let answer = mock.blocking_client().send(&call)?; // the code under test
    assert_eq!(answer.attempts(), 2);
    assert_eq!(mock.calls_of::<{request}>()[1].request, call);
    Ok(())
}}
```"
        );
        text.lines().map(str::to_owned).collect()
    }

    /// Returns an answer with its first text or integer, if it has one at its top.
    fn filled(&self) -> Option<String> {
        let fields = self.endpoint.response.root.iter().zip(&self.names.response_side.root.0);
        let mut simple = fields.filter(|(field, _)| field.arity == Arity::One);
        let (name, value) = simple.find_map(|(field, name)| match field.item {
            Item::Text => Some((name, "Some(\"text\".to_owned())")),
            Item::Integer => Some((name, "Some(1)")),
            _ => None,
        })?;
        Some(format!("{}::with(|answer| answer.{name} = {value})", self.names.response))
    }

    /// Whether the example sets all required fields.
    fn is_complete(&self) -> bool {
        let required = self.endpoint.request.root.iter().filter(|field| field.required).count();
        required == self.fields().count()
    }
}
