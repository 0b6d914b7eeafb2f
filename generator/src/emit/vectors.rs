//! Tests of the generated crate: every known signature of every platform as a table, which the runtime checks.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::gate;
use super::mentions::mentions;
use super::rt::fixed;
use crate::model::{Model, Platform};
use crate::names::{Identifier, Names, PlanNames, PlatformNames};
use crate::recipe::{self, CredentialKind, Location, Plan, Reach, Scheme, Source, Vector, reach};
use crate::render::SourceFile;

/// Returns `tests/signing.rs`.
pub(super) fn file(model: &Model, names: &Names) -> SourceFile {
    let platforms = model.platforms.iter().zip(&names.platforms);
    let tested = platforms.filter(|(platform, _)| !platform.scheme.vectors.is_empty());
    let tested = tested.map(|(platform, names)| Tested { platform, names, items: platform_items(platform, names) });
    let tested: Vec<Tested<'_>> = tested.collect();
    let tests = tested.iter().flat_map(|tested| {
        let gate = gate::attribute(tested.platform);
        tested.items.iter().map(move |item| quote! { #gate #item })
    });
    let mut items: Vec<TokenStream> = tests.collect();
    if !items.is_empty() {
        items.insert(0, imports(&names.package, &tested));
    }
    let docs = vec![
        "Known signatures of the platforms, and the properties of each: a change of any signed value changes the"
            .to_owned(),
        "signature, while the order of the parameters and an earlier signature do not matter.".to_owned(),
    ];
    SourceFile::new("specs".to_owned(), docs, items)
}

/// A platform with known signatures.
struct Tested<'m> {
    platform: &'m Platform,
    names: &'m PlatformNames,
    items: [TokenStream; 3],
}

impl Tested<'_> {
    fn mentions(&self, name: &str) -> bool {
        self.items.iter().any(|item| mentions(item, name))
    }
}

/// Imports what the tests mention, under the conditions of the platforms that do.
fn imports(package: &Identifier, tested: &[Tested<'_>]) -> TokenStream {
    let sources = [
        (quote! { #package }, &["CredentialsError"] as &[&str]),
        (quote! { #package::rt::sign::Location }, &["Form", "Headers", "Json", "Path", "Query", "Xml"]),
        (quote! { #package::rt::vectors }, &["Case", "Part", "Vector", "deviations"]),
    ];
    let uses = sources.iter().flat_map(|(path, all)| {
        let mut groups: Vec<(Option<TokenStream>, Vec<Ident>)> = Vec::new();
        for name in *all {
            let users = tested.iter().filter(|tested| tested.mentions(name)).map(|tested| tested.platform);
            let users: Vec<&Platform> = users.collect();
            if users.is_empty() {
                continue;
            }
            let gate = gate::attribute_of_any(&users);
            let is_same = |known: &Option<TokenStream>| {
                known.as_ref().map(ToString::to_string) == gate.as_ref().map(ToString::to_string)
            };
            match groups.iter_mut().find(|(known, _)| is_same(known)) {
                Some((_, names)) => names.push(fixed(name)),
                None => groups.push((gate, vec![fixed(name)])),
            }
        }
        groups.into_iter().map(move |(gate, names)| match names.as_slice() {
            [name] => quote! { #gate use #path::#name; },
            names => quote! { #gate use #path::{#(#names),*}; },
        })
    });
    let modules = tested.iter().map(|Tested { platform, names, .. }| {
        let (module, gate) = (&names.module, gate::attribute(platform));
        quote! { #gate use #package::#module; }
    });
    quote! { #(#uses)* #(#modules)* }
}

/// Returns the platform's credentials, its table and the test that runs it.
fn platform_items(platform: &Platform, names: &PlatformNames) -> [TokenStream; 3] {
    let (module, marker) = (&names.module, &names.marker);
    let credentials = format_ident!("{}_credentials", module.as_str());
    let table = format_ident!("{}", module.as_str().to_uppercase());
    let test = format_ident!("{}_signatures", module.as_str());
    let cases = cases(platform, names);
    let method = match names.scheme.plans.first() {
        Some(PlanNames { variant: Some(_), .. }) => quote! { #module::SignMethod },
        _ => quote! { () },
    };
    let built = built_credentials(platform, names);
    [
        quote! {
            #[test]
            fn #test() {
                let found = deviations::<#module::#marker>(#table, #credentials);
                assert!(found.is_empty(), "{found}");
            }
        },
        quote! {
            fn #credentials(values: &[Option<&str>]) -> Result<#module::Credentials, CredentialsError> {
                #built
            }
        },
        quote! {
            const #table: &[Case<#method>] = &[#(#cases),*];
        },
    ]
}

/// Returns the expression that makes credentials from their values, in the order of the scheme.
fn built_credentials(platform: &Platform, names: &PlatformNames) -> TokenStream {
    let module = &names.module;
    let all = platform.scheme.credentials.iter().zip(&names.scheme.credentials).enumerate();
    let (optional, required): (Vec<_>, Vec<_>) = all.partition(|(_, (credential, _))| credential.optional);
    let arguments = required.iter().map(|(index, _)| {
        let index = Literal::usize_unsuffixed(*index);
        quote! { values[#index].unwrap_or_default() }
    });
    let created = quote! { #module::Credentials::new(#(#arguments),*) };
    // A constructor without parameters cannot fail.
    let can_fail = !required.is_empty();
    let setters = optional.iter().map(|(index, (credential, names))| {
        let (index, setter) = (Literal::usize_unsuffixed(*index), &names.setter);
        let checked = (credential.kind == CredentialKind::PrivateKey).then(|| quote! { ? });
        quote! {
            if let Some(value) = values[#index] {
                credentials = credentials.#setter(value) #checked;
            }
        }
    });
    match (optional.is_empty(), can_fail) {
        (true, true) => created,
        (true, false) => quote! { Ok(#created) },
        (false, _) => {
            let checked = can_fail.then(|| quote! { ? });
            quote! {
                let mut credentials = #created #checked;
                #(#setters)*
                Ok(credentials)
            }
        }
    }
}

/// Vectors that differ in nothing but name, method and known values.
struct Case {
    /// All other fields, as tokens.
    fields: TokenStream,
    vectors: Vec<TokenStream>,
}

fn cases(platform: &Platform, names: &PlatformNames) -> Vec<TokenStream> {
    let plans: Vec<(&Plan, &PlanNames)> =
        platform.scheme.plans().map(|(_, plan)| plan).zip(&names.scheme.plans).collect();
    let mut cases: Vec<Case> = Vec::new();
    for vector in &platform.scheme.vectors {
        let Some((plan, plan_names)) = plans.get(vector.variant) else { continue };
        let reach = reach(plan, vector);
        let known = recipe::known_fields(plan, vector);
        let fields = case_fields(&platform.scheme, vector, &known, reach.as_ref());
        let row = vector_row(vector, &known, plan_names, names, reach.as_ref());
        match cases.iter_mut().find(|case| case.fields.to_string() == fields.to_string()) {
            Some(case) => case.vectors.push(row),
            None => cases.push(Case { fields, vectors: vec![row] }),
        }
    }
    let written = cases
        .iter()
        .map(|Case { fields, vectors }| quote! { Case { #fields vectors: &[#(#vectors),*], ..Case::EMPTY } });
    written.collect()
}

/// A field with its known text.
type Known = (Location, String, String);

fn vector_row(
    vector: &Vector,
    known: &[Known],
    plan: &PlanNames,
    names: &PlatformNames,
    reach: Option<&Reach>,
) -> TokenStream {
    let module = &names.module;
    let name = format!("{} ({})", vector.name, vector.source);
    let method = plan.variant.as_ref().map_or(quote! { () }, |variant| quote! { #module::SignMethod::#variant });
    let known = known.iter().find(|(at, name, _)| is_signature(reach, *at, name));
    let known = known.map_or(quote! { None }, |(_, _, text)| quote! { Some(#text) });
    quote! { Vector { name: #name, method: #method, signature: #known } }
}

fn is_signature(reach: Option<&Reach>, location: Location, name: &str) -> bool {
    reach.is_some_and(|reach| reach.location == location && reach.field == name)
}

/// Returns the fields of a case that are not empty.
fn case_fields(scheme: &Scheme, vector: &Vector, known: &[Known], reach: Option<&Reach>) -> TokenStream {
    let request = &vector.request;
    let (method, url) = (request.method(), request.base_url());
    let body = std::str::from_utf8(request.body()).unwrap_or_default();
    let body = (!body.is_empty()).then(|| quote! { body: #body, });
    let files = request.files();
    let files = (!files.is_empty()).then(|| quote! { files: &[#(#files),*], });
    let [query, form, headers] = [("query", Location::Query), ("form", Location::Form), ("headers", Location::Headers)]
        .map(|(field, location)| pairs(field, request.pairs(location)));
    let (facts, nonces) = (pairs("facts", &vector.facts), pairs("nonces", &vector.nonces));
    let credentials = vector.credentials.iter().map(|value| match value {
        Some(value) => quote! { Some(#value) },
        None => quote! { None },
    });
    let seconds = Literal::u64_unsuffixed(vector.clock.as_secs());
    let nanos = vector.clock.subsec_nanos();
    let nanos = (nanos > 0).then(|| {
        let nanos = Literal::u32_unsuffixed(nanos);
        quote! { nanos: #nanos, }
    });
    let api = text("api", request.api());
    let api_path = text("api_path", request.api_path());
    let signed_members = reach.and_then(members);
    let placed = known.iter().filter(|(at, name, _)| !is_signature(reach, *at, name)).map(|(at, name, text)| {
        let at = location(*at);
        quote! { (#at, #name, #text) }
    });
    let placed = list("placed", &placed.collect::<Vec<_>>());
    let properties = reach.map(|reach| {
        let (at, field) = (location(reach.location), &reach.field);
        let unchecked = list("unchecked", &unchecked(scheme, vector, reach));
        quote! { signature: Some((#at, #field)), #unchecked }
    });
    quote! {
        method: #method, url: #url, #api #api_path #query #form #headers #body #files #facts
        credentials: &[#(#credentials),*], seconds: #seconds, #nanos #nonces #placed #signed_members #properties
    }
}

/// Returns a field of a case, unless it is empty.
fn text(field: &str, text: &str) -> Option<TokenStream> {
    let field = fixed(field);
    (!text.is_empty()).then(|| quote! { #field: #text, })
}

/// Returns the members of the body that the signature covers.
fn members(reach: &Reach) -> Option<TokenStream> {
    let members = reach.values.iter().filter(|(at, _)| matches!(at, Location::Json | Location::Xml));
    let members = members.map(|(at, name)| {
        let at = location(*at);
        quote! { (#at, #name) }
    });
    list("members", &members.collect::<Vec<_>>())
}

fn pairs(field: &str, pairs: &[(String, String)]) -> Option<TokenStream> {
    list(field, &pairs.iter().map(|(name, value)| quote! { (#name, #value) }).collect::<Vec<_>>())
}

/// Returns a field of a case, unless it is empty.
fn list(field: &str, rows: &[TokenStream]) -> Option<TokenStream> {
    let field = fixed(field);
    (!rows.is_empty()).then(|| quote! { #field: &[#(#rows),*], })
}

/// Returns the parts that do not change the signature although others like them do, or the other way round.
fn unchecked(scheme: &Scheme, vector: &Vector, reach: &Reach) -> Vec<TokenStream> {
    let request = &vector.request;
    let pairs = [Location::Query, Location::Form, Location::Headers]
        .into_iter()
        .flat_map(|at| request.pairs(at).iter().map(move |(name, _)| (at, name.clone())));
    let names: BTreeSet<(Location, String)> = pairs.collect();
    let mut parts: Vec<TokenStream> = names
        .difference(&reach.values)
        .map(|(at, name)| {
            let at = location(*at);
            quote! { Part::Value(#at, #name) }
        })
        .collect();
    let mut except = |is_checked: bool, part: TokenStream| parts.extend((!is_checked).then_some(part));
    except(request.body().is_empty() || reach.reads_body(vector), quote! { Part::Body });
    except(reach.reads_clock(), quote! { Part::Clock });
    for (index, _) in vector.credentials.iter().enumerate().filter(|(_, value)| value.is_some()) {
        let literal = Literal::usize_unsuffixed(index);
        // Another text would be no key.
        let is_key = scheme.credentials.get(index).is_some_and(|known| known.kind == CredentialKind::PrivateKey);
        let is_checked = reach.sources.contains(&Source::Credential(index)) && !is_key;
        except(is_checked, quote! { Part::Credential(#literal) });
    }
    let has_order = [Location::Query, Location::Form].into_iter().any(|at| request.pairs(at).len() > 1);
    except(!has_order || !reach.reads_order(vector), quote! { Part::Order });
    except(!reach.reads_itself(vector), quote! { Part::Signature });
    parts
}

/// Returns the location as the file imports it.
fn location(location: Location) -> Ident {
    fixed(match location {
        Location::Path => "Path",
        Location::Query => "Query",
        Location::Form => "Form",
        Location::Json => "Json",
        Location::Xml => "Xml",
        // Tests do not look into sets, which are never sent.
        Location::Headers | Location::Set(_) => "Headers",
    })
}
