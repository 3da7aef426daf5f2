// Drag lessons and sections of the outline to their place. The arrows beside them do the same without this.
const list = document.querySelector("[data-outline]");
const form = document.getElementById("outline-move");
let dragged = null;

const rowOf = (target) => target instanceof Element ? target.closest("[data-page]") : null;
const fits = (row) => row && dragged && row !== dragged && !dragged.contains(row);

function clear() {
  for (const row of list.querySelectorAll(".drop-before, .drop-into")) row.classList.remove("drop-before", "drop-into");
}

// Where the dragged row would come to stand: a lesson before a lesson or at the end of a section, a section before one.
function placeAt(target) {
  const kind = dragged.dataset.kind;
  let row = rowOf(target);
  if (kind === "section" && row && row.dataset.kind === "lesson") row = row.closest("[data-kind=section]");
  if (!fits(row)) return null;
  if (kind === row.dataset.kind) return { row, before: row.dataset.page, into: row.dataset.parent, mark: "drop-before" };
  return { row, before: "", into: row.dataset.page, mark: "drop-into" };
}

if (list && form) {
  for (const handle of list.querySelectorAll("[data-handle]")) handle.closest("[data-page]").draggable = true;
  list.classList.add("can-drag");
  list.addEventListener("dragstart", (event) => {
    dragged = rowOf(event.target);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.page);
    dragged.classList.add("dragged");
    event.stopPropagation();
  });
  list.addEventListener("dragover", (event) => {
    const place = dragged && placeAt(event.target);
    clear();
    if (!place) return;
    event.preventDefault();
    place.row.classList.add(place.mark);
  });
  list.addEventListener("dragend", () => {
    dragged?.classList.remove("dragged");
    dragged = null;
    clear();
  });
  list.addEventListener("drop", (event) => {
    const place = dragged && placeAt(event.target);
    if (!place) return;
    event.preventDefault();
    form.elements.page.value = dragged.dataset.page;
    form.elements.into.value = place.into;
    form.elements.before.value = place.before;
    form.submit();
  });
}
