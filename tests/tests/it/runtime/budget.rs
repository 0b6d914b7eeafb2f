//! Answers cost what they weigh: what a short body makes large is refused, and no page of a real answer comes near.

use apograph_apis::Client;
use apograph_apis::top::lingyang::UtouchSubmitInitiativeBatchTask as Batch;
use apograph_apis::top::{self, Top};
use apograph_runtime::{Answer, DecodeProblem, Endpoint, Error};

type Received = Result<Answer<<Batch as Endpoint>::Response>, Error>;

const ROOT: &str = "alibaba_lingyang_utouch_submit_initiative_batch_task_response";

fn receive(body: String) -> Received {
    let client = Client::<Top>::new(top::Credentials::new("1", "s").expect("credentials"));
    client.answer::<Batch>(http::Response::new(body.into_bytes()))
}

/// An answer with `count` tasks, each of them `task`.
fn tasks(task: &str, count: usize) -> String {
    let list = vec![task; count].join(",");
    format!(r#"{{"{ROOT}":{{"result":{{"data":{{"initiative_task_response":[{list}]}}}}}}}}"#)
}

#[test]
fn many_empty_objects_are_refused() {
    let body = tasks("{}", 350_000);
    let error = receive(body.clone()).expect_err("too large");
    let Error::Decode(decode) = &error else { panic!("{error}") };
    let limit = (16 << 20) + 4 * body.len();
    assert_eq!(decode.problem(), &DecodeProblem::TooLarge { limit });
    assert!(error.to_string().ends_with(&format!("more than {limit} bytes of memory")), "{error}");
    assert_eq!((error.body(), error.is_retryable()), (Some(body.as_bytes()), false));
}

#[test]
fn pages_of_real_answers_are_far_below_the_limit() {
    let full = r#"{"task_id":123,"task_request":{"policy_id":123,"biz_id":"BIZ_ID","phone_number":"18717866218",
        "outer_user_id":"OUTER_USER_ID","cms_user_id":123,"user_name":"USER_NAME","source_id":123,"email":"q@qq.com",
        "input_params":"{}","plan_execute_start_time":"2024-03-14 15:16:52","book_charge_biz_info":"{}"}}"#;
    let sparse = r#"{"task_id":123,"task_request":{"phone_number":"18717866218","user_name":"USER_NAME"}}"#;
    let one = r#"{"task_request":{"policy_id":123}}"#;
    for (task, items) in [(full, 10_000), (sparse, 20_000), (one, 20_000), (r#"{"task_id":1}"#, 20_000), ("{}", 20_000)]
    {
        let answer = receive(tasks(task, items)).expect("an answer");
        let decoded = answer.value.result.and_then(|result| result.data).map(|tasks| tasks.len());
        assert_eq!(decoded, Some(items), "{task}");
    }
}
