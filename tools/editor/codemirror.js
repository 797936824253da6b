// What the workshop uses of CodeMirror, as one module: `make editor` bundles it with all it needs.
export { history, historyField, historyKeymap, defaultKeymap, undo, redo, undoDepth, redoDepth } from "@codemirror/commands";
export { lintGutter, nextDiagnostic, setDiagnostics } from "@codemirror/lint";
export { Chunk, MergeView } from "@codemirror/merge";
export { openSearchPanel, search, searchKeymap } from "@codemirror/search";
export { Annotation, Compartment, EditorSelection, EditorState, Facet, RangeSetBuilder, StateEffect, StateField, Transaction } from "@codemirror/state";
export { Decoration, EditorView, ViewPlugin, WidgetType, drawSelection, highlightActiveLine, keymap, lineNumbers, placeholder } from "@codemirror/view";
