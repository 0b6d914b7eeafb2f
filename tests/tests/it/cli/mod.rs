//! The command line: exit statuses, and what commands report.

mod call;
mod inputs;
mod mock;
mod reports;
mod sign;
mod status;
mod streams;
