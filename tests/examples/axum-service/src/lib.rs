//! The routes: each turns a body into a call, and the answer into a body.

mod mapping;

// region: routes
use std::time::Duration;

use apograph_apis::nio::Nio;
use apograph_apis::nio::aivoice::import_customer::ImportCustomer;
use apograph_apis::top::Top;
use apograph_apis::top::alsc::crm_open_customer_save::CrmOpenCustomerSave;
use apograph_apis::{AsyncClient, RetryPolicy};
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};

use mapping::{Calls, Failed, Imported, NewCustomer, Saved};

/// How long a caller of the service waits for a platform, retries included.
const PATIENCE: Duration = Duration::from_secs(10);

/// The service.
pub fn app(top: AsyncClient<Top>, nio: AsyncClient<Nio>) -> Router {
    Router::new()
        .route("/customers", post(save_customer).with_state(top))
        .route("/calls", post(import_calls).with_state(nio))
}

/// Saves a customer. The API's page calls it safe to repeat, so that time-outs are repeated too.
async fn save_customer(
    State(top): State<AsyncClient<Top>>,
    Json(customer): Json<NewCustomer>,
) -> Result<Json<Saved>, Failed> {
    let call = CrmOpenCustomerSave::from(customer);
    let answer = top.call(&call).timeout(PATIENCE).attempt_timeout(PATIENCE / 2).send().await?;
    answer.value.try_into().map(Json)
}

/// Adds customers to a calling task.
async fn import_calls(State(nio): State<AsyncClient<Nio>>, Json(calls): Json<Calls>) -> Result<Json<Imported>, Failed> {
    let call = ImportCustomer::from(calls);
    let retries = RetryPolicy::standard().with_attempts(2);
    let answer = nio.call(&call).timeout(PATIENCE).retries(retries).send().await?;
    Ok(Json(answer.value.into()))
}
// endregion
