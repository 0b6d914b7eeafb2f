//! `apograph diff`: what it reports about two revisions of specs, and whether its predictions hold.

mod approvals;
mod corpus;
mod git_driver;
mod html;
mod mutations;
mod outputs;
mod over_lock;
mod prediction;
mod summary;
mod witnesses;
