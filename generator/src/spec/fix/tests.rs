//! Fixes applied to one small transcript.

use crate::diagnostic::{Color, Diagnostics, render};
use crate::source::{Part, Place, Position, Sources};
use crate::spec::{EndpointSpec, FixSpec};
use crate::terms::{Required, SessionNeed};

use super::*;

const TRANSCRIPT: &str = "
api: a.b
title: Titel
session: none
source: {layout: top-text, sha256: '00'}
request:
  job:
    type: Number
    required: unknown
    example: '5'
  person:
    type: Person
    fields:
      name: {type: String, max_length: 32, description: \"one\\ntwo\"}
      city: {type: City, fields: {zip: {type: String}}}
  plan: {type: String}
response:
  result: {type: Result, fields: {ok: {type: Boolean}}}
errors:
- {code: isv.x, message: too long}
statuses: {'0': good}
samples: {response_json: '{}'}
doubts:
- {at: request.job, about: required, note: column-empty}
- {at: 'errors[0]', about: error, note: cells-merged}
- {at: request.plan, about: nesting, note: ambiguous}
- {at: statuses.0, about: status, note: ambiguous}
- {at: '', about: end, note: label-missing}
";

struct Fixed {
    spec: EndpointSpec,
    origins: Origins,
    files: (FileId, FileId),
    codes: Vec<&'static str>,
    text: String,
}

fn fixed(fixes: &str) -> Fixed {
    let mut sources = Sources::new();
    let transcript = sources.add("a.yaml", TRANSCRIPT);
    let file = sources.add("a.fix.yaml", fixes);
    let spec: EndpointSpec = serde_yaml::from_str(TRANSCRIPT).expect("a transcript");
    let entries: Vec<FixSpec> = serde_yaml::from_str(fixes).expect("fixes");
    let mut diagnostics = Diagnostics::new();
    let (spec, origins) = apply(transcript, spec, Some(&FixFile { file, entries }), &mut diagnostics);
    let text = render(&diagnostics, &sources, Color::Never);
    let codes = diagnostics.iter().map(|diagnostic| diagnostic.code().id()).filter(|code| *code != "W0306");
    Fixed { spec, origins, files: (transcript, file), codes: codes.collect(), text }
}

fn one(at: &str, was: &str, now: &str) -> Fixed {
    let line = |key: &str, value: &str| if value.is_empty() { String::new() } else { format!("  {key}: {value}\n") };
    fixed(&format!("- at: {at}\n{}{}  why: seen\n", line("was", was), line("now", now)))
}

fn path(text: &str) -> SpecPath {
    text.parse().expect("a path")
}

#[test]
fn every_kind_of_fact_can_be_set() {
    let all = [
        ("title", "Titel", "Title"),
        ("category", "", "x"),
        ("method", "", "GET"),
        ("path", "", "/x"),
        ("session", "none", "required"),
        ("rust_name", "", "X"),
        ("deprecated", "", "gone"),
        ("idempotent", "", "'true'"),
        ("op.action", "", "X"),
        ("envelope.status", "", "code, rc"),
        ("statuses.0", "good", ""),
        ("statuses[\"-1\"]", "", "bad"),
        ("samples.response_json", "'{}'", "'[]'"),
        ("errors[0].solution", "", "wait"),
        ("request.job.type", "Number", "Long"),
        ("request.job.required", "unknown", "'true'"),
        ("request.job.example", "'5'", ""),
        ("request.person.fields.name.max_length", "'32'", "'64'"),
        ("request.person.fields.name.max_items", "", "'3'"),
        ("request.person.fields.name.description", "\"one\\ntwo\"", "three"),
        ("request.person.fields.name.values", "", "{a: {name: A, doc: x}, 0: {name: B}}"),
        ("request.person.rust_type", "", "Human"),
        ("response.result.fields.ok.renamed_from", "", "success"),
        ("request.job.log", "", "show"),
    ];
    for (at, was, now) in all {
        let fixed = one(&format!("'{at}'"), was, now);
        assert!(fixed.codes.is_empty(), "{at}: {}", fixed.text);
        assert!(fixed.origins.is_fixed(&path(at)), "{at}");
    }
    let spec = one("request.job.required", "unknown", "'true'").spec;
    assert_eq!(spec.request.get("job").map(|job| job.required), Some(Required::Yes));
    let spec = one("envelope.status", "", "code, rc").spec;
    assert_eq!(spec.envelope.status, ["code", "rc"]);
    assert_eq!(one("session", "none", "required").spec.session, Some(SessionNeed::Required));
    let spec = one("statuses.0", "good", "").spec;
    assert!(spec.statuses.is_empty());
}

#[test]
fn was_must_be_what_the_transcript_says() {
    for (at, was, now) in [
        ("title", "", "Title"),
        ("title", "Titl", "Title"),
        ("category", "x", "y"),
        ("request.job.required", "'true'", "unknown"),
        ("request.person.fields.name.description", "one two", "x"),
        ("statuses.9", "x", "y"),
    ] {
        let fixed = one(at, was, now);
        assert_eq!(fixed.codes, ["E0302"], "{at}: {}", fixed.text);
        assert!(!fixed.origins.is_fixed(&path(at)));
    }
}

#[test]
fn unknown_paths_name_the_nearest() {
    for (at, nearest) in [
        ("request.person.fields.nam.type", "request.person.fields.name.type"),
        ("request.person.field.name.type", ""),
        ("reqest.job.type", "request.job.type"),
        ("request.job.requird", "request.job.required"),
        ("titel", "title"),
        ("errors[4].code", ""),
        ("request.person", ""),
        ("''", ""),
        ("api", ""),
        ("request.persn.name", "request.person.name"),
    ] {
        let fixed = one(at, "", "x");
        assert_eq!(fixed.codes, ["E0301"], "{at}: {}", fixed.text);
        assert!(nearest.is_empty() || fixed.text.contains(&format!("did you mean `{nearest}`?")), "{}", fixed.text);
    }
}

#[test]
fn values_have_the_form_of_their_fact() {
    for (at, was, now) in [
        ("request.job.type", "Number", ""),
        ("request.job.max_length", "", "many"),
        ("request.job.required", "unknown", "maybe"),
        ("session", "none", "sometimes"),
        ("method", "", "get"),
        ("idempotent", "", "'yes'"),
        ("request.job.log", "", "hide"),
        ("request.job.log", "", "'true'"),
        ("request.job.values", "", "a"),
        ("request.job.values", "", "{}"),
        ("title", "Titel", "{a: {name: A}}"),
    ] {
        let fixed = one(at, was, now);
        assert_eq!(fixed.codes, ["E0305"], "{at}: {}", fixed.text);
    }
}

#[test]
fn idle_and_repeated_fixes_are_refused() {
    assert_eq!(one("title", "Titel", "Titel").codes, ["E0304"]);
    assert_eq!(one("title", "", "").codes, ["E0304"]);
    assert_eq!(one("request.plan.name", "", "").codes, ["E0304"]);
    let twice = fixed("- {at: category, now: a, why: x}\n- {at: category, now: b, why: x}\n");
    assert_eq!((twice.codes.as_slice(), twice.spec.category.as_deref()), (&["E0303"][..], Some("a")));
}

#[test]
fn doubts_are_settled_by_a_change_or_a_confirmation() {
    let open = |fixes: &str| fixed(fixes).text.matches("W0306").count();
    assert_eq!(open("[]"), 5);
    assert_eq!(open("- {at: request.job.required, was: unknown, now: 'true', why: x}\n"), 4);
    assert_eq!(open("- {at: request.job.required, why: x}\n"), 4);
    assert_eq!(open("- {at: request.job.required, was: unknown, now: unknown, why: x}\n"), 4);
    assert_eq!(open("- {at: 'errors[0].error', why: x}\n"), 4);
    assert_eq!(open("- {at: 'errors[0].message', was: too long, now: too, why: x}\n"), 4);
    assert_eq!(open("- {at: request.plan.nesting, why: x}\n"), 4);
    assert_eq!(open("- {at: request.plan.nesting, was: request, now: request.person, why: x}\n"), 4);
    assert_eq!(open("- {at: request.job.example, was: '5', why: x}\n"), 5);
    for fix in ["at: end", "at: statuses.0.status", "at: statuses.0, was: good, now: fine"] {
        assert_eq!(open(&format!("- {{{fix}, why: x}}\n")), 4, "{fix}");
    }
}

#[test]
fn fields_move_and_are_renamed() {
    let fixed = fixed(
        "- {at: request.person.fields.city.name, was: city, now: town, why: x}\n\
         - {at: request.plan.nesting, was: request, now: request.person.fields.city, why: x}\n\
         - {at: request.person.nesting, was: request, now: request.job, why: x}\n\
         - {at: request.person.fields.city.fields.zip.example, now: '1', why: x}\n\
         - {at: request.plan.description, now: Plan, why: x}\n",
    );
    assert!(fixed.codes.is_empty(), "{}", fixed.text);
    let town = "request.job.fields.person.fields.town";
    let spec = &fixed.spec;
    assert_eq!(spec.request.names().collect::<Vec<_>>(), ["job"]);
    let person = spec.request.get("job").and_then(|job| job.fields.get("person")).expect("person");
    assert_eq!(person.fields.names().collect::<Vec<_>>(), ["name", "town"]);
    let members = person.fields.get("town").map(|town| town.fields.names().collect::<Vec<_>>());
    assert_eq!(members, Some(vec!["zip", "plan"]));
    // Places lead back to where the facts were written.
    let (transcript, file) = fixed.files;
    let place = |text: &str| fixed.origins.place(transcript, &path(text), Part::Value);
    assert_eq!(place(&format!("{town}.type")), Place::value(transcript, path("request.person.fields.city.type")));
    assert_eq!(place(&format!("{town}.fields.plan.type")), Place::value(transcript, path("request.plan.type")));
    assert_eq!(place(&format!("{town}.fields.plan.description")), Place::value(file, path("[4].now")));
    assert_eq!(place(&format!("{town}.fields.zip.example")), Place::value(file, path("[3].now")));
    assert_eq!(place("request.job.type"), Place::value(transcript, path("request.job.type")));
}

#[test]
fn impossible_moves_are_refused() {
    for (at, was, now) in [
        ("request.person.nesting", "request", "request.person.fields.city"),
        ("request.person.nesting", "request", "response.result"),
        ("request.person.nesting", "request", "request.persn"),
        ("request.person.nesting", "request", "request..a"),
        ("request.person.nesting", "request", "title"),
        ("request.plan.name", "plan", "job"),
        ("request.plan.name", "plan", "''"),
        ("request.plan.nesting", "request", ""),
    ] {
        let fixed = one(at, was, now);
        assert_eq!(fixed.codes, ["E0305"], "{at} {now}: {}", fixed.text);
    }
    let fixed = one("request.plan.nesting", "request.job", "request.person");
    assert_eq!(fixed.codes, ["E0302"], "{}", fixed.text);
    assert!(one("request.person.nesting", "request", "request.persn").text.contains("`request.person`?"));
}

#[test]
fn places_inside_values_lead_into_the_fix() {
    let fixed = one("request.job.values", "", "{0: {name: A}}");
    let place = fixed.origins.place(fixed.files.0, &path("request.job.values.0.name"), Part::Value);
    let Position::Path(inside, _) = place.at else { panic!("a path") };
    assert_eq!((place.file, inside.to_string()), (fixed.files.1, "[0].now.0.name".to_owned()));
}

#[test]
fn a_quote_must_be_in_its_text() {
    let quoting = |at: &str, from: &str, quote: &str| {
        fixed(&format!("- {{at: '{at}', now: '8', from: {from}, quote: '{quote}', why: seen}}\n"))
    };
    let field = "request.person.fields.name.min";
    for (at, from, quote) in [
        (field, "description", "one"),
        (field, "request.person.fields.name.description", "one"),
        (field, "title", "Titel"),
        (field, "'statuses[\"0\"]'", "good"),
        ("errors[0].solution", "message", "too long"),
        ("deprecated", "title", "Titel"),
    ] {
        let fixed = quoting(at, from, quote);
        assert!(fixed.codes.is_empty(), "{at} {from}: {}", fixed.text);
    }
    for (from, quote, code) in [
        ("description", "on", "E0307"),
        ("description", "three", "E0307"),
        ("description", " ", "E0105"),
        ("example", "one", "E0307"),
        ("descriptoin", "one", "E0301"),
        ("request.nobody.description", "one", "E0301"),
    ] {
        let fixed = quoting(field, from, quote);
        assert_eq!(fixed.codes, [code], "{from}: {}", fixed.text);
        let name = &fixed.spec.request.get("person").expect("a field").fields;
        assert_eq!(name.get("name").expect("a field").min, None, "a fix without its evidence does not apply");
    }
    for half in ["from: description", "quote: one"] {
        assert_eq!(fixed(&format!("- {{at: {field}, now: '8', {half}, why: seen}}\n")).codes, ["E0106"], "{half}");
    }
}

#[test]
fn the_quoted_text_is_that_of_the_page_even_if_a_fix_corrects_it() {
    let text =
        "- {at: title, was: Titel, now: Title, why: x}\n- {at: category, now: a, from: title, quote: Titel, why: x}\n";
    let fixed = fixed(text);
    assert!(fixed.codes.is_empty(), "{}", fixed.text);
}

const LOST_COLUMN: &str = "
api: a.b
session: none
source: {layout: nio-table, sha256: '00'}
request:
  job: {type: Number, required: unknown}
  person: {type: Person, required: unknown, fields: {name: {type: String, required: unknown}, city: {type: String}}}
  plan: {type: String, required: unknown}
doubts:
- {at: request.job, about: required, note: column-empty}
- {at: request.person, about: required, note: column-empty}
- {at: request.person.fields.name, about: required, note: column-empty}
- {at: request.plan, about: required, note: column-empty}
- {at: request.plan, about: type, note: ambiguous}
";

/// The marks of all fields, the codes, and the texts of the findings.
fn settled(fixes: &str) -> (Vec<Required>, Vec<&'static str>, String) {
    let mut sources = Sources::new();
    let (transcript, file) = (sources.add("a.yaml", LOST_COLUMN), sources.add("a.fix.yaml", fixes));
    let spec: EndpointSpec = serde_yaml::from_str(LOST_COLUMN).expect("a transcript");
    let entries: Vec<FixSpec> = serde_yaml::from_str(fixes).expect("fixes");
    let mut diagnostics = Diagnostics::new();
    let (spec, _) = apply(transcript, spec, Some(&FixFile { file, entries }), &mut diagnostics);
    let person = spec.request.get("person").map(|person| &person.fields).expect("a field");
    let fields = [spec.request.get("job"), spec.request.get("person"), person.get("name"), spec.request.get("plan")];
    let marks = fields.map(|field| field.expect("a field").required).to_vec();
    let codes = diagnostics.iter().map(|diagnostic| diagnostic.code().id()).collect();
    (marks, codes, render(&diagnostics, &sources, Color::Never))
}

#[test]
fn one_entry_settles_a_doubt_for_every_field() {
    use Required::{No, Unknown, Yes};
    let every = "- {at: 'request.*.required', was: unknown, now: 'false', why: x}\n";
    let (marks, codes, text) = settled(every);
    assert_eq!((marks, codes), (vec![No; 4], vec!["W0306"]), "{text}");
    assert!(text.contains("`request.plan.type` is in doubt"), "only the fact that it names: {text}");
    // An entry for one field, and one for the members of an object, have precedence wherever they are in the file.
    let one = "- {at: request.plan.required, was: unknown, now: 'true', why: x}\n";
    let members = "- {at: 'request.person.fields.*.required', was: unknown, now: 'true', why: x}\n";
    for order in [[every, one, members], [members, one, every]] {
        let (marks, codes, text) = settled(&order.concat());
        assert_eq!((marks, codes), (vec![No, No, Yes, Yes], vec!["W0306"]), "{text}");
    }
    let (marks, codes, _) = settled("- {at: 'request.*.type', why: checked}\n");
    assert_eq!((marks, codes), (vec![Unknown; 4], vec!["W0306"; 4]));
}

#[test]
fn an_entry_for_every_field_that_settles_nothing_is_an_error() {
    let errors = |fixes: &str| -> Vec<&str> { settled(fixes).1.into_iter().filter(|code| *code != "W0306").collect() };
    for (at, rest, code) in [
        ("request.*.required", "was: 'true', now: 'false', ", "E0304"),
        ("request.*.description", "", "E0304"),
        ("response.*.required", "was: unknown, now: 'false', ", "E0304"),
        ("request.plan.fields.*.type", "", "E0304"),
        ("request.*", "", "E0301"),
        ("errors.*.message", "", "E0301"),
        ("request.*.fields.x.type", "", "E0301"),
    ] {
        assert_eq!(errors(&format!("- {{at: '{at}', {rest}why: x}}\n")), [code], "{at}");
    }
    let every = "- {at: 'request.*.type', why: x}\n";
    assert_eq!(errors(&format!("{every}{every}")), ["E0303"]);
    assert_eq!(errors(&format!("{every}- {{at: request.plan.type, why: x}}\n")), ["E0304"], "all is settled already");
}
