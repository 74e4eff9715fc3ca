import { startLoop } from "@/lib/ops/loop";
import type { Backend, Health } from "./backends";

const EVERY_MS = 500;
const ANSWER_WITHIN_MS = 1_500;
/** A node that has said nothing for so long keeps no WebSocket: its clients find another one. */
const CUT_AFTER_MS = 3_000;

/** Asks a node's `/readyz` once. */
export async function checkHealth(backend: Backend): Promise<Health> {
  try {
    const answer = await fetch(`${backend.origin}/readyz`, {
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      redirect: "manual",
    });
    await answer.body?.cancel();
    return answer.status === 200 ? "ready" : "unready";
  } catch {
    // Refused, reset or silent: whatever the reason, this node serves nobody now.
    return "unreachable";
  }
}

/**
 * Keeps the health of a backend up to date by its `/readyz`, twice a second, until `signal` aborts. One bad answer takes
 * it out of the choice; three seconds without any cut its WebSockets.
 */
export async function watchHealth(
  backend: Backend,
  signal: AbortSignal,
  onChange: (backend: Backend) => void,
): Promise<void> {
  let answeredAt = performance.now();
  const onError = () => undefined;
  await startLoop({ every: EVERY_MS, signal, onError, atOnce: true }, async () => {
    const health = await checkHealth(backend);
    if (health !== "unreachable") answeredAt = performance.now();
    else if (performance.now() - answeredAt >= CUT_AFTER_MS) cutSockets(backend);
    if (health === backend.health) return;
    backend.health = health;
    onChange(backend);
  });
}

function cutSockets(backend: Backend): void {
  for (const socket of backend.sockets) socket.destroy();
}
