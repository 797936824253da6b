// Two texts side by side, what differs marked: the other's cannot be changed, one's own takes parts of it over.
import { EditorState, EditorView, MergeView, defaultKeymap, history, historyKeymap, keymap } from "../vendor/codemirror.js";
import { element } from "./words.js";

export function showMerge(place, mine, theirs, { labels, phrases, words }) {
  const side = (label, text, isFixed) => ({
    doc: text,
    extensions: [
      EditorState.phrases.of(phrases),
      EditorState.readOnly.of(isFixed),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": label, lang: "vi" }),
      history(),
      keymap.of([...historyKeymap, ...defaultKeymap]),
    ],
  });
  const heads = [labels.theirs, labels.merged].map((label) => element("p", {}, label));
  place.append(element("div", { class: "conflict-heads" }, ...heads));
  const view = new MergeView({
    parent: place,
    a: side(labels.theirs, theirs, true),
    b: side(labels.merged, mine, false),
    revertControls: "a-to-b",
    renderRevertControl: () =>
      element("button", { type: "button", title: words("take_this"), "aria-label": words("take_this") }, "→"),
  });
  return { text: () => view.b.state.doc.toString(), destroy: () => view.destroy() };
}
