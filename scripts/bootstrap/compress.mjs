import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip, gzipSync } from "node:zlib";

const brotliFile = promisify(brotliCompress);
const gzipFile = promisify(gzip);

/**
 * Writes every script and style sheet below `folder` compressed beside itself, as small as can be: it is done once, and
 * the server (lib/http/compressed-files.ts) spends no time on it. Brotli is a sixth smaller than gzip, which browsers
 * still ask for where the site has no https.
 */
export async function compressBelow(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((path) => /\.(?:js|css)$/.test(path));
  await Promise.all(files.map((path) => compressFile(join(folder, path))));
}

async function compressFile(file) {
  const content = await tighten(file);
  const best = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
  await writeFile(`${file}.br`, await brotliFile(content, best));
  await writeFile(`${file}.gz`, await gzipFile(content, { level: constants.Z_BEST_COMPRESSION }));
}

/**
 * The bundler leaves in what only its own removals made useless; where a second minifier finds such, the script is
 * written anew. Most are smaller as they are.
 */
async function tighten(file) {
  const content = await readFile(file);
  if (!file.endsWith(".js")) return content;
  // Asked for here: this file is read before dependencies are installed.
  const { transform } = await import("esbuild");
  const { code } = await transform(content, { minify: true, target: "es2022", legalComments: "none" });
  const tighter = Buffer.from(code);
  if (gzipSync(tighter).length >= gzipSync(content).length) return content;
  await writeFile(file, tighter);
  return tighter;
}
