"use strict";
// The marks of the map: pointed at or reached by the arrow keys, each says below the map what it stands for.
const told = document.getElementById("told");
const marks = [...document.querySelectorAll(".mark")];
const tell = (mark) => { told.textContent = mark.getAttribute("aria-label"); };
marks.forEach((mark, index) => {
  mark.addEventListener("pointerenter", () => tell(mark));
  mark.addEventListener("click", () => mark.focus());
  mark.addEventListener("focus", () => {
    marks.forEach((other) => other.setAttribute("tabindex", other === mark ? "0" : "-1"));
    tell(mark);
  });
  mark.addEventListener("keydown", (event) => {
    const to = { ArrowRight: index + 1, ArrowDown: index + 1, ArrowLeft: index - 1, ArrowUp: index - 1,
                 Home: 0, End: marks.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    marks[(to + marks.length) % marks.length].focus();
  });
});

// The table of batches: a button a column sorts it, the field above it leaves the rows that hold every word.
const table = document.getElementById("batches");
if (table) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const keyOf = (row, column) => row.cells[column].dataset.key ?? row.cells[column].textContent;
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  table.querySelectorAll("th button").forEach((button, column) => {
    const head = button.parentElement;
    button.addEventListener("click", () => {
      const isDown = head.getAttribute("aria-sort") === "ascending";
      table.querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      const isNumber = head.classList.contains("num");
      const compare = (a, b) => isNumber ? keyOf(a, column) - keyOf(b, column) : order(keyOf(a, column), keyOf(b, column));
      body.append(...rows.sort((a, b) => isDown ? compare(b, a) : compare(a, b)));
    });
  });
  document.getElementById("find").addEventListener("input", (event) => {
    const wanted = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !wanted.every((word) => texts.get(row).includes(word));
      shown += !row.hidden;
    }
    document.getElementById("shown").textContent = shown;
  });
}
