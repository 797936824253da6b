// The normal form of a text (docs/course-format.md), as the server brings it about: what is sent comes back unchanged.
const LINE_ENDS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
const SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
const UNSEEN = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
// Of a symbol that was cut in two, one half.
const HALVES = /\p{Surrogate}/gu;

export function normalForm(text) {
  const plain = plainForm(text);
  return plain ? plain.replace(/\n*$/, "\n") : "";
}

// The same without its last step: for a piece that is put into a text.
export function plainForm(text) {
  return withoutHalves(text).replace(LINE_ENDS, "\n").replace(SPACES, " ").replace(UNSEEN, "").normalize("NFC");
}

export function withoutHalves(text) {
  return text.replace(HALVES, "");
}
