// A video of another site is asked for only when somebody presses play. Without this script the plain link remains.
for (const box of document.querySelectorAll("[data-embed]")) {
  const button = box.querySelector("[data-embed-load]");
  if (!button || !box.dataset.embed) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const screen = document.createElement("div");
    screen.className = "embed";
    const frame = document.createElement("iframe");
    frame.src = box.dataset.embed;
    frame.title = box.dataset.embedTitle;
    frame.allow = "autoplay; encrypted-media; picture-in-picture; fullscreen";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    screen.append(frame);
    button.parentElement.before(screen);
    button.remove();
    frame.focus();
  });
}
