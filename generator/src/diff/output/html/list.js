// The list: some rows of each part, and a button for more.
const STEP = 40;
const list = document.getElementById("list");

function element(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup;
  return template.content.firstElementChild;
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

const changes = (count) => (count === 1 ? "1 change" : `${count} changes`);

/** Shows what fits the filters, and returns the number of changes. */
function show(wanted) {
  let count = 0;
  list.replaceChildren();
  for (const part of parts) {
    const entries = [];
    let found = 0;
    for (const entry of part.groups.flatMap((group) => group.entries.map((entry) => ({ group, entry })))) {
      const rows = entry.entry.rows.filter((row) => fits(row, wanted));
      found += rows.length;
      if (rows.length > 0) {
        entries.push({ ...entry, rows });
      }
    }
    count += found;
    if (found > 0) {
      const made = element(`${source.slice(part.start, part.head)}</section>`);
      made.querySelector("h2 small").prepend(`${changes(found)}: `);
      list.append(made);
      let open;
      fill(made, entries, (some) => {
        if (open?.group !== some.group) {
          open = { group: some.group, element: element(`${source.slice(some.group.start, some.group.head)}</section>`) };
          made.append(open.element);
        }
        const added = some.entry.isEvent ? eventElement(some) : rowElement(some.entry);
        open.element.append(added);
        return added;
      });
    }
  }
  return count;
}

/** Adds the first entries to an element, and a button that adds more. */
function fill(to, entries, add) {
  let next = 0;
  const more = button("", () => step()[0].querySelector("summary").focus());
  more.className = "more";
  function step() {
    more.remove();
    const added = entries.slice(next, next + STEP).map(add);
    next += STEP;
    if (next < entries.length) {
      more.textContent = `Show ${Math.min(STEP, entries.length - next)} more of ${entries.length - next}`;
      to.append(more);
    }
    return added;
  }
  step();
}

/** Makes an element that gets its details when it is opened for the first time. */
function lazy(node, load) {
  const made = element(`${source.slice(node.start, node.head)}</details>`);
  let isLoaded = false;
  const check = () => {
    if (made.open && !isLoaded) {
      isLoaded = true;
      load(made);
    }
  };
  made.addEventListener("toggle", check);
  check();
  return made;
}

function eventElement({ entry, rows }) {
  return lazy(entry, (made) => fill(made, rows, (row) => {
    const added = rowElement(row);
    made.append(added);
    return added;
  }));
}

function rowElement(row) {
  return lazy(row, (made) => {
    made.insertAdjacentHTML("beforeend", source.slice(row.head, row.end));
    if (!row.isApproved) {
      made.querySelector(".ids").append(button("Copy approval entry", (event) => copy(event.target, entry(row, made))));
    }
  });
}

/** Returns an entry for `approvals.yaml`. Its empty keys have to be filled in. */
function entry(row, made) {
  const part = (name) => made.querySelector(`summary code.${name}`)?.textContent;
  const topic = `${part("api") ?? row.group.name} ${part("path") ?? ""}`.replace(/\s+/g, " ").trim();
  const fingerprint = made.querySelector(".fingerprint").textContent;
  return `# ${topic}: ${row.kind}\n- fingerprint: '${fingerprint}'\n  cause:     # vendor, transcription-fix or policy\n`
    + "  reason:\n  who:\n  until:     # YYYY-MM-DD\n";
}

async function copy(from, text) {
  try {
    await navigator.clipboard.writeText(text);
    from.textContent = "Copied";
  } catch {
    // Without access to the clipboard, the text is there to be selected.
    const shown = document.createElement("pre");
    shown.textContent = text;
    from.closest(".ids").after(shown);
    getSelection().selectAllChildren(shown);
    from.remove();
  }
}
