//! The Java sample as a stream of statements: a declaration opens a level, the setter that passes its variable on closes
//! it. Receivers of such calls are not looked at: pages print some that were never declared. Those of plain values are:
//! where one is not the innermost variable, a statement is missing or out of place.

use super::{Literal, MOST_NODES, Naming, Node, Tree};

/// A Java sample.
#[derive(Debug)]
pub(crate) struct Java {
    /// Class of the request.
    pub(crate) class: Option<String>,
    /// Whether the call passes a session; nothing if the call is not there.
    pub(crate) session: Option<bool>,
    /// What is set on the request.
    pub(crate) sample: Tree,
}

/// Reads a sample.
pub(crate) fn read(text: &str) -> Java {
    let mut reader = Reader { nodes: vec![Node::default()], open: Vec::new(), class: None, session: None, doubted: 0 };
    let cut = !text.is_empty() && !has_end(text);
    for statement in statements(if cut { whole_statements(text) } else { text }) {
        reader.statement(&statement);
        if reader.nodes.len() > MOST_NODES {
            break;
        }
    }
    if cut {
        reader.cut_off()
    } else {
        reader.close_to(0)
    }
    let end = reader.nodes.len();
    if let Some(request) = reader.nodes.first_mut() {
        request.end = end;
    }
    Java { class: reader.class, session: reader.session, sample: Tree::new(Naming::Setter, reader.nodes, cut) }
}

/// Returns whether the code has its last statements: the call, or the output of its answer.
fn has_end(text: &str) -> bool {
    let is_call = |line: &str| line.split_once(".execute(").is_some_and(|(_, arguments)| arguments.contains(')'));
    text.lines().any(|line| is_call(line) || line.trim_start().starts_with("System.out.println("))
}

/// Returns code that breaks off up to the end of its last whole statement.
fn whole_statements(text: &str) -> &str {
    let is_line_end = |at: &usize| text.get(at + 2..).is_some_and(|rest| rest.is_empty() || rest.starts_with('\n'));
    let end = text.rmatch_indices(");").map(|(at, _)| at).find(is_line_end);
    end.and_then(|end| text.get(..end + 2)).unwrap_or_default()
}

/// Splits code into statements: a line, and the following lines that do not start a statement.
fn statements(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match found.last_mut().filter(|_| !begins(line)) {
            Some(last) => {
                last.push('\n');
                last.push_str(line);
            }
            None => found.push(line.to_owned()),
        }
    }
    found
}

fn begins(line: &str) -> bool {
    setter(line).is_some() || declaration(line).is_some() || line.contains(".execute(") || is_addition(line)
}

/// Whether a statement begins with the text, wherever the text ends.
pub(crate) fn begins_strictly(text: &str) -> bool {
    setter(text).is_some() || declaration(text).is_some() || is_addition(text)
}

/// A call that sets a value.
struct Setter<'a> {
    receiver: &'a str,
    name: &'a str,
    /// The argument, with what follows it.
    argument: &'a str,
}

/// Reads `receiver.setName(argument…`.
fn setter(line: &str) -> Option<Setter<'_>> {
    let (receiver, call) = line.split_once(".set")?;
    let (name, argument) = call.split_once('(')?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
    let is_setter = !receiver.is_empty() && receiver.chars().all(|c| c.is_alphanumeric() || c == '_');
    (is_setter && !name.is_empty() && name.chars().all(plain)).then_some(Setter { receiver, name, argument })
}

/// `Class variable = new …` → class and variable.
fn declaration(line: &str) -> Option<(&str, &str)> {
    let (head, value) = line.split_once('=')?;
    let mut words = head.split_whitespace();
    let (class, variable) = (words.next()?, words.next()?);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '<' | '>' | '[' | ']');
    let fits = class.chars().all(plain) && words.next().is_none() && value.trim_start().starts_with("new ");
    fits.then_some((class, variable))
}

fn is_addition(line: &str) -> bool {
    line.starts_with("list") && line.contains(".add(") || line.starts_with("System.out")
}

/// A level that is open.
struct Open {
    /// Its node.
    node: usize,
    /// Its variable.
    variable: String,
    /// The class of its elements, if it is a list.
    item_class: Option<String>,
    /// The variable of its element.
    item: Option<String>,
}

/// So far out the level of a variable is looked for.
const MOST_OPEN: usize = 64;

fn rposition(open: &[Open], is: impl Fn(&Open) -> bool) -> Option<usize> {
    open.iter().enumerate().rev().take(MOST_OPEN).find(|(_, open)| is(open)).map(|(at, _)| at)
}

struct Reader {
    nodes: Vec<Node>,
    open: Vec<Open>,
    class: Option<String>,
    session: Option<bool>,
    /// So many of the open levels, from the outermost on, are in doubt already.
    doubted: usize,
}

impl Reader {
    fn statement(&mut self, line: &str) {
        if let Some(setter) = setter(line) {
            self.set(&setter);
        } else if let Some((class, variable)) = declaration(line) {
            self.declare(class, variable);
        } else if let Some((_, arguments)) = line.split_once(".execute(") {
            self.session = arguments.split_once(')').map(|(arguments, _)| arguments.contains(','));
        }
    }

    fn declare(&mut self, class: &str, variable: &str) {
        match variable {
            "client" => return,
            "req" => {
                self.class = Some(class.to_owned());
                return;
            }
            _ => {}
        }
        let variable = variable.to_owned();
        if let Some(item_class) = class.strip_prefix("List<").map(|class| class.trim_end_matches('>')) {
            self.open_level(item_class, variable, true);
            return;
        }
        let last = self.open.last_mut();
        match last.filter(|last| last.item.is_none() && last.item_class.as_deref() == Some(class)) {
            Some(list) => list.item = Some(variable),
            None => self.open_level(class, variable, false),
        }
    }

    fn open_level(&mut self, class: &str, variable: String, list: bool) {
        let short = class.rsplit('.').next().unwrap_or(class).to_owned();
        let item_class = list.then(|| class.to_owned());
        self.open.push(Open { node: self.nodes.len(), variable, item_class, item: None });
        let type_word = Some(format!("{short}{}", if list { "[]" } else { "" }));
        self.nodes.push(Node { type_word, class: Some(short), ..Node::default() });
    }

    fn set(&mut self, setter: &Setter<'_>) {
        let argument = setter.argument.trim_end().trim_end_matches(';').trim_end();
        let argument = argument.strip_suffix(')').unwrap_or(argument).trim();
        if is_variable(argument) {
            self.close(argument, setter.name);
            return;
        }
        let broken = !self.receives(setter.receiver);
        let end = self.nodes.len() + 1;
        self.nodes.push(Node {
            key: Naming::Setter.key(setter.name),
            name: setter.name.to_owned(),
            type_word: literal_type(argument).map(str::to_owned),
            literal: literal(argument),
            end,
            broken,
            ..Node::default()
        });
    }

    /// Whether a receiver is the innermost open variable. If it is one further out, the ends of the levels in between
    /// are missing.
    fn receives(&mut self, receiver: &str) -> bool {
        let is = |open: &Open| open.item.as_ref().unwrap_or(&open.variable) == receiver;
        let depth = match rposition(&self.open, is) {
            Some(found) => found + 1,
            None if receiver == "req" => 0,
            None => {
                self.doubt_open();
                return false;
            }
        };
        if depth < self.open.len() {
            self.doubt_open();
            self.close_to(depth);
        }
        true
    }

    /// Closes the level of a variable; one that was never declared closes nothing.
    fn close(&mut self, variable: &str, name: &str) {
        let Some(found) = rposition(&self.open, |open| open.variable == variable) else {
            self.doubt_open();
            return;
        };
        if found + 1 < self.open.len() {
            self.doubt_open();
            self.close_to(found + 1);
        }
        let end = self.nodes.len();
        let node = self.open.pop().and_then(|open| self.nodes.get_mut(open.node));
        self.doubted = self.doubted.min(self.open.len());
        if let Some(node) = node {
            node.key = Naming::Setter.key(name);
            node.name = name.to_owned();
            node.end = end;
        }
    }

    /// Ends the levels further in, whose own ends are missing.
    fn close_to(&mut self, depth: usize) {
        let end = self.nodes.len();
        for open in self.open.drain(depth..) {
            if let Some(node) = self.nodes.get_mut(open.node) {
                node.end = end;
                node.broken = true;
            }
        }
        self.doubted = self.doubted.min(depth);
    }

    /// Ends the levels in which the code breaks off.
    fn cut_off(&mut self) {
        let end = self.nodes.len();
        for open in self.open.drain(..) {
            if let Some(node) = self.nodes.get_mut(open.node) {
                (node.end, node.cut) = (end, true);
            }
        }
    }

    fn doubt_open(&mut self) {
        for open in self.open.get(self.doubted..).unwrap_or_default() {
            if let Some(node) = self.nodes.get_mut(open.node) {
                node.broken = true;
            }
        }
        self.doubted = self.open.len();
    }
}

/// `obj4`, `list3`
fn is_variable(argument: &str) -> bool {
    let digits = argument.strip_prefix("obj").or_else(|| argument.strip_prefix("list"));
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// Returns the type of a literal. Text literals can be of several types.
fn literal_type(argument: &str) -> Option<&'static str> {
    if argument.starts_with("new FileItem(") {
        return Some("byte[]");
    }
    if argument.starts_with("StringUtils.parseDateTime(") {
        return Some("Date");
    }
    match argument.strip_prefix("new ").and_then(|rest| rest.split_once('[')).map(|(class, _)| class.trim()) {
        Some("Long" | "Integer") => return Some("Number[]"),
        Some("Boolean") => return Some("Boolean[]"),
        _ => {}
    }
    let digits = argument.strip_suffix('L').unwrap_or_default();
    let is_number = digits.strip_prefix('-').unwrap_or(digits).bytes().all(|b| b.is_ascii_digit());
    match argument {
        "true" | "false" => Some("Boolean"),
        _ => (is_number && !digits.is_empty()).then_some("Number"),
    }
}

fn literal(argument: &str) -> Literal {
    if let Some(path) = argument.strip_prefix("new FileItem(") {
        return Literal::Opaque(unquoted(path.trim_end().trim_end_matches(')')));
    }
    let inner = argument
        .strip_prefix("StringUtils.parseDateTime(")
        .map(|date| date.strip_suffix(')').unwrap_or(date))
        .unwrap_or(argument);
    if let Some(items) = inner.strip_prefix("new ").and_then(|rest| rest.split_once('{')).map(|(_, items)| items) {
        let items = items.split('}').next().unwrap_or_default();
        let items: Vec<String> = items.split(',').map(|item| number(item.trim())).collect();
        return Literal::Text(items.join(","));
    }
    if inner.starts_with('"') {
        return Literal::Text(unquoted(inner));
    }
    Literal::Text(number(inner))
}

/// A number without the sign of its type.
fn number(text: &str) -> String {
    let digits = text.strip_suffix(['L', 'l', 'F', 'f', 'D', 'd']).unwrap_or(text);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.'));
    if is_number { digits.to_owned() } else { text.to_owned() }
}

/// Without the outer quotes, escapes resolved.
fn unquoted(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_prefix('"').unwrap_or(text);
    let text = text.strip_suffix('"').unwrap_or(text);
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => plain.push('\n'),
                Some('t') => plain.push('\t'),
                Some('r') => plain.push('\r'),
                Some(other @ ('"' | '\\' | '\'')) => plain.push(other),
                Some(other) => plain.extend(['\\', other]),
                None => plain.push('\\'),
            },
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_become_a_tree_whatever_their_receivers() {
        let java = read(concat!(
            "TaobaoClient client = new DefaultTaobaoClient(url, appkey, secret);\n",
            "KrateSendRequest req = new KrateSendRequest();\n",
            "KrateSendRequest.Crate obj1 = new KrateSendRequest.Crate();\n",
            "obj1.setTag(\"red; \\\"7\\\"\");\n",
            "List<KrateSendRequest.Shelf> list3 = new ArrayList<KrateSendRequest.Shelf>();\n",
            "KrateSendRequest.Shelf obj4 = new KrateSendRequest.Shelf();\n",
            "list3.add(obj4);\n",
            "obj4.setWidth(12L);\n",
            "obj4.setIds(new Long[] { 1,2L };\n",
            ");\n",
            "list9.setShelfList(list3);\n",
            "req.setCrate(obj1);\n",
            "KrateSendResponse rsp = client.execute(req, sessionKey);\n",
        ));
        assert_eq!((java.class.as_deref(), java.session), (Some("KrateSendRequest"), Some(true)));
        let nodes: Vec<_> = java.sample.nodes.iter().map(|node| (node.key.as_str(), node.end)).collect();
        assert_eq!(nodes, [("", 6), ("crate", 6), ("tag", 3), ("shelflist", 6), ("width", 5), ("ids", 6)]);
        let texts: Vec<_> = java.sample.nodes.iter().map(|node| node.literal.clone()).collect();
        assert_eq!(texts[2], Literal::Text("red; \"7\"".into()));
        assert_eq!(texts[5], Literal::Text("1,2".into()));
    }
}
