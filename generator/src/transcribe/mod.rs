//! Transcribes vendor pages into specs.
//!
//! A page is recognised (`layout`) and split into its parts (`top`, `nio`); its samples are parsed into trees (`sample`)
//! and read side by side with the tables (`align`). The result is a transcript with a doubt about every fact that the
//! page does not settle. Input in no known layout is rejected.

mod align;
mod dialect;
mod family;
mod frame;
mod layout;
mod nio;
mod page;
mod sample;
mod spec;
mod tidy;
mod top;
mod tree;

use std::borrow::Cow;
use std::ops::Range;

pub use family::{Families, Home, HomeError};
pub use page::LARGEST_PAGE;

use crate::diagnostic::{Code, quoted};
use crate::spec::{EndpointSpec, PagesSpec, PlatformSpec};
use crate::terms::Layout;

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
#[derive(Clone, Debug, Default)]
pub struct PlatformWords {
    /// `pages.yaml`. Without it, the built-in words are used.
    pub pages: Option<PagesSpec>,
    /// Whether the platform's calls can have a session.
    pub has_session: bool,
    /// Names of parameters that the platform sets on every call.
    pub reserved: Vec<String>,
}

impl PlatformWords {
    /// What a platform's files contain about its pages.
    pub fn new(platform: &PlatformSpec, pages: Option<PagesSpec>) -> Self {
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
        Self { pages, has_session: tokens == 1, reserved }
    }
}

/// Why a page was rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The diagnostic code.
    pub code: Code,
    /// The byte range of the page that shows the problem. `None` if it concerns the page as a whole.
    pub at: Option<Range<usize>>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Refusal {
    fn new(code: Code, at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at: Some(at), ..Self::of_page(code, message) }
    }

    /// A refusal of the page as a whole.
    pub(crate) fn of_page(code: Code, message: impl Into<String>) -> Self {
        Self { code, at: None, message: message.into(), help: None }
    }

    pub(crate) fn help(mut self, text: &str) -> Self {
        self.help = Some(text.to_owned());
        self
    }
}

/// Transcribes a page.
pub fn transcribe(bytes: &[u8], options: &Options) -> Result<EndpointSpec, Refusal> {
    let text = page::text(bytes)?;
    let page = page::Page::new(bytes, &text);
    let draft = match &options.platform {
        Some(platform) if platform.pages.is_some() => frame::read(&page, options, platform)?,
        Some(platform) => any(&page, options, platform)?,
        None => known(&page, options).map_err(named)?,
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
        refusal.help = Some(format!("{help}name the platform of other pages with `--platform`"));
    }
    refusal
}

/// Reads a page of a platform without words of its own. A layout that shows its platform has a reader of its own, which knows
/// better what such pages lose.
fn any(page: &page::Page<'_>, options: &Options, platform: &PlatformWords) -> Result<spec::Draft, Refusal> {
    match layout::recognise(page) {
        Ok(layout) if layout.is_certain(page) => known(page, options),
        _ => known(page, options).or_else(|_| frame::read(page, options, platform)),
    }
}

/// Reads a page in one of the layouts that show their platform.
fn known(page: &page::Page<'_>, options: &Options) -> Result<spec::Draft, Refusal> {
    match layout::recognise(page)? {
        layout::Kind::TopCopy => top::grid::read(page, options, &top::tabs::blocks(page), (Layout::TopText, false)),
        layout::Kind::TopHtml => top::html::read(page, options),
        layout::Kind::TopPipes => top::pipes::read(page, options),
        layout::Kind::TopText => top::text::read(page, options),
        layout::Kind::TopJson => top::json::read(page, options),
        layout::Kind::Nio => nio::read(page, options),
    }
}

/// Returns the text of a page as refusals point into it. Bytes that cannot be decoded are replaced.
pub fn shown(bytes: &[u8]) -> String {
    page::text(bytes).map_or_else(|_| String::from_utf8_lossy(bytes).into_owned(), Cow::into_owned)
}

/// Returns the SHA-256 of a page, as transcripts record it.
pub fn digest(bytes: &[u8]) -> String {
    apograph_runtime::sign::hex(&apograph_runtime::sign::sha256(bytes))
}
