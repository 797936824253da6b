// Mends that are certain, carried out in the text: by the server's word which lines become what, or by asking for what a
// picture shows. Those that reach beyond the text (a lesson cut in two) the server carries out: see `mendAtServer`.
import { ask } from "./dialogs.js";
import { pictureLine } from "./inserts.js";

const PICTURES = /!\[([^\]]*)\]\(([^)\s]+)\)/g;

// The edit that mends the fault in `text`; null where there is none, or where the person changed their mind.
// Kinds: replace {find, put} in the line of the fault; lines {line, end_line, text}: those lines become `text`, and it is
// put in before them where end_line stands before line; alt.
export async function mendText({ line, mend }, text, { altDialog, addresses }) {
  const lines = text.split("\n");
  const startOf = (number) => Math.min(lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0), text.length);
  const written = lines[line - 1] ?? "";
  if (mend.kind === "replace") {
    const at = written.indexOf(mend.find);
    const from = startOf(line) + at;
    return at < 0 ? null : { from, to: from + mend.find.length, insert: mend.put };
  }
  if (mend.kind === "lines") {
    const insert = mend.text === "" ? "" : `${mend.text}\n`;
    return { from: startOf(mend.line), to: startOf(Math.max(mend.end_line + 1, mend.line)), insert };
  }
  return addAlt(written, startOf(line), altDialog, addresses);
}

async function addAlt(written, from, dialog, addresses) {
  const pictures = [...written.matchAll(PICTURES)];
  const picture = pictures.find(([, alt]) => !alt.trim()) ?? pictures[0];
  if (!picture) return null;
  const [whole, alt, path] = picture;
  const image = dialog.querySelector("img");
  image.src = addresses[path] ?? "";
  image.hidden = !addresses[path];
  const answer = await ask(dialog, { alt });
  if (!answer) return null;
  const start = from + picture.index;
  return { from: start, to: start + whole.length, insert: pictureLine(answer.get("alt").trim(), path) };
}

// Send what was written, then the form of the page that says which fault is to be mended; another page comes.
export async function mendAtServer({ mend }, form, saving) {
  await saving.send();
  if (!form || saving.isDirty) return;
  for (const [name, value] of Object.entries({ line: mend.at, code: mend.code, about: mend.about })) {
    form.elements.namedItem(name).value = value;
  }
  form.submit();
}
