//! The fields of one side to its types: equal shapes under one name become one type, recursion is boxed.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::model::{Arity, Enum, Field, Item, Limits, Object, ObjectId, Origin, Side, SideName, ValueForm};
use crate::source::SpecPath;
use crate::spec::{EndpointSpecs, Entries, FieldSpec};
use crate::terms::{DecimalText, ListForm, Required, TypeMeaning};

use super::envelope::Opened;
use super::paths::{Step, fact_place, field_place};
use super::shapes::Shapes;
use super::types::{self, Element, TypeWord};
use super::{marks, values};

/// A platform's rules for types.
#[derive(Copy, Clone)]
pub(crate) struct TypeRules<'a> {
    /// The vendor's words beyond the common ones.
    pub(crate) words: &'a Entries<TypeMeaning>,
    /// How lists are written in answers.
    pub(crate) lists: ListForm,
    /// Whether files can be sent at the top level.
    pub(crate) files: bool,
}

/// The type of a field.
struct Type {
    item: Item,
    arity: Arity,
    form: ValueForm,
    /// The word that inner list keys are made from.
    word: String,
}

/// Builds the types of one side.
pub(super) struct SideBuilder<'a> {
    spec: &'a EndpointSpecs,
    rules: &'a TypeRules<'a>,
    side: SideName,
    objects: Vec<Object>,
    shapes: Shapes,
    enums: Vec<Enum>,
    outside: BTreeMap<SpecPath, Side>,
    /// The named objects around the field that is being read: name and id.
    around: Vec<(String, ObjectId)>,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> SideBuilder<'a> {
    /// A side without types.
    pub(super) fn new(
        spec: &'a EndpointSpecs,
        rules: &'a TypeRules<'a>,
        side: SideName,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            spec,
            rules,
            side,
            objects: Vec::new(),
            shapes: Shapes::default(),
            enums: Vec::new(),
            outside: BTreeMap::new(),
            around: Vec::new(),
            diagnostics,
        }
    }

    /// Resolves the fields of the request and everything below them.
    pub(super) fn request(self, fields: &Entries<FieldSpec>) -> Side {
        let step = Step::root(SpecPath::root().key("request"));
        self.side(fields.iter().collect(), &step)
    }

    /// Resolves the fields of the response and everything below them. The rows of the envelope are left out.
    pub(super) fn response(mut self, opened: &Opened<'_>) -> Side {
        for level in &opened.above {
            self.leave_out(level.rows.iter().collect(), &Step::root(level.path.clone()));
        }
        let step = Step::root(opened.level.path.clone());
        let (in_envelope, rows): (Vec<_>, Vec<_>) =
            opened.level.rows.iter().partition(|(wire, _)| opened.members.contains(wire));
        self.leave_out(in_envelope, &step);
        self.side(rows, &step)
    }

    fn side(mut self, rows: Vec<(&str, &FieldSpec)>, step: &Step) -> Side {
        let root = rows.into_iter().map(|(wire, spec)| self.field(wire, spec, step)).collect();
        Side { name: self.side, root, objects: self.objects, enums: self.enums, outside: self.outside }
    }

    /// Resolves rows that the generated types do not have. Nothing is wrong with them, because nothing is made of them.
    fn leave_out(&mut self, rows: Vec<(&str, &FieldSpec)>, step: &Step) {
        if !rows.is_empty() {
            let mut unreported = Diagnostics::new();
            let side = SideBuilder::new(self.spec, self.rules, self.side, &mut unreported).side(rows, step);
            self.outside.insert(step.members(), side);
        }
    }

    fn field(&mut self, wire: &str, spec: &FieldSpec, above: &Step) -> Field {
        let step = above.field(wire);
        let Type { item, arity, form, word } = self.ty(spec, &step);
        self.check_wire_name(wire, &step);
        let wrapped = self.rules.lists == ListForm::Wrapped && self.side == SideName::Response;
        Field {
            wire: wire.to_owned(),
            item,
            arity,
            form,
            list_key: (wrapped && arity == Arity::Many).then(|| types::inner_list_key(&word)),
            place: None,
            required: spec.required == Required::Yes,
            limits: self.limits(spec, &step),
            log_shown: self.log_shown(spec, item, &step),
            default: spec.default.clone(),
            example: spec.example.clone(),
            description: spec.description.clone().unwrap_or_default(),
            deprecated: spec.deprecated.clone(),
            renamed_from: spec.renamed_from.clone(),
            rust_name: spec.rust_name.clone().map(|name| (name, fact_place(self.spec, &step, "rust_name"))),
            origin: Origin::Spec(field_place(self.spec, &step)),
        }
    }

    /// The field tables of generated types separate names with control characters.
    fn check_wire_name(&mut self, wire: &str, step: &Step) {
        if wire.contains(char::is_control) {
            let message = format!("{} contains a control character", quoted(wire));
            self.diagnostics.push(Diagnostic::new(Code::WrongValue, field_place(self.spec, step), message));
        }
    }

    /// The limits that the page gives. The generated crate would not apply one that is not a number.
    fn limits(&mut self, spec: &FieldSpec, step: &Step) -> Limits {
        for (key, limit) in [("min", &spec.min), ("max", &spec.max)] {
            let Some(limit) = limit.as_ref().filter(|limit| DecimalText::read(limit).is_none()) else { continue };
            let message = format!("{} is not a decimal number", quoted(limit));
            let finding = Diagnostic::new(Code::WrongValue, fact_place(self.spec, step, key), message);
            self.diagnostics.push(finding.help("correct or remove it in the fix file"));
        }
        Limits { max_length: spec.max_length, max_items: spec.max_items, min: spec.min.clone(), max: spec.max.clone() }
    }

    /// Whether `Debug` shows the field's value. Members of an object have marks of their own.
    fn log_shown(&mut self, spec: &FieldSpec, item: Item, step: &Step) -> bool {
        let what = match item {
            Item::Object(_) => "an object: mark its members",
            Item::File => "a file, of which only the size is shown",
            _ => return spec.log_shown,
        };
        if spec.log_shown {
            let message = format!("`{}` is {what}", step.wire());
            self.diagnostics.push(Diagnostic::new(Code::BadFixValue, fact_place(self.spec, step, "log"), message));
        }
        false
    }

    fn ty(&mut self, spec: &FieldSpec, step: &Step) -> Type {
        let Ok(TypeWord { element, arity, word }) = types::read(spec, self.rules.words) else {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::UnknownType,
                    fact_place(self.spec, step, "type"),
                    format!("`{}` is not a type", spec.type_word),
                )
                .help("correct the type in the fix file"),
            );
            self.leave_out(spec.fields.iter().collect(), step);
            return Type { item: Item::Opaque, arity: Arity::One, form: ValueForm::Own, word: String::new() };
        };
        let is_file = element == Element::Value(Item::File) && spec.fields.is_empty();
        let item = match element {
            // A noun such as `Text` within the vendor's type of that name.
            Element::Value(_) if self.around.iter().any(|(around, _)| *around == word) => self.named(&word, spec, step),
            Element::Value(item) => self.value(item, spec, step),
            Element::Named(name) => self.named(&name, spec, step),
            Element::Unnamed if spec.fields.is_empty() => Item::Opaque,
            Element::Unnamed => Item::Object(self.object("", spec, step)),
        };
        let holds_itself = matches!(item, Item::Object(id) if self.around.iter().any(|(_, around)| *around == id));
        let arity = if holds_itself && arity == Arity::One { Arity::Boxed } else { arity };
        let form = if is_file && item == Item::Opaque { ValueForm::Bytes } else { ValueForm::Own };
        Type { item, arity, form, word }
    }

    /// A scalar, or one of a documented value set.
    fn value(&mut self, item: Item, spec: &FieldSpec, step: &Step) -> Item {
        if !spec.fields.is_empty() {
            self.warn(
                Code::ScalarWithMembers,
                spec,
                step,
                "has members although its type is a scalar: it becomes a JSON value",
            );
            self.leave_out(spec.fields.iter().collect(), step);
            return Item::Opaque;
        }
        if !spec.values.is_empty() {
            return values::resolve(item, spec, self.spec, step, &mut self.enums, self.diagnostics);
        }
        if item == Item::File && !(self.side == SideName::Request && step.is_top_level() && self.rules.files) {
            if self.side == SideName::Request {
                self.warn(
                    Code::NestedFile,
                    spec,
                    step,
                    "is a file, but the encoding of files is not documented here: it becomes a JSON value",
                );
            }
            return Item::Opaque;
        }
        item
    }

    fn warn(&mut self, code: Code, spec: &FieldSpec, step: &Step, what: &str) {
        let place = fact_place(self.spec, step, "type");
        self.diagnostics.push(Diagnostic::new(code, place, format!("`{}` ({}) {what}", step.wire(), spec.type_word)));
    }

    /// A type of the vendor's: an object, the object around it again, or (without members) a JSON value.
    fn named(&mut self, name: &str, spec: &FieldSpec, step: &Step) -> Item {
        if !spec.fields.is_empty() {
            return Item::Object(self.object(name, spec, step));
        }
        if let Some((_, id)) = self.around.iter().rev().find(|(around, _)| around == name) {
            return Item::Object(*id);
        }
        self.unknown_type(name, step);
        Item::Opaque
    }

    /// Warns of a word that is neither a known type nor the name of an object with members. The class of a vendor may have members that the page
    /// does not list.
    fn unknown_type(&mut self, name: &str, step: &Step) {
        let help = match types::likely_meant(name) {
            Some(word) => format!("if the page means `{word}`, correct the type in the fix file"),
            None if types::is_class(name) => return,
            None => format!("add `{name}` to `values.types` in platform.yaml, as `json` if any value is allowed"),
        };
        let message =
            format!("`{name}` is not a known type word, and the field has no members: it becomes a JSON value");
        let place = fact_place(self.spec, step, "type");
        self.diagnostics.push(Diagnostic::new(Code::UnlikelyType, place, message).help(help));
    }

    /// An object with members: a new type, or one that this side has already.
    fn object(&mut self, name: &str, spec: &FieldSpec, step: &Step) -> ObjectId {
        let id = ObjectId(self.objects.len());
        let rust_type = spec.rust_type.clone().map(|name| (name, fact_place(self.spec, step, "rust_type")));
        self.objects.push(Object {
            vendor_name: name.to_owned(),
            path: step.wires(),
            fields: Vec::new(),
            rust_type,
            origin: Origin::Spec(field_place(self.spec, step)),
        });
        self.around.push((name.to_owned(), id));
        let fields: Vec<Field> = spec.fields.iter().map(|(wire, spec)| self.field(wire, spec, step)).collect();
        self.around.pop();
        // An unnamed type is named after its field.
        let called = if name.is_empty() { step.wire() } else { name };
        self.file(id, called, fields)
    }

    /// Keeps the type, or drops it for an equal one of the same name that came before.
    fn file(&mut self, id: ObjectId, name: &str, fields: Vec<Field>) -> ObjectId {
        let around: Vec<ObjectId> = self.around.iter().map(|(_, id)| *id).collect();
        if let Some(first) = self.shapes.record(id, name, &self.objects[id.0], &fields, &around) {
            self.join(first, id, &fields);
            // The nested types of an equal type are equal too, so nothing after it is needed.
            self.objects.truncate(id.0);
            self.shapes.truncate(id);
            return first;
        }
        self.objects[id.0].fields = fields;
        id
    }

    /// Joins the facts of the type `dropped`, and of those inside it that are dropped with it, into the one that stays.
    fn join(&mut self, stays: ObjectId, dropped: ObjectId, fields: &[Field]) {
        marks::join(&mut self.objects[stays.0].fields, fields);
        let items: BTreeMap<String, Item> =
            self.objects[stays.0].fields.iter().map(|field| (field.wire.clone(), field.item)).collect();
        for field in fields {
            let items = (field.item, items.get(&field.wire).copied());
            if let (Item::Object(inner), Some(Item::Object(other))) = items
                && inner.0 > dropped.0
            {
                let inner_fields = std::mem::take(&mut self.objects[inner.0].fields);
                self.join(other, inner, &inner_fields);
            }
        }
    }
}
