// Which buttons hold where the cursor is, so that the toolbar can show it.
import { readLines, readPhrases } from "./lines.js";

const KINDS = { bullet: "list", number: "numbered", tick: "tick" };

export function activeAt(text, { from }, boxes) {
  const before = text.slice(0, from).split("\n");
  const lines = text.split("\n");
  const index = before.length - 1;
  const column = before[index].length;
  const info = readLines(lines.slice(0, index + 1), boxes)[index];
  const active = new Set([KINDS[info.kind], info.box]);
  if (info.kind === "heading") active.add(info.level === 2 ? "heading" : "subheading");
  for (const { type, from: start, to: end } of readPhrases(lines[index])) {
    if (start <= column && column <= end) active.add(type);
  }
  return active;
}
