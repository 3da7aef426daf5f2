// Answers are saved as they are given; without this script the two buttons at the end do it. The server's clock decides
// about the time: this one only shows it. What could not be sent waits in this browser, by attempt.
const sheet = document.querySelector("form[data-attempt]");
const name = `answers-of-${sheet.dataset.attempt}`;
const waiting = read();
let token = sheet.querySelector("[name=csrfmiddlewaretoken]").value;
let timer;
let sending = false;
let stopped = "";

function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(name)) || {};
  } catch {
    return {};
  }
}

function keep() {
  try {
    if (Object.keys(waiting).length) localStorage.setItem(name, JSON.stringify(waiting));
    else localStorage.removeItem(name);
  } catch {
    // A full or forbidden store: what is waiting lives as long as the page.
  }
}

// ---------------------------------------------------------------- answers

const questions = [...sheet.querySelectorAll("fieldset[data-position]")];

function answerOf(question) {
  const picks = [...question.querySelectorAll("select[data-id]")];
  if (picks.length) {
    const chosen = picks.filter((select) => select.value).map((select) => [select.dataset.id, select.value]);
    return chosen.length ? Object.fromEntries(chosen) : null;
  }
  const boxes = [...question.querySelectorAll("input[type=radio], input[type=checkbox]")];
  if (boxes.length) {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    return chosen.length ? chosen : null;
  }
  return question.querySelector("input[type=text], input:not([type])").value.trim() || null;
}

function show(question, answer) {
  for (const select of question.querySelectorAll("select[data-id]")) select.value = answer?.[select.dataset.id] || "";
  for (const box of question.querySelectorAll("input[type=radio], input[type=checkbox]")) {
    box.checked = Array.isArray(answer) && answer.includes(box.value);
  }
  const typed = question.querySelector("input[type=text], input:not([type])");
  if (typed) typed.value = typeof answer === "string" ? answer : "";
}

function isWhole(question) {
  const picks = [...question.querySelectorAll("select[data-id]")];
  if (!picks.length) return answerOf(question) !== null;
  const values = picks.map((select) => select.value);
  return values.every(Boolean) && (question.dataset.kind !== "ordering" || new Set(values).size === values.length);
}

function count() {
  sheet.querySelector("[data-answered]").textContent = questions.filter(isWhole).length;
}

function changed(question) {
  waiting[question.dataset.position] = { id: uuid(), at: new Date().toISOString(), answer: answerOf(question) };
  keep();
  count();
}

// Two things cannot stand at one place: whatever stood there takes the place that became free. The arrow keys go through
// every place on their way, so each is measured against what stood there before this one was touched.
function keepApart(question) {
  const selects = [...question.querySelectorAll("select[data-id]")];
  const standing = () => new Map(selects.map((select) => [select, select.value]));
  let [known, before, touched] = [standing(), null, null];
  question.addEventListener("focusin", () => (touched = null));
  for (const select of selects) {
    select.addEventListener("change", () => {
      if (touched !== select) [touched, before] = [select, known];
      const others = selects.filter((other) => other !== select);
      for (const other of others) other.value = before.get(other);
      const there = others.find((other) => select.value && other.value === select.value);
      if (there) there.value = before.get(select);
      known = standing();
    });
  }
}

for (const question of questions) {
  if (question.dataset.kind === "ordering") keepApart(question);
  question.addEventListener("change", () => { changed(question); send(); });
  question.addEventListener("input", (event) => {
    if (event.target.matches("input[type=radio], input[type=checkbox], select")) return;
    changed(question);
    clearTimeout(timer);
    timer = setTimeout(send, 800);
  });
}

// ---------------------------------------------------------------- sending

const saved = sheet.querySelector("[data-saved]");

function batch() {
  const form = new FormData();
  const answers = Object.entries(waiting).map(([position, one]) => ({ position: Number(position), ...one }));
  form.append("csrfmiddlewaretoken", token);
  form.append("batch", JSON.stringify({ sent_at: new Date().toISOString(), answers }));
  return form;
}

// Trying again would not help: it is said what would. What was typed stays, and the next answer tries once more.
function stop(why) {
  stopped = why;
  for (const notice of sheet.querySelectorAll("[data-stopped]")) notice.hidden = notice.dataset.stopped !== why;
}

async function renew() {
  const response = await fetch(sheet.dataset.token, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (response.ok) token = (await response.json()).token;
  return response.ok;
}

async function send() {
  if (sending || !Object.keys(waiting).length) return;
  sending = true;
  try {
    const post = () => fetch(sheet.dataset.save, { method: "POST", body: batch() });
    let response = await post();
    if (response.status === 403 && (await renew())) response = await post();
    stop([401, 403].includes(response.status) ? "sign-in" : [400, 404, 410].includes(response.status) ? "gone" : "");
    if (!response.ok) throw new Error(response.status);
    const answer = await response.json();
    const kept = new Set(answer.kept);
    for (const [position, one] of Object.entries(waiting)) if (kept.has(one.id)) delete waiting[position];
    keep();
    saved.textContent = `${saved.dataset.words} ${answer.saved_at}`;
    if (answer.seconds_left !== null) until = performance.now() + answer.seconds_left * 1000;
    if (!answer.open) location.reload();
  } catch {
    saved.textContent = stopped ? "" : saved.dataset.waiting;
  } finally {
    sending = false;
  }
  if (Object.keys(waiting).length && navigator.onLine && !stopped) {
    clearTimeout(timer);
    timer = setTimeout(send, 5000);
  }
}

addEventListener("online", send);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && Object.keys(waiting).length) navigator.sendBeacon(sheet.dataset.save, batch());
});

// What this browser kept and never sent is shown again and sent with its own time: of each answer the latest counts.
for (const [position, one] of Object.entries(waiting)) {
  const question = questions.find((row) => row.dataset.position === position);
  if (question) show(question, one.answer);
}
count();
send();

// ---------------------------------------------------------------- time

const clock = sheet.querySelector("[data-clock]");
let until = sheet.dataset.left === undefined ? null : performance.now() + Number(sheet.dataset.left) * 1000;

function tick() {
  const left = Math.max(Math.ceil((until - performance.now()) / 1000), 0);
  const minutes = Math.floor(left / 60);
  clock.textContent = `${minutes}:${String(left % 60).padStart(2, "0")}`;
  clock.closest(".clock").classList.toggle("late", left <= 60);
  const alarm = sheet.querySelector("[data-alarm]");
  if (left <= 60 && !alarm.textContent) alarm.textContent = alarm.dataset.words;
  if (left === 0) {
    clearInterval(ticking);
    setTimeout(() => location.reload(), 6500); // the server waits a few seconds for what is on its way
  }
}

let ticking;
if (until !== null) {
  tick();
  ticking = setInterval(tick, 1000);
}

// ---------------------------------------------------------------- one question at a time on a phone

const narrow = matchMedia("(max-width: 40rem)");
const turn = sheet.querySelector(".turn");
const done = sheet.querySelector(".done");
let now = Math.max(questions.findIndex((question) => `#${question.id}` === location.hash || !isWhole(question)), 0);

function settle() {
  const single = narrow.matches && questions.length > 1;
  sheet.classList.toggle("one-by-one", single);
  turn.hidden = !single;
  done.hidden = single && now < questions.length - 1;
  questions.forEach((question, place) => question.classList.toggle("now", place === now));
  turn.querySelector("[data-turn='-1']").disabled = now === 0;
  turn.querySelector("[data-turn='1']").hidden = now === questions.length - 1;
}

function go(place) {
  now = Math.min(Math.max(place, 0), questions.length - 1);
  settle();
  const ask = questions[now].querySelector("div.ask");
  ask.tabIndex = -1;
  ask.focus({ preventScroll: true });
  sheet.scrollIntoView({ block: "start" });
}

turn.addEventListener("click", (event) => {
  const button = event.target.closest("[data-turn]");
  if (button) go(now + Number(button.dataset.turn));
});
addEventListener("hashchange", () => {
  const place = questions.findIndex((question) => `#${question.id}` === location.hash);
  if (place >= 0) go(place);
});
narrow.addEventListener("change", settle);
settle();
document.querySelector("#con-thieu")?.focus();
