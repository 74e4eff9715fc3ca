import { mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";

/** One place of a source file and what stands there instead. */
export interface Patch {
  file: string;
  from: string;
  to: string;
}

/**
 * Builds the server with one place of its source written otherwise; gives the program's path.
 *
 * @throws Error when the place is not there exactly once: a mutant that is none would prove nothing.
 */
export async function buildPatched({ file, from, to }: Patch): Promise<string> {
  const path = resolve(file);
  const source = await readFile(path, "utf8");
  if (source.split(from).length !== 2) throw new Error(`${file} does not hold this once: ${from}`);
  const folder = resolve(".next-mutants");
  await mkdir(folder, { recursive: true });
  const program = join(folder, `${file.replaceAll("/", "-")}.js`);
  await build({
    entryPoints: ["server.ts"],
    outfile: program,
    bundle: true,
    platform: "node",
    target: "node20.9",
    format: "esm",
    packages: "external",
    logLevel: "warning",
    plugins: [
      {
        name: "one place otherwise",
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, (args) =>
            args.path === path ? { contents: source.replace(from, to), loader: "ts" } : undefined,
          );
        },
      },
    ],
  });
  return program;
}
