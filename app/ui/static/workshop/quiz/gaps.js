// Gaps: "(1) ____" in the lead-in or the question, and below the answers of each.
import { common, optionRow } from "./option_rows.js";
import { blankOption } from "./model.js";
import { Rows } from "./rows.js";
import { freshId, part } from "./templates.js";

const GAP = /\((\d{1,2})\)[ ]?(?:\\?_){3,}/g;
const MOST_GAPS = 20;

export function showGaps(place, context) {
  const { templates, words, question } = context;
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.textContent = words("gaps_hint");
  const add = templates("add-gap");
  part(add, "add-gap").addEventListener("click", () => addGap(context));
  part(add, "add-gap").disabled = numbersIn(question).length >= MOST_GAPS;
  place.append(hint, add, ...numbersIn(question).map((number) => gapOf(number, context)));
}

// Numbers of the gaps in the text and of those that have answers.
export function numbersIn(question) {
  const answered = question.options.map(({ gap }) => gap);
  return [...new Set([...inText(question), ...answered])].sort((one, other) => one - other);
}

function inText({ title, stem }) {
  return [...`${title}\n${stem}`.matchAll(GAP)].map((found) => Number(found[1]));
}

function gapOf(number, context) {
  const { templates, words, question } = context;
  const fieldset = templates("gap");
  part(fieldset, "legend").textContent = words("gap", { number });
  const mine = question.options.filter(({ gap }) => gap === number);
  const isChoice = mine.some(({ right, weight }) => !right && weight === null);
  const mode = part(fieldset, "mode");
  mode.value = isChoice ? "choice" : "typed";
  mode.addEventListener("change", () => setMode(number, mode.value, context));
  const name = freshId("right");
  const rows = new Rows(part(fieldset, "rows"), {
    ...common(context),
    items: mine,
    least: isChoice ? 2 : 1,
    onChange: () => keep(number, mine, context),
    named: (index) => words(isChoice ? "option" : "answer", { number: index + 1 }),
    make: (option) => rowOf(option, context, { isChoice, name }),
  });
  const add = part(fieldset, "add-row");
  add.addEventListener("click", () => rows.add(blankOption({ gap: number, right: !isChoice })));
  part(fieldset, "remove-gap").addEventListener("click", () => removeGap(number, context));
  return fieldset;
}

function rowOf(option, context, { isChoice, name }) {
  const index = context.question.options.indexOf(option);
  const row = optionRow(context, isChoice ? "option" : "typed", option, index, isChoice ? { mark: "radio", name } : {});
  part(row, "worth-label")?.remove();
  return row;
}

// The answers of one gap are other ones now; those of the others stay where they are.
function keep(number, mine, context) {
  const others = context.question.options.filter(({ gap }) => gap !== number);
  const place = others.findIndex(({ gap }) => gap > number);
  others.splice(place < 0 ? others.length : place, 0, ...mine);
  context.question.options = others;
  context.onChange("rows");
}

function setMode(number, mode, context) {
  context.onStep();
  const mine = context.question.options.filter(({ gap }) => gap === number);
  if (mode === "choice") {
    mine.forEach((option, index) => Object.assign(option, { right: index === 0, weight: null }));
    while (mine.length < 2) mine.push(blankOption({ gap: number }));
  } else for (const option of mine) Object.assign(option, { right: true, weight: null });
  keep(number, mine, context);
  context.refresh();
}

// Where the cursor stands in the lead-in: the first number that it lacks.
function addGap(context) {
  const { question, stemField } = context;
  context.onStep();
  const said = inText(question);
  let number = 1;
  while (said.includes(number)) number += 1;
  const mark = `(${number}) ____`;
  const place = stemField.value ? stemField.selectionEnd : 0;
  const before = stemField.value.slice(0, place);
  const gap = before && !/\s$/.test(before) ? ` ${mark}` : mark;
  stemField.setRangeText(`${gap} `, place, place, "end");
  stemField.dispatchEvent(new InputEvent("input", { bubbles: true }));
  if (!question.options.some(({ gap }) => gap === number)) question.options.push(blankOption({ gap: number, right: true }));
  context.onChange("rows");
  context.refresh();
  stemField.focus();
  context.tell(mark);
}

// The gap leaves the text too, and those behind it are numbered anew.
function removeGap(number, context) {
  const { question } = context;
  context.onStep();
  const renumber = (text) =>
    text.replace(GAP, (mark, said) => {
      if (Number(said) === number) return "";
      return Number(said) > number ? mark.replace(said, String(Number(said) - 1)) : mark;
    });
  question.title = renumber(question.title);
  question.stem = renumber(question.stem);
  question.options = question.options
    .filter(({ gap }) => gap !== number)
    .map((option) => (option.gap > number ? { ...option, gap: option.gap - 1 } : option));
  if (!question.options.length) question.options.push(blankOption({ gap: 1, right: true }));
  context.onChange("rows");
  context.rebuild();
}

