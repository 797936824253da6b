// The surface of a laptop: CodeMirror over the text itself. What is seen larger, bold or coloured is decoration; the text
// and its undo history are the same in the rich view and in the source view.
import {
  Annotation, Compartment, EditorState, EditorView, Transaction, defaultKeymap, drawSelection, highlightActiveLine,
  history, historyField, historyKeymap, keymap, lineNumbers, lintGutter, nextDiagnostic, openSearchPanel, placeholder,
  redo, search, searchKeymap, setDiagnostics, undo,
} from "../vendor/codemirror.js";
import { nextLine } from "./commands.js";
import { plainForm } from "./normal_form.js";
import { richView, setPictures } from "./rich_view.js";

const FIELDS = { history: historyField };
const isQuiet = Annotation.define();

export class CodeSurface {
  #look = new Compartment();

  constructor(textarea, options) {
    this.options = options;
    this.textarea = textarea;
    const config = { doc: textarea.value, extensions: this.#extensions() };
    this.view = new EditorView({ state: stateFrom(options.history, config) });
    textarea.before(this.view.dom);
    textarea.hidden = true;
  }

  text() {
    return this.view.state.doc.toString();
  }

  range() {
    const { from, to } = this.view.state.selection.main;
    return { from, to };
  }

  apply({ from, to, insert, select }) {
    const words = plainForm(insert);
    this.view.dispatch({
      changes: { from, to, insert: words },
      selection: select && { anchor: select[0], head: select[1] },
      userEvent: "input",
      scrollIntoView: true,
    });
    this.focus();
  }

  // Take another text as a whole, as one step that can be undone. `isQuiet`: it is what the server already has.
  setText(text, { isQuiet: quiet = false } = {}) {
    const changes = shortestChange(this.text(), text);
    if (!changes) return;
    const annotations = [isQuiet.of(quiet), Transaction.addToHistory.of(!quiet)];
    this.view.dispatch({ changes, annotations });
  }

  goToLine(number) {
    const line = this.view.state.doc.line(Math.min(Math.max(number, 1), this.view.state.doc.lines));
    const effects = EditorView.scrollIntoView(line.from, { y: "center" });
    this.view.dispatch({ selection: { anchor: line.from, head: line.to }, effects });
    this.focus();
  }

  focus() {
    this.view.focus();
  }

  undo() {
    undo(this.view);
    this.focus();
  }

  redo() {
    redo(this.view);
    this.focus();
  }

  // What undoing needs after a reload: JSON.
  history() {
    return this.view.state.toJSON(FIELDS);
  }

  find() {
    return openSearchPanel(this.view);
  }

  // `faults`: [{line, reason, is_warning}] of the text as it was compiled; a line that is gone counts as the last.
  setFaults(faults) {
    const { doc } = this.view.state;
    const diagnostics = faults
      .filter((fault) => fault.line >= 1)
      .map(({ line, reason, is_warning: isWarning }) => {
        const { from, to } = doc.line(Math.min(line, doc.lines));
        return { from, to, message: reason, severity: isWarning ? "warning" : "error" };
      });
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  // Addresses of pictures by their path in the course, for the rich view.
  showPictures(addresses) {
    this.view.dispatch({ effects: setPictures.of(addresses) });
  }

  showSource(isSource) {
    this.view.dispatch({ effects: this.#look.reconfigure(this.#lookOf(isSource)) });
    this.view.dom.classList.toggle("source", isSource);
  }

  #lookOf(isSource) {
    return isSource ? [lineNumbers()] : [richView(this.options)];
  }

  #extensions() {
    const { words, phrases, onChange, onSelect, onPaste, onDrop, onKey, label, describedBy } = this.options;
    return [
      EditorState.phrases.of(phrases),
      EditorState.tabSize.of(4),
      history(),
      drawSelection(),
      highlightActiveLine(),
      EditorView.lineWrapping,
      search({ top: true }),
      lintGutter(),
      placeholder(words("placeholder")),
      EditorView.contentAttributes.of({
        "aria-label": label,
        "aria-describedby": describedBy,
        lang: "vi",
        spellcheck: "true",
        autocapitalize: "sentences",
      }),
      EditorView.clipboardInputFilter.of(plainForm),
      EditorView.domEventHandlers({
        paste: (event) => onPaste(event),
        drop: (event) => onDrop(event),
        keydown: (event) => !event.isComposing && onKey(event),
        beforeinput: (event, view) => typeOver(event, view),
      }),
      keymap.of([
        { key: "Enter", run: (view) => this.#takeEnter(view) },
        { key: "F8", run: nextDiagnostic },
        ...searchKeymap,
        ...historyKeymap,
        ...defaultKeymap,
      ]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !update.transactions.some((step) => step.annotation(isQuiet))) onChange();
        if (update.docChanged || update.selectionSet) onSelect();
      }),
      this.#look.of(this.#lookOf(false)),
    ];
  }

  #takeEnter(view) {
    const edit = view.state.selection.ranges.length === 1 && nextLine(this.text(), this.range());
    if (edit) this.apply(edit);
    return Boolean(edit);
  }
}

// Left to itself, a browser that joins two lines keeps the look of the first by an inline style, which the page forbids.
function typeOver(event, view) {
  const { doc, selection } = view.state;
  const { from, to } = selection.main;
  const isPlain = event.inputType === "insertText" && event.data && event.cancelable && !event.isComposing;
  if (!isPlain || doc.lineAt(from).to >= to) return false;
  const change = view.state.replaceSelection(plainForm(event.data));
  view.dispatch(change, { userEvent: "input.type", scrollIntoView: true });
  return true;
}

function stateFrom(saved, config) {
  if (saved?.doc === config.doc) {
    try {
      return EditorState.fromJSON(saved, { extensions: config.extensions }, FIELDS);
    } catch {
      // An older form of the history: the text counts, what could be undone is gone.
    }
  }
  return EditorState.create(config);
}

// From one text to another, what is alike at both ends left alone; null where nothing changes.
function shortestChange(before, after) {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
