//! Pages of iTNIO.

use apograph::terms::{About, HttpMethod, Note, Required};

use super::{doubts, end, field, is_doubted, read, spec, texts};

/// A page with these rows in its request table, this body in its call, and this below the call.
fn page(request: &str, body: &str, below: &str) -> String {
    format!(
        "Fill Bin\n\nPOST\n\nhttps://api.example.com/depot/binFill\n\nFills a bin.\nRequest Parameters\nParameters Description \
         Required Type\n{request}\nRequest Sample\nRequest URL:\n    https://api.example.com/depot/binFill\nRequest Method:\n    \
         POST\nRequest Headers:\n    Sign: 0123\nRequest Body:\n{body}\nResponse Parameters\nParameters Description Type\n{below}"
    )
}

const ANSWER: &str = "status Status code String\nreason Failure reason String\n";
const STATUSES: &str = "Response Status Codes\nstatus Description\n0 success\n-2 No such bin\n";

fn whole(request: &str, body: &str) -> String {
    page(request, body, &format!("{ANSWER}{STATUSES}Feedback\n"))
}

#[test]
fn a_page_that_ends_in_its_response_table_doubts_its_end() {
    let spec = spec(&page("label Label Yes String", "{\"label\": \"oak\"}", ANSWER));
    assert!(doubts(&spec).contains(&end(Note::LabelMissing)));
    assert!(is_doubted(&spec, "response.reason", About::Description));
    assert!(!spec.doubts.iter().any(|doubt| doubt.at.to_string() == "response.status"), "{:?}", spec.doubts);
}

#[test]
fn a_status_from_the_last_line_is_not_taken() {
    let statuses = |statuses: &str| spec(&page("label Label Yes String", "{}", &format!("{ANSWER}{statuses}")));
    let cut = statuses(STATUSES.trim_end());
    assert_eq!(cut.statuses.names().collect::<Vec<_>>(), ["0"]);
    assert!(is_doubted(&cut, "statuses.0", About::Status) && doubts(&cut).contains(&end(Note::LabelMissing)));
    let last = statuses(STATUSES);
    assert_eq!(last.statuses.len(), 2);
    assert!(is_doubted(&last, "statuses[\"-2\"]", About::Status) && !is_doubted(&last, "statuses.0", About::Status));
    let whole = statuses(&format!("{STATUSES}Feedback"));
    assert_eq!((whole.statuses.len(), doubts(&whole)), (2, Vec::new()));
}

#[test]
fn what_a_status_means_may_be_in_doubt() {
    let codes = "Response Status Codes\nstatus Description\n0 success\n7\n-2 No such bin\n5 of the depot\nFeedback\n";
    let spec = spec(&page("label Label Yes String", "{}", &format!("{ANSWER}{codes}")));
    let found: Vec<_> = doubts(&spec);
    let expected = [
        ("statuses[\"7\"]", Note::ColumnEmpty),
        ("statuses[\"-2\"]", Note::Ambiguous),
        ("statuses[\"5\"]", Note::Ambiguous),
    ];
    for (at, note) in expected {
        let at: apograph::source::SpecPath = at.parse().expect("a path");
        assert!(found.contains(&(at.to_string(), About::Status, note)), "{at}: {found:?}");
    }
    assert_eq!(found.len(), 3);
}

#[test]
fn the_word_before_the_type_is_the_mark_unless_it_is_a_default() {
    let row = |row: &str| {
        let spec = spec(&whole(row, "{}"));
        let (_, found) = spec.request.iter().next().expect("a field");
        (found.required, texts(found).1.to_owned(), doubts(&spec).len())
    };
    assert_eq!(row("size Size, 5 by default No Int"), (Required::No, "Size, 5 by default".into(), 0));
    assert_eq!(
        row("sort Order, \"asc\" sorts, true by default No Boolean"),
        (Required::No, "Order, \"asc\" sorts, true by default".into(), 0)
    );
    assert_eq!(row("size Size, the default Yes Long"), (Required::Yes, "Size, the default".into(), 0));
    for text in ["sealed Sealed, by default No Boolean", "sealed Sealed, default No String"] {
        assert_eq!(row(text).0, Required::Unknown, "{text}");
    }
}

#[test]
fn a_call_on_one_line_is_a_call() {
    let page = "Account\nParameters | Description | Required | Required |\n---|---|---|---|\nbinId | Bin | Yes | Integer |\n\
                Request URL: https://api.example.com/depot/binTotal?binId=7 Request Method: GET Request Headers: \
                Content-Type: application/json Timestamp: 1\nParameters | Description | Required |\n---|---|---|\n\
                status | Status code | String |\ndata | Totals | JSONObject | -\ntotal | Bins | - |\n\
                { \"status\":\"0\", \"data\":{ \"total\":12 } }\nstatus | Description |\n---|---|\n0 | Success |\n";
    let spec = spec(page);
    assert_eq!(
        (spec.api.as_str(), spec.method, spec.path.as_deref()),
        ("depot.binTotal", Some(HttpMethod::Get), Some("/depot/binTotal"))
    );
    assert_eq!(field(&spec.request, &["binId"]).example.as_deref(), Some("7"));
    assert_eq!(field(&spec.response, &["data"]).type_word, "JSONObject");
    let total = field(&spec.response, &["data", "total"]);
    assert_eq!(
        (total.type_word.as_str(), is_doubted(&spec, "response.data.fields.total", About::Type)),
        ("Long", true)
    );
    let post =
        page.replace(" Request Headers:", " Request Headers: A: b Request Body: {\"binId\": 7}").replace("GET", "POST");
    assert_eq!(
        super::spec(&post).samples.get("request_json").map(String::as_str).map(str::trim),
        Some("{\"binId\": 7} Content-Type: application/json Timestamp: 1")
    );
}

#[test]
fn members_of_a_list_that_the_sample_shows_as_a_text_are_in_doubt() {
    let rows = "bins Bins Yes Array\nlabel Label Yes String\nnote Note No String";
    let spec = spec(&whole(rows, "{\"bins\": \"a,b\", \"note\": \"x\"}"));
    assert!(is_doubted(&spec, "request.bins", About::Type), "{:?}", spec.doubts);
    let at = if spec.request.get("label").is_some() { "request.label" } else { "request.bins.fields.label" };
    assert!(is_doubted(&spec, at, About::Nesting), "{:?}", spec.doubts);
    assert!(spec.request.get("note").is_some());
}

#[test]
fn a_value_in_which_the_sample_breaks_off_is_no_example() {
    let answer = "status Status code String\ndata Totals JSONObject\ntotal Bins Int\nResponse Example\n{\n    \"status\": \"0\",\n    \"data\": {\n        \"total\": 12";
    let spec = spec(&page("label Label Yes String", "{}", answer));
    assert_eq!(field(&spec.response, &["status"]).example.as_deref(), Some("0"));
    let total =
        spec.response.get("data").and_then(|data| data.fields.get("total")).or_else(|| spec.response.get("total"));
    assert_eq!(total.expect("a field").example, None);
}

#[test]
fn a_path_that_no_spec_can_have_is_replaced_and_doubted() {
    let page = whole("label Label Yes String", "{}").replace("depot/binFill", "depot/bin{a}/*");
    let spec = read(&page, Some("depot.binFill")).expect("a transcript");
    assert_eq!(spec.path.as_deref(), Some("/depot/binFill"));
    assert!(doubts(&spec).contains(&(String::new(), About::Path, Note::Derived)));
}
