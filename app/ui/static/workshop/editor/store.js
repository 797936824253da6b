// Texts kept in this browser until the server has them: IndexedDB, or localStorage where that is shut off.
const DATABASE = "hoc-so-workshop";
const TEXTS = "texts";

export async function openStore() {
  try {
    return new DatabaseStore(await openDatabase());
  } catch {
    return new LocalStore();
  }
}

function openDatabase() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(TEXTS);
  return answerOf(request);
}

function answerOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// On the way out of a page only localStorage is sure to be written: `putAtOnce`, which leaves out what can be
// taken back. The later of the two is read.
class DatabaseStore {
  constructor(database) {
    this.database = database;
    this.last = new LocalStore();
  }

  // All keys that begin with `name`.
  async keys(name) {
    const range = IDBKeyRange.bound(name, `${name}\uffff`);
    const kept = await answerOf(this.#texts("readonly").getAllKeys(range));
    return [...new Set([...kept, ...(await this.last.keys(name).catch(() => []))])];
  }

  async get(key) {
    const kept = await answerOf(this.#texts("readonly").get(key));
    const last = await this.last.get(key).catch(() => null);
    return last && (!kept || last.at > kept.at) ? { history: kept?.history, ...last } : kept;
  }

  put(key, record) {
    const texts = this.#texts("readwrite");
    texts.put(record, key);
    return new Promise((resolve, reject) => {
      texts.transaction.oncomplete = () => {
        resolve();
        this.last.remove(key);
      };
      texts.transaction.onabort = () => reject(texts.transaction.error);
    });
  }

  putAtOnce(key, record) {
    this.last.putAtOnce(key, record);
  }

  remove(key) {
    this.last.remove(key);
    this.#texts("readwrite").delete(key);
  }

  #texts(mode) {
    return this.database.transaction(TEXTS, mode, { durability: "strict" }).objectStore(TEXTS);
  }
}

class LocalStore {
  async keys(name) {
    const all = Array.from({ length: localStorage.length }, (_none, index) => localStorage.key(index));
    return all.filter((key) => key.startsWith(nameOf(name))).map((key) => key.slice(nameOf("").length));
  }

  async get(key) {
    return JSON.parse(localStorage.getItem(nameOf(key)) ?? "null");
  }

  async put(key, record) {
    this.putAtOnce(key, record);
  }

  putAtOnce(key, { history: _history, ...record }) {
    localStorage.setItem(nameOf(key), JSON.stringify(record));
  }

  remove(key) {
    localStorage.removeItem(nameOf(key));
  }
}

function nameOf(key) {
  return `${DATABASE}/${key}`;
}
