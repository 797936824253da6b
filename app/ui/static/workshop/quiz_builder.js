// A quiz built by form. The page gives words, addresses and templates (templates/authoring/_quiz_builder.html); without
// scripts its plain form works by itself. What is written is saved as the editor saves texts.
import { Media, plainName } from "./editor/media.js";
import { askPicture } from "./editor/picture_dialog.js";
import { openStore } from "./editor/store.js";
import { readWords } from "./editor/words.js";
import { Acts } from "./quiz/acts.js";
import { Card } from "./quiz/card.js";
import { placeOf } from "./quiz/faults.js";
import { keepFocus } from "./quiz/focus.js";
import { Keeping, openQuizCopies } from "./quiz/keeping.js";
import { startHands } from "./quiz/hands.js";
import { isNumbered, numberOf } from "./quiz/model.js";
import { QuestionPreview } from "./quiz/question_preview.js";
import { QuizState } from "./quiz/quiz_state.js";
import { Settings } from "./quiz/settings.js";
import { part as find, readTemplates } from "./quiz/templates.js";

const TOAST_STAYS = 20_000;

class QuizBuilder {
  constructor(root) {
    this.root = root;
    this.words = readWords(root);
    this.templates = readTemplates(root);
    this.list = find(root, "list");
    this.cards = [];
    this.opened = null;
    this.state = new QuizState((isShape) => this.#changed(isShape));
    this.acts = new Acts(this);
  }

  async start(shown, store) {
    const copies = await openQuizCopies(store, this.root.dataset.keep, shown);
    this.published = shown.published;
    this.state.begin(shown);
    this.media = new Media({
      url: this.root.dataset.mediaUrl,
      token: () => this.keeping.saving.token,
      addresses: JSON.parse(this.root.dataset.media),
      onAdded: () => {},
    });
    this.keeping = new Keeping(this, { store, shown, copies });
    this.preview = new QuestionPreview(this.root, {
      url: this.root.dataset.previewUrl,
      stylesUrl: this.root.dataset.stylesUrl,
      token: () => this.keeping.saving.token,
      words: this.words,
      numberOf: (part) => numberOf(this.state.parts, part),
      onFaults: (part, faults) => this.#found(part, faults),
    });
    this.settings = new Settings(find(this.root, "settings"), this);
    this.settings.showFaults(shown.faults);
    this.acts.start();
    startHands(this);
    this.#startTabs();
    this.keeping.recall();
    this.show();
    this.root.classList.add("is-ready");
    this.#openAsked(shown);
    await this.keeping.settleOthers();
  }

  // All cards anew, in their order; what is open stays open, and the focus where it is.
  show() {
    const known = new Map(this.cards.map((card) => [card.part, card]));
    const openId = this.opened?.part.id;
    const focusAgain = keepFocus(this.cards);
    this.cards = this.state.parts.map((part) => known.get(part) ?? new Card(part, this));
    this.list.replaceChildren(...this.cards.map((card) => card.item));
    for (const card of this.cards) card.showHead();
    const opened = this.cards.find((card) => card.part.id === openId) ?? null;
    if (this.opened && !opened) this.preview.hide();
    this.opened = opened;
    if (opened && !opened.isOpen) opened.open();
    focusAgain(this.cards);
    this.#count();
  }

  toggle(card) {
    if (card.isOpen) this.close(card, false);
    else this.open(card);
  }

  open(card) {
    if (this.opened && this.opened !== card) this.opened.close();
    this.opened = card;
    card.open();
  }

  close(card, isDone) {
    card.close();
    this.opened = null;
    this.preview.hide();
    if (isDone) card.opener.focus();
  }

  cardOf(part) {
    return this.cards.find((card) => card.part === part);
  }

  // The server has it: faults of all parts are known anew.
  showSaved(answer) {
    if (this.cards.some((card) => !this.state.parts.includes(card.part))) this.show();
    for (const card of this.cards) {
      card.showHead();
      if (card.isOpen) card.showFaults();
    }
    this.settings.show();
    this.settings.showFaults(answer.faults);
    this.#count();
  }

  // Read out, not seen.
  tell(text) {
    find(this.root, "aloud").textContent = text;
  }

  // Seen and read out, for a while; `act` is what a button beside it does.
  say(text, label = "", act = null) {
    const notice = find(this.root, "notice");
    find(this.root, "notice-text").textContent = text;
    notice.hidden = !text;
    const button = find(this.root, "notice-act");
    button.hidden = !act;
    button.textContent = label;
    button.onclick = act;
    clearTimeout(this.toast);
    if (text) this.toast = setTimeout(() => (notice.hidden = true), TOAST_STAYS);
  }

  // A picture from this device: cropped, made unreadable where it must be, put into the draft. {alt, path} or null.
  async choosePicture(given = null) {
    const file = given ?? (await this.#chooseFile());
    if (!file) return null;
    let picture;
    try {
      picture = await askPicture(find(this.root, "picture-dialog"), file, this.words);
    } catch {
      this.say(this.words("not_a_picture"));
      return null;
    }
    if (!picture) return null;
    const ending = picture.blob.type === "image/png" ? "png" : "jpg";
    const name = `${plainName(file.name.replace(/\.\w+$/, "")) || "hinh"}.${ending}`;
    try {
      const { path } = await this.media.upload(picture.blob, name);
      return { alt: picture.alt, path };
    } catch (error) {
      this.say(error.message || this.words("upload_failed"));
      return null;
    }
  }

  #chooseFile() {
    const chooser = find(this.root, "picture-file");
    chooser.value = "";
    return new Promise((resolve) => {
      chooser.onchange = () => resolve(chooser.files[0] ?? null);
      chooser.oncancel = () => resolve(null);
      chooser.click();
    });
  }

  #changed(isShape) {
    if (isShape) {
      this.show();
      this.settings.show();
    }
    this.#count();
    this.keeping.changed();
  }

  #found(part, faults) {
    part.faults = faults;
    this.cardOf(part)?.showFaults();
  }

  #count() {
    const { parts, canUndo, canRedo } = this.state;
    const questions = parts.filter(isNumbered);
    const points = questions.reduce((sum, part) => sum + (part.question?.points ?? 1), 0);
    const text = questions.length ? this.words("count", { count: questions.length, points }) : "";
    find(this.root, "count").textContent = text;
    find(this.root, "empty").hidden = parts.length > 0;
    find(this.root, "undo").disabled = !canUndo;
    find(this.root, "redo").disabled = !canRedo;
  }

  #startTabs() {
    const tabs = [...this.root.querySelectorAll("[data-show]")];
    for (const tab of tabs) {
      tab.addEventListener("click", () => {
        this.root.dataset.shown = tab.dataset.show;
        for (const other of tabs) other.setAttribute("aria-pressed", String(other === tab));
      });
    }
  }

  // A link leads to one question: from a fault, by its line; from learners' results, by its key. What this browser kept
  // may have moved it since.
  #openAsked(shown) {
    const asked = JSON.parse(this.root.dataset.asked ?? "null");
    if (!asked) return;
    if (asked.place < 0) {
      this.settings.open();
      return;
    }
    const { question, markdown } = shown.parts[asked.place] ?? {};
    const isIt = ({ part }) =>
      question?.key ? (part.question?.key || part.savedKey) === question.key : part.markdown.trim() === markdown?.trim();
    const card = this.cards.find(isIt) ?? this.cards[asked.place];
    if (!card) return;
    this.open(card);
    card.item.scrollIntoView();
    const place = asked.field ? placeOf(card.body, asked.field) : null;
    const field = place?.querySelector("textarea, input:not([type=checkbox], [type=radio]), select");
    (field ?? card.opener).focus();
  }
}

for (const root of document.querySelectorAll("[data-quiz]")) {
  try {
    const answer = await fetch(root.dataset.questionsUrl, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`questions: ${answer.status}`);
    await new QuizBuilder(root).start(await answer.json(), await openStore());
  } catch (error) {
    find(root, "load-failed").hidden = false;
    throw error;
  }
}
