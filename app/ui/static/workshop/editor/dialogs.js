// Dialogs stand in the page; here they are opened, checked and closed. Escape and the button with data-close give null.
export function ask(dialog, values = {}, { onOpen = () => {} } = {}) {
  const form = dialog.querySelector("form");
  form.reset();
  for (const [name, value] of Object.entries(values)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  return new Promise((resolve) => {
    let answer = null;
    const events = new AbortController();
    const on = (target, name, act) => target.addEventListener(name, act, { signal: events.signal });
    on(form, "submit", (event) => {
      event.preventDefault();
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
