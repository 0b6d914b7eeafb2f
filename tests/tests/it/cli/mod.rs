//! The command line: exit statuses, and what commands report.

mod inputs;
mod reports;
mod status;
mod streams;
