// How long a lesson was before somebody's eyes: told when the page is hidden or left, and every five minutes.
// Stretches of time, not sums: two tabs, or a message sent twice, count once (courses/rules.py: present).
const TELL_EVERY = 300_000;
const IDLE = 600_000; // nobody reads that long without moving anything

export function present(outbox, lesson) {
  let since = document.visibilityState === "visible" ? Date.now() : null;
  let moved = Date.now();

  const playing = () => [...document.querySelectorAll("video, audio")].some((player) => !player.paused);

  function tell() {
    if (since === null) return;
    const now = Date.now();
    const end = now - moved > IDLE && !playing() ? moved : now;
    const seconds = Math.round((end - since) / 100) / 10;
    since = now;
    if (seconds >= 1) outbox.add({ ...lesson, at: new Date(end).toISOString(), verb: "visible", data: { wall: Math.min(seconds, 3600) } });
  }

  for (const name of ["pointerdown", "pointermove", "keydown", "scroll"]) {
    addEventListener(name, () => {
      const now = Date.now();
      if (now - moved > IDLE && !playing()) {
        tell(); // what came before the long rest
        since = now;
      }
      moved = now;
    }, { passive: true });
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") since = moved = Date.now();
  });
  setInterval(tell, TELL_EVERY);
  const before = outbox.leaving;
  outbox.leaving = () => {
    before();
    tell();
    since = null;
  };
}
