// The form of one question: what is asked, its answers, hints and explanation. Each change is told at once.
import { showAnswers } from "./answers.js";
import { bind, bindOne } from "./fields.js";
import { numbersIn } from "./gaps.js";
import { Rows } from "./rows.js";
import { joinStem, splitStem } from "./stem.js";
import { part } from "./templates.js";

export class QuestionForm {
  // `builder` gives words, templates, media, choosePicture(), tell(text); `onStep()` before a change that can be taken
  // back by itself, `onChange(mark)` after each.
  constructor(question, { builder, onStep, onChange, rebuild }) {
    Object.assign(this, { question, builder, onStep, onChange, rebuild });
    this.words = builder.words;
    this.templates = builder.templates;
    this.element = this.templates("question");
    this.stem = splitStem(question.stem);
    this.isWeighed = question.options.some(({ weight }) => weight !== null && !(weight === 0 && isTyped(question)));
    this.#fill();
  }

  #fill() {
    const { element, question } = this;
    bind(element, "field", question, (name) => this.onChange(name));
    this.#fillStem();
    this.#fillHints();
    this.#fillMore();
    this.refresh();
  }

  // Show the answers anew, after what they are has changed.
  refresh() {
    const { question, words, templates, builder, stem } = this;
    this.gaps = numbersIn(question).join();
    showAnswers(part(this.element, "answers"), {
      question, words, templates, stem,
      stemField: part(this.element, "stem-text"),
      media: builder.media,
      choosePicture: () => builder.choosePicture(),
      tell: (text) => builder.tell(text),
      weighs: () => this.isWeighed,
      onStep: this.onStep,
      onChange: this.onChange,
      writeStem: (mark) => this.#writeStem(mark),
      refresh: () => this.refresh(),
      rebuild: this.rebuild,
    });
  }

  #fillStem() {
    const { element, stem } = this;
    const field = part(element, "stem-text");
    bindOne(field, () => stem.text, (text) => {
      stem.text = text;
      this.#writeStem("stem");
      if (this.question.type === "gaps" && this.gaps !== numbersIn(this.question).join()) this.refresh();
    });
    this.#showPictures();
    part(element, "add-picture").addEventListener("click", () => this.#addPicture());
    element.addEventListener("paste", (event) => this.#pastePicture(event));
  }

  async #addPicture(file = null) {
    const picture = await this.builder.choosePicture(file);
    if (!picture) return;
    this.onStep();
    this.stem.pictures.push(picture);
    this.#writeStem("picture");
    this.#showPictures();
    if (this.question.type === "hotspot") this.refresh();
  }

  // A picture of the screen, most of all. Word copies its text as a picture too: there the text counts.
  #pastePicture(event) {
    const { files } = event.clipboardData;
    const file = [...files].find(({ type }) => type.startsWith("image/"));
    if (!file || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    this.#addPicture(file);
  }

  #writeStem(mark) {
    this.question.stem = joinStem(this.stem);
    this.onChange(mark);
  }

  // All but the one on which regions lie, which is shown with them.
  #showPictures() {
    const { stem, templates, builder } = this;
    const first = this.question.type === "hotspot" ? 1 : 0;
    const tiles = stem.pictures.slice(first).map((picture) => {
      const tile = templates("picture");
      part(tile, "image").src = builder.media.addresses[picture.path] ?? "";
      const alt = part(tile, "alt");
      bindOne(alt, () => picture.alt, (text) => {
        picture.alt = text;
        this.#writeStem("alt");
      });
      part(tile, "remove").addEventListener("click", () => {
        this.onStep();
        stem.pictures.splice(stem.pictures.indexOf(picture), 1);
        this.#writeStem("picture");
        this.#showPictures();
        part(this.element, "add-picture").focus();
      });
      const item = document.createElement("li");
      item.append(tile);
      return item;
    });
    part(this.element, "pictures").replaceChildren(...tiles);
    part(this.element, "add-picture").hidden = this.question.type === "hotspot";
  }

  #fillHints() {
    const { element, question, words, templates, builder } = this;
    const hints = question.hints.map((text) => ({ text }));
    const compose = (mark) => {
      question.hints = hints.map(({ text }) => text);
      this.onChange(mark);
    };
    const rows = new Rows(part(element, "hints"), {
      items: hints,
      least: 0,
      words,
      tell: (text) => builder.tell(text),
      onStep: this.onStep,
      onChange: () => compose("hints"),
      named: (index) => words("hint", { number: index + 1 }),
      make: (hint, index) => {
        const row = templates("hint");
        row.dataset.place = `hint-${index}`;
        bindOne(part(row, "words"), () => hint.text, (text) => {
          hint.text = text;
          compose(`hint/${index}`);
        });
        return row;
      },
    });
    part(element, "add-hint").addEventListener("click", () => rows.add({ text: "" }));
  }

  #fillMore() {
    const { element, question, words } = this;
    for (const some of element.querySelectorAll("[data-for-kinds]")) {
      some.hidden = !some.dataset.forKinds.split(" ").includes(question.type);
    }
    const key = part(element, "key");
    key.hidden = !question.key;
    key.textContent = question.key ? words("key", { key: question.key }) : "";
    part(element, "more").open = question.hints.length > 0 || this.isWeighed;
    const weighs = part(element, "weighs");
    weighs.checked = this.isWeighed;
    weighs.addEventListener("change", () => {
      this.isWeighed = weighs.checked;
      this.onStep();
      for (const option of question.options) {
        const plain = isTyped(question) && !option.right ? 0 : null;
        option.weight = this.isWeighed ? (option.weight ?? (option.right ? 100 : 0)) : plain;
      }
      this.onChange("weights");
      this.refresh();
    });
  }
}

// A typed answer that is wrong says so by a weight of 0: that alone is no sharing out of points.
function isTyped({ type }) {
  return type === "text" || type === "number" || type === "gaps";
}
