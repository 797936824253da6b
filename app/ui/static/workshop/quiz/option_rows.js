// What the lists of answers share: a fieldset with rows, and the row of one option.
import { bind } from "./fields.js";
import { Rows } from "./rows.js";
import { part } from "./templates.js";

// A fieldset with a list of rows and a button to add one. Gives {rows, adds}.
export function listOf(place, context, { legend, hint, add, ...rows }) {
  const { templates, words } = context;
  const fieldset = templates("rows");
  part(fieldset, "legend").textContent = words(legend);
  const said = part(fieldset, "hint");
  if (hint) said.textContent = words(hint);
  else said.remove();
  place.append(fieldset);
  const shown = new Rows(part(fieldset, "rows"), { ...common(context), ...rows });
  const adds = part(fieldset, "adds");
  if (add) adds.append(addButton(context, add.word, () => shown.add(add.make())));
  return { rows: shown, adds };
}

export function common({ words, tell, onStep, onChange }) {
  return { words, tell, onStep, onChange: () => onChange("rows") };
}

export function addButton({ templates, words }, word, act) {
  const button = templates("add");
  button.querySelector("span").textContent = words(word);
  button.addEventListener("click", act);
  return button;
}

// One row of an option: its fields, feedback and weight. `type` of the mark for right ones, or none.
export function optionRow(context, template, option, index, { mark, name } = {}) {
  const row = context.templates(template);
  row.dataset.place = `answer-${index}`;
  const feedback = part(row, "feedback");
  if (feedback) feedback.dataset.place = `feedback-${index}`;
  bind(row, "row", option, (changed) => context.onChange(`${index}/${changed}`));
  bindWeight(row, option, context);
  if (mark) bindRight(part(row, "right"), option, context, { type: mark, name });
  return row;
}

function bindRight(tick, option, context, { type, name }) {
  tick.type = type;
  if (name) tick.name = name;
  tick.checked = option.right;
  tick.addEventListener("change", () => {
    if (type === "radio") {
      for (const other of context.question.options.filter((each) => each.gap === option.gap)) markRight(other, other === option);
    } else markRight(option, tick.checked);
    context.onChange("right");
    if (context.weighs()) context.refresh();
  });
}

// What is right has all points or none, unless percents are given.
function markRight(option, isRight) {
  option.right = isRight;
  if (option.weight !== null) option.weight = isRight ? 100 : 0;
}

function bindWeight(row, option, context) {
  const weight = part(row, "weight");
  if (!weight) return;
  weight.hidden = !context.weighs();
  if (weight.hidden) return;
  const field = weight.querySelector("input");
  field.value = option.weight ?? (option.right ? 100 : 0);
  field.addEventListener("input", () => {
    if (!Number.isFinite(field.valueAsNumber) || !field.checkValidity()) return;
    option.weight = field.valueAsNumber;
    option.right = option.weight > 0;
    const tick = part(row, "right");
    if (tick) tick.checked = option.right;
    context.onChange("weight");
  });
}
