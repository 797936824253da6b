// The page "Lời và hình gửi Zalo": copies the message, draws the picture from the system's fonts, saves and sends it.
// Every word comes from the page, in data attributes of the element marked data-share-picture.

const WIDTH = 1080;
const HEIGHT = 1350;
const EDGE = 72;
const BAND = 1180;
const FONTS = 'system-ui, Roboto, "Segoe UI", "Noto Sans", sans-serif';
const PAPER = "#fffcf5";
const INK = "#1c1b17";
const GREEN = "#0b5136";
const QUIET_ZONE = 4;

function font(context, size, weight) {
  context.font = `${weight} ${size}px ${FONTS}`;
}

/** The words in lines of at most `width`; a word longer than that is cut. */
function linesOf(context, text, width) {
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (context.measureText(longer).width <= width) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = "";
    for (const letter of word) {
      if (context.measureText(line + letter).width > width) {
        lines.push(line);
        line = "";
      }
      line += letter;
    }
  }
  if (line) lines.push(line);
  return lines;
}

/** Write `text` as large as fits into the box, from `largest` downwards; gives the y below it. */
function write(context, text, { x, y, width, height, largest, smallest, weight = 700, colour = INK, spacing = 1.2 }) {
  let size = largest + 2;
  let lines = [];
  do {
    size -= 2;
    font(context, size, weight);
    lines = linesOf(context, text, width);
  } while (lines.length * size * spacing > height && size > smallest);
  context.fillStyle = colour;
  context.textBaseline = "top";
  lines.forEach((line, index) => context.fillText(line, x, y + index * size * spacing));
  return y + lines.length * size * spacing;
}

function drawQr(context, rows, x, y, side) {
  const module = Math.floor(side / (rows.length + 2 * QUIET_ZONE));
  const whole = module * (rows.length + 2 * QUIET_ZONE);
  context.fillStyle = "#fff";
  context.fillRect(x, y, whole, whole);
  context.fillStyle = "#000";
  rows.forEach((row, down) =>
    [...row].forEach((bit, across) => {
      if (bit === "1")
        context.fillRect(x + (across + QUIET_ZONE) * module, y + (down + QUIET_ZONE) * module, module, module);
    }),
  );
  return whole;
}

function draw(words) {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", words.describe);
  const context = canvas.getContext("2d");
  const inner = WIDTH - 2 * EDGE;
  context.fillStyle = PAPER;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = GREEN;
  context.fillRect(0, 0, WIDTH, 130);
  write(context, words.place || "Học Số", {
    x: EDGE, y: 44, width: inner, height: 60, largest: 42, smallest: 24, colour: "#fff",
  });
  let y = write(context, words.goal, {
    x: EDGE, y: 178, width: inner, height: 330, largest: 108, smallest: 40, weight: 800, colour: GREEN, spacing: 1.15,
  });
  if (words.title)
    y = write(context, words.title, {
      x: EDGE, y: y + 16, width: inner, height: 150, largest: 44, smallest: 24, weight: 400,
    });
  y = write(context, words.scan, { x: EDGE, y: y + 36, width: inner, height: 56, largest: 46, smallest: 30 });
  const top = y + 20;
  const side = drawQr(context, words.qr.split(" "), EDGE, top, Math.min(540, BAND - 24 - top));
  const right = EDGE + side + 32;
  const column = { x: right, width: WIDTH - EDGE - right };
  y = write(context, words.open, { ...column, y: top + 16, height: 90, largest: 36, smallest: 26, weight: 400 });
  y = write(context, words.address, { ...column, y: y + 8, height: 56, largest: 44, smallest: 26 });
  y = write(context, words.type, { ...column, y: y + 16, height: 45, largest: 36, smallest: 26, weight: 400 });
  write(context, words.code, { ...column, y: y + 8, height: 110, largest: 92, smallest: 44, weight: 800 });
  context.fillStyle = "#ffd25a";
  context.fillRect(0, BAND, WIDTH, HEIGHT - BAND);
  write(context, words.facts, {
    x: EDGE, y: BAND + 18, width: inner, height: 56, largest: 44, smallest: 30, colour: INK,
  });
  write(context, words.help, {
    x: EDGE, y: BAND + 80, width: inner, height: 80, largest: 32, smallest: 18, weight: 400, colour: INK,
  });
  return canvas;
}

function offerPicture(place) {
  const canvas = draw(place.dataset);
  place.querySelector("[data-picture-missing]").remove();
  place.append(canvas);
  canvas.toBlob((blob) => {
    const file = new File([blob], place.dataset.file, { type: "image/png" });
    const save = document.querySelector("[data-picture-save]");
    save.hidden = false;
    save.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = file.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    });
    const send = document.querySelector("[data-picture-send]");
    if (!navigator.canShare?.({ files: [file] })) return;
    send.hidden = false;
    send.addEventListener("click", () => {
      const text = document.getElementById("share-text").textContent;
      navigator.share({ files: [file], text }).catch(() => {});
    });
  }, "image/png");
}

/** Marks the words and copies them: also where the page has no clipboard, as without https. */
function copyMarked(source) {
  const selection = getSelection();
  selection.selectAllChildren(source);
  return document.execCommand("copy");
}

function offerCopy(button) {
  const source = document.getElementById(button.dataset.copy);
  const said = document.querySelector("[data-copy-said]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const isCopied = navigator.clipboard
      ? await navigator.clipboard.writeText(source.textContent).then(() => true, () => copyMarked(source))
      : copyMarked(source);
    if (isCopied) said.textContent = button.dataset.copied;
  });
}

document.querySelectorAll("[data-copy]").forEach(offerCopy);
document.querySelectorAll("[data-share-picture]").forEach(offerPicture);
