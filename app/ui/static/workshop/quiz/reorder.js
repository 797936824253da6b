// Putting things in order: by buttons, which keys reach too, and by dragging a handle. `onMove(item, to)` does it.
const EDGE = 80;
const SPEED = 14;

export function makeMovable(list, item, { handle, onMove }) {
  handle?.addEventListener("pointerdown", (event) => {
    if (event.button === 0) drag(list, item, event, onMove);
  });
}

// The list gets the pointer: an element that changes places would lose it.
function drag(list, item, down, onMove) {
  down.preventDefault();
  const before = [...list.children];
  const events = new AbortController();
  const { signal } = events;
  const end = (isDone) => {
    events.abort();
    item.classList.remove("is-dragged");
    const to = [...list.children].indexOf(item);
    if (!isDone || to === before.indexOf(item)) list.replaceChildren(...before);
    else onMove(to);
  };
  item.classList.add("is-dragged");
  list.setPointerCapture(down.pointerId);
  list.addEventListener("pointermove", (event) => {
    scrollNear(event.clientY);
    placeAt(list, item, event.clientY);
  }, { signal });
  list.addEventListener("pointerup", () => end(true), { signal });
  list.addEventListener("pointercancel", () => end(false), { signal });
  addEventListener("keydown", (event) => event.key === "Escape" && end(false), { signal });
}

function placeAt(list, item, y) {
  const others = [...list.children].filter((other) => other !== item);
  const below = others.find((other) => {
    const box = other.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  if (below !== item.nextElementSibling) list.insertBefore(item, below ?? null);
}

function scrollNear(y) {
  if (y < EDGE) scrollBy(0, -SPEED);
  else if (y > innerHeight - EDGE) scrollBy(0, SPEED);
}
