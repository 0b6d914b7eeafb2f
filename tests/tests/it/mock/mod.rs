//! The mock server: every endpoint through both drivers, its checks, and hostile clients.

mod checks;
mod endpoints;
mod hostile;
mod messages;
mod peers;
mod placed;
mod signatures;

use apograph_apis::nio::{self, Nio};
use apograph_apis::top::{self, Top};
use apograph_apis::{Client, RetryPolicy};
use apograph_runtime::{HttpOptions, Platform, Proxy, ReqwestTransport, UreqTransport};
use apograph_tests::mock::{KEY, Mock, SECRET};

fn direct() -> HttpOptions {
    HttpOptions::new().with_proxy(Proxy::None)
}

fn blocking() -> UreqTransport {
    UreqTransport::new(&direct()).expect("a transport")
}

fn asynchronous() -> ReqwestTransport {
    ReqwestTransport::new(&direct()).expect("a transport")
}

fn client<P: Platform>(credentials: P::Credentials, mock: &Mock, platform: &str) -> Client<P> {
    let client = Client::<P>::new(credentials).with_retries(RetryPolicy::off());
    client.with_base_url(&mock.url(platform)).expect("a base URL")
}

fn top(mock: &Mock) -> Client<Top> {
    client(top::Credentials::new(KEY, SECRET).expect("credentials"), mock, "top")
}

fn nio(mock: &Mock) -> Client<Nio> {
    client(nio::Credentials::new(KEY, SECRET).expect("credentials"), mock, "nio")
}
