// A number that is taken for an answer: "5", "5 ± 0,5" or "1..10" in the file, fields in the form.
import { part } from "./templates.js";

const NUMBER = "[-+−]?\\d+(?:[.,]\\d+)*";
const SHAPES = [
  ["near", new RegExp(`^(${NUMBER})\\s*(?:±|\\+/-|\\+-)\\s*(${NUMBER})?$`), ["value", "tolerance"], ([value, by]) => `${value} ± ${by}`],
  ["range", new RegExp(`^(${NUMBER})\\s*(?:\\.\\.|…)\\s*(${NUMBER})?$`), ["low", "high"], ([low, high]) => `${low}..${high}`],
  ["exact", new RegExp(`^(${NUMBER})$`), ["value"], ([value]) => value],
  ["other", /^(.*)$/s, ["other"], ([other]) => other],
];

export function bindNumber(row, option, onChange) {
  const shape = part(row, "shape");
  const fields = Object.fromEntries([...row.querySelectorAll("[data-part]")].map((field) => [field.dataset.part, field]));
  const [name, , parts, , values] = read(option.words);
  shape.value = name;
  parts.forEach((each, index) => (fields[each].value = values[index] ?? ""));
  const showShape = () => {
    for (const label of row.querySelectorAll("[data-for-shapes]")) {
      label.hidden = !label.dataset.forShapes.split(" ").includes(shape.value);
    }
    const hasOther = shape.value === "other";
    shape.querySelector("[value=other]").hidden = !hasOther;
  };
  const write = () => {
    const [, , wanted, said] = SHAPES.find(([each]) => each === shape.value);
    const typed = wanted.map((each) => fields[each].value.trim());
    option.words = typed.some(Boolean) ? said(typed) : "";
    onChange();
  };
  shape.addEventListener("change", () => {
    showShape();
    write();
  });
  for (const field of Object.values(fields)) field.addEventListener("input", write);
  showShape();
}

// Which way a number is written, and its parts; nothing yet is a plain number.
function read(words) {
  if (!words) return [...SHAPES.find(([name]) => name === "exact"), [""]];
  const found = SHAPES.find(([, pattern]) => pattern.test(words));
  return [...found, found[1].exec(words).slice(1)];
}
