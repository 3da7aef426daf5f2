// How far a list is. Without this the page is loaded again by its link.
const box = document.querySelector("[data-progress]");

async function look() {
  const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) {
    const list = await answer.json();
    if (!list.busy) {
      location.reload();
      return;
    }
    const bar = box.querySelector("progress");
    bar.max = list.rows || 1;
    bar.value = list.done;
    box.querySelector("[data-done]").textContent = list.rows ? `${list.done} / ${list.rows}` : "";
  }
  setTimeout(look, 1500);
}

if (box) setTimeout(look, 1000);
