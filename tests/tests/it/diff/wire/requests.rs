//! Requests of the old types, read as the new page documents them.

use apograph::dynamic::{Api, Credentials, Interpreted, Platform};
use apograph::pipeline::Checked;
use apograph_runtime::testing::read_request;
use apograph_runtime::{
    Checks, Client, CoercionKind, Coercions, JsonKind, Secret, TableRequest, View, Zone, http, load,
};

use super::pages::{Form, Pair};
use super::{Cell, Fate, field};

/// A client of the old page and a server of the new one.
pub struct Reader<'m> {
    platforms: [Platform<'m>; 2],
    client: Client<Interpreted>,
    has_uploads: bool,
    is_nested: bool,
}

impl<'m> Reader<'m> {
    pub fn new(revisions: [&'m Checked; 2], form: &Form) -> Self {
        let platforms = revisions.map(|checked| Platform::new(&checked.model.platforms[0]));
        let model = platforms[0].model();
        let variant = model.scheme.variant(None).expect("the default");
        let values = [Some("key"), Some("secret-text"), None].map(|value| value.map(Secret::from)).into();
        let client = Interpreted::client(&platforms[0], Credentials::new(&model.scheme, variant, values, Vec::new()));
        let client = client.with_base_url(&model.environments[0].url).expect("a gateway").with_checks(Checks::Off);
        Self { platforms, client, has_uploads: form.has_uploads(), is_nested: form.is_nested }
    }

    fn apis(&self, pair: Pair) -> [&Api; 2] {
        self.platforms.each_ref().map(|platform| platform.api(&pair.api()).expect("the API").1)
    }

    pub fn cell(&self, pair: Pair) -> Cell {
        let values = pair.old.sent(self.has_uploads).into_iter();
        Cell(values.filter_map(|value| Some((value.clone(), self.fate(pair, &value)?))).collect())
    }

    /// What the server makes of a value. `None` if the client cannot send it.
    fn fate(&self, pair: Pair, value: &str) -> Option<Fate> {
        let ([old, new], wire) = (self.apis(pair), pair.wire());
        let request = self.request(old, &wire, value)?;
        let mut read = new.request();
        let Ok(found) = read_request(&request, self.platforms[1].protocol(), new.operation(), &mut read) else {
            return Some(Fate::Failed);
        };
        let view = field(&read, &wire, self.is_nested);
        // Of several files with one name, the reader keeps the last one.
        let is_whole = !matches!(view, View::File(_)) || !value.contains("},{");
        Some(match is_whole && is_documented(&view) && has_documented_form(&found.coercions) {
            false => Fate::Lost,
            true if found.coercions.is_empty() => Fate::Kept,
            true => Fate::Coerced,
        })
    }

    fn request(&self, api: &Api, wire: &str, value: &str) -> Option<http::Request<Vec<u8>>> {
        let member = format!("{{\"{wire}\":{value}}}");
        let json = if self.is_nested { format!("{{\"whole\":{member}}}") } else { member };
        let mut record = api.request();
        load(&json, &mut record).unwrap_or_else(|error| panic!("{json}: {error}"));
        assert!(!matches!(field(&record, wire, self.is_nested), View::Absent), "{json}");
        let answer = || api.response();
        let call = TableRequest { operation: api.operation(), object: &record, answer: &answer };
        self.client.by_table(call).request().ok()
    }
}

/// Whether a page that documents the field's type documents this value of it. Texts, dates, decimals and JSON are read
/// without a look at their content, so it is looked at here.
fn is_documented(view: &View<'_>) -> bool {
    match view {
        View::Absent | View::Enum { listed: false, .. } => false,
        View::Date(date) => date.to_system_time(Zone::UTC).is_some(),
        View::Decimal(decimal) => decimal.to_f64().is_some(),
        View::Json(json) => json.is_valid() && matches!(json.kind(), Some(JsonKind::Object | JsonKind::Array)),
        View::List(list) => (0..list.count()).all(|index| is_documented(&list.item(index))),
        _ => true,
    }
}

/// Whether a server accepts what the reader counts as a deviation: the same scalar as a number, a boolean or text, as
/// servers convert it. A server does not unpack JSON text, does not make a list of a single value, and rejects members that
/// it does not know.
fn has_documented_form(coercions: &Coercions) -> bool {
    use CoercionKind::{ScalarAsText, TextAsBoolean, TextAsNumber};
    coercions.iter().all(|coercion| matches!(coercion.kind(), ScalarAsText | TextAsBoolean | TextAsNumber))
}
