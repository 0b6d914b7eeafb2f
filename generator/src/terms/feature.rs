//! The Cargo features of every generated crate, beside those of its families.

/// The feature that is on by default: most programs run on an operating system.
pub const SYSTEM: &str = "system";

/// A feature of every generated crate. The runtime has a feature with the same name.
#[derive(Copy, Clone, Debug)]
pub struct FixedFeature {
    /// Its name.
    pub name: &'static str,
    /// What it adds, for the manifest and the readme.
    pub content: &'static str,
    /// Whether it enables [`SYSTEM`].
    pub includes_system: bool,
}

/// All of them, in the order of their names.
pub const FIXED_FEATURES: &[FixedFeature] = &[
    FixedFeature { name: "async", content: "asynchronous HTTP transport with TLS, for tokio", includes_system: true },
    FixedFeature { name: "blocking", content: "blocking HTTP transport with TLS", includes_system: true },
    FixedFeature {
        name: "chrono",
        content: "setters accept the dates of chrono 0.4, and `Date::to_chrono` converts back",
        includes_system: false,
    },
    FixedFeature {
        name: "debug-values",
        content: "`Debug` shows values, which may be personal data: for tests only",
        includes_system: false,
    },
    FixedFeature {
        name: "jiff",
        content: "setters accept the dates of jiff 0.2, and `Date::to_jiff` converts back",
        includes_system: false,
    },
    FixedFeature {
        name: "rust_decimal",
        content: "conversions of `Decimal` from and to that of rust_decimal 1",
        includes_system: false,
    },
    FixedFeature {
        name: SYSTEM,
        content: "`Client::new`, with the clock and the random source of the operating system",
        includes_system: false,
    },
    FixedFeature {
        name: "testing",
        content: "`testing::Mock`, a platform in the process for tests of your own code",
        includes_system: false,
    },
    FixedFeature {
        name: "tracing",
        content: "spans for each call and attempt, of the crate `tracing`",
        includes_system: false,
    },
];
