// Bundles codemirror.js into the file that the site serves, with the licences of all that went in and a record of what
// was built (built.json), by which a test knows that the committed file is the one that these versions make.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, version } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../../app/ui/static/workshop/vendor");

const adoptedStyles = {
  name: "adopted-styles",
  setup({ onResolve }) {
    const own = join(here, "style_mod.js");
    onResolve({ filter: /^style-mod$/ }, ({ importer }) => (importer === own ? undefined : { path: own }));
  },
};

// Pictures in data: addresses are refused by `img-src 'self'`: our own style sheet draws the marks of faults.
const withoutDataPictures = {
  name: "without-data-pictures",
  setup({ onLoad }) {
    onLoad({ filter: /@codemirror\/[^/]+\/dist\/index\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/`url\('data:image\/[^`]*`/g, '"none"'),
    }));
  },
};

const { outputFiles, metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["codemirror.js"],
  bundle: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  charset: "utf8",
  legalComments: "none",
  banner: { js: "/* CodeMirror and what it needs, bundled by `make editor`. Licences: LICENCES.txt beside this file. */" },
  plugins: [adoptedStyles, withoutDataPictures],
  metafile: true,
  write: false,
});
const bundle = Buffer.from(outputFiles[0].contents);

const folders = new Set();
for (const input of Object.keys(metafile.inputs)) {
  const inside = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (inside) folders.add(inside[1]);
}
const packages = [...folders].sort().map((name) => {
  const folder = join(here, "node_modules", name);
  const { version: number, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return { name, version: number, licence: license, text: readFileSync(join(folder, file), "utf8").trim() };
});

const licences = packages.map(({ name, version: number, licence, text }) => `${name} ${number} (${licence})\n\n${text}\n`);
const built = {
  packages: Object.fromEntries(packages.map(({ name, version: number }) => [name, number])),
  esbuild: version,
  sha256: createHash("sha256").update(bundle).digest("hex"),
  bytes: bundle.length,
  gzip_bytes: gzipSync(bundle, { level: 9 }).length,
};
writeFileSync(join(target, "codemirror.js"), bundle);
writeFileSync(join(target, "LICENCES.txt"), licences.join(`\n${"-".repeat(78)}\n\n`));
writeFileSync(join(here, "built.json"), `${JSON.stringify(built, null, 2)}\n`);
console.log(`codemirror.js: ${built.bytes} bytes, ${built.gzip_bytes} compressed`);
