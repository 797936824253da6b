// What each line of a text is, and the phrases in it: the format of docs/course-format.md, as far as one can see it.
const FENCE = /^[ \t>]*(`{3,}|~{3,})/;
const QUOTE = /^ {0,3}> ?/;
const HEADING = /^(#{1,4})[ \t]+/;
const LIST = /^([ \t]*)(?:([-*+•●▪◦·–—])|\d{1,3}[.)])[ \t]+/;
const TICK = /^\\?\[ ?([xXхХ×✓✔☑☒vV√]?)[\ufe0e\ufe0f]? ?\\?\](?=[ \t])[ \t]+/;
const BOX = /^\*\*([^*\n]+?):?\*\*:?[ \t]*/;
const COMMENT = /^<!--.*-->\s*$/;
const PICTURE = /^!\[([^\]]*)\]\(([^)\s]+)\)\s*$/;
const SOUND = /\.(mp3|opus)$/i;

// `boxes`: word in lower case → name of the box. Each line: {kind, quoted, mark (letters of markup in front), level,
// ticked, box, isBoxStart, isBoxEnd, picture}.
export function readLines(lines, boxes) {
  const found = [];
  let fence = "";
  let box = "";
  for (const text of lines) {
    const quote = QUOTE.exec(text);
    const rest = quote ? text.slice(quote[0].length) : text;
    const label = quote && BOX.exec(rest);
    const before = found.at(-1);
    const isBoxStart = Boolean(quote && !before?.quoted);
    if (!quote) box = "";
    else if (isBoxStart) box = (label && boxes[label[1].trim().toLowerCase()]) || "quote";
    const line = { ...kindOf(rest, fence), quoted: Boolean(quote), box, isBoxStart, isBoxEnd: false };
    line.mark += quote ? quote[0].length : 0;
    if (before?.quoted && !quote) before.isBoxEnd = true;
    fence = fenceAfter(fence, FENCE.exec(text));
    found.push(line);
  }
  if (found.at(-1)?.quoted) found.at(-1).isBoxEnd = true;
  return found;
}

function kindOf(text, fence) {
  if (fence || FENCE.test(text)) return { kind: "code", mark: 0 };
  if (!text.trim()) return { kind: "blank", mark: 0 };
  if (COMMENT.test(text)) return { kind: "comment", mark: 0 };
  const heading = HEADING.exec(text);
  if (heading) return { kind: "heading", level: heading[1].length, mark: heading[0].length };
  const picture = PICTURE.exec(text);
  if (picture) {
    const [, alt, path] = picture;
    return { kind: SOUND.test(path) ? "sound" : "picture", mark: 0, picture: { alt, path } };
  }
  const item = LIST.exec(text);
  if (!item) return { kind: "text", mark: 0 };
  const tick = TICK.exec(text.slice(item[0].length));
  if (tick && item[2]) {
    return { kind: "tick", ticked: Boolean(tick[1]), indent: item[1].length, mark: item[0].length + tick[0].length };
  }
  return { kind: item[2] ? "bullet" : "number", indent: item[1].length, mark: item[0].length };
}

function fenceAfter(fence, mark) {
  if (!fence) return mark ? mark[1] : "";
  return mark && mark[1][0] === fence[0] && mark[1].length >= fence.length ? "" : fence;
}

const PHRASES =
  /(?<code>`[^`]+`)|(?<picture>!\[[^\]]*\]\([^)\s]*\))|(?<link>\[[^\]]+\]\([^)\s]*\))|(?<bold>\*\*(?=\S)(?:[^*]|\*(?!\*))+?\*\*)|(?<italic>\*(?=[^\s*])[^*]+\*)|(?<word>\{\{[a-z0-9-]{1,80}\}\})/g;

// The phrases of a line: {type, from, to, open, close}: letters of markup before and behind what is read.
export function* readPhrases(text, offset = 0) {
  for (const match of text.matchAll(PHRASES)) {
    const [type, whole] = Object.entries(match.groups).find(([, value]) => value !== undefined);
    const from = offset + match.index;
    const phrase = { type, from, to: from + whole.length, ...marksOf(type, whole) };
    yield phrase;
    if (type === "bold" || type === "link") {
      yield* readPhrases(whole.slice(phrase.open, whole.length - phrase.close), from + phrase.open);
    }
  }
}

function marksOf(type, whole) {
  if (type === "link") return { open: 1, close: whole.length - whole.lastIndexOf("](") };
  if (type === "picture") return { open: 2, close: whole.length - whole.lastIndexOf("](") };
  if (type === "bold" || type === "word") return { open: 2, close: 2 };
  return { open: 1, close: 1 };
}
