//! The command line: exit statuses, and what commands report.

mod reports;
mod status;
mod streams;
