// What a learner did is written into this browser first, and leaves it only when the server has answered for it.
// Everything is kept by learner: whoever signs in next on this computer neither sends nor loses another one's work.

const DRAFT_LIVES = 20_000; // longer than its page takes to write it again
let opened;

export function store() {
  opened ||= new Promise((resolve, reject) => {
    const request = indexedDB.open("hoc", 1);
    request.onupgradeneeded = () => {
      const db = request.result;
      for (const name of ["events", "refused"]) db.createObjectStore(name, { keyPath: "id" }).createIndex("learner", "learner");
      db.createObjectStore("lessons", { keyPath: "path" }); // what was kept for reading without the network
      db.createObjectStore("state", { keyPath: "name" });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close(); // it is being deleted, by this page or another
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opened;
}

export async function within(names, mode, work) {
  const db = await store();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(names, mode);
    const result = work((name) => transaction.objectStore(name));
    transaction.oncomplete = () => resolve(result instanceof IDBRequest ? result.result : result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

export const put = (name, row) => within([name], "readwrite", (of) => of(name).put(row));
export const get = (name, key) => within([name], "readonly", (of) => of(name).get(key));
export const all = (name) => within([name], "readonly", (of) => of(name).getAll());
export const drop = (name, key) => within([name], "readwrite", (of) => of(name).delete(key));

const theirs = (name, learner) =>
  within([name], "readonly", (of) => of(name).index("learner").getAll(learner)).catch(() => []);

export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export class Outbox {
  constructor({ learner, events, token, csrf = "" }) {
    Object.assign(this, { learner, address: events, tokenAddress: token, csrf });
    this.fresh = new Map(); // of this page, for the beacon: it cannot wait for a database
    this.state = "idle"; // idle, offline, sign-in, busy
    this.changed = () => {};
    this.leaving = () => {};
  }

  // Keep one event.
  async add(event) {
    const row = { id: uuid(), at: new Date().toISOString(), ...event, learner: this.learner };
    this.fresh.set(row.id, row);
    try {
      await put("events", row);
    } catch {
      // A full or forbidden store: what is waiting lives as long as the page.
    }
    return row.id;
  }

  // Something still going on, as it is by now: only if its page dies is it sent, by the next one.
  async draft(event) {
    await put("events", { at: new Date().toISOString(), ...event, learner: this.learner, draft: true }).catch(() => {});
  }

  async settled(id) {
    await drop("events", id).catch(() => {});
  }

  async waiting() {
    const now = Date.now();
    const old = (row) => !row.draft || Math.abs(now - Date.parse(row.at)) > DRAFT_LIVES;
    const kept = new Map((await theirs("events", this.learner)).filter(old).map((row) => [row.id, row]));
    for (const [id, row] of this.fresh) kept.set(id, row);
    return [...kept.values()].sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  refused() {
    return theirs("refused", this.learner);
  }

  async forgetRefused() {
    for (const row of await this.refused()) await drop("refused", row.id);
    this.changed();
  }

  form(rows) {
    const form = new FormData();
    const events = rows.map(({ learner, draft, ...event }) => event);
    form.append("csrfmiddlewaretoken", this.csrf);
    form.append("batch", JSON.stringify({ learner: this.learner, sent_at: new Date().toISOString(), events }));
    return form;
  }

  // A page may be older than the session: the secret is asked for anew, and who is signed in with it.
  async renew() {
    const response = await fetch(this.tokenAddress, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!response.ok) return false;
    const answer = await response.json();
    this.csrf = answer.token;
    return [answer.learner, ...answer.also].includes(this.learner);
  }

  // Two accounts of one person have become one: what was done here with the other is theirs to send.
  async adopt() {
    const strange = [];
    for (const name of ["events", "refused"]) {
      for (const row of await all(name)) if (row.learner !== this.learner) strange.push([name, row]);
    }
    if (!strange.length) return;
    const response = await fetch(this.tokenAddress, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!response.ok) return;
    const { learner, also } = await response.json();
    if (learner !== this.learner) return;
    for (const [name, row] of strange) if (also.includes(row.learner)) await put(name, { ...row, learner });
  }

  async post(rows) {
    if (!this.csrf && !(await this.renew())) return null;
    const send = () => fetch(this.address, { method: "POST", body: this.form(rows) });
    let response = await send();
    if (response.status === 403 && (await this.renew())) response = await send();
    return response;
  }

  // Send what waits; the answer of the last batch, or null when nothing came through. Whatever happens, nothing is lost.
  async send() {
    if (this.sending) return this.sending;
    this.sending = this.sendAll().finally(() => { this.sending = null; });
    return this.sending;
  }

  async sendAll() {
    let answer = null;
    let rows = await this.waiting();
    try {
      while (rows.length) {
        const batch = rows.slice(0, 100);
        const response = await this.post(batch);
        if (response === null || [401, 403, 409].includes(response.status)) return this.become("sign-in");
        if (!response.ok) return this.become("busy");
        answer = await response.json();
        if (!(await this.settle(batch, answer.results))) break;
        rows = await this.waiting();
      }
    } catch {
      return this.become("offline");
    }
    this.become("idle");
    return answer;
  }

  // Only what the server names leaves the outbox; what it refuses goes to a list that the learner can read.
  async settle(batch, results) {
    const sent = new Map(batch.map((row) => [row.id, row]));
    let settled = 0;
    for (const result of results) {
      const row = sent.get(result.id);
      if (!row) continue;
      settled += 1;
      if (this.fresh.get(row.id) === row) this.fresh.delete(row.id);
      try {
        if (result.status === "refused") await put("refused", { ...row, reason: result.reason });
        await drop("events", row.id);
      } catch {
        // It will be sent once more, and answered as a repeat.
      }
    }
    return settled;
  }

  become(state) {
    this.state = state;
    this.changed();
    return null;
  }

  // The page goes. A beacon is not answered: the events stay, and sent again they count once.
  leave() {
    this.leaving();
    const rows = [...this.fresh.values()].slice(-100);
    if (rows.length && this.csrf) navigator.sendBeacon(this.address, this.form(rows));
  }
}
