// Standard input: JSON {name: GIFT}. Standard output: JSON {name: [question as gift-pegjs reads it, or {error, text}]}.
// One fault makes gift-pegjs refuse a whole file: then each paragraph is judged by itself.
import { readFileSync } from "node:fs";
import gift from "gift-pegjs";

function judged(text) {
  try {
    return gift.parse(text);
  } catch (fault) {
    return [{ error: fault.message, text: text.trim() }];
  }
}

function judgedFile(text) {
  const whole = judged(text);
  if (!whole.some((question) => question.error)) return whole;
  const paragraphs = text.replaceAll("\r\n", "\n").split(/\n[ \t]*\n/);
  return paragraphs
    .filter((paragraph) => paragraph.split("\n").some((line) => line.trim() && !line.trim().startsWith("//")))
    .flatMap((paragraph) => judged(paragraph.trim() + "\n"));
}

const files = JSON.parse(readFileSync(0, "utf8"));
const verdicts = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, judgedFile(text)]));
process.stdout.write(JSON.stringify(verdicts));
