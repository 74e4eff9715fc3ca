import { fileURLToPath } from "node:url";

/** A file of the build, beside which this one runs when it is bundled. */
export const inDist = (file: string) => fileURLToPath(new URL(file, import.meta.url));
