//! The mapping between the bodies of the service and the types of the platforms, errors included.

// region: mapping
use std::time::Duration;

use apograph_apis::nio::aivoice::import_customer::{CustomerPerson, ImportCustomer, ImportCustomerResponse};
use apograph_apis::top::alsc::crm_open_customer_save::{
    Channel, CrmOpenCustomerSave, CrmOpenCustomerSaveResponse, CustomerSaveOpenReq,
};
use apograph_apis::{Error, TransportProblem};
use axum::Json;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

/// The body of `POST /customers`.
#[derive(Deserialize)]
pub struct NewCustomer {
    brand_id: String,
    shop_id: String,
    operator_id: String,
    /// The same for every repetition of the same request.
    request_id: String,
    name: Option<String>,
    mobile: Option<String>,
}

impl From<NewCustomer> for CrmOpenCustomerSave {
    fn from(customer: NewCustomer) -> Self {
        let mut request = CustomerSaveOpenReq::new()
            .brand_id(customer.brand_id)
            .shop_id(customer.shop_id)
            .operator_id(customer.operator_id)
            .request_id(customer.request_id)
            .channel(Channel::Pos);
        (request.name, request.mobile) = (customer.name, customer.mobile);
        Self::new().param_customer_save_open_req(request)
    }
}

/// The answer to `POST /customers`.
#[derive(Serialize)]
pub struct Saved {
    customer_id: String,
}

impl TryFrom<CrmOpenCustomerSaveResponse> for Saved {
    type Error = Failed;

    fn try_from(answer: CrmOpenCustomerSaveResponse) -> Result<Self, Failed> {
        // The API reports failures of its own in the answer.
        let result = answer.result.filter(|result| result.biz_success != Some(false)).and_then(|result| result.result);
        result.map(|customer_id| Self { customer_id }).ok_or(Failed::NotSaved)
    }
}

/// The body of `POST /calls`.
#[derive(Deserialize)]
pub struct Calls {
    app: String,
    task: i64,
    people: Vec<Person>,
}

#[derive(Deserialize)]
struct Person {
    name: String,
    phone: String,
}

impl From<Calls> for ImportCustomer {
    fn from(calls: Calls) -> Self {
        let people = calls.people.into_iter();
        let people = people.map(|person| CustomerPerson::new().name(person.name).phone_number(person.phone));
        Self::new().app_id(calls.app).job_id(calls.task).customer_persons(people.collect::<Vec<_>>())
    }
}

/// The answer to `POST /calls`.
#[derive(Serialize)]
pub struct Imported {
    /// Why the platform did not take a person.
    rejected: Vec<String>,
}

impl From<ImportCustomerResponse> for Imported {
    fn from(answer: ImportCustomerResponse) -> Self {
        Self { rejected: answer.data.unwrap_or_default() }
    }
}

/// A call that failed.
pub enum Failed {
    /// No usable answer, or an error.
    Call(Error),
    /// The platform answered that it has not saved the customer.
    NotSaved,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let Self::Call(error) = self else {
            return (StatusCode::CONFLICT, "the customer was not saved").into_response();
        };
        // `Display` of errors shows no value of a request and no secret.
        let body = serde_json::json!({
            "error": error.to_string(),
            "code": error.sub_code().or(error.code()),
            "request_id": error.request_id(),
        });
        let mut response = (status(&error), Json(body)).into_response();
        if let Some(wait) = error.retry_after() {
            response.headers_mut().insert(RETRY_AFTER, whole_seconds(wait).max(1).into());
        }
        response
    }
}

/// Rounds up, so that a caller does not come back too early.
fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

fn status(error: &Error) -> StatusCode {
    match error {
        Error::Violations(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Transport(error) if error.problem() == TransportProblem::Timeout => StatusCode::GATEWAY_TIMEOUT,
        _ if error.is_retryable() => StatusCode::SERVICE_UNAVAILABLE,
        Error::Transport(_) | Error::Http(_) | Error::Decode(_) => StatusCode::BAD_GATEWAY,
        // The caller's values, rather than the service's credentials or clock.
        Error::Platform(error) if error.sub_code.as_deref().is_some_and(|code| code.starts_with("isv.")) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Error::Status(error) if error.status == "-27" || error.status == "-32" => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
// endregion
