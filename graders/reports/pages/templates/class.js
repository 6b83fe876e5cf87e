"use strict";
// Finds and sorts rows of the table of students; the page says the same without it.
const table = document.getElementById("table");
const rows = [...table.tBodies[0].rows];
const find = document.getElementById("find");
const level = document.getElementById("level");
let texts, states;

function show() {
  texts ??= rows.map((row) => row.textContent.toLowerCase());
  states ??= rows.map((row) => row.cells[row.cells.length - 2].textContent);
  const words = find.value.toLowerCase().split(/\s+/);
  let count = 0;
  rows.forEach((row, index) => {
    const fits = words.every((word) => texts[index].includes(word)) &&
      (!level.value || states[index] === level.value);
    row.hidden = !fits;
    count += fits;
  });
  document.getElementById("count").textContent = `${count} of ${rows.length}`;
}

function sort(head, column) {
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const key = (row) => row.cells[column].textContent.trim();
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const keys = new Map(rows.map((row) => [row, key(row)]));
  const both = (a, b) => {
    const [x, y] = [keys.get(a), keys.get(b)];
    const numbers = [Number(x || NaN), Number(y || NaN)];
    return numbers.some(Number.isNaN) ? compare(x, y) : numbers[0] - numbers[1];
  };
  table.tBodies[0].append(...[...rows].sort((a, b) => (down ? both(b, a) : both(a, b))));
}

[...table.tHead.rows[0].cells].forEach((head, column) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = head.textContent;
  button.addEventListener("click", () => sort(head, column));
  head.replaceChildren(button);
});
find.addEventListener("input", show);
level.addEventListener("change", show);
document.getElementById("filter").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("filter").hidden = false;
