// The answers of a question, by its kind: which rows there are and what their fields mean.
import { bind } from "./fields.js";
import { showGaps } from "./gaps.js";
import { blankOption } from "./model.js";
import { bindNumber } from "./numbers.js";
import { addButton, listOf, optionRow } from "./option_rows.js";
import { showRegions } from "./regions.js";
import { freshId, part } from "./templates.js";

const ANYTHING = "*";

// `context`: {templates, words, question, onStep(), onChange(mark), tell(text), weighs(), …}, see `question_form.js`.
export function showAnswers(place, context) {
  place.replaceChildren();
  SHOWN[context.question.type](place, context);
}

const SHOWN = {
  single: (place, context) => showChoices(place, context, "radio"),
  multiple: (place, context) => showChoices(place, context, "checkbox"),
  true_false: showTrueFalse,
  text: showTyped,
  number: showTyped,
  matching: showMatching,
  ordering: showOrdering,
  gaps: showGaps,
  hotspot: showRegions,
  free: (place, { words }) => place.append(paragraph(words("free_hint"))),
};

function showChoices(place, context, mark) {
  const { question, words } = context;
  const name = freshId("right");
  listOf(place, context, {
    legend: "options",
    hint: `${question.type}_hint`,
    items: question.options,
    least: 2,
    named: (index) => words("option", { number: index + 1 }),
    make: (option, index) => optionRow(context, "option", option, index, { mark, name }),
    add: { word: "add_option", make: () => blankOption() },
  });
}

function showTrueFalse(place, context) {
  const { question, words } = context;
  const name = freshId("right");
  listOf(place, context, {
    legend: "options",
    hint: "true_false_hint",
    items: question.options,
    named: (index) => words(index ? "false" : "true"),
    make: (option, index) => {
      const row = optionRow(context, "fixed", option, index, { mark: "radio", name });
      const isTrue = option.words.normalize("NFC").toLocaleLowerCase("vi").startsWith("đ");
      part(row, "fixed").textContent = words(isTrue ? "true" : "false");
      return row;
    },
  });
}

// Words or numbers that are taken for an answer, and last what is said of any other.
function showTyped(place, context) {
  const { question, words } = context;
  const isNumber = question.type === "number";
  const shown = listOf(place, context, {
    legend: "answers",
    hint: isNumber ? "number_hint" : "text_hint",
    items: question.options,
    named: (index) => words(isNumber ? "number" : "answer", { number: index + 1 }),
    make: (option, index) => {
      if (option.words === ANYTHING) return optionRow(context, "anything", option, index);
      const row = optionRow(context, isNumber ? "number" : "typed", option, index);
      if (isNumber) bindNumber(row, option, () => context.onChange(`${index}/words`));
      bindWorth(row, option, context);
      return row;
    },
    add: { word: "add_answer", make: () => blankOption({ right: true }) },
  });
  const anything = addButton(context, "add_anything", () => {
    shown.rows.add(blankOption({ words: ANYTHING, weight: 0 }));
    anything.hidden = true;
  });
  anything.hidden = question.options.some((option) => option.words === ANYTHING);
  shown.adds.append(anything);
}

function bindWorth(row, option, context) {
  part(row, "worth-label").hidden = context.weighs();
  const worth = part(row, "worth");
  worth.value = option.right ? "right" : "wrong";
  worth.addEventListener("change", () => {
    option.right = worth.value === "right";
    option.weight = option.right ? null : 0;
    context.onChange("worth");
  });
}

// Pairs; right sides that fit nothing are a list of their own, and both are one in the file.
function showMatching(place, context) {
  const { question, words } = context;
  const asRow = ([left, right]) => ({ left, right });
  const pairs = question.pairs.filter(([left, right]) => left || !right).map(asRow);
  const extras = question.pairs.filter(([left, right]) => !left && right).map(asRow);
  const compose = (mark) => {
    question.pairs = [...pairs.map(({ left, right }) => [left, right]), ...extras.map(({ right }) => ["", right])];
    context.onChange(mark);
  };
  const inner = { ...context, onChange: compose };
  const rowOf = (template) => (item, index) => {
    const row = context.templates(template);
    row.dataset.place = `answer-${template === "pair" ? index : pairs.length + index}`;
    bind(row, "row", item, (changed) => compose(`${template}/${index}/${changed}`));
    return row;
  };
  listOf(place, inner, {
    legend: "pairs", hint: "pairs_hint", items: pairs, least: 2, make: rowOf("pair"),
    named: (index) => words("pair", { number: index + 1 }),
    add: { word: "add_pair", make: () => ({ left: "", right: "" }) },
  });
  listOf(place, inner, {
    legend: "extras", hint: "extras_hint", items: extras, least: 0, make: rowOf("extra"),
    named: (index) => words("extra", { number: index + 1 }),
    add: { word: "add_extra", make: () => ({ left: "", right: "" }) },
  });
}

function showOrdering(place, context) {
  const { question, words } = context;
  const steps = question.steps.map((each) => ({ words: each }));
  const compose = (mark) => {
    question.steps = steps.map((step) => step.words);
    context.onChange(mark);
  };
  listOf(place, { ...context, onChange: compose }, {
    legend: "steps", hint: "steps_hint", items: steps, least: 2,
    named: (index) => words("step", { number: index + 1 }),
    make: (step, index) => {
      const row = context.templates("step");
      row.dataset.place = `answer-${index}`;
      bind(row, "row", step, () => compose(`${index}/step`));
      return row;
    },
    add: { word: "add_step", make: () => ({ words: "" }) },
  });
}

function paragraph(text) {
  const made = document.createElement("p");
  made.className = "hint";
  made.textContent = text;
  return made;
}
