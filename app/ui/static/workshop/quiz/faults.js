// What is wrong in a question, said beside the field that it is about; what belongs to no field, at the end of the form.
import { element } from "../editor/words.js";
import { freshId, part } from "./templates.js";

export function showFaults(form, faults, { words, onGiveKey }) {
  for (const told of form.querySelectorAll(".field-fault")) told.remove();
  for (const field of form.querySelectorAll("[data-told]")) {
    field.removeAttribute("aria-describedby");
    field.removeAttribute("aria-invalid");
    delete field.dataset.told;
  }
  const rest = part(form, "faults");
  rest.replaceChildren();
  for (const fault of faults) {
    const place = placeOf(form, fault.place);
    if (place) beside(place, fault, words);
    else rest.append(element("li", { class: className(fault) }, textOf(fault, words), ...mends(fault, words, onGiveKey)));
  }
}

export function listFaults(list, faults, words) {
  list.replaceChildren(...faults.map((fault) => element("li", { class: className(fault) }, textOf(fault, words))));
}

// The part of the form that a place names, or the nearest there is.
export function placeOf(form, name) {
  if (!name) return null;
  const place = form.querySelector(`[data-place="${name}"]`);
  if (place) return place;
  const [kind, index] = name.split("-");
  if (kind === "feedback") return form.querySelector(`[data-place="answer-${index}"]`);
  if (kind === "hint") return form.querySelector('[data-place="hints"]');
  return kind === "answer" ? form.querySelector('[data-place="answers"]') : null;
}

function beside(place, fault, words) {
  const field = place.querySelector("textarea, input:not([type=checkbox], [type=radio]), select");
  const id = freshId("fault");
  const told = element("span", { class: `field-fault ${className(fault)}`, id }, textOf(fault, words));
  if (place.matches("label")) place.after(told);
  else place.append(told);
  if (!field) return;
  field.dataset.told = "";
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
  if (!fault.is_warning) field.setAttribute("aria-invalid", "true");
}

function mends(fault, words, onGiveKey) {
  if (fault.mend !== "key" || !onGiveKey) return [];
  const button = element("button", { type: "button", class: "chip" }, words("give_key"));
  button.addEventListener("click", onGiveKey);
  return [button];
}

function className(fault) {
  return fault.is_warning ? "fault is-warning" : "fault";
}

function textOf(fault, words) {
  return fault.is_warning ? `${words("note")} ${fault.reason}` : fault.reason;
}
