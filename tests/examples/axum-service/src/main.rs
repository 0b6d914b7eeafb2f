//! Starts the service. This file and the lines outside of the regions of the other files are the glue: code that is neither
//! route, nor mapping, nor test.

use apograph_apis::{Client, nio, top};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    tracing_subscriber::fmt::init();
    let env = std::env::var::<&str>;
    let top = Client::new(top::Credentials::new(env("TOP_APP_KEY")?, env("TOP_APP_SECRET")?)?).into_async()?;
    let nio = Client::new(nio::Credentials::new(env("NIO_API_KEY")?, env("NIO_API_SECRET")?)?).into_async()?;
    Ok(axum::serve(tokio::net::TcpListener::bind("127.0.0.1:3000").await?, axum_service::app(top, nio)).await?)
}
