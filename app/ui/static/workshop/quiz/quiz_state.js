// The parts of a quiz with what was done to them: every change can be taken back.
import { normalForm, withoutHalves } from "../editor/normal_form.js";
import { History } from "./history.js";
import { bodyOf, partOf, same } from "./model.js";

// Who writes on after a while begins another step.
const PAUSE = 3_000;

export class QuizState {
  // `onChange(isShape)`: something is other than before; `isShape` where parts came, went or changed places.
  constructor(onChange) {
    this.onChange = onChange;
    this.parts = [];
    this.settings = {};
    this.history = new History();
    this.base = { parts: [], settings: {} };
  }

  // What the server has: from here on changes count.
  begin(shown) {
    this.parts = shown.parts.map((part) => partOf(part));
    this.settings = { ...shown.settings };
    this.#remember(shown);
    this.current = this.#snapshot();
  }

  // How it was before this change is kept. Writing in one field is one step: `mark` names it.
  step(mark = null) {
    const now = performance.now();
    const goesOn = mark !== null && mark === this.lastMark && now - this.lastAt < PAUSE;
    const isSame = this.isStepping || goesOn;
    this.lastMark = mark;
    this.lastAt = now;
    if (isSame) return;
    this.isStepping = true;
    this.history.push(this.current);
  }

  // What this event has done is done: from here on the next step begins.
  #settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      this.isStepping = false;
      this.current = this.#snapshot();
    });
  }

  #done(isShape) {
    this.#settle();
    this.onChange(isShape);
  }

  get canUndo() {
    return this.history.steps.length > 0;
  }

  get canRedo() {
    return this.history.undone.length > 0;
  }

  // Gives the parts that are others now, or none where nothing was to be taken back.
  undo() {
    return this.#go(this.history.back(this.#snapshot()));
  }

  redo() {
    return this.#go(this.history.forward(this.#snapshot()));
  }

  #go(snapshot) {
    if (!snapshot) return [];
    this.lastMark = null;
    const living = new Map(this.parts.map((part) => [part.id, part]));
    const before = new Set(this.parts);
    this.parts = snapshot.parts.map((copy) => this.history.partOf(copy, living.get(copy.id)));
    this.settings = { ...snapshot.settings };
    this.#done(true);
    return this.parts.filter((part) => !before.has(part));
  }

  // The one that would be taken back next.
  get lastStep() {
    return this.history.steps.at(-1);
  }

  // What the browser keeps so that taking back goes on after a reload.
  keptHistory() {
    return this.history.kept(this.#snapshot());
  }

  takeHistory(kept) {
    this.history.take(kept, this.parts, this.settings);
    this.current = this.#snapshot();
  }

  add(part, place = this.parts.length) {
    this.step();
    this.parts.splice(place, 0, part);
    this.#done(true);
  }

  remove(part) {
    this.step();
    this.parts = this.parts.filter((other) => other !== part);
    this.#done(true);
  }

  // False where it stands there already.
  move(part, place) {
    const from = this.parts.indexOf(part);
    const to = Math.max(0, Math.min(place, this.parts.length - 1));
    if (from === to) return false;
    this.step();
    this.parts.splice(from, 1);
    this.parts.splice(to, 0, part);
    this.#done(true);
    return true;
  }

  replace(part, others) {
    this.step();
    this.parts.splice(this.parts.indexOf(part), 1, ...others);
    this.#done(true);
  }

  changed(part, mark) {
    this.step(`${part.id}/${mark}`);
    part.isChanged = true;
    this.history.touch(part);
    this.#done(false);
  }

  set(name, value) {
    this.step(`settings/${name}`);
    this.settings[name] = value;
    this.#done(false);
  }

  // What is sent, and kept in the browser meanwhile.
  body() {
    return { settings: differing(this.settings, this.base?.settings ?? {}), parts: this.parts.map(bodyOf) };
  }

  // The server has what was sent of `ids`; of parts that were changed since it knows only the key.
  adopt(answer, sent, ids) {
    for (const [place, id] of ids.entries()) {
      const part = this.parts.find((other) => other.id === id);
      const saved = answer.parts[place];
      if (!part || !saved || saved.kind !== part.kind) continue;
      part.savedKey = saved.question?.key ?? "";
      part.notes = (answer.notes ?? []).filter((note) => note.part === place).map(({ reason }) => reason);
      if (part.notes.length) part.question.key = part.savedKey;
      if (same(asSent(bodyOf(part)), sent.parts[place])) {
        Object.assign(part, { markdown: saved.markdown, faults: saved.faults, isChanged: false });
        this.history.touch(part);
      }
    }
    this.#remember(answer);
    if (!this.isStepping) this.current = this.#snapshot();
  }

  // Whether the server reads other parts in what was sent than this page shows.
  isOtherThan(answer, ids) {
    const kinds = ids.map((id) => this.parts.find((part) => part.id === id)?.kind);
    return answer.parts.length !== ids.length || answer.parts.some((part, place) => part.kind !== (kinds[place] ?? part.kind));
  }

  // Take over parts that were kept or merged: bodies as they are sent; `shown` knows what text means, `settings` are those
  // of the server.
  restore(kept, shown, settings) {
    this.step();
    this.parts = partsFrom(kept.parts, shown);
    this.settings = { ...settings, ...kept.settings };
    this.#done(true);
  }

  #remember({ parts, settings }) {
    this.base = { parts, settings: { ...settings } };
  }

  #snapshot() {
    return this.history.snapshot(this.parts, this.settings);
  }
}

// Parts made of bodies as they are sent; what only text tells of one is taken from `shown`.
export function partsFrom(bodies, shown) {
  const known = new Map(shown.map((part) => [part.markdown.trim(), part]));
  return bodies.map((body) => {
    if (body.markdown != null) {
      const { kind, question, pool, faults } = known.get(body.markdown.trim()) ?? { kind: "raw" };
      return partOf(structuredClone({ kind, question, pool, faults: faults ?? [], markdown: body.markdown }));
    }
    return partOf({ kind: body.pool ? "pool" : "question", markdown: "", ...body }, { isChanged: true });
  });
}

// As JSON that the normal form of texts leaves whole: in it no letter ends a line. Half a letter would stand in it as an
// escape: it is dropped as the server drops it.
export function asText(value) {
  const whole = (_name, each) => (typeof each === "string" ? withoutHalves(each) : each);
  return JSON.stringify(value, whole).replace(/[\u0085\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function asSent(body) {
  return JSON.parse(normalForm(asText(body)));
}

// The values of `now` that are others than before.
export function differing(now, before) {
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => before[name] !== value));
}
