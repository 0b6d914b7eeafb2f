//! The command line: exit statuses, and what commands report.

mod inputs;
mod mock;
mod reports;
mod sign;
mod status;
mod streams;
