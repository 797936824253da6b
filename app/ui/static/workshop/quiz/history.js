// What was done in the form, step by step: it can be taken back and done again, also after a reload. A step is how the
// quiz was, {parts, settings}; steps share the copies of those parts that are the same in them.
import { same } from "./model.js";

const MOST_STEPS = 60;
const MOST_LETTERS = 1_000_000;

export class History {
  constructor() {
    this.steps = [];
    this.undone = [];
    this.copies = new WeakMap();
    this.sizes = new WeakMap();
  }

  // How things are, to come back to.
  snapshot(parts, settings) {
    return { parts: parts.map((part) => this.#copyOf(part)), settings: { ...settings } };
  }

  // This part is other than its copy from here on.
  touch(part) {
    this.copies.delete(part);
  }

  push(snapshot) {
    this.steps.push(snapshot);
    if (this.steps.length > MOST_STEPS) this.steps.shift();
    this.undone = [];
  }

  // The step before, or nothing; `now` can be gone forward to.
  back(now) {
    return goOver(this.steps, this.undone, now);
  }

  forward(now) {
    return goOver(this.undone, this.steps, now);
  }

  // The part of this copy: the living one where it says the same.
  partOf(copy, living) {
    if (living && isAlike(copy, living)) return living;
    const part = structuredClone(copy);
    part.savedKey ||= living?.savedKey ?? "";
    if (part.question) part.question.key ||= living?.question?.key ?? "";
    this.copies.set(part, copy);
    return part;
  }

  // What the browser keeps: the latest steps, so many as are within bounds.
  kept(now) {
    const counted = new Set();
    let letters = 0;
    const fits = (snapshot) => {
      for (const copy of snapshot.parts) {
        if (!counted.has(copy)) letters += this.#sizeOf(copy);
        counted.add(copy);
      }
      return letters <= MOST_LETTERS;
    };
    fits(now);
    return { now, steps: lastOf(this.steps, fits), undone: lastOf(this.undone, fits) };
  }

  // Go on from what was kept: these parts and settings are what became of it.
  take({ now, steps, undone }, parts, settings) {
    const isSameKind = ({ kind }, place) => kind === now.parts[place].kind;
    const isSameList = parts.length === now.parts.length && parts.every(isSameKind);
    let isThere = isSameList && same(now.settings, settings);
    for (const [place, part] of isSameList ? parts.entries() : []) {
      const copy = now.parts[place];
      Object.assign(part, { id: copy.id, setAside: structuredClone(copy.setAside) });
      if (isAlike(copy, part)) this.copies.set(part, copy);
      else isThere = false;
    }
    this.steps = isThere ? steps : [...steps, now];
    this.undone = isThere ? undone : [];
  }

  #copyOf(part) {
    if (!this.copies.has(part)) this.copies.set(part, structuredClone(part));
    return this.copies.get(part);
  }

  #sizeOf(copy) {
    if (!this.sizes.has(copy)) this.sizes.set(copy, JSON.stringify(copy).length);
    return this.sizes.get(copy);
  }
}

function isAlike(one, other) {
  if (one.kind !== other.kind) return false;
  if (one.kind === "raw") return one.markdown === other.markdown;
  if (one.kind === "pool") return same(one.pool, other.pool);
  return same({ ...one.question, key: "" }, { ...other.question, key: "" });
}

function goOver(from, to, now) {
  const snapshot = from.pop();
  if (snapshot) to.push(now);
  return snapshot;
}

function lastOf(snapshots, fits) {
  const first = snapshots.findLastIndex((snapshot) => !fits(snapshot));
  return snapshots.slice(first + 1);
}
