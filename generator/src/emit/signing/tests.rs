//! The statements of signing functions.

use proc_macro2::TokenTree;

use super::*;
use crate::diagnostic::Diagnostics;
use crate::names;
use crate::recipe::sound_scheme;

/// The statements of the signing function of a scheme.
fn body(yaml: &str) -> String {
    let scheme = sound_scheme(&format!("{yaml}vectors: {{none: made up}}\n"));
    let mut diagnostics = Diagnostics::new();
    let names = names::scheme_names(&scheme, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    match sign_function(&scheme, &names).into_iter().last() {
        Some(TokenTree::Group(statements)) => statements.stream().to_string(),
        other => panic!("no body: {other:?}"),
    }
}

#[test]
fn optional_values_guard_their_fields() {
    let body = body(
        "credentials: {id: id, secret: secret, extra: id, session: token}
optional: [extra, session, op.b]
op: [a, b]
put: {query: {x: '{extra?}{op.a}', id: '{id}', b: '{op.b?}', both: '{extra?}{session?}'}}
let: {m: {text: '{secret}{extra?}{op.b?}{session?}'}}
place: {query: {s: '{m|md5|hex}'}}
",
    );
    let expected = quote! {
        if let Some(extra) = &credentials.extra {
            moment.note_field(Location::Query, "x", &[("extra", extra), ("", parts.fact("a")?)]);
            parts.put_query("x", sign::concat(&[extra, parts.fact("a")?]));
        }
        moment.note_field(Location::Query, "id", &[("id", &credentials.id)]);
        parts.put_query("id", &credentials.id);
        if let Some(op_b) = parts.optional_fact("b").map(str::to_owned) { parts.put_query("b", &op_b); }
        if let (Some(extra), Some(session)) = (&credentials.extra, &credentials.session) {
            moment.note_field(Location::Query, "both", &[("extra", extra), ("session", session.expose())]);
            parts.put_query("both", sign::concat(&[extra, session.expose()]));
        }
        let m = moment.secret_text("m", &[
            ("secret", credentials.secret.expose()),
            ("extra", credentials.extra.as_deref().unwrap_or_default()),
            ("", parts.optional_fact("b").unwrap_or_default()),
            ("session", credentials.session.as_ref().map_or("", Secret::expose))
        ]);
        moment.note("m", &m);
        moment.note_signature(Location::Query, "s", "m", &[(Location::Query, "b"), (Location::Query, "both")]);
        parts.put_query("s", sign::hex(&sign::md5(m.expose().as_bytes())));
        Ok(())
    };
    assert_eq!(body, expected.to_string());
}

#[test]
fn request_texts_are_copied_before_the_request_changes() {
    let body = body(
        "put: {headers: {H: '{host}', P: '{path}', Q: '{query}', B: '{body|sha1|base64}'}}
let: {a: {text: '{method}中'}}
place: {headers: {S: '{a|len:3}'}}
",
    );
    let expected = quote! {
        parts.put_header("H", parts.host().to_owned());
        parts.put_header("P", parts.path().into_owned());
        parts.put_header("Q", parts.query_text());
        parts.put_header("B", sign::base64(&sign::sha1(parts.body_text()?.as_bytes())));
        let a = sign::concat(&[parts.method(), "中"]);
        moment.note("a", &a);
        parts.put_header("S", sign::byte_length(a.as_bytes(), 3));
        Ok(())
    };
    assert_eq!(body, expected.to_string());
}

#[test]
fn keys_made_of_secrets_stay_closed() {
    let body = body(
        "credentials: {id: id, secret: secret}
let:
  key: {hmac: {alg: sha256, key: 'v{secret}', over: day}}
  mac: {hmac: {alg: sha512, key: '{key}中', over: '{id}&'}}
place: {form: {s: '{mac|HEX}'}}
",
    );
    let expected = quote! {
        let key = SecretBytes::concat(&[&sign::hmac_sha256(
            SecretText::concat(&["v", credentials.secret.expose()]).expose().as_bytes(),
            b"day"
        )]);
        moment.note_key("key", &key);
        let mac = sign::hmac_sha512(
            SecretBytes::concat(&[key.expose(), "中".as_bytes()]).expose(),
            moment.noted("mac.over", moment.text("mac.over", &[("id", &credentials.id), ("", "&")])).as_bytes()
        );
        moment.note("mac", &mac);
        moment.note_signature(Location::Form, "s", "mac.over", &[]);
        parts.put_form("s", sign::hex_upper(&mac));
        Ok(())
    };
    assert_eq!(body, expected.to_string());
}

#[test]
fn digests_of_secrets_are_noted_as_masks() {
    let body = body(
        "credentials: {id: id, secret: secret}
let:
  m: {text: '{secret|md5|hex}{id}{secret|md5|hex}'}
  key: {text: '{secret|sha1}'}
  mac: {hmac: {alg: sha256, key: '{key}', over: '{m}'}}
place: {form: {s: '{mac|HEX}'}}
",
    );
    let expected = quote! {
        moment.note_mask("secret|md5|hex", || sign::hex(&sign::md5(credentials.secret.expose().as_bytes())));
        let m = moment.secret_text("m", &[
            ("secret|md5|hex", &sign::hex(&sign::md5(credentials.secret.expose().as_bytes()))),
            ("id", &credentials.id),
            ("secret|md5|hex", &sign::hex(&sign::md5(credentials.secret.expose().as_bytes())))
        ]);
        moment.note("m", &m);
        let key = SecretBytes::concat(&[&sign::sha1(credentials.secret.expose().as_bytes())]);
        moment.note_key("key", &key);
        let mac = sign::hmac_sha256(key.expose(), m.expose().as_bytes());
        moment.note("mac", &mac);
        moment.note_signature(Location::Form, "s", "m", &[]);
        parts.put_form("s", sign::hex_upper(&mac));
        Ok(())
    };
    assert_eq!(body, expected.to_string());
}

#[test]
fn clocks_nonces_and_pairs_are_one_statement_each() {
    let body = body(
        "clock: {a: {format: '%H', zone: '-05:30'}, b: {format: unix, plus: -60}}
nonce: {n: 'digits:4'}
put: {query: {a: '{a}', b: '{b}', n: '{n}'}}
let:
  all: {pairs: {from: [query, form], only: ['a*'], drop: [empty], item: '{v}', item_empty: none, join: '&'}}
place: {query: {s: '{all|sha256|base64url}'}}
",
    );
    let expected = quote! {
        let a = moment.datetime("%H", -(5 * 3600 + 1800), 0)?;
        let b = moment.unix(-60);
        let n = moment.nonce("n", NonceForm::Digits(4))?;
        parts.put_query("a", &a);
        parts.put_query("b", &b);
        parts.put_query("n", &n);
        let all = Pairs::of(parts, &[Location::Query, Location::Form]).only(&["a*"]).without_empty().noted(moment).join(
            "&",
            |_, v| if v.is_empty() { sign::concat(&["none"]) } else { sign::concat(&[v]) }
        );
        moment.note("all", &all);
        moment.note_signature(Location::Query, "s", "all", &[]);
        parts.put_query("s", sign::base64_url(&sign::sha256(all.as_bytes())));
        Ok(())
    };
    assert_eq!(body, expected.to_string());
}

#[test]
fn what_all_methods_do_is_written_once() {
    let body = body(
        "credentials: {id: id, secret: secret}
put: {query: {id: '{id}'}}
variants:
  one: {put: {query: {way: one}}, let: {m: {text: '{secret}{id}'}, s: {text: '{m|md5|hex}'}}}
  two: {put: {query: {way: two}}, let: {m: {text: '{secret}{id}'}, s: {text: '{m|sha1|hex}'}}}
default: one
place: {query: {s: '{s}'}}
",
    );
    let expected = quote! {
        moment.note_field(Location::Query, "id", &[("id", &credentials.id)]);
        parts.put_query("id", &credentials.id);
        parts.put_query("way", match method { SignMethod::One => "one", SignMethod::Two => "two" });
        let m = moment.secret_text("m", &[("secret", credentials.secret.expose()), ("id", &credentials.id)]);
        moment.note("m", &m);
        match method {
            SignMethod::One => {
                let s = sign::hex(&sign::md5(m.expose().as_bytes()));
                moment.note("s", &s);
                moment.note_signature(Location::Query, "s", "m", &[(Location::Query, "id")]);
                parts.put_query("s", &s);
            }
            SignMethod::Two => {
                let s = sign::hex(&sign::sha1(m.expose().as_bytes()));
                moment.note("s", &s);
                moment.note_signature(Location::Query, "s", "m", &[(Location::Query, "id")]);
                parts.put_query("s", &s);
            }
        }
        Ok(())
    };
    assert_eq!(body, expected.to_string());
}
