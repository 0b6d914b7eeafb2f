//! The examples in the docs of generated crates are calls that succeed: each is run against the mock server. So is the
//! test in the README of each crate, without a server.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use apograph::diagnostic::Diagnostics;
use apograph::mock::{Credentials, Entry, Gateway, Limits, Options, Outcome, Server};
use apograph::model::{Model, Platform};
use apograph::recipe::{Credential, CredentialKind};
use apograph::resolve;
use apograph::source::Sources;
use apograph::spec;
use apograph_tests::examples::{self, Example};
use apograph_tests::folder::{self, Texts};
use apograph_tests::rustc::{CRATES, Compiler};
use apograph_tests::{corpus, root};

/// What the program needs to run examples. It fails if a call has no answer, or one with coercions.
const PRELUDE: &str = r#"
use std::sync::atomic::{AtomicUsize, Ordering};
use crates::rt::{Answer, BlockingClient, Client, Error, HttpOptions, Platform, Proxy, RetryPolicy, UreqTransport};
static FAILED: AtomicUsize = AtomicUsize::new(0);
fn url(at: usize) -> String {
    std::env::args().nth(at + 1).expect("a URL")
}
trait Here<P: Platform> {
    fn here(self, url: &str) -> Result<BlockingClient<P>, Error>;
}
impl<P: Platform> Here<P> for Client<P> {
    fn here(self, url: &str) -> Result<BlockingClient<P>, Error> {
        let transport = UreqTransport::new(&HttpOptions::new().with_proxy(Proxy::None)).expect("a transport");
        Ok(BlockingClient::new(self.with_base_url(url).expect("a URL").with_retries(RetryPolicy::off()), transport))
    }
}
fn sent<T>(place: &str, answer: Result<Answer<T>, Error>) -> Result<Answer<T>, Error> {
    match &answer {
        Ok(answer) if answer.coercions.is_empty() => {}
        Ok(answer) => fail(place, &format!("{:?}", answer.coercions)),
        Err(error) => fail(place, &error.to_string()),
    }
    answer
}
fn fail(place: &str, problem: &str) {
    FAILED.fetch_add(1, Ordering::Relaxed);
    eprintln!("{place}: {problem}");
}
"#;

/// The sentence in the docs of an API whose call needs a session.
const NEEDS_SESSION: &str = "Needs a user's session";

/// A crate with the specs that it was generated from.
struct Subject {
    package: String,
    files: Texts,
    server: Server,
    platforms: Vec<Expected>,
}

/// A platform of the server.
struct Expected {
    module: String,
    /// Index of its URL among the arguments of the program, whose text is the same in every run.
    url: usize,
    /// Call of `Credentials::new` without the path.
    credentials: String,
    /// Call that adds the session.
    session: String,
}

type Log = Arc<Mutex<Vec<Entry>>>;

impl Subject {
    /// Adds the URLs of its platforms.
    fn new(specs: &Path, files: Texts, log: &Log, urls: &mut Vec<String>) -> Self {
        let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
        let specs = spec::load_dir(specs, &mut sources, &mut diagnostics);
        let model: Model = resolve::resolve(&specs, &mut diagnostics);
        assert!(!diagnostics.has_errors());
        let package = model.package.name.replace('-', "_");
        let credentials = model.platforms.iter().map(|platform| (platform.name.clone(), accepted(platform))).collect();
        let calls = |known: &Platform| (known.name.clone(), constructor(known), session(known));
        let platforms: Vec<_> = model.platforms.iter().map(calls).collect();
        let gateway = Gateway::new(&specs, model, Options { credentials, ..Options::default() });
        let log = Arc::clone(log);
        let record = move |entry: &Entry| log.lock().unwrap_or_else(PoisonError::into_inner).push(entry.clone());
        let server = Server::start("127.0.0.1:0", Arc::new(gateway), Limits::default(), record).expect("a server");
        let mut known: BTreeMap<String, String> = server.base_urls().into_iter().collect();
        let expected = platforms.into_iter().map(|(name, credentials, session)| {
            urls.extend(known.remove(&name));
            Expected { url: urls.len() - 1, module: name.replace('-', "_"), credentials, session }
        });
        let platforms = expected.collect();
        Self { package, files, server, platforms }
    }

    /// The platform that an example calls.
    fn platform(&self, code: &str) -> &Expected {
        let package = &self.package;
        let is_called = |module: &str| {
            code.contains(&format!("BlockingClient<{package}::{module}::"))
                || code.contains(&format!("use {package}::{module}::{{Credentials, "))
        };
        let mut called = self.platforms.iter().filter(|platform| is_called(&platform.module));
        called.next().unwrap_or_else(|| panic!("no platform in {code}"))
    }

    /// Returns a module with an example, and the statement that runs it.
    fn part(&self, name: &str, example: &Example) -> (String, String) {
        let Self { package, files, .. } = self;
        let Example { place, code, .. } = example;
        let Expected { module, url, credentials, session } = self.platform(code);
        let label = format!("{} ({package}/{place})", api(&files[place.split(':').next().unwrap_or_default()]));
        let code = code.replace("client.send(&call)", &format!("crate::sent({label:?}, client.send(&call))"));
        let code = code.replace(".into_blocking()?", &format!(".here(&crate::url({url}))?"));
        let code = code.replacen("\nfn main()", "\npub fn main()", 1).replacen("fn example(", "pub fn example(", 1);
        let text = format!("mod {name} {{ use {CRATES}::{package}; use crate::Here; {code} }}\n");
        let call = if example.is_of_an_api() {
            let session = if has_session(files, place) { session } else { "" };
            let credentials = format!("{CRATES}::{package}::{module}::{credentials}{session}");
            format!("let _ = {name}::example(&Client::new({credentials}).here(&crate::url({url})).unwrap());\n")
        } else {
            format!("let _ = {name}::main();\n")
        };
        (text, call)
    }
}

/// The values that the first call of a package shows.
fn accepted(platform: &Platform) -> Credentials {
    Credentials::new(platform.scheme.credentials.iter().map(|known| Some(shown(known).into())).collect())
}

fn constructor(platform: &Platform) -> String {
    let required = platform.scheme.credentials.iter().filter(|known| !known.optional);
    let texts: Vec<String> = required.map(|known| format!("{:?}", shown(known))).collect();
    let unwrap = if texts.is_empty() { "" } else { ".unwrap()" };
    format!("Credentials::new({}){unwrap}", texts.join(", "))
}

fn session(platform: &Platform) -> String {
    let token = platform.scheme.credentials.iter().find(|known| known.optional && known.kind == CredentialKind::Token);
    token.map_or_else(String::new, |known| format!(".with_{}({:?})", known.name, shown(known)))
}

fn shown(credential: &Credential) -> String {
    match credential.kind {
        CredentialKind::PrivateKey => {
            let key = std::fs::read_to_string(root().join("generator/src/mock/key.txt"));
            key.expect("the mock server's key").trim_end().to_owned()
        }
        _ => format!("your {}", credential.name.replace('_', " ")),
    }
}

/// The API of a file, or `first call`.
fn api(text: &str) -> &str {
    let line = text.lines().find_map(|line| line.strip_prefix("//! `"));
    line.and_then(|line| line.split('`').next()).filter(|api| !api.is_empty()).unwrap_or("first call")
}

/// The name of a package, as code calls it.
pub(super) fn package(files: &Texts) -> String {
    let manifest = files.get("Cargo.toml").expect("a manifest");
    let name = manifest.lines().find_map(|line| line.strip_prefix("name = \"")).expect("a name");
    name.trim_end_matches('"').replace('-', "_")
}

/// Whether the docs of the request above an example demand a session.
fn has_session(files: &Texts, place: &str) -> bool {
    let (path, line) = place.split_once(':').expect("a place");
    let line: usize = line.parse().expect("a line");
    let above = files[path].lines().take(line).collect::<Vec<_>>();
    above.iter().rev().take_while(|line| line.starts_with("///")).any(|line| line.contains(NEEDS_SESSION))
}

/// The crates are built once, with the feature that READMEs name for tests, and one program runs everything.
#[test]
fn every_example_succeeds_and_the_test_in_every_readme_passes() {
    let folders = corpus::cases("golden").into_iter().map(|case| case.folder.join("expected"));
    let crates = folders.chain([root().join("generated")]).map(|folder| folder::read(&folder));
    let crates: BTreeMap<String, Texts> = crates.map(|files| (package(&files), for_tests(files))).collect();
    let compiler = Compiler::default();
    compiler.build(&crates);
    let (modules, calls) = tests_of_readmes(&crates);
    every_example_succeeds_against_the_mock_server(&compiler, modules, calls);
}

/// Builds a program of the examples, and of the modules and calls that are given, and runs it.
fn every_example_succeeds_against_the_mock_server(compiler: &Compiler, mut modules: String, mut calls: String) {
    let log = Log::default();
    let mut urls = Vec::new();
    let own = folder::read(&root().join("generated"));
    let mut subjects = vec![Subject::new(&root().join("specs"), own, &log, &mut urls)];
    let golden = corpus::cases("golden").into_iter();
    subjects.extend(golden.map(|case| {
        let files = folder::read(&case.folder.join("expected"));
        Subject::new(&case.folder.join("specs"), files, &log, &mut urls)
    }));
    let mut count = 0;
    for subject in &subjects {
        for example in examples::of_crate(&subject.files) {
            let (module, call) = subject.part(&format!("example_{count}"), &example);
            modules.push_str(&module);
            calls.push_str(&call);
            count += 1;
        }
    }
    let program = format!(
        "{PRELUDE}{modules}fn main() {{\n{calls}std::process::exit(i32::from(FAILED.load(Ordering::Relaxed) > 0))\n}}"
    );
    let _ = compiler.run_with(&program, &urls);
    subjects.into_iter().for_each(|subject| subject.server.stop());

    let log = log.lock().unwrap_or_else(PoisonError::into_inner);
    let failed: Vec<&Entry> = log.iter().filter(|entry| entry.outcome != Outcome::Success).collect();
    assert!(failed.is_empty(), "{failed:?}");
    assert_eq!(log.len(), count);
    assert!(count > 15, "only {count} examples");
}

/// The Rust blocks of a README, which are whole programs.
fn blocks(readme: &str) -> Vec<String> {
    let blocks = readme.split("\n```rust\n").skip(1);
    blocks.filter_map(|block| Some(block.split_once("\n```")?.0.to_owned())).collect()
}

/// The same crate, with the feature that its README names for tests, and with every family.
pub(super) fn for_tests(mut files: Texts) -> Texts {
    let manifest = files.get_mut("Cargo.toml").expect("a manifest");
    let default = manifest.lines().find(|line| line.starts_with("default = [")).expect("the default features");
    let is_family = |line: &&str| line.ends_with(" = []") || line.ends_with(" = [\"apograph-runtime/rsa\"]");
    let families = manifest.lines().filter(is_family).filter_map(|line| line.split(' ').next());
    let features = families.map(|family| format!("{family:?}")).filter(|family| !default.contains(family));
    let features: String = features.chain(["\"testing\"".to_owned()]).map(|feature| feature + ", ").collect();
    *manifest = manifest.replacen("\ndefault = [", &format!("\ndefault = [{features}"), 1);
    files
}

/// Returns a module with each test in a README, and the calls that run them.
fn tests_of_readmes(crates: &BTreeMap<String, Texts>) -> (String, String) {
    let (mut modules, mut calls) = (String::new(), String::new());
    for (package, files) in crates {
        for (index, block) in blocks(&files["README.md"]).into_iter().enumerate() {
            let block = block.replacen("\nfn main()", "\npub fn main()", 1);
            modules.push_str(&format!("mod {package}_{index} {{ use {CRATES}::{package};\n{block} }}\n"));
            calls.push_str(&format!("eprintln!(\"{package}\"); {package}_{index}::main().expect(\"an answer\");\n"));
        }
    }
    assert!(calls.lines().count() >= 5, "{calls}");
    (modules, calls)
}
