//! The Cargo features of every generated crate, beside those of its families.

/// The feature with the clock and the random source.
pub const SYSTEM: &str = "system";

/// The feature that enables every family.
pub const FULL: &str = "full";

/// The name, behind that of the platform, of the feature that the smallest families share.
pub const MORE: &str = "more";

/// Returns the Cargo feature of a family, or of a declared group of families.
#[must_use]
pub fn feature_name(platform: &str, name: &str) -> String {
    format!("{platform}-{name}")
}

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

impl FixedFeature {
    const fn new(name: &'static str, content: &'static str) -> Self {
        Self { name, content, includes_system: false, is_default: false }
    }

    const fn with_system(mut self) -> Self {
        self.includes_system = true;
        self
    }

    const fn on_by_default(mut self) -> Self {
        self.is_default = true;
        self
    }
}

/// All of them, in the order of their names.
pub const FIXED_FEATURES: &[FixedFeature] = &[
    FixedFeature::new("async", "asynchronous HTTP transport with TLS, for tokio").with_system(),
    FixedFeature::new("blocking", "blocking HTTP transport with TLS").with_system(),
    FixedFeature::new("chrono", "setters accept the dates of chrono 0.4, and `Date::to_chrono` converts back"),
    FixedFeature::new("debug-values", "`Debug` shows values, which may be personal data: for tests only"),
    FixedFeature::new("jiff", "setters accept the dates of jiff 0.2, and `Date::to_jiff` converts back"),
    FixedFeature::new("rust_decimal", "conversions of `Decimal` from and to that of rust_decimal 1"),
    FixedFeature::new("serde", "`Serialize` and `Deserialize` of requests and answers").on_by_default(),
    FixedFeature::new(SYSTEM, "`Client::new`, with the clock and the random source of the operating system")
        .on_by_default(),
    FixedFeature::new("testing", "`testing::Mock`, a platform in the process for tests of your own code"),
    FixedFeature::new("tracing", "spans for each call and attempt, of the crate `tracing`"),
];
