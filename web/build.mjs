// Bundles the pages' scripts and styles into a folder, each named by its content, with a manifest of the names.
//
//     node build.mjs FOLDER
import { readFile, readdir, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const manifest = {};
const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2] ?? "dist";
async function add(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8);
  manifest[name] = name.replace(".", `-${hash}.`);
  await writeFile(join(folder, manifest[name]), content);
}

/** The licences of what is bundled and not ours, as its authors wrote them. */
async function licences() {
  const { packages } = JSON.parse(await readFile(join(here, "package-lock.json"), "utf8"));
  const texts = [];
  for (const [place, { dev, optional, version, license }] of Object.entries(packages).sort()) {
    if (!place || dev || optional || place.endsWith("/esbuild")) continue;
    const files = await readdir(join(here, place));
    const file = files.sort().find((name) => /^licen[cs]e/i.test(name));
    const text = file ? await readFile(join(here, place, file), "utf8") : "";
    texts.push(`${place.replace(/^.*node_modules\//, "")} ${version}: ${license}\n\n${text.trim()}\n`);
  }
  return texts.join(`\n${"-".repeat(80)}\n\n`);
}

// YASGUI writes two styles into the page, which the pages' Content-Security-Policy refuses: they go another way.
const changes = [
  [
    /o\.type = "text\/css", o\.gripid = r, o\.styleSheet \? .* e\.appendChild\(o\);/,
    "let s = new CSSStyleSheet(); s.replaceSync(n); document.adoptedStyleSheets.push(s);",
  ],
  ["<strong style='text-decoration:underline'>", "<strong>"],
];
const strict = {
  name: "no-inline-styles",
  setup({ onLoad }) {
    onLoad({ filter: /yasgui\.esm\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      for (const [from, to] of changes) {
        if (contents.split(from).length !== 2) throw new Error(`${path} does not hold once: ${from}`);
        contents = contents.replace(from, to);
      }
      return { contents };
    });
  },
};
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["src/site.css", "src/site.ts", "src/editor.css", "src/editor.ts"],
  outdir: folder,
  entryNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  plugins: [strict],
  legalComments: "linked",
  metafile: true,
  logLevel: "warning",
});
for (const [path, output] of Object.entries(metafile.outputs)) {
  if (output.entryPoint) manifest[basename(output.entryPoint).replace(/\.ts$/, ".js")] = basename(path);
}
await add("icon.svg", await readFile(join(here, "src/icon.svg"), "utf8"));
await add("licences.txt", await licences());
const sorted = Object.fromEntries(Object.entries(manifest).sort());
await writeFile(join(folder, "manifest.json"), JSON.stringify(sorted, null, 2) + "\n");
