//! The four documents: what their text has lost or says wrongly, and what therefore must stand in the specs; and, where
//! the documents themselves are at hand, that the specs quote them to the letter.

use std::fs;
use std::path::PathBuf;

use apograph::spec::{EndpointSpec, Entries, FieldSpec};
use apograph::terms::{Required, SessionNeed};
use apograph_runtime::{Endpoint, Object, OpenEnum};
use apograph_tests::specs;
use apograph_tests::verify::{nio_accepts, sha256};
use serde_json::Value;

const LVMS: &str = "alibaba.lvms.lvr.importcallcustomer";
const LINGYANG: &str = "alibaba.lingyang.utouch.submit.initiative.batch.task";
const ALSC: &str = "alibaba.alsc.crm.open.customer.save";
const NIO: &str = "aivoice.importCustomer";
const ALL: [&str; 4] = [LVMS, LINGYANG, ALSC, NIO];

/// The field at a path of wire names.
fn field<'a>(fields: &'a Entries<FieldSpec>, path: &str) -> &'a FieldSpec {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let found = fields.get(first).unwrap_or_else(|| panic!("no `{first}` of `{path}`"));
    if rest.is_empty() { found } else { field(&found.fields, rest) }
}

fn names(fields: &Entries<FieldSpec>) -> Vec<&str> {
    fields.names().collect()
}

/// Every field with its path, outer ones first.
fn walk<'a>(fields: &'a Entries<FieldSpec>, above: &str, found: &mut Vec<(String, &'a FieldSpec)>) {
    for (name, field) in fields.iter() {
        let path = format!("{above}{name}");
        found.push((path.clone(), field));
        walk(&field.fields, &format!("{path}."), found);
    }
}

/// Paths of the fields that a request must have.
fn required(spec: &EndpointSpec) -> Vec<String> {
    let mut all = Vec::new();
    walk(&spec.request, "", &mut all);
    all.into_iter().filter(|(_, field)| field.required == Required::Yes).map(|(path, _)| path).collect()
}

/// Wire values and names of an open enum.
fn values(field: &FieldSpec) -> Vec<(&str, &str)> {
    field.values.iter().map(|(wire, value)| (wire, value.name.as_str())).collect()
}

// What nesting, empty cells and prose have hidden.

#[test]
fn lingyang_nesting_is_that_of_the_samples() {
    let spec = specs::endpoint(LINGYANG);
    let batch = field(&spec.request, "initiative_batch_task_request");
    assert_eq!(names(&batch.fields), ["task_unique_code", "batch_num", "task_list", "plan_id", "use_book_info"]);
    assert_eq!(names(&field(&batch.fields, "use_book_info").fields), ["use_platform", "book_code", "book_owner_id"]);
    assert_eq!(field(&batch.fields, "task_list").fields.len(), 16);
    let result = field(&spec.response, "result");
    assert_eq!(names(&result.fields), ["code", "data", "success", "message"]);
    assert_eq!(names(&field(&result.fields, "data").fields), ["task_id", "task_request"]);
    assert_eq!(field(&result.fields, "data.task_request").fields.len(), 16);
}

#[test]
fn lingyang_one_type_name_stands_for_two_types() {
    let spec = specs::endpoint(LINGYANG);
    let request = field(&spec.request, "initiative_batch_task_request.task_list");
    let response = field(&spec.response, "result.data.task_request");
    assert_eq!(
        (request.type_word.as_str(), response.type_word.as_str()),
        ("InitiativeTaskRequest[]", "InitiativeTaskRequest")
    );
    assert_ne!(names(&request.fields), names(&response.fields));
}

#[test]
fn lingyang_examples_stay_as_printed() {
    let spec = specs::endpoint(LINGYANG);
    let task = &field(&spec.response, "result.data.task_request").fields;
    let date = field(task, "plan_execute_start_time");
    assert_eq!((date.type_word.as_str(), date.example.as_deref()), ("Date", Some("Thu Mar 14 15:16:52 CST 2024")));
    assert_eq!(field(task, "user_name").example.as_deref(), Some("USER_NANE"));
    let sent = field(&spec.request, "initiative_batch_task_request.task_list.plan_execute_start_time");
    assert_eq!(sent.example.as_deref(), Some("2024-03-12 14:05:56"));
}

#[test]
fn cells_that_vanished_are_not_filled_by_their_neighbours() {
    let lvms = specs::endpoint(LVMS);
    let properties = field(&lvms.request, "ivr_import_customer_d_t_o.customer_d_t_o_list.properties");
    assert_eq!((properties.example.as_deref(), properties.description.as_deref()), (None, Some("自定义字段")));
    let lingyang = specs::endpoint(LINGYANG);
    let alsc = specs::endpoint(ALSC);
    for (field, description) in [
        (field(&lvms.request, "ivr_import_customer_d_t_o"), "ivrImportCustomerDTO"),
        (field(&lvms.request, "ivr_import_customer_d_t_o.customer_d_t_o_list"), "customerDTOList"),
        (field(&lvms.response, "lvms_result_d_t_o"), "lvmsResultDTO"),
        (field(&lingyang.request, "initiative_batch_task_request.use_book_info"), "账本计费信息"),
        (field(&lingyang.response, "result.data"), "消息内容"),
        (field(&alsc.request, "param_customer_save_open_req"), "入参"),
    ] {
        assert_eq!((field.example.as_deref(), field.description.as_deref()), (None, Some(description)));
    }
    // One complex field has an example after all.
    let list = field(&lingyang.request, "initiative_batch_task_request.task_list");
    assert_eq!((list.example.as_deref(), list.description.as_deref()), (Some("{}"), Some("任务列表")));
}

#[test]
fn required_marks() {
    let inside = |above: &str, names: &[&str]| names.iter().map(|name| format!("{above}.{name}")).collect::<Vec<_>>();
    assert_eq!(required(&specs::endpoint(LVMS)), [""; 0]);
    let alsc = ["brand_id", "channel", "operator_id", "request_id", "shop_id"];
    assert_eq!(required(&specs::endpoint(ALSC)), inside("param_customer_save_open_req", &alsc));
    let lingyang = ["task_unique_code", "task_list", "task_list.input_params", "task_list.output_params", "plan_id"];
    let book = ["use_book_info.use_platform", "use_book_info.book_code", "use_book_info.book_owner_id"];
    let both = [&lingyang[..], &book].concat();
    assert_eq!(required(&specs::endpoint(LINGYANG)), inside("initiative_batch_task_request", &both));
    assert_eq!(required(&specs::endpoint(NIO)), ["appId", "jobId", "customerPersons", "customerPersons.name"]);
}

#[test]
fn no_mark_is_left_in_doubt_and_no_session_is_needed() {
    for api in ALL {
        let spec = specs::endpoint(api);
        let mut all = Vec::new();
        walk(&spec.request, "", &mut all);
        assert!(all.iter().all(|(_, field)| field.required != Required::Unknown), "{api}");
        let expected = (api != NIO).then_some(SessionNeed::None);
        assert_eq!(spec.session, expected, "{api}");
    }
}

#[test]
fn import_customer_has_its_limits_and_its_four_customer_fields() {
    let spec = specs::endpoint(NIO);
    assert_eq!(names(&spec.request), ["appId", "jobId", "callRecordDup", "customerPersons"]);
    let persons = field(&spec.request, "customerPersons");
    assert_eq!((persons.type_word.as_str(), persons.max_items), ("Array", Some(100)));
    assert_eq!(names(&persons.fields), ["name", "phoneNumber", "gender", "properties"]);
    assert_eq!(field(&persons.fields, "phoneNumber").max_length, Some(32));
    assert_eq!(field(&persons.fields, "properties").type_word, "Map");
    assert_eq!(field(&spec.request, "callRecordDup").default.as_deref(), Some("false"));
    let data = field(&spec.response, "data");
    assert_eq!((data.type_word.as_str(), data.items.as_deref()), ("Array", Some("String")));
}

#[test]
fn import_customer_has_fifteen_statuses() {
    let statuses = specs::endpoint(NIO).statuses;
    let codes: Vec<&str> = statuses.names().collect();
    let printed = ["0", "-1", "-4", "-6", "-27", "-32", "-35", "-37", "-43", "-49", "-55", "-56", "-57", "-58", "-59"];
    assert_eq!(codes, printed);
    assert_eq!(statuses.get("-56").map(String::as_str), Some("超出导入限制,最多支持导入100条用户"));
}

#[test]
fn values_listed_in_prose_are_open_enums() {
    let (alsc, nio) = (specs::endpoint(ALSC), specs::endpoint(NIO));
    let customer = &field(&alsc.request, "param_customer_save_open_req").fields;
    let channels = [("1", "CrmBack"), ("2", "Pos"), ("3", "MobileShop"), ("4", "Wechat"), ("5", "Alipay")];
    assert_eq!(values(field(customer, "channel")), channels);
    assert_eq!(values(field(customer, "gender")), [("0", "Female"), ("1", "Male"), ("2", "Other")]);
    assert_eq!(values(field(customer, "outer_type")), [("wechat", "Wechat"), ("alipay", "Alipay")]);
    let gender = field(&nio.request, "customerPersons.gender");
    assert_eq!(values(gender), [("MALE", "Male"), ("FEMALE", "Female")]);
}

#[test]
fn the_header_sample_is_corrected_to_its_own_signature() {
    let spec = specs::endpoint(NIO);
    let sample = spec.samples.get("request_headers").expect("the page's sample");
    let header = |name: &str| {
        let line = sample.lines().find_map(|line| line.trim().strip_prefix(name)).expect("a line");
        line.trim_start_matches(": ").to_owned()
    };
    let key = header("Api-Key");
    assert_eq!(key, "bDqJFiq9");
    assert!(nio_accepts(&header("Sign"), &key, "7bz1lzh9", &header("Timestamp")));
}

#[test]
fn json_samples_parse() {
    let spec = specs::endpoint(NIO);
    let parse = |name: &str| -> Value {
        let sample = spec.samples.get(name).unwrap_or_else(|| panic!("no `{name}`"));
        serde_json::from_str(sample).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let request = parse("request_json");
    assert_eq!(request["customerPersons"][1]["properties"]["证件后4位"], "0235");
    assert_eq!(request["customerPersons"].as_array().map(Vec::len), Some(2));
    assert_eq!(parse("response_json")["data"].as_array().map(Vec::len), Some(3));
}

// The names that must come out.

/// The request type, the response type, and the objects within.
fn endpoint<E: Endpoint<Response = R> + Default, R: Object + Default>(api: &str) {
    assert_eq!(E::OPERATION.name(), api);
}

fn named<T: Object + Default>(name: &str) {
    assert_eq!(T::default().shape().name(), name);
}

#[test]
fn the_types_have_their_names() {
    use apograph_apis::nio::aivoice::import_customer as nio;
    use apograph_apis::top::alsc::crm_open_customer_save as alsc;
    use apograph_apis::top::lingyang::utouch_submit_initiative_batch_task as lingyang;
    use apograph_apis::top::lvms::lvr_importcallcustomer as lvms;

    endpoint::<lvms::LvrImportcallcustomer, lvms::LvrImportcallcustomerResponse>(LVMS);
    named::<lvms::IvrImportCustomerDto>("IvrImportCustomerDto");
    named::<lvms::CallCustomerDto>("CallCustomerDto");
    named::<lvms::LvmsResultDto>("LvmsResultDto");
    endpoint::<lingyang::UtouchSubmitInitiativeBatchTask, lingyang::UtouchSubmitInitiativeBatchTaskResponse>(LINGYANG);
    named::<lingyang::InitiativeBatchTaskRequest>("InitiativeBatchTaskRequest");
    named::<lingyang::InitiativeTaskRequest>("InitiativeTaskRequest");
    named::<lingyang::UseBookInfo>("UseBookInfo");
    named::<lingyang::UtouchSubmitInitiativeBatchTaskResult>("UtouchSubmitInitiativeBatchTaskResult");
    named::<lingyang::InitiativeTaskResponse>("InitiativeTaskResponse");
    named::<lingyang::InitiativeTaskRequestInResponse>("InitiativeTaskRequestInResponse");
    endpoint::<alsc::CrmOpenCustomerSave, alsc::CrmOpenCustomerSaveResponse>(ALSC);
    named::<alsc::CustomerSaveOpenReq>("CustomerSaveOpenReq");
    named::<alsc::CommonResult>("CommonResult");
    assert_eq!((alsc::Channel::VALUES.len(), alsc::Gender::VALUES.len(), alsc::OuterType::VALUES.len()), (5, 3, 2));
    endpoint::<nio::ImportCustomer, nio::ImportCustomerResponse>(NIO);
    named::<nio::CustomerPerson>("CustomerPerson");
    assert_eq!(nio::Gender::VALUES.len(), 2);
}

// The documents themselves, where they are.

/// The text of every document; nothing where they are not at hand.
fn documents() -> Vec<String> {
    let Some(folder) = apograph_tests::documents("specs against their pages") else { return Vec::new() };
    let entries = fs::read_dir(&folder).expect("a folder");
    let paths = entries.map(|entry| entry.map(|entry| entry.path()).expect("an entry"));
    let texts = paths.filter(|path| path.extension().is_some_and(|ending| ending == "txt"));
    texts.map(|path: PathBuf| fs::read_to_string(path).expect("a document")).collect()
}

/// The page that a transcript names by its digest.
fn page_of(spec: &EndpointSpec) -> Option<String> {
    let documents = documents();
    let found = documents.iter().position(|text| Some(sha256(text.as_bytes())) == spec.source.sha256);
    assert!(found.is_some() || documents.is_empty(), "{}: no document has its digest", spec.api);
    found.and_then(|index| documents.into_iter().nth(index))
}

#[test]
fn samples_stand_on_the_page_to_the_letter() {
    for api in ALL {
        let spec = specs::endpoint(api);
        let Some(page) = page_of(&spec) else { continue };
        // What the specs correct: the misprinted key, and the commas before closing braces.
        let page = page.replace("Api-Key: bD8JFiq9", "Api-Key: bDqJFiq9").replace("\"abc\",\n", "\"abc\"\n");
        assert!(spec.samples.len() >= 2, "{api}");
        for (name, sample) in spec.samples.iter() {
            assert!(page.contains(sample.trim_end()), "{api}: `{name}` is not on the page");
        }
    }
}

#[test]
fn names_examples_and_descriptions_stand_on_the_page() {
    for api in ALL {
        let spec = specs::endpoint(api);
        let Some(page) = page_of(&spec) else { continue };
        let mut all = Vec::new();
        walk(&spec.request, "", &mut all);
        walk(&spec.response, "", &mut all);
        for (path, field) in all {
            let name = path.rsplit('.').next().unwrap_or_default();
            // A map's example was taken out of the sample, without its line ends.
            let example = field.example.as_deref().filter(|example| !example.starts_with("{\""));
            for text in [Some(name), example, field.description.as_deref()].into_iter().flatten() {
                assert!(page.contains(text), "{api}: {path}: {text}");
            }
        }
        let statuses = spec.statuses.iter().map(|(code, meaning)| format!("\n{code} {meaning}\n"));
        statuses.for_each(|row| assert!(page.contains(&row), "{api}: {row}"));
        let texts =
            [spec.title.as_deref(), spec.description.as_deref(), spec.category.as_deref(), spec.path.as_deref()];
        texts.into_iter().flatten().for_each(|text| assert!(page.contains(text), "{api}: {text}"));
    }
}
