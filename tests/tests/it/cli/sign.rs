//! `apograph sign`: known signatures, and what it reports about requests and arguments.

use std::fs;
use std::path::PathBuf;

use apograph::commands::Outcome;
use apograph_tests::command::{Run, apograph};
use apograph_tests::{folder, root, specs};

const CUSTOMER: &str = "alibaba.alsc.crm.open.customer.save";
const CALLS: &str = "alibaba.lvms.lvr.importcallcustomer";

/// A folder with a request, credentials and specs.
struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    fn new(request: &str, env: &str) -> Self {
        let case = Self { folder: tempfile::tempdir().expect("a folder") };
        fs::write(case.path("body.json"), request).expect("a request");
        fs::write(case.path(".env"), env).expect("credentials");
        folder::write(&case.path("specs"), &specs::of(&["nio", "top"]));
        case
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Signs a request of one of the two platforms.
    fn sign(&self, api: &str, more: &[&str]) -> Run {
        let specs = self.path("specs");
        self.signed_at(api, &[&["--specs", specs.to_str().expect("a path in Unicode")], more].concat())
    }

    fn signed_at(&self, api: &str, more: &[&str]) -> Run {
        let [body, env] = [self.path("body.json"), self.path(".env")].map(PathBuf::into_os_string);
        let own = ["sign".into(), "--api".into(), api.into()];
        let files = ["--request".into(), body, "--credentials".into(), env];
        apograph(own.into_iter().chain(files).chain(more.iter().map(Into::into)))
    }

    /// What is written to standard error, with the name of the request's folder left out.
    fn errors(&self, run: &Run) -> String {
        run.err.replace(&format!("{}/", self.folder.path().display()), "")
    }
}

/// The key and secret of the vectors.
const TOP: &str = "APOGRAPH_TOP_APP_KEY=12345678\nAPOGRAPH_TOP_APP_SECRET='helloworld'\n";
const WITH_SESSION: &str =
    "APOGRAPH_TOP_APP_KEY=12345678\nAPOGRAPH_TOP_APP_SECRET=helloworld\nAPOGRAPH_TOP_SESSION=test # a session\n";

/// Signs at the time of the vectors by each method.
fn signed(case: &Case, api: &str, more: &[&str], expected: [&str; 3]) {
    for (method, signature) in ["md5", "hmac", "hmac-sha256"].into_iter().zip(expected) {
        let time = ["--timestamp", "2026-01-02 03:04:05", "--sign-method", method];
        let run = case.sign(api, &[more, &time].concat());
        assert!(run.success && run.out.contains(signature), "{method}: {}{}", run.out, run.err);
        assert!(!run.out.contains("helloworld"), "{}", run.out);
    }
}

const PAY: &str = r#"{"param_customer_save_open_req": {"remark": "备注", "name": "刘德华"}}"#;

// The fixed set has no `simplify`: an empty parameter is not signed.
#[test]
fn the_fixed_set_has_the_known_signatures() {
    let case = Case::new(PAY, TOP);
    let expected = [
        "C2B3C86D5DEA8F6F63B50B7EDCAAB6AC",
        "4927464F2FC9487999A1E295B2C02894",
        "D66F37557ADCB1E4C531D17761EE181161C77F6405EBF72B66A66F6526112140",
    ];
    signed(&case, CUSTOMER, &["--no-checks", "--param", "simplify="], expected);
}

#[test]
fn a_session_is_signed() {
    let case = Case::new(PAY, WITH_SESSION);
    let expected = [
        "BFD662E6C1CE5F4974AF9C397D61B4BE",
        "7B09F77D6479446F975E8FB39985F882",
        "459337AA16EAC4E8FC39AA9C375318E2AEFF614E2C8699101133A0641CAF37AF",
    ];
    signed(&case, CUSTOMER, &["--no-checks", "--send-session"], expected);
}

#[test]
fn undocumented_parameters_are_signed() {
    let case = Case::new(PAY, TOP);
    let params = ["simplify=", "emoji=👍é＋ +%&=@/?", "Upper=U", "a_b=1", "ab=2", "at=@file"];
    let params: Vec<&str> = params.into_iter().flat_map(|param| ["--param", param]).collect();
    let expected = [
        "76E98BFAE76682DE4D14F2733E29E978",
        "107BA61B8AE59FB3B86D51B2C045A7CB",
        "E73F99418FE84ABE177D45DC8F9776FA0AE4DD5CD15BBB71EDA60555BD0B1377",
    ];
    signed(&case, CUSTOMER, &[&["--no-checks"][..], &params].concat(), expected);
}

/// The text is one that another client wrote, with escaped slashes.
#[test]
fn a_parameter_replaces_a_field() {
    let case = Case::new(r#"{"rpc_context": "{}"}"#, WITH_SESSION);
    let text = r#"ivr_import_customer_d_t_o={"customer_d_t_o_list":[{"name":"张三\/\"x\"","properties":"","serial_number":"xxxxx"}],"robot_call_job_id":3}"#;
    let expected = [
        "C090D0C0860373B535CC35BE5C646302",
        "03952D606EC3048BBD7C192EC292CBE9",
        "4479AEEDA13004BA3C4DAC8DDD1B68274AEDC589ABB02FB4E6F671989F09E01B",
    ];
    signed(&case, CALLS, &["--send-session", "--param", text], expected);
}

#[test]
fn the_published_headers_are_made() {
    let case = Case::new("{}", "APOGRAPH_NIO_API_KEY=bDqJFiq9\nAPOGRAPH_NIO_API_SECRET=7bz1lzh9\n");
    for time in ["1630468800", "2021-09-01T12:00:00+08:00"] {
        let run = case.sign("aivoice.importCustomer", &["--no-checks", "--timestamp", time]);
        assert!(run.success && run.out.contains("05d7a50893e22a5c4bb3216ae3396c7c"), "{}{}", run.out, run.err);
        assert!(run.out.contains("bDqJFiq9") && !run.out.contains("7bz1lzh9"), "{}", run.out);
    }
}

#[test]
fn everything_wrong_with_a_request_is_reported_at_once_with_its_place() {
    let request = r#"{
  "param_customer_save_open_req": {
    "nam": "hunter2",
    "gender": 77, "gender": 1,
    "birthday": {"hunter2": 1},
    "channel": true
  },
  "unknown": null
}"#;
    let case = Case::new(request, TOP);
    let run = case.sign(CUSTOMER, &[]);
    assert_eq!(run.outcome, Outcome::Findings);
    let expected = "\
error: body.json:2:3: `param_customer_save_open_req.brand_id` is missing
error: body.json:2:3: `param_customer_save_open_req.operator_id` is missing
error: body.json:2:3: `param_customer_save_open_req.request_id` is missing
error: body.json:2:3: `param_customer_save_open_req.shop_id` is missing
error: body.json:3:5: `param_customer_save_open_req.nam` is not a field of the request: did you mean `name`?
warning: body.json:4:15: `param_customer_save_open_req.gender` has a value that its page does not list
error: body.json:4:19: `param_customer_save_open_req.gender` occurs twice
error: body.json:5:17: `param_customer_save_open_req.birthday`: expected a date as text, found an object
error: body.json:6:16: `param_customer_save_open_req.channel`: expected a text, found a boolean
error: body.json:8:3: `unknown` is not a field of the request
9 errors in the request
";
    assert_eq!(case.errors(&run), expected);
    assert!(run.out.is_empty(), "{}", run.out);
}

#[test]
fn a_request_that_is_not_an_object_or_not_json_is_located() {
    for (request, expected) in [
        ("{\n  \"a\": hunter2}", "body.json:2:8: not valid JSON: expected value"),
        ("[1]", "body.json:1:1: expected an object, found a list"),
        ("", "body.json:1:1: not valid JSON: EOF while parsing a value"),
    ] {
        let case = Case::new(request, TOP);
        let run = case.sign(CUSTOMER, &[]);
        assert!(!run.success && case.errors(&run).contains(expected), "{}", run.err);
        assert!(!run.err.contains("hunter2"), "{}", run.err);
    }
}

#[test]
fn an_api_of_several_platforms_needs_the_platform() {
    let case = Case::new("{}", "APOGRAPH_OTHER_KEY=k\nAPOGRAPH_OTHER_SECRET=secret-text\n");
    let specs = case.path("both");
    let base = folder::read(&root().join("tests/diff/base"));
    let other = base.iter().filter_map(|(path, text)| {
        let below = path.strip_prefix("acme/")?;
        Some((format!("other/{below}"), text.clone()))
    });
    let both: folder::Texts = base.clone().into_iter().chain(other).collect();
    folder::write(&specs, &both);
    let sign = |more: &[&str]| {
        let specs = ["--specs", specs.to_str().expect("a path in Unicode")];
        case.signed_at("acme.depot.crate.send", &[&specs[..], more].concat())
    };
    let run = sign(&[]);
    assert_eq!(run.outcome, Outcome::Failed);
    let expected =
        "several platforms have the API `acme.depot.crate.send`: `acme`, `other`\nhelp: name one with `--platform`\n";
    assert!(run.err.ends_with(expected), "{}", run.err);
    let run = sign(&["--platform", "other", "--no-checks", "--nonce", "7-7"]);
    assert!(run.success && run.out.contains("nonce7-7"), "{}{}", run.out, run.err);
}

#[test]
fn an_api_that_the_vendor_has_removed_is_a_finding() {
    let case = Case::new("{}", "APOGRAPH_ACME_KEY=k\nAPOGRAPH_ACME_SECRET=secret-text\n");
    let lock = root().join("tests/lock/removed");
    let [specs, lock] = [lock.join("after"), lock.join("expected.lock")];
    let paths = ["--specs", specs.to_str().expect("Unicode"), "--lock", lock.to_str().expect("Unicode")];
    let run = case.signed_at("acme.depot.crate.cancel", &paths);
    assert_eq!((run.outcome, run.out.as_str()), (Outcome::Findings, ""), "{}", run.err);
    assert!(run.err.contains("removed"), "{}", run.err);
}

#[test]
fn wrong_arguments_are_reported_with_help() {
    let case = Case::new(PAY, TOP);
    for (api, more, expected) in [
        ("alibaba.alsc.crm.open.customer.sav", &[][..], "did you mean `alibaba.alsc.crm.open.customer.save`?"),
        (CUSTOMER, &["--platform", "tob"], "unknown platform `tob`\nhelp: did you mean `top`?"),
        (CUSTOMER, &["--environment", "sandbx"], "unknown environment `sandbx`\nhelp: did you mean `sandbox`?"),
        (
            CUSTOMER,
            &["--base-url", "http://example.com"],
            "error: `--base-url`: requests to an http URL are not encrypted",
        ),
        (
            CUSTOMER,
            &["--base-url", "example"],
            "help: expected `https://host[:port][/path]`, or `http` on this machine",
        ),
        (
            CUSTOMER,
            &["--param", "session=hunter2"],
            "`--param` cannot set `session`, which the signature sets\nhelp: `--send-session` sends",
        ),
        (CUSTOMER, &["--param", "app_key=hunter2"], "help: set the variable `APOGRAPH_TOP_APP_KEY`"),
        (CUSTOMER, &["--param", "timestamp=hunter2"], "help: `--timestamp` sets the time"),
        (CUSTOMER, &["--param", "sign_method=hunter2"], "help: `--sign-method` chooses"),
        (CUSTOMER, &["--param", "sign=hunter2"], "`--param` cannot set `sign`"),
        (CUSTOMER, &["--sign-method", "hmac-sha512"], "did you mean `hmac-sha256`?"),
        (CUSTOMER, &["--timestamp", "yesterday"], "or a time in the format `%Y-%m-%d %H:%M:%S`"),
        (CUSTOMER, &["--nonce", "1"], "the signature has no nonce"),
        (CUSTOMER, &["--send-session"], "help: set the variable `APOGRAPH_TOP_SESSION`"),
    ] {
        let run = case.sign(api, more);
        assert_eq!(run.outcome, Outcome::Failed, "{more:?}: {}", run.err);
        assert!(run.err.contains(expected) && !run.err.contains("hunter2"), "{more:?}: {}", run.err);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn requests_and_credentials_are_read_from_pipes() {
    use std::io::Write as _;
    use std::os::fd::AsRawFd as _;

    let pipe = |text: &str| {
        let (reader, mut writer) = std::io::pipe().expect("a pipe");
        writer.write_all(text.as_bytes()).expect("a text shorter than the pipe");
        reader
    };
    let (request, env) = (pipe(PAY), pipe(TOP));
    let path = |reader: &std::io::PipeReader| format!("/dev/fd/{}", reader.as_raw_fd());
    let specs = root().join("specs");
    let run = apograph(
        [
            "sign",
            "--api",
            CUSTOMER,
            "--no-checks",
            "--request",
            &path(&request),
            "--credentials",
            &path(&env),
            "--specs",
        ]
        .into_iter()
        .map(std::ffi::OsString::from)
        .chain([specs.into_os_string()]),
    );
    assert!(run.success && run.out.contains("刘德华"), "{}{}", run.out, run.err);
}

#[test]
fn credentials_come_from_variables_that_errors_name() {
    let case = Case::new(PAY, "APOGRAPH_TOP_APP_SECRET=' hunter2'\n");
    let run = case.sign(CUSTOMER, &[]);
    assert_eq!(run.outcome, Outcome::Failed);
    let expected = "\
error: the credential `app_key` of the platform `top` is missing: `APOGRAPH_TOP_APP_KEY` is not set
error: `APOGRAPH_TOP_APP_SECRET` starts or ends with white space or a control character
help: set it in the environment, or in a file that `--credentials` names, as a line `NAME=value`
";
    assert_eq!(case.errors(&run), expected);

    let case = Case::new(PAY, "APOGRAPH_TOP_APP_KEY hunter2\nAPOGRAPH_TOP_APP_SECRET='hunter2\n");
    let run = case.sign(CUSTOMER, &[]);
    assert_eq!(case.errors(&run), "error: .env:1: expected NAME=value\nerror: .env:2: the closing `'` is missing\n");
}

#[test]
fn a_text_of_another_client_is_compared() {
    let case = Case::new(PAY, WITH_SESSION);
    let fixed = ["--no-checks", "--send-session", "--timestamp", "2026-01-02 03:04:05", "--sign-method", "md5"];
    let sign = |against: &str| case.sign(CUSTOMER, &[&fixed[..], &["--against", against]].concat());
    let text = format!(
        "helloworldapp_key12345678formatjsonmethod{CUSTOMER}param_customer_save_open_req{{\"name\":\"刘德华\",\"remark\":\"备注\"}}\
         sessiontestsign_methodmd5simplifytruetimestamp2026-01-02 03:04:05v2.0helloworld"
    );
    fs::write(case.path("other.txt"), format!("{text}\r\n")).expect("a text");
    let file = format!("@{}", case.path("other.txt").display());
    for same in [text.as_str(), &file, "BFD662E6C1CE5F4974AF9C397D61B4BE"] {
        let run = sign(same);
        assert!(run.success && run.out.contains("are the same"), "{}{}", run.out, run.err);
        assert!(!run.out.contains("helloworld") && run.out.contains("<app_secret>"), "{}", run.out);
    }
    // Only one line end is ignored.
    fs::write(case.path("other.txt"), format!("{text}\n\n")).expect("a text");
    assert!(sign(&file).out.contains("only differ in white space"));
    let run = sign(&text.replace("sessiontest", ""));
    assert_eq!(run.outcome, Outcome::Findings);
    assert!(run.out.contains("against the other text:\n") && run.out.contains("session"), "{}", run.out);
}

#[test]
fn a_session_that_only_the_other_text_signs_is_named() {
    let case = Case::new(PAY, TOP);
    let fixed = ["--no-checks", "--timestamp", "2026-01-02 03:04:05", "--sign-method", "hmac"];
    let text = format!(
        "app_key12345678formatjsonmethod{CUSTOMER}param_customer_save_open_req{{\"name\":\"刘德华\",\"remark\":\"备注\"}}\
         sessionhunter2sign_methodhmacsimplifytruetimestamp2026-01-02 03:04:05v2.0"
    );
    let run = case.sign(CUSTOMER, &[&fixed[..], &["--against", &text]].concat());
    assert!(
        run.out.contains("your text signs `session`, and this request does not send it\nhelp: `--send-session`"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("hunter2"), "{}", run.out);
}
