// What each button of the toolbar does. Its hint and label come with the button, translated.
import { box, heading, list, phrase, wrap, block } from "./commands.js";
import { askLink, askQuestion, askTerm } from "./inserts.js";
import { ask } from "./dialogs.js";

export function makeCommands(editor) {
  const { surface, inserting } = editor;
  const text = () => surface.text();
  const range = () => surface.range();
  const edit = (change) => editor.edit(change);
  const dialog = (name) => editor.find(`${name}-dialog`);
  return {
    bold: ({ dataset }) => edit(wrap(text(), range(), "**", dataset.hint)),
    italic: ({ dataset }) => edit(wrap(text(), range(), "*", dataset.hint)),
    heading: () => edit(heading(text(), range(), 2)),
    subheading: () => edit(heading(text(), range(), 3)),
    list: () => edit(list(text(), range(), "list")),
    numbered: () => edit(list(text(), range(), "numbered")),
    tick: () => edit(list(text(), range(), "tick")),
    box: ({ dataset }) => edit(box(text(), range(), dataset.label, dataset.hint)),
    steps: ({ dataset }) => edit(box(text(), range(), dataset.label, dataset.hint, { isSteps: true })),
    folded: ({ dataset }) => edit(box(text(), range(), dataset.label, dataset.hint, { title: dataset.title })),
    phones: ({ dataset }) => {
      const made = dataset.labels.split("|").map((label) => `> **${label}:** ${dataset.hint}`);
      edit(block(text(), range(), made.join("\n\n"), dataset.hint));
    },
    snippet: ({ dataset }) => edit(block(text(), range(), dataset.made, dataset.hint)),
    word: ({ dataset }) => edit(phrase(range(), `{{${dataset.hint}}}`, dataset.hint)),
    link: async () => edit(await askLink(dialog("link"), text(), range())),
    term: async () => {
      const { front } = editor;
      edit(await askTerm(dialog("term"), text(), range(), front.terms(), (name, words) => front.addTerm(name, words)));
    },
    question: async ({ dataset }) => edit(await askQuestion(dialog("question"), text(), range(), dataset.hint)),
    picture: () => editor.find("picture-file").click(),
    sound: () => inserting.sound(),
    undo: () => surface.undo(),
    redo: () => surface.redo(),
    find: () => surface.find(),
    toolbar: () => editor.toolbar.focus(),
    help: () => ask(dialog("help")),
    save: () => editor.save(),
  };
}
