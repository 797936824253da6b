// A picture with rectangles on it, in percent of its size: drag to draw one, drag one to move it, its corner to size it.
const SVG = "http://www.w3.org/2000/svg";
const SMALLEST = 2;

export class Stage {
  // `regions()` gives [left, top, width, height] of each; `onDraw(region)`, `onSet(index, region)`, `onPick(index)` tell.
  constructor(stage, { regions, onDraw, onSet, onPick, onStep }) {
    Object.assign(this, { regions, onDraw, onSet, onPick, onStep });
    this.image = stage.querySelector("img");
    this.sheet = stage.querySelector("svg");
    this.sheet.addEventListener("pointerdown", (event) => event.button === 0 && this.#start(event));
    this.image.addEventListener("load", () => this.show());
  }

  show(drawn = null) {
    const width = this.image.naturalWidth || 100;
    const height = this.image.naturalHeight || 100;
    this.sheet.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const all = [...this.regions().map((region, index) => [region, index]), ...(drawn ? [[drawn, null]] : [])];
    this.sheet.replaceChildren(...all.map(([region, index]) => drawing(region, index, width, height)));
  }

  #start(down) {
    down.preventDefault();
    const start = this.#placeOf(down);
    const index = down.target.dataset.index === undefined ? null : Number(down.target.dataset.index);
    const before = index === null ? null : this.regions()[index];
    const isSizing = "corner" in down.target.dataset;
    const now = (event) => {
      const { x, y } = this.#placeOf(event);
      if (before === null) return spanned(start, { x, y });
      return isSizing ? sized(before, x - start.x, y - start.y) : moved(before, x - start.x, y - start.y);
    };
    let hasMoved = false;
    const events = new AbortController();
    const { signal } = events;
    this.sheet.setPointerCapture(down.pointerId);
    this.sheet.addEventListener("pointermove", (event) => {
      if (!hasMoved && index !== null) this.onStep();
      hasMoved = true;
      if (index === null) this.show(now(event));
      else this.#set(index, now(event));
    }, { signal });
    this.sheet.addEventListener("pointercancel", () => {
      events.abort();
      this.show();
    }, { signal });
    this.sheet.addEventListener("pointerup", (event) => {
      events.abort();
      this.#end(index, hasMoved, now(event));
    }, { signal });
  }

  #set(index, region) {
    this.onSet(index, region);
    this.show();
  }

  #end(index, hasMoved, region) {
    if (index !== null && !hasMoved) this.onPick(index);
    else if (index !== null) this.#set(index, region);
    else if (region[2] >= SMALLEST && region[3] >= SMALLEST) this.onDraw(region);
    else this.show();
  }

  #placeOf(event) {
    const box = this.sheet.getBoundingClientRect();
    return {
      x: within(((event.clientX - box.left) * 100) / box.width, 0, 100),
      y: within(((event.clientY - box.top) * 100) / box.height, 0, 100),
    };
  }
}

function spanned(one, other) {
  const left = Math.min(one.x, other.x);
  const top = Math.min(one.y, other.y);
  return rounded([left, top, Math.abs(one.x - other.x), Math.abs(one.y - other.y)]);
}

function moved([left, top, width, height], x, y) {
  return rounded([within(left + x, 0, 100 - width), within(top + y, 0, 100 - height), width, height]);
}

function sized([left, top, width, height], x, y) {
  return rounded([left, top, within(width + x, SMALLEST, 100 - left), within(height + y, SMALLEST, 100 - top)]);
}

function rounded(region) {
  return region.map((value) => Math.round(value * 10) / 10);
}

function within(value, least, most) {
  return Math.min(Math.max(value, least), Math.max(least, most));
}

function drawing([left, top, width, height], index, wide, high) {
  const [x, y, w, h] = [(left * wide) / 100, (top * high) / 100, (width * wide) / 100, (height * high) / 100];
  const size = Math.max(wide, high) / 26;
  const group = made("g", { class: "quiz-region" });
  const data = index === null ? {} : { "data-index": index };
  group.append(made("rect", { x, y, width: w, height: h, rx: size / 4, ...data }));
  if (index === null) return group;
  const words = made("text", { x: x + size * 0.35, y: y + size * 1.05, "font-size": size * 1.1 });
  words.textContent = String(index + 1);
  group.append(words, made("circle", { cx: x + w, cy: y + h, r: size * 0.6, "data-corner": "", ...data }));
  return group;
}

function made(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
