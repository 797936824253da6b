// Keys of the editor. Mod is Ctrl, on a Mac Cmd. The same list stands in the help dialog, written by the page.
const KEYS = {
  "mod+b": "bold",
  "mod+i": "italic",
  "mod+k": "link",
  "mod+alt+2": "heading",
  "mod+alt+3": "subheading",
  "mod+shift+7": "numbered",
  "mod+shift+8": "list",
  "mod+alt+p": "picture",
  "mod+s": "save",
};

// The command of a key press, or undefined. Digits are known by their place: with Shift they are other letters.
export function commandOf(event) {
  if (event.altKey && event.key === "F10") return "toolbar";
  if (!event.ctrlKey && !event.metaKey) return undefined;
  const key = event.code.startsWith("Digit") ? event.code.slice(5) : event.key.toLowerCase();
  return KEYS[["mod", event.altKey && "alt", event.shiftKey && "shift", key].filter(Boolean).join("+")];
}
