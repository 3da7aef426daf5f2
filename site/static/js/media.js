// The picture in another quality, from the same second on; what was chosen is remembered in this browser.
const NAME = "quality";

function remembered() {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}

function remember(place) {
  try {
    localStorage.setItem(NAME, place);
  } catch {
    // A forbidden store: next time the lightest file again.
  }
}

function turn(video, address) {
  if (video.getAttribute("src") === address) return;
  const [time, playing] = [video.currentTime, !video.paused];
  video.pause();
  video.src = address;
  if (!playing && !time) return; // nothing is fetched before somebody asks for it
  video.addEventListener("loadedmetadata", () => {
    video.currentTime = time;
    if (playing) video.play();
  }, { once: true });
  video.load();
}

for (const choice of document.querySelectorAll("[data-qualities]")) {
  const video = choice.closest("figure").querySelector("video");
  const files = [...choice.querySelectorAll("input")];
  choice.hidden = false;
  if (remembered() === "last" && !navigator.connection?.saveData) {
    files.at(-1).checked = true;
    turn(video, files.at(-1).value);
  }
  choice.addEventListener("change", (event) => {
    remember(event.target === files[0] ? "first" : "last");
    turn(video, event.target.value);
  });
}

// A slow line, or one that is paid by the megabyte: the transcript is named before anything is fetched.
const line = navigator.connection;
if (line && (line.saveData || ["slow-2g", "2g", "3g"].includes(line.effectiveType))) {
  for (const hint of document.querySelectorAll("[data-save-data]")) hint.hidden = false;
}

// To the first part that was not played yet: learners see why a lesson is not done.
for (const button of document.querySelectorAll("[data-seek]")) {
  const player = button.closest("figure").querySelector("video, audio");
  const go = () => {
    player.currentTime = Number(button.dataset.seek);
    player.play();
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (player.readyState) {
      go();
    } else {
      player.addEventListener("loadedmetadata", () => setTimeout(go), { once: true }); // behind who resumes elsewhere
      player.load();
    }
  });
}

// Ticks of a checklist stay in this browser: they are nobody else's business.
for (const list of document.querySelectorAll("[data-ticks]")) {
  const name = `ticks-${list.dataset.ticks}`;
  const boxes = [...list.querySelectorAll("input")];
  try {
    const ticked = new Set(JSON.parse(localStorage.getItem(name)) || []);
    for (const [place, box] of boxes.entries()) box.checked = ticked.has(place);
    list.addEventListener("change", () => {
      localStorage.setItem(name, JSON.stringify(boxes.flatMap((box, place) => (box.checked ? [place] : []))));
    });
  } catch {
    // Without a store ticks last as long as the page.
  }
}
