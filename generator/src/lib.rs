//! Apograph turns vendor doc pages, transcribed as YAML specs, into a typed, signed Rust client crate.
//!
//! Data flows one way: a run of `generate` passes through `spec`, `resolve`, `model`, `names`, `lock`, `emit`, `render` and
//! `tree`, in this order. All other modules prepare its input, use its stages, or are shared by them.
//!
//! # Permitted imports
//!
//! A module may import those on its line, and no others. Each line names only modules above it, so there are no cycles.
//! The test `imports` reads this table and checks every file, and that no two files import each other, directly or not.
//!
//! | module | what it is or does | may import |
//! |---|---|---|
//! | `source` | the files of a run, and positions in them | |
//! | `terms` | words that several stages share, each in one place | |
//! | `markdown` | writes texts as Markdown that shows them as they are | |
//! | `parallel` | works on many values at once, with results in their order | |
//! | `diagnostic` | findings: coded, located, and shown with the source | `source` |
//! | `selection` | which APIs a command is about: names and patterns | `terms`, `diagnostic` |
//! | `files` | reads and writes every file, within limits and without links | `diagnostic` |
//! | `yaml` | checks YAML files against schemas, with positions | `source`, `diagnostic` |
//! | `spec` | what the specs folder contains, with its fixes applied | `source`, `terms`, `parallel`, `diagnostic`, `files`, `yaml` |
//! | `recipe` | signing recipes: parsed, checked, run on their vectors | `source`, `terms`, `diagnostic`, `spec` |
//! | `model` | what the specs mean, with every reference resolved | `source`, `terms`, `recipe` |
//! | `dynamic` | the model as the runtime's tables, for calls of any API | `terms`, `recipe`, `model` |
//! | `resolve` | makes the model of specs, in named passes | `source`, `terms`, `parallel`, `diagnostic`, `spec`, `recipe`, `model` |
//! | `names` | makes every Rust identifier | `source`, `terms`, `parallel`, `diagnostic`, `recipe`, `model` |
//! | `lock` | keeps the names that callers use: `api.lock` | `source`, `terms`, `parallel`, `diagnostic`, `files`, `model`, `names` |
//! | `license` | licence texts that a generated package carries | |
//! | `tree` | the crate in memory: compares, writes and prunes its folder | `parallel`, `files`, `license` |
//! | `render` | the text of Rust files | `tree` |
//! | `emit` | makes files of model and names; cannot fail | `license`, `terms`, `markdown`, `parallel`, `recipe`, `model`, `names`, `tree`, `render` |
//! | `pipeline` | runs the stages from specs to names and to the crate | `source`, `terms`, `parallel`, `diagnostic`, `selection`, `spec`, `model`, `resolve`, `names`, `lock`, `tree`, `emit` |
//! | `diff` | compares two revisions: which changes break whom | `source`, `terms`, `diagnostic`, `spec`, `recipe`, `model`, `resolve`, `names`, `lock` |
//! | `catalogue` | lists, searches and shows APIs | `source`, `terms`, `diagnostic`, `spec`, `model`, `resolve`, `names`, `lock`, `selection` |
//! | `suggest` | proposes fixes for facts that pages state only in prose | `source`, `terms`, `spec`, `model`, `resolve`, `names`, `diff` |
//! | `transcribe` | makes transcripts of pages | `source`, `terms`, `diagnostic`, `spec`, `names` |
//! | `mock` | a server that behaves as the platforms do, for tests | `terms`, `spec`, `recipe`, `model`, `dynamic`, `selection` |
//! | `export` | describes APIs as OpenAPI and JSON Schema | `terms`, `markdown`, `files`, `spec`, `recipe`, `model`, `dynamic`, `names` |
//! | `cli` | the arguments of the command line | `terms`, `spec`, `mock` |
//! | `commands` | the commands, which call all others and report | `source`, `terms`, `parallel`, `diagnostic`, `files`, `spec`, `recipe`, `model`, `dynamic`, `lock`, `tree`, `emit`, `pipeline`, `diff`, `suggest`, `transcribe`, `mock`, `export`, `catalogue`, `selection`, `cli` |

pub mod catalogue;
pub mod cli;
pub mod commands;
pub mod diagnostic;
pub mod diff;
pub mod dynamic;
pub mod emit;
pub mod export;
pub mod files;
pub mod license;
pub mod lock;
mod markdown;
pub mod mock;
pub mod model;
pub mod names;
pub mod parallel;
pub mod pipeline;
pub mod recipe;
pub mod render;
pub mod resolve;
pub mod selection;
pub mod source;
pub mod spec;
pub mod suggest;
pub mod terms;
pub mod transcribe;
pub mod tree;
mod yaml;
