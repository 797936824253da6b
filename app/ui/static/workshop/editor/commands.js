// What the buttons do to a text. Each takes the text and the chosen range and answers {from, to, insert, select}: what
// is replaced, by what, and which range is chosen afterwards. Nothing here touches the page.
const LIST_MARK = /^([ \t]*)(?:[-*+•●▪◦·–—]|\d{1,3}[.)])[ \t]+(?:\\?\[ ?[xXхХ×✓✔☑☒vV√]? ?\\?\][ \t]+)?/;
const HEADING_MARK = /^#{1,6}[ \t]+/;
const QUOTE_MARK = /^ {0,3}> ?/;
const MARKS = {
  list: { is: /^[ \t]*[-*+•][ \t]+(?!\\?\[)/, make: () => "- " },
  numbered: { is: /^[ \t]*\d{1,3}[.)][ \t]+/, make: (index) => `${index + 1}. ` },
  tick: { is: /^[ \t]*[-*+•][ \t]+\\?\[/, make: () => "- [ ] " },
};

// Bold or italic: around the chosen words, line by line; away again where they are already so.
export function wrap(text, { from, to }, mark, hint) {
  if (from === to) return put(from, to, mark + hint + mark, mark.length, hint.length);
  const chosen = text.slice(from, to);
  const size = mark.length;
  if (text.slice(from - size, from) === mark && text.slice(to, to + size) === mark) {
    return put(from - size, to + size, chosen, 0, chosen.length);
  }
  const lines = chosen.split("\n");
  const inner = (line) => {
    const start = (LIST_MARK.exec(line) ?? QUOTE_MARK.exec(line) ?? HEADING_MARK.exec(line) ?? [""])[0];
    const words = line.slice(start.length);
    const core = words.trim();
    return core ? start + words.replace(core, () => mark + core + mark) : line;
  };
  const wrapped = lines.map(inner).join("\n");
  const isOneLine = lines.length === 1 && wrapped === mark + chosen + mark;
  return isOneLine ? put(from, to, wrapped, size, chosen.length) : put(from, to, wrapped, 0, wrapped.length);
}

// Make the lines of the range a heading of this level, or plain text again.
export function heading(text, range, level) {
  const mark = `${"#".repeat(level)} `;
  return eachLine(text, range, (lines) => {
    const isOne = lines.every((line) => line.startsWith(mark));
    return lines.map((line) => {
      const bare = line.replace(HEADING_MARK, "").replace(LIST_MARK, "");
      return isOne ? bare : mark + bare;
    });
  });
}

// Make the lines of the range a list of this kind, or plain text again.
export function list(text, range, kind) {
  const { is, make } = MARKS[kind];
  return eachLine(text, range, (lines) => {
    const quote = lines.every((line) => QUOTE_MARK.test(line)) ? "> " : "";
    const bare = lines.map((line) => (quote ? line.replace(QUOTE_MARK, "") : line));
    const filled = bare.filter((line) => line.trim());
    const isOne = filled.length > 0 && filled.every((line) => is.test(line));
    let index = 0;
    return bare.map((line) => {
      if (!line.trim() && bare.length > 1) return quote + line;
      const words = line.replace(LIST_MARK, "").replace(HEADING_MARK, "");
      return quote + (isOne ? words : make(index++) + words);
    });
  });
}

// A box with this label around the chosen lines, or a new one with a hint to be typed over.
export function box(text, range, label, hint, { isSteps = false, title = "" } = {}) {
  const chosen = text.slice(range.from, range.to).trim();
  const lines = (chosen || hint).split("\n").filter((line) => line.trim());
  const bare = lines.map((line) => line.replace(QUOTE_MARK, "").replace(LIST_MARK, "").trim());
  const first = `> **${label}:**`;
  const made = isSteps
    ? [first, ...bare.map((line, index) => `> ${index + 1}. ${line}`)]
    : title
      ? [`${first} ${title}`, ">", ...bare.map((line) => `> ${line}`)]
      : [`${first} ${bare[0]}`, ...bare.slice(1).map((line) => `> ${line}`)];
  const typedOver = title || bare[0];
  return block(text, range, made.join("\n"), chosen && !title ? "" : typedOver);
}

// Put a block on lines of its own: in place of what is chosen, else behind the paragraph that the cursor is in.
export function block(text, { from, to }, made, typedOver = "") {
  let start = from;
  let end = to;
  if (from === to) start = end = endOfParagraph(text, from);
  else {
    start = lineStart(text, from);
    end = lineEnd(text, to);
  }
  if (!text.slice(end).trim()) end = text.length;
  const before = text.slice(0, start);
  const after = text.slice(end);
  const above = !before || /\n\n$/.test(before) ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const below = !after ? "\n" : /^\n\n/.test(after) ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  const insert = above + made + below;
  const place = typedOver ? insert.indexOf(typedOver, above.length) : above.length + made.length;
  return put(start, end, insert, place, typedOver.length);
}

// Words at the cursor, the ones in `typedOver` chosen.
export function phrase({ from, to }, made, typedOver = "") {
  const place = typedOver ? made.indexOf(typedOver) : made.length;
  return put(from, to, made, place, typedOver.length);
}

// The key Enter in a list or box: the next line begins likewise; in an empty one the mark goes. Else null.
export function nextLine(text, { from, to }) {
  const start = lineStart(text, from);
  const before = text.slice(start, from);
  const quote = QUOTE_MARK.exec(before)?.[0] ?? "";
  const item = LIST_MARK.exec(before.slice(quote.length))?.[0] ?? "";
  if (!quote && !item) return null;
  const isEmpty = !before.slice(quote.length + item.length).trim() && !text.slice(to, lineEnd(text, to)).trim();
  if (isEmpty) return put(start, from, item && quote ? quote : "", (item && quote ? quote : "").length, 0);
  const insert = `\n${quote}${following(item)}`;
  return put(from, to, insert, insert.length, 0);
}

function following(mark) {
  return mark
    .replace(/\d{1,3}/, (digits) => String(Number(digits) + 1))
    .replace(/\[[^\]\\]*/, "[ ");
}

function eachLine(text, { from, to }, change) {
  const start = lineStart(text, from);
  const end = lineEnd(text, to);
  const insert = change(text.slice(start, end).split("\n")).join("\n");
  const isOneLine = from === to;
  const place = isOneLine ? Math.max(0, from - start + insert.length - (end - start)) : 0;
  return put(start, end, insert, place, isOneLine ? 0 : insert.length);
}

function put(from, to, insert, place, length) {
  return { from, to, insert, select: [from + place, from + place + length] };
}

function lineStart(text, position) {
  return text.lastIndexOf("\n", position - 1) + 1;
}

function lineEnd(text, position) {
  const end = text.indexOf("\n", position);
  return end < 0 ? text.length : end;
}

function endOfParagraph(text, position) {
  if (!text.slice(lineStart(text, position), lineEnd(text, position)).trim()) return lineStart(text, position);
  const gap = /\n[ \t]*(?:\n|$)/.exec(text.slice(position));
  return gap ? position + gap.index : text.length;
}
