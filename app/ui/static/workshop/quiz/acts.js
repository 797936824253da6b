// What the buttons of the list do: add, copy, move, delete, change the kind, show the Markdown, take back.
import { ask } from "../editor/dialogs.js";
import { answersOf, asKind, blankQuestion, bodyOf, losesWords, numberOf, partOf } from "./model.js";
import { focusIn } from "./rows.js";
import { part as find } from "./templates.js";

export class Acts {
  constructor(builder) {
    this.builder = builder;
  }

  start() {
    const { root } = this.builder;
    const acts = {
      add: () => this.add(), "add-pool": () => this.addPool(), undo: () => this.undo(), redo: () => this.redo(),
    };
    for (const [name, act] of Object.entries(acts)) find(root, name).addEventListener("click", act);
    root.addEventListener("keydown", (event) => this.#onKey(event));
  }

  // A field takes back its own writing first; where it has none left, as after a reload, the form goes on.
  #onKey(event) {
    const act = this.#actOf(event);
    if (!act) return;
    if (!event.target.matches("input:not([type=checkbox], [type=radio]), textarea")) {
      event.preventDefault();
      act();
      return;
    }
    let isDone = false;
    const events = new AbortController();
    addEventListener("input", () => (isDone = true), { capture: true, signal: events.signal });
    setTimeout(() => {
      events.abort();
      if (!isDone) act();
    });
  }

  #actOf({ ctrlKey, metaKey, shiftKey, key, target }) {
    if (!(ctrlKey || metaKey) || target.closest("dialog")) return null;
    const pressed = key.toLowerCase();
    if (pressed === "y" || (pressed === "z" && shiftKey)) return () => this.redo();
    return pressed === "z" ? () => this.undo() : null;
  }

  async add() {
    const kind = await this.#askKind();
    if (!kind) return;
    const part = partOf({ kind: "question", markdown: "", question: blankQuestion(kind) }, { isChanged: true, isNew: true });
    const { words } = this.builder;
    this.#insert(part, (number) => words("added", { number, kind: words(`kind_${kind}`) }));
  }

  addPool() {
    const { words } = this.builder;
    const pool = { name: words("new_pool"), draw: 0 };
    this.#insert(partOf({ kind: "pool", markdown: "", pool }, { isChanged: true }), () => words("kind_pool"));
  }

  copy(card) {
    const { words } = this.builder;
    const question = { ...structuredClone(card.part.question), key: "" };
    const part = partOf({ kind: "question", markdown: "", question }, { isChanged: true });
    this.#insert(part, (number) => words("copied", { number }));
  }

  remove(card) {
    const { state, words } = this.builder;
    const { part } = card;
    const number = numberOf(state.parts, part);
    const place = state.parts.indexOf(part);
    state.remove(part);
    const next = this.builder.cards[Math.min(place, this.builder.cards.length - 1)];
    (next?.opener ?? find(this.builder.root, "add")).focus();
    const said = part.kind === "pool" ? words("deleted_pool") : words("deleted_question", { number });
    this.builder.say(said, words("undo"), () => this.undo());
  }

  moveBy(card, by, button) {
    const { state } = this.builder;
    this.moveTo(card, state.parts.indexOf(card.part) + by);
    const pressed = find(card.element, button);
    (pressed.disabled ? find(card.element, button === "up" ? "down" : "up") : pressed).focus();
    card.item.scrollIntoView({ block: "nearest" });
  }

  moveTo(card, to) {
    const { state, words } = this.builder;
    if (state.move(card.part, to)) {
      this.builder.tell(words("moved", { place: state.parts.indexOf(card.part) + 1, count: state.parts.length }));
    } else this.builder.show();
  }

  async changeKind(card) {
    const kind = await this.#askKind();
    const { part } = card;
    if (!kind || kind === part.question.type) return;
    const { state, words } = this.builder;
    const before = part.question;
    state.step();
    part.setAside = { ...part.setAside, [before.type]: answersOf(before) };
    part.question = asKind(before, kind, part.setAside[kind]);
    state.changed(part, "kind");
    card.showHead();
    card.open();
    focusIn(card.body);
    const said = losesWords(before, part.question) ? "changed_kind_aside" : "changed_kind";
    const names = { kind: words(`kind_${kind}`), before: words(`kind_${before.type}`) };
    this.builder.say(words(said, names), words("undo"), () => this.undo());
  }

  // The Markdown of a question, to be read and, by who likes to, changed.
  async showSource(card) {
    const { root } = this.builder;
    const shown = await this.#previewed(bodyOf(card.part));
    if (!shown) return;
    const before = shown.markdown;
    const answer = await ask(find(root, "source-dialog"), { markdown: before });
    const markdown = answer?.get("markdown").replace(/\r\n/g, "\n");
    if (markdown == null || markdown.trim() === before.trim()) return;
    const read = await this.#previewed({ markdown });
    if (!read) return;
    const { state } = this.builder;
    const place = state.parts.indexOf(card.part);
    const made = read.parts.map((part) => partOf(part));
    state.replace(card.part, made);
    this.builder.open(this.builder.cards[place]);
  }

  undo() {
    const { state, words } = this.builder;
    if (state.canUndo) this.#wentTo(state.undo(), words("undone"), "undo");
  }

  redo() {
    const { state, words } = this.builder;
    if (state.canRedo) this.#wentTo(state.redo(), words("redone"), "redo");
  }

  // What is other now is shown, and said; the focus never gets lost.
  #wentTo([part], said, button) {
    const { builder } = this;
    const card = part && builder.cardOf(part);
    card?.item.scrollIntoView({ block: "nearest" });
    builder.say(said);
    const isLost = document.activeElement === document.body || document.activeElement.disabled;
    if (isLost) (card?.opener ?? find(builder.root, button === "undo" ? "redo" : "undo")).focus({ preventScroll: true });
  }

  // Behind what is open, else at the end; then the form of it is open and waits for its first words.
  #insert(part, said) {
    const { builder } = this;
    const { state } = builder;
    const place = builder.opened ? state.parts.indexOf(builder.opened.part) + 1 : state.parts.length;
    state.add(part, place);
    const card = builder.cardOf(part);
    builder.open(card);
    focusIn(card.body);
    card.item.scrollIntoView({ block: "nearest" });
    builder.tell(said(numberOf(state.parts, part)));
  }

  async #askKind() {
    const answer = await ask(find(this.builder.root, "kinds-dialog"));
    return answer?.get("kind") ?? null;
  }

  async #previewed(body) {
    const { root, keeping, words } = this.builder;
    const headers = {
      "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": keeping.saving.token,
    };
    const options = { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await fetch(root.dataset.previewUrl, options).catch(() => null);
    const shown = (await answer?.json().catch(() => null)) ?? {};
    if (answer?.ok) return shown;
    this.builder.say(shown.error ?? words("preview_failed"));
    return null;
  }
}
