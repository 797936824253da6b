// Rows of one list (options, steps, hints …): shown, added, moved and taken away, with the focus where one expects it.
import { makeMovable } from "./reorder.js";
import { part } from "./templates.js";

export class Rows {
  // `items`: the list itself, changed in place. `make(item, index)` gives the element of a row; `named(index)` what it is
  // called; `least` rows stay. `onChange()` after each change of the list, before it is shown again.
  constructor(place, { items, make, named, least = 1, onStep, onChange, tell, words }) {
    Object.assign(this, { place, items, make, named, least, onStep, onChange, tell, words });
    this.show();
  }

  show() {
    this.rows = this.items.map((item, index) => this.#row(item, index));
    this.place.replaceChildren(...this.rows.map(inListItem));
    for (const [index, row] of this.rows.entries()) {
      makeMovable(this.place, row.parentElement, { handle: part(row, "drag"), onMove: (to) => this.move(index, to) });
    }
  }

  add(item) {
    this.onStep();
    this.items.push(item);
    this.onChange();
    this.show();
    focusIn(this.rows.at(-1));
  }

  move(from, to, button = null) {
    this.onStep();
    const [item] = this.items.splice(from, 1);
    this.items.splice(to, 0, item);
    this.onChange();
    this.show();
    this.tell(this.words("moved", { place: to + 1, count: this.items.length }));
    if (button) focusButton(this.rows[to], button);
  }

  remove(index) {
    this.onStep();
    this.items.splice(index, 1);
    this.onChange();
    this.show();
    const row = this.rows[Math.min(index, this.rows.length - 1)];
    if (row) focusIn(row);
    else this.place.parentElement.querySelector("[data-add-row]")?.focus();
  }

  #row(item, index) {
    const row = this.make(item, index);
    const what = this.named(index);
    const name = part(row, "name");
    if (name) name.textContent = what;
    this.#button(row, "up", { word: "move_up", what, isOff: index === 0, act: () => this.move(index, index - 1, "up") });
    const isLast = index === this.items.length - 1;
    this.#button(row, "down", { word: "move_down", what, isOff: isLast, act: () => this.move(index, index + 1, "down") });
    const isNeeded = this.items.length <= this.least;
    this.#button(row, "remove", { word: "remove_what", what, isOff: isNeeded, act: () => this.remove(index) });
    return row;
  }

  #button(row, name, { word, what, isOff, act }) {
    const button = part(row, name);
    if (!button) return;
    button.setAttribute("aria-label", this.words(word, { what: what.toLocaleLowerCase("vi") }));
    button.disabled = isOff;
    button.addEventListener("click", act);
  }
}

function inListItem(row) {
  const item = document.createElement("li");
  item.append(row);
  return item;
}

export function focusIn(element) {
  const field = element.querySelector("textarea, input:not([type=checkbox], [type=radio]), select");
  (field ?? element.querySelector("input"))?.focus();
}

// The button that was pressed has moved with its row; at the end of the way the other one goes on.
function focusButton(row, name) {
  const button = part(row, name);
  (button.disabled ? part(row, name === "up" ? "down" : "up") : button).focus();
}
