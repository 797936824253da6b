// The few values above the text that belong to the item: fields with data-front, and the explained words, a hidden field.
export class Front {
  constructor(root, onChange) {
    this.fields = [...root.querySelectorAll("[data-front]")];
    this.onChange = onChange;
    for (const field of this.fields) field.addEventListener("input", onChange);
  }

  values() {
    return Object.fromEntries(this.fields.map((field) => [field.dataset.front, valueOf(field)]));
  }

  // As the page came from the server.
  stored() {
    return Object.fromEntries(this.fields.map((field) => [field.dataset.front, valueOf(field, storedOf(field))]));
  }

  // Values that this browser kept, or that a mend gives.
  take(values) {
    for (const field of this.fields) {
      const value = values?.[field.dataset.front];
      if (value != null) field.value = field.dataset.type === "json" ? JSON.stringify(value) : value;
    }
  }

  terms() {
    return this.values().terms ?? {};
  }

  addTerm(name, explanation) {
    this.take({ terms: { ...this.terms(), [name]: explanation } });
    this.onChange();
  }
}

function valueOf(field, value = field.value) {
  if (field.dataset.type === "json") return JSON.parse(value || "{}");
  if (field.type === "number") return value === "" ? null : Number(value);
  return value;
}

function storedOf(field) {
  if (!field.options) return field.defaultValue;
  return [...field.options].find((option) => option.defaultSelected)?.value ?? field.value;
}
