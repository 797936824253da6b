// How the quiz is taken, in plain words, with a summary in one line.
import { bindOne, show } from "./fields.js";
import { listFaults } from "./faults.js";
import { part } from "./templates.js";

export class Settings {
  constructor(root, { state, words }) {
    Object.assign(this, { root, state, words });
    this.fields = [...root.querySelectorAll("[data-setting]")];
    for (const field of this.fields) {
      const name = field.dataset.setting;
      bindOne(field, () => state.settings[name] ?? "", (value) => {
        state.set(name, value);
        this.#summary();
      });
    }
    this.#summary();
  }

  show() {
    for (const field of this.fields) {
      if (field !== document.activeElement) show(field, this.state.settings[field.dataset.setting] ?? "");
    }
    this.#summary();
  }

  // Where a link leads that is about none of the questions: to the first field that is wrong.
  open() {
    this.root.querySelector("details").open = true;
    this.root.scrollIntoView();
    (this.root.querySelector("[aria-invalid]") ?? this.fields[0]).focus();
  }

  showFaults(faults) {
    listFaults(part(this.root, "quiz-faults"), faults, this.words);
    for (const field of this.fields) {
      const isWrong = faults.some(({ place, is_warning }) => place === field.dataset.setting && !is_warning);
      field.toggleAttribute("aria-invalid", isWrong);
      if (isWrong) field.setAttribute("aria-invalid", "true");
    }
    if (faults.some(({ place }) => place && !["title", "minutes"].includes(place))) this.root.querySelector("details").open = true;
  }

  #summary() {
    const { pass, feedback, draw } = this.state.settings;
    const { words } = this;
    const said = [
      pass ? words("settings_pass", { pass }) : words("settings_any"),
      words(`settings_${feedback}`),
      draw ? words("settings_draw", { draw }) : words("settings_all"),
    ];
    part(this.root, "settings-summary").textContent = said.join(" · ");
  }
}
