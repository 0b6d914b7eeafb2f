// The filters, and the address that holds them: #effect=wire,source&level=error&kind=api-added&q=text&approved=hide
const form = document.getElementById("filters");
const search = document.getElementById("q");
const approved = document.getElementById("approved");
const shown = document.getElementById("shown");
const selects = ["kind", "family"].map((name) => document.getElementById(name));
const boxes = (name) => [...form.querySelectorAll(`input[name="${name}"]`)];
const chosen = (name) => boxes(name).filter((box) => box.checked).map((box) => box.value);

function filter() {
  const [kind, family] = selects.map((select) => select.value);
  const words = search.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const wanted = { effects: chosen("effect"), levels: chosen("level"), kind, family, words, approved: approved.checked };
  shown.textContent = `${show(wanted)} of ${changes(rows.length)}`;
}

function fromAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  for (const name of ["effect", "level"]) {
    const values = (wanted.get(name) ?? "").split(",");
    for (const box of boxes(name)) {
      box.checked = values.includes(box.value);
    }
  }
  for (const select of selects) {
    const value = wanted.get(select.id) ?? "";
    select.value = [...select.options].some((option) => option.value === value) ? value : "";
  }
  const text = wanted.get("q") ?? "";
  if (search.value !== text) {
    search.value = text;
  }
  approved.checked = wanted.get("approved") !== "hide";
  filter();
}

function toAddress() {
  const parts = [];
  for (const name of ["effect", "level"]) {
    const values = chosen(name);
    if (values.length > 0) {
      parts.push(`${name}=${values.join(",")}`);
    }
  }
  for (const select of selects.filter((select) => select.value !== "")) {
    parts.push(`${select.id}=${encodeURIComponent(select.value)}`);
  }
  if (search.value !== "") {
    parts.push(`q=${encodeURIComponent(search.value)}`);
  }
  if (!approved.checked) {
    parts.push("approved=hide");
  }
  const address = `#${parts.join("&")}`;
  if (address !== (location.hash || "#")) {
    // Every letter that is typed would be a step back in the history otherwise.
    location.replace(address);
  }
}

form.addEventListener("input", toAddress);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", (event) => {
  event.preventDefault();
  location.replace("#");
});
document.getElementById("open").addEventListener("click", () => {
  const closed = [...list.querySelectorAll("details:not([open])")];
  (closed.length > 0 ? closed : [...list.querySelectorAll("details")]).forEach((row) => { row.open = closed.length > 0; });
});
window.addEventListener("hashchange", fromAddress);
form.hidden = false;
const isNarrow = matchMedia("(max-width: 40rem)").matches;
document.getElementById("choices").open = !isNarrow || location.hash.length > 1;
// Names of APIs stay below the filters, which stay above.
new ResizeObserver(() => {
  const bar = getComputedStyle(form).position === "sticky" ? form.offsetHeight : 0;
  document.documentElement.style.setProperty("--bar", `${bar}px`);
}).observe(form);
fromAddress();
