// A quiz as its form holds it: parts in their order. What nobody touched goes back to the server letter by letter.
// Ids of parts that an earlier page made come back with its history: no two pages give the same.
const PAGE = performance.timeOrigin.toString(36);
let lastId = 0;

// A part as the server shows it ({kind, markdown, question | pool, faults}), with what only this page knows.
export function partOf(shown, more = {}) {
  lastId += 1;
  return { id: `${PAGE}/${lastId}`, notes: [], faults: [], isChanged: false, isNew: false, savedKey: shown.question?.key ?? "", ...shown, ...more };
}

// What is sent of a part.
export function bodyOf(part) {
  if (part.kind === "raw" || !part.isChanged) return { markdown: part.markdown };
  return part.kind === "pool" ? { pool: part.pool } : { question: withoutEmptyEnd(part.question) };
}

// Rows at the end in which nobody has written are offered in the form only.
function withoutEmptyEnd(question) {
  const { type, options, pairs, steps } = question;
  const isOpen = ["single", "multiple", "text", "number"].includes(type);
  const isBlank = (option) => !option.words && !option.feedback && (!option.right || type === "text" || type === "number");
  const least = type === "text" || type === "number" ? 1 : 2;
  return {
    ...question,
    options: isOpen ? cut(options, isBlank, least) : options,
    pairs: cut(pairs, ([left, right]) => !left && !right, 2),
    steps: cut(steps, (words) => !words, 2),
  };
}

function cut(rows, isBlank, least) {
  let end = rows.length;
  while (end > least && isBlank(rows[end - 1])) end -= 1;
  return rows.slice(0, end);
}

export function isNumbered(part) {
  return part.kind !== "pool";
}

// Its number among the questions, from 1.
export function numberOf(parts, part) {
  return parts.slice(0, parts.indexOf(part) + 1).filter(isNumbered).length;
}

export function blankOption(more = {}) {
  return { words: "", right: false, weight: null, feedback: "", gap: 0, region: null, ...more };
}

const BLANK_ANSWERS = {
  single: () => ({ options: [blankOption({ right: true }), blankOption(), blankOption()] }),
  multiple: () => ({ options: [blankOption({ right: true }), blankOption({ right: true }), blankOption()] }),
  true_false: (words) => ({
    options: [blankOption({ words: words.right, right: true }), blankOption({ words: words.wrong })],
  }),
  text: () => ({ options: [blankOption({ right: true })] }),
  number: () => ({ options: [blankOption({ right: true })] }),
  matching: () => ({ pairs: [["", ""], ["", ""], ["", ""]] }),
  ordering: () => ({ steps: ["", "", ""] }),
  gaps: () => ({ options: [blankOption({ right: true, gap: 1 })] }),
  hotspot: () => ({ options: [] }),
  free: () => ({}),
};
// The words by which the course format knows a question of this kind; no translation changes them.
export const TRUE_FALSE = { right: "Đúng", wrong: "Sai" };

export function blankQuestion(type) {
  return {
    type, key: "", title: "", stem: "", points: 1, skills: [], name: "", exact: false, shuffle: true, hints: [],
    hint_cost: 0, explanation: "", options: [], pairs: [], steps: [], ...BLANK_ANSWERS[type](TRUE_FALSE),
  };
}

const CHOICES = ["single", "multiple"];
const TYPED = ["text", "number"];

// The same question as another kind: words stay where the new kind has a place for them. `aside` is what stood in this kind
// before, which comes back, with what was written since behind it.
export function asKind(question, type, aside = null) {
  const made = { ...blankQuestion(type), ...pick(question), type };
  const words = wordsOf(question);
  if (CHOICES.includes(type) && words.length) made.options = choicesOf(question, words, type);
  else if (TYPED.includes(type) && words.length) made.options = typedOf(question, words);
  else if (type === "ordering" && words.length) made.steps = words;
  else if (type === "matching" && words.length) made.pairs = words.map((left) => [left, ""]);
  if (!aside) return made;
  return { ...made, ...withAside(structuredClone(aside), question.type === "true_false" ? [] : words, made) };
}

export function answersOf({ options, pairs, steps, exact, shuffle }) {
  return structuredClone({ options, pairs, steps, exact, shuffle });
}

// Whether words in the answers of one have no place in the other.
export function losesWords(question, other) {
  const kept = new Set(allWords(other));
  return allWords(question).some((words) => !kept.has(words));
}

function allWords({ type, options, pairs, steps }) {
  const told = options.flatMap(({ words, feedback }) => (type === "true_false" ? [feedback] : [words, feedback]));
  return [...told, ...pairs.flat(), ...steps].filter((words) => words && words !== "*");
}

function withAside(aside, words, made) {
  const known = new Set(allWords({ type: made.type, ...aside }));
  const added = words.filter((each) => !known.has(each));
  const isTyped = TYPED.includes(made.type);
  const options = [...CHOICES, ...TYPED].includes(made.type)
    ? added.map((each) => blankOption({ words: each, right: isTyped }))
    : [];
  return {
    ...aside,
    options: [...aside.options.filter((option) => option.words || !options.length), ...options],
    steps: [...aside.steps, ...(made.type === "ordering" ? added : [])],
    pairs: [...aside.pairs, ...(made.type === "matching" ? added.map((left) => [left, ""]) : [])],
  };
}

function pick({ key, title, stem, points, skills, name, hints, hint_cost, explanation }) {
  return { key, title, stem, points, skills, name, hints, hint_cost, explanation };
}

function wordsOf({ options, steps, pairs }) {
  const found = [...options.map(({ words }) => words), ...steps, ...pairs.map(([left, right]) => left || right)];
  return found.filter((words) => words && words !== "*");
}

function choicesOf({ options }, words, type) {
  const kept = options.filter((option) => option.words && option.words !== "*");
  const made = kept.length ? kept : words.map((each, index) => blankOption({ words: each, right: index === 0 }));
  const first = Math.max(0, made.findIndex(({ right }) => right));
  return made.map((option, index) =>
    blankOption({
      words: option.words, feedback: option.feedback, right: type === "single" ? index === first : option.right,
    }));
}

function typedOf({ options }, words) {
  const right = options.filter((option) => option.right && option.words && option.words !== "*");
  const kept = right.length ? right : [blankOption({ words: words[0] })];
  return kept.map(({ words: each, feedback }) => blankOption({ words: each, feedback, right: true }));
}

// The same values, in whichever order their names stand.
export function same(one, other) {
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return one === other;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => same(one[name], other[name]));
}
