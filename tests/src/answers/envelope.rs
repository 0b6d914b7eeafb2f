//! Envelopes around business members, right and wrong ones, with what must become of them.

use super::mutate::{junk, mutate};
use super::node::{Leaf, Marks, Node};
use super::xml;
use crate::mutation::Random;

/// How a platform encloses its answers.
#[derive(Clone, Debug)]
pub enum Platform {
    /// In a member of this name.
    Root(String),
    /// Beside a status; the endpoint's names of the status and of the message.
    Status(&'static [&'static str], &'static [&'static str]),
    /// Not at all: the caller's own JSON.
    Plain,
}

/// What must become of an answer.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is decoded.
    Decoded,
    /// It is an error.
    Refused,
    /// It is either; its values are counted if it is decoded.
    Either,
    /// It is broken, and must only not make the decoder panic.
    Broken,
}

/// A generated answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The body.
    pub body: Vec<u8>,
    /// Every value in it.
    pub leaves: Vec<Leaf>,
    /// What must become of it.
    pub verdict: Verdict,
}

/// Makes an answer of documented members.
pub fn answer(platform: &Platform, mut business: Node, random: &mut Random, marks: &mut Marks) -> Answer {
    if random.below(20) > 0 {
        mutate(&mut business, random, marks);
    }
    let (node, verdict) = match platform {
        Platform::Plain => (business, Verdict::Decoded),
        Platform::Status(names, messages) => with_status(names, messages, business, random, marks),
        Platform::Root(root) if random.below(5) == 0 => return markup(root, business, random, marks),
        Platform::Root(root) => with_root(root, business, random, marks),
    };
    let body = node.json().into_bytes();
    if random.below(12) == 0 {
        return Answer { body: broken(body, random), leaves: Vec::new(), verdict: Verdict::Broken };
    }
    Answer { leaves: node.leaves(), body, verdict }
}

fn markup(root: &str, business: Node, random: &mut Random, marks: &mut Marks) -> Answer {
    let (root, node, verdict) = match random.below(8) {
        0 => ("error_response", error(random, marks), Verdict::Refused),
        1 => ("error_response", business, Verdict::Refused),
        2 => ("other_response", business, Verdict::Either),
        _ => (root, business, Verdict::Decoded),
    };
    let (xml, leaves) = xml::write(root, &node, random, marks);
    Answer { body: xml.into_bytes(), leaves, verdict }
}

fn text(marks: &mut Marks) -> Node {
    Node::Text(format!("r{}", marks.next_mark()))
}

/// Text, or now and then any value.
fn text_or_junk(random: &mut Random, marks: &mut Marks) -> Node {
    if random.below(3) == 0 { junk(random, marks, 2) } else { text(marks) }
}

fn error(random: &mut Random, marks: &mut Marks) -> Node {
    let code = if random.below(2) == 0 { Node::Number("27".to_owned()) } else { Node::Text("27".to_owned()) };
    let mut members = vec![("code".to_owned(), code), ("msg".to_owned(), text(marks))];
    if random.below(2) == 0 {
        members.push(("sub_code".to_owned(), Node::Text("isv.x".to_owned())));
    }
    shuffled(members, random)
}

fn shuffled(mut members: Vec<(String, Node)>, random: &mut Random) -> Node {
    for index in 1..members.len() {
        members.swap(index, random.below(index + 1));
    }
    Node::Object(members)
}

fn with_root(root: &str, mut business: Node, random: &mut Random, marks: &mut Marks) -> (Node, Verdict) {
    let member = |name: &str, value: Node| (name.to_owned(), value);
    if let (Node::Object(members), true) = (&mut business, random.below(2) == 0) {
        members.push(member("request_id", text_or_junk(random, marks)));
    }
    let own = member(root, business.clone());
    match random.below(14) {
        0 => (Node::Object(vec![member("error_response", junk(random, marks, 2))]), Verdict::Refused),
        1 => (shuffled(vec![own, member("error_response", error(random, marks))], random), Verdict::Refused),
        2 => {
            let nothing = member(root, Node::Null);
            (shuffled(vec![nothing, member("error_response", error(random, marks))], random), Verdict::Refused)
        }
        3 => (error(random, marks), Verdict::Refused),
        4 => (shuffled(vec![own, member("other_response", error(random, marks))], random), Verdict::Refused),
        5 => {
            let again = business.renewed(marks);
            (shuffled(vec![own, member("other_response", again)], random), Verdict::Either)
        }
        6 => {
            let again = business.renewed(marks);
            (shuffled(vec![member("a_response", business), member("b_response", again)], random), Verdict::Either)
        }
        7 => {
            let again = if random.below(2) == 0 { business.renewed(marks) } else { junk(random, marks, 1) };
            (shuffled(vec![own, member(root, again)], random), Verdict::Decoded)
        }
        8 => (Node::Object(vec![member("other_response", business)]), Verdict::Either),
        9 => {
            let beside = member("request_id", text_or_junk(random, marks));
            (shuffled(vec![own, beside, member("x", junk(random, marks, 2))], random), Verdict::Decoded)
        }
        10 => (Node::Object(vec![member(root, junk(random, marks, 2))]), Verdict::Decoded),
        11 | 12 => (business, Verdict::Decoded),
        _ => (Node::Object(vec![own]), Verdict::Decoded),
    }
}

fn with_status(
    names: &[&str],
    messages: &[&str],
    business: Node,
    random: &mut Random,
    marks: &mut Marks,
) -> (Node, Verdict) {
    let Node::Object(mut members) = business else { return (business, Verdict::Refused) };
    let success = |random: &mut Random| {
        let zero = "0".to_owned();
        if random.below(2) == 0 { Node::Text(zero) } else { Node::Number(zero) }
    };
    let failure = |random: &mut Random| {
        let code = random.pick(&["-1", "500", "1"]).to_owned();
        if random.below(2) == 0 { Node::Text(code) } else { Node::Number(code) }
    };
    // A member that is removed or renamed may have been the only documented one with a status name.
    let mut verdict = Verdict::Decoded;
    let count = random.below(4);
    if count == 0 {
        verdict = Verdict::Refused;
    }
    for _ in 0..count {
        let at = random.below(members.len() + 1);
        let (value, outcome) = match random.below(8) {
            0 => (failure(random), Verdict::Refused),
            1 => (Node::Object(vec![("a".to_owned(), text(marks))]), Verdict::Either),
            _ => (success(random), Verdict::Decoded),
        };
        members.insert(at, (random.pick(names).to_owned(), value));
        verdict = match (verdict, outcome) {
            (Verdict::Refused, _) | (_, Verdict::Refused) => Verdict::Refused,
            (Verdict::Either, _) | (_, Verdict::Either) => Verdict::Either,
            _ => Verdict::Decoded,
        };
    }
    for _ in 0..random.below(3) {
        let at = random.below(members.len() + 1);
        members.insert(at, (random.pick(messages).to_owned(), text_or_junk(random, marks)));
    }
    (Node::Object(members), verdict)
}

/// The body with a byte changed, missing or too many, or cut off.
fn broken(mut body: Vec<u8>, random: &mut Random) -> Vec<u8> {
    let at = random.below(body.len());
    let byte = random.next_u64() as u8;
    match random.below(4) {
        0 => body.truncate(at),
        1 => drop(body.remove(at)),
        2 => body.insert(at, byte),
        _ => body[at] = byte,
    }
    body
}
