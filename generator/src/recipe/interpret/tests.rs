//! What reports of interpreted recipes show.

use std::time::UNIX_EPOCH;

use apograph_runtime::SystemNonce;

use super::*;
use crate::recipe::sound_scheme;

/// The report of a request that is signed by the steps of a recipe whose last one is `sign`.
fn report(steps: &str) -> SigningReport {
    let scheme = sound_scheme(&format!(
        "credentials: {{app_key: id, app_secret: secret}}
put: {{query: {{app_key: '{{app_key}}'}}}}
let:
  params: {{pairs: {{from: [query], except: [sign], item: '{{k}}{{v}}', join: ''}}}}
{steps}place: {{query: {{sign: '{{sign|md5|HEX}}'}}}}
vectors: {{none: made up}}
"
    ));
    let nonce = SystemNonce::default();
    let mut parts = Parts::new("GET", "https://gw.example/rest").expect("a URL");
    let credentials = ["12345678", "helloworld"].map(|value| Some(Secret::from(value)));
    explain(&scheme, 0, &credentials, &Moment::new(UNIX_EPOCH, &nonce), &mut parts).expect("a report")
}

#[test]
fn values_that_are_made_from_secrets_are_masked() {
    for (steps, expected) in [
        (
            "  sign: {text: '{app_secret|sha256|hex}{params}{app_secret}'}\n",
            "<app_secret|sha256|hex>app_key12345678<app_secret>",
        ),
        (
            "  kd: {text: 'x{app_secret}'}\n  sign: {text: '{kd|md5|base64}{params}{app_secret}'}\n",
            "<kd|md5|base64>app_key12345678<app_secret>",
        ),
        (
            "  sign: {text: '{app_secret|len:3}.{params}{app_secret}'}\n",
            "<app_secret|len:3>.app_key12345678<app_secret>",
        ),
        ("  sign: {text: '{app_secret|md5|hex}{params}'}\n", "<app_secret|md5|hex>app_key12345678"),
        ("  kd: {text: '{app_secret|md5|hex}'}\n  sign: {text: '{kd}{params}'}\n", "<kd>app_key12345678"),
        ("  sign: {text: '{app_secret}{params|md5|hex}'}\n", "<app_secret>4a3a2a159253b2eca32ee74f162c7db4"),
    ] {
        let report = report(steps);
        assert_eq!(report.text_to_sign(), Some(expected), "{steps}");
        let digest = sign::hex(&sign::sha256(b"helloworld"));
        assert!(!report.to_string().contains(&digest), "{report}");
        assert_eq!(report.compare(expected), apograph_runtime::Comparison::Same);
    }
}
