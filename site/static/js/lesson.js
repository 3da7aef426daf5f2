// What of a video was watched goes to the server: on pause, every minute, and when the page is left. The page works without this.
import { uuid } from "./outbox.js";
import { present } from "./presence.js";
import { outbox } from "./sync.js";

const figure = document.querySelector("[data-film]");
const page = document.querySelector("[data-lesson]");
const KEEP_EVERY = 5_000; // a killed tab loses no more than this of what was watched

function union(intervals, hole = 0) {
  const joined = [];
  for (const [start, end] of [...intervals].sort((a, b) => a[0] - b[0])) {
    const last = joined[joined.length - 1];
    if (last && start <= last[1] + hole) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

class Watching {
  constructor(figure, outbox, lesson) {
    this.figure = figure;
    this.players = [...figure.querySelectorAll("video, audio")]; // sound alone counts like the picture
    this.video = this.players[0];
    this.outbox = outbox;
    this.lesson = lesson;
    this.fresh = [];
    this.seen = JSON.parse(figure.dataset.watched || "[]");
    this.openedAt = null;
    this.last = null;
    this.wall = 0;
    this.playedSince = null;
    this.draft = uuid();
    this.listen();
  }

  listen() {
    for (const player of this.players) {
      const resume = Number(this.video.dataset.resume);
      player.addEventListener("loadedmetadata", () => {
        if (resume && player.currentTime < 1 && resume < player.duration - 2) player.currentTime = resume;
      }, { once: true });
      const heard = (name, act) => player.addEventListener(name, () => player === this.video && act());
      player.addEventListener("playing", () => this.turnTo(player));
      heard("timeupdate", () => this.tick());
      for (const name of ["pause", "seeking", "waiting", "emptied"]) heard(name, () => this.close());
      heard("pause", () => this.flush());
      heard("ended", () => { this.close(); this.flush(); });
    }
  }

  // One of them plays at a time.
  turnTo(player) {
    if (player !== this.video) {
      this.close();
      const other = this.video;
      this.video = player;
      other.pause();
    }
    this.open();
  }

  open() {
    this.openedAt = this.last = this.video.currentTime;
    this.playedSince = performance.now();
  }

  tick() {
    if (this.openedAt === null) return;
    const now = this.video.currentTime;
    if (Math.abs(now - this.last) > 3 * this.video.playbackRate) {
      this.close();
      this.open();
    }
    this.last = now;
    this.show();
  }

  close() {
    if (this.openedAt === null) return;
    const end = this.video.seeking ? this.last : Math.max(this.last, this.video.currentTime);
    if (end > this.openedAt) this.fresh.push([round(this.openedAt), round(end)]);
    this.wall += (performance.now() - this.playedSince) / 1000;
    this.openedAt = null;
    this.show();
  }

  // All that was watched since the last event.
  event() {
    return {
      ...this.lesson,
      verb: "progressed",
      block: this.figure.dataset.film,
      data: { watched: union(this.fresh), position: round(this.video.currentTime), wall: round(this.wall) },
    };
  }

  halt() {
    const playing = this.openedAt !== null;
    this.close();
    if (playing) this.open();
    return this.fresh.length > 0;
  }

  keep() {
    if (this.halt()) this.outbox.draft({ id: this.draft, ...this.event() });
  }

  collect() {
    if (!this.halt()) return;
    this.seen = union([...this.seen, ...this.fresh], 2);
    const kept = this.outbox.add(this.event());
    const draft = this.draft; // says nothing more than the event that is kept now
    this.draft = uuid();
    this.fresh = [];
    this.wall = 0;
    return kept.then(() => this.outbox.settled(draft));
  }

  async flush() {
    await this.collect();
    counted(await this.outbox.send(), this.lesson);
  }

  show() {
    const open = this.openedAt === null ? [] : [[this.openedAt, this.last]];
    const seconds = union([...this.seen, ...this.fresh, ...open], 2).reduce((sum, [start, end]) => sum + end - start, 0);
    const bar = this.figure.querySelector("[data-seen]");
    if (bar) bar.value = Math.min(seconds, bar.max);
  }
}

function round(seconds) {
  return Math.round(seconds * 10) / 10;
}

// The server says that the lesson is done: the page is read anew, and says so too.
function counted(answer, { lesson }) {
  if (answer?.done?.includes(lesson) && !document.querySelector("#xong")) window.location.reload();
}

// A confirmation is kept before the form goes: on a network that has gone it counts when the network is back.
function keepBeforeSending(form, lesson) {
  form.addEventListener("submit", async (submitted) => {
    submitted.preventDefault();
    const field = (name) => form.elements[name].value;
    const event = { ...lesson, id: form.elements.event?.value || uuid(), verb: "completed", data: { by: field("by") } };
    await Promise.race([outbox.add(event), new Promise((resolve) => setTimeout(resolve, 1000))]);
    // A page that was kept has no secret to send a form with: its outbox asks for one.
    if (navigator.onLine && form.action && !("copy" in page.dataset)) {
      form.submit();
      return;
    }
    form.querySelector("button").disabled = true;
    const said = document.querySelector("[data-kept]");
    said.hidden = false;
    form.append(said);
    counted(await outbox.send(), lesson);
  });
}

if (page && outbox) {
  const lesson = { lesson: page.dataset.lesson, edition: Number(page.dataset.edition) };
  for (const form of document.querySelectorAll("form[data-confirm]")) keepBeforeSending(form, lesson);
  outbox.add({ ...lesson, verb: "initialized" }).then(() => outbox.send());
  addEventListener("online", async () => counted(await outbox.send(), lesson));
  if (figure) {
    const watching = new Watching(figure, outbox, lesson);
    setInterval(() => watching.flush(), 60_000);
    setInterval(() => watching.openedAt !== null && watching.keep(), KEEP_EVERY);
    outbox.leaving = () => watching.collect();
  }
  present(outbox, lesson);
}
