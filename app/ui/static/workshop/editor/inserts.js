// What the buttons put in that needs to be asked for: links, explained words, questions, sound. Each gives the edit of the
// text, or null when the person changed their mind.
import { block, phrase } from "./commands.js";
import { ask } from "./dialogs.js";
import { plainName } from "./media.js";

const OUTSIDE = /^(https:\/\/|tel:|mailto:)\S+$/i;

// A link to an address or to another item of the course.
export async function askLink(dialog, text, range) {
  const chosen = text.slice(range.from, range.to).replace(/\n/g, " ");
  const answer = await ask(dialog, { words: chosen }, {
    onOpen: (form, signal) => {
      const check = () => {
        const address = addressOf(form.elements.address.value);
        const isMissing = !form.elements.path?.value && !OUTSIDE.test(address);
        form.elements.address.setCustomValidity(isMissing ? form.elements.address.dataset.error : "");
      };
      form.addEventListener("input", check, { signal });
      check();
    },
  });
  if (!answer) return null;
  const item = answer.get("path");
  return phrase(range, `[${inOneLine(answer.get("words"))}](${item || addressOf(answer.get("address"))})`);
}

function addressOf(typed) {
  const address = typed.trim().replace(/ /g, "%20").replace(/\)/g, "%29");
  if (/^[\d+][\d .-]{2,}$/.test(typed.trim())) return `tel:${address.replace(/%20|[.-]/g, "")}`;
  if (/^[^\s@:/]+@[^\s@/]+$/.test(address)) return `mailto:${address}`;
  return /^[a-z]+:/i.test(address) ? address.replace(/^http:/i, "https:") : address && `https://${address}`;
}

// A word that is explained. `terms`: name → explanation, as they stand; `onTerm` takes a new one.
export async function askTerm(dialog, text, range, terms, onTerm) {
  const chosen = text.slice(range.from, range.to).replace(/\n/g, " ");
  const answer = await ask(dialog, { word: chosen, explanation: terms[plainName(chosen)] ?? "" });
  if (!answer) return null;
  const word = inOneLine(answer.get("word"));
  const name = plainName(word) || "tu";
  onTerm(name, inOneLine(answer.get("explanation")));
  return phrase(range, `[${word}](#${name})`);
}

// A question to the reader that does not count.
export async function askQuestion(dialog, text, range, hint) {
  const answer = await ask(dialog);
  if (!answer) return null;
  const options = answer.getAll("option").map((option, index) => ({
    words: inOneLine(option),
    why: inOneLine(answer.getAll("why")[index]),
    isRight: answer.getAll("right").includes(String(index)),
  }));
  const lines = options
    .filter(({ words }) => words)
    .flatMap(({ words, why, isRight }) => [`- [${isRight ? "x" : " "}] ${words}`, `  > ${why || hint}`]);
  const made = [`## ? ${inOneLine(answer.get("question"))}`, "", ...lines].join("\n");
  return block(text, { from: range.to, to: range.to }, made);
}

// Sound: put into the draft, then named in the text. `file`: one that was dropped.
export async function askSound(dialog, text, range, media, file) {
  const answer = await ask(dialog, {}, {
    onOpen: (form) => {
      if (!file) return;
      const dropped = new DataTransfer();
      dropped.items.add(file);
      form.elements.file.files = dropped.files;
    },
  });
  if (!answer) return null;
  const chosen = answer.get("file");
  const { path } = await media.upload(chosen, chosen.name);
  return block(text, { from: range.to, to: range.to }, pictureLine(inOneLine(answer.get("words")), path));
}

export function pictureLine(alt, path) {
  return `![${alt.replace(/[[\]]/g, "")}](${path})`;
}

export function inOneLine(words) {
  return words.replace(/\s+/g, " ").trim();
}
