// Impatient and generous hands: a second tap that falls on what has just come under the finger, a text that is longer than
// its field, a way off the page while something is not yet sent.
const ONCE = "[data-add], [data-add-pool], [data-copy], [data-delete], [data-change-kind], [data-open], .kind-choice";

export function startHands(builder) {
  const { root, keeping } = builder;
  root.addEventListener("click", (event) => ignoreSecond(event), { capture: true });
  root.addEventListener("keydown", (event) => ignoreHeld(event), { capture: true });
  root.addEventListener("paste", (event) => refuseTooLong(event, builder));
  document.addEventListener("click", (event) => sendFirst(event, keeping));
}

function ignoreSecond(event) {
  if (event.detail > 1 && event.target.closest(ONCE)) stop(event);
}

function ignoreHeld(event) {
  if (event.repeat && event.key === "Enter" && event.target.closest(ONCE)) stop(event);
}

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

// A field would cut the text off where it is full, without a word.
function refuseTooLong(event, builder) {
  const field = event.target;
  if (!(field.maxLength > 0)) return;
  const pasted = event.clipboardData.getData("text/plain").replace(/\r\n/g, "\n");
  const room = field.maxLength - field.value.length + field.selectionEnd - field.selectionStart;
  if (pasted.length <= room) return;
  event.preventDefault();
  builder.say(builder.words("paste_too_long", { count: pasted.length, room }));
}

// The page that is asked for reads from the server: it shall find there what stands here.
async function sendFirst(event, keeping) {
  const link = event.target.closest?.("a[href]");
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain || link.target || !link.href.startsWith(location.origin) || !keeping.canSend) return;
  event.preventDefault();
  if ((await keeping.sent()) !== "conflict") location.assign(link.href);
}
