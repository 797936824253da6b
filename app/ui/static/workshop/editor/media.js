// Pictures and sound go to the draft first; what comes back is the path by which the text names them.
export class Media {
  constructor({ url, token, addresses, onAdded }) {
    Object.assign(this, { url, token, addresses, onAdded });
  }

  // Gives {path, address}; throws an Error whose message is the server's sentence, "" where there is none.
  async upload(blob, name) {
    const form = new FormData();
    form.append("file", blob, name);
    form.append("name", name);
    const headers = { Accept: "application/json", "X-CSRF-Token": this.token() };
    const response = await fetch(this.url, { method: "POST", headers, body: form }).catch(() => null);
    const answer = (await response?.json().catch(() => null)) ?? {};
    if (!response?.ok) throw new Error(answer.error ?? "");
    this.addresses[answer.path] = answer.address;
    this.onAdded(this.addresses);
    return answer;
  }
}

// Letters without marks, joined by hyphens: the name of a file, or of a term.
export function plainName(words) {
  return words
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .replace(/-$/, "");
}
