//! Helpers of the emitted tests.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::mentions::mentions;

/// Returns the helpers that the tests call.
pub(super) fn used_by(tests: &[TokenStream]) -> Vec<TokenStream> {
    let all: TokenStream = tests.iter().cloned().collect();
    let checks = [
        ("assert_covers", covers()),
        ("assert_covers_body", covers_body()),
        ("assert_covers_clock", covers_clock()),
        ("assert_covers_credentials", covers_credentials()),
        ("assert_ignores_order", ignores_order()),
        ("assert_ignores_itself", ignores_itself()),
    ];
    let mut helpers = input();
    helpers.extend(checks.into_iter().filter(|(name, _)| mentions(&all, name)).map(|(_, item)| item));
    helpers
}

fn input() -> Vec<TokenStream> {
    vec![
        quote! {
            /// A request before it is signed, with everything that its signature depends on.
            struct Input<P: Platform> {
                parts: Parts,
                credentials: P::Credentials,
                method: P::SignMethod,
                /// Time of the attempt, in Unix seconds.
                seconds: u64,
                nonces: &'static [(&'static str, &'static str)],
            }
        },
        quote! {
            impl<P: Platform> Input<P> {
                fn signed(mut self) -> Parts {
                    let nonce = SystemNonce::default();
                    let now = UNIX_EPOCH + Duration::from_secs(self.seconds);
                    let moment = Moment::new(now, &nonce).with_known_nonces(self.nonces);
                    P::sign(&mut self.parts, &self.credentials, self.method, &moment).expect("a signature");
                    self.parts
                }
            }
        },
    ]
}

fn covers() -> TokenStream {
    quote! {
        /// Checks that changing any signed value changes the signature.
        fn assert_covers<P: Platform>(input: impl Fn() -> Input<P>, signature: (Location, &str), values: &[(Location, &str)]) {
            let (location, field) = signature;
            let before = input().signed();
            for (place, name) in values {
                let mut altered = input();
                altered.parts.put(*place, name, "altered");
                assert_ne!(altered.signed().get(location, field), before.get(location, field), "`{name}` is not signed");
            }
        }
    }
}

fn covers_body() -> TokenStream {
    quote! {
        /// Checks that changing the body changes the signature.
        fn assert_covers_body<P: Platform>(input: impl Fn() -> Input<P>, (location, field): (Location, &str)) {
            let mut altered = input();
            altered.parts = altered.parts.with_body("altered");
            assert_ne!(altered.signed().get(location, field), input().signed().get(location, field));
        }
    }
}

fn covers_clock() -> TokenStream {
    quote! {
        /// Checks that another time, with another day, hour, minute and second, changes the signature.
        fn assert_covers_clock<P: Platform>(input: impl Fn() -> Input<P>, (location, field): (Location, &str)) {
            let mut altered = input();
            altered.seconds += 400 * 86_400 + 3_661;
            assert_ne!(altered.signed().get(location, field), input().signed().get(location, field));
        }
    }
}

fn covers_credentials() -> TokenStream {
    quote! {
        /// Checks that changing a credential changes the signature.
        fn assert_covers_credentials<P: Platform>(
            input: impl Fn() -> Input<P>,
            (location, field): (Location, &str),
            credentials: impl IntoIterator<Item = P::Credentials>,
        ) {
            let before = input().signed();
            for credentials in credentials {
                let altered = Input { credentials, ..input() };
                assert_ne!(altered.signed().get(location, field), before.get(location, field));
            }
        }
    }
}

fn ignores_order() -> TokenStream {
    quote! {
        /// Checks that the order of the parameters does not matter.
        fn assert_ignores_order<P: Platform>(input: impl Fn() -> Input<P>, (location, field): (Location, &str)) {
            let mut altered = input();
            altered.parts.reverse(Location::Query);
            altered.parts.reverse(Location::Form);
            assert_eq!(altered.signed().get(location, field), input().signed().get(location, field));
        }
    }
}

fn ignores_itself() -> TokenStream {
    quote! {
        /// Checks that a signature that is already there does not matter.
        fn assert_ignores_itself<P: Platform>(input: impl Fn() -> Input<P>, (location, field): (Location, &str)) {
            let mut altered = input();
            altered.parts.put(location, field, "an earlier signature");
            assert_eq!(altered.signed().get(location, field), input().signed().get(location, field));
        }
    }
}
