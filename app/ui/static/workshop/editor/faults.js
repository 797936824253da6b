// What the compiler says of the text: beside the lines, and as a list below with a way to each line and, where it is
// certain, a mend at one press.
import { element } from "./words.js";

export class FaultList {
  // `mend(fault)` carries out what the fault offers.
  constructor({ root, surface, words, mend }) {
    Object.assign(this, { surface, words, mend });
    this.list = root.querySelector("[data-faults]");
    this.summary = root.querySelector("[data-faults-summary]");
    this.shown = "";
  }

  show(faults) {
    this.surface().setFaults(faults);
    const written = JSON.stringify(faults);
    if (written === this.shown) return;
    this.shown = written;
    const serious = faults.filter((fault) => !fault.is_warning).length;
    this.summary.textContent = this.#summaryOf(serious, faults.length - serious);
    this.list.replaceChildren(...faults.map((fault) => this.#itemOf(fault)));
  }

  #summaryOf(faults, warnings) {
    if (!faults && !warnings) return this.words("no_faults");
    const parts = [];
    if (faults) parts.push(this.words("faults", { count: faults }));
    if (warnings) parts.push(this.words("warnings", { count: warnings }));
    return parts.join(", ");
  }

  #itemOf(fault) {
    const kind = this.words(fault.is_warning ? "warning" : "fault");
    const reason = element("p", {}, element("strong", {}, kind), ` ${fault.reason}`);
    const actions = element("div", { class: "fault-actions" });
    if (fault.line >= 1) {
      actions.append(this.#button(this.words("to_line", { line: fault.line }), () => this.surface().goToLine(fault.line)));
    }
    if (fault.mend) actions.append(this.#button(fault.mend.label, () => this.mend(fault)));
    return element("li", { class: fault.is_warning ? "fault is-warning" : "fault" }, reason, actions);
  }

  #button(label, act) {
    const button = element("button", { type: "button", class: "chip" }, label);
    button.addEventListener("click", act);
    return button;
  }
}
