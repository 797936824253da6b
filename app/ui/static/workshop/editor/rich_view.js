// The rich view: headings large, bold bold, boxes in their colours, pictures below their line. Markup is hidden on every
// line but those that the cursor is on, where it is only pale: what one edits is always the text itself.
import { Decoration, EditorView, StateEffect, StateField, ViewPlugin, WidgetType } from "../vendor/codemirror.js";
import { readLines, readPhrases } from "./lines.js";

export const setPictures = StateEffect.define();
const PALE = Decoration.mark({ class: "rich-mark" });
const HIDDEN = Decoration.replace({});
const PHRASES = Object.fromEntries(
  ["code", "picture", "link", "bold", "italic", "word"].map((type) => [type, Decoration.mark({ class: `rich-${type}` })]),
);

export function richView({ boxes, pictures }) {
  const lines = StateField.define({
    create: (state) => linesOf(state.doc, boxes),
    update: (value, { docChanged, state }) => (docChanged ? linesOf(state.doc, boxes) : value),
  });
  const addresses = StateField.define({
    create: () => pictures,
    update: (value, { effects }) => effects.find((effect) => effect.is(setPictures))?.value ?? value,
  });
  return [lines, addresses, pictureWidgets(lines, addresses), decorations(lines)];
}

function linesOf(doc, boxes) {
  return readLines(doc.iterLines(), boxes);
}

function decorations(lines) {
  return ViewPlugin.fromClass(
    class {
      constructor(view) {
        this.decorations = decorate(view, lines);
      }

      update(update) {
        const isStale = update.docChanged || update.viewportChanged || update.selectionSet || update.focusChanged;
        if (isStale) this.decorations = decorate(update.view, lines);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
}

function decorate(view, lines) {
  const { state } = view;
  const known = state.field(lines);
  const ranges = [];
  for (const { from, to } of view.visibleRanges) {
    for (let position = from; position <= to; ) {
      const line = state.doc.lineAt(position);
      decorateLine(line, known[line.number - 1], isEdited(view, line), ranges);
      position = line.to + 1;
    }
  }
  return Decoration.set(ranges, true);
}

function isEdited(view, line) {
  return view.hasFocus && view.state.selection.ranges.some(({ from, to }) => from <= line.to && to >= line.from);
}

function decorateLine(line, info, isOpen, ranges) {
  const classes = classesOf(info, line.text);
  if (classes) ranges.push(Decoration.line({ class: classes }).range(line.from));
  if (info.kind === "code") return;
  const words = line.from + info.mark;
  if (info.mark) ranges.push(...prefixOf(line, info, isOpen));
  for (const phrase of readPhrases(line.text.slice(info.mark), words)) {
    const { type, from, to, open, close } = phrase;
    const isEmpty = from + open === to - close;
    const mark = isOpen || isEmpty || type === "word" ? PALE : HIDDEN;
    if (open && from + open < to) ranges.push(mark.range(from, from + open));
    if (close) ranges.push(mark.range(to - close, to));
    if (from + open < to - close) ranges.push(PHRASES[type].range(from + open, to - close));
  }
}

function classesOf(info, text) {
  const classes = [`rich-${info.kind}`];
  if (info.kind === "heading") {
    classes.push(`rich-h${info.level}`);
    if (text.slice(info.mark).startsWith("? ")) classes.push("rich-question");
  }
  if (info.quoted) classes.push("rich-box", `rich-${info.box}`);
  if (info.isBoxStart) classes.push("rich-first");
  if (info.isBoxEnd) classes.push("rich-last");
  return classes.join(" ");
}

function prefixOf(line, info, isOpen) {
  const end = line.from + info.mark;
  if (isOpen || info.kind === "number") {
    const quote = /^ {0,3}> ?/.exec(line.text)?.[0].length ?? 0;
    const hidden = !isOpen && quote ? [HIDDEN.range(line.from, line.from + quote)] : [];
    return isOpen ? [PALE.range(line.from, end)] : hidden;
  }
  if (info.kind !== "bullet" && info.kind !== "tick") return [HIDDEN.range(line.from, end)];
  const sign = info.kind === "bullet" ? "•" : info.ticked ? "☑" : "☐";
  return [Decoration.replace({ widget: new Sign(sign, info.indent) }).range(line.from, end)];
}

class Sign extends WidgetType {
  constructor(sign, indent) {
    super();
    this.sign = sign;
    this.indent = indent;
  }

  eq(other) {
    return other.sign === this.sign && other.indent === this.indent;
  }

  toDOM() {
    const sign = document.createElement("span");
    sign.className = "rich-sign";
    sign.textContent = `${"\u2003".repeat(Math.floor(this.indent / 2))}${this.sign} `;
    return sign;
  }
}

// Block widgets change the height of lines, so they come from a field, not from a plugin.
function pictureWidgets(lines, addresses) {
  const make = (state) => {
    const known = state.field(addresses);
    const found = [];
    state.field(lines).forEach(({ kind, picture }, index) => {
      const address = kind === "picture" && known[picture.path.replace(/^\.\//, "")];
      if (address) found.push(Decoration.widget({ widget: new Picture(address), block: true, side: 1 }).range(state.doc.line(index + 1).to));
    });
    return Decoration.set(found);
  };
  return StateField.define({
    create: make,
    update: (value, transaction) => {
      const isStale = transaction.docChanged || transaction.effects.some((effect) => effect.is(setPictures));
      return isStale ? make(transaction.state) : value;
    },
    provide: (field) => EditorView.decorations.from(field),
  });
}

// What the picture shows stands in its line, so the drawing itself is left out for a screen reader.
class Picture extends WidgetType {
  constructor(address) {
    super();
    this.address = address;
  }

  eq(other) {
    return other.address === this.address;
  }

  toDOM(view) {
    const figure = document.createElement("div");
    figure.className = "rich-figure";
    const image = document.createElement("img");
    image.alt = "";
    image.src = this.address;
    image.addEventListener("load", () => view.requestMeasure());
    figure.append(image);
    return figure;
  }

  get estimatedHeight() {
    return 160;
  }
}
