// Nothing that was typed is lost: it goes into this browser at once and to the server every few seconds, and the person
// sees which of the two has it. Two people in one item are asked; neither text is dropped.
import { normalForm } from "./normal_form.js";

const STORE_AFTER = 400;
const SEND_AFTER = 3_000;
const SEND_SOON = 1_000;
const SEND_AT_LATEST = 10_000;
const GIVE_UP_AFTER = 20_000;
const RETRY = [3_000, 5_000, 10_000, 20_000, 30_000];
const MOST_AT_PARTING = 20_000;
const MOST_UNANSWERED = 3;

export class Saving {
  // `read()` gives {text, front}; `history()` what undoing needs; `onState(state, values)` shows how things stand;
  // `onConflict(theirs)` is told of another's text; `onSaved(answer, sentText)` of what the server now has. Where the text
  // stands for something else, `pack` says what is sent of it, and `isOurs(sentText, theirs)` whether theirs is that.
  constructor({ saveUrl, sessionUrl, token, key, revision, store, read, history, onState, onConflict, onSaved, ...more }) {
    Object.assign(this, { saveUrl, sessionUrl, token, key, revision, store, read, history });
    Object.assign(this, { onState, onConflict, onSaved });
    this.pack = more.pack ?? ((text, front) => ({ text, front }));
    this.isOurs = more.isOurs ?? ((text, theirs) => text === theirs.text);
    this.version = 0;
    this.savedVersion = 0;
    this.keptVersion = 0;
    this.waitingSince = 0;
    this.failures = 0;
    this.unanswered = [];
    this.savedText = null;
    this.state = "saved";
    addEventListener("online", () => this.send());
    addEventListener("focus", () => this.#tryAgain());
    addEventListener("blur", () => this.send());
    addEventListener("pagehide", () => this.#leave());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#leave() : this.#tryAgain()));
    addEventListener("beforeunload", (event) => {
      if (this.isDirty && this.keptVersion !== this.version && !this.#keepAtOnce()) event.preventDefault();
    });
  }

  get isDirty() {
    return this.version !== this.savedVersion;
  }

  changed() {
    this.version += 1;
    this.waitingSince ||= Date.now();
    clearTimeout(this.storeTimer);
    this.storeTimer = setTimeout(() => this.keep(), STORE_AFTER);
    if (this.state === "conflict" || this.state === "signed_out") return;
    if (this.state === "saved" || this.state === "refused") this.#show("waiting");
    if (this.failures) return;
    const left = SEND_AT_LATEST - (Date.now() - this.waitingSince);
    this.#sendIn(Math.max(0, Math.min(SEND_AFTER, left)));
  }

  // Send what the server does not have. Harmless at any time.
  async send() {
    clearTimeout(this.sendTimer);
    if (!this.isDirty || this.isSending || this.state === "conflict") return;
    this.isSending = true;
    try {
      if (this.state === "signed_out") await this.#askSession();
      else await this.#sendNow();
    } catch {
      await this.#failed();
    } finally {
      this.isSending = false;
    }
    if (this.isDirty && this.state === "waiting") this.#sendIn(SEND_SOON);
  }

  async #sendNow() {
    const { version } = this;
    const { text, front } = this.#now();
    if (!this.failures) this.#show("saving");
    const answer = await this.#put(text, front, { signal: AbortSignal.timeout(GIVE_UP_AFTER) });
    if (answer.ok) await this.#taken(await answer.json(), version, text);
    else await this.#refused(answer);
  }

  // The person has decided between two texts: theirs was revision `revision`.
  settle(revision) {
    this.revision = revision;
    this.version += 1;
    this.#show("waiting");
    this.keep();
    this.send();
  }

  async #taken(saved, version, text) {
    this.revision = saved.revision;
    this.savedVersion = version;
    this.savedText = text;
    this.unanswered = [];
    this.failures = 0;
    this.waitingSince = this.isDirty ? Date.now() : 0;
    this.onSaved(saved, text);
    await this.keep();
    this.#show(this.isDirty ? "waiting" : "saved", { time: saved.saved_at });
  }

  async #refused(answer) {
    const problem = await answer.json().catch(() => ({}));
    if (answer.status === 409 && problem.conflict) await this.#meet(problem);
    else if ([401, 403, 409].includes(answer.status)) await this.#askSession(problem.error);
    else if (answer.status >= 500 || answer.status === 429) await this.#failed();
    else {
      await this.keep();
      this.#show("refused", { error: problem.error ?? "", status: answer.status });
    }
  }

  // Another text is there. One that we sent ourselves, whose answer never came, is no conflict.
  async #meet(theirs) {
    if (this.unanswered.some((text) => this.isOurs(text, theirs))) {
      this.revision = theirs.revision;
      this.#show("waiting");
      return;
    }
    await this.keep();
    this.#show("conflict", { name: theirs.by, time: theirs.at, isOwn: theirs.is_own });
    this.onConflict(theirs);
  }

  // Signed out, or signed in anew in another tab: then there is another token, and we go on.
  async #askSession(error) {
    await this.keep();
    const answer = await fetch(this.sessionUrl, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const { csrf } = await answer.json();
      const isNew = csrf !== this.token;
      this.token = csrf;
      if (isNew || this.state === "signed_out") {
        this.#show("waiting");
      } else this.#show("refused", { error: error ?? "" });
    } else if (answer.status === 401) {
      this.#show("signed_out");
      this.#sendIn(RETRY.at(-1));
    } else await this.#failed();
  }

  async #failed() {
    this.failures += 1;
    const isKept = await this.keep();
    this.#show(isKept ? "kept" : "unkept");
    this.#sendIn(this.#pause());
  }

  #tryAgain() {
    if (["signed_out", "kept", "refused"].includes(this.state)) this.send();
  }

  #put(text, front, options) {
    this.unanswered = [...this.unanswered.slice(1 - MOST_UNANSWERED), text];
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": this.token };
    const body = JSON.stringify({ revision: this.revision, ...this.pack(text, front) });
    return fetch(this.saveUrl, { method: "PUT", headers, body, ...options });
  }

  // The page goes away: what is not sent is kept, and sent as far as a parting page may.
  #leave() {
    if (!this.isDirty) return;
    this.#keepAtOnce();
    this.keep();
    const { text, front } = this.#now();
    if (this.isSending || this.state === "conflict" || text.length > MOST_AT_PARTING) return;
    this.#put(text, front, { keepalive: true }).then(
      (answer) => answer.ok && this.send(),
      () => undefined,
    );
  }

  #now() {
    const { text, front } = this.read();
    return { text: normalForm(text), front };
  }

  #record() {
    const { text, front } = this.read();
    const sent = [this.savedText, ...this.unanswered].filter((known) => known !== null);
    return { at: Date.now(), base: this.revision, text, front, sent, isSent: !this.isDirty, history: this.history() };
  }

  // Put what stands here into this browser; false where it cannot.
  async keep() {
    clearTimeout(this.storeTimer);
    const { version } = this;
    try {
      await this.store.put(this.key, this.#record());
    } catch {
      return this.#keepAtOnce();
    }
    this.keptVersion = version;
    return true;
  }

  #keepAtOnce() {
    try {
      this.store.putAtOnce(this.key, this.#record());
    } catch {
      return false;
    }
    this.keptVersion = this.version;
    return true;
  }

  #sendIn(milliseconds) {
    clearTimeout(this.sendTimer);
    this.sendTimer = setTimeout(() => this.send(), milliseconds);
  }

  #pause() {
    return RETRY[Math.min(this.failures, RETRY.length) - 1];
  }

  #show(state, values = {}) {
    this.state = state;
    this.onState(state, values);
  }
}

// What this browser kept of an item, set against the page: {text, front, base, history, isUnsent}, or null where the page
// alone counts. A text that we sent, whose answer never came, is ours: we go on from the page's revision. `isShown(text)`
// says whether the page shows this text, where that is more than being the same.
export function recall(record, page, isShown = (text) => isSameText(text, page.text)) {
  if (!record) return null;
  const isText = isShown(record.text);
  if (record.isSent) return isText ? { ...record, base: page.revision, isUnsent: false } : null;
  if (isText && isSameFront(record, page)) return { ...record, base: page.revision, isUnsent: false };
  const isOurs = record.sent.some((sent) => isShown(sent));
  return { ...record, base: isOurs ? page.revision : record.base, isUnsent: true };
}

export function isSame(one, other) {
  return isSameText(one.text, other.text) && isSameFront(one, other);
}

function isSameText(one, other) {
  return normalForm(one) === normalForm(other);
}

function isSameFront(one, other) {
  return JSON.stringify(one.front) === JSON.stringify(other.front);
}
