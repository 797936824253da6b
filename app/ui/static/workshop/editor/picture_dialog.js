// A picture before it is put in: cropped, with what is personal made unreadable, not wider than needed, and said in words.
// What a pointer can draw can be typed as numbers too. The file that was chosen never leaves this browser.
import { ask } from "./dialogs.js";
import { element } from "./words.js";

const WIDEST = 1280;
const HIGHEST = 3000;
const SMALLEST = 24;
const QUALITY = 0.86;
const CELLS = 5;
const PNG_UP_TO = 300_000;
const SIDES = ["left", "top", "right", "bottom"];
const MEASURES = ["x", "y", "width", "height"];

// Gives {blob, alt}, or null. Throws where the file is no picture that a browser can open.
export async function askPicture(dialog, file, words) {
  const picture = await createImageBitmap(file);
  const sheet = new Sheet(dialog, picture, words);
  const answer = await ask(dialog, {}, { onOpen: (form, signal) => sheet.open(form, signal) });
  const result = answer && { blob: await sheet.blob(file.type), alt: answer.get("alt").trim() };
  picture.close();
  return result;
}

// Shown and worked on at the size at which it will be kept: measures are pixels of that size.
class Sheet {
  constructor(dialog, picture, words) {
    const scale = Math.min(1, WIDEST / picture.width, HIGHEST / picture.height);
    this.width = Math.max(1, Math.round(picture.width * scale));
    this.height = Math.max(1, Math.round(picture.height * scale));
    this.picture = picture;
    this.words = words;
    this.canvas = dialog.querySelector("canvas");
    this.list = dialog.querySelector("[data-blurs]");
    this.crop = { left: 0, top: 0, right: 0, bottom: 0 };
    this.blurs = [];
  }

  open(form, signal) {
    this.form = form;
    Object.assign(this.canvas, { width: this.width, height: this.height });
    for (const side of SIDES) {
      const field = form.elements[side];
      field.max = side === "left" || side === "right" ? this.width - 1 : this.height - 1;
      field.addEventListener("input", () => this.#setCrop({ ...this.crop, [side]: field.valueAsNumber || 0 }), { signal });
    }
    const middle = { x: this.width * 0.25, y: this.height * 0.4, width: this.width * 0.5, height: this.height * 0.2 };
    form.querySelector("[data-add-blur]").addEventListener("click", () => this.#addBlur(middle), { signal });
    this.canvas.addEventListener("pointerdown", (event) => this.#draw(event), { signal });
    this.#listBlurs();
    this.#paint();
  }

  async blob(type) {
    const { left, top } = this.crop;
    const width = this.width - left - this.crop.right;
    const height = this.height - top - this.crop.bottom;
    const kept = Object.assign(document.createElement("canvas"), { width, height });
    this.#paint({ isShown: false });
    kept.getContext("2d").drawImage(this.canvas, -left, -top);
    if (type === "image/png") {
      const png = await blobOf(kept, "image/png");
      if (png.size <= PNG_UP_TO) return png;
    }
    return blobOf(onWhite(kept), "image/jpeg");
  }

  #setCrop(crop) {
    crop.left = within(crop.left, 0, this.width - SMALLEST);
    crop.top = within(crop.top, 0, this.height - SMALLEST);
    crop.right = within(crop.right, 0, Math.max(0, this.width - crop.left - SMALLEST));
    crop.bottom = within(crop.bottom, 0, Math.max(0, this.height - crop.top - SMALLEST));
    this.crop = crop;
    for (const side of SIDES) {
      const field = this.form.elements[side];
      if (field !== document.activeElement) field.value = crop[side];
    }
    this.#paint();
  }

  #addBlur(area) {
    this.blurs.push(rounded(area));
    this.#listBlurs();
    this.list.lastElementChild.querySelector("input").focus();
    this.#paint();
  }

  #listBlurs() {
    this.list.replaceChildren(...this.blurs.map((blur, index) => this.#rowOf(blur, index)));
  }

  #rowOf(blur, index) {
    const number = index + 1;
    const fields = MEASURES.map((measure) => {
      const field = element("input", { type: "number", min: 0, max: 5000, value: blur[measure], inputmode: "numeric" });
      field.addEventListener("input", () => {
        blur[measure] = Math.max(0, field.valueAsNumber || 0);
        this.#paint();
      });
      return element("label", {}, this.words(`blur_${measure}`), field);
    });
    const remove = element("button", { type: "button", class: "chip" }, this.words("blur_remove", { number }));
    remove.addEventListener("click", () => {
      this.blurs.splice(index, 1);
      this.#listBlurs();
      this.form.querySelector("[data-add-blur]").focus();
      this.#paint();
    });
    const legend = element("legend", {}, this.words("blur_name", { number }));
    return element("li", {}, element("fieldset", {}, legend, element("div", { class: "measures" }, ...fields), remove));
  }

  // Drag on the picture: what to keep, or what to make unreadable.
  #draw(down) {
    const start = this.#placeOf(down);
    const areaTo = (event) => {
      const { x, y } = this.#placeOf(event);
      const [width, height] = [Math.abs(x - start.x), Math.abs(y - start.y)];
      return { x: Math.min(x, start.x), y: Math.min(y, start.y), width, height };
    };
    const events = new AbortController();
    this.canvas.setPointerCapture(down.pointerId);
    down.preventDefault();
    this.canvas.addEventListener("pointermove", (event) => this.#paint({ drawn: areaTo(event) }), events);
    this.canvas.addEventListener("pointercancel", () => events.abort(), events);
    this.canvas.addEventListener("pointerup", (event) => {
      events.abort();
      this.#drawn(rounded(areaTo(event)));
    }, events);
  }

  #drawn({ x, y, width, height }) {
    if (width < SMALLEST / 2 || height < SMALLEST / 2) this.#paint();
    else if (this.form.elements.tool.value === "blur") this.#addBlur({ x, y, width, height });
    else this.#setCrop({ left: x, top: y, right: this.width - x - width, bottom: this.height - y - height });
  }

  #placeOf(event) {
    const box = this.canvas.getBoundingClientRect();
    return {
      x: within(((event.clientX - box.left) * this.width) / box.width, 0, this.width),
      y: within(((event.clientY - box.top) * this.height) / box.height, 0, this.height),
    };
  }

  #paint({ isShown = true, drawn = null } = {}) {
    const context = this.canvas.getContext("2d");
    context.clearRect(0, 0, this.width, this.height);
    context.drawImage(this.picture, 0, 0, this.width, this.height);
    for (const blur of this.blurs) this.#makeUnreadable(context, blur);
    if (!isShown) return;
    const { left, top, right, bottom } = this.crop;
    context.fillStyle = "rgb(28 27 23 / 65%)";
    context.beginPath();
    context.rect(0, 0, this.width, this.height);
    context.rect(left, top, this.width - left - right, this.height - top - bottom);
    context.fill("evenodd");
    context.lineWidth = Math.max(2, this.width / 300);
    context.strokeStyle = "#ffd25a";
    for (const { x, y, width, height } of drawn ? [...this.blurs, drawn] : this.blurs) context.strokeRect(x, y, width, height);
  }

  // A few cells over the whole area, drawn large: no letter or digit can be told from them.
  #makeUnreadable(context, { x, y, width, height }) {
    if (width < 1 || height < 1) return;
    const cell = Math.max(width, height) / CELLS;
    const small = document.createElement("canvas");
    small.width = Math.max(1, Math.round(width / cell));
    small.height = Math.max(1, Math.round(height / cell));
    const scale = this.picture.width / this.width;
    const ink = small.getContext("2d");
    ink.imageSmoothingQuality = "high";
    ink.drawImage(this.picture, x * scale, y * scale, width * scale, height * scale, 0, 0, small.width, small.height);
    context.drawImage(small, x, y, width, height);
  }
}

function rounded({ x, y, width, height }) {
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}

function within(value, least, most) {
  return Math.round(Math.min(Math.max(value, least), most));
}

function onWhite(canvas) {
  const context = canvas.getContext("2d");
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  return canvas;
}

function blobOf(canvas, type) {
  return new Promise((resolve) => canvas.toBlob(resolve, type, QUALITY));
}
