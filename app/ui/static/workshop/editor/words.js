// What people read comes from the page, where it is translated: <template data-words> holds an element for each word.
export function readWords(root) {
  const words = new Map();
  for (const element of root.querySelector("template[data-words]").content.children) {
    words.set(element.dataset.word, element.textContent.trim());
  }
  return (name, values = {}) => words.get(name).replace(/\{(\w+)\}/g, (_whole, key) => values[key] ?? "");
}

// An element with attributes and children; text stays text.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}
