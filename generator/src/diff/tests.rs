use crate::spec::{EndpointSpec, Entries};
use crate::terms::{FileForm, HttpMethod, ListForm, TypeMeaning};

use super::{Kind, Rules, Sending, endpoint, listing};

const BASE: &str = "api: acme.depot.crate.send
title: Send a crate
session: none
source: {layout: top-text, sha256: 00}
request:
  crate:
    type: Crate
    required: true
    fields:
      id: {type: Number, description: Number of the crate}
      label: {type: String, description: Text on the lid}
      parts: {type: 'Part[]', fields: {sku: {type: String}, count: {type: Number, max: '9'}}}
  note: {type: String, max_length: 20, description: A note for the carrier}
response:
  sent: {type: Boolean}
  rows: {type: 'Row[]', fields: {key: {type: String}, state: {type: Number}}}
errors:
- {code: isv.no-crate, message: There is no such crate}
- {code: isv.depot-shut, message: The depot is shut, solution: Wait}
statuses: {'0': accepted, '1': refused}
samples: {response_json: '{}'}
";

fn spec(text: &str) -> EndpointSpec {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn rules(words: &Entries<TypeMeaning>, lists: ListForm) -> Rules<'_> {
    Rules { words, method: HttpMethod::Post, lists, files: FileForm::Multipart, sending: Sending::FORM }
}

fn shown(old: &EndpointSpec, new: &EndpointSpec) -> String {
    let words: Entries<TypeMeaning> = Entries::new();
    listing(&endpoint(old, new, &rules(&words, ListForm::Wrapped)))
}

/// What is listed after each replacement in the base.
fn after(replacements: &[(&str, &str)]) -> String {
    let mut text = BASE.to_owned();
    for (from, to) in replacements {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    shown(&spec(BASE), &spec(&text))
}

#[test]
fn equal_specs_have_no_changes() {
    assert_eq!(after(&[]), "");
    assert_eq!(after(&[("{type: Boolean}", "{'type': \"Boolean\"}")]), "");
    assert_eq!(after(&[("session: none", "session: none\nmethod: POST")]), "", "the platform's own method");
}

#[test]
fn one_line_says_what_changed_and_where() {
    assert_eq!(
        after(&[("      label:", "      height: {type: Number}\n      label:")]),
        "+ request.crate.fields.height  optional field added: `Number`\n"
    );
    assert_eq!(
        after(&[("\n  note: {type: String, max_length: 20", "\n  note: {type: Number, max_length: 10")]),
        "~ request.note.type        type narrowed: `String` → `Number`\n\
         ~ request.note.max_length  length limit tightened or added: `20` → `10`\n"
    );
    assert_eq!(
        after(&[("rows: {type: 'Row[]'", "rows: {type: 'RowDTO[]'")]),
        "~ response.rows.type  vendor's name of the object type changed: `Row[]` → `RowDTO[]`\n\
         ~ response.rows.type  inner key of a wrapped list changed: `row` → `row_d_t_o`\n"
    );
    assert_eq!(after(&[("  sent: {type: Boolean}\n", "")]), "- response.sent  field removed: `Boolean`\n");
}

#[test]
fn an_object_is_one_change_and_not_one_for_each_member() {
    let lid = "  lid:\n    type: Lid\n    required: true\n    fields: {a: {type: String}, b: {type: String}}\n  note:";
    assert_eq!(after(&[("  note:", lid)]), "+ request.lid  required field added: `Lid with 2 members`\n");
    let back = shown(&spec(&BASE.replacen("  note:", lid, 1)), &spec(BASE));
    assert_eq!(back, "- request.lid  required field removed: `Lid with 2 members`\n");
    assert_eq!(
        after(&[(", fields: {key: {type: String}, state: {type: Number}}", "")]),
        "~ response.rows.type  object became opaque JSON: `Row[] with 2 members` → `Row[]`\n"
    );
}

#[test]
fn renames_are_one_change() {
    assert_eq!(
        after(&[("label:", "lid_text:")]),
        "~ request.crate.fields.lid_text  field renamed: `request.crate.fields.label` → `request.crate.fields.lid_text`\n"
    );
    assert_eq!(after(&[("sent:", "Sent:")]), "~ response.Sent  field renamed: `response.sent` → `response.Sent`\n");
    // Whole objects, and what changed inside them.
    assert_eq!(
        after(&[(
            "rows: {type: 'Row[]', fields: {key: {type: String}",
            "lines: {type: 'Row[]', fields: {key: {type: Number}"
        )]),
        "~ response.lines                  field renamed: `response.rows` → `response.lines`\n\
         ~ response.lines.fields.key.type  type narrowed: `String` → `Number`\n"
    );
    // There is no evidence that both are one field.
    assert_eq!(
        after(&[("sent: {type: Boolean}", "done: {type: Boolean}")]),
        "+ response.done  field added: `Boolean`\n- response.sent  field removed: `Boolean`\n"
    );
    let mut confirmed = spec(&BASE.replacen("sent: {type: Boolean}", "done: {type: Boolean}", 1));
    if let Some(field) = confirmed.response.get_mut("done") {
        field.renamed_from = Some("sent".to_owned());
    }
    assert!(shown(&spec(BASE), &confirmed).starts_with("~ response.done               field renamed"));
}

#[test]
fn moves_are_one_change() {
    assert_eq!(
        after(&[
            ("      label: {type: String, description: Text on the lid}\n", ""),
            ("  note:", "  label: {type: String, description: Text on the lid}\n  note:")
        ]),
        "~ request.label  field moved: `request.crate.fields.label` → `request.label`\n"
    );
    // Into a new object.
    assert_eq!(
        after(&[(
            "rows: {type: 'Row[]', fields: {key: {type: String}, state: {type: Number}}}",
            "data: {type: Data, fields: {rows: {type: 'Row[]', fields: {key: {type: String}, state: {type: Number}}}}}"
        )]),
        "+ response.data              field added: `Data with 1 member`\n\
         ~ response.data.fields.rows  field moved: `response.rows` → `response.data.fields.rows`\n"
    );
}

/// What is listed for two answers, given as their fields.
fn of_answers(old: &str, new: &str) -> String {
    let head = BASE.split("response:\n").next().unwrap_or_default();
    let [old, new] = [old, new].map(|fields| spec(&format!("{head}response: {fields}")));
    shown(&old, &new)
}

#[test]
fn a_field_does_not_move_to_where_its_siblings_did_not_go() {
    // The clips live on, and have no number any more.
    let number = "{type: Number, description: Number of the page}";
    assert_eq!(
        of_answers(
            &format!("{{clips: {{type: 'Clip[]', fields: {{num: {number}, url: {{type: String}}}}}}}}"),
            &format!(
                "{{clips: {{type: 'Clip[]', fields: {{url: {{type: String}}}}}}, \
                 cover: {{type: Cover, fields: {{num: {number}}}}}}}"
            ),
        ),
        "- response.clips.fields.num  field removed: `Number`\n\
         + response.cover             field added: `Cover with 1 member`\n"
    );
    // The side images are gone, and the main images have only one of their members.
    let created = "created: {type: Date, description: Time of creation}";
    let image = "id: {type: Number}, url: {type: String}";
    assert_eq!(
        of_answers(
            &format!(
                "{{side_images: {{type: 'Side[]', fields: {{{image}, {created}}}}}, \
                 main_images: {{type: 'Main[]', fields: {{{image}}}}}}}"
            ),
            &format!("{{main_images: {{type: 'Main[]', fields: {{{image}, {created}}}}}}}"),
        ),
        "+ response.main_images.fields.created  field added: `Date`\n\
         - response.side_images                 field removed: `Side[] with 3 members`\n"
    );
    // All of them went into another object, which has members of its own.
    let moved = "a: {type: String, description: The first text}, b: {type: String, description: The second text}";
    let own = "c: {type: String}, d: {type: String}, e: {type: String}";
    let listed = of_answers(
        &format!("{{old: {{type: Old, fields: {{{moved}}}}}, new: {{type: New, fields: {{{own}}}}}}}"),
        &format!("{{new: {{type: New, fields: {{{own}, {moved}}}}}}}"),
    );
    assert!(listed.contains("`response.old.fields.a` → `response.new.fields.a`"), "{listed}");
    assert!(listed.contains("`response.old.fields.b` → `response.new.fields.b`"), "{listed}");
}

#[test]
fn an_object_that_became_a_list_is_one_field() {
    let members = "{a: {type: String}, b: {type: Number}, c: {type: Date}}";
    assert_eq!(
        of_answers(
            &format!("{{row: {{type: Row, fields: {members}}}}}"),
            &format!("{{results: {{type: 'Row[]', fields: {members}}}}}"),
        ),
        "~ response.results       field renamed: `response.row` → `response.results`\n\
         ~ response.results.type  single value became a list: `Row` → `Row[]`\n"
    );
}

#[test]
fn order_is_one_change_for_each_level() {
    assert_eq!(
        after(&[(
            "{sku: {type: String}, count: {type: Number, max: '9'}}",
            "{count: {type: Number, max: '9'}, sku: {type: String}}"
        )]),
        "~ request.crate.fields.parts.fields  order of request fields changed: `sku, count` → `count, sku`\n"
    );
    // A renamed field keeps its place.
    assert!(!after(&[("sent:", "Sent:")]).contains("order"));
}

#[test]
fn tables_are_compared_row_by_row() {
    assert_eq!(
        after(&[
            ("isv.no-crate", "isv.crate-missing"),
            ("solution: Wait", "solution: Come back"),
            ("'1': refused", "'2': refused")
        ]),
        "~ errors[0].code      error code changed, same meaning: `isv.no-crate` → `isv.crate-missing`\n\
         ~ errors[1].solution  error text changed: `Wait` → `Come back`\n\
         ~ statuses.2          status code changed, same meaning: `1` → `2`\n"
    );
    assert_eq!(
        after(&[("There is no such crate", "账户余额不足"), ("'0': accepted", "'0': accepted and sent")]),
        "~ errors[0].message  error code now has another meaning: `There is no such crate` → `账户余额不足`\n\
         ~ statuses.0         status text changed: `accepted` → `accepted and sent`\n"
    );
    assert_eq!(
        after(&[("- {code: isv.no-crate, message: There is no such crate}\n", "")]),
        "- errors[0]  error removed: `isv.no-crate`\n"
    );
}

#[test]
fn the_api_itself_is_compared() {
    assert_eq!(
        after(&[("session: none", "session: required\npath: /send"), ("sha256: 00", "sha256: 01")]),
        "+ path           path changed: `/send`\n\
         ~ session        session now required: `none` → `required`\n\
         ~ source.sha256  page digest changed: `00` → `01`\n"
    );
}

#[test]
fn a_digest_that_only_one_revision_has_is_part_of_its_layout() {
    let source = "source: {layout: top-text, sha256: 00}";
    assert_eq!(
        after(&[(source, "source: {layout: hand}")]),
        "~ source.layout  page layout changed: `top-text` → `hand`\n"
    );
    let hand = spec(&BASE.replace(source, "source: {layout: hand}"));
    assert_eq!(shown(&hand, &hand), "");
}

#[test]
fn sides_are_told_from_paths() {
    let words: Entries<TypeMeaning> = Entries::new();
    let rules = rules(&words, ListForm::Bare);
    let changed = BASE.replacen("sent: {type: Boolean}", "sent: {type: String}", 1);
    let changes = endpoint(&spec(BASE), &spec(&changed), &rules);
    assert_eq!(
        changes.iter().map(|change| (change.kind, change.side())).collect::<Vec<_>>(),
        [(Kind::RespTypeWidened, Some(crate::model::SideName::Response))]
    );
}

#[test]
fn levels_that_changed_as_a_whole_take_no_time() {
    let fields = |name: &str, count: usize| -> String {
        let field = |index| format!("  {name}_{index}: {{type: String, description: The same text}}\n");
        (0..count).map(field).collect()
    };
    let spec = |name| {
        let head = BASE.split("request:\n").next().unwrap_or_default();
        spec(&format!("{head}request:\n{}", fields(name, 2_000)))
    };
    let listed = shown(&spec("old"), &spec("new"));
    assert_eq!(listed.lines().filter(|line| line.starts_with('+')).count(), 2_000);
}
