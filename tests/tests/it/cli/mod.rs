//! The command line: exit statuses, and what commands report.

mod call;
mod choosing;
mod fixes;
mod init;
mod inputs;
mod mock;
mod refresh;
mod reports;
mod sign;
mod status;
mod streams;
mod tutorial;
