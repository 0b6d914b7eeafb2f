//! The command line: exit statuses.

mod status;
