// Brings the outbox of the person signed in up to date: when the page opens, when the network returns, when the page is
// left, and every minute. A bar says what still waits. Other modules of the page share `outbox`.
import { Outbox, get, put } from "./outbox.js";

const bar = document.querySelector("[data-sync]");

// A kept page says nothing about anybody: there the browser itself remembers who was signed in.
async function whose() {
  if (!bar?.dataset.learner) return bar && (await get("state", "learner").catch(() => null))?.value;
  if (!bar.dataset.shared) put("state", { name: "learner", value: bar.dataset.learner }).catch(() => {});
  return bar.dataset.learner;
}

const learner = await whose();

export const outbox = learner
  ? new Outbox({
      learner,
      events: bar.dataset.events,
      token: bar.dataset.token,
      csrf: document.querySelector("input[name=csrfmiddlewaretoken]")?.value,
    })
  : null;

async function show() {
  const [waiting, refused] = await Promise.all([outbox.waiting(), outbox.refused()]);
  const stuck = waiting.length > 0 && (outbox.state !== "idle" || !navigator.onLine);
  for (const part of bar.querySelectorAll("[data-when]")) {
    part.hidden = part.dataset.when === "refused" ? !refused.length : !stuck || !fits(part.dataset.when);
  }
  for (const number of bar.querySelectorAll("[data-waiting]")) number.textContent = waiting.length;
  for (const number of bar.querySelectorAll("[data-refused]")) number.textContent = refused.length;
  const list = bar.querySelector("[data-refused-list]");
  list.replaceChildren(
    ...refused.map((row) => {
      const item = document.createElement("li");
      item.textContent = `${new Date(row.at).toLocaleString(document.documentElement.lang)}: ${row.reason || ""}`;
      return item;
    }),
  );
  bar.hidden = !stuck && !refused.length;
}

function fits(when) {
  return outbox.state === "sign-in" ? when === "sign-in" : when === "waiting";
}

if (outbox) {
  outbox.changed = show;
  bar.querySelector("[data-now]").addEventListener("click", () => outbox.send());
  bar.querySelector("[data-forget]").addEventListener("click", () => outbox.forgetRefused());
  addEventListener("online", () => outbox.send());
  addEventListener("offline", show);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") outbox.leave();
  });
  setInterval(() => outbox.send(), 60_000);
  outbox.adopt().catch(() => {}).then(() => outbox.send());
}
