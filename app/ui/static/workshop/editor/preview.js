// The item as a phone shows it, rendered by the server, in a shadow root with the learners' own styles. Nothing in it
// leads away or sends anything; what can be unfolded and ticked can be tried.
const AFTER = 300;

export class Preview {
  // `read()` gives {text, front}; `onFaults(faults)` is told what the compiler says; `onState(state, values)`.
  constructor({ host, url, stylesUrl, token, read, onFaults, onState }) {
    Object.assign(this, { host, url, token, read, onFaults, onState });
    this.policy = policy();
    this.root = host.attachShadow({ mode: "open" });
    this.body = document.createElement("div");
    this.body.className = "page-body";
    this.content = document.createElement("div");
    this.content.className = "page-main";
    this.body.append(this.content);
    this.root.append(this.body);
    this.ready = adoptStyles(this.root, stylesUrl);
    this.root.addEventListener("click", (event) => event.target.closest?.("a") && event.preventDefault());
    this.root.addEventListener("submit", (event) => event.preventDefault());
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), AFTER);
  }

  // Ask for the text as it stands; an answer to an older one is dropped.
  async refresh() {
    clearTimeout(this.timer);
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    try {
      const answer = await this.#ask(asked.signal);
      await this.ready;
      if (asked !== this.asked) return;
      if (answer.html != null) this.#show(answer.html);
      this.onFaults(answer.faults ?? []);
      this.onState("shown");
    } catch (error) {
      if (error.name !== "AbortError") this.onState("failed");
    }
  }

  async #ask(signal) {
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": this.token() };
    const response = await fetch(this.url, { method: "POST", headers, body: JSON.stringify(this.read()), signal });
    if (!response.ok) throw new Error(`preview: ${response.status}`);
    return response.json();
  }

  #show(html) {
    const { scrollTop } = this.host;
    const open = [...this.content.querySelectorAll("details")].map((details) => details.open);
    this.content.innerHTML = this.policy.createHTML(html);
    [...this.content.querySelectorAll("details")].forEach((details, index) => (details.open ||= open[index] ?? false));
    this.host.scrollTop = scrollTop;
  }
}

// The one place where text becomes HTML. A browser without trusted types takes the text as it is.
function policy() {
  const rules = { createHTML: (html) => html };
  return globalThis.trustedTypes?.createPolicy("workshop-preview", rules) ?? rules;
}

// The learners' style sheet speaks of the whole page; here a part of this page stands for it.
const ROOTS = [
  [/(^|[\s,>+~(]):root(?![\w-])/g, "$1:host"],
  [/(^|[\s,>+~(])html((?:\.[\w-]+)*)(?![\w-])/g, (_whole, before, names) => `${before}:host${names && `(${names})`}`],
  [/(^|[\s,>+~(])body(?![\w-])/g, "$1.page-body"],
  [/(^|[\s,>+~(])main(?![\w-])/g, "$1.page-main"],
];

async function adoptStyles(root, url) {
  const sheet = new CSSStyleSheet();
  const response = await fetch(url);
  await sheet.replace(await response.text());
  renameRoots(sheet.cssRules);
  sheet.insertRule(".page-body { min-height: 0; overflow-x: hidden }", sheet.cssRules.length);
  root.adoptedStyleSheets = [sheet];
}

function renameRoots(rules) {
  for (const rule of rules) {
    if (rule.selectorText) {
      rule.selectorText = ROOTS.reduce((text, [pattern, by]) => text.replace(pattern, by), rule.selectorText);
    }
    if (rule.cssRules) renameRoots(rule.cssRules);
  }
}
