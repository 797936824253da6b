// The surface of a phone: the page's own <textarea>, so that every keyboard works as it does everywhere else.
import { nextLine } from "./commands.js";
import { plainForm } from "./normal_form.js";

export class PlainSurface {
  constructor(textarea, { onChange, onSelect, onPaste, onKey }) {
    this.textarea = textarea;
    this.onChange = onChange;
    textarea.addEventListener("input", () => onChange());
    textarea.addEventListener("beforeinput", (event) => this.#takeEnter(event));
    textarea.addEventListener("paste", (event) => {
      if (onPaste(event)) event.preventDefault();
    });
    textarea.addEventListener("keydown", (event) => {
      if (!event.isComposing && onKey(event)) event.preventDefault();
    });
    document.addEventListener("selectionchange", () => {
      if (document.activeElement === textarea) onSelect();
    });
    this.#grow();
    textarea.addEventListener("input", () => this.#grow());
  }

  text() {
    return this.textarea.value;
  }

  range() {
    return { from: this.textarea.selectionStart, to: this.textarea.selectionEnd };
  }

  apply({ from, to, insert, select }) {
    this.focus();
    this.textarea.setSelectionRange(from, to);
    this.#type(plainForm(insert));
    if (select) this.textarea.setSelectionRange(...select);
  }

  // Take another text as a whole; what was there can be undone where the browser allows it.
  setText(text) {
    if (text === this.text()) return;
    const at = Math.min(this.range().from, text.length);
    this.apply({ from: 0, to: this.text().length, insert: text, select: [at, at] });
  }

  goToLine(number) {
    const lines = this.text().split("\n");
    const from = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
    this.focus();
    this.textarea.setSelectionRange(from, from + (lines[number - 1] ?? "").length);
    this.#scrollTo(number, lines.length);
  }

  focus() {
    this.textarea.focus();
  }

  undo() {
    this.focus();
    document.execCommand("undo");
  }

  redo() {
    this.focus();
    document.execCommand("redo");
  }

  history() {
    return null;
  }

  find() {
    return false;
  }

  setFaults() {}

  showPictures() {}

  // As typing does, so that the keyboard's own undo knows it.
  #type(words) {
    const isTaken = words ? document.execCommand("insertText", false, words) : document.execCommand("delete");
    if (isTaken) return;
    const { from, to } = this.range();
    this.textarea.setRangeText(words, from, to, "end");
    this.textarea.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  #takeEnter(event) {
    const isEnter = event.inputType === "insertLineBreak" || event.inputType === "insertParagraph";
    const edit = isEnter && !event.isComposing && event.cancelable && nextLine(this.text(), this.range());
    if (!edit) return;
    event.preventDefault();
    this.apply(edit);
  }

  #grow() {
    this.textarea.rows = Math.max(12, this.textarea.value.split("\n").length + 3);
  }

  #scrollTo(number, count) {
    const { top, height } = this.textarea.getBoundingClientRect();
    scrollTo({ top: scrollY + top + (height * (number - 1)) / count - innerHeight / 3 });
  }
}
