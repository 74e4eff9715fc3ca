const NEEDED = ["PATH", "SystemRoot", "SystemDrive", "TEMP", "TMP", "TMPDIR"];

/**
 * The environment for programs that this one starts: what a program needs to run at all, and nothing of ours, whose
 * secrets another account could read there. Their messages come in English, so that they can be understood.
 */
export function childEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = NEEDED.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  // Next's types want NODE_ENV in every environment.
  return { ...Object.fromEntries(kept), NODE_ENV: env.NODE_ENV, LC_ALL: "C", LANG: "C" };
}
