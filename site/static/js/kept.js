// On a page that was kept: which of its media is here, and what this browser holds. Runs with and without the network.
import { all, get } from "./outbox.js";
import { forget, said } from "./keep.js";
import { outbox } from "./sync.js";

const language = document.documentElement.lang;

async function list(box) {
  const lessons = (await all("lessons").catch(() => [])).sort(
    (a, b) => a.course_title.localeCompare(b.course_title, language) || a.number - b.number,
  );
  box.querySelector("[data-none]").hidden = lessons.length > 0;
  const pattern = box.querySelector("template");
  const rows = lessons.map((lesson) => {
    const row = pattern.content.firstElementChild.cloneNode(true);
    const link = row.querySelector("a");
    link.href = lesson.path;
    link.textContent = lesson.title;
    row.querySelector("[data-course]").textContent = lesson.course_title;
    row.querySelector("[data-size]").textContent = said(lesson.total);
    row.querySelector("[data-date]").textContent = new Date(lesson.keptAt).toLocaleDateString(language);
    const button = row.querySelector("button");
    button.append(`: ${lesson.title}`);
    button.addEventListener("click", async () => {
      await forget(lesson);
      await list(box);
      box.querySelector("h2").focus();
    });
    return row;
  });
  box.querySelector("ul").replaceChildren(...rows);
  box.hidden = false;
}

async function medium(figure) {
  const kept = await get("lessons", location.pathname).catch(() => null);
  const here = kept?.medium;
  figure.querySelector("[data-no-medium]").hidden = Boolean(here);
  const player = here && figure.querySelector(`[data-medium=${here.kind}]`);
  if (!player) return;
  player.src = here.url;
  player.hidden = false;
}

const box = document.querySelector("[data-kept-list]");
if (box) list(box);
const figure = document.querySelector("[data-kept-media]");
if (figure) medium(figure);
for (const part of document.querySelectorAll("[data-nobody]")) part.hidden = outbox !== null;
for (const part of document.querySelectorAll("[data-somebody]")) part.hidden = outbox === null;
const online = document.querySelector("[data-online]");
if (online) {
  addEventListener("online", () => { online.hidden = false; });
  addEventListener("offline", () => { online.hidden = true; });
}
