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
    for (const file of files) {
      if (file.type.startsWith("audio/") || /\.(mp3|opus)$/i.test(file.name)) await this.sound(file);
      else await this.#picture(file);
    }
  }

  async sound(file = null) {
    const { editor } = this;
    const dialog = editor.find("sound-dialog");
    await this.#tried(() => askSound(dialog, editor.surface.text(), editor.surface.range(), editor.media, file));
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

  async #picture(file) {
    const { editor } = this;
    let picture;
    try {
      picture = await askPicture(editor.find("picture-dialog"), file, editor.words);
    } catch {
      editor.say(editor.words("not_a_picture"));
      return;
    }
    if (!picture) return;
    const ending = picture.blob.type === "image/png" ? "png" : "jpg";
    const name = `${plainName(file.name.replace(/\.\w+$/, "")) || "hinh"}.${ending}`;
    await this.#tried(async () => {
      const { path } = await editor.media.upload(picture.blob, name);
      return block(editor.surface.text(), editor.surface.range(), pictureLine(picture.alt, path));
    });
  }

  async #tried(make) {
    const { editor } = this;
    try {
      editor.say("");
      editor.edit(await make());
    } catch (error) {
      editor.say(error.message || editor.words("upload_failed"), () => this.#tried(make));
    }
  }
}

function pasted(text, range, markdown) {
  const isOneLine = !markdown.includes("\n") && !/^(#|>|[-*+] |\d+[.)] |!\[)/.test(markdown);
  if (!isOneLine) return block(text, range, markdown);
  return { ...range, insert: markdown, select: [range.from + markdown.length, range.from + markdown.length] };
}
