// What the page keeps in <template data-template>: a fresh copy of its one element.
export function readTemplates(root) {
  const known = new Map(
    [...root.querySelectorAll("template[data-template]")].map((template) => [template.dataset.template, template]),
  );
  return (name) => known.get(name).content.firstElementChild.cloneNode(true);
}

export function part(root, name) {
  return root.querySelector(`[data-${name}]`);
}

let lastId = 0;

export function freshId(name) {
  lastId += 1;
  return `${name}-${lastId}`;
}
