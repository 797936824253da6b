// One part in the list: a line that says what it is, and its form while it is open.
import { bind } from "./fields.js";
import { showFaults, listFaults } from "./faults.js";
import { isNumbered, numberOf } from "./model.js";
import { QuestionForm } from "./question_form.js";
import { makeMovable } from "./reorder.js";
import { part as find } from "./templates.js";

export class Card {
  constructor(part, builder) {
    Object.assign(this, { part, builder, words: builder.words });
    this.element = builder.templates("card");
    this.item = document.createElement("li");
    this.item.append(this.element);
    this.body = find(this.element, "body");
    this.opener = find(this.element, "open");
    this.opener.addEventListener("click", () => builder.toggle(this));
    find(this.element, "up").addEventListener("click", () => builder.acts.moveBy(this, -1, "up"));
    find(this.element, "down").addEventListener("click", () => builder.acts.moveBy(this, 1, "down"));
    makeMovable(builder.list, this.item, {
      handle: find(this.element, "drag"),
      onMove: (to) => builder.acts.moveTo(this, to),
    });
  }

  get isOpen() {
    return !this.body.hidden;
  }

  // What it is called in sentences: "câu 3".
  get what() {
    const { part, words, builder } = this;
    if (part.kind === "pool") return words("pool_n", { name: part.pool.name });
    return words("question_n", { number: numberOf(builder.state.parts, part) });
  }

  showHead() {
    const { part, words, builder, element } = this;
    const { parts } = builder.state;
    const place = parts.indexOf(part);
    element.classList.toggle("is-pool", part.kind === "pool");
    find(element, "number").textContent = isNumbered(part) ? `${numberOf(parts, part)}.` : "";
    find(element, "title").textContent = this.#title();
    find(element, "kind").textContent = words(`kind_${part.question?.type ?? part.kind}`);
    find(element, "points").textContent = this.#about();
    const up = find(element, "up");
    const down = find(element, "down");
    up.setAttribute("aria-label", words("move_up", { what: this.what }));
    down.setAttribute("aria-label", words("move_down", { what: this.what }));
    up.disabled = place === 0;
    down.disabled = place === parts.length - 1;
    this.#showFlag();
  }

  #title() {
    const { part, words } = this;
    if (part.kind === "pool") return words("pool", { name: part.pool.name });
    if (part.kind === "raw") return `${words("unreadable")}: ${part.markdown.trim().split("\n")[0].slice(0, 80)}`;
    return part.question.title || words("untitled");
  }

  #about() {
    const { part, words } = this;
    if (part.kind === "pool") return part.pool.draw ? words("pool_draw", { draw: part.pool.draw }) : words("pool_whole");
    return part.question && part.question.points !== 1 ? words("points", { points: part.question.points }) : "";
  }

  // A question that is just being made is not told what it lacks.
  #showFlag() {
    const { part, words } = this;
    const flag = find(this.element, "flag");
    const serious = part.faults.filter((fault) => !fault.is_warning).length;
    const count = serious || part.faults.length;
    flag.hidden = !count || part.isNew;
    flag.classList.toggle("serious", serious > 0);
    flag.textContent = words(serious ? "to_mend" : "to_look", { count });
  }

  open() {
    const { part, builder } = this;
    this.body.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    this.element.classList.add("is-open");
    const form = part.kind === "question" ? this.#questionForm() : this.#plainForm();
    this.body.replaceChildren(form);
    this.#bindEnd(form);
    this.showFaults();
    builder.preview.show(part);
  }

  close() {
    this.part.isNew = false;
    this.#takeKey();
    this.body.hidden = true;
    this.body.replaceChildren();
    this.opener.setAttribute("aria-expanded", "false");
    this.element.classList.remove("is-open");
    this.showHead();
  }

  showFaults() {
    this.#showFlag();
    const form = this.body.firstElementChild;
    if (!form) return;
    const { part, words } = this;
    const shown = part.isNew ? [] : part.faults;
    showFaults(form, shown, { words, onGiveKey: () => this.#changed("key") });
    const notes = find(form, "notes");
    if (notes) listFaults(notes, part.notes.map((reason) => ({ reason, is_warning: true })), words);
  }

  #questionForm() {
    const { part, builder } = this;
    const made = new QuestionForm(part.question, {
      builder,
      onStep: () => builder.state.step(),
      onChange: (mark) => this.#changed(mark),
      rebuild: () => this.open(),
    });
    made.element.querySelector("[data-place=title]").addEventListener("focusout", () => this.#takeKey());
    return made.element;
  }

  #plainForm() {
    const { part, builder } = this;
    const form = builder.templates(part.kind);
    bind(form, "field", part.kind === "pool" ? part.pool : part, (name) => this.#changed(name));
    return form;
  }

  #bindEnd(form) {
    const { builder } = this;
    const acts = {
      done: () => builder.close(this, true),
      copy: () => builder.acts.copy(this),
      "change-kind": () => builder.acts.changeKind(this),
      source: () => builder.acts.showSource(this),
      delete: () => builder.acts.remove(this),
    };
    for (const [name, act] of Object.entries(acts)) find(form, name)?.addEventListener("click", act);
  }

  #changed(mark) {
    this.builder.state.changed(this.part, mark);
    this.showHead();
    this.builder.preview.changed(this.part);
  }

  // The key that the server made from the words of a new question is its own from when these are written.
  #takeKey() {
    const { question, savedKey } = this.part;
    if (question && !question.key && question.title.trim()) question.key = savedKey;
  }
}
