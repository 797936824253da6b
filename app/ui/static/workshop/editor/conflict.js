// Somebody else saved another text of the same item: both are shown, side by side on a laptop, one below the other on a
// phone, and a third that is made of them can be written. Nothing is saved before the person has chosen.
import { ask } from "./dialogs.js";
import { element } from "./words.js";

// `theirs.kind` says whose it is: "person", "own" (the same person elsewhere) or "copy" (kept here by another tab).
// Gives {text, choice} to go on with, or null when the person closed the dialog to decide later.
export async function settleConflict(dialog, { mine, myTitle, theirs, words, phrases, isNarrow }) {
  const say = (word) => words(`${theirs.kind}_${word}`, { name: theirs.by, time: theirs.at, title: theirs.front.title });
  dialog.querySelector("[data-conflict-who]").textContent = say("who");
  const title = dialog.querySelector("[data-conflict-title]");
  title.hidden = theirs.front.title === myTitle;
  title.textContent = say("title");
  dialog.querySelector("[data-take-theirs]").textContent = say("take");
  const labels = { theirs: say("text"), merged: words("merged_text") };
  const place = dialog.querySelector("[data-conflict-texts]");
  place.replaceChildren();
  const show = isNarrow ? showPlain : (await import("./merge_sheet.js")).showMerge;
  const sheet = show(place, mine, theirs.text, { labels, phrases, words });
  const answer = await ask(dialog);
  const texts = { mine: () => mine, theirs: () => theirs.text, merged: () => sheet.text() };
  const choice = answer?.get("choice");
  const settled = choice ? { text: texts[choice](), choice } : null;
  sheet.destroy();
  return settled;
}

function showPlain(place, mine, theirs, { labels }) {
  const field = (label, text, readonly) => {
    const area = element("textarea", { rows: 10, readonly });
    area.defaultValue = text;
    place.append(element("label", { class: "conflict-text" }, label, area));
    return area;
  };
  field(labels.theirs, theirs, true);
  const merged = field(labels.merged, mine, false);
  return { text: () => merged.value, destroy: () => place.replaceChildren() };
}
