// The scanner types into whatever has the focus: keep it in the code field, and take one reading once.
const field = document.querySelector("[data-scan]");
if (field) {
  const refocus = () => {
    if (document.activeElement === document.body) field.focus();
  };
  addEventListener("focus", refocus);
  addEventListener("click", () => setTimeout(refocus, 0));
  field.form.addEventListener("submit", (event) => {
    if (!field.value.trim() || field.form.dataset.sent) event.preventDefault();
    field.form.dataset.sent = "";
  });
}
