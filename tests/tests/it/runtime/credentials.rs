//! Credentials that cannot be right are refused when they are made.

use apograph_apis::{Client, CredentialsError, CredentialsProblem, Error, Secret, nio, top};

/// The names and problems of the credentials that are refused.
fn refused(result: Result<top::Credentials, CredentialsError>) -> (&'static str, CredentialsProblem, String) {
    let error = result.expect_err("it cannot be right");
    (error.name(), error.problem(), format!("{error} {error:?}"))
}

#[test]
fn empty_and_padded_credentials_are_refused_by_name() {
    for blank in ["", " ", "\t\r\n", "\u{3000}", "\u{feff}"] {
        let (name, problem, _) = refused(top::Credentials::new(blank, "helloworld"));
        assert_eq!((name, problem), ("app_key", CredentialsProblem::Empty), "{blank:?}");
        let (name, problem, _) = refused(top::Credentials::new("12345678", Secret::new(blank)));
        assert_eq!((name, problem), ("app_secret", CredentialsProblem::Empty), "{blank:?}");
    }
    for padded in ["hello world\n", " helloworld", "hello\r", "\u{feff}hello", "hello\u{200b}", "\u{0}hello"] {
        let (name, problem, text) = refused(top::Credentials::new(padded, "helloworld"));
        assert_eq!((name, problem), ("app_key", CredentialsProblem::Padded), "{padded:?}");
        assert!(!text.contains("hello"), "{text}");
        let (name, problem, text) = refused(top::Credentials::new("12345678", padded));
        assert_eq!((name, problem), ("app_secret", CredentialsProblem::Padded), "{padded:?}");
        assert!(!text.contains("hello"), "{text}");
    }
    // White space inside is unusual, but some key may contain it.
    assert!(top::Credentials::new("1 2", "hello world").is_ok());
    assert_eq!(nio::Credentials::new("a", "").expect_err("empty").name(), "api_secret");
}

#[test]
fn a_refused_credential_is_an_error_of_a_call() {
    fn client() -> Result<Client<top::Top>, Error> {
        Ok(Client::new(top::Credentials::new("12345678", "helloworld ")?))
    }
    let error = client().expect_err("the secret is padded");
    assert!(!error.is_retryable() && matches!(error, Error::Credentials(_)));
    assert_eq!(error.to_string(), "the credentials cannot be used");
    let cause = std::error::Error::source(&error).expect("a cause");
    assert_eq!(cause.to_string(), "`app_secret` starts or ends with white space or a control character");
}

#[test]
fn a_blank_session_still_counts_as_missing() {
    let credentials = top::Credentials::new("12345678", "helloworld").expect("good credentials");
    let client = Client::<top::Top>::new(credentials.with_session(" "));
    let call = top::lvms::lvr_importcallcustomer::LvrImportcallcustomer::new();
    let request = client.request(&call).expect("the API needs no session");
    assert!(!request.uri().query().expect("a query").contains("session"));
}
