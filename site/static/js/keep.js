// "Keep for learning offline": says first how much it is, then puts one lesson, or the lessons of a section, into this
// browser. A newer version is offered; the old one stays until the new one is there.
import { all, drop, get, put } from "./outbox.js";

const PREFIX = "hoc|";
const LESSON = ["course", "language", "lesson", "version"]; // what a cache is named after

export const nameOf = (lesson) => PREFIX + LESSON.map((field) => lesson[field]).join("|");

const language = document.documentElement.lang;

export function said(bytes) {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  return `${value.toLocaleString(language, { maximumFractionDigits: value < 10 && unit === "MB" ? 1 : 0 })} ${unit}`;
}

async function fetched(address) {
  const response = await fetch(address, { cache: "no-store", credentials: "same-origin" });
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response;
}

async function keepFrame(frame) {
  const cache = await caches.open(`${PREFIX}khung`);
  const wanted = new Set(frame.map((address) => new URL(address, location.href).pathname));
  for (const address of frame) await cache.put(address, await fetched(address));
  for (const request of await cache.keys()) if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request);
}

// Everything or nothing: a half kept lesson is thrown away, and an older whole one is still there.
async function keepLesson(lesson, medium, step) {
  const name = nameOf(lesson);
  await caches.delete(name);
  const cache = await caches.open(name);
  try {
    await cache.put(lesson.path, await fetched(lesson.copy));
    for (const address of lesson.files) await cache.put(address, await fetched(address));
    if (medium) {
      const response = await fetched(medium.url);
      await cache.put(medium.url, counted(response, step));
    }
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  const older = await get("lessons", lesson.path);
  await put("lessons", { ...lesson, medium: medium || null, total: lesson.size + (medium?.size || 0), keptAt: new Date().toISOString() });
  if (older && nameOf(older) !== name) await caches.delete(nameOf(older));
}

// The same answer, telling how much of it has come.
function counted(response, step) {
  const counter = new TransformStream({
    transform(chunk, controller) {
      step(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counter), { status: 200, headers: response.headers });
}

export async function forget(lesson) {
  await caches.delete(nameOf(lesson));
  await drop("lessons", lesson.path);
}

class Keeper {
  constructor(box) {
    this.box = box;
    this.say = box.querySelector("[data-keep-said]");
    this.bar = box.querySelector("progress");
    this.button = box.querySelector("[data-keep-now]");
    box.addEventListener("toggle", () => box.open && this.look());
    box.addEventListener("change", () => this.sum());
    this.button.addEventListener("click", () => this.keep());
    box.querySelector("[data-keep-forget]")?.addEventListener("click", () => this.forget());
    box.hidden = false;
    this.state();
  }

  show(...words) {
    for (const part of this.box.querySelectorAll("[data-keep-when]")) part.hidden = !words.includes(part.dataset.keepWhen);
  }

  async state() {
    const { path, version } = this.box.dataset;
    const kept = path ? await get("lessons", path).catch(() => null) : null;
    this.kept = kept;
    if (!kept) return this.show("new");
    for (const when of this.box.querySelectorAll("[data-keep-date]")) when.textContent = new Date(kept.keptAt).toLocaleDateString(language);
    return this.show("kept", ...(kept.version === version ? [] : ["newer"]));
  }

  async look() {
    if (this.package) return;
    try {
      this.package = await (await fetched(this.box.dataset.package)).json();
    } catch {
      this.show("failed");
      return;
    }
    for (const choice of this.box.querySelectorAll("[data-medium]")) {
      const sizes = this.package.lessons.flatMap((lesson) => lesson.media.filter((medium) => medium.kind === choice.dataset.medium));
      choice.hidden = choice.dataset.medium !== "" && !sizes.length;
      const size = sizes.reduce((sum, medium) => sum + medium.size, 0);
      if (size) choice.querySelector("[data-size]").textContent = `+ ${said(size)}`;
    }
    this.sum();
  }

  chosen(lesson) {
    const kind = this.box.querySelector("input[type=radio]:checked")?.value;
    return lesson.media.find((medium) => medium.kind === kind);
  }

  get total() {
    const lessons = this.package.lessons.reduce((sum, lesson) => sum + lesson.size + (this.chosen(lesson)?.size || 0), 0);
    return lessons + this.package.frame_size;
  }

  sum() {
    if (!this.package) return;
    this.box.querySelector("[data-total]").textContent = said(this.total);
    this.button.disabled = false;
  }

  async keep() {
    this.button.disabled = true;
    this.show("busy");
    try {
      const room = await navigator.storage?.estimate?.();
      if (room?.quota && room.quota - room.usage < this.total * 1.2) {
        this.show("full");
        return;
      }
      await navigator.serviceWorker.register(this.box.dataset.worker);
      this.bar.max = this.total;
      this.bar.value = 0;
      const step = (bytes) => { this.bar.value += bytes; };
      await keepFrame(this.package.frame);
      step(this.package.frame_size);
      for (const lesson of this.package.lessons) {
        await keepLesson(lesson, this.chosen(lesson), step);
        step(lesson.size);
      }
      navigator.storage?.persist?.();
      this.package = null;
      if (this.box.dataset.path) {
        this.box.dataset.version = (await get("lessons", this.box.dataset.path)).version;
        await this.state();
      } else this.show("kept");
      this.box.querySelector("[data-keep-focus]")?.focus();
    } catch {
      this.show("failed");
    } finally {
      this.button.disabled = false;
    }
  }

  async forget() {
    await forget(this.kept);
    this.package = null;
    await this.state();
    await this.look();
  }
}

if ("serviceWorker" in navigator && "caches" in window && window.isSecureContext) {
  for (const box of document.querySelectorAll("[data-package]")) new Keeper(box);
  for (const box of document.querySelectorAll("[data-keep-all]")) box.hidden = false;
  // A lesson that is no longer kept whole (the browser made room) is not promised any longer.
  all("lessons").then(async (lessons) => {
    for (const lesson of lessons) if (!(await caches.has(nameOf(lesson)))) await drop("lessons", lesson.path);
  }).catch(() => {});
}
