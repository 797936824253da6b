// The editor of the workshop: one text with its toolbar, faults, preview and saving. The page gives the words, the
// addresses and the elements (templates/authoring/_editor.html); without scripts its form works by itself.
import { activeAt } from "./editor/active.js";
import { makeCommands } from "./editor/button_commands.js";
import { settleConflict } from "./editor/conflict.js";
import { openCopies, settleOthers } from "./editor/copies.js";
import { FaultList } from "./editor/faults.js";
import { Front } from "./editor/front.js";
import { Inserting } from "./editor/inserting.js";
import { Media } from "./editor/media.js";
import { mendAtServer, mendText } from "./editor/mends.js";
import { normalForm } from "./editor/normal_form.js";
import { readClipboard } from "./editor/paste.js";
import { PlainSurface } from "./editor/plain_surface.js";
import { Preview } from "./editor/preview.js";
import { Saving, isSame } from "./editor/saving.js";
import { commandOf } from "./editor/shortcuts.js";
import { openStore } from "./editor/store.js";
import { Toolbar } from "./editor/toolbar.js";
import { readWords } from "./editor/words.js";

const NARROW = "(pointer: coarse), (max-width: 47.99rem)";
const clock = new Intl.DateTimeFormat("vi", {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh",
});

class Editor {
  constructor(root, store) {
    this.root = root;
    this.store = store;
    this.data = root.dataset;
    this.words = readWords(root);
    this.phrases = readPhrases(root);
    this.boxes = JSON.parse(this.data.boxes);
    this.textarea = this.find("text");
    this.isNarrow = matchMedia(NARROW).matches;
    this.revision = Number(this.data.revision);
    this.token = root.querySelector("input[name=csrf_token]")?.value ?? "";
  }

  find(name) {
    return this.root.querySelector(`[data-${name}]`);
  }

  async start() {
    if (isReturn()) this.root.querySelector("form").reset();
    this.front = new Front(this.root, () => this.#changed());
    const page = { text: this.textarea.defaultValue, front: this.front.stored(), revision: this.revision };
    const { key, kept, others } = await openCopies(this.store, this.data.keep, page);
    this.others = others;
    if (kept) this.textarea.value = kept.text;
    if (kept?.isUnsent) this.front.take(kept.front);
    this.media = new Media({
      url: this.data.mediaUrl,
      token: () => this.saving.token,
      addresses: JSON.parse(this.data.media),
      onAdded: (addresses) => this.surface.showPictures(addresses),
    });
    this.surface = await this.#makeSurface(kept?.history);
    this.#startSaving(key, kept?.base ?? this.revision);
    this.#startPreview();
    this.inserting = new Inserting(this);
    this.commands = makeCommands(this);
    this.toolbar = new Toolbar(
      this.root.querySelector("[role=toolbar]"),
      (command, button) => this.run(command, button),
      () => this.surface.focus(),
    );
    this.#startButtons();
    this.root.classList.add("is-ready");
    if (kept?.isUnsent) this.#restored(kept);
    else if (!isSame(this.#content(), page)) this.#changed();
    this.preview.refresh();
    const line = Number(new URLSearchParams(location.search).get("line"));
    // CodeMirror measures itself first: measuring and scrolling in one go takes more rounds than it allows itself.
    if (line >= 1) requestAnimationFrame(() => this.surface.goToLine(line));
    await this.#settleOthers();
  }

  edit(change) {
    if (change) this.surface.apply(change);
  }

  // What is done by a button of the toolbar or its keys. False where this item has no such button.
  run(command, button = this.root.querySelector(`[data-command="${command}"]`)) {
    if (!button && command !== "save" && command !== "toolbar") return false;
    this.commands[command](button);
    return true;
  }

  // Who asks for it hears of it, also where there is nothing new.
  save() {
    this.isAwaited = this.saving.isDirty;
    if (this.isAwaited) this.saving.send();
    else for (const name of ["state", "state-aloud"]) this.find(name).textContent = this.words("nothing_new");
  }

  // A passing remark, seen and read out; `retry` adds a button that tries again.
  say(text, retry = null) {
    this.find("notice-text").textContent = text;
    this.find("notice").hidden = !text;
    this.find("state-aloud").textContent = text;
    const button = this.find("retry");
    button.hidden = !retry;
    button.onclick = retry;
  }

  async #makeSurface(history) {
    const options = {
      words: this.words,
      phrases: this.phrases,
      boxes: this.boxes,
      pictures: this.media.addresses,
      history,
      label: this.textarea.labels[0].textContent.trim(),
      describedBy: this.textarea.getAttribute("aria-describedby"),
      onChange: () => this.#changed(),
      onSelect: () => this.#selected(),
      onPaste: (event) => this.#take(readClipboard(event)),
      onDrop: (event) => this.#take(event.dataTransfer.files.length ? { files: [...event.dataTransfer.files] } : null),
      onKey: (event) => this.run(commandOf(event) ?? ""),
    };
    const code = this.isNarrow ? null : await import("./editor/code_surface.js").catch(() => null);
    if (code) {
      this.find("keys-hint").textContent = this.words("keys");
      this.find("marks").hidden = true;
      return new code.CodeSurface(this.textarea, options);
    }
    this.isNarrow = true;
    return new PlainSurface(this.textarea, options);
  }

  #startSaving(key, revision) {
    this.saving = new Saving({
      saveUrl: this.data.saveUrl,
      sessionUrl: this.data.sessionUrl,
      token: this.token,
      key,
      revision,
      store: this.store,
      read: () => this.#content(),
      history: () => this.surface.history(),
      onState: (state, values) => this.#showState(state, values),
      onConflict: (theirs) => this.#settleWith(theirs),
      onSaved: ({ text }, sent) => {
        if (text != null && normalForm(this.surface.text()) === sent) this.surface.setText(text, { isQuiet: true });
      },
    });
  }

  #startPreview() {
    this.faults = new FaultList({
      root: this.root, surface: () => this.surface, words: this.words, mend: (fault) => this.#mend(fault),
    });
    this.preview = new Preview({
      host: this.find("preview"),
      url: this.data.previewUrl,
      stylesUrl: this.data.stylesUrl,
      token: () => this.saving.token,
      read: () => this.#content(),
      onFaults: (faults) => this.faults.show(faults),
      onState: (state) => {
        if (state === "shown") this.shownAt = clock.format();
        const word = state === "shown" ? "preview_shown" : "preview_failed";
        this.find("preview-state").textContent = this.words(word, { time: this.shownAt ?? "" });
      },
    });
  }

  #startButtons() {
    this.root.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.run("save");
    });
    this.find("show-conflict").addEventListener("click", () => this.#settleAnew());
    const source = this.find("source");
    source.hidden = this.isNarrow;
    source.addEventListener("click", () => {
      const isSource = source.getAttribute("aria-pressed") !== "true";
      source.setAttribute("aria-pressed", String(isSource));
      this.surface.showSource(isSource);
    });
    const tabs = [...this.root.querySelectorAll("[data-show]")];
    for (const tab of tabs) {
      tab.addEventListener("click", () => {
        this.data.shown = tab.dataset.show;
        for (const other of tabs) other.setAttribute("aria-pressed", String(other === tab));
      });
    }
  }

  #content() {
    return { text: this.surface.text(), front: this.front.values() };
  }

  #changed() {
    this.saving.changed();
    this.preview.changed();
  }

  #selected() {
    clearTimeout(this.activeTimer);
    this.activeTimer = setTimeout(() => {
      this.toolbar.showActive(activeAt(this.surface.text(), this.surface.range(), this.boxes));
    }, 100);
  }

  // Pictures and formatted text are taken in our own way (true); plain text is left to the surface.
  #take(content) {
    if (content?.files) this.inserting.files(content.files);
    else if (content) this.inserting.formatted(content);
    return Boolean(content);
  }

  async #mend(fault) {
    if (["replace", "lines", "alt"].includes(fault.mend.kind)) {
      const options = { altDialog: this.find("alt-dialog"), addresses: this.media.addresses };
      this.edit(await mendText(fault, this.surface.text(), options));
    } else await mendAtServer(fault, document.getElementById("mend"), this.saving);
  }

  // The line is seen at all times; what is read out is only what one has to know.
  #showState(state, values) {
    const word = values?.isOwn ? "conflict_own" : values?.status === 404 ? "gone" : state;
    const text = this.words(word, values);
    this.find("state").textContent = text;
    this.data.state = state;
    this.find("sign-in").hidden = state !== "signed_out";
    this.find("show-conflict").hidden = state !== "conflict" && !this.others.length;
    const isTrouble = !["saved", "waiting", "saving"].includes(state);
    const isDone = state === "saved";
    if (isTrouble || this.wasTrouble || (this.isAwaited && isDone)) this.find("state-aloud").textContent = text;
    if (isTrouble || isDone) [this.wasTrouble, this.isAwaited] = [isTrouble, false];
  }

  #restored(kept) {
    this.say(this.words("restored", { time: clock.format(kept.at) }));
    this.saving.changed();
    this.saving.send();
  }

  // What another saved meanwhile comes before what this browser still keeps of other tabs.
  async #settleAnew() {
    if (this.saving.state === "conflict") await this.#settleWith(this.conflict);
    else await this.#settleOthers();
  }

  async #settleWith(theirs) {
    this.conflict = theirs;
    if (!(await this.#settle({ kind: theirs.is_own ? "own" : "person", ...theirs }))) return;
    this.saving.settle(theirs.revision);
    await this.#settleOthers();
  }

  async #settleOthers() {
    const settle = async ({ at, text, front }) => {
      const isSettled = await this.#settle({ kind: "copy", at: clock.format(at), text, front });
      if (isSettled) this.#changed();
      return isSettled;
    };
    await settleOthers(this.others, { settle, saving: this.saving, store: this.store });
    this.find("show-conflict").hidden = this.saving.state !== "conflict" && !this.others.length;
  }

  // True when the person has chosen; what they chose then stands in the editor.
  async #settle(theirs) {
    const dialog = this.find("conflict-dialog");
    if (dialog.open) return false;
    const mine = this.surface.text();
    const { words, phrases, isNarrow } = this;
    const myTitle = this.front.values().title;
    const settled = await settleConflict(dialog, { mine, myTitle, theirs, words, phrases, isNarrow });
    if (!settled) return false;
    if (settled.choice === "theirs") this.front.take(theirs.front);
    else this.front.take({ terms: { ...theirs.front.terms, ...this.front.terms() } });
    this.surface.setText(settled.text);
    this.preview.refresh();
    return true;
  }
}

// After Back and a reload some browsers fill in what stood in the fields when the page was left: older than what is stored.
function isReturn() {
  return performance.getEntriesByType("navigation")[0]?.type !== "navigate";
}

function readPhrases(root) {
  const { content } = root.querySelector("template[data-phrases]");
  return Object.fromEntries([...content.children].map(({ dataset, textContent }) => [dataset.phrase, textContent.trim()]));
}

const store = await openStore();
for (const root of document.querySelectorAll("[data-editor]")) await new Editor(root, store).start();
