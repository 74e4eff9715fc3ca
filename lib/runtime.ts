import type { UseCases } from "@/lib/usecases/use-cases";

/**
 * The services that server.ts built, for what Next bundles: that is a module graph of its own, and the global symbol
 * registry is all that both share.
 */
export interface Runtime {
  useCases: UseCases;
  /** The secret that signs session cookies. */
  secret: string;
  /** Session cookies are `Secure` and carry the `__Secure-` prefix: the public address is https. */
  secureCookies: boolean;
  /** A session's cookie lasts as long as a session can; whether that one still does, its row says. */
  sessionMostDays: number;
  nodeName: string;
  /** Alive and able to serve: database answers, not draining. */
  ready(): Promise<boolean>;
  /** The figures of this node in the text format of Prometheus; undefined for who may not read them. */
  readMetrics(headers: Headers): Promise<{ text: string; contentType: string } | undefined>;
  /** An error that a page or route did not expect. */
  reportError(error: unknown, context: { where: string }): void;
}

const KEY = Symbol.for("homing.runtime");
const globals: typeof globalThis & { [KEY]?: Runtime } = globalThis;

/** Called once, by server.ts, before the first request. */
export function setRuntime(runtime: Runtime): void {
  globals[KEY] = runtime;
}

/** @throws Error when server.ts has not built it: a page was served by something else. */
export function getRuntime(): Runtime {
  const runtime = globals[KEY];
  if (runtime === undefined) throw new Error("The runtime is missing: start Homing by `npm start`.");
  return runtime;
}
