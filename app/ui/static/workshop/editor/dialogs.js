// Dialogs stand in the page; here they are opened, checked and closed. Escape and the button with data-close give null.
// What is wrong is said beside the field in the words of the page: the browser would say it in a language of its own.
import { element } from "./words.js";

export function ask(dialog, values = {}, { onOpen = () => {} } = {}) {
  const form = dialog.querySelector("form");
  form.reset();
  forgetRefusal(form);
  for (const [name, value] of Object.entries(values)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  return new Promise((resolve) => {
    let answer = null;
    const events = new AbortController();
    const on = (target, name, act) => target.addEventListener(name, act, { signal: events.signal });
    on(form, "submit", (event) => {
      event.preventDefault();
      if (refuses(form)) return;
      answer = new FormData(form, event.submitter);
      dialog.close();
    });
    on(dialog, "click", (event) => event.target.closest("[data-close]") && dialog.close());
    on(dialog, "close", () => {
      events.abort();
      resolve(answer);
    });
    dialog.showModal();
    onOpen(form, events.signal);
  });
}

// Whether something is missing or wrong; then the first such field says so.
function refuses(form) {
  forgetRefusal(form);
  const field = [...form.elements].find(({ validity }) => validity && !validity.valid);
  if (!field) return false;
  const { valueMissing, customError } = field.validity;
  const reason = customError ? field.validationMessage : valueMissing ? form.dataset.empty : form.dataset.wrong;
  field.closest("details")?.setAttribute("open", "");
  field.before(element("span", { class: "error", role: "alert", "data-refusal": true }, reason));
  field.setAttribute("aria-invalid", "true");
  field.focus();
  return true;
}

function forgetRefusal(form) {
  for (const said of form.querySelectorAll("[data-refusal]")) said.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}
