//! Public SDKs call the mock server, and public programs check our signatures.
//!
//! `APOGRAPH_PEERS=1` installs the SDKs from npm and PyPI into `target/peers`, and needs `node`, `npm`, `python3` and
//! `openssl`. Otherwise nothing is tested here. The scripts are in `tests/peers`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use apograph::mock::{Options, Outcome};
use apograph_apis::top::SignMethod;
use apograph_apis::top::alsc::crm_open_customer_save::{CrmOpenCustomerSave, CustomerSaveOpenReq};
use apograph_runtime::sign::{Location, Parts};
use apograph_tests::form::pairs;
use apograph_tests::mock::{KEY, Mock, SECRET};
use apograph_tests::root;

use super::top;

const API: &str = "alibaba.alsc.crm.open.customer.save";

/// Chinese, emoji, and every character that is easily encoded twice or not at all.
const NAME: &str = "刘德华👍 + %&=@/?";

const NODE: [&str; 2] = ["ali-topsdk@2.0.5", "topsdk@1.0.13"];

const PYTHON: [&str; 2] = ["taobaopy==6.0.1", "py-taobao-open==1.0.3"];

/// The folder with the installed SDKs. `None` unless the environment asks for these tests.
fn peers() -> Option<PathBuf> {
    if std::env::var_os("APOGRAPH_PEERS").is_none() {
        let _ = writeln!(std::io::stderr(), "NOT TESTED: foreign clients: set APOGRAPH_PEERS=1");
        return None;
    }
    static INSTALLED: std::sync::OnceLock<PathBuf> = std::sync::OnceLock::new();
    Some(INSTALLED.get_or_init(install).clone())
}

fn install() -> PathBuf {
    let folder = root().join("target/peers");
    std::fs::create_dir_all(&folder).expect("a folder");
    let npm = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save"];
    run(Command::new("npm").args(npm).args(NODE).current_dir(&folder));
    run(Command::new("python3").args(["-m", "venv", "python"]).current_dir(&folder));
    run(Command::new("python/bin/pip").args(["install", "--quiet"]).args(PYTHON).current_dir(&folder));
    folder
}

/// Runs a program to its end and returns its standard output. Its clock is in the platform's zone, which SDKs expect.
fn run(command: &mut Command) -> String {
    let output = command.env("TZ", "Asia/Shanghai").stderr(Stdio::inherit()).output().expect("the program");
    assert!(output.status.success(), "{command:?}");
    String::from_utf8(output.stdout).expect("text")
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(name)
}

fn node(folder: &Path, name: &str, arguments: &[&str]) -> String {
    let modules = folder.join("node_modules");
    run(Command::new("node").arg(script(name)).args(arguments).env("NODE_PATH", modules))
}

fn request() -> String {
    format!(r#"{{"brand_id":"1","channel":"2","name":"{NAME}","operator_id":"3","request_id":"r","shop_id":"5"}}"#)
}

#[test]
fn sdks_are_accepted_and_refused_with_a_wrong_secret() {
    let Some(folder) = peers() else { return };
    for (secret, outcome) in [(SECRET, "success"), ("wrong", "error 25")] {
        let mock = Mock::start(Options::default());
        let (url, port) = (mock.url("top"), mock.server().address().port().to_string());
        let said = node(&folder, "calls.js", &[&url, KEY, secret, API, &request()]);
        let expected = format!("ali-topsdk: {outcome}\ntopsdk: {outcome}\ntopsdk with an object: error 25\n");
        assert_eq!(said, expected);
        let python = folder.join("python/bin/python");
        let said = run(Command::new(python).arg(script("calls.py")).args([&port, KEY, secret, API, &request()]));
        assert_eq!(said, format!("taobaopy: {outcome}\npy-taobao-open: {outcome}\n"));
        let last = mock.entries().into_iter().nth(2).expect("the object");
        let Outcome::Refused { reasons, .. } = last.outcome else { panic!("{last}") };
        assert!(secret != SECRET || reasons[0].contains("was signed as `[object Object]`"), "{reasons:?}");
    }
}

/// All parameters of a call that our client signed.
fn signed(method: SignMethod) -> Parts {
    let mock = Mock::start(Options::default());
    let customer = CustomerSaveOpenReq::new().brand_id("1").channel("2").name(NAME).operator_id("3");
    let call = CrmOpenCustomerSave::new().param_customer_save_open_req(customer.request_id("r").shop_id("5"));
    let request = top(&mock).with_sign_method(method).request(&call).expect("a request");
    let mut parts = Parts::new("POST", &request.uri().to_string()).expect("a URL");
    let form = pairs(std::str::from_utf8(request.body()).expect("a form"));
    form.into_iter().for_each(|(name, value)| parts.push(Location::Query, name, value));
    parts
}

#[test]
fn the_official_verifier_accepts_our_md5() {
    let Some(folder) = peers() else { return };
    let parts = signed(SignMethod::Md5);
    // It turns `+` into a space in the time only.
    let url = |parts: &Parts| format!("http://h/?{}", parts.query_text().replace('+', "%20"));
    assert_eq!(node(&folder, "verify.js", &[&url(&parts), SECRET]), "true\n");
    assert_eq!(node(&folder, "verify.js", &[&url(&parts), "wrong"]), "false\n");
    let mut changed = parts;
    changed.put_query("format", "xml");
    assert_eq!(node(&folder, "verify.js", &[&url(&changed), SECRET]), "false\n");
}

#[test]
fn openssl_confirms_our_hmac() {
    if peers().is_none() {
        return;
    }
    let parts = signed(SignMethod::HmacSha256);
    let mut signed: Vec<_> = parts.pairs(Location::Query).iter().filter(|(name, _)| name != "sign").collect();
    signed.sort();
    let text: String = signed.into_iter().flat_map(|(name, value)| [name.as_str(), value]).collect();
    let mut openssl = Command::new("openssl");
    openssl.args(["dgst", "-sha256", "-hmac", SECRET]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut openssl = openssl.spawn().expect("openssl");
    openssl.stdin.take().expect("its input").write_all(text.as_bytes()).expect("the text");
    let output = openssl.wait_with_output().expect("its output");
    let digest = String::from_utf8(output.stdout).expect("text");
    let digest = digest.trim().rsplit(' ').next().unwrap_or_default().to_uppercase();
    assert_eq!(Some(digest.as_str()), parts.get(Location::Query, "sign"));
}
