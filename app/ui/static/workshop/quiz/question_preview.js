// The open question as a learner's phone shows it, by the editor's own preview. What the server finds wrong comes along.
import { Preview } from "../editor/preview.js";
import { bodyOf } from "./model.js";
import { part as find } from "./templates.js";

const clock = new Intl.DateTimeFormat("vi", {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh",
});

export class QuestionPreview {
  // `onFaults(part, faults)`; `numberOf(part)` for what is said above it.
  constructor(root, { url, stylesUrl, token, words, onFaults, numberOf }) {
    Object.assign(this, { root, words, onFaults, numberOf });
    this.part = null;
    this.preview = new Preview({
      host: find(root, "preview"),
      url,
      stylesUrl,
      token,
      read: () => bodyOf(this.part),
      onFaults: (faults) => this.part && this.onFaults(this.part, faults),
      onState: (state) => this.#tell(state),
    });
  }

  show(part) {
    if (part.kind === "pool") return;
    this.part = part;
    this.preview.refresh();
  }

  changed(part) {
    if (part === this.part) this.preview.changed();
  }

  hide() {
    this.part = null;
    find(this.root, "preview").hidden = true;
    find(this.root, "preview-state").textContent = this.words("preview_none");
  }

  #tell(state) {
    if (!this.part) return;
    const host = find(this.root, "preview");
    const isShown = host.shadowRoot.querySelector(".question") !== null;
    host.hidden = !isShown;
    const word = state === "failed" ? "preview_failed" : isShown ? "preview_shown" : "preview_unready";
    const values = { number: this.numberOf(this.part), time: clock.format() };
    find(this.root, "preview-state").textContent = this.words(word, values);
  }
}
