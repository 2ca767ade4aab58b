// One script and one style sheet, fonts inside, into kgraph/exporters/page/, with the licences of what is in them.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const IN_STYLES = ["@fontsource-variable/inter"]; // bundled through the style sheet, which names no modules

const packageOf = (id) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];

/** What a package is, by whom and under what terms, in its own words. */
const described = (name) => {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim()}\n`;
};

/** Emits licences.txt: the licence of every package of which a line is in the script or the styles. */
const licences = {
  name: "licences",
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap((file) => Object.keys(file.modules ?? {}));
    const packages = [...new Set([...modules.map(packageOf).filter(Boolean), ...IN_STYLES])].sort();
    const source = `view.js and view.css hold parts of these packages.\n\n${packages.map(described).join(`\n${"-".repeat(72)}\n\n`)}`;
    this.emitFile({ type: "asset", fileName: "licences.txt", source });
  },
};

export default defineConfig({
  plugins: [licences],
  build: {
    target: "es2022",
    outDir: join(here, "../kgraph/exporters/page"),
    emptyOutDir: false,
    assetsInlineLimit: 1_000_000,
    cssCodeSplit: false,
    reportCompressedSize: false,
    lib: {
      entry: join(here, "src/main.ts"),
      formats: ["iife"],
      name: "kgraphView",
      fileName: () => "view.js",
      cssFileName: "view",
    },
  },
});
