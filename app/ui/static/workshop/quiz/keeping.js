// Saving a quiz as the editor saves a text: what is sent is the quiz as JSON, and two people in it are asked.
import { normalForm } from "../editor/normal_form.js";
import { Saving } from "../editor/saving.js";
import { askMerge, compare } from "./merge.js";
import { same } from "./model.js";
import { asText, differing } from "./quiz_state.js";
import { part as find } from "./templates.js";

const MOST_SENT = 8;
const STEPS_AFTER = 400;
const LONGEST_WAIT = 4_000;
const clock = new Intl.DateTimeFormat("vi", {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh",
});

export class Keeping {
  constructor(builder, { store, revision }) {
    const { root, words, state } = builder;
    Object.assign(this, { builder, root, words, state, store });
    this.sentIds = new Map();
    this.saving = new Saving({
      saveUrl: root.dataset.questionsUrl,
      sessionUrl: root.dataset.sessionUrl,
      token: root.querySelector("input[name=csrf_token]")?.value ?? "",
      key: root.dataset.keep,
      revision,
      store,
      read: () => ({ text: this.#text(), front: {} }),
      history: () => null,
      pack: (text) => JSON.parse(text),
      isOurs,
      onState: (state_, values) => this.#show(state_, values),
      onConflict: (theirs) => this.settle(theirs),
      onSaved: (answer, text) => this.#saved(answer, text),
    });
    find(root, "show-conflict").addEventListener("click", () => this.settle(this.theirs));
    find(root, "save").addEventListener("click", () => this.saving.send());
  }

  // The beginning of a step is kept at once, what is written on in it a little later.
  changed() {
    this.saving.changed();
    clearTimeout(this.stepsTimer);
    const isNewStep = this.state.lastStep !== this.keptStep;
    this.stepsTimer = setTimeout(() => this.#keepSteps(), isNewStep ? 0 : STEPS_AFTER);
  }

  #keepSteps() {
    this.keptStep = this.state.lastStep;
    const record = { at: Date.now(), revision: this.saving.revision, history: this.state.keptHistory() };
    this.store.put(this.#stepsKey, record).catch(() => undefined);
  }

  get #stepsKey() {
    return `steps/${this.root.dataset.keep}`;
  }

  // What this browser kept and the server never got. Made from an older state, it meets that of the server as usual. What
  // can be taken back is kept too; it is of no use where somebody else has written since.
  async recall(shown) {
    const get = (key) => this.store.get(key).catch(() => null);
    const [record, kept] = await Promise.all([get(this.root.dataset.keep), get(this.#stepsKey)]);
    const isShown = Boolean(record) && isOurs(record.text, shown);
    const isUnsent = Boolean(record) && !record.isSent && !isShown;
    if (isUnsent) this.#restore(record, shown, kept?.history?.now.parts ?? []);
    const isOwn = kept?.revision === shown.revision || (!record?.isSent && isShown);
    if (kept?.history && isOwn) this.state.takeHistory(kept.history);
    if (isUnsent) this.saving.send();
  }

  #restore(record, shown, known) {
    if (!record.sent.some((text) => isOurs(text, shown))) this.saving.revision = record.base;
    if (this.saving.revision !== shown.revision) this.state.base = null;
    this.state.restore(JSON.parse(record.text), [...known, ...shown.parts], shown.settings);
    this.builder.say(this.words("restored", { time: clock.format(record.at) }));
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
    this.#keepSteps();
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

  async settle(theirs) {
    this.theirs = theirs;
    const dialog = find(this.root, "merge-dialog");
    if (dialog.open) return;
    const { state, words, builder } = this;
    const compared = compare(state.base, state, theirs);
    const { templates } = builder;
    const merged = await askMerge(dialog, { compared, by: theirs.by, at: theirs.at, words, templates });
    if (!merged) return;
    const known = [...state.parts.filter((part) => !part.isChanged), ...theirs.parts];
    state.base = theirs;
    state.restore(merged, known, theirs.settings);
    this.saving.settle(theirs.revision);
  }

  // The line is seen at all times; what is read out is only what one has to know.
  #show(state, values) {
    const text = this.words(state, values);
    find(this.root, "state").textContent = text;
    this.root.dataset.state = state;
    if (state !== "waiting" && state !== "saving") this.onEnd?.(state);
    find(this.root, "sign-in").hidden = state !== "signed_out";
    find(this.root, "show-conflict").hidden = state !== "conflict";
    const isTrouble = !["saved", "waiting", "saving"].includes(state);
    if (isTrouble || this.wasTrouble) find(this.root, "state-aloud").textContent = text;
    if (isTrouble || state === "saved") this.wasTrouble = isTrouble;
  }
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
