//! Clients that do not speak HTTP, or ask for too much.
