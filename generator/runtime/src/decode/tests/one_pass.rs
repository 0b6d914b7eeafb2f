//! What is read in one pass, and what is left to the tolerant reader.

use super::*;

/// Whether the answer is read in one pass.
fn form(body: &str) -> bool {
    readers_agree::<FormCall>(body.as_bytes()).expect("the readers agree")
}

fn json(body: &str) -> bool {
    readers_agree::<JsonCall>(body.as_bytes()).expect("the readers agree")
}

#[test]
fn usual_envelopes_are_read_in_one_pass() {
    assert!(form(r#"{"a_form_call_response":{"result":{},"request_id":"r"}}"#));
    assert!(form(r#" { "result" : {"text":"x"} , "request_id" : "r" } "#));
    assert!(form("\u{feff}{\"a_form_call_response\":{}}"));
    assert!(json(r#"{"status":"0","reason":"OK","data":[]}"#));
    assert!(json(r#"{"status":0,"data":{"zz":1}}"#));
}

#[test]
fn failures_and_unusual_envelopes_are_left_to_the_tolerant_reader() {
    for body in [
        "",
        "[]",
        "{}",
        "<a_form_call_response/>",
        r#"{"error_response":{"code":27}}"#,
        r#"{"sub_code":"27","msg":"x"}"#,
        r#"{"a_form_call_response":{"result":{}},"error_response":{"code":27}}"#,
        r#"{"a_form_call_response":{"result":{}},"request_id":"r"}"#,
        r#"{"a_form_call_response":null}"#,
        r#"{"result":{},"error_response":null}"#,
        r#"{"request_id":"r"}"#,
        r#"{"other_response":{"result":{}}}"#,
        r#"{"a_form_call_response":{}} x"#,
        "{\"a_form_call_response\":{\"result\":{\"text\":\"\t\"}}}",
    ] {
        assert!(!form(body), "{body}");
    }
    for body in [r#"{"status":"1"}"#, r#"{"data":{}}"#, r#"{"status":"0","status":"1"}"#, r#"{"status":null}"#] {
        assert!(!json(body), "{body}");
    }
}

/// Deviations of single values do not stop the pass: they are counted as the tolerant reader counts them.
#[test]
fn odd_values_are_read_in_one_pass() {
    let deep = format!(r#"{{"map":{{"k":{}}}}}"#, "[".repeat(100) + &"]".repeat(100));
    for value in [
        r#"{"text":1,"number":"2","yes":"true","when":3,"price":1.5,"extra":"{}","opaque":[],"map":{"a":1,"a":2}}"#,
        r#"{"text":{},"number":1.0,"yes":0,"when":[],"price":"x","extra":null,"opaque":"\ud800","map":[]}"#,
        r#"{"gender":1,"channel":"FAX","item":[{"id":1}],"names":"a","numbers":[1,null,"2"],"items":{"x":[{"id":1}]}}"#,
        r#"{"gender":"1","channel":"SMS"}"#,
        r#"{"gender":1.0,"channel":7,"item":{"child":{"zz":{"a":[true,{}]}}},"items":{"initiative_item":[{"id":1}]}}"#,
        r#"{"text":"a","text":"b","zz":1,"te\u0078t":"\ud800","rows":[[1],null,[]],"items":{},"item":{"id":1,"id":2}}"#,
        r#"{"number":9223372036854775808,"numbers":[-0,01e1],"names":["\"\\\n\u4e2d"]}"#,
        r#"{"number":9223372036854775808,"numbers":[-0,1e1],"names":["\"\\\n\u4e2d"]}"#,
        &deep,
    ] {
        let is_valid = Raw::parse(value).is_ok();
        assert_eq!(readers_agree_on_text::<All>(value), Ok(is_valid), "{value}");
    }
}

/// Which of many coercions are recorded depends on their order.
#[test]
fn the_same_ones_of_many_coercions_are_recorded() {
    for seed in 0..5 {
        let item = |number: usize| match (number * 7 + seed) % 5 {
            0 => format!(r#""z{number}":1"#),
            1 => format!(r#""text":{number}"#),
            2 => format!(r#""item":[{{"id":"1","y{number}":{{}}}}]"#),
            3 => format!(r#""items":[{{"x{number}":1}},null,{{"child":{{"id":1.0,"w{number}":0}}}}]"#),
            _ => format!(r#""items":{{"initiative_item":[{{"v{number}":1}}],"u{number}":1}}"#),
        };
        let members: Vec<String> = (0..400).map(item).collect();
        let json = members.join(",");
        assert_eq!(readers_agree_on_text::<All>(&format!("{{{json}}}")), Ok(true));
        let answer = format!(r#"{{"a_form_call_response":{{"result":{{{json}}},"request_id":{{}},{json}}}}}"#);
        assert_eq!(readers_agree::<FormCall>(answer.as_bytes()), Ok(true));
        let answer = format!(r#"{{"status":0,"data":{{{json}}},"reason":[],{json}}}"#);
        assert_eq!(readers_agree::<JsonCall>(answer.as_bytes()), Ok(true));
    }
}

#[test]
fn depth_is_counted_alike() {
    for levels in [1, 62, 63, 64, 65, 66, 100, 150] {
        let nested = (0..levels).fold("{\"id\":1}".to_owned(), |inner, _| format!("{{\"child\":{inner}}}"));
        assert!(readers_agree_on_text::<All>(&format!("{{\"item\":{nested}}}")).is_ok(), "{levels}");
    }
}
