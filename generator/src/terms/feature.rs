//! The Cargo features of every generated crate, beside those of its families.

/// The feature with the clock and the random source.
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
    /// Whether it is on unless a caller turns the default off.
    pub is_default: bool,
}

/// All of them, in the order of their names.
pub const FIXED_FEATURES: &[FixedFeature] = &[
    FixedFeature { name: "async", content: "asynchronous HTTP transport with TLS, for tokio", includes_system: true, is_default: false },
    FixedFeature { name: "blocking", content: "blocking HTTP transport with TLS", includes_system: true, is_default: false },
    FixedFeature {
        name: "debug-values",
        content: "`Debug` shows values, which may be personal data: for tests only",
        includes_system: false,
        is_default: false,
    },
    FixedFeature {
        name: "serde",
        content: "`Serialize` and `Deserialize` of requests and answers",
        includes_system: false,
        is_default: true,
    },
    FixedFeature {
        name: SYSTEM,
        content: "`Client::new`, with the clock and the random source of the operating system",
        includes_system: false,
        is_default: true,
    },
    FixedFeature {
        name: "testing",
        content: "`testing::Mock`, a platform in the process for tests of your own code",
        includes_system: false,
        is_default: false,
    },
    FixedFeature {
        name: "tracing",
        content: "spans for each call and attempt, of the crate `tracing`",
        includes_system: false,
        is_default: false,
    },
];
