import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "@/lib/ops/log";
import type { Gateway } from "@/lib/realtime/gateway";

export interface OperatorDrainOptions {
  readonly gateway: Pick<Gateway, "drain" | "dropAll" | "readmit" | "sockets">;
  readonly log: Logger;
  /** How long load balancers get to notice that this node is not ready, before its clients are told to move. */
  readonly noticeMs: number;
  /** Over so long the clients are spread that move; who is still here afterwards is cut off. */
  readonly withinMs: number;
}

/** Empties this node while it goes on running, as an operator wishes, until they wish otherwise. */
export class OperatorDrain {
  readonly #options: OperatorDrainOptions;
  #wish: AbortController | undefined;

  constructor(options: OperatorDrainOptions) {
    this.#options = options;
  }

  /** From the first moment of the wish: this node is not ready any more. */
  get isWished(): boolean {
    return this.#wish !== undefined;
  }

  /** Repeating a wish changes nothing. */
  set(draining: boolean): void {
    if (draining === this.isWished) return;
    const { gateway, log } = this.#options;
    log.info({ draining, sockets: gateway.sockets() }, "an operator's wish");
    if (draining) {
      const wish = new AbortController();
      this.#wish = wish;
      this.#empty(wish.signal).catch((error: unknown) => log.error({ err: error }, "could not drain"));
    } else {
      this.#wish?.abort();
      this.#wish = undefined;
      gateway.readmit();
    }
  }

  async #empty(signal: AbortSignal): Promise<void> {
    const { gateway, noticeMs, withinMs } = this.#options;
    await pause(noticeMs, undefined, { ref: false });
    if (signal.aborted) return;
    await gateway.drain(withinMs);
    if (!signal.aborted) gateway.dropAll();
  }
}
