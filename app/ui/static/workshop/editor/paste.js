// What is pasted: a picture goes through the picture dialog; text from Word, Google Docs, Zalo or a page is turned into
// Markdown by the server, its pictures put into the draft first; plain text stays plain.
import { normalForm } from "./normal_form.js";

const STRUCTURE = /<(?:h[1-6]|ul|ol|li|table|img|b|strong|i|em|a|p\b[^>]*mso)[\s>]/i;
export const IMAGE_SOURCE = /(<img\b[^>]*?\bsrc\s*=\s*)("[^"]*"|'[^']*')/gi;
const MOST_PICTURES = 40;
const TYPES = { pngblip: "image/png", jpegblip: "image/jpeg" };

// Reads the clipboard at once: after the event it is empty. Gives {files}, {html, rtf, plain} or null for plain text.
export function readClipboard({ clipboardData }) {
  if (!clipboardData) return null;
  const html = clipboardData.getData("text/html");
  const plain = clipboardData.getData("text/plain");
  const files = [...clipboardData.files];
  if (files.length && !plain.trim()) return { files };
  if (!STRUCTURE.test(html)) return null;
  return { html, plain, rtf: clipboardData.getData("text/rtf") };
}

// Gives {markdown, notes}; throws where the server cannot be asked.
export async function convert({ html, rtf }, { url, token, media }) {
  const form = new FormData();
  form.append("html", await withPicturesUploaded(html, rtf, media));
  const headers = { Accept: "application/json", "X-CSRF-Token": token() };
  const response = await fetch(url, { method: "POST", headers, body: form }).catch(() => null);
  const answer = (await response?.json().catch(() => null)) ?? {};
  if (!response?.ok) throw new Error(answer.error ?? "");
  const markdown = await withOwnPictures(answer.markdown, answer.pictures, media);
  return { markdown: normalForm(markdown).trimEnd(), notes: answer.notes };
}

// Pictures that stood in the text itself come back with it, and go into the draft.
async function withOwnPictures(markdown, pictures, media) {
  let text = markdown;
  for (const { path, content } of pictures) {
    const blob = new Blob([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))]);
    const added = await media.upload(blob, path.split("/").at(-1)).catch(() => null);
    if (added) text = text.replaceAll(`](${path})`, `](${added.path})`);
  }
  return text;
}

// Word names its pictures by files that no page may read, and puts them into the RTF beside: in the same order.
async function withPicturesUploaded(html, rtf, media) {
  const inRtf = picturesInRtf(rtf);
  const sources = [...html.matchAll(IMAGE_SOURCE)].map((match) => match[2].slice(1, -1));
  const paths = new Map();
  for (const [index, source] of sources.filter((address) => address.startsWith("file:")).entries()) {
    const blob = inRtf.shift();
    const added = blob && (await media.upload(blob, `hinh-${index + 1}.${blob.type.split("/")[1]}`).catch(() => null));
    if (added) paths.set(source, added.path);
  }
  return html.replace(IMAGE_SOURCE, (whole, before, quoted) => {
    const path = paths.get(quoted.slice(1, -1));
    return path ? `${before}"${path}"` : whole;
  });
}

// {\pict …\pngblip … 89504e47…}: pictures as hexadecimal digits. Word adds a second form of each for old programs, which
// is neither PNG nor JPEG and is passed over.
export function picturesInRtf(rtf) {
  const found = [];
  let at = rtf.indexOf("{\\pict");
  while (at >= 0 && found.length < MOST_PICTURES) {
    const { own, end } = ownTextOf(rtf, at);
    const type = TYPES[/\\(pngblip|jpegblip)/.exec(own)?.[1]];
    const digits = own.slice(own.lastIndexOf("\\")).replace(/^\\\S*\s*/, "");
    if (type && digits) found.push(new Blob([bytesOfHex(digits)], { type }));
    at = rtf.indexOf("{\\pict", end);
  }
  return found;
}

// What stands in the group that begins at `start`, without the groups inside it.
function ownTextOf(rtf, start) {
  const parts = [];
  let depth = 0;
  let from = start;
  for (const brace = /[{}]/g; ; ) {
    brace.lastIndex = from;
    const at = brace.exec(rtf)?.index ?? rtf.length;
    if (depth === 1) parts.push(rtf.slice(from, at));
    depth += rtf[at] === "{" ? 1 : -1;
    from = at + 1;
    if (depth <= 0 || at === rtf.length) return { own: parts.join(" "), end: from };
  }
}

function bytesOfHex(digits) {
  const plain = digits.replace(/\s+/g, "");
  const bytes = new Uint8Array(plain.length >> 1);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = Number.parseInt(plain.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}
