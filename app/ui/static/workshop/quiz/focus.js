// A list is shown anew: the focus stays on what had it, or goes to what stands in its place.
const FIELDS = "button, input, textarea, select, summary";

// Call it before; what it gives is called behind, with the cards as they are then.
export function keepFocus(cards) {
  const focused = document.activeElement;
  const held = cards.find(({ item }) => item.contains(focused));
  const place = held && [...held.item.querySelectorAll(FIELDS)].indexOf(focused);
  return (shown) => {
    if (focused === document.activeElement || focused === document.body) return;
    const card = shown.find(({ part }) => part.id === held?.part.id);
    const target = focused.isConnected || !card ? focused : (card.item.querySelectorAll(FIELDS)[place] ?? card.opener);
    target.focus({ preventScroll: true });
  };
}
