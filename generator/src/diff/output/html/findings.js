"use strict";
// The findings. Browsers that run scripts keep what is inside <noscript> as text, so that it costs neither elements nor
// layout: rows become elements when they are shown, and their details when they are opened. Every `<` in that text is
// markup, because the program escapes all texts of the specs.
const source = document.getElementById("all").textContent;
const parts = read();
const rows = parts.flatMap((part) => part.groups.flatMap((group) => group.entries.flatMap((entry) => entry.rows)));

/** Returns the parts of the report, with their groups, their entries (rows and events) and the rows of events. */
function read() {
  const parts = [];
  const ends = { part: "</h2>", group: "</h3>", event: "</summary>", row: "</summary>", inner: "</summary>" };
  let group;
  let event;
  for (const tag of source.matchAll(/<(?:section|details) class="(?:row )?(part|group|event|row|inner)"[^>]*>/g)) {
    const kind = tag[1];
    const head = source.indexOf(ends[kind], tag.index) + ends[kind].length;
    const node = { tag: tag[0], start: tag.index, head, isOpen: tag[0].endsWith(" open>") };
    if (kind === "part") {
      parts.push({ ...node, groups: [] });
    } else if (kind === "group") {
      const name = source.slice(tag.index + tag[0].length, head);
      group = { ...node, name: plain(name), family: plain(attribute(node, "family")), entries: [] };
      parts.at(-1).groups.push(group);
    } else if (kind === "event") {
      event = { ...node, isEvent: true, rows: [] };
      group.entries.push(event);
    } else {
      const row = toRow(node, group);
      if (kind === "row") {
        group.entries.push(row);
      } else {
        event.rows.push(row);
      }
    }
  }
  return parts;
}

function toRow(node, group) {
  const row = {
    ...node,
    end: source.indexOf("</details>", node.head),
    group,
    // Rows of an event of several APIs have families of their own.
    family: plain(attribute(node, "family")) || group.family,
    level: attribute(node, "level"),
    effects: attribute(node, "effects").split(" "),
    kind: attribute(node, "kind"),
    isApproved: node.tag.includes(" data-approved"),
  };
  row.rows = [row];
  return row;
}

function attribute(node, name) {
  return node.tag.split(` data-${name}="`)[1]?.split('"')[0] ?? "";
}

/** Returns the text that markup shows. Marks of changed words do not split words. */
function plain(markup) {
  const signs = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };
  const text = markup.replace(/<\/?(?:ins|del)>/g, "").replace(/<[^>]*>/g, " ");
  return text.replace(/&(?:lt|gt|quot|amp|#39);/g, (sign) => signs[sign]).trim();
}

/** Returns what the search finds a row by: names, texts and values, but not our own words in <p>, <small> and <b>. */
function text(row) {
  if (row.text === undefined) {
    const markup = source.slice(row.start, row.end).replace(/<(p|small|b)\b[^>]*>.*?<\/\1>/gs, " ");
    row.text = `${row.group.name} ${plain(markup)}`.toLowerCase();
  }
  return row.text;
}

function fits(row, wanted) {
  return (wanted.effects.length === 0 || wanted.effects.some((effect) => row.effects.includes(effect)))
    && (wanted.levels.length === 0 || wanted.levels.includes(row.level))
    && (wanted.kind === "" || wanted.kind === row.kind)
    && (wanted.family === "" || wanted.family === row.family)
    && (wanted.approved || !row.isApproved)
    && wanted.words.every((word) => text(row).includes(word));
}
