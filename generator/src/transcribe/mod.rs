//! Transcribes vendor pages into specs.
//!
//! A page is decoded and cut into blocks (`page`), which headings and headers tell apart with the words of a dialect (`dialect`,
//! `frame`). Rows are put into one another with the samples (`sample`) as evidence (`nest`), and become a draft with a doubt about
//! every fact that the page does not settle. Layouts that lose what tables show have readers of their own (`sites`). Input that
//! cannot be read is refused.

mod dialect;
mod draft;
mod family;
mod field;
mod frame;
mod nest;
mod page;
mod path;
mod refuse;
mod row;
mod rules;
mod sample;
mod sampled;
mod sites;
mod tidy;
mod types;

use std::borrow::Cow;
use std::sync::Arc;

pub use family::{Families, Home, HomeError, Prefix};
pub use page::LARGEST_PAGE;
pub use refuse::Refusal;
pub use sites::{has_layouts, platform_of};

use crate::diagnostic::{Code, quoted};
use crate::spec::{EndpointSpec, PagesSpec, PlatformSpec};

/// Facts that the page itself does not contain.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The API's name. `None` if the page contains it.
    pub api: Option<String>,
    /// Address of the page.
    pub source_url: Option<String>,
    /// What is known about the platform, if it is named. `None` if the page's layout must show it.
    pub platform: Option<PlatformWords>,
}

/// What a platform's folder contains about its pages.
#[derive(Clone, Debug)]
pub struct PlatformWords {
    /// The words of `pages.yaml` and the built-in ones. They are folded once, and read by every page.
    dialect: Arc<dialect::Dialect>,
    /// Whether there is a `pages.yaml`.
    has_pages: bool,
    /// The site whose layouts the platform's pages have.
    site: Option<&'static str>,
    /// Whether the platform's calls can have a session.
    pub has_session: bool,
    /// Whether the platform's answers are within an object of their own, which pages do not describe.
    pub has_root: bool,
    /// Names of parameters that the platform sets on every call.
    pub reserved: Vec<String>,
    /// How requests of the platform are made.
    rules: rules::Rules,
}

impl Default for PlatformWords {
    fn default() -> Self {
        Self::of_pages(None)
    }
}

impl PlatformWords {
    /// What `pages.yaml` contains. Without it, the built-in words are used.
    pub fn of_pages(pages: Option<&PagesSpec>) -> Self {
        let dialect = Arc::new(dialect::Dialect::new(pages));
        Self {
            dialect,
            has_pages: pages.is_some(),
            site: None,
            has_session: false,
            has_root: false,
            reserved: Vec::new(),
            rules: rules::Rules::default(),
        }
    }

    /// The words of the platform with this name. Pages of some have layouts of their own.
    #[must_use]
    pub fn of(self, platform: &str) -> Self {
        Self { site: sites::named(platform), ..self }
    }

    /// The words with what `platform.yaml` contains about pages.
    #[must_use]
    pub fn on(self, platform: &PlatformSpec) -> Self {
        let mut reserved: Vec<String> = Vec::new();
        let parameters = &platform.request.parameters;
        reserved.extend(parameters.query.names().chain(parameters.form.names()).map(str::to_owned));
        let mut tokens = 0;
        for (_, scheme) in &platform.signing {
            tokens += scheme.credentials.iter().filter(|(_, kind)| *kind == "token").count();
            for (_, fields) in (&scheme.put).into_iter().chain(&scheme.place) {
                reserved.extend(fields.names().map(str::to_owned));
            }
        }
        let has_root = platform.response.envelope.root.is_some();
        Self { has_session: tokens == 1, has_root, reserved, rules: rules::Rules::new(platform), ..self }
    }
}

/// Transcribes a page.
pub fn transcribe(bytes: &[u8], options: &Options) -> Result<EndpointSpec, Refusal> {
    let text = page::text(bytes)?;
    let page = page::Page::new(bytes, &text);
    let draft = match &options.platform {
        Some(platform) if platform.has_pages => frame::read(&page, options, platform)?,
        Some(platform) => any(&page, options, platform)?,
        None => sites::reader(&page).and_then(|(_, reader)| (reader.read)(&page, options)).map_err(named)?,
    };
    let mut spec = draft.spec;
    if !crate::spec::is_api_name(&spec.api) {
        let message = format!("{} is not a valid API name: letters, digits, `.`, `-` and `_`", quoted(&spec.api));
        return Err(Refusal::of_page(Code::BadApiName, message).help("give the name with --api"));
    }
    spec.source.page.clone_from(&options.source_url);
    match crate::spec::exceeded(&spec) {
        Some(limit) => Err(Refusal::of_page(Code::PageTooLarge, format!("the page has more than {limit}"))),
        None => Ok(spec),
    }
}

/// Tells what to do about a page of a platform that its layout does not show.
fn named(mut refusal: Refusal) -> Refusal {
    if refusal.code == Code::UnknownPage {
        let help = refusal.help.take().map(|help| format!("{help}; ")).unwrap_or_default();
        refusal.help = Some(format!("{help}{}", sites::NAME_IT));
    }
    refusal
}

/// Reads a page of a platform without words of its own. A layout that shows its platform has a reader of its own, which knows
/// better what such pages lose. Any other page, also one in a form that only another site has, is read as one of any platform.
fn any(page: &page::Page<'_>, options: &Options, platform: &PlatformWords) -> Result<draft::Draft, Refusal> {
    let reader = sites::reader(page);
    let is_certain = reader.as_ref().is_ok_and(|(site, reader)| reader.is_certain || platform.site == Some(*site));
    let read = || reader.and_then(|(_, reader)| (reader.read)(page, options));
    if is_certain {
        return read();
    }
    frame::read(page, options, platform).or_else(|refusal| read().map_err(|_| refusal))
}

/// Returns the text of a page as refusals point into it. Bytes that cannot be decoded are replaced.
pub fn shown(bytes: &[u8]) -> String {
    page::text(bytes).map_or_else(|_| String::from_utf8_lossy(bytes).into_owned(), Cow::into_owned)
}

/// Returns the SHA-256 of a page, as transcripts record it.
pub fn digest(bytes: &[u8]) -> String {
    apograph_runtime::sign::hex(&apograph_runtime::sign::sha256(bytes))
}
