import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder, wherever the command was typed. */
export const PROJECT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A path below the project's folder. */
export const inProject = (...parts) => join(PROJECT, ...parts);

/** What stops a start and is the reader's to mend: shown without a stack. */
export class BootstrapError extends Error {}
