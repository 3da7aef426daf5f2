// Signing out: what was not sent yet is said before it is too late, and a shared computer keeps nothing.
import { Outbox, drop } from "./outbox.js";

async function wipe() {
  for (const name of await caches.keys()) if (name.startsWith("hoc|")) await caches.delete(name);
  localStorage.clear();
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
  await new Promise((resolve) => {
    const request = indexedDB.deleteDatabase("hoc");
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });
}

const warning = document.querySelector("[data-sign-out]");

async function leave(form) {
  const { learner, events, token, shared } = warning.dataset;
  const csrf = form.elements.csrfmiddlewaretoken.value;
  const outbox = new Outbox({ learner, events, token, csrf });
  await Promise.race([outbox.send(), new Promise((resolve) => setTimeout(resolve, 4000))]);
  const waiting = await outbox.waiting();
  if (waiting.length && !("warned" in form.dataset)) {
    form.dataset.warned = "";
    for (const number of warning.querySelectorAll("b")) number.textContent = waiting.length;
    form.after(warning);
    warning.hidden = false;
    warning.focus();
    return;
  }
  if (shared) await wipe();
  else await drop("state", "learner");
  form.submit();
}

if (warning && "indexedDB" in window) {
  for (const form of document.querySelectorAll('form[method=post][action$="/logout/"]')) {
    form.addEventListener("submit", (submitted) => {
      submitted.preventDefault();
      delete form.dataset.sent; // frame.js: this press was not the last
      leave(form).catch(() => form.submit());
    });
  }
}
