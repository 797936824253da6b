// Saving a quiz as the editor saves a text: what is sent is the quiz as JSON, and two people in it are asked.
import { openCopies, settleOthers } from "../editor/copies.js";
import { normalForm } from "../editor/normal_form.js";
import { Saving } from "../editor/saving.js";
import { askMerge, compare } from "./merge.js";
import { same } from "./model.js";
import { asText, differing, partsFrom } from "./quiz_state.js";
import { part as find } from "./templates.js";

const MOST_SENT = 8;
const LONGEST_WAIT = 4_000;
const clock = new Intl.DateTimeFormat("vi", {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh",
});

// What this browser keeps of the quiz that the server shows as `shown`.
export function openQuizCopies(store, name, shown) {
  return openCopies(store, name, { front: {}, revision: shown.revision }, (text) => isOurs(text, shown));
}

export class Keeping {
  constructor(builder, { store, shown, copies }) {
    const { root, words, state } = builder;
    Object.assign(this, { builder, root, words, state, store, shown });
    this.kept = copies.kept;
    this.others = copies.others;
    this.sentIds = new Map();
    this.saving = new Saving({
      saveUrl: root.dataset.questionsUrl,
      sessionUrl: root.dataset.sessionUrl,
      token: root.querySelector("input[name=csrf_token]")?.value ?? "",
      key: copies.key,
      revision: shown.revision,
      store,
      read: () => ({ text: this.#text(), front: {} }),
      history: () => ({ revision: this.saving.revision, ...state.keptHistory() }),
      pack: (text) => JSON.parse(text),
      isOurs,
      onState: (state_, values) => this.#show(state_, values),
      onConflict: (theirs) => this.#settleWith(theirs),
      onSaved: (answer, text) => this.#saved(answer, text),
    });
    find(root, "show-conflict").addEventListener("click", () => this.#settleAnew());
    find(root, "save").addEventListener("click", () => this.saving.send());
  }

  // The beginning of a step is kept at once, what is written on in it a little later.
  changed() {
    this.saving.changed();
    if (this.state.lastStep === this.keptStep) return;
    this.keptStep = this.state.lastStep;
    setTimeout(() => this.saving.keep());
  }

  // Go on with what this browser kept and the server never got. Made from an older state, it meets that of the server as
  // usual. What can be taken back comes too; it is of no use where somebody else has written since.
  recall() {
    const { kept, shown } = this;
    if (!kept) return;
    const { history, isUnsent, isSent, base } = kept;
    if (isUnsent) this.#restore(kept);
    const isOwn = isUnsent ? base === shown.revision : !isSent || history?.revision === shown.revision;
    if (history && isOwn) this.state.takeHistory(history);
    if (isUnsent) this.saving.send();
  }

  #restore({ at, base, text, history }) {
    const { shown } = this;
    this.saving.revision = base;
    if (base !== shown.revision) this.state.base = null;
    this.state.restore(JSON.parse(text), [...partsKept(history), ...shown.parts], shown.settings);
    this.builder.say(this.words("restored", { time: clock.format(at) }));
  }

  #text() {
    const text = asText(this.state.body());
    this.sentIds.delete(normalForm(text));
    this.sentIds.set(normalForm(text), this.state.parts.map(({ id }) => id));
    while (this.sentIds.size > MOST_SENT) this.sentIds.delete(this.sentIds.keys().next().value);
    return text;
  }

  #saved(answer, text) {
    const ids = this.sentIds.get(text) ?? [];
    if (!this.saving.isDirty && this.state.isOtherThan(answer, ids)) this.state.begin(answer);
    else this.state.adopt(answer, JSON.parse(text), ids);
    this.builder.showSaved(answer);
  }

  // Whether trying to send has any sense now.
  get canSend() {
    return this.saving.isDirty && !["conflict", "signed_out"].includes(this.saving.state);
  }

  // Send it now; gives how that ended.
  sent() {
    return new Promise((resolve) => {
      this.onEnd = resolve;
      setTimeout(() => resolve("late"), LONGEST_WAIT);
      this.saving.send();
    });
  }

  // What another saved meanwhile comes before what this browser still keeps of other tabs.
  async #settleAnew() {
    if (this.saving.state === "conflict") await this.#settleWith(this.theirs);
    else await this.settleOthers();
  }

  async #settleWith(theirs) {
    this.theirs = theirs;
    const told = { kind: theirs.is_own ? "own" : "person", by: theirs.by, at: theirs.at };
    const isSettled = await this.#merge(this.state.base, theirs, told, () => (this.state.base = theirs));
    if (!isSettled) return;
    this.saving.settle(theirs.revision);
    await this.settleOthers();
  }

  // What tabs that are gone never sent.
  async settleOthers() {
    const settle = ({ at, base, text, history }) => {
      const { shown } = this;
      const { parts, settings } = JSON.parse(text);
      const known = [...partsKept(history), ...shown.parts];
      const theirs = { parts: partsFrom(parts, known), settings: { ...shown.settings, ...settings } };
      const before = { parts: base === shown.revision ? shown.parts : [], settings: shown.settings };
      return this.#merge(before, theirs, { kind: "copy", at: clock.format(at) });
    };
    await settleOthers(this.others, { settle, saving: this.saving, store: this.store });
    find(this.root, "show-conflict").hidden = this.saving.state !== "conflict" && !this.others.length;
  }

  // True when the person has chosen; what they chose then stands in the form.
  async #merge(before, theirs, told, onChosen = () => {}) {
    const dialog = find(this.root, "merge-dialog");
    if (dialog.open) return false;
    const { state, words, builder } = this;
    const compared = compare(before, state, theirs);
    const merged = await askMerge(dialog, { compared, ...told, words, templates: builder.templates });
    if (!merged) return false;
    const known = [...state.parts, ...theirs.parts].filter((part) => !part.isChanged);
    onChosen();
    state.restore(merged, known, theirs.settings);
    return true;
  }

  // The line is seen at all times; what is read out is only what one has to know.
  #show(state, values) {
    const text = this.words(values?.isOwn ? "conflict_own" : state, values);
    find(this.root, "state").textContent = text;
    this.root.dataset.state = state;
    if (state !== "waiting" && state !== "saving") this.onEnd?.(state);
    find(this.root, "sign-in").hidden = state !== "signed_out";
    find(this.root, "show-conflict").hidden = state !== "conflict" && !this.others.length;
    const isTrouble = !["saved", "waiting", "saving"].includes(state);
    if (isTrouble || this.wasTrouble) find(this.root, "state-aloud").textContent = text;
    if (isTrouble || state === "saved") this.wasTrouble = isTrouble;
  }
}

function partsKept(history) {
  return history?.now.parts ?? [];
}

// Whether what is shown is what was sent as this text, keys and blank lines aside.
function isOurs(text, shown) {
  const { parts, settings } = JSON.parse(text);
  if (Object.keys(differing(settings, shown.settings)).length) return false;
  return parts.length === shown.parts.length && parts.every((body, place) => isSamePart(body, shown.parts[place]));
}

function isSamePart({ markdown, pool, question }, shown) {
  if (markdown != null) return markdown.trim() === shown.markdown.trim();
  if (pool) return same(pool, shown.pool);
  return shown.question !== undefined && same({ ...question, key: "" }, { ...shown.question, key: "" });
}
