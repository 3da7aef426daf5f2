// What of a video was watched goes to the server: on pause, every minute, and when the page is left. The page works without this.
const figure = document.querySelector("[data-film]");
const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
const page = document.querySelector("[data-lesson]");

function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

class Outbox {
  // Events stay in the browser until the server has answered for each of them; a repeat is harmless.
  constructor(address, name) {
    this.address = address;
    this.name = name;
    this.waiting = this.read();
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.name)) || [];
    } catch {
      return [];
    }
  }

  keep() {
    try {
      if (this.waiting.length) localStorage.setItem(this.name, JSON.stringify(this.waiting.slice(-100)));
      else localStorage.removeItem(this.name);
    } catch {
      // A full or forbidden store: what is waiting lives as long as the page.
    }
  }

  add(event) {
    this.waiting.push({ id: uuid(), at: new Date().toISOString(), ...event });
    this.keep();
  }

  form() {
    const form = new FormData();
    form.append("csrfmiddlewaretoken", token);
    form.append("batch", JSON.stringify({ sent_at: new Date().toISOString(), events: this.waiting.slice(0, 100) }));
    return form;
  }

  async send() {
    if (!this.waiting.length) return null;
    try {
      const response = await fetch(this.address, { method: "POST", body: this.form() });
      if (!response.ok) return null;
      const answer = await response.json();
      const answered = new Set(answer.results.map((result) => result.id));
      this.waiting = this.waiting.filter((event) => !answered.has(event.id));
      this.keep();
      return answer;
    } catch {
      return null;
    }
  }

  leave() {
    // A beacon cannot be answered: the events stay and are sent again, which counts once.
    if (this.waiting.length) navigator.sendBeacon(this.address, this.form());
  }
}

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
    this.video = figure.querySelector("video");
    this.outbox = outbox;
    this.lesson = lesson;
    this.fresh = [];
    this.seen = JSON.parse(figure.dataset.watched || "[]");
    this.openedAt = null;
    this.last = null;
    this.wall = 0;
    this.playedSince = null;
    this.listen();
  }

  listen() {
    const video = this.video;
    if (video.dataset.resume) {
      const resume = Number(video.dataset.resume);
      video.addEventListener("loadedmetadata", () => {
        if (video.currentTime < 1 && resume < video.duration - 2) video.currentTime = resume;
      }, { once: true });
    }
    video.addEventListener("playing", () => this.open());
    video.addEventListener("timeupdate", () => this.tick());
    for (const name of ["pause", "seeking", "waiting"]) video.addEventListener(name, () => this.close());
    video.addEventListener("pause", () => this.flush());
    video.addEventListener("ended", () => { this.close(); this.flush(); });
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

  collect() {
    const playing = this.openedAt !== null;
    this.close();
    if (playing) this.open();
    if (!this.fresh.length) return;
    this.seen = union([...this.seen, ...this.fresh], 2);
    this.outbox.add({
      ...this.lesson,
      verb: "progressed",
      block: this.figure.dataset.film,
      data: { watched: union(this.fresh), position: round(this.video.currentTime), wall: round(this.wall) },
    });
    this.fresh = [];
    this.wall = 0;
  }

  async flush() {
    this.collect();
    const answer = await this.outbox.send();
    if (answer?.done.includes(this.lesson.lesson) && !document.querySelector("#xong")) window.location.reload();
  }

  leave() {
    this.collect();
    this.outbox.leave();
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

if (page && token) {
  const lesson = { lesson: page.dataset.lesson, edition: Number(page.dataset.edition) };
  const outbox = new Outbox(page.dataset.events, `lessons-of-${page.dataset.enrolment}`);
  outbox.add({ ...lesson, verb: "initialized" });
  outbox.send();
  if (figure) {
    const watching = new Watching(figure, outbox, lesson);
    setInterval(() => watching.flush(), 60_000);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") watching.leave();
    });
  }
}
