// What takes time to put in: pictures, sound, formatted text. What fails is said, and can be tried again.
import { block } from "./commands.js";
import { askSound, pictureLine } from "./inserts.js";
import { plainName } from "./media.js";
import { askPicture } from "./picture_dialog.js";
import { convert } from "./paste.js";

export class Inserting {
  constructor(editor) {
    this.editor = editor;
    const chooser = editor.find("picture-file");
    chooser.addEventListener("change", async () => {
      const files = [...chooser.files];
      await this.files(files);
      chooser.value = "";
    });
  }

  async files(files) {
    const isSound = (file) => file.type.startsWith("audio/") || /\.(mp3|opus)$/i.test(file.name);
    await this.#insert(files.map((file) => (isSound(file) ? this.#soundOf(file) : this.#pictureOf(file))));
  }

  async sound() {
    await this.#insert([this.#soundOf(null)]);
  }

  // Text with its formatting. When the server cannot turn it into Markdown, the plain words go in.
  async formatted(content) {
    const { editor } = this;
    const { words, media, surface } = editor;
    editor.say(words("converting"));
    try {
      const options = { url: editor.data.convertUrl, token: () => editor.saving.token, media };
      const { markdown, notes } = await convert(content, options);
      editor.edit(pasted(surface.text(), surface.range(), markdown));
      editor.say([words("converted"), ...notes].join(" "));
    } catch (error) {
      editor.edit(pasted(surface.text(), surface.range(), content.plain));
      editor.say(error.message || words("not_converted"));
    }
  }

  #soundOf(file) {
    const { media, surface } = this.editor;
    const dialog = this.editor.find("sound-dialog");
    return { name: file?.name, make: () => askSound(dialog, surface.text(), surface.range(), media, file) };
  }

  // Once asked about, a picture can be sent again as it is.
  #pictureOf(file) {
    const { editor } = this;
    let asked = null;
    const make = async () => {
      asked ??= askPicture(editor.find("picture-dialog"), file, editor.words).catch(() => {
        throw Object.assign(new Error(editor.words("not_a_picture")), { isFinal: true });
      });
      const picture = await asked;
      if (!picture) return null;
      const ending = picture.blob.type === "image/png" ? "png" : "jpg";
      const name = `${plainName(file.name.replace(/\.\w+$/, "")) || "hinh"}.${ending}`;
      const { path } = await editor.media.upload(picture.blob, name);
      return block(editor.surface.text(), editor.surface.range(), pictureLine(picture.alt, path));
    };
    return { name: file.name, make };
  }

  // One after the other. What fails stays told while the next ones are asked about.
  async #insert(pieces) {
    const { editor } = this;
    const failed = [];
    editor.say("");
    for (const piece of pieces) {
      try {
        editor.edit(await piece.make());
      } catch (error) {
        failed.push({ ...piece, error });
        this.#tell(failed, pieces.length > 1);
      }
    }
  }

  #tell(failed, areSeveral) {
    const reasonOf = ({ error }) => error.message || this.editor.words("upload_failed");
    const lines = failed.map((piece) => (areSeveral ? `${piece.name}: ${reasonOf(piece)}` : reasonOf(piece)));
    const again = failed.filter(({ error }) => !error.isFinal);
    this.editor.say(lines.join("\n"), again.length ? () => this.#insert(again) : null);
  }
}

function pasted(text, range, markdown) {
  const isOneLine = !markdown.includes("\n") && !/^(#|>|[-*+] |\d+[.)] |!\[)/.test(markdown);
  if (!isOneLine) return block(text, range, markdown);
  return { ...range, insert: markdown, select: [range.from + markdown.length, range.from + markdown.length] };
}
