// Fields of a form ↔ values of an object. `data-field` names the value, `data-type` says how it is read.
const READ = {
  text: (field) => field.value,
  number: (field) => field.valueAsNumber,
  flag: (field) => field.checked,
  not: (field) => !field.checked,
  list: (field) => field.value.split(/[\s,;]+/).filter(Boolean),
};
const SHOW = {
  text: (field, value) => (field.value = value),
  number: (field, value) => (field.value = value),
  flag: (field, value) => (field.checked = value),
  not: (field, value) => (field.checked = !value),
  list: (field, value) => (field.value = value.join(", ")),
};

// `onChange(name, field)` after each change that gives a value; what is no number yet changes nothing.
export function bind(root, attribute, target, onChange) {
  for (const field of root.querySelectorAll(`[data-${attribute}]`)) {
    const name = field.dataset[attribute];
    bindOne(field, () => target[name], (value) => {
      target[name] = value;
      onChange(name, field);
    });
  }
}

export function bindOne(field, get, set) {
  const type = field.dataset.type ?? "text";
  SHOW[type](field, get());
  if ("oneLine" in field.dataset) keepOnOneLine(field);
  field.addEventListener("input", () => {
    const value = READ[type](field);
    if (type !== "number" || isFine(field, value)) set(value);
  });
  if (type === "number") {
    field.addEventListener("change", () => {
      if (!isFine(field, field.valueAsNumber)) SHOW.number(field, get());
    });
  }
}

export function show(field, value) {
  SHOW[field.dataset.type ?? "text"](field, value);
}

function isFine(field, value) {
  return Number.isFinite(value) && field.checkValidity();
}

// A text of one line in a field that grows: Enter and pasted line ends become spaces.
function keepOnOneLine(field) {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) event.preventDefault();
  });
  field.addEventListener("input", (event) => {
    if (event.isComposing || !/[\r\n]/.test(field.value)) return;
    const place = field.selectionEnd;
    field.value = field.value.replace(/[\r\n]+/g, " ");
    field.setSelectionRange(place, place);
  });
}
