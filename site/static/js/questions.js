// Questions that belong to another kind of ticket or to another answer are put away. Without this script all of them
// are shown, each with the answer that leads to it; the server decides what counts.
const rows = [...document.querySelectorAll("[data-question]")];
const form = rows[0]?.closest("form");

function settle() {
  const filled = new FormData(form);
  for (const row of rows) { // what a question depends on stands above it
    const { types, on, values } = row.dataset;
    const parent = on && rows.find((other) => other.dataset.question === on);
    const mine = !types || !filled.has("ticket_type") || types.split(" ").includes(filled.get("ticket_type"));
    const led = !on || (!parent?.hidden && filled.getAll(on).some((value) => values.split(" ").includes(value)));
    row.hidden = !(mine && led);
  }
}

if (form) {
  form.addEventListener("change", settle);
  addEventListener("pageshow", settle); // a browser that goes back fills the form in after the script has run
  settle();
}
