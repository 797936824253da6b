// A text pasted on the page of a new course: the form takes it as it was copied, its pictures inside it, and the page says
// what was received. The words themselves are turned into lessons by the server, on the next page.
import { IMAGE_SOURCE, picturesInRtf, readClipboard } from "./editor/paste.js";

const WIDEST = 1_440;
const HEAVY = 300_000;
const QUALITY = 0.85;
const BEGINNING = 160;
const HEADING = /<h[1-6][\s>]|<p\b[^>]*(?:mso-outline-level:\s*\d|class=["']?MsoTitle)/gi;

class PastedText {
  constructor(form) {
    this.form = form;
    this.plain = form.querySelector("[data-plain]");
    this.shown = form.querySelector("[data-shown]");
    this.text = form.elements.namedItem("text");
    this.html = form.elements.namedItem("html");
    this.text.addEventListener("paste", (event) => this.#paste(event));
    form.querySelector("[data-again]").addEventListener("click", () => this.#again());
    if (this.html.value) this.#show(this.html.value, "");
  }

  #paste(event) {
    const content = readClipboard(event);
    if (!content?.html) return;
    event.preventDefault();
    this.#take(content);
  }

  async #take({ html, rtf, plain }) {
    const whole = await withPicturesInside(html, rtf);
    this.html.value = whole;
    this.#show(whole, plain);
    this.shown.focus();
  }

  #show(html, plain) {
    const sources = [...html.matchAll(IMAGE_SOURCE)].map((match) => match[2].slice(1, 6));
    const inside = sources.filter((beginning) => beginning === "data:").length;
    const words = plain.trim().split(/\s+/).filter(Boolean);
    const counts = {
      words: words.length,
      headings: [...html.matchAll(HEADING)].length,
      tables: [...html.matchAll(/<table[\s>]/gi)].length,
      pictures: inside,
    };
    this.#say("[data-sentence]", this.form.dataset.received, counts);
    this.shown.querySelector("[data-beginning]").textContent = beginningOf(plain);
    this.shown.querySelector("[data-missing]").hidden = inside === sources.length;
    this.#say("[data-missing]", this.form.dataset.left, { count: sources.length - inside });
    this.plain.hidden = true;
    this.shown.hidden = false;
  }

  #say(where, sentence, values) {
    const spoken = sentence.replace(/\{(\w+)\}/g, (_, name) => values[name].toLocaleString("vi"));
    this.shown.querySelector(where).textContent = spoken;
  }

  #again() {
    this.html.value = "";
    this.text.value = "";
    this.shown.hidden = true;
    this.plain.hidden = false;
    this.text.focus();
  }
}

function beginningOf(plain) {
  const words = plain.trim().replace(/\s+/g, " ");
  return words.length > BEGINNING ? `${words.slice(0, BEGINNING)}…` : words;
}

// Word names its pictures by files of that computer and puts them into the RTF beside, in the same order.
async function withPicturesInside(html, rtf) {
  const inRtf = picturesInRtf(rtf);
  const files = new Set([...html.matchAll(IMAGE_SOURCE)].map((match) => match[2]).filter((source) => /^.file:/.test(source)));
  if (files.size !== inRtf.length) return html;
  const addresses = new Map();
  for (const source of files) addresses.set(source, await addressOf(await lighter(inRtf.shift())));
  return html.replace(IMAGE_SOURCE, (whole, before, source) => {
    const address = addresses.get(source);
    return address ? `${before}"${address}"` : whole;
  });
}

// No larger than phones need: the server makes it smaller still, but it has to get there first.
async function lighter(blob) {
  const picture = await createImageBitmap(blob).catch(() => null);
  if (!picture || (picture.width <= WIDEST && blob.size <= HEAVY)) return blob;
  const scale = Math.min(1, WIDEST / picture.width);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const paper = canvas.getContext("2d");
  paper.fillStyle = "white";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return made && made.size < blob.size ? made : blob;
}

function addressOf(blob) {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => done("");
    reader.readAsDataURL(blob);
  });
}

for (const form of document.querySelectorAll("[data-paste]")) new PastedText(form);
