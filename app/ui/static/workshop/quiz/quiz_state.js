// The parts of a quiz with what was done to them: every change can be taken back.
import { normalForm } from "../editor/normal_form.js";
import { bodyOf, partOf } from "./model.js";

const MOST_STEPS = 60;

export class QuizState {
  // `onChange(isShape)`: something is other than before; `isShape` where parts came, went or changed places.
  constructor(onChange) {
    this.onChange = onChange;
    this.parts = [];
    this.settings = {};
    this.steps = [];
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
    const isSame = this.isStepping || (mark !== null && mark === this.lastMark);
    this.lastMark = mark;
    if (isSame) return;
    this.isStepping = true;
    this.steps.push(this.current);
    if (this.steps.length > MOST_STEPS) this.steps.shift();
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
    return this.steps.length > 0;
  }

  undo() {
    const before = this.steps.pop();
    if (!before) return;
    this.lastMark = null;
    const now = new Map(this.parts.map((part) => [part.id, part]));
    this.parts = before.parts;
    for (const part of this.parts) {
      if (part.question) part.question.key ||= now.get(part.id)?.question?.key ?? "";
    }
    this.settings = before.settings;
    this.#done(true);
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
      }
    }
    this.#remember(answer);
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
    const known = new Map(shown.map((part) => [part.markdown.trim(), part]));
    this.parts = kept.parts.map((body) => {
      if (body.markdown != null) {
        const { kind, question, pool, faults } = known.get(body.markdown.trim()) ?? { kind: "raw" };
        return partOf(structuredClone({ kind, question, pool, faults: faults ?? [], markdown: body.markdown }));
      }
      return partOf({ kind: body.pool ? "pool" : "question", markdown: "", ...body }, { isChanged: true });
    });
    this.settings = { ...settings, ...kept.settings };
    this.#done(true);
  }

  #remember({ parts, settings }) {
    this.base = { parts, settings: { ...settings } };
  }

  #snapshot() {
    return { parts: structuredClone(this.parts), settings: { ...this.settings } };
  }
}

// As JSON that the normal form of texts leaves whole: in it no letter ends a line.
export function asText(value) {
  return JSON.stringify(value).replace(/[\u0085\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function asSent(body) {
  return JSON.parse(normalForm(asText(body)));
}

// The values of `now` that are others than before.
export function differing(now, before) {
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => before[name] !== value));
}

// The same values, in whichever order their names stand.
export function same(one, other) {
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return one === other;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => same(one[name], other[name]));
}
