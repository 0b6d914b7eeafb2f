//! A test of the first call, against a mock in the process.

use super::{FIELDS, Program, uses};
use crate::emit::sample::{self, Sample};
use crate::model::{Arity, Item};
use crate::render;

impl Program<'_> {
    /// Returns the test as a Rust block in Markdown.
    pub(in crate::emit) fn test_lines(&self) -> Vec<String> {
        let Self { path, endpoint, names, .. } = self;
        let (package, platform, marker) = (path.package, &path.platform.module, &path.platform.marker);
        let (request, response) = (&names.request, &names.response);
        let Sample { statements, types } = sample::request(endpoint, names, path.protocol, FIELDS);
        let indented = render::statements(&statements).into_iter().map(|line| format!("    {line}\n"));
        let statements = indented.collect::<String>();
        let types = uses(names, *path, &types).join("\n");
        let filled = self.filled();
        let with = if filled.is_some() { ", With" } else { "" };
        let answer = filled.unwrap_or_else(|| format!("{response}::default()"));
        let text = format!(
            "```rust
{types}
use {package}::{platform}::{marker};
use {package}::Error;
use {package}::testing::{{Failure, Mock{with}}};

fn main() -> Result<(), Error> {{
    let mock = Mock::<{marker}>::new();
    mock.on::<{request}>(|call| {{
        assert_eq!(call.attempt(), 2);
        Ok({answer})
    }})
    .fail_first([Failure::unreachable()]);
{statements}    let answer = mock.blocking_client().send(&call)?; // the code under test
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
}
