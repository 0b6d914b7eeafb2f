//! What the YAML contains: the files of the specs folder as structs, loaded, with their fixes applied.

mod approval;
mod approvals_text;
mod content;
mod correction;
mod declare;
mod endpoint;
mod entries;
mod environment;
mod error_table;
mod family;
mod fix;
mod limits;
mod load;
mod loaded;
mod package;
mod package_version;
mod pages;
mod paths;
mod platform;
pub mod recipe;
mod response;
mod schema;
mod text;
mod vector;
pub mod write;

pub use approval::{Approval, ApprovalSpec, Approvals};
pub(crate) use approval::{FINGERPRINT_DIGITS, day};
pub use approvals_text::{CannotAdd, NewApproval, add_approvals, approvals_text};
pub use correction::{FixSpec, NowSpec};
pub use declare::declare_families;
pub use endpoint::{DoubtSpec, EndpointSpec, EnvelopeNames, ErrorSpec, FieldSpec, SourceSpec, ValueSpec};
pub use entries::Entries;
pub use environment::EnvironmentSpec;
pub use error_table::{ErrorTableSpec, KnownErrorSpec};
pub use family::{NameForm, is_api_name, undeclared_prefix};
pub use fix::Origins;
pub(crate) use limits::exceeded;
pub use limits::{MOST_FIELDS, MOST_FIXES, MOST_OF_A_PLATFORM, MOST_ROWS, MOST_SAMPLES, MOST_VALUES};
pub use load::{
    APPROVALS, CRATE, Folder, LARGEST, PAGES, load_approvals, load_dir, load_fixed, load_pages, load_platform,
    load_texts, load_transcript,
};
pub(crate) use load::{
    KnownPlatforms, Placed, fixed_paths, is_ignored, list_dir, load_some, load_transcript_file, refused,
};
pub use loaded::{EndpointSpecs, Loaded, PlatformSpecs, Specs};
pub use package::{CrateSpec, FoundRuntime, RuntimeSpec};
pub use package_version::PackageVersion;
pub use pages::{
    BodyWords, ColumnWords, EndpointWords, Finder, LabelWords, MarkWords, PagesSpec, PartWords, PlaceWords,
    SectionWords, TableWords, Words,
};
pub use paths::PathsSpec;
pub use platform::{
    API_NAME, DateSpec, FamilySpec, FeatureSpec, ParametersSpec, PlacesSpec, PlatformSpec, RequestSpec, RetrySpec,
    ValuesSpec,
};
pub use response::{EnvelopeSpec, HttpSpec, ResponseSpec, RootSpec, StatusSpec};
pub use schema::{json_schema, schema_names};
pub use write::{fixes_text, fmt};
