// Two people in one quiz: part by part it is told what differs, and the person chooses. What only one of them touched
// is taken from that one; nothing is dropped unseen.
import { ask } from "../editor/dialogs.js";
import { element } from "../editor/words.js";
import { bodyOf, same } from "./model.js";
import { differing } from "./quiz_state.js";
import { part as find, freshId } from "./templates.js";

// {items: [{mine, theirs, choice, isListed}] in their order, settings}. A side is {body, text}, or nothing where the part is
// missing; the person is asked about what is listed.
export function compare(base, mine, theirs) {
  const known = new Map((base?.parts ?? []).map((part) => [nameOf(part), part.markdown]));
  const left = new Map(theirs.parts.map((part) => [nameOf(part), part]));
  const items = mine.parts.map((part) => {
    const name = nameOf(part);
    const other = left.get(name);
    left.delete(name);
    return itemOf(known.get(name), part, other);
  });
  for (const [name, part] of left) {
    const place = theirs.parts.indexOf(part);
    const before = place ? nameOf(theirs.parts[place - 1]) : null;
    const index = items.findIndex((item) => item.name === before);
    items.splice(before === null ? 0 : index < 0 ? items.length : index + 1, 0, itemOf(known.get(name), null, part));
  }
  return { items, settings: settingsOf(base, mine, theirs) };
}

function nameOf(part) {
  const key = part.question?.key || part.savedKey;
  if (key) return `question ${key}`;
  return part.kind === "pool" ? `pool ${part.pool.name}` : `text ${part.markdown.trim() || part.id}`;
}

// `before` is the text from which both began; none where nobody knows, or where it is new.
function itemOf(before, mine, theirs) {
  const side = (part) => part && { body: bodyOf(part), text: textOf(part) };
  const isKnown = before !== undefined;
  const isSame = mine && theirs && saysTheSame(mine, theirs);
  const isOurs = mine ? mine.isChanged || (isKnown && mine.markdown !== before) : isKnown;
  const isTheirs = !isSame && (theirs ? theirs.markdown !== before : isKnown);
  const choice = mine && (isOurs || !isTheirs) ? "mine" : isKnown && !mine && !isTheirs ? "mine" : "theirs";
  return { name: nameOf(mine ?? theirs), mine: side(mine), theirs: side(theirs), choice, isListed: isTheirs };
}

// What neither has touched is compared letter by letter, anything else by what it says.
function saysTheSame(mine, theirs) {
  if (!mine.isChanged && !theirs.isChanged) return mine.markdown.trim() === theirs.markdown.trim();
  return same(valuesOf(mine), valuesOf(theirs));
}

function valuesOf(part) {
  const { question, pool, markdown } = bodyOf({ ...part, isChanged: true });
  return question ? { ...question, key: "" } : (pool ?? markdown.trim());
}

function textOf(part) {
  if (!part.isChanged || part.kind === "raw") return part.markdown.trim();
  if (part.kind === "pool") return part.pool.name;
  const { title, stem, options, pairs, steps, explanation } = part.question;
  const lines = [...options.map(({ words, right }) => `${right ? "✓" : "–"} ${words}`), ...pairs.map((pair) => pair.join(" → ")), ...steps];
  return [title, stem, ...lines, explanation].filter(Boolean).join("\n");
}

function settingsOf(base, mine, theirs) {
  const before = base?.settings ?? theirs.settings;
  const ours = differing(mine.settings, before);
  const others = differing(theirs.settings, before);
  const both = Object.keys(ours).filter((name) => name in others && others[name] !== ours[name]);
  return { ours, both: both.map((name) => ({ name, mine: ours[name], theirs: theirs.settings[name] })) };
}

// Gives {parts, settings} to go on with, or null where the person closes the dialog to decide later. Where there is
// nothing to choose nobody is asked. `kind` says whose the other is: "person", "own" (the same person elsewhere) or "copy"
// (kept here by another tab).
export async function askMerge(dialog, { compared, kind, by, at, words, templates }) {
  const take = words(`${kind}_take`, { name: by });
  const open = compared.items.filter((item) => item.isListed);
  const rows = open.map((item) => rowOf(item, { take, words, templates }));
  const { both } = compared.settings;
  const settings = both.length ? rowOf(settingsItem(both, words), { take, words, templates }) : null;
  const count = rows.length + (settings ? 1 : 0);
  dialog.querySelector("[data-merge-who]").textContent = words(`${kind}_who`, { name: by, time: at, count });
  dialog.querySelector("[data-merge-list]").replaceChildren(...rows, ...(settings ? [settings] : []));
  const isDecided = count === 0 || (await ask(dialog));
  if (!isDecided) return null;
  const chosen = (row) => row.querySelector("input:checked").value;
  open.forEach((item, index) => (item.choice = chosen(rows[index])));
  const kept = { ...compared.settings.ours };
  if (settings && chosen(settings) === "theirs") for (const { name } of both) delete kept[name];
  return { parts: compared.items.map((item) => item[item.choice]?.body).filter(Boolean), settings: kept };
}

function settingsItem(both, words) {
  const said = (side) => ({ text: both.map((each) => `${each.name}: ${each[side]}`).join("\n") });
  return { title: words("merge_settings"), mine: said("mine"), theirs: said("theirs"), choice: "mine" };
}

function rowOf({ title, mine, theirs, choice }, { take, words, templates }) {
  const row = templates("difference");
  const name = freshId("choice");
  find(row, "legend").textContent = title ?? (mine ?? theirs).text.split("\n")[0].replace(/^#+ /, "");
  for (const [side, shown, label] of [["mine", mine, words("merge_mine")], ["theirs", theirs, take]]) {
    find(row, side).name = name;
    find(row, side).defaultChecked = side === choice;
    find(row, `${side}-name`).textContent = label;
    find(row, `${side}-text`).replaceChildren(shown ? shown.text : element("em", {}, words("merge_gone")));
  }
  return row;
}
