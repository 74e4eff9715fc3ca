import project from "../../package.json";

/** The version of the product that runs. */
export const VERSION: string = project.version;
