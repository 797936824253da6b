// The toolbar: one stop for the Tab key, arrows inside it, as screen readers expect of a toolbar.
export class Toolbar {
  // `run(command, button)` is called for what is pressed, `leave()` for Escape.
  constructor(bar, run, leave) {
    this.leave = leave;
    this.bar = bar;
    this.buttons = [...bar.querySelectorAll("button[data-command]")];
    this.buttons.forEach((button, index) => (button.tabIndex = index ? -1 : 0));
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-command]");
      if (!button) return;
      this.#makeStop(button);
      run(button.dataset.command, button);
    });
    bar.addEventListener("keydown", (event) => this.#move(event));
    // A press must not take what is chosen in the text away.
    bar.addEventListener("pointerdown", (event) => event.target.closest("button") && event.preventDefault());
  }

  focus() {
    this.buttons.find((button) => button.tabIndex === 0).focus();
  }

  // `active`: names of commands that hold where the cursor is.
  showActive(active) {
    for (const button of this.buttons) {
      if (button.hasAttribute("aria-pressed")) {
        button.setAttribute("aria-pressed", String(active.has(button.dataset.box ?? button.dataset.command)));
      }
    }
  }

  #move(event) {
    if (event.key === "Escape") this.leave();
    const at = this.buttons.indexOf(document.activeElement);
    const last = this.buttons.length - 1;
    const targets = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at ? at - 1 : last, Home: 0, End: last };
    if (at < 0 || !(event.key in targets)) return;
    event.preventDefault();
    this.#makeStop(this.buttons[targets[event.key]]);
    this.buttons[targets[event.key]].focus();
  }

  #makeStop(button) {
    for (const other of this.buttons) other.tabIndex = other === button ? 0 : -1;
  }
}
