//! `transcribe --assign-families`: new families are declared in the platform file, whatever else a run reads.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use apograph::commands::Outcome;
use apograph_tests::command::{Run, apograph};
use apograph_tests::folder::{self, Texts};
use apograph_tests::root;
use tempfile::TempDir;

const PAGE: &str = include_str!("../../../pages/top-text.txt");

/// APIs of the vendor's own root and of others, which have the same segments.
const APIS: [&str; 8] = [
    "taobao.depot.crate.send",
    "acme.depot.crate.send",
    "taobao.depot.find",
    "zeta.depot.find",
    "zeta.fleet.van.find",
    "taobao.fleet.van.find",
    "acme.depot.lot.find",
    "taobao.null.find",
];

/// The page of an API, by which it can also be told from that of another one.
fn page(api: &str) -> String {
    let class: String = api.split('.').map(|step| format!("{}{}", step[..1].to_uppercase(), &step[1..])).collect();
    let page =
        PAGE.replace("acme.depot.crate.send", api).replace("AcmeDepotCrateSend", class.trim_start_matches("Taobao"));
    page.replace("acme_depot_crate_send", api.trim_start_matches("taobao.").replace('.', "_").as_str())
}

/// A specs folder with a platform file.
struct Desk(TempDir);

impl Desk {
    fn new(platform: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("specs/top")).expect("a folder");
        fs::write(folder.path().join("specs/top/platform.yaml"), platform).expect("the platform");
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn transcribe(&self, apis: &[&str], more: &[&str]) -> Run {
        let pages = tempfile::tempdir().expect("a folder");
        for (number, api) in apis.iter().enumerate() {
            fs::write(pages.path().join(format!("{number}.txt")), page(api)).expect("a page");
        }
        let specs = self.path("specs");
        let arguments = ["transcribe".as_ref(), pages.path().as_os_str(), "--specs".as_ref(), specs.as_os_str()];
        apograph(arguments.map(ToOwned::to_owned).into_iter().chain(more.iter().map(Into::into)))
    }

    fn platform(&self) -> String {
        fs::read_to_string(self.path("specs/top/platform.yaml")).expect("the platform")
    }

    /// The transcripts, and the lines of the platform file in any order.
    fn specs(&self) -> (Texts, Vec<String>) {
        let mut files = folder::read(&self.path("specs"));
        let platform = files.remove("top/platform.yaml").expect("the platform");
        let mut lines: Vec<String> = platform.lines().map(str::to_owned).collect();
        lines.sort();
        (files, lines)
    }
}

fn top() -> String {
    fs::read_to_string(root().join("specs/top/platform.yaml")).expect("the platform")
}

#[test]
fn new_families_are_inserted_and_nothing_else_changes() {
    let desk = Desk::new(&top());
    for flag in ["--check", "--dry-run"] {
        let run = desk.transcribe(&APIS, &["--assign-families", flag]);
        assert_eq!(run.success, flag == "--dry-run", "{}", run.err);
        assert!(run.out.contains("+ families.zeta_fleet") && desk.platform() == top(), "{}", run.out);
    }
    let run = desk.transcribe(&APIS, &["--assign-families"]);
    assert!(
        run.success && run.out.contains("changed  ") && run.out.contains("+ families.depot"),
        "{}{}",
        run.out,
        run.err
    );
    let platform = desk.platform();
    let (old, new) = (top(), platform.clone());
    let known: BTreeSet<&str> = old.lines().collect();
    let inserted: Vec<&str> = new.lines().filter(|line| !known.contains(line)).collect();
    let expected = [
        "  acme_depot: {title: acme_depot, prefixes: [acme.depot]}",
        "  depot: {title: depot, prefixes: [taobao.depot]}",
        "  fleet: {title: fleet, prefixes: [taobao.fleet]}",
        "  'null': {title: 'null', prefixes: [taobao.null]}",
        "  zeta_depot: {title: zeta_depot, prefixes: [zeta.depot]}",
        "  zeta_fleet: {title: zeta_fleet, prefixes: [zeta.fleet]}",
    ];
    assert_eq!(inserted, expected);
    assert_eq!(platform.replace(&format!("{}\n", expected.join("\n")), ""), old);
    let run = desk.transcribe(&APIS, &["--assign-families", "--check"]);
    assert!(run.success && run.out.contains("8 unchanged") && desk.platform() == platform, "{}{}", run.out, run.err);
}

#[test]
fn a_catalogue_in_parts_gives_the_families_of_the_whole() {
    let whole = Desk::new(&top());
    assert!(whole.transcribe(&APIS, &["--assign-families"]).success);
    for (seed, options) in [(1, &["--assign-families"][..]), (5, &["--assign-families"]), (3, &[])] {
        let parts = Desk::new(&top());
        // Each seed is another split and order.
        let mut apis = APIS;
        apis.rotate_left(seed);
        apis.swap(0, seed);
        let (first, second) = apis.split_at(seed);
        assert!(parts.transcribe(second, options).success && parts.transcribe(first, options).success);
        if options.is_empty() {
            // What was placed before is declared where it is.
            assert!(parts.transcribe(&APIS, &["--assign-families"]).success);
        }
        assert_eq!(parts.specs(), whole.specs(), "{seed}");
    }
}

#[test]
fn an_api_stays_where_it_is() {
    let desk = Desk::new(&top());
    let api = "acme.depot.crate.send";
    assert!(desk.transcribe(&[api], &["--family", "depot"]).success);
    // The folder has the name that the vendor's own family would get.
    let run = desk.transcribe(&APIS, &["--assign-families"]);
    assert!(run.success && run.out.contains("7 new") && run.out.contains("1 unchanged"), "{}{}", run.out, run.err);
    assert!(
        desk.path("specs/top/depot/lot_find.yaml").exists() && desk.path("specs/top/taobao_depot/find.yaml").exists()
    );
    // A folder with APIs of several prefixes.
    let moved = desk.path("specs/top/fleet/zeta_van.yaml");
    fs::rename(desk.path("specs/top/zeta_fleet/van_find.yaml"), &moved).expect("a move");
    fs::write(desk.path("specs/top/platform.yaml"), top()).expect("the platform");
    let run = desk.transcribe(&["zeta.fleet.van.find"], &["--check"]);
    assert!(run.success && run.out.contains("1 unchanged"), "{}{}", run.out, run.err);
}

#[test]
fn a_platform_file_that_cannot_be_extended_is_left_alone() {
    // As one JSON object without families.
    let mut spec: serde_json::Value = serde_yaml::from_str(&top()).expect("a platform");
    spec.as_object_mut().expect("an object").remove("families");
    let text = spec.to_string();
    let desk = Desk::new(&text);
    let run = desk.transcribe(&APIS[..1], &["--assign-families"]);
    assert_eq!(run.outcome, Outcome::Findings, "{}{}", run.out, run.err);
    assert!(
        run.err.contains("error[E1015]") && run.err.contains("  depot: {title: depot, prefixes: [taobao.depot]}"),
        "{}",
        run.err
    );
    assert!(desk.platform() == text && desk.path("specs/top/depot/crate_send.yaml").exists());
}
