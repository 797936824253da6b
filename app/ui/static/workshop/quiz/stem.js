// The lead-in of a question as text and pictures: pictures that stand alone before or behind the text are shown as such.
const PICTURE = /^!\[((?:\\.|[^\]\\])*)\]\(<?([^)\s>]+)>?\)$/;

// {text, pictures: [{alt, path}], isBefore}
export function splitStem(stem) {
  const lines = stem.split("\n");
  const leading = runOf(lines);
  if (leading.pictures.length && leading.end < lines.length) {
    return { text: lines.slice(leading.end).join("\n"), pictures: leading.pictures, isBefore: true };
  }
  const trailing = runOf([...lines].reverse());
  const text = lines.slice(0, lines.length - trailing.end).join("\n");
  return { text, pictures: trailing.pictures.reverse(), isBefore: false };
}

export function joinStem({ text, pictures, isBefore }) {
  const shown = pictures.map(({ alt, path }) => `![${plain(alt)}](${path})`);
  const words = text.replace(/^\n+|\s+$/g, "");
  return (isBefore ? [...shown, words] : [words, ...shown]).filter(Boolean).join("\n\n");
}

// Pictures and blank lines up to the first line of text.
function runOf(lines) {
  const pictures = [];
  let end = 0;
  for (const [index, line] of lines.entries()) {
    const found = PICTURE.exec(line.trim());
    if (!found && line.trim()) break;
    if (found) pictures.push({ alt: found[1], path: found[2] });
    end = index + 1;
  }
  return { pictures, end };
}

function plain(alt) {
  return alt.replace(/\s+/g, " ").replace(/[[\]\\]/g, "").trim();
}
