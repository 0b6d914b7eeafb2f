//! How the pages of a platform are written: `specs/<platform>/pages.yaml`, and the dictionary that every platform starts from.

use serde::{Deserialize, Serialize};

use super::{Entries, text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::source::{FileId, Place, SpecPath};
use crate::terms::{BodyForm, Column, FieldPlace, Label, Mark, Part, Section};

/// The words by which the pages of a platform are read. They add to the built-in dictionary; a word that both have takes the
/// meaning of the platform.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PagesSpec {
    /// Words in the headers of tables.
    #[serde(default)]
    pub columns: ColumnWords,
    /// Words in headings.
    #[serde(default)]
    pub sections: SectionWords,
    /// The sections of tables, by their headers: for tables without a heading.
    #[serde(default)]
    pub tables: Vec<TableWords>,
    /// Words in cells with required marks.
    #[serde(default)]
    pub marks: MarkWords,
    /// Type word of transcripts → the page's words for it.
    #[serde(default)]
    pub types: Entries<Words>,
    /// Labels of facts in descriptions.
    #[serde(default)]
    pub labels: LabelWords,
    /// Words for the places of fields.
    #[serde(default)]
    pub places: PlaceWords,
    /// Words for the forms of bodies.
    #[serde(default)]
    pub bodies: BodyWords,
    /// Words for what a row is about that is not a field of its own.
    #[serde(default)]
    pub parts: PartWords,
    /// How lines between the rows of a table begin that are titles.
    #[serde(default)]
    pub titles: Words,
    /// Words of headings and labels of samples that show how the API is called.
    #[serde(default)]
    pub calls: Words,
    /// Signs in front of the names of nested fields.
    #[serde(default)]
    pub nesting: Words,
    /// Texts of cells that mean the same as an empty cell.
    #[serde(default)]
    pub empty: Words,
    /// Fields that are not part of the APIs, because the platform sets them on every call.
    #[serde(default)]
    pub omit: Words,
    /// How the facts about the API itself are found.
    #[serde(default)]
    pub endpoint: EndpointWords,
    /// Address of an API's page, with `{api}` in the place of the API's name.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// The section of the tables with a header.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableWords {
    /// The cells of the header.
    pub header: Words,
    /// The section.
    pub section: Section,
}

/// A list of words.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(#[serde(deserialize_with = "text::list")] pub Vec<String>);

/// Defines a struct with one list of words for each term.
macro_rules! word_lists {
    ($(
        $(#[$meta:meta])*
        $name:ident of $term:ident { $($field:ident $(as $key:literal)? = $variant:ident,)+ }
    )+) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $(
                #[doc = concat!("The words for `", stringify!($field), "`.")]
                #[serde(default $(, rename = $key)?)]
                pub $field: Words,
            )+
        }

        impl $name {
            /// Every term with its words.
            pub fn lists(&self) -> impl Iterator<Item = ($term, &Words)> {
                [$(($term::$variant, &self.$field),)+].into_iter()
            }
        }
    )+};
}

word_lists! {
    /// Words in the headers of tables, by what the column contains.
    ColumnWords of Column {
        name = Name,
        label = Label,
        type_word as "type" = Type,
        required = Required,
        example = Example,
        description = Description,
        default_value as "default" = Default,
        max_length = MaxLength,
        location = Location,
        code = Code,
        status = Status,
        message = Message,
        solution = Solution,
        value = Value,
        ignore = Ignore,
    }

    /// Words in headings, by the section that they begin.
    SectionWords of Section {
        request = Request,
        response = Response,
        errors = Errors,
        statuses = Statuses,
        headers = Headers,
        common = Common,
        sample = Sample,
        end = End,
        ignore = Ignore,
    }

    /// Words in cells with required marks, by what they mean.
    MarkWords of Mark {
        required = Required,
        optional = Optional,
        conditional = Conditional,
    }

    /// Words for the place of a field: in cells of the column `location`, and in the heading of a table.
    PlaceWords of FieldPlace {
        query = Query,
        header = Header,
        path = Path,
        body = Body,
    }

    /// Words for the form of a body.
    BodyWords of BodyForm {
        form = Form,
        json = Json,
        xml = Xml,
        multipart = Multipart,
        raw = Raw,
    }

    /// Words in the place of the name in rows that are not about a field of their own.
    PartWords of Part {
        element = Element,
        entry = Entry,
    }

    /// Labels of facts in descriptions.
    LabelWords of Label {
        example = Example,
        default_value as "default" = Default,
        max_length = MaxLength,
        max_items = MaxItems,
        min = Min,
        max = Max,
    }
}

/// How the facts about the API itself are found.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndpointWords {
    /// The name.
    #[serde(default)]
    pub api: Finder,
    /// The HTTP method.
    #[serde(default)]
    pub method: Finder,
    /// The address or path.
    #[serde(default)]
    pub path: Finder,
    /// The form of the body.
    #[serde(default)]
    pub body: Finder,
    /// The title.
    #[serde(default)]
    pub title: Finder,
    /// The description.
    #[serde(default)]
    pub description: Finder,
}

/// How one fact is found.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finder {
    /// Labels of the fact: in the first cell of a row, in front of a colon, or as a heading.
    #[serde(default)]
    pub labels: Words,
    /// Patterns of lines, headings, lines of code and rows that contain the fact, with `{}` in its place.
    #[serde(default)]
    pub patterns: Words,
    /// What the fact becomes in the transcript, with `{}` in its place: `depot.{}`.
    #[serde(default, deserialize_with = "text::optional", skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
}

/// Maximum words of one list.
const MOST_WORDS: usize = 1_000;

/// Reports lists with too many words, empty words, and patterns without exactly one place for the fact.
pub(super) fn check(file: FileId, spec: &PagesSpec, diagnostics: &mut Diagnostics) {
    let root = SpecPath::root();
    let mut lists = lists(spec, &root);
    let endpoint = &spec.endpoint;
    let finders = [
        ("api", &endpoint.api),
        ("method", &endpoint.method),
        ("path", &endpoint.path),
        ("body", &endpoint.body),
        ("title", &endpoint.title),
        ("description", &endpoint.description),
    ];
    for (name, finder) in finders {
        let at = root.key("endpoint").key(name);
        lists.push((at.key("labels"), &finder.labels));
        lists.push((at.key("patterns"), &finder.patterns));
        let patterns = finder.patterns.0.iter().enumerate();
        let patterns = patterns.map(|(index, pattern)| (at.key("patterns").index(index), pattern));
        for (place, pattern) in patterns.chain(finder.form.iter().map(|form| (at.key("form"), form))) {
            if pattern.matches("{}").count() != 1 {
                let message = format!("{} does not contain `{{}}` exactly once", quoted(pattern));
                let help = "write `{}` in the place of the fact: `API: {}`";
                diagnostics.push(Diagnostic::new(Code::WrongValue, Place::value(file, place), message).help(help));
            }
        }
    }
    let tables = spec.tables.iter().enumerate();
    lists.extend(tables.map(|(index, table)| (root.key("tables").index(index).key("header"), &table.header)));
    for (at, words) in lists {
        if words.0.len() > MOST_WORDS {
            let message = format!("a list has more than {MOST_WORDS} words");
            diagnostics.push(Diagnostic::new(Code::TooLarge, Place::value(file, at.index(MOST_WORDS)), message));
        } else if let Some(index) = words.0.iter().position(|word| word.trim().is_empty()) {
            let place = Place::value(file, at.index(index));
            diagnostics.push(Diagnostic::new(Code::WrongValue, place, "the word is empty"));
        }
    }
}

/// The lists of words with their paths, apart from those below `endpoint`.
fn lists<'a>(spec: &'a PagesSpec, root: &SpecPath) -> Vec<(SpecPath, &'a Words)> {
    let columns = spec.columns.lists().map(|(term, words)| (root.key("columns").key(term.word()), words));
    let sections = spec.sections.lists().map(|(term, words)| (root.key("sections").key(term.word()), words));
    let marks = spec.marks.lists().map(|(term, words)| (root.key("marks").key(term.word()), words));
    let labels = spec.labels.lists().map(|(term, words)| (root.key("labels").key(term.word()), words));
    let places = spec.places.lists().map(|(term, words)| (root.key("places").key(term.word()), words));
    let bodies = spec.bodies.lists().map(|(term, words)| (root.key("bodies").key(term.word()), words));
    let parts = spec.parts.lists().map(|(term, words)| (root.key("parts").key(term.word()), words));
    let types = (&spec.types).into_iter().map(|(name, words)| (root.key("types").key(name), words));
    let others = [("nesting", &spec.nesting), ("omit", &spec.omit), ("titles", &spec.titles), ("calls", &spec.calls)];
    let others = others.map(|(name, words)| (root.key(name), words));
    let terms = columns.chain(sections).chain(marks).chain(labels).chain(places).chain(bodies).chain(parts);
    terms.chain(types).chain(others).collect()
}
