"use strict";
// The filters, and the address that holds them: #plane=wire,source&level=error&q=text&approved=hide
const form = document.getElementById("filters");
const search = document.getElementById("q");
const approved = document.getElementById("approved");
const shown = document.getElementById("shown");
const boxes = (name) => [...form.querySelectorAll(`input[name="${name}"]`)];
const articles = [...document.querySelectorAll("article")];
const sections = [...document.querySelectorAll("section")];

function chosen(name) {
  return boxes(name).filter((box) => box.checked).map((box) => box.value);
}

function filter() {
  const planes = chosen("plane");
  const levels = chosen("level");
  const words = search.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
  let count = 0;
  for (const article of articles) {
    const touched = article.dataset.planes.split(" ");
    const fits = (planes.length === 0 || planes.some((plane) => touched.includes(plane)))
      && (levels.length === 0 || levels.includes(article.dataset.level))
      && (approved.checked || article.dataset.approved !== "yes")
      && words.every((word) => article.dataset.text.includes(word));
    article.hidden = !fits;
    count += fits ? 1 : 0;
  }
  for (const section of sections) {
    section.hidden = section.querySelector("article:not([hidden])") === null;
  }
  shown.textContent = `${count} of ${articles.length} changes`;
}

function fromAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  for (const name of ["plane", "level"]) {
    const values = (wanted.get(name) ?? "").split(",");
    for (const box of boxes(name)) {
      box.checked = values.includes(box.value);
    }
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
  for (const name of ["plane", "level"]) {
    const values = chosen(name);
    if (values.length > 0) {
      parts.push(`${name}=${values.join(",")}`);
    }
  }
  if (search.value !== "") {
    parts.push(`q=${encodeURIComponent(search.value)}`);
  }
  if (!approved.checked) {
    parts.push("approved=hide");
  }
  filter();
  // Every letter that is typed would be a step back in the history otherwise.
  location.replace(`#${parts.join("&")}`);
}

form.addEventListener("input", toAddress);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", (event) => {
  event.preventDefault();
  location.replace("#");
  fromAddress();
});
window.addEventListener("hashchange", fromAddress);
form.hidden = false;
fromAddress();
