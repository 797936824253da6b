// Places on a picture: marked by dragging, listed below with words, and set by numbers where no pointer is used.
import { blankOption } from "./model.js";
import { addButton, listOf, optionRow } from "./option_rows.js";
import { Stage } from "./stage.js";
import { part } from "./templates.js";

const SIZE = [40, 14];

export function showRegions(place, context) {
  const { templates, question, words, stem } = context;
  const made = templates("stage");
  place.append(made);
  showPicture(made, context);
  const list = listOf(place, context, {
    legend: "regions",
    items: question.options,
    least: 0,
    named: (index) => words("region", { number: index + 1 }),
    make: (option, index) => rowOf(option, index, context, () => stage.show()),
    onChange: () => {
      context.onChange("rows");
      stage.show();
    },
  });
  const stage = new Stage(part(made, "stage"), {
    regions: () => question.options.map(({ region }) => region),
    onDraw: (region) => addRegion(region, list.rows, context),
    onStep: context.onStep,
    onSet: (index, region) => {
      question.options[index].region = region;
      showNumbers(list.rows.rows[index], region);
      context.onChange("region");
    },
    onPick: (index) => list.rows.rows[index]?.querySelector("[data-row=words]").focus(),
  });
  const add = addButton(context, "add_region", () => addRegion(freePlace(question.options), list.rows, context));
  add.disabled = !stem.pictures.length;
  list.adds.append(add);
  stage.show();
}

function addRegion(region, rows, { question, words, tell }) {
  rows.add(blankOption({ region, right: !question.options.length }));
  tell(words("region_added", { number: question.options.length }));
}

// The picture on which regions lie: the first of the lead-in.
function showPicture(made, context) {
  const { stem, media, onStep } = context;
  const [picture] = stem.pictures;
  const stage = part(made, "stage");
  const alt = part(made, "alt-label");
  stage.hidden = alt.hidden = part(made, "stage-hint").hidden = !picture;
  if (picture) {
    const image = part(made, "image");
    image.src = media.addresses[picture.path] ?? "";
    image.alt = picture.alt;
    const field = part(made, "alt");
    field.value = picture.alt;
    field.addEventListener("input", () => {
      picture.alt = field.value;
      context.writeStem("alt");
    });
  }
  part(made, "choose-picture").addEventListener("click", async () => {
    const chosen = await context.choosePicture();
    if (!chosen) return;
    onStep();
    stem.pictures.splice(0, 1, chosen);
    context.writeStem("picture");
    context.refresh();
  });
}

function rowOf(option, index, context, onMoved) {
  const row = optionRow(context, "region", option, index, { mark: "checkbox" });
  option.region ??= [0, 0, 0, 0];
  showNumbers(row, option.region);
  for (const field of row.querySelectorAll("[data-side]")) {
    field.addEventListener("input", () => {
      if (!Number.isFinite(field.valueAsNumber) || !field.checkValidity()) return;
      option.region = option.region.with(Number(field.dataset.side), field.valueAsNumber);
      context.onChange(`${index}/${field.dataset.side}`);
      onMoved();
    });
  }
  return row;
}

function showNumbers(row, region) {
  for (const field of row.querySelectorAll("[data-side]")) {
    if (field !== document.activeElement) field.value = region[Number(field.dataset.side)];
  }
}

// Where a new region lies on no other: from top to bottom, then anywhere.
function freePlace(options) {
  const [width, height] = SIZE;
  const taken = options.map(({ region }) => region);
  for (let top = 4; top + height <= 98; top += height + 3) {
    for (const left of [30, 4, 56]) {
      const region = [left, top, width, height];
      if (!taken.some((other) => overlap(region, other))) return region;
    }
  }
  return [30, 43, width, height];
}

function overlap([left, top, width, height], [x, y, wide, high]) {
  return left < x + wide && x < left + width && top < y + high && y < top + height;
}
