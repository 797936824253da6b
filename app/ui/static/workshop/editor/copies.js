// What this browser keeps of an item. Each tab writes a copy of its own, so that two tabs in one item never write over each
// other; a copy whose tab is gone goes over to the next page of the item. A tab holds the lock of its copy as long as it
// lives. Where there are no locks every copy counts as left behind: shown once too often, never dropped.
import { isSame, recall } from "./saving.js";

const WAIT_FOR_OWN = 1_000;

// Gives {key, kept, others}: under which key this tab keeps its copy, the text to go on with (see `recall`): its own that
// was never sent, or the newest; and what else was never sent, newest first. `page` is the text that the server has, `isShown` how to tell it (see `recall`).
export async function openCopies(store, name, page, isShown) {
  const own = await ownKey(name);
  const left = [];
  for (const key of await store.keys(name).catch(() => [])) {
    if (key !== own && !(await hold(key, { ifAvailable: true }))) continue;
    const record = await store.get(key).catch(() => null);
    left.push({ key, record, kept: recall(record, page, isShown) });
  }
  const rank = ({ key, kept, record }) => (key === own && kept.isUnsent ? Infinity : record.at);
  const useful = left.filter(({ kept }) => kept).sort((one, other) => rank(other) - rank(one));
  const chosen = useful[0] ?? null;
  const others = useful.filter(({ kept }) => kept.isUnsent && !isSame(kept, chosen.kept));
  await takeOver(store, own, chosen).catch(() => undefined);
  for (const { key } of left) {
    if (key !== own && key !== chosen?.key && !others.some((other) => other.key === key)) store.remove(key);
  }
  return { key: own, kept: chosen?.kept ?? null, others: others.map(({ key, kept }) => ({ key, ...kept })) };
}

// The person is asked about the `others`, one after the other: `settle(copy)` tells whether they have decided. A copy goes
// when this tab's own holds what was decided.
export async function settleOthers(others, { settle, saving, store }) {
  while (others.length && (await settle(others[0]))) {
    const { key } = others.shift();
    await saving.keep();
    store.remove(key);
  }
}

// The other tab's copy goes only when it stands under our own key.
async function takeOver(store, own, chosen) {
  if (!chosen || chosen.key === own) return;
  await store.put(own, chosen.record);
  store.remove(chosen.key);
}

// A tab knows its copy again after a reload. A tab that was doubled knows it too, but the first one has the lock.
async function ownKey(name) {
  const known = read(name);
  if (known && (await hold(known, { signal: AbortSignal.timeout(WAIT_FOR_OWN) }))) return known;
  const key = `${name}#${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
  await hold(key, {});
  write(name, key);
  return key;
}

// Whether this page has the copy to itself; it keeps the lock until it goes.
function hold(key, options) {
  if (!navigator.locks) return true;
  return new Promise((resolve) => {
    const keep = (lock) => {
      resolve(Boolean(lock));
      return lock && new Promise(() => {});
    };
    navigator.locks.request(key, options, keep).catch(() => resolve(false));
  });
}

function read(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name, key) {
  try {
    sessionStorage.setItem(name, key);
  } catch {
    // Shut off: after a reload this tab's copy is one that was left behind.
  }
}
