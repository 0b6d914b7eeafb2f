//! Tests every rule of the language with a scheme that breaks it.

use super::*;
use crate::source::Sources;

/// A valid scheme. Each test breaks it in one place.
const SOUND: &str = "
credentials: {key: id, secret: secret, session: token}
optional: [session]
clock: {timestamp: {format: '%Y-%m-%d %H:%M:%S', zone: '+08:00'}}
put: {query: {key: '{key}', session: '{session?}', timestamp: '{timestamp}'}}
let:
  params: {pairs: {from: [query, form], except: [sign], drop: [empty, file], item: '{k}{v}'}}
  wrapped: {text: '{secret}{params}{secret}'}
  signature: {text: '{wrapped|md5|HEX}'}
place: {query: {sign: '{signature}'}}
vectors: {none: made up}
";

/// The scheme, for tests of names and emission.
pub(crate) fn sound(yaml: &str) -> Scheme {
    let (scheme, findings) = checked(yaml);
    scheme.unwrap_or_else(|| panic!("{findings:#?}"))
}

pub(super) fn checked(yaml: &str) -> (Option<Scheme>, Vec<Diagnostic>) {
    let spec: SchemeSpec = serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"));
    let mut sources = Sources::new();
    let file = sources.add("platform.yaml", yaml);
    let mut diagnostics = Diagnostics::new();
    let scheme = check_scheme("x", &spec, file, &Keys::default(), &mut diagnostics);
    (scheme, diagnostics.into_iter().collect())
}

/// Returns the findings about a scheme, as `E0601 path: message`.
pub(super) fn said(yaml: &str) -> Vec<String> {
    let (scheme, findings) = checked(yaml);
    assert_eq!(
        scheme.is_none(),
        findings.iter().any(|finding| finding.severity() == crate::diagnostic::Severity::Error)
    );
    findings.iter().map(|finding| format!("{} {}: {}", finding.code().id(), path(finding), finding.message())).collect()
}

fn path(finding: &Diagnostic) -> String {
    match finding.place().map(|place| &place.at) {
        Some(crate::source::Position::Path(path, _)) => path.to_string().replacen("signing.x", "", 1),
        other => format!("{other:?}"),
    }
}

/// Returns the findings about [`SOUND`] with one text replaced.
fn broken(from: &str, to: &str) -> Vec<String> {
    assert!(SOUND.contains(from), "{from}");
    said(&SOUND.replacen(from, to, 1))
}

#[test]
fn a_sound_scheme_is_resolved() {
    let (scheme, findings) = checked(SOUND);
    assert_eq!(findings, []);
    let scheme = scheme.expect("a scheme");
    assert_eq!(scheme.runtime_features().into_iter().collect::<Vec<_>>(), ["md5"]);
    assert_eq!(scheme.parameter_names().collect::<Vec<_>>(), ["key", "session", "sign", "timestamp"]);
    assert_eq!(scheme.session(), Some(2));
}

#[test]
fn templates_must_be_readable() {
    assert_eq!(broken("'{signature}'", "'{signature'"), ["E0601 .place.query.sign: unmatched `{`"]);
    assert_eq!(broken("'{k}{v}'", "'{k}{v'"), ["E0601 .let.params.pairs.item: unmatched `{`"]);
    assert_eq!(broken("'{k}{v}'", "'{k}{x}'"), ["E0602 .let.params.pairs.item: `item` can use only `{k}` and `{v}`"]);
}

#[test]
fn names_are_declared_above_their_use() {
    assert_eq!(broken("'{secret}{params}", "'{secret}{parms}"), ["E0602 .let.wrapped.text: unknown name `parms`"]);
    assert_eq!(
        broken("'{secret}{params}", "'{secret}{signature}"),
        ["E0602 .let.wrapped.text: unknown name `signature`"]
    );
    assert_eq!(broken("key: '{key}'", "key: '{signature}'"), ["E0602 .put.query.key: unknown name `signature`"]);
    assert_eq!(broken("key: '{key}'", "key: '{op.key}'"), ["E0602 .put.query.key: unknown name `op.key`"]);
    let (_, findings) = checked(&SOUND.replace("'{secret}{params}", "'{secret}{parms}"));
    assert!(format!("{findings:?}").contains("did you mean `params`?"));
}

#[test]
fn names_are_declared_once() {
    assert_eq!(broken("let:\n", "let:\n  key: {text: a}\n"), ["E0603 .let.key: `key` is declared twice"]);
    assert_eq!(
        broken("clock: {", "clock: {body: {format: unix}, ")[0],
        "E0603 .clock.body: `{body}` is predefined and cannot be declared"
    );
    let hidden =
        broken("'{secret}{params}{secret}'}\n", "'{secret}{params}{secret}{query}'}\n  query: {text: '{query}'}\n");
    assert_eq!(hidden, ["E0610 .let.query: nothing that is sent depends on the step `query`"]);
    assert_eq!(broken("let:\n", "let:\n  a.b: {text: a}\n"), ["E0603 .let[\"a.b\"]: `a.b` is not a valid name"]);
    assert_eq!(
        broken("place: {query: {sign:", "place: {query: {'':"),
        ["E0603 .place.query[\"\"]: `` is not a valid field name here"]
    );
    assert_eq!(
        broken("place: {query: {sign:", "place: {headers: {a b:"),
        ["E0603 .place.headers[\"a b\"]: `a b` is not a valid field name here"]
    );
    assert_eq!(
        broken("optional: [session]", "optional: [session]\nop: [a, a]"),
        ["E0603 .op[1]: the fact `a` is listed twice"]
    );
}

#[test]
fn words_are_those_of_the_language() {
    for (from, to, expected) in [
        ("key: id", "key: idd", "E0604 .credentials.key: unknown kind of credential `idd`"),
        ("optional:", "any_case: [sing]\noptional:", "E0604 .any_case[0]: unknown field in `place` `sing`"),
        ("[session]", "[session, sesion]", "E0604 .optional[1]: unknown credential or fact `sesion`"),
        ("put: {query:", "put: {quer:", "E0604 .put.quer: unknown location `quer`"),
        ("[query, form]", "[query, from]", "E0604 .let.params.pairs.from[1]: unknown location `from`"),
        ("[empty, file]", "[empty, files]", "E0604 .let.params.pairs.drop[1]: unknown kind of pair `files`"),
        ("md5|HEX", "md5|Hex", "E0604 .let.signature.text: unknown filter `Hex`"),
        ("md5|HEX", "md5:3|HEX", "E0604 .let.signature.text: only `len` takes an argument"),
        ("drop: [", "sort: nme, drop: [", "E0604 .let.params.pairs.sort: unknown order `nme`"),
        ("clock:", "nonce: {n: uuid}\nclock:", "E0604 .nonce.n: unknown form of a nonce `uuid`"),
        (
            "signature: {text: '{wrapped|md5|HEX}'}",
            "mac: {hmac: {alg: sha2, key: a, over: '{wrapped}'}}\n  signature: {text: '{mac|hex}'}",
            "E0604 .let.mac.hmac.alg: unknown digest `sha2`",
        ),
    ] {
        assert!(broken(from, to).contains(&expected.to_owned()), "{:?}", broken(from, to));
    }
}

#[test]
fn private_keys_only_sign() {
    let key = |signature: &str| {
        let yaml =
            SOUND.replace("secret: secret", "secret: private_key").replace("'{secret}{params}{secret}'", "'{params}'");
        said(&yaml.replace("{text: '{wrapped|md5|HEX}'}", signature).replace("'{signature}'", "'{signature|base64}'"))
    };
    let sign = "{pk_sign: {alg: rsa-sha256, key: secret, over: '{wrapped}'}}";
    assert_eq!(key(sign), [] as [&str; 0]);
    assert_eq!(
        key(&sign.replace("sha256", "sha512"))[0],
        "E0604 .let.signature.pk_sign.alg: unknown algorithm `rsa-sha512`"
    );
    assert_eq!(
        key(&sign.replace("key: secret", "key: key"))[0],
        "E0604 .let.signature.pk_sign.key: unknown private key `key`"
    );
    assert_eq!(
        key("{text: '{wrapped}{secret}'}")[0],
        "E0607 .let.signature.text: a template cannot contain the private key `secret`"
    );
}

#[test]
fn words_of_pairs_are_checked() {
    assert_eq!(
        broken("[query, form]", "[query, path]")[0],
        "E0612 .let.params.pairs.from[1]: a path has no pairs: use `{path}` in a template"
    );
    assert_eq!(broken("[query, form]", "[set.x]")[0], "E0602 .let.params.pairs.from[0]: there is no set `set.x`");
    assert_eq!(broken("drop: [", "sort: size, drop: [")[0], "E0604 .let.params.pairs.sort: unknown order `size`");
    assert_eq!(broken("drop: [", "name: [lowre], drop: [")[0], "E0604 .let.params.pairs.name: unknown filter `lowre`");
    assert_eq!(
        broken("drop: [", "value: [sha256], drop: [")[0],
        "E0606 .let.params.pairs.value: the text of pairs cannot contain raw bytes"
    );
    assert_eq!(
        broken("'{k}{v}'", "'{k}{v|unhex}'")[0],
        "E0606 .let.params.pairs.item: the text of pairs cannot contain raw bytes"
    );
}

#[test]
fn a_set_may_hold_a_secret_and_stays_one() {
    let set = |text: &str| {
        let yaml = SOUND.replace("put: {", "put: {set.keys: {k: '{secret}', v: '{key}'}, ");
        said(&yaml.replace("'{secret}{params}{secret}'", text).replace("[query, form]", "[query, form, set.keys]"))
    };
    assert_eq!(set("'{params}'"), [] as [&str; 0]);
    let sent = SOUND
        .replace("put: {", "put: {set.keys: {k: '{secret}'}, ")
        .replace("[query, form]", "[set.keys]")
        .replace("'{signature}'", "'{signature}{params}'");
    assert_eq!(said(&sent), ["E0607 .place.query.sign: this would send the secret `secret`"]);
    let key = sent.replace("{secret}{params}{secret}", "{params}").replace("'{signature}{params}'", "'{signature}'");
    assert_eq!(said(&key), ["E0607 .place.query.sign: this would send a digest of the secret `secret` alone"]);
    assert_eq!(
        broken("place: {query", "place: {set.x: {a: b}, query")[0],
        "E0604 .place[\"set.x\"]: unknown location `set.x`"
    );
}

#[test]
fn raw_bytes_are_encoded_before_they_travel() {
    assert_eq!(broken("md5|HEX", "md5"), ["E0606 .place.query.sign: raw bytes cannot be sent"]);
    assert_eq!(broken("md5|HEX", "HEX|md5|HEX"), [] as [&str; 0]);
    assert_eq!(
        broken("md5|HEX", "md5|lower"),
        ["E0606 .let.signature.text: `lower` changes text, but these are bytes"]
    );
    assert_eq!(
        broken("{wrapped|md5|HEX}", "{wrapped|md5}{params|md5}"),
        ["E0606 .place.query.sign: raw bytes cannot be sent"]
    );
}

#[test]
fn secrets_are_never_sent() {
    let sent = |place: &str| format!("E0607 {place}: this would send the secret `secret`");
    assert_eq!(broken("key: '{key}'", "key: '{key}{secret}'"), [sent(".put.query.key")]);
    assert_eq!(broken("'{signature}'", "'{wrapped}'"), [sent(".place.query.sign")]);
    let encoded = broken("{wrapped|md5|HEX}", "{params|md5|hex}{wrapped|len:3}");
    assert_eq!(encoded, [sent(".place.query.sign")]);
}

#[test]
fn a_digest_of_nothing_but_a_secret_is_a_key() {
    let sent = broken("{wrapped|md5|HEX}", "a{secret|md5|hex}{params}");
    assert_eq!(sent, ["E0607 .place.query.sign: this would send a digest of the secret `secret` alone"]);
    let key = "inner: {text: '{secret|md5|hex}'}\n  signature: {text: '{inner}{params}'}\n  mac: {hmac: {alg: md5, key: '{inner}', over: '{params}'}}";
    let yaml =
        SOUND.replace("wrapped: {text: '{secret}{params}{secret}'}\n  signature: {text: '{wrapped|md5|HEX}'}", key);
    assert_eq!(
        said_of(&yaml, "'{signature}'", "'{mac|hex}'"),
        ["E0610 .let.signature: nothing that is sent depends on the step `signature`"]
    );
    assert_eq!(said_of(&yaml, "'{signature}'", "'{signature}'").len(), 1);
}

fn said_of(yaml: &str, from: &str, to: &str) -> Vec<String> {
    said(&yaml.replacen(from, to, 1))
}

#[test]
fn the_body_stays_as_it_was_read() {
    let changed =
        said_of(&SOUND.replace("{query: {sign:", "{form: {sign:"), "{secret}{params}", "{secret}{params}{body}");
    assert_eq!(
        changed,
        ["E0608 .place.form.sign: placing `sign` in the form changes the body, which was already read"]
    );
    // Nothing is put into this body, so the query can contain it.
    let in_query = SOUND.replace("key: '{key}'", "key: '{key}{body}'");
    assert_eq!(said(&in_query), [] as [&str; 0]);
    assert_eq!(
        said(&in_query.replace("put: {query:", "put: {form: {a: b}, query:")),
        ["E0608 .put.query.key: `{body}` is not complete before this field is set"]
    );
    assert_eq!(
        broken("key: '{key}'", "key: '{key}{path_query}'"),
        ["E0608 .put.query.key: `{path_query}` is not complete before this field is set"]
    );
    let header = SOUND.replace("put: {query:", "put: {headers: {Digest: '{body|md5|base64}'}, query:");
    assert_eq!(said(&header), [] as [&str; 0]);
}

#[test]
fn a_signature_is_not_signed() {
    for from in ["except: [sign], ", "except: [sig*], "] {
        assert_eq!(broken("except: [sign], ", from), [] as [&str; 0]);
    }
    assert_eq!(
        broken("except: [sign], ", "except: [Sign], "),
        ["E0609 .let.params: `sign` is placed in the query after signing, but it is also one of the signed pairs"]
    );
    assert_eq!(broken("except: [sign], ", "only: [a*], "), [] as [&str; 0]);
    assert_eq!(broken("place: {query:", "place: {headers:"), [] as [&str; 0]);
}

#[test]
fn nothing_is_declared_in_vain() {
    let unused = |place: &str, what: &str| format!("E0610 {place}: nothing that is sent depends on the {what}");
    assert_eq!(broken("key: id,", "key: id, other: id,"), [unused(".credentials.other", "credential `other`")]);
    assert_eq!(broken("clock: {", "clock: {other: {format: unix}, "), [unused(".clock.other", "clock `other`")]);
    assert_eq!(broken("clock:", "nonce: {n: uuid4}\nclock:"), [unused(".nonce.n", "nonce `n`")]);
    assert_eq!(broken("clock:", "op: [action]\nclock:"), [unused(".op[0]", "fact `action`")]);
    assert_eq!(
        broken("let:\n", "let:\n  a: {text: b}\n  c: {text: '{a}'}\n"),
        [unused(".let.a", "step `a`"), unused(".let.c", "step `c`")]
    );
}

#[test]
fn clocks_are_fixed_offsets() {
    assert_eq!(
        broken("'+08:00'", "Asia/Shanghai"),
        ["E0611 .clock.timestamp.zone: `Asia/Shanghai` is not a fixed offset from UTC"]
    );
    for pattern in ["'%!'", "unixx", "''"] {
        assert!(
            broken("'%Y-%m-%d %H:%M:%S'", pattern)[0]
                .contains("is neither `unix`, `unix_ms`, `http_date` nor a strftime pattern")
        );
    }
    assert_eq!(broken("'%Y-%m-%d %H:%M:%S'", "unix"), ["E0611 .clock.timestamp.zone: the format `unix` has no zone"]);
}

#[test]
fn a_step_is_one_thing() {
    assert_eq!(
        broken("{text: '{wrapped|md5|HEX}'}", "{}"),
        ["E0612 .let.signature: expected one of `text`, `pairs`, `hmac`, `join` and `pk_sign`"]
    );
    let two = "{text: '{wrapped|md5|HEX}', hmac: {alg: md5, key: a, over: b}}";
    assert_eq!(
        broken("{text: '{wrapped|md5|HEX}'}", two),
        ["E0612 .let.signature: a step must be a single operation, found text and hmac"]
    );
    assert_eq!(
        broken("[query, form]", "[]")[0],
        "E0612 .let.params.pairs.from: `pairs` needs at least one location in `from`"
    );
    assert_eq!(
        broken("[query, form]", "[query, query]")[0],
        "E0612 .let.params.pairs.from[1]: `query` is listed twice"
    );
}

#[test]
fn variants_are_complete() {
    let yaml = SOUND.replace(
        "  signature: {text: '{wrapped|md5|HEX}'}\n",
        "variants:\n  md5: {let: {signature: {text: '{wrapped|md5|HEX}'}}}\n  sha1: {let: {signature: {text: '{wrapped|sha1|HEX}'}}}\n",
    );
    let variants = |default: &str| said(&format!("{yaml}{default}"));
    assert_eq!(variants("default: md5"), [] as [&str; 0]);
    assert_eq!(variants(""), ["E0613 .variants: `default` must name the variant that a new client uses"]);
    assert_eq!(variants("default: md6"), ["E0613 .default: there is no variant `md6`"]);
    assert_eq!(said(&format!("{SOUND}default: md5")), ["E0613 .default: there is no variant `md5`"]);
    let hole = format!("{yaml}default: md5").replace("sha1: {let: {signature:", "sha1: {let: {signatur:");
    assert_eq!(said(&hole), ["E0613 .variants.sha1: the variant `sha1` does not define `signature`"]);
}

#[test]
fn what_may_be_absent_is_marked() {
    assert_eq!(
        broken("{session?}", "{session}"),
        ["E0614 .put.query.session: `session` may be absent: write `{session?}`"]
    );
    assert_eq!(broken("'{key}'", "'{key?}'"), ["E0614 .put.query.key: `key` is never absent: write `{key}`"]);
    assert_eq!(broken("'{key}'", "'{key}{header.a?}'"), [] as [&str; 0]);
}

#[test]
fn everything_is_said_at_once() {
    let yaml = SOUND.replace("md5|HEX", "md6|HEX").replace("'+08:00'", "east").replace("key: '{key}'", "key: '{kay}'");
    let codes: Vec<String> = said(&yaml).iter().filter_map(|said| said.get(..5).map(str::to_owned)).collect();
    assert_eq!(codes, ["E0611", "E0602", "E0604"]);
}

#[test]
fn a_header_has_no_line_break() {
    let wrong = "E0601 .place.headers.X: a header cannot contain a line break or another control character";
    for (text, template) in [("a", "{a|md5|hex}\\n"), ("a\\nb{key}", "{a}")] {
        let yaml = format!(
            "credentials: {{key: id}}\nlet: {{a: {{text: \"{text}{{key}}\"}}}}\nplace: {{headers: {{X: \"{template}\"}}}}\nvectors: {{none: made up}}\n"
        );
        assert_eq!(said(&yaml), [wrong], "{yaml}");
    }
    let digested = "credentials: {key: id}\nlet: {a: {join: {sep: \"\\n\", parts: ['{key}', b]}}}\nplace: {headers: {X: \"{a|md5|hex}\\tc\"}}\nvectors: {none: made up}\n";
    assert_eq!(said(digested), [] as [&str; 0]);
}

#[test]
fn a_reveal_is_needed_and_whole() {
    let basic = |reveal: &str, put: &str| {
        said(&format!(
            "credentials: {{user: secret, password: secret, token: token}}\nreveal: [{reveal}]\nlet: {{b: {{text: '{{user}}:{{password}}'}}}}\n\
             put: {{query: {{t: '{put}'}}}}\nplace: {{headers: {{Authorization: 'Basic {{b|base64}}'}}}}\nvectors: {{none: made up}}\n"
        ))
    };
    assert_eq!(basic("user, password, token", "{token}"), [] as [&str; 0]);
    assert_eq!(
        basic("user, password, token", "{token|md5|hex}"),
        ["E0610 .reveal[2]: nothing that is sent contains `token`"]
    );
    assert_eq!(
        basic("password", "{token}"),
        ["E0607 .place.headers.Authorization: this would send the secret `user`, too"]
    );
    assert_eq!(basic("user", "{token}"), ["E0607 .place.headers.Authorization: this would send the secret `password`"]);
}
