import { Cluster } from "ioredis";
import { startLoop } from "@/lib/ops/loop";
import type { NativeClient } from "./create-client";
import { withDeadline } from "./deadline";

/** How often the servers are asked who they are; a lost connection asks at once when it is back. */
const EVERY_MS = 2_000;

interface RestartWatchOptions {
  readonly native: NativeClient;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** A master runs that has not been seen before: Redis restarted or failed over, and may have lost what it held. */
  readonly onRestart: () => void;
  readonly onError: (error: unknown) => void;
}

/** Watches for masters that are another process than before, by their `run_id`. */
export function watchRestarts({ native, timeoutMs, signal, onRestart, onError }: RestartWatchOptions): void {
  const seen = new Set<string>();

  async function check(): Promise<void> {
    const current = await runIds(native, timeoutMs);
    const isFirst = seen.size === 0;
    const unseen = current.filter((id) => !seen.has(id));
    for (const id of unseen) seen.add(id);
    if (!isFirst && unseen.length > 0) onRestart();
  }

  native.on("ready", () => void check().catch(onError));
  void startLoop({ every: EVERY_MS, signal, onError, longestPause: 2 * EVERY_MS }, check);
}

/** Of every master that answers; empty when none does. */
async function runIds(native: NativeClient, timeoutMs: number): Promise<string[]> {
  const servers = native instanceof Cluster ? native.nodes("master") : [native];
  const infos = await Promise.allSettled(
    servers.map((server) => withDeadline("info", timeoutMs, server.info("server"))),
  );
  const failures = infos.filter((info) => info.status === "rejected");
  if (failures.length === infos.length && failures[0] !== undefined) throw failures[0].reason;
  return infos.flatMap((info) => (info.status === "fulfilled" ? runIdIn(info.value) : []));
}

function runIdIn(info: string): string[] {
  const id = /^run_id:([0-9a-f]+)/m.exec(info)?.[1];
  return id === undefined ? [] : [id];
}
