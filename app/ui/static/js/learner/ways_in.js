// A secret can be shown while it is typed. Without scripts it is typed unseen.
{
  for (const input of document.querySelectorAll("[data-reveal]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip reveal";
    button.setAttribute("aria-controls", input.id);
    const name = () => {
      button.textContent = input.type === "password" ? input.dataset.reveal : input.dataset.conceal;
    };
    button.addEventListener("click", () => {
      input.type = input.type === "password" ? "text" : "password";
      name();
    });
    name();
    input.after(button);
  }
}
// A QR brings its code behind the #, where no server and no log sees it. It is read once and taken out of the address.
{
  const form = document.querySelector("[data-code-from-link]");
  const read = () => {
    const code = location.hash.slice(1);
    if (code.length !== Number(form.dataset.codeLength)) return;
    form.elements.code.value = code;
    history.replaceState(null, "", location.pathname + location.search);
    const notice = form.querySelector("[data-code-read]");
    if (!notice) return;
    notice.hidden = false;
    form.querySelector("[data-code-field]").hidden = true;
    form.elements.pin.focus();
  };
  if (form) {
    addEventListener("hashchange", read);
    read();
  }
}
